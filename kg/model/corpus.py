"""All that the sources of a workspace say, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from kg.dates import Day
from kg.model import Article, Assertion, Conflict, Thing
from kg.model.closure import closure
from kg.model.grouping import group_pairs
from kg.model.references import Citation

RECORD_KINDS = ("thing", "article", "assertion", "conflict")
"""What can have a page of its own."""


@dataclass(frozen=True)
class Corpus:
    """All that a workspace's sources say, in reading order (by file name, then by line).

    Where ids that stand for one thing are merged (``kg.status.merging``), ``main_ids`` gives for
    each of them the one that ``things`` has, and ``also`` holds the things of the others as they
    are written.
    """

    articles: Mapping[str, Article] = field(default_factory=dict)
    things: Mapping[str, Thing] = field(default_factory=dict)
    assertions: Mapping[str, Assertion] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    main_ids: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, Thing] = field(default_factory=dict)
    ground_ids: dict[str, tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What assertions rest on, by their ids, as far as it was found (``kg.status.support``)."""

    @property
    def records(self) -> Mapping[str, Mapping[str, Thing | Article | Assertion | Conflict]]:
        """All that can be cited by an address, by kind (of ``RECORD_KINDS``) and id."""
        tables = (self.things, self.articles, self.assertions, self.conflicts)
        return dict(zip(RECORD_KINDS, tables, strict=True))

    @property
    def ids(self) -> set[str]:
        """The ids of all records."""
        return {*self.things, *self.articles, *self.assertions, *self.conflicts}

    def main_id(self, id: str) -> str:
        """The id by which the thing that has this one is known here."""
        return self.main_ids.get(id, id)

    def thing(self, id: str) -> Thing:
        """The thing that has an id or, where another stands for it, what is written under it.
        Raises KeyError where there is none.
        """
        return self.also[id] if id in self.also else self.things[id]

    def principal(self, id: str) -> list[str]:
        """The id of the one that a thing acts for; none where it acts for itself."""
        thing = self.things.get(id)
        return [thing.acts_for.id] if thing and thing.acts_for else []

    def last_principal(self, id: str) -> str:
        """The id of the one for whom a thing acts in the end, as a bureau does for its state; its
        own where it acts for itself.
        """
        return closure([id], self.principal)[-1]

    @property
    def actors(self) -> Mapping[str, Thing]:
        """The things that can act and speak."""
        return {id: thing for id, thing in self.things.items() if thing.section == "actors"}

    @cached_property
    def next_states(self) -> Mapping[str, Sequence[str]]:
        """The articles that say to be a later state of an article, by the id of that."""
        articles = self.articles.values()
        return group_pairs((each.version_of.id, each.id) for each in articles if each.version_of)

    @cached_property
    def publication_days(self) -> tuple[Day, ...]:
        """The days by which articles were published, each once, in order."""
        days = (article.known_from for article in self.articles.values())
        return tuple(sorted({day for day in days if day}))

    @property
    def last_day(self) -> Day | None:
        """The day by which all articles were published that have one; None where none has."""
        return self.publication_days[-1] if self.publication_days else None

    def newest_articles(self) -> list[Article]:
        """Return all articles, the newest first, those without a day last."""
        articles = sorted(self.articles.values(), key=lambda each: each.id)
        return sorted(articles, key=lambda each: str(each.known_from or ""), reverse=True)

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of every assertion, withdrawal, outcome, alias and retraction, in reading
        order.
        """
        citations: list[Citation] = []
        for assertion in self.assertions.values():
            citations += assertion.all_citations
        for alias in chain.from_iterable(thing.aliases for thing in self.things.values()):
            citations += alias.citations
        for article in self.articles.values():
            citations += article.retracted.citations if article.retracted else ()
        return tuple(sorted(citations, key=lambda citation: citation.span))


def text_states(id: str, articles: Mapping[str, Article]) -> list[str]:
    """Return the ids of an article and of the earlier states of its text, back to the first."""

    def earlier(id: str) -> list[str]:
        version_of = articles[id].version_of if id in articles else None
        return [version_of.id] if version_of else []

    return closure([id], earlier)
