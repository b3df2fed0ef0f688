"""Cases of identity: one thing under two ids is one thing in every answer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import Kg
from corpora import WORLD
from readings import CORE, reading, said, things, world

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_draft
from kg.dates import Day
from kg.export.formats import ExportFormat
from kg.export.write import export_reading
from kg.query.otherids import other_id_notes
from kg.query.parameters import plain_term
from kg.query.run import ask_store
from kg.reading import Reading
from kg.reports.network.paths import PathQuestion, find_paths
from kg.reports.positions import position_matrices
from kg.status.lens import Lens
from kg.status.naming import as_named_on, labels_over_time

RENAMED = [
    said("birmar", "sameAs", "mirmar", id="same", basis="editorial", note="Renamed.", cite={}),
    said("birmar", "partyTo", "pact", when="1965/.."),
    said("alpha", "partyTo", "pact", when="1965/.."),
    said("row", "concerns", "pact"),
    said("mirmar", "involvedIn", "row"),
    said("alpha", "involvedIn", "row"),
    said("alpha", "contravenes", "pact", id="c1", according_to="birmar"),
    said("alpha", "contravenes", "pact", id="c2", according_to="mirmar", said="2009-03-15"),
]
del RENAMED[0]["cite"]
TWO_NAMES = things("actors", "State", "birmar", "mirmar")


def renamed(lens: Lens | None = None, **same: Any) -> Reading:
    """The world of a state that was renamed, under a lens; ``same`` changes the judgement."""
    return reading(world({**RENAMED[0], **same}, *RENAMED[1:], **TWO_NAMES), lens)


def count(seen: Reading, pattern: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"
    [[number]] = ask_store(seen.store, query, seen.ontology.prefixes).rows
    return int(str(plain_term(number, "")))


def test_two_ids_of_one_thing_are_counted_once() -> None:
    seen = renamed()
    assert count(seen, "?x kg:partyTo :pact") == 2
    assert count(seen, "?x a kg:State ; rdfs:label ?name FILTER(CONTAINS(?name, 'irmar'))") == 1
    assert count(seen, ":mirmar owl:sameAs :birmar") == 1
    assert count(seen, ":birmar skos:altLabel 'Mirmar'") == 1


def test_a_merged_speaker_has_one_column_and_its_claims_are_found_under_either_id() -> None:
    [matrix] = position_matrices("row", renamed())
    assert matrix.actors == ("birmar",)
    assert [len(each.positions) for each in matrix.questions] == [2]
    for voice in ("birmar", "mirmar"):
        standings = renamed(Lens(according_to=(voice,))).standings
        assert {standings[id].status for id in ("c1", "c2")} == {"accepted"}


def test_an_assertion_says_with_which_id_it_was_written() -> None:
    seen = renamed()
    assert seen.statements["c2"].assertion.written_ids == ("mirmar",)
    assert count(seen, "assertion:c2 kg:speaker :birmar ; kg:writtenWith :mirmar") == 1
    assert count(seen, "assertion:c1 kg:writtenWith ?id") == 0


def test_a_path_leads_through_all_that_is_said_under_any_id() -> None:
    answer = find_paths(renamed(), PathQuestion("birmar", "alpha"))
    assert {path.things for path in answer.paths} == {
        ("birmar", "pact", "alpha"),
        ("birmar", "row", "alpha"),
    }


@pytest.mark.parametrize(
    "doubt",
    [
        {"basis": "reported", "cite": {"article-1": ["1"]}, "according_to": "alpha"},
        {"mode": "expected"},
        {"predicate": "perhapsSameAs"},
    ],
)
def test_what_is_only_claimed_merges_nothing(doubt: dict[str, Any]) -> None:
    seen = renamed(**doubt)
    assert {"birmar", "mirmar"} <= seen.corpus.things.keys()
    assert count(seen, "?x owl:sameAs ?y") == 0


def test_whose_word_an_identity_is_for_that_speaker_the_two_are_one() -> None:
    claim = {"basis": "reported", "cite": {"article-1": ["1"]}, "according_to": "alpha"}
    assert renamed(Lens(according_to=("alpha",)), **claim).corpus.main_id("mirmar") == "birmar"
    assert renamed(Lens(according_to=("birmar",)), **claim).corpus.main_id("mirmar") == "mirmar"


def test_before_its_article_an_identity_is_not_known() -> None:
    later = {"basis": "reported", "cite": {"article-2": ["1"]}}
    first, second = (Lens(known_by=Day(2010, month, 2)) for month in (1, 2))
    assert renamed(first, **later).corpus.main_id("mirmar") == "mirmar"
    assert renamed(second, **later).corpus.main_id("mirmar") == "birmar"


PEOPLE = {
    **things("actors", "Person", "a", "b", "c"),
    "actors": {
        **things("actors", "Person", "a", "b", "c")["actors"],
        "firm": {"type": "Company", "label": "Firm"},
        "guild": {"type": "Organization", "label": "Guild"},
    },
}


def judged(one: str, other: str) -> dict[str, Any]:
    return said(one, "sameAs", other, basis="editorial", note="a reason")


def test_a_circle_of_judgements_is_one_thing() -> None:
    circle = [judged("a", "b"), judged("b", "c"), judged("c", "a")]
    seen = reading(world(*circle, said("b", "memberOf", "guild"), **PEOPLE))
    assert seen.corpus.things.keys() & {"a", "b", "c"} == {"a"}
    assert seen.corpus.things["a"].also == ("b", "c")
    assert count(seen, "?x kg:memberOf :guild") == 1


def test_merging_a_person_with_a_company_warns() -> None:
    def codes(*judgements: dict[str, Any]) -> list[tuple[str, str]]:
        draft = CorpusDraft(
            reading(world(*judgements, **PEOPLE)).written, CORE, frozenset(), True, True,
            Day(2020, 1, 1),
        )  # fmt: skip
        found = [each for each in check_draft(draft) if each.rule.code == "KG313"]
        return [(each.rule.code, each.message.split(",")[0]) for each in found]

    assert codes(judged("a", "b"), judged("c", "firm")) == [("KG313", "'c'")]
    assert codes(judged("a", "b"), judged("b", "c")) == []


def test_commands_take_either_id(kg: Kg, tmp_path: Path, repository: Path) -> None:
    (tmp_path / "sources").mkdir()
    for folder in ("ontology", "queries"):
        shutil.copytree(repository / folder, tmp_path / folder)
    data = {**WORLD, "assertions": RENAMED, "actors": {**WORLD["actors"], **TWO_NAMES["actors"]}}
    (tmp_path / "sources/world.yaml").write_text(json.dumps(data))
    for arguments in (
        ("query", "claims", "--param", "speaker=ID"),
        ("why", "ID"),
        ("path", "ID", "alpha"),
        ("disputes", "--according-to", "ID"),
        ("timeline", "ID"),
        ("analyse", "--according-to", "ID"),
    ):
        one, other = (
            kg(*(each.replace("ID", id) for each in arguments), cwd=tmp_path).stdout
            for id in ("birmar", "mirmar")
        )
        assert one == other.replace("according to mirmar", "according to birmar"), arguments
        assert "irmar" in one, arguments


def lumen(*ids: str, other: str = "", **more: Any) -> Reading:
    """A company with ids of other registers, and perhaps another company with one."""
    actors: dict[str, Any] = {"lumen": {"type": "Company", "label": "Lumen", "ids": list(ids)}}
    if other:
        actors["works"] = {"type": "Company", "label": "Works", "ids": [other]}
    chief = said("ada", "chiefExecutiveOf", "lumen")
    actors["ada"] = {"type": "Person", "label": "Ada"}
    return reading(world(chief, *more.get("judgements", ()), actors=actors))


def findings(seen: Reading) -> list[tuple[str, str]]:
    draft = CorpusDraft(seen.written, CORE, frozenset(), True, True, Day(2020, 1, 1))
    found = [each for each in check_draft(draft) if each.rule.code in ("KG211", "KG212")]
    return [(each.rule.code, each.hint) for each in found]


def test_ids_of_other_registers_reach_the_graph_and_every_export() -> None:
    seen = lumen("wikidata:Q17", "lei:5493001KJTIIGC8Y1R12", "gb-coh:00102498", "isin:US0378331005")
    assert findings(seen) == []
    assert count(seen, ":lumen schema:identifier 'wikidata:Q17'") == 1
    wikidata = "<http://www.wikidata.org/entity/Q17>"
    assert count(seen, f":lumen skos:exactMatch {wikidata}") == 1
    assert count(seen, ":lumen skos:exactMatch ?x") == 3  # an ISIN has no IRI
    for format in (ExportFormat.CSV, ExportFormat.GRAPHML):
        assert b"wikidata:Q17; lei:5493001KJTIIGC8Y1R12" in export_reading(seen, format)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("wikidata:17", "its form is Q[1-9][0-9]*"),
        ("wikidata:q17", "did you mean wikidata:Q17?"),
        ("isni:0000 0001 2103 2683", "did you mean isni:0000000121032683?"),
        ("https://www.wikidata.org/wiki/Q17", "did you mean wikidata:Q17?"),
        ("https://orcid.org/0000-0002-1825-0097", "did you mean orcid:0000-0002-1825-0097?"),
        ("Wikidata:Q17", "did you mean 'wikidata'?"),
    ],
)
def test_an_id_of_a_wrong_form_says_how_it_is_written(written: str, hint: str) -> None:
    assert findings(lumen(written)) == [("KG211", hint)]


def test_an_id_that_two_things_share_is_told_unless_they_are_one() -> None:
    number = "gb-coh:00102498"
    assert [code for code, _ in findings(lumen(number, other=number))] == ["KG212"]
    same = said("lumen", "sameAs", "works", basis="editorial", note="a reason")
    merged = lumen(number, other=number, judgements=[same])
    assert findings(merged) == []
    assert [str(id) for id in merged.corpus.things["lumen"].ids] == [number]


def test_names_in_any_script_leave_unchanged() -> None:
    names = {"ar": "زيد بن حارث", "en": "Zayd al-Ansari", "ar-latn": "Zayd ibn Ḥārith"}
    people = {"zayd": {"type": "Person", "label": names}, "bo": {"type": "Person", "label": 'بع"מ'}}
    seen = reading(world(said("zayd", "meets", "bo"), actors=people))
    graphml = export_reading(seen, ExportFormat.GRAPHML).decode()
    assert all(f'attr.name="label_{tag}"' in graphml for tag in names)
    assert all(f">{name}</data>" in graphml for name in names.values())
    assert export_reading(seen, ExportFormat.CSV).startswith(b"id,")
    assert export_reading(seen, ExportFormat.CSV, safe=True).startswith(b"\xef\xbb\xbfid,")


KASMAR = {
    "type": "State",
    "label": {"en": "Kasmar", "ja": "カスマル"},
    "aliases": [
        {"name": "North Kasmund", "when": "1992/2003", "cite": {"article-1": ["3"]}},
        {"name": "Kasmar", "lang": "en", "when": "2003/.."},
        {"name": "北カスムント", "lang": "ja", "when": "1992/2003"},
        "the northerners",
    ],
}
SUCCESSION = [
    said("kasmund", "partyTo", "pact", when="1965/1992"),
    said("kasmar", "succeeds", "kasmund", when="1992"),
    said("kasmar", "partyTo", "pact", when="1993/.."),
]


def kasmund(lens: Lens | None = None) -> Reading:
    """The world of a state, its successor and that one's names, under a lens."""
    actors = {"kasmund": {"type": "State", "label": "Kasmund"}, "kasmar": KASMAR}
    return reading(world(*SUCCESSION, actors=actors), lens)


