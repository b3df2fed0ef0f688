"""The converters of real records (benchmarks/), on a slice of each: a workspace without errors
that answers as the tables do.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import REPOSITORY, shared_path

import kg

sys.path.insert(0, str(REPOSITORY / "benchmarks"))
import convert_attack
import convert_uk_treaties
from conversion import Converter, write_workspace


def converted(converter: Converter, folder: Path) -> kg.Graph:
    count = write_workspace(converter, folder)
    graph = kg.load(folder)
    assert len(graph.corpus.assertions) == count
    assert not [each for each in graph.diagnostics if each.is_error]
    return graph


@pytest.fixture(scope="module")
def treaties() -> convert_uk_treaties.Treaties:
    return convert_uk_treaties.Treaties(shared_path("data/uk_treaties"), limit=60)


@pytest.fixture(scope="module")
def attack() -> convert_attack.Attack:
    return convert_attack.Attack(shared_path("data/attack"), limit=100)


def test_treaties_are_counted_by_type_and_parties_by_name(
    treaties: convert_uk_treaties.Treaties, tmp_path: Path
) -> None:
    graph = converted(treaties, tmp_path / "treaties")
    types = Counter(row["type"] for row in treaties.treaties)
    assert convert_uk_treaties.answer(graph, "UK01") == [
        len(treaties.treaties),
        types["BI"],
        types["MULTI"],
        types[""],
    ]
    names = {row["party"] for row in treaties.parties}
    assert convert_uk_treaties.answer(graph, "UK02") == (len(names), len(treaties.parties))


def test_relationships_keep_their_kinds_and_their_sources(
    attack: convert_attack.Attack, tmp_path: Path
) -> None:
    graph = converted(attack, tmp_path / "attack")
    kinds = Counter(row["type"] for row in attack.relationships)
    answered = convert_attack.answer(graph, "AT02")
    assert answered == {kind: kinds[kind] for kind in convert_attack.RELATIONS}
    cited = Counter(
        name
        for row in attack.relationships
        for name in attack.cited[row["stix_id"]]
        if row["type"] in ("uses", "mitigates", "attributed-to")
    )
    most = sorted(cited.items(), key=lambda each: (-each[1], each[0]))[:10]
    assert convert_attack.answer(graph, "AT09") == most


def test_an_attribution_is_a_claim_and_a_revoked_group_is_the_one_in_its_place(
    tmp_path: Path,
) -> None:
    attack = convert_attack.Attack(shared_path("data/attack"))
    attack.relationships = [
        row
        for row in attack.relationships
        if row["source"].startswith(("campaign", "intrusion-set"))
        and row["type"] in ("attributed-to", "revoked-by")
    ]
    attack.keep_what_is_related()
    graph = converted(attack, tmp_path / "attack")
    attributions = graph.query(convert_attack.QUERIES["AT03"])
    assert len(attributions) == 25
    assert not graph.query("SELECT ?c { ?c attack:attributedTo ?g }")
    revoked = 'SELECT ?name { ?g attack:listedAs "revoked", "live" ; rdfs:label ?name }'
    assert {"APT29", "Kimsuky"} <= {row["name"] for row in graph.query(revoked)}
