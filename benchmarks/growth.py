"""Measures how the cost of commands grows with each shape that a record may take.

Each shape is one source file of n members beside the core ontology and its views. It is written at
n, 2n, 4n and so on, until it takes two seconds more than a workspace without the shape, or comes to
a bound; `kg check` and `kg build` run as whole processes, and their user CPU seconds are printed
with the exponent of the last doubling: 1 is linear, 2 quadratic.

usage: python benchmarks/growth.py [--n N] [--command check|build] [SHAPE ...]
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
SECONDS = 30
MEMORY = 4 << 30
ENOUGH = 2.0
"""Seconds beyond those of an empty workspace that tell how cost grows, and not how busy it is."""

MOST_DOUBLINGS = 7
NEARLY_LINEAR = 1.2
MORE_RUNS = 2

FIRST = """\
actors:
  press: {type: MediaOrganization, label: Press}
  alpha: {type: State, label: Alpha}
  beta: {type: State, label: Beta}
"""
CITE = "cite: {art-1: [1]}"


def _article(k: int, published: str) -> str:
    return (
        f"{{title: T{k}, publisher: press, originator: press, published: {published}, "
        f'paragraphs: 9999, text_sha256: "{k:064x}"}}'
    )


def _things(n: int, kind: str = "State", extra: str = "") -> Iterator[str]:
    for each in range(n):
        yield f"  z{each}: {{type: {kind}, label: Zed{each:07}{extra}}}"


def _assertions(lines: Iterable[str]) -> Iterator[str]:
    yield "assertions:"
    for line in lines:
        yield f"  - {{{line}}}"


def _day(number: int) -> str:
    return f"{1600 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


def same_as_chain(n: int) -> Iterator[str]:
    """Each of n persons is judged to be the next one."""
    yield from _things(n + 1, "Person")
    said = "predicate: sameAs, basis: editorial, note: judged"
    yield from _assertions(
        [f"id: s{k}, subject: z{k}, {said}, object: z{k + 1}" for k in range(n)]
        + [f"subject: z0, predicate: meets, object: beta, {CITE}"]
    )


def same_as_star(n: int) -> Iterator[str]:
    """Each of n persons is judged to be one and the same."""
    yield from _things(n + 1, "Person")
    said = "predicate: sameAs, basis: editorial, note: judged, object: z0"
    yield from _assertions(
        [f"id: s{k}, subject: z{k}, {said}" for k in range(1, n + 1)]
        + [f"subject: z{k}, predicate: meets, object: beta, {CITE}" for k in range(n + 1)]
    )


def conflict(n: int) -> Iterator[str]:
    """One declared question has n answers."""
    yield from _things(n)
    members = ", ".join(f"m{k}" for k in range(n))
    yield "conflicts:"
    yield f"  c: {{question: Who?, kind: exactly-one, between: [{members}]}}"
    yield from _assertions(
        f"id: m{k}, subject: z{k}, predicate: meets, object: beta, according_to: alpha, {CITE}"
        for k in range(n)
    )


def conflicts(n: int) -> Iterator[str]:
    """The same ten assertions are the answers of n declared questions."""
    yield from _things(10)
    yield "conflicts:"
    for k in range(n):
        yield (
            f"  c{k}: {{question: Who {k}?, kind: exactly-one, "
            f"between: [m{k % 10}, m{(k + 1) % 10}]}}"
        )
    yield from _assertions(
        f"id: m{k}, subject: z{k}, predicate: meets, object: beta, according_to: alpha, {CITE}"
        for k in range(10)
    )


def denials(n: int) -> Iterator[str]:
    """Each of n speakers says one thing, and one speaker denies each time that it is so."""
    yield from _things(n)
    said = "subject: alpha, predicate: meets, object: beta"
    yield from _assertions(
        line
        for k in range(n)
        for line in (
            f"id: p{k}, {said}, according_to: z{k}, {CITE}",
            f"id: q{k}, denies: p{k}, according_to: alpha, said: {1000 + k % 8000}-01, {CITE}",
        )
    )


def denial_chain(n: int) -> Iterator[str]:
    """A denial is denied, and so on, n deep."""
    first = "id: d0, subject: alpha, predicate: meets, object: beta, according_to: alpha"
    yield from _assertions(
        [f"{first}, {CITE}"]
        + [
            f"id: d{k}, denies: d{k - 1}, according_to: {('alpha', 'beta')[k % 2]}, "
            f"said: {1000 + k % 8000}-01, cite: {{art-1: [{k}]}}"
            for k in range(n, 0, -1)
        ]
    )


def inference_chain(n: int) -> Iterator[str]:
    """Each of n assertions is inferred from the one before it."""
    said = "subject: alpha, predicate: meets, object: beta"
    yield from _assertions(
        [f"id: s0, {said}, {CITE}"]
        + [
            f"id: s{k}, {said}, when: {1001 + k}, note: n{k}, basis: inferred, from: [s{k - 1}]"
            for k in range(1, n + 1)
        ]
    )


def pact(n: int) -> Iterator[str]:
    """One pact's life is told in n reports, one a day. What can be done once is rival_dates."""
    yield "pacts:"
    yield "  pa: {type: Treaty, label: Pa}"
    deeds = ("partyTo", "suspends", "announcesTerminationOf", "revokesTerminationOf")
    yield from _assertions(
        f"id: e{k}, subject: {('alpha', 'beta')[k % 2]}, predicate: {deeds[k % 4]}, object: pa, "
        f"when: {_day(k)}, note: n{k}, {CITE}"
        for k in range(n)
    )


