"""Nothing disputed stands as fact, under whatever id, date, direction or relation it is denied; no
echo is a source.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from corpora import WORLD
from hypothesis import given
from hypothesis import strategies as st
from readback import quads_of
from readings import BARE, CORE, reading, said, things, world

from kg.dates import Day, parse_date
from kg.diagnostics import Span
from kg.files.workspace import SourceFile, Workspace
from kg.model.closure import group_by_shared
from kg.model.modes import Mode
from kg.model.references import Qualifier, Reference, Text
from kg.ontology import Ontology
from kg.ontology.namespaces import KG, local_name
from kg.ontology.reader import read_ontology
from kg.ontology.values import Datatype
from kg.reading import Reading
from kg.status.lens import Lens
from kg.status.rivals import TooManyRivals
from kg.status.scope import Scope, Scopes, covers_days_of, hands_over
from kg.status.support import last_report

PEOPLE = things("actors", "State", "delta", "epsilon")
RELATIONS = b"""
@prefix x: <https://example.org/x#> .
@prefix kg: <https://w3id.org/actor-kg/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
x:arms a owl:ObjectProperty, kg:Relation ; rdfs:label "arms"@en ; rdfs:comment "-"@en ; kg:family kg:PactTie ;
  schema:domainIncludes kg:Actor ; schema:rangeIncludes kg:Actor ; owl:inverseOf x:zArmedBy .
x:zArmedBy a owl:ObjectProperty, kg:Relation ; rdfs:label "is armed by"@en ; rdfs:comment "-"@en ;
  kg:family kg:PactTie ; schema:domainIncludes kg:Actor ; schema:rangeIncludes kg:Actor .
x:placeOf a owl:ObjectProperty, kg:Relation ; rdfs:label "is the place of"@en ; rdfs:comment "-"@en ;
  kg:family kg:EventTie ; schema:domainIncludes kg:Place ; schema:rangeIncludes kg:Event ;
  owl:inverseOf kg:takesPlaceIn .
x:marriedTo a owl:ObjectProperty, owl:FunctionalProperty, owl:SymmetricProperty, kg:Relation ;
  rdfs:label "is married to"@en ; rdfs:comment "-"@en ; kg:family kg:StructureTie ;
  schema:domainIncludes kg:Actor ; schema:rangeIncludes kg:Actor .
