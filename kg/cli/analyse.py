"""``kg analyse``: the shape of the graph."""

from __future__ import annotations

import argparse
import sys

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import Commands, command
from kg.cli.sources import checked_reading
from kg.cli.ties import also, through, tie_options


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "analyse",
        "say who is central, who brokers, and who sides with whom",
        "Count the ties between actors: degree, betweenness, communities, brokers between two sides, and structural\n"
        "balance (who sides with whom, balanced and frustrated triads), each with its evidence. What was counted is\n"
        "said. Only accepted ties count unless more is asked for.",
    )
    parser.add_argument(
        "--between",
        nargs=2,
        metavar=("A", "B"),
        help="also: who outside the sides of A and B is tied to both",
    )
    tie_options(parser)
    parser.add_argument(
        "--things",
        action="store_true",
        help="count pacts, disputes and events like actors, not only actors",
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
    """Analyse the graph and print what was found."""
    from kg.network.shape import analysis
    from kg.reports.shapewords import as_json, as_markdown, as_text

    reading = checked_reading(arguments)
    between = (arguments.between[0], arguments.between[1]) if arguments.between else None
    found = analysis(reading, also(arguments), through(arguments), between, not arguments.things)
    match arguments.format:
        case "json":
            sys.stdout.write(as_json(found, reading))
        case "md":
            sys.stdout.write(as_markdown(found, reading, arguments.all))
        case _:
            sys.stdout.write(as_text(found, reading, arguments.all))
    say_lens(reading.lens, sys.stdout if arguments.format == "text" else sys.stderr)
    return 0
