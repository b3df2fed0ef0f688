"""A corpus with less in it: as it stood on an earlier day, or with some of its assertions only.

Nothing shows what no article published by a day could report.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from kg.dates import Day, Instant, is_past_by
from kg.dates.limits import as_known_by
from kg.model import Article, Assertion, Conflict
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs, replace_fields
from kg.model.references import Citation, Reference, Withdrawal
from kg.status.outcomes import is_outcome_known
from kg.status.propositions import time_of
from kg.status.told_things import (
    named_things,
    told_things,
    visible_citations,
    with_principals,
    written_by,
)


def restrict_to_day(corpus: Corpus, day: Day | Instant) -> Corpus:
    """Return a corpus as it stood when a day ended, or at an hour of it: only what articles
    published by then report, and could know.

    What cites no article may rest on any: while one is left out, notes of things and articles are,
    and a decision of the editors is known once others name what it is about.
    """
    articles = {
        id: article
        for id, article in corpus.articles.items()
        # One without a day is known on any.
        if article.published is None or is_past_by(article.published, day)
    }
    articles = {id: _as_known(article, articles, day) for id, article in articles.items()}
    writers = written_by(articles.values())
    is_complete = len(articles) == len(corpus.articles)
    horizon = day if isinstance(day, Day) else day.day
    reports = _Reports(articles, horizon, is_complete)
    reported = [reports.assertion(a) for a in corpus.assertions.values()]
    assertions = _without_lost_premises({a.id: a for a in reported if a})
    if not is_complete:
        assertions = _without_unnamed(assertions, corpus, writers)
        articles = {id: replace_fields(article, note="") for id, article in articles.items()}
    assertions = {
        id: reports.dated(_cut_links(a, assertions, corpus))
        for id, a in _with_known_outcomes(assertions, corpus, articles).items()
    }
    named_ids = named_things(assertions.values()) | writers
    return replace(
        corpus,
        articles=articles,
        assertions=assertions,
        conflicts=conflicts_between(corpus, assertions),
        things=told_things(corpus, articles, with_principals(corpus, named_ids), horizon),
    )


def keep_assertions(corpus: Corpus, ids: Iterable[str]) -> Corpus:
    """Return a corpus with some of its assertions, their links cut where they lead to others.
    Things and articles stay.
    """
    selected_ids = set(ids)
    selection = {id: a for id, a in corpus.assertions.items() if id in selected_ids}
    return replace(
        corpus,
        assertions={id: _cut_links(a, selection, corpus) for id, a in selection.items()},
        conflicts=conflicts_between(corpus, selection, least=1),
    )


def _as_known(article: Article, others: Mapping[str, Article], day: Day | Instant) -> Article:
    """An article with what was known of it: its retraction once that is reported, an archived copy
    and a reader's visit once they were made.
    """
    retracted, archived, accessed = article.retracted, article.archived, article.accessed
    if retracted and not visible_citations(retracted.citations, others):
        retracted = None
    if archived and archived.when and not is_past_by(archived.when, day):
        archived = None
    if accessed and not is_past_by(accessed, day):
        accessed = None
    version_of = article.version_of
    if version_of and version_of.id not in others:
        version_of = None
    return replace_fields(
        article, retracted=retracted, archived=archived, accessed=accessed, version_of=version_of
    )


def _present(references: Iterable[Reference], assertions: Container[str]) -> tuple[Reference, ...]:
    return tuple(reference for reference in references if reference.id in assertions)


class _Reports(NamedTuple):
    """The articles that were published by a day (``horizon``), and whether these are all."""

    articles: Mapping[str, Article]
    horizon: Day
    is_complete: bool

    def assertion(self, a: Assertion) -> Assertion | None:
        """An assertion as these articles report it, or None where they do not.

        A note may rest on what is left out: then it goes.
        """
        citations = tuple(
            c for c in visible_citations(a.citations, self.articles) if self._vouches(c, a)
        )
        when = a.when
        if a.is_actual and when:
            when = as_known_by(when, self._last_day(citations))
        if (a.citations and not citations) or (a.when and not when):
            return None
        withdrawals = tuple(filter(None, map(self._withdrawal, a.withdrawals)))
        is_whole = (citations, withdrawals, when) == (a.citations, a.withdrawals, a.when)
        if is_whole and (a.citations or self.is_complete):
            return a
        return replace(a, citations=citations, withdrawals=withdrawals, when=when, note="")

    def dated(self, a: Assertion) -> Assertion:
        """An assertion with as much of its date as its articles could know: a denial may have the
        time of what they did not know.
        """
        known_date = as_known_by(a.when, self._last_day(a.citations)) if a.when else None
        return replace_fields(a, when=known_date) if a.is_actual else a

    def _day(self, citation: Citation) -> Day | None:
        return self.articles[citation.article.id].known_from

    def _last_day(self, citations: Collection[Citation]) -> Day:
        """The day of the last of some articles, as far as all have one: after it they knew
        nothing.
        """
        days = [self._day(citation) for citation in citations]
        return max((each or self.horizon for each in days), default=self.horizon)

    def _vouches(self, citation: Citation, a: Assertion) -> bool:
        """Whether an article could know of what it is cited for: that it was, or was said."""
        day = self._day(citation)
        is_past = not a.is_actual or not a.when or as_known_by(a.when, day or self.horizon)
        return bool(is_past) and (
            not a.said or as_known_by(a.said, day or self.horizon) is not None
        )

    def _withdrawal(self, withdrawal: Withdrawal) -> Withdrawal | None:
        when = withdrawal.when
        citations = tuple(
            citation
            for citation in visible_citations(withdrawal.citations, self.articles)
            if not when or as_known_by(when, self._day(citation) or self.horizon)
        )
        return replace(withdrawal, citations=citations) if citations else None


def _without_unnamed(
    assertions: Mapping[str, Assertion], corpus: Corpus, writers: set[str]
) -> dict[str, Assertion]:
    """Assertions without decisions of the editors on things that no article names, or is by."""
    rest = {id: a for id, a in assertions.items() if a.citations or a.follows_from}
    named_ids = with_principals(corpus, named_things(rest.values()) | writers)
    return {
        id: a for id, a in assertions.items() if id in rest or named_ids.issuperset(a.tied_things)
    }


def _without_lost_premises(assertions: dict[str, Assertion]) -> dict[str, Assertion]:
    """Assertions without those that follow from, or speak of, in any number of steps, what is not
    there.
    """
    following = group_pairs(
        (premise.id, a.id) for a in assertions.values() for premise in a.follows_from
    )
    speaking = group_pairs((a.object_assertion, a.id) for a in assertions.values())
    absent = (following.keys() | speaking.keys()) - {"", *assertions}
    lost_ids = set(closure(absent, lambda id: (*following.get(id, ()), *speaking.get(id, ()))))
    return {id: a for id, a in assertions.items() if id not in lost_ids}


def _with_known_outcomes(
    assertions: Mapping[str, Assertion], corpus: Corpus, articles: Mapping[str, Article]
) -> dict[str, Assertion]:
    """Assertions with the outcomes that these articles can have told, and their citations."""
    known_outcomes = {}
    for id, a in assertions.items():
        outcome = a.outcome
        if outcome and not is_outcome_known(corpus.assertions[id], corpus, articles):
            outcome = None
        elif outcome:
            outcome = outcome._replace(citations=visible_citations(outcome.citations, articles))
        known_outcomes[id] = replace_fields(a, outcome=outcome)
    return known_outcomes


def _cut_links(assertion: Assertion, others: Mapping[str, Assertion], corpus: Corpus) -> Assertion:
    """An assertion whose links lead to assertions that are there: the outcome goes with what
    realises it.

    A denial whose target is not there keeps the target's time.
    """

    def present(reference: Reference | None) -> Reference | None:
        return reference if reference and reference.id in others else None

    outcome, superseded = assertion.outcome, _present(assertion.supersedes, others)
    realised_by = outcome.realised_by if outcome else None
    return replace_fields(
        assertion,
        denies=present(assertion.denies),
        when=assertion.when if present(assertion.denies) else time_of(assertion, corpus),
        supersedes=superseded,
        retroactive=assertion.retroactive and bool(superseded),
        outcome=outcome if present(realised_by) == realised_by else None,
        follows_from=_present(assertion.follows_from, others),
    )


def conflicts_between(
    corpus: Corpus, assertions: Container[str], least: int = 2
) -> dict[str, Conflict]:
    """Return the questions of a corpus with their answers among some assertions, those that have so
    many.
    """
    conflicts = {
        id: replace(conflict, between=_present(conflict.between, assertions))
        for id, conflict in corpus.conflicts.items()
    }
    return {id: each for id, each in conflicts.items() if len(each.between) >= least}
