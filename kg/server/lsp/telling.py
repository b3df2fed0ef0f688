"""What an id, a term or an assertion at a place is: for a hover, and to go where it is defined."""

from __future__ import annotations

from collections.abc import Iterator

from kg.diagnostics import Span
from kg.model import Assertion
from kg.reading import YAML_ENDINGS, Reading
from kg.server.lsp.desk import Desk
from kg.server.lsp.places import word_at
from kg.sources.loader import load_corpus
from kg.text import count_noun, escape_markdown, join_and


def tell(desk: Desk, name: str, line: int, column: int) -> str:
    """Return in Markdown what stands at a line (from 1) and column (from 0) of a file: an
    assertion's sentence with its status and why, a thing, an article, a conflict, a term.
    """
    if desk.reading is None:
        return ""
    lines = desk.lines(name)
    word, _, _ = word_at(lines[line - 1], column) if line <= len(lines) else ("", 0, 0)
    assertions = _assertions_at(desk, name, line)
    if word in desk.reading.written.assertions:
        return _assertion(desk, word)
    if told := _name_of(desk.reading, word):
        return told
    return "\n\n---\n\n".join(_assertion(desk, each.id) for each in assertions)


def _assertions_at(desk: Desk, name: str, line: int) -> list[Assertion]:
    """The assertions that are written on a line, as far as the file has not moved since."""
    if desk.reading is None or not name.startswith("sources/"):
        return []
    corpus = desk.reading.written
    return [
        each
        for each in corpus.assertions.values()
        if each.span.file == name and each.span.line <= line <= _last_line(each.span)
    ]


def _last_line(span: Span) -> int:
    return span.end_line - (span.end_column == 1)


def _assertion(desk: Desk, id: str) -> str:
    reading = desk.sound
    if reading is None or id not in reading.written.assertions:
        return f"`{id}`: where it stands is told once the workspace has no errors"
    statement = reading.statements[id]
    told = f"**{escape_markdown(statement.sentence)}**\n\n{statement.status}"
    told += f": {escape_markdown(statement.reason)}" if statement.reason else ""
    sources = join_and(sorted({each.article.id for each in statement.assertion.citations}))
    return f"{told}\n\n`{id}`{f', cited to {sources}' if sources else ''}"


def _name_of(reading: Reading, word: str) -> str:
    corpus, ontology = reading.written, reading.ontology
    if thing := corpus.things.get(word):
        kind = ontology.classes.get(thing.type.id)
        names = dict.fromkeys(alias.name.text for alias in thing.aliases)
        others = join_and([each for each in names if each != thing.label])
        told = f"**{escape_markdown(thing.label)}**, {kind.label if kind else thing.type.id}"
        told += f"\n\nalso called {escape_markdown(others)}" if others else ""
        return told + (f"\n\n{escape_markdown(thing.note)}" if thing.note else "")
    if article := corpus.articles.get(word):
        who = join_and([each.id for each in article.publishers])
        size = f", {count_noun(article.paragraphs, 'paragraph')}" if article.paragraphs else ""
        title = escape_markdown(article.title.text)
        return f"**{title}**\n\n{who}, {article.published_text}{size}"
    if conflict := corpus.conflicts.get(word):
        between = ", ".join(f"`{each.id}`" for each in conflict.between)
        return f"**{escape_markdown(conflict.question.text)}**\n\n{conflict.kind}: {between}"
    if relation := ontology.relations.get(word):
        ends = f"from {_any(relation.domain)} to {_any(relation.range)}"
        return f"**{relation.label}**, {ends}\n\n{escape_markdown(relation.comment)}"
    if kind := ontology.classes.get(word):
        return f"**{kind.label}**, class\n\n{escape_markdown(kind.comment)}"
    return ""


def _any(classes: tuple[str, ...]) -> str:
    return " or ".join(classes) or "anything"


def definition(desk: Desk, word: str) -> Span | None:
    """Return where the record of an id is; None where there is none."""
    if desk.reading is None:
        return None
    corpus = desk.reading.written
    tables = (corpus.things, corpus.assertions, corpus.articles, corpus.conflicts)
    return next((table[word].span.start for table in tables if word in table), None)


def references(desk: Desk, word: str) -> Iterator[Span]:
    """Yield each place of the open and the saved sources where an id stands, its own record's
    included.
    """
    if desk.reading is None:
        return
    files = [
        file
        for file in desk.with_open_texts.files("sources", YAML_ENDINGS).contents
        if word.encode() in file.data
    ]
    for id, span, _ in load_corpus(files, desk.reading.ontology).references:
        if id == word:
            yield span
