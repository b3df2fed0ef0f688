"""Accepted facts for Wikidata, as QuickStatements of version 1
(https://www.wikidata.org/wiki/Help:QuickStatements).

Wikidata takes a fact about items that it has, by a property that it has, with its source. So only
that is written whose two things have Wikidata ids, whose relation has a property there, and which
some source with an address or a title reports; whoever imports it answers for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.dates import Date, Day
from kg.export.actors import accepted_facts
from kg.model import Article
from kg.reading import Reading
from kg.status.statement import Statement

_SAME, _INVERSE = "wikidataProperty", "wikidataInverse"
_START, _END, _POINT = "P580", "P582", "P585"
_ADDRESS, _TITLE, _PUBLISHED = "S854", "S1476", "S577"


def quick_statements(reading: Reading) -> bytes:
    """Return a line for each fact, its fields parted by tabs."""
    lines = ["\t".join(_line(statement, reading)) for statement in importable_facts(reading)]
    return "".join(f"{line}\n" for line in lines).encode()


def importable_facts(reading: Reading) -> Iterator[Statement]:
    """Yield the facts that Wikidata can hold, in order of ids."""
    for statement in accepted_facts(reading):
        ends = (statement.assertion.subject.id, statement.object.id)
        is_known = bool(_property(statement, reading) and statement.articles)
        if is_known and all(_item(id, reading) for id in ends):
            yield statement


def _property(statement: Statement, reading: Reading) -> str:
    """The property at Wikidata that says the same, in one direction or the other; or nothing."""
    iri, annotation = statement.relation.iri, reading.ontology.annotation
    return annotation(_SAME).get(iri) or annotation(_INVERSE).get(iri, "")


def _item(id: str, reading: Reading) -> str:
    """The item of a thing, or nothing."""
    ids = reading.corpus.thing(id).ids
    return next((each.value for each in ids if each.scheme == "wikidata"), "")


def _line(statement: Statement, reading: Reading) -> Iterator[str]:
    subject = _item(statement.assertion.subject.id, reading)
    object = _item(statement.object.id, reading)
    property = _property(statement, reading)
    if statement.relation.iri not in reading.ontology.annotation(_SAME):
        subject, object = object, subject
    yield from (subject, property, object)
    when = statement.assertion.when
    if when:
        yield from _time(when, statement)
    for id in statement.articles:
        yield from _source(reading.corpus.articles[id])


def _time(when: Date, statement: Statement) -> Iterator[str]:
    """When it began and ended, as exactly as it is known; of a deed its day."""
    begun = _moment(when.start_earliest, when.start_latest)
    ended = _moment(when.end_earliest, when.end_latest)
    if statement.is_state:
        if begun:
            yield from (_START, begun)
        if ended and when.end.value == "known" and when.text.count("/"):
            yield from (_END, ended)
    elif begun and begun == ended:
        yield from (_POINT, begun)


def _moment(first: Day | None, last: Day | None) -> str:
    """The day, month or year that two bounds enclose exactly; nothing for any other span."""
    if first is None or last is None or not 1 <= first.year <= 9999:
        return ""
    if first == last:
        return f"+{first}T00:00:00Z/11"
    if first.year == last.year and (first.month, first.day) == (1, 1):
        return f"+{first.year:04}-00-00T00:00:00Z/9" if (last.month, last.day) == (12, 31) else ""
    return ""


def _source(article: Article) -> Iterator[str]:
    if article.url:
        yield from (_ADDRESS, _quoted(article.url))
    yield from (_TITLE, f"{article.title.language or 'en'}:{_quoted(article.title.text)}")
    if article.known_from and (published := _moment(article.known_from, article.known_from)):
        yield from (_PUBLISHED, published)


def _quoted(text: str) -> str:
    """A text in quotation marks, on one line; one within it cannot be told from the last."""
    return '"{}"'.format(re.sub(r"\s+", " ", text).replace('"', "'"))
