"""An id is renamed wherever it is named, nothing else changes, and a renaming that was cut off can
be finished.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPOSITORY, Kg
from corpora import worlds
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.diagnostics import KgError
from kg.editing.rename.changes import unified_diff
from kg.editing.rename.plan import Renaming, plan_renaming, rename_id, write_renaming
from kg.files.workspace import RENAMING, Workspace
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.reading import read
from kg.sources.renamed import NAME

ARTICLE = """\
articles:
  daily-1:
    title: japan and the pact       # japan
    publisher: daily
    originator: "daily"
    published: 2020-01-02
    paragraphs: 5
    text_sha256: "0000000000000000000000000000000000000000000000000000000000000000"
"""
SOURCES = """\
# japan stands in comments, and nothing happens to it.
actors:
  daily: {type: MediaOrganization, label: japan daily}
  japan:
    type: State
    label: japan
    aliases: [Japan, {name: the japan of old, cite: {daily-1: [1]}}]
    note: japan
  gov: {type: Government, label: "🗾 gov of japan", acts_for: 'japan'}
pacts:
  pact: {type: Treaty, label: japan pact}
assertions:
  - {id: in, subject: japan, predicate: partyTo, object: pact, cite: {daily-1: [1]}, note: japan}
  - subject: pact
    predicate: hasFullName
    object: japan
    according_to: [gov, japan]
    cite: {daily-1: [{p: 1, quote: japan}]}
  - denies: in
    according_to: >-
      japan
    cite:
      "daily-1": [2]
