"""``/sparql`` and the forms of saved questions, asked of a real server."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import tarfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pyoxigraph as ox
import pytest
import uvicorn
from conftest import shared_path
from servers import SECONDS, Server, serving, small_workspace

from kg.files.workspace import find_workspace
from kg.query.sandbox import Limits
from kg.reading import read
from kg.server.app import make_app
from kg.server.guard import LOOPBACK
from kg.server.questions import MOST_ASKING
from kg.server.running import take_port
from kg.server.state import ServerState, Snapshot

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
HT = "http://www.w3.org/2011/http#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ASK = "/sparql?query=ASK%20%7B%7D"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(small_workspace(tmp_path_factory.mktemp("asked") / "row")) as started:
        yield started


def question(text: str, **more: str) -> str:
    return f"/sparql?{urlencode({'query': text, **more})}"


# The W3C's tests of the protocol


class Manifest:
    """The tests of the protocol, and the graphs that they ask of."""

    def __init__(self, folder: Path) -> None:
        self.store = ox.Store()
        self.store.load(path=folder / "manifest.ttl", format=ox.RdfFormat.TURTLE, base_iri="x:/")
        self.graphs = ox.Store()
        for number in (1, 2, 3):
            name = ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/data{number}.rdf")
            self.graphs.load(
                path=folder / f"data{number}.nt", format=ox.RdfFormat.N_TRIPLES, to_graph=name
            )

    def values(self, subject: Any, predicate: str) -> list[Any]:
        found = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]

    def value(self, subject: Any, predicate: str) -> Any:
        return next(iter(self.values(subject, predicate)), None)

    def items(self, node: Any) -> Iterator[Any]:
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        while node is not None and node.value != f"{rdf}nil":
            yield self.value(node, f"{rdf}first")
            node = self.value(node, f"{rdf}rest")

    def tests(self) -> Iterator[tuple[str, list[Any]]]:
        [top] = self.store.quads_for_pattern(None, ox.NamedNode(f"{MF}entries"), None)
        for test in self.items(top.object):
            action = self.value(test, f"{MF}action")
            yield test.value.rpartition("#")[2], [*self.items(self.value(action, f"{HT}requests"))]

    def send(self, url: str, request: Any) -> httpx.Response:
        path = self.value(request, f"{HT}absolutePath").value
        headers = {
            self.value(each, f"{HT}fieldName").value: self.value(each, f"{HT}fieldValue").value
            for each in self.items(self.value(request, f"{HT}headers"))
        }
        body = self.value(request, f"{HT}body")
        cnt = "http://www.w3.org/2011/content#"
        chars = self.value(body, f"{cnt}chars") if body is not None else None
        encoding = self.value(body, f"{cnt}characterEncoding") if body is not None else None
        data = chars.value.encode(encoding.value if encoding else "utf-8") if chars else b""
        method = self.value(request, f"{HT}methodName").value
        address = f"{url}{path.replace('/sparql/', '/sparql', 1)}"
        return httpx.request(method, address, headers=headers, content=data, timeout=60)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    folder = tmp_path_factory.mktemp("w3c")
    with tarfile.open(shared_path("suites/w3c-sparql11.tar.xz")) as archive:
        names = [each for each in archive.getmembers() if "/sparql11/protocol/" in each.name]
        # Python 3.11 knows filters from its fourth patch on.
        safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        archive.extractall(folder, names, **safely)
    return Manifest(next(folder.rglob("protocol/manifest.ttl")).parent)


@contextmanager
def answering(state: ServerState) -> Iterator[str]:
    """The address of a server in this process."""
    heard = take_port(0)
    port = heard.getsockname()[1]
    config = uvicorn.Config(make_app(state, port), http="h11", ws="none", log_level="critical")
    running = uvicorn.Server(config)
    thread = Thread(target=running.run, args=([heard],))
    thread.start()
    try:
        while not running.started:
            time.sleep(0.01)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        running.should_exit = True
        thread.join()


@pytest.fixture
def w3c_url(manifest: Manifest, server: Server) -> Iterator[str]:
    """A server whose graph is that of the W3C's tests."""
    state = ServerState(find_workspace(server.folder))
    # A browser of another test may have a loop of its own in this thread.
    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, state.refresh()).result(SECONDS)
    vars(state.snapshot.reading)["store"] = manifest.graphs
    with answering(state) as url:
        yield url


@pytest.fixture
def full(server: Server) -> Iterator[str]:
    """A server that is answering as many questions as it may."""
    reading = read(find_workspace(server.folder))
    state = ServerState(reading.workspace)
    state.snapshot = Snapshot("1", reading, reading)
    state.asking = MOST_ASKING
    with answering(state) as url:
        yield url


