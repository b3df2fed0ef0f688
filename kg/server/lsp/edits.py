"""Edits that the server proposes: an id renamed, words cited, a file laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.editing.formatting.files import format_file
from kg.editing.rename.changes import FileChange
from kg.editing.rename.plan import plan_renaming
from kg.files.workspace import SourceFile
from kg.server.lsp.desk import Desk
from kg.sources.texts.citing import CitedPassage, search_words
from kg.sources.texts.passages import Closeness

MOST_PLACES = 5
"""So many places are offered where words stand at several."""

_CITE = re.compile(r"cite:[ \t]+(?P<words>[^\s{\[#|>].*)$")


class LineEdit(NamedTuple):
    """Other text for a part of a line (from 1; columns from 0)."""

    line: int
    start: int
    end: int
    text: str


def rename_edits(desk: Desk, old: str, new: str) -> tuple[FileChange, ...]:
    """Return what gives an id another name in every file, as ``kg rename`` does, and says where its
    page is now.

    Raises KgError where that cannot be done.
    """
    plan = plan_renaming(desk.with_open_texts, old, new)
    has_moved = plan.redirect_change.before != plan.redirect_change.after
    return (*plan.changes, plan.redirect_change) if has_moved else plan.changes


def line_edits(before: Sequence[str], after: Sequence[str]) -> list[LineEdit]:
    """Return the edits of the lines that differ, between texts of as many lines."""
    return [
        LineEdit(number, 0, len(_bare(one)), _bare(other))
        for number, (one, other) in enumerate(zip(before, after, strict=True), 1)
        if one != other
    ]


def _bare(line: str) -> str:
    """A line without a byte order mark and without what ends it."""
    return line.removeprefix("\ufeff").removesuffix("\r")


def format_edit(desk: Desk, name: str) -> str | None:
    """Return a source file's text in its canonical layout; None where it has errors, or is in it
    already.
    """
    if desk.reading is None:
        return None
    file = SourceFile(name, desk.text(name).encode("utf-8", "replace"))
    formatted = format_file(file, desk.reading.ontology)
    return formatted.after.decode("utf-8") if formatted.is_changed else None


def citations_of_words(desk: Desk, line: str, number: int) -> Iterator[tuple[str, LineEdit]]:
    """Yield a proposal, its title and its edit, for each place where the words behind ``cite:`` of
    a line stand in a copy at hand: the place and the fingerprint of the words instead of the words.
    """
    cite_match = _CITE.search(line)
    if cite_match is None or desk.reading is None:
        return
    words = cite_match["words"].strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'":
        words = words[1:-1]
    places: list[tuple[str, CitedPassage]] = []
    for article, copy in desk.reading.verification.copies.by_article.items():
        search = search_words(words, copy.paragraphs)
        if search.match in (Closeness.EXACT, Closeness.OTHER_SIGNS):
            places += ((article, each) for each in search.matches)
    for article, place in places[:MOST_PLACES]:
        text = f"{{{article}: [{place.item}]}}"
        title = f"Cite these words: {article}, paragraph {place.passage.paragraph}"
        yield title, LineEdit(number, cite_match.start("words"), len(line.rstrip()), text)
