"""Who leaves, and what goes on all the same as far as the dossier says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.checks.draft import CorpusDraft
from kg.dates import Day
from kg.diagnostics import Diagnostic, rules
from kg.model import Assertion
from kg.ontology.terms import Relation
from kg.status.departures import find_departures, has_begun, is_open_state, last_day, of_relations
from kg.status.status import Status
from kg.text.characters import quoted


def states_end_with_departures(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What somebody left does not go on: where the end follows from no departure, it is said."""
    corpus, ontology = draft.limited_corpus, draft.ontology
    closing = find_departures(draft.corpus, ontology)
    open_states: dict[str, list[Assertion]] = defaultdict(list)
    for a in corpus.assertions.values():
        if is_open_state(a, ontology) and draft.standings[a.id].status is Status.ACCEPTED:
            open_states[a.subject.id].append(a)
    leaving = {name for name, each in ontology.relations.items() if _may_leave(each)}
    for a in corpus.assertions.values() if open_states else ():
        is_leaving = a.predicate.id in leaving and _is_reported_deed(a)
        day = last_day(a, corpus) if is_leaving else None
        if day is None:
            continue
        for state in _left_open(a, day, open_states, draft, has_closed=a.id in closing):
            id = state.id if state.has_own_id else "ID"
            yield rules.LEFT_OPEN.at(
                a.span,
                f"{quoted(a.id)} says that somebody leaves, and {quoted(state.id)} goes on",
                f"if it ended then, say so in an assertion of its own: 'ends: {id}' with 'when' "
                "and 'cite'; if it does not, leave both as they are",
                [state.span],
            )


def _may_leave(relation: Relation) -> bool:
    """Whether by deeds of a relation somebody may leave something."""
    return bool(relation.ends_relations or relation.subject_may_leave or relation.object_may_leave)


def _is_reported_deed(a: Assertion) -> bool:
    is_deed = a.asserts_triple and a.is_actual
    return is_deed and not a.speakers and not a.withdrawn


def _left_open(
    a: Assertion,
    day: Day,
    open_states: dict[str, list[Assertion]],
    draft: CorpusDraft,
    *,
    has_closed: bool,
) -> list[Assertion]:
    """Return the states that somebody may have left by a deed of a day, and that are open."""
    relation = draft.ontology.relation_of(a)
    subject, object = a.subject.id, a.object_key
    between = [
        state
        for state in (*open_states[subject], *open_states[object])
        if {state.subject.id, state.object_key} == {subject, object}
    ]
    begun = _states_begun(between, relation.ends_relations, day, draft)
    if not has_closed and not begun:
        own = [each for each in open_states[subject] if each.object_key != object]
        begun = _states_begun(own, relation.subject_may_leave, day, draft)
        own = [each for each in open_states[object] if each.object_key != subject]
        begun += _states_begun(own, relation.object_may_leave, day, draft)
    return begun


def _states_begun(
    states: Iterable[Assertion], relations: tuple[str, ...], day: Day, draft: CorpusDraft
) -> list[Assertion]:
    """Those of some states that are of some relations and had begun by a day."""
    return [a for a in of_relations(states, relations, draft.ontology) if has_begun(a, day)]
