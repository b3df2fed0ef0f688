"""The face of kg for Python: one workspace, read, checked and ready to be asked.

Everything heavy is imported where it is used, so that ``import kg`` costs nothing.
"""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kg.diagnostics import Diagnostic, KgError

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.model import Corpus
    from kg.page.network import ViewNetwork
    from kg.reading import Reading

Value = str | int | float | bool | None
"""A cell of an answer: a thing or record by its id, a number, a text (dates too), or None where it
is unbound.
"""


class Graph:
    """A workspace: what it says (``corpus``), what is wrong with it (``diagnostics``), and its
    graph.

    The graph exists only where there is no error; asking for it otherwise raises KgError, which
    names the first one.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def __repr__(self) -> str:
        corpus = self.corpus
        return (
            f"<kg.Graph of {self._reading.workspace.root}: {len(corpus.assertions)} assertions "
            f"about {len(corpus.things)} things, {len(self.diagnostics)} diagnostics>"
        )

    @property
    def corpus(self) -> Corpus:
        """Articles, things, assertions and conflicts as frozen values (see ``kg.model``)."""
        return self._reading.corpus

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every mistake, in reading order; empty where all is well."""
        return self._reading.diagnostics

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset over the Oxigraph store that ``query`` asks; all is in its
        default graph.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        dataset = rdflib.Dataset(store=OxigraphStore(store=self._reading.store))
        for prefix, iri in self._reading.ontology.prefixes.items():
            dataset.bind(prefix, iri)
        return dataset

    def query(self, query: str, **params: str) -> list[dict[str, Value]]:
        """The rows of a SELECT: ``query`` is the name of a saved query or SPARQL text, ``params``
        sets its parameters.

        Things and records come as ids, numbers as numbers, all else as text. Raises KgError where
        the query is wrong or is no SELECT (``dataset.query`` answers those). No limits of time and
        memory apply, unlike in ``kg query``.
        """
        from kg.query.parameters import plain_value
        from kg.query.run import Form, ask
        from kg.query.saved import bind_parameters, find_query

        store, ontology = self._reading.store, self._reading.ontology
        saved = find_query(self._reading.workspace, query)
        text = bind_parameters(saved, params, ontology, store)
        answer = ask(store, text, ontology.prefixes, saved.name)
        if answer.form is not Form.SELECT:
            raise KgError("only a SELECT has rows", hint="ask graph.dataset.query(...) instead")
        rows = []
        for row in answer.rows:
            values = (plain_value(term, ontology.base) for term in row)
            rows.append(dict(zip(answer.columns, values, strict=True)))
        return rows

    def network(self, view: str) -> networkx.MultiDiGraph[str]:
        """A view as a networkx graph: nodes by id, an edge for each row, keyed by and carrying its
        assertion's id.

        Raises KgError where there is no such view.
        """
        from kg.site import picture_of
        from kg.view.network import network

        return network(picture_of(self._reading, view))

    def view(self, name: str) -> ViewNetwork:
        """A view as a pyvis network, to be changed and shown: ``show("page.html")`` writes its
        page, and a notebook shows it.

        Raises KgError where there is no such view.
        """
        from kg.site import view_network

        return view_network(self._reading, name)


def load(workspace: str | PathLike[str] = ".") -> Graph:
    """The workspace in a folder, read and checked. Raises KgError where the folder is none."""
    from kg.reading import read
    from kg.workspace import find_workspace

    return Graph(read(find_workspace(Path(workspace))))
