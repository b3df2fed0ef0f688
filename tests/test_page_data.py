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

import pyoxigraph as ox
import pytest
from pictures import corpus_of, picture_of, read_example, standing_as
from pictures import example as invented
from pictures import statement as make_statement
from readback import quads_of, records
from readings import reading, said, world

from kg.cli import main
from kg.dates import Day
from kg.model.modes import Mode
from kg.page import Style
from kg.page.data import page_data
from kg.page.labels import lines
from kg.page.positions import SIGNS, dispute_record
from kg.page.rows import Rows
from kg.rdf.writer import TripleWriter
from kg.reading import Reading
from kg.reports.answers import Position, Proposition
from kg.reports.dispute_questions import Question, QuestionKind, Verdict, question_remarks
from kg.reports.positions import PositionMatrix
from kg.site.pages import picture_of as picture_of_view
from kg.status.certainty import Certainty
from kg.status.inference import RULES
from kg.status.lens import Lens
from kg.status.status import Status
from kg.text.wording import Name
from kg.view.biographies import MOST_LIVES, lives_of
from kg.view.history import find_moments
from kg.view.life import StepKind
from kg.view.matrices import find_disputes, ordered_matrices
from kg.view.picture import Dispute, History, Node, Picture, Run
from kg.viz.story import Story, StoryStep

VIEWS = ("actors", "disputes", "everything", "gsomia", "meetings")


def told(picture: Picture) -> dict[str, Any]:
    """The data of a page whose things stand anywhere, as JSON gives it back."""
    usual = {"group": "Thing", "shape": "box", "title": "", "x": 1, "y": -1}
    nodes = [{"label": "\n".join(lines(node.label)), **usual} for node in picture.nodes]
    data = json.loads(json.dumps(page_data(picture, Style(), nodes, "{}")))
    assert isinstance(data, dict)
    return data


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


@pytest.fixture(scope="module")
def everything(example: Reading) -> dict[str, Any]:
    return told(picture_of_view(example, "everything"))


def last(runs: Iterable[list[Any]], moment: int) -> list[Any]:
    """The run that holds at a moment; nothing where none does."""
    return [[], *takewhile(lambda run: run[0] <= moment, runs)][-1]


def at(card: Mapping[str, Any], moment: int) -> dict[str, Any] | None:
    """A card as it was at a moment; None where it was not there."""
    run = last(card.get("runs", [[card.get("since", -1), {}]]), moment)
    return {**card, **run[1]} if run[1:] else None


def standing(card: Mapping[str, Any], moment: int) -> tuple[str, str] | None:
    """Where a card stood at a moment."""
    then = at(card, moment)
    return (then["status"], then.get("reason") or "") if then else None


def holds(card: Mapping[str, Any], day: str, moment: int | None) -> Certainty:
    """Whether it holds on a day as known at a moment, or now. Days of years with four digits
    compare as texts.
    """

    def has(ranges: Iterable[list[str | None]]) -> bool:
        return any((first or "") <= day <= (end or "9999-99-99") for first, end in ranges)

    then = card if moment is None else at(card, moment) or {}
    if not then.get("bounds"):
        return Certainty.POSSIBLY
    possible, *more = then["bounds"]
    if not has(possible):
        return Certainty.NO
    if has(more[0] if more else possible):
        return Certainty.CERTAINLY
    return Certainty.AS_FAR_AS_KNOWN if has([*more, [], []][1]) else Certainty.POSSIBLY


NOBODY = corpus_of(())


DAYS = (
    "1951-09-08",
    "1965-06-22",
    "2016-11-23",
    "2018-10-30",
    "2019-07-01",
    "2019-08-22",
    "2019-11-15",
    "2019-11-16",
    "2019-11-17",
    "2019-11-21",
    "2019-11-22",
    "2019-11-23",
    "2019-11-24",
    "2020-06-01",
)


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
        id: (statement.status.value, statement.reason) for id, statement in then.statements.items()
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
        assert held == {id: built.get(id, Certainty.NO) for id in held}, on


