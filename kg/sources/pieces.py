"""A long source file in pieces of some records each. Read one by one they say what the whole says,
so that after an edit only the piece that has changed is read.

A piece ends where the text of a record says so, whatever stands before it: what is inserted moves
the others and changes none. Only plainly written files are cut, and one in which anything is wrong
is read as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from kg.diagnostics import Span
from kg.files.cache import Cache, fingerprint, pack_value, unpack_value
from kg.files.workspace import SourceFile
from kg.ontology import Ontology
from kg.sources.entries import CLASSES, Entry, FileReader
from kg.sources.record import Notes
from kg.sources.yamlfile import MOST_VALUES, Mapping, Sequence, YamlNode, read_yaml

LEAST_CUT = 50_000
"""Files of fewer bytes are read as a whole."""
LEAST_PIECE = 8_000
ONE_IN = 16
"""A piece ends with one in so many records, once it has so many bytes."""

_LINE_ENDS = re.compile("[\r\x85\u2028\u2029\ufeff]")
"""What may end a line for one reader and not for another, or stands before the first."""
_TOP = re.compile(r"^(?=[^ \n#-])", re.M)
_HEADING = re.compile(r"([a-z]+):[ ]*(?:#[^\n]*)?\n")
_FIRST = re.compile(r"^( *)(- |-\n|[^ #\n-])", re.M)


class Piece(NamedTuple):
    """Records of a section: ``text`` has its heading, the records, and a beginning of what follows,
    since that is where YAML sees the end of the last one. So many ``lines`` more stand before it in
    the file; ``is_inner`` tells that what follows is in the section, too.
    """

    text: str
    lines: int
    is_inner: bool


def cut_pieces(file: SourceFile) -> list[Piece]:
    """Return the pieces of a file; none where it is to be read as a whole."""
    if len(file.data) < LEAST_CUT:
        return []
    try:
        text = file.data.decode("utf-8")
    except UnicodeDecodeError:
        return []
    tops = [match.start() for match in _TOP.finditer(text)]
    headings = [_HEADING.match(text, top) for top in tops]
    names = {heading[1] for heading in headings if heading}
    if _LINE_ENDS.search(text) or len(names) < len(tops):
        return []
    pieces: list[Piece] = []
    starts = [0, *tops[1:], len(text)]
    for heading, start, end in zip(headings, starts, starts[1:], strict=False):
        assert heading
        own = list(_pieces(text, heading, start, end))
        if not own:
            return []
        pieces += own
    return pieces


def _pieces(text: str, heading: re.Match[str], start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces of a section; none where it has no records."""
    first = _FIRST.search(text, heading.end(), end)
    if first is None:
        return
    indent, mark = first[1], "- " if first[2][0] == "-" else ""
    records = re.compile(rf"^{indent}(?=[^ #\n])", re.M)
    places = [match.start() for match in records.finditer(text, heading.end(), end)]
    above, lines, piece_start = "", text.count("\n", 0, start), start
    for place, following in zip(places, [*places[1:], end], strict=True):
        is_end = following == end
        record = text[place:following].encode()
        if is_end or (place - piece_start > LEAST_PIECE and crc32(record) % ONE_IN == 0):
            after = f"{indent}{mark}end:\n" if not is_end else "end:\n" * (end < len(text))
            own = text[piece_start:following]
            yield Piece(f"{above}{own}{after}", lines - bool(above), not is_end)
            above, piece_start = f"{heading[1]}:\n", following
            lines += own.count("\n")


def read_piece(name: str, piece: Piece, ontology: Ontology) -> tuple[list[Entry], int] | None:
    """Return the records of a piece of a file of some name, at lines of the piece, and how many
    values they hold; None where anything is wrong with it.
    """
    notes = Notes(reckoning=ontology.reckoning)
    reader, file = FileReader(ontology, notes), SourceFile(name, piece.text.encode())
    root, problems = read_yaml(name, file.data)
    if problems or not isinstance(root, Mapping):
        return None
    key, node = root.entries[0]
    node = _without_last(node) if piece.is_inner else node
    entries = list(reader.read_section(key, node))
    reader.check_characters(file, [])
    return None if notes.problems else (entries, 2 + _count(node))


