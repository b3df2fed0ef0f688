"""``kg status``: where a pact, dispute or event stands on a day."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.cli.lens import day, lens, lens_options, say_lens
from kg.cli.options import Commands, command
from kg.cli.sources import checked_reading
from kg.diagnostics import KgError

if TYPE_CHECKING:
    from kg.dates import Day
    from kg.reading import Reading


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "status",
        "tell where a pact, dispute or event stands on a day",
        "Print in which stage of its life it is when a day ends, how it came to that, what was announced, demanded or\n"
        "planned, and what is said of it without being accepted. Only accepted assertions count: a schedule ends no\n"
        "pact. What still goes on is known up to its last report; after that the answer is 'unknown'.",
    )
    parser.add_argument("thing", metavar="THING", help="a pact, dispute or event")
    parser.add_argument(
        "--on",
        metavar="DATE",
        help="the day (default: that of the latest article; --true-on means the same here)",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to print it (default: text)"
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print where a thing stands."""
    from kg.lives.lives import life
    from kg.reports.lifewords import as_json, as_text, told

    asked = day("--on", arguments.on)
    through = lens(arguments)
    if asked and through.true_on and asked != through.true_on:
        raise KgError(
            f"--on {asked} and --true-on {through.true_on} are two days",
            hint="leave one of them out",
        )
    through = replace(through, true_on=None)
    whole = checked_reading(
        argparse.Namespace(**{**vars(arguments), "known_by": None, "true_on": None})
    )
    reading = whole.under(through)
    on = asked or lens(arguments).true_on or _latest(reading)
    if on is None:
        raise KgError("no article is known: on which day?", hint="add --on DATE")
    if thing := whole.corpus.things.get(arguments.thing):
        # What nobody had written about is known by its name only, and the answer is 'unknown'.
        things = {thing.id: thing, **reading.corpus.things}
        reading = replace(reading, corpus=replace(reading.corpus, things=things))
    story = told(life(arguments.thing, on, reading), reading)
    if arguments.format == "json":
        print(json.dumps(as_json(story), ensure_ascii=False, indent=1))
    else:
        sys.stdout.write(as_text(story))
    say_lens(through, sys.stdout if arguments.format == "text" else sys.stderr)
    return 0


def _latest(reading: Reading) -> Day | None:
    """The day by which the latest known article had appeared."""
    days = (article.published.end_latest for article in reading.corpus.articles.values())
    return max((day for day in days if day), default=None)
