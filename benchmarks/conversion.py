"""What the converters of real records share: reading tables, writing a workspace, asking it the
questions that come with the data, and printing what that took.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

import kg  # noqa: E402
from kg.scaffold import start_workspace  # noqa: E402

Row = dict[str, str]
Record = dict[str, Any]
ROWS = {"articles": 5_000, "assertions": 7_000}
"""How many records one file of a section holds: a file has its limits."""


class Converter(Protocol):
    """What turns a record into a workspace. ``unsaid`` counts, after all assertions and things were
    asked for, what the record says and the workspace cannot.
    """

    turtle: str
    unsaid: Counter[str]

    def assertions(self) -> Iterator[Record]:
        """Yield every assertion, in the order of the record."""

    def sections(self) -> dict[str, dict[str, Record]]:
        """The articles and things by section, after all assertions were read."""


class Ids:
    """Ids for names: names that differ in their letters are two things."""

    def __init__(self, *kinds: str) -> None:
        self.by_name: dict[str, dict[str, str]] = {kind: {} for kind in kinds}

    def id_of(self, kind: str, name: str) -> str:
        """The id of a name."""
        ids = self.by_name[kind]
        return ids.setdefault(name, f"{kind}-{len(ids) + 1}")

    def things(self, kind: str, type: str) -> dict[str, Record]:
        """The things of a kind with their names, all of one class."""
        return {id: thing(type, name) for name, id in self.by_name[kind].items()}


def rows(path: Path) -> list[Row]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def thing(type: str, name: str, **more: object) -> Record:
    """A thing of a class, with its name."""
    return {"type": type, "label": name.strip(), **more}


def assertion(
    subject: str, predicate: str, object: str, cite: Mapping[str, Any], **more: object
) -> Record:
    """An assertion."""
    record = {"subject": subject, "predicate": predicate, "object": object}
    return {**record, **more, "cite": dict(cite)}


def write_workspace(converter: Converter, folder: Path) -> int:
    """Write a workspace, and return how many assertions it has."""
    start_workspace(folder, example=False)
    for file in (folder / "sources").glob("*.yaml"):
        file.unlink()
    (folder / "ontology" / "record.ttl").write_text(converter.turtle, "utf-8")
    count = 0
    for number, part in enumerate(parts(converter.assertions(), ROWS["assertions"])):
        write_file(
            folder / "sources" / f"assertions-{number:02}.yaml", "assertions", map(item, part)
        )
        count += len(part)
    for section, records in converter.sections().items():
        for number, entries in enumerate(parts(records.items(), ROWS["articles"])):
            file = folder / "sources" / f"{section}-{number}.yaml"
            write_file(file, section, (entry(*each) for each in entries))
    return count


def parts(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield values in lists of at most so many."""
    part: list[Any] = []
    for value in values:
        part.append(value)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def write_file(file: Path, section: str, lines: Iterable[str]) -> None:
    """Write a source file of one section."""
    file.write_text("\n".join((f"{section}:", *lines, "")), "utf-8")


def item(record: Record) -> str:
    """A record of a list in one line: JSON is YAML."""
    return f"  - {json.dumps(record, ensure_ascii=False)}"


def entry(id: str, record: Record) -> str:
    """A record under its id in one line."""
    return f"  {json.dumps(id)}: {json.dumps(record, ensure_ascii=False)}"


def answers(graph: kg.Graph, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query's table."""
    return [tuple(row.values()) for row in graph.query(query)]


def main(
    description: str,
    make_converter: Callable[[Path], Converter],
    answer: Callable[[kg.Graph, str], object],
) -> None:
    """Convert, check, ask the open questions by their ids, and print what it took."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    start = time.process_time()
    converter = make_converter(arguments.data)
    count = write_workspace(converter, arguments.folder)
    print(f"wrote {count:,} assertions in {time.process_time() - start:.1f} s of CPU")
    for what, times in sorted(converter.unsaid.items()):
        print(f"     not said: {times:6,} x {what}")
    start = time.process_time()
    graph = kg.load(arguments.folder)
    findings = Counter(f"{each.rule.code} {each.rule.title}" for each in graph.diagnostics)
    print(f"read and checked in {time.process_time() - start:.1f} s of CPU: {graph}")
    for finding, times in findings.most_common():
        print(f"     {times:6,} x {finding}")
    start = time.process_time()
    questions = json.loads((arguments.data / "questions_open.json").read_text("utf-8"))["questions"]
    exact = sum(is_right(graph, question, answer) for question in questions)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    spent = time.process_time() - start
    print(f"{exact} of {len(questions)} exact; graph and answers in {spent:.1f} s of CPU")
    print(f"{time.process_time():.1f} s of CPU in all; {memory:,} MiB at most")


def is_right(graph: kg.Graph, question: Record, answer: Callable[[kg.Graph, str], object]) -> bool:
    """Ask a question of the data, print the answer, and say whether it is that of the data."""
    answered = json.loads(json.dumps(answer(graph, question["id"])))
    is_exact: bool = answered == question["answer"]
    print(f"{question['id']} {'exact' if is_exact else 'OTHER'}: {question['question']}")
    print(f"     answered {answered}")
    if not is_exact:
        print(f"     right    {question['answer']}")
    return is_exact
