"""Every record has a page that lasts as long as its id: the sentence with its speaker and status,
both sides, and the way to the words; without scripts, for everyone.
"""

from __future__ import annotations

import gc
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from conftest import Kg
from pictures import read_example
from test_page_access import findings
from test_page_browser import Open, open_page

from kg.cli.build import base_url
from kg.dates import Day
from kg.diagnostics import KgError
from kg.reading import Reading
from kg.reports.article_text import article_document
from kg.site.addresses import NAMES_PAGE, Address, RecordKind, addresses
from kg.site.dossier import render_dossier
from kg.site.edition import Edition
from kg.site.files import Site
from kg.site.names_page import as_searched
from kg.site.record_pages import claim_works, other_works, question_work, render, shell
from kg.site.workers import SiteFiles, do_all
from kg.status.lens import Lens
from kg.status.status import Status
from kg.text import join_ranges, width
from kg.view.biographies import lives_of

__all__ = ["open_page"]
BASE = "https://example.org/row/"


def edition_of(reading: Reading, base: str = "") -> Edition:
    return Edition(reading, lives_of(reading), base)


def record_files(edition: Edition) -> dict[str, bytes]:
    """All pages of records and what lies beside them."""
    works = [*claim_works(edition), question_work(edition), *other_works(edition)]
    return dict(SiteFiles(do_all(works)))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_of(read_example(), BASE)


@pytest.fixture(scope="module")
def pages(edition: Edition) -> dict[str, str]:
    files = record_files(edition)
    return {name: files[name].decode() for name in files if name.endswith(".html")}


def test_the_small_picture_of_a_thing_names_all_that_it_shows_beside_its_lines(
    pages: dict[str, str],
) -> None:
    struck = []
    for page in ("thing/gsomia.html", "thing/japan.html", "thing/dispute-radar.html"):
        svg = re.findall(r'<svg class="thumbnail".*?</svg>', pages[page], re.DOTALL)[0]
        shapes = "".join(re.findall(r'class="shapes[^>]* d="([^"]*)"', svg)).count("z")
        names = re.findall(r'<text class="lesser ?(\w*)" x="(\d+)" y="(\d+)">([^<]*)<', svg)
        assert len(names) == shapes
        paths = "".join(re.findall(r'class="line[^>]* d="([^"]*)"', svg))
        lines = [tuple(map(int, ends)) for ends in re.findall(r"M(\d+) (\d+)L(\d+) (\d+)", paths)]
        for side, x, y, name in names:
            wide = 6.5 * width(unescape(name))
            left = int(x) - {"start": 0.0, "end": 1.0}.get(side, 0.5) * wide
            points = [
                (ax + (bx - ax) * at / 99, ay + (by - ay) * at / 99)
                for ax, ay, bx, by in lines
                for at in range(100)
            ]
            if any(left < px < left + wide and int(y) - 8 < py < int(y) for px, py in points):
                struck.append(name)
    # They were 17 when names stood above their things if that covered no shape.
    assert len(struck) <= 12, struck


def plain(html: str) -> str:
    """The words of a page, each blank once."""
    body = html.partition("<body>")[2]
    return " ".join(unescape(re.sub("<[^>]*>", "", body)).split())


def test_every_record_has_one_page_and_nothing_else_has(
    edition: Edition, pages: dict[str, str]
) -> None:
    corpus = edition.corpus
    records = (corpus.things, corpus.articles, corpus.assertions, corpus.conflicts)
    folders = ("thing/", "article/", "assertion/", "conflict/")
    assert sum(name.startswith(folders) for name in pages) == sum(map(len, records))
    assert {each.file for each in addresses(edition.reading)} == pages.keys() - {NAMES_PAGE}


def test_a_page_that_is_written_keeps_nothing_of_what_it_was_made_from(edition: Edition) -> None:
    """A command does not collect garbage: pages of a kind would pile up, each with all it tells."""
    of_kind = {each.kind: each for each in addresses(edition.reading)}
    kinds = [of_kind[kind] for kind in (RecordKind.ASSERTION, RecordKind.ARTICLE, RecordKind.THING)]
    for address in kinds:
        shell(render(address, edition), address.file, edition)
        gc.collect()
        gc.disable()
        try:
            shell(render(address, edition), address.file, edition)
            left = gc.collect()
        finally:
            gc.enable()
        assert left == 0, (address, left)


