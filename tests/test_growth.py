"""What was known on each day is found by what the day changes, and is the same as by judging all
that was published by then.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpora import WORLD, worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import reading, said, things, world

from kg.dates import Day
from kg.model.corpus import Corpus
from kg.reading import Reading
from kg.status.coupling import couple_assertions
from kg.status.judgement import Judgement

DAYS = (Day(2009, 12, 31), Day(2010, 1, 1), Day(2010, 2, 1), Day(2010, 3, 1))
"""The day before the first article of the worlds, and the days of the articles."""

SECTIONS: dict[str, Any] = {
    "actors": {
        "ministry": {"type": "Ministry", "label": "Ministry", "acts_for": "alpha"},
        "desk": {"type": "Ministry", "label": "Desk", "acts_for": "ministry"},
        "club": {"type": "Organization", "label": "Club", "note": "A club."},
        **{
            id: {"type": "Person", "label": id.title(), "aliases": ["The one"]}
            for id in ("ann", "bob", "cid")
        },
    },
    "places": {"quay": {"type": "City", "label": "Quay"}, "town": {"type": "City", "label": "T"}},
    "pacts": things("pacts", "Treaty", "bond", "truce")["pacts"],
    "events": things("events", "Ruling", "ruling")["events"],
}
THEMES: tuple[tuple[dict[str, Any], ...], ...] = (
    (
        said("ann", "foreignMinisterOf", "alpha", when="2001-05-04"),
        said("bob", "foreignMinisterOf", "beta", when="2001-05-04"),
        said("cid", "presidentOf", "beta", when="2001-05-04"),
        said("ann", "counterpartOf", "bob", negated="true", according_to="gamma"),
    ),
    (
        said("ann", "sameAs", "cid", note="One person."),
        said("bob", "differentFrom", "cid", note="Two persons."),
        said("bob", "perhapsSameAs", "ann", note="Perhaps one."),
        said("ann", "bornIn", "here"),
        said("ann", "bornIn", "there", according_to="alpha"),
        said("cid", "bornIn", "quay"),
    ),
    (
        said("ministry", "signed", "pact", when="2001-03-01"),
        said("alpha", "signed", "pact", when="2001-04-01", according_to="beta"),
        said("ministry", "sanctions", "gamma", when="2001"),
        said("alpha", "sanctions", "gamma", negated="true"),
        said("desk", "entersInto", "bond", when="2000-03-01"),
        said("beta", "entersInto", "bond", when="2000"),
        said("gamma", "partyTo", "bond", when="1999/.."),
        said("alpha", "terminates", "bond", when="2003"),
        said("bond", "becomes", "lapsed", when="2004"),
    ),
    (
        said("club", "partyTo", "truce", when="1990/.."),
        said("club", "becomes", "dissolved", when="2002-05"),
        said("ann", "memberOf", "club", when="1995/.."),
        said("ann", "quits", "club", when="2001"),
    ),
    (
        said("quay", "locatedIn", "town"),
        said("alpha", "meets", "beta", id="met", where="quay", when="2001-02-03"),
        said("alpha", "meets", "beta", id="not-met", where="town", negated="true"),
        said("alpha", "supports", "gamma", where="quay"),
    ),
    (
        said("beta", "supports", "gamma", according_to="ministry", id="spoken"),
        said("alpha", "deniesSaying", "spoken", id="never-said"),
        said("alpha", "supports", "gamma", mode="supposed"),
        said("gamma", "opposes", "row", id="first", when="2000/.."),
        {"id": "over", "ends": "first", "when": "2002"},
        said("gamma", "opposes", "row", id="second", supersedes=["first"], when="2003/.."),
        said("beta", "opposes", "row", basis="inferred", **{"from": ["spoken"]}),
        said("ruling", "decidesCase", "row", when="2001"),
    ),
)
"""Assertions that bear on each other, each by what it is about."""

FREE = ("sameAs", "perhapsSameAs", "differentFrom", "locatedIn", "bornIn", "supports")
"""Relations of which editors may say in this test what no article reports."""


@st.composite
def told(draw: st.DrawFn) -> dict[str, Any]:
    """A world of some of these assertions, each told by one or two of the articles or, some, by
    the editors alone.
    """
    themes = draw(st.lists(st.sampled_from(THEMES), min_size=1, max_size=2, unique_by=id))
    pool = [fields for theme in themes for fields in theme]
    left_out = draw(st.sets(st.sampled_from(range(len(pool))), max_size=3))
    chosen = [fields for number, fields in enumerate(pool) if number not in left_out]
    ids = {fields["id"] for fields in chosen}
    assertions = []
    for written in chosen:
        fields = {key: value for key, value in written.items() if key != "cite"}
        links = [fields.get("ends"), *fields.get("supersedes", ()), *fields.get("from", ())]
        links += ["spoken"] if fields["id"] == "never-said" else []
        if not ids.issuperset(filter(None, links)):
            continue
        articles = draw(st.sets(st.integers(1, 3), max_size=2))
        is_free = fields.get("predicate") in FREE and "according_to" not in fields
        if articles or not is_free:
            fields["cite"] = {f"article-{n}": ["1"] for n in articles or {2}}
        else:
            fields |= {"basis": "editorial", "note": "So we hold."}
        assertions.append(fields)
    return world(*assertions, **SECTIONS)


def dicts(corpus: Corpus) -> list[Any]:
    """All of a corpus, with the order of its assertions and things."""
    maps = (corpus.articles, corpus.things, corpus.assertions, corpus.conflicts)
    return [*map(dict, maps), list(corpus.things), list(corpus.assertions), corpus.main_ids]


def judged(judgement: Judgement) -> list[Any]:
    """All of a judgement."""
    corpus = dicts(judgement.corpus)
    return [
        corpus,
        dict(judgement.standings),
        list(judgement.standings),
        dict(judgement.limits),
        *judgement[2:3],
        *judgement[4:],
    ]


def assert_grows_as_judged_anew(whole: Reading) -> None:
    """Hold the growth of a reading to what is known on each day, judged by itself."""
    before: dict[str, Any] = {}
    for day, (grown, changed) in zip(DAYS, whole.growth(DAYS), strict=True):
        anew = replace(whole).as_known_by(day)
        assert dicts(grown.written) == dicts(anew.written), day
        assert dicts(grown.corpus) == dicts(anew.corpus), day
        assert judged(grown.judgement) == judged(anew.judgement), day
        assert grown.certainties == anew.certainties
        now = dict(anew.statements)
        differing = {id for id in before.keys() | now.keys() if before.get(id) != now.get(id)}
        assert differing <= changed, day
        before = now


VOICES = st.sampled_from(((), ("alpha",), ("beta", "press")))


@settings(max_examples=30, deadline=None)
@given(worlds(), VOICES)
def test_what_is_known_grows_as_if_judged_anew_each_day_in_any_world(
    written: dict[str, Any], voices: tuple[str, ...]
) -> None:
    whole = reading(written)
    assert_grows_as_judged_anew(replace(whole, lens=replace(whole.lens, according_to=voices)))


@settings(max_examples=60, deadline=None)
@given(told(), VOICES)
def test_what_is_known_grows_as_if_judged_anew_whatever_ties_assertions_together(
    written: dict[str, Any], voices: tuple[str, ...]
) -> None:
    whole = reading(written)
    assert_grows_as_judged_anew(replace(whole, lens=replace(whole.lens, according_to=voices)))


def test_a_day_changes_only_what_it_bears_on() -> None:
    names = [f"state-{n}" for n in range(30)]
    claims = [
        said(name, "partyTo", "pact", cite={f"article-{n % 3 + 1}": ["1"]})
        for n, name in enumerate(names)
    ]
    whole = reading(world(*claims, actors=things("actors", "State", *names)["actors"]))
    assert len(set(couple_assertions(whole.written, whole.ontology).values())) == len(claims)
    assert [len(each.changed_ids) for each in whole.growth(DAYS)] == [0, 10, 10, 10]
    assert WORLD["articles"].keys() == {"article-1", "article-2", "article-3"}
