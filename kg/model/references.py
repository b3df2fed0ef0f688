"""What a curator wrote inside of a record: the ids that it names, its texts and its citations, each
with its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kg.dates import Date
from kg.diagnostics import Span
from kg.model.locators import Locator


class Reference(NamedTuple):
    """The id of something, where a curator named it. Where another id stands for the same thing,
    ``id`` is that one and ``written`` the curator's (``kg.status.merging``).
    """

    id: str
    span: Span
    written: str = ""


class Text(NamedTuple):
    """Words that a curator typed; ``language`` is a BCP 47 tag or empty.

    ``datatype`` is empty where they are mere words; else they are a value of it (``xsd:decimal``,
    see ``kg.ontology.values``), and ``text`` is the one form in which that is written.
    """

    text: str
    span: Span
    language: str = ""
    datatype: str = ""

    @property
    def key(self) -> str:
        """The text as one that compares: in quotes, with its language or datatype."""
        return (
            f'"{self.text}"^^{self.datatype}' if self.datatype else f'"{self.text}"@{self.language}'
        )


def unique_references(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return references, the first of each thing."""
    first: dict[str, Reference] = {}
    for reference in references:
        first.setdefault(reference.id, reference)
    return tuple(first.values())


ASSERTION = "assertion"
"""The datatype of a text that is the id of an assertion: what is said of other speech."""


class Qualifier(NamedTuple):
    """What an assertion says beyond its triple: a qualifier of the ontology (``share``) and one
    value of it.
    """

    name: Reference
    value: Reference | Text

    @property
    def key(self) -> tuple[str, str]:
        """The qualifier's name, and its value as one comparable text."""
        value = self.value
        return self.name.id, value.id if isinstance(value, Reference) else value.key


class Citation(NamedTuple):
    """The place where a source says so and, if given, the words' span or the words themselves.

    ``words`` counts characters of the paragraph from 0, half open; ``sha256`` is that of these
    words after normalisation (see ``kg.sources.texts.normal``).
    """

    article: Reference
    locator: Locator
    span: Span
    words: tuple[int, int] | None = None
    sha256: str = ""
    quote: str = ""

    @property
    def paragraph(self) -> int:
        """The paragraph of the source's text (from 1), or 0 where it is cited otherwise."""
        return self.locator.paragraph


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A report that speakers (``by``; empty: all of them) took a statement back, or that a source
    was retracted: when, and the citations that report it.
    """

    when: Date | None
    citations: tuple[Citation, ...]
    span: Span
    by: tuple[Reference, ...] = ()
