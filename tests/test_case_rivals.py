"""Negatives of their own, denials as wide as what they say, rival values: small worlds, each with
what is right.
"""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from corpora import worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from readback import quads_of
from readings import CORE, REPOSITORY, reading, said, things, world

from kg.dates import parse_date
from kg.reading import Reading
from kg.reports.dispute_questions import QuestionKind, Verdict, question_remarks
from kg.reports.document import as_text
from kg.reports.explanation import explain
from kg.reports.gaps import find_gaps
from kg.reports.kinds import GapKind
from kg.reports.lives.lives import life_on
from kg.reports.open_questions import as_said_by, open_matrix
from kg.reports.position_document import position_document
from kg.reports.positions import matrix_of_no_dispute, position_matrices
from kg.reports.why import why_document
from kg.status.lens import Lens


def triples(seen: Reading) -> set[str]:
    """The direct triples of the graph, each in a line of ids."""
    relations = {relation.iri: name for name, relation in seen.ontology.relations.items()}
    return {
        f"{local(q.subject)} {relations[q.predicate.value]} {local(q.object)}"
        for q in quads_of(seen)
        if q.predicate.value in relations
    }


def local(term: Any) -> str:
    return str(term.value).rpartition("/")[2]


def status(seen: Reading, id: str) -> str:
    return seen.standings[id].status.value


def sentence(seen: Reading, id: str) -> str:
    return seen.statements[id].sentence


def denial(id: str, of: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "denies": of, "cite": {"article-2": ["1"]}, **fields}


def test_what_an_article_says_is_not_so_is_accepted_and_makes_no_triple() -> None:
    seen = reading(world(said("alpha", "partyTo", "pact", id="never", negated="true")))
    assert status(seen, "never") == "accepted"
    assert sentence(seen, "never") == "Alpha is not party to Pact"
    assert triples(seen) == set()


@pytest.mark.parametrize(
    ("predicate", "object", "words"),
    [
        ("signed", "pact", "Alpha does not sign Pact"),
        ("tiesWorsenWith", "beta", "Alpha does not have worsening ties with Beta"),
        ("perhapsSameAs", "beta", "It is not the case that Alpha may be the same as Beta"),
    ],
)
def test_a_negative_reads_as_one(predicate: str, object: str, words: str) -> None:
    seen = reading(world(said("alpha", predicate, object, id="no", negated="true")))
    assert sentence(seen, "no") == words


def test_a_speakers_negative_is_theirs_and_a_denial_once_it_answers_a_claim() -> None:
    negative = said("alpha", "signed", "pact", id="no", negated="true", according_to="alpha")
    alone = reading(world(negative))
    assert status(alone, "no") == "attributed"
    assert sentence(alone, "no") == "Alpha says that Alpha does not sign Pact"
    claim = said("alpha", "signed", "pact", id="claim", according_to="beta")
    disputed = reading(world(claim, negative))
    assert [status(disputed, id) for id in ("claim", "no")] == ["contested", "contested"]
    taken_back = {"when": "2010-05", "cite": {"article-2": ["2"]}}
    answered = reading(world({**claim, "withdrawn": taken_back}, negative))
    assert status(answered, "no") == "denial"


def test_a_negative_contests_what_it_negates() -> None:
    fact = said("alpha", "signed", "pact", id="fact")
    seen = reading(world(fact, said("alpha", "signed", "pact", id="no", negated="true")))
    assert [status(seen, id) for id in ("fact", "no")] == ["contested", "contested"]
    assert triples(seen) == set()


def test_a_denied_plan_is_no_plan_of_whoever_denies_it() -> None:
    plan = said("alpha", "hosts", "summit", id="plan", mode="planned")
    seen = reading(world(plan, denial("no", "plan", according_to="alpha")))
    (gap,) = find_gaps(seen, [GapKind.OPEN_PROSPECTS])[GapKind.OPEN_PROSPECTS]
    assert gap.id == "plan"
    assert gap.details == [
        "against it: Alpha denies that it is planned that Alpha hosts Summit [no]"
    ]


