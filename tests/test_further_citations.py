"""A further citation goes into the record that says so already, and nothing else of the file
changes; ends and beginnings of states are written as denials are.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from test_drafting import kg, opened, workspace

from kg.diagnostics import KgError
from kg.editing.choices import Choices
from kg.editing.composing import Wish, compose_record
from kg.editing.insertion import draft_citations
from kg.editing.offers import TypedField, offer_choices
from kg.files.workspace import SourceFile
from kg.reading import Reading
from kg.sources.yamlfile import Mapping, Sequence, read_yaml

__all__ = ["workspace"]
MORE = {"new": [{"p": "2", "span": ["0", "9"], "sha256": "0" * 64}]}
LONG = "{p: 2, span: [0, 9], sha256: " + "0" * 64 + "}"
LAYOUTS = {
    "a list in braces": (
        "cite: {old: [1]}  # why",
        f"cite:\n      old: [1]\n      new: [{LONG}]  # why",
    ),
    "one paragraph": ("cite: {new: 3}", f"cite:\n      new: [3, {LONG}]"),
    "lines": (
        "cite:\n      old:\n        - 1\n\n    note: x",
        f"cite:\n      old: [1]\n      new: [{LONG}]\n\n    note: x",
    ),
    "lines with a quotation": (
        'cite:\n      new:\n        - {p: 1, quote: "a: b"}',
        f'cite:\n      new:\n        - {{p: 1, quote: "a: b"}}\n        - {LONG}',
    ),
    "other line ends": (
        "cite: {old: [1]}\r\n",
        f"cite:\r\n      old: [1]\r\n      new: [{LONG}]\r\n",
    ),
}


def cited(text: str) -> str:
    """A file with an assertion, once that has got a further citation."""
    file = SourceFile("a.yaml", text.encode())
    root, problems = read_yaml("a.yaml", file.data)
    assert not problems
    assert isinstance(root, Mapping)
    records = root.entries[0][1]
    assert isinstance(records, Sequence)
    edit = draft_citations(file, records.items[0].span, MORE)
    return text[: edit.offset] + edit.text + text[edit.offset + edit.replaced :]


@pytest.mark.parametrize(("before", "after"), LAYOUTS.values(), ids=LAYOUTS)
def test_only_what_is_cited_is_written_anew(before: str, after: str) -> None:
    around = "assertions:\n  - id: a   # here\n    {}\n  # the next\n  - id: b\n"
    assert cited(around.format(before)) == around.format(after)
    assert cited("assertions:\n  - {cite: {old: [1]}, id: a}\n") == (
        f"assertions:\n  - {{cite: {{old: [1], new: [{LONG}]}}, id: a}}\n"
    )
    assert cited("assertions:\n  - id: a\n").endswith(f"id: a\n    cite:\n      new: [{LONG}]\n")


def test_comments_among_citations_are_never_lost() -> None:
    with pytest.raises(KgError, match=r"a\.yaml:3:5: comments stand among its citations"):
        cited("assertions:\n  - id: a\n    cite:\n      # the first\n      old: [1]\n")


def test_who_says_the_same_is_cited_with_it(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = workspace / "sources" / "said.yaml"
    before = said.read_text("utf-8")
    assert kg(workspace, "add", "citation", "closed", "--words", "told Mr Kessel") == 0
    told = capsys.readouterr().out
    assert told.startswith("Arden says that Brell contravenes Lume protocol [closed, attributed]")
    after = said.read_text("utf-8")
    assert (
        after.partition("    cite:\n      post:\n        - 4\n")[0]
        == before[: before.index("    cite: {post: [4]}")]
    )
    assert after.endswith("\n\n# The end of the file.\n")
    assert len(opened(workspace).written.assertions["closed"].citations) == 2
    assert kg(workspace, "add", "citation", "closed", "--words", "told Mr Kessel") == 1
    assert "that is cited already" in capsys.readouterr().err
    assert said.read_text("utf-8") == after


def test_what_would_be_cited_for_several_assertions_is_refused(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two = "assertions:\n  - subject: brell\n    predicate: meets\n    object: [arden, paper]\n"
    (workspace / "sources" / "two.yaml").write_text(f"{two}    cite: {{post: [1]}}\n", "utf-8")
    id = next(
        each
        for each in opened(workspace).written.assertions
        if each.startswith("brell-meets-arden")
    )
    assert kg(workspace, "add", "citation", id, "--article", "post", "--paragraph", "2") == 1
    assert "several assertions stand in one record" in capsys.readouterr().err


def test_a_beginning_is_written_behind_its_state_and_an_event_has_none(workspace: Path) -> None:
    state = ("arden", "partyTo", "lume")
    assert (
        kg(workspace, "add", "beginning", *state, "--when", "1998-05", "--words", "12 May 2024")
        == 0
    )
    [began] = [each for each in opened(workspace).written.assertions.values() if each.begins]
    assert began.id.endswith("-began")
    event = ("closed", "--when", "2024-06", "--words", "12 May 2024")
    assert kg(workspace, "add", "beginning", *event) == 1


def composed(reading: Reading, kind: str, **fields: str) -> str:
    wish = Wish(kind, "post", 3, (0, 5), fields)
    return "\n".join(part.yaml for part in compose_record(reading, wish).parts)


def test_a_form_ends_begins_and_cites(workspace: Path) -> None:
    reading = opened(workspace)
    [state] = offer_choices(TypedField("state", "arden"), Choices(reading, "post"), reading).choices
    assert "ends: arden-partyTo-lume" in composed(reading, "end", state=state.id, when="2024-06")
    assert "begins: arden-partyTo-lume" in composed(reading, "beginning", state=state.id)
    found = offer_choices(
        TypedField("assertion", "brell"), Choices(reading, "post"), reading
    ).choices
    assert [each.id for each in found] == ["closed"]
    assert "- {p: 3, span: [0, " in composed(reading, "citation", assertion="closed")


def test_a_form_helps_with_qualifiers_and_further_places_piece_by_piece(workspace: Path) -> None:
    reading = opened(workspace)
    choices = Choices(reading, "post")

    def offered(field: str, words: str, relation: str = "owns") -> list[str]:
        found = offer_choices(TypedField(field, words, relation=relation), choices, reading)
        ends = ("=", " ") if found.is_begun else ("",)
        assert all(each.id.endswith(ends) for each in found.choices)
        return [each.id for each in found.choices]

    assert offered("with", "sha") == ["share="]
    assert offered("with", "share=60 %; ro") == ["share=60 %; role="]
    assert offered("with", "share=60 %") == []
    assert offered("with", "tak") == []
    assert offered("with", "tak", "partyTo") == ["takesEffect="]
    assert offered("with", "recipient=bre", "lends")[0] == "recipient=brell"
    assert offered("also", "po") == ["post "]
    assert offered("also", "post 2; po") == ["post 2; post "]
    assert offered("also", "post 2") == []
