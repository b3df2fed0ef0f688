"""``kg diff``: tell what changed between two versions, in meaning."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack

from kg.cli.documents import format_option
from kg.cli.lens import lens_options, say_lens, selected_lens
from kg.cli.options import Commands, command, positive
from kg.cli.sources import checked_reading, opened_workspace, version_reading
from kg.reports.kinds import DocumentFormat

MOST_CHARACTERS = 60_000
"""What a comment on a pull request holds (GitHub: 65,536 characters)."""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "diff",
        "tell what changed between two versions, in meaning",
        "Print what became of the assertions since an earlier version of the workspace (a revision "
        "of git, or a folder):\n"
        "first what nobody touched and yet stands otherwise, and because of what; then facts, "
        "claims, denials and plans that\n"
        "were added or withdrawn, what was changed, things, names, sources and terms. Moving, "
        "sorting and laying out anew\n"
        "change nothing. With B that version is compared instead of the files as they are.",
    )
    parser.add_argument(
        "earlier", metavar="A", nargs="?", default="HEAD", help="since when (default: HEAD)"
    )
    parser.add_argument("later", metavar="B", nargs="?", help="until when (default: the files)")
    format_option(parser)
    parser.add_argument(
        "--most-characters",
        metavar="N",
        type=positive,
        default=MOST_CHARACTERS,
        help="of --format md: count what no longer fits (default: 60000)",
    )
    parser.add_argument(
        "--exit-code", action="store_true", help="end with 1 where anything changed"
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what changed."""
    from kg.reports.diff import find_changes
    from kg.reports.diff_document import write_changes
    from kg.versions import open_version

    lens, format = selected_lens(arguments), DocumentFormat(arguments.format)
    is_markdown = format is DocumentFormat.MARKDOWN
    most = arguments.most_characters if is_markdown else sys.maxsize
    workspace = opened_workspace(arguments)
    with ExitStack() as stack:
        earlier = stack.enter_context(open_version(workspace, arguments.earlier))
        if arguments.later is None:
            new, until = checked_reading(arguments), ""
        else:
            later = stack.enter_context(open_version(workspace, arguments.later))
            new, until = version_reading(later, lens), f" until {later.name}"
        changes = find_changes(version_reading(earlier, lens), new)
        sys.stdout.write(write_changes(changes, earlier.name + until, format, most, str(lens)))
    say_lens(lens, sys.stdout if format is DocumentFormat.TEXT else sys.stderr)
    return 1 if changes.total and arguments.exit_code else 0
