"""Which characters a curator's texts may hold, how texts are shown in messages, and which names look alike.

Forbidden are controls, bidi overrides and isolates, lone surrogates and noncharacters (Unicode 15, sections 23.1, 23.7
and 23.8; Trojan Source, Boucher and Anderson 2021). Everything else is text, in any script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
FORBIDDEN = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f{BIDI}\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]"
)
"""One forbidden character (tabs and line ends are judged where they stand)."""

_BIDI = re.compile(f"[{BIDI}]")
MOST_SHOWN = 60


def forbidden(text: str) -> str:
    """The first forbidden character of a text in words (``U+202E, a bidi control``), or nothing."""
    found = FORBIDDEN.search(text)
    return describe(found[0]) if found else ""


def describe(character: str) -> str:
    """A character by code point and kind: ``U+0000, a control character``."""
    code = ord(character)
    if _BIDI.match(character):
        kind = "a bidi control (it turns the text around it; isolates and overrides are refused)"
    elif 0xD800 <= code <= 0xDFFF:
        kind = "a lone surrogate"
    elif FORBIDDEN.match(character) and code > 0x9F:
        kind = "a noncharacter"
    else:
        kind = "a control character"
    return f"U+{code:04X}, {kind}"


def printable(text: str) -> str:
    """A text that can be printed anywhere: forbidden characters, tabs and line ends as escapes."""
    return re.sub(
        FORBIDDEN.pattern[:-1] + "\t\n\u2028\u2029]",
        lambda m: f"\\u{ord(m[0]):04x}" if ord(m[0]) > 0xFF else f"\\x{ord(m[0]):02x}",
        text,
    )


def shown(text: str, most: int = MOST_SHOWN) -> str:
    """A value as a message quotes it: printable, in single quotes, clipped to ``most`` characters."""
    clipped = text if len(text) <= most else f"{text[:most]}..."
    return f"'{printable(clipped)}'"


def folded(text: str) -> str:
    """What two ids are compared by: NFKC and case folding."""
    return unicodedata.normalize("NFKC", text).casefold()


def skeletons(labels: Iterable[str]) -> dict[str, str]:
    """For each label the text that it could be mistaken for, by Unicode's confusables (UTS #39, section 4).

    The table takes 0.1 s to load, so it is asked only where a letter outside Latin and the scripts of East Asia stands.
    """
    texts = list(labels)
    table = _lookalikes() if any(_is_suspicious(c) for text in texts for c in text) else {}
    return {text: "".join(table.get(c, c) for c in unicodedata.normalize("NFKC", text)).casefold() for text in texts}


def _is_suspicious(character: str) -> bool:
    if character < "\u0250":
        return False
    name = unicodedata.name(character, "")
    return not name.startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "LATIN SMALL LETTER", "LATIN CAPITAL LETTER"))


def _lookalikes() -> dict[str, str]:
    from confusable_homoglyphs import confusables

    table = {}
    for character, twins in confusables.confusables_data.items():
        ascii_twins = sorted(t["c"] for t in twins if len(t["c"]) == 1 and t["c"] < "\x7f" and t["c"].isalnum())
        if ascii_twins and character > "\x7f":
            table[character] = ascii_twins[0]
    return table
