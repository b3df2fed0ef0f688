"""What a picture shows of a graph: rows are ties, every tie has a card, and a card words what is
claimed as a claim.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.diagnostics import KgError
from kg.reading import Reading, read
from kg.site import picture_of
from kg.view.cards import CardGraph
from kg.view.network import network
from kg.view.picture import Cell, History, Matrix, MatrixRow, Picture, Run
from kg.view.view import Row, cards, picture, rows
from kg.wording import Name, text
from kg.workspace import Workspace

PREFIXES = """
@prefix kg: <https://w3id.org/actor-kg/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix : <https://example.org/> .
@prefix assertion: <https://example.org/assertion/> .
@prefix article: <https://example.org/article/> .
@prefix citation: <https://example.org/citation/> .
"""

GRAPH = (
    PREFIXES
    + """
: a kg:Dataset ; dcterms:title "A small world"@en .
kg:State rdfs:subClassOf kg:Actor ; rdfs:label "state"@en .
kg:Contested rdfs:comment "Denied by another."@en .
kg:partyTo rdfs:label "is party to"@en ; kg:family kg:PactTie .
kg:allyOf a owl:SymmetricProperty ; rdfs:label "is an ally of"@en ; rdfs:subPropertyOf kg:partyTo .

:japan a kg:State ; rdfs:label "Japan"@en , "日本"@ja ; skos:altLabel "Tokyo"@en .
:korea a kg:State ; rdfs:label "Korea"@en .
:pact a kg:Treaty ; rdfs:label "The pact"@en .
:ap rdfs:label "Associated Press"@en . :gulf rdfs:label "Gulf Today"@en . :post rdfs:label "The Post"@en .

article:a a kg:Article ; dcterms:title "One" ; kg:publisher :gulf ; kg:originator :ap ; dcterms:issued "2019-11-23" ;
    schema:url <https://example.org/one> .
article:b a kg:Article ; dcterms:title "Two" ; kg:publisher :post ; kg:originator :ap ; dcterms:issued "2019-11-24" .

assertion:party a kg:Assertion ; rdf:subject :japan ; rdf:predicate kg:partyTo ; rdf:object :pact ;
    kg:polarity kg:Asserts ; kg:mode kg:Actual ; kg:status kg:Accepted ; kg:statusReason "reported" ; kg:when "2016" ;
    kg:citation citation:1 , citation:2 , citation:3 .
citation:1 kg:article article:a ; kg:paragraph 12 .
citation:2 kg:article article:a ; kg:paragraph 4 .
citation:3 kg:article article:b ; kg:paragraph 1 .

assertion:claim a kg:Assertion ; rdf:subject :korea ; rdf:predicate kg:partyTo ; rdf:object :pact ;
    kg:polarity kg:Asserts ; kg:mode kg:Actual ; kg:status kg:Contested ; kg:speaker :japan ; kg:said "2019-11-22" ;
    kg:contradicts assertion:denial ; kg:citation citation:4 .
assertion:denial a kg:Assertion ; rdf:subject :korea ; rdf:predicate kg:partyTo ; rdf:object :pact ;
    kg:polarity kg:Denies ; kg:mode kg:Actual ; kg:status kg:Contested ; kg:speaker :korea ;
    kg:contradicts assertion:claim ; kg:citation citation:5 .
