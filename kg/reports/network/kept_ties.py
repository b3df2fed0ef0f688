"""The ties of a workspace, kept so that a path is found without reading it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.ontology import Ontology
from kg.reading import Reading
from kg.reading.kept import Kept
from kg.reading.parts import keep_parts
from kg.reports.network.asides import Aside
from kg.reports.network.ties import NetworkTie, TieFacts, all_ties
from kg.status.status import Status


def keep_ties(ties: Iterable[NetworkTie], kept: Kept) -> None:
    """Keep the ties of a workspace in which no two ids stand for one thing."""
    rows = []
    for tie in ties:
        outside = tuple((id, aside.value) for id, aside in tie.outside)
        facts = tie.id, tie.relation, tie.status.value, tie.sources
        rows.append((tie.source, tie.target, facts, tie.words, outside, tie.is_loose))
    kept.cache.keep(_key(kept), rows, ())


def keep_answers(reading: Reading) -> None:
    """Keep what is read to answer a question about one thing, or the way between two, of a large
    workspace under no lens.
    """
    is_kept = not reading.lens and keep_parts(reading, is_asked=True)
    if is_kept and reading.kept and not reading.corpus.main_ids:
        keep_ties(all_ties(reading), reading.kept)


def find_ties(kept: Kept, ontology: Ontology) -> list[NetworkTie] | None:
    """Return the ties that were kept of a workspace as it is now, if they were."""
    rows = kept.cache.find(_key(kept), ())
    if not isinstance(rows, list):
        return None
    statuses, asides = {each.value: each for each in Status}, {each.value: each for each in Aside}
    ties = []
    for source, target, (id, relation, status, sources), words, outside, is_loose in rows:
        facts = (
            TieFacts(id, statuses[status], sources, ontology.relations[relation]) if id else None
        )
        reasons = tuple((end, asides[aside]) for end, aside in outside)
        ties.append(NetworkTie(source, target, facts, words, reasons, is_loose))
    return ties


def _key(kept: Kept) -> str:
    return f"{kept.state}-ties"
