"""Say who is central, who brokers, and who sides with whom.

Count the ties between actors: degree, betweenness, communities, brokers between two sides, and
structural balance (who sides with whom, balanced and frustrated triads), each with its evidence.
What was counted is said. Only accepted ties count unless more is asked for.
"""

from __future__ import annotations

import argparse

from kg.cli.documents import ALL, document_options, print_document
from kg.cli.options import options
from kg.cli.sources import checked_reading
from kg.cli.ties import selected_asides, selected_statuses, tie_options


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--between",
        nargs=2,
        metavar=("A", "B"),
        help="also: who outside the sides of A and B is tied to both",
    )
    tie_options(parser)
    things = "count pacts, disputes and events like actors, not only actors"
    options(parser, {"--things": things, **ALL})
    document_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Analyse the graph and print its shape."""
    from kg.reports.analysis_document import analysis_document
    from kg.reports.network.shape import analyse_shape

    reading = checked_reading(arguments)
    main_id = reading.corpus.main_id
    between = [main_id(id) for id in arguments.between or ()]
    analysis = analyse_shape(
        reading,
        selected_statuses(arguments),
        selected_asides(arguments),
        (between[0], between[1]) if between else None,
        actors_only=not arguments.things,
    )
    document = analysis_document(analysis, reading, arguments.all)
    return print_document(document, arguments, reading.lens)
