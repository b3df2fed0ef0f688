"""The application: all routes behind one guard, and the watch over the workspace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from watchfiles import awatch

from kg.server import desk, pages, sparql
from kg.server.guard import Guard
from kg.server.state import State

STEP = 40
"""So many milliseconds without a change end a group of changes."""


def make_app(state: State, port: int, polls: bool = False) -> Starlette:
    """Return the application that answers at a port; it reads the workspace again whenever a file
    changes (``polls``: found by looking, not by the system's word).
    """

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(_follow(state, polls))
        try:
            yield
        finally:
            watching.cancel()

    app = Starlette(
        routes=list(all_routes()), middleware=[Middleware(Guard, port=port)], lifespan=lifespan
    )
    app.state.kg = state
    return app


def all_routes() -> Iterable[BaseRoute]:
    """Yield the routes of all modules; that of pages takes what no other one does."""
    yield from sparql.routes()
    yield from desk.routes()
    yield from pages.routes()


async def _follow(state: State, polls: bool) -> None:
    there = [folder for folder in state.workspace.tops if folder.is_dir()]
    changes = awatch(*there, step=STEP, force_polling=polls or None, poll_delay_ms=200)
    async for _ in changes:
        await state.refresh()
