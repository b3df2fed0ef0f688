"""The page that lists everything by its names, and finds it by any of them, in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from kg.site.addresses import Address, RecordKind
from kg.site.edition import Edition
from kg.site.templates import HERE
from kg.text import count_noun

SEARCH = (HERE / "search.js").read_text("utf-8")
"""Hides the entries whose names do not hold what is typed."""


class NameEntry(NamedTuple):
    """Something with a page: its name, others that it has, and all of them as they are searched."""

    address: Address
    name: str
    language: str
    others: str
    searched: str


class NamesPage(NamedTuple):
    """Everything by its names: each class with its things, then the sources."""

    title: str
    summary: str
    data: dict[str, Any]
    groups: tuple[tuple[str, tuple[NameEntry, ...]], ...]


def names_page(edition: Edition) -> NamesPage:
    """Return the page of all names."""
    groups: dict[str, list[NameEntry]] = {}
    for thing in edition.corpus.things.values():
        node = edition.node(thing.id)
        address, others = Address(RecordKind.THING, thing.id), ", ".join(node.aliases)
        searched = as_searched((node.label, *node.aliases, thing.id))
        entry = NameEntry(address, node.label, node.language, others, searched)
        groups.setdefault(node.type, []).append(entry)
    sources = [
        NameEntry(
            Address(RecordKind.ARTICLE, each.id),
            each.title.text,
            each.title.language,
            each.published_text,
            as_searched((each.title.text, each.id)),
        )
        for each in edition.corpus.articles.values()
    ]
    listed = [*sorted(groups.items()), *([("source", sources)] if sources else [])]
    count = count_noun(len(edition.corpus.things), "name")
    return NamesPage(
        "All names",
        f"{count} and {count_noun(len(sources), 'source')}, each with a page of its own.",
        {"@context": "https://schema.org", "@type": "CollectionPage", "name": "All names"},
        tuple((heading, tuple(sorted(each, key=_by_name))) for heading, each in listed),
    )


def as_searched(names: Iterable[str]) -> str:
    """Return names as they are searched: without the differences that Unicode's NFKC removes, and
    without case.
    """
    return unicodedata.normalize("NFKC", "\n".join(names)).lower()


def _by_name(entry: NameEntry) -> tuple[str, str]:
    return entry.name.casefold(), entry.address.id
