"""The pages of a site's records: of each thing, source, assertion and conflict one, which lasts as
long as its id.

``render`` is a pure function of an address and an edition; what a link looks like is known to the
templates only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from kg.page.data import for_script
from kg.page.html import policy, sheet
from kg.site.addresses import NAMES_PAGE, Address, RecordKind, addresses
from kg.site.article_page import article_page
from kg.site.assertion_page import assertion_page, conflict_page
from kg.site.edition import Edition
from kg.site.names_page import SEARCH, names_page
from kg.site.templates import HERE, template
from kg.site.thing_page import thing_page


class Page(NamedTuple):
    """A page before the shell is put around it: what it tells programs, and others that show a link
    to it. ``body`` are the values of its template.
    """

    template: str
    title: str
    summary: str
    data: Mapping[str, Any]
    body: Mapping[str, Any]


_PAGES: Mapping[RecordKind, Callable[[str, Edition], Any]] = {
    RecordKind.THING: thing_page,
    RecordKind.ARTICLE: article_page,
    RecordKind.ASSERTION: assertion_page,
    RecordKind.CONFLICT: conflict_page,
}


def render(address: Address, edition: Edition) -> Page:
    """Return the page of a record."""
    value = _PAGES[address.kind](address.id, edition)
    template_name = f"{address.kind}.html"
    return Page(template_name, value.title, value.summary, value.data, {"page": value})


def shell(page: Page, file: str, edition: Edition) -> str:
    """Return a page as a whole file, which lies at a place in the site."""
    css = sheet(HERE / "record.css")
    scripts = [SEARCH] if file == NAMES_PAGE else []
    return template(page.template).render(
        **page.body,
        title=page.title,
        summary=page.summary,
        data=Markup(for_script(page.data)),
        up="../" * file.count("/"),
        address=f"{edition.base_url}{file}" if edition.base_url else "",
        edition=edition,
        css=Markup(css),
        scripts=list(map(Markup, scripts)),
        policy=policy([css], scripts),
    )


def record_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of all records and that of the names, by the names of their files."""
    for address in addresses(edition.reading):
        page = render(address, edition)
        yield address.file, shell(page, address.file, edition).encode()
    names = names_page(edition)
    page = Page("names.html", names.title, names.summary, names.data, {"page": names})
    yield NAMES_PAGE, shell(page, NAMES_PAGE, edition).encode()
