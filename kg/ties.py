"""What ties things to one another under a lens: assertions between two things, and the record's own structure.

A tie is walked by ``kg path`` and counted by ``kg analyse``. Denials are none; texts are no things. Left out unless
asked for are what is not accepted, places and forums, and relations that only put two things beside each other
(``kg:tiesOnly``): to be in one city, to come later, to be told apart is no dealing with each other.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.model import Assertion, Citation, Corpus, Mode, Polarity, Reference, Text, Thing
from kg.ontology import KG, Ontology, local_name
from kg.picture import Card, Name, text, wording
from kg.reading import Reading
from kg.status import Standing, Status, sources_of

ALSO = (Status.ATTRIBUTED, Status.CONTESTED, Status.PROSPECTIVE, Status.OPINION)
"""The statuses that ties may have beside accepted, if asked for."""

WIDTH = 100
"""The longest line of a text that people read."""

FORUMS = ("Gathering", "IntergovernmentalOrganization")
"""The classes of what many come to without dealing with each other for that."""

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
    """One thing tied to another, from subject to object: by an assertion, or by the record (``assertion`` is None).

    ``sentence`` says who claims it, so that nothing that somebody merely says reads as a fact. A ``loose`` tie only
    puts the two beside each other.
    """

    source: str
    target: str
    relation: str
    sentence: str
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
        """Smallest for the strongest: by status, dealings before loose ties, by sources, then by id.

        The record counts as strong as any assertion and comes after all that can be cited.
        """
        return -list(Status).index(self.status), self.loose, -self.sources, self.id or "~"


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties that a lens and its options let through, and how many others were left out, by reason."""

    kept: tuple[Tie, ...]
    by_status: Mapping[Status, int]
    aside: Mapping[Aside, int]
    compared: int = 0


def ties(
    reading: Reading, also: Collection[Status] = (), through: Collection[Aside] = (), ends: Collection[str] = ()
) -> Ties:
    """The ties between things. ``ends`` are things that count even where they are places or forums."""
    corpus, known = reading.shown, reading.ontology
    loose = annotation(known, "tiesOnly")
    outside = {id: kind for id, thing in corpus.things.items() if (kind := _outside(thing, known)) and id not in ends}
    wanted = {Status.ACCEPTED, *also}
    kept: list[Tie] = []
    by_status: Counter[Status] = Counter()
    aside: Counter[Aside] = Counter()
    compared = 0
    for a in corpus.assertions.values():
        standing = reading.standings[a.id]
        if not isinstance(a.object, Reference) or a.subject.id == a.object.id or not _ties(a, standing):
            continue
        reasons = {outside[id] for id in (a.subject.id, a.object.id) if id in outside}
        how = loose.get(a.predicate.id, "")
        if how in _LOOSE:
            reasons.add(_LOOSE[how])
        if how and how not in _LOOSE:
            compared += 1
        elif reasons - set(through):
            aside.update(reasons - set(through))
        elif standing.status not in wanted:
            by_status[standing.status] += 1
        else:
            kept.append(_tie(a, standing, corpus, known, bool(how)))
    for thing in corpus.things.values():
        if thing.acts_for and not {outside.get(thing.id), outside.get(thing.acts_for.id)} - {None, *through}:
            principal = corpus.things[thing.acts_for.id]
            sentence = f"{label(thing)} acts for {label(principal)}"
            kept.append(Tie(thing.id, principal.id, ACTS_FOR, sentence))
    return Ties(tuple(kept), dict(by_status), dict(aside), compared)


def _ties(assertion: Assertion, standing: Standing) -> bool:
    """Whether an assertion, if it is true, ties its ends: a denial or what is gone does not."""
    return assertion.polarity is Polarity.ASSERTS and standing.status in (Status.ACCEPTED, *ALSO)


def _outside(thing: Thing, known: Ontology) -> Aside | None:
    if thing.section == "places":
        return Aside.PLACES
    return Aside.FORUMS if known.is_a(thing.type.id, FORUMS) else None


def _tie(assertion: Assertion, standing: Standing, corpus: Corpus, known: Ontology, loose: bool) -> Tie:
    relation = known.relations[assertion.predicate.id]
    return Tie(
        assertion.subject.id,
        assertion.object_key,
        relation.name,
        sentence(assertion, standing, corpus, known),
        relation.symmetric,
        loose,
        assertion,
        standing.status,
        standing.reason,
        sources_of(assertion, corpus),
    )


