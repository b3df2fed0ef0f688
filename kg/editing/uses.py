"""How often the sources use what they name: what is used more is likelier to be meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import TypeVar

from kg.editing.names import cited_article_ids
from kg.model import Assertion
from kg.model.corpus import Corpus

Key = TypeVar("Key", bound=Hashable)

IN_THE_ARTICLE = 1000
"""A use in the article at hand counts as much as so many elsewhere."""


class Uses:
    """The uses in the assertions of a corpus, those that cite an ``article`` counting most."""

    def __init__(self, corpus: Corpus, article: str = "") -> None:
        self._corpus, self._article = corpus, article

    @cached_property
    def _weights(self) -> list[tuple[Assertion, int]]:
        """Every assertion with what a use in it counts."""
        assertions = self._corpus.assertions.values()
        return [(each, IN_THE_ARTICLE if self.is_here(each) else 1) for each in assertions]

    def is_here(self, assertion: Assertion) -> bool:
        """Whether an assertion cites the article at hand."""
        return self._article in cited_article_ids(assertion)

    def count(self, keys_of: Callable[[Assertion], Iterable[Key]]) -> Counter[Key]:
        """Return how often each value is used, by those that an assertion uses."""
        uses: Counter[Key] = Counter()
        for each, weight in self._weights:
            for key in keys_of(each):
                uses[key] += weight
        return uses

    @cached_property
    def as_subject(self) -> Counter[tuple[str, str]]:
        """How often each thing is the subject of a relation, and of any (empty)."""
        return self.count(lambda a: ((a.subject.id, name) for name in ("", a.predicate.id)))

    @cached_property
    def as_object(self) -> Counter[tuple[str, str]]:
        """How often each thing is the object of a relation, and of any (empty)."""
        return self.count(lambda a: ((a.object_key, name) for name in ("", a.predicate.id)))

    @cached_property
    def in_any_part(self) -> Counter[str]:
        """How often each thing is named, in whatever part."""
        return self.count(lambda a: {reference.id for reference in a.mentions})

    @cached_property
    def as_speaker(self) -> Counter[str]:
        """How often each actor is the speaker."""
        return self.count(lambda a: (speaker.id for speaker in a.speakers))

    @cached_property
    def as_source(self) -> Counter[str]:
        """In how many assertions each article is cited."""
        return self.count(cited_article_ids)

    @cached_property
    def of_classes(self) -> Counter[str]:
        """How many things each class has."""
        return Counter(thing.type.id for thing in self._corpus.things.values())

    @cached_property
    def of_relations(self) -> Counter[tuple[str, str]]:
        """How often each relation is used with a class of subjects, and with any (empty)."""
        things = self._corpus.things

        def relation_uses(a: Assertion) -> Iterable[tuple[str, str]]:
            subject = things.get(a.subject.id)
            return {(a.predicate.id, kind) for kind in ("", subject.type.id if subject else "")}

        return self.count(relation_uses)
