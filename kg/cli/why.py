"""Say in plain words why an edge stands.

Print who says it, who denies it, its status and the reason for it, with article, paragraph,
publisher, originator and date. For a thing or an article: all assertions that concern it.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kg.cli.documents import FORMAT, print_document
from kg.cli.lens import lens_options, selected_lens
from kg.cli.options import options
from kg.cli.sources import reading_about
from kg.diagnostics import KgError

if TYPE_CHECKING:
    from kg.reading import Reading


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "ID": "an assertion, thing, article or conflict",
            **FORMAT,
            "--inferred": "also what follows about a thing by rules",
        },
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print why an assertion stands, or all that concerns a thing."""
    from kg.reports.explanation import explain
    from kg.reports.why import why_document

    whole = reading_about(arguments, arguments.id)
    reading = whole.under(selected_lens(arguments))
    try:
        explanation = explain(arguments.id, reading, arguments.inferred)
    except KgError as error:
        raise _hidden_by_lens(arguments.id, reading, whole) or error from None
    document = why_document(arguments.id, explanation, reading)
    return print_document(document, arguments, reading.lens)


def _hidden_by_lens(id: str, reading: Reading, whole: Reading) -> KgError | None:
    """What to say of an id that only the lens leaves out."""
    corpus = whole.graph_corpus
    if not reading.lens or not any(
        id in each for each in (corpus.things, corpus.assertions, corpus.articles)
    ):
        return None
    message = f"'{id}' is not there through this lens: {reading.lens}"
    return KgError(message, 1, hint="kg why without the lens tells of it")
