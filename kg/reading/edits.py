"""What has changed in a source file since the last check of the whole (``kg.reading.checked``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_assertions
from kg.diagnostics import Diagnostic, Span
from kg.files.cache import CHECKED, Cache, pack_value, unpack_value
from kg.files.workspace import SourceFile
from kg.model import Assertion
from kg.ontology import Ontology
from kg.reading.checked import CheckedFile
from kg.sources.entries import CLASSES, Entry
from kg.sources.pieces import Part, moved_by, read_parts, records_of

PlaceInFile = tuple[int, int]


class Impossible(Exception):
    """The whole is to be checked."""


class FileEdit(NamedTuple):
    """What has changed in a file: records by place as they were, records as they are, and those
    beside them that only moved, by the place where they were. ``lines`` are how many lines stand
    before each unchanged piece now.
    """

    before: dict[PlaceInFile, Entry]
    after: list[Entry]
    beside: dict[PlaceInFile, Entry]
    lines: dict[int, int]
    has_moved: bool


def require_that(condition: object) -> None:
    """Leave it to a check of the whole where something is not so."""
    if not condition:
        raise Impossible


def find_after_edit(
    known_problems: Collection[Diagnostic], was: CorpusDraft, now: CorpusDraft, files: Iterable[str]
) -> tuple[Diagnostic, ...]:
    """Return what checks of assertions find in the whole after an edit: the ``known_problems``, but
    for what the edit bears on, which is checked as it was and as it is. Of what else is known none
    may tell of one of the ``files``, in which things have moved.
    """
    found_before, finds = set(check_assertions(was)), set(check_assertions(now))
    require_that(found_before.issubset(known_problems) and not any(each.is_error for each in finds))
    rest = [each for each in known_problems if each not in found_before]
    told_lines = list(map(str, rest))
    require_that(not any(file in each for file in files for each in told_lines))
    return (*rest, *finds)


def kept_parts(file: CheckedFile, number: int, cache: Cache) -> list[Part]:
    """The pieces of a file as it was checked; one that is not cut is one."""
    key = f"{CHECKED}-{number}"
    match cache.find(key, ()):
        case (file.state, list(parts)):
            return parts
    match cache.find(key, CLASSES):
        case (list(entries), []) if file.pieces[0][0] == "":
            return [("", 0, 0, pack_value(entries, CLASSES))]
    raise Impossible


def find_edit(
    checked: CheckedFile, file: SourceFile, number: int, cache: Cache, ontology: Ontology
) -> FileEdit:
    """Return what has changed in a file since it was checked."""
    parts = kept_parts(checked, number, cache)
    now = read_parts(file, ontology, parts)
    old, new = {each[0] for each in parts}, {each[0] for each in now}
    kept_pieces = [(key, lines) for key, lines, _, _ in now if key in old]
    places = {key: checked.first + place for place, (key, _) in enumerate(checked.pieces)}
    was = [(key, lines) for key, lines in checked.pieces if key in new]
    require_that(
        now
        and [key for key, _ in kept_pieces] == [key for key, _ in was]
        and len(old) == len(parts)
    )
    edit = FileEdit(
        {}, [], {}, {places[key]: lines for key, lines in kept_pieces}, kept_pieces != was
    )
    before, after = _others(parts, new), _others(now, old)
    for number in sorted({*before, *after}):
        edit = _add(
            edit, _records_with_places(before.get(number, ()), places), after.get(number, ())
        )
    return edit


def _others(parts: Iterable[Part], known_keys: set[str]) -> dict[int, list[Part]]:
    """Return the pieces that another version of a file has not, by how many before them it has."""
    others: dict[int, list[Part]] = {}
    count = 0
    for part in parts:
        if part[0] in known_keys:
            count += 1
        else:
            others.setdefault(count, []).append(part)
    return others


def _records_with_places(
    parts: Iterable[Part], places: Mapping[str, int]
) -> Iterator[tuple[PlaceInFile, Entry]]:
    """Yield the records of pieces with their places."""
    for key, lines, _, data in parts:
        for entry in records_of(data, 0):
            yield (places[key], entry_span(entry).line), _move(entry, lines)


def _add(
    edit: FileEdit, before: Iterable[tuple[PlaceInFile, Entry]], after: Iterable[Part]
) -> FileEdit:
    """Return an edit with what is in the place of some records now."""
    were = list(before)
    are = [entry for _, lines, _, data in after for entry in records_of(data, lines)]
    entries = [entry for _, entry in were]
    require_that(len(dict(were)) == len(were))
    require_that(all(entry.kind == "assertion" for entry in chain(entries, are)))
    same = _find_same(entries, are)
    ours, theirs = {one for one, _ in same}, {other for _, other in same}
    beside = [(were[one], are[other]) for one, other in same]
    has_moved = any(entry_span(one) != entry_span(two) for (_, one), two in beside)
    return FileEdit(
        edit.before | {place: each for n, (place, each) in enumerate(were) if n not in ours},
        edit.after + [each for n, each in enumerate(are) if n not in theirs],
        edit.beside | {place: entry for (place, _), entry in beside},
        edit.lines,
        edit.has_moved or has_moved,
    )


def _find_same(some: Sequence[Entry], others: Sequence[Entry]) -> list[tuple[int, int]]:
    """Return the numbers of records that say the same, wherever they stand: of as many any, else
    the first ones and the last ones.
    """
    if len(some) == len(others):
        pairs = zip(map(_at_no_place, some), map(_at_no_place, others), strict=True)
        return [(n, n) for n, (one, other) in enumerate(pairs) if one == other]
    start = _count_equal(some, others)
    end = _count_equal(reversed(some[start:]), reversed(others[start:]))
    last = [(len(some) - n, len(others) - n) for n in range(end, 0, -1)]
    return [(n, n) for n in range(start)] + last


def _count_equal(some: Iterable[Entry], others: Iterable[Entry]) -> int:
    """How many records say the same from the first on, wherever they stand."""
    pairs = zip(map(_at_no_place, some), map(_at_no_place, others))  # noqa: B905
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _at_no_place(entry: Entry) -> Entry:
    return _move(entry, -entry_span(entry).line)


def _move(entry: Entry, lines: int) -> Entry:
    moved_entry: Entry = unpack_value(pack_value(entry, CLASSES), CLASSES, {Span: moved_by(lines)})
    return moved_entry


def entry_span(entry: Entry) -> Span:
    """Where a record stands."""
    match entry.value:
        case [Assertion(span=span), *_] | {"span": Span() as span}:
            return span
    require_that(entry.own)
    assert entry.own
    return entry.own.span
