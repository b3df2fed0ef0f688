"""What a build writes: the graph in two forms and a page for each view, as names and bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache

import pyoxigraph as ox

from kg.asking.parameters import terms
from kg.asking.questions import VIEWS, named, saved_queries
from kg.asking.saved import SavedQuery
from kg.asking.sparql import bind
from kg.checks import Draft
from kg.dates import Day
from kg.diagnostics import Diagnostic, KgError
from kg.drawing.cards import CardGraph
from kg.drawing.looks import kept_places, layout_files, look_of
from kg.drawing.picture import Picture, Story
from kg.drawing.placing import ENDING, layout_file, placed
from kg.drawing.springs import Places
from kg.drawing.story import ENDINGS, Seen, read_story, unshown, view_of
from kg.drawing.view import picture, rows
from kg.judgement.history import history
from kg.judgement.lens import Lens, chosen
from kg.page import Style, page, sizes
from kg.rdf import nquads, turtle
from kg.reading import Reading
from kg.telling.matrices import matrices_of
from kg.workspace import Workspace


class BadStory(KgError):
    """A story that no page is made from: ``found`` is what is wrong with it."""

    def __init__(self, found: tuple[Diagnostic, ...]) -> None:
        first = found[0]
        super().__init__(f"{first.span}: {first.message} [{first.rule.code}]", first.rule.exit_code, first.hint)
        self.found = found


def contents(reading: Reading) -> dict[str, bytes]:
    """Every file of a build of a sound workspace."""
    graph = {"graph.nq": nquads(reading.quads), "graph.ttl": turtle(reading.quads, reading.ontology.prefixes)}
    return graph | pages(reading)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A view's picture, and where its things stand."""

    picture: Picture
    places: Places


def pages(reading: Reading, name: str | None = None, title: str | None = None) -> dict[str, bytes]:
    """The page of one view, or of all; ``title`` replaces the view's own.

    Raises KgError where there is no such view, or one has a row that cannot be cited.
    """
    return written(drawings(reading, name, title), look_of(reading.workspace))


def written(drawn: Iterable[Drawn], look: Style) -> dict[str, bytes]:
    """The pages of some pictures by their files' names."""
    return {f"{each.picture.name}.html": page(each.picture, each.places, look).encode() for each in drawn}


def drawings(reading: Reading, name: str | None = None, title: str | None = None, anew: bool = False) -> list[Drawn]:
    """The pictures of one view, or of all, each thing where it is kept; ``anew`` places all of them anew."""
    views = [named(reading.workspace, name, VIEWS)] if name else list(saved_queries(reading.workspace, VIEWS).values())
    look, kept = look_of(reading.workspace), {} if anew else layout_files(reading.workspace)
    artist = _Artist(reading)
    made = []
    for view in views:
        drawn = artist.picture(view)
        drawn = replace(drawn, title=title) if title else drawn
        ids = [node.id for node in drawn.nodes]
        pairs = [(tie.source, tie.target) for tie in drawn.ties]
        stay = kept_places(kept[view.name]) if view.name in kept else {}
        made.append(Drawn(drawn, placed(ids, pairs, sizes(drawn, look), drawn.centre, stay)))
    return made


def layouts(workspace: Workspace, drawn: Iterable[Drawn]) -> dict[str, bytes]:
    """The files that keep where these pictures' things stand, by their names in the workspace."""
    names = {view: file.name for view, file in layout_files(workspace).items()}
    return {
        names.get(each.picture.name, f"{VIEWS}/{each.picture.name}{ENDING}"): layout_file(each.places) for each in drawn
    }


def picture_of(reading: Reading, name: str) -> Picture:
    """What a view shows. Raises KgError where there is none of that name."""
    return _Artist(reading).picture(named(reading.workspace, name, VIEWS))


class _Artist:
    """Makes the pictures of one reading; what all of them tell is found out once."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.cards = reading, CardGraph(reading.store)
        self.history, self.matrices = history(reading), matrices_of(reading)
        self.seen = cache(self._seen)

    def picture(self, view: SavedQuery) -> Picture:
        """What a view shows."""
        reading = self.reading
        text = bind(view.text, terms(view, {}, reading.ontology))
        found = reading.store.query(text, prefixes=dict(reading.ontology.prefixes))
        if not isinstance(found, ox.QuerySolutions):
            raise KgError(f"view '{view.name}' is no SELECT", 1, "a view is a SELECT with ?source ?target ?assertion")
        drawn = picture(
            self.cards,
            rows(view.name, found),
            view.name,
            view.title,
            view.question,
            view.about,
            self.history,
            self.matrices,
        )
        namespaces = tuple(reading.ontology.prefixes.items())
        drawn = replace(drawn, query=view.text, lens=str(reading.lens), namespaces=namespaces)
        return replace(drawn, story=_story(reading, drawn, self.seen))

    def _seen(self, true_on: Day | None, known_by: Day | None) -> Collection[str]:
        """What can be seen on a day by what was known on a day."""
        then = self.reading.known_by(known_by) if known_by else self.reading
        return chosen(then.complete, then.ontology, then.standings, Lens(true_on=true_on))


def _story(reading: Reading, drawn: Picture, seen: Seen) -> Story | None:
    """The story of a view. Seen through a lens there is none: it was written for the whole picture.

    Raises BadStory where it has a mistake.
    """
    if reading.lens:
        return None
    draft = Draft(reading.corpus, reading.ontology, frozenset(), True, True, Day(9999, 12, 31))
    for file in reading.workspace.files(VIEWS, ENDINGS).read:
        if view_of(file.name) == drawn.name:
            script = read_story(file, draft)
            wrong = tuple(problem for problem in script.found if problem.is_error)
            if found := wrong or tuple(unshown(script, drawn.ties, seen)):
                raise BadStory(found)
            return script.story
    return None
