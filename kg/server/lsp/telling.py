"""What an id, a term or an assertion at a place is: for a hover, and to go where it is defined."""

from __future__ import annotations

from kg.diagnostics import Span
from kg.reading import Reading
from kg.server.lsp.desk import Desk
from kg.server.lsp.server import Cursor
from kg.sources.loader import load_corpus
from kg.text import count_noun, escape_markdown, join_and, join_or


def tell_word(at: Cursor) -> str:
    """Return in Markdown what stands at a place of a file: an assertion's sentence with its status
    and why, a thing, an article, a conflict, a term.
    """
    assertions = at.reading.written.assertions
    if at.word in assertions:
        return _tell_assertion(at.desk.sound, at.word)
    if hover_text := _tell_named(at.reading, at.word):
        return hover_text
    # Those that are written on the line, as far as the file has not moved since.
    here = [id for id, each in assertions.items() if _is_at(each.span, at.file, at.line)]
    return "\n\n---\n\n".join(_tell_assertion(at.desk.sound, id) for id in here)


def _is_at(span: Span, name: str, line: int) -> bool:
    last = span.end_line - (span.end_column == 1)
    return span.file == name and span.line <= line <= last


def _tell_assertion(reading: Reading | None, id: str) -> str:
    if reading is None or id not in reading.written.assertions:
        return f"`{id}`: where it stands is told once the workspace has no errors"
    statement = reading.statements[id]
    hover_text = f"**{escape_markdown(statement.sentence)}**\n\n{statement.status}"
    hover_text += f": {escape_markdown(statement.reason)}" if statement.reason else ""
    sources = join_and(sorted({each.article.id for each in statement.assertion.citations}))
    return f"{hover_text}\n\n`{id}`{f', cited to {sources}' if sources else ''}"


def _tell_named(reading: Reading, word: str) -> str:
    corpus, ontology = reading.written, reading.ontology
    if thing := corpus.things.get(word):
        kind = ontology.classes.get(thing.type.id)
        names = dict.fromkeys(alias.name.text for alias in thing.aliases)
        others = join_and([each for each in names if each != thing.label])
        hover_text = f"**{escape_markdown(thing.label)}**, {kind.label if kind else thing.type.id}"
        hover_text += f"\n\nalso called {escape_markdown(others)}" if others else ""
        return hover_text + (f"\n\n{escape_markdown(thing.note)}" if thing.note else "")
    if article := corpus.articles.get(word):
        who = join_and([each.id for each in article.publishers])
        size = f", {count_noun(article.paragraphs, 'paragraph')}" if article.paragraphs else ""
        title = escape_markdown(article.title.text)
        return f"**{title}**\n\n{who}, {article.published_text}{size}"
    if conflict := corpus.conflicts.get(word):
        between = ", ".join(f"`{each.id}`" for each in conflict.between)
        return f"**{escape_markdown(conflict.question.text)}**\n\n{conflict.kind}: {between}"
    if relation := ontology.relations.get(word):
        ends = f"from {_any_of(relation.domain)} to {_any_of(relation.range)}"
        return f"**{relation.label}**, {ends}\n\n{escape_markdown(relation.comment)}"
    if kind := ontology.classes.get(word):
        return f"**{kind.label}**, class\n\n{escape_markdown(kind.comment)}"
    return ""


def _any_of(classes: tuple[str, ...]) -> str:
    return join_or(classes) or "anything"


def definition_of(reading: Reading, word: str) -> Span | None:
    """Return where the record of an id is; None where there is none."""
    corpus = reading.written
    tables = (corpus.things, corpus.assertions, corpus.articles, corpus.conflicts)
    return next((table[word].span.start for table in tables if word in table), None)


def references_to(desk: Desk, reading: Reading, word: str) -> list[Span]:
    """Return each place of the open and the saved sources where an id stands, its own record's
    included.
    """
    files = desk.with_open_texts.source_files().contents
    naming = [file for file in files if word.encode() in file.data]
    return [
        each.span for each in load_corpus(naming, reading.ontology).references if each.id == word
    ]