def parties(seen: Reading) -> set[str]:
    """The sentences on who is party, by what the lens lets through."""
    statements = (seen.statements[id] for id in seen.visible_corpus.assertions)
    return {each.sentence for each in statements if each.relation.name == "partyTo"}


@pytest.mark.parametrize(
    ("year", "sentences"),
    [
        (1980, {"Kasmund is party to Pact"}),
        (1999, {"North Kasmund is party to Pact"}),
        (2010, {"Kasmar is party to Pact"}),
    ],
)
def test_a_day_has_its_own_states_under_their_names_of_the_day(
    year: int, sentences: set[str]
) -> None:
    assert parties(kasmund(Lens(true_on=Day(year, 6, 1)))) == sentences


def test_the_names_of_a_day_stand_in_every_language_and_the_others_are_aliases() -> None:
    then = kasmund(Lens(true_on=Day(1999, 6, 1)))
    assert count(then, ":kasmar rdfs:label 'North Kasmund', '北カスムント'@ja") == 1
    assert count(then, ":kasmar rdfs:label ?name") == 2
    assert count(then, ":kasmar skos:altLabel 'Kasmar'@en, 'カスマル'@ja, 'the northerners'") == 1
    now = kasmund()
    assert count(now, ":kasmar rdfs:label 'Kasmar'@en, 'カスマル'@ja") == 1
    assert count(now, "?n kg:nameOf :kasmar ; kg:writtenAs 'North Kasmund' ; kg:when ?when") == 1


