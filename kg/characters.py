"""Which characters a curator's texts may hold, how texts are shown in messages, and which names
look alike.

Forbidden are controls, bidi embeddings, overrides and isolates, lone surrogates and noncharacters
(Unicode 15, sections 23.1, 23.7 and 23.8; Trojan Source, Boucher and Anderson 2021). Everything
else is text, in any script, and so are marks of direction (U+061C, U+200E, U+200F), which Arabic
and Hebrew need; in messages they stand as escapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MARKS = "\u061c\u200e\u200f"
_TURNING = "\u202a-\u202e\u2066-\u2069"
FORBIDDEN = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]"
)
"""One forbidden character (tabs and line ends are judged where they stand)."""

BIDI = re.compile(f"[{_MARKS}{_TURNING}]")
"""One character that changes the direction of the text around it."""

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)
"""One character without a glyph of its own (Unicode's default ignorables)."""
MOST_SHOWN = 60


def forbidden(text: str) -> str:
    """The first forbidden character of a text in words (``U+202E, a bidi control``), or nothing.

    Python calls none of them printable, and is asked first: it is ten times as quick, and nearly
    every text is fine.
    """
    found = None if text.isprintable() else FORBIDDEN.search(text)
    return describe(found[0]) if found else ""


def describe(character: str) -> str:
    """A character by code point and kind: ``U+0000, a control character``."""
    code = ord(character)
    if BIDI.match(character):
        kind = "a bidi control (it turns the text around it, as isolates and overrides do)"
    elif 0xD800 <= code <= 0xDFFF:
        kind = "a lone surrogate"
    elif FORBIDDEN.match(character) and code > 0x9F:
        kind = "a noncharacter"
    else:
        kind = "a control character"
    return f"U+{code:04X}, {kind}"


def printable(text: str) -> str:
    """A text that can be printed anywhere: forbidden characters, tabs and line ends as escapes."""
    if text.isprintable():
        return text
    return re.sub(
        FORBIDDEN.pattern[:-1] + _MARKS + "\t\n\u2028\u2029]",
        lambda m: f"\\u{ord(m[0]):04x}" if ord(m[0]) > 0xFF else f"\\x{ord(m[0]):02x}",
        text,
    )


def shown(text: str, most: int = MOST_SHOWN) -> str:
    """A value as a message quotes it: printable, in single quotes, clipped to ``most`` characters."""
    clipped = text if len(text) <= most else f"{text[:most]}..."
    return f"'{printable(clipped)}'"


def folded(text: str) -> str:
    """What two names are compared by: NFKC and case folding, with blanks as one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def seen(text: str) -> str:
    """What a reader sees of a text: without blanks at its ends, and without characters that have no
    glyph.
    """
    return (text if text.isascii() else _UNSEEN.sub("", text)).strip()


def skeletons(labels: Iterable[str]) -> dict[str, str]:
    """For each label the text that it could be mistaken for, by Unicode's confusables (UTS #39,
    section 4).

    The table takes 0.1 s to load, so it is asked only where a letter outside Latin and the scripts
    of East Asia stands.
    """
    plain = {text: " ".join(unicodedata.normalize("NFKC", seen(text)).split()) for text in labels}
    table = _lookalikes() if any(_is_suspicious(c) for text in plain.values() for c in text) else {}
    return {text: _look(twin.translate(table)) for text, twin in plain.items()}


def _look(text: str) -> str:
    return text.translate(_ALIKE).replace("rn", "m")


_ALIKE = str.maketrans("I1|0ıʹʼ‘’′`´‐‑‒–—−", "lllOi" + "'" * 7 + "-" * 6)
"""Signs within and around ASCII that look alike in many typefaces; the table knows the rest."""


def _is_suspicious(character: str) -> bool:
    if character < "\u0250" or "\u2010" <= character <= "\u2044":
        return False
    name = unicodedata.name(character, "")
    latin = name.startswith("LATIN") and character >= "\u1e00"
    return not latin and not name.startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))


def _lookalikes() -> dict[int, str]:
    from confusable_homoglyphs import confusables

    table = {}
    for character, twins in confusables.confusables_data.items():
        ascii_twins = sorted(
            t["c"] for t in twins if len(t["c"]) == 1 and t["c"] < "\x7f" and t["c"].isalnum()
        )
        if ascii_twins and len(character) == 1 and character > "\x7f":
            table[ord(character)] = ascii_twins[0]
    return table