def _count(node: YamlNode) -> int:
    """How many values there are in a value, itself included."""
    match node:
        case Mapping(entries):
            return 1 + len(entries) + sum(_count(value) for _, value in entries)
        case Sequence(items):
            return 1 + sum(map(_count, items))
    return 1


def _without_last(node: YamlNode) -> YamlNode:
    """A list or mapping without its last member."""
    match node:
        case Mapping():
            return node._replace(entries=node.entries[:-1])
        case Sequence():
            return node._replace(items=node.items[:-1])
    return node


class FileRecords(NamedTuple):
    """The records of a file, and whether none of them was read."""

    entries: list[Entry]
    is_known: bool


Part = tuple[str, int, int, bytes]
"""A piece as it is kept: its fingerprint, its lines, how many values it holds, and its records,
packed.
"""


def read_in_pieces(
    file: SourceFile, ontology: Ontology, cache: Cache, terms: str
) -> FileRecords | None:
    """Return the records of a file by an ontology, of which ``terms`` is the fingerprint; only the
    pieces are read that are not kept. None where the file is to be read as a whole.
    """
    if len(file.data) < LEAST_CUT:
        return None
    key, state = key_of_pieces(file.name, terms), fingerprint(file.data)
    parts: list[Part]
    match cache.find(key, ()):
        case (str(last), list(parts)):
            is_known = last == state
        case _:
            is_known, parts = False, []
    if not is_known:
        parts = read_parts(file, ontology, parts)
        if not parts:
            return None
    entries = [entry for _, lines, _, data in parts for entry in records_of(data, lines)]
    ids = [entry.own.id for entry in entries if entry.own and entry.kind != "assertion"]
    if len(set(ids)) < len(ids):
        return None
    if not is_known:
        cache.keep(key, (state, parts), ())
    return FileRecords(entries, is_known)


def key_of_pieces(name: str, terms: str) -> str:
    """The key under which the pieces of a file are kept, as they are read by an ontology."""
    return f"{fingerprint(terms, name)}-pieces"


def records_of(data: bytes, lines: int) -> list[Entry]:
    """The packed records of a piece, so many lines further down."""
    entries: list[Entry] = unpack_value(data, CLASSES, {Span: moved_by(lines)})
    return entries


def read_parts(file: SourceFile, ontology: Ontology, kept_before: Iterable[Part]) -> list[Part]:
    """Return the pieces of a file, of which only those are read that are not kept; none where it is
    to be read as a whole.
    """
    kept_parts = {piece: (values, data) for piece, _, values, data in kept_before}
    parts = list(_read_pieces(file, ontology, kept_parts))
    is_read = parts and parts[-1][-1]
    return parts if is_read and sum(each[2] for each in parts) <= MOST_VALUES else []


def _read_pieces(
    file: SourceFile, ontology: Ontology, kept_parts: dict[str, tuple[int, bytes]]
) -> Iterator[Part]:
    """Yield the pieces of a file, the last without records where anything is wrong with it."""
    for piece in cut_pieces(file):
        key = fingerprint(piece.text)
        values, data = kept_parts.get(key, (0, b""))
        if not data and (records := read_piece(file.name, piece, ontology)):
            entries, values = records
            data = pack_value(entries, CLASSES)
        yield key, piece.lines, values, data
        if not data:
            return


def moved_by(lines: int) -> Callable[..., Span]:
    """What makes spans so many lines further down."""
    make = tuple.__new__

    def moved(file: str, line: int, column: int, end_line: int, end_column: int) -> Span:
        return make(Span, (file, line + lines, column, end_line + lines, end_column))

    return moved
