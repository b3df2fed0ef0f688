"""What became of a picture since an earlier version: both versions' ties in one, each with what
changed.

Ties are compared by their ends and the id of their assertion; cards by what curators wrote and
where it stands. That a thing is only called otherwise changes no tie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from kg.view.picture import Card, History, Picture, Source, Tie
from kg.wording import Name, Words, text


class Kind(NamedTuple):
    """A kind of change: its name, the sign and the word that stand for it, and how a count of it
    ends.
    """

    name: str
    sign: str
    word: str
    counted: str


KINDS = (
    Kind("added", "+", "added", "added"),
    Kind("removed", "\N{MINUS SIGN}", "removed", "removed"),
    Kind("status", "\N{NOT EQUAL TO}", "other status", "changed status"),
    Kind("changed", "~", "changed", "changed otherwise"),
)


def changes(old: Picture, new: Picture, since: str) -> Picture:
    """The new picture with what was removed from the old one, and each tie with what became of it.

    It has no story, no positions and nothing of what was known when: these belong to one version
    each.
    """
    cards = _cards(old, new)
    before, after = _by_key(old.ties), _by_key(new.ties)
    ties = [
        replace(tie, change=cards[tie.assertion].change if key in before else "added")
        for key, tie in after.items()
    ]
    ties += [
        replace(tie, change="removed", status=cards[tie.assertion].status)
        for key, tie in before.items()
        if key not in after
    ]
    ties.sort(key=_key)
    kept = _argument((tie.assertion for tie in ties), cards)
    ends = {end for tie in ties for end in (tie.source, tie.target)} | {
        node.id for node in new.nodes
    }
    nodes = {node.id: node for node in (*old.nodes, *new.nodes) if node.id in ends}
    return replace(
        new,
        nodes=tuple(nodes[id] for id in sorted(nodes)),
        ties=tuple(ties),
        cards=tuple(card for id, card in sorted(cards.items()) if id in kept),
        sources=_cited(
            [cards[id] for id in kept], {each.id: each for each in (*old.sources, *new.sources)}
        ),
        statuses=tuple(sorted({**dict(old.statuses), **dict(new.statuses)}.items())),
        story=None,
        matrices=(),
        history=History(reach={**old.history.reach, **new.history.reach}),
        since=since,
    )


def counts(compared: Picture) -> dict[str, int]:
    """How many ties changed, by kind, in the order of the kinds; kinds without any are left out."""
    found = Counter(tie.change for tie in compared.ties)
    return {kind.name: found[kind.name] for kind in KINDS if found[kind.name]}


def summary(compared: Picture) -> str:
    """How many ties changed and how: ``12 added, 3 removed, 4 changed status``."""
    found = counts(compared)
    return (
        ", ".join(f"{found[kind.name]:,} {kind.counted}" for kind in KINDS if kind.name in found)
        or "nothing changed"
    )


def _key(tie: Tie) -> tuple[str, str, str]:
    return tie.source, tie.target, tie.assertion


def _by_key(ties: Iterable[Tie]) -> dict[tuple[str, str, str], Tie]:
    return {_key(tie): tie for tie in ties}


def _cards(old: Picture, new: Picture) -> dict[str, Card]:
    """The cards of both, by id, each with what became of it; what the new one has comes from there."""
    before, after = {card.id: card for card in old.cards}, {card.id: card for card in new.cards}
    removed = {
        id: replace(card, change="removed") for id, card in before.items() if id not in after
    }
    drawn = {tie.assertion for tie in new.ties}
    found = {}
    for id, card in after.items():
        if id in before:
            found[id] = _compared(before[id], card)
        else:
            # What merely stands beside what is drawn may have been there before, where nothing drew
            # it.
            found[id] = replace(card, change="added") if id in drawn else card
    return removed | found


def _compared(old: Card, new: Card) -> Card:
    """The new card, with what changed since the old one."""
    same_status = old.status == new.status
    was, now = _parts(old, same_status) | _lists(old), _parts(new, same_status) | _lists(new)
    differing = [name for name in now if was[name][0] != now[name][0]]
    if not differing:
        return new
    lists = {name: _without(_lists(old)[name][1], _lists(new)[name][1]) for name in _lists(new)}
    before = tuple((name, lists.get(name) or str(was[name][1]) or "none") for name in differing)
    return replace(new, change="status" if "Status" in differing else "changed", before=before)


def _parts(card: Card, same_status: bool) -> dict[str, tuple[object, object]]:
    """What a card tells, by name: in a form to compare, and in words."""
    # A status changes how a sentence is worded; that alone is no other sentence.
    said = (_plain(card.claim), card.mode, card.polarity, _plain(card.speakers))
    return {
        "Status": (card.status, card.status),
        "Sentence": ((said, _plain(card.words)) if same_status else said, text(card.words)),
        "When": (card.when, card.when),
        "Where": (_plain(card.where), _names(card.where)),
        "Said on": (card.said, card.said),
        "Passed on by": (_plain(card.via), _names(card.via)),
        "Note": (card.note, card.note),
        "Rule": (card.rule, card.rule),
        "Sources": ((card.sources, sorted(card.originators)), ", ".join(card.originators)),
    }


def _lists(card: Card) -> dict[str, tuple[object, frozenset[tuple[str, int]]]]:
    """What a card lists, by name: in a form to compare, and as ids, with paragraphs (0 for what has
    none).
    """
    found = {
        "Citations": frozenset((place.article, place.paragraph) for place in card.citations),
        "Taken back in": frozenset((place.article, place.paragraph) for place in card.taken_back),
        "Against this": frozenset((id, 0) for id in card.opposed),
        "It follows from": frozenset((id, 0) for id in card.follows_from),
    }
    return {name: (items, items) for name, items in found.items()}


def _without(old: frozenset[tuple[str, int]], new: frozenset[tuple[str, int]]) -> str:
    """What a list lacked before, and what it had instead: ``without nyt-2019-11-22, paragraph 4``."""
    told = (("without", _listed(new - old)), ("with", _listed(old - new)))
    return "; ".join(f"{word} {items}" for word, items in told if items)


def _listed(items: Iterable[tuple[str, int]]) -> str:
    numbers: dict[str, list[int]] = {}
    for id, paragraph in sorted(items):
        numbers.setdefault(id, []).extend([paragraph] if paragraph else [])
    return "; ".join(
        f"{id}, paragraph{'' if len(found) == 1 else 's'} {', '.join(map(str, found))}"
        if found
        else id
        for id, found in numbers.items()
    )


def _plain(words: Words) -> tuple[str, ...]:
    """A sentence whose things are known by their ids, whatever they are called."""
    return tuple(part if isinstance(part, str) else part.id or part.label for part in words)


def _names(names: Iterable[Name]) -> str:
    return ", ".join(name.label for name in names)


def _argument(wanted: Iterable[str], cards: Mapping[str, Card]) -> set[str]:
    """Assertions with all that stands against them or that they follow from, as far as there are
    cards.
    """
    waiting, found = list(wanted), set[str]()
    while waiting:
        id = waiting.pop()
        if id in cards and id not in found:
            found.add(id)
            waiting += (*cards[id].opposed, *cards[id].follows_from)
    return found


def _cited(cards: Iterable[Card], known: Mapping[str, Source]) -> tuple[Source, ...]:
    ids = {place.article for card in cards for place in (*card.citations, *card.taken_back)}
    return tuple(known[id] for id in sorted(ids))