def test_one_correction_replaces_several_and_why_names_its_article() -> None:
    later = said("alpha", "partyTo", "pact", id="later", supersedes=["one", "two"])
    seen = reading(
        world(
            said("alpha", "signed", "pact", id="one"),
            said("alpha", "proposes", "pact", id="two"),
            {**later, "cite": {"article-3": ["4"]}},
        )
    )
    assert [status(seen, id) for id in ("one", "two", "later")] == [
        "superseded",
        "superseded",
        "accepted",
    ]
    text = as_text(why_document("one", explain("one", seen), seen))
    assert "correction Alpha is party to Pact [later, accepted]" in text
    assert "article-3, paragraph 4" in text


def test_a_withdrawn_correction_never_counts() -> None:
    later = said("alpha", "signed", "pact", id="later", according_to="alpha", supersedes="first")
    later["withdrawn"] = {"cite": {"article-2": ["3"]}}
    seen = reading(world(said("alpha", "partyTo", "pact", id="first"), later))
    assert status(seen, "first") == "accepted"


def test_who_denies_later_what_they_said_makes_no_fact_of_it_under_their_own_lens() -> None:
    then = said("beta", "contravenes", "pact", id="then", according_to="alpha", said="2009-05-01")
    now = denial("now", "then", according_to="alpha", said="2010-05-01")
    seen = reading(world(then, now), Lens(according_to=("alpha",)))
    assert status(seen, "then") == "contested"
    assert triples(seen) == set()


def test_a_denial_with_a_place_denies_nothing_elsewhere() -> None:
    isles = said(
        "alpha", "partyTo", "pact", id="isles", where="there", according_to="beta", when="2009/.."
    )
    seen = reading(
        world(
            said("alpha", "partyTo", "pact", id="main", where="here", when="2009/.."),
            isles,
            denial("isles-denied", "isles", according_to="alpha"),
        )
    )
    assert {id: status(seen, id) for id in ("main", "isles", "isles-denied")} == {
        "main": "accepted",
        "isles": "contested",
        "isles-denied": "contested",
    }
    assert triples(seen) == {"alpha partyTo pact"}
    assert seen.statements["isles-denied"].where[0].id == "there"


def test_what_is_denied_of_a_place_is_denied_of_what_lies_in_it() -> None:
    seen = reading(
        world(
            said("there", "locatedIn", "here"),
            said("alpha", "partyTo", "pact", id="town", where="there"),
            said("alpha", "partyTo", "pact", id="no", where="here", negated="true"),
        )
    )
    assert status(seen, "town") == "contested"


@pytest.mark.parametrize(
    ("predicate", "claimed", "denied", "is_rival"),
    [
        ("partyTo", "2005/2009", "2007", True),
        ("partyTo", "2005/2009", "2010", False),
        ("meets", "2009-10", "2009-10-05", False),
        ("meets", "2009-10-05", "2009-10", True),
        ("meets", "2009-10", "2009/..", True),
        ("meets", "[2009-10-05,2009-10-07]", "2009-10-05", False),
        ("meets", "2009-10-05", "2009-10-06", False),
    ],
)
def test_of_a_state_any_part_is_denied_of_an_event_only_all_the_time_that_it_may_have_been(
    predicate: str, claimed: str, denied: str, is_rival: bool
) -> None:
    object = "pact" if predicate == "partyTo" else "beta"
    claim = said("alpha", predicate, object, id="claim", when=claimed)
    no = said("alpha", predicate, object, id="no", when=denied, negated="true")
    seen = reading(world(claim, no))
    assert (status(seen, "claim") == "contested") is is_rival


DROPPED = [
    said("alpha", "drops", "row", id="d14", when="2009-04-14"),
    said("alpha", "drops", "row", id="d19", when="2009-04-19", according_to="beta"),
]


def test_a_deed_with_two_days_is_a_fact_of_which_the_day_is_contested() -> None:
    seen = reading(world(*DROPPED))
    assert [status(seen, id) for id in ("d14", "d19")] == ["accepted", "attributed"]
    assert triples(seen) == {"alpha drops row"}
    assert seen.statements["d14"].standing.contests == (("when", ("d19",)),)
    written = {(local(q.predicate), local(q.object)) for q in quads_of(seen)}
    assert ("ns#contestedAspect", "ns#when") in written
    assert ("ns#contradicts", "d19") in written


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2009-04-14", "possibly"), ("2009-04-19", "possibly"), ("2009-04-16", None)],
)
def test_a_deed_may_have_been_done_on_each_of_its_rival_days(day: str, holds: str | None) -> None:
    seen = reading(world(*DROPPED), Lens(true_on=parse_date(day).start_earliest))
    assert seen.certainties.get("d14") == holds


