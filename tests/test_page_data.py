"""What a page tells its scripts: read back by its description in docs/page.md, it is what the graph
and a lens say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from pictures import corpus_of, picture_of
from pictures import example as invented
from pictures import statement as make_statement

from kg.cli import main
from kg.dates import Day, Overlap
from kg.page import Style
from kg.page.columns import records
from kg.page.data import data
from kg.page.labels import lines
from kg.reading import Reading, read
from kg.site import picture_of as picture_of_view
from kg.status.inference import RULES
from kg.status.lens import Lens
from kg.view.biographies import MOST_LIVES, lives_of
from kg.view.history import history
from kg.view.picture import Cell, History, Matrix, MatrixRow, Node, Picture, Run
from kg.viz.story import Step, Story
from kg.wording import Name
from kg.workspace import Workspace

VIEWS = ("actors", "disputes", "everything", "gsomia", "meetings")


def told(picture: Picture) -> dict[str, Any]:
    """The data of a page whose things stand anywhere, as JSON gives it back."""
    nodes = [
        {"label": "\n".join(lines(node.label)), "group": "Thing", "shape": "box", "x": 1, "y": -1}
        for node in picture.nodes
    ]
    edges = [{"family": tie.statement.relation.family, "bend": 0} for tie in picture.ties]
    found = json.loads(json.dumps(data(picture, Style(), nodes, edges, "{}")))
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read(Workspace(repository))


@pytest.fixture(scope="module")
def everything(example: Reading) -> dict[str, Any]:
    return told(picture_of_view(example, "everything"))


def last(runs: Iterable[list[Any]], moment: int) -> list[Any]:
    """The run that holds at a moment; nothing where none does."""
    return [[], *takewhile(lambda run: run[0] <= moment, runs)][-1]


def standing(card: Mapping[str, Any], moment: int) -> tuple[str, str] | None:
    """Where a card stood at a moment."""
    always = [[card["since"], card["status"], card.get("reason", "")]] if "since" in card else []
    run = last(card.get("history", always), moment)
    return (run[1], run[2]) if run and run[1] else None


def holds(card: Mapping[str, Any], day: str, moment: int | None) -> Overlap:
    """Whether it holds on a day as known at a moment, or now. Days of years with four digits
    compare as texts.
    """

    def has(ranges: Iterable[list[str | None]]) -> bool:
        return any((first or "") <= day <= (end or "9999-99-99") for first, end in ranges)

    if "bounds" not in card:
        return Overlap.POSSIBLY
    possible, certain = card["bounds"][0], card["bounds"][-1]
    if moment is not None and (run := last(card.get("sure", ()), moment)):
        certain = run[1]
    return Overlap.CERTAINLY if has(certain) else Overlap.POSSIBLY if has(possible) else Overlap.NO


NOBODY = corpus_of(())


DAYS = ("1951-09-08", "1965-06-22", "2016-11-23", "2018-10-30", "2019-07-01", "2019-08-22", "2019-11-15", "2019-11-16",
        "2019-11-17", "2019-11-21", "2019-11-22", "2019-11-23", "2019-11-24", "2020-06-01")  # fmt: skip


@pytest.mark.parametrize(
    "by", ["2019-11-14", "2019-11-15", "2019-11-16", "2019-11-17", "2019-11-22", "2019-11-23"]
)
def test_a_page_that_goes_back_to_a_day_shows_what_a_page_built_for_that_day_shows(
    example: Reading, everything: dict[str, Any], by: str
) -> None:
    moment = sum(day <= by for day in everything["moments"]) - 1
    cards = records(everything["cards"])
    then = example.under(Lens(known_by=_day(by)))
    there = {
        id: (standing.status.value, standing.reason.text) for id, standing in then.standings.items()
    }
    shown = {card["id"]: standing(card, moment) for card in cards}
    assert shown == {id: there.get(id) for id in shown}
    drawn = {cards[tie["card"]]["id"] for tie in records(everything["ties"])}
    assert {tie for tie in drawn if shown[tie]} == {
        t.assertion for t in picture_of_view(then, "everything").ties
    }
    for on in DAYS:
        held = {card["id"]: holds(card, on, moment) for card in cards if standing(card, moment)}
        built = example.under(Lens(true_on=_day(on), known_by=_day(by))).certainties
        assert held == {id: built.get(id, Overlap.NO) for id in held}, on


@pytest.mark.parametrize("on", DAYS)
def test_a_page_that_asks_for_a_day_shows_what_a_page_built_for_it_shows(
    example: Reading, everything: dict[str, Any], on: str
) -> None:
    built = example.under(Lens(true_on=_day(on))).certainties
    held = {card["id"]: holds(card, on, None) for card in records(everything["cards"])}
    assert held == {id: built.get(id, Overlap.NO) for id in held}


def _day(text: str) -> Day:
    return Day(*map(int, text.split("-")))


@pytest.mark.parametrize("by", ["2019-11-16", "2019-11-22"])
def test_the_citations_known_by_a_day_are_those_of_a_page_built_for_it(
    example: Reading, everything: dict[str, Any], by: str
) -> None:
    sources = records(everything["sources"])
    then = example.under(Lens(known_by=_day(by)))
    built = picture_of_view(then, "everything").statements
    for card in records(everything["cards"]):
        if card["id"] in built:
            known = [
                (sources[row]["id"], n)
                for row, n, *_ in card.get("citations", ())
                if sources[row]["known"] <= by
            ]
            assert known == [(place.article, place.paragraph) for place in built[card["id"]].places]


@pytest.mark.parametrize("view", VIEWS)
def test_rows_lead_back_to_what_the_picture_has(example: Reading, view: str) -> None:
    picture = picture_of_view(example, view)
    page = told(picture)
    things, others, cards, sources = (
        records(page[name]) for name in ("things", "others", "cards", "sources")
    )
    assert [(thing["id"], thing["label"]) for thing in things] == [
        (node.id, node.label) for node in picture.nodes
    ]
    ties = [
        (things[t["from"]]["id"], things[t["to"]]["id"], cards[t["card"]]["id"])
        for t in records(page["ties"])
    ]
    assert ties == [(tie.source, tie.target, tie.assertion) for tie in picture.ties]
    assert {card["id"] for card in cards} == picture.statements.keys()

    def named(row: int | str) -> str:
        # The things that are named without being drawn follow those that are.
        return str((things + others)[row]["label"]) if isinstance(row, int) else row

    for read_back in cards:
        statement = picture.statements[read_back["id"]]
        names = map(named, read_back.get("named", ()))
        words = "".join(part if part is not None else next(names) for part in read_back["words"])
        assert words == statement.sentence
        assert [cards[row]["id"] for row in read_back.get("opposed", ())] == list(statement.against)
        premises = [premise.id for premise in statement.assertion.follows_from]
        assert [cards[row]["id"] for row in read_back.get("premises", ())] == sorted(premises)
        assert [(sources[s]["id"], n) for s, n, *_ in read_back.get("citations", ())] == [
            (place.article, place.paragraph) for place in statement.places
        ]
        writers = sorted(
            {named(sources[row]["originator"]) for row, *_ in read_back.get("citations", ())}
        )
        assert read_back.get("originators", writers) == list(statement.originators)
        assert read_back.get("sources", len(writers)) == statement.sources


def test_relations_and_classes_are_written_with_the_prefixes_that_the_data_brings(
    everything: dict[str, Any],
) -> None:
    spaces = everything["namespaces"]
    names = {t["relation"] for t in records(everything["ties"])} | {
        t["class"] for t in records(everything["things"])
    }
    assert {"kg:partyTo", "kg:State"} <= names
    assert {name.split(":")[0] for name in names} <= spaces.keys()
    assert everything["dataset"] == "https://w3id.org/actor-kg/gsomia/"


@pytest.mark.parametrize(("rule", "told_as"), [*RULES.items(), ("another rule", "another rule")])
def test_a_conclusion_tells_its_rule_as_a_sentence(rule: str, told_as: str) -> None:
    concluded = make_statement(NOBODY, "x", ("japan", "meets", "japan"), "accepted", rule=rule)
    picture = replace(picture_of((), ()), statements={"x": concluded})
    assert records(told(picture)["cards"])[0]["rule"] == told_as


def test_every_position_in_a_matrix_is_a_card(example: Reading) -> None:
    picture = picture_of_view(example, "gsomia")
    page = told(picture)
    cards = records(page["cards"])
    drawn = {node.id for node in picture.nodes}
    assert page["matrices"]
    for matrix in page["matrices"]:
        assert set(matrix["actors"]) <= drawn | matrix["names"].keys()
        for row in matrix["rows"]:
            assert row["cells"].keys() <= set(matrix["actors"])
            assert all(
                cards[cell["card"]]["status"] for cells in row["cells"].values() for cell in cells
            )


def test_a_matrix_of_which_nothing_is_drawn_is_left_out(example: Reading) -> None:
    picture = picture_of_view(example, "meetings")
    ids = {node.id for node in picture.nodes} | {tie.assertion for tie in picture.ties}
    for matrix in picture.matrices:
        assert ids & {
            matrix.dispute.id,
            *(cell.assertion for row in matrix.rows for cell in row.cells),
        }


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("Japan", 0),
        ("Government of South Korea", 2),
        ("A  wide gap in the middle of it", "A wide gap in\nthe middle of it"),
    ],
)
def test_a_name_in_two_lines_costs_a_number(label: str, written: int | str) -> None:
    things = records(told(picture_of((Node("a", label),), []))["things"])
    assert things[0].get("lines", 0) == written


def test_what_no_day_makes_known_is_known_only_without_going_back() -> None:
    history = History(
        moments=(Day(2019, 1, 1),),
        runs={"a000": (Run(0, "accepted", "it is accepted in this test"),)},
    )
    cards = records(told(replace(invented(), history=history))["cards"])
    assert {card["since"] for card in cards} == {0, 1}
    assert {card["id"] for card in cards if standing(card, 0)} == {"a000"}


def test_things_that_are_not_drawn_follow_those_that_are_and_a_story_names_things_by_rows() -> None:
    nodes = (Node("a", "Alpha", names=(("ja", "アルファ"),)), Node("b", "Beta"))
    picture = picture_of(nodes, [("a", "meets", "b", "attributed")])
    story = Story(
        "A way",
        (
            Step(
                "One",
                ("See ", Name("b", "Beta"), "."),
                ("b",),
                ("a000",),
                known_by=Day(2019, 11, 16),
            ),
        ),
    )
    cell = Cell("", "a000", "asserts")
    matrix = Matrix(
        Name("row", "Row"),
        (Name("a", "Alpha"), Name("", "The articles")),
        (MatrixRow("Q?", "A", (cell,)),),
    )
    page = told(replace(picture, story=story, matrices=(matrix,)))
    assert records(page["cards"])[0]["named"] == [2, 0, 1]
    assert records(page["others"])[0]["label"] == "Japan"
    (read_back,) = page["story"]["steps"]
    assert read_back == {
        "title": "One",
        "words": ["See ", None, "."],
        "named": [1],
        "things": ["b"],
    } | {
        "ties": ["a000"],
        "on": "",
        "by": "2019-11-16",
    }
    assert records(page["things"])[0]["names"] == {"ja": "アルファ"}
    assert page["matrices"][0]["names"] == {"": "The articles"}
    assert page["matrices"][0]["rows"][0]["cells"] == {"": [{"card": 0, "word": "asserts"}]}


def test_a_withdrawn_claim_brings_the_words_for_the_days_before() -> None:
    gone = make_statement(NOBODY, "x", ("japan", "meets", "japan"), "withdrawn")
    japan = Node("japan", "Japan")
    picture = replace(picture_of((japan,), ()), statements={"x": gone})
    (read_back,) = records(told(picture)["cards"])
    assert (read_back["wordsBefore"], read_back["namedBefore"]) == (
        [None, " says that ", None, " meets ", None],
        [0, 0, 0],
    )


@pytest.mark.parametrize("number", range(4))
def test_where_a_pact_stood_at_a_moment_is_what_kg_status_says_of_that_day_as_known_by_then(
    example: Reading,
    everything: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
    repository: Path,
    number: int,
) -> None:
    things = records(everything["things"])
    day = everything["moments"][number]
    [found] = [
        each for each in records(everything["lives"]) if things[each["thing"]]["id"] == "gsomia"
    ]
    _, words, certainty = last(found["summaries"], number)
    status = [
        "status",
        "gsomia",
        "--on",
        day,
        "--known-by",
        day,
        "--format",
        "json",
        "-C",
        str(repository),
    ]
    assert main(status) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (words, certainty) == (answer["status"], answer["certainty"])
    cards = records(everything["cards"])
    known = [
        cards[row]["id"]
        for row, _, *ahead in found["steps"]
        if not ahead and standing(cards[row], number)
    ]
    told_then = [step["assertion"] for step in (*answer["passed"], *answer["later"])]
    assert [id for id in known if id in told_then] == list(dict.fromkeys(told_then))
    assert set(known) - set(told_then) == {each["assertion"] for each in answer["not_accepted"]}
    ahead = {
        cards[step[0]]["id"]
        for step in found["steps"]
        if step[2:] and standing(cards[step[0]], number)
    }
    assert ahead >= {each["assertion"] for each in answer["announced"] if not each["about"]}


def test_a_life_is_told_where_more_is_known_than_its_moments_tell_and_under_a_day_of_the_lens(
    example: Reading,
) -> None:
    moments = history(example).moments
    whole = lives_of(example, moments)
    dated = lives_of(example.under(Lens(true_on=Day(2019, 11, 15))), moments)
    assert whole("gsomia") == dated("gsomia")
    assert whole("japan") is None
    assert whole("nobody") is None
    assert lives_of(example, ())("gsomia") is None


def test_in_a_workspace_of_very_many_lives_only_the_last_day_of_each_is_told(
    example: Reading,
) -> None:
    moments = history(example).moments
    found = lives_of(example, [*moments[:1]] * MOST_LIVES + [moments[-1]])("gsomia")
    whole = lives_of(example, moments)("gsomia")
    assert found
    assert whole
    assert [(words, sure) for _, words, sure in found.summaries] == [whole.summaries[-1][1:]]
