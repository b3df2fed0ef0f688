"""Laws about arguments: nothing corrects itself or follows from itself, and deeds realise plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.checks.draft import CorpusDraft
from kg.diagnostics import Diagnostic, Rule, rules
from kg.model import Assertion
from kg.model.closure import find_circles, show_circle
from kg.model.corpus import Corpus
from kg.model.modes import OutcomeKind
from kg.model.references import Reference
from kg.status.corrections import may_correct
from kg.status.propositions import time_of
from kg.status.status import affirms_triple
from kg.status.windows import Window, began_window
from kg.text.characters import quoted


def corrections_run_one_way(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No chain of corrections leads back to its beginning: none of its assertions would stand."""
    yield from _find_circles(
        draft.corpus,
        lambda assertion: assertion.supersedes,
        rules.SUPERSEDES_ITSELF,
        "assertions supersede each other in a circle",
        "the later one supersedes the earlier one",
    )


def inferences_run_one_way(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No inference rests on itself: it could prove anything."""
    yield from _find_circles(
        draft.corpus,
        lambda assertion: assertion.follows_from,
        rules.FOLLOWS_FROM_ITSELF,
        "inferences follow from each other in a circle",
        "start from what articles report",
    )


def speech_runs_one_way(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No assertion speaks of itself, in any number of steps: nobody could say it."""
    yield from _find_circles(
        draft.corpus,
        lambda a: [Reference(a.object_assertion, a.object.span)] if a.object_assertion else [],
        rules.SPEAKS_OF_ITSELF,
        "assertions speak of each other in a circle",
        "what is spoken of was said before",
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
    for a in draft.assertions:
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
    assertions = draft.corpus.assertions
    for outcome in filter(None, (each.outcome for each in assertions.values())):
        reference = outcome.realised_by
        deed = assertions.get(reference.id) if reference else None
        if reference is None or deed is None:
            continue
        hint = "name the assertion that says it happened"
        if outcome.kind is OutcomeKind.HAPPENED and not deed.asserts_triple:
            why = "says that something is not so"
            hint += ", or write 'did-not-happen'"
        elif not deed.is_actual:
            why = f"is {deed.mode}, not actual"
        else:
            continue
        message = f"{quoted(reference.id)} {why}: it realises nothing"
        yield rules.WRONG_SECTION.at(reference.span, message, hint)


def reversals_come_later(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No decision is reversed by one that certainly came before it: whoever says so has the two the
    wrong way round.
    """
    ontology, accepted = draft.ontology, list(_accepted_assertions(draft))
    reversing_stages = {name for name, stage in ontology.stages.items() if stage.is_reversal}
    reversals = [a for a in accepted if ontology.relation_of(a).enters_status in reversing_stages]
    events = _dated_events(draft, accepted) if reversals else {}
    for assertion in reversals:
        decision = assertion.object_key
        if decision not in events:
            continue
        reversing = events.get(assertion.subject.id) or [_dated_assertion(draft, assertion)]
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
        relation = draft.ontology.relation_of(assertion)
        if relation.dates_event and assertion.when and not relation.is_state:
            event = assertion.end(relation.dates_event)
            events.setdefault(event, []).append(_dated_assertion(draft, assertion))
    return events


def _accepted_assertions(draft: CorpusDraft) -> Iterator[Assertion]:
    for assertion in draft.assertions:
        if affirms_triple(assertion, draft.standings[assertion.id]):
            yield assertion


def _dated_assertion(draft: CorpusDraft, assertion: Assertion) -> tuple[Window, Assertion]:
    date = time_of(assertion, draft.corpus)
    return began_window(assertion, date, draft.corpus, is_state=False), assertion


def _find_circles(
    corpus: Corpus,
    links: Callable[[Assertion], Iterable[Reference]],
    rule: Rule,
    message: str,
    hint: str,
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each circle of links, at the link that closes it."""
    assertions = corpus.assertions

    def step(id: str) -> Iterator[str]:
        return (each.id for each in links(assertions[id]) if each.id in assertions)

    for circle in find_circles([id for id, a in assertions.items() if links(a)], step):
        last = next(each for each in links(assertions[circle[-1]]) if each.id == circle[0])
        yield rule.at(last.span, f"{message}: {show_circle(circle)}", hint)
