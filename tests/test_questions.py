"""The forty competency questions, answered as expected and with evidence; and the saved queries as
such.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import competency as c
import pyoxigraph as ox
import pytest
import yaml
from competency import Command, Known, Query, Question, Row, column, command, query
from conftest import REPOSITORY, Golden, Kg, shared_path
from meaning import tells, told_among
from pictures import read_example
from readback import quads_of

from kg.dates import Day
from kg.files.scaffold import start_workspace
from kg.files.workspace import Workspace
from kg.model.modes import Basis
from kg.ontology.namespaces import KG
from kg.query.evidence import with_evidence
from kg.query.folder import find_saved_query, read_saved_queries
from kg.query.parameters import plain_term
from kg.query.run import Answer, ask_store
from kg.query.saved import bind_parameters, day_of_lens
from kg.query.sparql import TokenKind, tokenize_query
from kg.reading import Reading, read
from kg.status.lens import Lens

QUESTIONS: dict[str, Question] = {
    "Q01": Question(
        "a pact's full name",
        (query("details", thing="gsomia", predicate="hasFullName"),),
        column("words"),
        c.as_set,
    ),
    "Q03": Question(
        "a company that a court's ruling binds",
        (query("facts", predicate="orders", object_kind="Company"),),
        column("object"),
        c.as_set,
    ),
    "Q05": Question(
        "how long a meeting lasted and what it was mostly about",
        (query("topics", meeting="ev-1115-talks"),),
        c.talks,
    ),
    "Q07": Question(
        "who held one office in which state on a day",
        (query("offices", office="foreignMinisterOf", on="2019-11-23"),),
        lambda found, known: {row["person"]: row["of"] for row in found[0]},
    ),
    "Q09": Question(
        "a person's office",
        (query("offices", person="kim-you-geun"),),
        lambda found, known: c.position(found, known)["kim-you-geun"],
        lambda given, expected, known: tells(given, expected),
    ),
    "Q11": Question(
        "people without an office of a state, and what they are",
        (query("offices", kind="Person", official="no"),),
        c.position,
        c.as_told,
    ),
    "Q13": Question(
        "parties to a pact", (query("parties", pact="gsomia"),), column("party"), c.as_set
    ),
    "Q15": Question(
        "whether somebody is a party, and what else ties it to the pact",
        (query("parties", pact="gsomia"), query("between", one="united-states", other="gsomia")),
        c.party,
        c.party_told,
    ),
    "Q17": Question(
        "a pact's status before it was made",
        (command("status gsomia --on 2015-06-30"),),
        lambda found, known: found[0]["status"],
    ),
    "Q19": Question(
        "a pact's status while its end is announced",
        (command("status gsomia --on 2019-09-01"),),
        c.due,
        lambda given, expected, known: told_among(given, expected),
    ),
    "Q21": Question(
        "whether a measure is in force, what is planned and what is demanded",
        (command("status export-controls --on 2019-11-23"),),
        c.controls,
        c.each_told,
    ),
    "Q23": Question(
        "what is known of a protest days after its last report",
        (
            command("status ev-hunger-strike --on 2019-11-25"),
            query("as-of", on="2019-11-25", thing="ev-hunger-strike"),
        ),
        c.strike,
        c.same_unknown,
    ),
    "Q25": Question(
        "who claims something, and in which articles",
        (query("claims", thing="dispute-wartime-labour", predicate="settles"),),
        c.claimed,
        lambda given, expected, known: given == (expected["claimant"], set(expected["articles"])),
    ),
    "Q27": Question(
        "who on one side denies a link, through whom and where",
        (query("denials", side="japan", thing="gsomia"),),
        c.denied,
        lambda given, expected, known: (
            given == {tuple(known.ids(voice)): {article} for voice, article in expected.items()}
        ),
    ),
    "Q29": Question(
        "what a decision is judged as, and by whom",
        (query("evaluations", of="decision-suspend"),),
        c.judged,
        c.judged_told,
    ),
    "Q31": Question(
        "motives that one side claims for an act of the other",
        (query("motives", act="export-controls", speaker="gov-south-korea"),),
        c.motives,
        c.motives_told,
    ),
    "Q33": Question(
        "which articles support a statement",
        (query("support", subject="gov-us", predicate="urgesPreservationOf", object="gsomia"),),
        column("article"),
        c.as_set,
    ),
    "Q35": Question(
        "offices that two independent sources attest",
        (query("offices", office="holdsOfficeIn", kind="Person", sources="2"),),
        lambda found, known: c.by(found[0], "person"),
        c.as_articles,
    ),
    "Q37": Question(
        "events of a month that rest on one article",
        (query("events", from_="2019-11-01", to="2019-11-30", most="1"),),
        lambda found, known: c.by(found[0], "event"),
        c.as_articles,
    ),
    "Q39": Question(
        "which articles report a dispute",
        (query("sources", thing="dispute-radar"),),
        column("article"),
        c.as_set,
    ),
    "Q41": Question(
        "a chain of cause and order, and where each link stands",
        (
            query("links"),
            query("details", predicate="leavesOpen"),
            query("facts", predicate="concerns"),
        ),
        c.chain,
        c.chain_told,
    ),
    "Q43": Question(
        "what one article gives as the reason for a decision",
        (query("motives", act="decision-resume-talks", article="gulftoday-2019-11-23"),),
        column("motive"),
        lambda given, expected, known: given == set(known.ids(expected)[:1]),
    ),
    "Q45": Question(
        "a path between two people",
        (command("path hwang motegi --by-way-of moon --by-way-of decision-suspend --most 9"),),
        c.path,
        c.path_found,
    ),
    "Q46": Question(
        "a path over disputes and events, and its weakest link",
        (
            command(
                "path nippon-steel gsomia --by-way-of export-controls "
                "--only disputes --only events --also opinion"
            ),
        ),
        c.weakest,
        c.weakest_found,
    ),
    "Q49": Question(
        "who met whom on a day, where, and in which order",
        (query("meetings", from_="2019-11-17", to="2019-11-17"),),
        c.meetings,
        c.meetings_told,
    ),
    "Q51": Question(
        "meetings of two states in a time",
        (
            query(
                "meetings",
                from_="2019-10-01",
                to="2019-11-30",
                side="japan",
                other="south-korea",
                states="2",
                named="1",
            ),
        ),
        c.talks_of_two,
        c.talks_of_two_same,
    ),
    "Q53": Question(
        "who met ministers of both sides",
        (
            query("third-parties", one="japan", other="south-korea", predicate="meets"),
            query("offices", office="ministerOf", kind="Person"),
        ),
        c.met_ministers,
        c.as_set,
    ),
    "Q55": Question(
        "who urges that a pact be kept",
        (query("stances", thing="gsomia", predicate="urgesPreservationOf"),),
        lambda found, known: {row["actor"] for row in found[0] if row["polarity"] == "asserts"},
        c.as_set,
    ),
    "Q57": Question(
        "whose understanding a government seeks, and who says so",
        (query("requests", from_="gov-japan", predicate="seeksUnderstandingOf"),),
        lambda found, known: [
            {
                "addressee": row["to"],
                "source": row["on_the_word_of"],
                "article": "".join(row.articles),
            }
            for row in found[0]
        ],
        lambda given, expected, known: given == [expected],
    ),
    "Q59": Question(
        "who has ties to both sides",
        (query("third-parties", one="japan", other="south-korea"),),
        c.between,
        c.between_told,
    ),
    "Q61": Question(
        "what came in which order",
        (
            command(
                "timeline ev-2018-rulings export-controls gsomia ev-1016-talks ev-1115-talks "
                "ev-1117-bilateral decision-suspend ev-1123-nagoya"
            ),
        ),
        c.order,
        c.order_told,
    ),
    "Q63": Question(
        "days between a meeting and a planned end",
        (query("days-between", one="takizaki-met-kim-1115", other="expiry-day"),),
        c.days,
    ),
    "Q65": Question(
        "what a meeting expressly left out",
        (query("topics", meeting="ev-1115-talks"),),
        c.undiscussed,
        lambda given, expected, known: tells(given, expected, but=("possible",)),
    ),
    "Q67": Question(
        "whether a planned end came",
        (query("plans", thing="gsomia"), query("facts", object="gsomia")),
        c.expired,
    ),
    "Q69": Question(
        "whether anything is said of somebody's attendance",
        (
            query("between", one="lavrov", other="ev-g20-nagoya"),
            query("between", one="lavrov", other="motegi"),
            query("between", one="wang-yi", other="ev-g20-nagoya"),
        ),
        c.stated,
        c.stated_same,
    ),
    "Q71": Question(
        "how many people each article names", (query("mentions", kind="Person"),), c.numbers
    ),
    "Q73": Question(
        "how many meetings with known participants there were in a time",
        (query("meetings", from_="2019-10-01", to="2019-11-30", named="1"),),
        lambda found, known: len(found[0]),
    ),
    "Q75": Question(
        "what a capital's name stands for, paragraph by paragraph",
        (
            query("names", part="Seoul", article="gulftoday-2019-11-23", paragraph="4"),
            query("names", part="Seoul", article="kyodo-2019-11-15", paragraph="8"),
            query("names", part="Seoul", article="korea-herald-2019-11-17", paragraph="4"),
        ),
        c.uses,
        c.uses_same,
    ),
    "Q77": Question(
        "which institution two names stand for",
        (query("names", name="Blue House"), query("names", name="Mr. Moon's office")),
        lambda found, known: [{row["thing"] for row in rows} for rows in found],
        lambda given, expected, known: given == [{expected}, {expected}],
    ),
    "Q79": Question(
        "which bodies act for each of two states",
        (
            query("bodies", state="japan", kind="GovernmentBody"),
            query("bodies", state="south-korea", kind="GovernmentBody"),
        ),
        c.acting,
        c.same_sets,
    ),
}
"""Each question with what is asked, how the answer is read, and when it agrees with what is
expected.
"""

MORE: tuple[Query, ...] = (
    query("bounds", thing="ev-hunger-strike"),
    query("about", thing="lavrov"),
    query("both-sides", case="wto-case"),
    query("contested", thing="gsomia"),
    query("identifiers", thing="united-states"),
    query("reversals"),
    query("taken-back"),
    query("single-source", thing="export-controls"),
    query("timeline", from_="2019-11-22", thing="decision-suspend"),
)
"""An example of each saved query that no question above needs."""


@pytest.fixture(scope="module")
def reading() -> Reading:
    """The example's workspace."""
    return read_example()


