"""The lens as options give it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TextIO

from kg.cli.options import options
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
    options(
        group,
        {
            "--true-on DATE": "what holds on this day, certainly or possibly",
            "--known-by DATE": (
                "what was published by the end of this day, or by an hour "
                "(2019-11-16T12:00+09:00): "
                "later articles, withdrawals and corrections do not exist"
            ),
            "--according-to ACTOR...": "take this speaker's claims as accepted (repeatable)",
        },
    )
    options(group, {"--min-sources N": "what at least N independent sources report"}, default=0)
    options(group, {"--status STATUS...": ("keep this status", tuple(Status))})


def selected_lens(arguments: argparse.Namespace) -> Lens:
    """Return the lens that a command line asks for. Raises KgError where a date is no day."""
    from kg.status.lens_words import read_lens

    return read_lens(
        true_on=arguments.true_on,
        known_by=arguments.known_by,
        according_to=arguments.according_to,
        min_sources=arguments.min_sources,
        statuses=arguments.status,
        spell=lambda name: f"--{name.replace('_', '-')}",
    )


def parse_day(option: str, text: str | None) -> Day | None:
    """Return a day as an option gives it, or None where it is left out. Raises KgError where it is
    none, or an hour of one.
    """
    from kg.status.moments import read_day

    return read_day(option, text)


def parse_bound(option: str, text: str | None, *, is_last: bool = False) -> Day | None:
    """Return the first or the last day of a day, month, season or year that an option gives, or
    None where it is left out. Raises KgError where it is none of these.
    """
    from kg.dates import DateKind
    from kg.status.moments import read_any_date

    date = read_any_date(option, text)
    if date is None:
        return None
    if (
        date.kind is not DateKind.SOME_TIME
        or date.start_earliest is None
        or date.end_latest is None
    ):
        raise KgError(
            f"{option} takes a day, month or year, not '{date.text}'", hint="as in 2019-11"
        )
    if date.instant:
        raise KgError(f"{option} takes a day, without an hour", hint=f"write '{date.end_latest}'")
    return date.end_latest if is_last else date.start_earliest


def say_lens(lens: Lens | None, stream: TextIO) -> None:
    """Print under which lens an answer was given; machines' formats get it beside them."""
    if lens:
        print(f"lens: {lens}", file=stream)
