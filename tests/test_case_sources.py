"""Sources of every kind: what they are cited by, who wrote them, and how many they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from conftest import Kg
from readback import quads_of
from readings import CORE, reading, said, world

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_draft
from kg.dates import Day
from kg.export.csl import csl_json
from kg.files.workspace import SourceFile
from kg.model.locators import Locator, Unit, enumerate_places, in_order, paragraph_locator
from kg.page.cards import card_records
from kg.page.rows import Rows
from kg.query.run import ask_store
from kg.reading import Reading
from kg.site.pages import picture_of
from kg.sources.loader import load_corpus
from kg.sources.texts.normal import normalise_words, split_paragraphs
from kg.sources.texts.passages import find_words
from kg.sources.texts.verification import citation_mistakes
from kg.status.lens import Lens
from kg.viz.style import own_look, style

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
    loaded = load_corpus([SourceFile("sources/w.yaml", text.encode())], CORE)
    is_sound = not any(problem.is_error for problem in loaded.diagnostics)
    draft = CorpusDraft(loaded.corpus, CORE, loaded.broken_ids, loaded.complete, is_sound, TODAY)
    problems = [*loaded.diagnostics, *check_draft(draft)]
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
        ({"question": "7"}, "question 7"),
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
    assert (
        enumerate_places([paragraph_locator(2), pages[1], paragraph_locator(5)])
        == "paragraphs 2, 5; page 9"
    )


def test_a_place_of_a_recording_is_a_media_fragment_in_the_graph() -> None:
    seen = reading(cited([{"time": "1:02:03-1:04:10", "quote": "we signed"}], type="video"))
    lines = [
        str(quad) for quad in quads_of(seen) if "citation/alpha-signed-pact-1" in str(quad.subject)
    ]
    text = "\n".join(lines)
    assert '"t=3723,3850"' in text
    assert "<http://www.w3.org/TR/media-frags/>" in text
    assert '<http://www.w3.org/ns/oa#exact> "we signed"' in text
    assert '"at 1:02:03-1:04:10"' in text
    types = [str(q.object) for q in quads_of(seen) if str(q.subject).endswith("article/talk>")]
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
    actors = {
        id: {"type": "MediaOrganization", "label": id} for id in ("wire-a", "wire-b", "wire-c")
    }
    for id, principal in {"ministry": "alpha-office", "alpha-office": "alpha"}.items():
        actors[id] = {"type": "Government", "label": id, "acts_for": principal}
    return world(said("alpha", "signed", "pact", cite=cite), articles=articles, actors=actors)


@pytest.mark.parametrize(
    ("articles", "count"),
    [
        ((("x", ["wire-a", "wire-b"]),), 1),
        ((("x", ["wire-a", "wire-b"]), ("y", "wire-b")), 1),
        ((("x", ["wire-a", "wire-b"]), ("y", "wire-c")), 2),
        ((("x", ["wire-a", "wire-b"]), ("y", ["wire-b", "wire-c"]), ("z", "wire-c")), 1),
        ((("x", "wire-a"), ("y", "wire-b")), 2),
        # Who acts for another is that one's voice, through any number of steps.
        ((("x", "ministry"), ("y", "alpha-office")), 1),
        ((("x", "ministry"), ("y", "alpha"), ("z", "wire-a")), 2),
        ((("x", "ministry"), ("y", "beta")), 2),
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


COUNT = """SELECT ?statement (kg:countSources(?article) AS ?counted) (MAX(?own) AS ?own_count)
WHERE { ?statement kg:citation/kg:article ?article ; kg:independentSources ?own }
GROUP BY ?statement"""


@pytest.mark.parametrize(
    ("writers", "sources"),
    [
        ((("x", "wire-a"), ("y", "wire-b")), 2),
        ((("x", ["wire-a", "wire-b"]), ("y", "wire-b")), 1),
        ((("x", "wire-a"), ("y", "wire-b"), ("z", ["wire-a", "wire-b"])), 1),
        ((("x", "ministry"), ("y", "alpha")), 1),
    ],
)
def test_a_query_counts_sources_as_statements_do(writers: Any, sources: int) -> None:
    seen = reading(wires(*writers))
    [row] = ask_store(seen.store, COUNT, seen.ontology.prefixes).rows
    assert list(row[1:]) == [ox.Literal(sources), ox.Literal(sources)]


def test_a_query_counts_no_retracted_source() -> None:
    seen = reading(RETRACTED)
    rows = ask_store(seen.store, COUNT, seen.ontology.prefixes).rows
    assert len(rows) > 1
    assert all(counted == own for _, counted, own in rows)


# What becomes of sources


def edited(*assertions: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A world with an early and a late article of the press, and a paper of others between."""
    articles = {
        "early": source(published="2011-03-16", **fields.get("early", {})),
        "other": source(published="2011-03-20", publisher="paper", originator="paper"),
        "late": source(published="2011-04-02", **fields.get("late", {})),
    }
    return world(*assertions, articles=articles)