def test_a_deed_is_done_once_all_its_rival_days_have_passed() -> None:
    seen = reading(world(*DROPPED))
    days = [parse_date(f"2009-04-{day}").start_earliest for day in (13, 16, 20)]
    lives = [life_on("row", day, seen) for day in days if day]
    assert [each.certainty.value for each in lives] == ["unknown", "possibly", "certainly"]


@pytest.mark.parametrize(
    ("one", "other", "aspects"),
    [
        ({"when": "2009-04"}, {"when": "2009-04-14"}, set()),
        ({"when": "2009-04-14"}, {}, set()),
        ({"where": "here"}, {"where": "there"}, {"where"}),
        ({"with": {"amount": "5 EUR"}}, {"with": {"amount": "7 EUR"}}, {"amount"}),
        ({"with": {"amount": "5 EUR"}}, {"with": {"amount": "4..6 EUR"}}, set()),
        ({"with": {"role": "witness"}, "when": "2008"}, {"with": {"role": "host"}}, set()),
    ],
)
def test_a_deed_done_once_is_contested_in_what_cannot_be_equal(
    one: dict[str, Any], other: dict[str, Any], aspects: set[str]
) -> None:
    deeds = [
        said("alpha", "signed", "pact", id=str(n), **each) for n, each in enumerate((one, other))
    ]
    seen = reading(world(*deeds))
    assert {aspect for aspect, _ in seen.statements["0"].standing.contests} == aspects
    assert status(seen, "0") == "accepted"


PEOPLE = things("actors", "Person", "ada", "bea")["actors"]


@pytest.mark.parametrize(
    ("one", "other", "statuses"),
    [
        ("2009-01-10/..", "2009-01-23/..", "contested"),
        ("../2009-06", "2009-06/..", "accepted"),
        ("2009-01-10/2009-06-15", "2009-06-15/..", "accepted"),
        ("2009", "2009", "accepted"),
        ("2008/2009-02-01", "2009-02-02/..", "accepted"),
    ],
)
def test_one_office_has_one_holder_at_a_time_and_a_handover_is_no_contest(
    one: str, other: str, statuses: str
) -> None:
    seen = reading(
        world(
            said("ada", "presidentOf", "alpha", id="one", when=one),
            said("bea", "presidentOf", "alpha", id="other", when=other),
            actors=PEOPLE,
        )
    )
    assert [status(seen, id) for id in ("one", "other")] == [statuses, statuses]


def test_a_predecessor_whose_end_nobody_reports_is_no_rival_of_a_successor() -> None:
    old = said("ada", "presidentOf", "alpha", id="old", when="2008/..")
    new = said("bea", "presidentOf", "alpha", id="new", when="2010-01-15/..")
    seen = reading(world(old, {**new, "cite": {"article-3": ["1"]}}, actors=PEOPLE))
    assert [status(seen, id) for id in ("old", "new")] == ["accepted", "accepted"]


def test_an_unnamed_holder_of_an_office_may_be_the_named_one() -> None:
    unnamed = things("actors", "UnnamedSource", "somebody")["actors"]
    named = said("ada", "presidentOf", "alpha", id="named", when="2009-05-01")
    other = said("somebody", "presidentOf", "alpha", id="unnamed", when="2009-05-01")
    seen = reading(world(named, other, actors=PEOPLE | unnamed))
    assert [status(seen, id) for id in ("named", "unnamed")] == ["accepted", "accepted"]


