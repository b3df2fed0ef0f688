"""Laws about arguments: nothing corrects itself or follows from itself, and deeds realise plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.checks.draft import CorpusDraft
from kg.diagnostics import Diagnostic, Rule, rules
from kg.model import Assertion
from kg.model.closure import circles, show_circle
from kg.model.corpus import Corpus
from kg.model.modes import OutcomeKind
from kg.model.references import Reference
from kg.status.corrections import may_correct
from kg.status.propositions import time_of
from kg.status.status import affirms
from kg.status.windows import Window, began_window
from kg.text.characters import quoted

CIRCLE_HINTS = {
    rules.SUPERSEDES_ITSELF: "the later one supersedes the earlier one",
    rules.FOLLOWS_FROM_ITSELF: "start from what articles report",
    rules.SPEAKS_OF_ITSELF: "what is spoken of was said before",
}


def corrections_run_one_way(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No chain of corrections leads back to its beginning: none of its assertions would stand."""
    yield from _circles(
        draft.corpus,
        lambda assertion: assertion.supersedes,
        rules.SUPERSEDES_ITSELF,
        "assertions supersede each other in a circle",
    )


def inferences_run_one_way(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No inference rests on itself: it could prove anything."""
    yield from _circles(
        draft.corpus,
        lambda assertion: assertion.follows_from,
        rules.FOLLOWS_FROM_ITSELF,
        "inferences follow from each other in a circle",
    )


def speech_runs_one_way(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No assertion speaks of itself, in any number of steps: nobody could say it."""
    yield from _circles(
        draft.corpus,
        lambda a: [Reference(a.object_assertion, a.object.span)] if a.object_assertion else [],
        rules.SPEAKS_OF_ITSELF,
        "assertions speak of each other in a circle",
    )


def nobody_denies_their_own_words(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Who denies what they are reported to say denies having said it, or took it back."""
    assertions = draft.corpus.assertions
    for denial in assertions.values():
        claim = assertions.get(denial.denies.id) if denial.denies else None
        if denial.denies is None or claim is None or claim.withdrawn:
            continue
        speakers = set(claim.speaker_ids)
        both = sorted(speakers & set(denial.speaker_ids))
        if both:
            id = quoted(claim.id)
            yield rules.SELF_DENIAL.at(
                denial.denies.span,
                f"{quoted(both[0])} denies {id}, and is its speaker, too",
                f"who denies having said it: 'predicate: deniesSaying, object: {claim.id}'; "
                f"who took it back: 'withdrawn' in {id}",
                [claim.span],
            )


def nobody_quotes_themselves(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What somebody says in words is reported by the article, and not by its speaker. Who denies
    such words speaks of them.
    """
    for a in draft.corpus.assertions.values():
        relation = draft.ontology.relations.get(a.predicate.id)
        is_speech = relation is not None and relation.is_speech
        own = [speaker for speaker in a.speakers if speaker.id == a.subject.id]
        if own and is_speech and not a.is_denial:
            yield rules.SELF_QUOTE.at(
                own[0].span,
                f"{quoted(own[0].id)} says that {quoted(own[0].id)} {a.predicate.id}",
                f"leave out 'according_to': the subject of '{a.predicate.id}' is who speaks",
            )


def corrections_correct_something(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """A plan or a thought corrects no deed, and a speaker nothing that others say."""
    assertions = draft.corpus.assertions
    for later in assertions.values():
        for reference in later.supersedes:
            earlier = assertions.get(reference.id)
            if earlier is None or may_correct(later, earlier):
                continue
            is_said = later.is_actual or not earlier.is_actual
            why = "it is the word of its speaker, who did not say that" if is_said else later.mode
            yield rules.CORRECTS_NOTHING.at(
                reference.span,
                f"{quoted(later.id)} corrects nothing of {quoted(reference.id)}: {why}",
                "leave out 'supersedes': what cannot be right together is found without it; "
                "'supersedes' is for what an article reports in its own voice",
            )


def plans_come_true_by_deeds(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What realises a plan, demand or threat is another assertion, of something actual."""
    for assertion in draft.corpus.assertions.values():
        reference = assertion.outcome.realised_by if assertion.outcome else None
        deed = draft.corpus.assertions.get(reference.id) if reference else None
        if reference and deed and _is_denied_outcome(assertion, deed):
            yield rules.WRONG_SECTION.at(
                reference.span,
                f"{quoted(reference.id)} says that something is not so: it realises nothing",
                "name the assertion that says it happened, or write 'did-not-happen'",
            )
        elif reference and deed and not deed.is_actual:
            yield rules.WRONG_SECTION.at(
                reference.span,
                f"{quoted(reference.id)} is {deed.mode}, not actual: it realises nothing",
                "name the assertion that says it happened",
            )


def reversals_come_later(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No decision is reversed by one that certainly came before it: whoever says so has the two the
    wrong way round.
    """
    ontology, accepted = draft.ontology, list(_accepted(draft))
    reversing_stages = {name for name, stage in ontology.stages.items() if stage.is_reversal}
    reversals = [
        a for a in accepted if ontology.relations[a.predicate.id].enters_status in reversing_stages
    ]
    events = _dated_events(draft, accepted) if reversals else {}
    for assertion in reversals:
        decision = assertion.object_key
        if decision not in events:
            continue
        reversing = events.get(assertion.subject.id) or [_dated(draft, assertion)]
        first, dated = min(events[decision], key=lambda pair: pair[0].first)
        if max(window.last for window, _ in reversing) < first.first and dated.when:
            decision = quoted(decision)
            yield rules.REVERSED_BEFORE_TAKEN.at(
                assertion.object.span,
                f"{decision} is reversed by {quoted(assertion.subject.id)}, "
                f"which came before it ({decision}: {dated.when.text}, at {dated.span})",
                "the later one reverses the earlier one: swap subject and object, or mend a date",
                [dated.when_span or dated.span],
            )


def _dated_events(
    draft: CorpusDraft, accepted: Iterable[Assertion]
) -> dict[str, list[tuple[Window, Assertion]]]:
    """Return when events happened, each with the accepted assertion that says so."""
    events: dict[str, list[tuple[Window, Assertion]]] = {}
    for assertion in accepted:
        relation = draft.ontology.relations[assertion.predicate.id]
        if relation.dates_event and assertion.when and not relation.is_state:
            event = assertion.end(relation.dates_event)
            events.setdefault(event, []).append(_dated(draft, assertion))
    return events


def _accepted(draft: CorpusDraft) -> Iterator[Assertion]:
    for assertion in draft.corpus.assertions.values():
        if affirms(assertion, draft.standings[assertion.id]):
            yield assertion


def _dated(draft: CorpusDraft, assertion: Assertion) -> tuple[Window, Assertion]:
    date = time_of(assertion, draft.corpus)
    return began_window(assertion, date, draft.corpus, is_state=False), assertion


def _circles(
    corpus: Corpus, links: Callable[[Assertion], Iterable[Reference]], rule: Rule, message: str
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each circle of links, at the link that closes it."""
    assertions = corpus.assertions

    def step(id: str) -> Iterator[str]:
        return (each.id for each in links(assertions[id]) if each.id in assertions)

    for circle in circles([id for id, a in assertions.items() if links(a)], step):
        last = next(each for each in links(assertions[circle[-1]]) if each.id == circle[0])
        yield rule.at(last.span, f"{message}: {show_circle(circle)}", CIRCLE_HINTS[rule])


def _is_denied_outcome(assertion: Assertion, deed: Assertion) -> bool:
    """Whether what is said to realise something says that it is not so."""
    outcome = assertion.outcome
    return outcome is not None and outcome.kind is OutcomeKind.HAPPENED and not deed.asserts_triple
