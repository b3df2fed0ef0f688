"""The things that articles and what they report name by a day, with their names as used by then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from kg.dates import Day
from kg.dates.limits import as_known_by
from kg.model import Article, Assertion, Thing
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.model.grouping import replace_fields
from kg.model.references import Citation
from kg.status.naming import name_key


def visible_citations(
    citations: Iterable[Citation], articles: Mapping[str, Article]
) -> tuple[Citation, ...]:
    """Return the citations of some that lead to these articles."""
    return tuple(citation for citation in citations if citation.article.id in articles)


def named_things(assertions: Iterable[Assertion]) -> set[str]:
    """Return the ids of the things that assertions name."""
    return {reference.id for a in assertions for reference in a.mentions}


def written_by(articles: Iterable[Article]) -> set[str]:
    """Return the ids of who publishes and writes articles."""
    return {
        reference.id
        for article in articles
        for reference in (*article.publishers, *article.originators)
    }


def told_things(
    corpus: Corpus, articles: Mapping[str, Article], ids: Collection[str], day: Day
) -> dict[str, Thing]:
    """Return some things of a corpus, by id, with the names that these articles use and that were
    used by a day.
    """
    things = {id: _named_by(each, articles) for id, each in corpus.things.items() if id in ids}
    if len(articles) == len(corpus.articles):
        return things
    return {id: _as_told(thing, day) for id, thing in things.items()}


def with_principals(corpus: Corpus, ids: Collection[str]) -> set[str]:
    """Return the ids of things, and of those for whom they act."""
    agents = [id for id in ids if id in corpus.things and corpus.things[id].acts_for]
    return {*ids, *closure(agents, corpus.principal)} & corpus.things.keys()


def _named_by(thing: Thing, articles: Mapping[str, Article]) -> Thing:
    """A thing with the names that these articles use, and those that cite none.

    A label that an alias repeats is such a name, too. Where no label is left, another name takes
    its place, as far as there is one.
    """
    if not thing.aliases:
        return thing
    aliases = []
    for alias in thing.aliases:
        citations = visible_citations(alias.citations, articles)
        if citations or not alias.citations:
            aliases.append(replace_fields(alias, citations=citations))
    known_keys = {name_key(alias.name) for alias in aliases}
    later = {name_key(alias.name) for alias in thing.aliases} - known_keys
    labels = tuple(label for label in thing.labels if name_key(label) not in later)
    if not labels:
        labels = tuple(alias.name for alias in aliases[:1]) or thing.labels
    return replace_fields(thing, labels=labels, aliases=tuple(aliases))


def _as_told(thing: Thing, day: Day) -> Thing:
    """A thing without its note, and without other names that cite no article: these may rest on one
    that is left out. One that is dated was in use from then on.
    """
    if not (thing.note or thing.aliases):
        return thing
    aliases = tuple(
        each
        for each in thing.aliases
        if each.citations or (each.when and as_known_by(each.when, day))
    )
    return replace_fields(thing, note="", aliases=aliases)
