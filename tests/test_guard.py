"""One guard for every question: whoever asks, the same is refused, and the same limits hold."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from conftest import REPOSITORY, Kg, shared_path

from kg.diagnostics import KgError
from kg.files.workspace import Workspace
from kg.graph import Asking, Graph
from kg.ontology.patterns import is_pattern, matching_texts
from kg.query.checks import folder_problems
from kg.query.parameters import Param, ParamKind, value_problem
from kg.query.sandbox import (
    PATIENT_LIMITS,
    Fault,
    Limits,
    each_within_limits,
    start_the_clock,
    within_limits,
)
from kg.query.saved import parse_saved_query
from kg.query.size import count_parts
from kg.reading import Reading, read
from kg.view.rows import MOST_LABEL, find_all_rows, find_rows, view_limits

SHORT = Limits(seconds=0.4)
TIES = "?assertion a kg:Assertion ; rdf:subject ?source ; rdf:object ?target"
ENDLESS = "{ SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }"
REFUSED = {
    "SERVICE is off": "SELECT * { SERVICE <http://127.0.0.1:%d/> { ?s ?p ?o } }",
    "updates are refused": "INSERT DATA { <a:a> <a:b> <http://127.0.0.1:%d/> }",
    "FROM is refused": "SELECT * FROM <http://127.0.0.1:%d/> { ?s ?p ?o }",
    "more than the limit of 2,000": "SELECT * { ?s ?p ?o" + ", ?o" * 10_000 + " }",
    "nested deeper": "SELECT * { ?s ?p " + "(" * 200 + ")" * 200 + " }",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace of enough triples."""
    folder = tmp_path_factory.mktemp("guard") / "w"
    ran = [sys.executable, "-m", "kg", "init", str(folder)]
    subprocess.run(ran, check=True, capture_output=True, env={"PYTHONPATH": str(REPOSITORY)})
    lines = "\n".join(
        f"  - {{id: a{n}, subject: a, predicate: meets, object: b,"
        f" when: {1900 + n}, cite: {{wire: [1]}}}}"
        for n in range(20)
    )
    (folder / "sources" / "start-here.yaml").write_text(
        f"""
articles:
  wire: {{title: T, publisher: p, originator: p, published: 2020-01-01, paragraphs: 9,
    text_sha256: "{0:064d}"}}
actors:
  p: {{type: MediaOrganization, label: Press}}
  a: {{type: State, label: Arden}}
  b: {{type: State, label: Brell}}
assertions:
{lines}
"""
    )
    return folder


@pytest.fixture(scope="module")
def reading(folder: Path) -> Reading:
    return read(Workspace(folder), questions=())


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a listener that nobody may reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server.getsockname()[1]
        with pytest.raises(BlockingIOError):
            server.accept()


def asking(reading: Reading, timeout: float = 5.0, *, open_dataset: bool = False) -> Graph:
    """What ``kg.load`` makes of a reading."""
    return Graph(reading, Asking(timeout, 448, open_dataset))


def view(body: str) -> Callable[[Reading], object]:
    """A view of some patterns, to be asked of a reading."""
    text = f"# title: t\n# question: q?\nSELECT ?source ?target ?assertion ?label {{ {body} }}"
    saved = parse_saved_query("x", text)._replace(file="viz/x.rq")

    def ask(reading: Reading) -> object:
        [found] = find_all_rows(reading, [saved], limits=SHORT)
        if isinstance(found, KgError):
            raise found
        return found

    return ask


@pytest.mark.parametrize("message", REFUSED)
def test_what_a_query_may_not_do_is_refused_whoever_asks(
    folder: Path, reading: Reading, port: int, message: str
) -> None:
    text = REFUSED[message].replace("%d", str(port))
    asked = parse_saved_query("x", f"# title: t\n# question: q?\n{text}")._replace(file="viz/x.rq")
    for ask in (lambda: asking(reading).query(text), lambda: find_rows(reading, asked)):
        with pytest.raises(KgError, match=message) as found:
            ask()
        assert found.value.exit_code == 1
    written = folder / "queries" / "x.rq"
    written.write_text(asked.text)
    try:
        found_by_check = folder_problems(
            {"queries": Workspace(folder).folder("queries")}, reading.ontology
        )
        assert [p.rule.code for p in found_by_check if message in p.message] == ["KG502"]
    finally:
        written.unlink()


