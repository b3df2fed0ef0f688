"""Imports a real record by its map, whole, and answers the questions that come with it, each as a
process at the default limits.

usage: python benchmarks/records.py NAME DATA FOLDER

NAME is a folder of benchmarks/records: map.yaml, record.ttl and questions.yaml. DATA holds the
tables and questions_open.json. What each step took is printed as user CPU and peak memory.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import yaml

RECORDS = Path(__file__).resolve().parent / "records"


class Failure(Exception):
    """A command that did not do what was asked."""


def kg(folder: Path, *arguments: str) -> str:
    """What a command of kg prints; what it took goes to standard error."""
    command = [sys.executable, "-m", "kg", "-C", str(folder), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failure(f"kg {' '.join(arguments[:2])} ended with {process.returncode}:\n{printed}")
    memory = used.ru_maxrss // 1024
    print(f"{used.ru_utime:7.1f} s {memory:6,} MB  kg {arguments[0]}", file=sys.stderr)
    return printed


def make_workspace(name: str, data: Path, folder: Path) -> None:
    """Start a workspace, and import a record into it."""
    kg(Path(), "init", str(folder.resolve()))
    (folder / "sources" / "start-here.yaml").unlink()
    (folder / "ontology" / "record.ttl").write_bytes((RECORDS / name / "record.ttl").read_bytes())
    (folder / "maps").mkdir()
    (folder / "maps" / f"{name}.yaml").write_bytes((RECORDS / name / "map.yaml").read_bytes())
    (folder / "data").symlink_to(data.resolve())
    print(kg(folder, "import", str(folder / "maps" / f"{name}.yaml")))


def ask(folder: Path, query: str) -> list[list[str]]:
    """The rows of a query's table, without its head."""
    file = folder / "question.rq"
    file.write_text(query, "utf-8")
    printed = kg(folder, "query", str(file), "--format", "csv")
    return list(csv.reader(io.StringIO(printed)))[1:]


def values(answer: object) -> object:
    """An answer of the data as texts: a table as its rows, sorted counts by name."""
    if isinstance(answer, dict):
        return sorted([str(name), str(count)] for name, count in answer.items())
    rows = answer if isinstance(answer, list) else [answer]
    nested = rows if all(isinstance(row, list) for row in rows) else [rows]
    return [list(map(str, row)) for row in nested]


def main() -> None:
    """Import, check, build, ask, and print how many answers are exact."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", choices=sorted(each.name for each in RECORDS.iterdir()))
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    start = time.monotonic()
    make_workspace(arguments.name, arguments.data, arguments.folder)
    kg(arguments.folder, "check", "--texts", str(arguments.data))
    kg(arguments.folder, "build")
    queries = yaml.safe_load((RECORDS / arguments.name / "questions.yaml").read_text("utf-8"))
    text = (arguments.data / "questions_open.json").read_text("utf-8")
    questions = json.loads(text)["questions"]
    exact = 0
    for question in questions:
        answered = ask(arguments.folder, queries[question["id"]])
        right = values(question["answer"])
        if isinstance(question["answer"], dict):
            answered.sort()
        exact += answered == right
        print(question["id"], "exact" if answered == right else f"OTHER: {answered}, not {right}")
    print(f"{exact} of {len(questions)} exact, {time.monotonic() - start:.0f} s on the clock")


if __name__ == "__main__":
    main()
