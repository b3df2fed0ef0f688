"""Laws about what becomes of sources: versions follow each other, and what was retracted supports
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.checks.draft import CorpusDraft
from kg.diagnostics import Diagnostic, rules
from kg.model import Article
from kg.model.closure import find_circles, show_circle
from kg.model.corpus import text_states
from kg.model.grouping import group_pairs
from kg.model.references import Reference
from kg.status.editions import is_retracted
from kg.status.status import Status
from kg.text.characters import quoted


def versions_follow_each_other(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """A later state of a text is of a known article that appeared before, and never of itself."""
    articles = draft.corpus.articles
    earlier = {each.id: each.version_of for each in articles.values() if each.version_of}
    for reference in earlier.values():
        yield from draft.unknown(reference, "article", articles)
    for circle in find_circles(earlier, lambda id: [earlier[id].id] if id in earlier else []):
        message = f"versions lead back to themselves: {show_circle(circle)}"
        hint = "'version_of' names the earlier state of the text"
        yield rules.BAD_VERSION.at(earlier[circle[0]].span, message, hint)
    for id, reference in earlier.items():
        other = articles.get(reference.id)
        if other and _is_before(articles[id], other):
            yield rules.BAD_VERSION.at(
                reference.span,
                f"{quoted(id)} ({articles[id].published_text}) is said to be a later version of "
                f"{quoted(other.id)} ({other.published_text}), which appeared after it",
                f"write 'version_of: {id}' in {quoted(other.id)}, or mend a date",
                [other.span],
            )


def _is_before(article: Article, other: Article) -> bool:
    """Whether an article certainly appeared before another."""
    last = article.known_from
    first = other.published.start_earliest if other.published else None
    return last is not None and first is not None and last < first


def one_address_is_one_text(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Two records of one address are states of one text, and say so."""
    articles = draft.corpus.articles
    by_address = group_pairs((article.url, article) for article in articles.values() if article.url)
    for same in by_address.values():
        in_order = sorted(same, key=lambda each: (str(each.known_from or ""), each.id))
        for earlier, later in pairwise(in_order):
            if not _are_versions(earlier, later, draft):
                yield rules.SAME_ADDRESS.at(
                    later.span,
                    f"{quoted(later.id)} ({later.published_text}) has the address of "
                    f"{quoted(earlier.id)} ({earlier.published_text}), "
                    f"at {earlier.span}, and is the later one",
                    f"a later state of the same text says 'version_of: {earlier.id}'",
                    [earlier.span],
                )


def one_text_is_one_source(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Two records of one text are an article and its reprint, which name the same originator, or
    states of one text, and say so: they count as one source either way.
    """
    by_text: dict[str, Article] = {}
    for article in draft.corpus.articles.values():
        first = by_text.setdefault(article.text_sha256, article)
        if not article.text_sha256 or first is article or _are_versions(first, article, draft):
            continue
        is_reprint = _share_any(first.originators, article.originators)
        if is_reprint and not _share_any(first.publishers, article.publishers):
            continue
        yield rules.SAME_TEXT.at(
            article.span,
            f"{quoted(article.id)} has the very text of {quoted(first.id)} (text_sha256), at "
            f"{first.span}: the two count as one source",
            "of a reprint name who wrote it as 'originator' of both; make two records of one "
            "article one; or mend the fingerprint",
            [first.span],
        )


def _share_any(some: Iterable[Reference], others: Iterable[Reference]) -> bool:
    return not {each.id for each in some}.isdisjoint(each.id for each in others)


def _are_versions(one: Article, other: Article, draft: CorpusDraft) -> bool:
    """Whether two articles are states of one text, in any number of steps."""
    articles = draft.corpus.articles
    return not set(text_states(one.id, articles)).isdisjoint(text_states(other.id, articles))


def something_stands_behind_each(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """An assertion rests on a source that was not retracted."""
    articles = draft.corpus.articles.values()
    has_retractions = any(each.retracted is not None for each in articles)
    for assertion in draft.assertions if has_retractions else ():
        status = draft.standings[assertion.id].status
        is_told = assertion.withdrawn or status is Status.SUPERSEDED
        if is_retracted(assertion, draft.corpus) and not is_told:
            yield rules.RETRACTED_SUPPORT.at(
                assertion.citations[0].article.span,
                f"nothing supports {quoted(assertion.id)}: {draft.standings[assertion.id].reason}",
                "cite another source that says so; without one it stands as withdrawn",
            )
