"""Whether an answer says what was expected, where both are free text.

The expected words are somebody else's, those of the graph its curators': they agree where every
word of the expected text that carries meaning is found in the answer, by its stem or by one of the
words that say the same here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

SILENT = frozenset(
    re.findall(
        r"\w+",
        "a also an and as asked at be both but by for from had has have if in is it its left of on or over that the"
        " their they this to was were will with",
    )
)
"""Words that carry no meaning of their own in these answers."""

SAME = {
    "announcement": "announces",
    "asked": "demanded",
    "attendance": "part",
    "attend": "part",
    "curbs": "controls",
    "due": "planned",
    "end": "terminates",
    "head": "leader",
    "helped": "helps",
    "improving": "better",
    "japanese": "japan",
    "korean": "korea",
    "leadership": "leads",
    "leave": "termination leaving",
    "lobbied": "urges",
    "meeting": "part",
    "met": "meets",
    "partner": "party",
    "pressed": "urges",
    "pressure": "force",
    "resumption": "resume",
    "return": "again",
    "seoul": "korean",
    "talks": "part",
    "us": "states",
    "withdrawal": "lifts",
}
"""Words of expected answers and what stands for them in the graph."""


def stem(word: str) -> str:
    """A word without its ending, so that ``rulings`` is ``ruling`` and ``announcement`` is
    ``announces``.
    """
    word = word.lower()
    for ending in ("s", "ing", "ed", "ment", "ion", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            word = word.removesuffix(ending)
    return word


def words(text: str) -> set[str]:
    """The stems of the words that carry meaning; dates and numbers whole."""
    found = re.findall(r"\d[\d:+.T-]*\d|\w+", text.replace("'s", "").replace("’s", ""))
    return {stem(word) for word in found if word.lower() not in SILENT}


_SAME = {
    stem(word): set().union(*(words(other) for other in others.split()))
    for word, others in SAME.items()
}


def tells(answer: str, expected: str, but: Collection[str] = ()) -> bool:
    """Whether an answer says all that is expected, apart from some words."""
    said = words(answer)
    return all(
        word in said or _SAME.get(word, set()) & said
        for word in words(expected) - {stem(word) for word in but}
    )


def clauses(text: str) -> list[str]:
    """The parts of an expected answer, which semicolons divide."""
    return [part.strip() for part in text.split(";")]


def told_among(answers: Iterable[str], expected: str) -> bool:
    """Whether each clause of what is expected is told by one of the answers."""
    given = list(answers)
    return all(any(tells(answer, clause) for answer in given) for clause in clauses(expected))
