"""What leaves this repository: the archives, the pins, and nothing about the machine it was written
on.
"""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

STARTER_FOLDERS = ("ontology", "queries", "sources", "viz")


class Archives(NamedTuple):
    """What ``python -m build`` made, and the names of the files that it was made from."""

    files: frozenset[str]
    sdist: Path
    wheel: Path


def output(*command: str | Path, cwd: Path) -> str:
    """What a command that ends well prints, without the settings by which the tests watch their own
    processes.
    """
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))
    }
    ran = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, check=False, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def files_of_the_project(repository: Path) -> list[str]:
    """Every file that is, or would be, committed."""
    if shutil.which("git") is None or not (repository / ".git").exists():
        pytest.skip("not a clone, so there is no telling which files belong to the project")
    list_files = (
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    )
    names = output(*list_files, cwd=repository).split("\0")
    return sorted({name for name in names if name and (repository / name).is_file()})


@pytest.fixture(scope="module")
def archives(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Archives:
    """The source archive of a copy of the project, and the wheel that is made from that archive."""
    copy = tmp_path_factory.mktemp("packaging") / "a côpy 複本"
    files = files_of_the_project(repository)
    for name in files:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(repository / name, copy / name)
    output(sys.executable, "-m", "build", "--no-isolation", cwd=copy)
    (sdist,) = (copy / "dist").glob("*.tar.gz")
    (wheel,) = (copy / "dist").glob("*.whl")
    return Archives(frozenset(files), sdist, wheel)


def place_in_wheel(name: str) -> str | None:
    """Where a file of the project stands in the wheel, or None where it stays out."""
    folder = name.split("/")[0]
    if name.startswith("kg/page/scripts/"):
        return None  # they are in kg/page/bundle.js
    if folder in STARTER_FOLDERS or (folder == "docs" and name.endswith(".md")):
        return f"kg/starter/{name}"
    return name if folder == "kg" else None


def test_the_wheel_holds_the_tool_and_the_example_and_nothing_else(archives: Archives) -> None:
    with zipfile.ZipFile(archives.wheel) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == set(filter(None, map(place_in_wheel, archives.files)))


def test_the_source_archive_holds_every_file_of_the_project(archives: Archives) -> None:
    with tarfile.open(archives.sdist) as sdist:
        held = {member.name.partition("/")[2] for member in sdist.getmembers()}
    assert archives.files <= held


def test_the_wheel_in_an_empty_environment_starts_a_workspace_and_builds_it(
    archives: Archives, tmp_path: Path
) -> None:
    environment = tmp_path / "an émpty environment"
    output(sys.executable, "-m", "venv", "--without-pip", environment, cwd=tmp_path)
    python, kg = environment / "bin" / "python", environment / "bin" / "kg"
    pip = (sys.executable, "-m", "pip", "--python", python)
    output(*pip, "install", "--no-index", "--no-deps", archives.wheel, cwd=tmp_path)
    # What kg requires is lent by the environment of the tests. Its own .pth files are not read from
    # there, and so an editable install of kg is not seen.
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text(f"{Path(pytest.__file__).parent.parent}\n", encoding="utf-8")

    assert output(python, "-c", "import kg; print(kg.__path__[0])", cwd=tmp_path).strip() == str(
        packages / "kg"
    )
    output(kg, "init", "--example", "w", cwd=tmp_path)
    output(kg, "-C", "w", "check", cwd=tmp_path)
    output(kg, "-C", "w", "build", cwd=tmp_path)
    assert {file.name for file in (tmp_path / "w" / "site").glob("graph.*")} == {
        "graph.nq",
        "graph.ttl",
    }
    assert list((tmp_path / "w" / "site").glob("*.html"))


def test_everything_required_is_pinned_within_its_range_and_with_hashes(repository: Path) -> None:
    setup = configparser.ConfigParser()
    setup.read(repository / "setup.cfg", encoding="utf-8")
    run = setup["options"]["install_requires"].split("\n")
    test = [*run, *setup["options.extras_require"]["test"].split("\n")]
    for lock, asked in (("run.txt", run), ("test.txt", test)):
        text = (repository / "requirements" / lock).read_text(encoding="utf-8")
        pins = dict(re.findall(r"^(\S+)==(\S+) \\\n +--hash=", text, re.MULTILINE))
        for requirement in map(Requirement, filter(None, asked)):
            pin = pins.get(canonicalize_name(requirement.name), "none")
            assert requirement.specifier.contains(pin), (
                f"{lock} pins {pin} for {requirement}; run: make lock"
            )


def test_nothing_tells_of_a_machine_or_of_where_packages_come_from(repository: Path) -> None:
    told = re.compile(
        r"(?<![\w.])/(?:home|root|work|farm|Users|tmp/[p]ytest-of)[/-]"
        r"|pypi\.org|pythonhosted\.org|registry\.(?:npmjs|yarnpkg)|index[-]url|\"resolved\": *\"http"
    )
    against = []
    for name in files_of_the_project(repository):
        text = (repository / name).read_bytes().decode("utf-8", errors="replace")
        against += [f"{name}: {found[0]}" for found in told.finditer(text)]
    assert not against
