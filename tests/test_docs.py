"""Every command, YAML block, query and Python line of docs/ does what the page says."""

from __future__ import annotations

import doctest
import os
import pkgutil
import re
import shlex
import shutil
import string
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from clipage import EXAMPLES, cli_page, commands
from commands import Commands
from conftest import OFFLINE, REPOSITORY, Golden
from documents import Block, Terminal, anchors, blocks, fits, links, put, steps
from readback import quads_of

from kg.cli.parser import build_parser
from kg.dates import DateError, Day, Edge, from_until, parse_date
from kg.diagnostics.rules import RULES
from kg.files.scaffold import start_workspace
from kg.files.workspace import Workspace
from kg.model.modes import Basis, Confidence, ConflictKind, Mode, OutcomeKind
from kg.ontology.namespaces import KG
from kg.ontology.reader import read_ontology
from kg.query.parameters import ParamKind
from kg.query.saved import FIELDS as QUESTION_FIELDS
from kg.reading import read
from kg.sources.assertions import ASSERTION_FIELDS
from kg.sources.entries import ALL_SECTIONS
from kg.sources.records import ACTOR_FIELDS, ARTICLE_FIELDS, CONFLICT_FIELDS, THING_FIELDS
from kg.sources.yamlfile import Mapping, Scalar
from kg.sources.yamlfile import read_yaml as yaml_tree
from kg.status.inference import RULES as INFERENCES
from kg.status.status import Status

DOCS = REPOSITORY / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *REPOSITORY.glob("*.md")])
FROM_NOTHING = [
    page for page in sorted(DOCS.glob("*.md")) if "$ kg init " in page.read_text("utf-8")
]
"""Pages that begin in an empty folder and make their workspace themselves."""

MINUTES = """\
articles:
  minutes-2024-04-12:
    title: Minutes
    publisher: harbour-post
    originator: harbour-post
    published: 2024-04-12
    paragraphs: 1
    text_sha256: 8159fe1d80281240b56d51a29319deff52d365d66b57c8dc2a5c9e6af204f960
assertions:
  - subject: gov-arden
    predicate: takesPartIn
    object: april-talks
    cite: {minutes-2024-04-12: [1]}
"""


@pytest.fixture
def at(tmp_path: Path, commands: Commands) -> Terminal:
    """A terminal in an empty folder, where ``kg`` is the one of this repository."""
    programs = tmp_path / "bin"
    programs.mkdir()
    kg = programs / "kg"
    kg.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n', "utf-8")
    kg.chmod(0o755)
    desk = tmp_path / "desk"
    desk.mkdir()
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{OFFLINE}{os.pathsep}{REPOSITORY}",
    }
    return Terminal(desk, environment, commands)


def replayed(page: str, at: Terminal) -> str:
    """A page with what its commands print now, after everything that it says was done in its order."""
    told, done = "", 0
    for block in blocks(page):
        if block.verb:
            put(block, at.folder)
        elif block.language == "console":
            told += page[done : block.start] + at.replay(block)
            done = block.start + len(block.text)
    return told + page[done:]


@pytest.mark.parametrize("page", FROM_NOTHING, ids=lambda page: page.stem)
def test_a_page_that_begins_with_nothing_works_as_printed(
    page: Path, at: Terminal, golden: Golden
) -> None:
    golden(f"../../docs/{page.name}", replayed(page.read_text("utf-8"), at))


def test_the_readme_shows_how_the_example_answers(at: Terminal) -> None:
    assert at.run("kg init --example .\n").startswith("made")
    shown = [
        block
        for block in blocks((REPOSITORY / "README.md").read_text("utf-8"))
        if block.language == "console"
    ]
    assert shown
    for command, beginning in (step for block in shown for step in steps(block)):
        printed = at.run(command)
        assert fits(f"{beginning}...", printed), f"$ {command}{printed}"


def test_the_reference_is_one_workspace_without_a_finding(at: Terminal, golden: Golden) -> None:
    assert at.run("kg init .\n").startswith("made")
    (at.folder / "sources" / "start-here.yaml").unlink()
    golden("../../docs/reference.md", replayed((DOCS / "reference.md").read_text("utf-8"), at))
    assert at.run("kg check\n").endswith("\n0 errors, 0 warnings\n")
    assert at.run("kg build\n").startswith("site/")


