"""A server as a process: it takes a port of this machine, answers, and ends when it is told to."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable

import uvicorn

from kg.diagnostics import KgError
from kg.server.app import make_app
from kg.server.connections import Connection
from kg.server.guard import LOOPBACK
from kg.server.state import ServerState

PARTING_SECONDS = 1
"""So long may answers take to their end when the server is told to end."""


def take_port(port: int) -> socket.socket:
    """Return a socket that hears at a port of this machine alone; 0 takes any free one.

    Raises KgError where it is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        message = f"port {port} cannot be used: {error.strerror}"
        raise KgError(message, hint="another one, as in --port 8001; 0 takes a free one") from None
    return listener


def serve(
    state: ServerState, listener: socket.socket, polls: bool, tell: Callable[[], None]
) -> None:
    """Answer requests until a signal ends it. ``tell`` is called once the workspace has been
    read.
    """
    port = listener.getsockname()[1]
    config = uvicorn.Config(
        make_app(state, port, polls),
        http=Connection,
        ws="none",
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PARTING_SECONDS,
    )
    # uvicorn raises the signal that ended it once more, for whoever heard it before.
    for number in (signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    try:
        asyncio.run(_serve(uvicorn.Server(config), state, listener, tell))
    except KeyboardInterrupt:
        """That is how it ends."""


async def _serve(
    server: uvicorn.Server, state: ServerState, listener: socket.socket, tell: Callable[[], None]
) -> None:
    await state.refresh()
    # From here on whoever asks is heard, and answered in a moment.
    listener.listen()
    tell()
    await server.serve(sockets=[listener])
