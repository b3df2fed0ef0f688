"""Laws about citations: what is cited can be there.

Whether it is, ``kg.texts.verification`` checks against the texts themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import rules
from kg.characters import quoted
from kg.checks.draft import Draft
from kg.diagnostics import Diagnostic


def paragraphs_exist(draft: Draft) -> Iterator[Diagnostic]:
    """No citation names a paragraph behind an article's last."""
    seen = set()
    for citation in draft.all_citations():
        article = draft.corpus.articles.get(citation.article.id)
        if article and citation.paragraph > article.paragraphs and citation.span not in seen:
            seen.add(citation.span)
            yield rules.NO_SUCH_PARAGRAPH.at(
                citation.span,
                f"{quoted(article.id)} has {article.paragraphs} paragraphs, not {citation.paragraph}",
                "count the non-blank lines of its text from 1",
                [article.span],
            )


def paragraphs_are_cited_once(draft: Draft) -> Iterator[Diagnostic]:
    """One assertion cites one paragraph once; several spans of it are several citations."""
    for assertion in draft.corpus.assertions.values():
        seen = set()
        for citation in assertion.citations:
            place = (citation.article.id, citation.paragraph, citation.words, citation.quote)
            if place in seen:
                yield rules.CITED_TWICE.at(
                    citation.span,
                    f"paragraph {citation.paragraph} of {quoted(citation.article.id)} is cited twice",
                    "delete one (it counts once)",
                )
            seen.add(place)
