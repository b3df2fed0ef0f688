"""``kg verify``: look every citation up in the curator's own copies of the articles."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import Commands, command
from kg.text import counted
from kg.workspace import find

if TYPE_CHECKING:
    from kg.texts.verification import Tally, Verification

MOST_OTHERS = 10
"""So many files that belong to no article are listed."""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "verify",
        "look every citation up in your own copies of the articles",
        "For each citation: does the paragraph exist, and do the quoted words, or those of the span, stand there? A\n"
        "local text is known by its fingerprint, whatever its name, or by the name ARTICLE.txt; white space and\n"
        "typographic quotes do not count. What no local text is there for is counted, never passed over. Only reads.",
    )
    parser.add_argument(
        "--texts",
        metavar="DIR",
        type=Path,
        required=True,
        help="the folder with your copies of the articles (its own files; there is no default)",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "github", "sarif"),
        default="text",
        help="how to print findings (default: text)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong, and the counts for each article."""
    from kg import findings
    from kg.diagnostics import exit_code, in_reading_order
    from kg.reading import read

    reading = read(find(arguments.workspace), arguments.texts)
    verification = reading.verification
    found = in_reading_order(verification.diagnostics)
    summary, said = _summary(verification), _said(verification, arguments.texts)
    sys.stdout.write(findings.written(arguments.format, found, reading.texts, summary, said))
    others = sum(d.is_error and d not in verification.diagnostics for d in reading.diagnostics)
    if others:
        print(
            f"kg: the workspace has {counted(others, 'other error')}; citations of records with errors are not "
            "counted\n  hint: kg check shows them",
            file=sys.stderr,
        )
    return max(exit_code(found), reading.exit_code)


def _summary(verification: Verification) -> dict[str, object]:
    from kg.texts.verification import counts

    return {
        **counts(verification),
        "verified_by_words": verification.by_words,
        "articles": [_record(tally) for tally in verification.articles],
        "other_files": [
            {"file": file.name, "paragraphs": file.paragraphs, "sha256": file.sha256}
            for file in verification.copies.others
        ],
        "unread_files": list(verification.copies.unread),
    }


def _record(tally: Tally) -> dict[str, object]:
    return {
        "article": tally.article,
        "file": tally.file or None,
        "verified": tally.verified,
        "verified_by_words": tally.by_words,
        "not_verifiable_here": tally.not_here,
        "wrong": tally.wrong,
    }


def _said(verification: Verification, folder: Path) -> str:
    """The counts for each article and in all, and what the folder holds besides."""
    v, local = verification, verification.copies
    lines = []
    if v.articles:
        rows = [("article", "verified", "by words", "not here", "wrong", "local text")]
        rows += [
            (
                t.article,
                f"{t.verified:,}",
                f"{t.by_words:,}",
                f"{t.not_here:,}",
                f"{t.wrong:,}",
                t.file or "none",
            )
            for t in v.articles
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        for name, *numbers, text in rows:
            cells = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
            lines.append(f"{name.ljust(widths[0])}  {'  '.join(cells)}  {text}")
        lines.append("")
    if local.others:
        lines.append(f"of no article here: {counted(len(local.others), 'file')}")
        for file in local.others[:MOST_OTHERS]:
            lines.append(
                f"  {file.name}: paragraphs: {file.paragraphs}, text_sha256: {file.sha256}"
            )
        if len(local.others) > MOST_OTHERS:
            lines.append(f"  ... and {len(local.others) - MOST_OTHERS:,} more")
    if local.unread:
        lines.append(f"not read (unreadable, or larger than 5 MB): {', '.join(local.unread)}")
    if v.articles and not local.of:
        lines.append(
            f"nothing could be verified: no file of {folder} is the text of an article here"
        )
    total = v.verified + v.not_here + v.wrong
    lines.append(
        f"{counted(total, 'citation')}: {v.verified:,} verified ({v.by_words:,} of them by their words), "
        f"{v.not_here:,} not verifiable here, {v.wrong:,} wrong"
    )
    return "\n".join(lines)
