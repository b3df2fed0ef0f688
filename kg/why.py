"""Why an edge stands: who says it, who denies it, its status and the reason for that, with every citation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from pyoxigraph import NamedNode, Store

from kg.diagnostics import KgError, did_you_mean
from kg.model import Corpus
from kg.ontology import KG, Ontology
from kg.picture import Card, Source, listed, text
from kg.status import MEANING, Status
from kg.view import cards


def asked(id: str, corpus: Corpus) -> tuple[str, ...]:
    """The assertions that a question about an id is about: itself, a conflict's rivals, all of a thing or an article.

    Raises KgError where nothing has that id.
    """
    if id in corpus.assertions:
        return (id,)
    if id in corpus.conflicts:
        return tuple(rival.id for rival in corpus.conflicts[id].between)
    if id in corpus.things or id in corpus.articles:
        return tuple(a.id for a in corpus.assertions.values() if _concerns(id, a.id, corpus))
    known = (*corpus.things, *corpus.assertions, *corpus.articles, *corpus.conflicts)
    raise KgError(f"nothing here is called '{id}'", exit_code=1, hint=did_you_mean(id, known))


def _concerns(id: str, assertion_id: str, corpus: Corpus) -> bool:
    a = corpus.assertions[assertion_id]
    things = [a.subject.id, a.object_key, *(s.id for s in a.speakers), *(v.id for v in a.via)]
    return id in things or id == (a.where.id if a.where else "") or any(c.article.id == id for c in a.citations)


def why(
    id: str, corpus: Corpus, ontology: Ontology, store: Store
) -> tuple[tuple[Card, ...], tuple[Card, ...], tuple[Source, ...]]:
    """The cards of what was asked, those of what stands against it, and the articles that both cite."""
    wanted = [ontology.iri("assertion", each) for each in asked(id, corpus)]
    rivals = {
        quad.object.value
        for iri in wanted
        for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(f"{KG}contradicts"), None)
        if isinstance(quad.object, NamedNode)
    }
    main, sources = cards(store, wanted)
    against, more = cards(store, sorted(rivals - set(wanted)))
    return main, against, tuple(sorted({*sources, *more}, key=lambda source: source.id))


def in_words(title: str, main: Sequence[Card], against: Sequence[Card], sources: Sequence[Source]) -> str:
    """The answer for people: each assertion as a sentence, then its status and why, then where it stands."""
    by_id = {card.id: card for card in (*main, *against)}
    articles = {source.id: source for source in sources}
    if not main:
        return f"{title}\n\nNo assertion speaks of it.\n"
    blocks = [title]
    order = list(Status)
    for card in sorted(main, key=lambda c: (-order.index(Status(c.status)), c.id)) if len(main) > 1 else main:
        blocks.append("\n".join(_card(card, by_id, articles)))
    blocks.append(f"{len(main)} assertion{'s' if len(main) != 1 else ''}: {_counted(main)}")
    return "\n\n".join(blocks) + "\n"


def _counted(main: Iterable[Card]) -> str:
    statuses = [card.status for card in main]
    return ", ".join(f"{statuses.count(s)} {s}" for s in reversed(Status) if s in statuses)


def _card(card: Card, by_id: dict[str, Card], articles: dict[str, Source]) -> list[str]:
    lines = [
        f"{text(card.words)}.",
        f"  assertion  {card.id}",
        f"  status     {card.status}: {_because(card)}",
    ]
    for label, value in (
        ("when", card.when),
        ("where", text(listed(card.where))),
        ("said", card.said),
        ("through", text(listed(card.via))),
        ("note", card.note),
    ):
        if value:
            lines.append(f"  {label:<10} {value}")
    for rival in card.opposed:
        other = by_id.get(rival)
        lines.append(f"  against    {text(other.words) if other else rival} [{rival}]")
        lines += [f"             {line}" for line in _citations(other, articles)] if other else []
    lines.append(f"  sources    {_sources(card)}")
    lines += [f"             {line}" for line in _citations(card, articles)]
    return lines


def _because(card: Card) -> str:
    """Why a card has its status; what stands against a contested one is told in lines of its own."""
    return MEANING[Status.CONTESTED] if card.opposed and card.status == Status.CONTESTED else card.reason


def _sources(card: Card) -> str:
    if not card.articles:
        return "no article of its own"
    independent = f"{card.sources} independent ({', '.join(card.originators)})"
    return f"{independent}, in {card.articles} article{'s' if card.articles != 1 else ''}"


def _citations(card: Card, articles: dict[str, Source]) -> list[str]:
    lines = []
    for article in dict.fromkeys(place.article for place in card.citations):
        source = articles[article]
        paragraphs = [str(place.paragraph) for place in card.citations if place.article == article]
        where = f"paragraph{'s' if len(paragraphs) > 1 else ''} {', '.join(paragraphs)}"
        by = (
            source.publisher if source.publisher == source.originator else f"{source.publisher}, by {source.originator}"
        )
        lines.append(f"{article}, {where}: '{source.title}' ({by}, {source.published})")
    return lines


def as_json(id: str, main: Sequence[Card], against: Sequence[Card], sources: Sequence[Source]) -> dict[str, object]:
    """The answer for programs."""
    return {
        "asked": id,
        "assertions": [_record(card) for card in main],
        "against": [_record(card) for card in against],
        "articles": [asdict(source) for source in sources],
    }


def _record(card: Card) -> dict[str, object]:
    return {**asdict(card), "claim": text(card.claim), "words": text(card.words)}