@pytest.mark.parametrize("on", DAYS)
def test_a_page_that_asks_for_a_day_shows_what_a_page_built_for_it_shows(
    example: Reading, everything: dict[str, Any], on: str
) -> None:
    built = example.under(Lens(true_on=_day(on))).certainties
    held = {card["id"]: holds(card, on, None) for card in records(everything["cards"])}
    assert held == {id: built.get(id, Certainty.NO) for id in held}


def _day(text: str) -> Day:
    return Day(*map(int, text.split("-")))


@pytest.mark.parametrize("by", ["2019-11-16", "2019-11-22"])
def test_what_a_card_tells_of_a_day_is_what_a_page_built_for_it_tells(
    example: Reading, everything: dict[str, Any], by: str
) -> None:
    moment = sum(day <= by for day in everything["moments"]) - 1
    sources, cards = (records(everything[name]) for name in ("sources", "cards"))
    then = example.under(Lens(known_by=_day(by)))
    for card in cards:
        told_then = at(card, moment)
        assert (told_then is not None) == (card["id"] in then.certainties)
        if told_then is None:
            continue
        statement = then.statements[card["id"]]
        cited = [(sources[row]["id"], n) for row, n, *_ in told_then.get("citations") or ()]
        assert cited == [(place.article, place.locator.value) for place in statement.places]
        assert told_then["sources"] == statement.sources
        assert (told_then.get("originators") or []) == list(statement.originators)
        assert (told_then.get("note") or "") == statement.assertion.note
        against = [cards[row]["id"] for row in told_then.get("against") or ()]
        assert set(against) == set(statement.against) & {each["id"] for each in cards}


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
        assert [cards[row]["id"] for row in read_back.get("against", ())] == list(statement.against)
        premises = [premise.id for premise in statement.assertion.follows_from]
        assert [cards[row]["id"] for row in read_back.get("followsFrom", ())] == sorted(premises)
        assert [(sources[s]["id"], n) for s, n, *_ in read_back.get("citations", ())] == [
            (place.article, place.locator.value) for place in statement.places
        ]
        ends = statement.subject, statement.object
        assert [named(read_back[end]) for end in ("subject", "object")] == [
            each.label for each in ends
        ]
        assert read_back.get("originators", []) == list(statement.originators)
        assert read_back["sources"] == statement.sources


Nodes = dict[tuple[str, str], set[str]]
"""Terms by subject and predicate, as Turtle writes them."""


def nodes_at(page: dict[str, Any], kind: str, moment: int) -> Nodes:
    """What the page's triples of statements, things or articles say at a moment."""
    versions: dict[tuple[int, str], dict[str, Any]] = {}
    for table in page["rdf"][kind]:
        for version in records(table):
            if version.get("at", -1) <= moment:
                versions[version["of"], version["s"]] = version
    nodes: Nodes = {}
    for (_, subject), version in versions.items():
        for predicate, terms in version.items():
            if predicate not in ("of", "at", "s"):
                listed = terms if isinstance(terms, list) else [terms]
                nodes.setdefault((subject, predicate), set()).update(listed)
    return nodes


def parsed(page: dict[str, Any], nodes: Nodes) -> set[ox.Triple]:
    """These nodes as triples, read as Turtle."""
    prefixes = [f"@prefix {name}: <{iri}> ." for name, iri in page["rdf"]["prefixes"].items()]
    lines = [f"{s} {p} {' , '.join(sorted(terms))} ." for (s, p), terms in nodes.items()]
    quads = ox.parse("\n".join([*prefixes, *lines]).encode(), ox.RdfFormat.TURTLE)
    return {quad.triple for quad in quads}


def by_subject(triples: Iterable[ox.Triple]) -> dict[str, set[ox.Triple]]:
    found: dict[str, set[ox.Triple]] = {}
    for triple in triples:
        assert isinstance(triple.subject, ox.NamedNode)
        found.setdefault(triple.subject.value, set()).add(triple)
    return found


