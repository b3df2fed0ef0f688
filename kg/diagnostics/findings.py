"""Diagnostics in the five formats that people and machines read: text, lines, json, github, sarif.

Text shows each with its line and a caret, at most 100 of them and then a count. Lines are those of
compilers, of which editors make a list. GitHub's are workflow commands, SARIF is 2.1.0 (OASIS,
2020).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from kg import __version__
from kg.diagnostics import Diagnostic
from kg.text import excerpt

MOST_FINDINGS = 100


def render_findings(
    format: str,
    diagnostics: Sequence[Diagnostic],
    sources: Mapping[str, str],
    summary: Mapping[str, object],
    ending: str,
) -> str:
    """Return diagnostics in a format; text and lines end with ``ending``, JSON holds the
    ``summary``.
    """
    match format:
        case "lines":
            return f"{as_lines(diagnostics)}{ending}\n"
        case "json":
            return findings_as_json(diagnostics, summary)
        case "github":
            return as_github(diagnostics)
        case "sarif":
            return as_sarif(diagnostics)
        case _:
            blank = "\n" if diagnostics else ""
            return f"{findings_as_text(diagnostics, sources)}{blank}{ending}\n"


def findings_as_text(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
    """Return a text for people: place, severity, message, code; the line with a caret; the hint."""
    shown = diagnostics[:MOST_FINDINGS]
    files = {each.span.file for each in shown}
    lines = {file: sources.get(file, "").removeprefix("\ufeff").split("\n") for file in files}
    blocks = [_block(each, lines[each.span.file]) for each in shown]
    if len(diagnostics) > MOST_FINDINGS:
        blocks.append(f"... and {len(diagnostics) - MOST_FINDINGS:,} more\n")
    return "\n".join(blocks)


def _block(diagnostic: Diagnostic, source: Sequence[str]) -> str:
    """One diagnostic, with its line from those of its file."""
    span = diagnostic.span
    lines = [f"{span}: {diagnostic.rule.severity}: {diagnostic.message} [{diagnostic.rule.code}]"]
    if 0 < span.line <= len(source) and source[span.line - 1].strip():
        end = span.end_column if span.end_line == span.line else 0
        line, carets = excerpt(source[span.line - 1].rstrip("\r"), span.column, end)
        lines += [f"{span.line:>6} | {line}", f"       | {carets}"]
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    return "\n".join(lines) + "\n"


def as_lines(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a line for each: place, severity, message with the next step, code."""
    lines = []
    for diagnostic in diagnostics:
        rule, span = diagnostic.rule, diagnostic.span
        place = f"{span.file}:{max(span.line, 1)}:{max(span.column, 1)}"
        message = " ".join(_message(diagnostic).splitlines())
        lines.append(f"{place}: {rule.severity}: {message} [{rule.code}]\n")
    return "".join(lines)


def findings_as_json(diagnostics: Sequence[Diagnostic], summary: Mapping[str, object]) -> str:
    """Return one object for programs, with the findings and the summary."""
    return _json({"findings": [_record(d) for d in diagnostics], "summary": summary})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def _record(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "code": diagnostic.rule.code,
        "severity": diagnostic.rule.severity.value,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "related": [
            {"file": r.file, "line": r.line, "column": r.column} for r in diagnostic.related
        ],
    }


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands that GitHub shows beside the lines of a change."""
    lines = []
    for diagnostic in diagnostics:
        rule, span = diagnostic.rule, diagnostic.span
        place = f"file={_property(span.file)},line={max(span.line, 1)},col={max(span.column, 1)}"
        title = f"title={_property(rule.code)}"
        lines.append(f"::{rule.severity} {place},{title}::{_data(_message(diagnostic))}\n")
    return "".join(lines)


def _message(diagnostic: Diagnostic) -> str:
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    return diagnostic.message + hint


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a SARIF log with one run; columns count Unicode code points from 1."""
    titles = {diagnostic.rule.code: diagnostic.rule.title for diagnostic in diagnostics}
    driver = {
        "name": "kg",
        "version": __version__,
        "rules": [
            {"id": code, "shortDescription": {"text": title}}
            for code, title in sorted(titles.items())
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(diagnostic) for diagnostic in diagnostics],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return _json({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _sarif_result(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    region = {"startLine": max(span.line, 1), "startColumn": max(span.column, 1)}
    location = {"artifactLocation": {"uri": quote(span.file)}, "region": region}
    return {
        "ruleId": diagnostic.rule.code,
        "level": diagnostic.rule.severity.value,
        "message": {"text": _message(diagnostic)},
        "locations": [{"physicalLocation": location}],
    }