citation:4 kg:article article:b ; kg:paragraph 2 .
citation:5 kg:article article:b ; kg:paragraph 3 .
"""
)

TIES = "SELECT ?source ?target ?assertion { ?assertion a kg:Assertion ; rdf:subject ?source ; rdf:object ?target }"


def store(turtle: str = GRAPH) -> ox.Store:
    made = ox.Store()
    made.load(turtle.encode(), ox.RdfFormat.TURTLE)
    return made


def asked(graph: ox.Store, query: str) -> tuple[Row, ...]:
    known = dict(line.split()[1:3] for line in PREFIXES.strip().splitlines())
    found = graph.query(
        query, prefixes={prefix.rstrip(":"): iri.strip("<>") for prefix, iri in known.items()}
    )
    assert isinstance(found, ox.QuerySolutions)
    return rows("test", found)


def row(assertion: str, source: str = "japan", target: str = "pact") -> Row:
    base = "https://example.org/"
    return Row(base + source, base + target, f"{base}assertion/{assertion}")


def test_a_row_is_a_tie_between_two_things_with_a_card() -> None:
    shown = picture(CardGraph(store()), [row("party")], "test", "A test")
    (tie,) = shown.ties
    assert (tie.source, tie.label, tie.target, tie.status, tie.family) == (
        "japan", "is party to", "pact", "accepted", "PactTie",
    )  # fmt: skip
    assert [node.id for node in shown.nodes] == ["japan", "pact"]
    assert [card.id for card in shown.cards] == ["party"]
    assert shown.dataset == "A small world"


def test_a_card_holds_status_reason_date_and_every_citation_once_in_order() -> None:
    ((card,), articles) = cards(store(), ["https://example.org/assertion/party"])
    assert (card.status, card.reason, card.when) == ("accepted", "reported", "2016")
    assert [(place.article, place.paragraph) for place in card.citations] == [
        ("a", 4),
        ("a", 12),
        ("b", 1),
    ]
    assert [(a.title, a.publisher, a.originator, a.published, a.url) for a in articles] == [
        ("One", "Gulf Today", "Associated Press", "2019-11-23", "https://example.org/one"),
        ("Two", "The Post", "Associated Press", "2019-11-24", ""),
    ]


def test_two_articles_of_one_originator_are_one_source() -> None:
    ((card,), _) = cards(store(), ["https://example.org/assertion/party"])
    assert (card.articles, card.sources, card.originators) == (2, 1, ("Associated Press",))


def test_a_contested_tie_brings_the_card_that_stands_against_it() -> None:
    shown = picture(CardGraph(store()), [row("claim", "korea")], "test", "A test")
    assert len(shown.ties) == 1
    assert {card.id: card.opposed for card in shown.cards} == {
        "claim": ("denial",),
        "denial": ("claim",),
    }
    assert dict(shown.statuses)["contested"] == "Denied by another."


def test_a_tie_that_follows_from_others_brings_their_cards_down_to_those_that_are_cited() -> None:
    more = """
kg:Inferred rdfs:subClassOf kg:Assertion .
assertion:two a kg:Assertion ; rdf:subject :japan ; rdf:predicate kg:partyTo ; rdf:object :pact ;
    kg:mode kg:Actual ; kg:status kg:Accepted ; kg:followsFrom assertion:party .
assertion:three a kg:Inferred ; rdf:subject :japan ; rdf:predicate kg:allyOf ; rdf:object :korea ;
    kg:mode kg:Actual ; kg:status kg:Accepted ; kg:byRule "a rule" ; kg:followsFrom assertion:two .
"""
    shown = picture(
        CardGraph(store(GRAPH + more)), [row("three", "japan", "korea")], "test", "A test"
    )
    assert {card.id: card.follows_from for card in shown.cards} == {
        "party": (),
        "three": ("two",),
        "two": ("party",),
    }
    assert [tie.assertion for tie in shown.ties] == ["three"]


def test_a_claim_is_worded_as_its_speakers() -> None:
    found, _ = cards(
        store(), [f"https://example.org/assertion/{id}" for id in ("party", "claim", "denial")]
    )
    assert [text(card.words) for card in found] == [
        "Japan is party to The pact",
        "Japan says that Korea is party to The pact",
        "Korea denies that Korea is party to The pact",
    ]
    assert found[0].words[0] == Name("japan", "Japan")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("kg:mode kg:Planned ; kg:status kg:Prospective", "It is planned that Japan is party to The pact"),
        ("kg:mode kg:Demanded ; kg:status kg:Prospective ; kg:speaker :korea",
         "Korea says that it is demanded that Japan is party to The pact"),
        ('kg:mode kg:Conditional ; kg:condition "all agree" ; kg:status kg:Prospective',
         "If all agree, Japan is party to The pact"),
        ("kg:mode kg:Opinion ; kg:status kg:Opinion ; kg:speaker :korea",
         "In the view of Korea, Japan is party to The pact"),
        ("kg:mode kg:Actual ; kg:status kg:Withdrawn ; kg:speaker :korea",
         "Korea said, and took back, that Japan is party to The pact"),
        ("kg:mode kg:Actual ; kg:status kg:Denial ; kg:polarity kg:Denies",
         "It is denied that Japan is party to The pact"),
        ("kg:mode kg:Actual ; kg:status kg:Attributed ; kg:speaker :korea , :ap",
         "Associated Press and Korea say that Japan is party to The pact"),
    ],
)  # fmt: skip
def test_nothing_that_is_only_said_planned_or_denied_is_worded_as_a_fact(
    facts: str, expected: str
) -> None:
    more = f"assertion:x a kg:Assertion ; rdf:subject :japan ; rdf:predicate kg:partyTo ; rdf:object :pact ; {facts} ."
    ((card,), _) = cards(store(GRAPH + more), ["https://example.org/assertion/x"])
    assert text(card.words) == expected


def test_a_thing_knows_its_other_names_and_its_classes_nearest_first() -> None:
    shown = picture(CardGraph(store()), [row("party")], "test", "A test")
    japan = shown.nodes[0]
    assert (japan.label, japan.aliases, japan.type) == ("Japan", ("Tokyo", "日本"), "state")
    assert japan.classes == ("State", "Actor")


def test_a_thing_has_a_name_in_each_language_a_label_before_an_alias_and_a_short_alias_before_a_long_one() -> (
    None
):
    more = ':pact rdfs:label "協定"@ja ; skos:altLabel "軍事協定"@ja , "협정"@ko , "긴 협정"@ko , "P"@en , "Pakt" .'
    node = picture(CardGraph(store(GRAPH + more)), [row("party")], "test", "A test").nodes[1]
    assert node.names == (("ja", "協定"), ("ko", "협정"))


def test_an_alias_that_articles_are_cited_for_knows_its_first_day() -> None:
    more = """
