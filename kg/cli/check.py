"""``kg check``: say everything that is wrong, in one run."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import Commands, command
from kg.text import counted
from kg.workspace import find_workspace

if TYPE_CHECKING:
    from kg.reading import Reading


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "check",
        "say everything that is wrong, in one run",
        "Read all sources and the ontology and report each mistake "
        "with its place, code and next step.",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "github", "sarif"),
        default="text",
        help="how to print findings (default: text)",
    )
    parser.add_argument(
        "--texts",
        metavar="DIR",
        type=Path,
        help="also look every citation up in your own copies of the articles",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every diagnostic, and what was looked at."""
    from kg import findings
    from kg.reading import read

    reading = read(find_workspace(arguments.workspace), arguments.texts)
    summary = _summary(reading)
    sys.stdout.write(
        findings.render(
            arguments.format, reading.diagnostics, reading.texts, summary, _text(summary)
        )
    )
    return reading.exit_code


def _summary(reading: Reading) -> dict[str, int]:
    corpus, verification = reading.written, reading.verification
    errors = sum(d.is_error for d in reading.diagnostics)
    return {
        "errors": errors,
        "warnings": len(reading.diagnostics) - errors,
        "files": len(reading.sources.contents),
        "other_files": reading.sources.others,
        "articles": len(corpus.articles),
        "things": len(corpus.things),
        "assertions": len(corpus.assertions),
        "conflicts": len(corpus.conflicts),
        "citations": len(corpus.citations()),
        "verified": verification.verified,
        "not_verifiable_here": verification.not_here,
        "wrong": verification.wrong,
    }


def _text(summary: dict[str, int]) -> str:
    """Return what a check did, in three lines."""
    n = summary
    others = f" ({n['other_files']} other files passed over)" if n["other_files"] else ""
    nouns = ("article", "thing", "assertion", "conflict")
    records = ", ".join(counted(n[f"{noun}s"], noun) for noun in nouns)
    return (
        f"read {counted(n['files'], 'file')}{others}: {records}\n"
        f"{counted(n['citations'], 'citation')}: {n['verified']} verified against texts, "
        f"{n['not_verifiable_here']} not verifiable here, {n['wrong']} wrong\n"
        f"{counted(n['errors'], 'error')}, {counted(n['warnings'], 'warning')}"
    )
