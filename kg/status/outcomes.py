"""From when on it is known what became of a plan, demand or threat.

What realises it tells so, or an article that is cited for the outcome. Where a curator wrote the
outcome alone, the last of the plan's own articles that is later than the time planned for can have
told it; where there is none, whatever was published last.
"""

from __future__ import annotations

from collections.abc import Collection

from kg.model import Assertion
from kg.model.corpus import Corpus


def is_outcome_known(assertion: Assertion, corpus: Corpus, published: Collection[str]) -> bool:
    """Whether what became of a plan was known when these of a corpus's articles had appeared, but
    for what realises it.
    """
    outcome = assertion.outcome
    if outcome is None or len(published) == len(corpus.articles):
        return True
    if outcome.citations:
        return any(citation.article.id in published for citation in outcome.citations)
    if outcome.realised_by:
        return True
    later = _later_articles(assertion, corpus)
    return bool(later) and all(id in published for id in later)


def _later_articles(assertion: Assertion, corpus: Corpus) -> list[str]:
    """The articles of a plan that appeared after the time planned for."""
    end = assertion.when.end_latest if assertion.when else None
    ids = {citation.article.id for citation in assertion.citations}
    days = {id: corpus.articles[id].known_from for id in ids}
    return [id for id, day in days.items() if end and day and day > end]
