"""Laws that a corpus as a whole must keep.

A check takes a draft (a corpus that may still be wrong, with its ontology) and yields a diagnostic
for each place where its law does not hold. To add one: write the function, list it in ``CHECKS``,
and give its rule a page in ``docs/diagnostics``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from kg.checks import (
    arguments,
    citations,
    dates,
    departures,
    editions,
    identifiers,
    identity,
    limits,
    names,
    qualifiers,
    relations,
    rivals,
)
from kg.checks.draft import CorpusDraft
from kg.diagnostics import Diagnostic, rules
from kg.status.rivals import TooManyRivals

Law = Callable[[CorpusDraft], Iterator[Diagnostic]]

CHECKS: tuple[Law, ...] = (
    names.publishers_are_actors,
    names.speakers_are_actors,
    names.things_are_known,
    names.assertions_are_known,
    names.articles_are_known,
    relations.classes_are_known,
    relations.relations_are_known,
    relations.relations_connect_what_they_may,
    relations.stages_are_known,
    relations.nothing_is_tied_to_itself,
    relations.nobody_acts_for_themselves,
    qualifiers.qualifiers_are_known,
    qualifiers.qualifiers_have_the_values_they_may,
    qualifiers.qualifiers_have_one_value,
    citations.source_types_are_known,
    editions.versions_follow_each_other,
    editions.one_address_is_one_text,
    editions.one_text_is_one_source,
    citations.cited_texts_are_known,
    citations.paragraphs_exist,
    citations.paragraphs_are_cited_once,
    dates.nothing_lies_in_the_future,
    dates.nothing_lies_behind_its_reports,
    dates.withdrawals_follow_statements,
    limits.only_states_end,
    limits.articles_know_what_they_are_cited_for,
    arguments.corrections_run_one_way,
    arguments.inferences_run_one_way,
    arguments.speech_runs_one_way,
    arguments.nobody_denies_their_own_words,
    arguments.nobody_quotes_themselves,
    relations.only_words_have_a_subject_matter,
    arguments.plans_come_true_by_deeds,
    arguments.corrections_correct_something,
    identity.judgements_have_reasons,
    identifiers.identifiers_have_their_form,
)
AFTER: tuple[Law, ...] = (
    names.everything_is_used,
    editions.something_stands_behind_each,
    rivals.answers_differ_in_what_is_asked,
    identity.judgements_agree,
    identity.one_thing_is_of_one_kind,
    limits.ends_fit_their_states,
    departures.states_end_with_departures,
)
"""Checks that need every name to be right: they run where no error was found."""
MERGED: tuple[Law, ...] = (
    rivals.values_do_not_exclude_each_other,
    rivals.values_are_known_to_exclude_each_other,
    rivals.reported_facts_stand,
    rivals.denials_reach_what_they_deny,
    arguments.reversals_come_later,
    identifiers.identifiers_name_one_thing,
    names.labels_are_unique,
    names.labels_do_not_look_alike,
    names.aliases_name_one_thing,
)
"""Checks of what is said of things, whichever of their ids it names: they run where no error was
found, over the corpus with one id for each thing.
"""
OF_OTHER_RECORDS = frozenset(
    {
        names.publishers_are_actors,
        relations.classes_are_known,
        relations.nobody_acts_for_themselves,
        citations.source_types_are_known,
        editions.versions_follow_each_other,
        editions.one_address_is_one_text,
        editions.one_text_is_one_source,
        identifiers.identifiers_have_their_form,
        names.everything_is_used,
        identifiers.identifiers_name_one_thing,
        names.labels_are_unique,
        names.labels_do_not_look_alike,
        names.aliases_name_one_thing,
    }
)
"""Checks of things and articles that look at no assertion, but for judgements of identity and for
what assertions name.
"""
_OF_ASSERTIONS = frozenset((*CHECKS, *AFTER, *MERGED)) - OF_OTHER_RECORDS


def check_draft(draft: CorpusDraft) -> tuple[Diagnostic, ...]:
    """Return all diagnostics of all checks."""
    return _check(draft, frozenset())


def check_assertions(draft: CorpusDraft) -> tuple[Diagnostic, ...]:
    """Return all diagnostics of the checks of assertions: of a draft that holds some of these with
    all that they bear on and name, those that the checks of the whole find about them.
    """
    return _check(draft, OF_OTHER_RECORDS)


def check_others(draft: CorpusDraft) -> tuple[Diagnostic, ...]:
    """Return all diagnostics of the other checks, which need the whole."""
    return _check(draft, _OF_ASSERTIONS)


def _check(draft: CorpusDraft, left_out: Collection[Law]) -> tuple[Diagnostic, ...]:
    problems = list(_apply(CHECKS, draft, left_out))
    if draft.sound and not any(problem.is_error for problem in problems):
        try:
            problems += _apply(AFTER, draft, left_out)
            problems += _apply(MERGED, draft.merged, left_out)
        except TooManyRivals as refusal:
            problems.append(rules.TOO_MANY_RIVALS.at(refusal.span, str(refusal), refusal.hint))
    return tuple(problems)


def _apply(
    laws: Iterable[Law], draft: CorpusDraft, left_out: Collection[Law]
) -> Iterator[Diagnostic]:
    for law in laws:
        if law not in left_out:
            yield from law(draft)