def test_an_assertion_s_page_tells_its_sentence_status_and_every_citation(
    edition: Edition, pages: dict[str, str]
) -> None:
    for statement in edition.statements:
        page = pages[Address(RecordKind.ASSERTION, statement.id).file]
        words = plain(page)
        assert f"{statement.sentence}." in words
        assert f'<span class="status {statement.status.value}">' in page
        for place in statement.places:
            file = Address(RecordKind.ARTICLE, place.article).file
            assert f'href="../{file}#{place.locator.words.replace(" ", "-")}"' in page


def test_what_is_contested_leads_to_all_that_stands_against_it(
    edition: Edition, pages: dict[str, str]
) -> None:
    contested = [each for each in edition.statements if each.status is Status.CONTESTED]
    assert contested
    for statement in contested:
        page = pages[Address(RecordKind.ASSERTION, statement.id).file]
        for rival in statement.against:
            assert f'href="../assertion/{rival}.html"' in page


def test_wherever_a_claim_is_listed_its_status_and_speaker_stand_with_it(
    edition: Edition, pages: dict[str, str]
) -> None:
    statements = edition.reading.statements
    for page in pages.values():
        for id, item in re.findall(r'<li data-assertion="([^"]+)">(.*?)</li>', page, re.DOTALL):
            assert f'class="status {statements[id].status.value}"' in item
            assert statements[id].sentence in plain(f"<body>{item}")


def test_an_article_s_page_lists_what_it_is_cited_for_as_kg_text_does(
    edition: Edition, pages: dict[str, str]
) -> None:
    for id, article in edition.corpus.articles.items():
        page = pages[Address(RecordKind.ARTICLE, id).file]
        makers = ({each.id for each in made} for made in (article.publishers, article.originators))
        assert (", published by " in page) == (len({*map(frozenset, makers)}) == 2)
        told: Any = article_document(id, edition.reading).data
        entries = [entry for paragraph in told["paragraphs"] for entry in paragraph["cited"]]
        claims = {entry["id"] for entry in entries if entry["status"]}
        assert set(re.findall(r'<li data-assertion="([^"]+)"', page)) == claims
        for entry in entries:
            assert entry["words"] in plain(page)
        uncited = re.search(r"Nothing is cited from paragraphs? ([\d, -]+)", page)
        said = join_ranges(range(each, each + 1) for each in told["unmined"])
        assert (uncited[1] if uncited else "") == said


def test_a_page_tells_programs_what_it_tells_people(
    edition: Edition, pages: dict[str, str]
) -> None:
    for file, page in pages.items():
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert data
        record = json.loads(data[1])
        if file.startswith("assertion/"):
            statement = edition.reading.statements[file.removeprefix("assertion/")[: -len(".html")]]
            assert record["@type"] == "Claim"
            assert record["creativeWorkStatus"] == statement.status.value
            assert len(record.get("author", ())) == len(statement.speakers)
        assert f'<link rel="canonical" href="{BASE}{file}">' in page
        assert re.search(r'<meta property="og:description" content="[^"]+">', page)


def test_the_first_page_and_pictures_tell_programs_what_they_are(edition: Edition) -> None:
    site = Site(edition.reading, BASE)
    for file, address in (("index.html", BASE), ("disputes.html", f"{BASE}disputes.html")):
        page = (site.file(file) or b"").decode()
        assert f'<link rel="canonical" href="{address}">' in page
        assert re.search(r'<meta property="og:description" content="[^"]+">', page)
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert data
        assert json.loads(data[1])["name"]


def test_only_the_page_of_names_has_a_script(pages: dict[str, str]) -> None:
    for file, page in pages.items():
        scripts = page.count("<script>")
        assert scripts == (1 if file == NAMES_PAGE else 0)
        assert "script-src 'sha256-" in unescape(page) or not scripts


def test_a_site_of_an_earlier_day_knows_nothing_later(edition: Edition) -> None:
    early = edition_of(edition.reading.under(Lens(known_by=Day(2019, 11, 17))))
    later = edition.corpus.assertions.keys() - early.corpus.assertions.keys()
    assert later
    files = record_files(early)
    pages = {name: files[name].decode() for name in files if name.endswith(".html")}
    for page in pages.values():
        assert not later & set(re.findall(r"assertion/([A-Za-z0-9-]+)\.html", page))
        assert "Seen through a lens: known by 2019-11-17" in page


