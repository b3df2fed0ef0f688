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
from enum import StrEnum
from typing import NamedTuple

from kg.model import Assertion, Polarity, Reference, Thing
from kg.ontology import Ontology
from kg.reading import Reading
from kg.status.status import Standing, Status
from kg.text import counted, join_and

ALSO = (Status.ATTRIBUTED, Status.CONTESTED, Status.PROSPECTIVE, Status.OPINION)
"""The statuses that ties may have beside accepted, if asked for."""

ACTS_FOR = "acts for"
"""The relation of the record's own structure, in words."""


class Aside(StrEnum):
    """What is left out unless asked for."""

    PLACES = "places"
    FORUMS = "forums"
    TIME = "time"


OUTSIDE = {
    Aside.PLACES: "of place",
    Aside.FORUMS: "with forums (gatherings, intergovernmental organisations)",
    Aside.TIME: "of mere order in time",
}
"""Which ties these are, in words."""

_LOOSE = {"InPlace": Aside.PLACES, "InTime": Aside.TIME}


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing tied to another, from subject to object: by an assertion, or by the record
    (``assertion`` is None).

    ``sentence`` says who claims it, so that nothing that somebody merely says reads as a fact.
    ``outside`` holds why it is left out unless asked for: the end that is a place or forum with
    what it is, or no id where the relation itself is the reason. A ``loose`` tie only puts the two
    beside each other.
    """

    source: str
    target: str
    relation: str
    sentence: str
    outside: tuple[tuple[str, Aside], ...] = ()
    symmetric: bool = False
    loose: bool = False
    assertion: Assertion | None = None
    status: Status = Status.ACCEPTED
    reason: str = "the record itself says so"
    sources: int = 0

    @property
    def id(self) -> str:
        """The assertion's id; empty for the record."""
        return self.assertion.id if self.assertion else ""

    @property
    def rank(self) -> tuple[int, bool, int, str]:
        """Smallest for the strongest: by status, dealings before loose ties, by sources, then by
        id.

        The record counts as strong as any assertion and comes after all that can be cited.
        """
        return -list(Status).index(self.status), self.loose, -self.sources, self.id or "~"


class Ties(NamedTuple):
    """The ties that were asked for, and how many others were left out, by reason."""

    kept: tuple[Tie, ...]
    by_status: Mapping[Status, int]
    aside: Mapping[Aside, int]


def ties(reading: Reading, also: Collection[Status] = (), through: Collection[Aside] = ()) -> Ties:
    """The ties between things that a lens and these options let through."""
    return among(every(reading), also, through)


def among(
    all: Iterable[Tie],
    also: Collection[Status],
    through: Collection[Aside],
    ends: Collection[str] = (),
) -> Ties:
    """Those of some ties that are asked for. ``ends`` are things that count even where they are
    places or forums.
    """
    wanted, kept = {Status.ACCEPTED, *also}, []
    by_status: Counter[Status] = Counter()
    aside: Counter[Aside] = Counter()
    for tie in all:
        reasons = {kind for id, kind in tie.outside if id not in ends} - set(through)
        if reasons:
            aside.update(reasons if tie.assertion else ())
        elif tie.status not in wanted:
            by_status[tie.status] += 1
        else:
            kept.append(tie)
    return Ties(tuple(kept), dict(by_status), dict(aside))


def every(reading: Reading) -> tuple[Tie, ...]:
    """Every tie that a lens lets through, whatever its status and wherever it leads."""
    corpus, known = reading.shown, reading.ontology
    outside = {id: kind for id, thing in corpus.things.items() if (kind := _outside(thing, known))}

    def reasons(subject: str, object: str, how: str = "") -> tuple[tuple[str, Aside], ...]:
        ends = [(id, outside[id]) for id in (subject, object) if id in outside]
        return (*ends, *([("", _LOOSE[how])] if how in _LOOSE else []))

    found = []
    for a in corpus.assertions.values():
        relation, standing = known.relations[a.predicate.id], reading.standings[a.id]
        how = relation.ties_only
        if isinstance(a.object, Reference) and _is_tie(a, standing) and (not how or how in _LOOSE):
            found.append(
                Tie(
                    a.subject.id,
                    a.object.id,
                    relation.name,
                    reading.statements[a.id].sentence,
                    reasons(a.subject.id, a.object.id, how),
                    relation.symmetric,
                    bool(how),
                    a,
                    standing.status,
                    standing.reason.text,
                    reading.statements[a.id].sources,
                )
            )
    for thing in corpus.things.values():
        if thing.acts_for:
            principal = corpus.things[thing.acts_for.id]
            words = f"{thing.label} acts for {principal.label}"
            found.append(
                Tie(thing.id, principal.id, ACTS_FOR, words, reasons(thing.id, principal.id))
            )
    return tuple(found)


def _is_tie(a: Assertion, standing: Standing) -> bool:
    """Whether an assertion, if it is true, ties two things: a denial or what is gone does not."""
    live = standing.status in (Status.ACCEPTED, *ALSO)
    return live and a.polarity is Polarity.ASSERTS and a.subject.id != a.object_key


def _outside(thing: Thing, known: Ontology) -> Aside | None:
    if thing.section == "places":
        return Aside.PLACES
    return Aside.FORUMS if known.classes[thing.type.id].is_forum else None


def left_out(found: Ties) -> dict[str, dict[str, int]]:
    """How many ties were left out: by kind, and by status among the others."""
    return {
        "kinds": {aside.value: found.aside[aside] for aside in Aside if found.aside.get(aside)},
        "statuses": {
            status.value: found.by_status[status] for status in ALSO if found.by_status.get(status)
        },
    }


def left_out_in_words(found: Ties) -> str:
    """How many ties were left out, and how to let them in."""
    counts = left_out(found)
    kinds = [
        f"{counted(number, 'tie')} {OUTSIDE[Aside(kind)]}"
        for kind, number in counts["kinds"].items()
    ]
    statuses = [f"{number} {status}" for status, number in counts["statuses"].items()]
    ones = "one" if sum(counts["statuses"].values()) == 1 else "ones"
    parts = [
        *([f"{join_and(kinds)} (--through lets them in)"] if kinds else []),
        *([f"{join_and(statuses)} {ones} (--also lets them in)"] if statuses else []),
    ]
    return f"Left out: {'; '.join(parts) if parts else 'nothing'}."
