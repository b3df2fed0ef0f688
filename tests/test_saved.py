"""Saved queries: what their front comments say, and values for their parameters."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pyoxigraph as ox
import pytest
from conftest import REPOSITORY
from graphs import ARTICLES, BASE, PREFIXES, turtle
from graphs import assertion as made

from kg.diagnostics import KgError
from kg.files.workspace import Workspace
from kg.ontology.namespaces import KG, XSD
from kg.ontology.reader import read_ontology
from kg.query.folder import find_saved_query
from kg.query.parameters import Param, ParamKind, parameter_terms
from kg.query.run import ask_store
from kg.query.sandbox import MIB, Limits, within_limits
from kg.query.saved import bind_parameters, parse_saved_query

GOOD = """\
# title: Parties to a pact
# question: Which actors are party to this pact,
#   and who says so?
# about: gsomia
# Remarks may stand between the fields.
# param: pact (thing) = gsomia : the pact asked about
# param: said (text) = "a : b" : words
# param: least (integer, required)
SELECT ?pact { ?a kg:partyTo ?pact ; kg:says ?said FILTER(?n > ?least) } # title: not a field
"""


def problems(comment: str, query: str = "SELECT ?x ?y { ?x ?p ?y }") -> list[tuple[object, ...]]:
    """What is wrong with a front comment that has a title and a question in its first two lines."""
    return [
        tuple(p)
        for p in parse_saved_query("q", f"# title: T\n# question: Q?\n{comment}\n{query}").problems
    ]


def test_the_front_comment_says_title_question_centre_and_parameters() -> None:
    saved = parse_saved_query("parties", GOOD)
    assert (saved.name, saved.title, saved.about) == ("parties", "Parties to a pact", "gsomia")
    assert saved.question == "Which actors are party to this pact, and who says so?"
    assert saved.params == (
        Param("pact", ParamKind.THING, "gsomia", "the pact asked about"),
        Param("said", ParamKind.TEXT, "a : b", "words"),
        Param("least", ParamKind.INTEGER, required=True),
    )
    assert saved.problems == ()
    assert saved.text == GOOD


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# param: x (thing)", []),
        ("# remark: not a field", []),
        ("# parm: x (thing)", [(3, 3, "unknown field 'parm'", "did you mean 'param'?")]),
        ("#titel : x", [(3, 2, "unknown field 'titel'", "did you mean 'title'?")]),
        ("# title: again", [(3, 3, "'title' is given twice", "")]),
        ("# about:", [(3, 3, "'about' is empty", "")]),
        (
            "# param: x (think)",
            [(3, 3, "unknown kind 'think' of parameter 'x'", "did you mean 'thing'?")],
        ),
        ("# param: x (thing)\n# param: x (text)", [(4, 3, "parameter 'x' is given twice", "")]),
        (
            "# param: xx (thing)",
            [(3, 3, "parameter 'xx' is not used: the query has no ?xx", "did you mean 'x'?")],
        ),
        (
            "# param: x (thing, required) = y",
            [(3, 3, "parameter 'x' is required and has a default: one of the two has no use", "")],
        ),
        (
            "# param: x (date) = 2019-02-30",
            [(3, 3, "parameter 'x' takes a day such as 2019-09-01, not '2019-02-30'", "")],
        ),
    ],
)
def test_a_mistake_in_the_front_comment_is_named_with_its_place(
    comment: str, expected: list[tuple[int, int, str, str]]
) -> None:
    assert problems(comment) == expected


def test_what_is_no_parameter_is_told_how_one_is_written() -> None:
    ((line, _, message, hint),) = problems("# param: x y")
    assert (line, message) == (3, "not a parameter: 'x y'")
    assert "# param: NAME (KIND) = DEFAULT : help" in str(hint)


def test_a_query_without_title_or_question_is_told_how_to_begin() -> None:
    found = parse_saved_query("q", "SELECT ?x { ?x ?p 'title: x' } # title: too late")
    assert [(p.line, p.message) for p in found.problems] == [
        (1, "the front comment has no question"),
        (1, "the front comment has no title"),
    ]
    assert found.title == "q"


def test_a_parameter_that_the_query_itself_assigns_is_a_mistake() -> None:
    assert problems("# param: x (thing)", "SELECT * { VALUES ?x { 1 } }") == [
        (4, 19, "?x is a parameter, but SELECT or VALUES gives it a value", "rename one of the two")
    ]


# Values

FILES = Workspace(REPOSITORY).files("ontology", (".ttl",)).contents
ONTOLOGY = replace(read_ontology(FILES)[0], prefixes=PREFIXES)


def value(kind: ParamKind, typed: str) -> object:
    saved = parse_saved_query(
        "q", f"# title: T\n# question: Q?\n# param: x ({kind})\nSELECT ?x {{ }}"
    )
    return parameter_terms(saved.params, {"x": typed}, ONTOLOGY, saved.name)["x"]


@pytest.mark.parametrize(
    ("kind", "typed", "term"),
    [
        (ParamKind.THING, "gsomia", ox.NamedNode(f"{BASE}gsomia")),
        (ParamKind.THING, "kg:Actor", ox.NamedNode(f"{KG}Actor")),
        (ParamKind.THING, "<http://x/#y>", ox.NamedNode("http://x/#y")),
        (ParamKind.ARTICLE, "ap", ox.NamedNode(f"{BASE}article/ap")),
        (ParamKind.ASSERTION, "radar", ox.NamedNode(f"{BASE}assertion/radar")),
        (ParamKind.RELATION, "partyTo", ox.NamedNode(f"{KG}partyTo")),
        (ParamKind.CLASS, "Actor", ox.NamedNode(f"{KG}Actor")),
        (
            ParamKind.DATE,
            "2019-09-01",
            ox.Literal("2019-09-01", datatype=ox.NamedNode(f"{XSD}date")),
        ),
        (ParamKind.TEXT, '"} ; DROP ALL', ox.Literal('"} ; DROP ALL')),
        (ParamKind.INTEGER, "-5", ox.Literal("-5", datatype=ox.NamedNode(f"{XSD}integer"))),
    ],
)
def test_a_value_becomes_the_term_of_its_kind(kind: ParamKind, typed: str, term: object) -> None:
    assert value(kind, typed) == term


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        (ParamKind.THING, "two words", "takes an id, a prefixed name or an <IRI>, not 'two words'"),
        (
            ParamKind.THING,
            "<http://x/> } ; DROP ALL #>",
            "takes an id, a prefixed name or an <IRI>",
        ),
        (ParamKind.THING, "\u202egsomia", r"not '\\u202egsomia'"),
        (ParamKind.RELATION, "party", "unknown relation 'party'"),
        (ParamKind.DATE, "1900-02-29", "takes a day such as 2019-09-01"),
        (ParamKind.DATE, "2019-09", "takes a day such as 2019-09-01"),
        (ParamKind.INTEGER, "1.5", "takes a whole number, not '1.5'"),
    ],
)
def test_a_value_of_another_kind_is_wrong_usage(kind: ParamKind, typed: str, says: str) -> None:
    with pytest.raises(KgError, match=says) as found:
        value(kind, typed)
    assert found.value.exit_code == 2


def test_a_default_stands_in_and_a_required_value_is_asked_for() -> None:
    saved = parse_saved_query("parties", GOOD)

    def term(values: dict[str, str]) -> object:
        return parameter_terms(saved.params, values, ONTOLOGY, "parties")["pact"]

    assert term({"least": "2"}) == ox.NamedNode(f"{BASE}gsomia")
    with pytest.raises(KgError, match="needs the parameter 'least'"):
        term({})
    with pytest.raises(KgError, match="no parameter 'pakt'") as found:
        term({"pakt": "gsomia"})
    assert found.value.hint == "did you mean 'pact'?"


def crowd(count: int) -> ox.Store:
    """So many assertions over a third as many states: meetings, offices, pacts and words."""
    relations = ("meets", "foreignMinisterOf", "partyTo", "hasFullName")
    parts = [ARTICLES]
    for number in range(count):
        subject, relation = f":thing-{number % (count // 3)}", relations[number % len(relations)]
        object = '"words"' if relation == "hasFullName" else f":thing-{number * 7 % (count // 4)}"
        id = f"c{number}"
        parts.append(f'{subject} a kg:State, kg:Actor ; rdfs:label "{subject}" .')
        parts.append(made(id, f"{subject} kg:{relation} {object}"))
        parts.append(f"assertion:{id} kg:polarity kg:Asserts .")
    store = turtle("\n".join(parts))
    for file in Workspace(REPOSITORY).files("ontology", (".ttl",)).contents:
        store.load(file.data, ox.RdfFormat.TURTLE, base_iri=BASE)
    return store


def test_no_saved_query_looks_at_all_pairs_of_terms_or_assertions() -> None:
    store = crowd(12_000)
    ontology, _ = read_ontology(Workspace(REPOSITORY).files("ontology", (".ttl",)).contents)

    def count(name: str) -> int:
        saved = find_saved_query(Workspace(REPOSITORY), name)
        text = bind_parameters(saved, {}, ontology, store)
        return len(ask_store(store, text, ontology.prefixes, name).rows)

    # All pairs would take minutes: half a second is usual.
    limits = Limits(seconds=25.0, memory=4096 * MIB)
    for name in ("details", "meetings", "offices"):
        assert within_limits(partial(count, name), limits) == 3_000