"""


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """A small workspace of two source files, in which a word is an id here and a text there."""
    shutil.copytree(REPOSITORY / "ontology", tmp_path / "small" / "ontology")
    for name, text in (("articles", ARTICLE), ("said", SOURCES)):
        file = tmp_path / "small" / "sources" / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8", newline="")
    return Workspace(tmp_path / "small")


def contents(workspace: Workspace) -> dict[str, bytes]:
    """All files, but that of former addresses, which stay when an id comes back."""
    return {
        str(path.relative_to(workspace.root)): path.read_bytes()
        for path in workspace.root.rglob("*.*")
        if path.name != NAME
    }


def renamed(workspace: Workspace, old: str, new: str) -> Renaming:
    plan = plan_renaming(workspace, old, new)
    write_renaming(workspace, plan)
    return plan


def substituted(corpus: Corpus, names: dict[str, str]) -> str:
    """A corpus as text without places, each id that is to change exchanged."""

    def plain(value: Any) -> Any:
        match value:
            case str():
                return names.get(value, value)
            case dict():
                return sorted((plain(key), plain(one)) for key, one in value.items())
            case _ if fields := getattr(
                value, "__dataclass_fields__", getattr(value, "_fields", ())
            ):
                return [
                    plain(getattr(value, field))
                    for field in fields
                    if field not in ("span", "when_span")
                ]
            case tuple():
                return [plain(one) for one in value]
            case _:
                return value

    return repr(plain(tuple(vars_of(corpus))))


def derived_names(before: Corpus, after: Corpus) -> dict[str, str]:
    """What derived ids are after a renaming, in which assertions keep their order."""
    pairs = zip(in_order(before), in_order(after), strict=True)
    return {one.id: other.id for one, other in pairs if not one.has_own_id and one.id != other.id}


def in_order(corpus: Corpus) -> list[Assertion]:
    return sorted(corpus.assertions.values(), key=lambda a: (a.span, a.object.span))


def vars_of(corpus: Corpus) -> list[dict[str, Any]]:
    return [
        dict(table)
        for table in (corpus.articles, corpus.things, corpus.assertions, corpus.conflicts)
    ]


def test_ids_change_and_labels_notes_texts_and_comments_do_not(small: Workspace) -> None:
    plan = renamed(small, "japan", "jp")
    assert sum(change.places for change in plan.changes) == 5
    said = (small.root / "sources" / "said.yaml").read_text("utf-8")
    assert said == (
        SOURCES.replace("\n  japan:", "\n  jp:")
        .replace("acts_for: 'japan'", "acts_for: 'jp'")
        .replace("subject: japan", "subject: jp")
        .replace("[gov, japan]", "[gov, jp]")
        .replace("      japan\n", "      jp\n")
    )
    assert (small.root / "sources" / "articles.yaml").read_text("utf-8") == ARTICLE


def test_an_article_is_renamed_in_every_citation(small: Workspace) -> None:
    renamed(small, "daily-1", "d1")
    assert (small.root / "sources" / "said.yaml").read_text("utf-8") == SOURCES.replace(
        "daily-1", "d1"
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_byte_order_marks_and_foreign_letters_are_kept(
    small: Workspace, ending: str, mark: bytes
) -> None:
    text = '# \U0001f5fe\ndisputes: {row: {type: Dispute, label: "a\u2028b 日本"}}\n' + SOURCES
    file = small.root / "sources" / "said.yaml"
    file.write_bytes(mark + text.replace("\n", ending).encode())
    before = contents(small)
    renamed(small, "japan", "a-much-longer-id")
    assert file.read_bytes().startswith(mark)
    assert file.read_bytes().count(ending.encode()) == text.count("\n")
    renamed(small, "a-much-longer-id", "japan")
    assert contents(small) == before


@pytest.mark.parametrize(
    "id", ["gsomia", "japan", "kyodo-2019-11-15", "kyodo", "radar-lock-on", "motive-of-controls"]
)
def test_renaming_the_example_there_and_back_leaves_every_byte(workspace: Path, id: str) -> None:
    here = Workspace(workspace)
    before, corpus = contents(here), read(here).corpus
    plan = renamed(here, id, "something-new")
    assert plan.warnings == ()
    reading = read(here)
    assert reading.exit_code == 0
    names = {id: "something-new", **plan.derived}
    assert substituted(reading.corpus, {}) == substituted(corpus, names)
    assert plan.derived == derived_names(corpus, reading.corpus)
    back = renamed(here, "something-new", id)
    assert len(back.derived) == len(plan.derived)
    assert contents(here) == before


@given(worlds(), st.data())
@settings(max_examples=15)
def test_a_renamed_world_says_the_same(world: dict[str, Any], data: st.DataObject) -> None:
    for assertion in world["assertions"][::2]:
        mentions = json.dumps(
            {**world, "assertions": [{**a, "id": ""} for a in world["assertions"]]}
        )
        if f'"{assertion["id"]}"' not in mentions:
            del assertion["id"]
    ids = [id for section in ("articles", "actors", "pacts", "events") for id in world[section]]
    ids += [assertion["id"] for assertion in world["assertions"] if "id" in assertion]
    old = data.draw(st.sampled_from(ids))
    with tempfile.TemporaryDirectory() as folder:
        here = Workspace(Path(folder))
        shutil.copytree(REPOSITORY / "ontology", here.root / "ontology")
        (here.root / "sources").mkdir()
        text = yaml.safe_dump(
            json.loads(json.dumps(world)),
            default_flow_style=data.draw(st.sampled_from((None, False, True))),
        )
        (here.root / "sources" / "world.yaml").write_text(text, "utf-8")
        corpus = read(here).corpus
        renamed(here, old, "new-id")
        after = read(here).corpus
        names = {old: "new-id", **derived_names(corpus, after)}
        assert substituted(after, {}) == substituted(corpus, names)


def full_name(small: Workspace) -> str:
    """The derived id of the assertion whose object is a text."""
    assertions = read(small).corpus.assertions.values()
    return next(a.id for a in assertions if a.object_key == '"japan"@')


def test_an_id_that_changes_because_it_is_derived_may_not_be_named_in_sources(
    small: Workspace,
) -> None:
    derived = full_name(small)
    (small.root / "sources" / "more.yaml").write_text(
        f"assertions:\n  - {{denies: {derived}, according_to: gov, cite: {{daily-1: [3]}}}}\n",
        "utf-8",
    )
    before = contents(small)
    words = f"sources/more.yaml:2:14 names '{derived}', which is derived"
    with pytest.raises(KgError, match=words) as refusal:
        renamed(small, "pact", "treaty")
    assert refusal.value.exit_code == 1
    assert refusal.value.hint == "give that assertion an 'id' and name it by this"
    assert contents(small) == before
    renamed(small, "daily", "journal")


def test_queries_and_stories_that_name_a_derived_id_change_with_it(small: Workspace) -> None:
    texts = {
        "queries/q.rq": "# title: a\n# question: b?\nSELECT * { ?a kg:denies assertion:DERIVED }\n",
        "viz/v.story.yaml": "title: a\nsteps:\n  - {title: b, text: c, assertions: DERIVED}\n",
    }
    derived = full_name(small)
    for name, text in texts.items():
        file = small.root / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace("DERIVED", derived), "utf-8")
    plan = renamed(small, "pact", "treaty")
    assert [change.name for change in plan.changes][:2] == list(texts)
    for name, text in texts.items():
        changed = (small.root / name).read_text("utf-8")
        assert changed == text.replace("DERIVED", plan.derived[derived])


def test_assertions_of_a_list_follow_their_own_id_and_their_objects(small: Workspace) -> None:
    file = small.root / "sources" / "more.yaml"
    assertion = (
        "assertions:\n"
        "  - {id: both, subject: daily, predicate: criticises, object: [japan, gov], "
        "cite: {daily-1: [3]}}\n"
    )
    file.write_text(assertion, "utf-8")
    assert renamed(small, "both", "two").derived["both-japan"] == "two-japan"
    assert "two-japan" in read(small).corpus.assertions
    assert "two-japan" in renamed(small, "japan", "jp").derived
    assert "two-jp" in read(small).corpus.assertions
    assert read(small).exit_code == 0


QUERY = """\
# title: japan
# question: What of japan?
# about: japan
# param: who (thing) = japan : as in who = japan
# param: also (thing) = :japan : japan
# param: word (text) = japan : japan
# param: which (article) = daily-1 : japan
PREFIX : <https://w3id.org/actor-kg/gsomia/>
PREFIX mine: <https://w3id.org/actor-kg/gsomia/>
SELECT * WHERE {   # :japan
  ?who ?also :japan . ?word ?which "japan" . ?a rdf:object mine:japan , <https://w3id.org/actor-kg/gsomia/japan> .
  ?b kg:article article:daily-1 , :article\\/daily-1 . assertion:in a ?japan .
}
"""


def test_queries_name_things_by_prefix_iri_and_front_comment(small: Workspace) -> None:
    (small.root / "queries").mkdir()
    file = small.root / "queries" / "of.rq"
    file.write_text(QUERY, "utf-8")
    renamed(small, "japan", "jp")
    assert file.read_text("utf-8") == (
        QUERY.replace("about: japan", "about: jp")
        .replace("who (thing) = japan", "who (thing) = jp")
        .replace("also (thing) = :japan", "also (thing) = :jp")
        .replace("?also :japan", "?also :jp")
        .replace("mine:japan", "mine:jp")
        .replace("gsomia/japan>", "gsomia/jp>")
    )
    renamed(small, "jp", "japan")
    renamed(small, "daily-1", "d1")
    assert file.read_text("utf-8") == (
        QUERY.replace("= daily-1", "= d1")
        .replace("article:daily-1", "article:d1")
        .replace(":article\\/daily-1", "<https://w3id.org/actor-kg/gsomia/article/d1>")
    )
    renamed(small, "in", "inside")
    assert "assertion:inside a ?japan" in file.read_text("utf-8")


def test_a_default_that_cannot_be_exchanged_stops_the_renaming(small: Workspace) -> None:
    (small.root / "queries").mkdir()
    query = "# title: a\n# question: b?\n# param: who (thing)\n#   = japan : c\nSELECT * { ?who ?p ?o }\n"
    (small.root / "queries" / "of.rq").write_text(query, "utf-8")
    with pytest.raises(KgError, match="names the id where it cannot be exchanged"):
        plan_renaming(small, "japan", "jp")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("japan", "japan", "the two ids are the same"),
        ("japan", "jp!", "id 'jp!' must be ASCII letters"),
        ("japan", "a" * 201, "at most 200 characters"),
        ("japan", "gov", "id 'gov' is taken: thing 'gov' in sources/said.yaml"),
        ("japan", "PACT", "id 'PACT' is taken: thing 'pact'"),
        ("japn", "jp", "no record has the id 'japn'"),
    ],
)
def test_a_renaming_that_makes_no_sense_is_refused(
    small: Workspace, old: str, new: str, message: str
) -> None:
    with pytest.raises(KgError, match=message) as refused:
        plan_renaming(small, old, new)
    assert refused.value.exit_code == 2


def test_a_derived_id_cannot_be_renamed(small: Workspace) -> None:
    derived = next(a.id for a in read(small).corpus.assertions.values() if not a.has_own_id)
    with pytest.raises(KgError, match="is derived from what the assertion says") as refused:
        plan_renaming(small, derived, "mine")
    assert refused.value.hint == "write an 'id' into the assertion"


def test_letter_case_alone_may_change(small: Workspace) -> None:
    renamed(small, "japan", "Japan-1")
    renamed(small, "Japan-1", "JAPAN-1")
    assert "JAPAN-1" in read(small).corpus.things


def test_a_renaming_that_makes_an_error_changes_nothing(small: Workspace, kg: Kg) -> None:
    said = "  - {id: two, subject: daily, predicate: criticises, object: [japan, gov], cite: {daily-1: [3]}}\n"
    (small.root / "sources" / "more.yaml").write_text(f"assertions:\n{said}", "utf-8")
    before = contents(small)
    refused = kg("-C", small.root, "rename", "in", "two-gov")
    assert (refused.code, refused.stdout) == (1, "")
    assert "[KG203]" in refused.stderr
    assert refused.stderr.endswith("kg: nothing was renamed: the workspace would get 1 error\n")
    assert contents(small) == before


def test_errors_that_are_there_already_do_not_stop_a_renaming(small: Workspace) -> None:
    with (small.root / "sources" / "said.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {subject: japan, predicate: partyTo, object: japn, cite: {daily-1: [1]}}\n")
    before = [d.rule.code for d in read(small).diagnostics if d.is_error]
    assert before == ["KG201"]
    renamed(small, "japan", "jp")
    assert [d.rule.code for d in read(small).diagnostics if d.is_error] == before


def test_nothing_is_renamed_while_a_file_cannot_be_read(small: Workspace) -> None:
    (small.root / "sources" / "broken.yaml").write_text("actors: [", "utf-8")
    with pytest.raises(KgError, match="nothing is renamed while a file cannot be read"):
        plan_renaming(small, "japan", "jp")


def test_moves_that_lead_out_of_the_workspace_stop_a_renaming(
    small: Workspace, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (small.root / "sources" / "renamed.txt").symlink_to(outside)
    with pytest.raises(KgError, match=r"sources/renamed\.txt"):
        plan_renaming(small, "japan", "jp")
    assert not outside.exists()


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(small: Workspace) -> None:
    plan = plan_renaming(small, "daily", "journal")
    file = small.root / "sources" / plan.changes[0].name.removeprefix("sources/")
    file.write_text(file.read_text("utf-8") + "# a remark\n", "utf-8")
    before = contents(small)
    with pytest.raises(KgError, match="was changed meanwhile"):
        write_renaming(small, plan)
    assert contents(small) == before


def test_files_keep_their_permissions_and_links(small: Workspace) -> None:
    said = small.root / "sources" / "said.yaml"
    said.rename(small.root / "said.data")
    said.symlink_to(small.root / "said.data")
    said.chmod(0o640)
    renamed(small, "japan", "jp")
    assert said.is_symlink()
    assert said.stat().st_mode & 0o777 == 0o640
    assert "jp:" in (small.root / "said.data").read_text("utf-8")


def test_a_dry_run_writes_nothing_and_its_difference_can_be_applied(
    small: Workspace, kg: Kg
) -> None:
    before = contents(small)
    dry = kg("-C", small.root, "rename", "daily", "journal", "--dry-run")
    assert (dry.code, contents(small)) == (0, before)
    assert "daily -> journal: 3 places in 2 files would change" in dry.stderr
    subprocess.run(
        ["patch", "-p1", "-s"], cwd=small.root, input=dry.stdout, encoding="utf-8", check=True
    )
    applied = contents(small)
    for name, data in before.items():
        (small.root / name).write_bytes(data)
    assert kg("-C", small.root, "rename", "daily", "journal").code == 0
    assert contents(small) == applied


def test_a_dry_run_shows_a_last_line_without_end(small: Workspace) -> None:
    file = small.root / "sources" / "more.yaml"
    file.write_text(
        "assertions:\n  - {subject: gov, predicate: criticises, object: japan, cite: {daily-1: [1]}}",
        "utf-8",
    )
    change = next(
        c for c in plan_renaming(small, "japan", "jp").changes if c.name == "sources/more.yaml"
    )
    assert unified_diff(*change[:3]).count("\\ No newline at end of file\n") == 2


def test_a_renaming_that_was_cut_off_anywhere_is_finished_by_the_same_command(
    workspace: Path,
) -> None:
    here = Workspace(workspace)
    more = "assertions:\n  - subject: gsomia\n    predicate: hasFullName\n    object: The Pact\n"
    more += "    according_to: gov-japan\n    cite: {kyodo-2019-11-15: [2]}\n"
    (workspace / "sources" / "a-first.yaml").write_text(more, "utf-8")
    before = contents(here)
    plan = renamed(here, "gsomia", "the-pact")
    complete = contents(here)
    assert len(plan.changes) >= 5
    assert plan.changes[-1].name == "sources/gsomia.yaml"
    for cut in range(1, len(plan.changes)):
        for name, data in before.items():
            (workspace / name).write_bytes(data)
        for change in plan.changes[:cut]:
            (workspace / change.name).write_bytes(change.after)
        (workspace / "sources" / ".kg-writing-1-left.yaml").write_bytes(b"actors: [")
        finished = renamed(here, "gsomia", "the-pact")
        sources = [c for c in plan.changes[:cut] if c.name.startswith("sources/")]
        assert (finished.begun > 0) == bool(sources)
        assert finished.derived.items() <= plan.derived.items()
        assert contents(here) == complete


def test_nobody_reads_a_workspace_of_which_some_files_have_the_new_id(
    small: Workspace, kg: Kg
) -> None:
    plan = plan_renaming(small, "daily", "journal")
    assert len(plan.changes) == 2
    mark = small.root / RENAMING
    mark.write_text("daily journal", "utf-8")
    (small.root / plan.changes[0].name).write_bytes(plan.changes[0].after)
    refused = kg("-C", small.root, "check")
    assert (refused.code, refused.stdout) == (2, "")
    assert refused.stderr.endswith("  hint: to finish it: kg rename daily journal\n")
    with pytest.raises(KgError, match="another renaming was cut off"):
        rename_id(small, "japan", "jp")
    finished = rename_id(small, "daily", "journal")
    assert finished is not None
    assert not mark.exists()
    assert contents(small) == contents(small) | {each.name: each.after for each in plan.changes}
    mark.write_text("daily journal", "utf-8")
    assert rename_id(small, "daily", "journal") is None
    assert not mark.exists()


def test_renamings_at_once_wait_for_each_other(small: Workspace) -> None:
    ids = (("daily", "journal"), ("japan", "jp"), ("japan", "nippon"))
    command = [sys.executable, "-m", "kg", "-C", str(small.root), "rename"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    running = [
        subprocess.Popen([*command, *pair], env=environment, stdout=subprocess.PIPE, stderr=-1)
        for pair in ids
    ]
    errors = [process.communicate()[1] for process in running]
    codes = [process.returncode for process in running]
    assert (codes[0], sorted(codes[1:])) == (0, [0, 2]), errors
    assert not [d for d in read(small).diagnostics if d.is_error]


def test_the_command_says_what_it_changed(small: Workspace, kg: Kg) -> None:
    done = kg("-C", small.root, "rename", "japan", "jp")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout == (
        "sources/said.yaml  5 places\n"
        "japan -> jp: 5 places in 1 file changed\n"
        "2 derived assertion ids changed with it\n"
        "the page of the old address leads to the new one: sources/renamed.txt\n"
    )
    again = kg("-C", small.root, "rename", "japan", "jp")
    assert again.code == 2
    assert again.stderr.startswith("kg: no record has the id 'japan'\n")


def test_a_new_warning_is_told(small: Workspace, kg: Kg) -> None:
    with (small.root / "sources" / "said.yaml").open("a", encoding="utf-8") as file:
        file.write("places: {spot: {type: Place, label: Spot, aliases: [jp]}}\n")
    done = kg("-C", small.root, "rename", "japan", "jp")
    assert done.code == 0
    assert "kg: the workspace gets new warnings:\n" in done.stderr
    assert "[KG206]" in done.stderr


STORY = """\
# japan, [japan](japan)
title: "[japan](japan)"
steps:
  - title: japan
    text: >-
      What [japan](japan) and [the pact
      of japan](pact) are to [japan ](japan), and japan](japan).
    things: [pact, 'japan']   # japan
    assertions: [in, pact]
  - {title: b, text: "[japan](japan)", things: japan, known_by: 2020-01-02}
