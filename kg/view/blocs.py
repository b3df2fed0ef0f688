"""What belongs together in a picture: each pole (a state, or whatever a view names) with all that
belongs to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from kg.reading import Reading
from kg.reports.network.sides import find_belongings
from kg.view.picture import Bloc


def find_blocs(ids: Collection[str], poles: Sequence[str], reading: Reading) -> tuple[Bloc, ...]:
    """Return the blocs of which any of these things is one: those of ``poles``, or else of all
    things of a class that makes poles, the largest first. What belongs to several is of none.
    """
    corpus, classes = reading.graph_corpus, reading.ontology.classes
    heads = [corpus.main_id(pole) for pole in poles] or sorted(
        thing.id
        for thing in corpus.actors.values()
        if thing.type.id in classes and classes[thing.type.id].is_pole
    )
    shown_ids, apart = set(ids), set(heads)
    members = {
        head: (each & shown_ids) - (apart - {head})
        for head, each in find_belongings(heads, reading).items()
        if head in corpus.things
    }
    counts = Counter(id for each in members.values() for id in each)
    blocs = []
    for head, each in members.items():
        things = tuple(id for id in sorted(each) if counts[id] == 1)
        if things:
            blocs.append(Bloc(head, corpus.things[head].label, things))
    return tuple(blocs if poles else sorted(blocs, key=lambda bloc: (-len(bloc.things), bloc.pole)))
