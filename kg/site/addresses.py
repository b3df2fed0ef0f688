"""Where each record of a site has its page: the address is its kind and its id, and nothing else,
so that it lasts as long as the id.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from kg.reading import Reading

NAMES_PAGE = "names.html"
"""The page that lists and finds everything by its names."""


class RecordKind(StrEnum):
    """The kind of a record that has a page; it is the folder of the page, too."""

    THING = "thing"
    ARTICLE = "article"
    ASSERTION = "assertion"
    CONFLICT = "conflict"


class Address(NamedTuple):
    """A page of a site: the kind of its record, and its id."""

    kind: RecordKind
    id: str

    @property
    def file(self) -> str:
        """The name of its file in the site: ``thing/gsomia.html``."""
        return f"{self.kind}/{self.id}.html"


def addresses(reading: Reading) -> Iterator[Address]:
    """Yield the address of every record that a lens shows, in order of kinds and ids."""
    corpus = reading.graph_corpus
    records = {
        RecordKind.THING: corpus.things,
        RecordKind.ARTICLE: corpus.articles,
        RecordKind.ASSERTION: corpus.assertions,
        RecordKind.CONFLICT: corpus.conflicts,
    }
    for kind, ids in records.items():
        yield from (Address(kind, id) for id in sorted(ids))
