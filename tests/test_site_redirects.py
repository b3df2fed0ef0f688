"""An address that was published answers for good: over renamings, over edits, and where it cannot
somebody is told.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from conftest import Kg
from test_site_records import BASE

from kg.diagnostics import KgError
from kg.diagnostics.rules import LOST_ADDRESS, TAKEN_ADDRESS
from kg.editing.rename.plan import rename_id
from kg.files.workspace import Workspace
from kg.reading import Reading, read
from kg.site.addresses import Address, RecordKind, record_addresses
from kg.site.edition import Edition, compare
from kg.site.files import Site
from kg.site.redirects import find_lost, find_redirects, redirect_files
from kg.sources.renamed import RENAMED_FILE, final_addresses, with_moves

DERIVED = """
  - subject: quill
    predicate: partyTo
    object: ferry-accord
    when: 2011-05
    cite: {ledger-2018-07-06: [1]}
"""


def read_all(folder: Path) -> Reading:
    return read(Workspace(folder), questions=())


def edition_of(reading: Reading, earlier: Reading | None = None) -> Edition:
    known = compare(earlier, "v1", reading) if earlier else None
    return Edition(reading, lambda _: None, BASE, earlier=known)


def answers(edition: Edition) -> dict[str, str]:
    """Every address of a record that answers, with the one that it leads to."""
    pages = {each.file: each.file for each in record_addresses(edition.reading)}
    for name, page in redirect_files(edition):
        (link,) = re.findall(r'<a href="([^"]+)">', page.decode())
        pages[name] = normpath(join(dirname(name), link))
    return pages


@pytest.fixture
def desk(quarrel: Path) -> Path:
    """The quarrel without questions and views, which no address of a record needs."""
    shutil.rmtree(quarrel / "queries")
    shutil.rmtree(quarrel / "viz")
    return quarrel


def test_fifty_published_addresses_answer_after_fifty_renamings_and_edits(desk: Path) -> None:
    before = read_all(desk)
    published = [each.file for each in record_addresses(before) if not _is_concluded(each, before)]
    assert len(published) >= 50
    own = [a.id for a in before.corpus.assertions.values() if a.has_own_id]
    ids = [*own[:12], *before.corpus.articles, *list(before.corpus.things)[:15]]
    for number, id in enumerate(ids):
        assert rename_id(Workspace(desk), id, f"renamed-{number}")
    # Some come back, some move on, and dates and labels are edited.
    assert rename_id(Workspace(desk), "renamed-0", ids[0])
    assert rename_id(Workspace(desk), "renamed-1", "moved-on")
    for file in desk.glob("sources/*.yaml"):
        text = file.read_text("utf-8").replace("when: 2008-07-01", "when: 2008-07")
        file.write_text(text.replace("label: ", "label: The "), "utf-8")
    reading = read_all(desk)
    assert not reading.data_errors
    assert not [each for each in reading.diagnostics if each.rule is LOST_ADDRESS]
    found = answers(edition_of(reading))
    live = {each.file for each in record_addresses(reading)}
    assert [name for name in published if found.get(name) not in live] == []
    assert not list(find_lost(map(_address, published), edition_of(reading)))


def _is_concluded(address: Address, reading: Reading) -> bool:
    statements = reading.statements
    return address.kind is RecordKind.ASSERTION and bool(statements[address.id].assertion.rule)


def _address(file: str) -> Address:
    kind, _, name = file.partition("/")
    return Address(RecordKind(kind), name.removesuffix(".html"))


def test_an_id_that_changed_with_an_edit_is_found_and_told(desk: Path) -> None:
    sources = desk / "sources" / "quarrel.yaml"
    sources.write_text(sources.read_text("utf-8") + DERIVED, "utf-8")
    before = read_all(desk)
    text = sources.read_text("utf-8").replace("when: 2011-05\n", "when: 2011-06\n")
    sources.write_text(text, "utf-8")
    edition = edition_of(read_all(desk), before)
    ((old, new),) = find_redirects(edition).items()
    assert edition.reading.corpus.assertions[new.id].when.text == "2011-06"  # type: ignore[union-attr]
    (lost,) = find_lost([old], edition)
    assert lost.rule is LOST_ADDRESS
    line = f"assertion/{old.id} assertion/{new.id}"
    assert lost.hint == f"say in {RENAMED_FILE} where it is now: {line}"
    (desk / RENAMED_FILE).write_text(f"{line}\n", "utf-8")
    mended = edition_of(read_all(desk))
    assert find_redirects(mended) == {old: new}
    assert not list(find_lost([old], mended))


def test_a_former_address_that_is_asked_for_alone_gives_the_page_of_a_build(desk: Path) -> None:
    assert rename_id(Workspace(desk), "senn", "mara-senn")
    site = Site(read_all(desk))
    name = "thing/senn.html"
    assert site.file(name) == dict(redirect_files(site.edition))[name]
    assert site.file("thing/nobody.html") is None


def test_a_build_warns_of_a_page_that_the_one_before_had_and_keeps_old_ones(
    desk: Path, kg: Kg
) -> None:
    assert kg("build", cwd=desk).code == 0
    assert kg("rename", "senn", "mara-senn", cwd=desk).code == 0
    again = kg("build", cwd=desk)
    assert "KG213" not in again.stderr
    stub = (desk / "site" / "thing" / "senn.html").read_text("utf-8")
    assert 'content="0; url=../thing/mara-senn.html"' in stub
    (desk / RENAMED_FILE).unlink()
    lost = kg("build", cwd=desk)
    assert lost.code == 0
    assert (
        "the page 'thing/senn' was in an earlier build or version and is no more [KG213]"
        in lost.stderr
    )


@pytest.mark.parametrize(
    ("moves", "end"),
    [({"a": "b"}, ""), ({"a": "c"}, "c"), ({"a": "b", "b": "c"}, "c"), ({"a": "b", "b": "a"}, "")],
)
def test_moves_are_followed_to_their_end_and_never_in_a_circle(
    moves: dict[str, str], end: str
) -> None:
    assert final_addresses(moves, {"c"}).get("a", "") == end


def test_many_moves_in_a_row_are_followed_at_once() -> None:
    moves = {f"a{number}": f"a{number + 1}" for number in range(100_000)}
    assert {*final_addresses(moves, {"a100000"}).values()} == {"a100000"}


def test_a_line_of_moves_ends_where_a_line_of_yaml_does(desk: Path) -> None:
    (desk / RENAMED_FILE).write_bytes(b"thing/a thing/mara-senn\x0bthing/b thing/mara-senn\r\n")
    told = [(each.rule.code, each.span.column) for each in read_all(desk).diagnostics]
    assert sorted(told) == [("KG108", 24), ("KG213", 1)]
    added = with_moves(b"thing/a thing/b\x0bthing/c thing/d", [("thing/e", "thing/f")])
    assert added.count(b"\n") == 2


def test_a_move_is_written_once_and_what_comes_back_is_no_longer_moved() -> None:
    once = with_moves(b"", [("thing/a", "thing/b")])
    assert with_moves(once, [("thing/a", "thing/b")]) == once
    back = with_moves(once, [("thing/b", "thing/a")])
    assert back.endswith(b"rename.\nthing/b thing/a\n")


def test_an_id_that_a_renamed_record_had_is_given_to_no_other(desk: Path) -> None:
    workspace = Workspace(desk)
    assert rename_id(workspace, "senn", "mara-senn")
    assert rename_id(workspace, "mara-senn", "m-senn")
    with pytest.raises(KgError, match="the thing that had the id 'senn' is 'm-senn' now") as taken:
        rename_id(workspace, "quill", "senn")
    assert taken.value.hint.startswith(f"choose another id, or delete line 2 of {RENAMED_FILE}")
    new = desk / "sources" / "new.yaml"
    new.write_text("actors:\n  senn: {type: Person, label: Otto Sen}\n", "utf-8")
    (refused,) = (each for each in read_all(desk).diagnostics if each.rule is TAKEN_ADDRESS)
    assert "links to 'thing/senn' are meant for that" in refused.message
    assert (refused.span.file, refused.span.line) == ("sources/new.yaml", 2)
    new.unlink()
    # It may have its id back; and who wants another to have it deletes the line.
    assert rename_id(workspace, "m-senn", "senn")
    assert rename_id(workspace, "senn", "mara-senn")
    lines = (desk / RENAMED_FILE).read_text("utf-8").splitlines()
    kept_lines = [line for line in lines if not line.startswith("thing/senn ")]
    (desk / RENAMED_FILE).write_text("\n".join(kept_lines), "utf-8")
    assert rename_id(workspace, "quill", "senn")
    assert not read_all(desk).data_errors
