"""The options of ``kg path`` and ``kg analyse`` for what counts as a tie."""

from __future__ import annotations

import argparse

from kg.cli.options import options
from kg.reports.network.asides import ALSO, Aside
from kg.status.statuses import Status


def tie_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for what is let in beside accepted ties between things that deal with each
    other.
    """
    help = "let in ties of this status beside accepted ones"
    options(parser, {"--also STATUS...": (help, ALSO)})
    parser.add_argument(
        "--through",
        metavar="KIND",
        action="append",
        default=[],
        choices=tuple(Aside),
        help="let in what is left out (repeatable): places, forums (gatherings and "
        "intergovernmental organisations), time (mere order in time)",
    )


def selected_statuses(arguments: argparse.Namespace) -> tuple[Status, ...]:
    """Return the statuses beside accepted, each once, in a fixed order."""
    return tuple(status for status in ALSO if status in arguments.also)


def selected_asides(arguments: argparse.Namespace) -> tuple[Aside, ...]:
    """Return what else is let in, each once, in a fixed order."""
    return tuple(aside for aside in Aside if aside in arguments.through)
