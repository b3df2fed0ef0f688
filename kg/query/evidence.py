"""Who stands behind a row: the assertions, articles and paragraphs that an answer rests on.

A row rests on every assertion and every citation that its witnesses (``kg.query.witnesses``) name
themselves, and on every accepted assertion of a triple that one of the query's patterns matched. A
conclusion brings what it follows from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import filterfalse
from typing import NamedTuple

import pyoxigraph as ox

from kg.diagnostics import KgError
from kg.model.closure import closure
from kg.ontology.namespaces import DCTERMS, KG, RDF, RDFS, local_name
from kg.query.engine import run_query
from kg.query.patterns import Untraceable
from kg.query.run import Answer, Evidence, Form, Row, Term
from kg.query.witnesses import WitnessQuery, witness_query
from kg.text import join_and, preferred_label

MOST_WITNESSES = 1_000_000
"""The most solutions that are looked at for one answer."""

MOST_BOUNDS = 100
"""Of more values in a column the engine is not told: it compares each solution with each."""


def with_evidence(
    store: ox.Store, text: str, answer: Answer, prefixes: Mapping[str, str]
) -> Answer:
    """Return the answer that ``kg.query.run.ask_store`` gave to this text with the evidence behind
    each row.

    Raises KgError: exit code 2 for CONSTRUCT and DESCRIBE, 3 where the rows have too many
    witnesses.
    """
    if answer.form is Form.CONSTRUCT:
        raise KgError(
            "evidence is shown for rows, not for triples",
            hint="ask with SELECT, or leave out --evidence",
        )
    records = GraphRecords(store)
    behind, notes = find_records_behind(text, answer, prefixes, records)
    evidence = tuple(map(records.evidence, behind))
    return answer._replace(evidence=evidence, notes=notes)


def find_records_behind(
    text: str, answer: Answer, prefixes: Mapping[str, str], records: GraphRecords
) -> tuple[list[set[str]], tuple[str, ...]]:
    """Return the IRIs of the assertions and citations that each row of an answer rests on, and what
    is to be noted of them. Raises KgError (exit code 3) where the rows have too many witnesses.
    """
    behind = [set(records.among(row)) for row in _rows(answer)]
    notes: list[str] = []
    if answer.rows or answer.truth:
        try:
            rewritten = witness_query(text, answer.columns, _bounds(answer))
            keys = row_keys(rewritten, answer, answer.columns)
            iris_by_key: dict[Row, set[str]] = {key: set() for key in keys}
            for key, named_iris, triples in witnesses_by_key(
                records, rewritten, set(keys), prefixes
            ):
                iris_by_key[key].update(named_iris, *triples)
            for iris, key in zip(behind, keys, strict=True):
                iris |= iris_by_key[key]
            notes += filter(None, [rewritten.note])
        except Untraceable as reason:
            notes.append(f"the evidence of these rows could not be traced: {reason}")
    if answer.rows and not notes and not any(behind):
        notes.append("no assertion stands behind these rows: they show names, types and the like")
    return behind, tuple(notes)


def _bounds(answer: Answer) -> dict[str, set[str]]:
    """The values of each column that has few and nothing but IRIs."""
    bounds = {}
    for name, values in zip(answer.columns, zip(*answer.rows, strict=True), strict=False):
        terms = set(values)
        if len(terms) <= MOST_BOUNDS and all(isinstance(each, ox.NamedNode) for each in terms):
            bounds[name] = {str(each) for each in terms}
    return bounds


def _rows(answer: Answer) -> tuple[Row, ...]:
    """The rows of an answer; a yes or no is one without columns."""
    return answer.rows if answer.form is Form.SELECT else ((),)


def row_keys(rewritten: WitnessQuery, answer: Answer, columns: Sequence[str]) -> list[Row]:
    """Return for each row what it has in the columns that tie it to its witnesses; ``columns`` are
    those that the query has.
    """
    places = [columns.index(name) for name in rewritten.keys]
    return [_key(row, places) for row in _rows(answer)]


def _key(row: Row, places: Sequence[int]) -> Row:
    return tuple(row[place] for place in places)


class Witness(NamedTuple):
    """One way to come by the rows with a key: the IRIs of the assertions and citations that it
    names itself, and those of the accepted assertions of each triple that it matches.
    """

    key: Row
    named_iris: list[str]
    triples: list[Iterable[str]]


def witnesses_by_key(
    records: GraphRecords, rewritten: WitnessQuery, keys: set[Row], prefixes: Mapping[str, str]
) -> Iterator[Witness]:
    """Yield the witnesses of the rows with some keys.

    Raises Untraceable where the query cannot be read, KgError (exit code 3) where there are too
    many.
    """
    try:
        constants = _constants(records.store, rewritten, prefixes)
        solutions = _select(records.store, rewritten.query, prefixes)
    except SyntaxError:
        raise Untraceable("it is written in a way that is not understood here") from None
    names = [str(variable) for variable in solutions.variables]
    told_witnesses = [
        each
        for each in rewritten.patterns
        if each.predicate not in constants or records.is_asserted(constants[each.predicate])
    ]
    key_names = [f"?{name}" for name in rewritten.keys]
    for number, solution in enumerate(solutions):
        if number == MOST_WITNESSES:
            raise KgError(
                f"stopped at the limit of {MOST_WITNESSES:,} witnesses",
                exit_code=3,
                hint="ask for fewer rows",
            )
        terms = constants | dict(zip(names, solution, strict=True))
        key = tuple(map(terms.get, key_names))
        if key in keys:
            triples = [records.asserting(*map(terms.get, each)) for each in told_witnesses]
            yield Witness(key, list(records.among(solution)), triples)


def _select(store: ox.Store, text: str, prefixes: Mapping[str, str]) -> ox.QuerySolutions:
    solutions = run_query(store, text, prefixes)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _constants(
    store: ox.Store, rewritten: WitnessQuery, prefixes: Mapping[str, str]
) -> dict[str, Term | None]:
    """The terms that are written out in patterns, as the engine reads them."""
    slots = {slot: None for pattern in rewritten.patterns for slot in pattern}
    constants = [slot for slot in slots if not slot.startswith("?")]
    if not constants:
        return {}
    columns = " ".join(f"({term} AS ?c{number})" for number, term in enumerate(constants))
    text = f"{rewritten.prologue} SELECT {columns} WHERE {{}}"
    return dict(zip(constants, next(_select(store, text, prefixes)), strict=True))


class GraphRecords:
    """The assertions and citations of a graph, each looked up once."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._is_record = cache(lambda iri: self._is_a(iri, "Assertion", "Inferred", "Citation"))
        self._assertions_about = cache(self._find_assertions)
        self.is_asserted = cache(self._has_assertions)
        self._evidence_of = cache(self._assertion_evidence)
        self._is_citation = cache(lambda iri: self._is_a(iri, "Citation"))
        self._premises = cache(lambda iri: self.values(iri, f"{KG}followsFrom"))

    def _is_a(self, iri: str, *classes: str) -> bool:
        types = self.values(iri, f"{RDF}type")
        return any(f"{KG}{name}" in types for name in classes)

    def among(self, terms: Iterable[Term | None]) -> Iterator[str]:
        """Yield the IRIs of the assertions and citations among some terms."""
        for term in terms:
            if isinstance(term, ox.NamedNode) and self._is_record(term.value):
                yield term.value

    def asserting(
        self, subject: Term | None, predicate: Term | None, object: Term | None
    ) -> Iterable[str]:
        """Return the accepted assertions of a triple."""
        if not isinstance(subject, ox.NamedNode):
            return ()
        return self._assertions_about(subject.value).get((predicate, object), ())

    def _has_assertions(self, predicate: Term | None) -> bool:
        """Whether any assertion has this predicate: most of those in a query are of records."""
        rdf_predicate = ox.NamedNode(f"{RDF}predicate")
        if not isinstance(predicate, ox.NamedNode):
            return False
        return any(self.store.quads_for_pattern(None, rdf_predicate, predicate, None))

    def _find_assertions(self, subject: str) -> dict[tuple[Term | None, Term | None], list[str]]:
        """The accepted assertions that have a subject, by predicate and object."""
        assertions: dict[tuple[Term | None, Term | None], list[str]] = {}
        rdf_subject, node = ox.NamedNode(f"{RDF}subject"), ox.NamedNode(subject)
        for quad in self.store.quads_for_pattern(None, rdf_subject, node, None):
            assert isinstance(quad.subject, ox.NamedNode)
            iri = quad.subject.value
            if f"{KG}Accepted" in self.values(iri, f"{KG}status"):
                (predicate,) = self._objects(iri, f"{RDF}predicate")
                (object,) = self._objects(iri, f"{RDF}object")
                assertions.setdefault((predicate, object), []).append(iri)
        return assertions

    def _objects(self, subject: str, predicate: str) -> list[Term]:
        terms = (ox.NamedNode(subject), ox.NamedNode(predicate))
        return [quad.object for quad in self.store.quads_for_pattern(*terms, None, None)]

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property, in order."""
        terms = self._objects(subject, predicate)
        return sorted(term.value for term in terms if isinstance(term, ox.NamedNode | ox.Literal))

    def _value(self, subject: str, predicate: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.values(subject, predicate)), "")

    def _label(self, subject: str, predicate: str) -> str:
        literals = (
            term for term in self._objects(subject, predicate) if isinstance(term, ox.Literal)
        )
        return preferred_label((term.language or "", term.value) for term in literals)[1]

    def evidence(self, iris: Collection[str]) -> tuple[Evidence, ...]:
        """Return the citations of assertions, of all that they follow from, and citations that
        belong to none of these.
        """
        citations = set(filter(self._is_citation, iris))
        evidence: set[Evidence] = set()
        for assertion in self.assertions(iris):
            evidence.update(self._evidence_of(assertion))
            citations.difference_update(self.values(assertion, f"{KG}citation"))
        for citation in citations:
            evidence.update(self._citations("", "", citation))
        return tuple(sorted(evidence))

    def assertions(self, iris: Iterable[str]) -> list[str]:
        """Return the IRIs of the assertions among some, and of all that they follow from."""
        return closure(filterfalse(self._is_citation, iris), self._premises)

    def _assertion_evidence(self, assertion: str) -> tuple[Evidence, ...]:
        status = local_name(self._value(assertion, f"{KG}status")).lower()
        for certainty in self.values(assertion, f"{KG}holds"):
            holds = self._label(certainty, f"{RDFS}label")
            status += f", {holds}" if holds != "certainly" else ""
        rule = self._value(assertion, f"{KG}byRule")
        evidence: list[Evidence] = []
        citations = self.values(assertion, f"{KG}citation")
        unretracted = [each for each in citations if not self._is_retracted(each)]
        for citation in unretracted or citations:
            evidence += self._citations(assertion, status, citation)
        return tuple(evidence) or (Evidence(assertion, status, rule),)

    def _is_retracted(self, citation: str) -> bool:
        """Whether a citation is of an article that was retracted, so that it supports nothing."""
        articles = self.values(citation, f"{KG}article")
        return any(self.values(article, f"{KG}retractionCitation") for article in articles)

    def _citations(self, assertion: str, status: str, citation: str) -> Iterator[Evidence]:
        paragraph = int(self._value(citation, f"{KG}paragraph") or 0)
        place = "" if paragraph else self._value(citation, f"{KG}place")
        for article in self.values(citation, f"{KG}article"):
            yield Evidence(
                assertion,
                status,
                date=self._value(article, f"{DCTERMS}issued"),
                article=article,
                paragraph=paragraph,
                place=place,
                title=self._label(article, f"{DCTERMS}title"),
                publisher=self._names(article, "publisher"),
                originator=self._names(article, "originator"),
                quote=self._value(citation, f"{KG}quote"),
            )

    def _names(self, article: str, role: str) -> str:
        iris = self.values(article, f"{KG}{role}")
        return join_and([self._label(iri, f"{RDFS}label") for iri in iris])
