"""Answers that are documents: the option for their format, and how they are printed."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kg.cli.lens import say_lens
from kg.reports.kinds import DocumentFormat

if TYPE_CHECKING:
    from kg.reports.document import Document
    from kg.status.lens import Lens


def format_option(parser: argparse.ArgumentParser) -> None:
    """Add the option for the format of a document."""
    parser.add_argument(
        "--format",
        choices=[format.value for format in DocumentFormat],
        default=DocumentFormat.TEXT.value,
        help="how to print it (default: text)",
    )


def all_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that prints long lists whole."""
    parser.add_argument("--all", action="store_true", help="print lists whole")


def print_document(document: Document, arguments: argparse.Namespace, lens: Lens) -> int:
    """Print a document in the format asked for, and the lens behind it; return 0, the exit code."""
    from kg.reports.document import write_document

    format = DocumentFormat(arguments.format)
    sys.stdout.write(write_document(document._replace(lens=str(lens)), format))
    say_lens(lens, sys.stdout if format is DocumentFormat.TEXT else sys.stderr)
    return 0
