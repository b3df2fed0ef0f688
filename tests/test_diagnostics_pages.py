"""The pages of docs/diagnostics test the rules: each mistake is found where its page says, and
nowhere else.

``docs/diagnostics/README.md`` tells readers the notation, and holds the workspace that every
example joins.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import CORE_FOLDER, REPOSITORY
from documents import Block, blocks, put

from kg.dates import Day
from kg.diagnostics import Diagnostic, Rule, exit_code
from kg.diagnostics.rules import RULES
from kg.files.workspace import Workspace
from kg.reading import read
from kg.site.pages import BadStory, picture_of
from kg.viz.story import view_of

PAGES = REPOSITORY / "docs" / "diagnostics"
INDEX = (PAGES / "README.md").read_text("utf-8")
TODAY = Day(2026, 1, 1)

Found = tuple[str, int, str]
"""A file, a line (0: the file as a whole) and a code."""


@dataclass(frozen=True, slots=True)
class Example:
    """One section of a page: the files that it adds to the workspace, and what its code says must
    be found in them.
    """

    code: str
    heading: str
    blocks: tuple[Block, ...]

    @property
    def announced(self) -> list[Found]:
        """What the example's comments announce."""
        return sorted(found for block in self.blocks for found in _announced(block))


def _announced(block: Block) -> Iterator[Found]:
    for number, line in enumerate(block.text.splitlines(), 1):
        for code, rest in re.findall(r"# (KG\d{3})((?: \(file\)| [^\s#]+)?)$", line):
            if block.language == "sh":
                file, _, place = rest.strip().partition(":")
                yield file, int(place or 0), code
            else:
                yield block.path, 0 if rest else number, code


def examples() -> Iterator[Example]:
    for rule in RULES:
        text = (PAGES / f"{rule.code}.md").read_text("utf-8")
        for heading, body in re.findall(r"^## (.*)\n((?:(?!^## ).*\n)*)", text, re.MULTILINE):
            yield Example(rule.code, heading, tuple(blocks(body)))


def joined(folder: Path, example: Example) -> Path:
    """A workspace with the ontology, the base and the example's own files."""
    shutil.copytree(REPOSITORY / CORE_FOLDER, folder / CORE_FOLDER)
    shutil.copy(REPOSITORY / "ontology" / "dataset.ttl", folder / "ontology")
    for block in (*blocks(INDEX), *example.blocks):
        if block.language == "sh":
            for line in block.text.splitlines():
                subprocess.run(["sh", "-c", line], cwd=folder, check=True)
        else:
            put(block, folder)
        if block.language == "yaml bytes":
            file = folder / block.path
            whole = re.sub(
                rb"\\x([0-9a-f]{2})",
                lambda found: bytes.fromhex(found[1].decode()),
                file.read_bytes(),
            )
            file.write_bytes(whole)
    return folder


def said_of(folder: Path) -> tuple[Diagnostic, ...]:
    """All that kg finds wrong in a workspace, and what only the making of pages tells: of its
    stories.
    """
    texts = folder / "texts"
    reading = read(Workspace(folder, texts if texts.is_dir() else None), TODAY)
    found = reading.diagnostics
    for story in folder.glob("viz/*.story.yaml") if not exit_code(found) else ():
        try:
            picture_of(reading, view_of(story.name))
        except BadStory as bad:
            found += bad.problems
    return found


ALL = {f"{example.code} {example.heading} {n}": example for n, example in enumerate(examples())}


@pytest.mark.parametrize("example", ALL.values(), ids=ALL)
def test_an_example_gives_exactly_what_it_announces_and_the_next_step(
    example: Example, tmp_path: Path
) -> None:
    found = said_of(joined(tmp_path, example))
    assert all(d.hint for d in found if d.span.file.startswith("sources/"))
    assert sorted((d.span.file, d.span.line, d.rule.code) for d in found) == example.announced
    if example.heading.startswith("Wrong"):
        rule = next(rule for rule in RULES if rule.code == example.code)
        assert {code for _, _, code in example.announced} == {example.code}
        assert exit_code(found) == (rule.exit_code if found[0].is_error else 0)
    else:
        assert example.heading == "Mended"
        assert not example.announced


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_a_page_begins_with_its_rule_and_shows_the_mistake_before_the_mending(rule: Rule) -> None:
    text = (PAGES / f"{rule.code}.md").read_text("utf-8")
    code = rule.exit_code if rule.severity == "error" else 0
    title, _, weight, _, meaning, *_ = text.splitlines()
    assert title == f"# {rule.code}: {rule.title}"
    assert weight == f"*{rule.severity.capitalize()}, exit code {code}.*"
    assert meaning
    headings = re.findall("^## (Wrong|Mended)", text, re.MULTILINE)
    assert headings[0] == "Wrong"
    assert headings[-1] == "Mended"


def test_every_page_has_a_rule_and_the_index_lists_all() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} - {"README"} == {rule.code for rule in RULES}
    rows = [
        f"| [{r.code}]({r.code}.md) | {r.severity} | {r.exit_code if r.severity == 'error' else 0} | {r.title} |"
        for r in RULES
    ]
    assert re.findall(r"^\| \[KG.*$", INDEX, re.MULTILINE) == rows


def test_nothing_is_wrong_with_the_workspace_that_the_examples_join(tmp_path: Path) -> None:
    assert not said_of(joined(tmp_path, Example("", "", ())))