def test_in_the_year_of_a_change_a_thing_keeps_its_label() -> None:
    assert kasmund(Lens(true_on=Day(2003, 6, 1))).corpus.things["kasmar"].label == "Kasmar"


def test_a_label_that_was_not_yet_in_use_yields_to_a_name_that_possibly_was() -> None:
    def label(when: str, year: int) -> str:
        aliases = [{"name": "Old", "when": when}, {"name": "New", "when": "2003/.."}]
        actors = {"town": {"type": "Company", "label": "New", "aliases": aliases}}
        seen = reading(world(said("town", "opposes", "row"), actors=actors))
        return as_named_on(seen.corpus, Day(year, 6, 1)).things["town"].label

    assert label("1992?/1999", 1995) == "Old"
    assert label("1992/1999", 2001) == "New"
    assert label("1992/..", 2010) == "New"


def dissolved(**fields: Any) -> list[dict[str, Any]]:
    """A state that is party and has a member of a body, and the report that it was dissolved."""
    return [
        said("kasmund", "partyTo", "pact", when="1965/..", cite={"article-2": ["1"]}),
        said("beta", "partyTo", "pact", when="1965/..", cite={"article-2": ["1"]}),
        said("kasmund", "partyTo", "pact", id="claimed", when="1965/..", according_to="gamma"),
        said("kasmund", "becomes", "dissolved", id="end", when="1992", **fields),
    ]


