"""Serve an editor: findings, completion, hover, rename while you type.

Speak the Language Server Protocol over standard input and output; an editor starts it. It tells
what kg check tells, of texts that are not saved yet; completes ids by names, labels and aliases;
shows each assertion's sentence and status; finds, renames and lays out. It needs the extra lsp:
pip install 'actor-kg[lsp]'.
"""

from __future__ import annotations

import argparse
import os
import sys

from kg.diagnostics import KgError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""


def run(arguments: argparse.Namespace) -> int:
    """Serve until the editor ends it."""
    try:
        from kg.server.lsp.events import log_plainly
        from kg.server.lsp.features import build_language_server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        message = "the language server needs pygls, which is not installed"
        raise KgError(message, hint="pip install 'actor-kg[lsp]'") from None
    log_plainly()
    # pygls closes what it writes to.
    with open(os.dup(sys.stdout.fileno()), "wb") as output:
        try:
            build_language_server(arguments.workspace).start_io(stdout=output)
        except (OverflowError, MemoryError):
            raise KgError("the editor announced a message of an impossible length") from None
    return 0
