"""Speech about speech: what is said of a claim is no claim about its subject."""

from __future__ import annotations

import json
from typing import Any

import pytest
from readback import quads_of
from readings import CORE, reading, said, world

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_draft
from kg.dates import Day
from kg.files.workspace import SourceFile
from kg.reading import Reading
from kg.reports.explanation import explain
from kg.sources.loader import load_corpus
from kg.status.lens import Lens

CLAIM = said("alpha", "opposes", "row", id="claim", according_to="beta")


def of(
    predicate: str, speaker: str = "gamma", object: str = "claim", **fields: Any
) -> dict[str, Any]:
    """That somebody says something of a claim."""
    return said(speaker, predicate, object, id=f"{speaker}-{predicate}", **fields)


def codes(sections: dict[str, Any]) -> list[str]:
    """The codes of what is wrong with a world."""
    loaded = load_corpus([SourceFile("sources/w.yaml", json.dumps(sections).encode())], CORE)
    is_sound = not any(problem.is_error for problem in loaded.diagnostics)
    day = Day(2026, 11, 28)
    draft = CorpusDraft(loaded.corpus, CORE, loaded.broken_ids, loaded.complete, is_sound, day)
    problems = [*loaded.diagnostics, *check_draft(draft)]
    return [p.rule.code for p in problems if p.rule.code not in ("KG207", "KG208")]


def predicates(read: Reading, subject: str) -> set[tuple[str, str]]:
    """The direct triples of a thing, by local names."""
    names = [(str(q.subject), str(q.predicate), str(q.object)) for q in quads_of(read)]
    short = [tuple(part.strip("<>").replace("#", "/").split("/")[-1] for part in t) for t in names]
    return {(p, o) for s, p, o in short if s == subject}


@pytest.mark.parametrize(
    ("predicate", "words"),
    [
        ("confirms", "Gamma confirms what Beta says: that Alpha opposes Row"),
        ("repeats", "Gamma repeats what Beta says: that Alpha opposes Row"),
        ("callsFalse", "Gamma calls false what Beta says: that Alpha opposes Row"),
        ("welcomes", "Gamma welcomes what Beta says: that Alpha opposes Row"),
    ],
)
def test_what_is_said_of_a_claim_names_it_by_its_words_and_leaves_it(
    predicate: str, words: str
) -> None:
    seen = world(CLAIM, of(predicate))
    assert codes(seen) == []
    read = reading(seen)
    assert read.statements[f"gamma-{predicate}"].sentence == words
    assert read.statements["claim"].status == "attributed"
    assert (predicate, "claim") in predicates(read, "gamma")
    assert ("opposes", "row") not in predicates(read, "alpha")


def test_to_deny_having_said_something_is_not_to_deny_it() -> None:
    disowned = world(CLAIM, of("deniesSaying", "beta"))
    assert codes(disowned) == []
    statements = reading(disowned).statements
    assert statements["beta-deniesSaying"].sentence == (
        "Beta denies having said that Alpha opposes Row"
    )
    assert (statements["claim"].status, statements["claim"].standing.against) == ("attributed", ())
    assert "Beta denies having said it: beta-deniesSaying" in statements["claim"].reason
    voiced = reading(disowned, Lens(according_to=("beta",)))
    assert voiced.statements["claim"].status == "attributed"


def test_what_several_deny_or_think_is_told_as_theirs_where_others_speak_of_it() -> None:
    denial = {**CLAIM, "negated": True, "according_to": ["beta", "alpha"]}
    view = {**CLAIM, "mode": "opinion"}
    shown = {
        "Gamma confirms what Alpha and Beta say: that Alpha does not oppose Row": denial,
        "Gamma confirms what Beta thinks: that Alpha opposes Row": view,
    }
    for words, claim in shown.items():
        assert reading(world(claim, of("confirms"))).statements["gamma-confirms"].sentence == words


def test_who_denies_their_own_words_is_asked_what_is_meant() -> None:
    denial = {"id": "no", "denies": "claim", "according_to": "beta", "cite": {"article-1": ["1"]}}
    assert codes(world(CLAIM, denial)) == ["KG426"]


def test_who_is_quoted_by_themselves_is_quoted_by_the_article() -> None:
    speech = said("gamma", "says", "the row is over", id="speech", about=["row"])
    assert codes(world(speech)) == []
    assert codes(world({**speech, "according_to": ["beta", "gamma"]})) == ["KG427"]
    assert codes(world({**speech, "according_to": "beta"})) == []
    assert "KG302" in codes(world({**speech, "predicate": "sayz", "according_to": "gamma"}))


def test_a_chain_of_speech_is_told_and_a_circle_is_refused() -> None:
    chain = world(CLAIM, of("repeats"), of("callsFalse", "alpha", "gamma-repeats"))
    assert reading(chain).statements["alpha-callsFalse"].sentence == (
        "Alpha calls false that Gamma repeats what Beta says: that Alpha opposes Row"
    )
    circle = world(of("repeats", object="beta-repeats"), of("repeats", "beta", "gamma-repeats"))
    assert codes(circle) == ["KG425"]


@pytest.mark.parametrize(("object", "code"), [("nowhere", "KG201"), ("row", "KG210")])
def test_what_is_spoken_of_is_an_assertion(object: str, code: str) -> None:
    assert codes(world(CLAIM, of("confirms", object=object))) == [code]


def test_why_shows_both_ways() -> None:
    read = reading(world(CLAIM, of("confirms")))
    assert ("of this", "gamma-confirms") in explain("claim", read).related["claim"]
    assert list(explain("gamma-confirms", read).beside) == ["claim"]


def test_what_speaks_of_what_is_not_known_yet_is_not_known() -> None:
    late = {**CLAIM, "cite": {"article-3": ["1"]}}
    seen = reading(world(late, of("confirms")), Lens(known_by=Day(2010, 2, 15)))
    assert "gamma-confirms" not in seen.corpus.assertions


def test_words_have_a_subject_matter_by_which_they_are_found() -> None:
    speech = said("gamma", "says", "the row is over", id="speech", about=["row", "pact"])
    denial = {"id": "no", "denies": "speech", "according_to": "gamma", "cite": {"article-1": ["2"]}}
    seen = world(speech, denial)
    assert codes(seen) == []
    read = reading(seen)
    assert {o for p, o in predicates(read, "speech") if p == "about"} == {"row", "pact"}
    assert {o for p, o in predicates(read, "no") if p == "about"} == {"row", "pact"}
    assert [each.id for each in explain("row", read).main] == ["speech", "no"]


def test_two_things_that_are_tied_need_no_subject_matter() -> None:
    assert codes(world(said("alpha", "meets", "beta", about=["row"]))) == ["KG111"]


def test_an_objection_points_at_the_reservation_and_leaves_it() -> None:
    joined = said("alpha", "accedesTo", "pact", id="joined", when="2001-03-01")
    joined |= {"with": {"reservation": "Article 9"}}
    seen = world(joined, of("objectsTo", object="joined", when="2001-09-01"))
    assert codes(seen) == []
    read = reading(seen)
    assert read.standings["joined"].status == "accepted"
    assert read.statements["gamma-objectsTo"].sentence == (
        "Gamma objects to that Alpha accedes to Pact with the reservation: Article 9"
    )
