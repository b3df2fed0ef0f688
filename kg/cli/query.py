"""Ask the graph with SPARQL.

Ask a saved question (queries/NAME.rq), a file, or standard input. Common prefixes need not be
declared. Queries only read: updates, SERVICE and FROM are refused. csv and tsv hold values as they
are: a spreadsheet may run one that begins with '='; see --safe-csv.
"""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.cli.lens import lens_options, say_lens, selected_lens
from kg.cli.options import options
from kg.cli.sources import opened_workspace
from kg.diagnostics import KgError
from kg.files.disk import open_at_once
from kg.files.workspace import Workspace
from kg.query import AnswerFormat
from kg.text.characters import printable

if TYPE_CHECKING:
    from kg.query.sandbox import Limits
    from kg.query.saved import SavedQuery
    from kg.status.lens import Lens


MOST_ROWS = 100_000
PATIENCE = 4.0
"""A busy machine or disk may take so many times the seconds of the processor."""
READING_SECONDS = 120.0
"""How long reading a large workspace may take before the clock of the question starts."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "query",
        nargs="?",
        metavar="NAME|FILE|-",
        help="a saved query, a file with SPARQL, or - for standard input",
    )
    options(
        parser,
        {
            "--list": "list the saved queries with their questions",
            "--param NAME=VALUE...": "set a parameter of the query (repeatable)",
            "--format": (
                "how to print the answer (default: table; ttl is for CONSTRUCT and DESCRIBE)",
                tuple(AnswerFormat),
            ),
            "--evidence": "with each row the assertions, articles and paragraphs behind it",
            "--safe-csv": "in csv and tsv, put ' before a value that a spreadsheet would run",
            "--timeout SECONDS": ("stop after so much time of the processor", 5.0),
            "--memory MIB": ("stop at this much memory beyond the graph itself", 448),
            "--most-rows N": ("stop at more rows", MOST_ROWS),
            "--endpoint URL": (
                "ask the query service of another engine, to which kg load brought the graph"
            ),
            "--graph IRI": "with --endpoint: the graph to ask (default: the default one)",
        },
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ask the graph, in a process that can be stopped."""
    from kg.query.sandbox import MIB, Limits, within_limits

    workspace = opened_workspace(arguments)
    if arguments.list:
        return _list_queries(workspace)
    if arguments.query is None:
        raise KgError(
            "which query?",
            hint="name a saved one (kg query --list), a file, or - for standard input",
        )
    saved = _read_saved_query(workspace, arguments.query)
    if arguments.endpoint:
        return _ask_endpoint(workspace, saved, arguments)
    if arguments.graph:
        raise KgError("--graph names a graph of an engine", hint="add --endpoint URL")
    hint = "make the query smaller, or raise the limit: --timeout 60, --memory 2000"
    limits = Limits(
        arguments.timeout, READING_SECONDS, arguments.memory * MIB, patience=PATIENCE, hint=hint
    )
    return within_limits(lambda: _answer(workspace, saved, arguments, limits), limits)


def _answer(
    workspace: Workspace, saved: SavedQuery, arguments: argparse.Namespace, limits: Limits
) -> int:
    from kg.query.evidence import with_evidence
    from kg.query.formats import write_answer
    from kg.query.holding import silence_notes, with_certainty
    from kg.query.otherids import other_id_notes
    from kg.query.run import ask_store
    from kg.query.sandbox import start_the_clock
    from kg.query.saved import bind_parameters, with_day
    from kg.reading.store import load_graph

    values = _params(arguments.param)
    through = _lens_of(saved, values, arguments)
    store, ontology = load_graph(workspace, through)
    start_the_clock(limits)
    prefixes = ontology.prefixes
    text = bind_parameters(saved, with_day(saved, values, through.true_on), ontology, store)
    answer = ask_store(store, text, prefixes, saved.name, arguments.most_rows)
    columns = answer.columns
    if arguments.evidence:
        answer = with_evidence(store, text, answer, prefixes)
    if through.true_on:
        answer = with_certainty(store, text, answer, prefixes, columns)
        if not (answer.rows or answer.truth or answer.triples):
            notes = silence_notes(store, [through.true_on])
            answer = answer._replace(notes=(*answer.notes, *notes))
    answer = answer._replace(notes=(*answer.notes, *other_id_notes(text, prefixes, store)))
    if arguments.format in ("csv", "tsv"):
        for note in answer.notes:
            print(f"kg: {note}", file=sys.stderr)
    sys.stdout.write(
        write_answer(answer, AnswerFormat(arguments.format), prefixes, arguments.safe_csv)
    )
    say_lens(through, sys.stdout if arguments.format == "table" else sys.stderr)
    return 0


