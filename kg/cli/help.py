"""Print a page of the manual, such as the tutorial or that of a code.

Print a page of the manual as it ships with kg: the tutorial, the reference, the page of a
diagnostic such as KG402; or of a command its options. No network is used.
"""

from __future__ import annotations

import argparse
import sys

from kg.cli.options import options


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "[TOPIC]": "a page, a code or a command (left out: a list)",
            "[HEADING...]": "only the part of the page with this heading",
        },
    )


def run(arguments: argparse.Namespace) -> int:
    """Print a page, a part of it, or the list of pages."""
    from kg.cli.manual import list_pages, manual_pages, read_page
    from kg.cli.parser import COMMANDS, build_parser

    topic = arguments.topic
    if topic is None:
        sys.stdout.write(list_pages())
    elif topic in COMMANDS and topic not in manual_pages():
        build_parser([topic]).parse_args([topic, "--help"])
    else:
        sys.stdout.write(read_page(topic, " ".join(arguments.heading)))
    return 0
