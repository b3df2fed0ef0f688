"""Why an edge stands: who says it, who denies it, its status and the reason for that, with every citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from kg.diagnostics import KgError, did_you_mean
from kg.drawing.picture import Card, Place, Source
from kg.drawing.view import cards
from kg.drawing.wording import listed, text
from kg.judgement.inference import RULES
from kg.judgement.status import MEANING, Status
from kg.model import Corpus
from kg.ontology import KG, Ontology
from kg.telling.phrases import wrapped


class Explanation(NamedTuple):
    """The cards of what was asked (``main``), of what stands against it or is its ground (``beside``), and articles.

    ``conclusions`` counts the ones that kg draws about a thing and that are not among ``main``.
    """

    main: tuple[Card, ...]
    beside: Mapping[str, Card]
    articles: Mapping[str, Source]
    conclusions: int = 0


def why(id: str, corpus: Corpus, ontology: Ontology, store: Store, with_conclusions: bool = False) -> Explanation:
    """All about an assertion, or about every assertion that concerns a thing, article or conflict.

    Raises KgError where nothing has that id.
    """
    ids = _asked(id, corpus)
    is_list = ids != (id,)
    shown = [each for each in ids if with_conclusions or not is_list or not corpus.assertions[each].rule]
    main, sources = cards(store, [ontology.iri("assertion", each) for each in shown])
    beside, more = _beside(store, [ontology.iri("assertion", each) for each in shown])
    articles = {source.id: source for source in (*sources, *more)}
    return Explanation(main, beside, dict(sorted(articles.items())), len(ids) - len(shown))


def _asked(id: str, corpus: Corpus) -> tuple[str, ...]:
    """The assertions that a question about an id is about: itself, a conflict's rivals, all of a thing or article."""
    if id in corpus.assertions:
        return (id,)
    if id in corpus.conflicts:
        return tuple(rival.id for rival in corpus.conflicts[id].between)
    if id in corpus.things or id in corpus.articles:
        return tuple(each for each in corpus.assertions if _concerns(id, each, corpus))
    known = (*corpus.things, *corpus.assertions, *corpus.articles, *corpus.conflicts)
    raise KgError(f"nothing here is called '{id}'", hint=did_you_mean(id, known))


def _concerns(id: str, assertion_id: str, corpus: Corpus) -> bool:
    a = corpus.assertions[assertion_id]
    things = [a.subject.id, a.object_key, *(s.id for s in a.speakers), *(v.id for v in a.via)]
    return id in things or id == (a.where.id if a.where else "") or any(c.article.id == id for c in a.citations)


def _beside(store: Store, asked: Sequence[str]) -> tuple[dict[str, Card], tuple[Source, ...]]:
    """The cards of what stands against assertions, and of all that they follow from, however far back."""
    found = _objects(store, asked, "contradicts")
    waiting = list(asked)
    while waiting:
        grounds = _objects(store, waiting, "followsFrom") - found
        found |= grounds
        waiting = sorted(grounds)
    beside, sources = cards(store, sorted(found))
    return {card.id: card for card in beside}, sources


def _objects(store: Store, subjects: Iterable[str], term: str) -> set[str]:
    link = NamedNode(f"{KG}{term}")
    quads = (quad for iri in subjects for quad in store.quads_for_pattern(NamedNode(iri), link, None))
    return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}


def in_words(title: str, found: Explanation, through_lens: bool = False) -> str:
    """The answer for people: each assertion as a sentence, then its status and why, then where it stands."""
    if not found.main:
        return f"{title}\n\nNo assertion{' under this lens' if through_lens else ''} speaks of it.\n"
    order = list(Status)
    ranked = sorted(found.main, key=lambda card: (-order.index(Status(card.status)), card.id))
    blocks = [title, *("\n".join(map(_fitted, _card(card, found))) for card in ranked)]
    blocks.append(f"{len(found.main)} assertion{'s' if len(found.main) != 1 else ''}: {_counted(found.main)}")
    if found.conclusions:
        blocks[-1] += f"\n{found.conclusions} more follow by rules: kg why --inferred"
    return "\n\n".join(blocks) + "\n"


