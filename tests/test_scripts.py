"""The page's scripts: linted, type-checked, tested where they compute, and bundled from what lies
here. Those of the server and the site, which stand in their pages as they are, are checked alike.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import REPOSITORY

PAGE = REPOSITORY / "kg" / "page"
SCRIPTS = PAGE / "scripts"
TOOLS = SCRIPTS / "node_modules"


def node() -> str:
    """Node.js: this machine's own, or the one that Playwright brings along."""
    if found := shutil.which("node"):
        return found
    playwright = pytest.importorskip(
        "playwright", reason="neither Node.js nor Playwright is installed"
    )
    bundled = Path(playwright.__file__).parent / "driver" / "node"
    if not bundled.exists():
        pytest.skip("no Node.js on this machine")
    return str(bundled)


def ran(*command: object) -> str:
    """What a command in the scripts' folder printed; it has to succeed."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=SCRIPTS,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tool(name: str) -> Path:
    """A tool of package.json, if it is set up."""
    found = TOOLS / ".bin" / name
    if not found.exists() or not shutil.which("node"):
        pytest.skip(f"{name} is not set up: npm ci in kg/page/scripts")
    return found


@pytest.mark.parametrize("name", ["bundle.js", "editor.bundle.js"])
def test_a_bundle_was_made_from_the_scripts_that_lie_here(name: str) -> None:
    made = hashlib.sha256()
    for file in sorted(
        (*SCRIPTS.glob("*.js"), SCRIPTS / "package-lock.json"), key=lambda file: file.name
    ):
        made.update(f"{file.name}\n".encode() + file.read_bytes())
    first = (PAGE / name).read_text("utf-8").split("\n", 1)[0]
    assert f" {made.hexdigest()};" in first, "the bundle is stale: make page"


@pytest.mark.parametrize("folder", ["kg/page/scripts", "benchmarks"])
def test_every_package_of_a_lock_has_a_hash_for_whatever_machine_it_is(folder: str) -> None:
    lock = json.loads((REPOSITORY / folder / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_bundling_again_gives_the_same_bytes(tmp_path: Path) -> None:
    tool("esbuild")
    copy = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, copy, ignore=shutil.ignore_patterns("node_modules"))
    (copy / "node_modules").symlink_to(TOOLS)
    subprocess.run([node(), "build.js"], cwd=copy, check=True)
    for name in ("bundle.js", "editor.bundle.js", "bundle.licences.txt"):
        assert (tmp_path / name).read_bytes() == (PAGE / name).read_bytes()


def test_every_package_in_the_bundle_has_its_licence_beside_it() -> None:
    first = (PAGE / "bundle.js").read_text("utf-8").split("\n", 1)[0]
    names = re.search(r"holds (.+): licences", first)
    assert names
    licences = (PAGE / "bundle.licences.txt").read_text("utf-8")
    for name in names[1].split(", "):
        assert re.search(
            rf"^{re.escape(name)} \d\S* \((MIT|\(?Apache-2\.0 OR MIT\)?)\)$", licences, re.MULTILINE
        ), name
    assert "vis-network" in names[1]


@pytest.mark.parametrize("kind", ["modules", "classic"])
def test_the_scripts_are_linted_typed_and_in_their_form(kind: str) -> None:
    for name in ("biome", "tsc"):
        tool(name)
    ran("npm", "run", "--no-update-notifier", f"check:{kind}")


def test_every_script_is_among_those_that_are_checked() -> None:
    folders = {
        file.parent for file in (REPOSITORY / "kg").rglob("*.js") if TOOLS not in file.parents
    }
    checked = {PAGE, SCRIPTS, SCRIPTS / "tests", REPOSITORY / "kg/server", REPOSITORY / "kg/site"}
    assert folders == checked, "kg/page/scripts/package.json and tsconfig.classic.json name folders"


def test_what_the_scripts_compute_is_right() -> None:
    said = ran(node(), "--test", "--test-reporter=tap")
    passed = re.search(r"^# pass (\d+)$", said, re.MULTILINE)
    assert passed
    assert int(passed[1]) > 0
