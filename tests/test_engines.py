"""Generated queries have one answer by rdflib's engine and by ours, over the example's own triples.

Of 800 queries all but those of these kinds agreed, and these are not generated:

- A subquery grouped over no solutions has no row; rdflib gives one that is empty (here HAVING takes
  it away). Of what an outer pattern binds a subquery knows nothing that it does not show; rdflib
  lets it see that.
- A text is not greater than a number: that is an error, and no row; rdflib orders them.

Nor are those for which SPARQL 1.1 allows several answers: LIMIT without ORDER BY, SAMPLE, the order
of terms that it does not order.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

import pyoxigraph as ox
import pytest
import rdflib
from conftest import REPOSITORY

from kg.files.workspace import Workspace
from kg.query.run import Form, ask_store
from kg.reading import Reading, read

QUERIES = 60
MOST_ASSERTIONS = 80
PREDICATES = [
    "rdf:type",
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "kg:status",
    "kg:speaker",
    "kg:citation",
    "kg:article",
    "kg:paragraph",
    "kg:publisher",
    "kg:originator",
    "kg:proposition",
    "kg:polarity",
    "rdfs:label",
    "kg:partyTo",
    "kg:when",
    "kg:knownFrom",
    "kg:independentSources",
]
THINGS = [
    ":japan",
    ":south-korea",
    ":gsomia",
    "kg:Accepted",
    "kg:Contested",
    "kg:Actual",
    "kg:State",
    "1",
    "2",
]
FILTERS = (
    "FILTER(?a != ?b)",
    "FILTER(BOUND(?c))",
    "FILTER(isIRI(?b))",
    "FILTER(STRLEN(STR(?b)) > 30)",
    "FILTER(?b IN (:japan, kg:Accepted, 1, 2))",
    'FILTER(CONTAINS(LCASE(STR(?b)), "a"))',
    "FILTER(!BOUND(?d) || ?d != ?b)",
    "FILTER(isNumeric(?b) && ?b > 1)",
    'FILTER(LANG(?b) = "en")',
    "BIND(STRLEN(STR(?b)) AS ?n)",
    'BIND(COALESCE(?c, "none") AS ?m)',
    "VALUES ?b { :japan :south-korea kg:Accepted kg:Assertion 1 }",
)
EXTRAS = (
    "{body}",
    "{body} OPTIONAL {{ {extra} }}",
    "{{ {body} }} UNION {{ {extra} }}",
    "{body} MINUS {{ {extra} }}",
    "{body} FILTER EXISTS {{ {extra} }}",
    "{body} FILTER NOT EXISTS {{ {extra} }}",
    "{body} {{ SELECT ?a (COUNT(?s) AS ?k) {{ {hidden} }} GROUP BY ?a HAVING (COUNT(?s) > 0) }}",
)
FORMS = (
    "SELECT * {{ {} }}",
    "SELECT DISTINCT ?a ?b {{ {} }}",
    "SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT ?b) AS ?some) {{ {} }}",
    "SELECT ?a (COUNT(?b) AS ?all) {{ {} }} GROUP BY ?a HAVING (COUNT(?b) > 1)",
    "ASK {{ {} }}",
)


def triples(random: Random, number: int) -> str:
    """Patterns that hang together, so that no product is asked for."""
    variables, patterns = ["?a", "?b", "?c", "?d"], []
    for each in range(number):
        predicate = random.choice(PREDICATES)
        if random.random() < 0.15:
            predicate = f"^{predicate}/{random.choice(PREDICATES)}"
        ends = (random.choice(variables[: each + 1]), variables[each + 1])
        subject, object = ends if random.random() < 0.7 else reversed(ends)
        if random.random() < 0.15:
            object = random.choice(THINGS)
        patterns.append(f"{subject} {predicate} {object}")
    return " . ".join(patterns)


def query(random: Random) -> str:
    """A query of a few patterns, with what may stand beside them."""
    body, extra = triples(random, random.randint(1, 3)), triples(random, 1)
    hidden = extra.replace("?b", "?s")
    text = random.choice(EXTRAS).format(body=body, extra=extra, hidden=hidden)
    if random.random() < 0.4:
        text += f" {random.choice(FILTERS)}"
    return random.choice(FORMS).format(text)


@cache
def reading() -> Reading:
    return read(Workspace(REPOSITORY), questions=())


@cache
def store() -> ox.Store:
    """The triples of some assertions of the example, and of what they name."""
    whole, part = reading().store, ox.Store()
    ids = list(reading().corpus.assertions)[:MOST_ASSERTIONS]
    prefix = reading().ontology.prefixes["assertion"]
    nodes: list[ox.NamedNode] = [ox.NamedNode(f"{prefix}{id}") for id in ids]
    for _ in range(3):
        quads = [quad for node in nodes for quad in whole.quads_for_pattern(node, None, None)]
        part.extend(quads)
        named = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
        nodes = sorted(named, key=str)
    return part


@cache
def graph() -> rdflib.Graph:
    """The same triples for rdflib."""
    found = rdflib.Graph(bind_namespaces="none")
    data = store().dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    found.parse(data=data, format="nt")
    for prefix, iri in reading().ontology.prefixes.items():
        found.bind(prefix, iri)
    return found


def ours(text: str) -> object:
    answer = ask_store(store(), text, reading().ontology.prefixes)
    if answer.form is Form.ASK:
        return answer.truth
    rows = (zip(answer.columns, row, strict=True) for row in answer.rows)
    return Counter(frozenset((n, str(term)) for n, term in row if term) for row in rows)


def theirs(text: str) -> object:
    answer = graph().query(text)
    if answer.type == "ASK":
        return answer.askAnswer
    return Counter(
        frozenset((str(name), ntriples(term)) for name, term in binding.items())
        for binding in answer.bindings
    )


def ntriples(term: rdflib.term.Node) -> str:
    """A term as both engines write it."""
    assert isinstance(term, rdflib.URIRef | rdflib.Literal | rdflib.BNode)
    if not isinstance(term, rdflib.Literal):
        return term.n3()
    datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
    return str(ox.Literal(str(term), language=term.language, datatype=datatype))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_generated_query_has_one_answer_by_two_engines() -> None:
    found = 0
    for number in range(QUERIES):
        text = query(Random(number))
        answer = ours(text)
        assert answer == theirs(text), text
        found += bool(answer)
    assert found > QUERIES / 3
