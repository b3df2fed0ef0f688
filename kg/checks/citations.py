"""Laws about citations: what is cited can be there.

Whether it is there ``kg.texts.verification`` checks against the texts themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import rules
from kg.characters import quoted
from kg.checks.draft import Draft
from kg.diagnostics import Diagnostic
from kg.model import Citation


def paragraphs_exist(draft: Draft) -> Iterator[Diagnostic]:
    """No citation names a paragraph behind an article's last."""
    citations = {citation.span: citation for citation in draft.corpus.citations()}
    for span, citation in citations.items():
        article = draft.corpus.articles.get(citation.article.id)
        if article and citation.paragraph > article.paragraphs:
            count = f"{article.paragraphs} paragraphs, not {citation.paragraph}"
            yield rules.NO_SUCH_PARAGRAPH.at(
                span,
                f"{quoted(article.id)} has {count}",
                "count the non-blank lines of its text from 1",
                [article.span],
            )


def paragraphs_are_cited_once(draft: Draft) -> Iterator[Diagnostic]:
    """One assertion cites one paragraph once; several spans of it are several citations."""
    for assertion in draft.corpus.assertions.values():
        first: dict[object, Citation] = {}
        for citation in assertion.citations:
            article, number = citation.article.id, citation.paragraph
            place = (article, number, citation.words, citation.quote)
            if first.setdefault(place, citation) is not citation:
                message = f"paragraph {number} of {quoted(article)} is cited twice"
                yield rules.CITED_TWICE.at(citation.span, message, "delete one (it counts once)")
