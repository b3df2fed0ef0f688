"""What supports an assertion: its citations, how many independent sources these are, and the days
on which they reported it.

Copies of one text are one source: sources are counted by who wrote them, not by who shows them,
and who acts for another is a source as that one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from kg.dates import Day
from kg.model import Article, Assertion
from kg.model.closure import group_by_shared
from kg.model.corpus import Corpus, text_states
from kg.model.references import Citation
from kg.status.editions import still_standing

if TYPE_CHECKING:
    from kg.status.judgement import Judgement


def grounds_of(assertion: Assertion, corpus: Corpus) -> list[Assertion]:
    """Return what an assertion rests on: itself where it is cited, else all that it follows from,
    back to what is cited; in order of ids.
    """

    if not _rests_on_others(assertion):
        return [assertion]
    ids = {id for each in assertion.follows_from for id in _ground_ids(each.id, corpus)}
    return [corpus.assertions[id] for id in sorted(ids)]


def _rests_on_others(assertion: Assertion) -> bool:
    return bool(assertion.follows_from) and not assertion.citations


def _ground_ids(id: str, corpus: Corpus) -> tuple[str, ...]:
    """The ids of what an assertion rests on, found once for each on a chain of them."""
    known_grounds, waiting, visited = corpus.ground_ids, [id], set[str]()
    while waiting:
        last = waiting[-1]
        assertion = corpus.assertions[last]
        premises = [each.id for each in assertion.follows_from]
        if last in known_grounds or not _rests_on_others(assertion):
            known_grounds.setdefault(last, (last,))
            waiting.pop()
        elif last not in visited:
            visited.add(last)
            waiting += [
                each for each in premises if each not in known_grounds and each not in visited
            ]
        else:
            sets = {known_grounds.get(each, ()) for each in premises}
            known_grounds[last] = sets.pop() if len(sets) == 1 else tuple(sorted({*chain(*sets)}))
            waiting.pop()
    return known_grounds[id]


def supporting_citations(assertion: Assertion, corpus: Corpus) -> tuple[Citation, ...]:
    """Return the citations of an assertion or, where it has none, of all that it follows from; none
    of retracted articles.
    """
    each_ground = grounds_of(assertion, corpus)
    citations = [citation for each in each_ground for citation in each.citations]
    return still_standing(citations, corpus)


def count_articles_as(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Return for articles, by id, whose source they count as, where these are not their
    originators.

    One text is one source in all its states, whoever is said to have written it: it is a source by
    all of these. What somebody writes who acts for another is a source by that other one.
    """
    writers: dict[str, set[str]] = {}
    sharing = _sharing_a_text(corpus.articles)
    texts = {id: _texts_of(article, corpus) for id, article in sharing.items()}
    for id, article in sharing.items():
        for text in texts[id]:
            writers.setdefault(text, set()).update(_voices(article, corpus))
    agents = {id for id, thing in corpus.things.items() if thing.acts_for}
    counts: dict[str, tuple[str, ...]] = {}
    for id, article in corpus.articles.items():
        originators = {each.id for each in article.originators}
        if id in sharing or not agents.isdisjoint(originators):
            shared = (writers[text] for text in texts.get(id, ()))
            sources = _voices(article, corpus).union(*shared)
            if sources != originators:
                counts[id] = tuple(sorted(sources))
    return counts


def _voices(article: Article, corpus: Corpus) -> set[str]:
    """Return the actors for whom those who wrote an article act in the end, or these themselves."""
    return {corpus.last_principal(each.id) for each in article.originators}


def _sharing_a_text(articles: Mapping[str, Article]) -> dict[str, Article]:
    """The articles that may be states or copies of one text with others."""
    times = Counter(each.text_sha256 for each in articles.values())
    earlier = {each.version_of.id for each in articles.values() if each.version_of}
    return {
        id: each
        for id, each in articles.items()
        if each.version_of or id in earlier or (each.text_sha256 and times[each.text_sha256] > 1)
    }


