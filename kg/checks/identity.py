"""Laws about who is whom: judgements have reasons and do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from kg import rules
from kg.characters import quoted
from kg.checks.draft import Draft
from kg.diagnostics import Diagnostic, Span
from kg.status.identity import contradictions


def judgements_have_reasons(draft: Draft) -> Iterator[Diagnostic]:
    """Whoever judges that two ids are one thing, may be, or are not, says why: others must be able
    to judge anew.
    """
    relations = draft.ontology.relations
    judging = {name for name, relation in relations.items() if relation.judges_identity}
    records: set[Span] = set()
    for assertion in draft.corpus.assertions.values():
        is_judgement = assertion.predicate.id in judging
        if is_judgement and not assertion.note and assertion.span not in records:
            records.add(assertion.span)
            yield rules.JUDGEMENT_WITHOUT_REASON.at(
                assertion.denies.span if assertion.denies else assertion.predicate.span,
                f"{quoted(assertion.id)} judges who is whom and gives no reason",
                "say in 'note' what it rests on",
            )


def judgements_agree(draft: Draft) -> Iterator[Diagnostic]:
    """What is judged to be different is not, step by step, judged to be the same."""
    corpus = draft.corpus
    for contradiction in contradictions(corpus, draft.ontology, draft.standings):
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