@pytest.fixture(scope="module")
def known(reading: Reading) -> Known:
    """What the example calls things."""
    corpus = reading.corpus
    return Known(
        {id: thing.label for id, thing in corpus.things.items()},
        {id: reading.ontology.classes[thing.type.id].label for id, thing in corpus.things.items()},
        {id: article.originators[0].id for id, article in corpus.articles.items()},
    )


def bound(reading: Reading, question: Query) -> str:
    """The SPARQL of a saved query with its parameters."""
    saved = find_saved_query(reading.workspace, question.name)
    return bind_parameters(saved, question.params, reading.ontology)


def answer(store: ox.Store, reading: Reading, question: Query) -> Answer:
    """What a graph answers to a saved query."""
    return ask_store(store, bound(reading, question), reading.ontology.prefixes, question.name)


def rows(reading: Reading, question: Query) -> list[Row]:
    """The rows of an answer as plain values, each with the articles behind it: of its assertion,
    where it shows one.
    """
    saved = find_saved_query(reading.workspace, question.name)
    if day := day_of_lens(saved, question.params):
        reading = reading.under(Lens(true_on=day))
    found = with_evidence(
        reading.store,
        bound(reading, question),
        answer(reading.store, reading, question),
        reading.ontology.prefixes,
    )
    base = reading.ontology.base
    given = []
    for row, behind in zip(found.rows, found.evidence, strict=True):
        cells = {
            name: plain_term(term, base) for name, term in zip(found.columns, row, strict=True)
        }
        cited = [each for each in behind if each.article]
        own = [
            each
            for each in cited
            if cells.get("assertion") in (None, each.assertion.rpartition("/")[2])
        ]
        articles = (str(plain_term(ox.NamedNode(each.article), base)) for each in own or cited)
        given.append(Row(cells, frozenset(articles)))
    return given


