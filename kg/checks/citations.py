"""Laws about citations: what is cited can be there.

Whether it is there ``kg.sources.texts.verification`` checks against the texts themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from kg.checks.draft import CorpusDraft
from kg.diagnostics import Diagnostic, did_you_mean, rules
from kg.model.references import Citation
from kg.text import join_and
from kg.text.characters import quoted


def paragraphs_exist(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No citation names a paragraph behind an article's last."""
    last = {id: each.paragraphs for id, each in draft.corpus.articles.items() if each.paragraphs}
    citations = draft.corpus.citations
    behind = (each for each in citations if each.paragraph > last.get(each.article.id, inf))
    for span, citation in {each.span: each for each in behind}.items():
        article = draft.corpus.articles[citation.article.id]
        yield rules.NO_SUCH_PARAGRAPH.at(
            span,
            f"{quoted(article.id)} has {article.paragraphs} paragraphs, not {citation.paragraph}",
            "count the non-blank lines of its text from 1",
            [article.span],
        )


def source_types_are_known(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """A source is of a kind that the ontology knows."""
    types = draft.ontology.source_types
    for article in draft.corpus.articles.values():
        if article.type and article.type.id not in types:
            word, span = article.type.id, article.type.span
            meant_type = _OTHER_WORDS.get(word.casefold().replace("_", "-").replace(" ", "-"))
            hint = did_you_mean(word, types) or f"one of: {', '.join(types)}"
            if meant_type in types:
                hint = f"did you mean '{meant_type}'?"
            yield rules.UNKNOWN_SOURCE_TYPE.at(span, f"unknown type {quoted(word)}", hint)


_OTHER_WORDS = {
    "newspaper": "article-newspaper",
    "news": "article",
    "journal": "article-journal",
    "paper": "article-journal",
    "magazine": "article-magazine",
    "blog": "post-weblog",
    "tweet": "post",
    "toot": "post",
    "podcast": "audio",
    "radio": "audio",
    "recording": "audio",
    "film": "video",
    "movie": "video",
    "motion-picture": "video",
    "tv": "video",
    "youtube": "video",
    "song": "audio",
    "web": "webpage",
    "website": "webpage",
    "site": "webpage",
    "letter": "personal-communication",
    "email": "personal-communication",
    "law": "legislation",
    "act": "legislation",
    "statute": "legislation",
    "judgment": "legal-case",
    "judgement": "legal-case",
    "ruling": "legal-case",
    "charter": "manuscript",
    "archive": "manuscript",
    "photo": "image",
    "photograph": "image",
    "picture": "image",
    "data": "dataset",
    "table": "dataset",
    "spreadsheet": "dataset",
    "register": "dataset",
    "database": "dataset",
    "dissertation": "thesis",
    "encyclopedia": "entry",
    "wiki": "entry",
    "gazette": "document",
    "pdf": "document",
    "file": "document",
    "monograph": "book",
    "press-release": "document",
    "release": "document",
    "talk": "speech",
    "lecture": "speech",
}
"""What people call kinds of sources, and the word for it."""


def cited_texts_are_known(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """A source whose paragraphs are cited says which text these are counted in."""
    first: dict[str, Citation] = {}
    for citation in draft.corpus.citations:
        if citation.paragraph:
            first.setdefault(citation.article.id, citation)
    for id, citation in first.items():
        article = draft.corpus.articles.get(id)
        if article is None:
            continue
        fields = {"paragraphs": article.paragraphs, "text_sha256": article.text_sha256}
        missing = [f"'{name}'" for name, value in fields.items() if not value]
        if missing:
            yield rules.MISSING_FIELD.at(
                article.span,
                f"article {quoted(id)} lacks its {join_and(missing)}: "
                f"its {citation.locator.words} is cited at {citation.span}",
                "kg verify --texts DIR prints both of a text; "
                "or cite it by page, section or time, as in {page: 12}",
                [citation.span],
            )


def paragraphs_are_cited_once(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """One assertion cites one place once; several spans of a paragraph are several citations."""
    for assertion in draft.assertions:
        first: dict[object, Citation] = {}
        for citation in assertion.citations:
            article, locator = citation.article.id, citation.locator
            place = (article, locator, citation.words, citation.quote)
            if first.setdefault(place, citation) is not citation:
                message = f"{locator.words} of {quoted(article)} is cited twice"
                yield rules.CITED_TWICE.at(citation.span, message, "delete one (it counts once)")