"""
LAYOUT = '{\n  "japan": [1, 2],\n  "jap\\u0061n-2": [3, -4],\n  "pact" : [0, 0]\n}\n'


@pytest.fixture
def drawn(small: Workspace) -> Workspace:
    """The small workspace with a view, its story and its layout."""
    (small.root / "viz").mkdir()
    for name, text in (
        ("v.rq", QUERY),
        ("v.story.yaml", STORY),
        ("v.layout.json", LAYOUT),
    ):
        (small.root / "viz" / name).write_text(text, "utf-8", newline="")
    return small


def test_stories_and_layouts_name_things_by_id_and_by_link(drawn: Workspace) -> None:
    story, layout = drawn.root / "viz" / "v.story.yaml", drawn.root / "viz" / "v.layout.json"
    before = contents(drawn)
    renamed(drawn, "pact", "treaty")
    expected = STORY.replace("of japan](pact)", "of japan](treaty)").replace("[pact,", "[treaty,")
    assert story.read_text("utf-8") == expected
    assert layout.read_text("utf-8") == LAYOUT.replace('"pact"', '"treaty"')
    renamed(drawn, "treaty", "pact")
    assert contents(drawn) == before
    renamed(drawn, "japan", "jp")
    told = story.read_text("utf-8")
    assert "What [japan](jp) and [the pact\n" in told
    assert "are to [japan ](jp), and japan](japan).\n    things: [pact, 'jp']   # japan\n" in told
    assert '- {title: b, text: "[japan](jp)", things: jp, known_by: 2020-01-02}\n' in told
    assert told.startswith('# japan, [japan](japan)\ntitle: "[japan](japan)"\n')
    assert layout.read_text("utf-8") == LAYOUT.replace('"japan"', '"jp"')
    renamed(drawn, "in", "inside")
    assert "assertions: [inside, pact]" in story.read_text("utf-8")


def test_a_link_in_disguise_stops_the_renaming(drawn: Workspace) -> None:
    story = drawn.root / "viz" / "v.story.yaml"
    story.write_text('title: a\nsteps:\n  - {title: b, text: "[us]\\x28japan)"}\n', "utf-8")
    with pytest.raises(KgError, match=r"v\.story\.yaml names japan where it cannot be exchanged"):
        plan_renaming(drawn, "japan", "jp")


def test_a_layout_never_keeps_two_places_for_one_thing(drawn: Workspace) -> None:
    with pytest.raises(KgError, match=r"v\.layout\.json keeps a place for japan-2 already"):
        plan_renaming(drawn, "japan", "japan-2")


@pytest.mark.parametrize(("name", "text"), [("v.story.yaml", "title: ["), ("v.layout.json", "{")])
def test_nothing_is_renamed_while_a_story_or_layout_cannot_be_read(
    drawn: Workspace, name: str, text: str
) -> None:
    (drawn.root / "viz" / name).write_text(text, "utf-8")
    before = contents(drawn)
    with pytest.raises(KgError, match="nothing is renamed while a file cannot be read"):
        plan_renaming(drawn, "japan", "jp")
    assert contents(drawn) == before
