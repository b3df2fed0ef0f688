"""Who stands behind a row: the assertions, articles and paragraphs that an answer rests on.

A row rests on every assertion and every citation that its witnesses (``kg.query.witnesses``) name
themselves, and on every accepted assertion of a triple that one of the query's patterns matched. A
conclusion brings what it follows from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache

import pyoxigraph as ox

from kg.diagnostics import KgError
from kg.ontology import COMMON_PREFIXES, KG, RDF, RDFS, local_name
from kg.query.patterns import Pattern, Untraceable
from kg.query.run import Answer, Evidence, Form, Row, Term
from kg.query.witnesses import Witnesses, witnesses

MOST_WITNESSES = 1_000_000
"""The most solutions that are looked at for one answer."""


def with_evidence(
    store: ox.Store, text: str, answer: Answer, prefixes: Mapping[str, str]
) -> Answer:
    """The answer that ``kg.query.run.ask`` gave to this text, with the evidence behind each row,
    in its order.

    Raises KgError: exit code 2 for CONSTRUCT and DESCRIBE, 3 where the rows have too many
    witnesses.
    """
    if answer.form is Form.CONSTRUCT:
        raise KgError(
            "evidence is shown for rows, not for triples",
            hint="ask with SELECT, or leave out --evidence",
        )
    graph = _Graph(store)
    rows: tuple[Row, ...] = answer.rows if answer.form is Form.SELECT else ((),)
    behind = [{iri for term in row for iri in graph.named(term)} for row in rows]
    notes: tuple[str, ...] = ()
    if answer.rows or answer.truth:
        try:
            found = witnesses(text, answer.columns)
            _trace(graph, found, answer.columns, rows, behind, prefixes)
            notes = (found.note,) if found.note else ()
        except Untraceable as reason:
            notes = (f"the evidence of these rows could not be traced: {reason}",)
    if not any(behind):
        notes += ("no assertion stands behind these rows: they show names, types and the like",)
    evidence = tuple(graph.evidence(iris) for iris in behind)
    return answer._replace(evidence=evidence, notes=notes)


def _trace(
    graph: _Graph,
    found: Witnesses,
    columns: tuple[str, ...],
    rows: tuple[Row, ...],
    behind: list[set[str]],
    prefixes: Mapping[str, str],
) -> None:
    """Add to each row the assertions behind it."""
    places = [columns.index(name) for name in found.keys]
    by_key: dict[Row, set[str]] = {}
    for row in rows:
        by_key.setdefault(tuple(row[place] for place in places), set())
    try:
        terms = _terms(graph.store, found, prefixes)
        solutions = graph.store.query(found.query, prefixes=dict(prefixes))
    except SyntaxError:
        raise Untraceable("it is written in a way that is not understood here") from None
    assert isinstance(solutions, ox.QuerySolutions)
    number = {variable.value: place for place, variable in enumerate(solutions.variables)}
    keys = [number.get(name) for name in found.keys]
    pick = [_picker(pattern, number, terms) for pattern in found.patterns]
    for seen, solution in enumerate(solutions):
        if seen == MOST_WITNESSES:
            raise KgError(
                f"stopped at the limit of {MOST_WITNESSES:,} witnesses",
                exit_code=3,
                hint="ask for fewer rows",
            )
        values: Row = tuple(solution)
        mine = by_key.get(tuple(None if place is None else values[place] for place in keys))
        if mine is not None:
            for term in values:
                mine.update(graph.named(term))
            for triple in pick:
                mine.update(graph.asserting(*triple(values)))
    for row, iris in zip(rows, behind, strict=True):
        iris |= by_key[tuple(row[place] for place in places)]


_Triple = tuple[Term | None, Term | None, Term | None]


def _picker(
    pattern: Pattern, number: Mapping[str, int], terms: Mapping[str, Term]
) -> Callable[[Row], _Triple]:
    """What makes a solution into the triple of a pattern; a variable that the solution lacks makes
    None.
    """
    slots = [
        (number.get(slot[1:]) if slot.startswith("?") else None, terms.get(slot))
        for slot in pattern
    ]

    def triple(values: Row) -> _Triple:
        s, p, o = (term if place is None else values[place] for place, term in slots)
        return s, p, o

    return triple


def _terms(store: ox.Store, found: Witnesses, prefixes: Mapping[str, str]) -> dict[str, Term]:
    """The terms that are written out in patterns, as the engine reads them."""
    slots = sorted(
        {slot for pattern in found.patterns for slot in pattern if not slot.startswith("?")}
    )
    columns = " ".join(f"({slot} AS ?c{number})" for number, slot in enumerate(slots))
    if not slots:
        return {}
    solutions = store.query(
        f"{found.prologue} SELECT {columns} WHERE {{}}", prefixes=dict(prefixes)
    )
    assert isinstance(solutions, ox.QuerySolutions)
    return {
        slot: term for slot, term in zip(slots, next(solutions), strict=True) if term is not None
    }


class _Graph:
    """Looks up assertions and their citations, each once."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.is_a = cache(self._is_a)
        self.about = cache(self._about)
        self.cited = cache(self._cited)

    def _is_a(self, iri: str, *kinds: str) -> bool:
        node, rdf_type = ox.NamedNode(iri), ox.NamedNode(f"{RDF}type")
        return any(
            ox.Quad(node, rdf_type, ox.NamedNode(f"{KG}{kind}")) in self.store for kind in kinds
        )

    def named(self, term: Term | None) -> tuple[str, ...]:
        """The assertion or citation that a value is, if it is one."""
        if not isinstance(term, ox.NamedNode) or not self.is_a(
            term.value, "Assertion", "Inferred", "Citation"
        ):
            return ()
        return (term.value,)

    def asserting(
        self, subject: Term | None, predicate: Term | None, object: Term | None
    ) -> Iterable[str]:
        """The accepted assertions of a triple."""
        if (
            not isinstance(subject, ox.NamedNode)
            or not isinstance(predicate, ox.NamedNode)
            or object is None
        ):
            return ()
        return self.about(subject.value).get((predicate.value, object), ())

    def _about(self, subject: str) -> dict[tuple[str, Term], list[str]]:
        """The accepted assertions that have a subject, by predicate and object."""
        found: dict[tuple[str, Term], list[str]] = {}
        for quad in self.store.quads_for_pattern(
            None, ox.NamedNode(f"{RDF}subject"), ox.NamedNode(subject), None
        ):
            assert isinstance(quad.subject, ox.NamedNode)
            iri = quad.subject.value
            if f"{KG}Accepted" in self._values(iri, f"{KG}status"):
                for predicate in self._values(iri, f"{RDF}predicate"):
                    for object in self._objects(iri, f"{RDF}object"):
                        found.setdefault((predicate, object), []).append(iri)
        return found

    def _objects(self, subject: str, predicate: str) -> list[Term]:
        quads = self.store.quads_for_pattern(
            ox.NamedNode(subject), ox.NamedNode(predicate), None, None
        )
        return [quad.object for quad in quads]

    def _values(self, subject: str, predicate: str) -> list[str]:
        terms = self._objects(subject, predicate)
        return sorted(term.value for term in terms if isinstance(term, ox.NamedNode | ox.Literal))

    def _label(self, subject: str, predicate: str) -> str:
        """What something is called: in English, or with no language, or in any."""
        literals = [
            term for term in self._objects(subject, predicate) if isinstance(term, ox.Literal)
        ]
        ranked = sorted(
            literals, key=lambda term: (not (term.language or "en").startswith("en"), term.value)
        )
        return ranked[0].value if ranked else ""

    def evidence(self, iris: Collection[str]) -> tuple[Evidence, ...]:
        """The citations of assertions, of all that they follow from, and citations that belong to
        none of these.
        """
        citations = {iri for iri in iris if self.is_a(iri, "Citation")}
        assertions = sorted(set(iris) - citations)
        for iri in assertions:
            assertions += [
                parent
                for parent in self._values(iri, f"{KG}followsFrom")
                if parent not in assertions
            ]
        covered = {
            citation for iri in assertions for citation in self._values(iri, f"{KG}citation")
        }
        found = {evidence for iri in assertions for evidence in self.cited(iri)}
        found.update(
            evidence for iri in citations - covered for evidence in self._citations("", "", iri)
        )
        return tuple(sorted(found))

    def _cited(self, assertion: str) -> tuple[Evidence, ...]:
        status = "".join(
            local_name(iri).lower() for iri in self._values(assertion, f"{KG}status")[:1]
        )
        if f"{KG}Possibly" in self._values(assertion, f"{KG}holds"):
            status += ", possibly"
        citations = self._values(assertion, f"{KG}citation")
        found = [
            evidence
            for citation in citations
            for evidence in self._citations(assertion, status, citation)
        ]
        rule = "".join(self._values(assertion, f"{KG}byRule")[:1])
        return tuple(found) or (Evidence(assertion, status, rule),)

    def _citations(self, assertion: str, status: str, citation: str) -> list[Evidence]:
        articles = self._values(citation, f"{KG}article")
        return [self._citation(assertion, status, article, citation) for article in articles]

    def _citation(self, assertion: str, status: str, article: str, citation: str) -> Evidence:
        dcterms = COMMON_PREFIXES["dcterms"]
        names = {
            role: ", ".join(
                self._label(iri, f"{RDFS}label") for iri in self._values(article, f"{KG}{role}")
            )
            for role in ("publisher", "originator")
        }
        return Evidence(
            assertion,
            status,
            date="".join(self._values(article, f"{dcterms}issued")[:1]),
            article=article,
            paragraph=int("".join(self._values(citation, f"{KG}paragraph")[:1]) or 0),
            title=self._label(article, f"{dcterms}title"),
            publisher=names["publisher"],
            originator=names["originator"],
        )
