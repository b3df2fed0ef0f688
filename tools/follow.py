"""Print the functions that one assertion passes through while a command runs.

usage: python tools/follow.py ID COMMAND ...     (as in: python tools/follow.py radar-lock-on build)

A function counts where one of its arguments is the assertion: its id, or a value that has that id,
or that holds one which does (as a statement holds its assertion). What it makes of it are its
forms: the classes of these values. It is judged where ``kg.status.status`` gives it a status.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOLDERS = ("assertion", "statement")


class Trail:
    """Where one assertion went."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.calls: Counter[tuple[str, str]] = Counter()
        self.forms: dict[str, str] = {}
        self.changes = 0
        self._last = ""
        self._plain: set[type] = {type(None), str}

    def note(self, frame: FrameType, event: str, _: object) -> None:
        """Take down a call that has the assertion among its arguments (for ``sys.setprofile``)."""
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(str(ROOT / "kg")):
            return
        count = code.co_argcount + code.co_kwonlyargcount
        values = frame.f_locals
        names = [name for name in code.co_varnames[:count] if name in values]
        found = [form for name in names for form in self._forms(values[name])]
        if not found:
            return
        file = str(Path(code.co_filename).relative_to(ROOT))
        self.calls[file, code.co_qualname] += 1
        self.changes += file != self._last
        self._last = file
        for form in found:
            self.forms.setdefault(form, f"{file}:{code.co_qualname}")

    def _forms(self, value: object) -> Iterator[str]:
        kind = type(value)
        if kind is str and value == self.id:
            yield "id"
        elif kind not in self._plain:
            parts = (value, *(getattr(value, holder, None) for holder in HOLDERS))
            if not kind.__module__.startswith("kg.") or not any(hasattr(e, "id") for e in parts):
                self._plain.add(kind)
            elif any(getattr(each, "id", None) == self.id for each in parts):
                yield kind.__qualname__


def main() -> None:
    """Run the command, and print what was taken down."""
    from kg.cli import main as run

    id, *command = sys.argv[1:]
    trail = Trail(id)
    sys.setprofile(trail.note)
    try:
        run(command)
    finally:
        sys.setprofile(None)
    files = Counter(file for file, _ in trail.calls)
    print(f"{len(trail.calls)} functions in {len(files)} files, {trail.changes} changes of file")
    print("forms:", ", ".join(f"{form} ({where})" for form, where in trail.forms.items()))
    for (file, name), times in sorted(trail.calls.items()):
        print(f"{times:5}  {file}  {name}")


if __name__ == "__main__":
    main()