def test_what_people_typed_is_text(edition: Edition) -> None:
    page = render(Address(RecordKind.THING, "gsomia"), edition)
    assert "<" not in page.summary


def test_names_are_found_by_parts_of_any_of_them_in_any_script_and_width() -> None:
    searched = as_searched(("Tōkyō", "東京", "ＴＯＫＹＯ"))
    for typed in ("tokyo", "京", "tōk"):
        assert as_searched([typed]) in searched


@pytest.mark.parametrize("text", ["example.org", "ftp://example.org/", "https://", "https://a/?b"])
def test_only_an_address_of_the_web_is_a_base(text: str) -> None:
    with pytest.raises(KgError, match="--base-url"):
        base_url(text)
    assert base_url("https://example.org/row") == BASE


def test_a_build_says_how_many_pages_it_made(quarrel: Path, kg: Kg) -> None:
    built = kg("build", "--base-url", BASE, cwd=quarrel)
    assert built.code == 0
    assert re.search(r"site/assertion/  \d+ pages, [\d,]+ bytes", built.stdout)


def test_each_note_of_a_dossier_is_a_place_that_its_claims_cite(edition: Edition) -> None:
    page = render_dossier(["gsomia", "japan", "gsomia"], edition)
    assert page.count("<h2><bdi>") == 2
    notes = re.findall(r'<li id="note-(\d+)">(.*?)</li>', page, re.DOTALL)
    assert [int(number) for number, _ in notes] == list(range(1, len(notes) + 1))
    assert {*re.findall(r'href="#note-(\d+)"', page)} == {number for number, _ in notes}
    words = dict(notes)
    for id, item in re.findall(r'<li data-assertion="([^"]+)">(.*?)</li>', page, re.DOTALL):
        statement = edition.reading.statements[id]
        assert statement.sentence in plain(f"<body>{item}")
        cited = [words[number] for number in re.findall(r"#note-(\d+)", item)]
        assert len(cited) == len({(p.article, p.locator) for p in statement.places})
        for id, locators in statement.locators.items():
            title = edition.corpus.articles[id].title.text
            for locator in locators:
                assert any(title in unescape(each) and locator.words in each for each in cited)


def test_a_dossier_is_one_file_that_leads_nowhere_else(kg: Kg, quarrel: Path) -> None:
    made = kg("dossier", "osk-compact", "vael", cwd=quarrel)
    assert made.code == 0, made.stderr
    page = (quarrel / "dossier-osk-compact.html").read_text("utf-8")
    links = re.findall(r'href="([^"]*)"', page)
    assert all(each.startswith(("#", "data:", "http")) for each in links)
    again = kg("dossier", "osk-compact", cwd=quarrel)
    assert again.code == 2
    assert "dossier-osk-compact.html is there already\n  hint: --force" in again.stderr
    assert kg("dossier", "osk-compact", "--force", cwd=quarrel).code == 0
    unknown = kg("dossier", "osk-compct", cwd=quarrel)
    assert unknown.code == 2
    assert "did you mean 'osk-compact'" in unknown.stderr


RECORDS = ("thing/gsomia.html", "assertion/radar-denied.html", "article/nyt-2019-11-22.html")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("file", [*RECORDS, NAMES_PAGE])
def test_a_record_s_page_is_for_everyone(
    open_page: Open, pages: dict[str, str], file: str, theme: str, width: int
) -> None:
    opened = open_page(pages[file], width=width, height=844, theme=theme)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert findings(opened) == []


def test_typing_a_name_leaves_what_has_it(open_page: Open, pages: dict[str, str]) -> None:
    page = open_page(pages[NAMES_PAGE], width=1280, height=844).page
    page.fill("input", "GSOMIA")
    shown = page.locator("li:not([hidden])").all_inner_texts()
    assert shown
    assert all("gsomia" in each.lower() for each in shown)
    assert page.locator("output").inner_text() == f"{len(shown)} found"
    page.fill("input", "no such name")
    assert page.locator("section.names:visible").count() == 0
