"""The face of kg for Python: one workspace, read, checked and ready to be asked.

Everything heavy is imported where it is used, so that ``import kg`` costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from kg.diagnostics import Diagnostic, KgError

if TYPE_CHECKING:
    from datetime import date

    import networkx
    import pyoxigraph as ox
    import rdflib

    from kg.model.corpus import Corpus
    from kg.page.network import ViewNetwork
    from kg.query.saved import SavedQuery
    from kg.reading import Reading
    from kg.status.lens import Lens as ReadLens
    from kg.status.statement import Statement

CellOfAnswer = str | int | float | bool | None
"""A cell of an answer: a thing or record by its id, a number, a text (dates too), or None where it
is unbound.
"""


@dataclass(frozen=True)
class Lens:
    """What a graph is looked at through. Days are ISO texts (``2019-11-16``) or values of
    ``datetime``; left out, all is let through.

    ``true_on`` keeps what holds on a day, ``known_by`` what was published by the end of a day or by
    an hour (``2019-11-16T12:00+09:00``). ``according_to`` is the id of a speaker, or several, whose
    claims are taken as accepted. ``min_sources`` is the least number of independent sources,
    ``statuses`` are those to keep, such as ``accepted``.
    """

    true_on: str | date | None = None
    known_by: str | date | None = None
    according_to: str | Iterable[str] = ()
    min_sources: int = 0
    statuses: str | Iterable[str] = ()


class Asking(NamedTuple):
    """How a graph may be asked: for how many seconds and MiB a question, and whether as an rdflib
    Dataset, too.
    """

    timeout: float
    memory: int
    open_dataset: bool


class Graph:
    """A workspace: what it says (``corpus``), what is wrong with it (``diagnostics``), and its
    graph, all of it as a lens shows it.

    The graph exists only where there is no error; asking for it otherwise raises KgError, which
    names the first one.
    """

    def __init__(self, reading: Reading, asking: Asking, whole: Reading | None = None) -> None:
        self._reading, self._asking, self._whole = reading, asking, whole or reading

    def __repr__(self) -> str:
        corpus, lens = self.corpus, self._reading.lens
        through = f" through {lens}" if lens else ""
        return (
            f"<kg.Graph of {self._reading.workspace.root}{through}: "
            f"{len(corpus.assertions)} assertions about {len(corpus.things)} things, "
            f"{len(self.diagnostics)} diagnostics>"
        )

    def under(self, lens: Lens) -> Graph:
        """This workspace as a lens shows it, whole: a lens does not add to another one.

        Raises KgError where the workspace has errors, or the lens names no day, speaker or status.
        """
        return Graph(self._whole.under(_read_lens(lens)), self._asking, self._whole)

    @property
    def corpus(self) -> Corpus:
        """Articles, things, assertions and conflicts as frozen values (see ``kg.model``), as far as
        the lens shows them.
        """
        return self._reading.visible_corpus if self._reading.lens else self._reading.corpus

    @property
    def statements(self) -> dict[str, Statement]:
        """Every assertion that the lens shows, by id, with where it stands (``status``,
        ``reason``), its ``sentence``, and how surely it holds (``certainty``).
        """
        statements = self._reading.statements
        return {id: statements[id] for id in self._reading.visible_corpus.assertions}

    def why(self, id: str) -> dict[str, Any]:
        """What ``kg why --format json`` tells of an assertion, or of all that concerns a thing,
        article or conflict.

        Raises KgError where the lens shows nothing of that id.
        """
        from kg.reports.explanation import explain
        from kg.reports.why import why_document

        document = why_document(id, explain(id, self._reading), self._reading)
        return cast("dict[str, Any]", document.data)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every mistake, in reading order; empty where all is well."""
        return self._reading.diagnostics

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset over an Oxigraph store; all is in its default graph. It is
        a copy: what is written there changes no answer of this graph.

        Raises KgError where it was not opened (``kg.load(..., open_dataset=True)``): what rdflib is
        asked has no limits of time and memory, and may leave this machine (SERVICE).
        """
        store = self._reading.store
        if not self._asking.open_dataset:
            raise KgError(
                "the dataset is shut: what rdflib is asked has no limits and may use the network",
                hint="graph.query asks within limits; kg.load(..., open_dataset=True) opens it",
            )
        import pyoxigraph as ox
        import rdflib
        from oxrdflib import OxigraphStore

        copy = ox.Store()
        copy.bulk_extend(store)
        dataset = rdflib.Dataset(store=OxigraphStore(store=copy))
        for prefix, iri in self._reading.ontology.prefixes.items():
            dataset.bind(prefix, iri)
        return dataset

    def query(self, query: str, **params: str) -> list[dict[str, CellOfAnswer]]:
        """The rows of a SELECT: ``query`` is the name of a saved query or SPARQL text, ``params``
        sets its parameters.

        Under a lens with a day, rows that do not hold certainly on it have a column more,
        ``holds``. Things and records come as ids, numbers as numbers, all else as text. Raises
        KgError where the query is wrong or is no SELECT, or goes beyond a limit of time, memory or
        size (``kg.load`` sets them), with exit code 3.
        """
        from kg.query.folder import find_query
        from kg.query.sandbox import MIB, Limits, within_limits
        from kg.query.saved import day_of_lens

        saved = find_query(self._reading.workspace, query)
        reading = self._reading
        if day := day_of_lens(saved, params):
            reading = reading.under(replace(reading.lens, true_on=day))
        # What is large is made here, once, and not in the process that asks.
        store = reading.store
        hint = "make the query smaller, or raise the limit: kg.load(..., timeout=60, memory=2000)"
        limits = Limits(self._asking.timeout, 0, self._asking.memory * MIB, hint=hint)
        return within_limits(lambda: _rows(saved, params, reading, store), limits)

    def network(self, view: str) -> networkx.MultiDiGraph[str]:
        """A view as a networkx graph: nodes by id, an edge for each row, keyed by and carrying its
        assertion's id.

        Raises KgError where there is no such view.
        """
        from kg.site.pages import picture_of
        from kg.view.network import network

        return network(picture_of(self._reading, view))

    def view(self, name: str) -> ViewNetwork:
        """A view as a pyvis network, to be changed and shown: ``show("page.html")`` writes its
        page, and a notebook shows it.

        Raises KgError where there is no such view.
        """
        from kg.site.pages import view_network

        return view_network(self._reading, name)


def load(
    workspace: str | PathLike[str] = ".",
    *,
    timeout: float = 5.0,
    memory: int = 448,
    open_dataset: bool = False,
) -> Graph:
    """The workspace in a folder, read and checked.

    A question may take ``timeout`` seconds and ``memory`` MiB, as in ``kg query``; ``open_dataset``
    lets ``Graph.dataset`` be used, which has no limits. Raises KgError where the folder is no
    workspace.
    """
    from kg.files.workspace import find_workspace
    from kg.reading import read

    asking = Asking(timeout, memory, open_dataset)
    return Graph(read(find_workspace(Path(workspace))), asking)


def _rows(
    saved: SavedQuery, params: Mapping[str, str], reading: Reading, store: ox.Store
) -> list[dict[str, CellOfAnswer]]:
    """Ask a store, as the lens of a reading does."""
    from kg.query.holding import with_certainty
    from kg.query.parameters import plain_term
    from kg.query.run import Form, ask_store
    from kg.query.saved import bind_parameters, with_day

    day, ontology = reading.lens.true_on, reading.ontology
    text = bind_parameters(saved, with_day(saved, params, day), ontology, store)
    answer = ask_store(store, text, ontology.prefixes, saved.name)
    if answer.form is not Form.SELECT:
        hint = "instead of ASK { ... } write SELECT (EXISTS { ... } AS ?answer) {}"
        raise KgError("only a SELECT has rows", hint=hint)
    if day:
        answer = with_certainty(store, text, answer, ontology.prefixes, answer.columns)
    rows = []
    for row in answer.rows:
        values = (plain_term(term, ontology.base) for term in row)
        rows.append(dict(zip(answer.columns, values, strict=True)))
    return rows


def _read_lens(lens: Lens) -> ReadLens:
    """A lens with its days and words read. Raises KgError where one is none."""
    from kg.status.lens_words import read_lens

    return read_lens(
        true_on=_day_text(lens.true_on),
        known_by=_day_text(lens.known_by),
        according_to=_texts(lens.according_to),
        min_sources=lens.min_sources,
        statuses=_texts(lens.statuses),
    )


def _texts(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _day_text(day: str | date | None) -> str | None:
    return day if day is None or isinstance(day, str) else day.isoformat()
