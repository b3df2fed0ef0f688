"""What the readers of bibliographies give: entries in the variables of CSL, with their lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

CslItem = Mapping[str, object]
"""An entry as CSL-JSON has it (https://docs.citationstyles.org, CSL 1.0.2)."""


class NotedItem(NamedTuple):
    """An entry, and the line on which it begins."""

    line: int
    item: CslItem


MOST_DIGITS = 12
"""Those of a year."""


def first_filled(values: Mapping[str, str], names: Iterable[str]) -> str:
    """Return the first text that is there under some names."""
    return next((values[name] for name in names if values.get(name)), "")


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= MOST_DIGITS


def date_parts(text: str) -> dict[str, object]:
    """Return a date of CSL: of ``2019/11/15/`` or ``2019-11-15`` in parts, else as it stands."""
    parts = [part for part in text.replace("-", "/").split("/") if part]
    if text[:1] != "-" and 1 <= len(parts) <= 3 and all(map(_is_number, parts)):
        return {"date-parts": [[int(part) for part in parts]]}
    return {"literal": text}
