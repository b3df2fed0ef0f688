"""What a picture shows, as frozen values: things, ties, and the statement behind each of them.

Nothing here knows where things stand or how they look; a page, a network and a table are made from
the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.dates.calendar import Day, Days
from kg.model import Article
from kg.statement import Statement
from kg.status.status import Status
from kg.viz.story import Story
from kg.wording import Name


class CitedArticle(NamedTuple):
    """An article that a picture cites, and the names of who shows it and of who wrote it;
    ``counted_as`` is whose source it counts as, by id, if not its originator's.
    """

    article: Article
    publisher: Name
    originator: Name
    counted_as: str = ""

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    @property
    def known_from(self) -> Day | None:
        """The day from which on it is known; none where it has no day."""
        return self.article.published.end_latest

    @property
    def link(self) -> str:
        """Its address, if that is one of the web."""
        url = self.article.url
        return url if url.startswith(("https://", "http://")) else ""


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


@dataclass(frozen=True)
class Tie:
    """A line in a picture: from a thing to a thing, by their ids, because of one statement.

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
        """Where its assertion stands."""
        return self.statement.status

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other line: its ends and its assertion."""
        return self.source, self.target, self.assertion


class Change(NamedTuple):
    """What became of an assertion since an earlier version (the name of a kind of
    ``kg.view.changes``), and of each part that changed how it was.
    """

    kind: str
    before: tuple[tuple[str, str], ...] = ()


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

    @property
    def assertions(self) -> set[str]:
        """The ids of the assertions that answer its questions."""
        return {cell.assertion for row in self.rows for cell in row.cells}


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

    @property
    def assertions(self) -> set[str]:
        """The ids of the assertions that it consists of."""
        return {id for step in self.steps for id in (step.assertion, step.realised_by) if id}


@dataclass(frozen=True)
class Picture:
    """All that a page shows, apart from where things stand and how they look.

    ``statements`` holds, by id, the statement of every tie, of every assertion that stands or once
    stood against one of these, of those in ``matrices`` and ``lives``, and of all that any of them
    follows from; ``articles`` are those that they cite.
    ``centre`` is the id of the thing that the view is about, or empty. ``meanings`` tells what each
    status means, in the ontology's words; ``lens`` says what was looked through (``known by
    2019-11-16``), or nothing. ``base`` is the data set's IRI, with which those of all ids begin;
    ``namespaces`` are prefixes with their IRIs. ``since`` names the earlier version that it is
    compared with, if any, and ``changes`` tells what became of assertions since, by id.
    """

    name: str
    title: str
    question: str = ""
    centre: str = ""
    nodes: tuple[Node, ...] = ()
    ties: tuple[Tie, ...] = ()
    statements: Mapping[str, Statement] = field(default_factory=dict, hash=False)
    articles: tuple[CitedArticle, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)
    dataset: str = ""
    licence: str = ""
    lens: str = ""
    base: str = ""
    namespaces: tuple[tuple[str, str], ...] = ()
    story: Story | None = None
    history: History = field(default_factory=History, hash=False, repr=False)
    matrices: tuple[Matrix, ...] = ()
    lives: tuple[Lives, ...] = ()
    since: str = ""
    changes: Mapping[str, Change] = field(default_factory=dict, hash=False)
