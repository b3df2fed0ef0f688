"""Laws about ends and beginnings: only states have them, and nobody knows them before their day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.checks.draft import CorpusDraft
from kg.dates import Date, as_event, span_of
from kg.dates.limits import as_known_by, with_end, with_start
from kg.diagnostics import Diagnostic, rules
from kg.model import Assertion
from kg.status.propositions import is_state
from kg.status.support import report_days
from kg.text.characters import quoted


def only_states_end(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What is said to have ended or begun is an assertion of a state that is actual."""
    for assertion in draft.assertions:
        reference = assertion.limited_state
        if reference is None or assertion.denies:
            continue
        state = draft.corpus.assertions.get(reference.id)
        if state is None:
            yield from draft.unknown(reference, "assertion", draft.corpus.assertions)
        elif reason := _no_state(state, draft):
            yield rules.LIMIT_OF_NO_STATE.at(
                reference.span,
                f"{quoted(reference.id)} {reason}",
                "name an assertion that something was so for a time; "
                "what was wrong is denied or superseded, and a plan has an outcome",
                [state.span],
            )


def _no_state(state: Assertion, draft: CorpusDraft) -> str:
    """Why an assertion is none of an actual state, or nothing."""
    relation = draft.ontology.relations.get(state.predicate.id)
    if state.limited_state:
        return "says itself that something ended or began"
    if state.is_denial:
        return "denies: what was not so cannot end or begin"
    if not state.is_actual:
        return f"is {state.mode}, not actual: what was not so yet cannot end or begin"
    if relation and not relation.is_state:
        return f"is an event ('{relation.name}'): it happens, and has neither end nor beginning"
    return ""


def ends_fit_their_states(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No state ends before it began, has another end of its own, or is reported as going on after
    its end.
    """
    for assertion in draft.assertions:
        reference = assertion.limited_state
        if reference is None or assertion.when is None or not _is_deed(assertion):
            continue
        state = draft.corpus.assertions[reference.id]
        if reason := _why_it_disagrees(assertion, assertion.when, state, draft):
            yield rules.LIMIT_AT_ODDS.at(
                assertion.when_span or reference.span,
                f"{quoted(assertion.when.text)} does not fit {quoted(state.id)}: {reason}",
                "mend one of the two dates, or leave the end of a state to one assertion",
                [state.when_span or state.span],
            )


def _is_deed(assertion: Assertion) -> bool:
    return assertion.is_actual and not assertion.denies and not assertion.speakers


def _why_it_disagrees(limit: Assertion, when: Date, state: Assertion, draft: CorpusDraft) -> str:
    """Why the end or beginning of a state does not fit what is said of the state, or nothing."""
    date, last_day = state.when, when.end_latest
    if date is None:
        return ""
    limited = with_end(date, when) if limit.ends else with_start(date, when)
    if limited is date and not _says_same(limit, when, date):
        return f"its own date is {quoted(date.text)}"
    # An article may tell of the end and that it had gone on until then.
    telling = {citation.article.id for citation in limit.citations}
    others = tuple(c for c in state.citations if c.article.id not in telling)
    last_report = report_days(replace(state, citations=others), draft.corpus)[1]
    if limit.ends and date.goes_on and last_report and last_day and last_report > last_day:
        return f"an article of {last_report} is cited for it as still going on"
    return ""


def _says_same(limit: Assertion, when: Date, date: Date) -> bool:
    """Whether a state's own date has the end, or the beginning, that is reported of it."""
    earliest, latest = span_of(when)
    first, last = date.start_earliest, date.start_latest
    if limit.ends:
        first, last = date.end_earliest, date.end_latest
    is_early = not earliest or (first is not None and first >= earliest)
    return is_early and (not latest or (last is not None and last <= latest))


def articles_know_what_they_are_cited_for(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No article is cited for what came after it: an end or a beginning that it could not know."""
    for assertion in draft.assertions:
        when = _reported_time(assertion, draft)
        if when is None:
            continue
        citations = {c.article.id: c for c in reversed(assertion.citations)}
        articles = (draft.corpus.articles.get(id) for id in citations)
        days = {each.id: each.known_from for each in articles if each and each.known_from}
        last = max(days.values(), default=None)
        for id, citation in citations.items():
            day = days.get(id)
            known_date = as_known_by(when, day) if day else when
            # What lies after every article is told of the date (KG403).
            if not day or known_date is when or (known_date is None and day == last):
                continue
            yield rules.EARLY_CITATION.at(
                citation.span,
                f"{quoted(id)} ({day}) is cited for {quoted(when.text)}, "
                "and could not know what came after it",
                _early_hint(assertion, when, known_date, id),
                [assertion.when_span or assertion.span],
            )


def _reported_time(assertion: Assertion, draft: CorpusDraft) -> Date | None:
    """The time of a deed or state that articles can know; none where it ends in the future, which
    is told of the date (KG402).
    """
    relation = draft.ontology.relations.get(assertion.predicate.id)
    if assertion.when is None or not assertion.is_actual or relation is None:
        return None
    date = assertion.when if is_state(assertion, relation) else as_event(assertion.when)
    is_future = date.end_earliest is not None and date.end_earliest > draft.today
    return None if is_future else date


def _early_hint(assertion: Assertion, date: Date, known_date: Date | None, article: str) -> str:
    """How to keep the meaning of a citation that comes too early, of which so much is known."""
    if known_date is None:
        return f"cite {article} for an assertion of its own, with 'mode: planned' or the like"
    id = assertion.id if assertion.has_own_id else "ID"
    end = date.text.partition("/")[2]
    return (
        f"write 'when: {known_date.text}', and let a later article end it in an assertion of its "
        f"own: 'ends: {id}' with 'when: {end}' and its 'cite'; "
        "what was announced has 'mode: planned' there"
    )
