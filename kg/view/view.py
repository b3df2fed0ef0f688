"""What a picture shows: the rows of a view, and everything a reader needs to know about them.

A view (``viz/*.rq``) asks for rows of source, target and assertion. A row is a tie, and nothing can
be tied that cannot be cited: for every assertion there is a card with its sentence, its status and
the reason for it, who says so, and where it stands. All of it is read from the graph, so that a
picture can be made from any graph of this kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.diagnostics import KgError
from kg.view.cards import DCTERMS, CardGraph
from kg.view.picture import Card, History, Lives, Matrix, Picture, Source


class Row(NamedTuple):
    """One row of a view: IRIs, and a label for the tie where the view gives one."""

    source: str
    target: str
    assertion: str
    label: str = ""


def rows(name: str, solutions: QuerySolutions) -> tuple[Row, ...]:
    """The rows of a view's answer.

    Raises KgError (exit code 1) where a column is missing, or a row lacks a thing at either end.
    """
    columns = {variable.value for variable in solutions.variables}
    if missing := [column for column in ("source", "target", "assertion") if column not in columns]:
        raise KgError(
            f"view '{name}' lacks the column ?{missing[0]}",
            exit_code=1,
            hint="a view is a SELECT with the columns ?source ?target ?assertion, and ?label if the lines have names",
        )
    found = []
    for number, solution in enumerate(solutions, 1):
        source, target, assertion = (
            solution[column] for column in ("source", "target", "assertion")
        )
        if not isinstance(source, NamedNode) or not isinstance(target, NamedNode):
            side, what = ("target", target) if isinstance(source, NamedNode) else ("source", source)
            raise KgError(
                f"view '{name}', row {number}: ?{side} is {'nothing' if what is None else what}, not a thing",
                exit_code=1,
                hint=f"add FILTER(isIRI(?{side})) to the view",
            )
        label = solution["label"] if "label" in columns else None
        found.append(
            Row(
                source.value,
                target.value,
                assertion.value if isinstance(assertion, NamedNode) else "",
                label.value if isinstance(label, Literal) else "",
            )
        )
    return tuple(found)


def picture(
    graph: CardGraph,
    rows: Iterable[Row],
    name: str,
    title: str,
    question: str = "",
    about: str = "",
    history: History | None = None,
    matrices: Iterable[Matrix] = (),
    living: Callable[[str], Lives | None] = lambda _: None,
) -> Picture:
    """The picture that these rows make of a graph.

    ``about`` is the id of the thing at the centre; where the rows do not hold it, the picture has
    no centre. Of the ``matrices`` those stay whose dispute, or an assertion of which, is drawn;
    ``living`` tells the life of a thing. Raises KgError (exit code 1) where a row's assertion is
    none, or does not tie what the row ties.
    """
    history = history or History()
    kept: dict[tuple[str, str, str], Row] = {}
    for number, row in enumerate(rows, 1):
        if not graph.is_assertion(row.assertion):
            what = graph.id(row.assertion) if row.assertion else "nothing"
            raise KgError(
                f"view '{name}', row {number} ({graph.label(row.source)} - {graph.label(row.target)}): "
                f"{what} is not an assertion, so the tie could not be cited",
                exit_code=1,
                hint="let ?assertion be the kg:Assertion that the row rests on",
            )
        if told := graph.misdrawn(row.source, row.target, row.assertion):
            raise KgError(
                f"view '{name}', row {number} ({graph.label(row.source)} - {graph.label(row.target)}): {told}",
                exit_code=1,
                hint="draw an assertion from its rdf:subject to its rdf:object, or from a kg:speaker to one of these",
            )
        key = (row.source, row.target, row.assertion)
        kept[key] = min(kept.get(key, row), row, key=lambda r: r.label)
    drawn = [kept[key] for key in sorted(kept)]
    nodes = tuple(
        graph.node(iri)
        for iri in sorted({iri for row in drawn for iri in (row.source, row.target)})
    )
    ids = {graph.id(row.assertion) for row in drawn} | {node.id for node in nodes}
    kept_matrices = tuple(
        m
        for m in matrices
        if m.dispute.id in ids or any(c.assertion in ids for row in m.rows for c in row.cells)
    )
    others = {
        cell.assertion for matrix in kept_matrices for row in matrix.rows for cell in row.cells
    }
    lives = tuple(lived for node in nodes if (lived := living(node.id)))
    others |= {
        id for lived in lives for step in lived.steps for id in (step.assertion, step.realised_by)
    }
    others |= {rival for id in ids for run in history.runs.get(id, ()) for rival in run.against}
    wanted = {row.assertion for row in drawn} | {
        iri for id in others if graph.is_assertion(iri := graph.assertion(id))
    }
    found = {iri: graph.card(iri) for iri in sorted(graph.argument(wanted))}
    ties = tuple(
        graph.tie(row.source, row.target, row.assertion, found[row.assertion], row.label)
        for row in drawn
    )
    return Picture(
        name=name,
        title=title,
        question=question,
        centre=about if any(node.id == about for node in nodes) else "",
        nodes=nodes,
        ties=ties,
        cards=tuple(found.values()),
        sources=graph.cited(found),
        statuses=graph.meanings({card.status for card in found.values()} | _once(history, ids)),
        dataset=graph.dataset_text(f"{DCTERMS}title"),
        licence=graph.dataset_text(f"{DCTERMS}license"),
        base=graph.base,
        history=history,
        matrices=kept_matrices,
        lives=lives,
    )


def _once(history: History, ids: Iterable[str]) -> set[str]:
    """The statuses that these assertions had when less was known."""
    return {run.status for id in ids for run in history.runs.get(id, ()) if run.status}


def cards(store: Store, assertions: Iterable[str]) -> tuple[tuple[Card, ...], tuple[Source, ...]]:
    """The cards of some assertions, given by IRI, in their order; and the articles that they cite."""
    graph = CardGraph(store)
    found = {iri: graph.card(iri) for iri in assertions}
    return tuple(found.values()), graph.cited(found)
