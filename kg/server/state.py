"""What a server knows: the workspace as it was read last, and its sites under some lenses."""

from __future__ import annotations

import asyncio
import gc
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from threading import BoundedSemaphore, Lock, Thread
from typing import TypeVar

from starlette.requests import Request

from kg.diagnostics import KgError, findings, in_reading_order, rules
from kg.editing.choices import Choices
from kg.editing.question import QuestionWords
from kg.files.workspace import Workspace
from kg.query.children import Asker
from kg.reading import Reading, read
from kg.reading.reading_cache import keep_in_memory
from kg.site.files import Site
from kg.status.lens import Lens

MOST_LENSES = 8
"""Sites under so many lenses are kept at once."""
MOST_LITTER = 200_000
"""Where so many more values are there than when garbage was looked for, it is looked for again in a
quiet moment, and only then: that takes as long as to answer.
"""
MOST_ANSWERED = 4
"""So many pages of saved questions are made at once; the next ones wait."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The workspace at some moment. ``version`` tells one from another, over restarts too.

    ``reading`` is the last one without errors in the data, or None where there was none yet;
    ``latest`` is the last one, whatever is wrong with it. ``problem`` says why there is none.
    """

    version: str
    reading: Reading | None = None
    latest: Reading | None = None
    problem: str = ""

    @property
    def errors(self) -> str:
        """The errors of the last reading as text, with their lines; empty where there are none."""
        if self.problem or self.latest is None:
            return self.problem
        errors = in_reading_order([each for each in self.latest.diagnostics if each.is_error])
        return findings.findings_as_text(errors, self.latest.texts) if errors else ""

    @property
    def readable(self) -> Reading:
        """The last reading. Raises KgError where there is none."""
        if self.latest is None:
            raise KgError("the workspace cannot be read", hint=self.problem)
        return self.latest

    @property
    def named(self) -> Reading:
        """The last reading, or the last without errors while a file cannot be read: whatever stands
        in that file is there still, and no new thing. Raises KgError as ``readable`` does.
        """
        latest = self.readable
        if self.reading and any(each.rule in rules.UNREAD for each in latest.diagnostics):
            return self.reading
        return latest

    @property
    def is_stale(self) -> bool:
        """Whether pages show an earlier state than that of the files."""
        return bool(self.problem) or self.reading is not self.latest

    @lru_cache(1)  # noqa: B019 - kept from one letter that is typed to the next
    def choices_in(self, article: str) -> Choices:
        """Return what is offered in an article. Raises KgError as ``readable`` does."""
        return Choices(self.named, article)

    @cached_property
    def question_words(self) -> QuestionWords:
        """What may be written in questions. Raises KgError as ``readable`` does."""
        return QuestionWords(self.readable, self.choices_in(""))


@dataclass
class ServerState:
    """What all answers of a server are made from. ``token`` is what a change needs; empty: nothing
    may be changed.
    """

    workspace: Workspace
    token: str = ""

    def __post_init__(self) -> None:
        self.asking, self.answering = 0, BoundedSemaphore(MOST_ANSWERED)
        self._keeper = keep_in_memory()
        self._run, self._count = secrets.token_hex(4), 0
        self._sites: OrderedDict[tuple[str, Lens], Site] = OrderedDict()
        self._lock = Lock()
        self._changed = asyncio.Event()
        self._files: Mapping[str, tuple[int, int]] = {}
        self.snapshot = Snapshot(f"{self._run}-0")

    async def refresh(self) -> None:
        """Read the workspace anew, and tell all who wait for it."""
        self._count += 1
        version = f"{self._run}-{self._count}"
        self.snapshot = await aside(lambda: self._read_again(version))
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def refresh_if_outdated(self) -> bool:
        """Read the workspace anew where its files are no longer those that were read, and return
        whether they were not. Else nobody waits for it now: garbage is looked for, if there may be
        much.
        """
        is_outdated = await aside(lambda: self.workspace.file_states() != self._files)
        if is_outdated:
            await self.refresh()
        elif gc.get_count()[0] > MOST_LITTER:
            await aside(gc.collect)
        return is_outdated

    def _read_again(self, version: str) -> Snapshot:
        """Read what changed, and take the rest as it was read before."""
        before = self.snapshot
        # Looked at before it is read: what is saved meanwhile is read once more.
        self._files = self.workspace.file_states()
        try:
            reading = read(self.workspace, keeper=self._keeper)
        except KgError as error:
            return replace(before, version=version, problem=str(error))
        good = before.reading if reading.data_errors else reading
        return Snapshot(version, good, reading)

    async def wait_for_change(self, version: str, seconds: float) -> Snapshot:
        """Return the present snapshot as soon as it is another one than that of a version, at the
        latest after some seconds.
        """
        if self.snapshot.version == version:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), seconds)
        return self.snapshot

    def with_site(self, lens: Lens, use: Callable[[Site], T]) -> T:
        """Return what is made of the site under a lens. Sites are made and used by one at a time.

        Raises KgError where the lens names nobody, or there is no sound workspace.
        """
        snapshot = self.snapshot
        if snapshot.reading is None:
            raise KgError("the workspace has errors, and there is no earlier state to show")
        with self._lock:
            key = snapshot.version, lens
            if key not in self._sites:
                self._forget_older_sites(snapshot.version)
                reading = snapshot.reading.under(lens) if lens else snapshot.reading
                self._sites[key] = Site(reading, is_private=True)
            self._sites.move_to_end(key)
            return use(self._sites[key])

    def _forget_older_sites(self, version: str) -> None:
        for key in [key for key in self._sites if key[0] != version]:
            del self._sites[key]
        while len(self._sites) >= MOST_LENSES:
            self._sites.popitem(last=False)


async def while_awaited(request: Request, work: Callable[[], T]) -> T:
    """Return what a work returns that is done beside the answering of requests; once whoever sent
    the request has left, the questions that it asks are stopped.
    """
    asker = Asker()

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            """What else comes is of no use to anyone."""
        asker.leave()

    def ask() -> T:
        with asker.waits():
            return work()

    watching = asyncio.create_task(watch())
    try:
        return await aside(ask)
    finally:
        watching.cancel()


async def aside(work: Callable[[], T]) -> T:
    """Return what a work returns that is done beside the answering of requests.

    Its thread holds nothing up: where the server ends, it ends in the middle of it.
    """
    outcome: Future[T] = Future()
    outcome.set_running_or_notify_cancel()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - whoever waits raises it
            outcome.set_exception(error)

    Thread(target=run, daemon=True).start()
    return await asyncio.wrap_future(outcome)
