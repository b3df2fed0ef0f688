"""The options that say which ties count: the same for paths and analyses."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.network.ties import Aside
    from kg.status.status import Status

ALSO = ("attributed", "contested", "prospective", "opinion")
THROUGH = ("places", "forums", "time")


def tie_options(parser: argparse.ArgumentParser) -> None:
    """Options for what is let in beside accepted ties between things that deal with each other."""
    parser.add_argument(
        "--also",
        metavar="STATUS",
        action="append",
        default=[],
        choices=ALSO,
        help=f"let in ties of this status beside accepted ones (repeatable): {', '.join(ALSO)}",
    )
    parser.add_argument(
        "--through",
        metavar="KIND",
        action="append",
        default=[],
        choices=THROUGH,
        help="let in what is left out (repeatable): places, forums (gatherings and intergovernmental organisations), "
        "time (mere order in time)",
    )


def also(arguments: argparse.Namespace) -> tuple[Status, ...]:
    """The statuses beside accepted, each once, in a fixed order."""
    from kg.network.ties import ALSO as STATUSES

    return tuple(status for status in STATUSES if status in arguments.also)


def through(arguments: argparse.Namespace) -> tuple[Aside, ...]:
    """What else is let in, each once, in a fixed order."""
    from kg.network.ties import Aside

    return tuple(aside for aside in Aside if aside in arguments.through)
