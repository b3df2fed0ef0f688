"""A page of ``kg serve`` in a browser follows what is saved, and loses nothing of what is done in
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import Windows
from playwright.sync_api import Page, expect
from servers import Server, serving, small_workspace


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(small_workspace(tmp_path_factory.mktemp("live") / "row")) as started:
        yield started


@pytest.fixture
def page(windows: Windows) -> Iterator[Page]:
    page = windows.take(scripts=True, has_touch=False)
    page.set_viewport_size({"width": 1280, "height": 800})
    said: list[str] = []
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield page
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    windows.give_back(page, scripts=True, has_touch=False)
    assert [text for text in said if "503" not in text] == []


def test_what_is_saved_is_shown_without_losing_the_place(server: Server, page: Page) -> None:
    file = server.folder / "sources" / "osk.yaml"
    text = file.read_text("utf-8")
    page.goto(f"{server.url}/thing/vael.html")
    page.evaluate("window.mark = 1; document.body.style.minHeight = '3000px'; scrollTo(0, 40)")
    page.locator("main a[href]").first.focus()
    focused = page.evaluate("document.activeElement.outerHTML")
    file.write_text(text.replace("label: Vael}", "label: Vael of the ford}", 1), "utf-8")
    expect(page.locator("h1")).to_have_text("Vael of the ford")
    assert page.evaluate("[window.mark, scrollY]") == [1, 40]
    assert page.evaluate("document.activeElement.outerHTML") == focused
    assert "Vael of the ford" in page.title()
    file.write_text(text, "utf-8")
    expect(page.locator("h1")).to_have_text("Vael")


def test_errors_stand_below_the_last_sound_state_until_they_are_mended(
    server: Server, page: Page
) -> None:
    page.goto(f"{server.url}/thing/vael.html")
    broken = server.folder / "sources" / "broken.yaml"
    broken.write_text("articles:\n  x: [\n", "utf-8")
    findings = page.get_by_role("status", name="What is wrong with the workspace")
    expect(findings).to_contain_text("sources/broken.yaml:")
    expect(page.locator("h1")).to_have_text("Vael")
    broken.unlink()
    expect(findings).to_have_count(0)


def test_what_is_typed_is_kept_and_the_page_offered(server: Server, page: Page) -> None:
    question = server.folder / "queries" / "about.rq"
    text = question.read_text("utf-8")
    page.goto(f"{server.url}/ask/about.html")
    page.locator("form.ask input").first.fill("half a wo")
    question.write_text(text.replace("# title: ", "# title: Changed ", 1), "utf-8")
    notice = page.get_by_role("status").filter(has_text="The page has changed")
    expect(notice).to_be_visible()
    assert page.locator("form.ask input").first.input_value() == "half a wo"
    notice.get_by_role("button").click()
    expect(page.locator("h1")).to_contain_text("Changed")
    question.write_text(text, "utf-8")


def test_a_question_is_asked_and_its_answer_leads_on(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/sparql")
    query = "SELECT ?who { ?who a kg:Article } ORDER BY ?who"
    page.get_by_role("textbox", name="The question").fill(query)
    page.get_by_role("button", name="Ask").click()
    page.locator("table a").first.click()
    page.wait_for_url("**/article/**")
    expect(page.locator("h1")).to_be_visible()
