"""Tokens of SPARQL, parameters bound as terms, and what is refused."""

from __future__ import annotations

import re
import tarfile

import pyoxigraph as ox
import pytest
from conftest import shared_path
from graphs import BASE, PREFIXES, example
from hypothesis import assume, given
from hypothesis import example as with_example
from hypothesis import strategies as st

from kg.diagnostics import KgError
from kg.query.binding import assignment_problem, bind_terms, open_string_problem
from kg.query.errors import (
    DEEPEST,
    engine_problem,
    refusal_problem,
    try_query,
    unclosed_problem,
)
from kg.query.run import ask_store
from kg.query.sparql import TokenKind, tokenize_query

ANYTHING = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
SPARQL_LIKE = st.lists(
    st.sampled_from(
        [
            *(
                [
                    "SELECT",
                    "?x",
                    "$y",
                    "{",
                    "}",
                    "(",
                    ")",
                    "<http://x/#y>",
                    "<",
                    ">",
                    "'a'",
                    "#",
                    "@en",
                    "^^",
                    "kg:a",
                    ":",
                    ".",
                    "1.5",
                    "_:b",
                    "SERVICE",
                    "é",
                    "日",
                    "||",
                ]
            ),
            *("\n", "\r", " ", "\x00", "\u202e", '"', "'", '"b"', "'''", '"""', "\\"),
        ]
    )
).map("".join)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind.value, token.text) for token in tokenize_query(text)]


# Tokens


@given(st.text(st.characters(max_codepoint=127)) | SPARQL_LIKE)
def test_letters_beyond_ascii_change_nothing_of_what_stands_before_them(text: str) -> None:
    assume(text.isascii())
    assert tokenize_query(text) == tokenize_query(f"{text}\n# \u00e9")


@given(ANYTHING | SPARQL_LIKE)
def test_tokens_stand_in_order_and_only_blanks_and_comments_stand_between_them(text: str) -> None:
    end = 0
    for token in tokenize_query(text):
        assert token.text == text[token.start : token.end]
        assert token.text
        assert re.fullmatch(r"(?:[ \t\r\n]|#[^\r\n]*)*", text[end : token.start])
        end = token.end
    assert re.fullmatch(r"(?:[ \t\r\n]|#[^\r\n]*)*", text[end:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<http://x/#a>#c", [("iri", "<http://x/#a>")]),
        ("?a<?b", [("variable", "?a"), ("sign", "<"), ("variable", "?b")]),
        ("1 # 2\r3", [("number", "1"), ("number", "3")]),
        ("'it\\'s' \"a#b\"", [("string", "'it\\'s'"), ("string", '"a#b"')]),
        ("'''a'b\n''c'''", [("string", "'''a'b\n''c'''")]),
        ('""""a"""', [("string", '""""a"""')]),
        ("\"\" ''", [("string", '""'), ("string", "''")]),
        ("'open\n", [("open_string", "'"), ("word", "open")]),
        (
            '"""open"',
            [("open_string", '"'), ("string", '""'), ("word", "open"), ("open_string", '"')],
        ),
        ("kg:a.b :x a:b%20c", [("name", "kg:a.b"), ("name", ":x"), ("name", "a:b%20c")]),
        ("kg:a. ", [("name", "kg:a"), ("sign", ".")]),
        ("'x'@en-GB", [("string", "'x'"), ("language", "@en-GB")]),
        ("1.5e3 .5 2.", [("number", "1.5e3"), ("number", ".5"), ("number", "2"), ("sign", ".")]),
        ("?日本·2 ?x²", [("variable", "?日本·2"), ("variable", "?x"), ("sign", "²")]),
        ("_:b1 []", [("blank_node", "_:b1"), ("sign", "["), ("sign", "]")]),
        ("select1as", [("word", "select1as")]),
    ],
)
def test_tokens_are_those_of_the_grammar(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_every_query_of_the_w3c_suites_that_the_engine_reads_is_closed() -> None:
    read = 0
    for text in w3c_queries():
        try:
            ox.Store().query(text, base_iri=BASE)
        except (SyntaxError, RuntimeError, OSError):
            continue
        read += 1
        assert unclosed_problem(text) is None, text
        assert all(t.kind is not TokenKind.OPEN_STRING for t in tokenize_query(text)), text
    assert read > 700


def w3c_queries() -> list[str]:
    """Every query file of the SPARQL 1.0, 1.1 and 1.2 suites."""
    texts = []
    for name in ("w3c-sparql10", "w3c-sparql11", "w3c-sparql12"):
        with tarfile.open(shared_path(f"suites/{name}.tar.xz")) as archive:
            for member in archive:
                if member.name.endswith(".rq") and (file := archive.extractfile(member)):
                    texts.append(file.read().decode("utf-8", "replace"))
    return texts


# What is refused


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("", (1, 1), "empty"),
        (" # only a remark\n", (1, 1), "empty"),
        ("SELECT * {\n SERVICE ?e { ?s ?p ?o } }", (2, 2), "SERVICE is off"),
        ("select * { service silent <http://x/> { } }", (1, 12), "SERVICE is off"),
        ("SELECT * { ?s ?p trueSERVICE<http://x/>{ } }", (1, 18), "SERVICE is off"),
        ("SELECT * { ?s ?p 'a' #\rSERVICE <http://x/> { } }", (1, 24), "SERVICE is off"),
        ("SELECT * { FILTER(1<2)SERVICE<http://x/>{}FILTER(3>2) }", (1, 23), "SERVICE is off"),
        ("LOAD <http://x/>", (1, 1), "updates are refused (LOAD)"),
        ("PREFIX a: <b:> insert data { a:b a:c a:d }", (1, 16), "updates are refused (INSERT)"),
        ("ASK {} ; DROP ALL", (1, 10), "updates are refused (DROP)"),
        ("WITH <a:b> DELETE { } WHERE { }", (1, 1), "updates are refused (WITH)"),
        ("SELECT * FROM <http://x/> { }", (1, 10), "FROM is refused"),
        ("SELECT*FROM NAMED<http://x/>{ }", (1, 8), "FROM is refused"),
        ("ASKFROM<http://x/>{}", (1, 1), "FROM is refused"),
        ("ASK " + "{" * 101, (1, 105), "nested deeper"),
        ("ASK { FILTER(" + "!" * 101, (1, 114), "nested deeper"),
        ("ASK { " + "?s <a:b>/<a:b> ?o . " * 3000, None, "too long"),
    ],
)
def test_what_changes_leaves_or_hurts_is_refused_at_its_place(
    text: str, place: tuple[int, int] | None, says: str
) -> None:
    problem = refusal_problem(text)
    assert problem
    assert says in problem.message
    assert place in (None, (problem.line, problem.column))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <http://x/> LOAD' } # INSERT DATA",
        "SELECT * { ?s ?p '''\nSERVICE\n''' }",
        "SELECT ?SERVICE ?insert { ?SERVICE ?insert <http://x/#LOAD> }",
        "PREFIX load: <a:> SELECT * { load:SERVICE load:from _:DROP }",
        "SELECT * { ?s ?p 'x'@service }",
        "ASK " + "{" * DEEPEST + "}" * DEEPEST,
    ],
)
def test_words_in_strings_comments_iris_and_names_are_no_commands(text: str) -> None:
    assert refusal_problem(text) is None


