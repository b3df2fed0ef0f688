"""Diagnostics in the four formats that people and machines read: text, json, github, sarif.

Text shows each with its line and a caret, at most 100 of them and then a count. GitHub's are
workflow commands, SARIF is 2.1.0 (OASIS, 2020).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kg import __version__
from kg.diagnostics import Diagnostic, Severity
from kg.text import excerpt

FORMATS = ("text", "json", "github", "sarif")
MOST_FINDINGS = 100


def written(
    format: str,
    diagnostics: Sequence[Diagnostic],
    sources: Mapping[str, str],
    summary: Mapping[str, object],
    said: str,
) -> str:
    """Diagnostics in one of ``FORMATS``; text ends with what the command did (``said``), JSON holds
    its ``summary``.
    """
    match format:
        case "json":
            return as_json(diagnostics, summary)
        case "github":
            return github(diagnostics)
        case "sarif":
            return sarif(diagnostics)
        case _:
            return text(diagnostics, sources) + ("\n" if diagnostics else "") + f"{said}\n"


def text(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
    """For people: place, severity, message, code; the line with a caret; the hint."""
    blocks = [_block(diagnostic, sources) for diagnostic in diagnostics[:MOST_FINDINGS]]
    if len(diagnostics) > MOST_FINDINGS:
        blocks.append(f"... and {len(diagnostics) - MOST_FINDINGS:,} more\n")
    return "\n".join(blocks)


def _block(diagnostic: Diagnostic, sources: Mapping[str, str]) -> str:
    span = diagnostic.span
    lines = [f"{span}: {diagnostic.rule.severity}: {diagnostic.message} [{diagnostic.rule.code}]"]
    source = sources.get(span.file, "").removeprefix("\ufeff").split("\n")
    if 0 < span.line <= len(source) and source[span.line - 1].strip():
        end = span.end_column if span.end_line == span.line else 0
        line, carets = excerpt(source[span.line - 1].rstrip("\r"), span.column, end)
        lines += [f"{span.line:>6} | {line}", f"       | {carets}"]
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    return "\n".join(lines) + "\n"


def as_json(diagnostics: Sequence[Diagnostic], summary: Mapping[str, object]) -> str:
    """For programs: one object with the findings and the summary."""
    return (
        json.dumps(
            {"findings": [_record(d) for d in diagnostics], "summary": summary},
            ensure_ascii=True,
            indent=1,
        )
        + "\n"
    )


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


def github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow commands that GitHub shows beside the lines of a change."""
    return "".join(
        f"::{d.rule.severity} file={_property(d.span.file)},line={max(d.span.line, 1)},col={max(d.span.column, 1)},"
        f"title={_property(d.rule.code)}::{_data(d.message + (f' ({d.hint})' if d.hint else ''))}\n"
        for d in diagnostics
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """A SARIF log with one run; columns count Unicode code points from 1."""
    rules = sorted({d.rule.code: d.rule for d in diagnostics}.items())
    results: list[dict[str, Any]] = [
        {
            "ruleId": d.rule.code,
            "level": "error" if d.rule.severity is Severity.ERROR else "warning",
            "message": {"text": d.message + (f" ({d.hint})" if d.hint else "")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(d.span.file)},
                        "region": {
                            "startLine": max(d.span.line, 1),
                            "startColumn": max(d.span.column, 1),
                        },
                    }
                }
            ],
        }
        for d in diagnostics
    ]
    driver = {
        "name": "kg",
        "version": __version__,
        "rules": [{"id": code, "shortDescription": {"text": rule.title}} for code, rule in rules],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return json.dumps(log, ensure_ascii=True, indent=1) + "\n"


def _uri(file: str) -> str:
    from urllib.parse import quote

    return quote(file)