def _texts_of(article: Article, corpus: Corpus) -> list[str]:
    """What tells one text from another: its fingerprint, and the first of its states."""
    first = text_states(article.id, corpus.articles)[-1]
    return [f"state of {first}", *([article.text_sha256] if article.text_sha256 else [])]


def sources_of(article: Article, judgement: Judgement) -> tuple[str, ...]:
    """Return the ids of the actors whose source an article counts as, in order."""
    own = tuple(sorted(originator.id for originator in article.originators))
    return judgement.counted_as.get(article.id, own)


def group_articles(ids: Iterable[str], judgement: Judgement) -> dict[str, str]:
    """Return for each of some articles, by id, the one source that it belongs to, named by one of
    the actors: articles that share an originator are one source, through any number of steps.
    """
    articles = judgement.corpus.articles
    return group_by_shared({id: sources_of(articles[id], judgement) for id in dict.fromkeys(ids)})


def independent_sources(assertion: Assertion, judgement: Judgement) -> int:
    """Return how many independent sources report an assertion: articles that share an originator
    are one.

    A conclusion without citations has as many as the least of what it follows from.
    """
    counts = []
    for each in grounds_of(assertion, judgement.corpus):
        citations = still_standing(each.citations, judgement.corpus)
        groups = group_articles((c.article.id for c in citations), judgement)
        counts.append(len(set(groups.values())))
    return min(counts)


def report_days(assertion: Assertion, corpus: Corpus) -> tuple[Day | None, Day | None]:
    """Return the days by which the first and the last article that report it had appeared."""
    citations = supporting_citations(assertion, corpus)
    days = list(_publication_days(citations, corpus))
    return min(days, default=None), max(days, default=None)


def known_from(assertion: Assertion, corpus: Corpus) -> Day | None:
    """Return the day of the earliest article that reports it; a conclusion is known once all that
    it follows from is. None where a source has no day, so that it is known on any.
    """
    first_days = []
    for each in grounds_of(assertion, corpus):
        days = list(_publication_days(each.citations, corpus))
        is_timeless = any(corpus.articles[c.article.id].published is None for c in each.citations)
        first_days += [min(days)] if days and not is_timeless else []
    return max(first_days, default=None)


def _publication_days(citations: tuple[Citation, ...], corpus: Corpus) -> Iterator[Day]:
    for citation in citations:
        if day := corpus.articles[citation.article.id].known_from:
            yield day


def last_report(assertion: Assertion, judgement: Judgement, is_state: bool) -> Day | None:
    """Return the day by which the last article had appeared that tells an assertion anew.

    An article that another publisher shows than the one who wrote it may be a copy of an earlier
    one: of these only the first of each writer counts. An event is news once from each writer; what
    the same one tells of it later is history. That a state still holds can be news again.
    """
    days: list[Day] = []
    for each in grounds_of(assertion, judgement.corpus):
        days += _news_days(each, judgement, is_state)
    return max(days, default=None)


def _news_days(assertion: Assertion, judgement: Judgement, is_state: bool) -> Iterator[Day]:
    """Yield the days of the articles that cannot be copies or mere reminders of each other."""
    first_days: dict[str, Day] = {}
    citations = still_standing(assertion.citations, judgement.corpus)
    groups = group_articles((c.article.id for c in citations), judgement)
    for id, source in groups.items():
        article = judgement.corpus.articles[id]
        day = article.known_from
        if day is None:
            continue
        first_days[source] = min(day, first_days.get(source, day))
        if is_state and _shows_its_own(article, judgement):
            yield day
    yield from first_days.values()


def _shows_its_own(article: Article, judgement: Judgement) -> bool:
    """Whether those who wrote an article show it themselves, so that it is no copy."""
    originators = {originator.id for originator in article.originators}
    publishers = {publisher.id for publisher in article.publishers}
    sources = {*sources_of(article, judgement)}
    return publishers <= originators and sources == _voices(article, judgement.corpus)
