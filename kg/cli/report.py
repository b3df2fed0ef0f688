"""``kg report``: what rests on little, hears one side, or is left open."""

from __future__ import annotations

import argparse
import sys

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import Commands, command
from kg.cli.sources import checked_reading

SECTIONS = (
    "single-source",
    "one-sided",
    "unrebutted",
    "undated",
    "ended-unknown",
    "end-not-reported",
    "unmined",
    "conflicts",
    "denied",
    "functional-rivals",
    "open-prospects",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "report",
        "list what rests on one source, hears one side, or is open",
        "Print counts, then lists: accepted on a single source, disputes with a party's position missing, claims\n"
        "without a rebuttal, no date, ends not known, paragraphs nobody mined, conflicts, plans with open outcome.",
    )
    parser.add_argument(
        "--only",
        metavar="LIST",
        action="append",
        default=[],
        choices=SECTIONS,
        help=f"print only this list (repeatable): {', '.join(SECTIONS)}",
    )
    parser.add_argument("--all", action="store_true", help="print lists whole")
    parser.add_argument(
        "--format",
        choices=("text", "md", "json"),
        default="text",
        help="how to print it (default: text)",
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the report."""
    from kg.reports.report import report
    from kg.reports.reportwords import as_json, as_markdown, as_text

    reading = checked_reading(arguments)
    sections = [
        s
        for s in report(reading)
        if not arguments.only or s.key.replace("_", "-") in arguments.only
    ]
    match arguments.format:
        case "json":
            sys.stdout.write(as_json(sections, reading))
        case "md":
            sys.stdout.write(as_markdown(sections, reading, arguments.all))
        case _:
            sys.stdout.write(as_text(sections, arguments.all))
    say_lens(reading.lens, sys.stdout if arguments.format == "text" else sys.stderr)
    return 0
