"""A folder of a workspace is walked once, and each of its files is read once."""

from __future__ import annotations

from pathlib import Path

from kg.files.workspace import Workspace


def test_all_who_ask_for_files_of_a_folder_see_it_as_it_was_when_it_was_walked(
    tmp_path: Path,
) -> None:
    queries = tmp_path / "queries"
    queries.mkdir()
    (queries / "one.rq").write_text("before")
    folder = Workspace(tmp_path).folder("queries")
    assert [file.data for file in folder.files((".rq",)).contents] == [b"before"]
    (queries / "one.rq").write_text("after")
    (queries / "two.rq").write_text("new")
    assert [file.data for file in folder.files((".yaml", ".rq")).contents] == [b"before"]
    assert [file.data for file in Workspace(tmp_path).files("queries", (".rq",)).contents] == [
        b"after",
        b"new",
    ]


def test_files_stand_in_order_of_their_names_those_of_a_folder_before_those_of_folders_in_it(
    tmp_path: Path,
) -> None:
    for name in (
        "b/a.yaml",
        "a/z.yaml",
        "c.yaml",
        "a/b/a.yaml",
        ".hidden/x.yaml",
        "a/.hidden.yaml",
        "a/other.txt",
    ):
        (tmp_path / "sources" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sources" / name).touch()
    found = Workspace(tmp_path).files("sources", (".yaml",))
    assert [file.name.removeprefix("sources/") for file in found.contents] == [
        "c.yaml",
        "a/z.yaml",
        "a/b/a.yaml",
        "b/a.yaml",
    ]
    assert (found.diagnostics, found.others) == ((), 2)


def test_a_folder_that_is_a_link_out_of_the_workspace_holds_nothing_that_is_read(
    tmp_path: Path,
) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "workspace"
    outside.mkdir()
    inside.mkdir()
    (outside / "x.yaml").touch()
    (inside / "sources").symlink_to(outside)
    found = Workspace(inside).files("sources", (".yaml",))
    assert not found.contents
    assert [d.message for d in found.diagnostics] == [
        "a link that leaves the workspace is not followed"
    ]
