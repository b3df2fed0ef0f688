"""A corpus that may still be wrong, with what checks need to judge it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg import rules
from kg.characters import quoted
from kg.dates import Day
from kg.diagnostics import Diagnostic
from kg.model import Citation, Corpus, Reference
from kg.ontology import Ontology
from kg.sources.hints import nearest_name
from kg.status.status import Standing, standings


@dataclass(frozen=True)
class Draft:
    """A loaded corpus before it is known to be right.

    ``broken`` are ids of records that were left out for a mistake of their own, ``complete`` is
    false where a whole file could not be read, ``sound`` is true where reading found no error,
    ``today`` is the day on which dates are judged, ``unknown_names`` collects what was not found.
    """

    corpus: Corpus
    ontology: Ontology
    broken: frozenset[str]
    complete: bool
    sound: bool
    today: Day
    unknown_names: list[str] = field(default_factory=list)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where every assertion stands, before anything is concluded. For checks that need every
        name to be right.
        """
        return standings(self.corpus, self.ontology)

    def kind_of(self, id: str) -> str:
        """What an id stands for: ``actor``, ``pact``, ..., ``article``, ``assertion``,
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
        self, reference: Reference, wanted: str, known: Collection[str]
    ) -> Iterator[Diagnostic]:
        """A diagnostic where a name is not among the known ones, unless a mistake elsewhere
        explains it.

        ``known`` is looked into once for each mention: a set or a mapping.
        """
        if reference.id in known or reference.id in self.broken:
            return
        if kind := self.kind_of(reference.id):
            rule = rules.NOT_AN_ACTOR if wanted == "actor" else rules.WRONG_SECTION
            article = "an" if wanted[0] in "aeiou" else "a"
            yield rule.at(
                reference.span,
                f"{quoted(reference.id)} is {_a(kind)}, not {article} {wanted}",
                f"name {article} {wanted} here",
            )
        elif self.complete:
            near = nearest_name(reference.id, known, self.unknown_names)
            self.unknown_names.append(reference.id)
            yield rules.UNKNOWN_NAME.at(
                reference.span,
                f"unknown {wanted} {quoted(reference.id)}",
                near or f"define it first: no {wanted} has a name like this",
            )

    def all_citations(self) -> tuple[Citation, ...]:
        """Every citation, in reading order."""
        return self.corpus.citations()


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
