"""The files of a graph, for other programs: N-Quads and Turtle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.files.held import HeldFiles
from kg.rdf.portable import portable_graph
from kg.rdf.writer import write_turtle
from kg.reading import Reading
from kg.reports.network.kept_ties import keep_answers
from kg.site.workers import WORKING_FOLDER, Output, SiteFiles, Work, WorkResult, do_all

TURTLE = "graph.ttl"


def graph_files(reading: Reading, jobs: int = 1, folder: Path = WORKING_FOLDER) -> SiteFiles:
    """Return the files of a graph alone, as a site has them."""
    results = do_all(_works(reading, folder), jobs, folder)
    return SiteFiles([*results, WorkResult(reading.graph)])


def _works(reading: Reading, folder: Path) -> Iterator[Work]:
    reading.write_graph(folder)
    yield lambda: turtle_file(reading)
    yield lambda: kept_answers(reading)


def turtle_file(reading: Reading) -> Output:
    """Return the graph as Turtle."""
    return Output([(TURTLE, hold_turtle(reading).blocks(TURTLE))])


def hold_turtle(reading: Reading) -> HeldFiles:
    """Return the graph as Turtle, held where its N-Quads are."""
    graph, prefixes = reading.graph, reading.ontology.prefixes
    held_files = HeldFiles(graph.folder)
    held_files.write(TURTLE, lambda file: write_turtle(file, portable_graph(graph), prefixes))
    return held_files


def kept_answers(reading: Reading) -> Output:
    """Keep what the next command is asked about, beside the files."""
    keep_answers(reading)
    return Output(())
