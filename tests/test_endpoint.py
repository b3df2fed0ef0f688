"""Other engines: the graph is loaded into a real server and asked there; an answer that is cut, or
comes from elsewhere, is none.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY, Kg

from kg.cli import main
from kg.diagnostics import KgError
from kg.query.endpoint import TOKEN, Endpoint

PREFIXES = {"": "https://example.org/"}
SELECT = "SELECT ?x { ?x ?p ?o }"


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[str]:
    """The address of Oxigraph's server, in a process of its own."""
    program = shutil.which("oxigraph") or shutil.which(
        "oxigraph", path=str(Path(sys.executable).parent)
    )
    if program is None:
        pytest.skip("no Oxigraph server on this machine (pip install oxigraph)")
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [program, "serve", "--location", tmp_path / "store", "--bind", address],
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://{address}/", timeout=5).close()
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def test_a_server_that_was_loaded_answers_every_saved_query_as_kg_does(
    kg: Kg, oxigraph: str
) -> None:
    loaded = kg("-C", REPOSITORY, "load", f"{oxigraph}/store", "--check", f"{oxigraph}/query")
    assert loaded.code == 0, loaded.stdout + loaded.stderr
    assert "answered otherwise there: 0" in loaded.stdout
    question = ("query", "parties", "--param", "pact=gsomia", "--format", "csv")
    there = kg("-C", REPOSITORY, *question, "--endpoint", f"{oxigraph}/query")
    assert there.stdout == kg("-C", REPOSITORY, *question).stdout
    made = kg(
        *("-C", REPOSITORY, "query", "-", "--endpoint", f"{oxigraph}/query", "--format", "ttl"),
        stdin="CONSTRUCT { ?who kg:partyTo :gsomia } { ?who kg:partyTo :gsomia }",
    )
    assert made.stdout.count("kg:partyTo") == 2


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """The address of a server that answers so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.body = self.rfile.read(int(self.headers["Content-Length"]))
            answer(self)

        do_PUT = do_POST

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def rows(number: int) -> bytes:
    bindings = [{"x": {"type": "literal", "value": str(n)}} for n in range(number)]
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()


def sends(body: bytes, code: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """What sends an answer."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return send


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (sends(rows(3), 206), 3, "a part of the answer only"),
        (sends(rows(3), X_SPARQL_MaxRows="3"), 3, "cut the answer at 3 rows"),
        (sends(b"<html>hello"), 2, "no result of SPARQL"),
        (sends(b"no\x1b[2J", 401), 2, "HTTP 401"),
        (sends(b"", 302, Location="http://127.0.0.2:1/"), 2, "sends on to another host"),
        (sends(b"", 307, Location="/sparql"), 2, "sends on to http://127.0.0.1:[0-9]+/sparql"),
    ],
)
def test_an_answer_that_is_cut_or_is_none_is_told(
    answer: Callable[[BaseHTTPRequestHandler], None], code: int, message: str
) -> None:
    with serving(answer) as url, pytest.raises(KgError, match=message) as raised:
        Endpoint(url, timeout=10).ask(SELECT, PREFIXES)
    assert raised.value.exit_code == code
    assert "\x1b" not in str(raised.value)


def test_more_rows_than_allowed_are_none() -> None:
    with serving(sends(rows(4))) as url:
        assert len(Endpoint(url, timeout=10).ask(SELECT, PREFIXES).rows) == 4
        with pytest.raises(KgError, match="stopped at the limit of 3 rows"):
            Endpoint(url, timeout=10).ask(SELECT, PREFIXES, most_rows=3)


def test_a_token_goes_with_the_request_and_never_in_an_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        sends(rows(0))(handler)

    monkeypatch.setenv(TOKEN, "secret")
    with serving(answer) as url:
        Endpoint(url, timeout=10).ask(SELECT, PREFIXES)
    assert seen == ["Bearer secret"]
    for address in ("", "\n", "http://[::1", "file:///etc/hosts"):
        with pytest.raises(KgError, match="is no address of a service"):
            Endpoint(address).ask("ASK {}", {})
    with pytest.raises(KgError, match="credentials in it is refused"):
        Endpoint("http://me:you@127.0.0.1:1/query").ask(SELECT, PREFIXES)


def test_a_graph_goes_whole_to_a_server_that_asks_for_a_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[tuple[bytes, str | None]] = []

    def answer(handler: Any) -> None:
        seen.append((handler.body, handler.headers["Authorization"]))
        if seen[-1][1]:
            sends(b"", 204)(handler)
        else:
            sends(b"who?", 401, WWW_Authenticate='Basic realm="x"')(handler)

    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password pw\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    with serving(answer) as url:
        Endpoint(url, timeout=10).put(b"<a:a> <a:b> <a:c> .\n")
    assert seen == [(b"<a:a> <a:b> <a:c> .\n", header) for header in (None, "Basic bWU6cHc=")]


@pytest.mark.parametrize("body", [rows(0), rows(2)])
def test_a_server_that_counts_no_triples_is_told(kg: Kg, quarrel: Path, body: bytes) -> None:
    with serving(sends(body)) as url:
        ran = kg("-C", quarrel, "load", url, "--check", url, "--timeout", "10")
    assert ran.code == 1
    assert re.search(r"^triples: (no number|0, 1) there, [0-9]+ here$", ran.stdout, re.MULTILINE)


def test_what_an_engine_loaded_its_own_way_can_be_compared(
    quarrel: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kg.cli.load.MOST_TRIPLES", 5)
    wide = quarrel / "queries" / "a-wide.rq"
    wide.write_text("# Everything with everything\nSELECT ?a ?b { ?a ?p ?c . ?b ?q ?d }\n")
    seen: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.command)
        sends(rows(1))(handler)

    with serving(answer) as url:
        assert main(["-C", str(quarrel), "load", url, "--check", url]) == 1
        assert main(["-C", str(quarrel), "load", url]) == 2
    assert set(seen) == {"POST"}
    told = capsys.readouterr()
    assert told.out.startswith("triples: 0 there, ")
    assert re.search("^a-wide: not compared, since kg has no answer: .*rows", told.out, re.M)
    assert re.search(r"[0-9]{2} saved queries; .*; not compared: 1$", told.out, re.M)
    assert told.err.count("oxigraph load --location") == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x { ?x ?p }", "<query>:1:"),
        ("INSERT DATA { :a :b :c }", "only read"),
        ("SELECT (kg:countSources(?a) AS ?n) { ?a ?p ?o }", "kg:countSources"),
    ],
)
def test_a_question_that_no_engine_should_get_is_never_sent(text: str, message: str) -> None:
    kg_prefixes = {**PREFIXES, "kg": "https://w3id.org/actor-kg/ns#"}
    with pytest.raises(KgError, match=message) as raised:
        Endpoint("http://127.0.0.1:1/query").ask(text, kg_prefixes)
    assert raised.value.exit_code == 1


def test_what_is_judged_from_the_workspace_is_not_asked_elsewhere(kg: Kg) -> None:
    for more in (("--evidence",), ("--true-on", "2019-11-22"), ("--known-by", "2019-11-22")):
        ran = kg("-C", REPOSITORY, "query", "facts", "--endpoint", "http://127.0.0.1:1/q", *more)
        assert ran.code == 2
        assert "an engine cannot answer with" in ran.stderr
    alone = kg("-C", REPOSITORY, "query", "facts", "--graph", "https://example.org/g")
    assert (alone.code, "add --endpoint" in alone.stderr) == (2, True)
