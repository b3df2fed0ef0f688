"""How often the sources use what they name: what is used more is likelier to be meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cached_property

from kg.model import Assertion
from kg.model.corpus import Corpus

IN_THE_ARTICLE = 1000
"""A use in the article at hand counts as much as so many elsewhere."""


class Uses:
    """The uses in some assertions of a corpus, those that cite an ``article`` counting most."""

    def __init__(self, corpus: Corpus, article: str, assertions: Collection[Assertion]) -> None:
        self._corpus, self._article = corpus, article
        self._assertions = assertions

    @cached_property
    def weights(self) -> list[tuple[Assertion, int]]:
        """Every assertion with what a use in it counts."""
        return [(each, IN_THE_ARTICLE if self.is_here(each) else 1) for each in self._assertions]

    def is_here(self, assertion: Assertion) -> bool:
        """Whether an assertion cites the article at hand."""
        return any(each.article.id == self._article for each in assertion.citations)

    @cached_property
    def as_subject(self) -> Counter[tuple[str, str]]:
        """How often each thing is the subject of a relation, and of any (empty)."""
        uses: Counter[tuple[str, str]] = Counter()
        for each, weight in self.weights:
            for relation in ("", each.predicate.id):
                uses[each.subject.id, relation] += weight
        return uses

    @cached_property
    def as_object(self) -> Counter[tuple[str, str]]:
        """How often each thing is the object of a relation, and of any (empty)."""
        uses: Counter[tuple[str, str]] = Counter()
        for each, weight in self.weights:
            for relation in ("", each.predicate.id):
                uses[each.object_key, relation] += weight
        return uses

    @cached_property
    def in_any_part(self) -> Counter[str]:
        """How often each thing is named, in whatever part."""
        uses: Counter[str] = Counter()
        for each, weight in self.weights:
            for id in {reference.id for reference in each.mentions}:
                uses[id] += weight
        return uses

    @cached_property
    def as_speaker(self) -> Counter[str]:
        """How often each actor is the speaker."""
        uses: Counter[str] = Counter()
        for each, weight in self.weights:
            for speaker in each.speakers:
                uses[speaker.id] += weight
        return uses

    @cached_property
    def as_source(self) -> Counter[str]:
        """In how many assertions each article is cited."""
        uses: Counter[str] = Counter()
        for each, weight in self.weights:
            for id in {citation.article.id for citation in each.citations}:
                uses[id] += weight
        return uses

    @cached_property
    def of_classes(self) -> Counter[str]:
        """How many things each class has."""
        return Counter(thing.type.id for thing in self._corpus.things.values())

    @cached_property
    def of_relations(self) -> Counter[tuple[str, str]]:
        """How often each relation is used with a class of subjects, and with any (empty)."""
        uses: Counter[tuple[str, str]] = Counter()
        things = self._corpus.things
        for each, weight in self.weights:
            subject = things.get(each.subject.id)
            for kind in {"", subject.type.id if subject else ""}:
                uses[each.predicate.id, kind] += weight
        return uses