def test_a_question_of_the_day_leaves_the_deed_agreed() -> None:
    meetings = [
        said("alpha", "meets", "beta", id="m14", when="2009-04-14"),
        said("alpha", "meets", "beta", id="m19", when="2009-04-19"),
        said("beta", "meets", "alpha", id="other", when="2009-06-01"),
    ]
    day = {"question": "On which day?", "kind": "exactly-one", "between": ["m14", "m19"]}
    seen = reading(world(*meetings, conflicts={"day": day}))
    assert [status(seen, each["id"]) for each in meetings] == ["accepted"] * 3
    assert seen.statements["m14"].standing.contests == (("when", ("m19",)),)
    assert seen.statements["other"].standing.contests == ()
    about = reading(world(*meetings, conflicts={"day": {**day, "about": "statement"}}))
    assert status(about, "m14") == "contested"


@given(worlds(), st.sampled_from(("where", "with")), st.integers(0, 8))
@settings(max_examples=60)
def test_narrowing_a_claim_makes_no_rival_but_in_the_very_detail_of_a_deed_done_once(
    written: dict[str, Any], detail: str, number: int
) -> None:
    told, claims = without_conflicts(written)
    claims = [a for a in claims if "denies" not in a and "negated" not in a and detail not in a]
    if not claims:
        return
    claim = claims[number % len(claims)]
    value: Any = "here" if detail == "where" else {"amount": "7 EUR"}
    narrower = [{**a, detail: value} if a is claim else a for a in told["assertions"]]
    before, after = reading(told), reading({**told, "assertions": narrower})
    for aspect, rivals in after.statements[claim["id"]].standing.contests:
        known = before.statements[claim["id"]].standing.rivals_in(aspect)
        assert aspect == {"with": "amount"}.get(detail, detail) or {*rivals} <= {*known}


@given(worlds(), st.sampled_from(("where", "with", "when")), st.integers(0, 8))
@settings(max_examples=60)
def test_widening_a_denial_removes_no_rival(
    written: dict[str, Any], detail: str, number: int
) -> None:
    told, claims = without_conflicts(written)
    denials = [a for a in claims if "negated" in a and detail in a]
    if not denials:
        return
    narrow = denials[number % len(denials)]
    wide = {key: value for key, value in narrow.items() if key != detail}
    wider = [wide if a is narrow else a for a in told["assertions"]]
    before, after = reading(told), reading({**told, "assertions": wider})
    assert {*before.statements[wide["id"]].standing.against} <= {
        *after.statements[wide["id"]].standing.against
    }


