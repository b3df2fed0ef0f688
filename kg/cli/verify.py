"""Look every citation up in your own copies of the articles.

For each citation: does the paragraph exist, and do the quoted words, or those of the span, stand
there? A local text is known by its fingerprint, whatever its name, or by the name ARTICLE.txt;
white space and typographic quotes do not count. What no local text is there for is counted, never
passed over. Only reads.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.documents import FINDING_FORMAT
from kg.cli.options import options
from kg.cli.sources import opened_workspace, texts_folder
from kg.text import count_noun

if TYPE_CHECKING:
    from kg.sources.texts.verification import Tally, Verification

MOST_OTHERS = 10
"""So many files that belong to no article are listed."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(parser, FINDING_FORMAT)


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong, and the counts for each article."""
    from kg.diagnostics import exit_code, findings, in_reading_order
    from kg.reading import read

    workspace = opened_workspace(arguments)
    folder = texts_folder(workspace)
    reading = read(workspace)
    verification = reading.verification
    problems = in_reading_order(verification.diagnostics)
    summary, text = _summary(verification), _text(verification, folder)
    sys.stdout.write(
        findings.render_findings(arguments.format, problems, reading.texts, summary, text)
    )
    others = sum(d.is_error and d not in verification.diagnostics for d in reading.diagnostics)
    if others:
        print(
            f"kg: the workspace has {count_noun(others, 'other error')}; "
            "citations of records with errors are not counted\n  hint: kg check shows them",
            file=sys.stderr,
        )
    return max(exit_code(problems), reading.exit_code)


def _summary(verification: Verification) -> dict[str, object]:
    total = verification.total
    return {
        "verified": total.verified,
        "not_verifiable_here": total.not_here,
        "wrong": total.wrong,
        "verified_by_words": total.by_words,
        "articles": [_record(tally) for tally in verification.articles],
        "other_files": [
            {"file": file.name, "paragraphs": len(file.paragraphs), "sha256": file.sha256}
            for file in verification.copies.others
        ],
        "unread_files": list(verification.copies.unreadable),
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


def _text(verification: Verification, folder: Path) -> str:
    """Return the counts for each article and in all, and what the folder holds besides."""
    copies = verification.copies
    lines = [_table(verification.articles)] if verification.articles else []
    if copies.others:
        lines.append(f"of no article here: {count_noun(len(copies.others), 'file')}")
    for file in copies.others[:MOST_OTHERS]:
        count = len(file.paragraphs)
        lines.append(f"  {file.name}: paragraphs: {count}, text_sha256: {file.sha256}")
    if len(copies.others) > MOST_OTHERS:
        lines.append(f"  ... and {len(copies.others) - MOST_OTHERS:,} more")
    if copies.unreadable:
        names = ", ".join(copies.unreadable)
        lines.append(f"not read (unreadable, or larger than 5 MB): {names}")
    if verification.articles and not copies.by_article:
        lines.append(
            f"nothing could be verified: no file of {folder} is the text of an article here"
        )
    total = verification.total
    lines.append(
        f"{count_noun(total.verified + total.not_here + total.wrong, 'citation')}: "
        f"{total.verified:,} verified "
        f"({total.by_words:,} of them by their words), "
        f"{total.not_here:,} not verifiable here, {total.wrong:,} wrong"
    )
    return "\n".join(lines)


def _table(tallies: Iterable[Tally]) -> str:
    """Return a line for each article, with a heading and a blank line behind them."""
    from kg.reports.document import Document, Section, Table, as_text

    header = ("article", "verified", "by words", "not here", "wrong", "local text")
    rows = []
    for tally in tallies:
        counts = (tally.verified, tally.by_words, tally.not_here, tally.wrong)
        rows.append((tally.article, *(f"{count:,}" for count in counts), tally.file or "none"))
    return as_text(Document([Section("", [Table(header, rows)])], None))
