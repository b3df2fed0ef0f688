"""Write the page of one view, or of all.

Write site/NAME.html: one file that opens without a network. Without NAME: the pages of all views.
Things stand where viz/NAME.layout.json keeps them; new ones find room near what they are tied to.
'# project: State by Pact, from 2' in its front comment draws who shares what instead, '# matrix:
State by Pact' adds a matrix of both.
"""

from __future__ import annotations

import argparse
import sys

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import options
from kg.cli.sources import checked_reading, opened_workspace, relative_path
from kg.diagnostics import KgError
from kg.text import counted


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "[NAME]": "a view: viz/NAME.rq",
            "--out DIR": "where to write (default: site/ in the workspace)",
            "--title TITLE": "another title for the page",
            "--keep-layout": "write where things stand to viz/NAME.layout.json",
            "--new-layout": "place all things anew, whatever is kept",
        },
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the pages of views."""
    from kg.files.output import output_folder, write_file, write_pages
    from kg.site.pages import PageOptions, compose, layouts, render_pages
    from kg.viz.looks import look_of

    workspace = opened_workspace(arguments)
    folder = output_folder(workspace, arguments.out)
    reading = checked_reading(arguments, with_views=True)
    if arguments.keep_layout and reading.lens:
        raise KgError(
            "a layout is kept for all that a view shows", hint="leave the lens or --keep-layout out"
        )
    options = PageOptions(arguments.name, arguments.title, arguments.new_layout)
    compositions = list(compose(reading, options))
    if arguments.keep_layout:
        for name, data in sorted(layouts(workspace, compositions).items()):
            write_file(workspace.root / name, data)
            print(f"{relative_path(workspace.root / name)}  {counted(data.count(b': ['), 'place')}")
    pages = render_pages(compositions, look_of(workspace))
    write_pages(folder, pages)
    for name in sorted(pages):
        print(f"{relative_path(folder / name)}  {len(pages[name]):,} bytes")
    say_lens(reading.lens, sys.stdout)
    return 0
