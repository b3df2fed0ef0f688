"""What a picture shows of a reading: rows are ties, and every tie has a statement."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pictures import read_example, standing_as
from readings import reading, said
from readings import world as make_world

from kg.diagnostics import KgError
from kg.files.workspace import Workspace
from kg.query.saved import parse_saved_query
from kg.reading import Reading, read
from kg.reports.answers import Position, Proposition
from kg.reports.dispute_questions import Question, QuestionKind, Verdict
from kg.reports.positions import PositionMatrix
from kg.site.pages import picture_of
from kg.status.status import Status
from kg.text.wording import Name
from kg.view.network import network
from kg.view.picture import Dispute, History, Picture, Run
from kg.view.rows import ViewRow, find_rows
from kg.view.view import Background, make_picture

TIES = (
    "SELECT ?source ?target ?assertion "
    "{ ?assertion a kg:Assertion ; rdf:subject ?source ; rdf:object ?target }"
)
BASE = "https://w3id.org/actor-kg/gsomia/"
KG = "https://w3id.org/actor-kg/ns#"

PARTY = said(
    "alpha",
    "partyTo",
    "pact",
    id="party",
    when="2016",
    cite={"article-1": ["7", "4"], "article-2": ["1"]},
)
CLAIM = said("beta", "partyTo", "pact", id="claim", according_to="alpha", said="2010-01-01")
DENIAL = {"id": "denial", "denies": "claim", "according_to": "beta", "cite": {"article-2": ["3"]}}
ALLIES = said("alpha", "alliedWith", "beta", id="allies")
SMALL = (PARTY, CLAIM, DENIAL, ALLIES)


def small(*more: dict[str, Any], **sections: dict[str, Any]) -> Reading:
    """A small world: Alpha is party to a pact, whether Beta is is contested."""
    return reading(make_world(*SMALL, *more, **sections))


def picture(known: Reading, query: str = TIES, about: str = "", **beside: Any) -> Picture:
    """The picture of what a query finds."""
    view = parse_saved_query("test", f"# title: A test\n{query}")._replace(about=about)
    return make_picture(Background(known, **beside), view, find_rows(known, view))


def row(assertion: str, source: str = "alpha", target: str = "pact", label: str = "") -> ViewRow:
    return ViewRow(BASE + source, BASE + target, f"{BASE}assertion/{assertion}", label)


def drawn(known: Reading, *rows: ViewRow, about: str = "", **beside: Any) -> Picture:
    """The picture of these rows."""
    view = parse_saved_query("test", "# title: A test\n")._replace(about=about)
    return make_picture(Background(known, **beside), view, rows)


def test_a_row_is_a_tie_between_two_things_with_a_statement() -> None:
    shown = drawn(small(), row("party"))
    (tie,) = shown.ties
    assert (tie.source, tie.label, tie.target, tie.status, tie.statement.relation.family) == (
        "alpha",
        "is party to",
        "pact",
        "accepted",
        "PactTie",
    )
    assert [node.id for node in shown.nodes] == ["alpha", "pact"]
    assert list(shown.statements) == ["party"]
    assert shown.statements["party"] == tie.statement


def test_a_picture_brings_the_articles_that_it_cites_with_names() -> None:
    shown = drawn(small(), row("party"))
    assert [
        (each.id, each.publishers[0].label, each.originators[0].label) for each in shown.articles
    ] == [
        ("article-1", "Press", "Press"),
        ("article-2", "Paper", "Press"),
    ]


def test_a_contested_tie_brings_the_statement_that_stands_against_it() -> None:
    shown = drawn(small(), row("claim", "beta"))
    assert len(shown.ties) == 1
    assert {id: each.against for id, each in shown.statements.items()} == {
        "claim": ("denial",),
        "denial": ("claim",),
    }
    assert shown.meanings["contested"].startswith("Somebody else denies it")


def test_a_tie_that_follows_from_others_brings_their_statements_down_to_those_that_are_cited() -> (
    None
):
    two = said("alpha", "meets", "beta", id="two") | {"basis": "inferred", "from": ["party"]}
    three = said("beta", "meets", "gamma", id="three") | {"basis": "inferred", "from": ["two"]}
    del two["cite"], three["cite"]
    shown = drawn(small(two, three), row("three", "beta", "gamma"))
    assert list(shown.statements) == ["party", "three", "two"]
    assert [tie.assertion for tie in shown.ties] == ["three"]


def test_a_thing_knows_its_other_names_and_its_classes_nearest_first() -> None:
    names = {"label": {"en": "Alpha", "ja": "アルファ"}, "aliases": ["The First"]}
    known = small(actors={"alpha": {"type": "State", **names}})
    alpha = drawn(known, row("party")).nodes[0]
    assert (alpha.label, alpha.aliases, alpha.type) == ("Alpha", ("The First", "アルファ"), "state")
    assert alpha.classes[0] == "State"
    assert alpha.classes.index("State") < alpha.classes.index("Actor")


def test_a_thing_has_a_name_in_each_language_a_label_or_else_its_shortest_alias() -> None:
    aliases = [
        {"name": "軍事協定", "lang": "ja"},
        {"name": "협정", "lang": "ko"},
        {"name": "긴 협정", "lang": "ko"},
        {"name": "P", "lang": "en"},
        "Pakt",
    ]
    pact = {"type": "Treaty", "label": {"en": "Pact", "ja": "協定"}, "aliases": aliases}
    node = drawn(small(pacts={"pact": pact}), row("party")).nodes[1]
    assert node.names == (("ja", "協定"), ("ko", "협정"))


def test_an_alias_that_articles_are_cited_for_knows_its_first_day() -> None:
    alias = {"name": "The First", "cite": {"article-3": ["1"], "article-2": ["1"]}}
    known = small(actors={"alpha": {"type": "State", "label": "Alpha", "aliases": [alias]}})
    shown = drawn(known, row("party"))
    assert [node.alias_days for node in shown.nodes] == [(("The First", "2010-02-01"),), ()]
    assert [str(article.known_from) for article in shown.articles] == ["2010-01-01", "2010-02-01"]


def test_things_ties_and_the_picture_know_their_iris() -> None:
    shown = drawn(small(), row("party"))
    assert [node.cls for node in shown.nodes] == [f"{KG}State", f"{KG}Treaty"]
    assert shown.ties[0].statement.relation.iri == f"{KG}partyTo"


def test_what_once_stood_against_a_tie_has_a_statement() -> None:
    known = small()
    party = known.statements["party"]
    contested = replace(standing_as(party, Status.CONTESTED), against=("denial", "gone"))
    runs = {"party": (Run(0, contested), Run(1, party))}
    shown = drawn(known, row("party"), history=History(runs=runs))
    assert set(shown.statements) == {"claim", "denial", "party"}
    assert set(shown.meanings) == {"accepted", "contested"}


def test_of_the_disputes_those_stay_that_are_drawn_or_an_assertion_of_which_is() -> None:
    known = small()

    def dispute(id: str, assertion: str) -> Dispute:
        """A dispute in which one assertion answers the only question."""
        thing = Name(id, "Row")
        position = Position("beta", "asserts", known.statements[assertion])
        rows = (Proposition("A", (position,)),)
        question = Question("Which?", QuestionKind.CLAIM, rows, (), Verdict.OPEN)
        return Dispute(thing, {"beta": "Beta"}, ((0, PositionMatrix(thing, {}, (question,))),))

    some = (dispute("row", "party"), dispute("pact", "denial"), dispute("other", "allies"))
    shown = drawn(known, row("party"), disputes=some)
    assert [each.dispute.id for each in shown.disputes] == ["row", "pact"]
    assert set(shown.statements) == {"claim", "denial", "party"}


@pytest.mark.parametrize("assertion", ["nothing-of-that-name", "../alpha"])
def test_a_row_that_cannot_be_cited_fails_and_is_named(assertion: str) -> None:
    with pytest.raises(KgError, match=r"view 'test', row 2 \(Alpha - Pact\)") as caught:
        drawn(small(), row("party"), row(assertion))
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK { ?source kg:partyTo ?target }", "view 'test' is no SELECT"),
        (
            "SELECT ?source ?target { ?source kg:partyTo ?target }",
            "view 'test' lacks the column ?assertion",
        ),
        (
            "SELECT ?source ?target ?assertion "
            '{ ?assertion a kg:Assertion ; rdf:subject ?source . BIND("x" AS ?target) }',
            " - a value): a value is neither what assertion ",
        ),
        (
            "SELECT ?source ?target ?assertion "
            "{ ?assertion rdf:object ?target OPTIONAL { ?source kg:no 1 } }",
            "row 1: ?source is nothing, not a thing",
        ),
    ],
)
def test_a_view_without_its_columns_or_with_a_text_at_an_end_fails(
    query: str, message: str
) -> None:
    with pytest.raises(KgError, match=re.escape(message)) as caught:
        picture(small(), query)
    assert caught.value.exit_code == 1


def test_what_a_view_calls_a_tie_stands_behind_what_the_assertion_says() -> None:
    query = TIES.replace("?assertion {", "?assertion ?label {").replace(
        " }", ' . BIND("joins" AS ?label) }'
    )
    labels = {tie.label for tie in picture(small(), TIES).ties}
    assert {tie.label for tie in picture(small(), query).ties} == {
        f"{label} (joins)" for label in labels
    }


def test_a_line_leads_from_whom_an_assertion_names_to_what_it_names() -> None:
    by_speaker = (
        "SELECT ?source ?target ?assertion { ?assertion kg:speaker ?source ; rdf:object ?target }"
    )
    labels = {tie.source: tie.label for tie in picture(small(), by_speaker).ties}
    assert labels == {"alpha": "speaks of", "beta": "is party to"}
    with pytest.raises(KgError, match="party would be drawn the wrong way round"):
        drawn(small(), row("party", "pact", "alpha"))
    with pytest.raises(KgError, match="Press is neither what assertion party ties"):
        drawn(small(), row("party", "alpha", "press"))


def test_a_line_without_direction_may_be_drawn_either_way() -> None:
    for source, target in (("alpha", "beta"), ("beta", "alpha")):
        (tie,) = drawn(small(), row("allies", source, target)).ties
        assert tie.statement.relation.symmetric


def test_a_picture_is_the_same_for_any_order_of_rows_and_sources() -> None:
    rows = [row("party"), row("claim", "beta"), row("allies", "alpha", "beta")]
    one = drawn(small(), *rows, about="pact")
    assert one == drawn(small(), *reversed(rows), *rows, about="pact")
    turned = drawn(reading(make_world(*reversed(SMALL))), *rows, about="pact")
    assert (one.nodes, one.centre) == (turned.nodes, turned.centre)
    assert [(tie.key, tie.label) for tie in one.ties] == [
        (tie.key, tie.label) for tie in turned.ties
    ]
    assert [each.record for each in one.statements.values()] == [
        each.record for each in turned.statements.values()
    ]
    assert one.centre == "pact"


def test_a_view_about_a_thing_that_it_does_not_show_has_no_centre() -> None:
    assert drawn(small(), row("party"), about="beta").centre == ""


def test_a_network_has_a_keyed_edge_for_every_tie() -> None:
    shown = picture(small())
    graph = network(shown)
    assert set(graph.edges(keys=True)) == {tie.key for tie in shown.ties}
    assert graph.edges["beta", "pact", "denial"] == {
        "assertion": "denial",
        "relation": "is party to",
        "status": "contested",
        "polarity": "denies",
    }
    assert graph.nodes["alpha"] == {"label": "Alpha", "type": "state"}


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


VIEWS = ("actors", "disputes", "everything", "gsomia", "meetings")


@pytest.mark.parametrize("name", VIEWS)
def test_every_tie_of_the_example_has_a_citation(example: Reading, name: str) -> None:
    shown = picture_of(example, name)
    articles = {article.id for article in shown.articles}
    assert shown.ties
    for tie in shown.ties:
        # What follows from other assertions rests on theirs; what the editors decided, on their
        # note.
        assertion = tie.statement.assertion
        assert assertion.citations or assertion.note or assertion.follows_from
        assert all(premise.id in shown.statements for premise in assertion.follows_from)
        assert {place.article for place in tie.statement.places} <= articles


@pytest.mark.parametrize("name", VIEWS)
def test_a_workspace_without_the_examples_things_gives_empty_pictures(
    repository: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "sources").mkdir()
    for folder in ("ontology", "viz"):
        shutil.copytree(
            repository / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.story.yaml")
        )
    shown = picture_of(read(Workspace(tmp_path)), name)
    assert (shown.nodes, shown.ties, shown.centre) == ((), (), "")


def test_a_row_whose_target_is_a_value_is_no_line_and_its_thing_tells_it() -> None:
    staff = said("delta", "hasStaff", "140", id="staff")
    stage = said("row", "becomes", "over", id="settled")
    speech = said("gamma", "confirms", "claim", id="word")
    more = {"delta": {"label": "Delta", "type": "Company"}}
    shown = picture(small(staff, stage, speech, actors=more))
    assert {"staff", "settled", "word"}.isdisjoint(tie.assertion for tie in shown.ties)
    assert {"staff", "settled", "word"} <= {fact.assertion for fact in shown.facts}
    assert {"row", "gamma", "delta"} <= {node.id for node in shown.nodes}
    assert all(tie.source and tie.target for tie in shown.ties)
