"""The site is one place: its first page tells what there is and leads to where that is drawn, and
every page leads back and to its neighbours.
"""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest
from conftest import Kg
from markupsafe import escape
from pictures import read_example
from test_page import table
from test_page_access import findings
from test_page_browser import Open, open_page

from kg.files.workspace import Workspace
from kg.reading import Reading, read
from kg.site.addresses import NAMES_PAGE
from kg.site.files import Site
from kg.status.status import Status
from kg.text import width

__all__ = ["open_page"]
Pages = dict[str, str]


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


@pytest.fixture(scope="module")
def site(example: Reading) -> Pages:
    """All pages by the names of their files."""
    base = "https://example.org/row/"
    files = Site(example, base).all_files()
    # What takes most memory is let go of, and nothing that is made later asks for it anew.
    assert not {"nquads", "store"} & {*vars(example)}
    return {name: files[name].decode() for name in files if not name.startswith("graph.")}


@pytest.fixture(scope="module")
def pages(site: Pages) -> Pages:
    """The first page and those of the views."""
    return {name: site[name] for name in site if "/" not in name and name != NAMES_PAGE}


class Hrefs(HTMLParser):
    """The addresses of the links of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page.partition('<script type="application/json"')[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs)["href"] or "")


def local(page: str) -> list[str]:
    return [each for each in Hrefs(page).found if not each.startswith(("http", "#"))]


def told(page: str) -> dict[str, object]:
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert data
    value = json.loads(data[1])
    assert isinstance(value, dict)
    return value


def plain(page: str) -> str:
    return unescape(re.sub("<[^>]*>", "", page))


def test_every_link_leads_to_a_file_of_the_build_and_a_place_in_it(site: Pages) -> None:
    known = {"graph.ttl", "graph.nq"} | site.keys()
    places = {name: set(re.findall(r' id="([^"]*)"', page)) for name, page in site.items()}
    for name, page in site.items():
        for address in set(local(page)):
            file, _, place = unquote(address).partition("#")
            target = normpath(join(dirname(name), file))
            assert target in known, (name, address)
            assert not target.startswith("article/") or place in {"", *places[target]}


def test_every_address_on_the_first_page_is_one_that_its_view_knows(pages: Pages) -> None:
    views = {name: told(page) for name, page in pages.items() if name != "index.html"}
    addresses = [each for each in local(pages["index.html"]) if "#" in each]
    assert addresses
    for address in addresses:
        file, _, hash = address.partition("#")
        data = json.dumps(views[file])
        id = unquote(re.split("[/:]", hash)[-1])
        if hash.startswith("step/"):
            story = views[file]["story"]
            assert isinstance(story, dict)
            assert int(id) <= len(story["steps"])
        else:
            assert f'"{id}"' in data, address


def test_views_stand_from_the_narrowest_to_the_widest_and_lead_to_their_neighbours(
    pages: Pages,
) -> None:
    addresses = dict.fromkeys(local(pages["index.html"]))
    files = [each for each in addresses if each in pages]
    assert files[0] == "gsomia.html"
    assert files[-1] == "everything.html"
    assert set(files) == pages.keys() - {"index.html"}
    for number, file in enumerate(files):
        neighbours = files[max(0, number - 1) : number] + files[number + 1 : number + 2]
        assert local(pages[file])[: 1 + len(neighbours)] == ["index.html", *neighbours]


def test_each_view_has_a_small_picture_of_what_it_opens_with(pages: Pages) -> None:
    index = pages["index.html"]
    pictures = re.findall(r'<svg class="thumbnail".*?</svg>', index, re.DOTALL)
    assert len(pictures) == len(pages) - 1
    for picture, view in ((pictures[0], "gsomia"), (pictures[-1], "everything")):
        things = table(pages[f"{view}.html"], "things")
        hubs = {thing["hub"] for thing in things if "hub" in thing}
        shapes = re.findall(r'class="shapes[^>]* d="([^"]*)"', picture)
        assert sum(path.count("z") for path in shapes) == len(hubs or things), view
    assert ">GSOMIA<" in pictures[0]


def test_a_small_picture_draws_as_accepted_only_what_the_page_does(pages: Pages) -> None:
    for svg in re.findall(r'<svg class="thumbnail".*?</svg>', pages["index.html"], re.DOTALL):
        lines = re.findall(r'<path class="line ([a-z]+) [^"]*"( stroke-dasharray=)?', svg)
        assert len({status for status, _ in lines}) > 2
        assert {status for status, dashes in lines if not dashes} == {"accepted"}


def test_the_first_small_picture_has_no_name_on_the_shape_of_another_thing(pages: Pages) -> None:
    svg = re.findall(r'<svg class="thumbnail".*?</svg>', pages["index.html"], re.DOTALL)[0]
    paths = "".join(re.findall(r'class="shapes[^>]* d="([^"]*)"', svg))
    shapes = [tuple(map(int, at)) for at in re.findall(r"M(\d+) (\d+)", paths)]
    names = re.findall(r'<text(?: class="([^"]*)")? x="(\d+)" y="(\d+)">([^<]*)<', svg)
    assert len(names) > 3
    for kinds, x, y, name in names:
        wide = 7 * width(unescape(name))
        share = {"start": 0.0, "end": 1.0}.get(kinds.split(" ")[-1], 0.5)
        left, bottom = int(x) - share * wide, int(y)
        hit = [at for at in shapes if left < at[0] < left + wide and bottom - 10 < at[1] < bottom]
        assert not hit, name


def test_all_that_is_contested_is_on_the_first_page(pages: Pages, example: Reading) -> None:
    words = plain(pages["index.html"])
    contested = [s for s in example.statements.values() if s.status is Status.CONTESTED]
    assert contested
    for statement in contested:
        assert statement.sentence in words
    assert "Why did Japan tighten its export controls?" in words


def test_what_is_new_counts_the_claims_of_each_day(pages: Pages, example: Reading) -> None:
    ids = example.visible_corpus.assertions
    days = [str(example.statements[id].known_from) for id in ids]
    news = re.findall(r'<time datetime="([^"]+)">[^<]*</time> <[^>]*>([\d,]+)', pages["index.html"])
    assert [day for day, _ in news] == ["2019-11-23", "2019-11-22", "2019-11-17"]
    for day, count in news:
        assert int(count) == days.count(day)


def test_what_stands_otherwise_since_a_day_says_how_it_stood(pages: Pages) -> None:
    moved = re.findall(r'<li class="moved">.*?</li>', pages["index.html"], re.DOTALL)
    assert any("was attributed, now contested" in plain(each) for each in moved)


def test_every_source_is_listed_with_how_many_claims_cite_it(
    pages: Pages, example: Reading
) -> None:
    text = pages["index.html"]
    for article in example.corpus.articles.values():
        assert str(escape(article.title.text)) in text
        cited = [s for s in example.statements.values() if article.id in s.articles]
        written = sum(not s.assertion.rule for s in cited)
        assert f'only=source:{article.id}">{written} claims</a>' in text


def test_a_page_made_alone_leads_nowhere(workspace: Path, kg: Kg) -> None:
    assert kg("view", "gsomia", cwd=workspace).code == 0
    assert not local((workspace / "site" / "gsomia.html").read_text("utf-8"))
    assert not (workspace / "site" / "index.html").exists()


def test_a_page_is_headed_by_the_title_of_its_story_and_what_happened(
    workspace: Path, kg: Kg
) -> None:
    def head(*options: str) -> list[str]:
        assert kg("view", "gsomia", *options, cwd=workspace).code == 0
        (page,) = (workspace / "site").glob("gsomia*.html")
        header = page.read_text("utf-8").partition("<header>")[2].partition("</div>")[0]
        page.unlink()
        return [plain(each) for each in re.findall("<(?:p|h1).*?</(?:p|h1)>", header)]

    dataset = "The GSOMIA row of November 2019"
    title, question = "GSOMIA: the pact and those around it", "Who is party to the pact"
    kicker, headline, standfirst = head()
    assert (kicker, headline) == (dataset, "How the pact was nearly ended")
    assert standfirst.startswith("On 22 November 2019")
    assert head("--title", "Another one")[1] == "Another one"
    # The story is not told through a lens: it was written for the whole picture.
    kicker, headline, *_, below = head("--known-by", "2019-11-16")
    assert (kicker, headline) == (dataset, title)
    assert below.startswith(question)


def test_from_a_line_it_is_two_clicks_to_the_place_in_the_article(
    open_page: Open, site: Pages
) -> None:
    opened = open_page(site["gsomia.html"], width=1280, height=800)
    opened.page.evaluate("location.hash = 'assertion/japan-party'")
    links = opened.page.locator("#panel .card a[href^='article/'], #panel .record a")
    links.first.wait_for()
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    assert "assertion/japan-party.html" in addresses
    assert any(each.startswith("article/") for each in addresses)
    assert {each.partition("#")[0] for each in addresses} <= site.keys()
    opened.page.evaluate("location.hash = 'thing/gsomia'")
    opened.page.locator("#panel a[href='thing/gsomia.html']").wait_for()


def test_a_view_called_index_is_the_first_page_itself(quarrel: Path, kg: Kg) -> None:
    views = quarrel / "viz"
    (views / "index.rq").write_text((views / "meetings.rq").read_text("utf-8"), "utf-8")
    assert kg("build", cwd=quarrel).code == 0
    assert told((quarrel / "site" / "index.html").read_text("utf-8"))["view"] == "index"


def test_what_is_empty_is_said_in_words_and_leads_no_page(quarrel: Path) -> None:
    file = quarrel / "sources" / "quarrel.yaml"
    head, _, rest = file.read_text("utf-8").partition("assertions:\n")
    first, *_ = rest.split("\n  - ", 1)
    file.write_text(f"{head}assertions:\n{first}\n", "utf-8")
    (quarrel / "viz" / "actors.rq").write_text(
        "# title: No row\nSELECT ?source ?target ?assertion WHERE { ?source kg:none ?target ,"
        " ?assertion }",
        "utf-8",
    )
    few = Site(read(Workspace(quarrel))).file("index.html")
    assert few
    assert few.count(b"<svg") == few.count(b"<article>")
    assert b"Nothing to draw yet: " in few
    assert (
        few.index(b"everything.html")
        < few.index(b"Nothing to draw yet")
        < few.index(b"actors.html")
    )
    file.unlink()
    (quarrel / "sources" / "osk.yaml").write_text("", "utf-8")
    none = Site(read(Workspace(quarrel))).file("index.html")
    assert none
    assert b"<svg" not in none
    assert b"Nothing is recorded yet" in none
    assert b"No source is recorded yet" in none


def test_what_people_called_things_is_text_on_the_first_page(quarrel: Path, kg: Kg) -> None:
    sources = quarrel / "sources"
    for file in sources.glob("*.yaml"):
        text = file.read_text("utf-8").replace("label: Vael}", 'label: "<b>&Vael"}')
        file.write_text(text, "utf-8")
    assert kg("build", cwd=quarrel).code == 0
    page = (quarrel / "site" / "index.html").read_text("utf-8")
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;Vael" in page


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_the_first_page_is_for_everyone(
    open_page: Open, pages: Pages, theme: str, width: int
) -> None:
    opened = open_page(pages["index.html"], width=width, height=844, theme=theme)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert findings(opened) == []
