"""Show the site in a browser as the workspace stands now.

Answer every address of the site (see kg build) at a port of this machine, until Ctrl-C. When a
file is saved, pages follow; while it has errors, they show them above the last state without. A
lens may stand in every address: thing/ID.html?known-by=2019-11-16. Only this machine can ask, and
without --edit only to read.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kg.cli.lens import lens_options, selected_lens
from kg.cli.options import options
from kg.cli.sources import opened_workspace

if TYPE_CHECKING:
    from kg.server.state import ServerState

PORT = 8013


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--port",
        type=_port,
        default=PORT,
        metavar="N",
        help=f"the port (default: {PORT}; 0 takes a free one)",
    )
    options(
        parser,
        {
            "--edit": "let the browser that opens the printed address write to sources/",
            "--poll": (
                "look at the files every 0.2 s, where the system tells no changes (network folders)"
            ),
        },
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer until interrupted."""
    import secrets

    from kg.server.guard import LOOPBACK
    from kg.server.lens import lens_pairs, lens_path
    from kg.server.running import serve, take_port
    from kg.server.state import ServerState

    lens = selected_lens(arguments)
    token = secrets.token_urlsafe(24) if arguments.edit else ""
    state = ServerState(opened_workspace(arguments), token)
    with take_port(arguments.port) as listener:
        path = lens_path(lens_pairs(lens)) + (f"?token={token}" if token else "")
        address = f"http://{LOOPBACK}:{listener.getsockname()[1]}{path}"
        serve(state, listener, arguments.poll, lambda: _tell(state, address))
    return 0


def _tell(state: ServerState, address: str) -> None:
    """Say where the pages are, and what is wrong with the workspace, if anything is."""
    if errors := state.snapshot.errors:
        print(errors, file=sys.stderr)
    if state.token:
        print("kg: to write, mark words in an article's page (kg help desk)", file=sys.stderr)
    print(f"kg: {address}  (Ctrl-C ends it)", flush=True)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: 0 to 65535")
    return int(text)
