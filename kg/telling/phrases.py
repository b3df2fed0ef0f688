"""Phrases for people: what things are called, assertions as sentences, where they stand, lists and lines."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping

from kg.drawing.picture import Card, Name
from kg.drawing.wording import agreeing, text, wording
from kg.judgement.status import Standing
from kg.model import Assertion, Citation, Corpus, Mode, Text, Thing
from kg.ontology import Ontology

WIDTH = 100
"""The longest line of a text that people read."""


def sentence(assertion: Assertion, standing: Standing, corpus: Corpus, known: Ontology) -> str:
    """An assertion in words, as ``kg why`` and the pages have them: with who says so, denies it or wants it."""
    said = claim(assertion, corpus, known)
    speakers = sorted({speaker.id for speaker in assertion.speakers})
    card = Card(
        id=assertion.id,
        claim=said,
        words=said,
        status=standing.status,
        mode=assertion.mode,
        polarity=assertion.polarity,
        speakers=tuple(Name(id, label(corpus.things[id]), plural=corpus.things[id].plural) for id in speakers),
    )
    return text(wording(card, assertion.condition if assertion.mode is Mode.CONDITIONAL else ""))


def claim(assertion: Assertion, corpus: Corpus, known: Ontology) -> tuple[str, str, str]:
    """What an assertion says, whoever does: subject, relation and object, as a sentence has them one after another."""
    subject, object = corpus.things[assertion.subject.id], assertion.object
    return (
        label(subject),
        f" {agreeing(known.relations[assertion.predicate.id].label, subject.plural)} ",
        object.text if isinstance(object, Text) else label(corpus.things[object.id]),
    )


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
