"""The pages about a data set as a whole, saved questions with their answers, and what the page of a
thing, a dispute and a pact tells beside its claims.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from pictures import read_example
from test_page_access import findings
from test_page_browser import Open, open_page
from test_site_records import edition_of, plain, record_files

from kg.dates.words import with_days_in_words
from kg.files.workspace import Workspace
from kg.query.folder import read_saved_queries
from kg.reading import read
from kg.site.addresses import OVERVIEWS, Address, RecordKind
from kg.site.edition import Edition
from kg.site.overview_pages import SHOWN
from kg.site.question_page import question_page
from kg.site.record_pages import render, shell
from kg.status.statuses import MEANING, Status

__all__ = ["open_page"]
LONGEST = 60 * 1024


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_of(read_example())


@pytest.fixture(scope="module")
def files(edition: Edition) -> dict[str, bytes]:
    return record_files(edition)


def page_of(kind: RecordKind, id: str, files: dict[str, bytes]) -> str:
    return files[Address(kind, id).file].decode()


def small_edition(folder: Path) -> Edition:
    return edition_of(read(Workspace(folder)))


def test_no_page_of_the_example_is_longer_than_60_kilobytes(files: dict[str, bytes]) -> None:
    pages = {name: len(data) for name, data in files.items() if name.endswith(".html")}
    assert {name: size for name, size in pages.items() if size > LONGEST} == {}


def test_answers_are_told_in_words_that_readers_know(files: dict[str, bytes]) -> None:
    cells: dict[str, str] = {}
    for name, data in files.items():
        if name.startswith("ask/") and name.endswith(".html"):
            found = re.findall(r"<td[^>]*><bdi>([^<]*)</bdi></td>", data.decode())
            cells |= dict.fromkeys(found, name)
    assert "planned" in cells
    assert "raised" in cells
    assert "November 2019" in cells
    unknown = re.compile(r"kg:\w+|prospective|\d{4}-\d\d(-\d\d)?")
    assert {cell: name for cell, name in cells.items() if unknown.fullmatch(cell)} == {}


def test_every_page_leads_to_those_about_all(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if name.endswith(".html"):
            for overview in OVERVIEWS:
                assert f'page/{overview}.html"' in data.decode(), name


def test_the_timeline_has_every_dated_claim_once_and_nothing_taken_back(
    edition: Edition, files: dict[str, bytes]
) -> None:
    page = page_of(RecordKind.OVERVIEW, "timeline", files)
    ids = re.findall(r'<li data-assertion="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    statements = edition.reading.statements
    assert {statements[id].status for id in ids} <= SHOWN
    dated = {e.id for e in edition.statements if e.time and not e.assertion.rule}
    assert {id for id in dated if statements[id].status in SHOWN} <= set(ids)


def test_an_answer_has_the_rows_of_its_csv_and_each_leads_to_what_it_rests_on(
    edition: Edition,
) -> None:
    questions = read_saved_queries(edition.reading.workspace)
    for name in ("contested", "motives", "meetings", "parties"):
        page = question_page(name, edition)
        assert page.question == questions[name].question
        rows = list(csv.reader(io.StringIO(page.files[page.csv].decode())))
        assert len(rows) - 1 == len(page.rows) + page.more
        for row in page.rows:
            assert row.assertions
            ids = {Path(each.file).stem for each in row.assertions}
            assert ids <= edition.reading.statements.keys()


def test_an_answer_calls_everything_as_readers_do(
    edition: Edition, files: dict[str, bytes]
) -> None:
    ids = {*edition.reading.statements, *edition.corpus.things, *edition.corpus.articles}
    for name in edition.questions:
        for row in question_page(name, edition).rows:
            for cell in (*row.cells, *row.assertions):
                assert cell.words not in ids or "-" not in cell.words, (name, cell)
                assert not re.search(r"\d{4}-\d\d-\d\d|\.\.", cell.words), (name, cell)


def test_all_questions_are_listed_with_how_many_rows_answer_each_and_which_have_none(
    edition: Edition, files: dict[str, bytes], quarrel: Path
) -> None:
    page = page_of(RecordKind.OVERVIEW, "questions", files)
    for name in edition.questions:
        found = question_page(name, edition)
        _, listed, rest = page.partition(f'href="../ask/{name}.html"')
        assert listed
        entry = rest.partition("</li>")[0]
        assert (f"</a> · {found.told}" in entry) == bool(found.rows)
        assert found.reason or found.rows or "<h2>Nothing answers these</h2>" in page
    (quarrel / "queries" / "none.rq").write_text(
        "# title: None\n# question: None?\nSELECT ?a WHERE { ?a kg:none ?b }", "utf-8"
    )
    few = shell(
        render(Address(RecordKind.OVERVIEW, "questions"), small_edition(quarrel)), "", edition
    )
    assert few.index("<h2>Nothing answers these</h2>") < few.index('href="../ask/none.html"')


def test_a_question_of_something_says_how_to_ask_it(edition: Edition) -> None:
    page = question_page("about", edition)
    assert not page.csv
    assert "value that you choose: thing" in page.reason
    assert page.command == "kg query about --param thing=..."


def test_a_question_that_takes_too_long_says_so_and_the_others_are_answered(quarrel: Path) -> None:
    head = "# title: All\n# question: All?\n"
    everything = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    (quarrel / "queries" / "all.rq").write_text(f"{head}SELECT * WHERE {everything}", "utf-8")
    formula = 'SELECT ?a WHERE { VALUES ?a { "=1+1" } }'
    (quarrel / "queries" / "formula.rq").write_text(f"{head}{formula}", "utf-8")
    edition = small_edition(quarrel)
    reason = question_page("all", edition).reason
    assert re.search("it was not answered: .*stopped", reason)
    assert question_page("facts", edition).rows
    answered = question_page("formula", edition)
    assert answered.files[answered.csv] == b"a\r\n'=1+1\r\n", "no spreadsheet runs it"


def test_the_sources_are_there_for_reference_managers(
    edition: Edition, files: dict[str, bytes]
) -> None:
    items = json.loads(files["page/sources.json"])
    assert {item["id"] for item in items} == edition.corpus.articles.keys()
    page = page_of(RecordKind.OVERVIEW, "sources", files)
    for id in edition.corpus.articles:
        assert f'href="../article/{id}.html"' in page


def test_about_counts_each_status_and_says_what_it_means(
    edition: Edition, files: dict[str, bytes]
) -> None:
    words = plain(page_of(RecordKind.OVERVIEW, "about", files))
    written = [each.status for each in edition.statements if not each.assertion.rule]
    for status in Status:
        if status in written:
            assert f"{written.count(status)}{MEANING[status]}" in words


def test_a_dispute_s_page_has_every_position_and_what_nobody_answers(
    edition: Edition, files: dict[str, bytes]
) -> None:
    asked = [matrix for matrix in edition.matrices.values() if matrix.questions]
    assert asked
    for matrix in asked:
        page = page_of(RecordKind.THING, matrix.dispute.id, files)
        table = page.partition("<h2>Who holds what</h2>")[2].partition("</section>")[0]
        for question in matrix.questions:
            assert question.title in plain(f"<body>{table}")
            for position in question.positions:
                assert f'href="../assertion/{position.statement.id}.html"' in table
        silent = {q.title for q in matrix.questions if q.verdict.value == "nobody answers"}
        listed = re.findall(r'<li><a href="#question-\d+">\d+\. <bdi>([^<]*)</bdi>', table)
        assert len(listed) >= len(silent)
        assert bool(listed) == bool(silent)


def test_a_pact_s_page_tells_by_which_steps_each_party_came_where_it_is(
    edition: Edition, files: dict[str, bytes]
) -> None:
    life = edition.life_of("gsomia")
    assert life
    page = page_of(RecordKind.THING, "gsomia", files)
    members = page.partition("<h3>Who is in it</h3>")[2].partition("</dl>")[0]
    for name, words in life.parties[-1][1]:
        assert f"{name.label}{with_days_in_words(words)}" in plain(f"<body>{members}")
    assert re.search(r'<li>2016: <a href="../assertion/[^"]+">signed</a>', members)
    for _, summary, _ in life.summaries:
        assert with_days_in_words(summary) in plain(page)


def test_who_is_only_said_to_be_a_party_is_listed_as_contested_on_every_day(quarrel: Path) -> None:
    edition = small_edition(quarrel)
    life = edition.life_of("osk-compact")
    assert life
    words = "contested: claimed by Government of Vael, denied by Government of Torrin"
    assert all(
        (name.id, told) == ("quill", words) for *_, (name, told) in dict(life.parties).values()
    )
    address = Address(RecordKind.THING, "osk-compact")
    page = plain(shell(render(address, edition), address.file, edition))
    members, _, days = page.partition("Who is in it")[2].partition("As it was known, day by day")
    assert f"Quill{words}" in members
    assert f"Quill: {words}" in days
    assert not re.search(r"\d{4}-\d\d-\d\d", members)


def test_the_picture_of_a_thing_shows_what_it_is_tied_to_and_says_so_in_words(
    edition: Edition, files: dict[str, bytes]
) -> None:
    page = page_of(RecordKind.THING, "gsomia", files)
    svg, caption = re.findall(r"(<svg.*?</svg>)\s*<figcaption>(.*?)</figcaption>", page, re.S)[0]
    shapes = sum(path.count("z") for path in re.findall(r'class="shapes[^>]* d="([^"]*)"', svg))
    more = re.search(r"and ([\d,]+) more", caption)
    assert shapes - 1 + int(more[1] if more else 0) == len(edition.tied["gsomia"])
    assert "South Korea" in caption


def test_a_data_set_without_anything_has_all_pages_and_they_say_so(quarrel: Path) -> None:
    for file in (*quarrel.glob("sources/*.yaml"), *quarrel.glob("queries/*.rq")):
        file.unlink()
    edition = small_edition(quarrel)
    for name in OVERVIEWS:
        address = Address(RecordKind.OVERVIEW, name)
        assert "<h1>" in shell(render(address, edition), address.file, edition)


SEEN = (
    *("page/questions", "page/timeline", "page/sources", "ask/contested", "page/about"),
    "thing/dispute-export-controls",
)


@pytest.mark.parametrize("number", range(len(SEEN)))
def test_each_kind_of_page_is_for_everyone(
    open_page: Open, files: dict[str, bytes], number: int
) -> None:
    # Looks and widths are those of all pages: each is tried with half of them.
    name, (theme, width) = SEEN[number], (("light", 1280), ("dark", 390))[number % 2]
    opened = open_page(files[f"{name}.html"].decode(), width=width, height=844, theme=theme)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert findings(opened) == []
