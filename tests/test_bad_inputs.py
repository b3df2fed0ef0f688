"""The corpus of bad inputs beside the repository, run by its own runner against the command as a
real process.
"""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from commands import Commands, Limits
from conftest import Kg, offline_environment, shared_path

KINDS = (
    "yaml-structure",
    "yaml-typing unicode",
    "sparql",
    "citations iri",
    "dates",
    "model html-text",
)
"""Kinds of input, some of which go together so that each test takes about as long."""


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    """What runs commands that have no more in their memory than they would have by themselves."""
    with closing(Commands(offline_environment(), is_ready=False)) as runner:
        yield runner


def runner(corpus: Path, commands: Commands) -> ModuleType:
    """The corpus's own runner, whose commands are forked (tests/commands.py) instead of started:
    under its limits, with what it measures.
    """
    spec = importlib.util.spec_from_file_location("run_corpus", corpus / "run_corpus.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def run(words: list[str], cwd: Path, seconds: float, megabytes: int, *rest: Any) -> Any:
        stdin, tmp = rest
        given, said = Path(tmp, "stdin"), Path(tmp, "said")
        given.write_bytes(stdin)
        said.write_bytes(b"")
        limits = Limits(megabytes * module.MIB, module.MOST_OUTPUT, seconds)
        start = time.monotonic()
        environment = {**os.environ, "TMPDIR": str(tmp)}
        end = commands.start(words[1:], cwd, environment, [given, said, said], limits)
        took = time.monotonic() - start
        left_behind = not end.timed_out and module.group_lives(end.process)
        if left_behind:
            module.end_group(end.process)
        text = said.read_bytes()[: module.LOOKED_AT]
        return module.Run(end.code, text, end.timed_out, left_behind, took, end.megabytes)

    module.run = run  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize("kinds", KINDS)
def test_every_input_of_the_corpus_is_handled_as_its_manifest_says(
    tmp_path: Path,
    kg: Kg,
    commands: Commands,
    kinds: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    corpus = runner(shared_path("bad-inputs"), commands)
    template = tmp_path / "template"
    assert kg("init", template).code == 0
    # One page tells whether a label became markup.
    for query in {*template.glob("*/*.rq")} - {template / "viz" / "everything.rq"}:
        query.unlink()
    code = corpus.main(
        [
            *("--kg", "kg", "--workspace-template", str(template), "--jobs", "1"),
            # Limits of time are for an idle machine; the tests run beside each other. That a build
            # refuses what a check refuses is a law of its own (tests/test_build.py).
            *("--slack", "4", "--quick", "--kinds", *kinds.split()),
            # What never ends is stopped after less than the usual time; the rest takes none of it.
            "--query-flags=--timeout 1.5",
        ]
    )
    said = capsys.readouterr().out
    assert code == 0, said
    passed, failed = said.splitlines()[-1].split(", ")
    assert failed == "0 failed"
    assert int(passed.split()[0]) >= 10
    assert "SKIP" not in said
