"""Laws about who is whom: judgements have reasons and do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.checks.draft import CorpusDraft, with_article
from kg.diagnostics import Diagnostic, Span, rules
from kg.model import Thing
from kg.status.identity import find_contradictions
from kg.text.characters import quoted


def judgements_have_reasons(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Whoever judges that two ids are one thing, may be, or are not, says why: others must be able
    to judge anew.
    """
    relations = draft.ontology.relations
    judging = {name for name, relation in relations.items() if relation.judges_identity}
    records: set[Span] = set()
    for assertion in draft.assertions:
        is_judgement = assertion.predicate.id in judging
        if is_judgement and not assertion.note and assertion.span not in records:
            records.add(assertion.span)
            yield rules.JUDGEMENT_WITHOUT_REASON.at(
                assertion.denies.span if assertion.denies else assertion.predicate.span,
                f"{quoted(assertion.id)} judges who is whom and gives no reason",
                "say in 'note' what it rests on",
            )


def judgements_agree(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What is judged to be different is not, step by step, judged to be the same."""
    corpus = draft.corpus
    for contradiction in find_contradictions(corpus, draft.ontology, draft.standings):
        against = corpus.assertions[contradiction.against]
        steps = [corpus.assertions[id].predicate.span for id in contradiction.by]
        yield rules.CONTRADICTORY_IDENTITY.at(
            against.denies.span if against.denies else against.predicate.span,
            "judged to be different, and yet the same: "
            f"{' = '.join(contradiction.chain)} (by {', '.join(contradiction.by)})",
            "take one of these judgements back; "
            "until then none of these ids is merged with another",
            steps,
        )


def one_thing_is_of_one_kind(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Ids that are merged stand for things of kinds that one thing can be of together."""
    corpus, things = draft.corpus, draft.corpus.things
    for group in draft.groups:
        judgements = [corpus.assertions[id] for id in group.by]
        pairs = [(a, (things[a.subject.id], things[a.object_key])) for a in judgements]
        members = [things[id] for id in group.members]
        firsts = {thing.type.id: thing for thing in reversed(members)}
        of_each_kind = [thing for thing in members if firsts[thing.type.id] is thing]
        others = [(judgements[0], pair) for pair in combinations(of_each_kind, 2)]
        wrong = [each for each in pairs if _is_of_two_kinds(*each[1], draft)]
        wrong = wrong or [each for each in others if _is_of_two_kinds(*each[1], draft)][:1]
        for judgement, (one, other) in wrong:
            yield rules.MERGED_KINDS.at(
                judgement.predicate.span,
                f"{quoted(one.id)}, {_kind_of(one, draft)}, is merged with {quoted(other.id)}, "
                f"{_kind_of(other, draft)}: nothing is both",
                "take the judgement back, or correct a 'type'",
                [one.type.span, other.type.span],
            )


def _is_of_two_kinds(one: Thing, other: Thing, draft: CorpusDraft) -> bool:
    return draft.ontology.are_disjoint(one.type.id, other.type.id)


def _kind_of(thing: Thing, draft: CorpusDraft) -> str:
    return with_article(draft.ontology.classes[thing.type.id].label)