def told(id: str, subject: str, *articles: str, **fields: Any) -> dict[str, Any]:
    """That somebody signed, by these articles."""
    cite = {article: [{"section": "one"}] for article in articles}
    return said(subject, "signed", "pact", id=id, cite=cite, **fields)


NOTICE = {"retracted": {"when": "2011-04-02", "cite": {"late": [{"section": "two"}]}}}
RETRACTED = edited(
    told("only", "alpha", "early"),
    told("both", "beta", "early", "other"),
    told("claim", "gamma", "early", according_to="beta"),
    early=NOTICE,
)


def page_counts(seen: Reading) -> dict[str, tuple[int, int]]:
    """How many independent sources and articles the page of everything gives for each claim."""
    picture = picture_of(seen, "everything")
    records = card_records(picture, Rows(picture))
    return {each["id"]: (each["sources"], each["articles"]) for each in records}


def test_a_retracted_source_supports_nothing_from_that_day_on() -> None:
    now, before = reading(RETRACTED), reading(RETRACTED, Lens(known_by=Day(2011, 3, 31)))
    statements = now.statements
    assert statements["only"].status == "withdrawn"
    assert statements["only"].reason == "'Talk' (2011-03-16) was retracted 2011-04-02"
    assert statements["only"].sources == 0
    assert (statements["both"].status, statements["both"].sources) == ("accepted", 1)
    assert statements["both"].originators == ("Paper",)
    assert page_counts(now) == {"only": (0, 0), "both": (1, 1), "claim": (0, 0)}
    assert page_counts(before) == {"only": (1, 1), "both": (2, 2), "claim": (1, 1)}
    assert before.statements["only"].status == "accepted"
    assert (before.statements["both"].sources, before.statements["only"].sources) == (2, 1)
    facts = {
        str(quad.subject) for quad in quads_of(now) if str(quad.predicate).endswith("#signed>")
    }
    assert {each.rpartition("/")[2] for each in facts} == {"beta>"}


def test_what_a_retracted_source_laid_in_a_mouth_nobody_took_back() -> None:
    assert reading(RETRACTED).statements["claim"].sentence == (
        "It was reported, in what was retracted since, that Beta says that Gamma signs Pact"
    )


def test_a_retraction_that_leaves_nothing_is_told() -> None:
    codes = [(code, message) for code, message, _ in found(RETRACTED)]
    assert [code for code, _ in codes] == ["KG423", "KG423"]
    assert "nothing supports 'only': early was retracted 2011-04-02" in codes[0][1]


def test_what_a_retracted_source_reports_to_be_taken_back_is_not() -> None:
    withdrawal = {"when": "2011-03-17", "cite": {"early": [{"section": "three"}]}}
    claim = told("claim", "gamma", "other", according_to="beta", withdrawn=withdrawal)
    assert reading(edited(claim, early=NOTICE)).statements["claim"].status == "attributed"
    assert reading(edited(claim)).statements["claim"].status == "withdrawn"


