"""Times how pages answer a reader in Chromium, without a GPU: CPU until a picture rests, frames per
second while it is dragged and zoomed, and what a click on a filter takes until the frame that shows
what it left.

usage: python benchmarks/response.py PAGE ...

A click is timed on the clock and by the CPU that the page's thread takes until the frame is
painted, which a busy machine lengthens less. Twelve entries of the legend are each hidden and shown
again; what is worked out after that frame, in slices, is no part of it.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pages import chromium, frames, measured
from playwright.sync_api import CDPSession, Page

ENTRIES = "#filters .entry input:checked"
MOST_ENTRIES = 12

CLICK = """(box) => new Promise((done) => {
    const begun = performance.now();
    box.click();
    requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port2.onmessage = () => done(performance.now() - begun);
        port1.postMessage('');
    });
})"""
HOLD = """() => {
    const { work } = actorKg.picture;
    work.begin = () => {};
}"""
GO_ON = """() => {
    const { work } = actorKg.picture;
    delete work.begin;
    actorKg.picture.refresh();
}"""
RESTS = "() => !actorKg.picture.work.isGoingOn"


class Response(NamedTuple):
    """How soon a page answers: seconds of CPU to rest, frames per second, and of a click on a
    filter milliseconds on the clock, and of CPU, in the middle and at most."""

    rest: float
    frames: float
    clock: float
    cpu: float
    most: float


def thread_seconds(session: CDPSession) -> float:
    """Return the CPU that the tasks of a page's thread have taken."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def clicks(page: Page) -> list[tuple[float, float]]:
    """Return the milliseconds on the clock, and of CPU, that each click on a filter took."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    boxes = [box.element_handle() for box in page.locator(ENTRIES).all() if box.is_visible()]
    found = []
    for box in boxes[:MOST_ENTRIES]:
        for _ in range(2):
            page.evaluate(HOLD)
            before = thread_seconds(session)
            clock = float(box.evaluate(CLICK))
            found.append((clock, 1000 * (thread_seconds(session) - before)))
            page.evaluate(GO_ON)
            page.wait_for_function(RESTS)
    return found


def response(file: Path, program: str) -> Response:
    """Return how soon a page answers, opened in a browser of its own."""
    found: list[tuple[float, float]] = []

    def look(page: Page) -> float:
        page.evaluate("() => { location.hash = '#?'; }")
        page.wait_for_timeout(500)
        page.wait_for_function(RESTS)
        rate = frames(page)
        page.wait_for_timeout(500)
        page.wait_for_function(RESTS)
        found.extend(clicks(page))
        return rate

    rest, rate = measured(file, program, look)
    clock, cpu = zip(*found, strict=True)
    return Response(rest, rate, statistics.median(clock), statistics.median(cpu), max(cpu))


def table(files: list[Path], program: str) -> Iterator[str]:
    """Yield a head, and a line for each page."""
    yield f"{'page':<14} {'CPU-s':>6} {'frames/s':>8} {'filter':>6} {'CPU-ms':>6} {'at most':>7}"
    for file in files:
        found = response(file, program)
        yield (
            f"{file.stem:<14} {found.rest:>6.2f} {found.frames:>8.0f} {found.clock:>6.0f}"
            f" {found.cpu:>6.0f} {found.most:>7.0f}"
        )


if __name__ == "__main__":
    for line in table([Path(name).resolve() for name in sys.argv[1:]], chromium()):
        print(line, flush=True)
