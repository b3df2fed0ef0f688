"""Every answer is one document: its text, Markdown and JSON say the same."""

from __future__ import annotations

import json
import re

import pytest
from conftest import REPOSITORY, Kg
from readings import reading, said, world

from kg.reports.document import (
    Document,
    Item,
    List,
    Paragraph,
    Section,
    Table,
    as_markdown,
    as_text,
    clip_items,
    write_document,
)
from kg.reports.explanation import explain
from kg.reports.kinds import DocumentFormat
from kg.reports.why import why_document
from kg.text import width

HOSTILE = "<b> [a](b) `c` | # *d* _e_"
ESCAPED = r"&lt;b&gt; \[a\](b) \`c\` \| \# \*d\* \_e\_"


def test_no_word_of_a_document_is_markup_in_markdown() -> None:
    details = (List((Item(HOSTILE),)),)
    blocks = (
        Paragraph(HOSTILE),
        List((Item(HOSTILE, HOSTILE, id="id", source=HOSTILE, details=details),)),
        Table((HOSTILE,), ((HOSTILE,),)),
    )
    document = Document((Section(HOSTILE, blocks),), None, HOSTILE, HOSTILE)
    markdown = as_markdown(document)
    assert markdown.count(ESCAPED) == 10
    assert HOSTILE not in markdown


def test_words_of_several_lines_stay_one_paragraph_or_entry_in_markdown() -> None:
    note = "told twice\n\n- status: accepted\n---"
    document = Document((Section(note, (Paragraph(note), List((Item(note, "note"),)))),), None)
    line = "told twice - status: accepted ---"
    assert as_markdown(document) == f"## {line}\n\n{line}\n\n- *note*: {line}\n"


def test_lists_below_entries_are_indented_in_both_forms_and_numbers_are_kept() -> None:
    steps = List((Item("go", mark="1. ", details=(List((Item("there"),), indent=5),)),))
    document = Document((Section("Way", (steps, Paragraph("done", 2))),), None)
    assert as_text(document) == "Way\n  1. go\n     there\n  done\n"
    assert as_markdown(document) == "## Way\n\n1. go\n   - there\n\ndone\n"


def test_ids_and_sources_stand_behind_the_words_or_below_them() -> None:
    item = Item("Alpha meets Beta", "happened", id="meeting", source="news: 1")
    behind = Document((Section("", (List((item,)),)),), None)
    below = Document((Section("", (List((item,), is_source_below=True),)),), None)
    assert as_text(behind) == "  happened: Alpha meets Beta [meeting] news: 1\n"
    assert as_text(below) == "  happened: Alpha meets Beta\n    meeting -- news: 1\n"
    assert as_markdown(below) == "- *happened*: Alpha meets Beta (`meeting`; news: 1)\n"


def test_columns_are_as_wide_as_their_cells_and_numbers_stand_on_the_right() -> None:
    table = Table(("", "ties"), (("japan", "12"), ("un", "3")))
    lines = as_text(Document((Section("", (table,)),), None)).splitlines()
    assert lines == ["         ties", "  japan    12", "  un        3"]


def test_wide_letters_take_two_columns_in_lines_and_tables() -> None:
    words = Document((Section("", (Paragraph("軍事情報 " * 20, 2),)),), None)
    assert [width(line) for line in as_text(words).splitlines()] == [100, 82]
    for is_ruled in (False, True):
        table = Table(
            ("韓国", "what"), (("日本国政府", "denies"), ("us", "says")), is_ruled=is_ruled
        )
        text = as_text(Document((Section("", (table,)),), None))
        rows = [line for line in text.splitlines() if line.strip("-+ ")]
        heads = [line[: re.search("what|denies|says", line).start()] for line in rows]  # type: ignore[union-attr]
        assert len({width(head) for head in heads}) == 1


def test_what_is_clipped_says_how_much_and_how_to_see_it() -> None:
    items = [Item(str(number)) for number in range(12)]
    blocks = clip_items(items, 10, "--all")
    assert blocks[-1] == Paragraph("and 2 more: --all", 2)
    assert clip_items(items, None, "--all") == [List(items)]


def test_json_is_what_programs_get() -> None:
    data = {"names": ["日本"], "count": 2}
    written = write_document(Document((), data), DocumentFormat.JSON)
    assert json.loads(written) == data
    assert "日本" in written


@pytest.mark.parametrize("command", [("why", "gsomia-signed"), ("status", "gsomia")])
def test_an_answer_about_one_thing_is_given_in_markdown_too(
    kg: Kg, command: tuple[str, ...]
) -> None:
    text = kg("-C", REPOSITORY, *command).stdout
    ran = kg("-C", REPOSITORY, *command, "--format", "md", "--known-by", "2019-11-23")
    assert ran.code == 0
    assert ran.stdout.startswith(f"# {text.splitlines()[0]}"[:20])
    assert "Japan signs GSOMIA" in ran.stdout
    assert ran.stdout.endswith("\n\nLens: known by 2019-11-23.\n")


def test_what_a_rival_follows_from_is_told_below_it() -> None:
    ground = {**said("gamma", "meets", "beta"), "according_to": "gamma"}
    inferred = {
        **said("alpha", "opposes", "row", basis="inferred", note="It follows."),
        "from": [ground["id"]],
    }
    denial = {"id": "no", "denies": inferred["id"], "cite": {"article-3": ["3"]}}
    seen = reading(world(ground, inferred, denial))
    text = as_text(why_document("no", explain("no", seen), seen))
    assert f"[{ground['id']}, attributed]" in " ".join(text.split())
