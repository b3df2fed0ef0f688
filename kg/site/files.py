"""The files of a site under one lens, each made when it is asked for: ``kg build`` asks for all,
``kg serve`` for one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import quote

from kg.diagnostics import KgError
from kg.files.output import GRAPH
from kg.files.workspace import VIEWS
from kg.page import Link, SiteLinks, render_view
from kg.query.folder import read_folder, require_readable
from kg.query.saved import SavedQuery, parse_saved_query
from kg.reading import Reading, work_out
from kg.reports.lives.lifecycle import has_life
from kg.site import record_pages
from kg.site.addresses import NAMES_PAGE, Address, addresses
from kg.site.edition import Earlier, Edition
from kg.site.editor import EDITOR
from kg.site.first_page import render_index
from kg.site.graph_files import TURTLE, hold_turtle, kept_answers, turtle_file
from kg.site.index import FaultyView, ViewCard, has_records, make_index, site_title, view_card
from kg.site.pages import (
    ALL_PAGES,
    Composition,
    PictureLayout,
    background_of,
    view_headline,
    view_picture,
)
from kg.site.redirects import redirect_files
from kg.site.thumbnail import thumbnail
from kg.site.workers import WORKING_FOLDER, Output, SiteFiles, Work, WorkResult, do_all
from kg.view.biographies import LifeOf, lives_of
from kg.view.life import Lives
from kg.view.rows import ViewRow, find_all_rows, row_of
from kg.view.view import Background

FIRST_PAGE = "index.html"
LEAST_SHARED = 100
"""The site of fewer assertions is made by one process."""


class Site:
    """The files of a site, and what they share, which is worked out once. ``base_url`` is where it
    is published, if that is known, and ``earlier`` what it is compared with; a private one is read
    by who holds the copies of the articles.
    """

    def __init__(
        self,
        reading: Reading,
        base_url: str = "",
        earlier: Earlier | None = None,
        *,
        is_private: bool = False,
    ) -> None:
        self.reading = reading
        self._base_url, self._earlier, self._is_private = base_url, earlier, is_private

    @cached_property
    def background(self) -> Background:
        """What all pictures tell."""
        return background_of(self.reading)

    @cached_property
    def edition(self) -> Edition:
        """What the pages of records are made from."""
        return Edition(
            self.reading,
            self._life_of,
            self._base_url,
            earlier=self._earlier,
            is_private=self._is_private,
        )

    def _life_of(self, id: str) -> Lives | None:
        """The life of a thing. A page alone needs no more than lives of what pictures tell, and
        many not even these: what was known on each day is asked only of what can have one.
        """
        if "background" in vars(self):
            return self.background.life_of(id)
        thing = self.reading.corpus.things.get(id)
        is_living = thing is not None and has_life(thing, self.reading.ontology)
        return self._lives(id) if is_living else None

    @cached_property
    def _lives(self) -> LifeOf:
        return lives_of(self.reading)

    @cached_property
    def addresses(self) -> Mapping[str, Address]:
        """The address of each page of a record, by the name of its file."""
        has_pages = has_records(self.reading)
        return {each.file: each for each in addresses(self.reading)} if has_pages else {}

    @cached_property
    def _redirect_pages(self) -> Mapping[str, bytes]:
        """The pages at former addresses, by the names of their files."""
        return dict(redirect_files(self.edition)) if self.addresses else {}

    @cached_property
    def _layout(self) -> PictureLayout:
        return PictureLayout(self.reading, ALL_PAGES, self.edition.look)

    @cached_property
    def _view_rows(self) -> list[tuple[SavedQuery, tuple[ViewRow, ...] | KgError]]:
        """Views with their rows, or with what is wrong with them: that is told where a site is
        served, and ends a build.
        """
        folder = read_folder(self.reading.workspace, VIEWS)
        views = [each for each in folder.values() if isinstance(each, SavedQuery)]
        unread = [
            (parse_saved_query(name, ""), each)
            for name, each in folder.items()
            if isinstance(each, KgError)
        ]
        view_rows = [*unread, *zip(views, find_all_rows(self.reading, views), strict=True)]
        errors = [result for _, result in view_rows if isinstance(result, KgError)]
        if errors and not self._is_private:
            raise errors[0]
        return view_rows

    @cached_property
    def _faults(self) -> dict[str, tuple[SavedQuery, KgError]]:
        """What is wrong with views that cannot be drawn, by their names."""
        return {
            view.name: (view, result)
            for view, result in self._view_rows
            if isinstance(result, KgError)
        }

    @cached_property
    def _rows(self) -> dict[str, tuple[SavedQuery, tuple[ViewRow, ...]]]:
        """Views with their rows by name, from the narrowest to the widest, without any last."""
        drawable = [(view, rows) for view, rows in self._view_rows if not isinstance(rows, KgError)]
        ordered = sorted(drawable, key=lambda each: (not each[1], len(each[1]), each[0].name))
        return {view.name: (view, rows) for view, rows in ordered}

    @cached_property
    def _links(self) -> dict[str, SiteLinks]:
        """The pages that the page of each view leads to, by the view's name."""
        reading, first = self.reading, Link(FIRST_PAGE, site_title(self.reading))
        pages = [
            (view.name, Link(f"{quote(view.name)}.html", view_headline(reading, view)))
            for view, _ in self._rows.values()
        ]
        links = [None, *(link for _, link in pages), None]
        return {
            name: SiteLinks(
                first,
                links[number],
                links[number + 2],
                has_records(reading),
                f"{self._base_url}{link.file}" if self._base_url else "",
            )
            for number, (name, link) in enumerate(pages)
        }

    def all_files(self, jobs: int = 1, folder: Path = WORKING_FOLDER) -> SiteFiles:
        """Return every file of the site, by name: the graph, the pages of all views, each with
        links to its neighbours, the first page and those of all records. A view called ``index``
        is the first page itself. So many processes make them, and hold them in a folder
        (``kg.site.workers.do_all``). Raises KgError where a question cannot be read.
        """
        require_readable(self.reading.workspace)
        jobs = jobs if len(self.reading.graph_corpus.assertions) >= LEAST_SHARED else 1
        works = do_all(self._works(jobs, folder), jobs, folder)
        works.append(WorkResult(self.reading.graph))
        [cards] = [each.cards for each in works if each.cards] or [()]
        if cards and not any(FIRST_PAGE in each.files for each in works):
            works.append(WorkResult({FIRST_PAGE: self._first_page(cards)}))
        return SiteFiles(works)

    def _works(self, jobs: int, folder: Path) -> Iterator[Work]:
        """Yield what makes the files, and work out in between what those that follow need. Where
        one process makes all, the graph is gone before the pages that take most memory are made. A
        graph of so much that its records have no pages is asked on the disk.
        """
        has_pages = has_records(self.reading)
        claims = record_pages.claim_works(self.edition, jobs - 1) if has_pages else iter(())
        if jobs > 1:
            yield from claims
        self.reading.write_graph(folder)
        yield partial(turtle_file, self.reading)
        if has_pages:
            self.reading.work_out_store()
            yield record_pages.question_work(self.edition)
        else:
            self.reading.put_on_disk(folder)
        work_out(self.background)
        if has_pages:
            self.edition.prepare_lives()
        yield self._views
        yield partial(kept_answers, self.reading)
        self.reading.forget_store()
        yield from claims
        if has_pages:
            self.edition.prepare_things()
            yield from record_pages.other_works(self.edition, jobs)

    def _views(self) -> Output:
        """The pages of all views: they share too much to be made apart. Each is let go before the
        next is made; what the first page tells of them is there once all are.
        """
        cards = list[ViewCard]()
        pages = ((f"{name}.html", self._draw_view(name, cards)) for name in self._rows)
        return Output(pages, cards)

    def _draw_view(self, name: str, cards: list[ViewCard]) -> bytes:
        """Return the page of a view, and add what the first page tells of it."""
        composition = self._compose(name)
        cards.append(self._card(composition))
        return self._view_page(composition)

    def file(self, name: str, values: Mapping[str, str] | None = None) -> bytes | None:
        """Return the file of a name, the same that ``all_files`` has; None where there is none.

        With ``values`` a question is answered for them, on a page with a form. Raises KgError where
        it cannot take them.
        """
        if "/" not in name:
            return self._file_at_the_top(name)
        if (address := self._address_of(name)) is None:
            return self._redirect_pages.get(name)
        page = record_pages.render(address, self.edition, values)
        if name != address.file:
            return page.files.get(name)
        return record_pages.shell(page, name, self.edition).encode()

    def answers_questions(self, name: str) -> bool:
        """Whether a file tells what saved questions find."""
        address = self._address_of(name)
        return address is not None and record_pages.answers_questions(address)

    def read_for_questions(self) -> Site:
        """Read all of which questions are asked, so that they can be answered beside other pages;
        return the site itself.
        """
        work_out((self.edition, self.reading.store))
        return self

    def _address_of(self, name: str) -> Address | None:
        """The address of a page, or of the page beside which a file lies for who downloads it."""
        beside = f"{name.rpartition('.')[0]}.html"
        return self.addresses.get(name) or self.addresses.get(beside)

    def draw_answer(self, query: SavedQuery, ids: Iterable[str]) -> bytes:
        """Return the page that draws the assertions behind a query's answer."""
        view = query._replace(title="The answer", question="What stands behind its rows")
        table = Link(f"{EDITOR}?query={quote(query.text)}", "The answer as a table")
        links = SiteLinks(Link(FIRST_PAGE, site_title(self.reading)), table, None, has_records=True)
        rows = tuple(row_of(id, self.reading) for id in ids)
        picture = view_picture(self.background, view, rows)
        picture, places = self._layout.arrange(picture)
        return render_view(picture, places, self.edition.look, links).encode()

    def _file_at_the_top(self, name: str) -> bytes | None:
        view = name.removesuffix(".html")
        if name.endswith(".html") and view in self._faults:
            raise self._faults[view][1]
        if name.endswith(".html") and view in self._rows:
            return self._view_page(self._compose(view))
        if name == FIRST_PAGE:
            return self._first_page_alone()
        if name == NAMES_PAGE and self.addresses:
            return record_pages.names_file(self.edition)
        if name == TURTLE:
            return hold_turtle(self.reading)[TURTLE]
        return self.reading.nquads if name == GRAPH else None

    def _compose(self, name: str) -> Composition:
        view, rows = self._rows[name]
        return self._layout.arrange(view_picture(self.background, view, rows))

    def _view_page(self, composition: Composition) -> bytes:
        picture, places = composition
        return render_view(picture, places, self.edition.look, self._links[picture.name]).encode()

    def _card(self, composition: Composition) -> ViewCard:
        picture, places = composition
        return view_card(picture, thumbnail(picture, places, self.edition.look), self.edition.look)

    def _first_page_alone(self) -> bytes:
        """The first page without the pages of views, some of which may not be drawn."""
        cards = list[ViewCard]()
        for name, (view, _) in self._rows.items():
            try:
                cards.append(self._card(self._compose(name)))
            except KgError as error:
                if not self._is_private:
                    raise
                self._faults[name] = view, error
        faults = [
            FaultyView(view.name, view_headline(self.reading, view), error)
            for view, error in self._faults.values()
        ]
        return self._first_page(cards, faults)

    def _first_page(self, cards: Sequence[ViewCard], faults: Sequence[FaultyView] = ()) -> bytes:
        index = make_index(self.reading, self.background.history, cards, faults)
        return render_index(index, self._base_url).encode()
