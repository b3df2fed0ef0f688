"""A picture as frozen values: things, ties, and the statement behind each of them.

Nothing here knows where things stand or how they look; a page, a network and a table are made from
the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from kg.dates.calendar import Day
from kg.dates.overlaps import Days
from kg.model import Article
from kg.reports.positions import PositionMatrix
from kg.status.editions import Remark
from kg.status.statement import Statement
from kg.status.status import Status
from kg.text.wording import Name
from kg.view.life import Lives
from kg.viz.story import Story


class CitedArticle(NamedTuple):
    """An article that a picture cites, the names of who show it and of who wrote it, and what
    became of it.
    """

    article: Article
    publishers: tuple[Name, ...]
    originators: tuple[Name, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    @property
    def known_from(self) -> Day | None:
        """The day from which on it is known; none where it has no day."""
        return self.article.known_from

    @property
    def link(self) -> str:
        """Its address, if that is one of the web."""
        url = self.article.url
        return url if url.startswith(("https://", "http://")) else ""


class StatementChange(NamedTuple):
    """The change of an assertion since an earlier version (``added``, ``removed``, ``status`` or
    ``changed``), and of each part that changed how it was.
    """

    kind: str
    before: tuple[tuple[str, str], ...] = ()


class Occasion(NamedTuple):
    """When an event took place by what was known from a moment (its number) on: its first day, and
    its date in words; whether it was only planned. Without a day it had none, or was not known.
    """

    moment: int
    day: Day | None = None
    words: str = ""
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a picture. ``classes`` are its class and that one's ancestors by name, nearest
    first; ``cls`` is the IRI of its class. ``names`` are labels in languages where it has another
    one, by BCP 47 tag; ``language`` is the label's own, if it is said. ``alias_days`` tells of
    aliases that articles are cited for from which day on they were known. ``occasions`` tell when
    an event took place, as far as that was known. ``ids`` are those of other registers, each with
    its address if it has one; ``merged`` are the other ids that it has here. ``labels`` are those
    of each time, with the day on which it began, where they changed. ``section`` is that of a
    source that lists it, ``short`` what pictures call it, if not so.
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
    occasions: tuple[Occasion, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[Day | None, str], ...] = ()
    merged: tuple[str, ...] = ()
    section: str = ""
    short: str = ""

    @property
    def drawn_name(self) -> str:
        """The name that pictures draw: the short one, if it has any."""
        return self.short or self.label

    @property
    def first_day(self) -> Day | None:
        """The first day of an event, by all that is known."""
        return self.occasions[-1].day if self.occasions else None


@dataclass(frozen=True)
class Tie:
    """A line in a picture: from a thing to a thing, by their ids, because of one statement.

    ``target`` is empty where the statement's object is a text or a figure: it is no line then.
    ``label`` says in words what it says; ``change`` is what became of it, where two versions are
    compared.
    """

    source: str
    target: str
    statement: Statement
    label: str
    change: str = ""

    @property
    def assertion(self) -> str:
        """The id of its assertion."""
        return self.statement.id

    @property
    def status(self) -> Status:
        """The status of its assertion."""
        return self.statement.status

    @property
    def key(self) -> tuple[str, str, str]:
        """Its ends and its assertion, which no other line has together."""
        return self.source, self.target, self.assertion


class Bloc(NamedTuple):
    """A pole (its id) with its name, and the ids of what is drawn of it: itself and what belongs to
    it.
    """

    pole: str
    label: str
    things: tuple[str, ...]


class Grid(NamedTuple):
    """A matrix of two classes: its title, the ids of what stands in rows and in columns, and how
    many things had no room.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    left: int = 0


