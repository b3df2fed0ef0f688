"""The page that lists everything by its names, and finds it by any of them, in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from kg.model.grouping import group_pairs
from kg.page.data import linked_data
from kg.site.addresses import Address, RecordKind
from kg.site.edition import Edition
from kg.site.page import Page
from kg.site.templates import HERE
from kg.text import count_noun
from kg.view.picture import Node

SEARCH = (HERE / "search.js").read_text("utf-8")
"""Hides the entries whose names do not hold what is typed."""


class NameEntry(NamedTuple):
    """Something with a page: its name, others that it has, and all of them as they are searched."""

    address: Address
    name: str
    language: str
    others: str
    searched: str


def names_page(edition: Edition) -> Page:
    """Return the page of everything by its names: each class with its things, then the sources."""
    nodes = map(edition.node, edition.corpus.things)
    groups = group_pairs((node.type, _entry(node)) for node in nodes)
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
    return Page(
        "names.html",
        "All names",
        f"{count} and {count_noun(len(sources), 'source')}, each with a page of its own.",
        linked_data("CollectionPage", "All names"),
        {"groups": [(heading, sorted(each, key=_by_name)) for heading, each in listed]},
        scripts=(SEARCH,),
    )


def _entry(node: Node) -> NameEntry:
    address, others = Address(RecordKind.THING, node.id), ", ".join(node.aliases)
    searched = as_searched((node.label, *node.aliases, node.id))
    return NameEntry(address, node.label, node.language, others, searched)


def as_searched(names: Iterable[str]) -> str:
    """Return names as they are searched: without the differences that Unicode's NFKC removes, and
    without case.
    """
    return unicodedata.normalize("NFKC", "\n".join(names)).lower()


def _by_name(entry: NameEntry) -> tuple[str, str]:
    return entry.name.casefold(), entry.address.id
