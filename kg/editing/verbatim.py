"""The one place of an article that has words letter by letter: what a machine may quote."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.diagnostics import KgError
from kg.reading import Reading
from kg.sources.texts.normal import normalise_words
from kg.sources.texts.passages import first_words, nearest_passages
from kg.sources.texts.quoting import edges_of
from kg.status.naming import unknown_article
from kg.text.characters import is_wide

LEAST_WORDS, LEAST_SIGNS = 2, 4
"""A passage has so many words, or so many signs of a script that does not part words."""

_JOINT = re.compile(r"\w['\u2019\u2010\u2011-]\w")


class VerbatimPassage(NamedTuple):
    """The words of a paragraph that a proposal rests on, with what stands before and behind."""

    article: str
    paragraph: int
    before: str
    words: str
    behind: str


def find_passage(words: str, article: str, reading: Reading) -> VerbatimPassage:
    """Return the one place of an article that has words as they are: in one piece, in one
    paragraph, whole words, once in the whole article.

    Raises KgError where they are too few, are written otherwise, stand nowhere or twice, or no copy
    of the article is at hand.
    """
    articles, copies = reading.written.articles, reading.verification.copies.by_article
    if article not in articles:
        raise unknown_article(article, articles)
    if article not in copies:
        message = f"no copy of '{article}' is at hand: no words can be looked up"
        raise KgError(message, 1, hint="its text belongs into texts/")
    paragraphs = copies[article].paragraphs
    if not _is_enough(words):
        message = "one word is no passage" if words.strip() else "there are no words"
        raise KgError(message, 1, hint="give the words that say it, at least two, in one piece")
    if words != normalise_words(words):
        message = f"these are not the words as kg text shows them: '{first_words(words)}'"
        hint = "no other blanks, quote marks or signs that nobody sees"
        raise KgError(message, 1, hint=hint)
    before, behind = edges_of(words)
    # Looking ahead finds places that overlap, too.
    pattern = re.compile(f"(?={before}{re.escape(words)}{behind})")
    places = [
        (number, place.start())
        for number, paragraph in enumerate(paragraphs, 1)
        for place in pattern.finditer(paragraph)
        if not _is_cut(paragraph, place.start(), place.start() + len(words))
    ]
    if len(places) > 1:
        listed = ", ".join(str(number) for number, _ in places[:10])
        message = f"the words stand at {len(places)} places, in paragraphs {listed}"
        raise KgError(message, 1, hint="give more words, so that they stand once in the article")
    if not places:
        raise _not_there(words, paragraphs)
    number, start = places[0]
    whole, end = paragraphs[number - 1], start + len(words)
    return VerbatimPassage(article, number, whole[:start], words, whole[end:])


def _is_cut(paragraph: str, start: int, end: int) -> bool:
    """Whether a stretch ends within a word that has an apostrophe or a hyphen."""
    joints = (paragraph[max(0, start - 2) : start + 1], paragraph[end - 1 : end + 2])
    return any(_JOINT.fullmatch(joint) for joint in joints)


def _is_enough(words: str) -> bool:
    signs = sum(map(is_wide, filter(str.isalnum, words)))
    return len(re.findall(r"\w[^\s]*", words)) >= LEAST_WORDS or signs >= LEAST_SIGNS


def _not_there(words: str, paragraphs: tuple[str, ...]) -> KgError:
    message = f"the article does not have these words: '{first_words(words)}'"
    hint = "quote it letter by letter, in one piece: no word changed, none left out"
    if near := nearest_passages(normalise_words(words), paragraphs):
        hint += f"; nearest, in paragraph {near[0].paragraph}: "
        hint += f"'{first_words(near[0].words(paragraphs))}'"
    return KgError(message, 1, hint=hint)
