"""Tell what changed between two versions, in meaning.

Print what became of the assertions since an earlier version of the workspace (a revision of git,
or a folder): first what nobody touched and yet stands otherwise, and because of what; then facts,
claims, denials and plans that were added or withdrawn, what was changed, things, names, sources
and terms. Moving, sorting and laying out anew change nothing. With B that version is compared
instead of the files as they are.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from kg.cli.lens import lens_options, say_lens, selected_lens
from kg.cli.options import options
from kg.cli.sources import checked_reading, opened_workspace, version_reading
from kg.reports.kinds import DocumentFormat

if TYPE_CHECKING:
    from kg.reading import Reading
    from kg.reports.diff import Changes

MOST_CHARACTERS = 60_000
"""What a comment on a pull request holds (GitHub: 65,536 characters)."""
PAGE = "html"
"""The format that is a page."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "earlier", metavar="A", nargs="?", default="HEAD", help="since when (default: HEAD)"
    )
    parser.add_argument("later", metavar="B", nargs="?", help="until when (default: the files)")
    options(
        parser,
        {
            "--format": (
                "how to print it; html is a page of its own (default: text)",
                (*DocumentFormat, PAGE),
            ),
            "--most-characters N": ("of --format md: count what no longer fits", MOST_CHARACTERS),
            "--exit-code": "end with 1 where anything changed",
        },
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what changed."""
    from kg.files.versions import open_version
    from kg.reports.diff import find_changes
    from kg.reports.diff_document import write_changes

    lens, format = selected_lens(arguments), arguments.format
    most = arguments.most_characters if format == DocumentFormat.MARKDOWN else sys.maxsize
    workspace = opened_workspace(arguments)
    with ExitStack() as stack:
        earlier = stack.enter_context(open_version(workspace, arguments.earlier))
        if arguments.later is None:
            new, until = checked_reading(arguments), ""
        else:
            later = stack.enter_context(open_version(workspace, arguments.later))
            new, until = version_reading(later, lens, workspace), f" until {later.name}"
        changes = find_changes(version_reading(earlier, lens, workspace), new)
        since = earlier.name + until
        if format == PAGE:
            sys.stdout.write(_page(changes, since, new))
        else:
            words = write_changes(changes, since, DocumentFormat(format), most, str(lens))
            sys.stdout.write(words)
    say_lens(lens, sys.stdout if format == DocumentFormat.TEXT else sys.stderr)
    return 1 if changes.total and arguments.exit_code else 0


def _page(changes: Changes, since: str, reading: Reading) -> str:
    """Return what changed as one file that leads to no other."""
    from kg.site.addresses import Address, RecordKind
    from kg.site.edition import Earlier, Edition
    from kg.site.record_pages import render, shell

    edition = Edition(reading, lambda _: None, earlier=Earlier(since, changes, ()))
    address = Address(RecordKind.OVERVIEW, "changes")
    return shell(render(address, edition), "changes.html", edition, is_alone=True)
