"""Sources of every kind: what they are cited by, who wrote them, and how many they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Kg
from readings import CORE, reading, said, world

from kg.checks import Draft, check
from kg.dates import Day
from kg.locators import Locator, Unit, enumerate_places, in_order, paragraph
from kg.sources.loader import load
from kg.status.lens import Lens
from kg.workspace import SourceFile

TODAY = Day(2026, 11, 28)


def source(**fields: Any) -> dict[str, Any]:
    """A source by the press, of 2010."""
    usual = {
        "title": "Talk",
        "publisher": "press",
        "originator": "press",
        "published": "2010-01-01",
    }
    return {name: value for name, value in (usual | fields).items() if value is not None}


def found(sections: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What is wrong with a world: code, message and hint of each."""
    text = json.dumps(sections, indent=1, ensure_ascii=False)
    loaded = load([SourceFile("sources/w.yaml", text.encode())], CORE)
    is_sound = not any(problem.is_error for problem in loaded.diagnostics)
    draft = Draft(loaded.corpus, CORE, loaded.broken, loaded.complete, is_sound, TODAY)
    problems = [*loaded.diagnostics, *check(draft)]
    names = ("KG207", "KG208")
    return [(p.rule.code, p.message, p.hint) for p in problems if p.rule.code not in names]


def cited(places: Any, **fields: Any) -> dict[str, Any]:
    """A world in which a source without a text is cited so."""
    signed = said("alpha", "signed", "pact", cite={"talk": places})
    return world(signed, articles={"talk": source(**fields)})


# Places


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"page": "12"}, "page 12"),
        ({"page": "iv-vi"}, "pages iv-vi"),
        ({"page": "112-114"}, "pages 112-114"),
        ({"folio": "109v"}, "folio 109v"),
        ({"section": "3.2"}, "section 3.2"),
        ({"time": "00:12:28"}, "at 00:12:28"),
        ({"time": "1:02:03-1:04:10"}, "at 1:02:03-1:04:10"),
        ({"line": "4"}, "line 4"),
        ({"row": "17"}, "row 17"),
        ({"chapter": "5", "book": "2"}, "book 2, chapter 5"),
        ({"article": "5"}, "article 5"),
        ({"section": "A-1"}, "section A-1"),
        ("whole", "as a whole"),
    ],
)
def test_a_source_without_a_text_is_cited_by_its_own_places_as_written(
    place: Any, words: str
) -> None:
    seen = cited([place], published=None)
    assert found(seen) == []
    statement = reading(seen).statements["alpha-signed-pact"]
    assert [each.locator.words for each in statement.places] == [words]
    assert words in statement.cited


@pytest.mark.parametrize(
    ("place", "code", "hint"),
    [
        ({"time": "12 minutes"}, "KG421", 'as in {time: "00:12:28"}'),
        ({"time": "1:99"}, "KG421", 'as in {time: "00:12:28"}'),
        ({"page": "114-112"}, "KG421", "as in {page: 12}"),
        ({"page": "vi-iv"}, "KG421", "as in {page: 12}"),
        ({"row": "seventeen"}, "KG421", "as in {row: 4}"),
        ({"p": "1", "page": "2"}, "KG111", "delete 'p'"),
        ({"quote": "words"}, "KG102", "as in {page: 12}"),
        ("00:12:28", "KG106", 'did you mean {time: "00:12:28"}?'),
        ("12r", "KG106", "did you mean {folio: 12r}?"),
        ("pp. 112-114", "KG106", "did you mean {page: 112-114}?"),
        ("iv", "KG106", "did you mean {page: iv}?"),
    ],
)
def test_a_place_that_is_none_has_a_hint_that_keeps_its_meaning(
    place: Any, code: str, hint: str
) -> None:
    ((first, _, said_hint),) = found(cited([place]))
    assert first == code
    assert hint in said_hint


def test_paragraphs_need_the_text_that_they_are_counted_in_and_nothing_else_does() -> None:
    ((code, message, hint),) = found(cited(["3"]))
    assert code == "KG102"
    assert "'paragraphs' and 'text_sha256'" in message
    assert "{page: 12}" in hint
    assert found(cited(["3"], paragraphs="4", text_sha256="a" * 64)) == []
    assert found(cited([{"page": "3"}], paragraphs="4", text_sha256="a" * 64)) == []


def test_places_stand_in_the_order_of_their_source() -> None:
    pages = [Locator(((Unit.PAGE, value),)) for value in ("112", "9", "ix", "iv-vi", "12a", "12")]
    values = [locator.steps[0][1] for locator in in_order([*pages, pages[0]])]
    assert values == ["iv-vi", "ix", "9", "12", "12a", "112"]
    assert enumerate_places([paragraph(2), pages[1], paragraph(5)]) == "paragraphs 2, 5; page 9"


def test_a_place_of_a_recording_is_a_media_fragment_in_the_graph() -> None:
    seen = reading(cited([{"time": "1:02:03-1:04:10", "quote": "we signed"}], type="video"))
    lines = [
        str(quad) for quad in seen.quads if "citation/alpha-signed-pact-1" in str(quad.subject)
    ]
    text = "\n".join(lines)
    assert '"t=3723,3850"' in text
    assert "<http://www.w3.org/TR/media-frags/>" in text
    assert '<http://www.w3.org/ns/oa#exact> "we signed"' in text
    assert '"at 1:02:03-1:04:10"' in text
    types = [str(q.object) for q in seen.quads if str(q.subject).endswith("article/talk>")]
    assert "<https://schema.org/VideoObject>" in types