def test_the_model_shows_the_graph_that_its_yaml_makes(at: Terminal, golden: Golden) -> None:
    page = (DOCS / "model.md").read_text("utf-8")
    assert at.run("kg init row\n").startswith("made")
    at.folder /= "row"
    (at.folder / "sources" / "start-here.yaml").unlink()
    golden("../../docs/model.md", replayed(page, at))
    reading = read(Workspace(at.folder))
    assert not reading.diagnostics
    made = {str(quad.triple) for quad in quads_of(reading)}
    prefixes = "".join(
        f"@prefix {name}: <{iri}> .\n" for name, iri in reading.ontology.prefixes.items()
    )
    shown = [
        q
        for b in blocks(page)
        if b.language == "turtle"
        for q in ox.parse(prefixes + b.text, ox.RdfFormat.TURTLE)
    ]
    assert [str(quad.triple) for quad in shown if str(quad.triple) not in made] == []
    assert len(shown) > 50


def test_the_model_names_every_term_of_the_record() -> None:
    core, problems = read_ontology(Workspace(REPOSITORY).files("ontology", (".ttl",)).contents)
    assert not problems
    declared = {
        str(quad.subject)[1:-1].removeprefix(KG)
        for quad in core.quads
        if str(quad.subject).startswith(f"<{KG}")
    }
    things = {name for name in core.classes if core.is_a(name, ["Thing"])}
    page = (DOCS / "model.md").read_text("utf-8")
    sources = {type.iri.removeprefix(KG) for type in core.source_types.values()}
    assert {*declared} - {*core.relations} - things - sources <= in_code(page)
    assert {*INFERENCES} <= in_code(page)
    assert {*Status} <= set(re.findall(r"\*\*([a-z]+)\*\*", page))


@pytest.fixture
def row(tmp_path: Path) -> Path:
    """The workspace of the tutorial, as it is before more articles come."""
    folder = tmp_path / "row"
    start_workspace(folder, example=False)
    page = (DOCS / "tutorial.md").read_text("utf-8")
    for block in blocks(page.partition("\n## 11. ")[0]):
        if block.verb:
            put(block, folder)
    return folder


