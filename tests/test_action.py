"""What ``kg init --with github`` adds, and the action of this repository: YAML that says what it
should, whose steps run in a repository of git, with a ``gh`` that writes down what it is asked for.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPOSITORY, offline_environment
from test_site_changes import DENIAL
from test_versions import git

from kg.cli import main

STARTS = REPOSITORY / "kg" / "starts" / "github"
ACTION = STARTS / "actions" / "kg" / "action.yml"
GH = """\
#!/bin/sh
echo "$*" >> "$RUNNER_TEMP/asked"
case "$*" in
  *--paginate*) cat "$RUNNER_TEMP/known" ;;
  *body=@*) cat "$RUNNER_TEMP/kg-diff.md" >> "$RUNNER_TEMP/written" ;;
esac
"""


def steps() -> list[dict[str, Any]]:
    """The steps of the action."""
    action: Any = yaml.safe_load(ACTION.read_text("utf-8"))
    assert action["runs"]["using"] == "composite"
    found: list[dict[str, Any]] = action["runs"]["steps"]
    return found


@pytest.fixture
def runner(quarrel: Path) -> Path:
    """A repository with a change in a branch, and the folder of what a runner has beside it."""
    shutil.rmtree(quarrel / "viz")
    git(quarrel, "init", "-q", "-b", "main")
    git(quarrel, "add", ".")
    git(quarrel, "commit", "-q", "-m", "before")
    with (quarrel / "sources" / "quarrel.yaml").open("a", encoding="utf-8") as file:
        file.write(DENIAL)
    temporary = quarrel.parent / "runner"
    (temporary / "bin").mkdir(parents=True)
    (temporary / "known").write_text("", "utf-8")
    programs = {"gh": GH, "kg": f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n'}
    for name, text in programs.items():
        (temporary / "bin" / name).write_text(text, "utf-8")
        (temporary / "bin" / name).chmod(0o755)
    return temporary


def run(name: str, quarrel: Path, runner: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action as the runner does."""
    (step,) = [step for step in steps() if step.get("name") == name]
    assert "${{" not in step["run"], "what others wrote would become a part of the script"
    environment = {
        **offline_environment(),
        "PATH": f"{runner / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(runner),
        "GITHUB_OUTPUT": str(runner / "output"),
        "GITHUB_REPOSITORY": "row/row",
        "FOLDER": str(quarrel),
        "BASE": "HEAD",
        "HEAD": "of a request that is not merged",
        "NUMBER": "7",
        **more,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(
        command, cwd=quarrel, env=environment, capture_output=True, text=True, check=False
    )


def test_findings_are_written_as_sarif_and_their_exit_code_is_told_at_the_end(
    quarrel: Path, runner: Path
) -> None:
    assert run("Check", quarrel, runner).returncode == 0
    assert (runner / "output").read_text("utf-8") == "code=0\nat=\n"
    log = json.loads((runner / "kg.sarif").read_text("utf-8"))
    assert log["version"] == "2.1.0"
    (quarrel / "sources" / "more.yaml").write_text("assertions: 7\n", "utf-8")
    assert run("Check", quarrel, runner).returncode == 0
    assert "code=1\n" in (runner / "output").read_text("utf-8")
    assert "sources/more.yaml" in places(runner)
    told = run("Tell what was found", quarrel, runner, CODE="1", UPLOADED="success")
    assert told.returncode == 1
    assert "\nsources/more.yaml:1" in f"\n{told.stdout}"
    assert "::error" not in told.stdout
    # In a folder of a repository, and where findings could not be uploaded.
    shutil.move(quarrel / ".git", quarrel.parent)
    assert run("Check", quarrel, runner).returncode == 0
    assert (runner / "output").read_text("utf-8").endswith("at=quarrel/\n")
    assert "quarrel/sources/more.yaml" in places(runner)
    told = run("Tell what was found", quarrel, runner, CODE="1", UPLOADED="failure", AT="quarrel/")
    assert "\n::error file=quarrel/sources/more.yaml,line=1" in f"\n{told.stdout}"


def places(runner: Path) -> list[str]:
    """The files that the log for GitHub names."""
    (one,) = json.loads((runner / "kg.sarif").read_text("utf-8"))["runs"]
    found = [result["locations"][0]["physicalLocation"] for result in one["results"]]
    return [place["artifactLocation"]["uri"] for place in found]


def test_a_pull_request_gets_one_comment_that_is_updated(quarrel: Path, runner: Path) -> None:
    assert run("Comment", quarrel, runner).returncode == 0
    asked = (runner / "asked").read_text("utf-8").splitlines()
    assert "--method POST repos/row/row/issues/7/comments" in asked[-1]
    written = (runner / "written").read_text("utf-8")
    assert written.startswith("<!-- kg diff -->\n")
    assert "never-entered" in written
    (runner / "known").write_text("41\n42\n", "utf-8")
    assert run("Comment", quarrel, runner).returncode == 0
    asked = (runner / "asked").read_text("utf-8").splitlines()
    # A comment that a person began with the same mark is not written over.
    assert '.user.type == "Bot" and' in asked[-2]
    assert "--method PATCH repos/row/row/issues/comments/41 " in asked[-1]
    # Without the base there is no comment, and what was found is told all the same.
    (runner / "asked").unlink()
    shallow = run("Comment", quarrel, runner, BASE="f" * 40)
    assert (shallow.returncode, "fetch-depth: 0" in shallow.stdout) == (0, True)
    assert not (runner / "asked").exists()


def test_the_comment_tells_nothing_that_came_to_the_base_meanwhile(
    quarrel: Path, runner: Path
) -> None:
    base = git(quarrel, "rev-parse", "HEAD").strip()
    git(quarrel, "checkout", "-q", "-b", "change")
    git(quarrel, "commit", "-q", "-a", "-m", "the request")
    head = git(quarrel, "rev-parse", "HEAD").strip()
    git(quarrel, "checkout", "-q", "main")
    more = "actors: {elsewhere: {type: State, label: Elsewhere}}\n"
    (quarrel / "sources" / "more.yaml").write_text(more, "utf-8")
    git(quarrel, "add", ".")
    git(quarrel, "commit", "-q", "-m", "meanwhile")
    git(quarrel, "merge", "-q", "--no-ff", "-m", "the request, merged", "change")
    assert run("Comment", quarrel, runner, BASE=base, HEAD=head).returncode == 0
    written = (runner / "written").read_text("utf-8")
    assert "never-entered" in written
    assert "elsewhere" not in written


def test_the_action_of_this_repository_is_the_one_that_workspaces_get() -> None:
    assert (REPOSITORY / "action.yml").read_bytes() == ACTION.read_bytes()


def test_only_checks_run_for_a_pull_request_and_each_job_may_do_what_it_needs() -> None:
    flow: Any = yaml.safe_load((STARTS / "workflows" / "site.yml").read_text("utf-8"))
    # YAML 1.1 takes the key "on" for true.
    assert set(flow[True]) == {"push", "pull_request"}
    assert flow["permissions"] == {"contents": "read"}
    jobs = flow["jobs"]
    assert jobs["publish"]["if"] == "github.event_name == 'push'"
    assert "pages" not in jobs["check"]["permissions"]
    for job in jobs.values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert re.fullmatch(
                r"\./\.github/actions/kg|actions/[\w-]+@v\d+",
                step.get("uses", "./.github/actions/kg"),
            )


def test_a_new_workspace_has_them_where_that_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "row"), "--with", "github"]) == 0
    here = tmp_path / "row" / ".github"
    assert (here / "workflows" / "site.yml").is_file()
    assert (here / "actions" / "kg" / "action.yml").read_bytes() == ACTION.read_bytes()
    assert main(["init", str(tmp_path / "other")]) == 0
    assert not (tmp_path / "other" / ".github").exists()
