"""What leaves the page: files that say the same as kg does, a layout for the next build, paper, and
frames.
"""

from __future__ import annotations

import csv
import html
import io
import struct
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from pictures import example as picture
from pictures import parallel, read_example, view_page
from readback import quads_of
from test_page import drawn
from test_page_browser import Open, Opened, open_page

from kg import load
from kg.dates import Day
from kg.files.workspace import Workspace
from kg.page.network import frame_page
from kg.page.words import status_words
from kg.reading import Reading, read
from kg.status.lens import Lens
from kg.viz.layoutfile import layout_file, read_layout

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

__all__ = ["open_page"]
SVG = "{http://www.w3.org/2000/svg}"
KG = "https://w3id.org/actor-kg/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

POLARITY, ASSERTS = f"<{KG}polarity>", f"<{KG}Asserts>"
ALL_SHOWN = (
    "[...actorKg.visibility.shownTies(), ...actorKg.visibility.shownFacts()]"
    ".map((tie) => [tie.assertion, actorKg.visibility.statusOf(tie)])"
)


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


def view(example: Reading, name: str) -> str:
    return view_page(example, name)


def saved(page: Page, format: str) -> tuple[str, bytes]:
    """The name and the bytes of what the menu saves."""
    page.click(".menu summary:has-text('Save'), .menu summary:has-text('Menu')")
    with page.expect_download() as download:
        page.click(f".savers button:has-text('{format}')")
    return download.value.suggested_filename, download.value.path().read_bytes()