# Types


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("podcast", "did you mean 'audio'?"),
        ("tweet", "did you mean 'post'?"),
        ("Judgment", "did you mean 'legal-case'?"),
        ("reprot", "did you mean 'report'?"),
        ("zzz", "one of: article, "),
    ],
)
def test_a_type_that_is_not_known_gets_the_word_for_what_is_meant(word: str, hint: str) -> None:
    ((code, _, said_hint),) = found(cited([{"page": "1"}], type=word))
    assert code == "KG420"
    assert hint in said_hint.replace("'" + word, "'")


def test_every_type_has_a_class_of_schema_org_and_a_type_of_csl() -> None:
    types = CORE.source_types
    assert {"article", "report", "book", "document", "post", "video", "audio"} <= set(types)
    for word, type in types.items():
        assert type.schema_class.startswith("https://schema.org/"), word
        assert type.csl_type, word
        assert type.label, word
        assert type.comment, word


# A source without a day


def test_a_source_without_a_day_is_known_on_any_and_is_listed() -> None:
    seen = cited([{"folio": "1r"}], published=None)
    early = reading(seen, Lens(known_by=Day(1000, 1, 1)))
    assert early.statements["alpha-signed-pact"].known_from is None
    assert "alpha-signed-pact" in early.corpus.assertions
    assert "talk" in early.corpus.articles


# Who wrote it


def wires(*pairs: tuple[str, Any]) -> dict[str, Any]:
    """A world with articles by these originators, all cited for one assertion."""
    articles = {
        id: source(originator=writers, paragraphs="3", text_sha256="abcdef"[n] * 64)
        for n, (id, writers) in enumerate(pairs, 1)
    }
    cite = {id: ["1"] for id, _ in pairs}
    media = {
        id: {"type": "MediaOrganization", "label": id} for id in ("wire-a", "wire-b", "wire-c")
    }
    return world(said("alpha", "signed", "pact", cite=cite), articles=articles, actors=media)


@pytest.mark.parametrize(
    ("articles", "count"),
    [
        ((("x", ["wire-a", "wire-b"]),), 1),
        ((("x", ["wire-a", "wire-b"]), ("y", "wire-b")), 1),
        ((("x", ["wire-a", "wire-b"]), ("y", "wire-c")), 2),
        ((("x", ["wire-a", "wire-b"]), ("y", ["wire-b", "wire-c"]), ("z", "wire-c")), 1),
        ((("x", "wire-a"), ("y", "wire-b")), 2),
    ],
)
def test_articles_that_share_an_originator_are_one_source(
    articles: tuple[tuple[str, Any], ...], count: int
) -> None:
    seen = reading(wires(*articles))
    assert found(wires(*articles)) == []
    assert seen.statements["alpha-signed-pact"].sources == count


def test_who_wrote_together_elsewhere_still_reports_on_their_own() -> None:
    seen = wires(("x", "wire-a"), ("y", "wire-b"), ("z", ["wire-a", "wire-b"]))
    seen["assertions"][0]["cite"].pop("z")
    seen["assertions"].append(said("beta", "signed", "pact", cite={"z": ["1"]}))
    assert reading(seen).statements["alpha-signed-pact"].sources == 2


# As a curator works

PODCAST = """\
articles:
  podcast-41: {type: audio, title: Harbour Talk, publisher: talk, originator: [talk, wire], published: 2022-02-02}
  prem-1987: {type: book, title: Ferries, publisher: talk, originator: talk, author: Aldo Prem, published: 1987}
actors:
  talk: {type: MediaOrganization, label: Harbour Talk}
  wire: {type: MediaOrganization, label: Wire}
  orlania: {type: State, label: Orlania}
pacts:
  ferry-accord: {type: Agreement, label: Ferry Accord}
assertions:
  - id: on-air
    subject: orlania
    predicate: signed
    object: ferry-accord
    when: 2021-03-14
    cite: {podcast-41: [{time: "00:12:28"}], prem-1987: [{page: 112-114}]}
"""


def test_a_recording_and_a_book_are_cited_shown_and_counted_as_not_verifiable(
    kg: Kg, tmp_path: Path
) -> None:
    kg("init", "w", cwd=tmp_path)
    folder, texts = tmp_path / "w", tmp_path / "texts"
    texts.mkdir()
    for file in (folder / "sources").glob("*.yaml"):
        file.unlink()
    (folder / "sources" / "case.yaml").write_text(PODCAST, "utf-8")
    assert "0 errors" in kg("check", cwd=folder).stdout
    why = kg("why", "on-air", cwd=folder).stdout
    assert "podcast-41, at 00:12:28: 'Harbour Talk' (Harbour Talk, by Harbour Talk and Wire" in why
    assert "prem-1987, pages 112-114" in why
    table = kg("export", "--format", "csv", cwd=folder).stdout
    assert "podcast-41 at 00:12:28; prem-1987 pages 112-114" in table
    verified = kg("verify", "--texts", str(texts), cwd=folder).stdout
    assert "2 citations: 0 verified (0 of them by their words), 2 not verifiable here" in verified
