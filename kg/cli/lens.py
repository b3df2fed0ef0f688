"""The lens as options give it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TextIO

from kg.cli.options import positive
from kg.diagnostics import KgError

if TYPE_CHECKING:
    from kg.dates import Day
    from kg.status.lens import Lens

STATUSES = (
    "withdrawn",
    "superseded",
    "prospective",
    "opinion",
    "contested",
    "denial",
    "attributed",
    "accepted",
)
"""Every status, spelt out so that help and completion need not load the model (a test compares it).
"""


def lens_options(parser: argparse.ArgumentParser) -> None:
    """The options of the lens, the same for every parser that takes it."""
    lens = parser.add_argument_group(
        "lens",
        "What to look through; the answer says so. Hiding a denial never makes what it denies a fact.",
    )
    lens.add_argument(
        "--true-on", metavar="DATE", help="what holds on this day, certainly or possibly"
    )
    lens.add_argument(
        "--known-by",
        metavar="DATE",
        help="what was published by this day: later articles, withdrawals and corrections do not exist",
    )
    lens.add_argument(
        "--according-to",
        metavar="ACTOR",
        action="append",
        default=[],
        help="take this speaker's claims as accepted (repeatable)",
    )
    lens.add_argument(
        "--min-sources",
        metavar="N",
        type=positive,
        default=0,
        help="what at least N independent sources report",
    )
    lens.add_argument(
        "--status",
        metavar="STATUS",
        action="append",
        default=[],
        choices=STATUSES,
        help=f"keep this status (repeatable): {', '.join(STATUSES)}",
    )


def lens(arguments: argparse.Namespace) -> Lens:
    """The lens that a command line asks for. Raises KgError where a date is no day."""
    from kg.status.lens import Lens
    from kg.status.status import Status

    return Lens(
        true_on=day("--true-on", arguments.true_on),
        known_by=day("--known-by", arguments.known_by),
        according_to=tuple(dict.fromkeys(arguments.according_to)),
        min_sources=arguments.min_sources,
        statuses=tuple(status for status in Status if status in arguments.status),
    )


def day(option: str, text: str | None) -> Day | None:
    """A day as an option gives it, or None where it is left out. Raises KgError where it is none."""
    from kg.dates import DateError, parse

    if text is None:
        return None
    try:
        date = parse(text)
    except DateError as error:
        raise KgError(f"{option}: {error}", hint=error.hint) from None
    if date.start_earliest is None or date.start_earliest != date.end_latest:
        raise KgError(f"{option} takes one day, not '{date.text}'", hint="as in 2019-11-16")
    return date.start_earliest


def say_lens(through: Lens, stream: TextIO) -> None:
    """Under which lens an answer was given; machines' formats get it beside them."""
    if through:
        print(f"lens: {through}", file=stream)