def without_conflicts(written: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A world without questions and without what denies or follows from others, whose place is
    taken from them.
    """
    links = {"denies", "from", "supersedes", "ends", "begins"}
    told = [a for a in written["assertions"] if not links & a.keys()]
    rest = {key: value for key, value in written.items() if key != "conflicts"}
    return {**rest, "assertions": told}, told


ROW = [
    said("alpha", "involvedIn", "row", when="2008/.."),
    said("beta", "involvedIn", "row", when="2008/.."),
]
BY_BOTH = [
    said("alpha", "drops", "row", id="d14", when="2009-04-14", according_to="beta"),
    said("alpha", "drops", "row", id="d19", when="2009-04-19", according_to="alpha"),
]


def test_a_dispute_tells_rival_days_apart_from_the_deed_on_which_all_agree() -> None:
    (matrix,) = position_matrices("row", reading(world(*ROW, *BY_BOTH)))
    (question,) = matrix.questions
    assert question.verdict is Verdict.ANSWERED
    assert [(each.words, sorted(each.actors)) for each in question.propositions] == [
        ("Alpha drops Row, 2009-04-14", ["beta"]),
        ("Alpha drops Row, 2009-04-19", ["alpha"]),
    ]
    assert question_remarks(question, matrix.sides, {}) == ["agreed: Alpha drops Row"]


def test_the_editors_speak_for_themselves_and_not_for_the_articles() -> None:
    editorial = said("alpha", "drops", "row", id="ed", basis="editorial", note="both say so")
    seen = reading(world(*ROW, *BY_BOTH, editorial))
    text = as_text(position_document(position_matrices("row", seen), seen))
    assert "the editors" in text
    assert "the articles themselves" not in text


def test_dates_of_a_deed_and_of_speech_are_told_apart() -> None:
    claim = said(
        "alpha", "threatens", "beta", when="2009-05", said="2010-01-02", according_to="beta"
    )
    seen = reading(world(*ROW, claim))
    text = as_text(position_document(position_matrices("row", seen), seen))
    assert "2009-05, said 2010-01-02" in " ".join(text.split())


def test_what_is_contested_and_touches_no_dispute_is_listed_as_such() -> None:
    claim = said("gamma", "signed", "pact", id="claim", according_to="alpha")
    seen = reading(world(*ROW, claim, denial("no", "claim", according_to="gamma")))
    rest = matrix_of_no_dispute(seen)
    assert [each.title for each in rest.questions] == ["Gamma signs Pact"]
    assert matrix_of_no_dispute(reading(world(*ROW, *BY_BOTH))).questions == ()


def test_what_is_open_on_a_day_is_what_had_been_said_and_not_been_taken_back_until_then() -> None:
    claim = said("beta", "opposes", "row", id="claim", according_to="alpha", said="2009-01-01")
    claim["withdrawn"] = {"when": "2009-06-01", "cite": {"article-2": ["2"]}}
    no = denial("no", "claim", according_to="beta", said="2009-03-01")
    seen = reading(world(*ROW, claim, no))

    def verdicts(day: str) -> list[str]:
        on = parse_date(day).start_earliest
        assert on
        then = as_said_by(seen, on)
        (matrix,) = position_matrices("row", then)
        return [each.verdict.value for each in open_matrix(matrix, on).questions]

    assert verdicts("2008-12-31") == []
    assert verdicts("2009-02-01") == ["nobody answers"]
    assert verdicts("2009-04-01") == ["answered"]
    assert "answered" not in verdicts("2009-07-01") or len(verdicts("2009-07-01")) < 2


def open_on(day: str, *assertions: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    """The titles and verdicts of what was open on a day."""
    on = parse_date(day).start_earliest
    assert on
    then = as_said_by(reading(world(*assertions, **more)), on)
    matrices = (*position_matrices("", then), matrix_of_no_dispute(then, with_prospects=True))
    questions = [each for one in matrices for each in open_matrix(one, on).questions]
    return [(each.title, each.verdict.value) for each in questions]


def test_what_was_said_some_time_in_a_year_was_said_by_its_first_report() -> None:
    claim = said("beta", "opposes", "row", id="claim", according_to="alpha", said="2010")
    assert open_on("2009-12-31", *ROW, claim) == []
    assert open_on("2010-01-01", *ROW, claim) == [("Beta opposes Row", "nobody answers")]


def test_two_answers_are_open_once_the_second_was_told() -> None:
    days = [
        said("alpha", "drops", "row", id="d14", when="2009-04-14"),
        said("alpha", "drops", "row", id="d19", when="2009-04-19", cite={"article-3": ["3"]}),
    ]
    assert open_on("2010-02-01", *ROW, *days) == []
    assert len(open_on("2010-03-01", *ROW, *days)) == 1
    conflict: dict[str, Any] = {
        "conflicts": {
            "c": {"question": "Why?", "kind": "exactly-one", "between": ["by-beta", "by-alpha"]}
        }
    }
    motives = [
        said("row", "respondsTo", "summit", id="by-beta", according_to="beta", said="2009-05"),
        said("row", "retaliatesFor", "summit", id="by-alpha", according_to="alpha", said="2009-07"),
    ]
    assert open_on("2009-06-01", *ROW, *motives, **conflict) == [
        ("Row is a response to Summit", "nobody answers")
    ]
    assert open_on("2009-07-31", *ROW, *motives, **conflict) == [("Why?", "answered")]


def test_rival_states_are_open_once_the_second_has_begun() -> None:
    actors = {id: {"type": "Person", "label": id.title()} for id in ("ann", "bob")}
    rivals = [
        said("ann", "presidentOf", "alpha", id="a", when="2008/2013"),
        said("bob", "presidentOf", "alpha", id="b", when="2011-06/2013"),
    ]
    assert open_on("2011-05-31", *rivals, actors=actors) == []
    assert len(open_on("2011-07-01", *rivals, actors=actors)) == 1


def test_what_is_planned_is_open_from_its_announcement_to_its_outcome_in_a_dispute_or_not() -> None:
    plan = said("alpha", "signed", "pact", id="plan", mode="planned", when="2012")
    plan["outcome"] = {"kind": "happened", "realised_by": "deed"}
    deed = said("alpha", "signed", "pact", id="deed", when="2012-05-01")
    title = "Alpha signs Pact", "open"
    assert open_on("2009-12-31", plan, deed) == []
    assert open_on("2010-02-01", plan, deed) == [title]
    assert open_on("2012-05-01", plan, deed) == []
    undecided = {key: value for key, value in plan.items() if key != "outcome"}
    assert open_on("2010-02-01", undecided) == [title]


def test_a_report_lists_rival_days_and_what_each_says() -> None:
    gaps = find_gaps(reading(world(*BY_BOTH)), [GapKind.FUNCTIONAL_RIVALS])
    (first, _) = gaps[GapKind.FUNCTIONAL_RIVALS]
    assert first.details == [
        "when: 2009-04-14",
        "against it: Alpha says that Alpha drops Row [d19], 2009-04-19",
    ]


def test_why_names_the_other_day() -> None:
    seen = reading(world(*BY_BOTH))
    text = as_text(why_document("d14", explain("d14", seen), seen))
    assert "only its date is contested by d19" in " ".join(text.split())
    assert "Alpha says that Alpha drops Row, 2009-04-19 [d19, attributed]" in text


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("contested", [("d14", "when", "2009-04-14"), ("d19", "when", "2009-04-19")]),
        ("taken-back", [("alpha", "2009-06-01")]),
        ("reversals", [("first", "second", "alpha")]),
        ("both-sides", [("row", "gamma", "alpha", "beta")]),
    ],
)
def test_saved_questions_have_their_answers(query: str, rows: list[tuple[str, ...]]) -> None:
    took_back = said("alpha", "signed", "pact", id="claim", according_to="alpha")
    took_back["withdrawn"] = {"when": "2009-06-01", "cite": {"article-2": ["2"]}}
    seen = reading(
        world(
            *ROW,
            *BY_BOTH,
            took_back,
            said("second", "reverses", "first"),
            said("alpha", "takesDecision", "second"),
            said("gamma", "alliedWith", "alpha"),
            said("beta", "meets", "gamma"),
            events={id: {"type": "Decision", "label": id.title()} for id in ("first", "second")},
        )
    )
    folder = {file.name: file for file in REPOSITORY.files("queries", (".rq",)).contents}
    sparql = folder[f"queries/{query}.rq"].data.decode()
    prefixes = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in CORE.prefixes.items())
    columns = {
        "contested": ("assertion", "contested_in", "when"),
        "taken-back": ("speaker", "taken_back"),
        "reversals": ("decision", "reversed_by", "actor"),
        "both-sides": ("case", "who", "side_one", "side_other"),
    }[query]
    solutions = seen.store.query(prefixes + sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [tuple(local(row[column]) for column in columns) for row in solutions] == rows


LOAN = {"according_to": "alpha", "when": "2009-05", "with": {"amount": "5 EUR"}}


@pytest.mark.parametrize(
    ("other", "aspects"),
    [
        ({"when": "2009-05"}, {"amount"}),
        ({"when": "2009-05-15"}, {"amount"}),
        ({"when": "2009"}, set()),
        ({"when": "2009-06"}, set()),
        ({"with": {"amount": "4..6 EUR"}}, set()),
    ],
)
@pytest.mark.parametrize("mode", ["actual", "planned", "expected"])
def test_two_amounts_of_one_deed_in_one_month_are_rivals_and_of_a_year_are_several(
    mode: str, other: dict[str, Any], aspects: set[str]
) -> None:
    fields = {**LOAN, "with": {"amount": "6 EUR"}, "according_to": "beta", **other}
    one = said("alpha", "pays", "beta", id="one", mode=mode, **LOAN)
    seen = reading(world(one, said("alpha", "pays", "beta", id="other", mode=mode, **fields)))
    assert {aspect for aspect, _ in seen.statements["one"].standing.contests} == aspects


def test_amounts_in_different_modes_are_no_rivals() -> None:
    one = said("alpha", "pays", "beta", id="one", mode="planned", **LOAN)
    more = {**LOAN, "with": {"amount": "6 EUR"}}
    seen = reading(world(one, said("alpha", "pays", "beta", id="deed", **more)))
    assert seen.statements["one"].standing.contests == ()


@pytest.mark.parametrize(
    ("one", "other", "status_of_both"),
    [
        ("2009", "2009", "contested"),
        ("2009-05-01", "2009-05-01", "contested"),
        ("2009-01-01/2009-12-31", "2009-05-01", "contested"),
        ("2009", "2009-05", "accepted"),
        ("2009-01/2009-12", "2009-01/2009-03", "accepted"),
        ("2009", "2010", "accepted"),
        ("2009", None, "accepted"),
        (None, None, "contested"),
    ],
)
def test_something_has_one_figure_for_one_time(
    one: str | None, other: str | None, status_of_both: str
) -> None:
    dates = [{"when": each} if each else {} for each in (one, other)]
    figures = [
        said("alpha", "hasPopulation", number, id=number, **date)
        for number, date in zip(("140", "150"), dates, strict=True)
    ]
    seen = reading(world(*figures))
    assert [status(seen, id) for id in ("140", "150")] == [status_of_both, status_of_both]


def test_two_tolls_of_one_disaster_are_contested() -> None:
    tolls = [
        said("summit", "hasDeathToll", "12", id="one", when="2009-05-03"),
        said("summit", "hasDeathToll", "15", id="other", when="2009-05"),
    ]
    seen = reading(world(*tolls))
    assert [status(seen, id) for id in ("one", "other")] == ["contested", "contested"]


def test_two_expected_figures_are_rivals_in_their_own_mode() -> None:
    expected = [
        said("summit", "hasAttendance", number, id=number, mode="expected", according_to=who)
        for number, who in (("100", "alpha"), ("200", "beta"))
    ]
    seen = reading(world(*expected))
    assert [status(seen, id) for id in ("100", "200")] == ["prospective", "prospective"]
    assert seen.statements["100"].standing.contests == (("object", ("200",)),)


@pytest.mark.parametrize(
    ("type", "other", "aspects"),
    [
        ("Battle", "2009-06-03", {"when"}),
        ("Battle", "2009-06", set()),
        ("Battle", "2009-06-02/2009-06-03", set()),
        ("Gathering", "2009-06-03", set()),
    ],
)
def test_a_battle_is_on_one_day_and_a_gathering_may_have_several(
    type: str, other: str, aspects: set[str]
) -> None:
    days = [
        said("fight", "takesPlaceIn", "here", id=id, when=when)
        for id, when in (("one", "2009-06-02"), ("other", other))
    ]
    seen = reading(world(*days, events=things("events", type, "fight")["events"]))
    assert {aspect for aspect, _ in seen.statements["one"].standing.contests} == aspects
    assert [status(seen, id) for id in ("one", "other")] == ["accepted", "accepted"]


# Counts, chairs and memberships of a club


def test_of_a_count_the_rival_numbers_are_contested_and_the_shared_one_is_agreed() -> None:
    vote = things("events", "Decision", "vote")
    about = (
        said("row", "concerns", "vote"),
        said("alpha", "involvedIn", "row"),
        said("beta", "involvedIn", "row"),
    )
    counts = (
        said("vote", "hasVotesFor", "51", id="more", according_to="alpha"),
        said("vote", "hasVotesFor", "47", id="less", according_to="beta"),
        said("vote", "hasVotesAgainst", "9", id="nine", when="2009"),
    )
    counts[2]["according_to"] = ["alpha", "beta"]
    seen = reading(world(*about, *counts, **vote))
    assert [status(seen, id) for id in ("more", "less", "nine")] == [
        "contested",
        "contested",
        "attributed",
    ]
    [found] = position_matrices("row", seen)
    rivals, agreed = found.questions
    held = [[(p.actor, p.answer) for p in each.positions] for each in rivals.propositions]
    assert held == [[("alpha", "51")], [("beta", "47")]]
    assert (rivals.verdict, agreed.verdict) == (Verdict.ANSWERED, Verdict.AGREED)
    assert "Beta says that Vote" in as_text(why_document("more", explain("more", seen), seen))


@pytest.mark.parametrize("speaker", ["", "beta"])
def test_two_holders_of_one_office_are_answers_to_one_question_whoever_names_them(
    speaker: str,
) -> None:
    people = {"actors": {id: {"type": "Person", "label": id.title()} for id in ("una", "rolf")}}
    one = said("una", "presidentOf", "alpha", when="2024-09-01", id="with-una")
    other = said("rolf", "presidentOf", "alpha", when="2024-09-01", id="with-rolf")
    other |= {"according_to": speaker} if speaker else {}
    seen = reading(world(one, other, **people))
    assert {status(seen, id) for id in ("with-una", "with-rolf")} == {"contested"}
    [question] = matrix_of_no_dispute(seen).questions
    assert question.title == "Who is president of Alpha?"
    assert [each.words for each in question.propositions] == [
        "Una is president of Alpha",
        "Rolf is president of Alpha",
    ]
    assert (question.kind, question.verdict) == (QuestionKind.CLAIM, Verdict.ANSWERED)


@pytest.mark.parametrize(
    ("day", "bodies"),
    [
        ("2013-06-01", ["in-x"]),
        ("2016-12-01", ["second"]),
        ("2018-06-01", ["in-y", "second"]),
    ],
)
def test_spells_of_a_membership_leave_gaps_between_them(day: str, bodies: list[str]) -> None:
    people = {"actors": {"lemke": {"type": "Person", "label": "Lemke"}}}
    for id in ("assembly", "party-x", "party-y"):
        people["actors"][id] = {"type": "Organization", "label": id.title()}
    spells = (
        said("lemke", "memberOf", "assembly", id="first", when="2009-09-01/2012-06-30"),
        said("lemke", "memberOf", "assembly", id="second", when="2015-09-01/.."),
        said("lemke", "memberOf", "party-x", id="in-x", when="2009/2016-08-17"),
        said("lemke", "memberOf", "party-y", id="in-y", when="2018/.."),
    )
    date = parse_date(day).start_earliest
    seen = reading(world(*spells, **people), Lens(true_on=date))
    assert sorted(seen.visible_corpus.assertions) == bodies
    assert all(status(seen, each["id"]) == "accepted" for each in spells)


def test_a_denial_of_one_day_of_a_month_is_told_beside_what_it_does_not_contest() -> None:
    claim = said("alpha", "meets", "beta", id="claim", when="2009-08", according_to="alpha")
    seen = reading(world(claim, denial("no", "claim", when="2009-08-05", according_to="beta")))
    assert seen.statements["claim"].standing.contests == ()
    lines = as_text(why_document("claim", explain("claim", seen), seen)).splitlines()
    assert any("in part" in line and "2009-08-05" in line for line in lines)


def test_who_denied_a_claim_that_was_taken_back_denied_all_of_it() -> None:
    taken_back = {"when": "2010", "cite": {"article-3": ["9"]}}
    claim = said("alpha", "meets", "beta", id="claim", according_to="alpha", withdrawn=taken_back)
    seen = reading(world(claim, denial("no", "claim", according_to="beta")))
    assert seen.statements["claim"].status == "withdrawn"
    assert explain("claim", seen).related["claim"] == [("denied by", "no")]


def test_a_denial_for_one_place_says_its_place() -> None:
    claim = said("alpha", "partyTo", "pact", id="claim", according_to="alpha")
    no = said("alpha", "partyTo", "pact", id="no", negated="true", where="here")
    seen = reading(world(claim, {**no, "according_to": "beta"}))
    text = as_text(position_document([matrix_of_no_dispute(seen)], seen))
    assert "denies, in Here" in text


def test_two_figures_of_articles_answer_each_other() -> None:
    tolls = [said("summit", "hasDeathToll", each, id=each, when="2009-05") for each in ("12", "15")]
    (question,) = matrix_of_no_dispute(reading(world(*tolls))).questions
    assert question.verdict is Verdict.ANSWERED


def test_a_claim_of_which_the_amount_is_contested_is_not_told_as_undenied() -> None:
    more = {**LOAN, "with": {"amount": "6 EUR"}, "according_to": "beta"}
    loans = [said("alpha", "pays", "beta", id=id, **f) for id, f in (("a", LOAN), ("b", more))]
    assert not find_gaps(reading(world(*loans)), [GapKind.UNREBUTTED])[GapKind.UNREBUTTED]
