"""``kg init``: start a new workspace."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli.options import Commands, command


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "init",
        "start a new workspace",
        "Make a folder with the core ontology, queries and views, ready for your first article.",
    )
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="the folder to make (new, or empty)"
    )
    parser.add_argument(
        "--example",
        action="store_true",
        help="copy the worked example: the GSOMIA row of November 2019",
    )


def run(arguments: argparse.Namespace) -> int:
    """Make a new workspace."""
    from kg.scaffold import start_workspace

    files = start_workspace(arguments.folder, arguments.example)
    print(f"made {arguments.folder} with {len(files)} files")
    print(f"next: kg -C {arguments.folder} check")
    return 0
