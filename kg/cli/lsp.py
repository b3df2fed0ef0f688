"""``kg lsp``: a language server for editors, over standard input and output."""

from __future__ import annotations

import argparse
import os
import sys

from kg.cli.options import Commands, command
from kg.diagnostics import KgError


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    command(
        commands,
        run,
        "lsp",
        "serve an editor: findings, completion, hover, rename while you type",
        "Speak the Language Server Protocol over standard input and output; an editor starts it. "
        "It tells what kg check\n"
        "tells, of texts that are not saved yet; completes ids by names, labels and aliases; shows "
        "each assertion's\n"
        "sentence and status; finds, renames and lays out. It needs the extra lsp: "
        "pip install 'actor-kg[lsp]'.",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until the editor ends it."""
    try:
        from kg.lsp.features import build_server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        message = "the language server needs pygls, which is not installed"
        raise KgError(message, hint="pip install 'actor-kg[lsp]'") from None
    # pygls closes what it writes to.
    with open(os.dup(sys.stdout.fileno()), "wb") as output:
        build_server(arguments.workspace).start_io(stdout=output)
    return 0
