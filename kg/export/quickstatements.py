"""Accepted facts for Wikidata, as QuickStatements of version 1
(https://www.wikidata.org/wiki/Help:QuickStatements).

Wikidata takes a fact about items that it has, by a property that it has, with its source. So only
that is written whose two things have Wikidata ids, whose relation has a property there, and which
some source with an address or a title reports; whoever imports it answers for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.export.actors import accepted_facts
from kg.export.moments import moments_of
from kg.model import Article
from kg.reading import Reading
from kg.status.statement import Statement

_SAME, _INVERSE = "wikidataProperty", "wikidataInverse"
_TIMES = ("P580", "P582", "P585")
"""Its properties for when something began and ended, and for when it was."""

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
    for name, moment in zip(_TIMES, moments_of(statement.assertion.when), strict=True):
        if moment:
            yield from (name, _moment(moment))
    for number, id in enumerate(statement.articles):
        name, *others = _source(reading.corpus.articles[id])
        yield from (f"!{name}" if number else name, *others)  # '!' begins another reference


def _moment(text: str) -> str:
    """A day, month or year as Wikidata has it."""
    precision = {4: 9, 7: 10, 10: 11}[len(text)]
    return f"+{text}{'-00' * (11 - precision)}T00:00:00Z/{precision}"


def _source(article: Article) -> Iterator[str]:
    if article.url:
        yield from (_ADDRESS, _quoted(article.url))
    yield from (_TITLE, f"{article.title.language or 'en'}:{_quoted(article.title.text)}")
    if article.known_from and 1 <= article.known_from.year <= 9999:
        yield from (_PUBLISHED, _moment(str(article.known_from)))


def _quoted(text: str) -> str:
    """A text in quotation marks, on one line; one within it cannot be told from the last."""
    return '"{}"'.format(re.sub(r"\s+", " ", text).replace('"', "'"))