@pytest.mark.parametrize("year", [1980, 2001])
def test_nothing_of_a_body_holds_after_its_end(year: int) -> None:
    lens = Lens(true_on=Day(year, 6, 1))
    actors = {"kasmund": {"type": "State", "label": "Kasmund"}}
    ended, alive = (
        reading(world(*assertions, actors=actors), lens).certainties.keys()
        for assertions in (dissolved(), dissolved()[:-1])
    )
    assert alive - ended == ({"kasmund-partyTo-pact"} if year > 1992 else set())
    assert {"beta-partyTo-pact", "claimed"} <= ended


def test_a_claimed_end_of_a_body_ends_nothing() -> None:
    actors = {"kasmund": {"type": "State", "label": "Kasmund"}}
    claimed = world(*dissolved(according_to="beta"), actors=actors)
    [when] = {
        reading(claimed, lens).statements["kasmund-partyTo-pact"].assertion.when
        for lens in (Lens(), Lens(known_by=Day(2010, 3, 1)))
    }
    assert str(when and when.text) == "1965/.."
    believed = reading(claimed, Lens(according_to=("beta",)))
    when = believed.statements["kasmund-partyTo-pact"].assertion.when
    assert str(when and when.text) == "1965/1992"


def test_who_succeeds_inherits_nothing_that_is_not_reported() -> None:
    seen = kasmund(Lens(true_on=Day(1992, 6, 1)))
    assert count(seen, ":kasmar kg:succeeds :kasmund . :kasmund kg:succeededBy :kasmar") == 1
    assert "Kasmar is party to Pact" not in parties(seen)


