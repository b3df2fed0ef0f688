"""What the readers of bibliographies have in common: entries are told in the variables of CSL
(https://docs.citationstyles.org, CSL 1.0.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.files.foreign import Json

MOST_DIGITS = 12
"""Those of a year."""


def first_filled(values: Mapping[str, str], names: Iterable[str]) -> str:
    """Return the first text that is there under some names."""
    return next((values[name] for name in names if values.get(name)), "")


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= MOST_DIGITS


def date_parts(text: str) -> dict[str, Json]:
    """Return a date of CSL: of ``2019/11/15/`` or ``2019-11-15`` in parts, else as it stands."""
    parts = [part for part in text.replace("-", "/").split("/") if part]
    if text[:1] != "-" and 1 <= len(parts) <= 3 and all(map(_is_number, parts)):
        return {"date-parts": [[int(part) for part in parts]]}
    return {"literal": text}