@pytest.mark.parametrize("by", ["", "2019-11-15", "2019-11-17", "2019-11-22", "2019-11-23"])
def test_the_triples_of_a_page_are_those_of_the_graph(
    example: Reading, everything: dict[str, Any], by: str
) -> None:
    moments = everything["moments"]
    moment = sum(day <= by for day in moments) - 1 if by else len(moments)
    then = example.under(Lens(known_by=_day(by))) if by else example
    graph = by_subject(quad.triple for quad in quads_of(then))
    base, picture = then.ontology.base, picture_of_view(then, "everything")
    statements = by_subject(parsed(everything, nodes_at(everything, "statements", moment)))
    for tie in picture.ties:
        own = f"{base}assertion/{tie.assertion}"
        assert statements[own] == graph[own]
        a, relation = tie.statement.assertion, tie.statement.relation.iri
        direct = {t for t in graph.get(base + a.subject.id, ()) if t.predicate.value == relation}
        if tie.statement.is_affirmed:
            assert direct & statements[base + a.subject.id]
        for triple in graph[own]:
            if triple.predicate.value.endswith("itation"):
                citation = getattr(triple.object, "value", "")
                assert statements[citation] == graph[citation]
    articles = by_subject(parsed(everything, nodes_at(everything, "articles", moment)))
    for article in picture.articles:
        own = f"{base}article/{article.id}"
        assert articles[own] == graph[own]
    things = by_subject(parsed(everything, nodes_at(everything, "things", moment)))
    relations = {relation.iri for relation in then.ontology.relations.values()}
    for node in picture.nodes:
        own = base + node.id
        assert things[own] == {t for t in graph[own] if t.predicate.value not in relations}


def test_what_stands_against_a_claim_is_told_in_the_order_of_ids() -> None:
    claim = said("alpha", "meets", "beta", id="yes")
    denials = [{"id": f"no-{n}", "denies": "yes", "cite": claim["cite"]} for n in range(8)]
    now = reading(world(claim, *denials))
    writer = TripleWriter(now.graph_corpus, now.ontology, now.statements)
    triples = writer.statement(now.statements["yes"])
    rivals = [o for _, predicate, o in triples if predicate.endswith("contestedBy>")]
    assert len(rivals) == len(denials)
    assert rivals == sorted(rivals)


@pytest.mark.parametrize(("rule", "told_as"), [*RULES.items(), ("another rule", "another rule")])
def test_a_conclusion_tells_its_rule_as_a_sentence(rule: str, told_as: str) -> None:
    concluded = make_statement(NOBODY, "x", ("japan", "meets", "japan"), "accepted", rule=rule)
    picture = replace(picture_of((), ()), statements={"x": concluded})
    assert records(told(picture)["cards"])[0]["rule"] == told_as


def asked(matrix: Mapping[str, Any], moment: int) -> list[dict[str, Any]]:
    """The questions of a dispute at a moment."""
    run = last(matrix["runs"], moment)
    return [matrix["questions"][number] for number in run[2]] if run[1:] else []


@pytest.mark.parametrize("number", range(5))
def test_who_holds_what_at_a_moment_is_what_kg_disputes_says_of_it(
    example: Reading, everything: dict[str, Any], number: int
) -> None:
    moments, cards = everything["moments"], records(everything["cards"])
    then = example.under(Lens(known_by=_day(moments[number]))) if number < 4 else example
    names = {id: thing.label for id, thing in then.corpus.things.items()}
    by_id = {matrix.dispute.id: matrix for matrix in ordered_matrices(then)}
    drawn = {thing["id"] for thing in records(everything["things"])}
    for matrix in everything["matrices"]:
        assert set(matrix["actors"]) <= drawn | matrix["names"].keys()
        expected = by_id.get(matrix["dispute"])
        questions = expected.questions if expected else ()
        sides = expected.sides if expected else ()
        assert sorted(
            (each["title"], each.get("flags", [])) for each in asked(matrix, number)
        ) == sorted((each.title, question_remarks(each, sides, names)) for each in questions)
        cells = [
            (actor, cards[card]["id"])
            for question in asked(matrix, number)
            for row in question["rows"]
            for actor, card, *_ in row["cells"]
        ]
        positions = [position for each in questions for position in each.positions]
        assert sorted(cells) == sorted((each.actor, each.statement.id) for each in positions)


