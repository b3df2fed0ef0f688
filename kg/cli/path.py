"""``kg path``: the shortest cited paths between two things."""

from __future__ import annotations

import argparse

from kg.cli.documents import format_option, print_document
from kg.cli.lens import lens_options
from kg.cli.options import Commands, choices_option, command, options, positive
from kg.cli.sources import checked_reading
from kg.cli.ties import selected_asides, selected_statuses, tie_options
from kg.sections import SECTIONS

BETWEEN = tuple(section for section in SECTIONS if section != "places")
"""What may be asked to stand in between; places are let in by ``--through``."""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "path",
        "find the shortest cited paths between two things",
        "Print the shortest paths from A to B, each step with sentence, status and citations; "
        "name the weakest link.\n"
        "Walked are accepted assertions and who acts for whom, in either direction. Places, "
        "forums (gatherings,\n"
        "intergovernmental organisations) and mere order in time are left out unless asked for.",
    )
    parser.add_argument("start", metavar="A", help="the thing to start from")
    parser.add_argument("end", metavar="B", help="the thing to arrive at")
    tie_options(parser)
    options(
        parser,
        {
            "--by-way-of THING...": "a thing that the path leads past (repeatable, in this order)",
        },
    )
    choices_option(parser, "--only", "SECTION", BETWEEN, "let only these stand in between")
    options(parser, {"--directed": "walk ties from subject to object only"})
    parser.add_argument(
        "--most", type=positive, default=3, metavar="N", help="print at most N paths (default: 3)"
    )
    format_option(parser)
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Find and print paths."""
    from kg.network.paths import PathQuestion, find_paths
    from kg.reports.path_document import path_document

    reading = checked_reading(arguments)
    main_id = reading.corpus.main_id
    question = PathQuestion(
        start=main_id(arguments.start),
        end=main_id(arguments.end),
        stops=tuple(main_id(stop) for stop in arguments.by_way_of),
        also=selected_statuses(arguments),
        through=selected_asides(arguments),
        only=tuple(section for section in BETWEEN if section in arguments.only),
        directed=arguments.directed,
    )
    answer = find_paths(reading, question, arguments.most)
    return print_document(path_document(answer, reading), arguments, reading.lens)
