"""The lens as options give it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TextIO

from kg.cli.options import choices_option, positive
from kg.diagnostics import KgError
from kg.status.statuses import Status

if TYPE_CHECKING:
    from kg.dates import Day
    from kg.status.lens import Lens


def lens_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the lens, the same for every parser that takes it."""
    group = parser.add_argument_group(
        "lens",
        "What to look through; the answer says so. Hiding a denial never makes what it denies a "
        "fact.",
    )
    group.add_argument(
        "--true-on", metavar="DATE", help="what holds on this day, certainly or possibly"
    )
    group.add_argument(
        "--known-by",
        metavar="DATE",
        help="what was published by this day: later articles, withdrawals and corrections do not "
        "exist",
    )
    group.add_argument(
        "--according-to",
        metavar="ACTOR",
        action="append",
        default=[],
        help="take this speaker's claims as accepted (repeatable)",
    )
    group.add_argument(
        "--min-sources",
        metavar="N",
        type=positive,
        default=0,
        help="what at least N independent sources report",
    )
    choices_option(group, "--status", "STATUS", tuple(Status), "keep this status")


def selected_lens(arguments: argparse.Namespace) -> Lens:
    """Return the lens that a command line asks for. Raises KgError where a date is no day."""
    from kg.status.lens import Lens

    return Lens(
        true_on=parse_day("--true-on", arguments.true_on),
        known_by=parse_day("--known-by", arguments.known_by),
        according_to=tuple(dict.fromkeys(arguments.according_to)),
        min_sources=arguments.min_sources,
        statuses=tuple(status for status in Status if status in arguments.status),
    )


def parse_day(option: str, text: str | None) -> Day | None:
    """Return a day as an option gives it, or None where it is left out. Raises KgError where it is
    none.
    """
    from kg.dates import DateError, parse_date

    if text is None:
        return None
    try:
        date = parse_date(text)
    except DateError as error:
        raise KgError(f"{option}: {error}", hint=error.hint) from None
    if date.start_earliest is None or date.start_earliest != date.end_latest:
        raise KgError(f"{option} takes one day, not '{date.text}'", hint="as in 2019-11-16")
    return date.start_earliest


def say_lens(lens: Lens, stream: TextIO) -> None:
    """Print under which lens an answer was given; machines' formats get it beside them."""
    if lens:
        print(f"lens: {lens}", file=stream)
