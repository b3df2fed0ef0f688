"""``kg fmt``: layout and the order of fields change, and nothing that anybody wrote."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPOSITORY, Kg
from readback import quads_of

from kg.editing.formatting.layout import lay_out
from kg.editing.formatting.order import THING_ORDER
from kg.files.workspace import SourceFile, Workspace
from kg.reading import Reading, read
from kg.reports.diff import find_changes
from kg.sources.records import ACTOR_FIELDS
from kg.status.lens import Lens

CASES = REPOSITORY.parent / "shared" / "cases"
SOURCES = sorted((REPOSITORY / "sources").glob("*.yaml"))

WORLD: dict[str, Any] = {
    "articles": {
        "asahi-1": {
            "title": "日韓、首脳会談へ 🗾",
            "publisher": "asahi",
            "originator": "asahi",
            "published": "2019-11-23",
            "paragraphs": "9",
            "note": "Dated from within: it tells of Saturday's meeting.\n\n  The site's own # date.\n",
        }
    },
    "actors": {
        "asahi": {"type": "MediaOrganization", "label": "朝日新聞", "note": "null"},
        "orlania": {
            "type": "State",
            "label": "Orlania: the “republic” # of the isles",
            "plural": "true",
            "aliases": [
                {"name": "オルラニア", "lang": "ja", "cite": {"asahi-1": ["4", "7"]}},
                {"name": "Orla", "cite": {"asahi-1": [{"p": "2", "quote": "Orla, it's said"}]}},
            ],
        },
        "teverra": {"type": "State", "label": "Teverra"},
    },
    "pacts": {"deal": {"type": "Treaty", "label": "Bridge Deal"}},
    "assertions": [
        {
            "id": "in",
            "subject": "orlania",
            "predicate": "partyTo",
            "object": ["deal", "deal"],
            "with": {"share": "60 %", "amount": "1"},
            "when": "2019-05-01/..",
            "cite": {"asahi-1": [{"p": "2", "span": ["0", "4"], "sha256": "0" * 64}, "5"]},
            "note": "  Two spaces first,\nthen a line: with a colon\n",
        },
        {"id": "out", "denies": "in", "according_to": ["teverra"], "cite": {"asahi-1": ["2"]}},
        {
            "subject": "teverra",
            "predicate": "judgedAs",
            "object": "a long text that says what it is, and again what it is, and once more",
            "mode": "opinion",
            "according_to": "orlania",
            "withdrawn": {"when": "2019-12", "cite": {"asahi-1": ["3"]}},
            "cite": {"asahi-1": ["9"]},
        },
    ],
}


class Scribe:
    """Writes values as somebody might whose keyboard is a die: any indents, styles, comments, blank
    lines and order of fields. Each comment above a field names it.
    """

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.comments = 0

    def chance(self, one_of: int) -> bool:
        return self.dice.randrange(one_of) == 0

    def file(self, world: dict[str, Any]) -> bytes:
        lines = ["# the head", ""] if self.chance(2) else []
        lines += ["---"] if self.chance(6) else []
        for section, records in world.items():
            lines += self.entry(section, records, 0, is_record=False)
        text = "\n".join(lines) + ("" if self.chance(4) else "\n" * self.dice.randrange(1, 4))
        text = text.replace("\n", "\r\n") if self.chance(3) else text
        return text.encode("utf-8-sig" if self.chance(3) else "utf-8")

    def entry(self, key: str, value: Any, margin: int, is_record: bool) -> Iterator[str]:
        indent = " " * margin
        yield from [""] * self.dice.choice([0, 0, 0, 1, 2])
        if self.chance(5):
            self.comments += 1
            yield f"{indent}# {self.comments} above {key}"
        step = self.dice.randrange(1, 5)
        behind = "  # behind it" if self.chance(9) else ""
        if isinstance(value, str):
            first, *rest = self.scalar(value, margin + step)
            is_open = first[0] in "|>"
            yield f"{indent}{key}:{' ' * self.dice.randrange(1, 3)}{first}{'' if is_open else behind if not rest else ''}"
            yield from rest
        elif margin and self.chance(3):
            yield f"{indent}{key}: {self.flow(value)}{behind}"
        elif isinstance(value, dict):
            yield f"{indent}{key}:{behind}"
            yield from self.mapping(value, margin + step, is_record)
            if self.chance(7):
                self.comments += 1
                yield f"{indent}{' ' * step}# {self.comments} at the end"
        else:
            yield f"{indent}{key}:{behind}"
            yield from self.items(value, margin + self.dice.choice([0, step]))

    def mapping(self, value: dict[str, Any], margin: int, is_record: bool) -> Iterator[str]:
        entries = list(value.items())
        if "cite" in value or "type" in value or "p" in value:
            self.dice.shuffle(entries)
        for key, each in entries:
            yield from self.entry(key, each, margin, is_record)

    def items(self, values: list[Any], margin: int) -> Iterator[str]:
        for value in values:
            gap = " " * self.dice.randrange(1, 4)
            dash = f"{' ' * margin}-{gap}"
            if isinstance(value, str) or self.chance(3):
                yield f"{dash}{self.flow(value)}"
            else:
                lines = [*self.mapping(value, margin + 1 + len(gap), True)]
                first = next(
                    at
                    for at, line in enumerate(lines)
                    if line.strip() and "#" not in line[: len(dash) + 1]
                )
                for line in lines[:first]:
                    yield " " * margin + re.sub("above .*", "of the item", line.strip())
                yield dash + lines[first].lstrip()
                yield from lines[first + 1 :]

    def scalar(self, text: str, margin: int) -> list[str]:
        if "\n" in text:
            mark = f"|{margin - (margin - 1)}" if text.startswith(" ") else "|"
            if text.startswith(" "):
                return [self.flow(text)]
            return [
                mark,
                *(f"{' ' * margin}{line}".rstrip() for line in text.rstrip("\n").split("\n")),
            ]
        if text.count(" ") > 4 and self.chance(2) and not set(text) & set(":#\"'"):
            words = text.split(" ")
            return [" ".join(words[:3]), *(f"{' ' * margin}{' '.join(words[3:])}",)]
        if text.count(" ") > 4 and self.chance(3):
            return [">-", *(f"{' ' * margin}{line}" for line in (text,))]
        return [self.flow(text)]

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            inner = (
                f"{key}:{self.dice.choice([' ', '  '])}{self.flow(each)}"
                for key, each in value.items()
            )
            return "{" + self.dice.choice([", ", " , "]).join(inner) + self.dice.choice(["}", " }"])
        if isinstance(value, list):
            return "[" + self.dice.choice([",", ", "]).join(map(self.flow, value)) + "]"
        is_plain = re.fullmatch(r"[\w./-]+( [\w./-]+)*", value) and value != "null"
        if is_plain and not self.chance(4):
            return str(value)
        quoted = "'" + value.replace("'", "''") + "'"
        escaped = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**6).strip()
        return quoted if self.chance(2) and "\n" not in value else escaped


def texts(data: bytes) -> Any:
    """What YAML makes of a file, in texts, the ends of blocks aside."""
    return strip(yaml.load(data.decode("utf-8-sig"), yaml.BaseLoader))


def strip(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: strip(each) for key, each in value.items()}
    if isinstance(value, list):
        return [strip(each) for each in value]
    return value.rstrip("\n")


def comments(data: bytes) -> list[str]:
    return sorted(
        re.findall(
            r"# (?:\d+ (?:above [\w-]+|at the end|of the item)|behind it|the head)", data.decode()
        )
    )


def formatted(data: bytes) -> bytes:
    layout = lay_out(SourceFile("sources/a.yaml", data))
    assert layout.kept_parts == 0
    return layout.after


@pytest.mark.parametrize("seed", range(60))
def test_any_layout_becomes_the_one_form_with_every_text_and_comment(seed: int) -> None:
    before = Scribe(seed).file(WORLD)
    assert texts(before) == strip(WORLD), "the scribe writes what it was given"
    after = formatted(before)
    assert texts(after) == texts(before)
    assert comments(after) == comments(before)
    assert formatted(after) == after
    assert (after[:3] == b"\xef\xbb\xbf", b"\r\n" in after) == (
        before[:3] == b"\xef\xbb\xbf",
        b"\r\n" in before,
    )
    lines = after.decode("utf-8-sig").splitlines()
    for number, line in enumerate(lines):
        if above := re.search(r"# \d+ above ([\w-]+)$", line):
            below = next(
                each for each in lines[number + 1 :] if each.strip(" ")[:1] not in ("", "#")
            )
            assert below.lstrip(" -").startswith(f"{above[1]}:"), line
    margins = {
        len(line) - len(line.lstrip()) for line in lines if re.match(r" *- (id|subject):", line)
    }
    assert margins <= {2}


ODD = {
    "a mark that counts blanks": (
        "actors:\n      a:\n            note: |2\n                two more\n              none more\n            label: A\n            type: State\n",
        "actors:\n  a:\n    type: State\n    label: A\n    note: |2\n        two more\n      none more\n",
        0,
    ),
    "braces over lines with a comment stay": (
        "actors:\n a: {type: State,\n   # why\n   label: A}\n",
        "actors:\n  a: {type: State,\n    # why\n    label: A}\n",
        0,
    ),
    "a long text in braces is not joined": (
        f"actors:\n a: {{label: {'long ' * 22}A,\n    type: State}}\n",
        f"actors:\n  a: {{label: {'long ' * 22}A,\n    type: State}}\n",
        0,
    ),
    "a key with a question mark stays, the rest does not": (
        "actors:\n ? a\n : {type: State,   label: A}\n b: {label: B,   type: State}\n",
        "actors:\n ? a\n : {type: State,   label: A}\n b: {label: B,   type: State}\n",
        1,
    ),
    "a record that is not understood stays": (
        "actors:\n a:\n   label: A\n   type:   # which\n     State\n b: {label: B,   type: State}\n",
        "actors:\n  a:\n    label: A\n    type:   # which\n      State\n  b: {type: State, label: B}\n",
        1,
    ),
    "a comment too near to a text stays near": (
        "actors:\n a: \n  label: A #1\n  type: State  #2\n\n\n\n # at the end\n",
        "actors:\n  a:\n    type: State  #2\n    label: A #1\n\n  # at the end\n",
        0,
    ),
}


@pytest.mark.parametrize(("before", "after", "kept"), ODD.values(), ids=ODD)
def test_what_cannot_be_taken_apart_stays_and_is_counted(
    before: str, after: str, kept: int
) -> None:
    layout = lay_out(SourceFile("sources/a.yaml", before.encode()))
    assert (layout.after.decode(), layout.kept_parts) == (after, kept)
    assert lay_out(SourceFile("sources/a.yaml", layout.after)).after == layout.after


def test_every_field_of_a_thing_that_is_read_has_its_place_in_the_order() -> None:
    assert sorted(THING_ORDER) == sorted(ACTOR_FIELDS)


def shuffled(data: bytes, seed: int) -> bytes:
    """A file with other blank lines, line ends and order of fields: records are lines in blocks."""
    dice, lines = random.Random(seed), data.decode().splitlines()
    records, record = [], [""]
    for line in lines:
        starts = re.match(r"(  - |  \S|\S)", line) and not line.lstrip().startswith("#")
        if starts or not line.strip() or line.lstrip().startswith("#"):
            records.append(record)
            record = []
        record.append(line)
    records.append(record)
    mixed = [line for each in records for line in mix(each, dice)]
    return "".join(f"{line}\r\n" for line in mixed).encode("utf-8-sig")


def mix(record: list[str], dice: random.Random) -> list[str]:
    """A record of an assertion with its fields behind the first in another order."""
    fields: list[list[str]] = []
    for line in record[1:]:
        if re.match(r"    \S", line):
            fields.append([])
        elif not fields:
            return record
        fields[-1].append(line)
    dice.shuffle(fields)
    return [*record[:1], *(line for field in fields for line in field)]


def as_read(root: Path, files: dict[str, bytes]) -> Reading:
    return read(Workspace(root, None, files), questions=()).under(Lens())


def same_meaning(one: Reading, other: Reading) -> bool:
    return not find_changes(one, other).total and sorted(map(str, quads_of(one))) == sorted(
        map(str, quads_of(other))
    )


def test_formatting_the_example_tells_no_difference_and_gives_the_same_graph() -> None:
    originals = {f"sources/{path.name}": path.read_bytes() for path in SOURCES}
    mixed = {name: shuffled(data, seed) for seed, (name, data) in enumerate(originals.items())}
    again = {name: formatted(data) for name, data in mixed.items()}
    assert not any(formatted(data) != data for data in again.values())
    assert sum(mixed[name] != again[name] for name in mixed) == len(mixed)
    back = {name: data[3:].replace(b"\r\n", b"\n") for name, data in again.items()}
    assert [name for name in back if back[name] != originals[name]] == []
    assert same_meaning(as_read(REPOSITORY, {}), as_read(REPOSITORY, again))


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not at hand")
def test_formatting_the_shared_cases_tells_no_difference(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "ontology", tmp_path / "ontology")
    (tmp_path / "sources").mkdir()
    sound = 0
    for case in sorted(CASES.glob("*/sources")):
        files = {f"sources/{path.name}": path.read_bytes() for path in case.glob("*.y*ml")}
        after = {name: formatted(data) for name, data in files.items()}
        assert after == {name: formatted(data) for name, data in after.items()}
        one, other = (
            read(Workspace(tmp_path, None, each), questions=()) for each in (files, after)
        )
        assert [each.rule for each in one.diagnostics] == [each.rule for each in other.diagnostics]
        if not one.exit_code:
            sound += 1
            assert same_meaning(one.under(Lens()), other.under(Lens())), case
    assert sound > 20


def test_the_command_names_writes_and_then_finds_nothing_to_do(kg: Kg, quarrel: Path) -> None:
    file = next((quarrel / "sources").glob("*.yaml"))
    clean = kg("-C", quarrel, "fmt")
    before = file.read_bytes()
    file.write_bytes(before.replace(b"\n\n", b"\n\n\n") + b"\n")
    for option in ("--check", "--diff"):
        would = kg("-C", quarrel, "fmt", option)
        assert f"sources/{file.name}" in would.stderr + would.stdout
        assert would.code == int(option == "--check")
        assert file.read_bytes() != before
    assert kg("-C", quarrel, "fmt", file).code == clean.code == 0
    assert file.read_bytes() == before
    assert kg("-C", quarrel, "fmt", "--check").code == 0
    assert "no source file" in kg("-C", quarrel, "fmt", "ontology/none.ttl").stderr


def test_a_file_with_errors_stays_as_it_is_with_its_diagnostic(kg: Kg, quarrel: Path) -> None:
    broken = quarrel / "sources" / "broken.yaml"
    broken.write_text("actors:\n\n\n\n  a: {lable: A,   type: State}\n", "utf-8")
    before = broken.read_bytes()
    result = kg("-C", quarrel, "fmt", broken)
    assert result.code == 1
    assert "KG" in result.stderr
    assert "sources/broken.yaml:5" in result.stderr
    assert "1 left as it is for errors" in result.stdout
    assert broken.read_bytes() == before
