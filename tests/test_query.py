"""Queries asked: answers, messages that name the place, and an end to everything that would have
none.
"""

from __future__ import annotations

import re
import resource
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pytest
from graphs import BASE, PREFIXES, example

from kg.diagnostics import KgError
from kg.query.errors import try_query
from kg.query.run import Form, ask_store, read_query
from kg.query.sandbox import MIB, Limits, within_limits
from kg.text.characters import FORBIDDEN

JAPAN, KOREA, GSOMIA = (ox.NamedNode(BASE + id) for id in ("japan", "korea", "gsomia"))


def refused(text: str) -> KgError:
    """How a query is refused."""
    with pytest.raises(KgError) as found:
        ask_store(example(), text, PREFIXES, "q.rq")
    return found.value


# Answers


def test_a_select_gives_columns_and_rows_of_terms() -> None:
    answer = ask_store(
        example(),
        "SELECT ?who ?name { ?who kg:partyTo :gsomia OPTIONAL { ?who :no ?name } } ORDER BY ?who",
        PREFIXES,
    )
    assert answer.form is Form.SELECT
    assert answer.columns == ("who", "name")
    assert answer.rows == ((JAPAN, None), (KOREA, None))


def test_select_all_shows_the_columns_as_the_query_names_them() -> None:
    assert ask_store(
        example(), "SELECT * { ?who kg:partyTo ?pact ; rdfs:label ?b, ?a }", PREFIXES
    ).columns == (
        "who",
        "pact",
        "b",
        "a",
    )


def test_an_ask_is_true_or_false() -> None:
    assert ask_store(example(), "ASK { :japan kg:partyTo :gsomia }", PREFIXES).truth
    assert not ask_store(example(), "ASK { :ship kg:aimsAt :plane }", PREFIXES).truth


@pytest.mark.parametrize("text", ["CONSTRUCT WHERE { ?a kg:meets ?b }", "DESCRIBE :china"])
def test_construct_and_describe_give_triples(text: str) -> None:
    answer = ask_store(example(), text, PREFIXES)
    assert answer.form is Form.CONSTRUCT
    assert all(isinstance(triple, ox.Triple) for triple in answer.triples)
    assert answer.triples


def test_prefixes_need_no_declaration_and_a_declared_one_wins() -> None:
    assert ask_store(example(), "ASK { :japan kg:partyTo ?x }", PREFIXES).truth
    assert not ask_store(
        example(), "PREFIX kg: <http://other/> ASK { :japan kg:partyTo ?x }", PREFIXES
    ).truth


def test_a_relative_iri_is_one_of_the_data_set() -> None:
    text = "ASK { <japan> kg:partyTo <gsomia> }"
    assert ask_store(example(), text, PREFIXES).truth
    known = {name: iri for name, iri in PREFIXES.items() if name}
    with pytest.raises(KgError, match=r"1:7: '<japan>' is a relative IRI"):
        ask_store(example(), text, known)


def test_an_answer_beyond_the_most_rows_is_no_answer() -> None:
    text = "SELECT * { ?a ?b ?c }"
    rows = len(example())
    assert len(ask_store(example(), text, PREFIXES, most_rows=rows).rows) == rows
    with pytest.raises(KgError, match=rf"stopped at the limit of {rows - 1} rows") as found:
        ask_store(example(), text, PREFIXES, most_rows=rows - 1)
    assert found.value.exit_code == 3


def test_a_query_file_is_utf8_with_or_without_a_byte_order_mark() -> None:
    assert read_query("\ufeffASK { } # é".encode()) == "ASK { } # é"
    with pytest.raises(KgError, match=r"^q.rq:2: not UTF-8$") as found:
        read_query(b"ASK {\n '\xff' }", "q.rq")
    assert found.value.exit_code == 2
    with pytest.raises(KgError, match="longer than the limit") as found:
        read_query(b"#" * 1_000_001)
    assert found.value.exit_code == 3


