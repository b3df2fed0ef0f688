"""What the tests share: places, golden files, the command as a real process, a browser, and no
network.

A test names its fixtures with their types: ``from conftest import Golden, Kg``.
"""

from __future__ import annotations

import difflib
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import hypothesis
import pytest
from commands import SECONDS, Commands, Result

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPOSITORY = Path(__file__).resolve().parent.parent
WORKSPACE_FOLDERS = ("ontology", "sources", "queries", "viz")
CORE_FOLDER = Path("ontology", "core")
"""Where a workspace has the core's Turtle."""
OFFLINE = REPOSITORY / "tests" / "offline"

runpy.run_path(str(OFFLINE / "sitecustomize.py"))

# What is compiled once is not compiled again by each of some thousand processes.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Nothing is kept among the caches of whoever runs the tests.
os.environ["KG_CACHE"] = "off"
# A hook of git tells its children of its repository; the tests have their own.
for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"):
    os.environ.pop(name, None)

# The same examples in every run; `pytest --hypothesis-profile=search` looks further, at other ones
# each time.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", max_examples=1000, deadline=None)
hypothesis.settings.load_profile("repeatable")

Golden = Callable[[str, str], None]
"""Compares a text (second) with the file of that name (first) in tests/golden."""


class Kg(Protocol):
    """Runs ``kg`` as a process of its own, by default in the test's own empty folder."""

    def __call__(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
    ) -> Result: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite tests/golden (runs the tests that compare with it)",
    )


SHARED_BY_FILE = re.compile(
    r"tests/test_(page|hubs|legibility|lsp|projection|quotations|server|site|story|setup|packaging)"
    r"\w*\.py"
)
"""Test files whose tests share what takes long to make: a browser with pages, a server, or an
environment.
"""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Several processes share the tests: such files as a whole and first, then all other tests one
    by one.
    """
    from xdist.scheduler import LoadScopeScheduling

    def shared_name(nodeid: str) -> str:
        file, _, _ = nodeid.partition("::")
        return file if SHARED_BY_FILE.fullmatch(file) else nodeid

    scheduling = LoadScopeScheduling(config, log)
    scheduling._split_scope = shared_name
    return scheduling


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--update"):
        items[:] = [item for item in items if "golden" in getattr(item, "fixturenames", ())]


def shared_path(name: str = "") -> Path:
    """A file or folder of ``shared``, the folder beside the repository; the test is skipped where
    it is absent.
    """
    path = REPOSITORY.parent / "shared" / name
    if not path.exists():
        pytest.skip(f"not beside this repository: ../shared/{name}")
    return path


def hear_signals() -> None:
    """Take signals as from a terminal, also where this runner ignores them (nohup): to be run in a
    child, before exec.

    What is ignored or blocked stays so in whatever a process starts.
    """
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository, which is itself the example's workspace. Read only: to build, take
    ``workspace``.
    """
    return REPOSITORY


@pytest.fixture
def shared() -> Path:
    """The folder ``shared`` beside the repository."""
    return shared_path()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the example's workspace, to be changed and built."""
    for folder in WORKSPACE_FOLDERS:
        shutil.copytree(REPOSITORY / folder, tmp_path / "workspace" / folder)
    return tmp_path / "workspace"


@pytest.fixture
def quarrel(tmp_path: Path) -> Path:
    """The workspace of the newcomers' tests, small, with the example's questions and views."""
    return small_quarrel(tmp_path / "quarrel")


def small_quarrel(folder: Path) -> Path:
    """Make the workspace of the newcomers' tests in a folder, with the example's questions and
    views.
    """
    shutil.copytree(REPOSITORY / "tests" / "newcomer", folder)
    shutil.copytree(REPOSITORY / CORE_FOLDER, folder / CORE_FOLDER)
    for name in ("queries", "viz"):
        shutil.copytree(
            REPOSITORY / name,
            folder / name,
            ignore=shutil.ignore_patterns("gsomia*", "*.layout.json", "*.story.yaml"),
        )
    return folder


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Golden:
    """Fails with the difference where a text is not the one in tests/golden; with --update it is
    written there.
    """

    def compare(name: str, text: str) -> None:
        file = REPOSITORY / "tests" / "golden" / name
        if pytestconfig.getoption("--update"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
            return
        known = file.read_bytes().decode() if file.exists() else ""
        if text != known:
            change = difflib.unified_diff(
                known.splitlines(keepends=True),
                text.splitlines(keepends=True),
                f"tests/golden/{name}",
                "now",
            )
            pytest.fail(
                "".join(change) + "\nWhere this is meant: make golden, and read the difference.",
                pytrace=False,
            )

    return compare


@pytest.fixture(scope="session")
def commands() -> Iterator[Commands]:
    """What runs commands that are forked from one process of this session."""
    with closing(Commands(offline_environment())) as runner:
        yield runner


def offline_environment() -> dict[str, str]:
    """The surroundings of a process that finds ``kg`` here, and no network."""
    return {**os.environ, "PYTHONPATH": f"{OFFLINE}{os.pathsep}{REPOSITORY}"}


@pytest.fixture
def kg(tmp_path: Path, commands: Commands) -> Kg:
    """The command as a real process, without a network; with surroundings of its own it starts from
    nothing.
    """

    def run(
        *arguments: str | Path,
        cwd: Path | None = None,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
    ) -> Result:
        words, folder = [*map(str, arguments)], cwd or tmp_path
        if env is None and "COVERAGE_PROCESS_CONFIG" not in os.environ:
            return commands.run(words, folder, stdin, offline_environment())
        process = subprocess.run(
            [sys.executable, "-m", "kg", *words],
            cwd=folder,
            input=stdin,
            env={**offline_environment(), **(env or {})},
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        return Result(process.returncode, process.stdout, process.stderr)

    return run


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Programs of Chromium. The first draws no window around a page: to open one takes half the time."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine, in which no host name leads anywhere but to itself; tests are skipped where
    there is none.
    """
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium-headless-shell)")
    from playwright.sync_api import sync_playwright

    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        # Without a graphics card, one that is imitated takes longer than none.
        "--disable-gpu",
        "--disable-software-rasterizer",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


class Windows:
    """Windows of a browser, used again from test to test: a new one takes as much time as a page
    (2 s of CPU). Pages keep nothing in a browser that another page would find.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[tuple[bool, bool], list[Page]] = {}

    def take(self, scripts: bool, has_touch: bool) -> Page:
        """An empty window that nobody else has, with or without scripts and touch."""
        free = self._free.setdefault((scripts, has_touch), [])
        if free:
            return free.pop()
        context = self._browser.new_context(java_script_enabled=scripts, has_touch=has_touch)
        context.set_default_timeout(SECONDS * 1000)
        return context.new_page()

    def give_back(self, page: Page, scripts: bool, has_touch: bool) -> None:
        """Let others have a window, as empty as it was."""
        page.mouse.move(0, 0)
        page.goto("about:blank")
        page.context.clear_cookies()
        page.emulate_media(media="null", reduced_motion="null", forced_colors="null")
        self._free[scripts, has_touch].append(page)


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Windows:
    """The windows that tests share."""
    return Windows(chromium)
