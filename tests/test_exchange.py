"""Files of other programs as sources: what they hold comes in with ids, names, ties and dates, and
what cannot is counted.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pictures import read_example

from kg.diagnostics import KgError
from kg.export.actors import facts_of_actors
from kg.export.formats import ExportFormat
from kg.export.write import export_reading
from kg.model.corpus import Corpus
from kg.reading import Reading
from kg.sources.exchange.doors import import_files
from kg.sources.exchange.harvest import World
from kg.sources.tables.convert import ConvertedRecords, ImportCounts
from kg.sources.tables.ledger import Ledger
from kg.sources.tables.map_file import read_map
from kg.status.lens import Lens


@pytest.fixture(scope="module")
def example() -> Reading:
    """The example, without a lens."""
    return read_example().under(Lens())


ARTICLE = "article: {publisher: desk, originator: desk}"


def take(
    file: Path, text: str | bytes, example: Reading, more: str = "", ledger: Ledger | None = None
) -> tuple[ConvertedRecords, ImportCounts]:
    """What a map with one file makes of it, in a workspace that has the example's things."""
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    plan = read_map("map.yaml", f"files:\n  {file.name}: {{{ARTICLE}{more}}}\n".encode())
    world = World(example.ontology, example.corpus, ledger or Ledger("ids"), ConvertedRecords())
    (told,) = import_files(plan, file.parent, world)
    return world.records, told


def lines(*entities: Any) -> str:
    """JSON lines."""
    return "".join(f"{json.dumps(each)}\n" for each in entities)


def entity(id: str, schema: str, **properties: str) -> dict[str, Any]:
    """An entity of FollowTheMoney."""
    texts = {name: [value] for name, value in properties.items()}
    return {"id": id, "schema": schema, "properties": texts}


@pytest.mark.parametrize("format", [ExportFormat.FTM, ExportFormat.STIX])
def test_what_was_exported_comes_back_with_names_ids_classes_and_ties(
    example: Reading, tmp_path: Path, format: ExportFormat
) -> None:
    records, told = take(tmp_path / "a.json", export_reading(example, format), example)
    actors = example.visible_corpus.actors
    made: Any = records.sections["actors"]
    assert {id: (each["label"], each["type"]) for id, each in made.items()} == {
        id: (thing.label, thing.type.id) for id, thing in actors.items()
    }
    if format is ExportFormat.FTM:
        aliases = {id: {each["label"], *each.get("aliases", ())} for id, each in made.items()}
        assert aliases == {
            id: {thing.label, *(alias.name.text for alias in thing.aliases)}
            for id, thing in actors.items()
        }
    facts = {each.id: each for each in facts_of_actors(example)}
    back: Any = {each["id"]: each for each in records.assertions}
    assert {id: (a["subject"], a["predicate"], a["object"]) for id, a in back.items()} == {
        id: (s.assertion.subject.id, s.assertion.predicate.id, s.object.id)
        for id, s in facts.items()
    }
    assert set(told.left_out) <= {
        "property publisher",
        "property sourceUrl",
        "object of the type report, which 'types:' does not name",
    }


def test_the_same_file_gives_the_same_ids_however_it_grows(
    example: Reading, tmp_path: Path
) -> None:
    one, two = entity("x/1", "Person", name="Jane Roe"), entity("x/2", "Person", name="Jane Roe")
    ledger = Ledger("ids")
    first, _ = take(tmp_path / "a.jsonl", lines(one), example, ledger=ledger)
    again = Ledger("ids", ledger.data())
    second, _ = take(tmp_path / "a.jsonl", lines(two, one), example, ledger=again)
    assert list(first.sections["actors"]) == ["jane-roe"]
    assert list(second.sections["actors"]) == ["jane-roe-2", "jane-roe"]
    assert again.data().startswith(ledger.data())


def test_ties_of_entities_are_cited_to_their_line_with_their_id(
    example: Reading, tmp_path: Path
) -> None:
    text = lines(
        entity("roe", "Person", name="Jane Roe", wikidataId="Q1", birthDate="1950"),
        entity("mill", "Company", name="The Mill", leiCode="no lei"),
        entity("o1", "Ownership", owner="roe", asset="mill", percentage="51", startDate="2001-05"),
        entity("d1", "Directorship", director="roe", organization="mill", endDate="2009"),
        entity("u1", "UnknownLink", subject="roe", object="mill", role="works for"),
        entity("u2", "UnknownLink", subject="roe", object="mill", role="haunts"),
        entity("u3", "Family", person="roe", relative="mill"),
        entity("u4", "Membership", member="roe", organization="nobody"),
        entity("v", "Vessel", name="Swift"),
    )
    records, told = take(tmp_path / "a.jsonl", f"\n{text}", example)
    actors: Any = records.sections["actors"]
    assert actors["roe"]["ids"] == ["wikidata:Q1"]
    share, post, work = records.assertions
    assert share == {
        "subject": "roe",
        "predicate": "ownsShareIn",
        "object": "mill",
        "when": "2001-05/..",
        "with": {"share": "51 %"},
        "cite": {"a": [{"p": "3", "quote": "o1"}]},
    }
    assert (post["predicate"], post["when"]) == ("holdsPositionIn", "../2009")
    assert work["predicate"] == "worksFor"
    assert told.left_out == {
        "property birthDate": 1,
        "id that lei cannot have": 1,
        "tie that no relation is called after: haunts (say it in 'relations:')": 1,
        "tie that the ontology does not allow: Person relatedTo Company": 1,
        "tie to what is not here": 1,
        "entity of the schema Vessel, which 'types:' does not name": 1,
    }


