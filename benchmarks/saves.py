"""Times how soon an open page of `kg serve` shows what was saved: from the save to the page, on the
clock in Chromium and as CPU of the server (the median and the most of N).

usage: python benchmarks/saves.py [--runs N] [--large ASSERTIONS]
"""

from __future__ import annotations

import argparse
import os
import runpy
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright
from steadiness import BROWSERS

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))


class Saved(NamedTuple):
    """What a save took: seconds on the clock, and seconds of the server's CPU."""

    clock: float
    cpu: float


def cpu_of(process: int) -> float:
    """Return the seconds of CPU that a process and its children have had (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def saves(folder: Path, address: str, file: str, words: str, runs: int) -> list[Saved]:
    """Return what each of some saves took, which change words of the page in the same place."""
    from servers import serving

    found, path = [], folder / file
    text = path.read_text("utf-8")
    assert words in text
    with serving(folder) as server, sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, BROWSERS)), None)
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        page = browser.new_page(bypass_csp=True)
        page.set_default_timeout(300_000)
        page.goto(f"{server.url}/{address}")
        for run in range(runs):
            time.sleep(1)
            changed, pid = f"{words} {run}x", server.process.pid
            begun, cpu = time.perf_counter(), cpu_of(pid)
            path.write_text(text.replace(words, changed, 1), "utf-8")
            has_words = "words => document.querySelector('main').textContent.includes(words)"
            page.wait_for_function(has_words, arg=changed.removeprefix("label: "), polling="raf")
            found.append(Saved(time.perf_counter() - begun, cpu_of(pid) - cpu))
        browser.close()
    path.write_text(text, "utf-8")
    return found


def main() -> None:
    """Time pages of the example and of a large workspace."""
    large = runpy.run_path(str(REPOSITORY / "benchmarks" / "commands.py"))["large"]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--large", type=int, default=10_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        example, many = Path(scratch) / "example", Path(scratch) / "large"
        for name in ("ontology", "sources", "queries", "viz"):
            shutil.copytree(REPOSITORY / name, example / name)
        large(many, arguments.large)
        title = f"{arguments.large:,} assertions"
        thing = ("thing/gsomia.html", "sources/gsomia.yaml", "label: GSOMIA")
        words = "Japan presses South Korea"
        article = ("article/kyodo-2019-11-15.html", "sources/articles.yaml", words)
        one = ("thing/state-1.html", "sources/things.yaml", "State 1")
        other = ("article/art-1.html", "sources/things.yaml", "Article 1")
        for name, *work in (
            ("the example, a thing", example, *thing),
            ("the example, an article", example, *article),
            (f"{title}, a thing", many, *one),
            (f"{title}, an article", many, *other),
        ):
            found = saves(*work, arguments.runs)
            clock, cpu = ([each[part] for each in found] for part in (0, 1))
            print(
                f"{name}: {statistics.median(clock):.2f} s (at most {max(clock):.2f} s), "
                f"server's CPU {statistics.median(cpu):.2f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
