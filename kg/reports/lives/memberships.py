"""Where each party to a pact stands on a day: signed, bound, about to leave, gone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.dates import Day
from kg.model import Assertion, Thing
from kg.model.references import Qualifier
from kg.ontology.terms import Moves
from kg.reports.lives.index import LifeIndex, Living
from kg.reports.lives.life import Life
from kg.reports.lives.lifecycle import Effect
from kg.reports.lives.lives import life_of
from kg.reports.lives.steps import LifeTurn, find_steps
from kg.status.certainty import Certainty, certainty_on
from kg.status.support import last_report
from kg.status.windows import Window


def member_lives(pact: Thing, day: Day, index: LifeIndex) -> list[Life]:
    """Return the part that each actor has in a pact when a day ends, as a life whose thing is the
    actor, in the order of the actors' ids; none for what has no parties.
    """
    things, members = index.reading.corpus.things, index.members(pact)
    entries = _entries(index.living(pact)) if members else []
    lives = []
    for id, member in members.items():
        steps = [*_ripened(member, entries), *_gone_with_body(id, member)]
        life = life_of(things[id], day, member, steps)
        lives.append(replace(life, bonds=_bonds(member, day)))
    return lives


def claimed_members(pact: Life, index: LifeIndex) -> dict[str, list[str]]:
    """Return the actors of whom it is said, and nowhere accepted, that they have a part in a pact,
    or that they have none: by id, in order, the ids of the assertions that say so.
    """
    if not pact.not_accepted:
        return {}
    members, claims = index.members(pact.thing), {}
    for id, assertions in sorted(index.assertions_by_party(pact.thing.id).items()):
        of_part = {a.id for a in assertions if index.relation(a).moves == Moves.MEMBERSHIP}
        party_claims = [each for each in pact.not_accepted if each in of_part]
        if party_claims and id not in members and id in index.reading.corpus.things:
            claims[id] = party_claims
    return claims


def _bonds(member: Living, day: Day) -> tuple[tuple[str, tuple[Qualifier, ...]], ...]:
    """What qualifies a membership on a day, as accepted assertions say that was not taken back."""
    index = member.index
    facts = [a for a in member.assertions() if index.is_fact(a) and _may_hold(a, day, index)]
    taken_back = [a for a in facts if index.relation(a).takes_back]
    bonds = []
    for a in facts:
        other_qualifiers = [
            each for each in a.qualifiers if not _is_taken_back(a, each, taken_back, index)
        ]
        if (other_qualifiers or a.where) and a not in taken_back:
            bonds.append((a.id, tuple(other_qualifiers)))
    return tuple(bonds)


def _may_hold(a: Assertion, day: Day, index: LifeIndex) -> bool:
    """Whether what is said of a membership may hold on a day: a state then, a deed since then."""
    if index.relation(a).moves != Moves.MEMBERSHIP:
        return False
    if not index.relation(a).is_state:
        return index.window(a).may_have_come(day)
    judgement = index.reading.judgement
    return certainty_on(a, judgement, index.reading.ontology, day) is not Certainty.NO


def _is_taken_back(
    a: Assertion, qualifier: Qualifier, taken_back: Iterable[Assertion], index: LifeIndex
) -> bool:
    """Whether a later deed takes a qualifier back: that value of it, or all."""
    window = index.window(a)
    for deed in taken_back:
        keys = {each.key for each in deed.qualifiers}
        is_meant = not keys or qualifier.key in keys
        if is_meant and not window.is_after(index.window(deed)):
            return True
    return False


def _entries(living: Living) -> list[LifeTurn]:
    """The steps by which a pact enters into force, in the order of their dates."""
    steps = [
        step
        for step in find_steps(living).accepted
        if step.effect is not Effect.MOVES_PARTY and living.lifecycle.is_alive(step.stage)
    ]
    return sorted(steps, key=lambda step: step.window)


def _gone_with_body(id: str, member: Living) -> Iterator[LifeTurn]:
    """Yield the steps by which a party is one no more, since it was dissolved."""
    index, end_stage = member.index, member.lifecycle.over
    if end_stage is None:
        return
    for a in index.ends_of_bodies.get(id, ()):
        window = index.window(a)
        until = last_report(a, index.reading.judgement, is_state=False)
        yield LifeTurn(a.id, Effect.ENTERS, end_stage, window, window, until, is_dated=True)


def _ripened(member: Living, entries: Sequence[LifeTurn]) -> list[LifeTurn]:
    """Return the steps by which whoever consented to be bound is bound by a pact in force: by its
    entry into force for certain, and after that perhaps at once (Vienna Convention, Art. 24).
    """
    consents = [step for step in find_steps(member).accepted if step.stage.ripens_into]
    return [step for consent in consents for step in _consent_steps(consent, entries, member)]


def _consent_steps(
    consent: LifeTurn, entries: Sequence[LifeTurn], member: Living
) -> Iterator[LifeTurn]:
    """Yield the step by which a party is bound: with the pact's own entry, not by who is party to
    it, or some time after the first of all.
    """
    binding_consent = replace(
        consent, stage=member.index.reading.ontology.stages[consent.stage.ripens_into]
    )
    for each in entries:
        if not each.by_membership and not consent.window.is_after(each.window):
            yield replace(
                binding_consent, window=each.window, date_window=each.date_window, until=each.until
            )
            return
    if entries:
        window = Window(max(entries[0].window.first, consent.window.first), math.inf)
        yield replace(binding_consent, window=window, date_window=window)