def test_the_map_says_what_words_of_others_mean_here(example: Reading, tmp_path: Path) -> None:
    text = lines(
        entity("q", "PublicBody", name="Japan"),
        entity("m", "Memo", name="Seoul"),
        entity("u", "UnknownLink", subject="q", object="m", role="talks to"),
    )
    more = ", ids: {Japan: japan, m: south-korea}, types: {Memo: State}"
    more += ", relations: {talks to: meets}"
    records, told = take(tmp_path / "a.jsonl", text, example, more)
    assert "actors" not in records.sections
    (said,) = records.assertions
    assert (said["subject"], said["predicate"], said["object"]) == ("japan", "meets", "south-korea")
    assert told.left_out == {"meant what the workspace has (ids)": 2}
    for wrong in ("ids: {Japan: jpan}", "types: {Memo: Stat}", "relations: {x: met}"):
        with pytest.raises(KgError, match=r"map\.yaml:2:3") as raised:
            take(tmp_path / "a.jsonl", text, example, f", {wrong}")
        assert raised.value.hint


def test_a_bundle_gives_groups_and_ties_by_their_types(example: Reading, tmp_path: Path) -> None:
    bundle = {
        "type": "bundle",
        "id": "bundle--1",
        "objects": [
            {"type": "intrusion-set", "id": "intrusion-set--1", "name": "APT", "aliases": ["A"]},
            {"type": "identity", "id": "identity--1", "name": "Co", "identity_class": "system"},
            {"type": "identity", "id": "identity--2", "name": "Co", "identity_class": "unknown"},
            {"type": "malware", "id": "malware--1", "name": "Bug"},
            {
                "type": "relationship",
                "id": "relationship--1",
                "relationship_type": "located-in",
                "source_ref": "intrusion-set--1",
                "target_ref": "identity--2",
            },
            {
                "type": "relationship",
                "id": "relationship--2",
                "relationship_type": "works-with",
                "source_ref": "intrusion-set--1",
                "target_ref": "identity--2",
                "start_time": "2019-11-15T00:00:00Z",
            },
        ],
    }
    more = ", relations: {works-with: meets}"
    text = json.dumps(bundle, indent=1)
    records, told = take(tmp_path / "a.json", text, example, more)
    actors: Any = records.sections["actors"]
    assert actors["apt"] == {"type": "Group", "label": "APT", "aliases": ["A"]}
    (said,) = records.assertions
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "relationship--2" in each)
    assert said["cite"] == {"a": [{"p": str(line), "quote": "relationship--2"}]}
    assert (said["subject"], said["object"], said["when"]) == ("apt", "co", "2019-11-15")
    assert told.rows == 6
    assert sum(told.left_out.values()) == 3


def item(id: str, **claims: Any) -> dict[str, Any]:
    """An item of Wikidata."""
    label = {"language": "en", "value": f"Item {id}"}
    return {"id": id, "labels": {"en": label}, "aliases": {"en": [label]}, "claims": claims}