def test_a_label_is_known_from_the_first_article_that_uses_it() -> None:
    aliases = [
        {"name": "Works", "cite": {"article-1": ["1"]}},
        {"name": "Lumen", "cite": {"article-2": ["1"]}},
    ]
    actors = {"lumen": {"type": "Company", "label": "Lumen", "aliases": aliases}}
    seen = world(said("lumen", "opposes", "row"), actors=actors)
    labels = [
        reading(seen, Lens(known_by=Day(2010, month, 2))).corpus.things["lumen"].label
        for month in (1, 2)
    ]
    assert labels == ["Works", "Lumen"]


def test_one_label_of_two_merged_ids_is_no_warning() -> None:
    def codes(*judgements: dict[str, Any]) -> set[str]:
        actors = {id: {"type": "State", "label": "Birmar"} for id in ("birmar", "mirmar")}
        told = (said(id, "opposes", "row") for id in actors)
        seen = reading(world(*judgements, *told, actors=actors)).written
        draft = CorpusDraft(seen, CORE, frozenset(), True, True, Day(2020, 1, 1))
        return {each.rule.code for each in check_draft(draft)} & {"KG204", "KG206"}

    assert codes() == {"KG204"}
    assert codes(judged("birmar", "mirmar")) == set()


def test_a_page_knows_the_label_of_each_time() -> None:
    thing = kasmund().corpus.things["kasmar"]
    assert labels_over_time(thing) == (
        (None, "Kasmar"),
        (Day(1992, 1, 1), "North Kasmund"),
        (Day(2003, 1, 2), "Kasmar"),
    )
    assert labels_over_time(kasmund().corpus.things["kasmund"]) == ()


def test_a_query_that_names_the_other_id_is_told_of_the_one_that_counts() -> None:
    seen = renamed()
    prefixes = seen.ontology.prefixes
    [note] = other_id_notes("SELECT ?p { :mirmar kg:partyTo ?p }", prefixes, seen.store)
    assert note == ":mirmar is another id of :birmar, which has what is said of it"
    for names in (":birmar kg:partyTo", "<part> ?q ?r . <http://a/\\u0041> ?s"):
        assert other_id_notes(f"SELECT ?p {{ {names} ?p }}", prefixes, seen.store) == ()


def test_a_claim_names_a_merged_thing_as_its_speaker_did() -> None:
    seen = reading(
        world(
            {**RENAMED[0], "note": "The notes of a clerk say so."},
            said("alpha", "pays", "mirmar", id="paid", according_to="alpha"),
            said("mirmar", "pays", "alpha", id="unpaid", according_to="alpha", negated=True),
            said("alpha", "pays", "mirmar", id="report", when="2001"),
            **TWO_NAMES,
        )
    )
    assert seen.statements["paid"].sentence == "Alpha says that Alpha pays Mirmar (Birmar)"
    assert (
        seen.statements["unpaid"].sentence == "Alpha says that Mirmar (Birmar) does not pay Alpha"
    )
    assert seen.statements["report"].sentence == "Alpha pays Birmar"
