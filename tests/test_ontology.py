"""An ontology that would mislead, or end the process that reads it, is told in its own file."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Kg

from kg.diagnostics import Diagnostic, rules
from kg.files.workspace import SourceFile
from kg.ontology.circles import circle_problems
from kg.ontology.reader import read_ontology
from kg.ontology.triples import FileTriples
from kg.ontology.turtle import MOST_TERMS, text_problems

PREFIXES = """
@prefix x: <https://example.org/x#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def told(*files: str) -> list[Diagnostic]:
    """What is wrong with some files, each of its triples, but for what every ontology needs."""
    sources = [
        SourceFile(f"ontology/{number}.ttl", (PREFIXES + text).encode())
        for number, text in enumerate(files)
    ]
    _, problems = read_ontology(sources)
    return [p for p in problems if p.rule in (rules.TERM_CIRCLE, rules.TOO_DEEP)]


@pytest.mark.parametrize("property", ["rdfs:subClassOf", "rdfs:subPropertyOf"])
def test_a_circle_of_terms_is_told_with_its_members_where_it_is_closed(property: str) -> None:
    [problem] = told(f"x:a {property} x:b . x:b {property} x:c .", f"x:c {property} x:a .")
    assert "a -> b -> c -> a" in problem.message
    assert not told(f"x:a {property} x:b . x:b {property} x:c . x:a {property} x:c .")


@pytest.mark.parametrize(
    "row", ["x:c owl:inverseOf x:a .", "x:c owl:inverseOf x:b .", "x:b owl:inverseOf x:c ."]
)
def test_more_than_two_inverses_are_told_by_name(row: str) -> None:
    [problem] = told(f"x:a owl:inverseOf x:b . {row}")
    assert "'a', 'b' and 'c'" in problem.message


def test_two_inverses_are_right_and_one_of_itself_is_symmetric() -> None:
    assert not told("x:a owl:inverseOf x:b . x:b owl:inverseOf x:a .")
    [problem] = told("x:a owl:inverseOf x:a .")
    assert "SymmetricProperty" in problem.hint


def test_the_file_to_be_mended_is_the_workspace_s_own() -> None:
    import pyoxigraph as ox

    def triples(name: str, text: str) -> FileTriples:
        return FileTriples(name, list(ox.parse((PREFIXES + text).encode(), ox.RdfFormat.TURTLE)))

    core = triples("ontology/core/actors.ttl", "x:a rdfs:subClassOf x:b .")
    own = triples("ontology/own.ttl", "x:b rdfs:subClassOf x:a .")
    [problem] = circle_problems([core, own])
    assert problem.span.file == "ontology/own.ttl"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("\x1b", "U+001B"),
        (r"\u001b", "U+001B"),
        (r"\U0000001B", "U+001B"),
        (r"\b", "U+0008"),
        (r"\u0000", "U+0000"),
        ("\u202e", "U+202E"),
        (r"\u202E", "U+202E"),
        (r"\uFFFE", "U+FFFE"),
    ],
)
def test_a_forbidden_character_is_named_however_it_is_written(written: str, name: str) -> None:
    text = f'x:a rdfs:label "first" ;\n rdfs:comment "a{written}b" .'
    [problem] = text_problems(SourceFile("ontology/x.ttl", text.encode()))
    assert (problem.span.line, problem.span.column) == (2, 17)
    assert name in problem.message


@pytest.mark.parametrize("text", [r"a\\u001bb", r"a\nb\tc\"", "a\r\nb", "العربية \u200f", r"\uD8"])
def test_other_characters_and_escapes_are_let_through(text: str) -> None:
    assert not list(text_problems(SourceFile("ontology/x.ttl", text.encode())))


@pytest.mark.parametrize("closing", ["", "# >>\n"])
def test_nested_triple_terms_do_not_end_the_process(closing: str) -> None:
    depth = 20_000
    nested = f"<<( x:a x:b {closing}" * depth + "1" + ")>>" * depth
    [problem] = told(f"x:a x:b {nested} .")
    assert problem.rule is rules.TOO_DEEP
    assert not told("x:a x:b <<( x:a x:b 1 )>> ." * MOST_TERMS)


def test_no_command_prints_a_control_character_of_the_ontology_or_of_a_front_comment(
    tmp_path: Path, kg: Kg
) -> None:
    folder = tmp_path / "w"
    assert kg("init", folder).code == 0
    query = "# title: a\x1b[31m\n# question: b\u202e?\nSELECT * { ?a a ?b }\n"
    (folder / "queries" / "evil.rq").write_text(query)
    listed = kg("query", "--list", cwd=folder)
    assert "\\x1b[31m" not in listed.stdout  # a title is not listed
    assert "b\\u202e?" in listed.stdout
    checked = kg("check", cwd=folder)
    assert checked.stdout.count("KG108") + checked.stderr.count("KG108") == 2
    (folder / "ontology" / "x.ttl").write_text(PREFIXES + r'x:a rdfs:label "\u001b[31m" .')
    refused = kg("ontology", cwd=folder)
    assert refused.code == 1
    assert "U+001B" in refused.stderr
    everything = (listed, checked, refused)
    assert not any(set("\x1b\u202e") & {*r.stdout, *r.stderr} for r in everything)