def statement(value: Any, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    """A statement with times as qualifiers."""
    value = {"id": value} if isinstance(value, str) and value[0] == "Q" else value
    times = {
        name: [{"datavalue": {"value": {"time": time, "precision": precision}}}]
        for name, (time, precision) in qualifiers.items()
    }
    return {"mainsnak": {"datavalue": {"value": value}}, "rank": rank, "qualifiers": times}


def test_an_item_of_wikidata_gives_drafts_with_dates(example: Reading, tmp_path: Path) -> None:
    office = statement("Q9", P580=("+2012-12-26T00:00:00Z", 11), P582=("+2020-09-00T00:00:00Z", 10))
    caesar = statement("Q9", P580=("-0044-03-15T00:00:00Z", 9))
    claims = {
        "P31": [statement("Q5")],
        "P214": [statement("113230702"), statement("no viaf")],
        "P39": [office, caesar, statement("Q9", rank="deprecated")],
        "P570": [statement({"time": "x"})],
        "P27": [statement("Q17")],
    }
    data = {"entities": {"Q132345": item("Q132345", **claims), "Q9": item("Q9")}}
    records, told = take(tmp_path / "a.json", json.dumps(data), example, ", types: {Q9: Office}")
    person: Any = records.sections["actors"]["Q132345"]
    assert person["type"] == "Person"
    assert person["ids"] == ["wikidata:Q132345", "viaf:113230702"]
    assert person["label"] == {"en": "Item Q132345"}
    assert all("not reviewed" in str(each["note"]) for each in records.assertions)
    held = [each for each in records.assertions if each["predicate"] == "holdsOffice"]
    assert [each["when"] for each in held] == ["2012-12-26/2020-09", "-0043/.."]
    assert all(each["confidence"] == "low" for each in held)
    assert told.left_out == {
        "statement that Wikidata deprecates": 1,
        "statement of a property that 'relations:' does not name": 3,
    }


def test_sources_come_with_those_who_publish_and_write_them(
    example: Reading, tmp_path: Path
) -> None:
    text = (
        "@article{k1, entrysubtype={newspaper}, title={A}, journal={Kyodo}, author={Roe, Jane}}\n"
        "@book{k2, title={B}, publisher={The Press}, author={Roe, Jane}, keywords={x}}\n"
        "@misc{k3, title={C}}\n@misc{k4, publisher={P}}\n"
    )
    records, told = take(tmp_path / "a.bib", text, example)
    articles: Any = records.sections["articles"]
    assert (articles["k1"]["publisher"], articles["k1"]["originator"]) == (["kyodo"], ["kyodo"])
    assert articles["k2"]["publisher"] == ["the-press"]
    assert articles["k2"]["originator"] == ["jane-roe"]
    actors: Any = records.sections["actors"]
    assert {id: each["type"] for id, each in actors.items()} == {
        "the-press": "Organization",
        "jane-roe": "Person",
    }
    assert told.rows == 4
    assert told.left_out == {
        "field BibTeX keywords": 1,
        f"entry without publisher and author, as {tmp_path / 'a.bib'}:3": 1,
        f"entry without a title, as {tmp_path / 'a.bib'}:4": 1,
    }


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.jsonl", '{"id": "a", "schema": "Person", "properties": {}}\n{"id": 1}\n', ":2: this"),
        (
            "a.jsonl",
            '{"id": "a", "schema": "Person", "properties": {}}\n{\n',
            ":2: this is no JSON",
        ),
        ("a.jsonl", '{"schema": "\\ud800", "id": "a", "properties": {}}', ":1: a text holds"),
        ("a.jsonl", '{"schema": ' + "[" * 100_000, ":1: lists and objects are nested too deeply"),
        ("a.jsonl", b'{"schema": "\xe9"}', ":1: this line is not UTF-8"),
        (
            "a.json",
            '{"spec_version": 1, "objects": [{"id": "x"}]}',
            ":1: this is no object of STIX",
        ),
        ("a.json", '{"spec_version": 1, "objects": [\n5]}', ":2: this is no object of STIX"),
        ("a.json", '{"entities": []}', ":1: this is no item of Wikidata"),
        ("a.json", '{"entities": {"Q1": {"id": "Q1x"}}}', "this is no item of Wikidata"),
        ("a.json", "5", "no format that is known"),
        ("a.doc", "5", "no format that is known"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(
    example: Reading, tmp_path: Path, name: str, text: str | bytes, message: str
) -> None:
    with pytest.raises(KgError) as raised:
        take(tmp_path / name, text, example)
    assert message in str(raised.value)
    assert raised.value.hint


@pytest.mark.parametrize(
    "text",
    [
        lines(entity("a", "Person"), {"id": "b", "schema": "Person", "properties": {"name": [5]}}),
        lines(entity("a", "Ownership"), entity("b", "Family", person="a", relative="a")),
        json.dumps({"objects": [{"id": "bundle--1", "type": "relationship"}] * 2}),
        json.dumps({"objects": [{"id": "bundle--1", "type": "identity", "labels": 5, "name": []}]}),
        json.dumps({"entities": {"Q1": {"id": "Q1", "labels": [], "claims": {"P39": [5, {}]}}}}),
        json.dumps({"id": "Q1", "claims": {"P39": {"x": 1}, "P27": [{"mainsnak": []}]}}),
        json.dumps([{"id": "a", "type": "book", "author": {}, "issued": [], "title": 5}]),
    ],
)
def test_values_of_another_shape_are_left_out_and_counted(
    example: Reading, tmp_path: Path, text: str
) -> None:
    records, told = take(tmp_path / "a.json", text, example)
    assert not records.assertions
    assert told.rows
    assert told.left_out or told.records


def test_a_file_without_a_publisher_says_what_to_write(example: Reading, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(entity("a", "Person", name="A")))
    plan = read_map("map.yaml", b"files:\n  a.jsonl: {}\n")
    world = World(example.ontology, Corpus(), Ledger("ids"), ConvertedRecords())
    with pytest.raises(KgError, match=r"map\.yaml:2:3: .*publisher") as raised:
        import_files(plan, tmp_path, world)
    assert "publisher: ID" in raised.value.hint
