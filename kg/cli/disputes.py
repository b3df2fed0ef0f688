"""``kg disputes``: who holds what in a dispute."""

from __future__ import annotations

import argparse
import json
import sys

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import Commands, command
from kg.cli.sources import checked_reading


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "disputes",
        "tell who holds what in a dispute",
        "Print the questions of a dispute, and what each actor asserts, denies, demands or thinks, with date and\n"
        "paragraph; which claims nobody answers, and which side says nothing. Silence is no agreement.",
    )
    parser.add_argument(
        "dispute", metavar="DISPUTE", nargs="?", default="", help="a dispute (default: all of them)"
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "md"),
        default="text",
        help="how to print it (default: text)",
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the position matrix of a dispute, or of all."""
    from kg.reports.positions import position_matrices
    from kg.reports.positionwords import as_json, as_markdown, as_text

    reading = checked_reading(arguments)
    found = position_matrices(arguments.dispute, reading)
    match arguments.format:
        case "json":
            print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
        case "md":
            sys.stdout.write(as_markdown(found, reading))
        case _:
            sys.stdout.write(as_text(found, reading))
    say_lens(reading.lens, sys.stdout if arguments.format == "text" else sys.stderr)
    return 0
