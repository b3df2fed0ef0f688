"""Where each page of a site lies: the address of a record is its kind and its id, and nothing else,
so that it lasts as long as the id; that of a saved question is its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from kg.model.corpus import RECORD_KINDS
from kg.query.folder import read_saved_queries
from kg.reading import Reading

NAMES_PAGE = "names.html"
"""The page that lists and finds everything by its names."""

ENDING = ".html"


class RecordKind(StrEnum):
    """What a page tells of: a record, a saved question (``ask``) with its answer, or the data set
    as a whole (``page``). It is the folder of the page, too.
    """

    THING = "thing"
    ARTICLE = "article"
    ASSERTION = "assertion"
    CONFLICT = "conflict"
    QUESTION = "ask"
    OVERVIEW = "page"


OVERVIEWS = ("timeline", "questions", "sources", "changes", "about")
"""The pages of the data set as a whole, by name, in the order in which pages lead to them."""


class Address(NamedTuple):
    """A page of a site: its kind, and the id of its record or the name of the page."""

    kind: RecordKind
    id: str

    @property
    def file(self) -> str:
        """The name of its file in the site: ``thing/gsomia.html``."""
        return f"{self.kind}/{self.id}{ENDING}"


ALL_QUESTIONS = Address(RecordKind.OVERVIEW, "questions")
"""The page of all saved questions."""


def addresses(reading: Reading) -> Iterator[Address]:
    """Yield the address of every record that a lens shows, in order of kinds and ids, then those of
    saved questions and of the pages about all.
    """
    yield from record_addresses(reading)
    yield from (
        Address(RecordKind.QUESTION, name) for name in read_saved_queries(reading.workspace)
    )
    yield from (Address(RecordKind.OVERVIEW, name) for name in OVERVIEWS)


def find_addresses(files: Iterable[str]) -> Iterator[Address]:
    """Yield the addresses of records among the names of files of a site."""
    for name in files:
        kind, _, page = name.partition("/")
        if kind in RECORD_KINDS and page.endswith(ENDING):
            yield Address(RecordKind(kind), page.removesuffix(ENDING))


def record_addresses(reading: Reading) -> Iterator[Address]:
    """Yield the address of every record that a lens shows, in order of kinds and ids."""
    for kind, ids in reading.graph_corpus.records.items():
        yield from (Address(RecordKind(kind), id) for id in sorted(ids))