def test_who_reads_again_tries_only_the_queries_that_changed(
    folder: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def count(works: Sequence[Callable[[], object]], limits: Limits) -> Sequence[object]:
        tried.append(len(works))
        return each_within_limits(works, limits)

    def told() -> list[str]:
        folders = {"queries": Workspace(folder).folder("queries")}
        return [each.rule.code for each in folder_problems(folders, reading.ontology)]

    monkeypatch.setattr("kg.query.checks.each_within_limits", count)
    written = folder / "queries" / "again.rq"
    head = "# title: t\n# question: q?\nSELECT ?again"
    try:
        for body, codes in (("{}", []), ("{}", []), ("{", ["KG502"]), ("{", ["KG502"]), ("{}", [])):
            written.write_text(f"{head} {body}")
            assert told() == codes
    finally:
        written.unlink()
    assert tried[1:] == [0, 1, 0, 0]


def test_python_is_stopped_at_the_limits_and_says_how_to_raise_them(reading: Reading) -> None:
    graph = asking(reading, timeout=2.0)
    with pytest.raises(KgError, match=r"time limit of 2 s") as found:
        graph.query(f"SELECT * {ENDLESS}")
    assert found.value.exit_code == 3
    assert "kg.load" in found.value.hint
    assert len(graph.query("SELECT * { ?a a kg:State }")) == 2


def test_python_asks_within_limits_from_a_thread_too(reading: Reading) -> None:
    graph, ends = asking(reading, timeout=2.0), list[object]()

    def ask() -> None:
        ends.append(graph.query("SELECT ?a { ?a a kg:State } ORDER BY ?a"))
        try:
            graph.query(f"SELECT * {ENDLESS}")
        except KgError as error:
            ends.append(error.exit_code)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert ends == [[{"a": "a"}, {"a": "b"}], 3]


def test_a_view_that_goes_beyond_a_limit_is_told_with_its_file_and_line(reading: Reading) -> None:
    with pytest.raises(KgError, match=r"^viz/x\.rq:3:1: stopped: .*time limit") as found:
        view(f"{TIES} {ENDLESS}")(reading)
    assert found.value.exit_code == 3


def test_the_label_of_a_line_is_short(reading: Reading) -> None:
    text = "x" * (MOST_LABEL + 1)
    with pytest.raises(KgError, match=r"row 1: \?label has 1,001 characters"):
        view(f'{TIES} BIND("{text}" AS ?label)')(reading)


def test_a_view_that_is_no_view_is_refused_at_its_place(reading: Reading) -> None:
    with pytest.raises(KgError, match=r"^viz/x\.rq:3:\d+: RAND\(\) gives something else"):
        view(f"{TIES} FILTER(RAND() < 0.5)")(reading)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_the_dataset_is_shut_unless_opened_and_then_a_copy(reading: Reading) -> None:
    with pytest.raises(KgError, match="the dataset is shut") as found:
        _ = asking(reading).dataset
    assert "open_dataset=True" in found.value.hint
    graph = asking(reading, open_dataset=True)
    graph.dataset.update("INSERT DATA { <https://example.org/x> a <https://example.org/Y> }")
    assert bool(graph.dataset.query("ASK { ?a a <https://example.org/Y> }"))
    assert not graph.query("SELECT ?a { ?a a <https://example.org/Y> }")


def test_of_several_works_each_has_its_own_end() -> None:
    def burn() -> int:
        while True:
            pass

    def refuse() -> int:
        raise KgError("no", exit_code=1)

    ends = each_within_limits([lambda: 1, burn, refuse, lambda: 4, burn, lambda: 6], SHORT)
    told = [end if isinstance(end, int) else (end.exit_code, str(end)[:7]) for end in ends]
    assert told == [1, (3, "stopped"), (1, "no"), 4, (3, "stopped"), 6]


def test_what_comes_back_is_whole_or_nothing() -> None:
    with pytest.raises(KgError, match="larger than the size limit"):
        within_limits(lambda: "x" * 2_000_000, Limits(most_bytes=1_000_000))
    with pytest.raises(Fault, match="ZeroDivisionError"):
        within_limits(lambda: 1 // 0)


def test_what_is_printed_is_held_back_up_to_the_limit_and_not_beyond(
    capsys: pytest.CaptureFixture[str],
) -> None:
    limits = Limits(most_bytes=10)
    within_limits(lambda: sys.stdout.write("x" * 10), limits)
    assert capsys.readouterr().out == "x" * 10
    with pytest.raises(KgError, match="larger than the size limit"):
        within_limits(lambda: sys.stdout.write("x" * 11), limits)
    assert capsys.readouterr().out == ""


def test_reading_has_a_time_of_its_own() -> None:
    def read_and_ask() -> float:
        began = time.process_time()
        while time.process_time() - began < 0.4:
            pass
        start_the_clock(limits)
        return began

    limits = Limits(seconds=0.2, reading=60.0, patience=100.0)
    assert within_limits(read_and_ask, limits)


def test_a_child_ends_with_its_parent_even_where_that_is_killed() -> None:
    program = (
        "import os, time\n"
        "from kg.query.sandbox import *\n"
        "def work():\n"
        "    os.write(pipe, str(os.getpid()).encode())\n"
        "    while True: pass\n"
        "pipe = os.dup(1)\n"
        "within_limits(work, Limits(seconds=30))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment
    )
    assert parent.stdout
    child = int(os.read(parent.stdout.fileno(), 20))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    # The pipe ends once nobody holds it: the child is no more.
    assert parent.stdout.read() == b""
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and is_running(child):
        time.sleep(0.02)
    assert not is_running(child)


def is_running(id: int) -> bool:
    """Whether a process runs; one that has ended and is not waited for does not."""
    try:
        os.kill(id, 0)
        status = Path(f"/proc/{id}/stat")
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_pipe_is_no_query_file_and_no_value_holds_a_lone_surrogate(folder: Path, kg: Kg) -> None:
    os.mkfifo(folder / "fifo")
    found = kg("query", "./fifo", cwd=folder)
    assert (found.code, "not a regular file" in found.stderr) == (2, True)
    query = folder / "named.rq"
    query.write_text("# param: name (text) : n\nSELECT ?a { ?a rdfs:label ?name }")
    found = kg("query", "./named.rq", "--param", "name=\udcff", cwd=folder)
    assert (found.code, "is not UTF-8" in found.stderr) == (2, True)
    assert "Traceback" not in found.stderr
    value = value_problem(Param("name", ParamKind.TEXT), "\udcff")
    assert "U+DCFF, a lone surrogate" in value


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ASK { ?s ?p ?o }", 1),
        ("ASK { ?s ?p ?o . ?s ?p ?o ; ?q ?o , ?r }", 4),
        ("ASK { ?s ?p (1 2 3) }", 6),
        ("ASK { ?s ?p ?o ~ :r ~ :q }", 3),
        ("SELECT (COALESCE(?a, ?b, ?c) AS ?d) { }", 3),
        ("DESCRIBE <a:a> <a:b> <a:c>", 2),
        ("ASK { VALUES ?x { 1 2 3 4 } }", 2),
        ("ASK { VALUES (?x ?y) { (1 2) (3 4) } ?s ?p (1 2) }", 8),
    ],
)
def test_a_query_is_as_large_as_what_the_engine_joins(text: str, count: int) -> None:
    assert sum(count_parts(text)) == count


