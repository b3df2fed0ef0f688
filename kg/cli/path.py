"""``kg path``: the shortest cited paths between two things."""

from __future__ import annotations

import argparse
import sys

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import Commands, command, positive
from kg.cli.sources import checked_reading
from kg.cli.ties import also, through, tie_options

SECTIONS = ("actors", "pacts", "disputes", "events")


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "path",
        "find the shortest cited paths between two things",
        "Print the shortest paths from A to B, each step with sentence, status and citations; name the weakest link.\n"
        "Walked are accepted assertions and who acts for whom, in either direction. Places, forums (gatherings,\n"
        "intergovernmental organisations) and mere order in time are left out unless asked for.",
    )
    parser.add_argument("start", metavar="A", help="the thing to start from")
    parser.add_argument("end", metavar="B", help="the thing to arrive at")
    tie_options(parser)
    parser.add_argument(
        "--by-way-of",
        metavar="THING",
        action="append",
        default=[],
        help="a thing that the path leads past (repeatable, in this order)",
    )
    parser.add_argument(
        "--only",
        metavar="SECTION",
        action="append",
        default=[],
        choices=SECTIONS,
        help=f"let only these stand in between (repeatable): {', '.join(SECTIONS)}",
    )
    parser.add_argument(
        "--directed", action="store_true", help="walk ties from subject to object only"
    )
    parser.add_argument(
        "--most", type=positive, default=3, metavar="N", help="print at most N paths (default: 3)"
    )
    parser.add_argument(
        "--format",
        choices=("text", "md", "json"),
        default="text",
        help="how to print it (default: text)",
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Find and print paths."""
    from kg.network.paths import Question, paths
    from kg.reports.pathwords import as_json, as_markdown, as_text

    reading = checked_reading(arguments)
    question = Question(
        start=arguments.start,
        end=arguments.end,
        stops=tuple(arguments.by_way_of),
        also=also(arguments),
        through=through(arguments),
        only=tuple(section for section in SECTIONS if section in arguments.only),
        directed=arguments.directed,
    )
    found = paths(reading, question, arguments.most)
    write = {"text": as_text, "md": as_markdown, "json": as_json}[arguments.format]
    sys.stdout.write(write(found, reading))
    say_lens(reading.lens, sys.stdout if arguments.format == "text" else sys.stderr)
    return 0
