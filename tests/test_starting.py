"""A dossier of one's own: where it starts, which day it takes for today, what a check passes over,
and the manual, offline.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import REPOSITORY, Kg
from test_checks import BASE, found_in

from kg.cli.manual import manual_pages, read_page
from kg.diagnostics.rules import RULES
from kg.files.scaffold import STARTS, start_workspace

FUTURE = """\
articles:
  gazette-2140:
    title: The bridge is open
    publisher: gazette
    originator: gazette
    published: 2140-05-04
    paragraphs: 4
    text_sha256: FINGERPRINT
actors:
  gazette: {type: MediaOrganization, label: The Gazette}
  alpha: {type: State, label: Alpha}
  beta: {type: State, label: Beta}
assertions:
  - {subject: alpha, predicate: meets, object: beta, when: 2140-05-03, cite: {gazette-2140: [1]}}
""".replace("FINGERPRINT", "0" * 64)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A workspace that is set in 2140."""
    start_workspace(tmp_path / "dossier", example=False)
    (tmp_path / "dossier" / "sources" / "start-here.yaml").write_text(FUTURE, "utf-8")
    return tmp_path / "dossier"


def set_today(dossier: Path, value: str) -> None:
    """Let a data set say which day is today."""
    file = dossier / "ontology" / "dataset.ttl"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("dcterms:title", f"kg:today {value} ;\n    dcterms:title"), "utf-8"
    )


# Where one starts


@pytest.mark.parametrize("start", STARTS)
def test_each_start_is_sound_and_can_be_built(kg: Kg, tmp_path: Path, start: str) -> None:
    made = kg("init", "--for", start, "w")
    assert made.code == 0
    assert made.stdout.endswith("next: kg -C w check\nhow to go on: kg help tutorial\n")
    checked = kg("check", cwd=tmp_path / "w")
    assert checked.code == 0
    assert "\n0 errors, 0 warnings\n" in checked.stdout
    assert kg("build", cwd=tmp_path / "w").code == 0
    for view in (tmp_path / "w" / "viz").glob("*.rq"):
        assert "# poles:" not in view.read_text("utf-8")


def test_a_new_workspace_is_blank_unless_asked_otherwise(kg: Kg, tmp_path: Path) -> None:
    kg("init", "one")
    kg("init", "--for", "blank", "two")
    names = ("one", "two")
    first, second = ((tmp_path / n / "sources" / "start-here.yaml").read_bytes() for n in names)
    assert first == second
    assert kg("init", "--for", "treaty", "--example", "three").code == 2
    assert kg("init", "--for", "novel", "three").code == 2


