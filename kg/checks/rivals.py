"""Laws about what cannot be right together: the curator hears of every contest that kg found by
itself, and of what a denial or a question does not reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.checks.draft import CorpusDraft
from kg.dates import Overlap, dates_overlap
from kg.diagnostics import Diagnostic, Span, rules
from kg.model import Assertion, Conflict
from kg.status.answers import contested_details, differing_details, live_members
from kg.status.live_record import LiveRecord
from kg.status.scope import OBJECT, STATEMENT, SUBJECT, WHEN, WHERE, WHOLE
from kg.status.status import Standing, Status
from kg.status.value_groups import exclude_each_other, is_figure, valued_camps
from kg.text import join_and
from kg.text.characters import quoted

_MEND = "correct one, give both their times, or leave the conflict standing"
_MEND_DAY = (
    "correct one, write one date that spans both ('2019-06-02/2019-06-03') if it took days, or "
    "leave the conflict standing"
)
_MEND_LIMIT = "correct one, or leave both: it may have been on either of the days"


def values_do_not_exclude_each_other(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What has one value at a time or happens once has one value, day and place; each later other
    one is reported.
    """
    for id, standing in draft.standings.items():
        later = draft.limited_corpus.assertions[id]
        for contest in standing.contests:
            if contest.aspect == STATEMENT:
                continue
            rivals = [draft.limited_corpus.assertions[each] for each in contest.rivals]
            rivals = [each for each in rivals if not _is_asked(id, each.id, draft)]
            if not rivals:
                continue
            earlier = min(rivals, key=_place_of)
            if _place_of(earlier) < _place_of(later):
                yield rules.RIVAL_VALUES.at(
                    _detail_span(contest.aspect, later),
                    _rival_words(contest.aspect, later, earlier),
                    _mend_hint(contest.aspect, later),
                    [_detail_span(contest.aspect, earlier)],
                )


def _mend_hint(aspect: str, later: Assertion) -> str:
    if later.limited_state:
        return _MEND_LIMIT
    return _MEND_DAY if aspect == WHEN else _MEND


def _detail_span(aspect: str, assertion: Assertion) -> Span:
    """Where an assertion gives what others contest."""
    if aspect == WHEN:
        return assertion.when_span or assertion.span
    if aspect == WHERE and assertion.where:
        return assertion.where.span
    spans = (each.name.span for each in assertion.qualifiers if each.name.id == aspect)
    whole = assertion.span if assertion.limited_state else assertion.object.span
    return next(spans, whole)


def _rival_words(aspect: str, later: Assertion, earlier: Assertion) -> str:
    place, relation = _detail_span(aspect, earlier), later.predicate.id
    if aspect == OBJECT:
        thing = quoted(later.subject.id)
        what = f"'{relation}' has one value at a time; {thing} has another"
        return f"{what} at {place}: both are contested"
    if aspect == SUBJECT:
        what = f"only one stands in '{relation}' to {quoted(later.object_key)} at a time; another"
        return f"{what} does at {place}: both are contested"
    own, other = quoted(later.id), quoted(earlier.id)
    return (
        f"{own} and {other} (at {place}) tell of one thing and differ in {quoted(aspect)}: "
        "that is contested, and the rest is agreed"
    )


def _is_asked(id: str, other: str, draft: CorpusDraft) -> bool:
    """Whether a curator asked which of two is right."""
    return other in draft.asked_together.get(id, ())


