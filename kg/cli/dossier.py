"""Write all about some things into one file to print or send.

Write one HTML file that tells of each thing where it stands and what is said of it, by it and
about it: each claim with its speaker, status and date, and numbered notes that name source, place
and address. It holds everything it needs; a browser prints it. A file that is there stays as it
is, unless --force is given.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.lens import lens_options, say_lens
from kg.cli.options import options
from kg.cli.sources import checked_reading, relative_path
from kg.diagnostics import KgError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "ID...": "an actor, pact, dispute, event, ...",
            "--out FILE": "where to write it (default: dossier-ID.html in this folder)",
            "--force": "write over a file that is there",
        },
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write a dossier."""
    from kg.files.output import output_file, write_file
    from kg.site.dossier import render_dossier
    from kg.site.edition import Edition
    from kg.status.naming import hint_of_thing
    from kg.view.biographies import lives_of

    file = Path(arguments.out or f"dossier-{arguments.id[0]}.html")
    if file.exists() and not arguments.force:
        hint = "--force writes over it; --out FILE writes elsewhere"
        raise KgError(f"{relative_path(file)} is there already", hint=hint)
    reading = checked_reading(arguments)
    ids = [reading.corpus.main_id(id) for id in arguments.id]
    for id in ids:
        if id not in reading.graph_corpus.things:
            hint = hint_of_thing(id, reading.graph_corpus.things)
            raise KgError(f"no thing is called '{id}'", hint=hint or "kg query names lists names")
    edition = Edition(reading, lives_of(reading))
    data = render_dossier(ids, edition).encode()
    write_file(output_file(reading.workspace, str(file)), data)
    print(f"{relative_path(file)}  {len(data):,} bytes")
    say_lens(reading.lens, sys.stdout)
    return 0
