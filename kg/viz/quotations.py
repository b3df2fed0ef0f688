"""Quotations in stories: a few words that a citation in the data quotes, never others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.checks.draft import CorpusDraft
from kg.dates import Day
from kg.diagnostics import rules
from kg.model import Article
from kg.model.references import Citation, Reference
from kg.sources.record import Record
from kg.sources.texts.normal import normalise_words
from kg.text.characters import is_inside_word, quoted

KEYS = ("assertion", "words")
MOST_CHARACTERS = 120
"""So many characters are a few words, in any language: more would be a part of the article."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a step of a story quotes, and the assertion (its id) that a citation with these
    words bears out.
    """

    assertion: str
    words: str


def citations_with(words: str, citations: Iterable[Citation]) -> list[Citation]:
    """Return the citations whose quotation holds these words, one after the other and whole. Blanks
    and typographic quotes and dashes are compared as plain ones.
    """
    sought = normalise_words(words)
    return [each for each in citations if _holds(normalise_words(each.quote), sought)]


def quoted_citation(
    quotation: Quotation,
    citations: Iterable[Citation],
    articles: Mapping[str, Article],
    known_by: Day | None,
) -> Citation | None:
    """Return the first citation of an article known by a day that has the words of a quotation."""
    for citation in citations_with(quotation.words, citations):
        known_from = articles[citation.article.id].known_from
        if known_by is None or known_from is None or known_from <= known_by:
            return citation
    return None


def read_quotation(record: Record, draft: CorpusDraft) -> tuple[Reference | None, Quotation | None]:
    """Return the id of the assertion that a quotation names, and the quotation if it is right; what
    is wrong is reported.
    """
    reference, text = record.reference("assertion"), record.text("words")
    if reference:
        assertions = draft.corpus.assertions
        record.notes.problems.extend(draft.unknown(reference, "assertion", assertions))
    if not reference or not text:
        return reference, None
    if len(text.text) > MOST_CHARACTERS:
        record.report(
            rules.NOT_QUOTED,
            text.span,
            f"a step quotes at most {MOST_CHARACTERS} characters, and these are {len(text.text)}",
            "quote a few words, and tell the rest in your own",
        )
        return reference, None
    assertion = draft.corpus.assertions.get(reference.id)
    if assertion and not citations_with(text.text, assertion.citations):
        message = f"no citation of {quoted(reference.id)} quotes {quoted(text.text)}"
        record.report(rules.NOT_QUOTED, text.span, message, _hint(assertion.citations))
        return reference, None
    return reference, Quotation(reference.id, text.text)


def _hint(citations: Iterable[Citation]) -> str:
    quotes = dict.fromkeys(quoted(each.quote) for each in citations if each.quote)
    if not quotes:
        return "its citations quote nothing: add 'quote' to that of the paragraph with the words"
    return f"copy them, as they stand, from: {'; '.join(quotes)}"


def _holds(quote: str, sought: str) -> bool:
    """Whether words stand in a quotation as whole words."""
    start = quote.find(sought) if sought else -1
    while start >= 0:
        end = start + len(sought)
        if not is_inside_word(quote, start) and not is_inside_word(quote, end):
            return True
        start = quote.find(sought, start + 1)
    return False
