"""``kg view``: write the page of one view, or of all."""

from __future__ import annotations

import argparse
import sys

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import Commands, command
from kg.cli.sources import shown, sound
from kg.workspace import find, output_folder


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "view",
        "write the page of one view, or of all",
        "Write site/NAME.html: one file that opens without a network. Without NAME: the pages of all views.",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="a view: viz/NAME.rq")
    parser.add_argument("--out", metavar="DIR", help="where to write (default: site/ in the workspace)")
    parser.add_argument("--title", help="another title for the page")
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the pages of views."""
    from kg.site import pages
    from kg.workspace import write_file

    workspace = find(arguments.workspace)
    folder = output_folder(workspace, arguments.out)
    reading = sound(arguments, with_views=True)
    made = pages(reading, arguments.name, arguments.title)
    for name in sorted(made):
        write_file(folder / name, made[name])
        print(f"{shown(folder / name)}  {len(made[name]):,} bytes")
    say_lens(reading.lens, sys.stdout)
    return 0
