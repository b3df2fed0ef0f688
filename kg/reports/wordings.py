"""How assertions and dates are worded for people."""

from __future__ import annotations

from kg.dates.calendar import Date, DateKind, Edge
from kg.dates.words import readable
from kg.model import Assertion
from kg.model.modes import Mode
from kg.status.statement import Statement
from kg.status.status import Status


def terminal_date(date: Date | None, is_state: bool) -> str:
    """Return a date as a terminal shows it, and in words what it leaves open."""
    if date is None:
        return "no date"
    if date.kind is DateKind.INTERVAL and "[" in date.text:
        return ", ".join(_bounded_ends(date))
    vague = _is_some_time_in(date, is_state)
    return f"{readable(date)} (at some time in it)" if vague else readable(date)


def _is_some_time_in(date: Date, is_state: bool) -> bool:
    """Whether a date is longer than what happened in it."""
    is_exact = date.start_earliest == date.end_latest
    if date.kind is DateKind.INTERVAL:
        return not is_state and date.has_start and date.has_end
    return date.kind is DateKind.SOME_TIME and not is_exact and not date.approximate


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
    if not a.is_actual:
        return mode_in_words(a)
    if a.is_denial:
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
    return f"not {mode}" if a.is_denial else mode


def limit_label(limit: Statement) -> str:
    """Return how something bears on a state that it says to have ended or begun."""
    is_end = limit.assertion.begins is None
    if limit.status is Status.ACCEPTED:
        return "ended by" if is_end else "begun by"
    return "on its end" if is_end else "on its start"


def dated_sentence(statement: Statement, is_dated: bool = True) -> str:
    """Return a statement as one stands beside others: with its date, its id and its status."""
    when = statement.assertion.when if is_dated else None
    date = f", {readable(when)}" if when else ""
    return f"{statement.sentence}{date} [{statement.id}, {statement.status}]"
