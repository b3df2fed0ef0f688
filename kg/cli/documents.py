"""Answers that are documents: the option for their format, and how they are printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import options
from kg.reports.kinds import DocumentFormat

if TYPE_CHECKING:
    from kg.reports.document import Document
    from kg.status.lens import Lens


FINDING_FORMATS = ("text", "lines", "json", "github", "sarif")
"""How findings can be printed."""


def format_option(
    parser: argparse.ArgumentParser,
    formats: Iterable[str] = DocumentFormat,
    help: str = "how to print it (default: text)",
) -> None:
    """Add the option for the format of an answer, the first one of some by default."""
    choices = [str(format) for format in formats]
    parser.add_argument("--format", choices=choices, default=choices[0], help=help)


def document_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of an answer that is a document: its format, and the lens."""
    format_option(parser)
    lens_options(parser)


def all_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that prints long lists whole."""
    options(parser, {"--all": "print lists whole"})


def print_document(document: Document, arguments: argparse.Namespace, lens: Lens) -> int:
    """Print a document in the format asked for, and the lens behind it; return 0, the exit code."""
    from kg.reports.document import write_document

    format = DocumentFormat(arguments.format)
    sys.stdout.write(write_document(document._replace(lens=str(lens)), format))
    say_lens(lens, sys.stdout if format is DocumentFormat.TEXT else sys.stderr)
    return 0
