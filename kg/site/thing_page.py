"""The page of a thing: its names, where it stands, and all that is said of it, by it and about
it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple

from kg.model import Article
from kg.site.edition import Edition
from kg.statement import Statement
from kg.status.status import Status
from kg.view.picture import Lives, Node
from kg.view.things import node_of

MOST_CLAIMS = 100
"""So many claims are listed below one heading; of more it is said how many there are."""


class ClaimGroup(NamedTuple):
    """Claims below a heading, the best standing first; ``more`` counts those that are left out."""

    heading: str
    statements: tuple[Statement, ...]
    more: int = 0


class ThingPage(NamedTuple):
    """What the page of a thing tells. ``of`` are the claims that have it for their subject or
    object, by relation, ``by`` those that it makes, ``beside`` others that name it, ``follows``
    what kg concludes of it. ``steps`` are those of its life as known now, with their dates.
    """

    title: str
    summary: str
    data: dict[str, Any]
    node: Node
    life: Lives | None
    steps: tuple[tuple[str, tuple[Statement, ...]], ...]
    of: tuple[ClaimGroup, ...]
    by: ClaimGroup
    beside: ClaimGroup
    follows: ClaimGroup
    written: tuple[Article, ...]


def thing_page(id: str, edition: Edition) -> ThingPage:
    """Return the page of a thing."""
    reading = edition.reading
    thing = edition.corpus.things[id]
    node = node_of(thing, edition.corpus, reading.ontology)
    named = edition.by_thing.get(id, [])
    own = [each for each in named if not each.assertion.rule]
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
        group_claims("What follows by rules", (each for each in named if each.assertion.rule)),
        tuple(edition.by_maker.get(id, ())),
    )


def group_claims(heading: str, statements: Iterable[Statement]) -> ClaimGroup:
    """Return claims below a heading, the best standing first, then by date and id."""
    ranked = sorted(statements, key=_rank)
    return ClaimGroup(heading, tuple(ranked[:MOST_CLAIMS]), max(0, len(ranked) - MOST_CLAIMS))


def _rank(statement: Statement) -> tuple[int, str, str]:
    start = statement.time.start_earliest if statement.time else None
    return -list(Status).index(statement.status), str(start or "9"), statement.id


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


def _steps(life: Lives | None, edition: Edition) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """Return what moved a life on or is ahead in it, by all that is known, below dates in words."""
    steps = [step for step in (life.steps if life else ()) if step.runs[-1].kind is not None]
    by_date = []
    for date, same in groupby(steps, key=lambda step: step.date):
        statements = [edition.reading.statements[step.assertion] for step in same]
        by_date.append((date, tuple(statements)))
    return tuple(by_date)


def _summary(node: Node, life: Lives | None, own: list[Statement]) -> str:
    """Return what a link to the page says: where it stands, or how much is said of it."""
    if life and life.summaries:
        return f"{node.label}: {life.summaries[-1][1]}."
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
