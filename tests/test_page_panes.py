"""What stands beside the picture: table, positions, legend and panel tell the same as it does, and
as kg does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pictures import example as picture
from pictures import parallel, read_example, standing_as, view_page
from playwright.sync_api import expect
from test_page_browser import Open, Opened, open_page

from kg.dates import Day
from kg.model.modes import Mode, Polarity
from kg.reading import Reading
from kg.reports.positions import position_matrices
from kg.status.lens import Lens
from kg.status.status import Status
from kg.view.picture import History, Run

__all__ = ["open_page"]
Held = set[tuple[str, str, str, str, str]]

FOLDED = "[data-fold][aria-expanded=false]"
ROWS = """() => [...document.querySelectorAll('#table tbody tr:not(.fact)')]
    .map((row) => actorKg.TIES[row.dataset.tie])"""
SHOWN = """() => ({
    legend: [...document.querySelectorAll('[data-section=status] .entry')]
        .filter((row) => row.querySelector('input').checked)
        .reduce((sum, row) => sum + Number(row.querySelector('.count').textContent), 0),
    picture: actorKg.picture.figures.reduce((sum, { line }) => sum + (line?.ties.length ?? 0), 0),
    table: document.querySelectorAll('#table tbody tr:not(.fact)').length,
    counts: Number(
        /(\\d+)( of \\d+)? claims?/.exec(document.querySelector('#counts').textContent)[1]),
    things: [...document.querySelectorAll('[data-section=look] .entry')]
        .filter((row) => row.querySelector('input').checked)
        .reduce((sum, row) => sum + Number(row.querySelector('.count').textContent), 0)
        - actorKg.picture.figures.filter(({ thing }) => thing).length,
})"""
HELD = """() => [...document.querySelectorAll('.dispute')].flatMap((dispute) =>
    [...dispute.querySelectorAll('.asking')].flatMap((body) => {
        const told = (cell) => cell.querySelector('bdi').textContent;
        const question = told(body.querySelector('th'));
        return [...body.querySelectorAll('tr')].flatMap((row) =>
            [...row.querySelectorAll('.held')].map((held) =>
                [told(dispute.querySelector('h3')), question, told(row), held.dataset.actor,
                 held.dataset.card]));
    }))"""


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


@pytest.fixture(scope="module")
def disputes(example: Reading) -> str:
    return view_page(example, "disputes")


def agree(opened: Opened, ties: int) -> None:
    """Legend, picture, table and counts show this many ties, and as many things."""
    shown = dict.fromkeys(("legend", "picture", "table", "counts"), ties) | {"things": 0}
    assert opened.page.evaluate(SHOWN) == shown


def test_the_table_sorts_by_every_column_and_says_so(open_page: Open, disputes: str) -> None:
    opened = open_page(disputes, hash="#?view=table")
    count = opened.page.locator("#table tbody tr:not(.fact)").count()
    columns = {
        name: number
        for number, name in enumerate(("words", "status", "when", "cited", "sources"), 1)
    }
    for name, number in columns.items():
        seen = []
        for way in ("ascending", "descending"):
            opened.page.click(f"button[data-sort={name}]")
            assert opened.page.get_attribute("#table th[aria-sort]", "aria-sort") == way
            seen.append(
                opened.page.locator(
                    f"#table tbody tr:not(.fact) > :nth-child({number})"
                ).all_inner_texts()
            )
            assert len(seen[-1]) == count
        up, down = seen
        if name == "when":
            dated = [text for text in up if text != "undated"]
            assert up[len(dated) :] == down[len(dated) :] == ["undated"] * (count - len(dated))
            years = [text[:4] for text in dated if text[:4].isdigit()]
            assert years == sorted(years)
        if name == "sources":
            assert up == sorted(up)
            assert down == sorted(up, reverse=True)
        if name == "words":
            assert up == down[::-1]
    assert "sort=-sources" in opened.page.evaluate("() => location.hash")
    opened.page.click("button[data-sort=sources]")
    assert opened.page.locator("#table th[aria-sort]").count() == 0


def test_the_table_shows_its_rows_by_the_three_hundred_and_says_how_many_remain(
    open_page: Open,
) -> None:
    opened = open_page(parallel(650), hash="#?view=table")
    more = opened.page.locator(".more-rows")
    assert more.inner_text() == "Show 300 more (350 remain)"
    more.press("Enter")
    assert opened.page.locator("#table tbody tr:not(.fact)").count() == 600
    assert opened.page.evaluate("() => document.activeElement.closest('tr').rowIndex") == 301
    assert more.inner_text() == "Show 50 more (50 remain)"
    more.click()
    assert opened.page.locator("#table tbody tr:not(.fact)").count() == 650
    assert not more.is_visible()


def test_twelve_rows_stand_on_the_first_screen_of_the_table(
    open_page: Open, example: Reading
) -> None:
    for name in ("gsomia", "everything"):
        opened = open_page(view_page(example, name), hash="#?view=table")
        whole = opened.page.evaluate(
            """() => { const end = document.querySelector('main').getBoundingClientRect().bottom;
                return [...document.querySelectorAll('#table tbody tr')]
                    .filter((row) => row.getBoundingClientRect().bottom <= end).length; }"""
        )
        assert whole >= 12, name
        beyond = opened.page.locator(".more-tags").evaluate_all(
            """(all) => all.filter((each) => each.getBoundingClientRect().bottom >
                each.closest('tr').getBoundingClientRect().bottom).length"""
        )
        assert beyond == 0, name


def test_the_table_of_everything_is_printed_on_less_than_fifteen_pages_with_all_citations(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "everything"), hash="#?view=table")
    paper = opened.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) < 15
    opened.page.emulate_media(media="print")
    hidden = "(all) => all.filter((each) => !each.checkVisibility()).length"
    assert opened.page.locator("#table .tag").evaluate_all(hidden) == 0


def test_the_filter_of_the_table_finds_rows_by_words_of_sentence_status_date_and_article(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#?view=table")
    rows = opened.page.locator("#table tbody tr")
    everything = rows.count()
    opened.page.fill("#rows", "kono  ATTRIBUTED")
    assert 0 < rows.count() < everything
    for text in rows.all_inner_texts():
        assert "Kono" in text
        assert "attributed" in text
    assert "rows=kono" in opened.page.evaluate("() => location.hash")
    opened.page.fill("#rows", "kyodo 2019")
    assert 0 < rows.count() < everything
    opened.page.fill("#rows", "no such word")
    assert rows.count() == 0
    opened.page.fill("#rows", "")
    assert rows.count() == everything


def test_a_row_with_many_articles_shows_the_first_and_the_others_on_demand(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#?view=table")
    button = opened.page.locator(".more-tags").first
    row = opened.page.locator("#table tbody tr", has=opened.page.locator(".more-tags")).first
    more = int(button.inner_text().removeprefix("+"))
    seen = "(all) => all.filter((each) => each.checkVisibility()).length"
    assert row.locator(".tag").evaluate_all(seen) == 2
    tie = row.get_attribute("data-tie")
    button.click()
    row = opened.page.locator(f"#table tr[data-tie='{tie}']")
    assert row.locator(".tag").evaluate_all(seen) == 2 + more


def test_rows_in_focus_are_marked_and_choosing_one_keeps_the_focus(open_page: Open) -> None:
    opened = open_page(picture())
    opened.page.focus(".skip")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("() => [actorKg.state.pane, document.activeElement.id]") == [
        "table",
        "table",
    ]
    opened.page.evaluate("() => actorKg.change({ choice: { kind: 'thing', id: 'gsomia' } })")
    marked = opened.page.evaluate(
        f"() => ({ROWS})().length - document.querySelectorAll('tr.marked').length"
    )
    assert marked == sum("gsomia" not in (tie.source, tie.target) for tie in picture().ties)
    opened.page.locator("#table tbody th a").nth(5).press("Enter")
    opened.shows("Who says so")
    assert opened.page.evaluate("() => document.activeElement.closest('tr').ariaCurrent") == "true"


def test_one_entry_of_the_legend_can_be_shown_alone_and_all_agree(
    open_page: Open, disputes: str
) -> None:
    opened = open_page(disputes, hash="#?view=table")
    ties = opened.page.evaluate("() => actorKg.TIES.length")
    agree(opened, ties)
    box = opened.page.locator("input[data-kind=source][value='nyt-2019-11-22']")
    alone = int(opened.page.locator(".entry", has=box).locator(".count").inner_text())
    assert 0 < alone < ties
    box.press("Enter")
    agree(opened, alone)
    assert opened.page.evaluate(
        "() => location.hash"
    ) == "#?only=source:nyt-2019-11-22&view=table".replace(":", "%3A")
    cited = opened.page.locator("#table tbody tr:not(.fact) td:nth-child(4)").all_text_contents()
    assert all("New York Times" in each for each in cited)
    opened.page.uncheck("input[data-kind=status][value=accepted]")
    left = opened.page.locator("#table tbody tr:not(.fact)").count()
    agree(opened, left)
    opened.page.click("[data-section=source] .all")
    opened.page.click("[data-section=status] .all")
    agree(opened, ties)
    opened.page.locator("[data-section=speaker] .entry .name").first.dblclick()
    (speaker,) = opened.page.evaluate("() => actorKg.state.only")
    agree(opened, opened.page.locator("#table tbody tr:not(.fact)").count())
    said = opened.page.evaluate(
        f"() => ({ROWS})().map((tie) => actorKg.cardOf(tie.assertion).speakerIds)"
    )
    assert said
    assert all(speaker.removeprefix("speaker:") in speakers for speakers in said)


def test_a_status_of_another_day_stands_in_the_legend_with_none(open_page: Open) -> None:
    shown = parallel(2)
    first = shown.ties[0].assertion
    now = shown.statements[first]
    history = History(
        (Day(2019, 11, 15), Day(2019, 11, 22)),
        0,
        {first: (Run(0, standing_as(now, Status.OPINION)), Run(1, now))},
    )
    articles = tuple(
        each._replace(article=replace(each.article, published=None)) for each in shown.articles
    )
    opened = open_page(replace(shown, history=history, articles=articles))
    entry = opened.page.locator(".entry", has=opened.page.locator("input[value=opinion]"))
    assert entry.locator(".count").inner_text() == "0"
    opened.page.evaluate("() => actorKg.change({ by: '2019-11-16' })")
    assert entry.locator(".count").inner_text() == "1"
    # What has no day is known on any.
    undated = opened.page.locator(".entry:has(input[value^='nyt-'])")
    assert undated.evaluate_all("(all) => all.map((row) => row.hidden)") == [False]


def held(reading: Reading, titles: set[str]) -> Held:
    """What kg says who holds in some disputes: dispute, question, answer, actor, assertion."""
    return {
        (
            matrix.dispute.label,
            question.title,
            row.words,
            each.actor,
            each.statement.id,
        )
        for matrix in position_matrices("", reading)
        if matrix.dispute.label in titles
        for question in matrix.questions
        for row in question.propositions
        for each in row.positions
    }


@pytest.mark.parametrize("by", ["", "2019-11-17"])
def test_the_positions_are_those_of_kg_disputes(
    open_page: Open, disputes: str, example: Reading, by: str
) -> None:
    opened = open_page(disputes, hash=f"#?view=positions&by={by}")
    unfold(opened)
    found = {tuple(each) for each in opened.page.evaluate(HELD)}
    reading = example.under(Lens(known_by=Day(2019, 11, 17))) if by else example
    assert found
    told = held(reading, {each[0] for each in found})
    if by:
        # What belongs to a dispute is as the whole data set tells it; what is said there, as of the
        # day.
        assert (
            {each[4] for each in told}
            <= {each[4] for each in found}
            <= reading.visible_corpus.assertions.keys()
        )
    else:
        assert found == told
    contested = opened.page.locator(".asking.contested").first
    assert "contested" in contested.locator("th").first.inner_text()
    opened.page.locator(".held a").first.press("Enter")
    opened.shows("Who says so")
    assert opened.page.locator(".held.marked").count() >= 1
    assert opened.page.locator("td.silent[title^='No word from']").count() >= 1


def unfold(opened: Opened) -> None:
    """Unfolds all kinds of questions of all disputes."""
    folded = opened.page.locator(FOLDED)
    folded.evaluate_all("(all) => all.forEach((each) => each.click())")
    expect(folded).to_have_count(0)


def test_a_matrix_fits_a_screen_and_its_cells_tell_who_says_and_who_denies(
    open_page: Open, disputes: str, example: Reading
) -> None:
    opened = open_page(disputes, hash="#?view=positions")
    room = opened.page.evaluate("() => document.querySelector('main').clientHeight")
    sizes = opened.page.locator(".matrix").evaluate_all(
        "(all) => all.map((each) => [each.offsetHeight, each.scrollWidth - each.clientWidth])"
    )
    assert len(sizes) >= 5
    assert all(height <= max(room, 600) and beyond <= 0 for height, beyond in sizes)
    folded = opened.page.locator(FOLDED)
    count = folded.count()
    folded.first.click()
    expect(folded).to_have_count(count - 1)
    unfold(opened)
    marks = opened.page.evaluate(
        """() => [...document.querySelectorAll('.matrix .held')].map((held) => {
            const [, sign] = /mark-(\\S+)/.exec(held.querySelector('.mark').className);
            const stand = held.closest('.asking').querySelector('th').innerText;
            return [held.dataset.card, sign, stand.startsWith('For or against')];
        })"""
    )
    for card, sign, is_stand in marks:
        assertion = example.corpus.assertions[card]
        if is_stand:
            assert sign in ("for", "against")
        elif assertion.polarity is Polarity.DENIES:
            assert sign == "denies", card
        elif assertion.mode is not Mode.ACTUAL:
            assert sign not in ("says", "denies"), "a plan, a demand or an opinion is no report"
    opened.page.locator(".held .mark-denies").first.click()
    opened.shows("Who says so")
    assert "paragraph" in opened.panel()


@pytest.mark.parametrize("pane", ["table", "positions"])
def test_on_a_small_screen_words_have_its_whole_width(
    open_page: Open, disputes: str, pane: str
) -> None:
    opened = open_page(disputes, width=390, height=844, hash=f"#?view={pane}")
    for width, height in ((390, 844), (844, 390), (700, 420), (640, 400)):
        opened.page.set_viewport_size({"width": width, "height": height})
        opened.page.evaluate("(pane) => { location.hash = `#?view=${pane}`; }", pane)
        expect(opened.page.locator("#panel")).not_to_be_visible()
        box = opened.page.locator(f"#{pane}").bounding_box()
        assert box is not None
        assert box["width"] >= width - 2
        opened.page.locator(f"#{pane} tbody a").first.click()
        expect(opened.page.locator("#panel")).to_be_visible()


def test_no_name_above_the_columns_of_positions_is_cut(open_page: Open, disputes: str) -> None:
    opened = open_page(disputes, hash="#?view=positions")
    heads = opened.page.evaluate(
        """() => [...document.querySelectorAll('.matrix:not(.wide) .actor')].map((head) => {
            const span = head.querySelector('span');
            const isWhole = span.scrollWidth <= span.clientWidth + 1
                && span.scrollHeight <= span.clientHeight + 1 && span.offsetWidth <= head.offsetWidth;
            return [span.textContent, isWhole && !span.textContent.endsWith('…')];
        })"""
    )
    assert len(heads) > 5
    assert [name for name, is_whole in heads if not is_whole] == []


def test_positions_are_printed_whole_and_within_the_paper(open_page: Open, disputes: str) -> None:
    opened = open_page(disputes, width=688, height=970, hash="#?view=positions")
    opened.page.emulate_media(media="print")
    opened.page.wait_for_function(
        "() => !document.querySelector('[aria-expanded=false][data-fold]')"
    )
    lost = opened.page.evaluate(
        """() => [...document.querySelectorAll('#positions td, #positions th')].filter((cell) => {
            const box = cell.getBoundingClientRect();
            return box.right > innerWidth + 1 || cell.scrollWidth > cell.clientWidth + 2;
        }).length"""
    )
    assert lost == 0
    assert (
        opened.page.evaluate(
            "() => getComputedStyle(document.querySelector('#positions')).position"
        )
        == "static"
    )


@pytest.mark.parametrize("pane", ["picture", "table", "positions"])
def test_the_legend_has_room_for_its_counts_on_a_wide_screen(
    open_page: Open, disputes: str, pane: str
) -> None:
    opened = open_page(disputes, width=2560, height=1440, hash=f"#?view={pane}")
    cut = opened.page.evaluate(
        """() => [...document.querySelectorAll('.legend .count')].filter((count) =>
            count.getBoundingClientRect().right > document.querySelector('main').getBoundingClientRect().left - 8
        ).length"""
    )
    assert cut == 0


def test_a_double_click_in_the_legend_selects_no_text(open_page: Open) -> None:
    opened = open_page(picture())
    opened.page.locator(".entry .name").first.dblclick()
    assert opened.page.evaluate("() => getSelection().toString()") == ""


def test_a_page_without_disputes_has_no_button_for_positions(open_page: Open) -> None:
    opened = open_page(picture())
    assert opened.page.locator(".panes button").all_inner_texts() == ["Picture", "Table"]
    assert opened.page.locator(".panes [aria-pressed=true]").inner_text() == "Picture"


def test_a_badge_says_how_many_ties_lead_on_shows_them_and_back_takes_them_back(
    open_page: Open,
) -> None:
    opened = open_page(picture(), hash="#thing/mark-esper")
    bright = "() => actorKg.visibility.inFocus().ties.size"
    before = opened.page.evaluate(bright)
    badge, *_ = opened.page.evaluate("() => actorKg.picture.layout.badges")
    more = int(badge["text"].removeprefix("+"))
    listed = opened.page.locator(".rim li", has=opened.page.locator(f"a[href$='{badge['id']}']"))
    assert badge["text"] in listed.inner_text()
    scale = opened.page.evaluate("() => actorKg.picture.layout.scale")
    opened.page.mouse.click(
        *opened.at(f"[{badge['box']['x'] / scale}, {badge['box']['y'] / scale}]")
    )
    opened.page.wait_for_function(f"() => actorKg.state.opened[0] === '{badge['id']}'")
    assert opened.page.evaluate(bright) == before + more
    assert f"open={badge['id']}" in opened.page.evaluate("() => location.hash")
    opened.page.go_back()
    opened.page.wait_for_function("() => actorKg.state.opened.length === 0")
    assert opened.page.evaluate(bright) == before
    opened.page.locator(".rim button").first.press("Enter")
    assert opened.page.evaluate(bright) > before
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate(
        "() => [actorKg.state.opened.length, actorKg.visibility.inFocus()]"
    ) == [
        0,
        None,
    ]


def test_the_panel_groups_the_ties_of_a_thing_and_counts_them(open_page: Open) -> None:
    opened = open_page(picture(), hash="#thing/gsomia")
    ties = opened.page.locator("#panel .folded").count()
    for way in ("by subject", "by status"):
        opened.page.get_by_role("button", name=way).click()
        counts = [
            int(each) for each in opened.page.locator("#panel .group .count").all_inner_texts()
        ]
        assert len(counts) > 1
        assert sum(counts) == ties
        assert counts == sorted(counts, reverse=True)


def test_both_sides_of_a_contested_tie_stand_side_by_side_where_there_is_room(
    open_page: Open, disputes: str
) -> None:
    opened = open_page(disputes, hash="#assertion/radar-denied")
    side = "() => document.querySelector('.card.opposed > .against').getBoundingClientRect().left"
    own = "() => document.querySelector('.card.opposed').getBoundingClientRect().left"
    assert opened.page.evaluate(side) == opened.page.evaluate(own)
    opened.page.locator("#panel-size").press("Enter")
    assert opened.page.get_attribute("#panel-size", "aria-expanded") == "true"
    assert opened.page.evaluate(side) > opened.page.evaluate(own) + 200


def test_on_a_phone_every_pane_fits_and_can_be_touched(open_page: Open, disputes: str) -> None:
    opened = open_page(disputes, width=390, height=844, hash="#?")
    for pane in ("picture", "table", "positions"):
        opened.page.tap(".menu summary")
        opened.page.tap(f"#{pane}-toggle")
        wide = (
            f"() => [...document.querySelectorAll('html, #{pane}')]"
            ".every((each) => each.scrollWidth <= 390)"
        )
        assert opened.page.evaluate(wide), pane
    beyond = opened.page.locator(".matrix").evaluate_all(
        "(all) => all.map((each) => each.scrollWidth - each.clientWidth)"
    )
    assert len(beyond) >= 5
    assert max(beyond) <= 0, "where many speak, those on a side share its column"
    opened.page.tap("#legend summary")
    small = """() => [...document.querySelectorAll(
            '.entry label, .entry .only, .panes button, #panel-size')]
        .filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect())
        .filter((box) => box.height < 44 || box.width < 44).length"""
    assert opened.page.evaluate(small) == 0
    opened.page.tap("#legend summary")
    opened.page.tap(".menu summary")
    opened.page.tap("#picture-toggle")
    before = opened.page.locator("#panel").bounding_box()
    opened.page.tap("#panel-size")
    after = opened.page.locator("#panel").bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] * 2


def test_the_panel_of_a_pact_tells_its_life_as_far_as_it_was_known(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#thing/gsomia")
    life = opened.page.locator(".lived")
    assert (
        opened.page.inner_text(".stands")
        == "As the press knew it on 23 November 2019: in force, termination put off"
    )
    assert "it did not happen" in life.inner_text()
    unfolded = life.locator(".life li").evaluate_all(
        "(all) => all.filter((each) => each.checkVisibility()).length"
    )
    assert 0 < unfolded <= 10 < life.locator(".life li").count()
    opened.page.evaluate("() => actorKg.change({ by: '2019-11-18', on: '2018-01-01' })")
    assert (
        "(the latest article is of 17 November 2019): in force, termination announced"
        in opened.page.inner_text(".stands")
    )
    assert "it did not happen" not in life.inner_text()
    shown = life.locator("[data-card]").evaluate_all(
        "(all) => all.map((each) => each.dataset.card)"
    )
    known = example.under(Lens(known_by=Day(2019, 11, 18))).standings
    assert set(shown) <= known.keys()
    assert "hold-off" not in shown
    happened = life.locator(".life").first
    assert happened.locator(".line").inner_text() == "after 1 January 2018"
    after = happened.locator(".line ~ li [data-card]").evaluate_all(
        "(all) => all.map((each) => each.dataset.card)"
    )
    assert after == ["termination-announced"]
    life.locator("[data-card=termination-announced] a").press("Enter")
    opened.shows("Who says so")