# Messages


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "1:1: the query is empty", "write a SELECT"),
        (
            "SELECT * { ?s foo:bar ?o }",
            "1:15: unknown prefix 'foo:'",
            "the known prefixes are : article:",
        ),
        ("SELECT * { ?s kgg:bar ?o }", "1:15: unknown prefix 'kgg:'", "did you mean 'kg'?"),
        (
            "SELECT * {\n  ?s kg:a ?o .\n  FILTR(?o > 1)\n}",
            "3:3: not SPARQL: unexpected 'FILTR'",
            "did you mean 'FILTER'?",
        ),
        ("SELEC ?s { ?s ?p ?o }", "1:1: not SPARQL: unexpected 'SELEC'", "did you mean 'SELECT'?"),
        ("SELECT ?s { ?s ?p '日本'@ja . ?s %% ?o }", "1:32: not SPARQL: unexpected '%'", ""),
        ("SELECT ?s, ?o { ?s ?p ?o }", "1:10: not SPARQL: unexpected ','", "no comma here"),
        (
            "SELECT COUNT(?s) { ?s ?p ?o }",
            "1:8: not SPARQL: unexpected 'COUNT'",
            "(COUNT(?x) AS ?name)",
        ),
        ("SELECT ?s { ?s ?p ?o FILTER(?o > ) }", "1:34: not SPARQL: unexpected ')'", ""),
        ("SELECT ?s { ?s ?p ?o } LIMIT -1", "1:30: not SPARQL: unexpected '-'", ""),
        ("SELECT ?s { ?s ?p ?o } ORDER BY", "1:32: the query is not complete", ""),
        ("ASK {} ASK {}", "1:8: not SPARQL: unexpected 'ASK'", ""),
        ("SELECT ?s {\n ?s ?p 'abc }", "2:8: a text begins with ' and does not end", ""),
        ("SELECT ?s {\n ?s ?p ?o", "1:11: '{' is never closed", ""),
        (
            "SELECT ?p { ?s ?p ?o } GROUP BY ?s",
            "1:1: SELECT shows a variable that is neither grouped",
            "add it to GROUP BY",
        ),
        (
            "SELECT (1 AS ?p) { ?s ?p ?o }",
            "1:1: SELECT gives a value to a variable",
            "choose another name",
        ),
        (
            "ASK {\n FILTER(<http://x/f>(1)) }",
            "2:9: unknown function '<http://x/f>'",
            "SPARQL's own functions",
        ),
        (
            "SELECT (xsd:foo(1) AS ?x) { }",
            "1:9: unknown function '<http://www.w3.org/2001/XMLSchema#foo>'",
            "",
        ),
        ("SELECT (FOO(1) AS ?x) { }", "1:9: not SPARQL: unexpected 'FOO'", ""),
        (
            "SELECT ?s { ?s ?p ?o } LIMIT 99999999999999999999",
            "1:30: LIMIT takes a whole number",
            "",
        ),
        ("CLEAR ALL", "1:1: updates are refused (CLEAR)", "a query is a SELECT, ASK"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_next_step(
    text: str, message: str, hint: str
) -> None:
    error = refused(text)
    assert str(error).startswith(f"q.rq:{message}")
    assert hint in error.hint
    assert error.exit_code == 1
    found = try_query(text, PREFIXES).problem
    assert found
    assert f"{found.line}:{found.column}: {found.message}" in str(error)


def test_below_a_message_stands_the_line_with_a_caret_at_the_place() -> None:
    assert str(refused("SELECT *\n{ ?s\tfoo:bar ?o }")).split("\n")[1:] == [
        "    2 | { ?s\\x09foo:bar ?o }",
        "      |         ^",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p " + "x" * 100_000 + " }",
        "SELECT * { ?s " + "p" * 50_000 + ":x ?o }",
        "SELECT * { ?s <" + "p q" * 20_000 + "> ?o }",
        "ASK { FILTER(<http://x/" + "f" * 50_000 + ">(1)) }",
        "SELECT \x1b]0;x\x07 * {}",
        "SELECT ('\u202eabc' AS ?x { \u202e }",
        "SELECT * { ?s ?p ?o\u2028 }",
        "SELECT\x00 * { ?s ?p ?o }",
        "\ud800",
        "SELECT * { ?s ?p ?o } LIMIT " + "9" * 5000,
        "".join(f"PREFIX p{n}: <x:{n}> " for n in range(3000)) + "SELECT * { ?s nope:x ?o }",
    ],
)
def test_messages_are_short_and_hold_no_control_or_bidi_character(text: str) -> None:
    error = refused(text)
    lines = f"{error}\n{error.hint}".split("\n")
    assert max(map(len, lines)) <= 300
    assert not any(FORBIDDEN.search(line) for line in lines)


