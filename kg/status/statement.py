"""Statements: each assertion as a lens shows it, once, for everything that speaks of it.

A statement joins what a curator wrote with where it stands, what supports it and how it reads in
words. Cards, rows, ties, lines, reports and exports take what they need from it; nothing else
judges an assertion or puts it into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kg.dates import Date, Day
from kg.dates.words import readable
from kg.model import Assertion
from kg.model.locators import Locator
from kg.model.places import NO_ARTICLE, Place, citation_values, cited_places, locators_by_article
from kg.model.references import Citation
from kg.ontology import Ontology
from kg.status.certainty import Certainty, bounded_time, claimed_ends, own_time
from kg.status.editions import still_standing, unconfirmed_in
from kg.status.judgement import Judgement
from kg.status.reasons import Mention, Mentioned
from kg.status.sentences import Sentence
from kg.status.support import (
    independent_sources,
    known_from,
    last_report,
    supporting_citations,
)
from kg.text import join_and, join_or


@dataclass(frozen=True, kw_only=True)
class Statement(Sentence):
    """One assertion under a lens, with where it stands and what supports it.

    ``against`` are those of its rivals that the lens shows. ``limits`` are the ids of what says
    that its state ended or began, as far as the lens shows it. ``certainty`` says how surely it
    holds on the lens's day, if it has one.
    """

    others: Mapping[str, Statement] = field(repr=False, compare=False)
    against: tuple[str, ...]
    limits: tuple[str, ...]
    certainty: Certainty | None

    @property
    def reason(self) -> str:
        """Why it has its status, as plain text: things and sources by their names."""
        return self.standing.reason.worded(self._mentioned)

    def _mentioned(self, mention: Mention) -> str:
        """What a reason mentions as people are told it; an assertion by its id."""
        if mention.kind is Mentioned.THING:
            return self.judgement.corpus.thing(mention.id).label
        if mention.kind is Mentioned.SOURCE:
            source = self.judgement.corpus.articles[mention.id]
            return f"'{source.title.text}' ({source.published_text})"
        return mention.id

    @property
    def reason_parts(self) -> tuple[str | Mention, ...]:
        """Why it has its status, in words and the ids of assertions and things."""
        return tuple(
            self._mentioned(part)
            if isinstance(part, Mention) and part.kind is Mentioned.SOURCE
            else part
            for part in self.standing.reason.parts
        )

    @property
    def narrower_scope(self) -> str:
        """The place and qualifiers of a denial, where something that it stands against gives
        others or none: ``in Varn, amount 5 EUR``.
        """
        if not self.assertion.is_denial:
            return ""
        own = self.where, self.qualified
        others = [self.others[id] for id in self.standing.against]
        if all((other.where, other.qualified) == own for other in others):
            return ""
        place = f"in {join_and([name.label for name in self.where])}" if self.where else ""
        return ", ".join(part for part in (place, self.qualified) if part)

    @property
    def holds(self) -> str:
        """How surely it holds on the lens's day, in words; nothing where the lens has no day."""
        if self.certainty is Certainty.AS_FAR_AS_KNOWN:
            return f"{self.certainty.words}, last reported {self.last_report}"
        if self.certainty is Certainty.POSSIBLY and self.claimed_end:
            return f"{self.certainty.words}: {self.claimed_end}"
        return self.certainty.words if self.certainty else ""

    @property
    def claimed_end(self) -> str:
        """On which days speakers say that its state ended, and who, where that is not accepted:
        ``said to have ended: 2010-05-01 (Alpha) or 2010-06-01 (Beta)``.
        """
        days = []
        for each in claimed_ends(self.assertion, self.judgement):
            limit = self.others[each.id]
            speakers = join_and([name.label for name in limit.speakers])
            days.append(f"{readable(limit.time)} ({speakers})" if limit.time else speakers)
        return f"said to have ended: {join_or(days)}" if days else ""

    @cached_property
    def bounds(self) -> Date | None:
        """The days between which it began and ended: of a deed, none after its first report."""
        return bounded_time(self._grounded, self.judgement, self.relation)

    @property
    def own_bounds(self) -> Date | None:
        """The same by its own word, where others say another day."""
        return own_time(self._grounded, self.judgement.corpus, self.relation)

    # Citations and sources

    @property
    def _grounded(self) -> Assertion:
        """The assertion with all that it follows from, be it that the lens shows that not: a
        membership lasts beyond the day of its entry.
        """
        a = self.assertion
        return self.judgement.corpus.assertions.get(a.id, a) if a.rule else a

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where articles say so, by article and paragraph."""
        return cited_places(self.assertion.citations)

    @cached_property
    def withdrawal_places(self) -> tuple[Place, ...]:
        """Where articles report that it was taken back."""
        withdrawals = self.assertion.withdrawals
        return cited_places(citation for each in withdrawals for citation in each.citations)

    @cached_property
    def support(self) -> tuple[Citation, ...]:
        """Its citations or, where it has none, those of all that it follows from."""
        return supporting_citations(self._grounded, self.judgement.corpus)

    @cached_property
    def sources(self) -> int:
        """How many independent sources report it; copies of one text are one."""
        return independent_sources(self._grounded, self.judgement)

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that are cited for it and were not retracted, in order."""
        citations = still_standing(self.assertion.citations, self.judgement.corpus)
        return tuple(sorted({citation.article.id for citation in citations}))

    @cached_property
    def unconfirmed_in(self) -> tuple[str, ...]:
        """The later states, by id, of its only source that it is not cited from."""
        judgement = self.judgement
        return unconfirmed_in(self.assertion, judgement.corpus, judgement.later_states)

    @cached_property
    def originators(self) -> tuple[str, ...]:
        """The names of those who wrote these articles, in order."""
        corpus = self.judgement.corpus
        articles = (corpus.articles[id] for id in self.articles)
        ids = {originator.id for article in articles for originator in article.originators}
        return tuple(sorted({corpus.things[id].label for id in ids}))

    @cached_property
    def known_from(self) -> Day | None:
        """The day on which it was first reported; a conclusion's, once all its grounds were."""
        return known_from(self._grounded, self.judgement.corpus)

    @cached_property
    def last_report(self) -> Day | None:
        """The day of the last article that tells it anew."""
        return last_report(self._grounded, self.judgement, self.is_state)

    @cached_property
    def locators(self) -> dict[str, list[Locator]]:
        """The places that are cited for it, by article, both in order: none of retracted articles
        where there are others.
        """
        citations = still_standing(self.assertion.citations, self.judgement.corpus)
        return locators_by_article(citations or self.assertion.citations)

    @property
    def cited(self) -> str:
        """Where it stands, in a line: each article with its places, or what it follows from."""
        values = citation_values(self.locators)
        parts = [f"{id}: {', '.join(map(str, each))}" for id, each in values.items()]
        grounds = ", ".join(ground.id for ground in self.assertion.follows_from)
        return "; ".join(parts) or (f"follows from {grounds}" if grounds else NO_ARTICLE)

    @property
    def record(self) -> dict[str, Any]:
        """The statement for programs, in short."""
        a = self.assertion
        return {
            "assertion": self.id,
            "words": self.sentence,
            "status": self.status.value,
            "reason": self.reason,
            "when": a.when.text if a.when else None,
            "where": a.where.id if a.where else None,
            "with": self.values,
            "said": a.said.text if a.said else None,
            "citations": [
                {"article": article, "paragraphs": values}
                for article, values in citation_values(self.locators).items()
            ],
        }


