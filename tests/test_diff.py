"""What ``kg diff`` tells of two versions: consequences first, each change once, and nothing of how
files are laid out.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Kg
from readings import reading, said, world
from test_versions import git, later, row

from kg.reports.diff import Changes, find_changes
from kg.reports.diff_document import write_changes
from kg.reports.kinds import DocumentFormat
from kg.status.lens import Lens
from kg.status.status import Status

__all__ = ["row"]

DENIAL = {
    "id": "denial",
    "denies": "alpha-partyTo-pact",
    "according_to": "beta",
    "cite": {"article-2": ["2"]},
}
BEFORE = world(
    said("alpha", "partyTo", "pact", when="1999/.."),
    said("beta", "opposes", "row", according_to="gamma"),
    said("gamma", "meets", "alpha", mode="planned", when="2011"),
    {
        "subject": "beta",
        "predicate": "signed",
        "object": "pact",
        "when": "2001",
        "cite": {"article-1": ["4"]},
    },
    conflicts={},
)


def changes(edit: Callable[[dict[str, Any]], object]) -> Changes:
    """What changed when the world was edited so."""
    after = deepcopy(BEFORE)
    edit(after)
    return find_changes(reading(BEFORE), reading(after))


def add(**written: Any) -> Callable[[dict[str, Any]], object]:
    return lambda after: after["assertions"].append(written)


def put(number: int, **fields: Any) -> Callable[[dict[str, Any]], object]:
    return lambda after: after["assertions"][number].update(fields)


def test_what_nobody_touched_and_stands_otherwise_comes_first_with_its_cause() -> None:
    found = changes(add(**DENIAL))
    [consequence] = found.consequences
    assert consequence.now.id == "alpha-partyTo-pact"
    assert (consequence.before.status, consequence.now.status) == (
        Status.ACCEPTED,
        Status.CONTESTED,
    )
    assert [each.id for each in consequence.causes] == ["denial"]
    assert [each.id for each in found.added] == ["denial"]
    text = write_changes(found, "v1", DocumentFormat.TEXT, 10**9, "")
    assert text.index("Stands otherwise") < text.index("Added: denials")
    assert "was accepted, is contested" in text


def edit_record(after: dict[str, Any], section: str, id: str, **fields: Any) -> None:
    after[section][id] = {**after[section][id], **fields}


EDITS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a fact": (add(**said("gamma", "partyTo", "pact")), "Added: facts (1)"),
    "a claim": (add(**said("gamma", "partyTo", "pact", according_to="beta")), "Added: claims (1)"),
    "a denial": (add(**DENIAL), "Added: denials (1)"),
    "a plan": (
        add(**said("gamma", "signed", "pact", mode="planned")),
        "Added: plans, demands and views (1)",
    ),
    "less": (lambda after: after["assertions"].pop(0), "Withdrawn: facts (1)"),
    "a date": (put(0, when="1998/.."), "when: was since 1999"),
    "a date of what has no id": (put(3, when="2002"), "when: was 2001"),
    "a place": (put(0, where="here"), "Changed (1)"),
    "a qualifier": (put(0, **{"with": {"role": "guest"}}), "Changed (1)"),
    "a note": (put(0, note="See the annex."), "Changed (1)"),
    "a speaker": (put(1, according_to="alpha"), "Changed (1)"),
    "a mode": (put(2, mode="expected"), "Changed (1)"),
    "a citation": (
        put(0, cite={"article-1": ["1"], "article-2": ["3"]}),
        "cite: was article-1 paragraph 1; is article-1 paragraph 1; article-2",
    ),
    "a lost citation": (put(0, cite={"article-3": ["1"]}), "cite: was"),
    "a withdrawal": (
        put(1, withdrawn={"when": "2011", "cite": {"article-3": ["9"]}}),
        "Changed (1)",
    ),
    "a correction": (
        add(
            **said(
                "alpha",
                "partyTo",
                "pact",
                id="new",
                when="2001/..",
                supersedes="alpha-partyTo-pact",
            )
        ),
        "is superseded",
    ),
    "a thing": (
        lambda after: after["actors"].update(delta={"type": "State", "label": "Delta"}),
        "added: Delta [delta]",
    ),
    "a name": (
        lambda after: after["actors"]["alpha"].update(label="Alpha Major"),
        "Alpha Major [alpha] label: was Alpha",
    ),
    "a source": (
        lambda after: after["articles"].update({"article-4": after["articles"]["article-3"]}),
        "[article-4]",
    ),
    "a class": (
        lambda after: edit_record(after, "actors", "alpha", type="Person"),
        "type: was State; is Person",
    ),
    "another name": (
        lambda after: edit_record(after, "actors", "alpha", aliases=["Alfa"]),
        "aliases: was none; is Alfa",
    ),
    "whom it acts for": (
        lambda after: edit_record(after, "actors", "alpha", acts_for="beta"),
        "acts_for: was none; is beta",
    ),
    "a licence": (
        lambda after: edit_record(after, "articles", "article-1", licence="CC-BY-4.0"),
        "Sources (1) - Article 1 [article-1] licence: was none",
    ),
    "who wrote a source": (
        lambda after: edit_record(after, "articles", "article-1", originator="gamma"),
        "originator: was ",
    ),
    "an outcome": (put(2, outcome="happened"), "outcome: was none"),
    "a confidence": (put(1, confidence="low"), "confidence: was none; is low"),
    "quoted words": (
        put(0, cite={"article-1": [{"p": 1, "quote": "is a party"}]}),
        "cite: was article-1 paragraph 1",
    ),
    "an open question": (
        lambda after: after["conflicts"].update(
            which={
                "question": "Which?",
                "kind": "several",
                "between": ["alpha-partyTo-pact", "beta-opposes-row"],
            }
        ),
        "Open questions (1) - added: Which? [which]",
    ),
    "an id for what had none": (put(3, id="beta-signed"), "id: was "),
}


@pytest.mark.parametrize(("edit", "words"), EDITS.values(), ids=EDITS)
def test_each_change_of_meaning_is_told(
    edit: Callable[[dict[str, Any]], object], words: str
) -> None:
    found = changes(edit)
    assert found.total
    for format in DocumentFormat:
        text = write_changes(found, "v1", format, 10**9, "")
        if format is DocumentFormat.TEXT:
            assert words in " ".join(text.split())
        else:
            assert "Nothing changed" not in text


def test_nothing_changes_between_a_version_and_itself_under_any_lens() -> None:
    for lens in (Lens(), Lens(statuses=(Status.ACCEPTED,))):
        one, other = reading(BEFORE, lens), reading(deepcopy(BEFORE), lens)
        assert find_changes(one, other).total == 0


def test_what_changes_one_way_changes_back() -> None:
    after = deepcopy(BEFORE)
    add(**DENIAL)(after)
    there, back = (
        find_changes(reading(one), reading(other))
        for one, other in ((BEFORE, after), (after, BEFORE))
    )
    assert [each.id for each in there.added] == [each.id for each in back.removed]
    assert there.total == back.total
    [consequence] = back.consequences
    assert [each.id for each in consequence.causes] == ["denial"]


def test_moving_sorting_and_laying_out_anew_change_nothing(kg: Kg, quarrel: Path) -> None:
    earlier = quarrel.with_name("earlier")
    shutil.copytree(quarrel, earlier)
    files = sorted((quarrel / "sources").glob("*.yaml"))
    sections: dict[str, Any] = {}
    for file in files:
        for name, value in yaml.load(file.read_text("utf-8"), yaml.BaseLoader).items():
            if isinstance(value, list):
                sections.setdefault(name, []).extend(reversed(value))
            else:
                sections.setdefault(name, {}).update(value)
        file.unlink()
    for name, value in sections.items():
        text = yaml.safe_dump({name: value}, default_style='"', allow_unicode=True, width=60)
        (quarrel / "sources" / f"{name}.yaml").write_text(text, "utf-8")
    told = kg("diff", earlier, "--exit-code", cwd=quarrel)
    assert (told.code, told.stderr) == (0, "")
    assert told.stdout == "Nothing changed in meaning since earlier.\n"


def test_revisions_and_folders_are_compared_with_each_other_and_with_the_files(
    kg: Kg, row: Path
) -> None:
    later(row)
    told = kg("diff", "v1", "--format", "json", cwd=row)
    assert told.code == 0, told.stderr
    answer = json.loads(told.stdout)
    assert [each["assertion"] for each in answer["added"]] == ["denial"]
    assert [each["assertion"] for each in answer["withdrawn"]] == ["fact"]
    [changed] = answer["status_changed"]
    assert (changed["assertion"], changed["was"], changed["status"]) == (
        "claim",
        "attributed",
        "contested",
    )
    assert [each["assertion"] for each in changed["because_of"]] == ["denial"]
    git(row, "commit", "--quiet", "--all", "-m", "Second")
    assert kg("diff", "v1", "HEAD", "--exit-code", cwd=row).code == 1
    assert kg("diff", "--exit-code", cwd=row).stdout.startswith("Nothing changed")
    unknown = kg("diff", "v2", cwd=row)
    assert unknown.code == 2
    assert "'v2' is neither" in unknown.stderr


def test_a_comment_holds_what_fits_and_counts_the_rest() -> None:
    many = deepcopy(BEFORE)
    many["actors"] |= {f"d{n}": {"type": "State", "label": f"State {n}"} for n in range(200)}
    many["assertions"] += [said(f"d{n}", "partyTo", "pact") for n in range(200)]
    found = find_changes(reading(BEFORE), reading(many))
    for most in (60_000, 6_000, 1_500):
        text = write_changes(found, "v1", DocumentFormat.MARKDOWN, most, "")
        assert len(text) <= most
        assert "200 assertions added" in text
    assert "more: kg diff --format json tells all" in text
    whole = json.loads(write_changes(found, "v1", DocumentFormat.JSON, 10, ""))
    assert len(whole["added"]) == 200


def test_other_originators_change_by_how_many_sources_what_nobody_touched_is_reported() -> None:
    before = deepcopy(BEFORE)
    before["assertions"][0]["cite"] = {"article-1": ["1"], "article-2": ["1"]}
    after = deepcopy(before)
    edit_record(before, "articles", "article-2", originator="gamma")
    found = find_changes(reading(before), reading(after))
    [change] = found.supported
    assert (change.before.sources, change.now.sources) == (2, 1)
    text = write_changes(found, "v1", DocumentFormat.TEXT, 10**9, "")
    assert "Alpha is party to Pact: was reported by 2, is by 1" in " ".join(text.split())


def test_a_renamed_id_is_told_once_and_where_it_stands_changes_nothing(
    kg: Kg, quarrel: Path
) -> None:
    earlier = quarrel.with_name("earlier")
    shutil.copytree(quarrel, earlier)
    assert kg("rename", "vael", "vale", cwd=quarrel).code == 0
    told = kg("diff", earlier, cwd=quarrel)
    assert (
        told.stdout
        == """\
Since earlier: 1 of names, sources and terms.

Things and names (1)
  - Vael [vale]
    id: was vael
"""
    )
    (quarrel / "sources" / "renamed.txt").unlink()
    assert kg("diff", earlier, cwd=quarrel).stdout == told.stdout
