"""The pictures of views, composed, and their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from kg.dates import Day
from kg.diagnostics import Diagnostic, KgError
from kg.editing.rename.places import query_edits
from kg.files.workspace import VIEWS, Workspace
from kg.model.grouping import group_pairs
from kg.page import Style, render_view, sizes
from kg.query.folder import find_saved_query, read_saved_queries
from kg.query.saved import SavedQuery
from kg.reading import Reading
from kg.reports.diff import find_new_ids
from kg.reports.record_fields import NewIds
from kg.status.certainty import Certainty, certainty_on
from kg.text import apply_edits
from kg.view.biographies import lives_of
from kg.view.changes import compare_pictures
from kg.view.history import find_history, find_moments
from kg.view.matrices import find_disputes
from kg.view.picture import History, Picture
from kg.view.rows import ViewRow, find_rows
from kg.view.triples import TripleSource
from kg.view.view import Background, make_picture
from kg.viz.layout import LayoutKind, Plan, place_things, possible_kind
from kg.viz.layoutfile import ENDING, Places, layout_file
from kg.viz.looks import layout_files, look_of, read_places
from kg.viz.pointers import find_hidden_pointers, find_hidden_quotations
from kg.viz.quotations import Quotation, quoted_citation
from kg.viz.story import Story

if TYPE_CHECKING:
    from kg.page.network import ViewNetwork


class BadStory(KgError):
    """A story that no page is made from, with all that is wrong with it."""

    def __init__(self, problems: tuple[Diagnostic, ...]) -> None:
        first = problems[0]
        super().__init__(str(first), first.rule.exit_code, first.hint)
        self.problems = problems


class Composition(NamedTuple):
    """A view's picture, and where its things stand."""

    picture: Picture
    places: Places


class PageOptions(NamedTuple):
    """The pages that are asked for: those of all views, or of one (``view``). ``title`` replaces
    the view's own; ``new_layout`` places all things anew, wherever they are kept.
    """

    view: str | None = None
    title: str | None = None
    new_layout: bool = False


ALL_PAGES = PageOptions()


def build_pages(reading: Reading, options: PageOptions = ALL_PAGES) -> dict[str, bytes]:
    """Return the pages of views by the names of their files.

    Raises KgError where there is no such view, or one has a row that cannot be cited.
    """
    return render_pages(compose(reading, options), look_of(reading.workspace))


def render_pages(
    compositions: Iterable[Composition], look: Style, ending: str = ""
) -> dict[str, bytes]:
    """Return the pages of some pictures by the names of their files, which end so."""
    return {
        f"{each.picture.name}{ending}.html": render_view(each.picture, each.places, look).encode()
        for each in compositions
    }


def compose(reading: Reading, options: PageOptions = ALL_PAGES) -> Iterator[Composition]:
    """Yield the pictures of views, each thing where it is kept."""
    views = _views(reading, options.view)
    if not views:
        return
    background, layout = background_of(reading), PictureLayout(reading, options)
    for view in views:
        yield layout.arrange(view_picture(background, view))


def compose_changes(
    reading: Reading, earlier: Reading, since: str, options: PageOptions
) -> list[Composition]:
    """Return what became of the pictures of views since an earlier version, which ``since`` names.

    Both versions are asked what the views ask today, under the same lens.
    """
    triples = TripleSource(reading, (), History())
    new = Background(reading, find_history(reading), triples=triples)
    old = Background(earlier, find_history(earlier))
    layout, ids = PictureLayout(reading, options), find_new_ids(earlier, reading)
    compositions = []
    for view in _views(reading, options.view):
        picture = make_picture(new, view, find_rows(reading, view))
        try:
            rows = find_rows(earlier, _by_old_ids(view, ids, reading), reading.ontology.prefixes)
            before = make_picture(old, view, rows)
        except KgError as error:
            raise KgError(f"{since}: {error}", error.exit_code, error.hint) from None
        compositions.append(layout.arrange(compare_pictures(before, picture, since, ids)))
    return compositions


def _by_old_ids(view: SavedQuery, ids: NewIds, reading: Reading) -> SavedQuery:
    """Return a view that names records by the ids that they had."""
    old_ids = {new: old for old, new in ids.items() if new in view.text}
    edits = {
        edit
        for (new, old), kind in product(old_ids.items(), ("thing", "article", "assertion"))
        for edit in query_edits(view.text, kind, new, old, reading.ontology)
    }
    return view._replace(text=apply_edits(view.text, edits))


def layouts(workspace: Workspace, compositions: Iterable[Composition]) -> dict[str, bytes]:
    """Return the files that keep where things stand, by their names in the workspace."""
    names = {view: file.name for view, file in layout_files(workspace).items()}
    files = {}
    for each in compositions:
        view = each.picture.name
        files[names.get(view, f"{VIEWS}/{view}{ENDING}")] = layout_file(each.places)
    return files