@pytest.mark.parametrize("ending", ["", " }", "\n# remark"])
@pytest.mark.parametrize(
    "text", ["SELECT ?s {?s ?p ?o} GROUP BY ?s", "ASK {?s kg:partyTo/^kg:partyTo+ [ a kg:State ]}"]
)
def test_the_place_of_an_error_is_the_first_token_that_no_query_goes_on_with(
    text: str, ending: str
) -> None:
    """Wherever a foreign sign is put between two tokens of a good query, it is the one that is
    named.
    """
    for position in (m.start() for m in re.finditer("[ {}]", text)):
        broken = f"{text[:position]}%{text[position:]}{ending}"
        found = try_query(broken, PREFIXES).problem
        assert found
        if found.message.startswith("not SPARQL"):
            assert found.column == position + 1, broken


# Limits: what comes of every hostile query


@dataclass(frozen=True, slots=True)
class Ending:
    """How a query came to its end."""

    code: int
    output: str
    message: str
    megabytes: int


def ballast() -> ox.Store:
    """About as many triples as the workspace that the hostile queries are meant for."""
    store = ox.Store()
    for number in range(400):
        s, o = (ox.NamedNode(f"{BASE}s{n}") for n in (number, number * 7 % 400))
        store.add(ox.Quad(s, ox.NamedNode(f"{BASE}p"), o))
        store.add(ox.Quad(s, ox.NamedNode(f"{BASE}label"), ox.Literal(f"State No. {number}")))
        store.add(ox.Quad(s, ox.NamedNode(f"{BASE}type"), ox.NamedNode(f"{BASE}State")))
    return store


