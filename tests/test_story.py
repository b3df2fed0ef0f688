"""A story says nothing that its data cannot show: every mistake is told once, at its place, with
the next step.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPOSITORY, Kg
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import read_example, view_page

from kg.checks.draft import CorpusDraft
from kg.dates import Day
from kg.diagnostics import KgError
from kg.files.scaffold import start_workspace
from kg.files.workspace import SourceFile, Workspace
from kg.reading import Reading, read
from kg.site.pages import picture_of
from kg.status.lens import Lens
from kg.status.status import Status
from kg.text.wording import Name, text
from kg.viz.story import LINK, Script, Story, StoryStep, read_story, view_of

VIEWS = sorted(path.stem for path in (REPOSITORY / "viz").glob("*.rq"))
FILE = "viz/gsomia.story.yaml"


@pytest.fixture(scope="module")
def example() -> Reading:
    return read_example()


def script(reading: Reading, told: str | bytes) -> Script:
    draft = CorpusDraft(
        reading.corpus, reading.ontology, frozenset(), True, True, Day(9999, 12, 31)
    )
    return read_story(SourceFile(FILE, told if isinstance(told, bytes) else told.encode()), draft)


def steps(*lines: str) -> str:
    """A story of one step with these lines."""
    return "title: A\nsteps:\n  - title: B\n" + "".join(f"    {line}\n" for line in lines)


def test_a_story_is_steps_with_words_in_which_things_are_named(example: Reading) -> None:
    read_from = script(
        example,
        steps(
            "text: >-",
            "  [Japan](japan) and its",
            "  [neighbour](south-korea), (both) [sic].",
            "things: gsomia",
            "assertions: [japan-party, japan-party]",
            "true_on: 2019-11-22",
            "known_by: 2019-11-16",
        ),
    )
    assert read_from.problems == ()
    words = (
        Name("japan", "Japan"),
        " and its ",
        Name("south-korea", "neighbour"),
        ", (both) [sic].",
    )
    step = StoryStep(
        "B", words, ("gsomia",), ("japan-party",), Day(2019, 11, 22), Day(2019, 11, 16)
    )
    assert read_from.story == Story("A", (step,))
    assert (read_from.view, [p.reference.id for p in read_from.pointers]) == (
        "gsomia",
        ["gsomia", "japan-party"],
    )


@pytest.mark.parametrize(
    ("told", "place", "code", "message", "hint"),
    [
        ("", "1:1", "KG103", "the story is empty", "write its title and steps, or delete it"),
        (
            "# nothing\n",
            "1:1",
            "KG103",
            "the story is empty",
            "write its title and steps, or delete it",
        ),
        ("title: [\n", "2:1", "KG005", "not YAML", ""),
        (
            "- a\n",
            "1:1",
            "KG104",
            "the story must be a mapping, not a list",
            "known: title, standfirst, steps",
        ),
        ("title: A\n", "1:1", "KG102", "the story lacks its 'steps'", "add 'steps: ...'"),
        (
            "title: A\nsteps: []\n",
            "2:8",
            "KG103",
            "'steps' is an empty list",
            "write one step at least",
        ),
        (
            "title: A\nsteps: B\n",
            "2:8",
            "KG104",
            "'steps' must be a list",
            "begin each step with '- title: ...'",
        ),
        (
            "title: A\nsteps: [B]\n",
            "2:9",
            "KG104",
            "a step must be a mapping, not a text",
            "known: title, text, things",
        ),
        (steps(), "3:5", "KG102", "a step lacks its 'text'", "add 'text: ...'"),
        (
            steps("text: C", "thing: japan"),
            "5:5",
            "KG101",
            "unknown key 'thing' in a step",
            "did you mean 'things'",
        ),
        (
            steps("text: C", "things: [japn]"),
            "5:14",
            "KG201",
            "unknown thing 'japn'",
            "did you mean 'japan'",
        ),
        (
            steps("text: C", "things: japan-party"),
            "5:13",
            "KG210",
            "'japan-party' is an assertion",
            "name a thing here",
        ),
        (
            steps("text: C", "assertions: japan"),
            "5:17",
            "KG210",
            "'japan' is an actor",
            "name an assertion here",
        ),
        (
            steps("text: C", "assertions: [japan-part]"),
            "5:18",
            "KG201",
            "unknown assertion 'japan-part'",
            "japan-party",
        ),
        (
            steps("text: C", "known_by: 2019-11"),
            "5:15",
            "KG401",
            "'known_by' takes one day, not '2019-11'",
            "2019-11-16",
        ),
        (
            steps("text: C", "true_on: 2019-11-31"),
            "5:14",
            "KG401",
            "November 2019 has 30 days",
            "kg help reference Dates",
        ),
        (
            steps("text: C", "true_on: [2019]"),
            "5:14",
            "KG401",
            "'true_on' must be one date, not a list",
            "quotes",
        ),
        (steps("text: C", "quote: D"), "5:12", "KG104", "a quotation must be a mapping", "words"),
        (
            steps("text: C", "quote: {assertion: japan-part, words: D}"),
            "5:24",
            "KG201",
            "unknown assertion 'japan-part'",
            "japan-party",
        ),
        (
            steps("text: C", "quote: {assertion: japan-party, words: D}"),
            "5:44",
            "KG508",
            "no citation of 'japan-party' quotes 'D'",
            "its citations quote nothing",
        ),
        (
            steps("text: C", f"quote: {{assertion: japan-party, words: {'D' * 121}}}"),
            "5:44",
            "KG508",
            "at most 120 characters, and these are 121",
            "a few words",
        ),
        (steps("text: [Japan](japan)"), "4:18", "KG005", "not YAML", ""),
        (
            steps('text: "of [Japan](japn)"'),
            "4:23",
            "KG201",
            "unknown thing 'japn'",
            "did you mean 'japan'",
        ),
        (
            steps("text: >-", "  [Japan](japan)", "  and [Japan](japn)"),
            "6:19",
            "KG201",
            "unknown thing 'japn'",
            "japan",
        ),
        (steps("text: of [Japan]()"), "4:22", "KG201", "unknown thing ''", "define it first"),
        (steps("text: a\x00b"), "4:12", "KG006", "U+0000", "delete it"),
    ],
)
def test_each_mistake_is_told_once_where_it_stands(  # noqa: PLR0913 - its parameters
    example: Reading, told: str, place: str, code: str, message: str, hint: str
) -> None:
    (problem,) = script(example, told).problems
    assert (str(problem.span), problem.rule.code) == (f"{FILE}:{place}", code)
    assert message in problem.message
    assert hint in problem.hint


def test_every_link_to_an_unknown_thing_has_its_own_place(example: Reading) -> None:
    told = steps("text: >-", "  [a](japn) [b](japn)", "  [c](japn)")
    assert [str(each.span) for each in script(example, told).problems] == [
        f"{FILE}:5:11",
        f"{FILE}:5:21",
        f"{FILE}:6:11",
    ]


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_are_too_odd_to_be_judged(told: bytes) -> None:
    read_from = script(EMPTY, told)
    assert read_from.problems or read_from.story.steps


SHAPES = st.recursive(
    st.none() | st.text(max_size=8) | st.sampled_from(["2019-11-16", "[x](y)", "japan"]),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "steps", "text", "quote", "things", "assertions", "words", "known_by"]
            ),
            inside,
            max_size=7,
        )
    ),
    max_leaves=20,
)


@given(SHAPES)
@settings(max_examples=200)
def test_no_shape_is_too_odd_to_be_judged(told: Any) -> None:
    read_from = script(EMPTY, yaml.safe_dump(told))
    assert read_from.problems or read_from.story.steps
    assert len({(each.span, each.message) for each in read_from.problems}) == len(
        read_from.problems
    )


EMPTY = read(Workspace(REPOSITORY / "no-such-folder"))


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_of_the_example_has_a_story_that_its_picture_can_show(
    example: Reading, view: str
) -> None:
    story = picture_of(example, view).story
    assert story is not None
    assert 5 <= len(story.steps) <= 8
    first = story.steps[0]
    assert first.things
    assert first.true_on is first.known_by is None
    assert all(
        text(step.words).endswith(".") and not LINK.search(text(step.words)) for step in story.steps
    )


@pytest.mark.parametrize("view", VIEWS)
def test_a_story_begins_with_what_happened_or_what_is_contested(
    example: Reading, view: str
) -> None:
    story = picture_of(example, view).story
    assert story
    first = [example.statements[id] for id in story.steps[0].assertions]
    days = [each.assertion.when.text for each in first if each.assertion.when]
    assert any(day.startswith("2019-11-2") for day in days) or any(
        each.status is Status.CONTESTED for each in first
    )
    assert not story.steps[0].known_by


def test_what_was_known_on_a_day_is_told_by_some_story(example: Reading) -> None:
    days = {
        step.known_by
        for view in VIEWS
        if (told := picture_of(example, view).story)
        for step in told.steps
    }
    assert {Day(2019, 11, 16), Day(2019, 11, 17), Day(2019, 11, 22)} <= days


def test_a_story_is_told_of_the_whole_picture_only(example: Reading) -> None:
    assert picture_of(example.under(Lens(known_by=Day(2019, 11, 16))), "gsomia").story is None


def change(workspace: Path, old: str, new: str) -> None:
    file = workspace / FILE
    told = file.read_text("utf-8")
    assert old in told
    file.write_text(told.replace(old, new, 1), "utf-8")


def test_check_shows_a_mistake_in_a_story_and_questions_are_answered_but_nothing_is_built(
    workspace: Path, kg: Kg
) -> None:
    change(workspace, "things: [japan,", "things: [japn,")
    checked = kg("-C", workspace, "check")
    assert checked.code == 1
    line = next(
        n
        for n, text in enumerate((workspace / FILE).read_text("utf-8").split("\n"), 1)
        if "japn" in text
    )
    assert f"{FILE}:{line}:14" in checked.stdout
    assert "did you mean 'japan'?" in checked.stdout
    assert "    things: [japn," in checked.stdout
    assert checked.stdout.endswith("1 error, 0 warnings\n")
    assert kg("-C", workspace, "why", "japan-party").code == 0
    refused = kg("-C", workspace, "build")
    assert (refused.code, refused.stdout) == (1, "")
    assert f"{FILE}:{line}:14: error: unknown thing 'japn' [KG201]\n" in refused.stderr
    assert not (workspace / "site").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "things: [japan,",
            "things: [china,",
            "the view 'gsomia' does not draw 'china'",
        ),
        ("- gsomia-signed\n", "- rulings-2018\n", "the view 'gsomia' does not draw 'rulings-2018'"),
        ("- expiry-day\n", "- hold-off\n", "'hold-off' is not to be seen with known_by 2019-11-16"),
        (
            "- hold-off-reverses-leaving\n",
            "- gsomia-signed\n",
            "'gsomia-signed' is not to be seen with true_on 2019-11-22 and with known",
        ),
        (
            "things: [jeong,",
            "things: [decision-suspend,",
            "'decision-suspend' is not to be seen with known_by 2019-11-17",
        ),
    ],
)
def test_no_page_is_made_where_a_story_points_at_what_is_not_shown(
    workspace: Path, old: str, new: str, message: str
) -> None:
    change(workspace, old, new)
    reading = read(Workspace(workspace))
    assert reading.exit_code == 0
    with pytest.raises(KgError, match=re.escape(message)) as refused:
        picture_of(reading, "gsomia")
    assert refused.value.exit_code == 1
    assert refused.value.hint.startswith("take it out of the step, or ")


def test_a_link_may_name_what_the_view_does_not_draw(workspace: Path) -> None:
    change(workspace, "[GSOMIA](gsomia)", "[China](china)")
    story = picture_of(read(Workspace(workspace)), "gsomia").story
    assert story is not None
    assert Name("china", "China") in story.steps[0].words


def test_a_story_needs_a_view_and_a_view_has_one_story(workspace: Path) -> None:
    (workspace / "viz" / "gsomia.rq").rename(workspace / "viz" / "pact.rq")
    (workspace / "viz" / "actors.story.yml").write_bytes(
        (workspace / "viz" / "actors.story.yaml").read_bytes()
    )
    first, second = read(Workspace(workspace)).diagnostics
    assert [str(first.span), str(second.span)] == ["viz/actors.story.yml", FILE]
    assert {first.rule.code, second.rule.code} == {"KG505"}
    assert "tells the story of this view already" in first.message
    assert second.message == "no view is called 'gsomia', so nobody sees its story"
    assert "pact" in second.hint


def test_a_story_that_cannot_be_opened_is_told(workspace: Path, tmp_path: Path) -> None:
    (workspace / FILE).unlink()
    (workspace / FILE).symlink_to(tmp_path / "elsewhere.yaml")
    (found,) = read(Workspace(workspace)).diagnostics
    assert (found.span.file, found.rule.code) == (FILE, "KG002")


def test_names_are_not_missed_while_a_source_cannot_be_read(workspace: Path) -> None:
    (workspace / "sources" / "places.yaml").write_text("places: [", "utf-8")
    assert {found.span.file for found in read(Workspace(workspace)).diagnostics} == {
        "sources/places.yaml"
    }


def test_an_empty_workspace_starts_without_stories_and_the_example_with_them(
    tmp_path: Path,
) -> None:
    assert not [
        name for name in start_workspace(tmp_path / "empty", example=False) if ".story." in name
    ]
    told = [name for name in start_workspace(tmp_path / "row", example=True) if ".story." in name]
    assert [view_of(name) for name in told] == VIEWS


def test_a_page_links_a_thing_by_the_words_of_the_story(example: Reading) -> None:
    html = view_page(example.under(Lens()), "gsomia")
    told = re.search(r'<script type="application/json" id="data">(.*?)</script>', html)
    assert told is not None
    data = json.loads(told[1])
    first, second, *_ = data["story"]["steps"]
    ids = data["things"]["id"]
    assert [first["named"][2], first["things"][2]] == [ids.index("gsomia"), "gsomia"]
    assert [ids.index("decision-terminate"), "leave it"] in second["named"]
    assert "Kim You-geun" in second["named"]