def triples(quads: object) -> set[tuple[str, str, str]]:
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}  # type: ignore[attr-defined]


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph:DeprecationWarning"
)  # rdflib 7.6 warns of its own calls
@pytest.mark.parametrize(
    ("hash", "lens", "ending"),
    [
        ("#?", Lens(), "everything"),
        ("#?by=2019-11-16", Lens(known_by=Day(2019, 11, 16)), "everything-known-by-2019-11-16"),
        ("#?on=2019-11-22", Lens(true_on=Day(2019, 11, 22)), "everything-true-on-2019-11-22"),
        (
            "#?by=2019-11-16&on=2019-11-22",
            Lens(known_by=Day(2019, 11, 16), true_on=Day(2019, 11, 22)),
            "everything-known-by-2019-11-16-true-on-2019-11-22",
        ),
        ("#?hide=status:accepted", Lens(), "everything-filtered"),
    ],
)
def test_rdf_holds_of_what_is_shown_just_the_triples_of_the_graph(
    open_page: Open, example: Reading, hash: str, lens: Lens, ending: str
) -> None:
    opened = open_page(view(example, "everything"), hash=hash)
    shown = dict(opened.page.evaluate(ALL_SHOWN))
    assert shown
    name, turtle = saved(opened.page, "Turtle")
    assert name == f"{ending}.ttl"
    found = triples(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    graph = triples(quads_of(example.under(lens)))
    assert found <= graph

    base = example.ontology.base
    nodes = {f"<{base}assertion/{id}>" for id in shown}
    said = {(s, p, o) for s, p, o in graph if s in nodes}
    assert said == {t for t in found if t[0] in nodes}
    citations = {o for _, p, o in said if p == f"<{KG}citation>"}
    where = {f"<{KG}article>", f"<{KG}paragraph>"}
    assert {t for t in graph if t[0] in citations and t[1] in where} <= found

    # The law: a direct triple stands for what is accepted, and for nothing else.
    relations = {
        str(ox.NamedNode(relation.iri)) for relation in example.ontology.relations.values()
    }
    direct = {triple for triple in found if triple[1] in relations}
    by_node = {node: {p: o for s, p, o in said if s == node} for node in nodes}
    assert direct == {
        tuple(
            by_node[f"<{base}assertion/{id}>"][f"<{RDF}{end}>"]
            for end in ("subject", "predicate", "object")
        )
        for id, status in shown.items()
        if status == "accepted" and by_node[f"<{base}assertion/{id}>"][POLARITY] == ASSERTS
    }

    name, jsonld = saved(opened.page, "JSON-LD")
    assert name == f"{ending}.jsonld"
    assert triples(ox.parse(jsonld, format=ox.RdfFormat.JSON_LD)) == found
    again = rdflib.Graph().parse(data=jsonld.decode(), format="json-ld")
    assert len(again) == len(found)
    for text in (turtle.decode(), jsonld.decode()):
        assert ("as the press knew it on 16 November 2019" in text) == (lens.known_by is not None)
        assert ("without accepted" in text) == ("hide" in hash)


def test_a_table_for_spreadsheets_has_the_rows_that_are_shown_and_says_through_which_lens(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(
        view(example, "gsomia"), hash="#?by=2019-11-16&hide=status:prospective&only=speaker:"
    )
    name, data = saved(opened.page, "CSV")
    assert name == "gsomia-known-by-2019-11-16-filtered.csv"
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert [[row["id"], row["status"]] for row in rows] == opened.page.evaluate(ALL_SHOWN)
    assert {row["seen_through"] for row in rows} == {
        "as the press knew it on 16 November 2019; only what articles say themselves; "
        "without planned"
    }
    assert {row["speakers"] for row in rows} == {""}
    assert {row["citations"].split(" p. ")[0] for row in rows} == {"kyodo-2019-11-15"}
    assert {row["independent_sources"] for row in rows} == {"1"}


def test_a_cell_that_a_spreadsheet_would_run_is_defused(open_page: Open) -> None:
    shown = parallel(1)
    label = '=HYPERLINK("https://example.org","x")'
    opened = open_page(replace(shown, nodes=(replace(shown.nodes[0], label=label), shown.nodes[1])))
    (row,) = csv.DictReader(
        io.StringIO(saved(opened.page, "CSV")[1].decode("utf-8-sig"), newline="")
    )
    assert row["subject_label"] == f"'{label}"


def test_the_picture_is_saved_with_its_shapes_strokes_sentences_and_legend(open_page: Open) -> None:
    opened = open_page(picture(), hash="#thing/gsomia?hide=status:opinion")
    shown = dict(opened.page.evaluate(ALL_SHOWN))
    name, data = saved(opened.page, "SVG")
    assert name == "example-filtered.svg"
    svg = ElementTree.fromstring(data)
    text = " ".join("".join(each.itertext()) for each in svg.iter(f"{SVG}text"))
    for words in (
        "The GSOMIA row (a test)",
        "Without opinion",
        "attributed",
        "contested",
        "dispute",
    ):
        assert words in text
    assert "A line shows what is claimed, not that it is true." in text
    assert "opinion" not in text.replace("Without opinion", "")
    ties = {
        each.get("data-assertion", ""): each
        for each in svg.iter(f"{SVG}g")
        if each.get("data-assertion")
    }
    assert set(ties) == set(shown)
    strokes = opened.page.evaluate(
        "Object.fromEntries(actorKg.picture.figures"
        ".filter(({ line }) => line).map(({ line, shapes }) =>"
        " [line.lead.assertion, shapes.some(({ dash = [] }) => dash.length > 0)]))"
    )
    for id, tie in ties.items():
        title = tie.findtext(f"{SVG}title", "")
        status = status_words(shown[id])
        assert title.endswith(f"[{status}]")
        assert title == opened.page.evaluate(
            "([id, status]) => actorKg.plain(actorKg.cardOf(id).words) + ` [${status}]`",
            [id, status],
        )
        line = next(each for each in tie if each.tag != f"{SVG}title")
        assert (line.get("stroke-dasharray") is not None) == strokes[id]
    near = {id for id, tie in ties.items() if tie.get("opacity") is None}
    focus = "[...actorKg.visibility.inFocus().ties].map((number) => actorKg.TIES[number].assertion)"
    assert near == set(opened.page.evaluate(focus))
    assert {each.tag for each in svg.iter()} <= {
        f"{SVG}{tag}"
        for tag in ("svg", "title", "desc", "g", "rect", "circle", "path", "line", "text")
    }
    assert not [each for each in svg.iter() if {"style", "class"} & set(each.attrib)]

    name, png = saved(opened.page, "PNG")
    assert name == "example-filtered.png"
    assert png.startswith(b"\x89PNG")
    assert list(struct.unpack(">II", png[16:24])) == [
        2 * int(svg.get(side, "0")) for side in ("width", "height")
    ]


def test_menus_work_by_keyboard_and_close_without_letting_go_of_what_is_chosen(
    open_page: Open,
) -> None:
    opened = open_page(picture(), hash="#thing/gsomia")
    page = opened.page
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.focus(".menu summary:has-text('View')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("[actorKg.state.theme, document.documentElement.dataset.theme]") == [
        "dark",
        "dark",
    ]
    assert page.evaluate(ground) == "rgb(20, 23, 28)"
    assert page.evaluate("location.hash") == "#thing/gsomia?theme=dark"
    page.keyboard.press("Escape")
    assert page.locator(".menu[open]").count() == 0
    assert page.evaluate("document.activeElement.innerText") == "View"
    assert page.evaluate("actorKg.state.choice.id") == "gsomia"
    page.focus(".menu summary:has-text('Save')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "example.svg"
    assert "Saved example.svg" in page.inner_text("#told")
    assert page.locator("fieldset:has-text('Names')").count() == 0


def test_names_can_be_read_in_the_languages_that_the_data_has(open_page: Open) -> None:
    shown = picture()
    nodes = tuple(
        replace(n, names=(("ja", "日本"),)) if n.id == "japan" else n for n in shown.nodes
    )
    opened = open_page(replace(shown, nodes=nodes), hash="#thing/japan")
    opened.page.click(".menu summary:has-text('View')")
    opened.page.click("label:has-text('日本語')")
    opened.shows("日本")
    svg = saved(opened.page, "SVG")[1].decode()
    assert ">日本<" in svg
    assert opened.page.evaluate("location.hash") == "#thing/japan?lang=ja"


def test_what_was_dragged_can_be_put_back_or_saved_and_stands_there_after_the_next_build(
    open_page: Open, workspace: Path
) -> None:
    opened = open_page(view(read(Workspace(workspace)), "gsomia"), hash="#?")
    page = opened.page
    assert not page.locator("#moved").is_visible()
    at = "(() => { const { x, y } = actorKg.places.placeOf('gsomia'); return [x, y]; })()"
    first = page.evaluate(at)

    def drag() -> list[int]:
        x, y = opened.at(at)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 40, y + 30, steps=3)
        page.mouse.up()
        page.wait_for_selector("#moved:not([hidden])")
        found: list[int] = page.evaluate("actorKg.places.allPlaces().gsomia")
        return found

    drag()
    assert page.inner_text("#moved-count") == "1 name moved"
    page.click("#put-back")
    assert page.evaluate(at) == first
    assert not page.locator("#moved").is_visible()

    assert page.evaluate("actorKg.places.allPlaces().gsomia") != (there := drag())
    with page.expect_download() as download:
        page.click("#save-layout")
    assert download.value.suggested_filename == "gsomia.layout.json"
    kept = download.value.path().read_bytes()
    places, mistakes = read_layout("gsomia.layout.json", kept)
    assert not mistakes
    assert list(places["gsomia"]) == there
    assert kept == layout_file(places), (
        "written as kg itself writes it, so that a diff shows only what was moved"
    )
    (workspace / "viz" / "gsomia.layout.json").write_bytes(kept)
    again = open_page(view(read(Workspace(workspace)), "gsomia"), hash="#?")
    stand = "Object.fromEntries([...actorKg.THINGS.values()].map(({ id, x, y }) => [id, [x, y]]))"
    assert again.page.evaluate(stand) == {id: list(place) for id, place in places.items()}


def test_paper_gets_the_picture_as_vectors_in_light_colours_and_the_table_with_citations(
    open_page: Open,
) -> None:
    opened = open_page(picture(), theme="dark", hash="#?hide=status:accepted&theme=dark")
    page = opened.page
    page.evaluate(
        """addEventListener('beforeprint', () => {
            const drawn = document.querySelector('#printed svg');
            globalThis.printed = [drawn.querySelectorAll('[data-assertion]').length,
                                  drawn.querySelector('rect').getAttribute('fill')];
        })"""
    )
    assert page.pdf(format="A4").startswith(b"%PDF")
    ties = page.evaluate("actorKg.visibility.shownTies().length")
    assert page.evaluate("printed") == [ties, "#ffffff"]
    assert page.locator("#printed svg").count() == 0
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    page.emulate_media(media="print")
    page.wait_for_selector("#printed svg")
    for gone in ("#panel", "#picture", ".legend", ".menus", ".tools"):
        assert not page.locator(gone).first.is_visible()
    words = page.inner_text("body")
    for said in (
        "The GSOMIA row (a test)",
        "Associated Press 23 Nov 2019",
        "¶\N{NO-BREAK SPACE}4, 16",
    ):
        assert said in words
    for said in ("without accepted", "contested", "people", "dispute"):
        assert said in (page.text_content("#printed svg") or "").lower()
    page.emulate_media(media="screen")
    page.wait_for_selector("#printed svg", state="detached")


def test_paper_gets_every_row_in_columns_whatever_the_table_showed_before(open_page: Open) -> None:
    opened = open_page(picture(), width=688, hash="#?view=table&only=status:contested")
    page = opened.page
    assert page.locator("#table tbody tr:not(.fact)").count() < page.evaluate("actorKg.TIES.length")
    page.evaluate("actorKg.change({ only: [], pane: 'picture' })")
    page.emulate_media(media="print")
    page.wait_for_selector("#printed svg")
    assert page.locator("#table tbody tr:not(.fact)").count() == page.evaluate(
        "actorKg.TIES.length"
    )
    assert (
        page.locator("#table td").first.evaluate("(cell) => getComputedStyle(cell).display")
        == "table-cell"
    )


def test_an_embedded_page_is_the_picture_with_a_title_and_the_panel_over_it(
    open_page: Open,
) -> None:
    opened = open_page(picture(), width=900, height=420, hash="#embed")
    page = opened.page
    for gone in ("#panel", ".legend", ".tools", ".menus", "footer", "#time"):
        assert not page.locator(gone).first.is_visible()
    box = page.locator("#picture").bounding_box()
    assert box
    assert box["width"] == 900
    assert box["height"] > 360
    opened.click_thing("gsomia")
    opened.shows("GSOMIA")
    panel = page.locator("#panel").bounding_box()
    assert panel
    assert panel["x"] > 500
    assert panel["y"] + panel["height"] <= 420
    page.click("#put-away")
    assert not page.locator("#panel").is_visible()
    page.click("text=Open the whole page")
    assert page.locator(".legend").is_visible()
    assert page.evaluate("actorKg.state.embed") is False


def test_on_a_phone_one_menu_holds_all_and_fits(open_page: Open) -> None:
    opened = open_page(picture(), width=390, height=844)
    page = opened.page
    assert page.locator(".menu").count() == 1
    page.tap(".menu summary")
    for each in page.locator(".menu :is(summary, button, label)").all():
        box = each.bounding_box()
        assert box
        assert box["height"] >= 44
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("() => document.querySelectorAll('.menu').length === 2")


def inner(opened: Opened) -> Frame:
    opened.page.wait_for_selector("iframe")
    frame = opened.page.frames[1]
    frame.wait_for_function("() => globalThis.actorKg?.picture.network.getScale() > 0")
    return frame


def test_a_frame_without_an_origin_keeps_its_state_and_says_why_a_file_may_not_arrive(
    open_page: Open,
) -> None:
    text = html.escape(drawn(picture()))
    opened = open_page(
        f'<iframe sandbox="allow-scripts" width="1200" height="760" srcdoc="{text}"></iframe>'
    )
    frame = inner(opened)
    link = frame.locator("#details a[href^='#thing/']").first
    asked = link.inner_text()
    link.click()
    frame.wait_for_function(
        "(title) => document.querySelector('#panel h2').innerText === title", arg=asked
    )
    frame.evaluate("actorKg.change({ hidden: ['status:opinion'], theme: 'dark' })")
    assert frame.evaluate("[actorKg.state.hidden[0], actorKg.state.theme]") == [
        "status:opinion",
        "dark",
    ]
    assert frame.inner_text("#panel h2") == asked
    assert opened.console == []
    frame.click("summary:has-text('Save')")
    frame.click(".savers button:has-text('SVG')")
    frame.wait_for_selector("#told:has-text('forbids downloads')")
    # Chromium itself notes on the console that it held the file back.
    assert all("ownload" in each for each in opened.console)
    opened.console.clear()


def test_a_notebook_shows_a_view_as_its_page(open_page: Open, repository: Path) -> None:
    view = load(repository).view("gsomia")
    shown = view._repr_html_()
    assert 'sandbox="allow-scripts' in shown
    assert "allow-same-origin" not in shown
    opened = open_page(f"<!doctype html><body>{shown}</body>", width=1400, height=800)
    frame = inner(opened)
    assert frame.evaluate("actorKg.TIES.length") == len(view.edges)
    assert frame.evaluate("actorKg.THINGS.size") == view.num_nodes()
    frame.click("summary:has-text('Save')")
    with opened.page.expect_download() as download:
        frame.click(".savers button:has-text('CSV')")
    assert download.value.suggested_filename == "gsomia.csv"


def test_a_frame_holds_its_page_as_one_attribute() -> None:
    shown = frame_page("<p title=\"x\">&amp; 'y'</p><script></script>", 'A "title" <b>')
    frame = ElementTree.fromstring(shown)
    assert frame.get("srcdoc") == "<p title=\"x\">&amp; 'y'</p><script></script>"
    assert frame.get("title") == 'A "title" <b>'
