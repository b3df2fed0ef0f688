"""A corpus that may still be wrong, with what checks need to judge it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from kg.dates import Day
from kg.diagnostics import Diagnostic, rules
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.references import Reference
from kg.ontology import Ontology
from kg.sources.hints import nearest_name
from kg.status.identity import IdGroup
from kg.status.limits import with_limits
from kg.status.live_record import LiveRecord
from kg.status.merging import find_groups, merge_ids
from kg.status.status import Standing, Status, judge_standings
from kg.text.characters import foreign_letter, quoted


@dataclass(frozen=True)
class CorpusDraft:
    """A loaded corpus before it is known to be right.

    ``broken_ids`` are those of records that were left out for a mistake of their own, ``complete``
    is false where a whole file could not be read, ``sound`` is true where reading found no error,
    ``today`` is the day on which dates are judged, ``unknown_names`` collects unknown ids.
    """

    corpus: Corpus
    ontology: Ontology
    broken_ids: frozenset[str]
    complete: bool
    sound: bool
    today: Day
    unknown_names: list[str] = field(default_factory=list)

    @property
    def assertions(self) -> Collection[Assertion]:
        """All assertions, in the order in which they are written."""
        return self.corpus.assertions.values()

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """The standings of all assertions, before anything is concluded, for checks that need every
        name to be right.
        """
        return judge_standings(self.limited_corpus, self.ontology)

    @property
    def pairs(self) -> int:
        """How often one assertion stands against another, of which there may not be too many."""
        contests = chain.from_iterable(each.contests for each in self.standings.values())
        return sum(len(each.rivals) for each in contests)

    @cached_property
    def limited_corpus(self) -> Corpus:
        """The corpus, its states with the ends and beginnings that are accepted."""
        return with_limits(self.corpus, self.ontology).corpus

    @cached_property
    def live_record(self) -> LiveRecord:
        """The assertions that are neither withdrawn nor superseded, by what they say."""
        dead_statuses = (Status.WITHDRAWN, Status.SUPERSEDED)
        assertions = self.limited_corpus.assertions
        live = [a for id, a in assertions.items() if self.standings[id].status not in dead_statuses]
        return LiveRecord(live, self.limited_corpus, self.ontology)

    @cached_property
    def asked_together(self) -> dict[str, set[str]]:
        """For each answer to a question all that answer that question, by id."""
        together: dict[str, set[str]] = {}
        for conflict in self.corpus.conflicts.values():
            ids = {reference.id for reference in conflict.between}
            for id in ids:
                together.setdefault(id, set()).update(ids)
        return together

    @cached_property
    def groups(self) -> tuple[IdGroup, ...]:
        """The ids that stand for one thing."""
        return find_groups(self.corpus, self.ontology)

    @property
    def merged(self) -> CorpusDraft:
        """This draft with one id for each thing."""
        if not self.groups:
            return self
        return replace(self, corpus=merge_ids(self.corpus, self.ontology, self.groups))

    def kind_of(self, id: str) -> str:
        """Return what an id stands for: ``actor``, ``pact``, ..., ``article``, ``assertion``,
        ``conflict``, or nothing.
        """
        if id in self.corpus.things:
            return self.corpus.things[id].section.removesuffix("s")
        tables = (
            ("article", self.corpus.articles),
            ("assertion", self.corpus.assertions),
            ("conflict", self.corpus.conflicts),
        )
        return next((kind for kind, table in tables if id in table), "")

    def unknown(
        self, reference: Reference, noun: str, known_ids: Collection[str]
    ) -> Iterator[Diagnostic]:
        """Yield a diagnostic where an id is not among the known ones, unless a mistake elsewhere
        explains it; ``noun`` is what they stand for.

        ``known_ids`` is looked into once for each reference: a set or a mapping.
        """
        if reference.id in known_ids or reference.id in self.broken_ids:
            return
        id = quoted(reference.id)
        if kind := self.kind_of(reference.id):
            rule = rules.NOT_AN_ACTOR if noun == "actor" else rules.WRONG_SECTION
            message = f"{id} is {with_article(kind)}, not {with_article(noun)}"
            yield rule.at(reference.span, message, f"name {with_article(noun)} here")
        elif self.complete:
            nearest = nearest_name(reference.id, known_ids, self.unknown_names)
            self.unknown_names.append(reference.id)
            hint = nearest or f"define it first: no {noun} has a name like this"
            message = f"unknown {noun} {id}{foreign_letter(reference.id)}"
            yield rules.UNKNOWN_NAME.at(reference.span, message, hint)


def with_article(noun: str) -> str:
    """Return a noun with its article: ``an actor``, ``a pact``."""
    return f"an {noun}" if noun[:1] in "aeiouAEIOU" else f"a {noun}"