def pact_published(n: int) -> Iterator[str]:
    """One pact's life is told in n articles of as many days."""
    yield "pacts:"
    yield "  pa: {type: Treaty, label: Pa}"
    deeds = ("partyTo", "suspends", "announcesTerminationOf", "revokesTerminationOf")
    yield from _assertions(
        f"id: e{k}, subject: {('alpha', 'beta')[k % 2]}, predicate: {deeds[k % 4]}, object: pa, "
        f"when: {_day(k)}, note: n{k}, cite: {{art-{k + 1}: [1]}}"
        for k in range(n)
    )


def event(n: int) -> Iterator[str]:
    """One event is reported n times."""
    yield from _things(n)
    yield "events:"
    yield "  ev: {type: Meeting, label: Ev}"
    yield from _assertions(
        f"subject: z{k}, predicate: takesPartIn, object: ev, when: 2019-01, {CITE}"
        for k in range(n)
    )


def one_id(n: int) -> Iterator[str]:
    """One id is given to n assertions."""
    yield from _assertions(
        f"id: same, subject: alpha, predicate: meets, object: beta, note: n{k}, {CITE}"
        for k in range(n)
    )


def rival_dates(n: int) -> Iterator[str]:
    """One deed done once is reported with n days."""
    yield "pacts:"
    yield "  pa: {type: Treaty, label: Pa}"
    yield from _assertions(
        f"subject: alpha, predicate: signed, object: pa, when: {_day(k)}, "
        f"according_to: {('alpha', 'beta')[k % 2]}, {CITE}"
        for k in range(n)
    )


def hub(n: int) -> Iterator[str]:
    """One thing is tied to n others."""
    yield from _things(n)
    yield from _assertions(
        f"subject: z{k}, predicate: meets, object: beta, when: 2019-01, {CITE}" for k in range(n)
    )


def replacements(n: int) -> Iterator[str]:
    """Each of n assertions takes the place of the one before it."""
    yield from _assertions(
        f"id: s{k}, subject: alpha, predicate: meets, object: beta, when: {_day(k)}, {CITE}"
        + (f", supersedes: [s{k - 1}]" if k else "")
        for k in range(n)
    )


def long_label(n: int) -> Iterator[str]:
    """A label has 100 n characters."""
    yield f"  z: {{type: State, label: {'Zed0 ' * (20 * n)}}}"
    yield from _assertions([f"subject: z, predicate: meets, object: beta, {CITE}"])


def story_links(n: int) -> Iterator[str]:
    """A step of a story has n links."""
    yield from _things(2)
    yield from _assertions([f"subject: z1, predicate: meets, object: beta, {CITE}"])


class Shape(NamedTuple):
    """A shape with how many members it has first, and what bounds it where it grows faster."""

    lines: Callable[[int], Iterator[str]]
    n: int
    bound: str = ""


SHAPES = {
    shape.lines.__name__: shape
    for shape in (
        Shape(same_as_chain, 200),
        Shape(same_as_star, 200),
        Shape(conflict, 50, "KG604"),
        Shape(conflicts, 200),
        Shape(denials, 80, "KG604"),
        Shape(denial_chain, 100, "KG604"),
        Shape(inference_chain, 200),
        Shape(pact, 200),
        Shape(pact_published, 100),
        Shape(event, 200),
        Shape(one_id, 1600, "5 MB a file"),
        Shape(rival_dates, 100, "KG604"),
        Shape(hub, 200),
        Shape(replacements, 200),
        Shape(long_label, 2500, "5 MB a file"),
        Shape(story_links, 2500, "5 MB a file"),
    )
}


