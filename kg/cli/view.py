"""Write the page of one view, or of all.

Write site/NAME.html: one file that opens without a network. Without NAME: the pages of all views.
Things stand where viz/NAME.layout.json keeps them; new ones find room near what they are tied to.
'# project: State by Pact, from 2' in its front comment draws who shares what instead, '# matrix:
State by Pact' adds a matrix of both. With --since: site/NAME.since-VERSION.html, which shows what
was added, removed or changed since then.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import options
from kg.cli.sources import checked_reading, opened_workspace, relative_path, version_reading
from kg.diagnostics import KgError
from kg.text import count_noun

if TYPE_CHECKING:
    from kg.reading import Reading
    from kg.site.pages import PageOptions


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
            "--since VERSION": (
                "compare with an earlier version: a folder that holds one, or a revision of this "
                "git "
                "repository"
            ),
        },
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the pages of views."""
    from kg.files.output import output_folder
    from kg.site.pages import PageOptions

    if arguments.keep_layout and arguments.since is not None:
        raise KgError(
            "a layout is kept for what a view shows now", hint="leave --since or --keep-layout out"
        )
    folder = output_folder(opened_workspace(arguments), arguments.out)
    reading = checked_reading(arguments, with_views=True)
    options = PageOptions(arguments.name, arguments.title, arguments.new_layout)
    if arguments.since is None:
        _write_views(reading, options, folder, arguments.keep_layout)
    else:
        _write_changes(reading, options, folder, arguments.since)
    say_lens(reading.lens, sys.stdout)
    return 0


def _write_views(reading: Reading, options: PageOptions, folder: Path, keeps_layout: bool) -> None:
    """Write the pages of views as they are now."""
    from kg.files.output import write_file, write_pages
    from kg.site.pages import compose, layouts, render_pages
    from kg.viz.looks import look_of

    if keeps_layout and reading.lens:
        raise KgError(
            "a layout is kept for all that a view shows", hint="leave the lens or --keep-layout out"
        )
    workspace, compositions = reading.workspace, list(compose(reading, options))
    if keeps_layout:
        for name, data in sorted(layouts(workspace, compositions).items()):
            write_file(workspace.root / name, data)
            print(
                f"{relative_path(workspace.root / name)}  {count_noun(data.count(b': ['), 'place')}"
            )
    pages = render_pages(compositions, look_of(workspace))
    write_pages(folder, pages)
    for name in sorted(pages):
        print(f"{relative_path(folder / name)}  {len(pages[name]):,} bytes")


def _write_changes(reading: Reading, options: PageOptions, folder: Path, version: str) -> None:
    """Write the pages of what changed since an earlier version."""
    from kg.files.output import write_pages
    from kg.files.versions import open_version
    from kg.files.workspace import VIEWS
    from kg.query.folder import read_saved_queries
    from kg.site.pages import compose_changes, render_pages
    from kg.view.changes import summary
    from kg.viz.looks import look_of

    workspace = reading.workspace
    with open_version(workspace, version) as opened:
        earlier, since = version_reading(opened, reading.lens, workspace), opened.name
        ending = f".since-{opened.file_name}"
    compositions = compose_changes(reading, earlier, since, options)
    for view in read_saved_queries(workspace, VIEWS):
        if view.endswith(ending):
            raise KgError(
                f"the page would be taken for that of viz/{view}.rq",
                hint="name the version otherwise",
            )
    pages = render_pages(compositions, look_of(workspace), ending)
    write_pages(folder, pages)
    for each in compositions:
        name = f"{each.picture.name}{ending}.html"
        print(
            f"{relative_path(folder / name)}  {len(pages[name]):,} bytes: {summary(each.picture)}"
        )
    print(f"since: {since}")