@pytest.mark.parametrize("form", ["FROM <g>", "from named<http://x/g>", "FROM <http://x/other>"])
def test_only_a_graph_that_is_there_may_be_named_with_from(form: str) -> None:
    node = ox.NamedNode("http://x/g")
    store = ox.Store()
    store.add(ox.Quad(node, node, node, node))
    text = f"SELECT * {form} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    if "other" not in form:
        assert len(ask_store(store, text, {"": "http://x/"}).rows) == 1
        store.clear()
    with pytest.raises(KgError, match="FROM is refused"):
        ask_store(store, text, {"": "http://x/"})


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("SELECT * {\n ?s ?p 'abc\n}", (2, 8), "a text begins with '"),
        ("SELECT * { ?s ?p ?o", (1, 10), "'{' is never closed"),
        ("SELECT * { FILTER(1 }", (1, 21), "'}' closes nothing"),
        ("SELECT * { } }", (1, 14), "'}' closes nothing"),
    ],
)
def test_what_is_not_closed_is_named_where_it_begins(
    text: str, place: tuple[int, int], says: str
) -> None:
    problem = unclosed_problem(text)
    assert problem
    assert (problem.line, problem.column) == place
    assert says in problem.message


# Parameters

THING = ox.NamedNode(f"{BASE}gsomia")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("ASK { ?a <p:p> ?x }", f"ASK {{ ?a <p:p>  {THING}  }}"),
        ("ASK { ?a <p:p> $x }", f"ASK {{ ?a <p:p>  {THING}  }}"),
        ("ASK { ?a ?xy '?x' . # ?x\n <a:?x> ?b ?c }", "ASK { ?a ?xy '?x' . # ?x\n <a:?x> ?b ?c }"),
        ("SELECT ?x { }", f"SELECT  ({THING} AS ?x)  {{ }}"),
        ("SELECT (STR(?x) AS ?n) { }", f"SELECT (STR( {THING} ) AS ?n) {{ }}"),
        (
            "SELECT ?n { } ORDER BY ?x DESC(?x)",
            f"SELECT ?n {{ }} ORDER BY  ({THING})  DESC( {THING} )",
        ),
        ("ASK { FILTER(!BOUND(?x) || 1 < ?x) }", f"ASK {{ FILTER(! (true)  || 1 <  {THING} ) }}"),
        ("ASK { BIND(STR(?a) AS ?x) }", f"ASK {{ FILTER(sameTerm(STR(?a)  , {THING}) ) }}"),
        (
            "SELECT ?x { { SELECT ?x { } } }",
            f"SELECT  ({THING} AS ?x)  {{ {{ SELECT  ({THING} AS ?_x)  {{ }} }} }}",
        ),
    ],
)
def test_a_parameter_is_replaced_by_its_term_where_it_is_a_variable(text: str, bound: str) -> None:
    assert bind_terms(text, {"x": THING}) == bound


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?x { ?s kg:partyTo ?x }",
        "SELECT ?x (COUNT(?s) AS ?n) { ?s kg:partyTo ?x } GROUP BY ?x ORDER BY ?x",
        "SELECT ?s ?x { { SELECT DISTINCT ?x { ?a kg:partyTo ?x } } ?s kg:partyTo ?x "
        "} ORDER BY ?x ?s",
        "SELECT ?s ?x { ?s kg:partyTo ?y BIND(?y AS ?x) }",
        "SELECT ?s ?x { ?s kg:partyTo ?x FILTER(BOUND(?x) && ?x != 1) }",
        "SELECT ?s ?x { ?s ?p ?o OPTIONAL { ?s kg:partyTo ?x } FILTER EXISTS { ?s "
        "kg:partyTo ?x } }",
    ],
)
def test_a_bound_query_gives_the_rows_of_the_free_one_that_have_this_value(text: str) -> None:
    store = example()
    free = ask_store(store, text, PREFIXES)
    bound = ask_store(store, bind_terms(text, {"x": THING}), PREFIXES)
    place = free.columns.index("x")
    assert bound.columns == free.columns
    assert bound.rows
    assert sorted(set(bound.rows), key=str) == sorted(
        {row for row in free.rows if row[place] == THING}, key=str
    )


