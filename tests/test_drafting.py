"""What is added to a source file leaves every other byte of it, is what was meant, and is written
only where the workspace gets no new error.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from conftest import REPOSITORY
from test_false_quotations import ALL_FALSE, TEXT, TRUE

from kg.cli import main
from kg.diagnostics import KgError
from kg.editing.assertions import ClaimWords, draft_assertion
from kg.editing.choices import Choices
from kg.editing.citing import cite_words
from kg.editing.composing import Wish, compose_record
from kg.editing.formatting.layout import lay_out
from kg.editing.insertion import Insertion, draft_into, draft_record
from kg.editing.names import find_assertion, find_thing, new_id
from kg.editing.offers import TypedField, offer_choices
from kg.editing.records import draft_thing
from kg.editing.writing import prepare_draft, write_draft
from kg.editing.yamltext import YamlValue
from kg.files.workspace import SourceFile, find_workspace
from kg.reading import Reading, read
from kg.sources.texts.normal import sha256
from kg.sources.yamlfile import read_yaml

SAID = """\
# What the paper says.
assertions:

  - subject: arden   # the state
    predicate: partyTo
    object: lume
    when: 1998/..
    cite: {post: [2]}

  # A claim.
  - id: closed
    subject: brell
    predicate: contravenes
    object: lume
    according_to: arden
    cite: {post: [4]}

# The end of the file.
"""
KNOWN = """\
actors:
  paper: {type: MediaOrganization, label: Paper}
  arden: {type: State, label: Arden, aliases: [the Republic]}
  brell:
    type: State
    label: Brell
  gov-brell: {type: Government, label: Government of Brell, acts_for: brell, aliases: [the ministry]}
  ministry: {type: Organization, label: Lume Ministry, aliases: [the ministry]}
pacts:
  lume: {type: Treaty, label: Lume protocol}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KG_TEXTS", raising=False)
    shutil.copytree(REPOSITORY / "ontology", tmp_path / "ontology")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "known.yaml").write_text(KNOWN, "utf-8")
    (tmp_path / "sources" / "said.yaml").write_text(SAID, "utf-8")
    (tmp_path / "post.txt").write_text(TEXT, "utf-8")
    said = ("--publisher", "Paper", "--published", "2024-05-01", "--to", "articles.yaml")
    assert kg(tmp_path, "add", "article", str(tmp_path / "post.txt"), "--id", "post", *said) == 0
    return tmp_path


def kg(workspace: Path, *words: str) -> int:
    return main(["-C", str(workspace), *words])


def files(workspace: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (workspace / "sources").iterdir()}


def opened(workspace: Path) -> Reading:
    return read(find_workspace(workspace), questions=())


# Where new text goes

LAYOUTS = {
    "nothing": "",
    "only a comment": "# begin here\n",
    "another section": "pacts:\n  p: {type: Treaty, label: P}",
    "an empty section": "actors:\npacts:\n  p: {type: Treaty, label: P}\n",
    "records in one line": "actors:\n  a: {type: State, label: A} # one\n  # two\n\n# three\n",
    "no margin": "pacts:\n  p: {type: Treaty, label: P}\nactors:\n    a:\n        type: State\n        label: A",
    "a long text last": "actors:\n  a:\n    type: State\n    label: A\n    note: |\n      one\n\n      two\n\n\n# end\npacts:\n  p: {type: Treaty, label: P}\n",
    "other line ends": "actors:\r\n  a: {type: State, label: A}\r\n\r\n  b: {type: State, label: B}\r\n",
    "a byte order mark": "\ufeffactors:\n  a: {type: State, label: A}\n",
    "a folded text": "actors:\n  a:\n    type: State\n    label: A\n    note: one\n      two\n\npacts:\n",
}
NEW: dict[str, YamlValue] = {
    "type": "State",
    "label": "Ünal: a 'new' # one",
    "aliases": ["x, y", "z"],
}


