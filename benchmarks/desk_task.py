"""Counts what a curator types for one article: its record, a fact, a claim by somebody without a
name and its denial, with their words; then the build, the commit, and a colleague's review.

usage: python benchmarks/desk_task.py

The commands are run in a copy of the example, in a repository of its own, and each has to succeed
at once. Characters are counted without the line's end. What is typed are names as the article has
them, relations by their names, and words: nothing is looked up before.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent

TEXT = """\
Ministers meet again in Tokyo
Toshimitsu Motegi met Kang Kyung-wha in Tokyo on 25 November.
Japan will lift its export controls by spring, a South Korean official said after the talks.
The Japanese government denied that the controls would be lifted.
The two will speak again in December.
"""
WHAT = '"Japanese government" lifts "export controls"'
CLAIM = (
    f'kg add assertion {WHAT} --mode planned --unnamed "South Korean official" --words "will lift"'
)
DENIAL = f'kg add denial {WHAT} --by "Japanese government" --words "denied that"'
TASK = f"""\
kg add article courier.txt --publisher "Quay Courier" --published 2019-11-25
kg add assertion Motegi meets Kang --when 2019-11-25 --words "met Kang"
{CLAIM}
{DENIAL}
kg build
git add -A
git commit -m "Read the Courier"
kg diff main
"""


def main() -> None:
    """Do the task, and print what it took."""
    with tempfile.TemporaryDirectory() as scratch:
        desk = Path(scratch) / "desk"
        for folder in ("ontology", "sources", "queries", "viz"):
            shutil.copytree(REPOSITORY / folder, desk / folder)
        (desk / ".gitignore").write_text("texts/\nsite/\n*.txt\n")
        program = desk.parent / "kg"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n')
        program.chmod(0o755)
        names = {
            f"GIT_{who}_{what}": "curator@localhost"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        surroundings = {
            **os.environ,
            **names,
            "PYTHONPATH": str(REPOSITORY),
            "PATH": f"{desk.parent}:{os.environ['PATH']}",
        }

        def do(command: str) -> None:
            subprocess.run(command, shell=True, check=True, cwd=desk, env=surroundings)

        do("git init -qb main . && git add -A && git commit -qm start && git switch -qc courier")
        (desk / "courier.txt").write_text(TEXT)
        for command in TASK.splitlines():
            print(f"$ {command}", flush=True)
            do(command)
    commands = TASK.splitlines()
    print(f"{len(commands)} commands, {sum(map(len, commands))} characters, 0 look-ups")


if __name__ == "__main__":
    main()
