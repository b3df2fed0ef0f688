"""The pages of a site's records: of each thing, source, assertion and conflict one, which lasts as
long as its id; of each saved question one, and those about the data set as a whole.

``render`` is a pure function of an address and an edition; what a link looks like is known to the
templates only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, filterfalse

from markupsafe import Markup

from kg.page.data import for_script
from kg.page.html import policy, sheet
from kg.site.addresses import ALL_QUESTIONS, NAMES_PAGE, Address, RecordKind, addresses
from kg.site.article_page import article_page
from kg.site.assertion_page import assertion_page, conflict_page
from kg.site.edition import Edition
from kg.site.names_page import names_page
from kg.site.overview_pages import OVERVIEW_PAGES
from kg.site.page import Page
from kg.site.question_page import answer_all, question_page
from kg.site.redirects import redirect_files
from kg.site.templates import HERE, site_template
from kg.site.thing_page import thing_page
from kg.site.workers import Output, Work

_PAGES: Mapping[RecordKind, Callable[[str, Edition], Page]] = {
    RecordKind.THING: thing_page,
    RecordKind.ARTICLE: article_page,
    RecordKind.ASSERTION: assertion_page,
    RecordKind.CONFLICT: conflict_page,
    RecordKind.OVERVIEW: lambda name, edition: OVERVIEW_PAGES[name](edition),
}


LEAST_SHARE = 300
"""A process makes at least so many pages of records."""
_EFFORTS = {RecordKind.THING: 3, RecordKind.ARTICLE: 3}
"""How long pages take to make, beside those of assertions."""
_OF_CLAIMS = (RecordKind.ARTICLE, RecordKind.ASSERTION, RecordKind.CONFLICT)
"""The kinds of pages that need no lives and no answers."""


def render(address: Address, edition: Edition, values: Mapping[str, str] | None = None) -> Page:
    """Return the page of an address; ``values`` are for the parameters of a question that somebody
    answers now.
    """
    if address.kind is not RecordKind.QUESTION:
        return _PAGES[address.kind](address.id, edition)
    value = question_page(address.id, edition, values)
    page_parts = value.title, value.summary, value.data, value, value.css
    return Page("ask.html", *page_parts, has_figures=True, files=value.files)


def shell(page: Page, file: str, edition: Edition, *, is_alone: bool = False) -> str:
    """Return a page as a whole file, which lies at a place in the site; one that is alone leads to
    no other page.
    """
    up = "../" * file.count("/")
    return site_template(page.template).render(
        page=page.page,
        title=page.title,
        summary=page.summary,
        about=Markup(for_script(page.data)),
        site=edition.title,
        up=up,
        head=_head(f"{_sheet(page.has_figures)}{page.css}", page.scripts),
        frame=edition.frame(up, is_alone),
        address=f"{edition.base_url}{file}" if edition.base_url else "",
        edition=edition,
        is_alone=is_alone,
        scripts=list(map(Markup, page.scripts)),
    )


@lru_cache(64)
def _head(css: str, scripts: tuple[str, ...]) -> Markup:
    head_values = {"css": Markup(css), "policy": policy([css], scripts)}
    return Markup(site_template("head.html").render(head_values))


@cache
def _sheet(has_figures: bool) -> str:
    names = ("record.css", "thumbnail.css", "figures.css") if has_figures else ("record.css",)
    return sheet(*(HERE / name for name in names))


def claim_works(edition: Edition, jobs: int = 1) -> Iterator[Work]:
    """Yield what makes the pages of assertions, sources and conflicts, in shares for so many
    processes: they can be made before anything is known of lives and answers.
    """
    edition.prepare_claims()
    pages = [each for each in addresses(edition.reading) if each.kind in _OF_CLAIMS]
    yield from _in_shares(pages, edition, jobs)


def question_work(edition: Edition) -> Work:
    """Return what makes the pages that tell what saved questions find."""
    pages = filter(answers_questions, addresses(edition.reading))
    return partial(_render_answers, pages, edition)


def other_works(edition: Edition, jobs: int = 1) -> Iterator[Work]:
    """Yield what makes all other pages and what lies beside them, in shares for so many processes:
    those of things and about all, last that of all names.
    """
    rest = filterfalse(answers_questions, addresses(edition.reading))
    pages = [each for each in rest if each.kind not in _OF_CLAIMS]
    yield from _in_shares(pages, edition, jobs)
    yield partial(_list_names, edition)


def _in_shares(pages: Sequence[Address], edition: Edition, jobs: int) -> Iterator[Work]:
    for share in _shares(pages, max(1, min(jobs, len(pages) // LEAST_SHARE))):
        yield partial(_render_all, share, edition)


def answers_questions(address: Address) -> bool:
    """Whether a page tells what saved questions find."""
    return address.kind is RecordKind.QUESTION or address == ALL_QUESTIONS


def _shares(pages: Sequence[Address], count: int) -> list[list[Address]]:
    """Parts of some pages which take about as long each."""
    shares: list[list[Address]] = [[] for _ in range(count)]
    total = sum(_EFFORTS.get(each.kind, 1) for each in pages)
    effort = 0
    for each in pages:
        shares[effort * count // total].append(each)
        effort += _EFFORTS.get(each.kind, 1)
    return shares


def _render_answers(pages: Iterable[Address], edition: Edition) -> Output:
    answer_all(edition)
    was_stopped = any(page.was_stopped for page in edition.answers.values())
    return Output(_page_files(pages, edition), was_stopped=was_stopped)


def _list_names(edition: Edition) -> Output:
    return Output(chain([(NAMES_PAGE, names_file(edition))], redirect_files(edition)))


def _render_all(pages: Iterable[Address], edition: Edition) -> Output:
    return Output(_page_files(pages, edition))


def _page_files(pages: Iterable[Address], edition: Edition) -> Iterator[tuple[str, bytes]]:
    for address in pages:
        page = render(address, edition)
        yield address.file, shell(page, address.file, edition).encode()
        yield from page.files.items()


def names_file(edition: Edition) -> bytes:
    """Return the page of all names."""
    return shell(names_page(edition), NAMES_PAGE, edition).encode()
