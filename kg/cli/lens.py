"""The lens as options give it."""

from __future__ import annotations

import argparse

from kg.dates import DateError, Day, parse
from kg.diagnostics import KgError
from kg.lens import Lens
from kg.status import Status


def lens(arguments: argparse.Namespace) -> Lens:
    """The lens that a command line asks for. Raises KgError where a date is no day."""
    return Lens(
        true_on=day("--true-on", arguments.true_on),
        known_by=day("--known-by", arguments.known_by),
        according_to=tuple(dict.fromkeys(arguments.according_to)),
        min_sources=arguments.min_sources,
        statuses=tuple(status for status in Status if status in arguments.status),
    )


def day(option: str, text: str | None) -> Day | None:
    """A day as an option gives it, or None where it is left out. Raises KgError where it is none."""
    if text is None:
        return None
    try:
        date = parse(text)
    except DateError as error:
        raise KgError(f"{option}: {error}", hint=error.hint) from None
    if date.start_earliest is None or date.start_earliest != date.end_latest:
        raise KgError(f"{option} takes one day, not '{date.text}'", hint="as in 2019-11-16")
    return date.start_earliest
