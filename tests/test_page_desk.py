"""The desk of ``kg serve --edit``: words marked in an article's page become an assertion, a denial,
an end, a citation or a name; what machines propose is accepted or rejected. A real server, a real browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Windows
from playwright.sync_api import Page, ViewportSize, expect
from servers import Server, serving, small_workspace
from test_proposals import add_article, new, reading_of

from kg.cli import main
from kg.sources.renamed import RENAMED_FILE

WIDE = ViewportSize(width=1280, height=800)
expect.set_options(timeout=60_000)
NARROW = ViewportSize(width=390, height=844)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = small_workspace(tmp_path_factory.mktemp("desk") / "row")
    add_article(folder)
    with serving(folder, "--edit") as started:
        yield started


@pytest.fixture
def page(server: Server, windows: Windows) -> Iterator[Page]:
    """The article's page, opened by who has the token."""
    shown = windows.take(scripts=True, has_touch=False)
    shown.set_viewport_size(WIDE)
    shown.goto(f"{server.url}/?token={server.token}")
    shown.goto(f"{server.url}/article/post.html")
    yield shown
    # What was begun is kept for whoever comes back.
    shown.evaluate("() => { sessionStorage.clear(); localStorage.clear(); }")
    windows.give_back(shown, scripts=True, has_touch=False)


def mark_by_keys(page: Page, paragraph: str, first: int, more: int) -> None:
    """Mark words of a paragraph by the keyboard alone."""
    page.keyboard.type(paragraph)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    for _ in range(first):
        page.keyboard.press("ArrowRight")
    for _ in range(more):
        page.keyboard.press("Shift+ArrowRight")


def fill(page: Page, name: str, words: str, takes: str) -> None:
    """Type into a field, and take the first that is offered."""
    field = page.locator(f"#kg-{name}")
    expect(field).to_be_focused()
    page.keyboard.type(words)
    expect(page.locator(f"#kg-list-{name} li").first).to_contain_text(takes)
    page.keyboard.press("Enter")


def fill_assertion(page: Page, pact: str = "Osk Compact") -> None:
    fill(page, "subject", "vae", "Vael")
    fill(page, "relation", "party", "is party to")
    fill(page, "object", pact[:3], pact)
    fill(page, "speaker", "roo", "Ila Rook")
    expect(page.locator("#kg-says")).to_contain_text(f"Vael is party to {pact}")


def no_problems(page: Page) -> None:
    assert Axe().run(page).response["violations"] == []


def test_keys_typed_before_the_desk_answers_go_into_the_next_field(
    server: Server, page: Page
) -> None:
    slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    mark_by_keys(page, "3", 14, 2)
    page.keyboard.press("a")
    expect(page.locator("#kg-subject")).to_be_focused()
    page.keyboard.type("vae\nparty\nosX")
    page.keyboard.press("Backspace")
    page.keyboard.type("k\nroo\n1999")
    expect(page.locator("#kg-when")).to_have_value("1999")
    expect(page.locator("#kg-says")).to_contain_text("Ila Rook")
    expect(page.locator("#kg-says")).to_contain_text("Vael is party to Osk Compact")
    page.keyboard.press("Escape")

    # Of an article without a copy any paragraph is cited as a whole, also where nothing cites it.
    page.goto(f"{server.url}/article/ledger-2018-03-13.html")
    page.locator("#paragraph-6").evaluate("place => place.remove()")
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    expect(page.locator("#kg-told")).to_contain_text("its text is not at hand")
    page.keyboard.press("a")
    expect(page.locator("#kg-place")).to_have_text("the whole of paragraph 6")
    page.keyboard.type("vae\nparty\nosk\n")
    expect(page.locator("#kg-yaml")).to_contain_text("ledger-2018-03-13: [6]")