def ending(data: bytes, capsys: pytest.CaptureFixture[str], seconds: float = 5.0) -> Ending:
    """Ask a query of the ballast in a process of its own."""

    def work() -> int:
        answer = ask_store(ballast(), read_query(data, "q.rq"), PREFIXES, "q.rq")
        sys.stdout.write(f"{answer.form} {len(answer.rows)} {len(answer.triples)} {answer.truth}\n")
        return 0

    message, code = "", 0
    largest_before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    try:
        code = within_limits(work, Limits(seconds=seconds))
    except KgError as error:
        message, code = f"{error}\n{error.hint}", error.exit_code
    said = capsys.readouterr()
    # The system tells the largest of all children so far: one that was no larger than an earlier
    # one tells nothing.
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    kilobytes = largest if largest > largest_before else 0
    return Ending(code, said.out, message + said.err, kilobytes // 1024)


def holds(found: Ending) -> None:
    """What must hold of every ending."""
    assert found.code in (0, 1, 2, 3)
    assert bool(found.output) == (found.code == 0)
    assert bool(found.message) == (found.code != 0)
    assert "Traceback" not in found.message
    assert not FORBIDDEN.search(found.output + found.message.replace("\n", ""))
    assert max(map(len, found.message.split("\n"))) <= 300
    # The child begins as a copy of this process, which the tests make large. The command is
    # measured as a process of its own with the inputs of tests/test_bad_inputs.py.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert found.megabytes <= own + 448


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """A port of this machine that nobody has business with."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


SPO3 = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
HOSTILE: dict[str, tuple[str, tuple[int, ...]]] = {
    "path closures": ("SELECT * { ?a (!<x:y>)* ?b . ?c (!<x:y>)* ?d . ?e (!<x:y>)* ?f }", (3,)),
    "nested closures": ("SELECT * { ?a " + "(" * 60 + "!<x:y>" + ")*" * 60 + " ?b }", (0, 3)),
    "long path": ("ASK { ?a " + "/".join(["!<x:y>"] * 400) + " ?b }", (0, 3)),
    "brackets in a path": ("ASK { ?a " + "(" * 3000 + "<x:y>" + ")" * 3000 + " ?b }", (1,)),
    "blank nodes in each other": ("ASK { " + "[ <x:y> " * 90 + "1" + "]" * 90 + " }", (0, 3)),
    "lists in each other": ("ASK { " + "(" * 90 + "1" + ")" * 90 + " <x:y> 1 }", (0, 3)),
    "annotations in each other": (
        "ASK {?s <a:b> ?o " + "{| <a:b> ?o " * 60 + "|}" * 60 + " }",
        (0, 1, 3),
    ),
    "backtracking": (
        "SELECT * { ?s ?p ?o FILTER(REGEX('" + "a" * 5000 + "!', '^(a+)+$')) }",
        (0, 3),
    ),
    "repeats in a pattern": (
        "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1,1000}){1,1000}){1,1000}')) }",
        (0, 3),
    ),
    "limit": (f"SELECT * {{ {SPO3} }} LIMIT 18446744073709551615", (3,)),
    "offset": (f"SELECT * {{ {SPO3} }} OFFSET 1000000000000", (3,)),
    "offset alone": ("SELECT * { ?a ?b ?c } OFFSET 18446744073709551615", (0,)),
    "distinct": (f"SELECT DISTINCT * {{ {SPO3} }}", (3,)),
    "count": (f"SELECT (COUNT(*) AS ?n) {{ {SPO3} }}", (3,)),
    "groups": (f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {SPO3} }} GROUP BY ?a ?d ?g", (3,)),
    "replace": (
        "SELECT (STRLEN(?x14) AS ?n) { BIND('xx' AS ?x0) "
        + " ".join(f"BIND(REPLACE(?x{n},'x','xxxxxxxx') AS ?x{n + 1})" for n in range(14))
        + "}",
        (3,),
    ),
    "one huge cell": (
        f"SELECT (GROUP_CONCAT(STR(?c); SEPARATOR='{'x' * 10_000}') AS ?x) {{ ?a ?b ?c "
        f". ?d ?e ?f }}",
        (3,),
    ),
    "construct": (f"CONSTRUCT {{ ?a ?b ?i . ?d ?e ?c . ?g ?h ?f }} {{ {SPO3} }}", (3,)),
    "describe": (f"DESCRIBE * {{ {SPO3} }}", (3,)),
    "optionals in each other": (
        "SELECT * { ?a ?b ?c " + "OPTIONAL { ?x ?y ?z " * 40 + "}" * 40 + "}",
        (3,),
    ),
    "unions": ("SELECT * { " + " UNION ".join(["{?a ?b ?c . ?d ?e ?f}"] * 900) + "}", (3,)),
    "sums": ("ASK { FILTER(" + "+".join(["1"] * 9000) + " > 0) }", (1,)),
    "long list": (
        "SELECT * { ?s ?p ?o FILTER(?s IN (" + ",".join(f"<x:{n}>" for n in range(30_000)) + ")) }",
        (0, 3),
    ),
    "self reference": ("SELECT * { BIND(?x + 1 AS ?x) }", (0, 1)),
    "overflow": (
        "SELECT (9223372036854775807 + 1 AS ?x) (-9223372036854775808 / -1 AS ?y) (1/0 AS ?z) {}",
        (0,),
    ),
    "text of a number": (
        "SELECT (SUBSTR('日本', -9223372036854775808) AS ?x) (1e400 AS ?y) {}",
        (0,),
    ),
    "escape sequences": ("SELECT ('\\u0000\\u001B\\u202E' AS ?x) {}", (0,)),
    "nothing but blanks": (" \n\t", (1,)),
    "markup": ("<html><body>hello</body></html>", (1,)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_comes_to_a_plain_end(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, codes = HOSTILE[name]
    found = ending(text.encode(), capsys, seconds=1.0)
    holds(found)
    assert found.code in codes, found


LEAVING = (
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p trueSERVICE<{0}>{{ ?a ?b ?c }} }}",
    "SELECT*{{FILTER(1<2)SERVICE<{0}>{{?a ?b ?c}}FILTER(3>2)}}",
    "SELECT * {{ ?s ?p ?o # \rSERVICE <{0}> {{ ?a ?b ?c }}\n }}",
    "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ BIND(<{0}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "LOAD SILENT <{0}>",
    "BASE <{0}> LOAD <x>",
)
"""Questions that would ask a server at ``{0}``, or read a file."""


@pytest.mark.parametrize("text", LEAVING)
def test_no_query_leaves_the_workspace(text: str, canary: socket.socket) -> None:
    error = refused(text.format(f"http://127.0.0.1:{canary.getsockname()[1]}/"))
    assert error.exit_code == 1
    with pytest.raises(BlockingIOError):
        canary.accept()


def test_the_memory_that_a_query_may_take_is_under_the_bar_of_512_mib() -> None:
    assert Limits().memory < 512 * MIB
