"""New workspaces: ``kg init`` copies the ontology, queries and views that ship with kg, and a first
source file or, on request, the example.

The starter, the worked example and the repository are the same files. In a wheel they lie in
``kg/starter``, in a checkout at the repository's root.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from kg.diagnostics import KgError
from kg.files.temporary import TEMPORARY
from kg.files.workspace import FOLDERS

DATASET = """\
@prefix kg: <https://w3id.org/actor-kg/ns#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

# The IRI of your data set, ending in '/', is the base of every name in it. Choose one that is
# yours.
<https://example.org/{name}/> a kg:Dataset, void:Dataset ;
    dcterms:title "{name}"@en ;
    dcterms:description "A graph of actors, pacts, disputes and events, with who says so."@en .
"""

GIT_IGNORE = """\
# Other people's texts stay where they are, what kg build makes can be made again, and what a
# machine proposes is nobody's word until it is accepted.
/texts/
/proposals/
/site/
/dossier-*.html
/.kg-schema.json
"""

REPOSITORY_FILES = {".git", ".gitignore", ".gitattributes", "README.md", "LICENSE"}
"""What may stand in the folder of a new workspace already."""

STARTS = ("blank", "company", "treaty")
"""What a new workspace may be for: each has a first source file of its own."""


EDITORS = ("vscode",)
"""Editors that a new workspace can be set up for: each has its own folder of settings."""

SERVICES = ("github",)
"""Services that a new workspace can be set up for, in the same way."""

HOME = Path(__file__).parent.parent
STARTING_FILES = HOME / "starts"


def starter_folder() -> Path:
    """Return the folder of the starter's files."""
    inside = HOME / "starter"
    return inside if inside.is_dir() else HOME.parent


def start_workspace(
    folder: Path, example: bool, start: str = "blank", additions: Collection[str] = ()
) -> tuple[str, ...]:
    """Make a workspace, with ``example`` the worked one, else with the first source file of a start
    (of ``STARTS``), and return the names of its files. It is set up for ``additions``, which
    are editors and services (of ``EDITORS`` and ``SERVICES``).

    Raises KgError where the folder already holds something.
    """
    from kg.files.folders import make_folder
    from kg.files.output import report_write_errors

    if folder.exists() and not folder.is_dir():
        raise KgError(f"{folder} is a file", hint="name a new folder: kg init DIR")
    files = dict(_example_files() if example else _new_files(folder.absolute().name, start))
    for name in additions:
        files |= _settings_of(name)
    files[".gitignore"] = _complete_ignore(folder / ".gitignore")
    if folder.exists() and not _is_begun(folder, files):
        raise KgError(f"{folder} exists and is not empty", hint="name a new folder: kg init DIR")
    # The ontology comes last: what lacks it is no workspace, and is taken for none.
    with report_write_errors(folder.absolute()):
        make_folder(folder.absolute(), files, last="ontology")
    return tuple(sorted(files))


def _settings_of(name: str) -> dict[str, bytes]:
    """Return the files that set a workspace up for an editor or service, which lie in a folder of
    its name.
    """
    top = STARTING_FILES / name
    files = (path for path in sorted(top.rglob("*")) if path.suffix in (".json", ".yml"))
    return {f".{name}/{path.relative_to(top).as_posix()}": path.read_bytes() for path in files}


def keep_out_of_git(root: Path) -> None:
    """Have git leave alone in a workspace what it has to; what its list has already stays."""
    from kg.files.output import write_file

    path = root / ".gitignore"
    write_file(path, _complete_ignore(path))


def _complete_ignore(path: Path) -> bytes:
    """Return a list of what git leaves alone, with what it has to as well: what stood there
    stays.
    """
    there = path.read_bytes() if path.is_file() else b""
    lines = there.decode("utf-8", "replace").splitlines()
    wanted_lines = GIT_IGNORE.splitlines()
    if not set(wanted_lines).intersection(lines):
        missing = wanted_lines
    else:
        missing = [line for line in wanted_lines if line.startswith("/") and line not in lines]
    above = "".join(f"{line}\n" for line in lines)
    above += "\n" if above and missing else ""
    return (above + "".join(f"{line}\n" for line in missing)).encode() if missing else there


def _is_begun(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds nothing, or just what the same command has left that was cut off; what
    a new repository begins with does not count.
    """
    parts = {part.name for part in folder.iterdir() if not part.name.startswith(TEMPORARY)}
    parts -= REPOSITORY_FILES
    if not parts <= {name.split("/")[0] for name in files} - {"ontology"}:
        return False
    there = [path for part in parts for path in (folder / part, *(folder / part).rglob("*"))]
    return all(
        files.get(path.relative_to(folder).as_posix()) == path.read_bytes()
        for path in there
        if not path.is_dir()
    )


def _example_files() -> dict[str, bytes]:
    top = starter_folder()
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for name in FOLDERS
        for path in sorted((top / name).rglob("*"))
        if path.is_file() and not path.name.startswith((".", "_"))
    }


def _new_files(name: str, start: str) -> dict[str, bytes]:
    """Return the core ontology, a first source file, and the queries and views that are not about a
    thing of the example.
    """
    slug = re.sub("[^A-Za-z0-9]+", "-", name).strip("-") or "workspace"
    files = {
        name: re.sub(rb"(?m)^# poles: .*\n", b"", data)
        for name, data in _example_files().items()
        if name.startswith(("ontology/core/", "queries/", "viz/"))
        # Places, stories and poles of the example's things are of no use to others.
        and not name.endswith((".layout.json", ".story.yaml"))
        and b"\n# about:" not in data
    }
    files["ontology/dataset.ttl"] = DATASET.format(name=slug).encode()
    files["sources/start-here.yaml"] = (STARTING_FILES / f"{start}.yaml").read_bytes()
    return files
