"""Serve an editor: findings, completion, hover, rename while you type.

Speak the Language Server Protocol over standard input and output; an editor starts it. It tells
what kg check tells, of texts that are not saved yet; completes ids by names, labels and aliases;
shows each assertion's sentence and status; finds, renames and lays out. It needs the extra lsp:
pip install 'actor-kg[lsp]'.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys

from kg.diagnostics import KgError
from kg.text.characters import printable

MOST_TOLD = 300
"""So many characters of an event are told."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""


def run(arguments: argparse.Namespace) -> int:
    """Serve until the editor ends it."""
    try:
        from kg.server.lsp.features import build_language_server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        message = "the language server needs pygls, which is not installed"
        raise KgError(message, hint="pip install 'actor-kg[lsp]'") from None
    _log_plainly()
    # pygls closes what it writes to.
    with open(os.dup(sys.stdout.fileno()), "wb") as output:
        try:
            build_language_server(arguments.workspace).start_io(stdout=output)
        except (OverflowError, MemoryError):
            raise KgError("the editor announced a message of an impossible length") from None
    return 0


class _Plain(logging.Handler):
    """Tells in a line on standard error what pygls logs, and not where in its code."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of one event."""
        first_line = record.getMessage().partition("\n")[0]
        print(f"kg: {printable(first_line)[:MOST_TOLD]}", file=sys.stderr)


def _log_plainly() -> None:
    """Let no editor's log fill with tracebacks of what the editor sent."""
    logger = logging.getLogger("pygls")
    logger.propagate = False
    logger.addHandler(_Plain(logging.WARNING))
