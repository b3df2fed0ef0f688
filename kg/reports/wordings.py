"""How assertions and dates are worded for people."""

from __future__ import annotations

from kg.dates.calendar import MONTHS, Date, Day, Edge, Kind
from kg.dates.words import readable
from kg.model import Assertion, Mode, Polarity
from kg.statement import Statement
from kg.status.status import Status


def date_in_words(date: Date | None, is_state: bool) -> str:
    """Return a date as written, and in words what it leaves open; one before Christ in words
    only.
    """
    if date is None:
        return "no date"
    named = readable(date)
    if named != date.text:
        return named
    words = ", ".join(_open_ends(date, is_state))
    return f"{date.text} ({words})" if words else date.text


def _open_ends(date: Date, is_state: bool) -> list[str]:
    """What a date leaves open; nothing where it is one day, or the two ends of a state."""
    words = []
    match date.kind:
        case Kind.ONE_OF:
            words.append(_range_without_end(date) or "one of these")
        case Kind.ALL_OF:
            words.append("each of these")
        case Kind.INTERVAL:
            words += _open_interval(date, is_state)
        case Kind.SOME_TIME if date.start_earliest != date.end_latest and not date.approximate:
            words.append("at some time in it")
    words += ["about then"] if date.approximate else []
    words += ["uncertain"] if date.uncertain else []
    return words


def _range_without_end(date: Date) -> str:
    """What one of the dates before or after another one is: by then, or then or later."""
    if date.start_earliest is None and date.end_latest:
        return f"by {_day_in_words(date.end_latest)}"
    if date.end_latest is None and date.start_earliest:
        return f"on {_day_in_words(date.start_earliest)} or later"
    return ""


def _day_in_words(day: Day) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _open_interval(date: Date, is_state: bool) -> list[str]:
    if "[" in date.text:
        return _bounded_ends(date)
    if date.end is Edge.OPEN:
        return ["from then on"]
    if date.end is Edge.UNKNOWN:
        return ["ended on an unknown day"]
    if date.start is not Edge.KNOWN:
        return ["its beginning is not known"]
    return [] if is_state else ["at some time in it"]


def _bounded_ends(date: Date) -> list[str]:
    """When it began and ended, each between two days."""
    words = []
    for verb, first, last in (
        ("began", date.start_earliest, date.start_latest),
        ("ended", date.end_earliest, date.end_latest),
    ):
        if first and last and first != last:
            words.append(f"{verb} between {first} and {last}")
    return [*words, "still going on"] if date.end is Edge.OPEN else words


def manner_in_words(statement: Statement, is_state: bool) -> str:
    """Return in one or two words how an assertion is meant: what happened, is attested, planned,
    claimed, denied, ...
    """
    a = statement.assertion
    if statement.is_gone:
        return statement.status.value
    if a.mode is not Mode.ACTUAL:
        return mode_in_words(a)
    if a.polarity is Polarity.DENIES:
        return _negative_manner(statement, is_state)
    if statement.status is Status.ACCEPTED:
        return "attested" if is_state else "happened"
    return "contested" if statement.status is Status.CONTESTED else "claimed"


def _negative_manner(statement: Statement, is_state: bool) -> str:
    if statement.status is not Status.ACCEPTED:
        return "denied"
    return "was not so" if is_state else "did not happen"


def mode_in_words(a: Assertion) -> str:
    """Return how an assertion is meant of what did not happen yet: planned, demanded, on condition,
    not expected, ...
    """
    mode = "on condition" if a.mode is Mode.CONDITIONAL else a.mode.value
    return f"not {mode}" if a.polarity is Polarity.DENIES else mode


def limit_label(limit: Statement) -> str:
    """Return how something bears on a state that it says to have ended or begun."""
    is_end = limit.assertion.begins is None
    if limit.status is Status.ACCEPTED:
        return "ended by" if is_end else "begun by"
    return "on its end" if is_end else "on its start"