class Statements(Mapping[str, Statement]):
    """The statement of every assertion that a lens knows, by id, each made when it is asked for.

    ``judgement`` says where they stand. ``assertions`` are those that the lens shows, with their
    links cut; ``certainties`` say how surely these hold on its day, if it has one.
    """

    def __init__(
        self,
        judgement: Judgement,
        ontology: Ontology,
        assertions: Mapping[str, Assertion],
        certainties: Mapping[str, Certainty],
    ) -> None:
        self._judgement, self._ontology = judgement, ontology
        self._assertions, self._certainties = assertions, certainties
        self._statements: dict[str, Statement] = {}

    @property
    def counted_as(self) -> Mapping[str, tuple[str, ...]]:
        """The actors whose source an article counts as, by its id, where not its originators."""
        return self._judgement.counted_as

    def __getitem__(self, id: str) -> Statement:
        if id not in self._statements:
            self._statements[id] = self._make(id)
        return self._statements[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._judgement.standings)

    def __len__(self) -> int:
        return len(self._judgement.standings)

    def _make(self, id: str) -> Statement:
        assertion = self._assertions.get(id) or self._judgement.corpus.assertions[id]
        standing = self._judgement.standings[id]
        limits = self._judgement.limits.get(id, ())
        return Statement(
            assertion=assertion,
            relation=self._ontology.relation_of(assertion),
            standing=standing,
            judgement=self._judgement,
            kinds=self._ontology.qualifiers,
            others=self,
            against=tuple(rival for rival in standing.against if rival in self._assertions),
            limits=tuple(each for each in limits if each in self._assertions),
            certainty=self._certainties.get(id),
        )