@pytest.mark.filterwarnings(
    "ignore:Dataset:DeprecationWarning"
)  # rdflib 7.6 warns of its own calls
def test_the_lines_of_python_work_as_printed(row: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (DOCS / "python.md").read_text("utf-8")
    lines = "\n\n".join(block.text for block in blocks(page) if block.language == "python")
    session = doctest.DocTestParser().get_doctest(lines, {}, "docs/python.md", None, None)
    assert len(session.examples) > 15
    monkeypatch.chdir(row.parent)
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=told.append)
    assert "".join(told) == ""


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table rows below a heading, header left out, code marks of the first cell
    removed.
    """
    section = page.split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    found = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in re.findall(r"^\|.*\|$", section, re.M)
    ]
    return [cells for cells in found if cells[0].startswith("`")]


def in_code(page: str) -> set[str]:
    """Every word that stands in code marks."""
    return {
        word for code in re.findall(r"`([^`\n]+)`", page) for word in re.split(r"[^\w-]+", code)
    }


def test_the_reference_names_every_section_field_and_word() -> None:
    words = in_code((DOCS / "reference.md").read_text("utf-8"))
    fields = {*ARTICLE_FIELDS, *THING_FIELDS, *ACTOR_FIELDS, *ASSERTION_FIELDS, *CONFLICT_FIELDS}
    enums = (Mode, Basis, OutcomeKind, Confidence, ConflictKind, Status, ParamKind)
    assert {
        *fields,
        *ALL_SECTIONS,
        *QUESTION_FIELDS,
        *(word.value for enum in enums for word in enum),
    } <= words


def test_the_signs_that_need_quotes_are_those_that_the_reference_lists() -> None:
    (listed,) = re.findall(
        "begins with .*?or with one of ``(.*?) ``", (DOCS / "reference.md").read_text("utf-8"), re.S
    )
    for sign in string.punctuation:
        tree, _ = yaml_tree("a.yaml", f"label: {sign}text".encode())
        value = tree.entries[0][1] if isinstance(tree, Mapping) else None
        stands_as_typed = isinstance(value, Scalar) and value.text == f"{sign}text"
        assert stands_as_typed != (sign in listed.split()), sign


def test_the_architecture_names_every_package_and_module() -> None:
    words = in_code((DOCS / "architecture.md").read_text("utf-8"))
    files = (REPOSITORY / "kg").iterdir()
    names = {file.stem for file in files if file.suffix == ".py" or (file / "__init__.py").exists()}
    assert names - {"__init__", "__main__"} <= words


def test_what_the_architecture_names_is_there() -> None:
    page = (DOCS / "architecture.md").read_text("utf-8")
    for name in set(re.findall(r"`(kg(?:\.\w+)+)`", page)):
        pkgutil.resolve_name(name)


def test_every_code_that_a_page_names_is_a_rule() -> None:
    known = {rule.code for rule in RULES}
    for file in PAGES:
        assert set(re.findall(r"KG\d{3}", file.read_text("utf-8"))) <= known, file.name


def test_dates_mean_what_the_reference_says() -> None:
    page = (DOCS / "reference.md").read_text("utf-8")
    told = [row for row in rows(page, "## Dates") if len(row) == 4]
    assert len(told) > 15
    for written, _, began, ended in told:
        ends = dict(re.findall(r'`(from|until): "?([^`"]+)"?`', written))
        parts = [parse_date(ends[key]) if key in ends else None for key in ("from", "until")]
        date = from_until(*parts) if ends else parse_date(written.strip('`"'))
        assert bounds(date.start, date.start_earliest, date.start_latest) == began, written
        assert bounds(date.end, date.end_earliest, date.end_latest) == ended, written


def bounds(edge: Edge, earliest: Day | None, latest: Day | None) -> str:
    """One end of a date as the reference writes it."""
    if edge is not Edge.KNOWN:
        return edge.value
    return str(earliest) if earliest == latest else f"{earliest} to {latest}"


def test_what_is_no_date_is_told_as_the_reference_says() -> None:
    told = [
        row for row in rows((DOCS / "reference.md").read_text("utf-8"), "## Dates") if len(row) == 3
    ]
    assert len(told) > 5
    for written, reason, hint in told:
        with pytest.raises(DateError) as refused:
            parse_date(written.strip("`"))
        assert str(refused.value).endswith(f" {reason}")
        assert refused.value.hint == hint


def test_links_between_pages_lead_somewhere() -> None:
    for file in PAGES:
        for target in links(file.read_text("utf-8")):
            if "://" in target:
                continue
            path, _, anchor = target.partition("#")
            there = (file.parent / path).resolve() if path else file
            assert there.exists(), f"{file.name}: {target}"
            assert not anchor or anchor in anchors(there.read_text("utf-8")), (
                f"{file.name}: {target}"
            )


def test_the_index_lists_every_page() -> None:
    index = set(links((DOCS / "README.md").read_text("utf-8")))
    assert {page.name for page in DOCS.glob("*.md")} - {"README.md"} <= index


def test_the_page_of_the_command_line_is_what_the_command_line_says(golden: Golden) -> None:
    golden("../../docs/cli.md", cli_page())


def test_every_command_has_examples_that_work(at: Terminal) -> None:
    assert list(EXAMPLES) == [name for name, _, _ in commands(build_parser())]
    folder = at.folder
    start_workspace(folder / "lume", example=False)
    (folder / "lume" / "sources" / "start-here.yaml").unlink()
    for block in blocks((DOCS / "reference.md").read_text("utf-8")):
        if block.verb:
            put(block, folder / "lume")
    put(
        Block("text", "In April the ministers met.\n", 0, 0, "Write", "texts/minutes.txt"),
        folder / "lume",
    )
    letter = "Mira Holt met in Kessel, at the ford.\nShe said that Arden kept the treaty.\nArden is no longer bound.\n"
    put(Block("text", letter, 0, 0, "Write", "texts/letter.txt"), folder / "lume")
    put(Block("yaml", MINUTES, 0, 0, "Write", "sources/minutes.yaml"), folder / "lume")
    for block in blocks((DOCS / "import.md").read_text("utf-8")):
        if block.verb:
            put(block, folder / "lume")
    for name, lines in EXAMPLES.items():
        for line in lines:
            at.folder = folder if name == "init" else folder / "lume"
            printed = at.run(f"{line}\n")
            assert at.code == 0, f"{line}\n{printed}"
        # What was imported is another example's.
        shutil.rmtree(folder / "lume" / "sources" / "imported", ignore_errors=True)
