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
    options(parser, {"DIR": "the folder to make (new, or empty)"})
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

    folder = Path(arguments.dir)
    additions = [name for name in (arguments.editor, arguments.service) if name]
    files = start_workspace(folder, arguments.example, arguments.start, additions)
    print(f"made {folder} with {len(files)} files")
    print(f"next: kg -C {folder} check")
    print("how to go on: kg help tutorial")
    if above := find_workspace_above(folder.resolve().parent):
        warning = f"{folder} lies inside of another workspace, {above}"
        print(f"kg: {warning}\n  hint: move it out of there", file=sys.stderr)
    return 0