def uncited(value: Any) -> Iterator[Any]:
    """What in a command's answer has no citations where it should have some; who acts for whom
    stands in the record.
    """
    if isinstance(value, dict):
        if "citations" in value and not value["citations"] and not value.get("by_the_record"):
            yield value
        for part in value.values():
            yield from uncited(part)
    elif isinstance(value, list):
        for part in value:
            yield from uncited(part)


def changed(value: Any, ordered: bool) -> Any:
    """An expected answer made wrong: values given to other keys, another order, one member less,
    another text.
    """
    match value:
        case dict() if len({type(each) for each in value.values()}) == 1:
            values = list(value.values())
            return dict(zip(value, [*values[1:], values[0]], strict=True))
        case dict():
            return {
                key: changed(each, ordered) if isinstance(each, str) else each
                for key, each in value.items()
            }
        case [{"standing": _}, *_]:
            standings = [link["standing"] for link in value]
            return [
                {**link, "standing": standing}
                for link, standing in zip(value, standings[1:] + standings[:1], strict=True)
            ]
        case list():
            return value[::-1] if ordered else value[1:]
        case int():
            return value + 1
        case _:
            return "nothing of the kind"


def test_the_forty_questions_are_answered_as_expected_and_with_evidence(
    reading: Reading, known: Known, kg: Kg
) -> None:
    expected = yaml.safe_load(shared_path("questions.yaml").read_text("utf-8"))["questions"]
    assert [each["id"] for each in expected] == list(QUESTIONS)
    failed = []
    for each in expected:
        question = QUESTIONS[each["id"]]
        value, ordered = each["answer"]["value"], each["answer"]["type"] in ("ordered-list", "path")
        found: list[Any] = []
        bare: list[Any] = []
        for asking in question.asks:
            if isinstance(asking, Query):
                found.append(rows(reading, asking))
                bare += [row.cells for row in found[-1] if not row.articles]
            else:
                found.append(printed(kg, asking))
                bare += uncited(found[-1])
        given = question.answer(found, known)
        if not question.agrees(given, value, known):
            failed.append(f"{each['id']}  expected {value!r}\n     answered {given!r}")
        if question.agrees(given, changed(value, ordered), known):
            failed.append(
                f"{each['id']}  a wrong answer would do as well: {changed(value, ordered)!r}"
            )
        failed += [f"{each['id']}  no evidence behind {row}" for row in bare]
    right = len(QUESTIONS) - len({line[:3] for line in failed})
    assert not failed, "\n".join([f"{right} of {len(QUESTIONS)} as expected", *failed])