@given(ANYTHING)
@with_example('" } ; DROP ALL #')
@with_example("'''\n}")
@with_example('\\" . ?s ?p ?o')
@with_example("\\u0022 }")
@with_example("\ufffe\U0001fffe\u2028\x00\r\n")
def test_a_bound_text_is_that_text_and_nothing_else(value: str) -> None:
    literal = ox.Literal(value)
    store = ox.Store()
    store.add(ox.Quad(THING, ox.NamedNode("p:says"), literal))
    store.add(ox.Quad(THING, ox.NamedNode("p:says"), ox.Literal("another")))
    text = bind_terms(
        "SELECT ?s ?value { ?s <p:says> ?value . FILTER(?value = ?value) }", {"value": literal}
    )
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    assert [(row["s"], row["value"]) for row in answer] == [(THING, literal)]


@given(ANYTHING | SPARQL_LIKE, ANYTHING)
def test_binding_replaces_variables_and_leaves_every_other_token(text: str, value: str) -> None:
    literal = ox.Literal(value)
    shaped = any(
        t.word in ("SELECT", "ORDER", "GROUP", "BIND", "BOUND") for t in tokenize_query(text)
    )
    assume(not shaped and not assignment_problem(text, {"x"}) and not open_string_problem(text))
    expected = [
        str(literal) if t.kind is TokenKind.VARIABLE and t.text[1:] == "x" else t.text
        for t in tokenize_query(text)
    ]
    assert [token.text for token in tokenize_query(bind_terms(text, {"x": literal}))] == expected


def test_nothing_is_bound_where_a_string_does_not_end_for_a_term_might_end_it() -> None:
    with pytest.raises(KgError, match='1:18: a text begins with " and does not end'):
        bind_terms('SELECT * { ?s ?p "?x }', {"x": THING})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { VALUES ?x { 1 } }",
        "SELECT * { VALUES (?a ?x) { (1 2) } }",
        "SELECT (1 AS ?x) { }",
    ],
)
def test_a_variable_that_the_query_gives_a_value_is_no_parameter(text: str) -> None:
    with pytest.raises(
        KgError, match=r"1:\d+: \?x is a parameter, but SELECT or VALUES gives it a value"
    ):
        bind_terms(text, {"x": THING})


def test_an_unbound_parameter_stays_a_variable() -> None:
    assert bind_terms("SELECT ?s { ?s ?p ?x }", {}) == "SELECT ?s { ?s ?p ?x }"


def test_a_function_without_brackets_is_told_how_to_stand_in_select() -> None:
    problem = try_query("SELECT STRLEN(?x) { ?x ?y ?z }", {}).problem
    assert problem
    assert problem.hint.endswith("brackets and a name: (STRLEN(?x) AS ?name)")


def test_what_the_engine_says_is_passed_on_where_nothing_better_is_known() -> None:
    problem = engine_problem("ASK {}", {}, RuntimeError("out of\x1b luck"))
    assert problem.message == "the query cannot be answered: 'out of\\x1b luck'"
