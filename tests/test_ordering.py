"""Rows sorted here stand as the engine would have sorted them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ontology.namespaces import KG
from kg.query.ordering import sort_rows, split_order

DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
EDTF = ox.NamedNode(f"{KG}edtf")
LETTERS = st.text(alphabet='aB é🙂!"\\\n\t#,', max_size=3)
COLUMNS = (
    LETTERS.map(ox.Literal),
    LETTERS.map(lambda text: ox.Literal(text, language="en")),
    LETTERS.map(lambda text: ox.Literal(text, datatype=EDTF)),
    st.integers(-(10**18) + 1, 10**18 - 1).map(ox.Literal),
    st.dates().map(lambda day: ox.Literal(day.isoformat(), datatype=DATE)),
)
"""Literals of which one column may have many."""
MIXED = (
    st.integers(-9, 9).map(ox.Literal)
    | st.decimals(-9, 9, places=1).map(lambda n: ox.Literal(str(n), datatype=DECIMAL)),
    st.sampled_from(
        [
            ox.Literal("a"),
            ox.Literal("b", language="en"),
            ox.Literal(f"1{18 * '0'}", datatype=INTEGER),
        ]
    ),
)
"""Literals that compare in other ways."""


Term = ox.NamedNode | ox.Literal | None


def column_of(literals: st.SearchStrategy[ox.Literal]) -> st.SearchStrategy[list[Term]]:
    """Values of a column: unbound, IRIs and literals."""
    iris = st.sampled_from("abAé").map(lambda name: ox.NamedNode(f"https://example.org/{name}"))
    return st.lists(st.none() | iris | literals, max_size=30)


@given(st.one_of([column_of(each) for each in (*COLUMNS, *MIXED)]))
def test_a_column_is_sorted_as_the_engine_sorts_it(values: list[Term]) -> None:
    rows = [(value, ox.Literal(number)) for number, value in enumerate(values)]
    bound = "".join(f"({value or 'UNDEF'} {number})" for number, value in enumerate(values))
    found = ox.Store().query(
        f"SELECT ?value ?number {{ VALUES (?value ?number) {{ {bound} }} }} ORDER BY ?value ?number"
    )
    assert isinstance(found, ox.QuerySolutions)
    sorted_rows = sort_rows(rows, [0])
    assert sorted_rows is not None
    assert [number for _, number in sorted_rows] == [number for _, number in found]


def test_what_no_query_can_name_is_left_to_the_engine() -> None:
    assert sort_rows([(ox.BlankNode("a"),)], [0]) is None


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT ?a ?b { ?a ?c ?b } ORDER BY ?b ?a # so", ("b", "a")),
        ("SELECT ?a { ?a ?c ?b } order by (<urn:x>) ?a", ("a",)),
        ("SELECT ?a { ?a ?c ?b } ORDER BY ?a LIMIT 3", None),
        ("SELECT ?a { ?a ?c ?b } ORDER BY DESC(?a)", None),
        ("SELECT ?a { ?a ?c ?b } ORDER BY (?b) ?a", None),
        ("SELECT ?a { { SELECT ?a { ?a ?c ?b } ORDER BY ?a } }", None),
        ("SELECT ?a { ?a ?c ?b } GROUP BY ?a", None),
        ("SELECT ?a { ?a ?c ?b } LIMIT 3 ORDER BY ?a", None),
        ("SELECT ?a { ?a ?c ?b } VALUES ?a { 1 } ORDER BY ?a", None),
        ("SELECT ?a { ?a ?c ?b } ORDER BY ?b ORDER BY ?a", None),
        ("SELECT ?a { { SELECT ?a { ?a ?c ?b } LIMIT 3 } VALUES ?a { 1 } } ORDER BY ?a", ("a",)),
        ("CONSTRUCT { ?a ?c ?b } WHERE { ?a ?c ?b } ORDER BY ?a", None),
        ("ORDER BY ?a", None),
        ("", None),
    ],
)
def test_an_order_of_columns_is_taken_from_the_end(text: str, columns: object) -> None:
    order = split_order(text)
    assert (order and order.columns) == columns
