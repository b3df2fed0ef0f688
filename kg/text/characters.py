"""Which characters a curator's texts may hold, and how messages quote texts.

Forbidden are controls, bidi embeddings, overrides and isolates, lone surrogates and noncharacters
(Unicode 15, sections 23.1, 23.7 and 23.8; Trojan Source, Boucher and Anderson 2021). Everything
else is text, in any script, and so are marks of direction (U+061C, U+200E, U+200F), which Arabic
and Hebrew need; in messages they stand as escapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

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

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""One character without a glyph of its own (Unicode's default ignorables)."""
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]"
)
"""One of them that no script needs as joiners and selectors are needed."""
MOST_QUOTED = 60


def forbidden_character(text: str) -> str:
    """Return the first forbidden character in words (``U+202E, a bidi control``), or nothing.

    None of them is printable for Python, which tells that ten times as fast.
    """
    match = None if text.isprintable() else FORBIDDEN.search(text)
    return describe_character(match[0]) if match else ""


def forbidden_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the line, the column and the words of the first forbidden character of each line; lines
    may end in CR LF.
    """
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if problem := forbidden_character(line):
            column = next(i for i, c in enumerate(line, 1) if forbidden_character(c))
            yield number, column, problem


def name_character(character: str) -> str:
    """Return a character by code point and name: ``U+043E CYRILLIC SMALL LETTER O``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def foreign_letter(id: str) -> str:
    """Return, to be put behind an id, which of its characters no id may have: of two that look
    alike only the code tells them apart. Nothing where all are letters that an id may have.
    """
    match = re.search("[^A-Za-z0-9-]", id)
    if match is None or match[0] == " ":
        return ""
    shown_letter = f"{quoted(match[0])}, " if match[0].isprintable() else ""
    return f" ({shown_letter}{name_character(match[0])})"


def describe_character(character: str) -> str:
    """Return a character by code point and kind: ``U+0000, a control character``."""
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
    """Return a text for any terminal: forbidden characters, tabs and line ends as escapes."""
    if text.isprintable():
        return text
    return re.sub(
        FORBIDDEN.pattern[:-1] + _MARKS + "\t\n\u2028\u2029]",
        _escape,
        text,
    )


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"


def quoted(text: str, most: int = MOST_QUOTED) -> str:
    """Return a value as messages quote it: printable, in single quotes, of ``most`` characters;
    what nobody sees stands as an escape.
    """
    clipped = text if len(text) <= most else f"{text[:most]}..."
    shown_text = printable(clipped)
    return f"'{shown_text if shown_text.isascii() else _UNSEEN.sub(_escape, shown_text)}'"


def is_wide(character: str) -> bool:
    """Return whether a character takes two columns (UAX #11), as in scripts without blanks between
    words.
    """
    return unicodedata.east_asian_width(character) in "WF"


def is_inside_word(text: str, place: int) -> bool:
    """Tell whether a place lies within a word; scripts of wide characters do not part words."""
    around = text[place - 1 : place + 1] if place else ""
    return len(around) == 2 and around.isalnum() and not any(map(is_wide, around))


def fold_case(text: str) -> str:
    """Return the form in which names are compared: NFKC, case folding, one blank for several."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def visible_text(text: str) -> str:
    """Return a text without blanks at its ends and without characters that have no glyph."""
    return (text if text.isascii() else _INVISIBLE.sub("", text)).strip()
