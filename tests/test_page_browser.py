"""The page in a real browser, opened as a file: what a reader sees, clicks and hears, and that it
asks nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Windows
from pictures import example, parallel, read_example, to, with_statements
from readable import NAMES
from test_page import HOSTILE, drawn, hostile_picture

from kg.site.pages import build_pages
from kg.status.statement import Statement
from kg.view.picture import Picture

if TYPE_CHECKING:
    from playwright.sync_api import Page


def place_of(id: str) -> str:
    """Return the script that tells where a thing is drawn, in the picture's own units."""
    return f"(() => {{ const {{ x, y }} = actorKg.places.placeOf('{id}'); return [x, y]; }})()"


@dataclass(frozen=True)
class Opened:
    """A page in the browser, what it said on the console, and what it asked for."""

    page: Page
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @cached_property
    def listeners(self) -> dict[Any, Callable[[Any], None]]:
        """What writes down what the page says and asks for, by the event."""
        return {
            "console": lambda message: self.console.append(message.text),
            "pageerror": lambda error: self.console.append(str(error)),
            "request": lambda request: self.requests.append(request.url),
        }

    @property
    def hash(self) -> str:
        """The part of the address in which the state stands. Playwright's `page.url` comes to know of
        it a moment later.
        """
        return str(self.page.evaluate("location.hash"))

    def at(self, point: str) -> tuple[float, float]:
        """Where a point of the picture (an expression that gives x and y) is on the screen."""
        frame = self.page.locator("#picture").bounding_box()
        assert frame
        x, y = self.page.evaluate(
            f"() => {{ const [x, y] = {point};"
            " return Object.values(actorKg.picture.network.canvasToDOM({ x, y })); }"
        )
        return frame["x"] + x, frame["y"] + y

    def resting(self, selector: str) -> tuple[float, float]:
        """Where the middle of an element is on the screen, once nothing moves it or draws it anew."""
        return tuple(self.page.wait_for_function(AT_REST, arg=selector).json_value())

    def click_thing(self, id: str) -> None:
        self.page.mouse.click(*self.at(place_of(id)))

    def click_tie(self, number: int) -> None:
        """Click on a line where it is farthest from all others."""
        self.page.mouse.click(*self.at(f"({CLEAREST})(actorKg.TIES[{number}])"))

    def panel(self) -> str:
        return self.page.inner_text("#panel")

    def shows(self, title: str) -> None:
        """The panel comes to have this title; a busy machine may take a moment."""
        self.page.wait_for_function(
            "(title) => document.querySelector('#panel h2').innerText === title", arg=title
        )

    def positions(self) -> object:
        return self.page.evaluate(
            "() => [actorKg.picture.network.getPositions(), actorKg.picture.network.getScale()]"
        )


AT_REST = """(selector) => {
    const element = document.querySelector(selector);
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { x, y, width, height } = element?.getBoundingClientRect() ?? {};
    const seen = { element, at: [x + width / 2, y + height / 2] };
    const isSame = seen.element === window.seen?.element && String(seen.at) === String(window.seen.at);
    window.seen = { ...seen, times: isSame ? window.seen.times + 1 : 0 };
    return window.seen.times > 10 && width > 0 && seen.at;
}"""
"""Called once a frame: where the middle of an element is after ten frames in one place."""

CLEAREST = """(tie) => {
    const { TIES, middleOf, picture: { layout: { scale } } } = actorKg;
    const shares = [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7];
    const apart = ([x, y], [u, v]) => Math.hypot(x - u, y - v);
    const middle = middleOf(tie, scale);
    // Claims of one line lie on each other.
    const others = TIES.filter((each) => apart(middleOf(each, scale), middle) > 1);
    const around = others.flatMap((each) =>
        Array.from({ length: 39 }, (_, at) => middleOf(each, scale, (at + 1) / 40)));
    const room = (at) => Math.min(...around.map((point) => apart(point, at)), 25);
    const points = shares.map((share) => middleOf(tie, scale, share));
    const best = points.reduce((one, other) => (room(other) > room(one) ? other : one));
    return best.map((pixels) => pixels / scale);
}"""
"""Where on the line of a tie no other is near."""

Open = Callable[..., Opened]