def inserted(text: str, edit: Insertion) -> str:
    return text[: edit.offset] + edit.text + text[edit.offset :]


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_a_record_comes_last_in_its_section_whatever_the_file_looks_like(text: str) -> None:
    file = SourceFile("a.yaml", text.encode())
    after = inserted(text, draft_record(file, "actors", "new", NEW))
    root, problems = read_yaml("a.yaml", after.encode())
    assert not problems
    sections = {key.text: node for key, node in root.entries}  # type: ignore[union-attr]
    ids = [key.text for key, _ in sections["actors"].entries]  # type: ignore[union-attr]
    assert ids[-1] == "new"
    fields = dict(sections["actors"].entries[-1][1].entries)  # type: ignore[union-attr]
    assert [value.text for key, value in fields.items() if key.text == "label"] == [NEW["label"]]
    assert after.count("\r\n") in (0, after.count("\n"))
    before, _ = read_yaml("a.yaml", text.encode())
    kept = {key.text: node for key, node in before.entries} if before else {}  # type: ignore[union-attr]
    assert all(name in sections for name in kept)


def test_a_file_in_braces_takes_no_lines() -> None:
    file = SourceFile("a.yaml", json.dumps({"actors": {"a": {"type": "State"}}}).encode())
    for section in ("actors", "pacts"):
        with pytest.raises(KgError, match="in braces"):
            draft_record(file, section, "new", NEW)


@pytest.mark.parametrize(
    ("record", "after"),
    [
        ("{type: State, label: A}", "{type: State, label: A, aliases: [N]}"),
        ("{label: A, aliases: [x, y], type: State}", "{label: A, aliases: [x, y, N], type: State}"),
        ("{label: A, aliases: [x, ]}", "{label: A, aliases: [x, N, ]}"),
        ("\n    label: A\n    type: State", "\n    label: A\n    type: State\n    aliases: [N]"),
        (
            "\n    aliases:\n      - x\n    type: S",
            "\n    aliases:\n      - x\n      - N\n    type: S",
        ),
    ],
)
def test_a_name_goes_into_the_list_of_names(record: str, after: str) -> None:
    text = f"actors:\n  a: {record}\n  b: {{type: State, label: B}}\n"
    edit = draft_into(SourceFile("a.yaml", text.encode()), "actors", "a", ("aliases", ["N"]))
    assert inserted(text, edit) == text.replace(record, after)


# The workspace

PLANNED = [
    *("assertion", "brell", "meets", "the Republic", "--mode", "planned", "--when", "2024-06"),
    *("--by", "Arden", "--words", "ministers would meet", "--note", "Not soon: perhaps."),
]


def test_each_kind_of_record_is_added_and_every_byte_that_was_there_stays(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace)
    commands = (
        ["actor", "Ada Dorn", "--type", "person"],
        [
            "assertion",
            "Ada Dorn",
            "is foreign minister of",
            "Brell",
            "--words",
            "minister of Brell",
        ],
        PLANNED,
        ["denial", "closed", "--by", "Government of Brell", "--words", "told Mr Kessel"],
        ["denial", "Arden", "partyTo", "Lume protocol", "--by", "brell", "--words", "not sign"],
        ["end", "arden", "partyTo", "lume", "--when", "2024-05", "--words", "12 May 2024"],
        ["name", "Lume protocol", "the protocol", "--words", "renew the protocol"],
    )
    said = ""
    for words in commands:
        assert kg(workspace, "add", *words) == 0, capsys.readouterr().err
        told = capsys.readouterr().out
        said += told
        require_places(workspace, told)
    assert (
        "Arden says that it is planned that Brell meets Arden [brell-meets-arden, prospec" in said
    )
    assert "Government of Brell denies that Brell" in said
    named = "  lume: {type: Treaty, label: Lume protocol, aliases: [{name: the protocol, cite: "
    assert f"\n{named}" in said
    assert "said.yaml:" in said
    corpus = opened(workspace).written
    derived = next(each for each in corpus.assertions if each.startswith("arden-partyTo-lume"))
    assert corpus.assertions["closed-denied"].denies.id == "closed"  # type: ignore[union-attr]
    assert {each.has_own_id for each in corpus.assertions.values()} == {True}
    ended = [each for each in corpus.assertions.values() if each.ends]
    assert [each.ends.id for each in ended if each.ends] == [derived]
    assert [alias.name.text for alias in corpus.things["lume"].aliases] == ["the protocol"]
    assert opened(workspace).verification.total.wrong == 0
    after = files(workspace)
    for name, data in before.items():
        rest = iter(after[name])
        assert all(byte in rest for byte in data)


