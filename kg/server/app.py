"""The application: all routes behind one guard, and the watch over the workspace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from watchfiles import awatch

from kg.server import desk, pages, sparql
from kg.server.guard import Guard
from kg.server.state import ServerState

STEP, LOOK = 40, 1000
"""So many milliseconds without a change end a group of changes; after so many the files are looked
at, whatever the system has told.
"""


def make_app(state: ServerState, port: int, polls: bool = False) -> Starlette:
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
        # That of pages takes what no other one does.
        routes=[*sparql.ROUTES, *desk.ROUTES, *pages.ROUTES],
        middleware=[Middleware(Guard, port=port)],
        lifespan=lifespan,
    )
    app.state.kg = state
    return app


async def _follow(state: ServerState, polls: bool) -> None:
    """Read the workspace again after each change.

    What the system does not tell, as in a folder that has taken the place of another, is found by
    looking; then the folders that are there by now are watched.
    """
    while True:
        try:
            await _watch(state, polls)
        except (OSError, RuntimeError):
            # A folder has just gone, or the system watches no more: the next look is one of ours.
            await asyncio.sleep(LOOK / 1000)
            await state.refresh_if_outdated()


async def _watch(state: ServerState, polls: bool) -> None:
    """Read the workspace again after each change that the system tells, until there is one that it
    has not told.
    """
    changes = awatch(
        *filter(Path.is_dir, state.workspace.tops),
        step=STEP,
        rust_timeout=LOOK,
        yield_on_timeout=True,
        force_polling=polls or None,
        poll_delay_ms=200,
    )
    async for change in changes:
        if change:
            await state.refresh()
        elif await state.refresh_if_outdated():
            return
