"""Names that look alike, by Unicode's confusables (UTS #39, section 4)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from kg.text.characters import visible_text


def skeletons_of(labels: Iterable[str]) -> dict[str, str]:
    """Return the skeleton of each label; labels of one skeleton can be mistaken for each other.

    The table takes 0.1 s to load, so it is used only for letters outside Latin and the scripts of
    East Asia.
    """
    plain_labels = {label: _plain(label) for label in labels}
    is_suspicious = any(_is_suspicious(c) for c in "".join(plain_labels.values()))
    table = _ascii_lookalikes() if is_suspicious else {}
    return {
        label: plain.translate(table).translate(_ASCII_ALIKE).replace("rn", "m")
        for label, plain in plain_labels.items()
    }


def _plain(label: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", visible_text(label)).split())


_ASCII_ALIKE = str.maketrans("I1|0ıʹʼ‘’′`´‐‑‒–—−", "lllOi" + "'" * 7 + "-" * 6)
"""Signs within and around ASCII that look alike in many typefaces; the table knows the rest."""


def _is_suspicious(character: str) -> bool:
    if character < "\u0250" or "\u2010" <= character <= "\u2044":
        return False
    name = unicodedata.name(character, "")
    latin = name.startswith("LATIN") and character >= "\u1e00"
    return not latin and not name.startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))


def _ascii_lookalikes() -> dict[int, str]:
    from confusable_homoglyphs import confusables

    table = {}
    for character, twins in confusables.confusables_data.items():
        ascii_twins = sorted(
            t["c"] for t in twins if len(t["c"]) == 1 and t["c"] < "\x7f" and t["c"].isalnum()
        )
        if ascii_twins and len(character) == 1 and character > "\x7f":
            table[ord(character)] = ascii_twins[0]
    return table
