"""What a server does with who comes in hundreds, says nothing, reads slowly or kills its workers."""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn
from servers import Server, serving, small_workspace
from starlette.responses import Response

from kg.server.connections import MOST_CONNECTIONS, Connection
from kg.server.guard import LOOPBACK
from kg.server.running import take_port

SECONDS = 60
LONG = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"})
ASK = "/sparql?query=ASK%20%7B%7D"


class HastyConnection(Connection):
    """One with less patience than people have."""

    patience = 0.2


@contextmanager
def hasty_server(body: bytes) -> Iterator[tuple[int, Collection[object]]]:
    """A server that answers all with one body: its port, and the connections that it has."""
    heard = take_port(0)
    config = uvicorn.Config(Response(body), http=HastyConnection, log_level="critical")
    running = uvicorn.Server(config)
    thread = Thread(target=running.run, args=([heard],))
    thread.start()
    try:
        while not running.started:
            time.sleep(0.01)
        yield heard.getsockname()[1], running.server_state.connections
    finally:
        running.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    "said", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nA: "], ids=["nothing", "part"]
)
def test_who_does_not_end_a_request_is_hung_up_on(said: bytes) -> None:
    with (
        hasty_server(b"") as (port, _),
        socket.create_connection((LOOPBACK, port), SECONDS) as idle,
    ):
        idle.sendall(said)
        assert idle.recv(1) == b""


def test_who_reads_slowly_is_hung_up_on_and_an_answer_is_not_kept_for_him() -> None:
    body = b"x" * 40_000_000
    with (
        hasty_server(body) as (port, connections),
        socket.create_connection((LOOPBACK, port), SECONDS) as slow,
    ):
        slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert slow.recv(1) == b"H"
        end = time.monotonic() + SECONDS
        while connections:
            assert time.monotonic() < end, "he is not hung up on"
            time.sleep(0.01)
        taken = 0
        while piece := slow.recv(1 << 20):
            taken += len(piece)
        assert taken < len(body)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(small_workspace(tmp_path_factory.mktemp("many") / "row")) as started:
        yield started


def test_hundreds_of_silent_connections_keep_nobody_from_being_heard(server: Server) -> None:
    address = httpx.URL(server.url)
    target = address.host, address.port or 0
    with ExitStack() as stack:
        silent = [
            stack.enter_context(socket.create_connection(target, SECONDS))
            for _ in range(MOST_CONNECTIONS + 100)
        ]
        assert server.get(ASK).json()["boolean"] is True
        ended, _, _ = select.select(silent, (), (), 0)
        assert len(ended) > 100


def children(process: int) -> list[int]:
    """The processes that one has started, from any of its threads."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(id) for task in tasks for id in (task / "children").read_text().split()]


def ask_long(server: Server, pool: ThreadPoolExecutor) -> tuple[Future[httpx.Response], int]:
    """A question that takes long, while it is asked, and the process that asks it."""
    before = set(children(server.process.pid))
    asking = pool.submit(httpx.get, f"{server.url}/sparql?{LONG}", timeout=SECONDS)
    while not (new := set(children(server.process.pid)) - before):
        assert not asking.done()
        time.sleep(0.01)
    return asking, new.pop()


def test_a_worker_that_is_killed_ends_one_question_and_nothing_else(server: Server) -> None:
    assert server.get(ASK).json()["boolean"] is True
    with ThreadPoolExecutor(1) as pool:
        asking, worker = ask_long(server, pool)
        os.kill(worker, signal.SIGKILL)
        answer = asking.result()
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    assert answer.text.startswith("stopped")
    assert server.get(ASK).json()["boolean"] is True


def test_a_signal_ends_a_server_and_the_questions_that_it_was_answering(tmp_path: Path) -> None:
    with serving(small_workspace(tmp_path / "row")) as server, ThreadPoolExecutor(1) as pool:
        assert server.get(ASK).json()["boolean"] is True
        asking, worker = ask_long(server, pool)
        assert server.end(signal.SIGTERM) == 0
        with pytest.raises(httpx.HTTPError):
            asking.result().raise_for_status()
        while Path(f"/proc/{worker}").exists():
            time.sleep(0.01)
        assert server.process.stderr
        assert server.process.stderr.read() == ""
