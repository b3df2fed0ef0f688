"""What changed since an earlier version, as a page of the site, a feed, and a page that stands alone."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Kg
from test_site_records import BASE

from kg.files.workspace import Workspace
from kg.reading import read
from kg.site.addresses import Address, RecordKind
from kg.site.changes_page import ATOM
from kg.site.edition import Edition, compare
from kg.site.record_pages import render, shell

CHANGES = Address(RecordKind.OVERVIEW, "changes")
DENIAL = """
  - id: never-entered
    denies: vael-enters
    according_to: gov-torrin
    said: 2018-07-05
    cite: {ledger-2018-07-06: [1]}
"""


@pytest.fixture
def earlier(quarrel: Path) -> Path:
    """A copy of the quarrel as it was before somebody denied something."""
    folder = quarrel.parent / "earlier"
    shutil.copytree(quarrel, folder)
    with (quarrel / "sources" / "quarrel.yaml").open("a", encoding="utf-8") as file:
        file.write(DENIAL)
    return folder


def edition_since(earlier: Path, now: Path) -> Edition:
    reading = read(Workspace(now))
    known = compare(read(Workspace(earlier)), "v1", reading)
    return Edition(reading, lambda _: None, BASE, earlier=known)


def test_the_page_and_the_feed_tell_consequences_first_and_lead_to_each_claim(
    quarrel: Path, earlier: Path
) -> None:
    edition = edition_since(earlier, quarrel)
    page = render(CHANGES, edition)
    html = unescape(shell(page, CHANGES.file, edition))
    assert html.index("Stands otherwise, though nobody touched it") < html.index("never-entered")
    assert 'href="../assertion/never-entered.html"' in html
    feed = ElementTree.fromstring(page.files["page/changes.atom"])
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert entries
    ids = [entry.findtext(f"{{{ATOM}}}id") for entry in entries]
    assert len(ids) == len(set(ids))
    titles = [entry.findtext(f"{{{ATOM}}}title") or "" for entry in entries]
    assert titles[0].startswith("stands otherwise: ")
    assert any(title.startswith("new: ") for title in titles)
    for entry in [feed, *entries]:
        link = entry.find(f"{{{ATOM}}}link")
        assert link is not None
        assert link.attrib["href"].startswith(BASE)
        updated = entry.findtext(f"{{{ATOM}}}updated") or ""
        assert re.fullmatch(r"2018-07-06T00:00:00Z", updated)


def test_the_page_calls_things_and_sources_as_readers_do(quarrel: Path, earlier: Path) -> None:
    names = quarrel / "sources" / "osk.yaml"
    names.write_text(names.read_text("utf-8").replace("label: Quill}", "label: Quillia}"), "utf-8")
    claims = quarrel / "sources" / "quarrel.yaml"
    claims.write_text(claims.read_text("utf-8").replace("when: 2011/..", "when: 2012/.."), "utf-8")
    edition = edition_since(earlier, quarrel)
    html = shell(render(CHANGES, edition), CHANGES.file, edition)
    words = unescape(re.sub("<[^>]*>", "", html.partition("<main>")[2]))
    assert 'href="../thing/quill.html"><bdi>Quillia</bdi>' in html
    assert "was Quill; is Quillia" in words
    assert "was since 2011" in words
    ids = (*edition.corpus.assertions, *edition.corpus.articles)
    assert [each for each in ids if each in words] == []


def test_the_same_versions_give_the_same_feed_and_no_change_none(
    quarrel: Path, earlier: Path
) -> None:
    feeds = [render(CHANGES, edition_since(earlier, quarrel)).files for _ in range(2)]
    assert feeds[0] == feeds[1]
    nothing = render(CHANGES, edition_since(quarrel, quarrel))
    assert b"<entry>" not in nothing.files["page/changes.atom"]


def test_a_build_has_them_where_a_version_is_named_and_says_how_where_none_is(
    quarrel: Path, earlier: Path, kg: Kg
) -> None:
    assert kg("build", "--since", earlier, cwd=quarrel).code == 0
    site = quarrel / "site"
    assert "never-entered" in (site / "page" / "changes.html").read_text("utf-8")
    assert 'type="application/atom+xml"' in (site / "names.html").read_text("utf-8")
    assert kg("build", cwd=quarrel).code == 0
    assert "kg build --since VERSION" in (site / "page" / "changes.html").read_text("utf-8")
    assert not (site / "page" / "changes.atom").exists()
    assert "atom+xml" not in (site / "names.html").read_text("utf-8")


def test_a_diff_is_one_page_that_leads_nowhere(quarrel: Path, earlier: Path, kg: Kg) -> None:
    told = kg("diff", earlier, "--format", "html", cwd=quarrel)
    assert told.code == 0, told.stderr
    assert "Stands otherwise, though nobody touched it" in told.stdout
    assert "never-entered" in told.stdout
    links = re.findall(r'href="([^"]*)"', told.stdout)
    assert all(each.startswith(("#", "data:", "http")) for each in links)
    assert "<script>" not in told.stdout
