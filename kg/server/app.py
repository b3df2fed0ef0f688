"""The application: all routes behind one guard, and the watch over the workspace."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from watchfiles import awatch

from kg.server import desk, pages, sparql
from kg.server.guard import Guard
from kg.server.state import State

STEP, LOOK = 40, 1000
"""So many milliseconds without a change end a group of changes; after so many the folders that are
there are looked at again.
"""


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
    """Read the workspace again after each change, also where folders come and go."""
    while True:
        there = _present(state)
        if not there:
            await asyncio.sleep(LOOK / 1000)
            continue
        changes = awatch(
            *there,
            step=STEP,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            force_polling=polls or None,
            poll_delay_ms=200,
        )
        async for change in changes:
            if change:
                await state.refresh()
            if _present(state) != there:
                break
        await state.refresh()


def _present(state: State) -> dict[Path, int]:
    """The folders that are there, each with what tells it from another of that name."""
    return {folder: os.stat(folder).st_ino for folder in state.workspace.tops if folder.is_dir()}