def require_places(workspace: Path, told: str) -> None:
    """What was printed stands on the line that was printed."""
    places = re.findall(r"^sources/(\S+):(\d+)\n(.*)$", told, re.MULTILINE)
    assert places
    for name, number, first in places:
        line = files(workspace)[name].decode().splitlines()[int(number) - 1]
        assert first.strip() in line


def test_a_dry_run_and_a_refusal_write_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace)
    cited = ["add", "assertion", "arden", "meets", "brell", "--words", "would meet"]
    assert kg(workspace, *cited, "--dry-run") == 0
    assert "predicate: meets" in capsys.readouterr().out
    assert kg(workspace, *cited, "--mode", "promised") == 1
    assert "nothing was written: the workspace would get 1 error" in capsys.readouterr().err
    assert kg(workspace, *cited, "--id", "closed") == 1
    assert kg(workspace, "add", "article", str(workspace / "post.txt"), "--publisher", "P") == 1
    assert "recorded already, as 'post'" in capsys.readouterr().err
    assert files(workspace) == before


def test_what_was_changed_meanwhile_is_not_overwritten(workspace: Path) -> None:
    reading = opened(workspace)
    drafted = draft_thing(reading, "actors", {"label": "Corvia", "type": "State"})
    ready = prepare_draft(reading, drafted)
    path = workspace / "sources" / "known.yaml"
    path.write_text(KNOWN + "# mine\n", "utf-8")
    with pytest.raises(KgError, match="changed meanwhile"):
        write_draft(ready)
    assert path.read_text("utf-8") == KNOWN + "# mine\n"


