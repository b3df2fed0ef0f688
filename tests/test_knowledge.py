"""What could be known when: no text tells what its lens does not know, and more is known only by
what was published between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from corpora import dated, worlds
from hypothesis import given, note, settings
from readback import quads_of
from readings import BARE, CORE, reading
from test_law import direct_triples, stated_triples

from kg.dates import Day
from kg.export.network import write_graphml
from kg.export.table import write_table
from kg.model.modes import Mode
from kg.rdf.writer import write_nquads
from kg.reading import Reading
from kg.reports.explanation import explain
from kg.reports.life_document import life_document
from kg.reports.lives.lives import life_on
from kg.reports.timeline import make_timeline
from kg.reports.timeline_document import timeline_document
from kg.reports.why import why_document
from kg.status.lens import Lens
from kg.status.status import Status

LENSES = (
    Lens(),
    Lens(known_by=Day(2010, 1, 31)),
    Lens(known_by=Day(2010, 2, 15)),
    Lens(true_on=Day(2002, 6, 1)),
    Lens(according_to=("beta",)),
    Lens(min_sources=2),
    Lens(true_on=Day(2010, 2, 1), known_by=Day(2010, 2, 15)),
)


def texts(seen: Reading) -> Iterator[str]:
    """All that is told of a world: the graph, exports, and each answer about each thing."""
    yield write_nquads(quads_of(seen)).decode()
    yield write_table(seen).decode()
    yield write_graphml(seen).decode()
    yield str(timeline_document(make_timeline((), None, None, tuple(Status), seen), ""))
    for id in (*seen.corpus.things, *seen.graph_corpus.assertions):
        yield str(why_document(id, explain(id, seen, with_conclusions=True), seen))
    for id in {"pact", "row", "summit"} & seen.corpus.things.keys():
        yield str(life_document(life_on(id, Day(2010, 1, 5), seen), seen))


@given(worlds())
@settings(max_examples=30, deadline=None)
def test_the_law_holds_under_every_lens_where_states_end(world: dict[str, Any]) -> None:
    speakers = str([each.get("according_to") for each in world["assertions"]])
    for lens in LENSES:
        if any(speaker not in speakers for speaker in lens.according_to):
            continue
        seen = reading(world, lens, BARE)
        note(str(lens))
        quads = quads_of(seen)
        assert direct_triples(quads, CORE) == stated_triples(quads, "Accepted", "Asserts")


@pytest.mark.parametrize("day", [Day(2010, 1, 10), Day(2010, 2, 15)], ids=str)
@given(world=worlds())
@settings(max_examples=15, deadline=None)
def test_no_text_tells_what_its_lens_does_not_know(day: Day, world: dict[str, Any]) -> None:
    seen = reading(world, Lens(known_by=day), BARE)
    hidden = {each["id"] for each in world["assertions"]} - seen.standings.keys()
    hidden |= world["articles"].keys() - seen.corpus.articles.keys()
    ahead = {
        date
        for a in seen.judgement.corpus.assertions.values()
        if a.mode is not Mode.ACTUAL and a.when
        for date in re.findall(r"2010-\d\d-\d\d", a.when.text)
    }
    dates = {
        date for date in ("2010-01-15", "2010-01-20", "2010-02-10", "2010-02-20") if date > str(day)
    }
    for text in texts(seen):
        for secret in hidden | (dates - ahead):
            assert not re.search(rf"(?<![\w-]){secret}(?![\w-])", text), secret


@given(worlds())
@settings(max_examples=15, deadline=None)
def test_between_two_publications_nothing_new_is_known(world: dict[str, Any]) -> None:
    early, late = (
        reading(dated(world), Lens(known_by=day), BARE)
        for day in (Day(2010, 2, 1), Day(2010, 2, 27))
    )
    assert write_nquads(quads_of(early)) == write_nquads(quads_of(late))


@given(worlds())
@settings(max_examples=15, deadline=None)
def test_once_all_articles_are_known_an_end_closes_its_state_and_no_other(
    world: dict[str, Any],
) -> None:
    seen = reading(world)
    for id, limits in seen.judgement.limits.items():
        written, known = seen.corpus.assertions[id].when, seen.judgement.corpus.assertions[id].when
        if not any(
            seen.standings[each].status in (Status.ACCEPTED, Status.CONTESTED) for each in limits
        ):
            assert written == known
    for id, a in seen.corpus.assertions.items():
        if id not in seen.judgement.limits:
            assert a.when == seen.judgement.corpus.assertions[id].when
