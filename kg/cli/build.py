"""``kg build``: write the graph and all pages."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import Commands, command
from kg.cli.sources import checked_reading, opened_workspace, relative_path
from kg.text import counted

if TYPE_CHECKING:
    from kg.status.lens import Lens


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "build",
        "write the graph and all pages to site/",
        "Check the workspace and, if it has no errors, write graph.nq, graph.ttl and one HTML "
        "page for each view.\n"
        "The same workspace gives the same bytes. Files appear whole or not at all.\n"
        "Of a large graph a store is kept beside the files (site/.graph-*.store): kg query asks it "
        "in place.",
    )
    parser.add_argument(
        "--out", metavar="DIR", help="where to write (default: site/ in the workspace)"
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the graph and the pages, then the store that questions ask."""
    from kg.output import SITE, output_folder
    from kg.store import keep_store

    workspace = opened_workspace(arguments)
    folder = output_folder(workspace, arguments.out)
    lens = _write(folder, arguments)
    # What was read and made is let go first: a large store takes memory of its own.
    if not lens and folder == (workspace.root / SITE).resolve():
        keep_store(folder)
    say_lens(lens, sys.stdout)
    return 0


def _write(folder: Path, arguments: argparse.Namespace) -> Lens:
    """Write the files of a build and say which, and return the lens that they are made under."""
    from kg.output import write_site
    from kg.site import build_files

    reading = checked_reading(arguments, with_views=True)
    files = build_files(reading)
    # A build under a lens is not what the sources say now: no query may take it for that.
    write_site(
        folder,
        files,
        replace(reading.inputs, version=f"{reading.lens}") if reading.lens else reading.inputs,
    )
    for name in sorted(files):
        print(f"{relative_path(folder / name)}  {len(files[name]):,} bytes")
    assertions, warnings = len(reading.corpus.assertions), len(reading.diagnostics)
    summary = f"built {counted(len(files), 'file')} from {counted(assertions, 'assertion')}"
    if reading.reused:
        read = counted(len(reading.sources.contents), "source file")
        summary += f" ({reading.reused} of {read} known from the cache)"
    print(f"{summary}; {counted(warnings, 'warning')}: kg check" if warnings else summary)
    return reading.lens
