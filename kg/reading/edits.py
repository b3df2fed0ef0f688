"""What has changed in a source file since the last check of the whole (``kg.reading.checked``)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, takewhile
from typing import NamedTuple

from kg.diagnostics import Span
from kg.files.cache import CHECKED, Cache, packed, unpacked
from kg.files.workspace import SourceFile
from kg.model import Assertion
from kg.ontology import Ontology
from kg.reading.checked import CheckedFile
from kg.sources.entries import CLASSES, Entry
from kg.sources.pieces import Part, moved_by, read_parts, records_of

Place = tuple[int, int]


class Impossible(Exception):
    """The whole is to be checked."""


class Edit(NamedTuple):
    """What has changed in a file: records by place as they were, records as they are, and those
    beside them that only moved, by the place where they were. ``lines`` are how many lines stand
    before each unchanged piece now.
    """

    before: dict[Place, Entry]
    after: list[Entry]
    beside: dict[Place, Entry]
    lines: dict[int, int]
    has_moved: bool


def require(condition: object) -> None:
    """Leave it to a check of the whole where something is not so."""
    if not condition:
        raise Impossible


def kept_parts(file: CheckedFile, number: int, cache: Cache) -> list[Part]:
    """The pieces of a file as it was checked; one that is not cut is one."""
    key = f"{CHECKED}-{number}"
    match cache.find(key, ()):
        case (file.state, list(parts)):
            return parts
    match cache.find(key, CLASSES):
        case (list(entries), []) if file.pieces[0][0] == "":
            return [("", 0, 0, packed(entries, CLASSES))]
    raise Impossible


def find_edit(
    checked: CheckedFile, file: SourceFile, number: int, cache: Cache, ontology: Ontology
) -> Edit:
    """Return what has changed in a file since it was checked."""
    parts = kept_parts(checked, number, cache)
    now = read_parts(file, ontology, parts)
    old, new = {each[0] for each in parts}, {each[0] for each in now}
    kept = [(key, lines) for key, lines, _, _ in now if key in old]
    places = {key: checked.first + place for place, (key, _) in enumerate(checked.pieces)}
    was = [(key, lines) for key, lines in checked.pieces if key in new]
    require(now and [key for key, _ in kept] == [key for key, _ in was] and len(old) == len(parts))
    before = [
        ((places[key], entry_span(entry).line), _move(entry, lines))
        for key, lines, _, data in parts
        if key not in new
        for entry in records_of(data, 0)
    ]
    after = [
        entry for key, lines, _, data in now if key not in old for entry in records_of(data, lines)
    ]
    require(len(dict(before)) == len(before))
    entries = [entry for _, entry in before]
    require(all(entry.kind == "assertion" for entry in chain(entries, after)))
    start = _count_equal(entries, after)
    end = _count_equal(reversed(entries[start:]), reversed(after[start:]))
    beside = list(zip(before[:start], after[:start], strict=True))
    beside += zip(before[len(before) - end :], after[len(after) - end :], strict=True)
    return Edit(
        dict(before[start : len(before) - end]),
        after[start : len(after) - end],
        {place: entry for (place, _), entry in beside},
        {places[key]: lines for key, lines in kept},
        kept != was or any(entry_span(one) != entry_span(two) for (_, one), two in beside),
    )


def _count_equal(some: Iterable[Entry], others: Iterable[Entry]) -> int:
    """How many records say the same from the first on, wherever they stand."""
    pairs = zip(map(_at_no_place, some), map(_at_no_place, others))  # noqa: B905
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _at_no_place(entry: Entry) -> Entry:
    return _move(entry, -entry_span(entry).line)


def _move(entry: Entry, lines: int) -> Entry:
    moved: Entry = unpacked(packed(entry, CLASSES), CLASSES, {Span: moved_by(lines)})
    return moved


def entry_span(entry: Entry) -> Span:
    """Where a record stands."""
    match entry.value:
        case [Assertion(span=span), *_] | {"span": Span() as span}:
            return span
    require(entry.own)
    assert entry.own
    return entry.own.span
