"""The W3C's SPARQL 1.1 query tests, asked as every question is asked: what fails is on this list.

A test that begins to pass is taken off it; one that begins to fail is a mistake.
"""

from __future__ import annotations

import pyoxigraph as ox
from conftest import shared_path
from w3c import BASE, Answer, passes, read_result, read_suite

from kg.diagnostics import KgError
from kg.query.run import Form, ask_store

ARCHIVE = "suites/w3c-sparql11.tar.xz"
BY_ENGINE = {
    "aggregates/agg-empty-group-count-graph": "a group of no solutions in each of several graphs",
    "aggregates/agg-groupconcat-04": "a list of texts in one language has that language",
    "aggregates/agg-groupconcat-06": "a list of texts in one language has that language",
    "bindings/graph": "VALUES may name the graph in which it stands",
    "functions/bnode01": "a blank node made of a text is another one for each solution",
    "negation/graph-minus": "MINUS within a named graph",
    "property-path/zero_or_more_set_end": "a path of no step from a thing that the graph lacks",
    "property-path/zero_or_more_set_start": "a path of no step from a thing that the graph lacks",
    "property-path/zero_or_one_set_end": "a path of no step from a thing that the graph lacks",
    "property-path/zero_or_one_set_start": "a path of no step from a thing that the graph lacks",
}
"""What pyoxigraph answers otherwise. A workspace is one graph, so named graphs do not matter."""

REFUSED = {
    "syntax-query/test_42": "FROM is refused: a workspace is one graph",
    "syntax-query/test_4": "unknown function",
}
"""Good syntax that kg refuses, and what it says: nobody has the graph, or the function. Tests of
syntax are passed by whoever does not call it malformed, so of the engine's too.
"""


def engine(store: ox.Store, text: str, base: str) -> Answer:
    """The engine alone. A function that it does not have is no mistake in syntax."""
    try:
        return read_result(store.query(text, base_iri=base))
    except RuntimeError:
        return Answer()


def kg_query(store: ox.Store, text: str, base: str) -> Answer:
    """As ``kg query`` asks; the base is that of a data set."""
    try:
        answer = ask_store(store, text, {"": base})
    except KgError as error:
        if any(words in str(error) for words in REFUSED.values()):
            return Answer()
        raise
    if answer.form is Form.ASK:
        return Answer(truth=answer.truth)
    if answer.form is Form.CONSTRUCT:
        return Answer(triples=answer.triples)
    rows = (zip(answer.columns, row, strict=True) for row in answer.rows)
    return Answer(rows=tuple({name: term for name, term in row if term} for row in rows))


def test_the_query_tests_of_the_w3c_fail_where_the_list_says_and_nowhere_else() -> None:
    suite = list(read_suite(shared_path(ARCHIVE)))
    assert len(suite) == 328
    assert {test.name for test in suite if not passes(test, engine)} == BY_ENGINE.keys()
    assert {test.name for test in suite if not passes(test, kg_query)} == BY_ENGINE.keys()


def test_of_the_w3cs_good_queries_kg_refuses_two_and_says_why() -> None:
    refused = {}
    for test in read_suite(shared_path(ARCHIVE)):
        if test.kind == "NegativeSyntaxTest11":
            continue
        try:
            ask_store(test.store() if test.data else ox.Store(), test.text, {"": BASE + test.query})
        except KgError as error:
            refused[test.name] = str(error)
    assert refused.keys() == REFUSED.keys()
    assert all(REFUSED[name] in said for name, said in refused.items())