class Run(NamedTuple):
    """How an assertion stood from a moment (its number) on: its statement and, if it is dated, the
    days for which it was attested.

    No statement means that it was not there: not concluded any more, or kept out by another part
    of the lens.
    """

    moment: int
    statement: Statement | None = None
    days: Days | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The growth of knowledge, day by day.

    ``moments`` are the days on which what is known changes, ascending: what was known by a day is
    what was known at the last of them up to that day. Where there are too many, ``days`` says how
    many there are in all (else 0). ``runs`` holds, by assertion, how it stood: each run holds until
    the next, and before its first it was not known. What the editors judge without an article is
    known from the moment -1 on, that is before any other. ``attested`` holds the days for which
    dated assertions are attested by all that is known.
    """

    moments: tuple[Day, ...] = ()
    days: int = 0
    runs: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)
    attested: Mapping[str, Days] = field(default_factory=dict)

    def statements(self, ids: Iterable[str]) -> list[Statement]:
        """Return some assertions as they ever stood."""
        runs = chain.from_iterable(self.runs.get(id, ()) for id in ids)
        return [run.statement for run in runs if run.statement]


class Dispute(NamedTuple):
    """Who holds what in a dispute: its matrix from each moment (its number) on at which another
    one holds. ``names`` are those of all actors and sides, by id, ``short_names`` those of some.

    The number after the last moment is that of all that is known.
    """

    dispute: Name
    names: Mapping[str, str]
    runs: tuple[tuple[int, PositionMatrix], ...]
    short_names: Mapping[str, str] = MappingProxyType({})

    @property
    def assertions(self) -> set[str]:
        """The ids of the assertions that ever answered one of its questions."""
        matrices = [matrix for _, matrix in self.runs]
        questions = chain.from_iterable(matrix.questions for matrix in matrices)
        positions = chain.from_iterable(question.positions for question in questions)
        return {position.statement.id for position in positions}


Properties = Mapping[str, tuple[str, ...]]
"""What a node of the graph says: terms by predicate, as Turtle writes them."""


class NodeVersion(NamedTuple):
    """The triples of a node (``subject``, as Turtle writes it) about a record (its id) from a
    moment (its number; none: always) on.
    """

    record: str
    moment: int | None
    subject: str
    properties: Properties


class PictureTriples(NamedTuple):
    """The graph's own triples of a picture's ties, of the things in them (``names``, by id), and of
    the articles that they cite; with all prefixes.
    """

    prefixes: Mapping[str, str]
    names: Mapping[str, Name]
    statements: tuple[NodeVersion, ...]
    things: tuple[NodeVersion, ...]
    articles: tuple[NodeVersion, ...]


@dataclass(frozen=True)
class Picture:
    """All that a page shows, apart from where things stand and how they look.

    ``facts`` are what is said of its things in words and figures: each like a tie that has no
    target. ``statements`` holds, by id, the statement of every tie and fact, of every assertion
    that stands or once stood against one of these, of those in ``disputes`` and ``lives``, and of
    all that any of them follows from; ``articles`` are those that they cite.
    ``title`` is the headline, that of its story if it has one; ``question`` what it answers or,
    with a story, the sentence that says what happened.
    ``centre`` is the id of the thing that the view is about, or empty. ``meanings`` tells what each
    status means, in the ontology's words; ``lens`` says what was looked through (``as the press
    knew it on 16 November 2019``), or nothing. ``namespaces`` are prefixes with their IRIs.
    ``triples`` are left out where they are too many. ``since`` names the earlier version that it is
    compared with, if any, ``changes`` tells what became of assertions since, by id, and ``new_ids``
    which ids things and assertions have now, by those that they had then.
    ``layout`` is the word for how its things shall stand, if the view has one, and ``blocs`` are
    what stands together then. ``grid`` is the matrix that the view asks for, if any.
    """

    name: str
    title: str
    question: str = ""
    centre: str = ""
    nodes: tuple[Node, ...] = ()
    ties: tuple[Tie, ...] = ()
    facts: tuple[Tie, ...] = ()
    statements: Mapping[str, Statement] = field(default_factory=dict, hash=False)
    articles: tuple[CitedArticle, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)
    dataset: str = ""
    licence: str = ""
    lens: str = ""
    namespaces: tuple[tuple[str, str], ...] = ()
    story: Story | None = None
    history: History = field(default_factory=History, hash=False, repr=False)
    disputes: tuple[Dispute, ...] = ()
    lives: tuple[Lives, ...] = ()
    triples: PictureTriples | None = field(default=None, hash=False, repr=False)
    since: str = ""
    changes: Mapping[str, StatementChange] = field(default_factory=dict, hash=False)
    new_ids: Mapping[str, str] = field(default_factory=dict, hash=False)
    layout: str = ""
    blocs: tuple[Bloc, ...] = ()
    grid: Grid | None = None

    @property
    def ids(self) -> list[str]:
        """The ids of its things."""
        return [node.id for node in self.nodes]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What its ties lead from and to."""
        return [(tie.source, tie.target) for tie in self.ties]
