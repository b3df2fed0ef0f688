"""When an assertion says that it was: ``when``, or ``from`` and ``until``, each with bounds of its
own.
"""

from __future__ import annotations

from kg.dates import Date, DateKind, from_until, is_before
from kg.diagnostics import rules
from kg.sources.record import Record
from kg.sources.yamlfile import Sequence
from kg.text.characters import quoted

TIME = ("when", "until")
"""The fields of a time that have no other meaning."""

BOUNDED = ("from", "until")
"""The fields of a time whose beginning or end has bounds of its own. In an inferred assertion
``from`` names what it follows from.
"""


def read_time(record: Record, is_inferred: bool) -> Date | None:
    """Return the time of an assertion, or None where it has none or a wrong one."""
    keys = [key for key in BOUNDED if record.has(key) and not (is_inferred and key == "from")]
    if not keys:
        return record.date("when") if record.has("when") else None
    if record.has("when"):
        record.report(
            rules.FIELDS_DISAGREE,
            record.key_place(keys[0]),
            f"'when' and '{keys[0]}' both say when it was",
            "delete 'when': 'from' and 'until' say when it began and ended, each with its bounds",
        )
        return None
    before = len(record.notes.problems)
    begin, end = (_read_end(record, key) if key in keys else None for key in BOUNDED)
    if record.notes.has_error(since=before):
        return None
    if begin and end and is_before(end, begin):
        message = f"'until' ({quoted(end.text)}) is before 'from' ({quoted(begin.text)})"
        record.report(rules.BAD_DATE, record.place("until"), message, "one of the two is wrong")
        return None
    return from_until(begin, end)


def time_place(record: Record) -> str:
    """Return the field that says first when it was."""
    return next((key for key in ("when", "from", "until") if record.has(key)), "when")


def _read_end(record: Record, key: str) -> Date | None:
    """The date within which something began or ended."""
    if key == "from" and isinstance(record.nodes[key], Sequence):
        record.report(
            rules.FIELDS_DISAGREE,
            record.key_place(key),
            "'from' says when it began; only in an inferred assertion it lists ids",
            "write 'basis: inferred' if it follows from these; "
            'a set of dates needs quotes, as in from: "[2030-12,2031-01]"',
        )
        return None
    date = record.date(key)
    if date is None:
        return None
    wrong = hint = ""
    if date.kind in (DateKind.INTERVAL, DateKind.ALL_OF):
        wrong = f"'{key}' takes the time within which it {_DONE[key]}, not {quoted(date.text)}"
        hint = f'write the range within which it {_DONE[key]}, as in {key}: "[2030-12..2031-01]"'
    elif date.instant:
        wrong, hint = f"'{key}' takes a day, without an hour", f"write '{date.end_latest}'"
    if wrong:
        record.report(rules.BAD_DATE, record.place(key), wrong, hint)
    return date


_DONE = {"from": "began", "until": "ended"}
