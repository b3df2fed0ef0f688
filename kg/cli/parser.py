"""Every command, option and word of help. ``docs/cli.md`` and the shells' completions are made from it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DESCRIPTION = """\
A graph of who did what to whom, under which pact, in which dispute, when, and who says so.

kg reads the workspace it stands in (or -C DIR): YAML assertions with citations below sources/, an ontology below
ontology/. It checks them, builds an RDF graph and pages from them, and answers questions with their evidence."""

STATUSES = ("accepted", "attributed", "contested", "denial", "prospective", "opinion", "withdrawn", "superseded")
EXIT_CODES = """\
exit codes: 0 fine (perhaps with warnings), 1 problems in the data, 2 wrong usage or unreadable input,
3 a limit was hit"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="kg", description=DESCRIPTION, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("-C", dest="workspace", metavar="DIR", type=Path, help="the workspace (default: where you stand)")
    top.add_argument("--version", action="version", version=f"kg {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    for add in (_init, _check, _build, _query, _why, _view, _ontology, _completion):
        add(commands)
    return top


def _lens(command: argparse.ArgumentParser) -> None:
    """The options of the lens, the same for every command that takes it."""
    lens = command.add_argument_group(
        "lens", "What to look through; the answer says so. Hiding a denial never makes what it denies a fact."
    )
    lens.add_argument("--true-on", metavar="DATE", help="what holds on this day, certainly or possibly")
    lens.add_argument(
        "--known-by",
        metavar="DATE",
        help="what was published by this day: later articles, withdrawals and corrections do not exist",
    )
    lens.add_argument(
        "--according-to",
        metavar="ACTOR",
        action="append",
        default=[],
        help="take this speaker's claims as accepted (repeatable)",
    )
    lens.add_argument(
        "--min-sources", metavar="N", type=_positive, default=0, help="what at least N independent sources report"
    )
    lens.add_argument(
        "--status",
        metavar="STATUS",
        action="append",
        default=[],
        choices=STATUSES,
        help=f"keep this status (repeatable): {', '.join(STATUSES)}",
    )


def _positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _seconds(text: str) -> float:
    """A time above 0."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def _command(commands: Commands, name: str, help: str, description: str) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=help,
        description=description,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=_runner(name))
    return command


def _runner(name: str) -> Callable[[argparse.Namespace], int]:
    """The function of ``kg.cli.commands`` with the command's name, imported only when it runs."""

    def run(arguments: argparse.Namespace) -> int:
        from kg.cli import commands

        function: Callable[[argparse.Namespace], int] = getattr(commands, name)
        return function(arguments)

    return run


def _init(commands: Commands) -> None:
    command = _command(
        commands,
        "init",
        "start a new workspace",
        "Make a folder with the core ontology, queries and views, ready for your first article.",
    )
    command.add_argument("folder", metavar="DIR", type=Path, help="the folder to make (new, or empty)")
    command.add_argument(
        "--example", action="store_true", help="copy the worked example: the GSOMIA row of November 2019"
    )


def _check(commands: Commands) -> None:
    command = _command(
        commands,
        "check",
        "say everything that is wrong, in one run",
        "Read all sources and the ontology and report each mistake with its place, code and next step.",
    )
    command.add_argument(
        "--format",
        choices=("text", "json", "github", "sarif"),
        default="text",
        help="how to print findings (default: text)",
    )
    command.add_argument(
        "--texts", metavar="DIR", type=Path, help="also look every citation up in your own copies of the articles"
    )


def _build(commands: Commands) -> None:
    command = _command(
        commands,
        "build",
        "write the graph and all pages to site/",
        "Check the workspace and, if it has no errors, write graph.nq, graph.ttl and one HTML page for each view.\n"
        "The same workspace gives the same bytes. Files appear whole or not at all.",
    )
    command.add_argument("--out", metavar="DIR", help="where to write (default: site/ in the workspace)")
    _lens(command)


def _query(commands: Commands) -> None:
    command = _command(
        commands,
        "query",
        "ask the graph with SPARQL",
        "Ask a saved question (queries/NAME.rq), a file, or standard input. Common prefixes need not be declared.\n"
        "Queries only read: updates, SERVICE and FROM are refused.\n"
        "csv and tsv hold values as they are: a spreadsheet may run one that begins with '='; see --safe-csv.",
    )
    command.add_argument(
        "query", nargs="?", metavar="NAME|FILE|-", help="a saved query, a file with SPARQL, or - for standard input"
    )
    command.add_argument("--list", action="store_true", help="list the saved queries with their questions")
    command.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="set a parameter of the query (repeatable)"
    )
    command.add_argument(
        "--format",
        choices=("table", "csv", "tsv", "json", "md", "ttl"),
        default="table",
        help="how to print the answer (default: table; ttl is for CONSTRUCT and DESCRIBE)",
    )
    command.add_argument(
        "--evidence", action="store_true", help="with each row the assertions, articles and paragraphs behind it"
    )
    command.add_argument(
        "--safe-csv", action="store_true", help="in csv and tsv, put ' before a value that a spreadsheet would run"
    )
    command.add_argument(
        "--timeout", type=_seconds, default=5.0, metavar="SECONDS", help="stop after this time (default: 5)"
    )
    command.add_argument(
        "--memory",
        type=_positive,
        default=448,
        metavar="MIB",
        help="stop at this much memory in all (default: 448)",
    )
    command.add_argument(
        "--most-rows", type=_positive, default=100_000, metavar="N", help="stop at more rows (default: 100000)"
    )
    _lens(command)


def _why(commands: Commands) -> None:
    command = _command(
        commands,
        "why",
        "say in plain words why an edge stands",
        "Print who says it, who denies it, its status and the reason for it, with article, paragraph, publisher,\n"
        "originator and date. For a thing or an article: all assertions that concern it.",
    )
    command.add_argument("id", metavar="ID", help="an assertion, thing, article or conflict")
    command.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")
    _lens(command)


def _view(commands: Commands) -> None:
    command = _command(
        commands,
        "view",
        "write the page of one view, or of all",
        "Write site/NAME.html: one file that opens without a network. Without NAME: the pages of all views.",
    )
    command.add_argument("name", nargs="?", metavar="NAME", help="a view: viz/NAME.rq")
    command.add_argument("--out", metavar="DIR", help="where to write (default: site/ in the workspace)")
    command.add_argument("--title", help="another title for the page")
    _lens(command)


def _ontology(commands: Commands) -> None:
    command = _command(
        commands,
        "ontology",
        "list the classes and relations that may be used",
        "Print each class of things and each relation with what it ties together; or all about one of them.",
    )
    command.add_argument("term", nargs="?", metavar="NAME", help="a class or relation, such as partyTo")


def _completion(commands: Commands) -> None:
    command = _command(
        commands,
        "completion",
        "print a completion script for your shell",
        'Print a script that completes kg\'s commands and options: eval "$(kg completion bash)"',
    )
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="your shell")
