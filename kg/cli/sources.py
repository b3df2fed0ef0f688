"""What several commands share: a workspace without errors, and how counts and paths are printed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.lens import lens
from kg.diagnostics import KgError, exit_code
from kg.workspace import find

if TYPE_CHECKING:
    from kg.reading import Reading


def sound(arguments: argparse.Namespace, with_views: bool = False) -> Reading:
    """The workspace under the lens of the options, or its errors printed and KgError raised.

    Only those who draw (``with_views``) need views without errors too; saved queries are for those
    who ask them.
    """
    from kg import findings
    from kg.query.questions import VIEWS
    from kg.reading import read

    reading = read(find(arguments.workspace), questions=(VIEWS,) if with_views else ())
    through = lens(arguments)
    errors = [d for d in reading.diagnostics if d.is_error]
    if errors:
        sys.stderr.write(findings.text(errors, reading.texts))
        print(file=sys.stderr)
        what = f"{counted(len(errors), 'error')}: nothing is built from sources with errors"
        raise KgError(what, exit_code(errors))
    return reading.under(through)


def counted(number: int, what: str) -> str:
    """A number with what it counts: ``1 file``, ``2 files``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def shown(path: Path) -> str:
    """A path as one would type it from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