@pytest.mark.parametrize("arguments", [("w",), ("--example", "w")])
def test_a_new_workspace_keeps_texts_and_pages_out_of_git(
    kg: Kg, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    kg("init", *arguments)
    ignored = (tmp_path / "w" / ".gitignore").read_text("utf-8").splitlines()
    assert {"/texts/", "/site/"} <= set(ignored)


def test_a_list_of_what_git_ignores_is_completed_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("*.bak\n/site/", "utf-8")
    start_workspace(tmp_path, example=False)
    lines = (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    assert lines[:2] == ["*.bak", "/site/"]
    assert "/texts/" in lines


# Which day is today


@pytest.mark.parametrize(
    ("today", "is_warned"),
    [
        ("", True),
        ('"none"', False),
        ('"2140-05-04"^^kg:edtf', False),
        ('"2140-05-03"^^kg:edtf', True),
        ('"-0043-03-15"^^kg:edtf', True),
    ],
)
def test_dates_are_future_by_the_day_that_a_data_set_takes_for_today(
    kg: Kg, dossier: Path, today: str, is_warned: bool
) -> None:
    if today:
        set_today(dossier, today)
    checked = kg("check", cwd=dossier)
    assert checked.code == 0
    assert ("[KG402]" in checked.stdout) is is_warned


@pytest.mark.parametrize("today", ['"soon"', '"2140"^^kg:edtf', '"none", "2140-01-01"'])
def test_what_is_no_day_is_told(kg: Kg, dossier: Path, today: str) -> None:
    set_today(dossier, today)
    checked = kg("check", cwd=dossier)
    assert checked.code == 1
    assert "ontology/dataset.ttl: error: kg:today takes one day or 'none', not" in checked.stdout


# What a check passes over


def test_ignored_warnings_are_counted_and_nothing_else_is_ignored(kg: Kg, dossier: Path) -> None:
    plain = kg("check", "--format", "json", cwd=dossier)
    ignoring = kg("check", "--ignore", "kg402", "--format", "json", cwd=dossier)
    before, after = json.loads(plain.stdout), json.loads(ignoring.stdout)
    rest = [each for each in before["findings"] if each["code"] != "KG402"]
    assert after["findings"] == rest
    assert after["summary"]["ignored"] == len(before["findings"]) - len(rest) > 0
    assert before["summary"]["ignored"] == 0
    last = kg("check", "--ignore", "KG402", cwd=dossier).stdout.splitlines()[-1]
    assert re.fullmatch(r"0 errors, 0 warnings \(2 warnings ignored\)", last)


def test_warnings_end_with_1_where_asked(kg: Kg, dossier: Path) -> None:
    assert kg("check", cwd=dossier).code == 0
    assert kg("check", "--warn-as-error", cwd=dossier).code == 1
    assert kg("check", "--warn-as-error", "--ignore", "KG402", cwd=dossier).code == 0


@pytest.mark.parametrize("code", ["KG999", "KG301", "future"])
def test_no_error_and_no_unknown_code_is_ignored(kg: Kg, dossier: Path, code: str) -> None:
    checked = kg("check", "--ignore", code, cwd=dossier)
    assert (checked.code, checked.stdout) == (2, "")
    assert "  hint: " in checked.stderr


def test_a_sound_workspace_is_told_in_one_line_what_was_not_verified(kg: Kg, dossier: Path) -> None:
    set_today(dossier, '"none"')
    lines = kg("check", cwd=dossier).stdout.splitlines()
    assert lines[-1] == "0 errors, 0 warnings"
    assert lines[-2].startswith("not verified: whether 1 citation can be found in the texts")


def test_several_subjects_are_told_to_be_several_assertions() -> None:
    text = "assertions:\n- {subject: [alpha, beta], predicate: meets, object: beta, cite: {gazette-may: [3]}}\n"
    [problem] = [each for each in found_in(BASE, text) if each.is_error]
    assert problem.hint == "write one assertion for each subject; only 'object' takes a list"


# The manual


def test_the_manual_has_the_page_of_every_diagnostic() -> None:
    assert {rule.code for rule in RULES} <= manual_pages().keys()
    assert {"tutorial", "reference", "model", "cli"} <= manual_pages().keys()


def test_kg_help_prints_pages_parts_of_them_and_the_options_of_commands(kg: Kg) -> None:
    listed = kg("help").stdout
    assert "\nKG402        A date lies in the future\n" in listed
    assert "\ntutorial     Tutorial: from an article to a graph\n" in listed
    assert kg("help", "kg402").stdout.startswith("# KG402: A date lies in the future\n")
    part = kg("help", "reference", "the", "data", "set").stdout
    assert part.startswith("## The data set\n")
    assert "## Your own classes" not in part
    assert kg("help", "check").stdout.startswith("usage: kg check ")
    unknown = kg("help", "tutoral")
    assert (unknown.code, unknown.stdout) == (2, "")
    assert unknown.stderr.endswith("hint: did you mean 'tutorial'?\n")
    assert kg("help", "tutorial", "xyzzy").code == 2
    words = kg("help", "withdrawal").stdout.splitlines()
    assert words[:2] == [
        "no page is called 'withdrawal'; kg help lists the pages",
        "where these words stand:",
    ]
    assert words[2] == "kg help reference Corrections and withdrawals"
    assert kg(*words[2].split()[1:]).stdout.startswith("### Corrections and withdrawals")
    assert kg("help", "xyzzy").code == 2


def test_every_hint_that_names_a_part_of_the_manual_names_one_that_is_there() -> None:
    named = []
    for file in (REPOSITORY / "kg").rglob("*.py"):
        text = file.read_text("utf-8")
        assert not re.search(r"see docs/", text), file
        named += re.findall(r"kg help (tutorial|reference)(?: (Dates|\\?'[^'\\]+\\?'))?", text)
    assert len(named) > 3
    for topic, heading in named:
        assert read_page(topic, heading.strip("\\'"))
