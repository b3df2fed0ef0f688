"""``kg disputes``: who holds what in a dispute."""

from __future__ import annotations

import argparse

from kg.cli.documents import format_option, print_document
from kg.cli.lens import lens_options
from kg.cli.options import Commands, command
from kg.cli.sources import checked_reading


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "disputes",
        "tell who holds what in a dispute",
        "Print the questions of a dispute, and what each actor asserts, denies, demands or "
        "thinks, with date and\n"
        "paragraph; which claims nobody answers, and which side says nothing. Silence is no "
        "agreement.",
    )
    parser.add_argument(
        "dispute", metavar="DISPUTE", nargs="?", default="", help="a dispute (default: all of them)"
    )
    format_option(parser)
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the position matrix of a dispute, or of all."""
    from kg.reports.position_document import position_document
    from kg.reports.positions import position_matrices

    reading = checked_reading(arguments)
    matrices = position_matrices(reading.corpus.main_id(arguments.dispute), reading)
    document = position_document(matrices, reading, with_tables=arguments.format == "md")
    return print_document(document, arguments, reading.lens)
