"""Print a page of the manual, such as the tutorial or that of a code.

Print a page of the manual as it ships with kg: the tutorial, the reference, the page of a
diagnostic such as KG402; or of a command its options. Of any other words it
lists the parts that have them. No network is used.
"""

from __future__ import annotations

import argparse
import sys

from kg.cli.options import options
from kg.diagnostics import KgError, did_you_mean
from kg.text.characters import quoted


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "[TOPIC]": "a page, a code or a command (left out: a list), or words to look for",
            "[HEADING...]": "only the part of the page with this heading",
        },
    )


def run(arguments: argparse.Namespace) -> int:
    """Print a page, a part of it, or the list of pages."""
    from kg.cli.manual import find_parts, list_pages, manual_pages, read_page
    from kg.cli.parser import COMMANDS, build_parser

    topic = arguments.topic
    pages = manual_pages()
    if topic is None:
        sys.stdout.write(list_pages())
    elif topic in COMMANDS and topic not in pages:
        build_parser([topic]).parse_args([topic, "--help"])
    elif topic.casefold() in (each.casefold() for each in pages):
        sys.stdout.write(read_page(topic, " ".join(arguments.heading)))
    else:
        hint = did_you_mean(topic, [*COMMANDS, *pages]) or "kg help lists the pages"
        message = f"no page is called {quoted(topic)}"
        places = find_parts(" ".join((topic, *arguments.heading)))
        if not places:
            raise KgError(message, hint=hint)
        print(f"{message}; {hint}\nwhere these words stand:\n{places}", end="")
    return 0
