"""Every command, YAML block, query and Python line of docs/ does what the page says."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

import pytest
from conftest import OFFLINE, REPOSITORY, Golden
from documents import Terminal, anchors, blocks, links, put

from kg.assertions import ASSERTION_FIELDS
from kg.dates import DateError, Day, Edge, parse
from kg.loader import ALL_SECTIONS
from kg.model import Basis, Confidence, ConflictKind, Mode, OutcomeKind
from kg.records import ACTOR_FIELDS, ARTICLE_FIELDS, CONFLICT_FIELDS, THING_FIELDS
from kg.rules import RULES
from kg.saved import FIELDS as QUESTION_FIELDS
from kg.saved import ParamKind

DOCS = REPOSITORY / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *REPOSITORY.glob("*.md")])


def terminal(folder: Path) -> Terminal:
    """A terminal in an empty folder, where ``kg`` is the one of this repository."""
    programs = folder / "bin"
    programs.mkdir()
    kg = programs / "kg"
    kg.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n', "utf-8")
    kg.chmod(0o755)
    desk = folder / "desk"
    desk.mkdir()
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{OFFLINE}{os.pathsep}{REPOSITORY}",
    }
    return Terminal(desk, environment)


def replayed(page: str, at: Terminal) -> str:
    """A page with what its commands print now, after everything that it says was done in its order."""
    for block in blocks(page):
        if block.verb:
            put(block, at.folder)
        elif block.language == "console":
            page = page.replace(f"```console\n{block.text}```", f"```console\n{at.replay(block)}```")
    return page


def test_the_tutorial_works_as_printed(tmp_path: Path, golden: Golden) -> None:
    golden("../../docs/tutorial.md", replayed((DOCS / "tutorial.md").read_text("utf-8"), terminal(tmp_path)))


def test_the_reference_is_one_workspace_without_a_finding(tmp_path: Path, golden: Golden) -> None:
    at = terminal(tmp_path)
    assert at.run("kg init .\n").startswith("made")
    (at.folder / "sources" / "start-here.yaml").unlink()
    golden("../../docs/reference.md", replayed((DOCS / "reference.md").read_text("utf-8"), at))
    assert at.run("kg check\n").endswith("\n0 errors, 0 warnings\n")
    assert at.run("kg build\n").startswith("site/")


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table rows below a heading, header left out, code marks of the first cell removed."""
    section = page.split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", section, re.M)]
    return [cells for cells in found if cells[0].startswith("`")]


def in_code(page: str) -> set[str]:
    """Every word that stands in code marks."""
    return {word for code in re.findall(r"`([^`\n]+)`", page) for word in re.split(r"[^\w-]+", code)}


def test_the_reference_names_every_section_field_and_word() -> None:
    words = in_code((DOCS / "reference.md").read_text("utf-8"))
    fields = {*ARTICLE_FIELDS, *THING_FIELDS, *ACTOR_FIELDS, *ASSERTION_FIELDS, *CONFLICT_FIELDS}
    enums = (Mode, Basis, OutcomeKind, Confidence, ConflictKind, ParamKind)
    assert {*fields, *ALL_SECTIONS, *QUESTION_FIELDS, *(word.value for enum in enums for word in enum)} <= words


def test_every_code_that_a_page_names_is_a_rule() -> None:
    known = {rule.code for rule in RULES}
    for file in PAGES:
        assert set(re.findall(r"KG\d{3}", file.read_text("utf-8"))) <= known, file.name


def test_dates_mean_what_the_reference_says() -> None:
    page = (DOCS / "reference.md").read_text("utf-8")
    told = [row for row in rows(page, "## Dates") if len(row) == 4]
    assert len(told) > 15
    for written, _, began, ended in told:
        date = parse(written.strip('`"'))
        assert bounds(date.start, date.start_earliest, date.start_latest) == began, written
        assert bounds(date.end, date.end_earliest, date.end_latest) == ended, written


def bounds(edge: Edge, earliest: Day | None, latest: Day | None) -> str:
    """One end of a date as the reference writes it."""
    if edge is not Edge.KNOWN:
        return edge.value
    return str(earliest) if earliest == latest else f"{earliest} to {latest}"


def test_what_is_no_date_is_told_as_the_reference_says() -> None:
    told = [row for row in rows((DOCS / "reference.md").read_text("utf-8"), "## Dates") if len(row) == 3]
    assert len(told) > 5
    for written, reason, hint in told:
        with pytest.raises(DateError) as refused:
            parse(written.strip("`"))
        assert str(refused.value).endswith(f"is not a date: {reason}")
        assert refused.value.hint == hint


def test_links_between_pages_lead_somewhere() -> None:
    for file in PAGES:
        for target in links(file.read_text("utf-8")):
            if "://" in target:
                continue
            path, _, anchor = target.partition("#")
            there = (file.parent / path).resolve() if path else file
            assert there.exists(), f"{file.name}: {target}"
            assert not anchor or anchor in anchors(there.read_text("utf-8")), f"{file.name}: {target}"


def test_the_index_lists_every_page() -> None:
    index = set(links((DOCS / "README.md").read_text("utf-8")))
    assert {page.name for page in DOCS.glob("*.md")} - {"README.md"} <= index
