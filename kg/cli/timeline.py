"""Tell what happened in which order.

Print dated assertions in the order of their dates: events somewhere in theirs, states where they
begin. Assertions on one event stand together. Where dates overlap, the wider one is marked with
'~': nobody knows which came first. Those without a date stand at the end.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kg.cli.documents import document_options, print_document
from kg.cli.lens import parse_bound, parse_day, selected_lens
from kg.cli.options import options
from kg.cli.sources import checked_reading, reading_about
from kg.diagnostics import KgError

if TYPE_CHECKING:
    from kg.dates import Day
    from kg.reading import Reading


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(parser, {"[THING...]": "what it is about (default: everything)"})
    parser.add_argument(
        "--from",
        dest="first",
        metavar="DATE",
        help="nothing that was over before this day, month or year",
    )
    parser.add_argument(
        "--to", dest="last", metavar="DATE", help="nothing that began after this day, month or year"
    )
    options(
        parser,
        {
            "--all": "also what is claimed, contested, denied, planned, thought or taken back",
            "--count-from DATE": (
                "say how many days each date lies after this day, or after an event's"
            ),
        },
    )
    document_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print a timeline."""
    from kg.reports.timeline import make_timeline
    from kg.reports.timeline_document import timeline_document
    from kg.status.status import Status

    first = parse_bound("--from", arguments.first)
    last = parse_bound("--to", arguments.last, is_last=True)
    if first and last and last < first:
        raise KgError(f"--to {last} is before --from {first}")
    reading = _reading(arguments)
    statuses = reading.lens.statuses or (tuple(Status) if arguments.all else (Status.ACCEPTED,))
    ids = [reading.corpus.main_id(id) for id in arguments.thing]
    answer = make_timeline(ids, first, last, statuses, reading)
    labels = [reading.corpus.things[id].label for id in dict.fromkeys(ids)]
    document = timeline_document(
        answer,
        ", ".join(labels) or reading.ontology.title,
        _first_counted_day(arguments.count_from, reading),
        with_undated=not (first or last),
    )
    return print_document(document, arguments, reading.lens)


def _reading(arguments: argparse.Namespace) -> Reading:
    """Return all that a timeline of some things tells of, or the whole workspace, under the lens of
    the options.
    """
    from kg.reports.timeline import things_told_with

    if not arguments.thing:
        return checked_reading(arguments)
    lens = selected_lens(arguments)

    def find_more(part: Reading) -> set[str]:
        counted_from = {arguments.count_from} & part.written.things.keys()
        return things_told_with(arguments.thing, part.under(lens)) | counted_from

    return reading_about(arguments, *arguments.thing, find_more=find_more).under(lens)


def _first_counted_day(text: str | None, reading: Reading) -> Day | None:
    """The day to count from: that of a date or, by its id, of an event whose day is reported.

    Raises KgError where it is none.
    """
    from kg.reports.timeline import own_days

    event = reading.corpus.main_id(text or "")
    if event not in reading.corpus.things:
        return parse_day("--count-from", text)
    days = own_days(event, reading)
    if len(days) != 1:
        number = f"{len(days)} days are" if days else "no day is"
        message = f"--count-from: {number} reported of '{text}'"
        raise KgError(message, hint="give a day, as in 2019-11-16")
    return days[0]