def test_the_protocol_is_the_w3cs_and_every_update_is_refused(
    manifest: Manifest, w3c_url: str
) -> None:
    asked, before = [], len(manifest.graphs)
    for name, requests in manifest.tests():
        if "update" in name:
            answer = manifest.send(w3c_url, requests[0])
            assert answer.status_code in (400, 403, 405, 415), name
            continue
        asked.append(name)
        for request in requests:
            answer = manifest.send(w3c_url, request)
            expected = manifest.value(request, f"{HT}resp")
            statuses = [each.value[-3] for each in manifest.values(expected, f"{MF}expectedStatus")]
            assert str(answer.status_code)[0] in statuses, f"{name}: {answer.text}"
            truth = manifest.value(expected, f"{MF}expectedBoolean")
            if truth is not None:
                assert answer.json()["boolean"] is (truth.value == "true"), name
    assert len(asked) == 20
    assert len(manifest.graphs) == before


# The requests of the corpus of bad inputs


def raw(server: Server, data: bytes) -> tuple[int, str, str]:
    """Send bytes, and return status, headers and body of the answer."""
    address = httpx.URL(server.url)
    with socket.create_connection((address.host, address.port or 0), timeout=30) as connection:
        connection.sendall(data)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    head, _, body = received.decode("utf-8", "replace").partition("\r\n\r\n")
    return int(head.split()[1]), head.lower(), body


def test_the_requests_of_the_corpus_are_answered_as_its_manifest_says(server: Server) -> None:
    folder = shared_path("bad-inputs")
    inputs = json.loads((folder / "manifest.open.json").read_text("utf-8"))["inputs"]
    requests = [each for each in inputs if each["kind"] == "http" and each["file"]]
    assert len(requests) > 15
    port = server.url.rpartition(":")[2]
    for each in requests:
        data = (folder / each["file"]).read_bytes().replace(b"{PORT}", port.encode())
        status, head, body = raw(server, data)
        assert status in each["expected"]["http_status"], each["id"]
        assert "Traceback" not in body, each["id"]
        assert "set-cookie" not in head, each["id"]
        assert "access-control" not in head, each["id"]
        if each["id"] == "http-406":
            assert "text/csv" in body
        if each["id"].startswith(("http-method", "http-options")):
            assert "allow: get, head, post, options" in head, each["id"]
        if each["id"] == "http-qvalues":
            assert "content-type: application/sparql-results+json" in head
        if each["id"] == "http-no-query":
            graph = ox.parse(body, ox.RdfFormat.TURTLE)
            assert f"{server.url}/sparql" in {getattr(each.object, "value", "") for each in graph}
    assert server.get(ASK).json()["boolean"] is True


@pytest.mark.parametrize("path", ["/sparql", "/desk/write", "/names.html"])
def test_an_endless_body_is_cut_off_and_idle_connections_hold_nobody_up(
    server: Server, path: str
) -> None:
    address = httpx.URL(server.url)
    target = (address.host, address.port or 0)
    idle = [socket.create_connection(target) for _ in range(100)]
    with socket.create_connection(target, timeout=30) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: {address.host}:{address.port}\r\n"
        head += "Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode())
        chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
        # 200 MB are more than any buffer between here and there takes.
        with pytest.raises(OSError, match=r"reset|[Bb]roken|closed"):
            connection.sendall(chunk * 200)
    assert server.get(ASK).json()["boolean"] is True
    for each in idle:
        each.close()


def test_where_too_many_are_asked_the_next_is_told_to_come_again(full: str) -> None:
    answer = httpx.get(f"{full}{ASK}", timeout=60)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert httpx.get(f"{full}/page/about.html", timeout=60).status_code == 200


# Forms and answers


def test_each_form_of_an_answer_can_be_had_by_name_or_by_accept(server: Server) -> None:
    select, construct = "SELECT ?s { ?s a kg:Claim } LIMIT 2", "CONSTRUCT WHERE { ?s a ?c }"
    for text, names in ((select, "json xml csv tsv"), (construct, "ttl nt jsonld")):
        for name in names.split():
            answer = server.get(question(text, format=name))
            assert answer.status_code == 200
            again = server.get(question(text), {"accept": answer.headers["content-type"]})
            assert again.content == answer.content
    assert server.get(question(select, format="ttl")).status_code == 400
    assert server.get(question(select), {"accept": "text/turtle"}).status_code == 406
    triples = [
        set(map(str, ox.parse(server.get(question(construct, format=name)).content, format)))
        for name, format in (("nt", ox.RdfFormat.N_TRIPLES), ("ttl", ox.RdfFormat.TURTLE))
    ]
    assert triples[0] == triples[1]


def test_a_lens_holds_for_questions_too(server: Server) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s a kg:Article }"
    counts = [
        server.get(f"{path}{question(text, format='csv')[1:]}").text
        for path in ("/", "/lens/known-by=1900-01-01/")
    ]
    assert counts[0] != counts[1]
    # An empty field, as forms send them, takes nothing away from the lens of the path.
    more = question(text, **{"known-by": "", "true-on": "2024-01-01", "format": "csv"})
    assert server.get(f"/lens/known-by=1900-01-01/{more[1:]}").text == counts[1]
    assert (
        server.get(question(text, **{"known-by": "1900-01-01", "format": "csv"})).text
        == (counts[1])
    )


