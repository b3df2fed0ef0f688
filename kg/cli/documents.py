"""Answers that are documents: the option for their format, and how they are printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import Help, options
from kg.reports.kinds import DocumentFormat

if TYPE_CHECKING:
    from kg.reports.document import Document
    from kg.status.lens import Lens


FORMAT: Mapping[str, Help] = {
    "--format": ("how to print it (default: text)", tuple(DocumentFormat))
}
FINDING_FORMAT: Mapping[str, Help] = {
    "--format": (
        "how to print findings (default: text)",
        ("text", "lines", "json", "github", "sarif"),
    )
}
ALL = {"--all": "print lists whole"}


def document_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of an answer that is a document: its format, and the lens."""
    options(parser, FORMAT)
    lens_options(parser)


def print_document(
    document: Document, arguments: argparse.Namespace, lens: Lens | None = None
) -> int:
    """Print a document in the format asked for, and the lens behind it; return 0, the exit code."""
    from kg.reports.document import write_document

    format = DocumentFormat(arguments.format)
    sys.stdout.write(write_document(document._replace(lens=str(lens or "")), format))
    say_lens(lens, sys.stdout if format is DocumentFormat.TEXT else sys.stderr)
    return 0
