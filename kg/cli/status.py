"""Tell where a pact, dispute or event stands on a day.

Print in which stage of its life it is when a day ends, how it came to that, what was announced,
demanded or planned, and what is said of it without being accepted; of a pact also where each party
stands. Only accepted assertions count: a schedule ends no pact. What still goes on is known up to
its last report; after that the answer is 'unknown'.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.cli.documents import document_options, print_document
from kg.cli.lens import parse_day, selected_lens
from kg.cli.options import options
from kg.cli.sources import reading_about
from kg.diagnostics import KgError, did_you_mean
from kg.text import join_and

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.reading import Reading
    from kg.reports.lives.life import Life


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "THING": "a pact, dispute, event or body",
            "--party ACTOR": "of a pact: only where this actor stands, in full",
            "--on DATE": (
                "the day (default: that of the latest article; --true-on means the same here)"
            ),
        },
    )
    document_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print where a thing stands."""
    from kg.reports.life_document import life_document, membership_document
    from kg.reports.lives.index import LifeIndex
    from kg.reports.lives.lives import life_on
    from kg.reports.lives.memberships import member_lives

    day, lens = parse_day("--on", arguments.on), selected_lens(arguments)
    if day and lens.true_on and day != lens.true_on:
        raise KgError(
            f"--on {day} and --true-on {lens.true_on} are two days", hint="leave one of them out"
        )
    day = day or lens.true_on
    lens = replace(lens, true_on=None)
    whole = reading_about(arguments, arguments.thing)
    reading = whole.under(lens)
    day = day or reading.corpus.last_day
    if day is None:
        raise KgError("no article is known: on which day?", hint="add --on DATE")
    if thing := whole.written.things.get(arguments.thing):
        # What nobody had written about is known by its name only, and the answer is 'unknown'.
        things = {thing.id: thing, **reading.written.things}
        reading = reading.saying(replace(reading.written, things=things))
    reading = replace(reading, day_of_names=day)
    index = LifeIndex(reading)
    thing_life = life_on(arguments.thing, day, reading, index)
    members = member_lives(thing_life.thing, day, index)
    if arguments.party:
        document = membership_document(_member(arguments, members, reading), thing_life, reading)
    else:
        document = life_document(thing_life, reading, members)
    return print_document(document, arguments, lens)


def _member(arguments: argparse.Namespace, members: Sequence[Life], reading: Reading) -> Life:
    """The part that one actor has in a pact."""
    parts = {each.thing.id: each for each in members}
    id = reading.corpus.main_id(arguments.party)
    if id not in parts:
        known_parties = join_and(parts) if parts else "nobody"
        hint = (
            did_you_mean(arguments.party, reading.corpus.things) or f"it tells of: {known_parties}"
        )
        message = f"nothing tells of a part of '{arguments.party}' in '{arguments.thing}'"
        raise KgError(message, exit_code=1, hint=hint)
    return parts[id]
