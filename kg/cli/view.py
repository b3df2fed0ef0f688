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
    from kg.files.output import output_folder, write_file, write_pages
    from kg.site.pages import compose, layouts, render_pages
    from kg.viz.looks import look_of

    if arguments.since is not None:
        return _compare(arguments)

    workspace = opened_workspace(arguments)
    folder = output_folder(workspace, arguments.out)
    reading = checked_reading(arguments, with_views=True)
    if arguments.keep_layout and reading.lens:
        raise KgError(
            "a layout is kept for all that a view shows", hint="leave the lens or --keep-layout out"
        )
    compositions = list(compose(reading, _page_options(arguments)))
    if arguments.keep_layout:
        for name, data in sorted(layouts(workspace, compositions).items()):
            write_file(workspace.root / name, data)
            print(
                f"{relative_path(workspace.root / name)}  {count_noun(data.count(b': ['), 'place')}"
            )
    pages = render_pages(compositions, look_of(workspace))
    write_pages(folder, pages)
    for name in sorted(pages):
        print(f"{relative_path(folder / name)}  {len(pages[name]):,} bytes")
    say_lens(reading.lens, sys.stdout)
    return 0


def _page_options(arguments: argparse.Namespace) -> PageOptions:
    from kg.site.pages import PageOptions

    return PageOptions(arguments.name, arguments.title, arguments.new_layout)


def _compare(arguments: argparse.Namespace) -> int:
    """Write the pages of what changed since an earlier version."""
    from kg.files.output import output_folder, write_pages
    from kg.files.workspace import VIEWS
    from kg.query.folder import read_saved_queries
    from kg.site.pages import compose_changes, render_pages
    from kg.view.changes import summary
    from kg.viz.looks import look_of

    if arguments.keep_layout:
        raise KgError(
            "a layout is kept for what a view shows now", hint="leave --since or --keep-layout out"
        )
    workspace = opened_workspace(arguments)
    folder = output_folder(workspace, arguments.out)
    reading = checked_reading(arguments, with_views=True)
    earlier, since, file_name = _earlier(reading, arguments.since)
    compositions = compose_changes(reading, earlier, since, _page_options(arguments))
    ending = f".since-{file_name}"
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
    say_lens(reading.lens, sys.stdout)
    return 0


def _earlier(reading: Reading, name: str) -> tuple[Reading, str, str]:
    """An earlier version under the same lens, what it is called, and its name for files."""
    from kg.files.versions import open_version

    with open_version(reading.workspace, name) as earlier:
        return version_reading(earlier, reading.lens), earlier.name, earlier.file_name
