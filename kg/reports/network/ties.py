"""What ties things to one another under a lens: assertions between two things, and the record's own
structure.

A tie is walked by ``kg path`` and counted by ``kg analyse``. Denials are none; texts are no things.
Left out unless asked for are what is not accepted, places and forums, and relations that only put
two things beside each other (``kg:tiesOnly``): to be in one city, to come later, to be told apart
is no dealing with each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Thing
from kg.model.locators import Locator
from kg.model.places import locators_by_article
from kg.model.references import Reference
from kg.ontology import Ontology
from kg.reading import Reading
from kg.reports.network.asides import ALSO, ASIDE_WORDS, Aside
from kg.status.statement import Statement
from kg.status.status import Status
from kg.text import count_noun, join_and

ACTS_FOR = "acts for"
"""The relation of the record's own structure, in words."""


_LOOSE = {"InPlace": Aside.PLACES, "InTime": Aside.TIME}


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """One thing tied to another, from subject to object: by an assertion or, where it has no
    ``id``, by the record, whose sentence are then its ``words``. Of one that was kept the
    ``statement`` is not known until it is put in: it can be walked, and not told.

    ``sign`` tells whether it is for (1) or against (-1) somebody or something. ``outside`` holds
    why it is left out unless asked for: the end that is a place or forum with what it is, or no id
    where the relation itself is the reason. A loose tie only puts the two beside each other.
    """

    source: str
    target: str
    outside: tuple[tuple[str, Aside], ...] = ()
    is_loose: bool = False
    id: str = ""
    relation: str = ACTS_FOR
    sign: int = 0
    is_symmetric: bool = False
    status: Status = Status.ACCEPTED
    sources: int = 0
    words: str = ""
    statement: Statement | None = None

    @property
    def sentence(self) -> str:
        """Who claims it, so that nothing that somebody merely says reads as a fact."""
        return self.statement.sentence if self.statement else self.words

    @property
    def citations(self) -> dict[str, list[Locator]]:
        """The places that support it, by article."""
        return locators_by_article(self.statement.support) if self.statement else {}

    @property
    def rank(self) -> tuple[int, bool, int, str]:
        """Smallest for the strongest: by status, dealings before loose ties, by sources, then by
        id.

        The record counts as strong as any assertion and comes after all that can be cited.
        """
        return _RANKS[self.status], self.is_loose, -self.sources, self.id or "~"


_RANKS = {status: -number for number, status in enumerate(Status)}


class Ties(NamedTuple):
    """The ties that were asked for, and how many others were left out, by reason."""

    selected: tuple[NetworkTie, ...]
    by_status: Mapping[Status, int]
    aside: Mapping[Aside, int]


def select_ties(
    ties: Iterable[NetworkTie],
    also: Collection[Status] = (),
    through: Collection[Aside] = (),
    ends: Collection[str] = (),
) -> Ties:
    """Return those of some ties that are asked for: accepted or of a status of ``also``, and not
    set aside unless by a reason of ``through``.

    ``ends`` are things that count even where they are places or forums.
    """
    statuses, selected = {Status.ACCEPTED, *also}, []
    by_status: Counter[Status] = Counter()
    by_reason: Counter[Aside] = Counter()
    for tie in ties:
        reasons = {kind for id, kind in tie.outside if id not in ends} - set(through)
        if reasons:
            by_reason.update(reasons if tie.id else ())
        elif tie.status not in statuses:
            by_status[tie.status] += 1
        else:
            selected.append(tie)
    return Ties(tuple(selected), dict(by_status), dict(by_reason))


def all_ties(reading: Reading) -> tuple[NetworkTie, ...]:
    """Return every tie that a lens lets through, whatever its status and wherever it leads."""
    corpus = reading.visible_corpus
    outside = _outside_things(corpus.things, reading.ontology)
    ties = []
    for id in corpus.assertions:
        statement = reading.statements[id]
        a, how = statement.assertion, statement.relation.ties_only
        if isinstance(a.object, Reference) and _is_tie(statement) and (not how or how in _LOOSE):
            ends = a.subject.id, a.object.id
            if not corpus.also.keys().isdisjoint(ends):
                continue  # that two ids stand for one thing
            reasons = [(end, outside[end]) for end in ends if end in outside]
            reasons += [("", _LOOSE[how])] if how else []
            ties.append(_tie(statement, tuple(reasons), bool(how)))
    for thing in corpus.things.values():
        if thing.acts_for:
            ends = thing.id, thing.acts_for.id
            reasons = [(end, outside[end]) for end in ends if end in outside]
            words = f"{thing.label} {ACTS_FOR} {corpus.things[thing.acts_for.id].label}"
            ties.append(NetworkTie(*ends, tuple(reasons), words=words))
    return tuple(ties)


def _tie(
    statement: Statement, outside: tuple[tuple[str, Aside], ...], is_loose: bool
) -> NetworkTie:
    relation = statement.relation
    return NetworkTie(
        statement.assertion.subject.id,
        statement.assertion.object_key,
        outside,
        is_loose,
        statement.id,
        relation.name,
        relation.sign,
        relation.symmetric,
        statement.status,
        statement.sources,
        statement=statement,
    )


def _is_tie(statement: Statement) -> bool:
    """Whether an assertion, if it is true, ties two things: a denial or what is gone does not."""
    a, is_live = statement.assertion, statement.status in (Status.ACCEPTED, *ALSO)
    return is_live and a.asserts_triple and a.subject.id != a.object_key


def _outside_things(things: Mapping[str, Thing], ontology: Ontology) -> dict[str, Aside]:
    """The places and forums among some things."""
    outside = {}
    for id, thing in things.items():
        if thing.section == "places":
            outside[id] = Aside.PLACES
        elif ontology.classes[thing.type.id].is_forum:
            outside[id] = Aside.FORUMS
    return outside


def left_out(ties: Ties) -> dict[str, dict[str, int]]:
    """Return how many ties were left out: by kind, and by status among the others."""
    return {
        "kinds": {kind.value: ties.aside[kind] for kind in Aside if kind in ties.aside},
        "statuses": {each.value: ties.by_status[each] for each in ALSO if each in ties.by_status},
    }


def left_out_in_words(ties: Ties) -> str:
    """Return how many ties were left out, and how to let them in."""
    counts = left_out(ties)
    kinds = [
        f"{count_noun(number, 'tie')} {ASIDE_WORDS[Aside(kind)]}"
        for kind, number in counts["kinds"].items()
    ]
    statuses = [f"{number} {status}" for status, number in counts["statuses"].items()]
    ones = "one" if sum(counts["statuses"].values()) == 1 else "ones"
    parts = [f"{join_and(kinds)} (--through lets them in)"] if kinds else []
    parts += [f"{join_and(statuses)} {ones} (--also lets them in)"] if statuses else []
    return f"Left out: {'; '.join(parts) or 'nothing'}."
