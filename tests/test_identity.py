"""Who is whom: accepted judgements merge ids, others never do, and contradictory ones are told."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

from corpora import WORLD, corpus
from hypothesis import given
from hypothesis import strategies as st
from pictures import read_example
from readings import CORE

from kg.checks.draft import CorpusDraft
from kg.checks.identity import one_thing_is_of_one_kind
from kg.checks.laws import check_draft
from kg.dates import Day
from kg.diagnostics import Diagnostic
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.status.identity import IdGroup, find_contradictions, find_identities, main_ids
from kg.status.status import judge_standings

REPOSITORY = Path(__file__).parent.parent
IDS = ("aa", "b", "cc", "dddd", "ee")
ACTORS = {id: {"type": "Person", "label": f"Person {id}"} for id in IDS} | {
    "x": {"type": "UnnamedSource", "label": "An official"},
    "press": {"type": "MediaOrganization", "label": "Press"},
    "paper": {"type": "MediaOrganization", "label": "Paper"},
}


def judged(one: str, relation: str, other: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"{one}-{relation}-{other}",
        "subject": one,
        "predicate": relation,
        "object": other,
        "basis": "editorial",
        "note": "a reason",
        **fields,
    }


def world(*judgements: dict[str, Any]) -> Corpus:
    return corpus({**WORLD, "actors": ACTORS, "assertions": list(judgements)}, CORE)


def groups(*judgements: dict[str, Any]) -> tuple[IdGroup, ...]:
    seen = world(*judgements)
    return find_identities(seen, CORE, judge_standings(seen, CORE))


def findings(*judgements: dict[str, Any]) -> list[Diagnostic]:
    draft = CorpusDraft(world(*judgements), CORE, frozenset(), True, True, Day(2020, 1, 1))
    return [d for d in check_draft(draft) if d.rule.code in ("KG311", "KG312")]


def test_ids_are_one_thing_through_any_number_of_steps_in_both_directions() -> None:
    assert groups(
        judged("aa", "sameAs", "b"), judged("cc", "sameAs", "b"), judged("dddd", "sameAs", "ee")
    ) == (
        IdGroup("b", ("aa", "b", "cc"), ("aa-sameAs-b", "cc-sameAs-b")),
        IdGroup("ee", ("dddd", "ee"), ("dddd-sameAs-ee",)),
    )


def test_what_may_be_the_same_is_never_merged() -> None:
    assert groups(judged("aa", "perhapsSameAs", "b"), judged("b", "sameAs", "cc"))[0].members == (
        "b",
        "cc",
    )


def test_only_accepted_judgements_merge() -> None:
    cited = {"basis": "reported", "cite": {"article-1": ["1"]}}
    same = judged("aa", "sameAs", "b", **cited)
    assert len(groups(same)) == 1
    assert groups({**same, "according_to": "cc"}) == ()
    assert groups({**same, "mode": "expected"}) == ()
    denial = {
        "id": "no",
        "denies": "aa-sameAs-b",
        "according_to": "cc",
        "note": "a reason",
        **cited,
    }
    assert groups(same, denial) == ()
    assert groups({**same, "according_to": "b", "withdrawn": {"cite": {"article-2": ["1"]}}}) == ()


def test_an_unnamed_source_gives_its_id_to_no_other() -> None:
    assert groups(judged("x", "sameAs", "dddd"))[0].id == "dddd"
    assert main_ids(groups(judged("x", "sameAs", "dddd"))) == {"x": "dddd", "dddd": "dddd"}


def test_a_chain_that_leads_to_what_is_different_is_told_once_and_merges_nothing() -> None:
    judgements = (
        judged("aa", "sameAs", "b"),
        judged("b", "sameAs", "cc"),
        judged("cc", "differentFrom", "aa"),
        judged("aa", "differentFrom", "cc"),
        judged("dddd", "sameAs", "ee"),
    )
    (told,) = findings(*judgements)
    assert told.rule.code == "KG311"
    assert (
        told.message
        == "judged to be different, and yet the same: cc = b = aa (by b-sameAs-cc, aa-sameAs-b)"
    )
    assert len(told.related) == 2
    assert [group.id for group in groups(*judgements)] == ["ee"]


def test_the_shortest_chain_is_told() -> None:
    long_way = (
        judged("aa", "sameAs", "b"),
        judged("b", "sameAs", "cc"),
        judged("cc", "sameAs", "dddd"),
    )
    seen = world(*long_way, judged("dddd", "sameAs", "aa"), judged("aa", "differentFrom", "dddd"))
    (found,) = find_contradictions(seen, CORE, judge_standings(seen, CORE))
    assert found.chain == ("aa", "dddd")


def test_different_things_that_nothing_makes_the_same_are_no_contradiction() -> None:
    assert findings(judged("aa", "sameAs", "b"), judged("b", "differentFrom", "cc")) == []


def test_a_claim_of_sameness_contradicts_nothing() -> None:
    claim = judged(
        "aa", "sameAs", "b", basis="reported", according_to="cc", cite={"article-1": ["1"]}
    )
    assert findings(claim, judged("aa", "differentFrom", "b")) == []


def test_a_judgement_without_a_reason_is_told() -> None:
    bare = judged("aa", "perhapsSameAs", "b", basis="reported", cite={"article-1": ["1"]})
    del bare["note"]
    denial = {"id": "no", "denies": "aa-perhapsSameAs-b", "cite": {"article-1": ["2"]}}
    assert [d.rule.code for d in findings(bare, denial)] == ["KG312", "KG312"]
    assert findings({**bare, "note": "a reason"}, {**denial, "note": "a reason"}) == []


pairs = st.sampled_from(sorted(permutations(IDS, 2)))
verdicts = st.lists(
    st.tuples(pairs, st.sampled_from(("sameAs", "sameAs", "differentFrom"))),
    max_size=7,
    unique=True,
)


@given(verdicts, st.randoms(use_true_random=False))
def test_groups_are_disjoint_and_do_not_depend_on_the_order_of_judgements(
    drawn: list[tuple[tuple[str, str], str]], random: Any
) -> None:
    judgements = [judged(one, relation, other) for (one, other), relation in drawn]
    found = groups(*judgements)
    shuffled = list(judgements)
    random.shuffle(shuffled)
    assert groups(*shuffled) == found
    assert all(not {*one.members} & {*other.members} for one, other in combinations(found, 2))
    assert all(group.id in group.members and len(group.members) > 1 for group in found)


@given(verdicts)
def test_no_group_holds_two_things_that_are_judged_different(
    drawn: list[tuple[tuple[str, str], str]],
) -> None:
    found = groups(*(judged(one, relation, other) for (one, other), relation in drawn))
    different = {frozenset(pair) for pair, relation in drawn if relation == "differentFrom"}
    assert not [
        pair
        for group in found
        for pair in combinations(group.members, 2)
        if frozenset(pair) in different
    ]


def test_the_example_judges_with_reasons_and_without_contradiction() -> None:
    reading = read_example()
    judgements = [
        a
        for a in reading.corpus.assertions.values()
        if a.predicate.id in ("differentFrom", "perhapsSameAs")
    ]
    assert len(judgements) >= 3
    assert not [d for d in reading.diagnostics if d.rule.code in ("KG311", "KG312")]


@dataclass(frozen=True)
class CountingOntology(Ontology):
    """An ontology that counts how often it is asked whether two classes are disjoint."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    def are_disjoint(self, one: str, other: str) -> bool:
        """Whether nothing can be of both of two classes."""
        self.asked.append((one, other))
        return super().are_disjoint(one, other)


def test_of_several_judgements_only_that_which_merges_two_kinds_is_told() -> None:
    judgements = judged("aa", "sameAs", "b"), judged("b", "sameAs", "press")
    draft = CorpusDraft(world(*judgements), CORE, frozenset(), True, True, Day(2020, 1, 1))
    [told] = one_thing_is_of_one_kind(draft)
    assert "'b'" in told.message
    assert "'press'" in told.message


def test_many_ids_of_one_thing_are_compared_by_their_kinds_not_each_with_each() -> None:
    ids = [f"p{number}" for number in range(40)]
    people = {id: {"type": "Person", "label": f"Name {id}"} for id in ids}
    world = {
        **WORLD,
        "actors": {**WORLD["actors"], **people},
        "assertions": [judged(one, "sameAs", ids[0]) for one in ids[1:]],
    }
    counting = CountingOntology(**{each.name: getattr(CORE, each.name) for each in fields(CORE)})
    draft = CorpusDraft(corpus(world, CORE), counting, frozenset(), True, True, Day(2020, 1, 1))
    assert list(one_thing_is_of_one_kind(draft)) == []
    assert len(counting.asked) <= len(ids)
