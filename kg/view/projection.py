"""Projections: who shares how many things of a class with whom (``# project: State by Pact``).

What two members share follows from what ties each of them to it. It is told no more firmly than the
weaker of the two, and a line of several is drawn no more firmly than as many of them as the view
asks for: of a claim no fact is made. Plans, thoughts and denials make no member.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from kg.checks.draft import with_article
from kg.dates.overlaps import Days
from kg.diagnostics import KgError
from kg.model import Assertion
from kg.model.grouping import group_pairs
from kg.model.modes import Basis
from kg.model.references import Reference
from kg.ontology.namespaces import KG
from kg.ontology.terms import Relation
from kg.query.summaries import Projection
from kg.reading import Reading
from kg.status.certainty import Certainty
from kg.status.reasons import Reason
from kg.status.statement import Statement
from kg.status.status import Standing, Status
from kg.text.wording import Name, Words
from kg.view.facing import is_a
from kg.view.history import differ
from kg.view.picture import History, Run, Tie
from kg.view.spells import shared_days

MOST_SHARES = 20_000
"""So many things that two share a page tells of, at most."""

FIRMNESS = (Status.ACCEPTED, Status.ATTRIBUTED, Status.CONTESTED)
"""How firmly it is told that something is so, from the firmest on; nothing else makes a member."""

_HEDGES = {
    Status.ATTRIBUTED: "It is claimed that ",
    Status.CONTESTED: "It is contested that ",
}


@dataclass(frozen=True, kw_only=True)
class SharedStatement(Statement):
    """A statement that two things share a third (``hub``), derived from what ties each to it.

    ``drawn_as`` is the status as which its line is drawn. ``days`` are those on which it holds and
    ``runs`` how it stood from each moment on: on which as many are shared as the view asks for.
    """

    hub: Name
    drawn_as: Status
    days: Days | None = None
    runs: tuple[Run, ...] = ()

    @cached_property
    def claim(self) -> Words:
        """Who shares what with whom."""
        return (self.subject, " shares ", self.hub, " with ", self.object)

    @cached_property
    def words(self) -> Words:
        """The sentence; what is not settled says so first."""
        hedge = _HEDGES.get(self.status)
        return (hedge, *self.claim) if hedge else self.claim


class _Membership(NamedTuple):
    """How a member is tied to a hub: how firmly, by which assertions (one is the ``ground``), and
    when.
    """

    status: Status
    ground: Statement
    premises: tuple[str, ...]
    days: Days | None
    certainty: Certainty | None


class _Share(NamedTuple):
    """What a pair shares at a moment, by the id of the hub."""

    status: Status
    drawn_as: Status
    ground: Statement
    premises: tuple[str, ...]
    days: Days | None
    certainty: Certainty | None


_Pair = tuple[str, str]
_Known = Mapping[_Pair, Mapping[str, _Share]]


def project(
    ties: Iterable[Tie], projection: Projection, reading: Reading, history: History
) -> tuple[Tie, ...]:
    """Return the lines of a projection: for each pair one tie for each thing that it shares.

    Raises KgError (exit code 1) where these are too many.
    """
    statements = _membership_statements(ties, projection, reading)
    now = _known_shares(_final(statements, history), projection.least)
    if sum(map(len, now.values())) > MOST_SHARES:
        hint = f"'# project: {projection.members} by {projection.hubs}, from N' with a higher N"
        raise KgError(f"the projection has more than {MOST_SHARES:,} lines", 1, hint)
    numbers = range(-1, len(history.moments)) if history.runs else ()
    earlier = [
        (number, _known_shares(_as_of(statements, history, number), projection.least))
        for number in numbers
    ]
    return tuple(_Lines(reading, projection).ties(now, earlier))


def is_shared(tie: Tie) -> bool:
    """Whether a line tells what two things share, and not what an assertion says."""
    return isinstance(tie.statement, SharedStatement)


def with_runs(history: History, ties: Iterable[Tie]) -> History:
    """Return a history with the runs of what is shared."""
    shared = [tie.statement for tie in ties if isinstance(tie.statement, SharedStatement)]
    if not shared:
        return history
    runs = {each.id: each.runs for each in shared if each.runs}
    attested = {each.id: each.days for each in shared if each.days}
    return replace(
        history, runs={**history.runs, **runs}, attested={**history.attested, **attested}
    )


def _membership_statements(
    ties: Iterable[Tie], projection: Projection, reading: Reading
) -> dict[_Pair, dict[str, Statement]]:
    """Return the statements that may make a member of a hub, by member and hub."""
    statements: dict[_Pair, dict[str, Statement]] = {}
    for tie in ties:
        a, ends = tie.statement.assertion, (tie.source, tie.target)
        is_of_ends = isinstance(a.object, Reference) and {*ends} == {a.subject.id, a.object.id}
        for member, hub in (ends, ends[::-1]) if is_of_ends else ():
            if is_a(member, projection.members, reading) and is_a(hub, projection.hubs, reading):
                statements.setdefault((member, hub), {})[tie.assertion] = tie.statement
                break
    return statements


_Dated = tuple[Statement, Days | None]


def _final(
    statements: Mapping[_Pair, Mapping[str, Statement]], history: History
) -> Iterator[tuple[_Pair, list[_Dated]]]:
    for pair, each in statements.items():
        yield pair, [(statement, history.attested.get(id)) for id, statement in each.items()]


def _as_of(
    statements: Mapping[_Pair, Mapping[str, Statement]], history: History, number: int
) -> Iterator[tuple[_Pair, list[_Dated]]]:
    """Yield what was known at a moment."""
    for pair, each in statements.items():
        runs = [_run_at(history.runs.get(id, ()), number) for id in each]
        yield pair, [(run.statement, run.days) for run in runs if run and run.statement]


def _run_at(runs: Sequence[Run], number: int) -> Run | None:
    return next((run for run in reversed(runs) if run.moment <= number), None)


def _membership(statements: Iterable[_Dated]) -> _Membership | None:
    """Return how firmly somebody is told to be a member; None where nobody tells it."""
    telling_statements = [each for each in statements if _tells(each[0])]
    if not telling_statements:
        return None
    statuses = {each.status for each, _ in telling_statements}
    is_contested = Status.CONTESTED in statuses
    status = Status.CONTESTED if is_contested else min(statuses, key=FIRMNESS.index)
    firm = [(each, days) for each, days in telling_statements if each.status is status]
    certainties = [each.certainty for each, _ in firm if each.certainty]
    order = list(Certainty)
    return _Membership(
        status,
        firm[0][0],
        tuple(sorted(each.id for each, _ in telling_statements)),
        shared_days(1, [days for _, days in firm]),
        min(certainties, key=order.index) if certainties else None,
    )


def _tells(statement: Statement) -> bool:
    a = statement.assertion
    return a.asserts_triple and a.is_actual and statement.status in FIRMNESS


def _known_shares(memberships: Iterable[tuple[_Pair, list[_Dated]]], least: int) -> _Known:
    """Return what each pair shares that shares so many things at least."""
    by_hub: dict[str, dict[str, _Membership]] = {}
    for (member, hub), statements in memberships:
        if membership := _membership(statements):
            by_hub.setdefault(hub, {})[member] = membership
    share_groups = group_pairs(
        ((one, other), (hub, members[one], members[other]))
        for hub, members in sorted(by_hub.items())
        for one, other in combinations(sorted(members), 2)
    )
    return {pair: _shares(each, least) for pair, each in share_groups.items() if len(each) >= least}


def _shares(each: Sequence[tuple[str, _Membership, _Membership]], least: int) -> dict[str, _Share]:
    """Return what a pair shares, by hub: on the days on which it shares enough."""
    statuses = [max(one.status, other.status, key=FIRMNESS.index) for _, one, other in each]
    firmest = sorted(statuses, key=FIRMNESS.index)[least - 1]
    own_days = [shared_days(2, [one.days, other.days]) for _, one, other in each]
    enough = shared_days(least, own_days)
    shares = {}
    for (hub, one, other), status, days in zip(each, statuses, own_days, strict=True):
        certainties = [c for c in (one.certainty, other.certainty) if c]
        shares[hub] = _Share(
            status,
            max(status, firmest, key=FIRMNESS.index),
            one.ground,
            tuple(sorted({*one.premises, *other.premises})),
            shared_days(2, [days, enough]) if enough else days,
            max(certainties, key=list(Certainty).index) if certainties else None,
        )
    return shares


_AS_THE_WEAKER = "as the weaker of the two claims that it follows from"


@dataclass(frozen=True)
class _Lines:
    """Makes statements and ties of what is shared."""

    reading: Reading
    projection: Projection

    def ties(self, now: _Known, earlier: Sequence[tuple[int, _Known]]) -> Iterator[Tie]:
        for pair, shares in sorted(now.items()):
            for hub, share in shares.items():
                runs: list[Run] = []
                for number, known_shares in earlier:
                    run = self.run(number, pair, hub, known_shares.get(pair, {}).get(hub))
                    if differ(runs[-1], run) if runs else run.statement:
                        runs.append(run)
                statement = replace(self.statement(pair, hub, share), runs=tuple(runs))
                yield Tie(*pair, statement, self.relation.label)

    def run(self, number: int, pair: _Pair, hub: str, share: _Share | None) -> Run:
        """Return how it stood from a moment on that a pair shares a hub."""
        return Run(number, self.statement(pair, hub, share), share.days) if share else Run(number)

    @cached_property
    def relation(self) -> Relation:
        """The relation that lines of the projection have."""
        hubs = self.reading.ontology.classes[self.projection.hubs]
        label = f"shares {with_article(hubs.label.lower())} with"
        classes = (self.projection.members,)
        return Relation("shares", f"{KG}shares", label, "", classes, classes, symmetric=True)

    def statement(self, pair: _Pair, hub: str, share: _Share) -> SharedStatement:
        """Return the statement that a pair shares a hub."""
        first = share.ground.assertion
        one, other = (Reference(id, first.span) for id in pair)
        assertion = Assertion(
            id=f"{one.id}~{other.id}~{hub}",
            span=first.span,
            subject=one,
            predicate=Reference(self.relation.name, first.span),
            object=other,
            citations=(),
            basis=Basis.INFERRED,
            follows_from=tuple(Reference(id, first.span) for id in share.premises),
            rule="two that are tied to a third share it",
            has_own_id=False,
        )
        return SharedStatement(
            assertion=assertion,
            relation=self.relation,
            standing=Standing(share.status, Reason((_AS_THE_WEAKER,))),
            judgement=share.ground.judgement,
            kinds=share.ground.kinds,
            others=share.ground.others,
            against=(),
            limits=(),
            certainty=share.certainty,
            hub=share.ground.judgement.corpus.things[hub].as_name,
            drawn_as=share.drawn_as,
            days=share.days,
        )
