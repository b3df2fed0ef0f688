"""How assertions, dates and citations are worded for people, and how lines are broken."""

from __future__ import annotations

from kg.dates.calendar import Date, Edge, Kind
from kg.model import Assertion, Mode, Polarity
from kg.statement import Statement
from kg.status.status import Status


def extent(date: Date, is_state: bool) -> str:
    """What a date leaves open, in words; nothing where it is one day, or the two ends of a state."""
    words = []
    match date.kind:
        case Kind.ONE_OF:
            words.append("one of these")
        case Kind.ALL_OF:
            words.append("each of these")
        case Kind.INTERVAL:
            words += _interval(date, is_state)
        case Kind.SOME_TIME if date.start_earliest != date.end_latest:
            words.append("at some time in it")
    words += ["about then"] if date.approximate else []
    words += ["uncertain"] if date.uncertain else []
    return ", ".join(words)


def _interval(date: Date, is_state: bool) -> list[str]:
    if date.end is Edge.OPEN:
        return ["from then on"]
    if date.end is Edge.UNKNOWN:
        return ["ended on an unknown day"]
    if date.start is not Edge.KNOWN:
        return ["its beginning is not known"]
    return [] if is_state else ["at some time in it"]


def manner(statement: Statement, is_state: bool) -> str:
    """In one or two words how an assertion is meant: what happened, is attested, planned, claimed,
    denied, ...
    """
    a = statement.assertion
    if statement.status in (Status.WITHDRAWN, Status.SUPERSEDED):
        return statement.status.value
    if a.mode is not Mode.ACTUAL:
        return meant(a)
    if a.polarity is Polarity.DENIES:
        return "denied"
    if statement.status is Status.ACCEPTED:
        return "attested" if is_state else "happened"
    return "contested" if statement.status is Status.CONTESTED else "claimed"


def meant(a: Assertion) -> str:
    """How an assertion is meant of what did not happen yet: planned, demanded, on condition, not
    expected, ...
    """
    mode = "on condition" if a.mode is Mode.CONDITIONAL else a.mode.value
    return f"not {mode}" if a.polarity is Polarity.DENIES else mode