@pytest.fixture
def open_page(windows: Windows, tmp_path: Path) -> Iterator[Open]:
    """Opens a picture, or a page's text, from a file; afterwards nothing may have been asked for or
    complained of.
    """
    opened: list[tuple[Path, Opened, tuple[bool, bool]]] = []

    def show(  # noqa: PLR0913 - what a browser is set to
        shown: Picture | str,
        width: int = 1280,
        height: int = 800,
        theme: str = "light",
        scripts: bool = True,
        hash: str = "",
    ) -> Opened:
        file = tmp_path / f"page-{len(opened)}.html"
        file.write_bytes((drawn(shown) if isinstance(shown, Picture) else shown).encode())
        kind = scripts, width < 500
        page = windows.take(*kind)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        seen = Opened(page)
        for event, listener in seen.listeners.items():
            page.on(event, listener)
        page.goto(file.as_uri() + hash)
        opened.append((file, seen, kind))
        return seen

    yield show
    for _, seen, kind in opened:
        for event, listener in seen.listeners.items():
            seen.page.remove_listener(event, listener)
        windows.give_back(seen.page, *kind)
    for file, seen, _ in opened:
        assert seen.console == []
        assert {url.split("#")[0] for url in seen.requests} <= {file.as_uri(), "data:,"}


def number_of(source: str, target: str) -> int:
    """The number of the example's tie from one thing to another."""
    return next(
        n for n, tie in enumerate(example().ties) if (tie.source, tie.target) == (source, target)
    )


def test_a_click_on_a_line_shows_who_says_so_and_where(open_page: Open) -> None:
    opened = open_page(example())
    opened.click_tie(number_of("mike-pompeo", "gsomia"))
    opened.shows("Who says so")
    panel = opened.panel()
    for words in (
        "Japan says that Mike Pompeo urges renewal of GSOMIA",
        "attributed",
        "August 2019",
        "2 independent (Associated Press, New York Times), in 2 articles",
        "An agreement, at the last minute",
        "paragraphs 4, 16",
        "Gulf Today, written by Associated Press",
        "22 November 2019",
    ):
        assert words in panel
    assert (
        opened.page.get_attribute("#panel .citations a", "href") == "https://example.org/gulftoday"
    )


def test_a_click_on_a_thing_shows_its_ties_each_with_citations_one_click_away(
    open_page: Open,
) -> None:
    opened = open_page(example())
    opened.click_thing("gsomia")
    ties = [tie for tie in example().ties if "gsomia" in (tie.source, tie.target)]
    opened.shows("GSOMIA")
    assert opened.page.locator("#panel details.folded").count() == len(ties)
    assert opened.page.locator("#panel .citations").count() == 0
    opened.page.click("#panel details:first-of-type summary")
    opened.page.wait_for_selector("#panel .citations")
    assert "paragraphs 4, 16" in opened.panel()


def test_a_name_can_be_clicked_like_its_thing(open_page: Open) -> None:
    opened = open_page(example())
    opened.page.mouse.click(
        *opened.at(
            "(() => { const { names, scale } = actorKg.picture.layout;"
            " const name = names.find((each) => each.id === 'mark-esper');"
            " return [name.x / scale, name.y / scale]; })()"
        )
    )
    opened.shows("Mark Esper")


@pytest.mark.parametrize("count", [2, 10])
def test_n_ties_between_two_things_are_n_lines_that_can_be_clicked(
    open_page: Open, count: int
) -> None:
    opened = open_page(parallel(count))
    said = set()
    for number in range(count):
        opened.click_tie(number)
        opened.page.wait_for_function(
            "(tie) => actorKg.state.choice.id === actorKg.TIES[tie].assertion", arg=number
        )
        said.add(opened.page.locator("#panel .words").first.inner_text())
    assert len(said) == count


def test_most_lines_of_the_example_can_be_hit_in_their_middle(open_page: Open) -> None:
    opened = open_page(example())
    missed = opened.page.evaluate(
        """() => actorKg.TIES.filter((tie) => {
            const middle = actorKg.middleOf(tie, actorKg.picture.layout.scale);
            return !actorKg.picture.lineAt(middle, 10)?.ties.includes(tie);
        }).map((tie) => tie.assertion)"""
    )
    assert len(missed) <= 2


