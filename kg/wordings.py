"""How dates, modes and citations are worded for people, and how lines are broken."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from kg.calendar import Date, Edge, Kind
from kg.picture import Card
from kg.status import Status

WIDTH = 100
"""The longest line of a text that people read."""

_MODES = {
    "planned": "planned",
    "expected": "expected",
    "demanded": "demanded",
    "threatened": "threatened",
    "conditional": "on condition",
    "opinion": "opinion",
}


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


def manner(card: Card, is_state: bool) -> str:
    """In one or two words how an assertion is meant: what happened, is attested, planned, claimed, denied, ..."""
    if card.status in (Status.WITHDRAWN, Status.SUPERSEDED):
        return card.status
    if card.mode != "actual":
        return f"not {_MODES[card.mode]}" if card.polarity == "denies" else _MODES[card.mode]
    if card.polarity == "denies":
        return "denied"
    if card.status == Status.ACCEPTED:
        return "attested" if is_state else "happened"
    return "contested" if card.status == Status.CONTESTED else "claimed"


def cited(card: Card) -> str:
    """Where an assertion stands: each article with its paragraphs."""
    articles: dict[str, list[str]] = {}
    for place in card.citations:
        articles.setdefault(place.article, []).append(str(place.paragraph))
    found = "; ".join(f"{article}: {', '.join(paragraphs)}" for article, paragraphs in articles.items())
    return found or (f"follows from {', '.join(card.follows_from)}" if card.follows_from else "no article of its own")


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


def counted(number: int, what: str) -> str:
    """A number with what it counts: ``1 assertion``, ``2 assertions``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def joined(words: Iterable[str], last: str = "or") -> str:
    """Words in a row: ``a``, ``a or b``, ``a, b or c``."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} {last} {listed[-1]}" if listed else ""
