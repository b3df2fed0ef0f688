"""What a build writes: the graph in two forms and a page for each view, as names and bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import pyoxigraph as ox

from kg.dates import Day, Overlap
from kg.diagnostics import Diagnostic, KgError
from kg.layout.placing import placed
from kg.page import Style, page, sizes
from kg.query.saved import (
    VIEWS,
    SavedQuery,
    bind_parameters,
    find_saved_query,
    saved_queries,
)
from kg.rdf.writer import nquads, turtle
from kg.reading import Reading
from kg.status.lens import certainty_on
from kg.view.biographies import Living, lives_of
from kg.view.cards import CardGraph
from kg.view.changes import changes
from kg.view.history import history
from kg.view.matrices import matrices_of
from kg.view.picture import Picture
from kg.view.view import picture, rows
from kg.viz.layoutfile import ENDING, Places, layout_file
from kg.viz.looks import kept_places, layout_files, look_of
from kg.viz.story import Story, unshown
from kg.workspace import Workspace


class BadStory(KgError):
    """A story that no page is made from: ``found`` is what is wrong with it."""

    def __init__(self, found: tuple[Diagnostic, ...]) -> None:
        first = found[0]
        super().__init__(
            f"{first.span}: {first.message} [{first.rule.code}]", first.rule.exit_code, first.hint
        )
        self.found = found


def contents(reading: Reading) -> dict[str, bytes]:
    """Every file of a build of a sound workspace."""
    graph = {
        "graph.nq": nquads(reading.quads),
        "graph.ttl": turtle(reading.quads, reading.ontology.prefixes),
    }
    return pages(reading) | graph


class Drawn(NamedTuple):
    """A view's picture, and where its things stand."""

    picture: Picture
    places: Places


def pages(
    reading: Reading, name: str | None = None, title: str | None = None, anew: bool = False
) -> dict[str, bytes]:
    """The page of one view, or of all; ``title`` replaces the view's own, ``anew`` places all
    things anew.

    Raises KgError where there is no such view, or one has a row that cannot be cited.
    """
    look = look_of(reading.workspace)
    return written(_drawn(reading, look, name, title, anew), look)


def written(drawn: Iterable[Drawn], look: Style, ending: str = "") -> dict[str, bytes]:
    """The pages of some pictures by their files' names, which end so."""
    return {
        f"{each.picture.name}{ending}.html": page(each.picture, each.places, look).encode()
        for each in drawn
    }


def drawings(
    reading: Reading, name: str | None = None, title: str | None = None, anew: bool = False
) -> list[Drawn]:
    """The pictures of one view, or of all, each thing where it is kept; ``anew`` places all of them
    anew.
    """
    return list(_drawn(reading, look_of(reading.workspace), name, title, anew))


def _drawn(
    reading: Reading, look: Style, name: str | None, title: str | None, anew: bool
) -> Iterator[Drawn]:
    artist, put = _Artist(reading), _placing(reading, look, title, anew)
    for view in _views(reading, name):
        yield put(artist.picture(view))


def comparisons(
    reading: Reading,
    earlier: Reading,
    since: str,
    name: str | None = None,
    title: str | None = None,
    anew: bool = False,
) -> list[Drawn]:
    """What became of the pictures of one view, or of all, since an earlier version, which ``since``
    names.

    Both versions are asked what the views ask today, under the same lens.
    """
    now, then = _Artist(reading, False), _Artist(earlier, False)
    put = _placing(reading, look_of(reading.workspace), title, anew)
    drawn = []
    for view in _views(reading, name):
        new = now.picture(view)
        try:
            old = then.picture(view, reading.ontology.prefixes)
        except KgError as error:
            raise KgError(f"{since}: {error}", error.exit_code, error.hint) from None
        drawn.append(put(changes(old, new, since)))
    return drawn


def _views(reading: Reading, name: str | None) -> list[SavedQuery]:
    if name:
        return [find_saved_query(reading.workspace, name, VIEWS)]
    return list(saved_queries(reading.workspace, VIEWS).values())


