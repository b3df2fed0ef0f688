"""Things and articles as a picture shows them, from the corpus and the ontology."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from kg.dates import Day
from kg.model import Thing
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.model.references import Reference, Text
from kg.ontology import Ontology
from kg.status.editions import source_remarks
from kg.status.naming import labels_over_time
from kg.status.statement import Statement
from kg.text.wording import Name
from kg.view.picture import CitedArticle, Node


def node_of(thing: Thing, corpus: Corpus, ontology: Ontology) -> Node:
    """Return a thing with its names and classes."""
    language, label = thing.name
    texts = [*thing.labels, *(alias.name for alias in thing.aliases)]
    classes = class_line(thing.type.id, ontology)
    nearest = ontology.classes.get(thing.type.id)
    return Node(
        thing.id,
        label,
        tuple(sorted({each.text for each in texts} - {label})),
        nearest.label if nearest else "",
        classes,
        nearest.iri if nearest else "",
        _names_by_language(thing, label),
        _alias_days(thing, corpus),
        language,
        ids=tuple((str(id), ontology.schemes[id.scheme].iri_of(id.value)) for id in thing.ids),
        labels=labels_over_time(thing),
        merged=thing.also,
        section=thing.section,
        short=thing.short,
    )


def class_line(name: str, ontology: Ontology) -> tuple[str, ...]:
    """Return a class and its ancestors by local name, nearest first; none where it is unknown."""
    classes = ontology.classes
    if name not in classes:
        return ()
    return tuple(closure([name], lambda each: classes[each].parents if each in classes else ()))


def _names_by_language(thing: Thing, label: str) -> tuple[tuple[str, str], ...]:
    """Return what a thing is called in each language other than so: by a label or else by the
    shortest other name.
    """
    names: dict[str, str] = {}
    for texts in (thing.labels, [alias.name for alias in thing.aliases]):
        for text in sorted(texts, key=_shortest_first):
            if text.language:
                names.setdefault(text.language, text.text)
    return tuple(sorted((language, name) for language, name in names.items() if name != label))


def _shortest_first(text: Text) -> tuple[int, str]:
    return len(text.text), text.text


def _alias_days(thing: Thing, corpus: Corpus) -> tuple[tuple[str, str], ...]:
    """Return the aliases that articles are cited for, each with the first day on which it was
    known; one that cites none and has no date is known once all articles are.
    """
    first_days: dict[str, Day] = {}
    for alias in thing.aliases:
        if corpus.last_day and not alias.citations and not alias.when:
            first_days[alias.name.text] = corpus.last_day
        for citation in alias.citations:
            day = corpus.articles[citation.article.id].known_from
            if day:
                name = alias.name.text
                first_days[name] = min(day, first_days.get(name, day))
    return tuple(sorted((name, str(day)) for name, day in first_days.items()))


def cited_articles(statements: Iterable[Statement], corpus: Corpus) -> tuple[CitedArticle, ...]:
    """Return the articles that statements cite, in order of ids."""
    return tuple(cited_article(id, corpus) for id in cited_ids(statements))


def cited_ids(statements: Iterable[Statement]) -> list[str]:
    """Return the ids of the articles that statements cite, in order."""
    places = [(*each.places, *each.withdrawal_places) for each in statements]
    return sorted({place.article for place in chain.from_iterable(places)})


def cited_article(id: str, corpus: Corpus) -> CitedArticle:
    """Return an article with the names of who show it and of who wrote it."""
    article = corpus.articles[id]

    def names(references: Iterable[Reference]) -> tuple[Name, ...]:
        return tuple(corpus.things[reference.id].as_name for reference in references)

    remarks = tuple(source_remarks(article, corpus))
    return CitedArticle(article, names(article.publishers), names(article.originators), remarks)
