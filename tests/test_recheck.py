"""After an edit of some assertions a check tells what a check of the whole tells."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY
from readings import said, world
from test_growth import SECTIONS, THEMES, judged

from kg.cli import main
from kg.cli.check import outcome_of
from kg.files.cache import without_cache
from kg.files.outcome import CheckOutcome, WorkspaceState, read_state
from kg.files.workspace import Workspace
from kg.reading import basis, checked, read
from kg.reading.reading_cache import keep_in_memory
from kg.reading.recheck import recheck
from kg.site.files import Site
from kg.sources import pieces

Fields = dict[str, Any]
NOT_SAID = ("sameAs", "perhapsSameAs", "differentFrom", "decidesCase")
AT_ODDS: tuple[Fields, ...] = (
    said("alpha", "meets", "gamma", when="2001", id="saw", where="here"),
    {"id": "did-not", "denies": "saw", "according_to": "gamma"},
    said("alpha", "supports", "beta", id="yes", when="2001"),
    said("alpha", "supports", "beta", id="no", negated="true", when="2001"),
    said("alpha", "meets", "beta", mode="planned", id="plan", outcome={"kind": "happened"}),
    said("bob", "presidentOf", "beta", when="2000/.."),
    said("alpha", "hosts", "summit", when="2001-05"),
    said("summit", "takesPlaceIn", "here", when="2001-05-04"),
    said("summit", "takesPlaceIn", "there", when="2001-05-04"),
)
"""Assertions that stand against each other, or may."""
BY_ID = {each["id"]: each for each in chain(*THEMES, AT_ODDS)}
POOL = [each for each in BY_ID.values() if each.get("predicate") not in NOT_SAID]
WHENS = ("2001", "2001-05-04", "1999/..", "2000/2002", "2009-12", "2011", "2031", "2001?")
LINKS = ("ends", "denies", "supersedes", "from")
EDITS = 8


def write(root: Path, sections: Fields) -> None:
    """Write a world into two files that are cut into pieces, a record a line."""
    ends = ("assertions", "conflicts")
    write_file(root / "sources" / "a.yaml", {name: sections.get(name) for name in ends})
    rest = {name: each for name, each in sections.items() if name not in ends}
    write_file(root / "sources" / "b.yaml", rest)


def write_file(path: Path, sections: Fields) -> None:
    lines: list[str] = []
    for section, records in sections.items():
        lines += [f"{section}:"] if records else []
        if isinstance(records, dict):
            lines += [f"  {id}: {json.dumps(each)}" for id, each in records.items()]
        else:
            lines += [f"  - {json.dumps(each)}" for each in records or ()]
    path.write_text("\n".join([*lines, ""]))


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A workspace without sources, of which every check is kept, and every file in pieces."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(checked, "LEAST_CHECKED", 0)
    for name, value in (("LEAST_CUT", 0), ("LEAST_PIECE", 0), ("ONE_IN", 3)):
        monkeypatch.setattr(pieces, name, value)
    folder = tmp_path / "workspace"
    shutil.copytree(REPOSITORY / "ontology", folder / "ontology")
    (folder / "sources").mkdir()
    return folder


def state_of(root: Path) -> WorkspaceState:
    state = read_state(Workspace(root))
    assert state
    return state


def check_whole(root: Path, *, is_kept: bool) -> CheckOutcome:
    """What a check of the whole comes to."""
    state = state_of(root)
    if is_kept:
        reading = read(state.workspace)
        checked.keep_checked(reading, outcome_of(reading), state)
    else:
        with without_cache():
            reading = read(Workspace(root))
    return outcome_of(reading)


def assert_tells_the_same(root: Path) -> CheckOutcome | None:
    """Hold a check of what has changed to one of the whole."""
    told = recheck(state_of(root))
    if told:
        whole = check_whole(root, is_kept=False)
        assert set(told.diagnostics) ^ set(whole.diagnostics) == set()
        assert told.diagnostics == whole.diagnostics
        assert {**told.counts, "reused_files": 0} == {**whole.counts, "reused_files": 0}
    return told


def changed(fields: Fields, chance: random.Random) -> Fields:
    """An assertion with a field that is another one, or one more."""
    other = chance.choice([each for each in POOL if "subject" in each])
    triple = {key: other[key] for key in ("subject", "predicate", "object")}
    more: list[Fields] = [
        *({"when": chance.choice(WHENS)}, {"when": chance.choice(WHENS)}),
        *({"note": f"So {chance.random()}."}, {"where": chance.choice(("here", "quay", "town"))}),
        {"cite": {f"article-{chance.randrange(1, 4)}": [str(chance.randrange(1, 11))]}},
        *({"according_to": chance.choice(("beta", "ministry", "ann"))}, {"mode": "planned"}),
        *({"id": chance.choice(("saw", "new", "SAW", "alpha"))}, {"negated": "true"}),
        {"with": {"amount": chance.choice(("5 EUR", "beta", "half-a-thing"))}},
        {"supersedes": [chance.choice(POOL)["id"]]},
    ]
    if "subject" in fields:
        more += [triple, *({key: value} for key, value in triple.items())]
    return {**fields, **chance.choice(more)}


def edited(records: list[Fields], chance: random.Random) -> list[Fields]:
    """Some assertions after an edit."""
    after = list(records)
    for _ in range(chance.choice((1, 1, 1, 2))):
        place = chance.randrange(len(after))
        match chance.randrange(6):
            case 0:
                after.pop(place)
            case 1:
                after.insert(place, chance.choice(POOL))
            case 2:
                after.insert(chance.randrange(len(after)), after.pop(place))
            case _:
                after[place] = changed(after[place], chance)
    return after


def pool_of(chance: random.Random) -> list[Fields]:
    """Some of the assertions, with all that they name."""
    some = [each for each in POOL if chance.random() < 0.8]
    ids = {each["id"] for each in some}
    links = (each for each in some if ids.issuperset(linked(each)))
    return [{"cite": {"article-1": ["1"]}, **each} for each in links]


def linked(fields: Fields) -> Iterator[str]:
    """The ids of the assertions that one names."""
    for key in LINKS:
        value = fields.get(key, ())
        yield from [value] if isinstance(value, str) else value
    if fields.get("predicate") == "deniesSaying":
        yield fields["object"]


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edit_a_check_tells_what_a_check_of_the_whole_tells(
    root: Path, seed: int
) -> None:
    chance, quick = random.Random(seed), 0
    question = {"question": "Which?", "kind": "several", "between": ["saw", "yes"]}
    for _ in range(EDITS):
        pool = pool_of(chance)
        is_asked = {"saw", "yes"} <= {each["id"] for each in pool}
        sections = {**world(**SECTIONS), "conflicts": {"which": question} if is_asked else {}}
        write(root, {**sections, "assertions": pool})
        check_whole(root, is_kept=True)
        records = pool
        for _ in range(EDITS):
            after = edited(records, chance)
            write(root, {**sections, "assertions": after})
            if assert_tells_the_same(root):
                quick, records = quick + 1, after
    assert quick > EDITS


def reworded(sections: Fields, chance: random.Random) -> Fields:
    """A world in which a thing or an article has other words or facts, or there is a new one."""
    other: tuple[tuple[str, str, Fields], ...] = (
        ("actors", "beta", {"label": "B."}),
        ("actors", "club", {"aliases": ["The club"], "note": "So called."}),
        ("actors", "desk", {"acts_for": "beta"}),
        ("actors", "newcomer", {"type": "State", "label": "Newcomer"}),
        ("places", "quay", {"label": "The quay"}),
        ("articles", "article-1", {"title": "Other words"}),
        ("articles", "article-2", {"published": "2010-02-03"}),
        (
            "articles",
            "article-3",
            {"retracted": {"when": "2010-05-01", "cite": {"article-2": ["1"]}}},
        ),
    )
    section, id, fields = chance.choice(other)
    records = sections[section]
    return {**sections, section: {**records, id: {**records.get(id, {}), **fields}}}


def test_after_any_edit_a_process_that_goes_on_knows_what_one_that_begins_knows(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basis, "LEAST_CHECKED", 0)
    monkeypatch.setattr(basis, "MOST_BORNE_ON", 1)
    chance, quick, keeper = random.Random(0), 0, keep_in_memory()
    for _ in range(EDITS // 2):
        sections, records = world(**SECTIONS), pool_of(chance)
        for _ in range(EDITS):
            write(root, {**sections, "assertions": records})
            told = read(Workspace(root), keeper=keeper)
            with without_cache():
                anew = read(Workspace(root))
            assert told.diagnostics == anew.diagnostics
            if not anew.data_errors:
                assert judged(told.judgement) == judged(anew.judgement)
                assert told.nquads == anew.nquads
                # A saved query changes nothing of this: where it stands is known.
                again = read(Workspace(root), keeper=keeper)
                assert again.reading_cache
                assert again.reading_cache.cache.find(again.reading_cache.key_of_judgement, ())
                assert judged(again.judgement) == judged(anew.judgement)
                page = f"thing/{chance.choice([*anew.corpus.things])}.html"
                pages = [Site(each, is_private=True).file(page) for each in (told, anew)]
                assert pages[0] == pages[1]
                kept = told.reading_cache
                quick += bool(kept and kept.cache.find(kept.key_of_sequel, ()))
            if chance.randrange(3):
                records = edited(records, chance)
            else:
                sections = reworded(sections, chance)
    assert quick > EDITS // 2


def test_an_open_question_that_loses_an_answer_is_told_as_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basis, "LEAST_CHECKED", 0)
    monkeypatch.setattr(basis, "MOST_BORNE_ON", 1)
    cite = {"cite": {"article-1": ["1"]}}
    yes, no = ({**BY_ID[id], **cite} for id in ("yes", "no"))
    question = {"what": {"question": "What?", "kind": "several", "between": ["yes", "no"]}}
    keeper, sections = keep_in_memory(), {**world(**SECTIONS), "conflicts": {}}
    for answers in ([yes, no], [yes, no, {**BY_ID["first"], **cite}], [{**yes, "id": "yess"}, no]):
        write(root, {**sections, "assertions": answers})
        write_file(root / "sources" / "c.yaml", {"conflicts": question})
        told = read(Workspace(root), keeper=keeper).diagnostics
        with without_cache():
            assert told == read(Workspace(root)).diagnostics
    assert any(each.is_error for each in told)


def test_what_an_edit_bears_on_now_and_bore_on_before_is_told_anew(root: Path) -> None:
    cite = {"cite": {"article-1": ["1"]}}
    yes, no = ({**BY_ID[id], **cite} for id in ("yes", "no"))
    rest = {**BY_ID["first"], **cite}
    other = {**said("alpha", "meets", "gamma", when="2001"), **cite}
    for before, after in (
        ([yes, rest, other], [yes, rest, no]),
        ([yes, rest, no], [yes, rest, other]),
    ):
        write(root, {**world(**SECTIONS), "assertions": before})
        check_whole(root, is_kept=True)
        write(root, {**world(**SECTIONS), "assertions": after})
        told = assert_tells_the_same(root)
        assert told
        codes = [each.rule.code for each in told.diagnostics if each.span.file == "sources/a.yaml"]
        assert codes == (["KG603", "KG603"] if no in after else [])


def test_kg_check_reads_the_whole_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = [{"cite": {"article-1": ["1"]}, **each} for each in POOL]
    write(root, {**world(**SECTIONS), "assertions": pool})
    check = ("-C", str(root), "check", "--warn-as-error", "--ignore", "KG601")
    assert main(check) == main(check) == 1
    write(root, {**world(**SECTIONS), "assertions": [{**pool[0], "when": "2002"}, *pool[1:]]})
    monkeypatch.setattr("kg.reading.read", None)
    assert main(check) == 1
    write(root, {**world(**SECTIONS), "assertions": [{**pool[0], "subject": "nobody"}, *pool[1:]]})
    with pytest.raises(TypeError):
        main(check)
