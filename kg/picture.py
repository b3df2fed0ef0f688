"""What a picture shows, as frozen values: things, ties, and a card for every assertion with the words for it.

Nothing here knows where things stand or how they look; a page, a network and a table are made from the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.calendar import Day


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a sentence names: a thing by its id, or a mere text (no id)."""

    id: str
    label: str


Words = tuple[str | Name, ...]
"""A sentence whose names are still known as names."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article: who shows it, who wrote it, and when it appeared (EDTF, as written)."""

    id: str
    title: str
    publisher: str
    originator: str
    published: str
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an assertion stands: an article's id and a paragraph, from 1."""

    article: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Card:
    """One assertion as a reader sees it.

    ``claim`` is its proposition (``Japan is party to GSOMIA``), ``words`` says who claims it and how (``China says that
    ...``). Dates are as written. ``sources`` counts independent ones, that is originators, whom ``originators`` names.
    ``taken_back`` are the places that report a withdrawal, ``holds`` how surely it holds on the day of a lens.
    ``opposed`` holds the ids of the assertions that stand against it, ``follows_from`` those of the assertions that it
    is concluded from: by a curator, or by kg itself where ``rule`` names how.
    """

    id: str
    claim: Words
    words: Words
    status: str
    reason: str = ""
    mode: str = "actual"
    polarity: str = "asserts"
    speakers: tuple[Name, ...] = ()
    via: tuple[Name, ...] = ()
    where: tuple[Name, ...] = ()
    when: str = ""
    said: str = ""
    note: str = ""
    articles: int = 0
    sources: int = 0
    originators: tuple[str, ...] = ()
    citations: tuple[Place, ...] = ()
    opposed: tuple[str, ...] = ()
    taken_back: tuple[Place, ...] = ()
    holds: str = ""
    rule: str = ""
    follows_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a picture. ``classes`` are its class and that one's ancestors by name, nearest first."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    type: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """A line in a picture: from a thing to a thing, because of one assertion (the id of its card).

    ``family`` names the kind of relation; a symmetric one has no direction to show.
    """

    source: str
    target: str
    assertion: str
    label: str
    status: str
    family: str = ""
    polarity: str = "asserts"
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a story: what is told, and what a reader looks at meanwhile.

    ``things`` and ``assertions`` are ids, none where the whole picture is meant; the days are those of the lens.
    """

    title: str
    words: Words
    things: tuple[str, ...] = ()
    assertions: tuple[str, ...] = ()
    true_on: Day | None = None
    known_by: Day | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Steps that lead a reader through a picture, in order."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a page shows, apart from where things stand and how they look.

    ``cards`` holds a card for every tie, for every assertion that stands against one of these, and for all that any of
    them follows from. ``centre`` is the id of the thing that the view is about, or empty. ``statuses`` holds what each
    status means, in the ontology's words; ``lens`` says what was looked through (``known by 2019-11-16``), or nothing.
    """

    name: str
    title: str
    question: str = ""
    centre: str = ""
    nodes: tuple[Node, ...] = ()
    ties: tuple[Tie, ...] = ()
    cards: tuple[Card, ...] = ()
    sources: tuple[Source, ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    dataset: str = ""
    licence: str = ""
    query: str = ""
    lens: str = ""
    story: Story | None = None


def text(words: Iterable[str | Name]) -> str:
    """A sentence as plain text."""
    return "".join(part if isinstance(part, str) else part.label for part in words)


def wording(card: Card, condition: str = "") -> Words:
    """Who claims a card's proposition, and how: nothing that somebody merely says is worded as a fact."""
    lead = _LEADS.get(card.mode, "")
    if card.mode == "conditional":
        lead = f"if {condition}, " if condition else "under a condition "
    clause: Words = (lead, *card.claim) if lead else card.claim
    denies, withdrawn = card.polarity == "denies", card.status == "withdrawn"
    verb = "denies" if denies else "says"
    match card.speakers:
        case () if withdrawn:
            return (f"It was {'denied' if denies else 'said'}, and taken back, that ", *clause)
        case () if denies:
            return ("It is denied that ", *clause)
        case () if lead:
            return (lead[0].upper() + lead[1:], *card.claim)
        case ():
            return clause
        case speakers if withdrawn:
            return (*listed(speakers), f" {'denied' if denies else 'said'}, and took back, that ", *clause)
        case speakers if card.mode == "opinion" and not denies:
            return ("In the view of ", *listed(speakers), ", ", *card.claim)
        case (_,) as speakers:
            return (*speakers, f" {verb} that ", *clause)
        case speakers:
            return (*listed(speakers), f" {'deny' if denies else 'say'} that ", *clause)


_LEADS = {
    "planned": "it is planned that ",
    "expected": "it is expected that ",
    "demanded": "it is demanded that ",
    "threatened": "it is threatened that ",
    "opinion": "in somebody's view, ",
}


def listed(names: tuple[Name, ...]) -> Words:
    """Names as a sentence lists them: ``A, B and C``."""
    parts: list[str | Name] = []
    for position, each in enumerate(names):
        if position:
            parts.append(" and " if position == len(names) - 1 else ", ")
        parts.append(each)
    return tuple(parts)