def annotation(known: Ontology, term: str) -> dict[str, str]:
    """What an annotation of the ontology (``kg:sign``) says of each relation that has or inherits it, by local names.

    A relation that has none itself has that of the nearest relation above it.
    """
    wanted = ox.NamedNode(f"{KG}{term}")
    said = {
        local_name(quad.subject.value): local_name(quad.object.value)
        for quad in known.quads
        if quad.predicate == wanted and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    }
    found: dict[str, str] = {}
    for name in known.relations:
        line = [name]
        for each in line:
            if each in said:
                found[name] = said[each]
                break
            line += [up for up in known.relations[each].parents if up in known.relations and up not in line]
    return found


def sentence(assertion: Assertion, standing: Standing, corpus: Corpus, known: Ontology) -> str:
    """An assertion in words, as ``kg why`` and the pages have them: with who says so, denies it or wants it."""
    object = assertion.object
    claim = (
        label(corpus.things[assertion.subject.id]),
        f" {known.relations[assertion.predicate.id].label} ",
        object.text if isinstance(object, Text) else label(corpus.things[object.id]),
    )
    speakers = sorted({speaker.id for speaker in assertion.speakers})
    card = Card(
        id=assertion.id,
        claim=claim,
        words=claim,
        status=standing.status,
        mode=assertion.mode,
        polarity=assertion.polarity,
        speakers=tuple(Name(id, label(corpus.things[id])) for id in speakers),
    )
    return text(wording(card, assertion.condition if assertion.mode is Mode.CONDITIONAL else ""))


def label(thing: Thing) -> str:
    """What a thing is called: English first, then no language, then any."""
    order = {"en": 0, "": 1}
    return min(thing.labels, key=lambda name: (order.get(name.language, 2), name.text)).text


def cited(citations: Iterable[Citation]) -> dict[str, list[int]]:
    """The paragraphs that citations name, by article, both in order."""
    places: dict[str, set[int]] = {}
    for citation in citations:
        places.setdefault(citation.article.id, set()).add(citation.paragraph)
    return {article: sorted(places[article]) for article in sorted(places)}


def paragraphs(places: Mapping[str, Iterable[int]]) -> str:
    """Paragraphs by article as a line: ``kyodo-2019-11-15 paragraphs 2, 5; nyt-2019-11-22 paragraph 4``."""
    found = {article: [str(number) for number in numbers] for article, numbers in places.items()}
    return "; ".join(f"{a} paragraph{'s' if len(n) > 1 else ''} {', '.join(n)}" for a, n in found.items())


def left_out(found: Ties) -> dict[str, dict[str, int]]:
    """How many ties were left out: by kind, and by status among the others."""
    return {
        "kinds": {aside.value: found.aside[aside] for aside in Aside if found.aside.get(aside)},
        "statuses": {status.value: found.by_status[status] for status in ALSO if found.by_status.get(status)},
    }


def left_out_in_words(found: Ties) -> str:
    """How many ties were left out, and how to let them in."""
    counts = left_out(found)
    kinds = [f"{counted(number, 'tie')} {OUTSIDE[Aside(kind)]}" for kind, number in counts["kinds"].items()]
    statuses = [f"{number} {status}" for status, number in counts["statuses"].items()]
    ones = "one" if sum(counts["statuses"].values()) == 1 else "ones"
    parts = [
        *([f"{in_words(kinds)} (--through lets them in)"] if kinds else []),
        *([f"{in_words(statuses)} {ones} (--also lets them in)"] if statuses else []),
    ]
    return f"Left out: {'; '.join(parts) if parts else 'nothing'}."


def counted(number: int, what: str) -> str:
    """A number with what it counts: ``1 hop``, ``2 hops``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def in_words(items: Iterable[str]) -> str:
    """A list as a sentence has it: ``a, b and c``."""
    parts = list(items)
    return " and ".join([*([", ".join(parts[:-1])] if parts[1:] else []), *parts[-1:]])


def markdown(words: str) -> str:
    """Plain words in Markdown: what would be markup is escaped."""
    return re.sub(r"([\\`*_\[\]|#])", r"\\\1", words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def wrapped(line: str, first: str = "", next: str = "") -> str:
    """A line for people, broken at 100 columns: ``first`` stands before the first part, ``next`` before the others."""
    return textwrap.fill(
        line, WIDTH, initial_indent=first, subsequent_indent=next, break_long_words=False, break_on_hyphens=False
    )
