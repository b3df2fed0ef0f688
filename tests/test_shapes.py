"""What one record can be made to hold costs in proportion: the shapes of ``benchmarks/growth.py``,
counted in calls of functions instead of seconds.
"""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest
from conftest import REPOSITORY
from counting import calls
from readback import quads_of
from readings import CORE

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_draft
from kg.dates import Day
from kg.files.workspace import Files, Inputs, SourceFile, Workspace
from kg.reading import Reading
from kg.sources.loader import load_corpus
from kg.sources.texts.verification import Verification
from kg.status.lens import Lens

N = 60


def load_growth() -> Any:
    """The benchmark as a module."""
    found = importlib.util.spec_from_file_location("growth", REPOSITORY / "benchmarks/growth.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


GROWTH = load_growth()


def steps(shape: str, n: int) -> int:
    """How many calls it takes to read, check and judge a shape of n members, and to make the graph
    of it.
    """
    files = [
        SourceFile(f"sources/{name}", text.encode())
        for name, text in GROWTH.shape_files(shape, n).items()
    ]

    def work() -> None:
        loaded = load_corpus(files, CORE)
        draft = CorpusDraft(
            loaded.corpus, CORE, loaded.broken_ids, loaded.complete, True, Day(2019, 3, 1)
        )
        problems = [*loaded.diagnostics, *check_draft(draft)]
        assert not any(each.is_error for each in problems)
        nothing = Inputs((), 0, 0, "")
        read = Reading(
            Workspace(REPOSITORY), loaded.corpus, CORE, (), Verification(), nothing, Files(())
        )
        assert quads_of(read.under(Lens()))

    return calls(work).total()


@pytest.mark.parametrize(
    "shape", [name for name, shape in GROWTH.SHAPES.items() if not shape.bound]
)
def test_a_shape_of_twice_the_members_takes_twice_the_steps(shape: str) -> None:
    assert steps(shape, 2 * N) < 2.2 * steps(shape, N)
