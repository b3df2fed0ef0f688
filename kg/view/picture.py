"""What a picture shows, as frozen values: things, ties, and a card for every assertion with the
words for it.

Nothing here knows where things stand or how they look; a page, a network and a table are made from
the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.dates.calendar import Day, Days
from kg.viz.story import Story
from kg.wording import Name, Words


@dataclass(frozen=True, slots=True)
class Source:
    """An article: who shows it, who wrote it (by name, and by id where they are things), and when
    it appeared (EDTF, as written); ``known`` is the day from which on it is known, or empty;
    ``counted_as`` whose source it is, by id, if not its originator's.
    """

    id: str
    title: str
    publisher: str
    originator: str
    published: str
    url: str
    known: str = ""
    publisher_id: str = ""
    originator_id: str = ""
    counted_as: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an assertion stands: an article's id and a paragraph, from 1; ``times`` counts the
    citations of it.
    """

    article: str
    paragraph: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class Card:
    """One assertion as a reader sees it.

    ``claim`` is its proposition (``Japan is party to GSOMIA``), ``words`` says who claims it and
    how (``China says that ...``). Dates are as written. ``sources`` counts independent ones, that
    is originators, whom ``originators`` names. ``taken_back`` are the places that report a
    withdrawal, ``holds`` how surely it holds on the day of a lens. ``words_before`` is what it said
    before a withdrawal was known. ``opposed`` holds the ids of the assertions that stand against
    it, ``follows_from`` those of the assertions that it is concluded from: by a curator, or by kg
    itself where ``rule`` names how. Where two versions are compared, ``change`` says what became of
    it (``kg.view.changes``), and ``before`` of each part that changed how it was.
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
    words_before: Words = ()
    change: str = ""
    before: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a picture. ``classes`` are its class and that one's ancestors by name, nearest
    first; ``cls`` is the IRI of its class. ``names`` are labels in languages where it has another
    one, by BCP 47 tag; ``language`` is the label's own, if it is said. ``alias_days`` tells of
    aliases that articles are cited for from which day on they were known.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    type: str = ""
    classes: tuple[str, ...] = ()
    cls: str = ""
    names: tuple[tuple[str, str], ...] = ()
    alias_days: tuple[tuple[str, str], ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line in a picture: from a thing to a thing, because of one assertion (the id of its card).

    ``relation`` is the IRI of its relation, ``family`` names the kind of that; a symmetric one has
    no direction to show. ``change`` is what became of it, where two versions are compared.
    """

    source: str
    target: str
    assertion: str
    label: str
    status: str
    family: str = ""
    polarity: str = "asserts"
    symmetric: bool = False
    relation: str = ""
    change: str = ""


class Run(NamedTuple):
    """Where an assertion stood from a moment (its number) on: status, reason, and what stood
    against it, by id.

    No status means that it is not there: not concluded any more, or kept out by another part of the
    lens.
    """

    moment: int
    status: str = ""
    reason: str = ""
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What was known when.

    ``moments`` are the days on which what is known changes, ascending: what was known by a day is
    what the last of them up to that day tells. Where there are too many, ``days`` says how many
    there are in all (else 0). ``runs`` holds, by assertion, where it stood: each run holds until
    the next, and before its first it was not known. What the editors judge without an article is
    known from the moment -1 on, that is before any other.

    ``reach`` tells for a dated assertion on which days it possibly and certainly holds, ``reached``
    the same from moments on, for those of which a later report vouches for more days.
    """

    moments: tuple[Day, ...] = ()
    days: int = 0
    runs: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)
    reach: Mapping[str, Days] = field(default_factory=dict)
    reached: Mapping[str, tuple[tuple[int, Days], ...]] = field(default_factory=dict)


class Cell(NamedTuple):
    """What an actor (its id; none for the articles themselves) holds of a row: a card's id, and the
    stance in words.
    """

    actor: str
    assertion: str
    stance: str


class MatrixRow(NamedTuple):
    """One answer to a question of a dispute and who holds what of it.

    ``kind`` is what the question is about: a claim, a prospect, a judgement or a stand.
    """

    question: str
    answer: str
    cells: tuple[Cell, ...]
    kind: str = "claim"


class Matrix(NamedTuple):
    """Who holds what in a dispute; the articles themselves, where they are among the actors, have
    no id.

    ``sides`` names the parties, and for each those of the actors who speak on its side.
    """

    dispute: Name
    actors: tuple[Name, ...]
    rows: tuple[MatrixRow, ...]
    sides: tuple[tuple[Name, tuple[str, ...]], ...] = ()


class LifeStep(NamedTuple):
    """An assertion (its id) that moves a life on, or says so, and the stage in words.

    ``ahead`` says how it is meant where it did not happen yet (planned, demanded, on condition),
    ``outcome`` what became of that, and ``realised_by`` which assertion (its id) tells so.
    """

    assertion: str
    stage: str
    ahead: str = ""
    outcome: str = ""
    realised_by: str = ""


class Lives(NamedTuple):
    """The life of a thing (its id): steps by date, then what is or was ahead.

    ``summaries`` tell where it stood on the day of a moment (its number) by what was known then, in
    words, and how surely; each holds until the next. The number after the last moment is that of
    all that is known.
    """

    thing: str
    steps: tuple[LifeStep, ...]
    summaries: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a page shows, apart from where things stand and how they look.

    ``cards`` holds a card for every tie, for every assertion that stands or once stood against one
    of these, for those in ``matrices`` and ``lives``, and for all that any of them follows from.
    ``centre`` is the id of the thing that the view is about, or empty. ``statuses`` holds what each
    status means, in the ontology's words; ``lens`` says what was looked through (``known by
    2019-11-16``), or nothing. ``base`` is the data set's IRI, with which those of all ids begin;
    ``namespaces`` are prefixes with their IRIs. ``since`` names the earlier version that it is
    compared with, if any.
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
    base: str = ""
    namespaces: tuple[tuple[str, str], ...] = ()
    story: Story | None = None
    history: History = field(default_factory=History, hash=False, repr=False)
    matrices: tuple[Matrix, ...] = ()
    since: str = ""
    lives: tuple[Lives, ...] = ()
