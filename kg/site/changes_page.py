"""What changed since an earlier version, as a page and as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple
from xml.etree import ElementTree

from kg.page.data import linked_data
from kg.reports.diff import Changes, Consequence, Revision
from kg.reports.diff_document import diff_document
from kg.site.addresses import Address, RecordKind
from kg.site.edition import Edition
from kg.site.page import Page
from kg.status.statement import Statement

FEED = f"{RecordKind.OVERVIEW}/changes.atom"
MOST_ENTRIES = 100
"""So many changes are told in the feed; the page counts all."""
MOST_LISTED = 50
"""So many entries of a section stand on the page."""
ATOM = "http://www.w3.org/2005/Atom"
NO_DAY = "1970-01-01"
"""The day of what was published on a day that nobody knows: a feed has to name one."""


def changes_page(edition: Edition) -> Page:
    """Return the page of what changed since the earlier version of an edition, with the same as a
    feed; no ``document`` where no earlier version is named.
    """
    data, earlier = linked_data("CollectionPage", "Changes"), edition.earlier
    page = Page("changes.html", "Changes", "", data, {"document": None, "feed": ""})
    if earlier is None:
        return page._replace(summary="No earlier version is named to compare this one with.")
    document = diff_document(earlier.changes, earlier.name, MOST_LISTED)
    files = {FEED: atom_feed(earlier.changes, edition)}
    content = {"document": document, "feed": FEED}
    return page._replace(summary=document.title, page=content, files=files)


def atom_feed(changes: Changes, edition: Edition) -> bytes:
    """Return changes as a feed: what stands otherwise, is new, was changed or withdrawn, each with
    its sentence, its status and the address of its page. The day of an entry is that on which what
    it tells was published, so that the same workspace gives the same feed.
    """
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    entries = list(chain(*_all_entries(changes)))[:MOST_ENTRIES]
    title = f"Changes: {edition.title}" if edition.title else "Changes"
    _add_head(feed, title, f"{_base(edition)}{FEED}", max(map(_day_of, entries), default=NO_DAY))
    _add(_add(feed, "author"), "name", edition.title or "actor-kg")
    _add_links(feed, Address(RecordKind.OVERVIEW, "changes").file, edition)
    for entry in entries:
        node = _add(feed, "entry")
        file = Address(RecordKind.ASSERTION, entry.statement.id).file
        id = f"{_base(edition)}{file}#{entry.kind.replace(' ', '-')}"
        _add_head(node, f"{entry.kind}: {entry.statement.sentence}", id, _day_of(entry))
        _add(node, "summary", entry.summary)
        if entry.statement.id in edition.corpus.assertions:
            _add_links(node, file, edition)
    ElementTree.indent(feed)
    data: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


class _Entry(NamedTuple):
    """A change of a statement: what kind of change, what it is in words, and because of what."""

    kind: str
    statement: Statement
    summary: str
    causes: tuple[Statement, ...] = ()


def _all_entries(changes: Changes) -> Iterator[Iterator[_Entry]]:
    """Yield all changes of statements, in the order of the page."""
    yield (_consequence(each) for each in changes.consequences)
    yield (_Entry("new", each, f"Status: {each.status}. {each.cited}") for each in changes.added)
    yield (_Entry("withdrawn", each, f"It was {each.status}.") for each in changes.removed)
    yield (_Entry("changed", each.now, _in_words(each)) for each in changes.revised)


def _consequence(change: Consequence) -> _Entry:
    words = f"It was {change.before.status}, now {change.now.status}."
    because = "".join(f" {cause.sentence}." for cause in change.causes)
    return _Entry("stands otherwise", change.now, words + because, change.causes)


def _in_words(revision: Revision) -> str:
    return "; ".join(f"{part.name} was: {part.was}" for part in revision.parts)


def _day_of(entry: _Entry) -> str:
    days = [each.known_from for each in (entry.statement, *entry.causes)]
    known_days = [day for day in days if day and day.year > 0]
    return str(max(known_days)) if known_days else NO_DAY


def _base(edition: Edition) -> str:
    return edition.base_url or edition.reading.ontology.base


def _add_head(node: ElementTree.Element, title: str, id: str, day: str) -> None:
    _add(node, "title", title)
    _add(node, "id", id)
    _add(node, "updated", f"{day}T00:00:00Z")


def _add_links(node: ElementTree.Element, file: str, edition: Edition) -> None:
    """Add where the same can be read: a whole address where that is known."""
    href = f"{edition.base_url}{file}" if edition.base_url else f"../{file}"
    ElementTree.SubElement(node, f"{{{ATOM}}}link", {"rel": "alternate", "href": href})


def _add(node: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    child = ElementTree.SubElement(node, f"{{{ATOM}}}{name}")
    child.text = text or None
    return child
