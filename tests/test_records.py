"""The maps of real records (benchmarks/records): what they make is what the tables count."""

from __future__ import annotations

import csv
import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

from conftest import REPOSITORY, shared_path

from kg.sources.tables.convert import Conversion
from kg.sources.tables.ledger import Ledger
from kg.sources.tables.map_file import read_map


def convert(name: str, data: Path) -> Conversion:
    """What the map of a record makes of its tables, run."""
    text = (REPOSITORY / "benchmarks" / "records" / name / "map.yaml").read_bytes()
    made = Conversion(read_map("map.yaml", text), data, Ledger("ids"))
    made.run()
    return made


def test_attack_comes_in_whole_with_its_sources_and_attributions_are_claims() -> None:
    data = shared_path("data/attack")
    made = convert("attack", data)
    questions = json.loads((data / "questions_open.json").read_text("utf-8"))["questions"]
    right = {each["id"]: each["answer"] for each in questions}
    said: list[Any] = made.records.assertions
    relations = Counter(each["predicate"] for each in said)
    names = ("employs", "mitigates", "detects", "subtechniqueOf", "revokedBy", "attributedTo")
    assert [relations[name] for name in names] == list(right["AT02"].values())
    speakers = {str(each.get("according_to")) for each in said if "id" in each}
    assert speakers == {"None", "mitre"}
    assert sum("according_to" in each for each in said) == relations["attributedTo"] == 25
    sections: Any = made.records.sections
    lazarus = next(each for each in sections["actors"].values() if each["label"] == "Lazarus Group")
    assert {"HIDDEN COBRA", "NICKEL ACADEMY"} <= set(lazarus["aliases"])
    articles = set(sections["articles"])
    cited = {article for each in said for article in each["cite"]}
    assert cited <= articles
    sources = Counter(article for each in said if "id" in each for article in each["cite"])
    assert max(sources.values()) >= right["AT09"][0][1]


def test_treaties_have_their_types_parties_and_stages(tmp_path: Path) -> None:
    data = shared_path("data/uk_treaties")
    heads = {}
    for name in ("treaties", "parties", "citations"):
        with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            heads[name] = list(itertools.islice(csv.DictReader(file), 200))
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads[name][0])
            writer.writeheader()
            writer.writerows(heads[name])
    made = convert("uk_treaties", tmp_path)
    pacts: Any = made.records.sections["pacts"]
    types = Counter(row["type"] for row in heads["treaties"])
    assert Counter(each["type"] for each in pacts.values()) == {
        "BilateralTreaty": types["BI"],
        "MultilateralTreaty": types["MULTI"],
    }
    said: list[Any] = made.records.assertions
    assert sum(each["predicate"] == "partyTo" for each in said) == 200
    stages = Counter(each["object"] for each in said if each["predicate"] == "becomes")
    columns = {"signed": "signed", "eif": "in-force", "terminated": "terminated"}
    for column, stage in columns.items():
        assert stages[stage] == sum(bool(row[column]) for row in heads["treaties"])