def printed(kg: Kg, asking: Command) -> Any:
    """What a command prints as JSON."""
    ran = kg("-C", REPOSITORY, *asking.arguments, "--format", "json")
    assert ran.code == 0, ran.stderr
    return json.loads(ran.stdout)


# The saved queries as such

EXAMPLES = {
    asking.name: asking
    for asking in (
        *MORE,
        *(asking for each in reversed(QUESTIONS.values()) for asking in reversed(each.asks)),
    )
    if isinstance(asking, Query)
}
"""One call of each saved query: the first that a question above makes."""
NAMES = sorted(read_saved_queries(Workspace(REPOSITORY)))


def with_defaults(name: str, reading: Reading) -> Query:
    """A saved query without parameters, apart from those that it needs."""
    saved = read_saved_queries(reading.workspace)[name]
    needed = {param.name for param in saved.params if param.required}
    return Query(
        name, {param: value for param, value in EXAMPLES[name].params.items() if param in needed}
    )


def test_every_saved_query_has_an_example() -> None:
    assert sorted(EXAMPLES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_article_an_editor_or_the_record_itself_stands_behind_each_row(
    reading: Reading, name: str
) -> None:
    given = rows(reading, with_defaults(name, reading))
    assert given or name in ("taken-back", "identifiers"), "the example has none"
    editorial = {id for id, a in reading.corpus.assertions.items() if a.basis is Basis.EDITORIAL}
    acts_for = (
        {row["body"] for row in given if row["part_of"] is None} if name == "bodies" else set()
    )
    bare = [row.cells for row in given if not row.articles]
    assert not [
        row
        for row in bare
        if row.get("assertion") not in editorial and row.get("body") not in acts_for
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_query_lists_only_what_somebody_wrote(reading: Reading, name: str) -> None:
    concluded = ox.NamedNode(f"{KG}Inferred")
    shown = [
        answer(reading.store, reading, each)
        for each in (with_defaults(name, reading), EXAMPLES[name])
    ]
    terms = {
        term
        for each in shown
        for row in each.rows
        for term in row
        if isinstance(term, ox.NamedNode)
    }
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert not [term for term in terms if ox.Quad(term, kind, concluded) in reading.store]


@pytest.fixture(scope="module")
def shuffled(reading: Reading) -> ox.Store:
    """The example's graph, loaded in another order."""
    quads = list(quads_of(reading))
    random.Random(1965).shuffle(quads)
    store = ox.Store()
    store.extend(quads)
    return store


@pytest.mark.parametrize("name", NAMES)
def test_no_row_comes_twice_and_the_order_does_not_hang_on_that_of_the_graph(
    reading: Reading, shuffled: ox.Store, name: str
) -> None:
    for asking in (with_defaults(name, reading), EXAMPLES[name]):
        first = answer(reading.store, reading, asking)
        assert len(set(first.rows)) == len(first.rows)
        assert first == answer(shuffled, reading, asking)


def test_a_query_that_names_something_of_the_example_says_so_and_stays_there(
    tmp_path: Path,
) -> None:
    start_workspace(tmp_path / "new", example=False)
    kept = read_saved_queries(Workspace(tmp_path / "new"))
    for name, saved in read_saved_queries(Workspace(REPOSITORY)).items():
        named = [
            t.text
            for t in tokenize_query(saved.text)
            if t.kind is TokenKind.NAME and t.text.split(":")[0] in ("", "gsomia")
        ]
        assert bool(saved.about) == bool(named), f"{name}: {named}"
        assert (name in kept) == (not saved.about)


def test_every_saved_query_answers_a_new_workspace(tmp_path: Path) -> None:
    start_workspace(tmp_path / "new", example=False)
    new = read(Workspace(tmp_path / "new"))
    assert new.exit_code == 0
    for name, saved in read_saved_queries(new.workspace).items():
        given = {param.name: "nobody" for param in saved.params if param.required}
        text = bind_parameters(saved, given, new.ontology)
        found = ask_store(new.store, text, new.ontology.prefixes, name)
        assert [
            row for row in found.rows if any(isinstance(term, ox.NamedNode) for term in row)
        ] == []


ELSEWHERE = """\
articles:
  wire:
    title: Wire
    publisher: wire-press
    originator: wire-press
    published: 2020-05-01
    paragraphs: 9
    text_sha256: %s
actors:
  arden: {type: State, label: {en: Arden, ja: アーデン}}
  brell: {type: State, label: {ja: ブレル}}
  ann: {type: Person, label: {en: Ann, ko: 앤}}
  bob: {type: Person, label: {ja: ボブ}}
  wire-press: {type: MediaOrganization, label: Wire}
events:
  talks: {type: Meeting, label: {fr: Pourparlers, ja: 会談}}
assertions:
  - {subject: ann, predicate: foreignMinisterOf, object: arden, when: 2020-05-01, cite: {wire: [1]}}
  - {subject: bob, predicate: foreignMinisterOf, object: brell, cite: {wire: [1]}}
  - {subject: ann, predicate: takesPartIn, object: talks, cite: {wire: [2]}}
  - {subject: bob, predicate: takesPartIn, object: talks, when: 2020-04, cite: {wire: [2]}}
""" % ("0" * 64)
"""A meeting of two, of whom one has no English label and the other no date."""


def test_nothing_is_left_out_or_comes_twice_for_want_of_an_english_label_or_a_date(
    tmp_path: Path,
) -> None:
    start_workspace(tmp_path, example=False)
    (tmp_path / "sources" / "start-here.yaml").write_text(ELSEWHERE, "utf-8")
    new = read(Workspace(tmp_path))

    def shown(asking: Query) -> list[dict[str, Any]]:
        return [dict(row.cells) for row in rows(new, asking)]

    (meeting,) = shown(query("meetings", side="brell", other="arden", states="2"))
    assert (meeting["participants"], meeting["sides"], meeting["when"]) == (
        "bob, Ann",
        "Arden, brell",
        "2020-04",
    )
    assert [event["event"] for event in shown(query("events"))] == ["talks"]
    assert [mention["number"] for mention in shown(query("mentions"))] == [2, 2]
    assert [(office["person"], office["attested"]) for office in shown(query("offices"))] == [
        ("ann", "2020-05-01"),
        ("bob", ""),
    ]


MET = """\
pacts:
  accord: {type: Treaty, label: Accord}
assertions:
  - {id: told, subject: ann, predicate: meets, object: bob, when: 2020-04-03, cite: {wire: [3]}}
  - {id: other, subject: ann, predicate: meets, object: bob, when: 2020-02, where: spa,
     cite: {wire: [3]}}
  - {id: claimed, subject: ann, predicate: meets, object: wire-press, according_to: bob,
     cite: {wire: [3]}}
  - {subject: arden, predicate: entersInto, object: accord, when: 2019-01-15, cite: {wire: [4]}}
  - {subject: brell, predicate: entersInto, object: accord, when: 2019-01-15, cite: {wire: [4]}}
  - {subject: brell, predicate: partyTo, object: accord, when: 2019-01-15/.., cite: {wire: [4]}}
  - {subject: ann, predicate: supports, object: accord, cite: {wire: [4]}}
places:
  spa: {type: City, label: Spa}
"""


def test_who_entered_into_a_pact_is_a_party_and_who_met_had_a_meeting(tmp_path: Path) -> None:
    start_workspace(tmp_path, example=False)
    for name, text in (("start-here", ELSEWHERE), ("met", MET)):
        (tmp_path / "sources" / f"{name}.yaml").write_text(text, "utf-8")
    new = read(Workspace(tmp_path))
    assert not new.diagnostics
    parties = [
        (row["party"], row["how"]) for row in (dict(r.cells) for r in rows(new, query("parties")))
    ]
    assert parties == [("arden", "enters into, is party to"), ("brell", "enters into, is party to")]
    for day, bound_then in ((Day(2018, 12, 31), []), (Day(2020, 1, 1), ["arden", "brell"])):
        then = rows(new.under(Lens(true_on=day)), query("parties"))
        assert [dict(row.cells)["party"] for row in then] == bound_then
    for narrowed in ({}, {"who": "ann"}, {"side": "brell", "other": "arden"}):
        met = [dict(r.cells) for r in rows(new, query("meetings", **narrowed))]
        assert [(m["meeting"], m["when"], m["place"] or "", m["participants"]) for m in met] == [
            ("other", "2020-02", "spa", "Ann, bob"),
            ("talks", "2020-04", "", "bob, Ann"),
        ]


def test_the_page_of_saved_queries_is_up_to_date(reading: Reading, golden: Golden) -> None:
    page = (REPOSITORY / "docs" / "questions.md").read_text("utf-8")
    for mark, made in (("saved queries", catalogue(reading)), ("competency questions", mapping())):
        begin, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->\n"
        head, _, rest = page.partition(begin)
        page = head + begin + made + end + rest.partition(end)[2]
    golden("../../docs/questions.md", page)


def catalogue(reading: Reading) -> str:
    """Each saved query with its question, its parameters and an example."""
    parts = []
    for name, saved in sorted(read_saved_queries(reading.workspace).items()):
        parts.append(f"### `{name}`: {saved.title}\n\n{saved.question}\n")
        lines = [
            f"- `{param.name}` ({param.kind}"
            + (
                f", `{param.default}` if left out"
                if param.default
                else ", required"
                if param.required
                else ""
            )
            + f"): {param.help}"
            for param in saved.params
        ]
        parts += ["\n".join(lines) + "\n"] if lines else []
        parts.append(f"```sh\n{EXAMPLES[name]}\n```\n")
    return "\n" + "\n".join(parts) + "\n"


def mapping() -> str:
    """A table with what each competency question is about and what is asked."""
    lines = ["| id | about | asked |", "|---|---|---|"]
    for id, question in QUESTIONS.items():
        calls = "<br>".join(f"`{asking}`" for asking in question.asks)
        lines.append(f"| {id} | {question.gist} | {calls} |")
    return "\n" + "\n".join(lines) + "\n\n"
