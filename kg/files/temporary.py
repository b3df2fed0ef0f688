"""Names of files and folders that are being written, and what writers that were cut off left."""

from __future__ import annotations

import os
from pathlib import Path

TEMPORARY = ".kg-writing-"
"""How names begin of what is being written: then follow the process and the name that it will have.
"""


def temporary_name(path: Path, mark: str = "") -> Path:
    """Return the name under which this process writes a file or folder, beside its place."""
    return path.with_name(f"{TEMPORARY}{os.getpid()}{mark}-{path.name}")


def find_leftovers(path: Path) -> list[Path]:
    """Return what writers of a file or folder that were cut off have left beside it."""
    try:
        names = os.listdir(path.parent)
    except FileNotFoundError:
        return []
    writings = [name for name in names if name.startswith(TEMPORARY)]
    return [
        path.with_name(name)
        for name in sorted(writings)
        if name.removeprefix(TEMPORARY).partition("-")[2] == path.name
    ]