def test_a_browser_gets_a_page_with_links_downloads_and_mistakes(server: Server) -> None:
    html = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
    assert "<textarea" in server.get("/sparql", html).text
    page = server.get(question("SELECT ?s { ?s a kg:Article }"), html).text
    assert 'href="article/' in page
    downloads = re.findall(r'href="(sparql\?[^"]*)" download', page)
    assert len(downloads) == 4
    for each in downloads:
        answer = server.get(f"/{each.replace('&amp;', '&')}")
        assert answer.status_code == 200
    drawn = server.get(question("SELECT ?who { ?who kg:partyTo ?pact }", format="picture"), html)
    assert "answer as a table" in drawn.text
    nothing = server.get(question("SELECT (1 AS ?one) {}", format="picture"), html)
    assert nothing.status_code == 400
    assert "nothing can be drawn" in nothing.text
    wrong = server.get(question('SELECT "</pre><script>" {'), html).text
    assert 'role="alert"' in wrong
    assert "</pre><script>" not in wrong.partition('role="alert"')[2].partition("</pre>")[0]


def test_help_in_typing_is_asked_with_text_and_never_fails(server: Server) -> None:
    def help_for(data: bytes) -> httpx.Response:
        return httpx.post(f"{server.url}/sparql/words", content=data, timeout=60)

    assert help_for(b"{ vae").json()["found"][0]["label"] == "Vael"
    assert help_for(b"{ ?x \x22").json()["found"] == []
    assert help_for(b"\xff").status_code == 400
    assert help_for(b" " * 5_000_000).status_code == 413


LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.parametrize("asked", ["sparql", "picture", "saved", "all"])
def test_while_a_long_question_is_answered_pages_are_made(
    server: Server, tmp_path: Path, asked: str
) -> None:
    paths = {
        "sparql": question(LONG),
        "picture": question(LONG, format="picture"),
        "saved": "/ask/long.html",
        "all": "/page/questions.html",
    }
    folder = small_workspace(tmp_path / "row")
    (folder / "queries" / "long.rq").write_text(f"# title: Long\n{LONG}\n", "utf-8")
    with ThreadPoolExecutor(1) as pool, serving(folder) as long:
        assert long.get("/names.html").status_code == 200
        asking = pool.submit(long.get, paths[asked], {"accept": "text/html"})
        wait_for_a_child(long.process.pid)
        for _ in range(3):
            assert long.get("/names.html").status_code == 200
        assert not asking.done()


def test_what_nobody_waits_for_any_more_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Limits(seconds=2 * SECONDS)
    monkeypatch.setattr("kg.server.questions.LIMITS", endless)
    monkeypatch.setattr("kg.site.question_answers.view_limits", lambda _: endless)
    folder = small_workspace(tmp_path / "row")
    (folder / "queries" / "long.rq").write_text(f"# title: Long\n{LONG}\n", "utf-8")
    reading = read(find_workspace(folder))
    state = ServerState(reading.workspace)
    state.snapshot = Snapshot("1", reading, reading)
    others = child_ids()
    with answering(state) as url:
        host = url.removeprefix("http://")
        for path in (question(LONG), "/ask/long.html"):
            address, _, port = host.partition(":")
            with socket.create_connection((address, int(port)), SECONDS) as asked:
                asked.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                wait_until(lambda: child_ids() > others)
                # The child has this end, too.
                asked.shutdown(socket.SHUT_RDWR)
            wait_until(lambda: child_ids() == others)
        assert httpx.get(f"{url}{ASK}", timeout=SECONDS).json()["boolean"] is True


def child_ids() -> set[str]:
    """The ids of the processes that this one has started."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {id for each in tasks for id in each.read_text().split()}


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def wait_for_a_child(process: int) -> None:
    """Wait until a process has one, in which it answers a question."""
    end = time.monotonic() + SECONDS
    tasks = Path(f"/proc/{process}/task")
    while not any(each.read_text() for each in tasks.glob("*/children")):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_the_service_is_described_by_an_address_that_is_one(server: Server) -> None:
    for path in ("/sparql", "/lens/%3cb%3e=/sparql", "/lens/status=%22%20%3Caccepted%3E/sparql"):
        answer = server.get(path, {"accept": "text/turtle"})
        if path == "/sparql" or not answer.is_error:
            assert list(ox.parse(answer.content, ox.RdfFormat.TURTLE))


def test_a_saved_question_is_a_form_whose_address_repeats_the_answer(server: Server) -> None:
    page = server.get("/ask/about.html").text
    assert "it is asked of a value that you choose" in page.lower()
    found = re.search(r'<datalist id="of-thing"><option value="([^"]+)">', page)
    assert found
    answer = server.get(f"/ask/about.html?thing={quote(found[1])}")
    assert answer.status_code == 200
    csv = re.search(r'href="\.\./(ask/about\.csv[^"]*)" download', answer.text)
    assert csv
    assert server.get(f"/{csv[1]}").headers["content-type"].startswith("text/csv")
    wrong = server.get("/ask/about.html?thing=nobody")
    assert wrong.status_code == 400
    assert "nobody" in wrong.text
    moved = server.get(f"/ask/about.html?thing={found[1]}&known-by=2024-03-31")
    assert moved.headers["location"] == (
        f"/lens/known-by=2024-03-31/ask/about.html?thing={found[1]}"
    )