def test_nothing_moves_after_the_page_has_opened_and_every_opening_is_alike(
    open_page: Open,
) -> None:
    opened = open_page(example())
    first, shot = opened.positions(), opened.page.locator("#picture").screenshot()
    opened.page.wait_for_timeout(700)
    assert opened.positions() == first
    assert opened.page.locator("#picture").screenshot() == shot
    assert open_page(example()).page.locator("#picture").screenshot() == shot


def test_names_do_not_lie_on_each_other_and_most_are_shown(open_page: Open) -> None:
    opened = open_page(example())
    shown = opened.page.evaluate(NAMES)
    assert shown["hits"] == 0
    assert shown["named"] >= 0.9


def test_what_is_chosen_stands_in_the_address_and_back_goes_back(open_page: Open) -> None:
    opened = open_page(example(), hash="#thing/gsomia")
    opened.shows("GSOMIA")
    opened.click_thing("japan")
    opened.shows("Japan")
    assert opened.page.evaluate("() => location.hash") == "#thing/japan"
    opened.page.go_back()
    opened.shows("GSOMIA")


@pytest.mark.parametrize(
    "hash", ["#thing/nobody", "#assertion/%E0%A4%A", "#thing/__proto__", "#<img src=x>"]
)
def test_an_address_that_names_nothing_here_is_ignored(open_page: Open, hash: str) -> None:
    assert "Click a name or a line" in open_page(example(), hash=hash).panel()


def test_a_contested_tie_shows_both_sides_each_with_its_citations(open_page: Open) -> None:
    shown = example()
    one, other = (number_of(state, "radar-lock-on") for state in ("japan", "south-korea"))
    ids = shown.ties[one].assertion, shown.ties[other].assertion
    against = {ids[0]: (ids[1],), ids[1]: (ids[0],)}
    shown = with_statements(shown, lambda each: replace(each, against=against.get(each.id, ())))
    opened = open_page(shown, hash=f"#assertion/{ids[0]}")
    assert "Japan is side in Radar lock-on contested" in " ".join(opened.panel().split())
    section = opened.page.locator("#panel .against")
    assert "Japan denies that South Korea is side in Radar lock-on" in section.inner_text()
    assert section.locator(".citations li").count() == 2


def test_what_follows_from_others_shows_them_with_their_citations(open_page: Open) -> None:
    shown = example()
    first, second = shown.ties[0].assertion, shown.ties[1].assertion

    def concluded(each: Statement) -> Statement:
        if each.id != first:
            return each
        a = replace(each.assertion, follows_from=(to(second),), rule="a rule", citations=())
        corpus = replace(each.judgement.corpus, assertions=assertions)
        return replace(each, assertion=a, judgement=each.judgement._replace(corpus=corpus))

    assertions = {id: each.assertion for id, each in shown.statements.items()}
    opened = open_page(with_statements(shown, concluded), hash=f"#assertion/{first}")
    assert "a rule" in opened.panel()
    assert opened.page.locator("#panel .premises .citations li").count() == 2


def test_a_page_seen_through_a_lens_says_so(open_page: Open) -> None:
    opened = open_page(replace(example(), lens="as the press knew it on 16 November 2019"))
    assert "As the press knew it on 16 November 2019" in opened.page.inner_text("header")


def test_the_legend_filters_picture_table_and_counts_alike(open_page: Open) -> None:
    opened = open_page(example())
    opened.page.click("#table-toggle")
    opened.page.uncheck("input[value=accepted]")
    opened.page.uncheck("input[value=Event]")
    left = [
        tie
        for tie in example().ties
        if tie.status != "accepted"
        and not {"hunger-strike", "suspension-of-the-end", "complaint-at-the-wto"}
        & {tie.source, tie.target}
    ]
    drawn_ties = "() => actorKg.drawnLines().reduce((sum, { ties }) => sum + ties.length, 0)"
    assert opened.page.evaluate(drawn_ties) == len(left)
    assert opened.page.locator("#table tbody tr:not(.fact)").count() == len(left)
    assert f"41 of 51 names, {len(left)} of 79 claims" in opened.page.inner_text("#counts")