def test_a_pattern_of_the_ontology_is_matched_in_one_go_or_refused() -> None:
    letters = "a" * 20_000
    assert matching_texts("(a+)+b|(a|a)*c", [letters, letters + "c"]) == {letters + "c"}
    assert matching_texts("B[0-9]{3}", ["B123", "B123\n", "xB123", 'B123"', ""]) == {"B123"}
    assert is_pattern("Q[1-9][0-9]*")
    for refused in ("", "(", "a)|(b", "(?=a)a", r"(a)\1", "((a{999}){999}){999}", "(?x) a # b"):
        assert not is_pattern(refused), refused


def test_nobody_asks_past_the_guard() -> None:
    """The engine is asked in ``kg.query`` alone, and whoever uses that does it within limits."""
    for file in (REPOSITORY / "kg").rglob("*.py"):
        text = file.read_text()
        if file.parent.name == "query" and file.parent.parent.name == "kg":
            continue
        assert "store.query(" not in text.lower(), file
        if re.search(r"import .*\b(ask|run_query)\b", text):
            assert "within_limits(" in text, file


@pytest.mark.parametrize(
    "name", ["check-hang-list-1000.rq", "check-segv-10000-commas.rq", "check-segv-describe-3000.rq"]
)
def test_the_queries_that_ended_a_check_are_told(reading: Reading, name: str) -> None:
    text = (shared_path("repro") / name).read_text()
    with pytest.raises(KgError, match="more than the limit of 2,000 brackets"):
        find_rows(reading, parse_saved_query("x", text))


def test_a_view_has_the_limits_of_every_question_and_more_only_of_a_large_graph() -> None:
    assert view_limits(0) == view_limits(25_000) == PATIENT_LIMITS
    large, larger = view_limits(50_000), view_limits(100_000)
    for name in ("seconds", "memory", "most_bytes"):
        assert getattr(PATIENT_LIMITS, name) < getattr(large, name) < getattr(larger, name)
    assert larger.seconds == 4 * PATIENT_LIMITS.seconds
