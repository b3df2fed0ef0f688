"""``kg check --watch``: check again whenever a file changes."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

from kg.diagnostics import KgError
from kg.files.workspace import Workspace

PAUSE = 0.25
"""Seconds between two looks at the files. Looking works on every file system, network ones too."""


def watch(check: Callable[[], int], workspace: Workspace) -> Iterator[int]:
    """Yield the exit code of a check, at once and after each change of a file that it reads.

    What cannot be read at all, as a workspace that is being renamed, is told and waited for. A line
    before and behind each check tells editors where its findings begin and end.
    """
    while True:
        states = workspace.file_states()
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
        while workspace.file_states() == states:
            time.sleep(PAUSE)
