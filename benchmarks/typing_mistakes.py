"""Times how soon the language server tells of a mistake in text that is not saved: from the change
to the finding, on the clock, in an editor's own process (the median and the slowest of N).

usage: python benchmarks/typing_mistakes.py [--runs N] [--large ASSERTIONS]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.append(str(REPOSITORY / "tests"))


def times(workspace: Path, name: str, right: str, wrong: str, runs: int) -> list[float]:
    """Return the seconds until an unknown id is told, which takes the place of a known one in one
    record after the other.
    """
    from editor import Editor

    text = (workspace / name).read_text("utf-8")
    editor, seconds = Editor(workspace), []
    editor.write(name, text)
    editor.wait(name, lambda found: True)
    time.sleep(6)
    parts = text.split(right)
    for run in range(runs):
        at = 1 + run * (len(parts) - 1) // runs
        changed = right.join(parts[:at]) + wrong + right.join(parts[at:])
        begun = time.perf_counter()
        editor.write(name, changed)
        editor.wait(name, lambda found: any(each.code == "KG201" for each in found))
        seconds.append(time.perf_counter() - begun)
        editor.write(name, text)
        time.sleep(0.4)
    editor.close()
    return seconds


def main() -> None:
    """Time the example and a large workspace."""
    from commands import large

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=12)
    parser.add_argument("--large", type=int, default=10_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        large(Path(scratch) / "large", arguments.large)
        for title, work in (
            (
                "the example",
                (REPOSITORY, "sources/gsomia.yaml", "object: gsomia\n", "object: gsomai\n"),
            ),
            (
                f"{arguments.large:,} assertions",
                (
                    Path(scratch) / "large",
                    "sources/said-0.yaml",
                    "subject: state-",
                    "subject: stat-",
                ),
            ),
        ):
            found = times(*work, arguments.runs)
            print(
                f"{title}: {statistics.median(found):.2f} s (median of {len(found)}), "
                f"{max(found):.2f} s at most"
            )


if __name__ == "__main__":
    main()