_VALUE = re.compile(r" *(?:\S+(?: \S+)? {2,})?")
"""What stands before a line's value: blanks, and a label in a column of its own."""


def _fitted(line: str) -> str:
    """A line broken at 100 columns; what goes on stands to the right of where its value begins."""
    first = _VALUE.match(line)
    assert first is not None
    return wrapped(line[first.end() :], first[0], " " * (first.end() + (2 if first[0] else 4)))


def _counted(main: Iterable[Card]) -> str:
    statuses = [card.status for card in main]
    return ", ".join(f"{statuses.count(s)} {s}" for s in reversed(Status) if s in statuses)


def _card(card: Card, found: Explanation) -> list[str]:
    known = {each.id: each for each in found.main} | dict(found.beside)
    lines = [f"{text(card.words)}.", f"  assertion  {card.id}", f"  status     {card.status}: {_because(card)}"]
    for label, value in (
        ("when", card.when),
        ("where", text(listed(card.where))),
        ("said", card.said),
        ("through", text(listed(card.via))),
        ("holds", f"{card.holds}, as its date is imprecise or missing" if card.holds == "possibly" else card.holds),
        ("note", card.note),
    ):
        if value:
            lines.append(f"  {label:<10} {value}")
    if card.taken_back:
        reported = [f"             {line}" for line in _places(card.taken_back, found)]
        lines += [f"  withdrawn  {reported[0].strip()}", *reported[1:]]
    for rival in card.opposed:
        lines += _other("against", rival, known, found)
    if card.rule:
        lines.append(f"  by rule    {card.rule}: {RULES[card.rule]}")
    for ground in card.follows_from:
        lines += _other("from", ground, known, found)
    if card.articles or not card.follows_from:
        lines.append(f"  sources    {_sources(card)}")
        lines += [f"             {line}" for line in _citations(card, found)]
    return lines


def _other(label: str, id: str, known: Mapping[str, Card], found: Explanation) -> list[str]:
    """Another assertion in a line, with its own citations or its own grounds below it."""
    card = known.get(id)
    if card is None:
        return [f"  {label:<10} {id} (left out by the lens)"]
    lines = [f"  {label:<10} {text(card.words)} [{id}, {card.status}]"]
    lines += [f"             {line}" for line in _citations(card, found)]
    for ground in card.follows_from:
        lines += [f"           {line}" for line in _other("from", ground, known, found)]
    return lines


def _because(card: Card) -> str:
    """Why a card has its status; what stands against a contested one is told in lines of its own."""
    return MEANING[Status.CONTESTED] if card.opposed and card.status == Status.CONTESTED else card.reason


def _sources(card: Card) -> str:
    if not card.articles:
        return "no article of its own"
    independent = f"{card.sources} independent ({', '.join(card.originators)})"
    return f"{independent}, in {card.articles} article{'s' if card.articles != 1 else ''}"


def _citations(card: Card, found: Explanation) -> list[str]:
    return _places(card.citations, found)


def _places(places: Sequence[Place], found: Explanation) -> list[str]:
    """Where articles say so, a line for each."""
    lines = []
    for article in dict.fromkeys(place.article for place in places):
        source = found.articles[article]
        paragraphs = [str(place.paragraph) for place in places if place.article == article]
        where = f"paragraph{'s' if len(paragraphs) > 1 else ''} {', '.join(paragraphs)}"
        same = source.publisher == source.originator
        by = source.publisher if same else f"{source.publisher}, by {source.originator}"
        lines.append(f"{article}, {where}: '{source.title}' ({by}, {source.published})")
    return lines


def as_json(id: str, found: Explanation) -> dict[str, object]:
    """The answer for programs."""
    return {
        "asked": id,
        "assertions": [_record(card) for card in found.main],
        "beside": [_record(card) for card in found.beside.values()],
        "articles": [asdict(source) for source in found.articles.values()],
        "conclusions_left_out": found.conclusions,
    }


def _record(card: Card) -> dict[str, object]:
    return {**asdict(card), "claim": text(card.claim), "words": text(card.words)}
