"""``kg schema``: a JSON Schema of the source files, for editors."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kg.cli.options import Commands, command
from kg.cli.sources import opened_workspace, relative_path


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "schema",
        "print a JSON Schema of the source files, for editors",
        "Write which sections, fields and words a source file may have, with the workspace's own "
        "ids, relations and\n"
        "classes by name: an editor that knows JSON Schema completes by it. What it does not know "
        "yet is no mistake\n"
        "to it; kg check alone decides.",
    )
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="where to write it (default: standard output)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print or write the schema."""
    from kg.output import write_file
    from kg.reading import read
    from kg.schema import source_schema

    reading = read(opened_workspace(arguments)._replace(texts=None), questions=())
    schema = source_schema(reading.written, reading.ontology)
    text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    if arguments.out is None:
        sys.stdout.write(text)
        return 0
    write_file(arguments.out.absolute(), text.encode())
    print(f"{relative_path(arguments.out.absolute())}  {len(text.encode()):,} bytes")
    return 0
