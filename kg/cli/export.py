"""``kg export``: the graph in formats of other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import Commands, command
from kg.cli.sources import checked_reading, relative_path
from kg.diagnostics import KgError
from kg.export import ExportFormat, export
from kg.output import write_file
from kg.workspace import Workspace


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "export",
        "write the graph as N-Quads, Turtle, JSON-LD, GraphML or CSV, or its sources as CSL-JSON",
        "nq, ttl and jsonld hold the whole graph, conclusions included. graphml has things as "
        "nodes and assertions as\n"
        "edges; csv has a row for each assertion with all its fields; csl-json has the sources, "
        "for reference managers.\n"
        "The same workspace gives the same bytes.",
    )
    parser.add_argument(
        "--format",
        choices=[format.value for format in ExportFormat],
        required=True,
        help="which format",
    )
    parser.add_argument("--out", metavar="FILE", help="where to write (default: standard output)")
    parser.add_argument(
        "--safe-csv",
        action="store_true",
        help="in csv, put ' before a value that a spreadsheet would run",
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write an export."""
    reading = checked_reading(arguments)
    out = _target(arguments.out, reading.workspace) if arguments.out else None
    data = export(reading, ExportFormat(arguments.format), arguments.safe_csv)
    if out:
        write_file(out, data)
        print(f"{relative_path(out)}  {len(data):,} bytes")
    else:
        sys.stdout.buffer.write(data)
    say_lens(reading.lens, sys.stdout if out else sys.stderr)
    return 0


def _target(out: str, workspace: Workspace) -> Path:
    """The file to write. Raises KgError where it is a folder, or would lie among what the curator
    wrote.
    """
    file = Path(out).absolute().resolve()
    if file.is_dir():
        raise KgError(
            f"cannot export to {file}: it is a folder", hint="name a file: kg export --out FILE"
        )
    for folder in ("sources", "ontology", "queries", "viz"):
        if file.is_relative_to(workspace.root.resolve() / folder):
            raise KgError(f"cannot export to {file}: it would lie among the workspace's own files")
    return file