def values_are_known_to_exclude_each_other(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Where only one value can hold at a time, it is known whether the times of two overlap."""
    record = draft.live_record
    reported: set[str] = set()
    for values in valued_camps(record).values():
        values = [each for each in values if not is_figure(each, record)]
        camps = [(value, camp) for value in values for camp in value.camps]
        for (one, camp), (other, rival) in combinations(camps, 2):
            if not record.scopes.may_exclude(camp.scope, rival.scope):
                continue
            if not exclude_each_other(one, other, record):
                continue
            pair = (draft.limited_corpus.assertions[each.ids[0]] for each in (camp, rival))
            earlier, later = sorted(pair, key=_place_of)
            if later.id not in reported and not _is_asked(later.id, earlier.id, draft):
                reported.add(later.id)
                yield rules.MAY_BE_RIVALS.at(
                    later.when_span or later.span,
                    f"{quoted(later.id)} and {quoted(earlier.id)} (at {earlier.span}) "
                    "exclude each other if their times overlap, and their dates leave that open",
                    "say when the one ended and the other began",
                    [earlier.when_span or earlier.span],
                )


def reported_facts_stand(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No fact that articles report falls to a statement that does not name it, without a word."""
    for id, standing in draft.standings.items():
        fact = draft.limited_corpus.assertions[id]
        if not fact.is_actual or standing.status is not Status.CONTESTED:
            continue
        if fact.speakers:
            yield from _narrower_denials(fact, standing, draft)
            continue
        rivals = [draft.limited_corpus.assertions[each] for each in standing.rivals_in(STATEMENT)]
        if not rivals or any(_sets_against(each, fact, draft) for each in rivals):
            continue
        rival = min(rivals, key=_place_of)
        words = "is not so" if rival.is_denial else "is so"
        yield rules.FACT_CONTESTED.at(
            fact.predicate.span,
            f"articles report {quoted(id)}, and it is no fact: "
            f"{quoted(rival.id)} (at {rival.span}) says that it {words}",
            "if they speak of other times or places, give both; if not, ask which is right in a "
            "conflict of its own",
            [rival.span],
        )


def _narrower_denials(
    claim: Assertion, standing: Standing, draft: CorpusDraft
) -> Iterator[Diagnostic]:
    """A claim that is contested as a whole by what is denied of one place or part only."""
    for rival in (draft.limited_corpus.assertions[id] for id in standing.rivals_in(STATEMENT)):
        narrower = _narrowing_details(rival) - _narrowing_details(claim)
        is_denial = rival.is_denial and not _sets_against(rival, claim, draft)
        if is_denial and narrower:
            aspects = join_and(sorted(narrower))
            yield rules.FACT_CONTESTED.at(
                claim.predicate.span,
                f"{quoted(claim.id)} gives no {aspects}, and so is contested as a whole by "
                f"{quoted(rival.id)} (at {rival.span}), which denies it for one {aspects} only",
                f"if the claim is of another, give it its own {aspects}; if they truly disagree, "
                f"write 'denies: {claim.id}' in the denial",
                [rival.span],
            )


def _narrowing_details(assertion: Assertion) -> set[str]:
    """In what an assertion is narrower than its statement: place and qualifiers."""
    place = {WHERE} if assertion.where else set()
    return place | {each.name.id for each in assertion.qualifiers}


def _sets_against(rival: Assertion, fact: Assertion, draft: CorpusDraft) -> bool:
    """Whether a curator set two against each other: by a denial, or by a question."""
    pairs = ((rival.denies, fact), (fact.denies, rival))
    is_named = any(link is not None and link.id == other.id for link, other in pairs)
    return is_named or _is_asked(rival.id, fact.id, draft)


def denials_reach_what_they_deny(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """A denial is of the time, place and qualifiers of what it names."""
    record = draft.live_record
    for denial in draft.limited_corpus.assertions.values():
        target = draft.limited_corpus.assertions.get(denial.denies.id) if denial.denies else None
        if target is None or denial.denies is None:
            continue
        own, other = record.scope(denial), record.scope(target)
        aspects = [*record.scopes.qualifiers_apart(own, other)]
        aspects += [WHERE] * record.scopes.places_apart(own.where, other.where)
        if aspects:
            message = f"another {join_and(sorted(aspects))} than {quoted(target.id)}"
            yield rules.DENIES_ELSEWHERE.at(
                denial.denies.span,
                f"{quoted(denial.id)} has {message}, and so denies nothing of it",
                "leave out what the denial shares with what it denies, or deny the other one",
                [target.span],
            )
            continue
        if dates_overlap(own.date, other.date) is Overlap.NO:
            time = "another time than that is said to have been"
            hint = "'when' is the time of what is denied; the day of the denial is 'said'"
        elif own.mode is other.mode and not record.scopes.denies(own, other):
            time = (
                "a part only of the time in which that may have happened, and so contests nothing"
            )
            hint = "leave out 'when' to deny it on any day; the day of the denial is 'said'"
        else:
            continue
        yield rules.DENIES_ELSEWHERE.at(
            denial.when_span or denial.denies.span,
            f"{quoted(denial.id)} denies {quoted(target.id)} for {time}",
            hint,
            [target.when_span or target.span],
        )


def answers_differ_in_what_is_asked(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Two answers to a question differ in what that is about."""
    record = draft.live_record
    for conflict in draft.limited_corpus.conflicts.values():
        aspect = conflict.about
        if aspect is None:
            continue
        words = (*WHOLE, WHEN, WHERE, *sorted(draft.ontology.qualifiers))
        if aspect.id not in words:
            hint = f"one of: {', '.join(words)}"
            yield rules.UNKNOWN_WORD.at(aspect.span, f"'about' cannot be {quoted(aspect.id)}", hint)
        elif aspect.id not in WHOLE and not _answers_differ(conflict, record):
            yield rules.ANSWERS_ALIKE.at(
                aspect.span,
                f"no two answers to {quoted(conflict.id)} give another {quoted(aspect.id)}",
                _about_hint(conflict, record),
            )


def _answers_differ(conflict: Conflict, record: LiveRecord) -> bool:
    members = live_members(conflict, record)
    pairs = combinations(members, 2)
    return len(members) < 2 or any(contested_details(*pair, conflict, record) for pair in pairs)


def _about_hint(conflict: Conflict, record: LiveRecord) -> str:
    pairs = combinations(live_members(conflict, record), 2)
    details = {detail for pair in pairs for detail in differing_details(*pair, record)}
    if details:
        return (
            f"they differ in {join_and(sorted(details))}; left out, 'about' is what they differ in"
        )
    return "give each answer its own, or leave 'about' out"


def _place_of(assertion: Assertion) -> tuple[Span, Span]:
    """Where an assertion is written; those of a list of objects differ by the object."""
    return assertion.span, assertion.object.span
