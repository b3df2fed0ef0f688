"""Diagnostics as people and machines read them."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.diagnostics import Diagnostic, Span, findings, in_reading_order, rules
from kg.text.characters import BIDI, FORBIDDEN

FILE = "sources/a b,c:d%é.yaml"
LINE = "  label: Alpha # of the river"
ONE = rules.SWALLOWED_COMMENT.at(
    Span(FILE, 2, 10, 2, 15), "'label' ends at a '#'", "quote it", [Span("sources/x", 7, 3)]
)
WHOLE = rules.NOT_A_FILE.at(Span("sources/p"), "not a regular file: 100%,\r\nreally", "delete it")
SOURCES = {FILE: f"actors:\n{LINE}\n"}

spans = st.builds(
    lambda line, column, length: Span(FILE, line, column, line, column + length),
    *(st.integers(0, 9), st.integers(1, 400), st.integers(0, 400)),
)
diagnostics = st.lists(
    st.builds(
        lambda rule, span, text: rule.at(span, text, text),
        st.sampled_from(rules.RULES),
        spans,
        st.text(max_size=9),
    ),
    max_size=9,
)


def test_text_shows_place_weight_code_line_caret_and_hint() -> None:
    assert findings.findings_as_text([ONE], SOURCES) == (
        f"{FILE}:2:10: warning: 'label' ends at a '#' [KG016]\n"
        "     2 |   label: Alpha # of the river\n"
        "       |          ^^^^^\n"
        "  hint: quote it\n"
    )


def test_text_of_a_file_as_a_whole_has_no_line() -> None:
    assert findings.findings_as_text([WHOLE], SOURCES).startswith(
        "sources/p: error: not a regular file"
    )
    assert "|" not in findings.findings_as_text([WHOLE], SOURCES)


@pytest.mark.parametrize("before", ["", "日本", "e\u0301", "\t", "\u202e", "x" * 200])
def test_the_caret_stands_below_what_it_means(before: str) -> None:
    line = f"{before}BAD rest"
    span = Span("f", 1, len(before) + 1, 1, len(before) + 4)
    _, shown, caret = findings.findings_as_text(
        [rules.BAD_DATE.at(span, "m")], {"f": line}
    ).splitlines()
    wide = sum(c in "日本" for c in shown) - sum(c == "\u0301" for c in shown)
    assert caret.index("^") == shown.index("BAD") + wide
    assert caret.count("^") == 3
    assert len(shown) < 150


def test_a_byte_order_mark_and_crlf_do_not_move_the_caret() -> None:
    plain = findings.findings_as_text([ONE], SOURCES)
    assert (
        findings.findings_as_text([ONE], {FILE: "\ufeff" + SOURCES[FILE].replace("\n", "\r\n")})
        == plain
    )


@given(diagnostics, st.text(max_size=30))
def test_text_holds_nothing_that_turns_a_terminal_around(
    found: list[Diagnostic], source: str
) -> None:
    told = [d.rule.at(d.span, "message", "hint") for d in found]
    for line in findings.findings_as_text(told, {FILE: source}).splitlines():
        assert not FORBIDDEN.search(line)
        assert not BIDI.search(line)


def test_a_hundred_findings_are_shown_and_then_their_number() -> None:
    many = [rules.BAD_DATE.at(Span("f", n, 1), "m") for n in range(1, 1235)]
    text = findings.findings_as_text(many, {})
    assert text.count("[KG401]") == findings.MOST_FINDINGS == 100
    assert text.endswith("... and 1,134 more\n")
    assert len(json.loads(findings.findings_as_json(many, {}))["findings"]) == len(many)


@given(diagnostics)
def test_json_tells_all_of_every_finding_in_ascii(found: list[Diagnostic]) -> None:
    text = findings.findings_as_json(found, {"errors": 1})
    assert text.isascii()
    read = json.loads(text)
    assert set(read) == {"findings", "summary"}
    assert [
        Span(f["file"], f["line"], f["column"], f["end_line"], f["end_column"])
        for f in read["findings"]
    ] == [d.span for d in found]
    for finding, diagnostic in zip(read["findings"], found, strict=True):
        assert finding["code"] == diagnostic.rule.code
        assert finding["severity"] in ("error", "warning")
        assert (finding["message"], finding["hint"]) == (diagnostic.message, diagnostic.hint)


def test_json_names_related_places() -> None:
    (finding,) = json.loads(findings.findings_as_json([ONE], {}))["findings"]
    assert finding["related"] == [{"file": "sources/x", "line": 7, "column": 3}]


COMMAND = re.compile(
    r"::(error|warning) file=([^,:]*),line=(\d+),col=(\d+),title=(KG\d{3})::([^\r\n]*)"
)


@given(diagnostics)
def test_a_workflow_command_is_one_line_whose_properties_can_be_taken_apart(
    found: list[Diagnostic],
) -> None:
    lines = findings.as_github(found).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(found)
    for line, diagnostic in zip(lines, found, strict=True):
        command = COMMAND.fullmatch(line)
        assert command
        assert command[1] == diagnostic.rule.severity
        assert unquote(command[2]) == FILE
        assert int(command[3]) >= 1
        assert int(command[4]) >= 1
        assert unquote(command[6]).startswith(diagnostic.message)


def test_a_workflow_command_escapes_what_github_reads_otherwise() -> None:
    assert findings.as_github([ONE, WHOLE]) == (
        "::warning file=sources/a b%2Cc%3Ad%25é.yaml,line=2,col=10,title=KG016::'label' ends at a '#' (quote it)\n"
        "::error file=sources/p,line=1,col=1,title=KG002::not a regular file: 100%25,%0D%0Areally (delete it)\n"
    )


def test_each_finding_is_one_line_with_its_next_step_for_editors() -> None:
    assert findings.as_lines([ONE, WHOLE]).splitlines() == [
        f"{FILE}:2:10: warning: 'label' ends at a '#' (quote it) [KG016]",
        "sources/p:1:1: error: not a regular file: 100%, really (delete it) [KG002]",
    ]


def required(log: Any) -> list[dict[str, Any]]:
    """The results of a SARIF log that has all that SARIF 2.1.0 requires, by the sections of the
    standard.
    """
    assert log["version"] == "2.1.0"  # 3.13.2
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]  # 3.13.4
    driver = run["tool"]["driver"]  # 3.14.6, 3.18.2
    assert driver["name"]  # 3.19.8
    assert driver["version"]
    ids = [rule["id"] for rule in driver["rules"]]  # 3.49.3
    assert len(ids) == len(set(ids))
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])  # 3.11.3
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")  # 3.14.17
    results: list[dict[str, Any]] = run["results"]
    for result in results:
        assert result["message"]["text"]  # 3.27.11
        assert result["ruleId"] in ids  # 3.27.5
        assert result["level"] in ("none", "note", "warning", "error")  # 3.27.10
        (location,) = result["locations"]  # 3.27.12
        place = location["physicalLocation"]  # 3.28.3
        assert re.fullmatch(r"[\w./%~-]+", place["artifactLocation"]["uri"], re.ASCII)  # 3.4.3
        assert place["region"]["startLine"] >= 1  # 3.30.5
        assert place["region"]["startColumn"] >= 1  # 3.30.6
    return results


@given(diagnostics.map(lambda found: [d.rule.at(d.span, f"m{d.message}", d.hint) for d in found]))
def test_sarif_has_all_that_its_standard_requires(found: list[Diagnostic]) -> None:
    results = required(json.loads(findings.as_sarif(found)))
    assert [r["ruleId"] for r in results] == [d.rule.code for d in found]
    assert [
        unquote(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for r in results
    ] == [d.span.file for d in found]


def test_every_rule_can_stand_in_one_sarif_log() -> None:
    found = [rule.at(Span("sources/x.yaml", 1, 1), "m") for rule in rules.RULES]
    assert len(required(json.loads(findings.as_sarif(found)))) == len(rules.RULES)


@given(diagnostics)
def test_findings_come_in_reading_order_and_equal_ones_once(found: list[Diagnostic]) -> None:
    ordered = in_reading_order([*found, *found])
    assert list(ordered) == sorted(set(found), key=lambda d: (d.span, d.rule.code, d.message))
    assert in_reading_order(ordered) == ordered