def test_what_all_agree_on_is_not_told_as_what_nobody_answers() -> None:
    """Two sides claim the same: kg disputes says so, and so does the page."""
    claim = said("gamma", "opposes", "row", id="one", according_to=["alpha", "beta"])
    sides = [said(each, "involvedIn", "row") for each in ("alpha", "beta")]
    known = reading(world(*sides, claim))
    (dispute,) = find_disputes(known, find_moments(known))
    rows = Rows(replace(picture_of((), ()), statements=dict(known.statements)))
    record = dispute_record(dispute, rows)
    (question,) = (each for each in record["questions"] if "Gamma" in each["title"])
    assert question["flags"] == ["all agree"]
    assert "nobody answers" not in record["runs"][-1][1]


def test_a_dispute_of_which_nothing_is_drawn_is_left_out(example: Reading) -> None:
    picture = picture_of_view(example, "meetings")
    ids = {node.id for node in picture.nodes} | {tie.assertion for tie in picture.ties}
    for dispute in picture.disputes:
        assert ids & {dispute.dispute.id, *dispute.assertions}


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
        runs={"a000": (Run(0, invented().statements["a000"]),)},
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
            StoryStep(
                "One",
                ("See ", Name("b", "Beta"), "."),
                ("b",),
                ("a000",),
                known_by=Day(2019, 11, 16),
            ),
        ),
    )
    thing = next(iter(NOBODY.things.values())).as_name
    told_by_all = Position("", "asserts", picture.statements["a000"])
    question = Question(
        "Q?", QuestionKind.CLAIM, (Proposition("A", (told_by_all,)),), (), Verdict.OPEN
    )
    names = {"": "The articles"}
    dispute = Dispute(thing, names, ((0, PositionMatrix(thing, {}, (question,))),))
    page = told(replace(picture, story=story, disputes=(dispute,)))
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
    assert page["matrices"][0]["questions"][0]["rows"][0]["cells"] == [["", 0, "asserts", "says"]]


def test_a_withdrawn_claim_brings_the_words_for_the_days_before() -> None:
    gone = make_statement(NOBODY, "x", ("japan", "meets", "japan"), "withdrawn")
    before = standing_as(gone, Status.ATTRIBUTED)
    history = History((Day(2019, 1, 1), Day(2019, 1, 2)), 0, {"x": (Run(0, before), Run(1, gone))})
    picture = picture_of((Node("japan", "Japan"),), ())
    picture = replace(picture, statements={"x": gone}, history=history)
    (read_back,) = records(told(picture)["cards"])
    (first, then), (second, now) = read_back["runs"]
    assert (first, second, now) == (0, 1, {})
    assert then == {
        "status": "attributed",
        "words": [None, " says that ", None, " meets ", None],
    }


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
    steps = [
        (cards[row]["id"], run[1])
        for row, _, runs in found["steps"]
        if (run := last(runs, number))[1:]
    ]
    told_then = [step["assertion"] for step in (*answer["passed"], *answer["later"])]
    happened = [id for id, kind in steps if kind == StepKind.HAPPENED and id in told_then]
    assert happened == list(dict.fromkeys(told_then))
    others = {id for id, kind in steps if kind != StepKind.AHEAD} - set(told_then)
    assert others == {each["assertion"] for each in answer["not_accepted"]}
    assert {id for id, kind in steps if kind == StepKind.AHEAD} == {
        each["assertion"] for each in answer["announced"] if not each["about"]
    }


def test_a_life_is_told_where_more_is_known_than_its_moments_tell_and_under_a_day_of_the_lens(
    example: Reading,
) -> None:
    moments = find_moments(example)
    whole = lives_of(example, moments)
    dated = lives_of(example.under(Lens(true_on=Day(2019, 11, 15))), moments)
    assert whole("gsomia") == dated("gsomia")
    assert whole("japan") is None
    assert whole("nobody") is None
    assert lives_of(example, ())("gsomia") is None


def test_in_a_workspace_of_very_many_lives_only_the_last_day_of_each_is_told(
    example: Reading,
) -> None:
    moments = find_moments(example)
    found = lives_of(example, [moments[1]] * MOST_LIVES + [moments[-1]])("gsomia")
    whole = lives_of(example, moments)("gsomia")
    assert found
    assert whole
    assert [(words, sure) for _, words, sure in found.summaries] == [whole.summaries[-1][1:]]


def test_a_position_of_every_mode_has_a_mark() -> None:
    assert set(SIGNS) == set(Mode)
