"""Fuzzes what reads text that others wrote, guided by the lines that each input reaches (atheris).

Each target states laws of any input at all; an input that breaks one is written to a file, and
becomes a test. `make fuzz` runs each target for some minutes, in an environment of its own.

usage: python benchmarks/fuzz.py reader|edtf|query [libFuzzer options, as in -max_total_time=300]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris  # type: ignore[import-not-found, unused-ignore]

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

with atheris.instrument_imports(include=["kg"]):
    from kg.dates.edtf import parse_date
    from kg.dates.errors import DateError
    from kg.files.workspace import SourceFile, Workspace
    from kg.ontology.reader import read_ontology
    from kg.query.binding import open_string_problem
    from kg.query.errors import refusal_problem, unclosed_problem
    from kg.query.saved import parse_saved_query
    from kg.query.size import count_parts
    from kg.query.sparql import tokenize_query, variable_names
    from kg.sources.loader import load_corpus
    from kg.text.characters import FORBIDDEN

ONTOLOGY = read_ontology(Workspace(REPOSITORY).files("ontology", (".ttl",)).contents)[0]


def is_printable(text: str) -> bool:
    """Whether a message can be sent to a terminal."""
    return not FORBIDDEN.search(text.replace("\n", ""))


def read_source(data: bytes) -> None:
    """Any bytes are read, or told with a place in them and in words that can be printed."""
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for problem in load_corpus([SourceFile("x.yaml", data)], ONTOLOGY).diagnostics:
        assert 1 <= problem.span.line <= lines, problem
        assert is_printable(problem.message + problem.hint), problem


def read_date(data: bytes) -> None:
    """Any text is a date whose bounds are in order, and which is the same when it is written again,
    or an error that can be printed.
    """
    text = data.decode("utf-8", "replace")
    said = ""
    try:
        date = parse_date(text)
    except DateError as error:
        said = f"{error}{error.hint}"
    if said:
        assert is_printable(said), said
        return
    assert parse_date(date.text) == date
    for first, last in (
        (date.start_earliest, date.start_latest),
        (date.end_earliest, date.end_latest),
    ):
        assert first is None or last is None or first <= last, date


def look_at_query(data: bytes) -> None:
    """What looks at a query before it is asked raises nothing, and points into it."""
    text = data.decode("utf-8", "replace")
    count = len(text.split("\n"))
    for find in (refusal_problem, unclosed_problem, open_string_problem):
        if problem := find(text):
            assert 1 <= problem.line <= count, problem
            assert problem.column >= 1, problem
            assert is_printable(problem.message + problem.hint), problem
    tokens = tokenize_query(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(part >= 0 for part in count_parts(text))
    variable_names(text)
    assert parse_saved_query("x", text).text == text


def seeds_of_reader() -> Iterator[bytes]:
    """The sources of the example, which are small enough to change."""
    for file in sorted((REPOSITORY / "sources").rglob("*.yaml")):
        yield file.read_bytes()[:2000]


def seeds_of_dates() -> Iterator[bytes]:
    """Dates of every form."""
    for text in (
        "2019-11-15", "1998/..", "../2019-02", "2019-21", "1965~", "1965?", "-0044-03-15", "19XX",
        "2019-XX-01", "[2019,2020]", "{2019..2021}", "2019-02-28T10:00:00+09:00", "Y17000", "",
        "2004-06/2006-08", "spring 2019", "15.11.2019", "c. 1920", "1985-04-12/..", "156X",
    ):  # fmt: skip
        yield text.encode()


def seeds_of_queries() -> Iterator[bytes]:
    """The saved queries and views, and short questions of every form."""
    for text in (
        "ASK { ?s ?p ?o }", "SELECT * { ?s <a:b>/^<c:d>* 'x'@en , 1.0 }", "DESCRIBE <a:a> ?x {}",
        "CONSTRUCT { ?s ?p [] } WHERE { VALUES ?s { UNDEF } }", "BASE <a:> PREFIX b: <c:> ASK{}",
        "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { ?s ?p ( 1 ) } FILTER NOT EXISTS { } }",
        "SELECT * { SERVICE <a:b> {} }", "INSERT DATA {}", "# param: x (day) = 2019\nASK {}"
    ):  # fmt: skip
        yield text.encode()
    for file in sorted(
        [*(REPOSITORY / "queries").glob("*.rq"), *(REPOSITORY / "viz").glob("*.rq")]
    ):
        yield file.read_bytes()


Target = Callable[[bytes], None]
TARGETS: dict[str, tuple[Target, Callable[[], Iterator[bytes]]]] = {
    "reader": (read_source, seeds_of_reader),
    "edtf": (read_date, seeds_of_dates),
    "query": (look_at_query, seeds_of_queries),
}


def main() -> None:
    """Fuzz one target."""
    name, *options = sys.argv[1:]
    target, seeds = TARGETS[name]
    with TemporaryDirectory() as corpus:
        for number, data in enumerate(seeds()):
            (Path(corpus) / f"{number}").write_bytes(data)
        atheris.Setup(
            [sys.argv[0], "-timeout=20", "-rss_limit_mb=2048", *options, corpus],
            target,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
