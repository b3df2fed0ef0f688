"""Tell who holds what in a dispute.

Print the questions of a dispute, and what each actor asserts, denies, demands or thinks, with date
and paragraph; which claims nobody answers, and which side says nothing. Silence is no agreement.
"""

from __future__ import annotations

import argparse

from kg.cli.documents import document_options, print_document
from kg.cli.lens import parse_day
from kg.cli.options import options
from kg.cli.sources import checked_reading
from kg.text import count_noun


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "[DISPUTE]": "a dispute (default: all of them)",
            "--open": "only what is open: contested, unanswered, or without a known outcome",
            "--on DATE": "as it stood on this day, by what had been said until then",
        },
    )
    document_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the position matrix of a dispute, or of all."""
    from kg.reports.open_questions import as_said_by, open_matrix, stage_on, told_matrix
    from kg.reports.position_document import position_document
    from kg.reports.positions import matrix_of_no_dispute, position_matrices

    whole, day = checked_reading(arguments), parse_day("--on", arguments.on)
    reading = as_said_by(whole, day) if day else whole
    matrices = position_matrices(reading.corpus.main_id(arguments.dispute or ""), reading)
    rest = matrix_of_no_dispute(reading, with_prospects=arguments.open)
    if arguments.open or day:
        keep = open_matrix if arguments.open else told_matrix
        matrices = tuple(keep(each, day) for each in matrices)
        rest = keep(rest, day)
    notes = []
    if arguments.open and not any(each.questions for each in (*matrices, rest)):
        by_then = f" on {day}, by what had been said until then" if day else ""
        notes = [f"nothing is open{by_then}"]
    if rest.questions and arguments.dispute:
        number = count_noun(len(rest.questions), "question")
        options = f"{' --open' if arguments.open else ''}{f' --on {day}' if day else ''}"
        notes = [f"besides, {number} of no dispute: kg disputes{options} lists them all"]
    elif rest.questions:
        matrices = (*matrices, rest)
    stages = {}
    if day:
        ids = [each.dispute.id for each in matrices if each.dispute.id]
        stages = {id: f"on {day}: {stage_on(id, day, whole)}" for id in ids}
    with_tables = arguments.format == "md"
    document = position_document(matrices, reading, with_tables, notes, stages)
    return print_document(document, arguments, reading.lens)