def test_everything_can_be_reached_by_keyboard(open_page: Open) -> None:
    opened = open_page(example())
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("moon")
    opened.page.keyboard.press("Enter")
    opened.shows("Moon Jae-in")
    assert opened.page.inner_text("#spoken") == "Moon Jae-in, 2 claims"
    opened.page.keyboard.press("Escape")
    opened.shows("Click a name or a line")
    opened.page.focus("#table-toggle")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    for _ in range(40):
        if opened.page.evaluate("() => document.activeElement?.closest('#table tbody') !== null"):
            break
        opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    opened.shows("Who says so")
    assert "paragraphs 4, 16" in opened.panel()
    assert opened.page.locator("#table tr.marked").count() == 1


def test_a_name_is_found_without_accents_and_by_alias(open_page: Open) -> None:
    shown = example()
    nodes = tuple(
        replace(node, aliases=("Élysée",)) if node.id == "blue-house" else node
        for node in shown.nodes
    )
    opened = open_page(replace(shown, nodes=nodes))
    opened.page.fill("#find", "elysee")
    opened.page.press("#find", "Enter")
    opened.shows("Blue House")
    opened.page.fill("#find", "nobody at all")
    opened.page.press("#find", "Enter")
    assert opened.page.inner_text("#spoken") == "Nothing here is called nobody at all"


def test_hostile_names_are_shown_in_full_and_do_nothing(open_page: Open) -> None:
    opened = open_page(hostile_picture())
    for number, label in enumerate(HOSTILE):
        opened.page.evaluate(f"() => {{ location.hash = '#thing/n{number}'; }}")
        opened.page.wait_for_function(f"() => actorKg.state.choice.id === 'n{number}'")
        assert opened.page.locator("#panel h2 bdi").evaluate("(bdi) => bdi.textContent") == label
    assert opened.page.evaluate("() => document.querySelectorAll('img, #panel script').length") == 0
    assert opened.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_nothing_that_is_put_into_the_page_can_run(open_page: Open) -> None:
    opened = open_page(example())
    refused = opened.page.evaluate(
        """async () => {
            const refused = [];
            document.addEventListener('securitypolicyviolation',
                (event) => refused.push(event.effectiveDirective));
            const script = document.createElement('script');
            script.append('window.ran = true');
            try { document.body.append(script); } catch { refused.push('trusted types'); }
            const image = '<img src=x onerror="window.ran = true">';
            try { document.body.innerHTML += image; } catch { refused.push('trusted types'); }
            try { await fetch('https://example.org/'); } catch { refused.push('fetch'); }
            return [refused, window.ran === undefined];
        }"""
    )
    assert refused[1]
    assert "trusted types" in refused[0]
    assert "fetch" in refused[0]
    opened.console.clear()
    opened.requests[:] = opened.requests[:1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scroll_and_reaches_legend_and_panel(
    open_page: Open, theme: str
) -> None:
    opened = open_page(example(), width=390, height=844, theme=theme)
    assert opened.page.evaluate("() => document.documentElement.scrollWidth") == 390
    opened.page.tap("#legend summary")
    assert opened.page.locator("#filters label").first.is_visible()
    opened.page.tap("#legend summary")
    x, y = opened.at(place_of("gsomia"))
    opened.page.touchscreen.tap(x, y)
    opened.shows("GSOMIA")
    box = opened.page.locator("#panel").bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] <= 844


def test_without_scripts_the_table_is_there_to_read(open_page: Open) -> None:
    opened = open_page(example(), scripts=False)
    assert opened.page.locator("#table tbody tr:not(.fact)").count() == len(example().ties)
    assert "Japan says that Mike Pompeo urges renewal of GSOMIA" in opened.page.inner_text("#table")
    assert not opened.page.locator("#find").is_visible()


def test_an_empty_view_says_so(open_page: Open) -> None:
    assert (
        "Nothing to show"
        in open_page(Picture("empty", "Nothing yet", "Is there anything?")).panel()
    )


def test_the_pages_of_the_example_open(open_page: Open, repository: Path) -> None:
    made = build_pages(read_example())
    assert set(made) == {
        f"{name}.html" for name in ("actors", "disputes", "everything", "gsomia", "meetings")
    }
    for content in made.values():
        opened = open_page(content.decode())
        assert "step 1 of" in opened.panel()
        opened.page.get_by_role("button", name="Explore").click()
        assert opened.page.locator("#panel .start li").count() >= 5