def test_retracting_a_text_retracts_its_earlier_states_and_no_later_one() -> None:
    earlier = edited(
        told("only", "alpha", "early"),
        late={"version_of": "early"} | {"retracted": {"cite": {"other": [{"section": "one"}]}}},
    )
    assert reading(earlier).statements["only"].status == "withdrawn"
    later = edited(told("only", "alpha", "late"), early=NOTICE, late={"version_of": "early"})
    assert reading(later).statements["only"].status == "accepted"


VERSIONS = edited(
    told("dropped", "beta", "early"),
    told("kept", "alpha", "early", "late"),
    told("elsewhere", "gamma", "early", "other"),
    late={"version_of": "early", "url": "https://press.example/signs"},
    early={"url": "https://press.example/signs"},
)


def test_two_states_of_one_text_are_one_source_and_the_later_one_confirms_or_not() -> None:
    assert found(VERSIONS) == []
    statements = reading(VERSIONS).statements
    assert statements["kept"].sources == 1
    assert "later version" not in statements["kept"].reason
    assert statements["dropped"].status == "accepted"
    assert statements["dropped"].reason.endswith(
        "; a later version does not confirm it: 'Talk' (2011-04-02)"
    )
    assert statements["elsewhere"].unconfirmed_in == ()
    before = reading(VERSIONS, Lens(known_by=Day(2011, 3, 31)))
    assert "later version" not in before.statements["dropped"].reason


def test_two_records_of_one_address_are_told_which_is_later() -> None:
    url = {"url": "https://press.example/signs"}
    seen = edited(told("dropped", "beta", "early"), told("x", "alpha", "late"), early=url, late=url)
    ((code, message, hint),) = found(seen)
    assert code == "KG422"
    assert "'late' (2011-04-02) has the address of 'early' (2011-03-16)" in message
    assert "is the later one" in message
    assert "version_of: early" in hint


def test_later_states_that_share_no_originator_are_still_one_source() -> None:
    wire = {"version_of": "early", "originator": "paper", "publisher": "paper"}
    seen = reading(edited(told("kept", "alpha", "early", "late"), late=wire))
    assert seen.statements["kept"].sources == 1


def test_archived_copies_and_visits_are_remembered_and_not_told_before() -> None:
    fields = {
        "archived": {"url": "https://archive.example/1", "when": "2011-03-18"},
        "accessed": "2011-03-19",
    }
    seen = edited(told("only", "alpha", "early"), early=fields)
    article = reading(seen).corpus.articles["early"]
    assert (article.archived and article.archived.url) == "https://archive.example/1"
    lines = "\n".join(map(str, quads_of(reading(seen))))
    assert "<https://schema.org/archivedAt> <https://archive.example/1>" in lines
    before = reading(seen, Lens(known_by=Day(2011, 3, 17))).corpus.articles["early"]
    assert (before.archived, before.accessed) == (None, None)


def test_sources_are_written_for_reference_managers() -> None:
    fields = {"type": "book", "author": "Aldo Prem", "archived": "https://archive.example/1"}
    seen = reading(edited(told("only", "alpha", "early"), early=NOTICE | fields))
    items = {item["id"]: item for item in json.loads(csl_json(seen.corpus, CORE))}
    assert items["early"] == {
        "id": "early",
        "type": "book",
        "title": "Talk",
        "author": [{"literal": "Aldo Prem"}],
        "publisher": "Press",
        "issued": {"date-parts": [[2011, 3, 16]]},
        "archive_location": "https://archive.example/1",
        "status": "retracted 2011-04-02",
    }
    assert items["other"]["type"] == "article-newspaper"
    assert items["other"]["container-title"] == "Paper"


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


# Words as they are quoted

