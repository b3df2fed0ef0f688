"""Assertions, things and sources as tables that can be joined: for SQLite and Data Packages.

Everything that a curator wrote is one row somewhere; what has several values has a table of its
own. The table ``assertions`` tells of each where it stands, and ``accepted`` tells whether it is a
fact: a claim, a denial or a plan never is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.dates import span_of
from kg.export.columns import Cell, ExportTable, make_table
from kg.model.references import Reference
from kg.ontology.values import number_of

if TYPE_CHECKING:
    from kg.dates import Date
    from kg.model import Article, Assertion, Thing
    from kg.model.corpus import Corpus
    from kg.model.references import Citation
    from kg.reading import Reading
    from kg.status.statement import Statement


def tables(reading: Reading) -> tuple[ExportTable, ...]:
    """Return the tables of what a lens lets through, each before those that refer to it."""
    corpus = reading.visible_corpus
    statements = [reading.statements[id] for id in sorted(corpus.assertions)]
    return (
        _things(corpus),
        _names(corpus),
        _identifiers(corpus),
        _articles(corpus),
        _makers(corpus),
        _assertions(statements, corpus),
        _speakers(statements),
        _qualifiers(statements),
        _citations(statements),
        _links(statements),
        _conflicts(corpus),
        _sides(corpus),
    )


def _things(corpus: Corpus) -> ExportTable:
    rows = (
        (
            thing.id,
            thing.label,
            thing.section,
            thing.type.id,
            _known_id(thing.acts_for, corpus),
            corpus.main_ids.get(thing.id) if thing.id in corpus.also else None,
            thing.short,
            thing.note,
        )
        for thing in _every_thing(corpus)
    )
    says = "actors, pacts, disputes, events, places and others; same_as is set of second ids"
    columns = "id label section class acts_for>things same_as>things short note"
    return make_table("things", says, columns, "id", rows)


def _every_thing(corpus: Corpus) -> list[Thing]:
    return [*corpus.things.values(), *corpus.also.values()]


def _known_id(reference: Reference | None, corpus: Corpus) -> str | None:
    """The id of a thing that the lens knows."""
    known = reference and (reference.id in corpus.things or reference.id in corpus.also)
    return reference.id if reference and known else None


def _names(corpus: Corpus) -> ExportTable:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for thing in _every_thing(corpus):
            for label in thing.labels:
                yield thing.id, label.text, label.language, "label", ""
            for alias in thing.aliases:
                when = alias.when.text if alias.when else ""
                yield thing.id, alias.name.text, alias.name.language, "alias", when

    says = "what things are called, in which language and when"
    columns = "thing>things name language kind when"
    return make_table("names", says, columns, "thing name language kind when", rows())


def _identifiers(corpus: Corpus) -> ExportTable:
    rows = ((t.id, each.scheme, each.value) for t in _every_thing(corpus) for each in t.ids)
    says = "the ids of things in other registers"
    columns = "thing>things scheme value"
    return make_table("identifiers", says, columns, "thing scheme value", rows)


def _articles(corpus: Corpus) -> ExportTable:
    says = "the sources; published is a date as it is written (EDTF)"
    columns = (
        "id title language type published published_earliest published_latest author url doi "
        "archived version_of>articles retracted licence note"
    )
    rows = (_article(article, corpus) for article in corpus.articles.values())
    return make_table("articles", says, columns, "id", rows)


def _article(article: Article, corpus: Corpus) -> tuple[Cell, ...]:
    earlier = article.version_of
    return (
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
        earlier.id if earlier and earlier.id in corpus.articles else None,
        article.retracted_text,
        article.licence,
        article.note,
    )


def _days(when: Date | None) -> tuple[str, str]:
    """The first and the last day that a date can mean; a text each, empty where it has none."""
    first, last = span_of(when)
    return str(first or ""), str(last or "")


def _makers(corpus: Corpus) -> ExportTable:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for article in corpus.articles.values():
            for each in article.publishers:
                yield article.id, each.id, "publisher"
            for each in article.originators:
                yield article.id, each.id, "originator"

    says = "who publishes a source and who wrote it; sources are counted by originator"
    columns = "article>articles actor>things role"
    return make_table("article_actors", says, columns, "article actor role", rows())


def _assertions(statements: Iterable[Statement], corpus: Corpus) -> ExportTable:
    says = "what was asserted, and where it stands; only what is accepted (1) is a fact"
    columns = (
        "id subject>things predicate relation object>things object_text object_language "
        "object_assertion sentence polarity mode condition status reason accepted:INTEGER when "
        "first_day last_day holds place>things said outcome basis confidence rank known_from "
        "last_report articles:INTEGER independent_sources:INTEGER note source_file "
        "source_line:INTEGER"
    )
    rows = (_assertion(statement, corpus) for statement in statements)
    return make_table("assertions", says, columns, "id", rows)


def _assertion(statement: Statement, corpus: Corpus) -> tuple[Cell, ...]:
    a = statement.assertion
    name = statement.object
    is_text = not name.id and not a.object_assertion
    return (
        a.id,
        a.subject.id,
        statement.relation.name,
        statement.relation.label,
        name.id or None,
        name.label if is_text else "",
        name.language if is_text else "",
        a.object_assertion,
        statement.sentence,
        a.polarity.value,
        a.mode.value,
        a.condition,
        statement.status.value,
        statement.reason,
        int(statement.is_affirmed),
        a.when.text if a.when else "",
        *_days(a.when),
        statement.holds,
        _known_id(a.where, corpus),
        a.said.text if a.said else "",
        a.outcome.kind.value if a.outcome else "",
        a.basis.value,
        a.confidence.value if a.confidence else "",
        a.rank.value,
        str(statement.known_from or ""),
        str(statement.last_report or ""),
        len(statement.articles),
        statement.sources,
        a.note,
        a.span.file,
        a.span.line,
    )


def _speakers(statements: Iterable[Statement]) -> ExportTable:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for statement in statements:
            a = statement.assertion
            for role, actors in (("speaker", a.speakers), ("via", a.via), ("about", a.about)):
                for each in actors:
                    yield a.id, each.id, role

    says = "who says it (speaker), through whom (via), and what the words are about"
    columns = "assertion>assertions thing>things role"
    return make_table("assertion_things", says, columns, "assertion thing role", rows())


def _qualifiers(statements: Iterable[Statement]) -> ExportTable:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for statement in statements:
            for name, value in statement.assertion.qualifiers:
                number = number_of(value)
                is_thing = isinstance(value, Reference)
                yield (
                    statement.id,
                    name.id,
                    value.id if isinstance(value, Reference) else value.text,
                    None if number is None else float(number),
                    int(is_thing),
                )

    says = "details of an assertion; number is empty where a value is none, or a range"
    columns = "assertion>assertions name value number:REAL is_thing:INTEGER"
    return make_table("qualifiers", says, columns, "assertion name value", rows())


def _citations(statements: Iterable[Statement]) -> ExportTable:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for statement in statements:
            a = statement.assertion
            cited = [("support", each) for each in a.citations]
            cited += [("withdrawal", each) for w in a.withdrawals for each in w.citations]
            cited += [("outcome", each) for each in (a.outcome.citations if a.outcome else ())]
            for kind, each in cited:
                yield statement.id, each.article.id, each.locator.short, kind, *_words(each)

    says = "where articles say so, or tell that it was taken back or what came of it"
    columns = (
        "assertion>assertions article>articles place kind words_from:INTEGER words_to:INTEGER quote"
    )
    key = "assertion article place kind words_from words_to quote"
    return make_table("citations", says, columns, key, rows())


def _words(citation: Citation) -> tuple[int | None, int | None, str]:
    first, last = citation.words or (None, None)
    return first, last, citation.quote


def _links(statements: Iterable[Statement]) -> ExportTable:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for statement in statements:
            for kind, ids in _others(statement, statement.assertion):
                for id in ids:
                    yield statement.id, kind, id

    says = "how an assertion bears on others; against: rivals, at least one of which is wrong"
    columns = "assertion>assertions kind other"
    return make_table("assertion_links", says, columns, "assertion kind other", rows())


def _others(statement: Statement, a: Assertion) -> Iterator[tuple[str, Iterable[str]]]:
    """The ids of what an assertion bears on, by kind."""
    single = {
        "denies": a.denies,
        "ends": a.ends,
        "begins": a.begins,
        "realised_by": a.outcome.realised_by if a.outcome else None,
    }
    for kind, reference in single.items():
        yield kind, [reference.id] if reference else []
    yield "supersedes", [each.id for each in a.supersedes]
    yield "follows_from", [each.id for each in a.follows_from]
    yield "against", statement.against


def _conflicts(corpus: Corpus) -> ExportTable:
    rows = (
        (each.id, each.question.text, each.kind.value, each.aspect)
        for each in corpus.conflicts.values()
    )
    says = "questions to which sources give rival answers"
    return make_table("conflicts", says, "id question kind aspect", "id", rows)


def _sides(corpus: Corpus) -> ExportTable:
    rows = ((c.id, each.id) for c in corpus.conflicts.values() for each in c.between)
    says = "the rival answers to a question"
    columns = "conflict>conflicts assertion"
    return make_table("conflict_answers", says, columns, "conflict assertion", rows)
