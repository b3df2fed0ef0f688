"""A wreck, its cargo and the suits about it, as a newcomer wrote them down: owners that turn out to
be one, shares that are replaced, denials wider than a claim, speech about denials.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from readings import REPOSITORY, reading, said, things, world
from test_case_speech import codes
from test_vocabulary import dictionary

from kg.dates import Day
from kg.page.table import table_rows
from kg.query import AnswerFormat
from kg.query.folder import find_saved_query
from kg.query.formats import write_answer
from kg.query.holding import with_certainty
from kg.query.run import ask_store
from kg.query.saved import bind_parameters
from kg.reading import Reading
from kg.reports.dispute_questions import Verdict
from kg.reports.open_questions import as_said_by, open_matrix, stage_on
from kg.reports.positions import position_matrices
from kg.site.pages import picture_of
from kg.status.certainty import Certainty
from kg.status.lens import Lens

LATER = {"cite": {"article-2": ["1"]}}
"""Told by the second article only."""
ROW = (
    said("row", "concerns", "hull"),
    said("alpha", "involvedIn", "row"),
    said("zeta", "involvedIn", "row"),
    said("zeta", "owns", "hull", according_to="zeta"),
    {"id": "no", "denies": "zeta-owns-hull", "according_to": "alpha", "cite": {"article-1": ["1"]}},
)
ACTORS = things("actors", "Company", "zeta", "eta")["actors"]
ASSETS = things("things", "Asset", "hull", "boat")


def test_a_side_of_a_dispute_has_the_name_that_it_had_before_it_was_known_as_another() -> None:
    """Its later id is not known then, and its own leads to nothing now."""
    same = said("eta", "sameAs", "zeta", basis="editorial", note="One number.", **LATER)
    other_name = said("eta", "hasFullName", "Eta Marine", **LATER)
    (dispute,) = picture_of(reading(_row(same, other_name)), "everything").disputes
    sides = [[(id, dispute.names[id]) for id in matrix.sides] for _, matrix in dispute.runs]
    assert sides[0] == [("alpha", "Alpha"), ("zeta", "Zeta")]
    assert sides[-1] == [("alpha", "Alpha"), ("eta", "Eta")]


def test_a_dispute_that_is_one_with_another_later_stands_alone_before() -> None:
    same = said("row", "sameAs", "ado", basis="editorial", note="One row.", **LATER)
    seen = reading(_row(same, said("ado", "concerns", "hull", **LATER)))
    first, second = picture_of(seen, "everything").disputes
    assert [first.dispute.label, second.dispute.label] == ["Ado", "Row"]
    assert [bool(matrix.questions) for _, matrix in second.runs] == [True, False, False, False]


def _row(*more: dict[str, Any]) -> dict[str, Any]:
    disputes = things("disputes", "Dispute", "ado")
    return world(*ROW, *more, actors=ACTORS, **ASSETS, **disputes)


FIRST = said("alpha", "ownsShareIn", "hull", id="w1", when="2005/..", **{"with": {"share": "55 %"}})
SECOND = said("alpha", "ownsShareIn", "hull", id="w2", when="2008-01-01/..", supersedes="w1")


def shares(**more: Any) -> dict[str, Any]:
    return world(FIRST, {**SECOND, "with": {"share": "40 %"}, **more}, **ASSETS)


def ask_saved(seen: Reading, name: str, /, **given: str) -> list[dict[str, str]]:
    """The rows of a saved query, by column: ids and texts."""
    text = bind_parameters(find_saved_query(REPOSITORY, name), given, seen.ontology)
    found = ask_store(seen.store, text, seen.ontology.prefixes, name)
    cells = [[getattr(each, "value", "").rpartition("/")[2] for each in row] for row in found.rows]
    return [dict(zip(found.columns, row, strict=True)) for row in cells]


def holding(written: Mapping[str, Any], day: Day) -> dict[str, Certainty]:
    return reading(dict(written), Lens(true_on=day)).certainties


def test_what_was_replaced_held_until_then() -> None:
    assert holding(shares(), Day(2006, 6, 1)) == {"w1": Certainty.CERTAINLY}
    assert holding(shares(), Day(2009, 6, 1)) == {"w2": Certainty.CERTAINLY}
    whole = reading(shares())
    assert str(whole.statements["w1"].time) == "2005/2008-01-01"
    (row,) = ask_saved(reading(shares(), Lens(true_on=Day(2006, 6, 1))), "as-of")
    assert (row["on_that_day"], row["with"]) == ("certainly", "share 55 %")


def test_what_was_undone_from_its_first_day_never_held() -> None:
    undone = shares(retroactive="true")
    for day in (Day(2006, 6, 1), Day(2009, 6, 1), Day(2011, 1, 1)):
        assert "w1" not in holding(undone, day)
    assert holding(shares(when="2005/.."), Day(2006, 6, 1)) == {"w2": Certainty.CERTAINLY}


def test_a_page_that_goes_back_shows_what_was_replaced_as_long_as_it_held() -> None:
    def certain(**more: Any) -> object:
        return picture_of(reading(shares(**more)), "everything").history.attested["w1"].certain

    assert certain() == certain(**LATER) == ((Day(2005, 12, 31), Day(2008, 1, 1)),)
    assert certain(retroactive="true") == ()


def owns(id: str, speaker: str, share: str = "", **fields: Any) -> dict[str, Any]:
    qualifiers = {"with": {"share": share}} if share else {}
    return said("zeta", "ownsShareIn", "hull", id=id, according_to=speaker, **qualifiers, **fields)


def test_a_table_has_the_words_of_a_quantity_with_its_sign_and_unit() -> None:
    amounts = ["-5 EUR", "400 {guilders}", "60 %"]
    claims = [
        said("zeta", "ownsShareIn", "hull", id=f"c{number}", **{"with": {"amount": amount}})
        for number, amount in enumerate(amounts)
    ]
    seen = reading(_row(*claims))
    question = "SELECT ?amount { ?claim kg:amount ?amount } ORDER BY ?claim"
    answer = ask_store(seen.store, question, seen.ontology.prefixes)
    table = write_answer(answer, AnswerFormat.TABLE, seen.ontology.prefixes)
    assert [line.strip() for line in table.splitlines()[2:-1]] == amounts


CLAIMS = (owns("s60", "zeta", "60 %"), owns("s45", "beta", "45 %"))
WIDE = owns("wide", "alpha", negated="true")


def test_a_denial_of_any_share_is_an_answer_of_its_own() -> None:
    for claims in (CLAIMS[:1], CLAIMS, CLAIMS[::-1]):
        for written in ((*claims, WIDE), (WIDE, *claims)):
            (matrix,) = position_matrices("row", reading(_row(*written)))
            questions = [q for q in matrix.questions if "a share in" in q.title]
            (question,) = questions
            assert question.verdict is Verdict.ANSWERED
            answers = {
                p.words: [(each.actor, each.stance) for each in p.positions]
                for p in question.propositions
            }
            shares = {"s60": "60 %", "s45": "45 %"}
            assert answers.pop("Zeta owns a share in Hull") == [("alpha", "denies")]
            assert {*answers} == {f"Zeta owns {shares[each['id']]} of Hull" for each in claims}
            assert not any(p.agreed for p in question.propositions)


def test_who_claims_another_share_contests_the_share_alone() -> None:
    rows = ask_saved(reading(_row(*CLAIMS, WIDE)), "contested")
    found = {(row["assertion"], row["contested_in"], row["against"]) for row in rows}
    shares = {("s60", "share", "s45"), ("s45", "share", "s60")}
    denied = {(id, "statement", "wide") for id in ("s60", "s45")}
    assert found >= shares | denied
    assert ("s60", "statement", "s45") not in found


@pytest.mark.parametrize("negative", [{"negated": "true"}, {"denies": "claim"}])
@pytest.mark.parametrize(
    ("predicate", "lead"),
    [
        ("deniesSaying", "Gamma denies having said that"),
        ("confirms", "Gamma confirms what Beta says: that"),
        ("callsFalse", "Gamma calls false what Beta says: that"),
        ("doubts", "Gamma doubts what Beta says: that"),
        ("repeats", "Gamma repeats what Beta says: that"),
        ("welcomes", "Gamma welcomes what Beta says: that"),
    ],
)
def test_speech_about_a_negative_speaks_of_the_negative(
    predicate: str, lead: str, negative: dict[str, str]
) -> None:
    speaker = "gamma" if predicate == "deniesSaying" else "beta"
    claim = said("alpha", "buys", "hull", id="claim", according_to="zeta")
    no = {**claim, "id": "nay", "according_to": speaker, "negated": "true"}
    if "denies" in negative:
        no = {"id": "nay", "denies": "claim", "according_to": speaker, "cite": claim["cite"]}
    speech = said("gamma", predicate, "nay", id="speech")
    seen = reading(_row(claim, no, speech))
    assert seen.statements["speech"].sentence == f"{lead} Alpha does not buy Hull"


def test_who_denies_having_said_that_something_is_planned_denies_no_deed() -> None:
    plan = said("alpha", "buys", "hull", id="plan", mode="planned", according_to="beta")
    speech = said("beta", "deniesSaying", "plan", id="speech")
    assert reading(_row(plan, speech)).statements["speech"].sentence == (
        "Beta denies having said that it is planned that Alpha buys Hull"
    )


PLAN = said("zeta", "buys", "hull", id="plan", mode="planned", according_to="zeta")
DEAD = "did-not-happen"


@pytest.mark.parametrize(
    ("fields", "known_from"),
    [
        ({"outcome": DEAD}, Day(2010, 3, 1)),
        ({"outcome": DEAD, "cite": {"article-1": ["1"], "article-2": ["1"]}}, Day(2010, 2, 1)),
        ({"outcome": {"kind": DEAD, "cite": {"article-2": ["1"]}}}, Day(2010, 2, 1)),
    ],
)
def test_that_a_plan_is_dead_is_known_from_the_first_article_that_can_tell(
    fields: dict[str, Any], known_from: Day
) -> None:
    whole = reading(_row({**PLAN, "when": "2010-01-20", **fields}))
    for day in (Day(2010, 1, 31), Day(2010, 2, 1), Day(2010, 3, 1), Day(2024, 5, 1)):
        is_known = day >= known_from
        seen = whole.under(Lens(known_by=day)).statements["plan"].assertion.outcome
        assert (seen is not None) == is_known
        on = as_said_by(whole, day)
        (matrix,) = position_matrices("row", on)
        open_titles = [question.title for question in open_matrix(matrix, day).questions]
        assert ("Zeta buys Hull" in open_titles) != is_known


def test_who_is_party_by_entering_is_told_with_the_day_of_the_last_report() -> None:
    entry = said("alpha", "entersInto", "pact", when="2009-05-01")
    entry["cite"]["article-3"] = ["1"]
    seen = reading(world(entry), Lens(true_on=Day(2015, 1, 1)))
    (row,) = ask_saved(seen, "as-of", on="2015-01-01")
    assert (row["on_that_day"], row["last_report"]) == (
        "as far as known, nothing is reported after 2010-03-01",
        "2010-03-01",
    )
    text = "SELECT ?party { ?party kg:partyTo :pact }"
    answer = ask_store(seen.store, text, seen.ontology.prefixes, "mine")
    held = with_certainty(seen.store, text, answer, seen.ontology.prefixes, answer.columns)
    assert [getattr(row[1], "value", "") for row in held.rows] == [
        "as far as known, last reported 2010-03-01"
    ]


DEMAND = said("zeta", "pays", "alpha", id="fee", mode="demanded", according_to="alpha")


def test_who_denies_a_demand_refuses_it_and_may_reject_it_by_its_id() -> None:
    refusals = (
        {"id": "own", "denies": "fee", "according_to": "zeta", "cite": LATER["cite"]},
        {"id": "other", "denies": "fee", "according_to": "beta", "cite": LATER["cite"]},
        said("zeta", "rejects", "fee", id="by-id"),
    )
    seen = reading(_row(DEMAND, *refusals)).statements
    assert [seen[id].sentence for id in ("own", "other", "by-id")] == [
        "Zeta refuses to pay Alpha",
        "Beta rejects the demand that Zeta pays Alpha",
        "Zeta rejects what Alpha demands: that Zeta pays Alpha",
    ]
    unsaid = {key: value for key, value in DEMAND.items() if key != "according_to"}
    seen = reading(_row(unsaid, refusals[2])).statements
    assert seen["by-id"].sentence == "Zeta rejects the demand that Zeta pays Alpha"
    assert codes(_row(DEMAND, *refusals)) == []


def test_days_between_are_told_of_each_rival_date_by_itself() -> None:
    written = world(
        said("alpha", "signed", "pact", id="a", when="2009-06-12"),
        said("alpha", "signed", "pact", id="b", when="2009-06-15"),
        said("beta", "signed", "pact", id="from", when="[2009-05-03..2009-05-18]"),
    )
    seen = reading(written)
    expected = {"a": ("25", "40"), "b": ("28", "43")}
    for asked, rival in (("a", "b"), ("b", "a")):
        rows = ask_saved(seen, "days-between", one="from", other=asked)
        days = {row["second"]: (row["least_days"], row["most_days"]) for row in rows}
        assert days == expected
        assert {row["second"]: row["instead_of"] for row in rows} == {asked: "", rival: asked}
    back = ask_saved(seen, "days-between", one="a", other="from")
    assert {row["first"]: row["most_days"] for row in back} == {"a": "-25", "b": "-28"}
    bounds = {row["assertion"]: row["first"] for row in ask_saved(seen, "bounds")}
    assert (bounds["a"], bounds["b"]) == ("2009-06-12", "2009-06-15")


def test_a_case_is_brought_once_and_a_row_may_be_brought_anew() -> None:
    def contested(object: str) -> set[str]:
        days = ("2009-02-12", "2009-02-15")
        brought = [said("alpha", "takesToForum", object, id=day[-2:], when=day) for day in days]
        seen = reading(world(*brought, **things("disputes", "LegalCase", "suit")))
        return {
            each for id in ("12", "15") for each in seen.statements[id].standing.contested_details
        }

    assert contested("suit") == {"when"}
    assert contested("row") == set()


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("finds a wreck", "finds"),
        ("discovers a wreck", "finds"),
        ("salvages the cargo", "salvages"),
        ("raises a wreck", "salvages"),
        ("loots a wreck", "plunders"),
        ("damages the hull", "damages"),
        ("exhibits", "exhibits"),
        ("returns an object to its owner", "givesBack"),
        ("lends an object", "lends"),
        ("intervenes in a case", "intervenesIn"),
        ("sends a case back", "remands"),
        ("remands", "remands"),
        ("refuses to hear", "refusesToHear"),
        ("museum director", "directorOf"),
    ],
)
def test_what_a_dossier_of_a_wreck_needs_is_found_by_its_words(words: str, relation: str) -> None:
    found = [each.entry.term.name for each in dictionary().find(words)]
    assert relation in found[:3], found[:5]


def test_a_museum_is_an_actor_with_a_director_and_no_office_of_a_state() -> None:
    museum = things("actors", "Museum", "museum")
    person = things("actors", "Person", "ada")["actors"]
    written = world(
        said("ada", "directorOf", "museum", id="post", **{"with": {"role": "acting"}}),
        said("museum", "lends", "hull", **{"with": {"recipient": "alpha"}}),
        actors={**museum["actors"], **person},
        **ASSETS,
    )
    assert codes(written) == []
    seen = reading(written)
    (row,) = ask_saved(seen, "offices", official="no")
    assert (row["person"], row["of"], row["with"]) == ("ada", "museum", "role acting")
    assert seen.statements["museum-lends-hull"].sentence == "Museum lends Hull to Alpha"


def test_a_case_that_is_sent_back_is_open_and_a_ruling_that_is_not_reviewed_stands() -> None:
    filed = said("alpha", "takesToForum", "suit", when="2001-02-01")
    decided = said("ruling", "decidesCase", "suit", when="2002-05-30")
    appealed = said("beta", "appeals", "ruling", when="2002-06-20")
    sections = {
        **things("disputes", "LegalCase", "suit"),
        **things("events", "Ruling", "ruling"),
        **things("actors", "Court", "court"),
    }

    def stage(last: dict[str, Any]) -> str:
        seen = reading(world(filed, decided, appealed, last, **sections))
        return stage_on("suit", Day(2004, 1, 1), seen)

    assert "open again" in stage(said("court", "remands", "suit", when="2003-01-01"))
    assert "upheld" in stage(said("court", "refusesToHear", "ruling", when="2003-01-01"))


def test_another_name_that_cites_nothing_is_not_told_while_an_article_is_left_out() -> None:
    actors = {"alpha": {"type": "State", "label": "Alpha", "aliases": ["Alphaland"]}}
    written = world(said("alpha", "involvedIn", "row"), actors=actors)
    known = {
        day: reading(written, Lens(known_by=day)).corpus.things["alpha"].aliases
        for day in (Day(2010, 1, 31), Day(2010, 3, 1))
    }
    assert [len(aliases) for aliases in known.values()] == [0, 1]


def test_a_row_of_a_page_tells_who_shows_a_copy_and_who_left_a_joint_statement() -> None:
    leaving = {"by": "beta", "when": "2010-02", **LATER}
    joint = said("gamma", "partyTo", "pact", according_to=["alpha", "beta"], withdrawn=leaving)
    copy = said("alpha", "meets", "beta", **LATER)
    picture = picture_of(reading(world(joint, copy)), "everything")
    rows = "".join(table_rows(picture, 10))
    assert "Beta took it back (February 2010)" in rows
    assert "Paper, by Press" in rows
