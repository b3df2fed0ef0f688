"""The W3C's SPARQL 1.1 query tests, read from the archive beside the repository.

https://www.w3.org/2009/sparql/docs/tests/README.html says what a manifest means.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pyoxigraph as ox

from kg.diagnostics import KgError

SUITE = "rdf-tests/sparql/sparql11"
FOLDERS = [
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "exists",
    "functions",
    "grouping",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
    "syntax-query",
]
"""What tests queries: not updates, protocols, entailment, federation or the forms of results."""

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
KINDS = ("QueryEvaluationTest", "PositiveSyntaxTest11", "NegativeSyntaxTest11")
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"

Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class QueryTest:
    """One test: its name (``bind/bind01``), what kind it is, and its files by their names."""

    name: str
    kind: str
    base: str
    query: str
    data: tuple[tuple[str, str], ...]
    expected: str
    files: Mapping[str, bytes]

    @property
    def text(self) -> str:
        return self.files[self.query].decode()

    def store(self) -> ox.Store:
        """The data: in the default graph, or in one that a file's name is the name of."""
        store = ox.Store()
        for graph, file in self.data:
            to = ox.NamedNode(graph) if graph else ox.DefaultGraph()
            form = ox.RdfFormat.from_extension(PurePosixPath(file).suffix[1:])
            base = BASE + file
            store.load(self.files[file], form, base_iri=base, to_graph=to)
        return store


def read_suite(archive: Path) -> Iterator[QueryTest]:
    """Every test of the suite, in order of names."""
    files = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            if file := tar.extractfile(member) if member.isfile() else None:
                files[member.name.removeprefix(f"{SUITE}/")] = file.read()
    for folder in FOLDERS:
        yield from _tests_of(folder, files)


def _tests_of(folder: str, files: Mapping[str, bytes]) -> Iterator[QueryTest]:
    base = f"{BASE}{folder}/"
    facts = _Facts(files[f"{folder}/manifest.ttl"], base)
    for subject, kind in sorted(facts.tests(), key=lambda each: str(each[0])):
        action = facts.one(subject, f"{MF}action")
        query = facts.one(action, f"{QT}query") or action
        data = [("", iri) for iri in facts.all(action, f"{QT}data")]
        data += [(iri.value, iri) for iri in facts.all(action, f"{QT}graphData")]
        result = facts.one(subject, f"{MF}result")
        name = f"{folder}/{subject.value.partition('#')[2]}"
        pairs = tuple((graph, iri.value.removeprefix(BASE)) for graph, iri in data)
        expected = result.value.removeprefix(BASE) if result else ""
        yield QueryTest(name, kind, base, query.value.removeprefix(BASE), pairs, expected, files)


class _Facts:
    """The triples of a manifest."""

    def __init__(self, data: bytes, base: str) -> None:
        self.store = ox.Store()
        self.store.load(data, ox.RdfFormat.TURTLE, base_iri=f"{base}manifest")

    def tests(self) -> Iterator[tuple[ox.NamedNode, str]]:
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), None):
            kind = str(quad.object)[1:-1].removeprefix(MF)
            if kind in KINDS and isinstance(quad.subject, ox.NamedNode):
                yield quad.subject, kind

    def all(self, subject: Any, predicate: str) -> list[Any]:
        quads = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in quads]

    def one(self, subject: Any, predicate: str) -> Any:
        return next(iter(self.all(subject, predicate)), None)


Ask = Callable[[ox.Store, str, str], "Answer"]


@dataclass(frozen=True)
class Answer:
    """What was answered: the rows of a SELECT by column, triples, or a truth."""

    rows: tuple[dict[str, Term], ...] | None = None
    triples: tuple[ox.Triple, ...] | None = None
    truth: bool | None = None


def passes(test: QueryTest, ask: Ask) -> bool:
    """Whether a way of asking does what a test wants."""
    store = test.store() if test.kind == "QueryEvaluationTest" else ox.Store()
    try:
        answer = ask(store, test.text, BASE + test.query)
    except (KgError, SyntaxError, RuntimeError, OSError, ValueError):
        return test.kind == "NegativeSyntaxTest11"
    if test.kind != "QueryEvaluationTest":
        return test.kind == "PositiveSyntaxTest11"
    return _canonical(answer) == _canonical(_expected(test, answer))


def _canonical(answer: Answer) -> object:
    """An answer with blank nodes renamed, so that equal ones are isomorphic: each row is a node
    with its terms as properties (``rs:ResultSet``).
    """
    if answer.truth is not None:
        return answer.truth
    quads = [ox.Quad(*triple) for triple in answer.triples or ()]
    for number, row in enumerate(answer.rows or ()):
        node = ox.BlankNode(f"row{number}")
        quads.append(ox.Quad(node, ox.NamedNode(f"{RS}is"), ox.NamedNode(f"{RS}row")))
        for name, term in row.items():
            quads.append(ox.Quad(node, ox.NamedNode(f"{RS}{name}"), _value(term)))
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset)), answer.rows is None


def _value(term: Term) -> Term:
    """A term, in one form of several that mean the same value."""
    if not isinstance(term, ox.Literal):
        return term
    if term.datatype.value.endswith(("#decimal", "#double", "#float")):
        return ox.Literal(str(float(term.value)), datatype=term.datatype)
    if term.datatype.value.endswith("#boolean"):
        return ox.Literal(str(term.value in ("1", "true")), datatype=term.datatype)
    return term


def _expected(test: QueryTest, answer: Answer) -> Answer:
    data, ending = test.files[test.expected], PurePosixPath(test.expected).suffix
    if ending in (".ttl", ".nt"):
        triples = [quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE, base_iri=test.base)]
        if answer.rows is None:
            return Answer(triples=tuple(triples))
        return Answer(rows=tuple(_rows_of(triples)))
    form = ox.QueryResultsFormat.from_extension(ending[1:])
    return read_result(ox.parse_query_results(data, form))


def _rows_of(triples: list[ox.Triple]) -> Iterator[dict[str, Term]]:
    """The rows of a result set that is written as triples."""
    facts: dict[Term, dict[str, list[Any]]] = {}
    for s, p, o in triples:
        facts.setdefault(s, {}).setdefault(p.value.removeprefix(RS), []).append(o)
    for each in facts.values():
        for solution in each.get("solution", ()):
            bindings = [facts[binding] for binding in facts[solution].get("binding", ())]
            yield {each["variable"][0].value: each["value"][0] for each in bindings}


def read_result(result: Result) -> Answer:
    """What the engine answers, or a file of results holds."""
    if isinstance(result, ox.QuerySolutions):
        names = [variable.value for variable in result.variables]
        found = tuple({n: row[n] for n in names if row[n] is not None} for row in result)
        return Answer(rows=found)
    if isinstance(result, ox.QueryTriples):
        return Answer(triples=tuple(result))
    return Answer(truth=bool(result))