def shape_files(shape: str, n: int) -> dict[str, str]:
    """The source files of a shape of n members, by name."""
    days = [_day(k) for k in range(n)] if shape == "pact_published" else ["2019-02-28"]
    articles = [f"  art-{k}: {_article(k, day)}\n" for k, day in enumerate(days, 1)]
    return {
        "shape.yaml": FIRST + "\n".join(SHAPES[shape].lines(n)) + "\n",
        "articles.yaml": f"articles:\n{''.join(articles)}",
    }


def write_shape(shape: str, n: int, folder: Path) -> None:
    """Write a shape of n members into a new workspace, of which ``folder`` is a copy."""
    for name, text in shape_files(shape, n).items():
        (folder / "sources" / name).write_text(text)
    if shape == "story_links":
        links = "[a](z1) " * n
        story = f'title: t\nsteps:\n  - {{title: s, text: "{links.strip()}"}}\n'
        view = next((folder / "viz").glob("*.rq"))
        view.with_suffix(".story.yaml").write_text(story)


def measure(command: str, folder: Path) -> tuple[float, int, int]:
    """User CPU seconds, exit code and largest memory in MiB of a command, a whole process."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "OPENBLAS_NUM_THREADS": "1",
        "KG_CACHE": "off",
    }
    with subprocess.Popen(
        (sys.executable, "-m", "kg", *command.split()),
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=limit,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime, process.returncode, usage.ru_maxrss >> 10


class Run(NamedTuple):
    """What a command took for a shape of some size."""

    size: int
    seconds: float
    code: int
    memory: int

    def __str__(self) -> str:
        return f"{self.size:>6}: {self.seconds:6.2f} s {self.memory:>5} MiB exit {self.code}"


def run(shape: str, command: str, size: int, empty: Path) -> Run:
    """Run a command for a shape of some size."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "w"
        shutil.copytree(empty, folder)
        write_shape(shape, size, folder)
        return Run(size, *measure(command, folder))


def exponent(runs: Sequence[Run], start: float) -> float:
    """The exponent of the last doubling; ``start`` is what a workspace without the shape takes."""
    alike = [each for each in runs if each.code == runs[0].code]
    if len(alike) < 2:
        return math.inf
    low, high = (max(each.seconds - start, 0.01) for each in alike[-2:])
    return math.log2(high / low)


def grow(shape: str, command: str, n: int, empty: Path, start: float) -> str:
    """A line of the table: the exponent, and seconds, memory and exit code of the last sizes. It is
    doubled until it takes long enough to be measured, or until a bound ends it. What seems to grow
    too fast, without a bound, is run again: on a busy machine a run takes longer now and then, and
    never shorter.
    """
    runs: list[Run] = []
    for doubling in range(MOST_DOUBLINGS):
        runs.append(run(shape, command, n << doubling, empty))
        is_enough = len(runs) > 2 and runs[-1].seconds - start > ENOUGH
        if is_enough or runs[-1].code < 0 or runs[-1].code != runs[0].code:
            break
    for _ in range(MORE_RUNS):
        if exponent(runs, start) > NEARLY_LINEAR and not SHAPES[shape].bound:
            again = [run(shape, command, each.size, empty) for each in runs[-3:]]
            runs[-3:] = [
                min(pair, key=lambda each: each.seconds)
                for pair in zip(runs[-3:], again, strict=True)
            ]
    cells = "   ".join(map(str, runs[-3:]))
    bound = SHAPES[shape].bound
    end = f"   bound: {bound}" if bound else ""
    return f"{shape:<16} {command:<6} {exponent(runs, start):5.2f}  {cells}{end}"


def main() -> None:
    """Measure every shape asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=f"of {', '.join(SHAPES)}")
    parser.add_argument("--n", type=int, help="members at first (default: of each shape its own)")
    parser.add_argument("--command", action="append", help="default: check, then build")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        empty = Path(scratch) / "empty"
        init = (sys.executable, "-m", "kg", "init", str(empty))
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        subprocess.run(init, check=True, env=environment, stdout=subprocess.DEVNULL)
        (empty / "sources" / "start-here.yaml").unlink()
        write_shape("hub", 1, empty)
        commands = arguments.command or ("check", "build")
        starts = {each: min(measure(each, empty)[0] for _ in range(2)) for each in commands}
        for shape in arguments.shapes or SHAPES:
            for command, start in starts.items():
                n = arguments.n or SHAPES[shape].n
                print(grow(shape, command, n, empty, start), flush=True)


if __name__ == "__main__":
    main()
