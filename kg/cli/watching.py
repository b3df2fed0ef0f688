"""``kg check --watch``: check again whenever a file changes."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator, Mapping

from kg.diagnostics import KgError
from kg.workspace import Workspace

PAUSE = 0.25
"""Seconds between two looks at the files. Looking works on every file system, network ones too."""
States = Mapping[str, tuple[int, int]]


def watch(check: Callable[[], int], workspace: Workspace) -> Iterator[int]:
    """Yield the exit code of a check, at once and after each change of a file that it reads.

    What cannot be read at all, as a workspace that is being renamed, is told and waited for. A line
    before and behind each check tells editors where its findings begin and end.
    """
    while True:
        states = _states(workspace)
        print("kg: checking", flush=True)
        try:
            code = check()
        except KgError as error:
            code = error.exit_code
            print(f"kg: {error}", flush=True)
        print("kg: waiting for changes", flush=True)
        yield code
        # A command has the collector off, as it soon ends: this one does not.
        gc.collect()
        while _states(workspace) == states:
            time.sleep(PAUSE)


def _states(workspace: Workspace) -> States:
    """The time and size of each file that a check reads."""
    states: dict[str, tuple[int, int]] = {}
    for top in workspace.tops:
        for folder, _, files in os.walk(top):
            for name in files:
                path = os.path.join(folder, name)
                try:
                    status = os.stat(path)
                except OSError:
                    continue
                states[path] = status.st_mtime_ns, status.st_size
    return states
