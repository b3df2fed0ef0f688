"""The pages of docs/ as the tests read them: fenced blocks, what they are for, and links.

A block below a line ``Write `PATH`:`` is a file, below ``Add to `PATH`:`` more of one, below
``Change `PATH`:`` (a ``diff``) a change of one; any other ``yaml`` block is a source file of its
own. A ``console`` block holds commands, each behind ``$ ``, with what they print below them;
``...`` stands for anything that may differ. ``docs/README.md`` tells readers the same.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from commands import Commands

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"(?P<verb>Write|Add to|Change) `(?P<path>[^`]+)`:")
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its text, where that begins in the page (character and line),
    and for a file what is done to which.
    """

    language: str
    text: str
    start: int
    line: int
    verb: str = ""
    path: str = ""


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for found in _FENCE.finditer(page):
        before = page[: found.start()].rstrip("\n").rsplit("\n", 1)[-1]
        file = _FILE.fullmatch(before)
        line = page.count("\n", 0, found.start()) + 2
        verb, path = (file["verb"], file["path"]) if file else ("", "")
        if found["info"] == "yaml" and not file:
            verb, path = "Write", f"sources/line-{line:04}.yaml"
        yield Block(found["info"].strip(), found["text"], found.start("text"), line, verb, path)


def links(page: str) -> Iterator[str]:
    """The targets of a page's links, those in blocks left out."""
    yield from (found["target"] for found in _LINK.finditer(_FENCE.sub("", page)))


def anchors(page: str) -> set[str]:
    """What links can point to within a page: its headings, as GitHub names them."""
    headings = re.findall(r"^#+ (.*)$", _FENCE.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def put(block: Block, folder: Path) -> None:
    """Do to its file what a block says."""
    file = folder / block.path
    file.parent.mkdir(parents=True, exist_ok=True)
    match block.verb:
        case "Write":
            file.write_text(block.text, "utf-8", newline="\n")
        case "Add to":
            file.write_text(file.read_text("utf-8") + block.text, "utf-8", newline="\n")
        case "Change":
            file.write_text(changed(file.read_text("utf-8"), block.text), "utf-8", newline="\n")
        case _:
            raise ValueError(f"line {block.line}: a block that is no file")


def changed(text: str, difference: str) -> str:
    """A text after a change: lines behind ``-`` are replaced by those behind ``+``; all others
    stand in both.
    """
    lines = difference.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if not line.startswith("+"))
    new = "".join(line[1:] for line in lines if not line.startswith("-"))
    if text.count(old) != 1:
        raise ValueError(f"what is to be changed stands there {text.count(old)} times:\n{old}")
    return text.replace(old, new)


def steps(block: Block) -> Iterator[tuple[str, str]]:
    """The commands of a ``console`` block, each with what the page shows below it."""
    lines = block.text.splitlines(keepends=True)
    while lines:
        command = lines.pop(0)
        if not command.startswith("$ "):
            raise ValueError(f"line {block.line}: a console block begins with '$ '")
        while command.endswith("\\\n"):
            command += lines.pop(0)
        shown = "".join(takewhile(lambda line: not line.startswith("$ "), lines))
        del lines[: shown.count("\n")]
        yield command.removeprefix("$ "), shown


@dataclass(slots=True)
class Terminal:
    """Runs the commands of ``console`` blocks, one after the other, as a reader's shell would."""

    folder: Path
    environment: Mapping[str, str]
    commands: Commands
    code: int = 0

    def replay(self, block: Block) -> str:
        """The block with what its commands print now, told as the page tells it where it fits."""
        told = ""
        for command, shown in steps(block):
            printed = self.run(command)
            told += f"$ {command}{shown if fits(shown, printed) else printed}"
        return told

    def run(self, command: str) -> str:
        """What a command prints, its messages too; ``cd`` stays in force, and so does ``$?``."""
        if folder := re.fullmatch(r"cd (\S+)\n", command):
            self.folder /= folder[1]
            return ""
        if self.code and command != "echo $?\n":
            raise ValueError(
                f"the command before this one failed and the page does not tell: {command}"
            )
        self.code, printed = self._run_kg(command) or self._run_shell(command)
        return re.sub(r"[ \t]+$", "", printed, flags=re.MULTILINE)

    def _run_kg(self, command: str) -> tuple[int, str] | None:
        """How a plain ``kg`` command ends, forked (tests/commands.py), and what it prints; None of
        what a shell has to understand.
        """
        if not re.fullmatch(r"kg [^|&;<>$`*?~(){}!#\\]*\n", command):
            return None
        with tempfile.TemporaryDirectory() as folder:
            given, told = Path(folder, "given"), Path(folder, "told")
            given.write_bytes(b"")
            words, environment = shlex.split(command)[1:], dict(self.environment)
            end = self.commands.start(words, self.folder, environment, [given, told, told])
            return end.code, told.read_text("utf-8")

    def _run_shell(self, command: str) -> tuple[int, str]:
        ran = subprocess.run(
            ["bash", "-c", f"(exit {self.code})\n{command}"],
            cwd=self.folder,
            env=dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return ran.returncode, ran.stdout


def fits(shown: str, printed: str) -> bool:
    """Whether a page shows what was printed, ``...`` standing for anything, also over several
    lines.
    """
    pattern = ".*".join(re.escape(part) for part in shown.split("..."))
    return bool(re.fullmatch(pattern, printed, re.DOTALL))
