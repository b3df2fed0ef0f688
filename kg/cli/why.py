"""``kg why``: say in plain words why an edge stands."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import Commands, command
from kg.cli.sources import checked_reading
from kg.diagnostics import KgError

if TYPE_CHECKING:
    from kg.reading import Reading


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "why",
        "say in plain words why an edge stands",
        "Print who says it, who denies it, its status and the reason for it, with article, paragraph, publisher,\n"
        "originator and date. For a thing or an article: all assertions that concern it.",
    )
    parser.add_argument("id", metavar="ID", help="an assertion, thing, article or conflict")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to print it (default: text)"
    )
    parser.add_argument(
        "--inferred", action="store_true", help="also what follows about a thing by rules"
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print why an assertion stands, or all that concerns a thing."""
    from kg.reports import why as reasons

    reading = checked_reading(arguments)
    try:
        found = reasons.why(arguments.id, reading, arguments.inferred)
    except KgError as error:
        raise _hidden(arguments, reading) or error from None
    if arguments.format == "json":
        print(json.dumps(reasons.as_json(arguments.id, found), ensure_ascii=False, indent=1))
    else:
        sys.stdout.write(reasons.in_words(_title(reading, arguments.id), found, bool(reading.lens)))
    say_lens(reading.lens, sys.stdout if arguments.format == "text" else sys.stderr)
    return 0


def _hidden(arguments: argparse.Namespace, reading: Reading) -> KgError | None:
    """What to say of an id that only the lens leaves out."""
    from kg.reading import read
    from kg.status.lens import Lens
    from kg.workspace import find

    whole = (
        read(find(arguments.workspace), questions=()).under(Lens()).extended
        if reading.lens
        else None
    )
    if whole is None or not any(
        arguments.id in each for each in (whole.things, whole.assertions, whole.articles)
    ):
        return None
    return KgError(
        f"'{arguments.id}' is not there through this lens: {reading.lens}",
        1,
        hint="kg why without the lens tells of it",
    )


def _title(reading: Reading, id: str) -> str:
    corpus = reading.corpus
    if id in corpus.things:
        return f"{corpus.things[id].label} ({id})"
    if id in corpus.articles:
        return f"{corpus.articles[id].title.text} ({id})"
    if id in corpus.conflicts:
        return f"{corpus.conflicts[id].question.text} ({id})"
    return f"Assertion {id}"
