"""Find the shortest cited paths between two things.

Print the shortest paths from A to B, each step with sentence, status and citations; name the
weakest link. Walked are accepted assertions and who acts for whom, in either direction. Places,
forums (gatherings, intergovernmental organisations) and mere order in time are left out unless
asked for.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kg.cli.documents import document_options, print_document
from kg.cli.lens import selected_lens
from kg.cli.options import options
from kg.cli.sources import opened_workspace, whole_reading
from kg.cli.ties import selected_asides, selected_statuses, tie_options
from kg.sources.sections import SECTIONS

if TYPE_CHECKING:
    from kg.reading import Reading
    from kg.reports.network.paths import PathAnswer, PathQuestion

BETWEEN = tuple(section for section in SECTIONS if section != "places")
"""What may be asked to stand in between; places are let in by ``--through``."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(parser, {"A": "the thing to start from", "B": "the thing to arrive at"})
    tie_options(parser)
    options(
        parser,
        {
            "--by-way-of THING...": "a thing that the path leads past (repeatable, in this order)",
            "--only SECTION...": ("let only these stand in between", BETWEEN),
            "--directed": "walk ties from subject to object only",
            "--most N": ("print at most N paths", 3),
        },
    )
    document_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Find and print paths."""
    from kg.reports.path_document import path_document

    lens = selected_lens(arguments)
    path_answer = None if lens else _found_in_parts(arguments)
    answer, reading = path_answer or _found_in_the_whole(
        arguments, whole_reading(arguments).under(lens)
    )
    return print_document(path_document(answer, reading), arguments, reading.lens)


def _found_in_parts(arguments: argparse.Namespace) -> tuple[PathAnswer, Reading] | None:
    """Return what the ties that are kept of a large workspace answer, and as much of it as tells of
    that; None where it is to be read as a whole.
    """
    from kg.reading.parts import open_parts
    from kg.reports.network.kept_ties import find_ties
    from kg.reports.network.paths import find_paths

    parts = open_parts(opened_workspace(arguments))
    ties = find_ties(parts.reading_cache) if parts else None
    if parts is None or ties is None:
        return None
    answer = find_paths(parts.frame, _question(arguments, parts.frame), arguments.most, ties)
    part = parts.about(answer.assertions)
    return (answer.with_statements(part.statements), part) if part else None


def _found_in_the_whole(
    arguments: argparse.Namespace, reading: Reading
) -> tuple[PathAnswer, Reading]:
    """Return what a workspace answers; its ties are kept for the next question."""
    from kg.reading.parts import keep_parts
    from kg.reports.network.kept_ties import keep_ties
    from kg.reports.network.paths import find_paths
    from kg.reports.network.ties import all_ties

    ties = all_ties(reading)
    answer = find_paths(reading, _question(arguments, reading), arguments.most, ties)
    if reading.reading_cache and not reading.lens and not reading.corpus.main_ids:
        keep_parts(reading)
        keep_ties(ties, reading.reading_cache)
    return answer, reading


def _question(arguments: argparse.Namespace, reading: Reading) -> PathQuestion:
    from kg.reports.network.paths import PathQuestion

    main_id = reading.corpus.main_id
    return PathQuestion(
        start=main_id(arguments.a),
        end=main_id(arguments.b),
        stops=tuple(main_id(stop) for stop in arguments.by_way_of),
        also=selected_statuses(arguments),
        through=selected_asides(arguments),
        only=tuple(section for section in BETWEEN if section in arguments.only),
        directed=arguments.directed,
    )
