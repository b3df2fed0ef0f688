"""``kg serve``: who may ask, what is answered, and how it begins and ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from conftest import Kg
from servers import SECONDS, Server, serving, small_workspace

from kg.diagnostics import KgError
from kg.files.workspace import find_workspace
from kg.query.folder import find_saved_query
from kg.reading import Reading, read
from kg.server.lens import lens_of, lens_pairs, lens_path, split_words
from kg.site.files import Site
from kg.status.lens import Lens

LENSES = ("", "known-by=2024-03-31", "true-on=2024&status=accepted&status=contested")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(small_workspace(tmp_path_factory.mktemp("served") / "row"), "--edit") as started:
        yield started


@pytest.fixture(scope="module")
def reading(server: Server) -> Reading:
    return read(find_workspace(server.folder))


def test_each_file_of_a_site_is_the_same_made_alone(reading: Reading) -> None:
    site, built = Site(reading), Site(reading).all_files()
    # Of each folder and type of files the last one, and all at the top.
    kinds = {(Path(name).parent, "/" in name or name, Path(name).suffix): name for name in built}
    assert len(kinds) > 8
    assert all(site.file(name) == built[name] for name in kinds.values())
    assert site.file("thing/nobody.html") is None
    assert site.file("../kg.cfg") is None


def test_a_page_is_the_one_that_a_build_writes_with_the_lens_of_its_address(
    server: Server, reading: Reading
) -> None:
    lens = lens_of([("known-by", "2024-03-31")])
    for path, under in (("/", Lens()), ("/lens/known-by=2024-03-31/", lens)):
        page = Site(reading.under(under)).file("names.html")
        assert page
        answer = server.get(f"{path}names.html")
        assert answer.status_code == 200
        main = page.decode().split("<main>")[1].split("</main>")[0]
        assert main in answer.text
    assert server.get("/graph.nq").content == Site(reading).file("graph.nq")


def test_a_lens_as_a_question_moves_before_the_name_of_the_file(server: Server) -> None:
    answer = server.get("/names.html?known-by=2024-03-31&status=")
    assert answer.headers["location"] == "/lens/known-by=2024-03-31/names.html"
    answer = server.get("/lens/known-by=2024-03-31/names.html?known-by=2024-04-01")
    assert answer.headers["location"] == "/lens/known-by=2024-04-01/names.html"


@pytest.mark.parametrize("query", LENSES[1:])
def test_the_words_of_a_lens_give_the_lens_again(query: str) -> None:
    lens = lens_of(split_words(query.replace("2024&", "2024-01-01&")))
    assert lens_of(lens_pairs(lens)) == lens
    assert lens_path(lens_pairs(lens)).startswith("/lens/")


def test_a_wrong_lens_is_told_as_the_command_tells_it(server: Server, kg: Kg) -> None:
    told = kg("-C", server.folder, "status", "lume-treaty", "--known-by", "soon").stderr
    answer = server.get("/lens/known-by=soon/index.html")
    assert answer.status_code == 400
    assert "soon" in told
    assert "soon" in answer.text
    assert server.get("/lens/according-to=nobody/index.html").status_code == 400
    with pytest.raises(KgError):
        lens_of([("known_by", "2024")])


def test_what_is_not_there_is_told_in_a_page(server: Server) -> None:
    for path in ("/thing/nobody.html", "/..%2f..%2fetc/passwd", "/%2e%2e/sources/x.yaml", "/a%00"):
        answer = server.get(path)
        assert answer.status_code == 404, path
        assert "There is no such page" in answer.text


def test_a_foreign_name_or_origin_is_refused(server: Server) -> None:
    for name in ("evil.example", "localhost", "127.0.0.1:1", ""):
        assert server.get("/", {"host": name}).status_code in (400, 421), name
    for origin in ("http://evil.example", "null", f"{server.url}.evil.example"):
        assert server.get("/names.html", {"origin": origin}).status_code == 403, origin
    assert server.get("/names.html", {"origin": server.url}).status_code == 200


def test_a_link_of_another_site_may_lead_here_and_no_picture_frame_or_script(
    server: Server,
) -> None:
    link = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    for site in ("cross-site", "same-site"):
        here = {"sec-fetch-site": site}
        assert server.get("/names.html", {**here, **link}).status_code == 200
        for mode, kind in (("navigate", "iframe"), ("no-cors", "image"), ("no-cors", "script")):
            headers = {**here, "sec-fetch-mode": mode, "sec-fetch-dest": kind}
            assert server.get("/names.html", headers).status_code == 403, kind


def test_no_answer_may_be_read_framed_or_guessed_at_by_others(server: Server) -> None:
    for path in ("/names.html", "/nothing.html", "/graph.ttl"):
        headers = server.get(path, {"origin": server.url}).headers
        assert not [name for name in headers if name.startswith("access-control")], path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]


def test_the_token_of_the_printed_address_becomes_a_cookie_of_this_server_only(
    server: Server,
) -> None:
    answer = server.get(f"/?token={server.token}")
    assert answer.headers["location"] == "/"
    away = server.get(f"//evil.example/?token={server.token}")
    assert away.headers["location"] == "/evil.example/"
    cookie = answer.headers["set-cookie"]
    # A cookie is of all ports of a machine: another server has one of another name.
    assert cookie.startswith(f"kg-token-{httpx.URL(server.url).port}=")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert server.get("/?token=guessed").status_code == 403


def test_a_taken_port_is_named(server: Server, kg: Kg) -> None:
    port = server.url.rpartition(":")[2]
    result = kg("-C", server.folder, "serve", "--port", port)
    assert result.code == 2
    assert f"port {port}" in result.stderr
    assert "--port" in result.stderr
    assert kg("serve", "--port", "70000").code == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_as_it_should_and_nobody_is_kept_waiting(
    tmp_path: Path, number: signal.Signals
) -> None:
    with serving(small_workspace(tmp_path / "row")) as server:
        assert not server.token
        address = httpx.URL(server.url)
        # Somebody follows changes, and somebody says nothing at all.
        with socket.create_connection((address.host, address.port or 0)) as idle:
            with httpx.stream("GET", f"{server.url}/events", timeout=30) as events:
                assert next(events.iter_lines()) == "event: version"
                assert server.end(number) == 0
            idle.settimeout(10)
            assert idle.recv(1) == b""
        assert server.process.stderr
        assert server.process.stderr.read() == ""


BAD_VIEWS = {
    "lacks": b"# title: Lacks\n# question: q?\nSELECT ?source { ?source a kg:State }",
    "latin": b"# title: L\xe4tin\n# question: q?\nSELECT ?source ?target ?assertion { }",
}


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_one_bad_view_is_told_on_the_first_page_and_the_others_stand(
    name: str, tmp_path: Path
) -> None:
    folder = small_workspace(tmp_path / "row")
    (folder / "viz" / f"{name}.rq").write_bytes(BAD_VIEWS[name])
    site = Site(read(find_workspace(folder)), is_private=True)
    page = site.file("index.html")
    assert page
    assert f"viz/{name}.rq".encode() in page or f"view &#39;{name}&#39;".encode() in page
    assert b'href="disputes.html"' in page
    assert site.file("disputes.html")
    assert site.file("names.html")
    with pytest.raises(KgError, match=name):
        site.file(f"{name}.html")
    with pytest.raises(KgError, match=name):
        Site(site.reading).all_files()


def await_news(lines: Iterator[str]) -> None:
    """Read on until the next event that says something; lines that only keep the connection alive
    are waited for so long and no longer.
    """
    end = time.monotonic() + SECONDS
    while not next(lines).startswith("data:"):
        assert time.monotonic() < end, "nothing is told"


NO_UTF8 = "style.yaml", "disputes.layout.json", "disputes.story.yaml"


@pytest.mark.parametrize("name", NO_UTF8)
def test_one_file_of_looks_places_or_stories_that_cannot_be_read_takes_no_other_view_along(
    name: str, tmp_path: Path
) -> None:
    folder = small_workspace(tmp_path / "row")
    shutil.copyfile(folder / "viz" / "disputes.rq", folder / "viz" / "second.rq")
    (folder / "viz" / name).write_bytes(b"a: \xff\n")
    reading = read(find_workspace(folder))
    site = Site(reading, is_private=True)
    page = site.file("index.html")
    assert page
    assert b'href="second.html"' in page
    assert (f"viz/{name}".encode() in page) is (name != "style.yaml")
    assert site.file("second.html")
    with pytest.raises(KgError, match=name):
        Site(reading).all_files()


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "latin": lambda path: path.write_bytes(b"# title: L\xe4tin\n# question: q?\nASK { }"),
    "pipe": os.mkfifo,
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_one_question_that_cannot_be_read_is_told_and_the_others_stand(
    kind: str, tmp_path: Path
) -> None:
    folder = small_workspace(tmp_path / "row")
    UNREADABLE[kind](folder / "queries" / "unreadable.rq")
    workspace = find_workspace(folder)
    reading = read(workspace)
    [error] = [each for each in reading.diagnostics if each.is_error]
    assert error.span.file == "queries/unreadable.rq"
    site = Site(reading, is_private=True)
    assert site.file("names.html")
    assert site.file("ask/parties.html")
    assert site.file("page/about.html")
    assert site.file("ask/unreadable.html") is None
    assert find_saved_query(workspace, "parties").title
    with pytest.raises(KgError, match=r"queries/unreadable\.rq"):
        find_saved_query(workspace, "unreadable")
    with pytest.raises(KgError, match=r"queries/unreadable\.rq"):
        Site(reading).all_files()


def test_a_workspace_with_errors_is_served_once_it_has_none(tmp_path: Path) -> None:
    folder = small_workspace(tmp_path / "row")
    broken = folder / "sources" / "broken.yaml"
    broken.write_text("articles: [\n", "utf-8")
    with serving(folder) as server:
        answer = server.get("/names.html")
        assert answer.status_code == 503
        assert "sources/broken.yaml:" in answer.text
        with httpx.stream("GET", f"{server.url}/events", timeout=30) as events:
            lines = events.iter_lines()
            await_news(lines)
            broken.unlink()
            await_news(lines)
            answer = server.get("/names.html")
            assert answer.status_code == 200
            assert "kg-findings" not in answer.text.partition("<style>#kg")[0]


def test_a_folder_that_takes_the_place_of_another_is_followed_however_soon(tmp_path: Path) -> None:
    folder = small_workspace(tmp_path / "row")
    queries = folder / "queries"
    saved = (queries / "facts.rq").read_bytes()
    with serving(folder) as server:
        for turn in range(8):
            is_there = turn % 2 == 1
            shutil.rmtree(queries)
            queries.mkdir()
            if is_there:
                (queries / "other.rq").write_bytes(saved)
            end = time.monotonic() + SECONDS
            while (server.get("/ask/other.html").status_code == 200) != is_there:
                assert time.monotonic() < end, f"not followed in turn {turn}"
                time.sleep(0.05)
