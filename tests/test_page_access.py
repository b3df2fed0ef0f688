"""The page for everyone: axe finds nothing, in light and dark, in every pane, on a phone, in a
frame of its own.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from pictures import read_example, view_page
from test_page_browser import Open, Opened, open_page

__all__ = ["open_page"]
RUN = """async (options) => {
    const { violations } = await axe.run(document, { ...options, resultTypes: ['violations'] });
    const places = (nodes) => nodes.map((node) => node.target.join(' ')).join(', ');
    return violations.map(({ id, nodes }) => `${id}: ${places(nodes)}`);
}"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Rules = dict[str, object]
ALL_RULES: Rules = {"runOnly": {"type": "tag", "values": TAGS}}
CONTRAST: Rules = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
ALL_BUT_CONTRAST: Rules = {**ALL_RULES, "rules": {"color-contrast": {"enabled": False}}}
STATES = {
    "a step of the story": "#step/2",
    "nothing chosen": "#?",
    "a thing": "#thing/gsomia?depth=2&on=2019-11-15",
    "an assertion": "#assertion/pact-linked-to-trade",
    "a path": "#path/mark-esper/japan",
    "the table": "#thing/japan?view=table",
    "the positions": "#?view=positions",
}


@pytest.fixture(scope="module")
def gsomia(repository: Path) -> str:
    return view_page(read_example(), "gsomia")


def findings(opened: Opened, rules: Rules = ALL_RULES) -> list[str]:
    """What axe finds in the page as it is now, by some rules."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    if not opened.page.evaluate("() => 'axe' in globalThis"):
        opened.page.evaluate(files(axe).joinpath("axe.min.js").read_text("utf-8"))
    found = opened.page.evaluate(RUN, rules)
    assert isinstance(found, list)
    return found


# Dark differs in its colours alone, a phone in its frame: half of the states show both.
@pytest.mark.parametrize(
    ("theme", "width", "states", "rules"),
    [
        ("light", 1280, [*STATES], ALL_RULES),
        ("dark", 1280, [*STATES][1::2], CONTRAST),
        ("light", 390, [*STATES][1::2], ALL_BUT_CONTRAST),
    ],
    ids=["light", "dark", "a phone"],
)
def test_axe_finds_nothing_in_any_state(  # noqa: PLR0913 - what a browser is set to
    open_page: Open,
    gsomia: str,
    theme: str,
    width: int,
    states: list[str],
    rules: Rules,
) -> None:
    opened = open_page(gsomia, width=width, height=844 if width < 500 else 800, theme=theme)
    for name in states:
        opened.page.evaluate("(hash) => { location.hash = hash; }", STATES[name])
        opened.page.wait_for_timeout(150)
        assert findings(opened, rules) == [], name
    for drawer in opened.page.locator("aside summary, #time > summary").all():
        if drawer.is_visible() and width < 500:
            drawer.click()
    assert findings(opened, rules) == []


def test_axe_finds_nothing_in_an_embedded_page(open_page: Open, gsomia: str) -> None:
    assert findings(open_page(gsomia, hash="#embed")) == []
