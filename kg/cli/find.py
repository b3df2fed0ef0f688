"""Find things and articles by any of their names.

List the ids of what has these words in its label, its other names (in any script) or its id: first
where a name, or a word of it, begins so, then in order of how much is said of it. Of what wrote or
published articles these are listed, too. Relations and classes: kg ontology find.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kg.cli.documents import document_options, print_document
from kg.cli.lens import selected_lens
from kg.cli.options import options
from kg.cli.sources import checked_reading, reading_about

if TYPE_CHECKING:
    from kg.reading import Reading


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(parser, {"WORDS...": "a name, or the begin of one", "--most N": ("list so many", 20)})
    document_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what is called so."""
    from kg.reports.found import found_document, things_with

    words = " ".join(arguments.words)
    if selected_lens(arguments):
        reading = checked_reading(arguments)
    else:
        things: set[str] = set()

        def find_things(part: Reading) -> set[str]:
            # Any part has all names.
            if not things:
                things.update(things_with(words, part))
            return things

        reading = reading_about(arguments, find_more=find_things)
    document = found_document(words, reading, arguments.most)
    return print_document(document, arguments, reading.lens)
