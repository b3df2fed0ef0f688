"""Start a new workspace.

Make a folder with the core ontology, queries and views, ready for your first article.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.options import options
from kg.files.scaffold import EDITORS, SERVICES, STARTS


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="the folder to make (new, or empty)"
    )
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--for",
        dest="start",
        choices=STARTS,
        default="blank",
        help="the first source file: an invented dossier on a treaty or a company to start from, or"
        " a blank one (default: blank)",
    )
    options(kind, {"--example": "copy the worked example: the GSOMIA row of November 2019"})
    parser.add_argument(
        "--editor",
        choices=EDITORS,
        default="",
        help="also the settings of an editor: see kg schema",
    )
    parser.add_argument(
        "--with",
        dest="service",
        choices=SERVICES,
        default="",
        help="also what checks each change on GitHub, tells in a pull request what it means, and "
        "publishes the site",
    )


def run(arguments: argparse.Namespace) -> int:
    """Make a new workspace."""
    from kg.files.scaffold import start_workspace
    from kg.files.workspace import find_workspace_above

    additions = [name for name in (arguments.editor, arguments.service) if name]
    files = start_workspace(arguments.folder, arguments.example, arguments.start, additions)
    print(f"made {arguments.folder} with {len(files)} files")
    print(f"next: kg -C {arguments.folder} check")
    print("how to go on: kg help tutorial")
    if above := find_workspace_above(arguments.folder.absolute().parent):
        told = f"{arguments.folder} lies inside of another workspace, {above}"
        print(f"kg: {told}\n  hint: move it out of there", file=sys.stderr)
    return 0
