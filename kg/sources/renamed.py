"""Former addresses of records: ``sources/renamed.txt``, which ``kg rename`` writes, says where the
page of a record that had another id is now.

A line is an old address and a new one, each a kind and an id (``thing/japan thing/jp``); what
stands behind a ``#`` is a remark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.diagnostics import Diagnostic, Span, rules
from kg.files.workspace import SourceFile, Workspace
from kg.model.closure import closure
from kg.model.corpus import RECORD_KINDS, Corpus
from kg.sources.values import ID
from kg.text.characters import forbidden_places, quoted

NAME = "renamed.txt"
RENAMED_FILE = f"sources/{NAME}"
HEAD = "# Where pages of records that had another id are now. Written by kg rename.\n"
FORM = "write an old address and a new one, such as 'thing/japan thing/jp'"


class Move(NamedTuple):
    """An old address of a page, its new one, and where the move is written."""

    old: str
    new: str
    span: Span


def find_renamed(workspace: Workspace) -> SourceFile | Diagnostic | None:
    """Return the file of former addresses, or why it cannot be read; none where there is none."""
    files = workspace.files("sources", (NAME,))
    problems = (each for each in files.diagnostics if each.span.file == RENAMED_FILE)
    return next(
        (file for file in files.contents if file.name == RENAMED_FILE), next(problems, None)
    )


def read_moves(
    file: SourceFile | Diagnostic | None,
) -> tuple[tuple[Move, ...], tuple[Diagnostic, ...]]:
    """Return the moves of a file, and its lines that are none."""
    if isinstance(file, Diagnostic):
        return (), (file,)
    moves, problems = list[Move](), list[Diagnostic]()
    text = file.data.decode("utf-8", "replace") if file else ""
    for number, column, character in forbidden_places(text):
        span = Span(RENAMED_FILE, number, column, number, column + 1)
        message = f"the line holds {character}"
        problems.append(rules.FORBIDDEN_CHARACTER.at(span, message, "delete the character"))
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        words = line.partition("#")[0].split()
        span = Span(RENAMED_FILE, number, 1, number, len(line) + 1)
        if len(words) == 2 and all(map(_is_address, words)):
            moves.append(Move(words[0], words[1], span))
        elif words:
            words_quoted = quoted(" ".join(words))
            problems.append(
                rules.LOST_ADDRESS.at(span, f"{words_quoted} is no move of a page", FORM)
            )
    return tuple(moves), tuple(problems)


def _is_address(word: str) -> bool:
    kind, _, id = word.partition("/")
    return kind in RECORD_KINDS and bool(ID.fullmatch(id))


def known_addresses(corpus: Corpus) -> set[str]:
    """Return the addresses of all records of a corpus."""
    return {f"{kind}/{id}" for kind, ids in corpus.records.items() for id in ids}


def final_addresses(moves: Mapping[str, str], addresses: Collection[str]) -> dict[str, str]:
    """Return where the page of each old address is now, over all moves; nothing where none is."""
    ends: dict[str, str] = {}
    for old in moves:
        way, address = {old: None}, moves[old]
        while address in moves and not (address in addresses or address in ends or address in way):
            way[address] = None
            address = moves[address]
        end = address if address in addresses else ends.get(address, "")
        ends |= dict.fromkeys(way, end)
    return ends


def check_moves(moves: Iterable[Move], corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield what is wrong with the moves of a sound corpus: those that lead to no record, and those
    of an address that another record has now.
    """
    addresses, moves = known_addresses(corpus), tuple(moves)
    ends = final_addresses({move.old: move.new for move in moves}, addresses)
    for move in moves:
        end = ends[move.old]
        if move.old in addresses and end not in ("", move.old):
            kind, _, id = move.old.partition("/")
            message = (
                f"the {kind} that had the id {quoted(id)} is {quoted(end.partition('/')[2])} now, "
                f"and links to {quoted(move.old)} are meant for that"
            )
            hint = f"choose another id, or delete line {move.span.line} of {RENAMED_FILE}, by which"
            hint += " old links lead to what has the id now"
            yield rules.TAKEN_ADDRESS.at(corpus.records[kind][id].span, message, hint)
        elif move.old not in addresses and not end:
            message = (
                f"the page {quoted(move.old)} is said to be at {quoted(move.new)}, where none is"
            )
            hint = "name the record that tells the same now, or delete the line"
            yield rules.LOST_ADDRESS.at(move.span, message, hint)


def with_moves(data: bytes, pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return the file with more moves, each once; what has its old address again is not moved.
    A line of an address that another record gets stays, for ``check_moves`` to refuse.
    """
    text = data.decode("utf-8", "replace").removesuffix("\n")
    lines = [f"{line}\n" for line in text.split("\n")] if data else []
    lines_before = {*lines}
    new_lines = {f"{old} {new}\n": (old, new) for old, new in pairs}
    new_lines = {line: pair for line, pair in new_lines.items() if line not in lines_before}
    moves = {move.old: move.new for move in read_moves(SourceFile(RENAMED_FILE, data))[0]}
    moved_addresses = {old for old, _ in new_lines.values()}
    moved_addresses |= {new for old, new in new_lines.values() if _leads_to(old, new, moves)}
    kept_lines = [line for line in lines if _first_word(line) not in moved_addresses]
    text = "".join([*kept_lines, *new_lines])
    return (text if data else HEAD + text).encode()


def _leads_to(end: str, start: str, moves: Mapping[str, str]) -> bool:
    """Whether moves lead from an address to another one."""

    def step(address: str) -> list[str]:
        return [moves[address]] if address in moves and address != end else []

    return end in closure([start], step)


def _first_word(line: str) -> str:
    return line.partition("#")[0].partition(" ")[0].strip()
