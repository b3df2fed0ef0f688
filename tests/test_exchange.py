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
    with pytest.raises(KgError, match="2 mistakes"):
        take(tmp_path / "a.jsonl", text, example, ", types: {Memo: Stat}, relations: {x: met}")
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


def test_what_a_bundle_revokes_or_tells_anew_is_not_taken(example: Reading, tmp_path: Path) -> None:
    def group(id: str, name: str, **more: Any) -> dict[str, Any]:
        return {"type": "intrusion-set", "id": f"intrusion-set--{id}", "name": name, **more}

    objects = [
        group("1", "Old", modified="2020-01-01T00:00:00Z"),
        group("1", "New", modified="2021-01-01T00:00:00Z"),
        group("1", "Oldest", modified="2019-01-01T00:00:00Z"),
        group("2", "Gone", revoked=True),
        {"type": "größe", "id": "größe--1", "name": "Grand"},
    ]
    bundle = {"type": "bundle", "id": "bundle--1", "objects": objects}
    text = json.dumps(bundle, ensure_ascii=False)
    types = ", types: {intrusion-st: Group, größe: Group}"
    records, told = take(tmp_path / "a.json", text, example, types)
    made: Any = records.sections["actors"]
    assert [each["label"] for each in made.values()] == ["New", "Grand"]
    assert told.rows == 5
    assert told.left_out["earlier version of an object"] == 2
    assert told.left_out["intrusion-set that was revoked"] == 1
    assert told.idle == ["map.yaml:2:3: nothing in a.json is called 'intrusion-st' (types)"]


def test_an_entity_in_several_lines_is_one_and_an_end_that_is_no_date_is_unknown(
    example: Reading, tmp_path: Path
) -> None:
    text = lines(
        entity("roe", "Person", name="Jane Roe"),
        entity("roe", "Person", alias="J. Roe"),
        entity("mill", "Company", name="Mill"),
        entity("o", "Ownership", owner="roe", asset="mill", startDate="2001", endDate="soon"),
        entity("p", "Ownership", owner="roe", asset="mill", startDate="2001"),
    )
    records, told = take(tmp_path / "a.jsonl", text, example, ", ids: {Mil: japan}")
    made: Any = records.sections["actors"]
    assert made["roe"]["aliases"] == ["J. Roe"]
    assert [each["when"] for each in records.assertions] == ["2001/", "2001/.."]
    assert told.left_out["value that is no date"] == 1
    assert sum(told.left_out.values()) == 2
    assert told.idle == ["map.yaml:2:3: nothing in a.jsonl is called 'Mil' (ids)"]


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


def test_what_wikidata_deprecates_does_not_know_or_qualifies_is_no_fact(
    example: Reading, tmp_path: Path
) -> None:
    ended = statement("Q17", P580=("+2001-01-01T00:00:00Z", 11))
    ended["qualifiers"]["P582"] = [{"snaktype": "somevalue"}]
    ended["qualifiers"]["P1310"] = [{"datavalue": {"value": {"id": "Q42"}}}]
    going_on = statement("Q17", P580=("+1990-00-00T00:00:00Z", 8))
    going_on["qualifiers"]["P582"] = [{"snaktype": "novalue"}]
    century = statement("Q17", P580=("+1801-00-00T00:00:00Z", 7), P582=("+1950-00-00T00:00:00Z", 9))
    seen = statement("Q17", P580=("+2001-01-01T00:00:00Z", 9), P585=("+2005-01-01T00:00:00Z", 9))
    claims = {
        "P31": [statement("Q6256", rank="deprecated"), statement("Q5")],
        "P214": [statement("113230702", rank="deprecated")],
        "P27": [ended, going_on, century, seen],
    }
    text = json.dumps({"entities": {"Q1": item("Q1", **claims)}})
    records, told = take(tmp_path / "a.json", text, example)
    person: Any = records.sections["actors"]["Q1"]
    assert (person["type"], person["ids"]) == ("Person", ["wikidata:Q1"])
    times = [each["when"] for each in records.assertions]
    assert times == ["2001-01-01/", "199X/..", "/1950", "2001/.."]
    notes = [str(each["note"]).partition("reviewed.")[2] for each in records.assertions]
    assert notes == [" Wikidata qualifies it: P1310 Q42.", "", "", ""]
    assert (told.left_out["qualifier P1310"], told.left_out["qualifier P585"]) == (1, 1)
    assert told.left_out["time less exact than ten years"] == 1


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


def test_bibliographies_of_one_map_may_name_one_publisher(example: Reading, tmp_path: Path) -> None:
    for name in ("a", "b"):
        text = f"@book{{{name}, title={{T}}, publisher={{The Press}}}}"
        (tmp_path / f"{name}.bib").write_text(text)
    plan = read_map("map.yaml", b"files:\n  a.bib: {}\n  b.bib: {}\n")
    world = World(example.ontology, Corpus(), Ledger("ids"), ConvertedRecords())
    first, second = import_files(plan, tmp_path, world)
    assert (first.records["actors"], second.records["actors"]) == (1, 0)
    assert world.records.sections["actors"].keys() == {"the-press"}


def test_an_entry_inherits_from_its_book_and_invents_no_actor(
    example: Reading, tmp_path: Path
) -> None:
    text = (
        '@string{j = "Water"}\n@proceedings{c, title={Rivers}, date={1999/2001}, publisher={P}, '
        "doi={10.1234/c}, url={https://example.org/c}}\n"
        "@inproceedings{a, crossref={C}, title={Lakes}, author={Roe, Jane and others}}\n"
        '@article{b, title={B}, journal="Acta of " # j # { 2}, author={Roe, Jane}}\n'
        "@misc{d, title={D}, author={Roe, Jane}, howpublished={\\url{https://example.org/a_b}}}\n"
    )
    records, told = take(tmp_path / "a.bib", text, example)
    articles: Any = records.sections["articles"]
    assert (articles["a"]["publisher"], articles["a"]["published"]) == (["p"], "1999/2001")
    assert "in Rivers" in articles["a"]["note"]
    assert articles["a"].keys().isdisjoint({"url", "doi"})  # those are the book's
    assert articles["b"]["publisher"] == ["acta-of-water-2"]
    assert (articles["d"]["publisher"], articles["d"]["url"]) == (
        ["jane-roe"],
        "https://example.org/a_b",
    )
    assert records.sections["actors"].keys() == {"p", "jane-roe", "acta-of-water-2"}
    assert not told.left_out


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
