"""The form in which words are compared: Unicode NFC, runs of white space as one blank, typographic
quotes and dashes as plain ones, characters that nobody sees (soft hyphens, zero-width blanks) left
out.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata

_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "‘’‚‛‹›′"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―"), "-"),
    **dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF)),
}
_LINE_END = re.compile("\r\n|[\r\n]")


def normalise_words(text: str) -> str:
    """Return a text as words are compared."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_PLAIN)).strip()


def decode_text(data: bytes) -> str:
    """Return a copy of an article as text: UTF-8, or UTF-16 where its first bytes say so."""
    is_wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return data.decode("utf-16" if is_wide else "utf-8", "replace")


def split_paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not blank, normalised; the first is paragraph 1."""
    return tuple(normalise_words(line) for line in _LINE_END.split(text) if line.strip())


def sha256(words: str) -> str:
    """Return the fingerprint of normalised words."""
    return hashlib.sha256(words.encode()).hexdigest()
