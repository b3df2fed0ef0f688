"""Answers as text: aligned and shortened for people, whole and standard for machines."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from graphs import BASE, PREFIXES, example, turtle
from hypothesis import given
from hypothesis import strategies as st

from kg.diagnostics import KgError
from kg.ontology.namespaces import XSD
from kg.query import AnswerFormat as Format
from kg.query.evidence import with_evidence
from kg.query.formats import write_answer
from kg.query.run import Answer, Form, ask_store
from kg.query.tables import WIDEST
from kg.text.characters import FORBIDDEN

ANYTHING = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
NO_ROWS = Answer(Form.SELECT, ("a", "b"))


def one(value: str, column: str = "x") -> Answer:
    """An answer with one cell."""
    return Answer(Form.SELECT, (column,), ((ox.Literal(value),),))


def text_of(answer: Answer, format: Format = Format.TABLE, safe: bool = False) -> str:
    return write_answer(answer, format, PREFIXES, safe)


def query_example(text: str) -> Answer:
    return ask_store(example(), text, PREFIXES)


def query_with_evidence(text: str) -> Answer:
    return with_evidence(example(), text, query_example(text), PREFIXES)


PARTIES = """
SELECT ?who ?pact ?name { ?who kg:partyTo ?pact OPTIONAL { ?who rdfs:label ?name } }
ORDER BY ?who ?pact STR(?name)
"""


# For people


def test_a_table_is_aligned_in_columns_of_the_terminal_and_counts_its_rows() -> None:
    assert text_of(query_example(PARTIES)) == (
        "who     pact     name\n"
        "------  -------  -----------\n"
        ":japan  :gsomia  Japan\n"
        ":japan  :gsomia  日本\n"
        ":korea  :gsomia  South Korea\n"
        ":korea  :treaty  South Korea\n"
        "4 rows\n"
    )


def test_wide_letters_take_two_columns_and_marks_none() -> None:
    rows = tuple((ox.Literal(a), ox.Literal("|")) for a in ("日本", "ab", "e\u0301", "한국어"))
    assert text_of(Answer(Form.SELECT, ("a", "b"), rows)).splitlines() == [
        "a       b",
        "------  -",
        "日本    |",
        "ab      |",
        "e\u0301       |",
        "한국어  |",
        "4 rows",
    ]


def test_evidence_stands_below_its_row() -> None:
    assert text_of(
        query_with_evidence(
            "SELECT ?who ?what { ?who kg:partyTo :gsomia ; ?what :korea } ORDER BY ?what"
        )
    ) == (
        "who     what\n"
        "------  -------------\n"
        ":japan  kg:meets\n"
        "    assertion:japan-meets-korea (accepted)\n"
        "        article:ap p. 3: A pact (AP, 2019-11-23)\n"
        "    assertion:japan-party (accepted)\n"
        "        article:kyodo p. 4: Two capitals (The Japan Times, written by Kyodo, 2019-11-15)\n"
        ":japan  kg:sharesWith\n"
        "    assertion:follows (accepted)\n"
        "    assertion:japan-party (accepted)\n"
        "        article:kyodo p. 4: Two capitals (The Japan Times, written by Kyodo, 2019-11-15)\n"
        "2 rows\n"
    )


def test_a_row_with_nothing_behind_it_says_so() -> None:
    assert text_of(query_with_evidence("SELECT ?n { :korea rdfs:label ?n }")) == (
        "n\n-----------\nSouth Korea\n    no assertion stands behind this row\n1 row\n"
        "note: no assertion stands behind these rows: they show names, types and the like\n"
    )


@pytest.mark.parametrize(
    ("answer", "format", "text"),
    [
        (Answer(Form.ASK, truth=True), Format.TABLE, "yes\n"),
        (Answer(Form.ASK), Format.MD, "no\n"),
        (Answer(Form.ASK, truth=True), Format.CSV, "answer\r\ntrue\r\n"),
        (Answer(Form.ASK), Format.JSON, '{"head": {}, "boolean": false}\n'),
        (NO_ROWS, Format.TABLE, "no rows (columns: a, b)\n"),
        (NO_ROWS, Format.MD, "no rows (columns: a, b)\n"),
        (NO_ROWS, Format.CSV, "a,b\r\n"),
        (NO_ROWS, Format.TSV, "?a\t?b\n"),
        (Answer(Form.SELECT, (), ((),)), Format.TABLE, "1 row (columns: none)\n"),
        (Answer(Form.SELECT, ("a",), ((None,),)), Format.TABLE, "a\n-\n\n1 row\n"),
        (Answer(Form.SELECT, ("a", "b"), ((None, None),)), Format.TSV, "?a\t?b\n\t\n"),
    ],
)
def test_a_truth_nothing_and_the_unbound_have_a_form_of_their_own(
    answer: Answer, format: Format, text: str
) -> None:
    assert text_of(answer, format) == text


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (f"{BASE}gsomia", ":gsomia"),
        (f"{BASE}assertion/a-1", "assertion:a-1"),
        (f"{BASE}assertion/a/b", f"<{BASE}assertion/a/b>"),
        (f"{XSD}date", "xsd:date"),
        (BASE, f"<{BASE}>"),
        ("http://other.example/x", "<http://other.example/x>"),
    ],
)
def test_an_iri_is_shortened_where_a_prefix_leaves_a_plain_name(iri: str, short: str) -> None:
    assert text_of(Answer(Form.SELECT, ("x",), ((ox.NamedNode(iri),),))).splitlines()[2] == short


def test_a_value_wider_than_the_widest_column_is_cut_and_the_count_says_so() -> None:
    lines = text_of(one("本" * 80)).splitlines()
    assert lines[2] == "本" * (WIDEST // 2 - 1) + "…"
    assert lines[3] == "1 row (values wider than 100 are cut; csv and json give them whole)"


def test_markdown_holds_text_and_no_markup() -> None:
    text = text_of(one("a|b <script> [x](javascript:1) *c* `d` \\ _e_ &amp;\n\u202e"), Format.MD)
    assert text.splitlines()[2] == (
        r"| a\|b &lt;script&gt; \[x\](javascript:1) \*c\* \`d\` \\ \_e\_ &amp;amp;\\x0a\\u202e |"
    )


def test_markdown_has_evidence_in_a_column() -> None:
    assert text_of(query_with_evidence("SELECT ?b { :japan kg:sharesWith ?b }"), Format.MD) == (
        "| b | evidence |\n| --- | --- |\n"
        "| :korea | assertion:follows (accepted)<br>assertion:japan-party (accepted): "
        "article:kyodo p. 4 |\n"
    )


@given(
    ANYTHING,
    st.sampled_from([Format.TABLE, Format.MD, Format.JSON, Format.TSV]),
)
def test_no_control_or_bidi_character_is_written_raw(value: str, format: Format) -> None:
    text = text_of(one(value), format)
    assert not FORBIDDEN.search(text)


# For machines


@given(st.lists(ANYTHING, min_size=2, max_size=2))
def test_csv_gives_every_value_back(values: list[str]) -> None:
    answer = Answer(Form.SELECT, ("a", "b"), (tuple(ox.Literal(v) for v in values),))
    text = text_of(answer, Format.CSV)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], values]


@given(ANYTHING)
def test_json_and_tsv_give_every_value_back(value: str) -> None:
    found = json.loads(text_of(one(value), Format.JSON))
    assert found["results"]["bindings"] == [{"x": {"type": "literal", "value": value}}]
    data = f"<p:s> <p:p> {text_of(one(value), Format.TSV).split(chr(10))[1]} ."
    (quad,) = ox.parse(data.encode(), ox.RdfFormat.TURTLE)
    assert quad.object == ox.Literal(value)


@pytest.mark.parametrize("format", [Format.CSV, Format.TSV])
@pytest.mark.parametrize("value", ["=1+1", "+1", "-x", "@a", "\tx", "\rx"])
def test_a_spreadsheet_finds_no_formula_where_that_is_asked_for(value: str, format: Format) -> None:
    raw, safe = text_of(one(value), format), text_of(one(value), format, safe=True)
    assert f"'{value[0]}" not in raw
    assert "'" in safe
    assert [row[0][:1] for row in csv.reader(io.StringIO(safe, newline=""), delimiter="\t")][
        1
    ] == "'"


def test_a_number_is_no_formula() -> None:
    number = ox.Literal("-5", datatype=ox.NamedNode(f"{XSD}integer"))
    answer = Answer(Form.SELECT, ("x",), ((number,),))
    assert text_of(answer, Format.CSV, safe=True) == "x\r\n-5\r\n"
    assert text_of(answer, Format.TSV, safe=True) == "?x\n-5\n"


def test_json_is_that_of_the_standard_as_oxigraph_writes_it() -> None:
    store = turtle(':a :b "x"@en , 1 , true , "2019"^^kg:edtf , :c , "y" .')
    text = "SELECT ?o ?none { :a :b ?o } ORDER BY STR(?o)"
    solutions = store.query(text, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    theirs = json.loads(solutions.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    assert json.loads(text_of(ask_store(store, text, PREFIXES), Format.JSON)) == theirs


def test_json_has_evidence_beside_the_bindings_in_their_order() -> None:
    results = json.loads(
        text_of(
            query_with_evidence("SELECT ?who { ?who kg:partyTo :gsomia } ORDER BY ?who"),
            Format.JSON,
        )
    )["results"]
    assert [each["who"]["value"] for each in results["bindings"]] == [
        f"{BASE}japan",
        f"{BASE}korea",
    ]
    assert [[e["assertion"] for e in row] for row in results["evidence"]] == [
        [f"{BASE}assertion/japan-party"],
        [f"{BASE}assertion/korea-party"],
    ]
    assert results["evidence"][0][0]["publisher"] == "The Japan Times"


def test_csv_has_evidence_in_two_columns_of_free_names() -> None:
    text = text_of(
        query_with_evidence("SELECT ?citations { ?citations kg:meets :korea }"), Format.CSV
    )
    row = f"{BASE}japan,assertion:japan-meets-korea,article:ap p. 3"
    assert text == f"citations,assertions,citations_\r\n{row}\r\n"


def test_triples_are_sorted_turtle_or_rows() -> None:
    text = "CONSTRUCT WHERE { ?a kg:meets ?b }"
    turtle_text = text_of(query_example(text), Format.TTL)
    assert turtle_text == (
        f"@prefix kg: <{PREFIXES['kg']}> .\n@prefix : <{BASE}> .\n"
        ":china kg:meets :russia .\n:japan kg:meets :korea .\n:korea kg:meets :china .\n"
    )
    assert text_of(query_example(text), Format.TABLE).splitlines()[0].split() == [
        "subject",
        "predicate",
        "object",
    ]
    with pytest.raises(KgError, match="rows are no triples") as found:
        text_of(NO_ROWS, Format.TTL)
    assert found.value.exit_code == 2
