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
    shown_diagnostics = diagnostics[:MOST_FINDINGS]
    files = {each.span.file for each in shown_diagnostics}
    lines = {file: sources.get(file, "").removeprefix("\ufeff").split("\n") for file in files}
    blocks = [_block(each, lines[each.span.file]) for each in shown_diagnostics]
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
    for each in diagnostics:
        line, column = _position(each)
        message = " ".join(_message(each).splitlines())
        place = f"{each.span.file}:{line}:{column}"
        lines.append(f"{place}: {each.rule.severity}: {message} [{each.rule.code}]\n")
    return "".join(lines)


def _position(diagnostic: Diagnostic) -> tuple[int, int]:
    """Line and column for formats that need both: of a file as a whole the first."""
    return max(diagnostic.span.line, 1), max(diagnostic.span.column, 1)


def findings_as_json(diagnostics: Sequence[Diagnostic], summary: Mapping[str, object]) -> str:
    """Return one object for programs, with the findings and the summary."""
    return _json({"findings": [_record(d) for d in diagnostics], "summary": summary})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def _record(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "code": diagnostic.rule.code,
        "severity": diagnostic.rule.severity.value,
        **diagnostic.span._asdict(),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "related": [
            {"file": r.file, "line": r.line, "column": r.column} for r in diagnostic.related
        ],
    }


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands that GitHub shows beside the lines of a change."""
    lines = []
    for each in diagnostics:
        line, column = _position(each)
        place = f"file={_property(each.span.file)},line={line},col={column}"
        title = f"title={_property(each.rule.code)}"
        lines.append(f"::{each.rule.severity} {place},{title}::{_data(_message(each))}\n")
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
    titles = sorted({(each.rule.code, each.rule.title) for each in diagnostics})
    rules = [{"id": code, "shortDescription": {"text": title}} for code, title in titles]
    driver = {"name": "kg", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(diagnostic) for diagnostic in diagnostics],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return _json({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _sarif_result(diagnostic: Diagnostic) -> dict[str, object]:
    line, column = _position(diagnostic)
    region = {"startLine": line, "startColumn": column}
    location = {"artifactLocation": {"uri": quote(diagnostic.span.file)}, "region": region}
    return {
        "ruleId": diagnostic.rule.code,
        "level": diagnostic.rule.severity.value,
        "message": {"text": _message(diagnostic)},
        "locations": [{"physicalLocation": location}],
    }
