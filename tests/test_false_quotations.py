"""Fifty quotations that are false, in ways in which people and machines get them wrong, are all
caught by the plain check; those that stand are not.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY

from kg.cli import main
from kg.sources.texts.normal import normalise_words, split_paragraphs
from kg.sources.texts.normal import sha256 as fingerprint

TEXT = """\
Arden warns Brell over 15 sluices
The government of Arden said on Monday that it would not sign the Lume protocol before 12 May 2024.
Ada Dorn, the foreign minister of Brell, told Mr Kessel that the step was a grave mistake.
Brell closed 15 sluices in April, and Arden lost 2,500 hectares of rice worth $1.5 billion.
Officials in Arden refused to confirm that the ministers would meet before the illegal toll ends.
Both sides will renew the protocol, and neither will leave the commission without notice.
"""

PARAGRAPHS = split_paragraphs(TEXT)

FALSE: dict[str, list[tuple[int, str]]] = {
    "paraphrase": [
        (2, "Arden's government said that it would not sign"),
        (2, "would refuse to sign the Lume protocol"),
        (3, "called the step a grave mistake"),
        (3, "a serious mistake"),
        (4, "Brell shut 15 sluices"),
        (4, "Arden has lost 2,500 hectares"),
        (5, "Officials in Arden declined to confirm"),
        (6, "Both parties will renew the protocol"),
        (6, "will prolong the protocol"),
        (1, "Arden threatens Brell"),
    ],
    "left out": [
        (2, "it would [...] sign the Lume protocol"),
        (2, "it would […] sign"),
        (2, "The government of Arden said on Monday that it would (...) sign"),
        (5, "Officials in Arden [...] confirm that the ministers would meet"),
        (5, "Officials [...] to confirm"),
        (6, "and [...] will leave the commission"),
        (6, "leave the commission [...] notice"),
        (2, "it would ... sign the Lume protocol"),
        (3, "Ada Dorn ... told Mr Kessel"),
        (2, "it would sign the Lume protocol"),
        (4, "Brell closed sluices in April"),
        (6, "will leave the commission notice"),
    ],
    "another paragraph": [
        (1, "a grave mistake"),
        (2, "a grave mistake"),
        (4, "would not sign the Lume protocol"),
        (3, "Brell closed 15 sluices in April"),
        (5, "Both sides will renew the protocol"),
        (6, "Officials in Arden refused to confirm"),
        (3, "15 sluices [...] grave mistake"),
    ],
    "another number": [
        (1, "over 5 sluices"),
        (1, "5 sluices"),
        (2, "before 2 May 2024"),
        (2, "2 May 2024"),
        (2, "before 12 May 202"),
        (4, "closed 16 sluices"),
        (4, "5 sluices in April"),
        (4, "500 hectares of rice"),
        (4, "5 billion"),
        (4, "lost 2,50"),
        (4, "worth $1"),
    ],
    "another name": [
        (1, "Brell warns Arden"),
        (2, "The government of Brell said on Monday"),
        (3, "Mr Kessel, the foreign minister of Brell"),
        (3, "told Ada Dorn that the step was a grave mistake"),
        (4, "Arden closed 15 sluices in April"),
        (5, "Officials in Brell refused"),
    ],
    "part of a word": [(5, "the legal toll ends"), (5, "legal toll"), (3, "take")],
    "another sense": [
        (2, "WOULD SIGN"),
        (5, "confirmed that the ministers would meet"),
        (6, "Both sides will not renew the protocol"),
    ],
}
ALL_FALSE = [each for kind in FALSE.values() for each in kind]

TRUE = [
    (1, "Arden warns Brell"),
    (1, "15 sluices"),
    (2, "would not sign the Lume protocol"),
    (2, "12 May 2024"),
    (2, "The government [...] said on Monday"),
    (3, "Ada Dorn, the foreign minister of Brell"),
    (3, "Ada Dorn, [...] told Mr Kessel"),
    (4, "2,500 hectares"),
    (4, "$1.5 billion"),
    (5, "refused to confirm [...] the ministers would meet"),
    (5, "illegal toll"),
    (6, "neither will leave the commission without notice."),
]

Checked = Callable[..., dict[str, Any]]


@pytest.fixture
def checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Checked:
    """Checks a workspace whose assertions cite so, each on a day of its own."""
    monkeypatch.delenv("KG_TEXTS", raising=False)
    shutil.copytree(REPOSITORY / "ontology", tmp_path / "ontology")
    (tmp_path / "sources").mkdir()
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "kept.txt").write_text(TEXT, "utf-8")

    def check(items: list[dict[str, Any]], *more: str) -> dict[str, Any]:
        said = [
            {
                "id": f"a-{number}",
                "subject": "arden",
                "predicate": "visits",
                "object": "brell",
                "when": f"{1900 + number}",
                "cite": {"post": [item]},
            }
            for number, item in enumerate(items)
        ]
        article = {
            "title": "Arden warns Brell",
            "publisher": "paper",
            "originator": "paper",
            "published": "2024-05-01",
            "paragraphs": str(len(PARAGRAPHS)),
            "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        }
        actors = {
            "paper": {"type": "MediaOrganization", "label": "Paper"},
            "arden": {"type": "State", "label": "Arden"},
            "brell": {"type": "State", "label": "Brell"},
        }
        source = {"articles": {"post": article}, "actors": actors, "assertions": said}
        (tmp_path / "sources" / "said.yaml").write_text(json.dumps(source, indent=1), "utf-8")
        code = main(["-C", str(tmp_path), "check", "--format", "json", *more])
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return {**answer, "code": code}

    return check


def quotes(places: list[tuple[int, str]]) -> list[dict[str, Any]]:
    return [{"p": str(number), "quote": words} for number, words in places]


def caught(answer: dict[str, Any]) -> int:
    return sum(each["code"] == "KG409" for each in answer["findings"])


def test_fifty_false_quotations_are_all_caught_by_the_plain_check(checked: Checked) -> None:
    assert len(ALL_FALSE) >= 50
    answer = checked(quotes(ALL_FALSE + TRUE))
    assert (answer["code"], caught(answer)) == (1, len(ALL_FALSE))
    assert len({each["line"] for each in answer["findings"]}) == len(ALL_FALSE)
    assert answer["summary"]["verified"] == len(TRUE)


def test_fingerprints_of_other_words_are_caught_too(checked: Checked) -> None:
    wrong = [
        {
            "p": str(number),
            "span": ["0", str(len(words))],
            "sha256": fingerprint(normalise_words(words)),
        }
        for number, words in ALL_FALSE
    ]
    answer = checked(wrong)
    assert caught(answer) == len(wrong)


def test_without_the_text_what_could_not_be_verified_is_counted_and_no_error(
    checked: Checked, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    answer = checked([*quotes(TRUE + ALL_FALSE[:3]), {"p": "1"}], "--no-texts")
    assert (answer["code"], caught(answer)) == (0, 0)
    count, total = len(TRUE) + 3, len(TRUE) + 4
    assert answer["summary"]["words_not_verifiable_here"] == count
    assert answer["summary"]["not_verifiable_here"] == total
    assert main(["-C", str(tmp_path), "check", "--no-texts"]) == 0
    told = f"not verified: whether {total} citations, {count} of them with words, can be found"
    assert told in capsys.readouterr().out


def test_texts_elsewhere_are_named_by_an_option_or_the_environment(
    checked: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "texts").rename(elsewhere)
    assert checked(quotes(ALL_FALSE[:1]))["code"] == 0
    assert checked(quotes(ALL_FALSE[:1]), "--texts", str(elsewhere))["code"] == 1
    monkeypatch.setenv("KG_TEXTS", str(elsewhere))
    assert checked(quotes(ALL_FALSE[:1]))["code"] == 1
    assert checked(quotes(ALL_FALSE[:1]), "--no-texts")["code"] == 0


def test_texts_that_are_a_link_out_of_the_workspace_are_followed_only_where_named(
    checked: Checked, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("private") / "texts"
    (tmp_path / "texts").rename(elsewhere)
    (tmp_path / "texts").symlink_to(elsewhere)
    assert checked(quotes(ALL_FALSE[:1]))["summary"]["not_verifiable_here"] == 1
    assert checked(quotes(ALL_FALSE[:1]), "--texts", str(tmp_path / "texts"))["code"] == 1


def test_nothing_is_built_or_told_from_a_false_quotation(
    checked: Checked, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked(quotes(ALL_FALSE[:1]))
    for command in (["build"], ["why", "arden"], ["report"], ["export", "--format", "csv"]):
        assert main(["-C", str(tmp_path), *command]) == 1
        assert "KG409" in capsys.readouterr().err


def test_what_is_watched_is_checked_again_when_a_text_or_a_source_changes(
    checked: Checked, tmp_path: Path
) -> None:
    checked(quotes(TRUE))
    command = [sys.executable, "-m", "kg", "-C", str(tmp_path), "check", "--watch"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        try:
            assert "0 errors, 0 warnings" in until_it_waits(lines)
            (tmp_path / "texts" / "kept.txt").write_text("Another text.\n", "utf-8")
            assert "not verified" in until_it_waits(lines)
            (tmp_path / "sources" / "said.yaml").write_text("actors: [", "utf-8")
            assert "said.yaml:2:1: error" in until_it_waits(lines)
        finally:
            process.kill()


def until_it_waits(lines: Iterator[str]) -> str:
    """What is printed up to the line that tells that changes are waited for."""
    return "".join(itertools.takewhile(lambda line: line != "kg: waiting for changes\n", lines))