def view_network(reading: Reading, name: str) -> ViewNetwork:
    """Return a view as a pyvis network. Raises KgError where there is none of that name."""
    from kg.page.network import ViewNetwork

    background, look = background_of(reading), look_of(reading.workspace)
    view = find_saved_query(reading.workspace, name, VIEWS)
    picture, places = PictureLayout(reading, ALL_PAGES).arrange(view_picture(background, view))
    return ViewNetwork(picture, places, look, background)


def picture_of(reading: Reading, name: str) -> Picture:
    """Return what a view shows. Raises KgError where there is none of that name."""
    return view_picture(background_of(reading), find_saved_query(reading.workspace, name, VIEWS))


def background_of(reading: Reading) -> Background:
    """Return what all pictures of a reading tell, worked out once."""
    moments = find_moments(reading)
    history = find_history(reading, moments)
    return Background(
        reading,
        history,
        find_disputes(reading, moments),
        lives_of(reading, moments),
        TripleSource(reading, moments, history),
    )


def view_picture(
    background: Background, view: SavedQuery, rows: tuple[ViewRow, ...] | None = None
) -> Picture:
    """Return what a view shows, with its story; ``rows`` are those that it finds, if known."""
    reading = background.reading
    picture = make_picture(background, view, find_rows(reading, view) if rows is None else rows)
    story = _story(reading, picture)
    question = (story.standfirst if story else "") or picture.question
    return replace(picture, title=view_headline(reading, view), question=question, story=story)


def _views(reading: Reading, name: str | None) -> list[SavedQuery]:
    if name:
        return [find_saved_query(reading.workspace, name, VIEWS)]
    return list(read_saved_queries(reading.workspace, VIEWS).values())


class PictureLayout:
    """Puts the things of pictures in their places: where they are kept, or all of them anew."""

    def __init__(self, reading: Reading, options: PageOptions, look: Style | None = None) -> None:
        self.look, self.title = look or look_of(reading.workspace), options.title
        self.files = {} if options.new_layout else layout_files(reading.workspace)

    def arrange(self, picture: Picture) -> Composition:
        """Return a picture with its places."""
        picture = replace(picture, title=self.title or picture.title)
        file = self.files.get(picture.name)
        kept_places = read_places(file) if file else {}
        name_sizes, plan = sizes(picture, self.look), _plan(picture)
        centre = picture.centre
        places = place_things(picture.ids, picture.pairs, name_sizes, centre, kept_places, plan)
        if possible_kind(plan, picture.ids) is not LayoutKind.BLOCS:
            picture = replace(picture, blocs=())
        return Composition(picture, places)


def _plan(picture: Picture) -> Plan:
    """Return what the layout of a picture is to say."""
    by_section = group_pairs((node.section, node.id) for node in picture.nodes)
    days = {node.id: node.first_day for node in picture.nodes if node.first_day}
    return Plan(
        LayoutKind(picture.layout) if picture.layout else None,
        {bloc.pole: frozenset(bloc.things) for bloc in picture.blocs},
        frozenset(by_section.get("pacts", ())),
        frozenset(by_section.get("disputes", ())),
        days,
    )


def view_headline(reading: Reading, view: SavedQuery) -> str:
    """Return the title of a view's story or, where no story is told, the view's own."""
    stories = (
        [] if reading.lens else [each.story for each in reading.scripts if each.view == view.name]
    )
    return next((story.title for story in stories if story.title), view.title)


def _story(reading: Reading, picture: Picture) -> Story | None:
    """Return the story of a view. Seen through a lens there is none: it was written for the whole
    picture.

    Raises BadStory where it has a mistake.
    """
    script = next((script for script in reading.scripts if script.view == picture.name), None)
    if reading.lens or script is None:
        return None
    problems = tuple(problem for problem in script.problems if problem.is_error)
    ties = [tie.key for tie in picture.ties]
    problems = problems or (
        *find_hidden_pointers(script.view, script.pointers, ties, partial(_is_shown, reading)),
        *find_hidden_quotations(script.view, script.quotations, partial(_is_told, picture)),
    )
    if problems:
        raise BadStory(problems)
    return script.story


def _is_told(picture: Picture, quotation: Quotation, known_by: Day | None) -> bool:
    """Whether a page can show a quotation, with its article, by what was known on a day."""
    statement = picture.statements.get(quotation.assertion)
    articles = {each.id: each.article for each in picture.articles}
    return statement is not None and bool(
        quoted_citation(quotation, statement.assertion.citations, articles, known_by)
    )


def _is_shown(reading: Reading, id: str, true_on: Day | None, known_by: Day | None) -> bool:
    """Whether an assertion is there for who asks what holds on a day by what was known on a day."""
    judgement = (reading.as_known_by(known_by) if known_by else reading).judgement
    assertion = judgement.corpus.assertions.get(id)
    if assertion is None or true_on is None:
        return assertion is not None
    return certainty_on(assertion, judgement, reading.ontology, true_on) is not Certainty.NO
