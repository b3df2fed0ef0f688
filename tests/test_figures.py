"""The figures of tools/figures.py, counted in a folder whose figures are known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import REPOSITORY

MODULE = '''\
"""A module."""

LIMIT = 3
"""The text below a constant is a token."""


# A comment.
def find_pairs(rows: list[int]) -> list[int]:
    """Return pairs."""
    import math

    found = [a for b in rows for a in rows if a and b]
    return found if len(found) < LIMIT else [math.ceil(sum(found))]


def told(x):
    return x
'''
SCRIPT = """\
// A comment with 'quotes'.
const label = (id) => `<${id.replace(/[`}]/g, '')}>`; /* and another */
"""


def figures(folder: Path) -> dict[str, str]:
    """The table that the tool prints for a folder."""
    command = (sys.executable, str(REPOSITORY / "tools" / "figures.py"), str(folder))
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = (line.rsplit("  ", 1) for line in done.stdout.splitlines()[2:])
    return {name.strip(): value.strip() for name, value in rows}


def test_figures_of_a_known_folder_are_those_counted_by_hand(tmp_path: Path) -> None:
    (tmp_path / "scripts" / "tests").mkdir(parents=True)
    (tmp_path / "module.py").write_text(MODULE, "utf-8")
    (tmp_path / "scripts" / "label.js").write_text(SCRIPT, "utf-8")
    (tmp_path / "scripts" / "tests" / "label.test.js").write_text(SCRIPT, "utf-8")
    known = figures(tmp_path)
    assert known["modules / lines"] == "1 / 17"
    assert known["code lines"] == "8"
    assert known["functions"] == "2"
    # one, two for, one if, one and, one conditional expression
    assert known["mean complexity / max"] == "3.50 / 6"
    assert known["of these nested or with several for"] == "125 (1 in all)"
    assert known["imports inside functions"] == "1"
    assert known["one-word function names"] == "50.0 %"
    # LIMIT, find_pairs, rows, found, b, a, told, x
    assert known["bare participles among bindings"] == "2 = 25.0 %"
    assert known["functions annotated"] == "50.0 %"
    assert known["public docstrings"] == "66.7 %"
    # const label = ( id ) => template ;
    assert known["tokens of the page's scripts"] == "9"
