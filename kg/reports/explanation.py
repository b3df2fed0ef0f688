"""What an explanation of an assertion rests on: all that stands against it, that it follows from,
that ends it, corrects it or speaks of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kg.diagnostics import KgError
from kg.model import Assertion
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.reports.wordings import limit_label
from kg.status.corrections import corrected_by
from kg.status.naming import hint_of_thing
from kg.status.statement import Statement

if TYPE_CHECKING:
    from kg.reading import Reading


class Explanation(NamedTuple):
    """The statements that were asked for (``main``), and all that stands against them or that they
    follow from (``beside``, by id), with the corpus that they are of.

    ``conclusions`` counts the ones that kg draws about a thing and that are not among ``main``.
    ``corrections`` are the ids of what corrects or replaces one of ``main``.
    """

    main: tuple[Statement, ...]
    beside: Mapping[str, Statement]
    corpus: Corpus
    counted_as: Mapping[str, tuple[str, ...]]
    conclusions: int = 0
    corrections: Mapping[str, Sequence[str]] = {}
    speaking: Mapping[str, Sequence[str]] = MappingProxyType({})
    partial_denials: Mapping[str, Sequence[str]] = MappingProxyType({})


def explain(id: str, reading: Reading, with_conclusions: bool = False) -> Explanation:
    """Return all about an assertion, or about every assertion that concerns a thing, article or
    conflict.

    Raises KgError where nothing has that id.
    """
    corpus = reading.graph_corpus
    ids = _concerning(corpus.main_id(id), corpus)
    main = list(ids)
    if ids != (id,) and not with_conclusions:
        main = [each for each in ids if not corpus.assertions[each].rule]
    return _explanation(main, len(ids) - len(main), reading)


def explain_all(reading: Reading) -> Explanation:
    """Return all about every assertion that a lens shows, conclusions included, by one look at
    each.
    """
    return _explanation(list(reading.graph_corpus.assertions), 0, reading)


def _explanation(main: Sequence[str], conclusions: int, reading: Reading) -> Explanation:
    corpus, statements = reading.graph_corpus, reading.statements
    corrections = _corrections(main, corpus)
    beside = {rival for each in main for rival in statements[each].against}
    beside.update(
        *corrections.values(), *(corrected_ids(corpus.assertions[each], corpus) for each in main)
    )
    beside.update(limit for each in main for limit in statements[each].limits)
    beside.update(filter(None, (shown_state(statements[each], corpus) for each in main)))
    spoken_of = {each: corpus.assertions[each].object_assertion for each in main}
    speaking = _speaking(main, corpus)
    partial = _partial_denials(main, reading)
    beside.update(*partial.values())
    beside.update(filter(None, spoken_of.values()), *speaking.values())
    for each in closure([*main, *beside], lambda id: premise_ids(corpus.assertions[id])):
        beside.update(premise_ids(corpus.assertions[each]))
    return Explanation(
        tuple(statements[each] for each in main),
        {each: statements[each] for each in sorted(beside)},
        corpus,
        reading.judgement.counted_as,
        conclusions,
        corrections,
        speaking,
        partial,
    )


def related_ids(statement: Statement, explanation: Explanation) -> list[tuple[str, str]]:
    """Return the assertions that bear on one or that it bears on, by id, each after what it is to
    it: ``against``, ``correction``, ``ended by``, ``speaks of``.
    """
    a, corpus, id = statement.assertion, explanation.corpus, statement.id
    related = [("against", rival) for rival in statement.against]
    related += [("in part", denial) for denial in explanation.partial_denials.get(id, ())]
    related += [("correction", later) for later in explanation.corrections.get(id, ())]
    related += [("corrects", earlier) for earlier in corrected_ids(a, corpus)]
    if state := shown_state(statement, corpus):
        related.append(("ends" if a.ends else "begins", state))
    related += [(limit_label(explanation.beside[each]), each) for each in statement.limits]
    if a.object_assertion in explanation.beside:
        related.append(("speaks of", a.object_assertion))
    return related + [("of this", other) for other in explanation.speaking.get(id, ())]


def _partial_denials(ids: Collection[str], reading: Reading) -> dict[str, list[str]]:
    """The live denials that name some assertions, by their ids, and reach none of them: of one day
    in a month, of another place.
    """
    partial: dict[str, list[str]] = {id: [] for id in ids}
    for denial in reading.graph_corpus.assertions.values():
        target = denial.denies.id if denial.denies else ""
        is_live = not reading.statements[denial.id].is_gone
        if target in partial and is_live and denial.id not in reading.statements[target].rivals:
            partial[target].append(denial.id)
    return partial


def _speaking(ids: Collection[str], corpus: Corpus) -> dict[str, list[str]]:
    """What speaks of some assertions, by their ids."""
    speaking: dict[str, list[str]] = {id: [] for id in ids}
    for other in corpus.assertions.values():
        if other.object_assertion in speaking:
            speaking[other.object_assertion].append(other.id)
    return speaking


def _corrections(ids: Collection[str], corpus: Corpus) -> dict[str, list[str]]:
    """What corrects or replaces some assertions, by their ids; nothing that was withdrawn does."""
    corrections: dict[str, list[str]] = {id: [] for id in ids}
    for later in corpus.assertions.values():
        for earlier in corrected_by(later, corpus) if not later.withdrawn else ():
            if earlier.id in corrections:
                corrections[earlier.id].append(later.id)
    return corrections


def corrected_ids(assertion: Assertion, corpus: Corpus) -> list[str]:
    """Return the ids of what an assertion corrects or replaces."""
    return [earlier.id for earlier in corrected_by(assertion, corpus)]


def shown_state(statement: Statement, corpus: Corpus) -> str:
    """Return the state that a statement says to have ended or begun, where the lens shows it."""
    return statement.limited_state if statement.limited_state in corpus.assertions else ""


def premise_ids(assertion: Assertion) -> list[str]:
    """Return what an assertion follows from."""
    return [premise.id for premise in assertion.follows_from]


def _concerning(id: str, corpus: Corpus) -> tuple[str, ...]:
    """The assertions that a question about an id is about: itself, a conflict's rivals, all of a
    thing or article.
    """
    if id in corpus.assertions:
        return (id,)
    if id in corpus.conflicts:
        return tuple(rival.id for rival in corpus.conflicts[id].between)
    if id in corpus.things or id in corpus.articles:
        return tuple(each for each, a in corpus.assertions.items() if _concerns(id, a, corpus))
    others = (*corpus.assertions, *corpus.articles, *corpus.conflicts)
    raise KgError(f"nothing here is called '{id}'", hint=hint_of_thing(id, corpus.things, others))


def _concerns(id: str, a: Assertion, corpus: Corpus) -> bool:
    things = {corpus.main_id(reference.id) for reference in a.mentions}
    return id in things or any(c.article.id == id for c in a.citations)