def _ask_endpoint(workspace: Workspace, saved: SavedQuery, arguments: argparse.Namespace) -> int:
    """Ask another engine. What needs more than the graph is refused."""
    from kg.query.endpoint import Endpoint
    from kg.query.formats import write_answer
    from kg.query.saved import bind_parameters, with_day
    from kg.reading.reading_cache import known_ontology

    values = _params(arguments.param)
    lens = _lens_of(saved, values, arguments)
    if arguments.evidence or lens:
        what = "--evidence" if arguments.evidence else f"a lens ({lens})"
        raise KgError(
            f"an engine cannot answer with {what}",
            hint="what stands behind a row, and what a lens shows, is judged from the workspace: "
            "ask without --endpoint",
        )
    files = workspace.ontology_files().contents
    ontology, _ = known_ontology(workspace.root, files)
    text = bind_parameters(saved, with_day(saved, values, None), ontology)
    endpoint = Endpoint(arguments.endpoint, arguments.graph or "", arguments.timeout * PATIENCE)
    answer = endpoint.ask(text, ontology.prefixes, saved.name, arguments.most_rows)
    format = AnswerFormat(arguments.format)
    sys.stdout.write(write_answer(answer, format, ontology.prefixes, arguments.safe_csv))
    return 0


def _lens_of(saved: SavedQuery, values: Mapping[str, str], arguments: argparse.Namespace) -> Lens:
    """The lens of the options, with the day that the query is asked of."""
    from kg.query.saved import day_of_lens

    lens = selected_lens(arguments)
    day = day_of_lens(saved, values)
    if day and lens.true_on and day != lens.true_on:
        message = f"--param names {day}, and --true-on {lens.true_on}: these are two days"
        raise KgError(message, hint="leave one of them out")
    return replace(lens, true_on=day or lens.true_on)


def _params(options: list[str]) -> dict[str, str]:
    params: dict[str, str] = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not equals or not name:
            raise KgError(f"--param takes NAME=VALUE, not '{option}'")
        if name in params:
            message = f"--param names {name} twice: '{params[name]}' and '{value}'"
            raise KgError(message, hint="ask once for each")
        params[name] = value
    return params


def _read_saved_query(workspace: Workspace, name: str) -> SavedQuery:
    """The query to ask: a saved one by name, a file, or standard input."""
    from kg.query.folder import find_saved_query
    from kg.query.run import MOST_CHARACTERS, read_query
    from kg.query.saved import parse_saved_query

    most_bytes = 4 * MOST_CHARACTERS + 1
    if name == "-":
        return parse_saved_query("<query>", read_query(sys.stdin.buffer.read(most_bytes)))
    if "{" in name:
        raise KgError(
            "this is SPARQL, not a name",
            hint="kg query - reads it from standard input, or name a file",
        )
    if not (name.endswith(".rq") or "/" in name or "\\" in name):
        return find_saved_query(workspace, name)
    return parse_saved_query(name, read_query(_read_file(name, most_bytes), name))


def _read_file(name: str, most_bytes: int) -> bytes:
    """The beginning of a regular file: a pipe could make anyone wait for ever."""
    try:
        with open(name, "rb", opener=open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                hint = "kg query - reads standard input, as in: some-command | kg query -"
                raise KgError(f"cannot read {printable(name)}: not a regular file", hint=hint)
            return file.read(most_bytes)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise KgError(f"cannot read {printable(name)}: {reason}") from None


def _list_queries(workspace: Workspace) -> int:
    from kg.query.folder import read_saved_queries

    queries = read_saved_queries(workspace)
    if not queries:
        print("queries/ holds no saved query yet: put SPARQL into queries/NAME.rq")
    for saved in queries.values():
        print(f"{saved.name}\n    {saved.question}")
        for param in saved.params:
            kind = str(param.kind)
            if param.default:
                kind += f", {param.default} if left out"
            elif param.required:
                kind += ", required"
            print(f"    --param {param.name}=...  {param.help} ({kind})")
    return 0
