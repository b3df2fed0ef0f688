"""Runs the smallest inputs that once hung, crashed or misled kg, and says how each ends now.

usage: python benchmarks/repro.py FOLDER [FILE ...]
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
SECONDS = 60
MEMORY = 4 << 30
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY), "OPENBLAS_NUM_THREADS": "1"}


class Ending(NamedTuple):
    """How a command came to its end."""

    words: str
    code: int
    seconds: float
    mebibytes: int
    said: str

    @property
    def is_plain(self) -> bool:
        """Whether it ended by itself, with an answer or a message; a script of Python, whether
        nobody called where it listens.
        """
        if self.words.startswith("python"):
            return not re.search("^connected from", self.said, re.MULTILINE)
        return self.code in (0, 1, 2, 3) and "Traceback" not in self.said

    @property
    def first_message(self) -> str:
        """The first line that says what is wrong."""
        if self.words.startswith("python"):
            return "nobody called" if self.is_plain else "somebody called"
        lines = self.said.splitlines()
        wrong = [line for line in lines if "error" in line or line.startswith("kg:")]
        return (wrong or lines or [""])[0]


def run(words: Sequence[str], folder: Path) -> Ending:
    """Run a program under limits of time and memory."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(
            (sys.executable, *words),
            cwd=folder,
            env=ENVIRONMENT,
            stdout=said,
            stderr=subprocess.STDOUT,
            preexec_fn=limit,
        ) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read(1 << 20).decode("utf-8", "replace")
    name = " ".join(words[1:] if words[0] == "-m" else ("python", Path(words[0]).name))
    seconds = usage.ru_utime + usage.ru_stime
    return Ending(name, process.returncode, seconds, usage.ru_maxrss >> 10, text)


def run_file(file: Path, scratch: Path) -> Iterator[Ending]:
    """Put a file where it belongs in a new workspace, and check and build that."""
    is_view = file.name.startswith("view-")
    folder = scratch / "w"
    if file.suffix == ".py":
        run(("-m", "kg", "init", "w"), scratch)
        shutil.copyfile(file.with_name("view-service.rq"), folder / "viz" / "svc.rq")
        yield run((str(file),), folder)
        return
    run(("-m", "kg", "init", *(("--example",) if is_view else ()), "w"), scratch)
    if file.suffix == ".yaml" and ".story." not in file.name:
        for source in (folder / "sources").iterdir():
            source.unlink()
    part = {".ttl": "ontology", ".rq": "viz" if is_view else "queries"}.get(file.suffix, "sources")
    name = file.name
    if ".story." in name:
        part, name = "viz", "everything.story.yaml"
    shutil.copyfile(file, folder / part / name)
    for command in ("check", "build"):
        yield run(("-m", "kg", command), folder)


def repro_table(files: Sequence[Path]) -> tuple[str, int, int]:
    """The table of how each file ends, in Markdown; how many end plainly, and of how many."""
    lines = ["| input | command | exit | CPU s | MiB | says |", "|---|---|---|---|---|---|"]
    plain = 0
    for file in files:
        with tempfile.TemporaryDirectory() as scratch:
            endings = list(run_file(file, Path(scratch)))
        plain += all(each.is_plain for each in endings)
        for each in endings:
            message = each.first_message.replace(str(REPOSITORY), "").replace("|", "\\|")[:110]
            cells = (
                f"`{file.name}`", each.words, str(each.code), f"{each.seconds:.1f}",
                str(each.mebibytes), message,
            )  # fmt: skip
            lines.append("| " + " | ".join(cells) + " |")
            print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines), plain, len(files)


def main() -> None:
    """Run every file asked for."""
    folder = Path(sys.argv[1])
    files = [folder / name for name in sys.argv[2:]]
    files = files or sorted(each for each in folder.iterdir() if each.name != "README.md")
    print(repro_table(files)[0])


if __name__ == "__main__":
    main()