"""


def same(one: str, other: str, **fields: Any) -> dict[str, Any]:
    judgement = {"id": f"{one}-is-{other}", "subject": one, "predicate": "sameAs", "object": other}
    return {**judgement, "basis": "editorial", "note": "a reason", **fields}


def claim_denied(subject: str, predicate: str, object: str) -> list[dict[str, Any]]:
    claim = said(subject, predicate, object, id="claim", according_to="gamma")
    return [
        claim,
        {"id": "no", "denies": "claim", "according_to": "alpha", "cite": {"article-2": ["1"]}},
    ]


def own_relations() -> Ontology:
    """The core ontology and the relations above."""
    core = Workspace(Path(__file__).parent.parent).files("ontology", (".ttl",)).contents
    return read_ontology((*core, SourceFile("ontology/x.ttl", RELATIONS)))[0]


EXTENDED = own_relations()


def judged(*assertions: dict[str, Any], **sections: dict[str, Any]) -> Reading:
    return replace(
        reading(world(*assertions, actors=PEOPLE["actors"], **sections)), ontology=EXTENDED
    )


def facts(seen: Reading) -> set[tuple[str, str, str]]:
    """The direct triples of the graph, by ids."""
    relations = {relation.iri: name for name, relation in EXTENDED.relations.items()}
    triples = ((str(q.subject), q.predicate.value, str(q.object)) for q in quads_of(seen))
    return {
        (local_name(s[:-1]), relations[p], local_name(o[:-1]))
        for s, p, o in triples
        if p in relations
    }


DISPUTED = {
    "on another day than the denial names": [
        said("alpha", "meets", "beta", id="fact", when="2009-10-05"),
        {
            "id": "no",
            "denies": "fact",
            "when": "2009-11",
            "according_to": "gamma",
            "cite": {"article-2": ["1"]},
        },
    ],
    "with its day corrected": [
        said("alpha", "meets", "beta", id="first", when="2009-10-05"),
        {"id": "no", "denies": "first", "according_to": "gamma", "cite": {"article-2": ["1"]}},
        said(
            "alpha",
            "meets",
            "beta",
            id="fact",
            when="2009-11-20",
            supersedes="first",
            retroactive="true",
        ),
    ],
    "under another id of its subject": [
        same("alpha", "delta"),
        said("alpha", "opposes", "row", id="fact"),
        *claim_denied("delta", "opposes", "row"),
    ],
    "under another id of its object": [
        same("beta", "delta"),
        same("delta", "epsilon"),
        said("alpha", "meets", "beta", id="fact"),
        *claim_denied("epsilon", "meets", "alpha"),
    ],
    "as the more general relation": [
        said("alpha", "favoursRenewalOf", "pact", id="fact"),
        *claim_denied("alpha", "supports", "pact"),
    ],
    "by the inverse that only the other relation declares": [
        said("beta", "zArmedBy", "alpha", id="fact"),
        *claim_denied("alpha", "arms", "beta"),
    ],
    "by another value read from the other end": [
        said("here", "placeOf", "summit", id="fact"),
        said("summit", "takesPlaceIn", "there"),
    ],
    "by another value at the other end": [
        said("alpha", "marriedTo", "beta", id="fact"),
        said("gamma", "marriedTo", "beta"),
    ],
}


@pytest.mark.parametrize("how", DISPUTED)
def test_what_is_denied_is_no_fact(how: str) -> None:
    """Nor is anything concluded from it: no direct triple but those of the judgements of who is
    whom.
    """
    seen = judged(*DISPUTED[how])
    assert seen.standings["fact"].status == "contested"
    assert {predicate for _, predicate, _ in facts(seen)} <= {"sameAs"}


@pytest.mark.parametrize("kind", ["exactly-one", "several"])
def test_who_says_the_same_as_a_rival_answer_gives_that_answer(kind: str) -> None:
    question = {"who": {"question": "Who hosts?", "kind": kind, "between": ["one", "other"]}}
    told = [
        said("alpha", "hosts", "summit", id="one", according_to="gamma"),
        said("beta", "hosts", "summit", id="other", according_to="gamma"),
        said("beta", "hosts", "summit", id="elsewhere", when="2009", cite={"article-2": ["1"]}),
    ]
    assert judged(*told, conflicts=question).standings["elsewhere"].status == "contested"
    assert judged(*told[1:]).standings["elsewhere"].status == "accepted"


@pytest.mark.parametrize(
    "against",
    [
        [same("alpha", "epsilon", id="claim", according_to="gamma", basis="reported", cite={"article-1": ["1"]}),
         {"id": "no", "denies": "claim", "according_to": "beta", "note": "-", "cite": {"article-2": ["1"]}}],
        [said("alpha", "differentFrom", "epsilon", id="claim", according_to="gamma", note="a reason")],
    ],
    ids=["a denial", "a claim"],
)  # fmt: skip
def test_a_disputed_merge_is_none_however_many_steps_lead_around_the_dispute(
    against: list[dict[str, Any]],
) -> None:
    way = [same("alpha", "delta"), same("delta", "epsilon"), said("alpha", "opposes", "row")]
    merged, disputed = judged(*way), judged(*way, *against)
    assert merged.corpus.main_id("epsilon") == "alpha"
    assert all(disputed.corpus.main_id(id) == id for id in ("alpha", "delta", "epsilon"))
    assert ("alpha", "opposes", "row") in facts(disputed)


COPIES = {
    "article-1": {**WORLD["articles"]["article-1"], "originator": "press"},
    "article-2": {**WORLD["articles"]["article-2"], "originator": "paper"},
    "article-3": {**WORLD["articles"]["article-3"], "originator": "wire"},
}
WIRE = {"wire": {"type": "MediaOrganization", "label": "Wire"}}
EVERYWHERE = said("alpha", "meets", "beta", id="fact", cite={id: ["1"] for id in COPIES})


def count(seen: Reading) -> tuple[int, str]:
    """How many sources the record and the graph count."""
    fact, number = f"<{CORE.iri('assertion', 'fact')}>", f"{KG}independentSources"
    (told,) = (
        q.object for q in quads_of(seen) if str(q.subject) == fact and q.predicate.value == number
    )
    return seen.statements["fact"].sources, str(told).split('"')[1]


@given(
    st.lists(
        st.sampled_from([("press", "paper"), ("wire", "paper"), ("press", "wire")]), unique=True
    )
)
def test_originators_judged_to_be_one_are_one_source(pairs: list[tuple[str, str]]) -> None:
    judgements = (same(*pair) for pair in pairs)
    written = world(EVERYWHERE, *judgements, actors=WIRE, articles=COPIES)
    seen = reading(written, ontology=BARE)
    expected = max(1, 3 - len(pairs))
    assert count(seen) == (expected, str(expected))
    assert "fact" not in reading(written, Lens(min_sources=expected + 1)).certainties


def test_one_text_under_two_names_is_one_source_on_every_day() -> None:
    text = COPIES["article-1"]["text_sha256"]
    copies = {**COPIES, "article-2": {**COPIES["article-2"], "text_sha256": text}}
    told = world(EVERYWHERE, actors=WIRE, articles=copies)
    assert count(reading(told)) == (2, "2")
    assert count(reading(told, Lens(known_by=Day(2010, 2, 1)))) == (1, "1")


def test_an_originator_that_only_may_be_another_is_a_source_of_its_own() -> None:
    perhaps = {**same("press", "paper"), "predicate": "perhapsSameAs"}
    assert count(reading(world(EVERYWHERE, perhaps, actors=WIRE, articles=COPIES))) == (3, "3")


def test_the_relations_of_these_tests_are_sound() -> None:
    assert EXTENDED.relations["zArmedBy"].inverse == "arms"
    assert EXTENDED.relations.keys() > CORE.relations.keys()


def test_more_pairs_than_can_be_told_are_refused_before_they_are_made() -> None:
    claims = [
        said("alpha", "meets", "beta", id=f"c{n}", according_to="gamma", note=f"{n}")
        for n in range(360)
    ]
    denials = [
        {"id": f"d{n}", "denies": f"c{n}", "according_to": "alpha", "cite": {"article-2": ["1"]}}
        for n in range(360)
    ]
    whole = world(*claims, *denials)
    few = world(*claims[:20], *denials[:20])
    assert reading(few).judgement.standings["c0"].against == tuple(
        sorted(f"d{n}" for n in range(20))
    )
    with pytest.raises(TooManyRivals) as refusal:
        assert not reading(whole).judgement
    assert refusal.value.exit_code == 3


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("uvwxyz"), min_size=1)))
def test_what_shares_something_in_any_number_of_steps_is_one_group(
    values: dict[str, set[str]],
) -> None:
    groups = group_by_shared(values)
    assert groups.keys() == values.keys()
    reached = {key: set(own) for key, own in values.items()}
    for _ in values:
        reached = {
            key: set().union(*(each for each in reached.values() if each & own))
            for key, own in reached.items()
        }
    assert groups == {key: min(all_values) for key, all_values in reached.items()}


@pytest.mark.parametrize(
    ("relation", "papers", "last"),
    [
        ("partyTo", ("1", "4"), Day(2010, 4, 1)),  # the same paper again: it still holds
        ("partyTo", ("1", "2"), Day(2010, 1, 1)),  # a copy in another paper
        ("announcesTerminationOf", ("1", "4"), Day(2010, 1, 1)),  # history by then
        ("announcesTerminationOf", ("1", "3"), Day(2010, 3, 1)),  # another writer
    ],
)
def test_a_state_is_news_each_time_that_its_own_paper_tells_it_and_an_event_once(
    relation: str, papers: tuple[str, str], last: Day
) -> None:
    later = {**WORLD["articles"]["article-1"], "published": "2010-04-01", "text_sha256": "4" * 64}
    cite = {f"article-{paper}": ["1"] for paper in papers}
    seen = reading(
        world(said("alpha", relation, "pact", id="told", cite=cite), articles={"article-4": later})
    )
    told = seen.graph_corpus.assertions["told"]
    is_state = relation == "partyTo"
    assert last_report(told, seen.judgement, is_state) == last


def test_a_date_covers_itself_and_a_narrower_one_and_no_wider_one() -> None:
    year, month, open_end = (parse_date(text) for text in ("2019", "2019-03", "2019/.."))
    assert all(covers_days_of(each, each) for each in (year, month, open_end))
    assert covers_days_of(year, month)
    assert not covers_days_of(month, year)


def limits(date: str, mode: Mode = Mode.ACTUAL) -> Scope:
    """The limits of a state that is dated, or is not."""
    return Scope(mode, True, parse_date(date) if date else None, "", ())


@pytest.mark.parametrize(
    ("one", "other", "is_rival"),
    [
        ("2019", "2019", True),
        ("2019", "2019?", False),
        ("2018/2020", "2019-03-05", True),
        ("2018/2020", "2021-03-05", False),
        ("2018/2020", "2019-03", False),
        ("", "", True),
        ("", "2019", False),
    ],
)
def test_two_figures_exclude_each_other_on_one_day_or_for_the_very_same_time(
    one: str, other: str, is_rival: bool
) -> None:
    scopes = Scopes((), CORE)
    assert scopes.exclude_as_figures(limits(one), limits(other)) is is_rival
    assert scopes.exclude_as_figures(limits(other), limits(one)) is is_rival
    assert not scopes.exclude_as_figures(limits(one), limits(other, Mode.PLANNED))


@pytest.mark.parametrize(
    ("one", "other", "is_handed_over"),
    [
        ("2018/2019-06", "2019-06/2020", True),
        ("../2019-06", "2019-06/2020", True),
        ("2018/2019-05", "2019-06/2020", False),
        ("2018/2020", "2019-06/2020", False),
        ("2018/2019", "2019", False),
        ("2019", "2019/2020", False),
        ("2018/2019-06", "", False),
    ],
)
def test_a_state_hands_over_to_one_that_begins_as_it_ends(
    one: str, other: str, is_handed_over: bool
) -> None:
    earlier, later = limits(one).date, limits(other).date
    assert hands_over(earlier, later) is is_handed_over
    assert hands_over(later, earlier) is is_handed_over


def test_a_plan_is_denied_by_no_denial_of_the_deed() -> None:
    scopes, plan = Scopes((), CORE), limits("2019", Mode.PLANNED)
    assert scopes.denies(plan, plan)
    assert not scopes.denies(limits("2019"), plan)
    assert not scopes.denies(plan, limits("2019"))


def test_months_that_touch_cover_days_of_both_and_a_gap_covers_none() -> None:
    touching, gap, across = map(
        parse_date, ("[2019-01,2019-02]", "[2019-01-30,2019-02-02]", "2019-01-30/2019-02-02")
    )
    assert covers_days_of(touching, across)
    assert not covers_days_of(gap, across)


def test_of_deeds_with_one_amount_other_words_make_two() -> None:
    nowhere = Span("")

    def deed(words: str) -> Scope:
        amount = Text("5", nowhere, datatype=Datatype.INTEGER)
        told = (("count", amount), ("role", Text(words, nowhere)))
        qualifiers = tuple(Qualifier(Reference(name, nowhere), value) for name, value in told)
        return Scope(Mode.ACTUAL, False, None, "", qualifiers)

    scopes = Scopes((), CORE)
    assert not CORE.qualifiers["role"].functional
    assert not list(scopes.rival_aspects(deed("host"), deed("guest"), happens_once=True))
