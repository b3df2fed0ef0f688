"""Print a JSON Schema of the source files, for editors.

Write which sections, fields and words a source file may have, with the workspace's own ids,
relations and classes by name: an editor that knows JSON Schema completes by it. What it does not
know yet is no mistake to it; kg check alone decides.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import options
from kg.cli.sources import opened_workspace, relative_path

if TYPE_CHECKING:
    from kg.reading import Reading


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(parser, {"--out FILE": "where to write it (default: standard output)"})


def run(arguments: argparse.Namespace) -> int:
    """Print or write the schema."""
    from kg.reading import read

    reading = read(opened_workspace(arguments)._replace(texts=None), questions=())
    if arguments.out is None:
        sys.stdout.write(_text(reading))
        return 0
    size = write_schema(reading, arguments.out)
    print(f"{relative_path(Path(arguments.out).absolute())}  {size:,} bytes")
    return 0


def write_schema(reading: Reading, out: str) -> int:
    """Write the schema of a workspace's source files, and return its size in bytes.

    Raises KgError where that cannot be done.
    """
    from kg.files.output import output_file, write_file

    data = _text(reading).encode()
    write_file(output_file(reading.workspace, out), data)
    return len(data)


def _text(reading: Reading) -> str:
    from kg.sources.schema import source_schema

    schema = source_schema(reading.written, reading.ontology)
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
