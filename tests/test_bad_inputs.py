"""The corpus of bad inputs beside the repository, run by its own runner against the command as a
real process.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, Kg, shared_path

KINDS = (
    "yaml-structure",
    "yaml-typing unicode",
    "sparql",
    "citations iri",
    "dates",
    "model html-text",
)
"""Kinds of input, some of which go together so that each test takes about as long."""


@pytest.mark.parametrize("kinds", KINDS)
def test_every_input_of_the_corpus_is_handled_as_its_manifest_says(
    tmp_path: Path, kg: Kg, kinds: str
) -> None:
    corpus = shared_path("bad-inputs")
    template = tmp_path / "template"
    assert kg("init", template).code == 0
    for view in set((template / "viz").glob("*.rq")) - {template / "viz" / "everything.rq"}:
        view.unlink()  # one page tells whether a label became markup
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    environment.pop("COVERAGE_PROCESS_CONFIG", None)
    ran = subprocess.run(
        [
            *(sys.executable, corpus / "run_corpus.py"),
            *("--kg", f"{shlex.quote(sys.executable)} -m kg"),
            *("--workspace-template", template),
            # Limits of time are for an idle machine; the tests run beside each other. That a build
            # refuses what a check refuses is a law of its own (tests/test_build.py).
            *("--slack", "4", "--quick", "--kinds", *kinds.split()),
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    passed, failed = said.splitlines()[-1].split(", ")
    assert failed == "0 failed"
    assert int(passed.split()[0]) >= 10
    assert "SKIP" not in said