PRINTED = split_paragraphs(
    "“They told me ‘don’t sign’ – and I didn’t,” she said.\n"
    "Elle a dit\u00a0: «\u202fIl m’a répété “non” … et c’est tout.\u202f»\n"
    "彼は「『署名しない』と言った」と述べた。\n"
    "It is 5′ 3″ long; we’ll see...\n"
    "The ﬁnal word was the oﬃce’s.\n"
    "Soft\u00adhyphen and zero\u200bwidth and nb\u00a0space\n"
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "They told me 'don't sign' - and I didn't"),
        (1, 'They told me "don\'t sign"'),
        (5, "The final [...] the office's"),
        (5, "final […] office's"),
        (2, "« Il m'a répété \"non\" ... et c'est tout. »"),
        (2, "Elle a dit: «Il m'a répété"),
        (3, "「『署名しない』と言った」"),
        (3, '"署名しない"'),
        (4, "It is 5' 3\" long; we'll see…"),
        (5, "final word was the office's"),
        (6, "Softhyphen and zerowidth and nb space"),
    ],
)
def test_words_are_found_whatever_the_signs_they_are_quoted_with(number: int, words: str) -> None:
    passages, _ = find_words(normalise_words(words), PRINTED)
    assert [passage.paragraph for passage in passages] == [number]
    quoted = said("alpha", "signed", "pact", cite={"talk": [{"p": str(number), "quote": words}]})
    talk = source(paragraphs="6", text_sha256="a" * 64)
    (citation,) = reading(world(quoted, articles={"talk": talk})).corpus.citations
    assert list(citation_mistakes(citation, PRINTED)) == []


@pytest.mark.parametrize("words", ["They told me [...] and she did", "it was not the office's"])
def test_words_that_stand_nowhere_are_not_found(words: str) -> None:
    assert find_words(normalise_words(words), PRINTED)[0] == ()


# Things of any kind, and what is only supposed

LIGHTHOUSE = {
    "things": {
        "radar": {"type": "Technique", "label": "Radar lock"},
        "aurora": {"type": "Ship", "label": "Aurora"},
    }
}


def test_things_of_any_kind_are_nobody_who_acts() -> None:
    seen = world(
        said("alpha", "dependsOn", "aurora", id="a"),
        said("aurora", "describedAs", "old", id="b"),
        said("beta", "dependsOn", "radar", id="c"),
        **LIGHTHOUSE,
    )
    assert found(seen) == []
    read = reading(seen)
    assert "aurora" not in read.corpus.actors
    assert not CORE.belongs_in("State", "things")
    assert CORE.belongs_in("Ship", "things")
    misplaced = world(things={"navy": {"type": "State", "label": "Navy"}})
    ((code, _, hint),) = found(misplaced)
    assert (code, hint) == ("KG303", "list it in 'actors'")
    speaking = world(said("alpha", "signed", "pact", according_to="aurora"), **LIGHTHOUSE)
    assert "KG209" in [code for code, _, _ in found(speaking)]


def test_a_class_of_ones_own_looks_like_no_other() -> None:
    looks = [
        style("style.yaml", b"classes: {}").look((name, "Thing")) for name in ("Ship", "Topic")
    ]
    assert len({(look.shape, look.light.fill) for look in looks}) == 2
    assert [look.plural for look in looks] == ["Ships", "Topics"]
    assert looks[0] == own_look("Ship")


@pytest.mark.parametrize(
    ("fields", "words", "holder"),
    [
        ({}, "Press supposes that Alpha signs Pact", "press"),
        ({"according_to": "beta"}, "Beta supposes that Alpha signs Pact", "beta"),
    ],
)
def test_a_sources_own_doubt_is_its_holders_and_no_fact(
    fields: dict[str, Any], words: str, holder: str
) -> None:
    seen = reading(world(said("alpha", "signed", "pact", id="perhaps", mode="supposed", **fields)))
    statement = seen.statements["perhaps"]
    assert (statement.sentence, statement.status) == (words, "attributed")
    assert statement.reason == f"{holder.title()} supposes so; no article vouches for it"
    triples = [(str(q.subject), str(q.predicate), str(q.object)) for q in quads_of(seen)]
    assert not [t for t in triples if t[1].endswith("#signed>") and t[0].endswith("/alpha>")]
    (held,) = [t[2] for t in triples if t[1].endswith("#holder>")]
    assert held.endswith(f"/{holder}>")
    voiced = reading(
        world(said("alpha", "signed", "pact", id="perhaps", mode="supposed", **fields)),
        Lens(according_to=("beta",)) if holder == "beta" else None,
    )
    assert voiced.statements["perhaps"].status == "attributed"
