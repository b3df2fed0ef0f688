"""What an explanation of an assertion rests on: all that stands against it, that it follows from,
that ends it, corrects it or speaks of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.diagnostics import KgError
from kg.model import Assertion
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.reading import Reading
from kg.reports.wordings import limit_label
from kg.status.corrections import corrected_by
from kg.status.naming import hint_of_thing
from kg.status.statement import Statement


class Explanation(NamedTuple):
    """The statements that were asked for (``main``), and all that stands against them or that they
    follow from (``beside``, by id).

    ``related`` holds what bears on each of ``main`` or what it bears on (``find_related``).
    ``conclusions`` counts the ones that kg draws about a thing and that are not among ``main``.
    """

    main: tuple[Statement, ...]
    related: Mapping[str, list[tuple[str, str]]]
    beside: Mapping[str, Statement]
    conclusions: int


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
    related = find_related(main, reading)
    starts = {other for each in related.values() for _, other in each}
    starts.update(*(premise_ids(corpus.assertions[each]) for each in main))
    beside = closure(starts, lambda each: premise_ids(corpus.assertions[each]))
    return Explanation(
        tuple(reading.statements[each] for each in main),
        related,
        {each: reading.statements[each] for each in sorted(beside)},
        len(ids) - len(main),
    )


def find_related(ids: Collection[str], reading: Reading) -> dict[str, list[tuple[str, str]]]:
    """Return the ids of what bears on some assertions or what they bear on, by their ids, each
    after what it is to it: ``against``, ``correction``, ``ended by``, ``speaks of``.
    """
    corpus, statements = reading.graph_corpus, reading.statements
    assertions = corpus.assertions.values()
    unreached = group_pairs(_unreached_denials(set(ids), reading))
    speaking = group_pairs((a.object_assertion, a.id) for a in assertions)
    # Nothing that was withdrawn corrects anything.
    corrections = group_pairs(
        (earlier.id, later.id)
        for later in assertions
        for earlier in (corrected_by(later, corpus) if not later.withdrawn else ())
    )
    related: dict[str, list[tuple[str, str]]] = {}
    for id in ids:
        a, statement = corpus.assertions[id], statements[id]
        state = statement.limited_state if statement.limited_state in corpus.assertions else ""
        ids_by_label: dict[str, Iterable[str]] = {
            "against": statement.against,
            "denied by" if statement.is_gone else "in part": unreached.get(id, ()),
            "correction": corrections.get(id, ()),
            "corrects": [earlier.id for earlier in corrected_by(a, corpus)],
            "ends" if a.ends else "begins": [state] if state else (),
        }
        related[id] = [(label, each) for label, some in ids_by_label.items() for each in some]
        related[id] += [(limit_label(statements[each]), each) for each in statement.limits]
        related[id] += [("speaks of", a.object_assertion)] if a.object_assertion else []
        related[id] += [("of this", each) for each in speaking.get(id, ())]
    return related


def _unreached_denials(ids: Collection[str], reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the live denials that name one of some assertions and do not reach it, each behind that
    assertion: of one day in a month, of another place, or of what was taken back or replaced.
    """
    statements = reading.statements
    for denial in reading.graph_corpus.assertions.values():
        target = denial.denies.id if denial.denies else ""
        is_live = target in ids and not statements[denial.id].is_gone
        if is_live and denial.id not in statements[target].standing.against:
            yield target, denial.id


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
    others = (*corpus.assertions, *corpus.conflicts)
    hint = hint_of_thing(id, corpus.things, others, corpus.articles)
    raise KgError(f"nothing here is called '{id}'", hint=hint)


def _concerns(id: str, a: Assertion, corpus: Corpus) -> bool:
    things = {corpus.main_id(reference.id) for reference in a.mentions}
    return id in things or any(c.article.id == id for c in a.citations)
