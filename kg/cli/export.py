"""Write the graph, its tables or its sources for other programs.

What a format cannot hold is counted. The same workspace gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import options
from kg.cli.sources import checked_reading, relative_path
from kg.diagnostics import KgError
from kg.export.formats import BINARY_FORMATS, HOLDS, ExportFormat


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    table = "\n".join(f"    {format:16}{holds}" for format, holds in HOLDS.items())
    parser.description = f"{parser.description}\n\n{table}"
    parser.add_argument(
        "--format",
        choices=[format.value for format in ExportFormat],
        required=True,
        help="which format",
    )
    options(
        parser,
        {
            "--out FILE": "where to write (default: standard output)",
            "--safe-csv": (
                "in csv and datapackage, put ' before a value that a spreadsheet would run"
            ),
            "--redact ID|CLASS...": (
                "withhold the names of a thing, or of all things of a class; may be repeated"
            ),
        },
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write an export."""
    from kg.export.redaction import redact_reading
    from kg.export.write import export_reading, list_omissions
    from kg.files.output import output_file, write_file

    reading = checked_reading(arguments)
    format = ExportFormat(arguments.format)
    out = output_file(reading.workspace, arguments.out) if arguments.out else None
    if format in BINARY_FORMATS and out is None and sys.stdout.isatty():
        hint = f"name a file: kg export --format {format} --out FILE"
        raise KgError(f"{format} is nothing to look at in a terminal", hint=hint)
    if arguments.redact:
        reading = redact_reading(reading, arguments.redact)
    data = export_reading(reading, format, arguments.safe_csv)
    if out:
        write_file(out, data)
        print(f"{relative_path(out)}  {len(data):,} bytes")
    else:
        sys.stdout.buffer.write(data)
    report = sys.stdout if out else sys.stderr
    if left_out := list_omissions(reading, format):
        print(f"not in this format: {', '.join(left_out)}", file=report)
    say_lens(reading.lens, report)
    return 0
