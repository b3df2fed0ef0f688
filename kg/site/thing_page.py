"""The page of a thing: its names, where it stands, and all that is said of it, by it and about
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple

from kg.dates.words import day_in_words, with_days_in_words
from kg.model import Article
from kg.page.words import status_words
from kg.site.dispute_matrix import DisputeMatrix, dispute_matrix
from kg.site.edition import Edition
from kg.site.neighbourhood import LocalPicture, local_picture
from kg.status.statement import Statement
from kg.status.status import Status
from kg.text import count_noun, join_and
from kg.text.wording import Name
from kg.view.life import Lives
from kg.view.picture import Node

MOST_CLAIMS = 100
"""So many claims are listed below one heading; of more it is said how many there are."""


class ClaimGroup(NamedTuple):
    """Claims below a heading, the best standing first; ``more`` counts those that are left out."""

    heading: str
    statements: tuple[Statement, ...]
    more: int = 0


class LifeLine(NamedTuple):
    """Claims that moved a life on or are ahead in it: the date in words, the stage, and them."""

    date: str
    stage: str
    statements: tuple[Statement, ...]


class Member(NamedTuple):
    """A party of a pact, or who is only said to be one: its name, where it stands, and the steps by
    which it came there.
    """

    name: Name
    words: str
    steps: tuple[LifeLine, ...]


class Stand(NamedTuple):
    """Where a life stood by what was known from a day on, and each party of a pact of which
    something else was known then than before.
    """

    day: str
    words: str
    parties: tuple[tuple[Name, str], ...]


class ThingPage(NamedTuple):
    """What the page of a thing tells; ``figures`` is how much is said of it, ``matrix`` who holds
    what in it, if it is a dispute, ``stages`` where it stood by what was known from a day on.
    ``of`` are the claims that have it for their subject or object, by relation, ``by`` those that
    it makes, ``beside`` others that name it, ``follows`` what kg concludes of it. ``steps`` are
    those of its life as known now, with their dates.
    """

    title: str
    summary: str
    data: dict[str, Any]
    node: Node
    life: Lives | None
    steps: tuple[LifeLine, ...]
    of: tuple[ClaimGroup, ...]
    by: ClaimGroup
    beside: ClaimGroup
    follows: ClaimGroup
    written: tuple[Article, ...]
    figures: str
    picture: LocalPicture | None
    matrix: DisputeMatrix | None
    stages: tuple[Stand, ...]
    members: tuple[Member, ...]


def thing_page(id: str, edition: Edition) -> ThingPage:
    """Return the page of a thing."""
    node = edition.node(id)
    statements = edition.by_thing.get(id, [])
    own = [each for each in statements if not each.assertion.rule]
    by_role: dict[_Role, list[Statement]] = {role: [] for role in _Role}
    for each in own:
        by_role[_role(id, each)].append(each)
    life = edition.life_of(id)
    return ThingPage(
        node.label,
        _summary(node, life, own),
        _data(node, edition),
        node,
        life,
        _steps(life, edition),
        _by_relation(by_role[_Role.END], edition),
        group_claims("What it says", by_role[_Role.VOICE]),
        group_claims("Where it is named besides", by_role[_Role.OTHER]),
        group_claims("What follows by rules", (each for each in statements if each.assertion.rule)),
        tuple(edition.by_maker.get(id, ())),
        _figures(own),
        local_picture(id, edition),
        dispute_matrix(edition.matrices[id], edition) if id in edition.matrices else None,
        tuple(_stages(life)),
        tuple(_members(life, edition)),
    )


def _figures(statements: Collection[Statement]) -> str:
    """Return how much is said of a thing, in words."""
    counts = Counter(each.status for each in statements)
    statuses = [
        f"{counts[each]:,} {status_words(each.value)}" for each in reversed(Status) if counts[each]
    ]
    sources = {id for each in statements for id in each.locators}
    if not statements:
        return ""
    figures = f"{count_noun(len(statements), 'claim')} from {count_noun(len(sources), 'source')}"
    return f"{figures}: {join_and(statuses)}"


def _stages(life: Lives | None) -> Iterator[Stand]:
    """Yield each day from which on more was known of where a life stood, and where that was."""
    if life is None:
        return
    summaries = {number: words for number, words, _ in life.summaries}
    parties, summary, known_stages = dict(life.parties), "", frozenset[tuple[Name, str]]()
    for number, day in life.days:
        summary = summaries.get(number, summary)
        now = parties.get(number, ())
        new = (
            (name, with_days_in_words(words))
            for name, words in now
            if (name, words) not in known_stages
        )
        yield Stand(day_in_words(day), with_days_in_words(summary), tuple(new))
        known_stages = frozenset(now) or known_stages


def _members(life: Lives | None, edition: Edition) -> Iterator[Member]:
    """Yield the parties of a pact, each with where it stands and by which steps it came there."""
    if life is None or not life.parties:
        return
    steps: dict[str, list[LifeLine]] = {}
    for step in life.steps:
        last = step.runs[-1]
        if last.kind is not None:
            statement = edition.reading.statements[step.assertion]
            line = LifeLine(step.date, last.stage, (statement,))
            steps.setdefault(statement.subject.id, []).append(line)
    for name, words in life.parties[-1][1]:
        yield Member(name, with_days_in_words(words), tuple(steps.get(name.id, ())))


def group_claims(heading: str, statements: Iterable[Statement]) -> ClaimGroup:
    """Return claims below a heading, the best standing first, then by date and id."""
    ranked = sorted(statements, key=_rank)
    return ClaimGroup(heading, tuple(ranked[:MOST_CLAIMS]), max(0, len(ranked) - MOST_CLAIMS))


def _rank(statement: Statement) -> tuple[int, str, str]:
    start = statement.time.start_earliest if statement.time else None
    return _RANKS[statement.status], str(start or "9"), statement.id


_RANKS = {status: -number for number, status in enumerate(Status)}


class _Role(Enum):
    """What a thing is in a claim: what it is about, who makes it, or named besides."""

    END = 0
    VOICE = 1
    OTHER = 2


def _role(id: str, statement: Statement) -> _Role:
    if id in (statement.subject.id, statement.object.id):
        return _Role.END
    voices = {each.id for each in (*statement.speakers, *statement.via)}
    return _Role.VOICE if id in voices else _Role.OTHER


def _by_relation(statements: Iterable[Statement], edition: Edition) -> tuple[ClaimGroup, ...]:
    """Return claims by relation, in the order of families."""
    families = edition.reading.ontology.families
    by_relation: dict[tuple[float, str], list[Statement]] = {}
    for each in statements:
        key = families[each.relation.family].order, each.relation.label
        by_relation.setdefault(key, []).append(each)
    return tuple(
        group_claims(label, by_relation[order, label]) for order, label in sorted(by_relation)
    )


def _steps(life: Lives | None, edition: Edition) -> tuple[LifeLine, ...]:
    """Return what moved a life on or is ahead in it, by all that is known, by date and stage."""
    steps = [step for step in (life.steps if life else ()) if step.runs[-1].kind is not None]
    lines = []
    for (date, stage), same in groupby(steps, key=lambda each: (each.date, each.runs[-1].stage)):
        statements = [edition.reading.statements[step.assertion] for step in same]
        lines.append(LifeLine(date, stage, tuple(statements)))
    return tuple(lines)


def _summary(node: Node, life: Lives | None, own: list[Statement]) -> str:
    """Return what a link to the page says: where it stands, or how much is said of it."""
    if life and life.summaries:
        return f"{node.label}: {with_days_in_words(life.summaries[-1][1])}."
    accepted = sum(each.status is Status.ACCEPTED for each in own)
    contested = sum(each.status is Status.CONTESTED for each in own)
    counts = f"{len(own):,} claims with their sources, {accepted:,} of them accepted"
    return f"{node.label}: {counts}, {contested:,} contested."


def _data(node: Node, edition: Edition) -> dict[str, Any]:
    same = [iri for _, iri in node.ids if iri]
    return {
        "@context": "https://schema.org",
        "@id": f"{edition.reading.ontology.base}{node.id}",
        "@type": "Thing",
        "name": node.label,
        **({"alternateName": list(node.aliases)} if node.aliases else {}),
        **({"sameAs": same} if same else {}),
    }
