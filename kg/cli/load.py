"""Bring the graph to another SPARQL engine.

Replace a graph of the engine at STORE-URL by that of the workspace, in one request (Graph Store
Protocol). Doing it again changes nothing. Credentials come from KG_ENDPOINT_TOKEN or ~/.netrc.
With --check, count the triples there and ask every saved query on both sides; exit code 1 where
rows differ, 3 where a question hits a limit of kg's own, so that nothing can be compared.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import __version__
from kg.cli.options import options
from kg.cli.sources import opened_workspace
from kg.diagnostics import KgError
from kg.files.workspace import Workspace

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.ontology import Ontology
    from kg.query.endpoint import Endpoint
    from kg.query.run import Answer
    from kg.query.saved import SavedQuery

MOST_TRIPLES = 1_000_000
"""More of them take an engine's own way of loading: a request that size takes minutes, and memory
that many engines do not give it.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "STORE-URL": "the graph store, as http://127.0.0.1:7878/store",
            "--graph IRI": "the graph to replace (default: the default one)",
            "--check QUERY-URL": (
                "the query service, as http://127.0.0.1:7878/query: compare its answers"
            ),
            "--timeout SECONDS": ("wait so long for the engine", 600.0),
        },
        default="",
    )


def run(arguments: argparse.Namespace) -> int:
    """Load the graph, and compare answers where that was asked for."""
    from kg.query.endpoint import Endpoint

    workspace = opened_workspace(arguments)
    data = _graph(workspace)
    triples = data.count(b"\n")
    if triples > MOST_TRIPLES:
        _tell_own_way(triples, bool(arguments.check))
    else:
        began = time.monotonic()
        Endpoint(arguments.store_url, arguments.graph, arguments.timeout).put(data)
        took = time.monotonic() - began
        where = f"the graph <{arguments.graph}>" if arguments.graph else "the default graph"
        print(f"{triples:,} triples are {where} of {arguments.store_url} now ({took:.1f} s)")
    if not arguments.check:
        return 0
    return _compare(
        workspace, Endpoint(arguments.check, arguments.graph, arguments.timeout), triples
    )


def _tell_own_way(triples: int, is_checked: bool) -> None:
    """Say how to load what is too large for one request. Raises KgError where nothing else was
    asked for.
    """
    message = f"the graph has {triples:,} triples, too many for one request"
    hint = (
        "kg build, then the engine's own way with site/graph.nq, as: "
        "oxigraph load --location DIR --file site/graph.nq --format nq"
    )
    if not is_checked:
        raise KgError(message, hint=hint)
    print(f"{message}: what the engine holds is compared\n  hint: {hint}", file=sys.stderr)


def _graph(workspace: Workspace) -> bytes:
    """The graph as N-Triples: of the last build where nothing has changed since, else made anew."""
    from kg.export.formats import ExportFormat
    from kg.export.write import export_reading
    from kg.files.output import SITE, fresh_file
    from kg.reading import read
    from kg.status.lens import Lens

    graph_file = fresh_file(workspace.root / SITE, "graph.nq", workspace.inputs(__version__))
    if graph_file is not None:
        return graph_file
    return export_reading(read(workspace, questions=()).under(Lens()), ExportFormat.NQ)


def _compare(workspace: Workspace, endpoint: Endpoint, triples: int) -> int:
    """Print where an engine answers otherwise than kg does."""
    from kg.query.folder import read_saved_queries
    from kg.reading.store import load_graph

    store, ontology = load_graph(workspace)
    counted_there = endpoint.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", ontology.prefixes)
    numbers = [str(getattr(each, "value", "")) for row in counted_there.rows for each in row]
    wrong, uncompared = [], []
    if numbers != [str(triples)]:
        wrong.append(f"triples: {', '.join(numbers) or 'no number'} there, {triples} here")
    asked_count = 0
    silent: dict[str, list[str]] = {}
    for saved in read_saved_queries(workspace).values():
        if reason := _why_not_asked(saved):
            silent.setdefault(reason, []).append(saved.name)
            continue
        try:
            difference = _difference(saved, store, ontology, endpoint)
        except KgError as error:
            uncompared.append(f"{saved.name}: not compared, since kg has no answer: {error}")
            continue
        asked_count += 1
        wrong += [f"{saved.name}: {difference}"] if difference else []
    for line in (*wrong, *uncompared):
        print(line)
    more = f"; not compared: {len(uncompared)}" if uncompared else ""
    counts = f"{asked_count} saved queries; answered otherwise there: {len(wrong)}{more}"
    print(f"asked on both sides: {counts}")
    for reason, names in silent.items():
        print(f"not asked, since they {reason}: {', '.join(names)}")
    code = 3 if uncompared else 0
    return 1 if wrong else code


def _why_not_asked(saved: SavedQuery) -> str:
    """Why a saved query cannot be compared, if it cannot."""
    from kg.query.endpoint import is_portable

    if any(param.required for param in saved.params):
        return "need a parameter"
    return "" if is_portable(saved.text) else "ask kg:countSources, which is kg's own"


def _difference(saved: SavedQuery, store: ox.Store, ontology: Ontology, endpoint: Endpoint) -> str:
    """In what the answers to a saved query differ, or nothing. Raises KgError where kg has none."""
    from kg.query.run import ask_store
    from kg.query.sandbox import PATIENT_LIMITS, within_limits
    from kg.query.saved import bind_parameters, with_day

    text = bind_parameters(saved, with_day(saved, {}, None), ontology)
    answer = within_limits(
        lambda: ask_store(store, text, ontology.prefixes, saved.name), PATIENT_LIMITS
    )
    here = Counter(_rows(answer))
    try:
        there = Counter(_rows(endpoint.ask(text, ontology.prefixes, saved.name)))
    except KgError as error:
        return f"{error}"
    lacks, adds = (here - there).total(), (there - here).total()
    return f"{lacks:,} rows missing, {adds:,} too many" if lacks or adds else ""


def _rows(answer: Answer) -> Iterator[tuple[str, ...]]:
    yield from (tuple(map(str, row)) for row in answer.rows)
    yield from ((str(triple),) for triple in answer.triples)
    yield (str(answer.truth),)
