"""Times whole builds, each as a process: of the example, and of a workspace with the queries and
views of `kg init` and so many invented assertions, a tenth of them denials and a fifth claims, in a
tenth as many articles of at most 200 days.

usage: python benchmarks/builds.py [--runs N] [--large ASSERTIONS] [--jobs N] [--keep FOLDER]

It prints user CPU seconds of all processes together, seconds by the clock, and peak memory of the
largest process (the least of N runs), and the fingerprint of all files, so that two versions of the
code can be compared: PYTHONPATH says which is timed. --keep leaves the workspaces there.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
DAYS = 200
MOST_THINGS = 15_000
"""So many things of a kind stand in a file: none of kg's may have more than 5 MB."""


class Built(NamedTuple):
    """What a build took: user CPU seconds, MB, and seconds by the clock, if they are asked for."""

    seconds: float
    memory: int
    clock: float = 0.0


def example(folder: Path) -> None:
    """Copy the worked example."""
    for name in ("ontology", "sources", "queries", "viz"):
        shutil.copytree(REPOSITORY / name, folder / name)


def invent(folder: Path, assertions: int) -> None:
    """Write a workspace of so many assertions."""
    ignored = shutil.ignore_patterns("gsomia*", "*.layout.json", "*.story.yaml")
    for name in ("ontology", "queries", "viz"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=ignored)
    (folder / "sources").mkdir()
    random.seed(1)
    states, pacts, articles = (max(20, assertions // part) for part in (10, 8, 10))
    written = {"articles": [_article(n) for n in range(articles)]}
    written["actors"] = ["  press: {type: MediaOrganization, label: Press}"]
    written["actors"] += [f"  state-{n}: {{type: State, label: State {n}}}" for n in range(states)]
    written["pacts"] = [f"  pact-{n}: {{type: Treaty, label: Pact {n}}}" for n in range(pacts)]
    for start in range(0, max(map(len, written.values())), MOST_THINGS):
        lines = []
        for section, things in written.items():
            part = things[start : start + MOST_THINGS]
            lines += [f"{section}:", *part] if part else []
        name = f"things-{start}.yaml" if start else "things.yaml"
        (folder / "sources" / name).write_text("\n".join(lines) + "\n", "utf-8")
    pairs = random.sample(range(states * pacts), assertions)
    for start in range(0, assertions, 5000):
        lines = ["assertions:"]
        for n, pair in enumerate(pairs[start : start + 5000], start):
            lines += _assertion(n, f"state-{pair % states}", f"pact-{pair // states}")
            lines += [f"    cite: {{art-{n % articles}: [{n % 30 + 1}]}}"]
        text = "\n".join(lines) + "\n"
        (folder / "sources" / f"said-{start}.yaml").write_text(text, "utf-8")


def _article(n: int) -> str:
    years, months = divmod(n % DAYS, 12)
    return (
        f"  art-{n}: {{title: Article {n}, publisher: press, originator: press, "
        f"published: {2001 + years}-{months + 1:02}-07, paragraphs: 30, "
        f'text_sha256: "{n:064x}"}}'
    )


def _assertion(n: int, state: str, pact: str) -> list[str]:
    """The lines of an assertion, but for its citation; each tenth denies the one before it."""
    if n % 10 == 9:
        return [f"  - id: said-{n}", f"    denies: said-{n - 1}", "    according_to: state-0"]
    written = [f"  - id: said-{n}", f"    subject: {state}", "    predicate: partyTo"]
    written += [f"    object: {pact}", f"    when: {1900 + n % 100}"]
    return [*written, f"    according_to: state-{n % 19 + 1}"] if n % 5 == 0 else written


def build(workspace: Path, out: Path, jobs: Sequence[str]) -> Built:
    """Build a workspace as a process, and return what that took."""
    command = [sys.executable, "-m", "kg", "-C", str(workspace), "build", "--no-cache", *jobs]
    began = time.monotonic()
    with subprocess.Popen([*command, "--out", str(out)], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the build ended with {process.returncode}")
    return Built(used.ru_utime, used.ru_maxrss // 1024, time.monotonic() - began)


def fingerprint(folder: Path) -> str:
    """Return a hash of all files of a folder and their names."""
    hash = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        hash.update(f"{path.relative_to(folder)}\0".encode())
        hash.update(hashlib.sha256(path.read_bytes()).digest())
    return hash.hexdigest()[:16]


def main() -> None:
    """Build the example and a large workspace."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--jobs")
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    jobs = ["--jobs", arguments.jobs] if arguments.jobs else []
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        for name in ("example", f"invented-{arguments.large}"):
            workspace, out = folder / name, folder / f"{name}-site"
            if not workspace.exists():
                example(workspace) if name == "example" else invent(workspace, arguments.large)
            found = [build(workspace, out, jobs) for _ in range(arguments.runs)]
            seconds, memory, clock = map(min, zip(*found, strict=True))
            took = f"{seconds:.1f} CPU-s, {clock:.1f} s, {memory:,} MB"
            print(f"{name}: {took}, {fingerprint(out)}", flush=True)


if __name__ == "__main__":
    main()