def test_an_assertion_is_written_by_the_keyboard_alone(server: Server, page: Page) -> None:
    mark_by_keys(page, "3", 14, 2)
    page.keyboard.press("a")
    expect(page.locator("#kg-words")).to_have_text("a grave mistake.")
    fill_assertion(page)
    expect(page.locator("#kg-yaml")).to_contain_text("post: [{p: 3, span: [74, 90]")
    no_problems(page)
    # Escape closes the list, then the form, and loses nothing.
    expect(page.locator("#kg-list-when")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#kg-list-when")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#kg-desk")).to_be_hidden()
    page.keyboard.press("a")
    expect(page.locator("#kg-object")).to_have_value("Osk Compact")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kg-told")).to_contain_text("Written:")
    expect(page.locator("#paragraph-3 .claims")).to_contain_text("Vael is party to Osk Compact")
    marks = page.locator("#paragraph-3 mark")
    expect(marks.filter(has_text="a grave mistake.")).to_have_count(1)
    expect(page.locator("#paragraph-3 .text")).to_be_focused()
    text, claims = (page.locator(f"#paragraph-3 {e}").bounding_box() for e in (".text", ".claims"))
    assert text
    assert claims
    assert claims["x"] > text["x"] + text["width"]
    written = reading_of(server.folder).written.assertions["vael-party-to-osk-compact"]
    assert [each.id for each in written.speakers] == ["rook"]

    # Words are marked one by one also where no blanks part them, and as far as their paragraph.
    page.locator("#paragraph-6 .text").evaluate(
        "text => text.textContent = '協定は守られる。Next one'"
    )
    page.keyboard.press("Escape")
    mark_by_keys(page, "6", 0, 1)
    marked = page.locator("#kg-told").text_content() or ""
    assert marked.startswith("Marked: 協定")
    assert len(marked) < len("Marked: 協定は守られる。")
    page.reload()
    page.evaluate(
        """() => {
          const [first, last] = [5, 6].map((n) => document.querySelector(`#paragraph-${n} .text`));
          getSelection().setBaseAndExtent(first, 0, last, 1);
        }"""
    )
    page.keyboard.press("a")
    expect(page.locator("#kg-place")).to_contain_text("a citation ends with its paragraph")
    words = page.locator("#paragraph-5 .text").text_content() or ""
    expect(page.locator("#kg-words")).to_have_text(words)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    # A denial of it, of words marked with the mouse, and the form is empty again.
    page.locator("#paragraph-6 .text").select_text()
    page.keyboard.press("d")
    fill(page, "claim", "", "Vael")
    fill(page, "speaker", "senn", "Mara Senn")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#paragraph-6 .claims")).to_contain_text("denie")


def test_an_end_and_a_further_citation_are_written_by_the_keyboard_alone(
    server: Server, page: Page
) -> None:
    mark_by_keys(page, "5", 0, 2)
    page.keyboard.press("e")
    expect(page.locator("#kg-desk-title")).to_have_text("End of a state")
    fill(page, "state", "torr party", "Torrin is party to")
    expect(page.locator("#kg-relation")).to_be_hidden()
    expect(page.locator("#kg-speaker")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#kg-when")).to_be_focused()
    page.keyboard.type("2024-02")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kg-told")).to_contain_text("Torrin stopped being party to")
    expect(page.locator("#paragraph-5 .claims")).to_contain_text("Torrin stopped being party")
    mark_by_keys(page, "5", 0, 3)
    page.keyboard.press("c")
    fill(page, "assertion", "vael enters", "Vael enters into")
    expect(page.locator("#kg-desk [type=submit]")).to_be_focused()
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    # A further place is typed with help: an article, then the number of its paragraph.
    page.locator("#kg-also").focus()
    fill(page, "also", "gaz 2018", "gazette-2018-03-12")
    expect(page.locator("#kg-also")).to_have_value("gazette-2018-03-12 ")
    page.keyboard.type("2")
    expect(page.locator("#kg-yaml")).to_contain_text("gazette-2018-03-12: [1, 2]")
    no_problems(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#paragraph-5 .claims")).to_contain_text("Vael enters into")
    corpus = reading_of(server.folder).written
    assert len(corpus.assertions["vael-enters"].citations) == 4


def test_qualifiers_are_typed_with_help(page: Page) -> None:
    mark_by_keys(page, "4", 0, 2)
    page.keyboard.press("a")
    fill(page, "subject", "vae", "Vael")
    fill(page, "relation", "party", "is party to")
    fill(page, "object", "Osk", "Osk Compact")
    expect(page.locator("#kg-speaker")).to_be_focused()
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.locator("#kg-with").focus()
    fill(page, "with", "takes", "takesEffect=")
    expect(page.locator("#kg-with")).to_have_value("takesEffect=")
    page.keyboard.type("2024-05-01")
    expect(page.locator("#kg-yaml")).to_contain_text("with: {takesEffect: 2024-05-01}")
    page.keyboard.press("Escape")


def test_what_was_typed_of_some_words_is_not_said_of_others(server: Server, page: Page) -> None:
    mark_by_keys(page, "2", 0, 2)
    page.keyboard.press("n")
    fill(page, "thing", "vae", "Vael")
    expect(page.locator("#kg-name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#kg-desk")).to_be_hidden()
    mark_by_keys(page, "4", 0, 1)
    page.keyboard.press("n")
    expect(page.locator("#kg-thing")).to_have_value("")
    expect(page.locator("#kg-name")).to_have_value("Brell closed")
    page.keyboard.press("Escape")


def test_what_is_wrong_is_said_when_a_field_is_left_and_a_new_thing_has_a_kind(
    server: Server, page: Page
) -> None:
    mark_by_keys(page, "4", 0, 1)
    page.keyboard.press("a")
    fill(page, "subject", "Reed Ltd", "new actor")
    fill(page, "relation", "contrav", "contravenes")
    fill(page, "object", "Osk", "Osk Compact")
    expect(page.locator("#kg-speaker")).to_be_focused()
    page.locator("#kg-kind-subject").fill("compan")
    page.locator("#kg-list-kind-subject li").first.click()
    expect(page.locator("#kg-yaml")).to_contain_text("type: Company")
    page.locator("#kg-when").press_sequentially("soo")
    expect(page.locator("#kg-yaml")).to_be_hidden()
    expect(page.locator("#kg-wrong")).to_have_text("")
    page.keyboard.press("Tab")
    expect(page.locator("#kg-wrong")).to_contain_text("soo")
    page.locator("#kg-when").fill("2018")
    expect(page.locator("#kg-list-when li").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("More:").click()
    page.get_by_label("Speaker without a name").fill("A fisher")
    page.get_by_role("combobox", name="Also said in").fill("post 2")
    expect(page.locator("#kg-yaml")).to_contain_text("type: UnnamedSource")
    expect(page.locator("#kg-yaml")).to_contain_text("- 2")
    no_problems(page)
    page.locator("#kg-close").click()


def test_what_changed_in_between_is_not_overwritten_and_the_form_is_kept(
    server: Server, page: Page
) -> None:
    mark_by_keys(page, "4", 0, 3)
    page.keyboard.press("a")
    fill_assertion(page, "Ferry Accord")
    place = page.locator("#kg-yaml").text_content() or ""
    file = server.folder / place.removeprefix("# ").partition(":")[0]
    before = file.read_text("utf-8")
    expect(page.locator("#kg-yaml")).to_contain_text("p: 4")
    file.write_text(f"{before}\n# a remark\n", "utf-8")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kg-wrong")).to_contain_text("was changed since you saw it")
    expect(page.locator("#kg-subject")).to_have_value("Vael")
    assert file.read_text("utf-8") == f"{before}\n# a remark\n"
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kg-told")).to_contain_text("Written:")
    assert "# a remark" in file.read_text("utf-8")


def test_what_is_typed_goes_with_an_article_that_gets_another_id(
    server: Server, page: Page
) -> None:
    before = {file: file.read_bytes() for file in (server.folder / "sources").iterdir()}
    mark_by_keys(page, "4", 0, 3)
    page.keyboard.press("a")
    fill(page, "subject", "vae", "Vael")
    page.keyboard.type("par")
    words = page.locator("#kg-words").text_content() or ""
    assert main(["-C", str(server.folder), "rename", "post", "letter-of-may"]) == 0
    page.wait_for_url("**/article/letter-of-may.html")
    for address in ("letter-of-may", "post"):
        expect(page.locator("#kg-words")).to_have_text(words)
        expect(page.locator("#kg-subject")).to_have_value("Vael")
        expect(page.locator("#kg-relation")).to_have_value("par")
        if address != "post":
            (server.folder / RENAMED_FILE).unlink()
            for file, data in before.items():
                file.write_bytes(data)
            notice = page.get_by_role("status").filter(has_text="This page is not there any more")
            expect(notice).to_be_visible()
            expect(page.locator("#kg-relation")).to_have_value("par")
            page.goto(f"{server.url}/article/post.html")
    page.locator("#kg-close").click()


def test_a_new_thing_is_made_with_the_name_that_is_marked_on_a_narrow_screen(
    server: Server, page: Page
) -> None:
    page.set_viewport_size(NARROW)
    mark_by_keys(page, "3", 0, 1)
    page.locator("#kg-bar [data-kind=assertion]").click()
    expect(page.locator("#kg-words")).to_have_text("Ada Dorn,")
    page.keyboard.type("Ada Dorn")
    expect(page.locator("#kg-list-subject li").first).to_contain_text("new actor")
    page.keyboard.press("Enter")
    fill(page, "relation", "party", "is party to")
    fill(page, "object", "osk", "Osk Compact")
    expect(page.locator("#kg-yaml")).to_contain_text("label: Ada Dorn")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW["width"]
    no_problems(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kg-told")).to_contain_text("Written:")
    assert reading_of(server.folder).written.things["ada-dorn"].label == "Ada Dorn"


def test_what_is_written_waits_for_the_choice_that_was_taken_just_before(
    server: Server, page: Page
) -> None:
    page.evaluate(
        """() => {
          const { fetch } = window;
          window.fetch = async (...asked) => {
            await new Promise((go) => setTimeout(go, 500));
            return fetch(...asked);
          };
        }"""
    )
    mark_by_keys(page, "6", 0, 1)
    page.keyboard.press("n")
    page.keyboard.type("Vael")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#kg-told")).to_contain_text("Written:")
    vael = reading_of(server.folder).written.things["vael"]
    assert "Both sides" in [each.name.text for each in vael.aliases]


def test_proposals_are_shown_with_their_passage_lit_to_accept_or_reject(
    server: Server, page: Page
) -> None:
    accepted = new(server.folder, "the illegal toll", "pilot-convention")
    rejected = new(server.folder, "refused to confirm", "pilot-convention")
    page.goto(f"{server.url}/desk/proposals.html")
    expect(page.locator("mark")).to_have_text(["the illegal toll", "refused to confirm"])
    no_problems(page)
    page.get_by_role("button", name=f"Accept {accepted}", exact=True).click()
    expect(page.locator("mark")).to_have_text(["refused to confirm"])
    page.get_by_role("button", name=f"Reject {rejected}", exact=True).click()
    expect(page.locator(".standfirst")).to_contain_text("Nothing waits")
    written = reading_of(server.folder).written.assertions
    assert (accepted in written, rejected in written) == (True, False)


def test_a_question_is_typed_with_help_asked_and_drawn(server: Server, page: Page) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(f"{server.url}/sparql")
    editor = page.get_by_role("textbox", name="The question")
    editor.focus()
    page.keyboard.type("SELECT ?pact { :vae")
    expect(page.get_by_role("option").first).to_contain_text("Vael")
    page.keyboard.press("Enter")
    page.keyboard.type(" party")
    expect(page.get_by_role("option").first).to_contain_text("is party to")
    no_problems(page)
    page.keyboard.press("Enter")
    page.keyboard.type(" ?pact }")
    # The keyboard is not kept: Escape ends the help, and Tab leads on.
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask")).to_be_focused()
    editor.focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("cell", name="Pilot Convention", exact=True)).to_be_visible()
    expect(editor).to_have_text("SELECT ?pact { :vael kg:partyTo ?pact }")
    page.get_by_role("link", name="As a picture").click()
    expect(page.get_by_role("application")).to_have_attribute("aria-label", re.compile("claims"))
    assert problems == []


def test_without_the_token_there_is_no_desk(server: Server, tmp_path: Path) -> None:
    assert "kg-desk" not in server.get("/article/post.html").text
    assert server.get("/desk/proposals.html").status_code == 403
    token, json = {"x-kg-token": server.token}, {"content-type": "application/json"}
    for path in ("choices", "draft", "write", "proposals.html"):
        address = f"{server.url}/desk/{path}"
        assert httpx.post(address, content="{}", headers=json).status_code == 403
        foreign = {**token, **json, "origin": "http://evil.example"}
        assert httpx.post(address, content="{}", headers=foreign).status_code == 403
        for content in ("{", "[]", '{"fields": 1}', '{"field": 1}', '{"deed": []}', "x" * 200_000):
            answer = httpx.post(address, content=content, headers={**token, **json})
            assert answer.status_code == 400
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = httpx.post(f"{server.url}/desk/write", content="{}", headers={**token, **form})
    assert answer.status_code == 400