def _placing(
    reading: Reading, look: Style, title: str | None, anew: bool
) -> Callable[[Picture], Drawn]:
    """What puts a picture's things in their places: where they are kept, or all of them anew."""
    kept = {} if anew else layout_files(reading.workspace)

    def put(each: Picture) -> Drawn:
        drawn = replace(each, title=title) if title else each
        ids = [node.id for node in drawn.nodes]
        pairs = [(tie.source, tie.target) for tie in drawn.ties]
        stay = kept_places(kept[drawn.name]) if drawn.name in kept else {}
        return Drawn(drawn, placed(ids, pairs, sizes(drawn, look), drawn.centre, stay))

    return put


def layouts(workspace: Workspace, drawn: Iterable[Drawn]) -> dict[str, bytes]:
    """The files that keep where these pictures' things stand, by their names in the workspace."""
    names = {view: file.name for view, file in layout_files(workspace).items()}
    return {
        names.get(each.picture.name, f"{VIEWS}/{each.picture.name}{ENDING}"): layout_file(
            each.places
        )
        for each in drawn
    }


def picture_of(reading: Reading, name: str) -> Picture:
    """What a view shows. Raises KgError where there is none of that name."""
    return _Artist(reading).picture(find_saved_query(reading.workspace, name, VIEWS))


class _Artist:
    """Makes the pictures of one reading; what all of them tell is found out once.

    Those that are only compared with others (not ``whole``) have no positions and no story.
    """

    def __init__(self, reading: Reading, whole: bool = True) -> None:
        self.reading, self.cards, self.whole = reading, CardGraph(reading.store), whole
        self.history, self.matrices = history(reading), matrices_of(reading) if whole else ()
        self.living: Living = lives_of(reading, self.history.moments) if whole else lambda _: None

    def picture(self, view: SavedQuery, more_prefixes: Mapping[str, str] | None = None) -> Picture:
        """What a view shows; it may use prefixes that the ontology does not have."""
        reading = self.reading
        text = bind_parameters(view, {}, reading.ontology)
        found = reading.store.query(
            text, prefixes={**(more_prefixes or {}), **reading.ontology.prefixes}
        )
        if not isinstance(found, ox.QuerySolutions):
            raise KgError(
                f"view '{view.name}' is no SELECT",
                1,
                "a view is a SELECT with ?source ?target ?assertion",
            )
        drawn = picture(
            self.cards,
            rows(view.name, found),
            view.name,
            view.title,
            view.question,
            view.about,
            self.history,
            self.matrices,
            self.living,
        )
        namespaces = tuple(reading.ontology.prefixes.items())
        drawn = replace(drawn, query=view.text, lens=str(reading.lens), namespaces=namespaces)
        return replace(drawn, story=_story(reading, drawn)) if self.whole else drawn


def _story(reading: Reading, drawn: Picture) -> Story | None:
    """The story of a view. Seen through a lens there is none: it was written for the whole picture.

    Raises BadStory where it has a mistake.
    """
    if reading.lens:
        return None
    script = next((script for script in reading.scripts if script.view == drawn.name), None)
    if script is None:
        return None
    wrong = tuple(problem for problem in script.found if problem.is_error)
    ties = [(tie.source, tie.target, tie.assertion) for tie in drawn.ties]
    if found := wrong or tuple(unshown(script, ties, partial(_is_seen, reading))):
        raise BadStory(found)
    return script.story


def _is_seen(reading: Reading, id: str, true_on: Day | None, known_by: Day | None) -> bool:
    """Whether an assertion is seen by who asks what holds on a day by what was known on a day."""
    then = (reading.as_known_by(known_by) if known_by else reading).judgement
    assertion = then.corpus.assertions.get(id)
    if assertion is None or true_on is None:
        return assertion is not None
    return certainty_on(assertion, then, reading.ontology, true_on) is not Overlap.NO
