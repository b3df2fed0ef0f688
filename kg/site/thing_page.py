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
from kg.model.grouping import group_pairs
from kg.page.data import linked_data
from kg.page.words import status_words
from kg.site.dispute_matrix import dispute_matrix
from kg.site.edition import Edition
from kg.site.neighbourhood import local_picture
from kg.site.page import Page
from kg.status.statement import Statement
from kg.status.status import Status
from kg.text import count_noun, join_and
from kg.text.wording import Name
from kg.view.life import LifeStep, Lives
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


def thing_page(id: str, edition: Edition) -> Page:
    """Return the page of a thing: ``figures`` is how much is said of it, ``matrix`` who holds what
    in it, if it is a dispute, ``stages`` where it stood by what was known from a day on, ``steps``
    those of its life as known now, with their dates. ``of`` are the claims that have it for their
    subject or object, by relation, ``by`` those that it makes, ``beside`` others that name it,
    ``conclusions`` what kg concludes of it.
    """
    node, life = edition.node(id), edition.life_of(id)
    statements = edition.by_thing.get(id, [])
    own = [each for each in statements if not each.assertion.rule]
    by_role = group_pairs((_role(id, each), each) for each in own)
    conclusions = (each for each in statements if each.assertion.rule)
    picture = local_picture(id, edition)
    content = {
        "node": node,
        "life": life,
        "steps": _steps(life, edition),
        "of": _by_relation(by_role.get(_Role.END, ()), edition),
        "by": group_claims("What it says", by_role.get(_Role.VOICE, ())),
        "beside": group_claims("Where it is named besides", by_role.get(_Role.OTHER, ())),
        "conclusions": group_claims("What follows by rules", conclusions),
        "written": edition.by_maker.get(id),
        "figures": _figures(own),
        "picture": picture,
        "matrix": dispute_matrix(edition.matrices[id], edition) if id in edition.matrices else None,
        "stages": list(_stages(life)),
        "members": list(_members(life, edition)),
    }
    return Page(
        "thing.html",
        node.label,
        _summary(node, life, own),
        _data(node, edition),
        content,
        picture.css if picture else "",
        has_figures=True,
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
    statements = [(step, edition.reading.statements[step.assertion]) for step in _last_steps(life)]
    lines = group_pairs(
        (each.subject.id, LifeLine(step.date, step.runs[-1].stage, (each,)))
        for step, each in statements
    )
    for name, words in life.parties[-1][1]:
        yield Member(name, with_days_in_words(words), tuple(lines.get(name.id, ())))


def _last_steps(life: Lives) -> list[LifeStep]:
    """What moved a life on or is ahead in it, by all that is known."""
    return [step for step in life.steps if step.runs[-1].kind is not None]


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
    by_relation = group_pairs(
        ((families[each.relation.family].order, each.relation.label), each) for each in statements
    )
    return tuple(group_claims(key[1], by_relation[key]) for key in sorted(by_relation))


def _steps(life: Lives | None, edition: Edition) -> tuple[LifeLine, ...]:
    """Return what moved a life on or is ahead in it, by all that is known, by date and stage."""
    steps = _last_steps(life) if life else ()
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
    iri = edition.reading.ontology.iri("", node.id)
    return linked_data("Thing", node.label, iri, alternateName=node.aliases, sameAs=same)
