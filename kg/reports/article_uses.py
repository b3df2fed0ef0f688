"""What sources are cited for: assertions, their being taken back, their outcomes, and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from kg.model import Thing
from kg.model.grouping import group_pairs
from kg.model.references import Citation
from kg.reading import Reading
from kg.status.statement import Statement


class SourceUse(NamedTuple):
    """A citation and what it is for: a statement, its being taken back or its outcome (``part``),
    or a ``name`` of a thing.
    """

    citation: Citation
    source: Statement | Thing
    part: str = ""
    name: str = ""

    @property
    def id(self) -> str:
        """The id of the assertion or thing."""
        return self.source.id

    @property
    def words(self) -> str:
        """The sentence, or that it is a name of a thing."""
        if isinstance(self.source, Statement):
            return self.source.sentence
        return f"{self.name}, a name of {self.source.label}"


def find_uses(reading: Reading) -> Mapping[str, list[SourceUse]]:
    """Return what each source is cited for, by its id, in the order of assertions and names."""
    return group_pairs((use.citation.article.id, use) for use in _all_uses(reading))


def uncited_paragraphs(count: int, cited_numbers: Iterable[int]) -> list[range]:
    """Return the numbers of those of so many paragraphs that nothing is cited from, by what stands
    between those that are ``cited_numbers``: there may be a million.
    """
    edges = [0, *sorted({number for number in cited_numbers if 0 < number <= count}), count + 1]
    return [range(last + 1, next) for last, next in pairwise(edges) if next - last > 1]


def _all_uses(reading: Reading) -> Iterator[SourceUse]:
    corpus = reading.visible_corpus
    for assertion in corpus.assertions.values():
        statement = reading.statements[assertion.id]
        cited_numbers = [("", assertion.citations)]
        cited_numbers += [("taken back", each.citations) for each in assertion.withdrawals]
        cited_numbers += [("outcome", assertion.outcome.citations)] if assertion.outcome else []
        for part, citations in cited_numbers:
            yield from (SourceUse(citation, statement, part) for citation in citations)
    for thing in corpus.things.values():
        for alias in thing.aliases:
            yield from (SourceUse(each, thing, name=alias.name.text) for each in alias.citations)
