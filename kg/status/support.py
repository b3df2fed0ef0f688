"""What supports an assertion: its citations, how many independent sources these are, and the days
on which they reported it.

Copies of one text are one source: sources are counted by who wrote them, not by who shows them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.closure import closure
from kg.dates import Day
from kg.model import Article, Assertion, Citation, Corpus
from kg.status.judgement import Judgement


def grounds(assertion: Assertion, corpus: Corpus) -> list[Assertion]:
    """Return what an assertion rests on: itself where it is cited, else all that it follows from,
    back to what is cited; in order of ids.
    """

    def ground(id: str) -> Assertion:
        return assertion if id == assertion.id else corpus.assertions[id]

    def premises(id: str) -> list[str]:
        each = ground(id)
        return [] if each.citations else [premise.id for premise in each.follows_from]

    reached = [ground(id) for id in sorted(closure([assertion.id], premises))]
    return [each for each in reached if each.citations or not each.follows_from]


def supporting_citations(assertion: Assertion, corpus: Corpus) -> tuple[Citation, ...]:
    """Return the citations of an assertion or, where it has none, of all that it follows from."""
    return tuple(citation for each in grounds(assertion, corpus) for citation in each.citations)


def count_articles_as(corpus: Corpus) -> dict[str, str]:
    """Return for articles, by id, whose source they count as, where that is not their originator's.

    One text is one source, whoever is said to have written it.
    """
    writer_of_text: dict[str, str] = {}
    for article in corpus.articles.values():
        writer = article.originator.id
        other = writer_of_text.get(article.text_sha256, writer)
        writer_of_text[article.text_sha256] = min(writer, other)
    return {
        id: writer_of_text[article.text_sha256]
        for id, article in corpus.articles.items()
        if writer_of_text[article.text_sha256] != article.originator.id
    }


def source_of(article: Article, judgement: Judgement) -> str:
    """Return the id of the actor whose source an article counts as."""
    return judgement.counted_as.get(article.id, article.originator.id)


def independent_sources(assertion: Assertion, judgement: Judgement) -> int:
    """Return how many independent sources report an assertion: each writer of its articles once.

    A conclusion without citations has as many as the least of what it follows from.
    """
    articles = judgement.corpus.articles
    counts = []
    for each in grounds(assertion, judgement.corpus):
        sources = {source_of(articles[c.article.id], judgement) for c in each.citations}
        counts.append(len(sources))
    return min(counts)


def report_days(assertion: Assertion, corpus: Corpus) -> tuple[Day | None, Day | None]:
    """Return the days by which the first and the last article that report it had appeared."""
    citations = supporting_citations(assertion, corpus)
    days = list(_publication_days(citations, corpus))
    return min(days, default=None), max(days, default=None)


def known_from(assertion: Assertion, corpus: Corpus) -> Day | None:
    """Return the day of the earliest article that reports it; a conclusion is known once all that
    it follows from is.
    """
    first_days = []
    for each in grounds(assertion, corpus):
        days = list(_publication_days(each.citations, corpus))
        first_days += [min(days)] if days else []
    return max(first_days, default=None)


def _publication_days(citations: tuple[Citation, ...], corpus: Corpus) -> Iterator[Day]:
    for citation in citations:
        if day := corpus.articles[citation.article.id].published.end_latest:
            yield day


def last_report(assertion: Assertion, judgement: Judgement, is_state: bool) -> Day | None:
    """Return the day by which the last article had appeared that tells an assertion anew.

    An article that another publisher shows than the one who wrote it may be a copy of an earlier
    one: of these only the first of each writer counts. An event is news once from each writer; what
    the same one tells of it later is history. That a state still holds can be news again.
    """
    days: list[Day] = []
    for each in grounds(assertion, judgement.corpus):
        days += _news_days(each, judgement, is_state)
    return max(days, default=None)


def _news_days(assertion: Assertion, judgement: Judgement, is_state: bool) -> Iterator[Day]:
    """Yield the days of the articles that cannot be copies or mere reminders of each other."""
    first_days: dict[str, Day] = {}
    for citation in assertion.citations:
        article = judgement.corpus.articles[citation.article.id]
        day, source = article.published.end_latest, source_of(article, judgement)
        if day is None:
            continue
        first_days[source] = min(day, first_days.get(source, day))
        if is_state and article.publisher.id == article.originator.id == source:
            yield day
    yield from first_days.values()
