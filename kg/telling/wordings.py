"""How assertions, dates and citations are worded for people, and how lines are broken."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.dates.calendar import Date, Edge, Kind
from kg.judgement.status import Status
from kg.model import Assertion, Mode, Polarity
from kg.reading import Reading
from kg.telling.phrases import cited, sentence

WIDTH = 100
"""The longest line of a text that people read."""


class Line(NamedTuple):
    """An assertion as a line tells it: its sentence, its status and why, and its paragraphs by article."""

    assertion: Assertion
    words: str
    status: Status
    reason: str
    places: Mapping[str, list[int]]

    @property
    def id(self) -> str:
        """The assertion's id."""
        return self.assertion.id

    @property
    def cited(self) -> str:
        """Where it stands: each article with its paragraphs."""
        found = "; ".join(f"{article}: {', '.join(map(str, n))}" for article, n in self.places.items())
        grounds = ", ".join(ground.id for ground in self.assertion.follows_from)
        return found or (f"follows from {grounds}" if grounds else "no article of its own")

    @property
    def record(self) -> dict[str, object]:
        """The line for programs."""
        return {
            "assertion": self.id,
            "words": self.words,
            "status": self.status.value,
            "reason": self.reason,
            "when": self.assertion.when.text if self.assertion.when else None,
            "said": self.assertion.said.text if self.assertion.said else None,
            "citations": [{"article": article, "paragraphs": numbers} for article, numbers in self.places.items()],
        }


def line(assertion: Assertion, reading: Reading) -> Line:
    """An assertion of a reading as a line."""
    standing = reading.standings[assertion.id]
    words = sentence(assertion, standing, reading.corpus, reading.ontology)
    return Line(assertion, words, standing.status, standing.reason, cited(assertion.citations))


def extent(date: Date, is_state: bool) -> str:
    """What a date leaves open, in words; nothing where it is one day, or the two ends of a state."""
    words = []
    match date.kind:
        case Kind.ONE_OF:
            words.append("one of these")
        case Kind.ALL_OF:
            words.append("each of these")
        case Kind.INTERVAL:
            words += _interval(date, is_state)
        case Kind.SOME_TIME if date.start_earliest != date.end_latest:
            words.append("at some time in it")
    words += ["about then"] if date.approximate else []
    words += ["uncertain"] if date.uncertain else []
    return ", ".join(words)


def _interval(date: Date, is_state: bool) -> list[str]:
    if date.end is Edge.OPEN:
        return ["from then on"]
    if date.end is Edge.UNKNOWN:
        return ["ended on an unknown day"]
    if date.start is not Edge.KNOWN:
        return ["its beginning is not known"]
    return [] if is_state else ["at some time in it"]


def manner(told: Line, is_state: bool) -> str:
    """In one or two words how an assertion is meant: what happened, is attested, planned, claimed, denied, ..."""
    a = told.assertion
    if told.status in (Status.WITHDRAWN, Status.SUPERSEDED):
        return told.status.value
    if a.mode is not Mode.ACTUAL:
        return meant(a)
    if a.polarity is Polarity.DENIES:
        return "denied"
    if told.status is Status.ACCEPTED:
        return "attested" if is_state else "happened"
    return "contested" if told.status is Status.CONTESTED else "claimed"


def meant(a: Assertion) -> str:
    """How an assertion is meant of what did not happen yet: planned, demanded, on condition, not expected, ..."""
    mode = "on condition" if a.mode is Mode.CONDITIONAL else a.mode.value
    return f"not {mode}" if a.polarity is Polarity.DENIES else mode


def broken(text: str, indent: int, first: str = "") -> list[str]:
    """A text in lines of at most ``WIDTH``, indented; ``first`` stands before the first one, within the indent."""
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first.ljust(indent),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [first.rstrip()]


def either(words: Iterable[str]) -> str:
    """Words of which one holds: ``a``, ``a or b``, ``a, b or c``."""
    listed = list(words)
    return " or ".join([*([", ".join(listed[:-1])] if listed[1:] else []), *listed[-1:]])
