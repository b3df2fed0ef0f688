"""Every command, option and word of help. ``docs/cli.md`` and the shells' completions are made from
it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from kg import __version__
from kg.cli.options import EXIT_CODES, command, common_options
from kg.diagnostics import did_you_mean

DESCRIPTION = """\
A graph of who did what to whom, under which pact, in which dispute, when, and who says so.

kg reads the workspace it stands in (or -C DIR): YAML assertions with citations below sources/, an \
ontology below
ontology/. It checks them, builds an RDF graph and pages from them, and answers questions with \
their evidence."""

COMMANDS = (
    "init",
    "check",
    "verify",
    "text",
    "cite",
    "add",
    "proposals",
    "import",
    "build",
    "find",
    "query",
    "why",
    "status",
    "timeline",
    "disputes",
    "path",
    "report",
    "analyse",
    "view",
    "serve",
    "dossier",
    "diff",
    "export",
    "load",
    "ontology",
    "schema",
    "lsp",
    "rename",
    "fmt",
    "mcp",
    "help",
    "completion",
)
"""The commands in the order of ``kg --help``. Each has a module: its docstring is its help, and it
has ``add_options`` and ``run``.
"""


class _Parser(argparse.ArgumentParser):
    """A parser that names the nearest of the words that may stand where another stands."""

    def error(self, message: str) -> NoReturn:
        """Print usage and mistake, and end."""
        wrong = re.search(r"invalid choice: '(.*)' \(choose from (.*)\)", message)
        names = re.findall(r"[\w-]+", wrong[2]) if wrong else []
        hint = did_you_mean(wrong[1], names) if wrong else ""
        super().error(f"{message}\n  hint: {hint}" if hint else message)


def build_parser(
    names: Sequence[str] = COMMANDS, has_options: bool = True
) -> argparse.ArgumentParser:
    """Return the parser of a command line that may have these commands, or that asks for no more
    than a list of them, without their options.
    """
    top = _Parser(
        prog="kg",
        description=DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    common_options(top, is_told=True)
    top.set_defaults(workspace=None, texts=None, has_no_texts=False, no_cache=False)
    top.add_argument(
        "--version", action="version", version=f"kg {__version__}", help="print the version of kg"
    )
    commands = top.add_subparsers(
        dest="command", metavar="COMMAND", required=True, title="commands"
    )
    for name in names:
        # No module of Python can be called import.
        module = import_module(f"kg.cli.{'tables' if name == 'import' else name}")
        parser = command(commands, module.run, name, module.__doc__, has_options)
        if has_options:
            module.add_options(parser)
    return top