def test_nothing_is_written_outside_of_the_sources(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.yaml"
    (workspace / "sources" / "link.yaml").symlink_to(outside)
    before = sorted(os.listdir(workspace))
    refused = ("../x.yaml", "a/../../x.yaml", "x.txt", "link.yaml", "/x.yaml", "imported/x.yaml")
    for to in refused:
        assert kg(workspace, "add", "place", "Kessel", "--to", to) != 0
        assert "--to" in capsys.readouterr().err
    for id in ("a b", "x:\n  y", "../x", "ä"):
        assert kg(workspace, "add", "place", "Kessel", "--id", id) == 1
    assert not outside.exists()
    assert sorted(os.listdir(workspace)) == before
    assert "kessel" not in opened(workspace).written.things


def test_a_file_is_the_same_however_its_path_is_written(workspace: Path) -> None:
    before = set(files(workspace))
    for number, to in enumerate(("./known.yaml", "./sources/known.yaml", "sources//known.yaml")):
        assert kg(workspace, "add", "place", f"Ford {number}", "--to", to) == 0
    assert set(files(workspace)) == before


def test_words_are_cited_only_where_they_stand_once_and_whole(workspace: Path) -> None:
    reading = opened(workspace)
    for number, words in ALL_FALSE:
        with pytest.raises(KgError):
            cite_words([words], reading, "post", number)
    for number, words in TRUE:
        if "[...]" not in words:
            assert list(cite_words([words], reading, paragraph=number)) == ["post"]
    with pytest.raises(KgError, match="stand at 2 places") as twice:
        cite_words(["15 sluices"], reading)
    assert "post, paragraph 4: closed 15 sluices" in str(twice.value)
    first, second = reading.verification.copies.by_article["post"].paragraphs[2:4]
    with pytest.raises(KgError, match="run from paragraph 3 into 4"):
        cite_words([f"{first[-20:]} {second[:20]}"], reading)
    with pytest.raises(KgError, match="nearest: post, paragraph 3"):
        cite_words(["a serious mistake"], reading)
    pieces = cite_words(["Ada Dorn", "2,500 hectares"], reading)["post"]
    assert [(each["p"], each["sha256"]) for each in pieces] == [  # type: ignore[call-overload,index]
        ("3", sha256("Ada Dorn")),
        ("4", sha256("2,500 hectares")),
    ]


def test_names_that_mean_several_things_or_none_are_refused(workspace: Path) -> None:
    reading = opened(workspace)
    corpus = reading.written
    assert find_thing("THE  republic", corpus) == "arden"
    with pytest.raises(KgError, match=r"2 things: gov-brell \(Government of Brell\), ministry"):
        find_thing("the ministry", corpus)
    for words, hint in (
        ("Brall", "brell"),
        ("protocol", "Lume protocol (lume)"),
        ("Zzz", "kg add"),
    ):
        with pytest.raises(KgError) as unknown:
            find_thing(words, corpus)
        assert hint in unknown.value.hint
    with pytest.raises(KgError, match="no relation is called 'met with'"):
        draft_assertion(reading, ("arden", "met with", "brell"), ClaimWords(words=("would meet",)))
    assert new_id("The Ünal's  Ministry", {"the-unals-ministry"}) == "the-unals-ministry-2"
    assert new_id("外務省", ("ministry-1",), "ministry") == "ministry-2"
    assert new_id("高官 (新聞, 2024-03-05)", (), "unnamed source") == "unnamed-source-2024-03-05"


def test_an_article_is_recorded_in_one_step_from_what_a_reference_manager_says(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, entry = workspace / "second.txt", workspace / "zotero.json"
    text.write_text("The sluices open\n\nBrell opened them.\n", "utf-8")
    item = {
        "id": "k1",
        "type": "article-newspaper",
        "title": "The sluices open",
        "container-title": "Kessel Gazette",
        "issued": {"date-parts": [[2024, 6, 2]]},
        "URL": "https://example.org/sluices",
    }
    entry.write_text(json.dumps([item]), "utf-8")
    capsys.readouterr()
    command = ("add", "article", str(text), "--from-csl", str(entry), "--to", "new.yaml")
    assert kg(workspace, *command) == 0
    told = capsys.readouterr().out
    require_places(workspace, told)
    corpus = opened(workspace).written
    article = corpus.articles["kessel-gazette-2024-06-02"]
    assert (article.title.text, article.paragraphs) == ("The sluices open", 2)
    assert corpus.actors["kessel-gazette"].label == "Kessel Gazette"
    assert (workspace / "texts" / "kessel-gazette-2024-06-02.txt").read_bytes() == text.read_bytes()
    assert "/texts/" in (workspace / ".gitignore").read_text("utf-8").splitlines()
    assert "'The sluices open' (Kessel Gazette, 2024-06-02), 2 paragraphs" in told
    # Neither a publisher nor its article without a date may take the id of the other.
    text.write_text("No day\n", "utf-8")
    assert kg(workspace, "add", "article", str(text), "--publisher", "Lume Post", "--dry-run") == 0


def test_names_that_are_nearly_alike_are_told(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kg(workspace, "add", "actor", "Goverment of Brell", "--type", "Government") == 0
    assert "there is gov-brell (Government of Brell)" in capsys.readouterr().err
    assert kg(workspace, "add", "actor", "the republic", "--type", "State") == 1
    assert "of that name already: arden" in capsys.readouterr().err


def test_lines_that_are_no_paragraphs_are_told(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrapped = workspace / "wrapped.txt"
    lines = "The ministers of both states have met again and spoke of the\n" * 5 + "river.\n"
    wrapped.write_text(f"They met\n\n{lines}", "utf-8")
    short, whole = workspace / "short.txt", workspace / "whole.txt"
    two_lines = "The ministers of both states have met again and spoke of the\nriver.\n\n"
    short.write_text(f"They met\n\n{two_lines * 4}", "utf-8")
    whole.write_text(wrapped.read_text("utf-8").replace(" the\n", " the "), "utf-8")
    for file, is_told in ((wrapped, True), (short, True), (whole, False)):
        words = ("add", "article", str(file), "--publisher", "Paper", "--dry-run")
        assert kg(workspace, *words) == 0
        assert ("broken into lines" in capsys.readouterr().err) is is_told


def test_a_class_of_another_kind_of_thing_is_told_with_its_command(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kg(workspace, "add", "thing", "Closed ports", "--type", "measure") == 1
    assert "kg add event LABEL --type 'measure'" in capsys.readouterr().err
    assert kg(workspace, "add", "actor", "Ann Dorn", "--type", "politician") == 1
    assert re.search("those of actors: .*, Person, ", capsys.readouterr().err)


def test_an_id_that_is_taken_is_told_with_what_has_it(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    label = opened(workspace).written.things["gov-brell"].label
    assert kg(workspace, "add", "actor", "Gov. Brell", "--type", "Government") == 0
    told = capsys.readouterr().err
    assert f"gov-brell is there already, so this one is gov-brell-2:\n  {label}\n" in told
    assert kg(workspace, "add", "event", "Round of 1999", "--type", "Meeting") == 0
    assert "already" not in capsys.readouterr().err


def test_of_two_things_with_one_name_a_relation_takes_the_one_that_it_may(workspace: Path) -> None:
    (workspace / "sources" / "fleet.yaml").write_text(
        "things:\n  ship-arden: {type: Ship, label: MV Arden, aliases: [Arden]}\n", "utf-8"
    )
    reading = read(find_workspace(workspace))
    with pytest.raises(KgError, match="may be 2 things"):
        find_thing("Arden", reading.written)
    drafted = draft_assertion(reading, ("Arden", "signed", "lume"), ClaimWords((), "post", 2))
    assert drafted.id == "arden-signed-lume"


def test_what_is_denied_is_the_one_that_is_said_and_of_several_the_one_in_that_article(
    workspace: Path,
) -> None:
    said = workspace / "sources" / "said.yaml"
    other = "  - {id: later, subject: brell, predicate: contravenes, object: lume, mode: expected, "
    other += "according_to: brell, cite: {old: [1]}}\n"
    old = "articles:\n  old: {title: Old, publisher: paper, originator: paper, published: 2020}\n"
    (workspace / "sources" / "old.yaml").write_text(f"{old}assertions:\n{other}", "utf-8")
    words = ["brell", "contravenes", "Lume protocol"]
    reading = read(find_workspace(workspace))
    with pytest.raises(KgError, match="2 assertions say so"):
        find_assertion(words, reading.written, reading.ontology)
    found = find_assertion(words, reading.written, reading.ontology, ["post"])
    assert (found.id, found.span.file) == ("closed", f"sources/{said.name}")


def test_a_speaker_without_a_name_is_recorded_once_for_an_article(workspace: Path) -> None:
    evidence = ClaimWords((), "post", 2, unnamed="An official")
    reading = read(find_workspace(workspace))
    drafted = draft_assertion(reading, ("brell", "signed", "lume"), evidence)
    draft = prepare_draft(reading, drafted)
    label = "An official (Paper, 2024-05-01)"
    [speaker] = draft.reading.written.assertions[drafted.id].speakers
    thing = draft.reading.written.things[speaker.id]
    assert (thing.label, thing.type.id) == (label, "UnnamedSource")
    with pytest.raises(KgError, match="is recorded already"):
        draft_assertion(draft.reading, ("arden", "signed", "lume"), evidence)


def test_what_is_added_has_the_layout_of_kg_fmt(workspace: Path) -> None:
    written = ("--to", "new.yaml", "--article", "post", "--paragraph", "2")
    said = ("--by", "Arden", "--said", "2024-04-30", "--when", "2024-06", "--note", "A remark.")
    assert kg(workspace, "add", "actor", "Varn", "--type", "state", "--to", "new.yaml") == 0
    planned = ("--mode", "planned", "--unnamed", "An official", "--id", "signing")
    assert (
        kg(workspace, "add", "assertion", "brell", "signed", "lume", *planned, *said, *written) == 0
    )
    assert kg(workspace, "add", "denial", "signing", "--by", "brell", *written) == 0
    data = (workspace / "sources" / "new.yaml").read_bytes()
    assert lay_out(SourceFile("sources/new.yaml", data))[1:3] == (data, 0)


def test_a_name_is_in_the_words_that_are_cited_for_it(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--words", "renew the protocol")
    assert kg(workspace, "add", "name", "Lume protocol", "the accord", *words) == 1
    assert "'renew the protocol' does not hold the name 'the accord'" in capsys.readouterr().err
    assert kg(workspace, "add", "name", "Lume protocol", "The Protocol", *words) == 0


def wished(reading: Reading, **fields: str) -> str:
    """The YAML of an assertion that a form with some fields writes."""
    said = {"subject": "brell", "relation": "contravenes", "object": "lume", **fields}
    composed = compose_record(reading, Wish("assertion", "post", 3, (0, 5), said))
    return "\n".join(part.yaml for part in composed.parts)


def test_a_form_writes_all_that_an_assertion_has_besides_its_triple(workspace: Path) -> None:
    reading = opened(workspace)
    planned = wished(reading, mode="planned", outcome="open", also="post 2; post 4")
    assert "mode: planned\n    outcome: open\n" in planned
    assert "cite: post: - {p: 3, span: [0, 8]," in " ".join(planned.split())
    assert planned.endswith("}\n        - 2\n        - 4")
    assert "condition: rain" in wished(reading, mode="conditional", condition="rain")
    share = {"subject": "arden", "relation": "owns", "object": "ministry", "with": "share=60 %"}
    assert "with: {share: 60 %}" in wished(reading, **share)
    unnamed = wished(reading, unnamed="A fisher")
    assert "type: UnnamedSource" in unnamed
    assert "according_to: a-fisher-paper-2024-05-01" in unnamed
    # What would be an error is told, not written: a value of another type, a lacking condition.
    for wrong in (
        share | {"with": "share=much"},
        {"with": "share"},
        {"mode": "conditional"},
        {"outcome": "open"},
        {"also": "post"},
        {"also": "nowhere 2"},
    ):
        with pytest.raises(KgError):
            wished(reading, **wrong)


def test_what_the_marked_words_name_is_offered_first(workspace: Path) -> None:
    reading = opened(workspace)
    corpus, choices = reading.written, Choices(reading, "post")

    def first(field: str, passage: str, subject: str = "") -> str:
        asked = TypedField(field, "", subject=subject, passage=passage)
        return offer_choices(asked, choices, reading).choices[0].id

    for id, other in (("arden", "brell"), ("brell", "arden")):
        name = corpus.things[id].label
        assert first("subject", f"what {name} did") == id
        passage = f"{name} and {corpus.things[other].label}"
        assert first("object", passage, subject=id) == other


def test_a_new_thing_of_a_form_has_the_kind_that_is_chosen(workspace: Path) -> None:
    reading = opened(workspace)
    offered = offer_choices(
        TypedField("kind", "compan", section="actors"), Choices(reading), reading
    )
    assert offered.choices[0].id == "Company"
    wish = Wish(
        "assertion",
        "post",
        3,
        (0, 5),
        {"subject": "Reed Ltd", "relation": "contravenes", "object": "lume"},
        {"subject": ("actors", "Company", "Reed Ltd")},
    )
    made = compose_record(reading, wish).parts[0].yaml
    assert "reed-ltd:\n    type: Company\n" in made


def test_a_new_speaker_of_a_form_may_be_one_without_a_name(workspace: Path) -> None:
    reading = opened(workspace)
    asked = TypedField("speaker", "A lock keeper")
    actor, unnamed = offer_choices(asked, Choices(reading), reading).news
    assert (actor.noun, unnamed.noun) == ("actor", "speaker without a name")
    said = {"subject": "brell", "relation": "contravenes", "object": "lume", "speaker": asked.words}
    wish = Wish("assertion", "post", 3, (0, 5), said, {"speaker": unnamed[:3]})
    made = "\n".join(part.yaml for part in compose_record(reading, wish).parts)
    assert 'type: UnnamedSource\n    label: "A lock keeper (Paper, 2024-05-01)"' in made
