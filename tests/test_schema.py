"""The JSON Schema of source files lets through whatever kg reads, and knows each field and id."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPOSITORY
from documents import blocks

from kg.cli import main
from kg.files.scaffold import start_workspace
from kg.files.workspace import Workspace
from kg.reading import Reading, read
from kg.sources.assertions import ASSERTION_FIELDS
from kg.sources.schema import source_schema

jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture(scope="module")
def example() -> Reading:
    return read(Workspace(REPOSITORY), questions=())


@pytest.fixture(scope="module")
def schema(example: Reading) -> dict[str, Any]:
    made = source_schema(example.written, example.ontology)
    jsonschema.Draft7Validator.check_schema(made)
    return made


def mistakes(schema: dict[str, Any], source: object) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(source)]


def sources() -> list[str]:
    """The example's sources, those of new workspaces, and what the reference shows. A blank one
    holds comments alone, in which there is nothing to know.
    """
    files = [*(REPOSITORY / "sources").glob("*.yaml"), *(REPOSITORY / "kg/starts").glob("*.yaml")]
    files.remove(REPOSITORY / "kg/starts/blank.yaml")
    texts = [file.read_text("utf-8") for file in sorted(files)]
    page = (REPOSITORY / "docs" / "reference.md").read_text("utf-8")
    shown = [block.text for block in blocks(page) if block.language == "yaml"]
    return [*texts, *(text for text in shown if text.startswith(("articles:", "actors:")))]


def test_whatever_is_right_passes(schema: dict[str, Any]) -> None:
    texts = sources()
    assert len(texts) > 14
    for text in texts:
        assert mistakes(schema, yaml.load(text, Loader=yaml.BaseLoader)) == []
        assert mistakes(schema, json.loads(json.dumps(yaml.safe_load(text), default=str))) == []


def test_a_person_may_be_called_null(schema: dict[str, Any]) -> None:
    record = "actors: {n: {type: Person, label: Null, note: ~, aliases: [Null]}}"
    assert mistakes(schema, yaml.safe_load(record)) == []


@pytest.mark.parametrize(
    "source",
    [
        {"actor": {}},
        {"actors": {"a": {"type": "State", "label": "A", "aka": "B"}}},
        {"actors": {"a": {"type": "State"}}},
        {"assertions": [{"subject": "japan", "predicat": "meets"}]},
        {"assertions": [{"mode": "promised"}]},
        {"assertions": {"subject": "japan"}},
    ],
)
def test_unknown_fields_and_words_are_marked(schema: dict[str, Any], source: object) -> None:
    assert len(mistakes(schema, source)) == 1


def test_ids_and_relations_are_offered_with_their_names(
    schema: dict[str, Any], example: Reading
) -> None:
    def offered(name: str) -> dict[str, str]:
        known = schema["$defs"][name]["anyOf"][0]
        return dict(zip(known["enum"], known["enumDescriptions"], strict=True))

    assert offered("thing") == {id: t.label for id, t in example.written.things.items()}
    assert offered("actor").keys() == example.written.actors.keys()
    assert offered("relation").keys() == example.ontology.relations.keys()
    fields = schema["$defs"]["assertion-record"]["properties"]
    assert tuple(fields) == ASSERTION_FIELDS
    assert schema["$defs"]["cite"]["properties"].keys() == example.written.articles.keys()


def test_it_is_written_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "schema.json"
    assert main(["-C", str(REPOSITORY), "schema", "--out", str(out)]) == 0
    assert "bytes" in capsys.readouterr().out
    assert json.loads(out.read_text("utf-8"))["type"] == "object"
    assert out.stat().st_size < 250_000


def test_the_problem_matcher_of_the_docs_reads_what_its_command_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (REPOSITORY / "docs" / "evidence.md").read_text("utf-8")
    settings = [json.loads(block.text) for block in blocks(page) if block.language == "json"]
    written = [REPOSITORY / "kg/starts/vscode" / name for name in ("settings.json", "tasks.json")]
    assert [json.loads(file.read_text("utf-8")) for file in written] == settings
    (task,) = next(each["tasks"] for each in settings if "tasks" in each)
    matcher = task["problemMatcher"]
    start_workspace(tmp_path / "w", example=False, start="treaty")
    (tmp_path / "w" / "sources" / "a b.yaml").write_text("actor: {}\n", "utf-8")
    (tmp_path / "w" / "sources" / "gone.yaml").symlink_to("/nowhere")
    command = task["command"].split()
    assert command[:3] == ["kg", "check", "--watch"]
    assert main(["-C", str(tmp_path / "w"), "check", *command[3:-2]]) != 0
    told = capsys.readouterr().out
    found = re.findall(matcher["pattern"]["regexp"], told, re.MULTILINE)
    assert [(*each[:4], each[5]) for each in found] == [
        ("sources/a b.yaml", "1", "1", "error", "KG101"),
        ("sources/gone.yaml", "1", "1", "error", "KG002"),
    ]
    assert "did you mean" in found[0][4]
    assert re.search(matcher["background"]["endsPattern"], "kg: waiting for changes")


def test_a_new_workspace_is_set_up_for_an_editor_and_its_schema_kept_fresh(tmp_path: Path) -> None:
    files = start_workspace(tmp_path / "w", example=False, start="treaty", additions=["vscode"])
    assert {".vscode/settings.json", ".vscode/tasks.json"} <= set(files)
    settings = json.loads((tmp_path / "w" / ".vscode" / "settings.json").read_text("utf-8"))
    (name,) = settings["yaml.schemas"]
    assert f"/{name.removeprefix('./')}" in (tmp_path / "w" / ".gitignore").read_text().split()
    out = tmp_path / "w" / name
    assert main(["-C", str(tmp_path / "w"), "check", "--schema", str(out)]) == 0
    offered = json.loads(out.read_text("utf-8"))["$defs"]["thing"]["anyOf"][0]
    assert "lume-treaty" in offered["enum"]
    before = out.read_bytes()
    (tmp_path / "w" / "sources" / "more.yaml").write_text("actors: [", "utf-8")
    assert main(["-C", str(tmp_path / "w"), "check", "--schema", str(out)]) != 0
    assert out.read_bytes() == before
    # An editor that looks for the file finds one, also where the first check found errors.
    out.unlink()
    assert main(["-C", str(tmp_path / "w"), "check", "--schema", str(out)]) != 0
    assert "lume-treaty" in json.loads(out.read_text("utf-8"))["$defs"]["thing"]["anyOf"][0]["enum"]
