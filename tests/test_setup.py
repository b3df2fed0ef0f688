"""The set-up lasts: a lock names all there is to install, and what appears later or lies about is
not looked at.
"""

from __future__ import annotations

import base64
import configparser
import ensurepip
import hashlib
import importlib.metadata
import itertools
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = [
    pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine"),
]

SETUP = Path("tools") / "setup.sh"
BUILDER = """
import shutil

def build_editable(folder, config_settings=None, metadata_directory=None):
    return shutil.copy("tiny-1.0-py3-none-any.whl", folder).rpartition("/")[2]
"""
LATER = 'raise SystemExit("this version is not the pinned one")'


def make_wheel(
    folder: Path, name: str, version: str, code: str = "", headers: tuple[str, ...] = ()
) -> Path:
    """Write a wheel of one module."""
    info = f"{name}-{version}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *headers]
    files = {
        f"{name}.py": code,
        f"{info}/METADATA": "\n".join(metadata) + "\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for path, text in files.items():
        digest = (
            base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        )
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(path, text)
    return wheel


def lock_line(wheel: Path) -> str:
    """Return the line of a lock that pins a wheel."""
    name, version, *_ = wheel.name.split("-")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture
def project(repository: Path, tmp_path: Path) -> Path:
    """A tiny project with our script, a lock, and an index in which everything pinned has a newer
    version.
    """
    index, project = tmp_path / "index", tmp_path / "project"
    for folder in (index, project / "tools", project / "requirements", project / "kg"):
        folder.mkdir(parents=True)
    shutil.copy(repository / SETUP, project / SETUP)
    asks_for_extra = ("Requires-Dist: bbb[more]>=1",)
    has_extra = ("Provides-Extra: more", "Requires-Dist: ccc; extra == 'more'")
    pinned = [
        make_wheel(index, "aaa", "1.0", headers=asks_for_extra),
        make_wheel(index, "bbb", "1.0", headers=has_extra),
        make_wheel(index, "ccc", "1.0"),
        make_wheel(index, "builder", "1.0", BUILDER),
    ]
    make_wheel(index, "aaa", "2.0", LATER, asks_for_extra)
    make_wheel(index, "bbb", "2.0", LATER, has_extra)
    make_wheel(index, "ccc", "2.0", LATER)
    make_wheel(index, "builder", "2.0", LATER)
    make_wheel(project, "tiny", "1.0")
    (project / "setup.cfg").touch()
    (project / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["builder>=1"]\nbuild-backend = "builder"\n', "utf-8"
    )
    for lock in ("run", "test"):
        (project / "requirements" / f"{lock}.txt").write_text(
            "".join(map(lock_line, pinned)), "utf-8"
        )
    return project


def set_up(project: Path) -> subprocess.CompletedProcess[str]:
    """Run the script with the pip that a new environment brings, and with no index but the
    project's.
    """
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(project),
        "PYTHON": sys.executable,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(project.parent / "index"),
    }
    command = ["bash", str(project / SETUP), "run"]
    return subprocess.run(
        command, env=environment, capture_output=True, check=False, encoding="utf-8", timeout=120
    )


def installed_versions(project: Path) -> dict[str, str]:
    """The version of each package in the project's environment, those that every environment begins
    with left out.
    """
    (folder,) = (project / ".venv").glob("lib/python*/site-packages")
    packages = importlib.metadata.distributions(path=[str(folder)])
    return {
        each.name: each.version
        for each in packages
        if each.name not in ("pip", "setuptools", "wheel")
    }


PINNED = {"aaa": "1.0", "bbb": "1.0", "ccc": "1.0", "builder": "1.0", "tiny": "1.0"}


def test_newer_versions_change_nothing_and_nothing_is_left_of_an_earlier_set_up(
    project: Path,
) -> None:
    first = set_up(project)
    assert (first.returncode, installed_versions(project)) == (0, PINNED), first.stderr

    lock = project / "requirements" / "run.txt"
    lines = lock.read_text("utf-8").splitlines(keepends=True)
    lock.write_text("".join(line for line in lines if not line.startswith("aaa")), "utf-8")
    second = set_up(project)
    rest = {name: version for name, version in PINNED.items() if name != "aaa"}
    assert (second.returncode, installed_versions(project)) == (0, rest), second.stderr

    shutil.rmtree(project.parent / "index")
    third = set_up(project)
    assert (third.returncode, third.stderr, installed_versions(project)) == (0, "", rest)


@pytest.mark.skipif(
    not ensurepip.version().startswith(("22.", "23.")),
    reason="a newer pip takes the pinned versions",
)
def test_a_lock_that_is_resolved_breaks_as_soon_as_there_are_newer_versions(project: Path) -> None:
    script = (project / SETUP).read_text("utf-8")
    assert " --no-deps" in script
    (project / SETUP).write_text(script.replace(" --no-deps", ""), "utf-8")
    ran = set_up(project)
    assert ran.returncode == 1
    assert "pip could not install what requirements/run.txt names" in ran.stderr
    assert "have their versions pinned" in ran.stderr


# Python 3.11 is the oldest that kg supports; a lock that was made with it serves the newer ones
# too.
ENVIRONMENTS = [
    {"python_version": version, "python_full_version": f"{version}.9", "sys_platform": platform}
    | {"platform_system": platform.capitalize()}
    for version, platform in itertools.product(
        ("3.11", "3.12", "3.13", "3.14"), ("linux", "darwin")
    )
]


def requirements_of(name: str, extra: str) -> Iterator[Requirement]:
    """What an installed package requires, with one of its extras or with none (""), in any of the
    environments.
    """
    for text in importlib.metadata.requires(name) or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(
            marker.evaluate({**each, "extra": extra}) for each in ENVIRONMENTS
        ):
            yield requirement


@pytest.mark.parametrize(("lock", "extra"), [("run.txt", ""), ("test.txt", "test")])
def test_a_lock_names_all_that_its_packages_require_and_nothing_else(
    repository: Path, lock: str, extra: str
) -> None:
    setup = configparser.ConfigParser()
    setup.read(repository / "setup.cfg", encoding="utf-8")
    asked = setup["options"]["install_requires"].split("\n")
    if extra:
        asked += setup["options.extras_require"][extra].split("\n")
    asked += tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["build-system"][
        "requires"
    ]
    text = (repository / "requirements" / lock).read_text("utf-8")
    pins = dict(re.findall(r"^([^\s=]+)==(\S+)", text, re.MULTILINE))

    queue = [Requirement(line) for line in asked if line]
    visited = set()
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{lock} does not pin {requirement}; run: make lock"
        assert requirement.specifier.contains(pins[name]), (
            f"{lock} pins {pins[name]} for {requirement}"
        )
        for extra_name in ("", *requirement.extras):
            if (name, extra_name) not in visited:
                visited.add((name, extra_name))
                assert importlib.metadata.version(name) == pins[name], (
                    f"{name} is not the one that {lock} pins"
                )
                queue += requirements_of(name, extra_name)
    assert {name for name, _ in visited} == set(pins)
