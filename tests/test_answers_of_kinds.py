"""Saved queries on dossiers of other kinds: coaches and envoys, co-defendants, retracted books."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.files.scaffold import start_workspace
from kg.files.workspace import Workspace
from kg.query.folder import read_saved_queries
from kg.query.run import ask_store
from kg.query.saved import bind_parameters
from kg.reading import Reading, read

DOSSIER = """\
articles:
  wire: {title: Wire, publisher: press, originator: press, published: 2020-05-01}
  notice: {title: Notice, publisher: press, originator: press, published: 2021-05-01}
  book: {title: Book, publisher: press, originator: cam, published: 2020-01-01, type: book,
    retracted: {when: 2021-04-30, cite: {notice: [{page: 1}]}}}
actors:
  ann: {type: Person, label: Ann Rane}
  bob: {type: Person, label: Bob}
  cam: {type: Person, label: Cam}
  don: {type: Person, label: Don}
  eva: {type: Person, label: Eva}
  arden: {type: State, label: Arden}
  brell: {type: State, label: Brell}
  corvia: {type: State, label: Corvia}
  club: {type: Organization, label: Club}
  press: {type: MediaOrganization, label: Press}
things:
  speaker: {type: Office, label: Speaker of the Diet}
disputes:
  suit: {type: LegalCase, label: Suit}
assertions:
  - {id: coach, subject: ann, predicate: coachOf, object: club, cite: {wire: [{page: 1}]}}
  - {id: chair, subject: bob, predicate: holdsOffice, object: speaker, cite: {wire: [{page: 1}]}}
  - {id: envoy, subject: cam, predicate: accreditedTo, object: arden, cite: {wire: [{page: 1}]}}
  - {subject: ann, predicate: plaintiffIn, object: suit, cite: {wire: [{page: 2}]}}
  - {subject: bob, predicate: defendantIn, object: suit, cite: {wire: [{page: 2}]}}
  - {subject: cam, predicate: defendantIn, object: suit, cite: {wire: [{page: 2}]}}
  - {subject: don, predicate: meets, object: bob, cite: {wire: [{page: 2}]}}
  - {subject: don, predicate: meets, object: cam, cite: {wire: [{page: 2}]}}
  - {subject: ann, predicate: warns, object: eva, cite: {wire: [{page: 2}]}}
  - {subject: eva, predicate: meets, object: cam, cite: {wire: [{page: 2}]}}
  - {subject: cam, predicate: criticises, object: ann, cite: {wire: [{page: 2}]}}
  - {subject: cam, predicate: criticises, object: bob, cite: {wire: [{page: 2}]}}
  - {subject: corvia, predicate: mediatesBetween, object: [arden, brell], cite: {wire: [{page: 3}]}}
  - {id: wrong, subject: don, predicate: criticises, object: eva, cite: {book: [{page: 9}]}}
"""


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder: Path = tmp_path_factory.mktemp("kinds")
    start_workspace(folder, example=False)
    (folder / "sources" / "start-here.yaml").write_text(DOSSIER, "utf-8")
    seen = read(Workspace(folder))
    assert seen.exit_code == 0, seen.diagnostics
    return seen


def rows(seen: Reading, query: str, /, **given: str) -> list[tuple[Any, ...]]:
    saved = read_saved_queries(seen.workspace)[query]
    text = bind_parameters(saved, given, seen.ontology)
    found = ask_store(seen.store, text, seen.ontology.prefixes, query)
    return [tuple(getattr(t, "value", "").rpartition("/")[2] for t in row) for row in found.rows]


def test_coaches_envoys_and_holders_of_an_office_of_its_own_are_listed(dossier: Reading) -> None:
    assert {(row[0], row[2], row[3]) for row in rows(dossier, "offices")} == {
        ("ann", "is the coach of", "club"),
        ("bob", "holds the office of", "speaker"),
        ("cam", "is accredited to", "arden"),
    }
    assert [row[0] for row in rows(dossier, "offices", office="coachOf")] == ["ann"]


def test_between_sides_stands_who_is_none_and_both_directions_are_told(dossier: Reading) -> None:
    assert [row[1:6] for row in rows(dossier, "both-sides")] == [
        ("eva", "Ann Rane warns it", "ann", "meets Cam", "cam")
    ]


def test_who_mediates_stands_between(dossier: Reading) -> None:
    (row,) = rows(dossier, "third-parties", one="arden", other="brell")
    assert row[0] == "corvia"


def test_what_a_retracted_source_said_is_taken_back(dossier: Reading) -> None:
    (row,) = rows(dossier, "taken-back")
    assert (row[0], row[1], row[3], row[5:]) == (
        "cam",
        "don",
        "eva",
        ("2021-04-30", "notice", "wrong"),
    )


def test_a_label_is_a_name(dossier: Reading) -> None:
    assert [row[2] for row in rows(dossier, "names", name="Ann Rane")] == ["ann"]
    assert rows(dossier, "names", name="Ann Rane", article="wire") == []
