"""Edits that the server proposes: an id renamed, words cited, a file laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.formatting.files import format_file
from kg.lsp.desk import Desk
from kg.rename.plan import plan_renaming
from kg.texts.citing import CitedPassage, search_words
from kg.texts.passages import Match
from kg.workspace import SourceFile

MOST_PLACES = 5
"""So many places are offered where words stand at several."""

_CITE = re.compile(r"cite:[ \t]+(?P<words>[^\s{\[#|>].*)$")


class LineEdit(NamedTuple):
    """Other text for a part of a line (from 1; columns from 0)."""

    line: int
    start: int
    end: int
    text: str


class CitedWords(NamedTuple):
    """A proposal: words are cited as they stand in an article, by one edit."""

    title: str
    edit: LineEdit


def rename_edits(desk: Desk, old: str, new: str) -> dict[str, list[LineEdit]]:
    """Return the edits that give an id another name in every file, as ``kg rename`` would.

    Raises KgError where that cannot be done.
    """
    plan = plan_renaming(desk.with_open_texts, old, new)
    return {
        change.name: _line_edits(change.before.decode("utf-8"), change.after.decode("utf-8"))
        for change in plan.changes
    }


def _line_edits(before: str, after: str) -> list[LineEdit]:
    """The lines that differ: a renaming neither makes nor removes any."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [
        LineEdit(number, 0, len(one), other)
        for number, (one, other) in enumerate(pairs, 1)
        if one != other
    ]


def format_edit(desk: Desk, name: str) -> str | None:
    """Return a source file's text in its canonical layout; None where it has errors, or is in it
    already.
    """
    if desk.reading is None:
        return None
    file = SourceFile(name, desk.text(name).encode("utf-8", "replace"))
    formatted = format_file(file, desk.reading.ontology)
    return formatted.after.decode("utf-8") if formatted.is_changed else None


def citations_of_words(desk: Desk, line: str, number: int) -> Iterator[CitedWords]:
    """Yield a proposal for each place where the words behind ``cite:`` of a line stand in a copy at
    hand: the place and the fingerprint of the words instead of the words.
    """
    found = _CITE.search(line)
    if found is None or desk.reading is None:
        return
    words = _unquoted(found["words"].strip())
    copies = desk.reading.verification.copies.by_article
    places = [
        (article, match.item, match.passage.paragraph)
        for article, copy in copies.items()
        for match in _matches(words, copy.paragraphs)
    ]
    for article, item, paragraph in places[:MOST_PLACES]:
        edit = LineEdit(
            number, found.start("words"), len(line.rstrip()), f"{{{article}: [{item}]}}"
        )
        title = f"Cite these words: {article}, paragraph {paragraph}"
        yield CitedWords(title, edit)


def _matches(words: str, text: tuple[str, ...]) -> Sequence[CitedPassage]:
    search = search_words(words, text)
    is_exact = search.match in (Match.EXACT, Match.OTHER_SIGNS)
    return search.matches if is_exact else ()


def _unquoted(words: str) -> str:
    is_quoted = len(words) > 1 and words[0] == words[-1] and words[0] in "\"'"
    return words[1:-1] if is_quoted else words
