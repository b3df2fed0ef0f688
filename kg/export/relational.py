"""Assertions, things and sources as tables that can be joined: for SQLite and Data Packages.

Everything that a curator wrote is one row somewhere; what has several values has a table of its
own. The table ``assertions`` tells of each where it stands, and ``accepted`` tells whether it is a
fact: a claim, a denial or a plan never is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.dates import Date, span_of
from kg.export.columns import CellValue, ExportTable, read_columns
from kg.export.table import statement_cells
from kg.model import Thing
from kg.model.corpus import Corpus
from kg.model.references import Reference
from kg.ontology.values import number_of
from kg.reading import Reading
from kg.status.statement import Statement

RowsOfTable = Iterator[tuple[CellValue, ...]]


def list_tables(reading: Reading) -> list[ExportTable]:
    """Return the tables of what a lens lets through, each before those that refer to it."""
    tables = []
    for name, says, columns, key, find_rows in _TABLES:
        rows = sorted(set(find_rows(reading)), key=_row_order)
        table = ExportTable(name, says, read_columns(columns), tuple(key.split()), tuple(rows))
        tables.append(table)
    return tables


def _row_order(row: tuple[CellValue, ...]) -> list[str]:
    return list(map(str, row))


def _every_thing(corpus: Corpus) -> list[Thing]:
    return [*corpus.things.values(), *corpus.also.values()]


def _every_statement(reading: Reading) -> list[Statement]:
    return [reading.statements[id] for id in reading.visible_corpus.assertions]


def _things(reading: Reading) -> RowsOfTable:
    corpus = reading.visible_corpus
    for thing in _every_thing(corpus):
        yield (
            thing.id,
            thing.label,
            thing.section,
            thing.type.id,
            _known_id(thing.acts_for, corpus),
            corpus.main_ids.get(thing.id) if thing.id in corpus.also else None,
            thing.short,
            thing.note,
        )


def _known_id(reference: Reference | None, corpus: Corpus) -> str | None:
    """The id of a thing that the lens knows."""
    is_known = reference and (reference.id in corpus.things or reference.id in corpus.also)
    return reference.id if reference and is_known else None


def _names(reading: Reading) -> RowsOfTable:
    for thing in _every_thing(reading.visible_corpus):
        for label in thing.labels:
            yield thing.id, label.text, label.language, "label", ""
        for alias in thing.aliases:
            when = alias.when.text if alias.when else ""
            yield thing.id, alias.name.text, alias.name.language, "alias", when


def _identifiers(reading: Reading) -> RowsOfTable:
    for thing in _every_thing(reading.visible_corpus):
        yield from ((thing.id, each.scheme, each.value) for each in thing.ids)


def _articles(reading: Reading) -> RowsOfTable:
    articles = reading.visible_corpus.articles
    for article in articles.values():
        earlier = article.version_of
        yield (
            article.id,
            article.title.text,
            article.title.language,
            article.type_word,
            article.published.text if article.published else "",
            *_days(article.published),
            article.author,
            article.url,
            article.doi,
            article.archived.url if article.archived else "",
            earlier.id if earlier and earlier.id in articles else None,
            article.retracted_text,
            article.licence,
            article.note,
        )


def _days(when: Date | None) -> tuple[str, str]:
    """The first and the last day that a date can mean; a text each, empty where it has none."""
    first, last = span_of(when)
    return str(first or ""), str(last or "")


def _makers(reading: Reading) -> RowsOfTable:
    for article in reading.visible_corpus.articles.values():
        yield from ((article.id, each.id, "publisher") for each in article.publishers)
        yield from ((article.id, each.id, "originator") for each in article.originators)


def _assertions(reading: Reading) -> RowsOfTable:
    for statement in _every_statement(reading):
        a, name = statement.assertion, statement.object
        is_text = not name.id and not a.object_assertion
        first_day, last_day = _days(a.when)
        row: dict[str, CellValue] = {
            **statement_cells(statement, reading.corpus),
            "object": name.id or None,
            "object_text": name.label if is_text else "",
            "object_language": name.language if is_text else "",
            "object_assertion": a.object_assertion,
            "reason": statement.reason,
            "accepted": int(statement.is_affirmed),
            "first_day": first_day,
            "last_day": last_day,
            "place": _known_id(a.where, reading.visible_corpus),
            "last_report": str(statement.last_report or ""),
            "articles": len(statement.articles),
            "independent_sources": statement.sources,
            "source_line": a.span.line,
        }
        yield tuple(row[column.name] for column in read_columns(_ASSERTIONS))


_ASSERTIONS = (
    "id subject>things predicate relation object>things object_text object_language "
    "object_assertion sentence polarity mode condition status reason accepted:INTEGER when "
    "first_day last_day holds place>things said outcome basis confidence rank known_from "
    "last_report articles:INTEGER independent_sources:INTEGER note source_file "
    "source_line:INTEGER"
)
"""The columns of assertions; most are those of the one table (``kg.export.table``)."""


def _speakers(reading: Reading) -> RowsOfTable:
    for statement in _every_statement(reading):
        a = statement.assertion
        for role, actors in (("speaker", a.speakers), ("via", a.via), ("about", a.about)):
            yield from ((a.id, each.id, role) for each in actors)


def _qualifiers(reading: Reading) -> RowsOfTable:
    for statement in _every_statement(reading):
        for name, value in statement.assertion.qualifiers:
            is_thing = isinstance(value, Reference)
            text = value.id if isinstance(value, Reference) else value.text
            number = number_of(value)
            is_known = None if number is None else float(number)
            yield statement.id, name.id, text, is_known, int(is_thing)


def _citations(reading: Reading) -> RowsOfTable:
    for statement in _every_statement(reading):
        a = statement.assertion
        role_citations = [("support", each) for each in a.citations]
        role_citations += [("withdrawal", each) for w in a.withdrawals for each in w.citations]
        role_citations += [("outcome", each) for each in (a.outcome.citations if a.outcome else ())]
        for kind, each in role_citations:
            first, last = each.words or (None, None)
            yield a.id, each.article.id, each.locator.short, kind, first, last, each.quote


def _links(reading: Reading) -> RowsOfTable:
    for statement in _every_statement(reading):
        a = statement.assertion
        single = {
            "denies": a.denies,
            "ends": a.ends,
            "begins": a.begins,
            "realised_by": a.outcome.realised_by if a.outcome else None,
        }
        yield from ((a.id, kind, other.id) for kind, other in single.items() if other)
        yield from ((a.id, "supersedes", other.id) for other in a.supersedes)
        yield from ((a.id, "follows_from", other.id) for other in a.follows_from)
        yield from ((a.id, "against", other) for other in statement.against)


def _conflicts(reading: Reading) -> RowsOfTable:
    for each in reading.visible_corpus.conflicts.values():
        yield each.id, each.question.text, each.kind.value, each.aspect


def _answers(reading: Reading) -> RowsOfTable:
    for conflict in reading.visible_corpus.conflicts.values():
        yield from ((conflict.id, each.id) for each in conflict.between)


_TABLES: tuple[tuple[str, str, str, str, Callable[[Reading], RowsOfTable]], ...] = (
    (
        "things",
        "actors, pacts, disputes, events, places and others; same_as is set of second ids",
        "id label section class acts_for>things same_as>things short note",
        "id",
        _things,
    ),
    (
        "names",
        "what things are called, in which language and when",
        "thing>things name language kind when",
        "thing name language kind when",
        _names,
    ),
    (
        "identifiers",
        "the ids of things in other registers",
        "thing>things scheme value",
        "thing scheme value",
        _identifiers,
    ),
    (
        "articles",
        "the sources; published is a date as it is written (EDTF)",
        "id title language type published published_earliest published_latest author url doi "
        "archived version_of>articles retracted licence note",
        "id",
        _articles,
    ),
    (
        "article_actors",
        "who publishes a source and who wrote it; sources are counted by originator",
        "article>articles actor>things role",
        "article actor role",
        _makers,
    ),
    (
        "assertions",
        "what was asserted, and where it stands; only what is accepted (1) is a fact",
        _ASSERTIONS,
        "id",
        _assertions,
    ),
    (
        "assertion_things",
        "who says it (speaker), through whom (via), and what the words are about",
        "assertion>assertions thing>things role",
        "assertion thing role",
        _speakers,
    ),
    (
        "qualifiers",
        "details of an assertion; number is empty where a value is none, or a range",
        "assertion>assertions name value number:REAL is_thing:INTEGER",
        "assertion name value",
        _qualifiers,
    ),
    (
        "citations",
        "where articles say so, or tell that it was taken back or what came of it",
        "assertion>assertions article>articles place kind words_from:INTEGER words_to:INTEGER "
        "quote",
        "assertion article place kind words_from words_to quote",
        _citations,
    ),
    (
        "assertion_links",
        "how an assertion bears on others; against: rivals, at least one of which is wrong",
        "assertion>assertions kind other",
        "assertion kind other",
        _links,
    ),
    (
        "conflicts",
        "questions to which sources give rival answers",
        "id question kind aspect",
        "id",
        _conflicts,
    ),
    (
        "conflict_answers",
        "the rival answers to a question",
        "conflict>conflicts assertion",
        "conflict assertion",
        _answers,
    ),
)
"""The tables: name, what each holds, its columns, its key, and what gives its rows."""