<https://example.org/name/1> a kg:Name ; kg:nameOf :japan ; kg:writtenAs "Tokyo"@en ;
    kg:citation citation:3 , citation:1 .
article:a kg:knownFrom "2019-11-23" . article:b kg:knownFrom "2019-11-24" .
"""
    shown = picture(CardGraph(store(GRAPH + more)), [row("party")], "test", "A test")
    assert [node.alias_days for node in shown.nodes] == [(("Tokyo", "2019-11-23"),), ()]
    assert [source.known for source in shown.sources] == ["2019-11-23", "2019-11-24"]


def test_things_ties_and_the_picture_know_their_iris() -> None:
    shown = picture(CardGraph(store()), [row("party")], "test", "A test")
    space = "https://w3id.org/actor-kg/ns#"
    assert [node.cls for node in shown.nodes] == [f"{space}State", f"{space}Treaty"]
    assert (shown.ties[0].relation, shown.base) == (f"{space}partyTo", "https://example.org/")


def test_a_withdrawn_claim_keeps_the_words_of_the_days_before() -> None:
    more = """assertion:x a kg:Assertion ; rdf:subject :japan ; rdf:predicate kg:partyTo ; rdf:object :pact ;
        kg:mode kg:Actual ; kg:status kg:Withdrawn ; kg:speaker :korea ."""
    ((gone, kept), _) = cards(
        store(GRAPH + more), [f"https://example.org/assertion/{id}" for id in ("x", "claim")]
    )
    assert text(gone.words_before) == "Korea says that Japan is party to The pact"
    assert kept.words_before == ()


def test_what_once_stood_against_a_tie_has_a_card() -> None:
    runs = {"party": (Run(0, "contested", "", ("denial", "gone")), Run(1, "accepted"))}
    shown = picture(
        CardGraph(store()), [row("party")], "test", "A test", history=History(runs=runs)
    )
    assert {card.id for card in shown.cards} == {"claim", "denial", "party"}


def test_of_the_matrices_those_stay_whose_dispute_or_an_assertion_of_which_is_drawn() -> None:
    def matrix(dispute: str, assertion: str) -> Matrix:
        cell = MatrixRow("Which?", "", (Cell("korea", assertion, "asserts"),))
        return Matrix(Name(dispute, dispute), (Name("korea", "Korea"),), (cell,))

    found = [matrix("row", "party"), matrix("pact", "denial"), matrix("other", "claim")]
    shown = picture(CardGraph(store()), [row("party")], "test", "A test", matrices=found)
    assert [each.dispute.id for each in shown.matrices] == ["row", "pact"]
    assert {card.id for card in shown.cards} == {"claim", "denial", "party"}


def test_a_tie_takes_the_family_of_the_relation_above_and_knows_that_it_has_no_direction() -> None:
    more = """assertion:ally a kg:Assertion ; rdf:subject :japan ; rdf:predicate kg:allyOf ; rdf:object :korea ;
        kg:polarity kg:Asserts ; kg:mode kg:Actual ; kg:status kg:Accepted ; kg:citation citation:1 ."""
    (tie,) = picture(
        CardGraph(store(GRAPH + more)), [row("ally", "japan", "korea")], "test", "A test"
    ).ties
    assert (tie.family, tie.symmetric) == ("PactTie", True)


@pytest.mark.parametrize("assertion", ["nothing-of-that-name", "../japan"])
def test_a_row_that_cannot_be_cited_fails_and_is_named(assertion: str) -> None:
    with pytest.raises(KgError, match=r"view 'test', row 2 \(Japan - The pact\)") as caught:
        picture(CardGraph(store()), [row("party"), row(assertion)], "test", "A test")
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?source ?target { ?source kg:partyTo ?target }", "view 'test' lacks the column ?assertion"),
        ('SELECT ?source ?target ?assertion { ?assertion a kg:Assertion ; rdf:subject ?source . BIND("x" AS ?target) }',
         'row 1: ?target is "x", not a thing'),
        ("SELECT ?source ?target ?assertion { ?assertion rdf:object ?target OPTIONAL { ?source kg:no 1 } }",
         "row 1: ?source is nothing, not a thing"),
    ],
)  # fmt: skip
def test_a_view_without_its_columns_or_with_a_text_at_an_end_fails(
    query: str, message: str
) -> None:
    with pytest.raises(KgError, match=re.escape(message)) as caught:
        asked(store(), query)
    assert caught.value.exit_code == 1


def drawn(query: str) -> Picture:
    return picture(CardGraph(store()), asked(store(), query), "test", "A test")


def test_what_a_view_calls_a_tie_stands_behind_what_the_assertion_says() -> None:
    query = TIES.replace("?assertion {", "?assertion ?label {").replace(
        " }", ' . BIND("joins" AS ?label) }'
    )
    assert {tie.label for tie in drawn(query).ties} == {
        f"{tie.label} (joins)" for tie in drawn(TIES).ties
    }


def test_a_line_leads_from_whom_an_assertion_names_to_what_it_names() -> None:
    by_speaker = (
        "SELECT ?source ?target ?assertion { ?assertion kg:speaker ?source ; rdf:object ?target }"
    )
    assert {tie.label for tie in drawn(by_speaker).ties if tie.source == "korea"} <= {
        "speaks of",
        "is party to",
    }
    columns = "SELECT ?source ?target ?assertion"
    turned = f"{columns} {{ ?assertion rdf:subject ?target ; rdf:predicate kg:partyTo ; rdf:object ?source }}"
    foreign = (
        f"{columns} {{ ?assertion rdf:subject ?source ; rdf:object :pact BIND(:ap AS ?target) }}"
    )
    for query, why in (
        (turned, "would be drawn the wrong way round"),
        (foreign, "Associated Press is neither"),
    ):
        with pytest.raises(KgError, match=why):
            drawn(query)


def test_a_picture_is_the_same_for_any_order_of_rows_and_triples() -> None:
    found = asked(store(), TIES)
    lines = [line for line in GRAPH.splitlines() if line.startswith("citation:")]
    shuffled = GRAPH.replace("\n".join(lines), "\n".join(reversed(lines)))
    one = picture(CardGraph(store()), found, "test", "A test", about="pact")
    assert one == picture(
        CardGraph(store(shuffled)), [*reversed(found), *found], "test", "A test", about="pact"
    )
    assert one.centre == "pact"


def test_a_view_about_a_thing_that_it_does_not_show_has_no_centre() -> None:
    assert picture(CardGraph(store()), [row("party")], "test", "A test", about="korea").centre == ""


def test_a_network_has_a_keyed_edge_for_every_tie() -> None:
    shown = picture(CardGraph(store()), asked(store(), TIES), "test", "A test")
    graph = network(shown)
    assert set(graph.edges(keys=True)) == {
        (tie.source, tie.target, tie.assertion) for tie in shown.ties
    }
    assert graph.edges["korea", "pact", "denial"] == {
        "assertion": "denial", "relation": "is party to", "status": "contested", "polarity": "denies",
    }  # fmt: skip
    assert graph.nodes["japan"] == {"label": "Japan", "type": "state"}


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read(Workspace(repository))


VIEWS = ("actors", "disputes", "everything", "gsomia", "meetings")


@pytest.mark.parametrize("name", VIEWS)
def test_every_tie_of_the_example_has_a_citation(example: Reading, name: str) -> None:
    shown = picture_of(example, name)
    cited = {card.id: card for card in shown.cards}
    articles = {source.id for source in shown.sources}
    assert shown.ties
    for tie in shown.ties:
        card = cited[tie.assertion]
        # What follows from other assertions rests on theirs; what the editors decided, on their
        # note.
        assert card.citations or card.note or all(cited[premise] for premise in card.follows_from)
        assert card.citations or card.note or card.follows_from
        assert {place.article for place in card.citations} <= articles


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


def test_a_picture_is_the_same_whether_or_not_others_were_made_of_its_graph() -> None:
    graph = CardGraph(store())
    everything = picture(graph, asked(store(), TIES), "test", "A test")
    assert picture(graph, [row("party")], "test", "A test") == picture(
        CardGraph(store()), [row("party")], "test", "A test"
    )
    assert picture(graph, asked(store(), TIES), "test", "A test") == everything
