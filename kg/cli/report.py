"""List what rests on one source, hears one side, or is open.

Print counts, then lists: accepted on a single source, disputes with a party's position missing,
claims without a rebuttal, no date, ends not known, paragraphs nobody mined, conflicts, plans with
open outcome.
"""

from __future__ import annotations

import argparse

from kg.cli.documents import ALL, document_options, print_document
from kg.cli.options import options
from kg.cli.sources import checked_reading
from kg.reports.kinds import GapKind


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(parser, {"--only LIST...": ("print only this list", tuple(GapKind)), **ALL})
    document_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the report."""
    from kg.reports.gaps import find_gaps
    from kg.reports.gaps_document import gaps_document

    reading = checked_reading(arguments)
    gaps = find_gaps(reading, arguments.only)
    return print_document(gaps_document(gaps, reading, arguments.all), arguments, reading.lens)
