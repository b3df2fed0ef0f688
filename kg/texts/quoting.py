"""Words as people quote them: other quote marks, an ellipsis, ligatures, words left out.

Fingerprints and spans are of the words as the text has them; only the search is lenient.
"""

from __future__ import annotations

import re

ELISION = re.compile(r" ?(?:\[ ?(?:\.\.\.|\. \. \.|\u2026) ?\]|\((?:\.\.\.|\u2026)\)) ?")
"""What stands for words that are left out of a quotation: ``[...]``."""

_MARKS = "\"'`\u00b4\u300c\u300d\u300e\u300f\u3008\u3009\u300a\u300b\uff02\uff07\uff62\uff63"
"""Quote marks of all kinds, after typographic ones are made plain."""

_LIGATURES = {
    "ff": "\ufb00",
    "fi": "\ufb01",
    "fl": "\ufb02",
    "ffi": "\ufb03",
    "ffl": "\ufb04",
    "st": "\ufb06",
}

_TOKEN = re.compile(
    rf"(?P<mark> ?[{_MARKS}] ?)|(?P<sign> ?[:;!?])|(?P<dots>\u2026|\.\.\.|\. \. \.)"
    f"|(?P<ligature>{'|'.join(_LIGATURES.values())})|(?P<pair>ffi|ffl|ff|fi|fl|st)|(?P<other>.)",
    re.DOTALL,
)


def pattern_of(words: str) -> str:
    """Return the regular expression of normalised words as a text may have them, whatever its quote
    marks, its form of an ellipsis and its ligatures; what is left out in them (``[...]``) may be
    anything in one paragraph.
    """
    pieces = [piece for piece in ELISION.split(words) if piece]
    return ".*?".join("".join(map(_form, _TOKEN.finditer(piece))) for piece in pieces)


def _form(token: re.Match[str]) -> str:
    text = token[0]
    match token.lastgroup:
        case "mark":
            return f" ?[{re.escape(_MARKS)}] ?"
        case "sign":
            return f" ?{re.escape(text.strip())}"
        case "dots":
            return r"(?:\u2026|\.\.\.|\. \. \.)"
        case "ligature":
            letters = next(letters for letters, sign in _LIGATURES.items() if sign == text)
            return f"(?:{letters}|{text})"
        case "pair":
            return _with_ligatures(text)
        case _:
            return re.escape(text)


def _with_ligatures(letters: str) -> str:
    """Letters that a text may have as one sign, or partly so."""
    forms = [letters, _LIGATURES[letters]]
    if len(letters) == 3:
        forms += [f"{_LIGATURES['ff']}{letters[2]}", f"f{_LIGATURES[letters[1:]]}"]
    return f"(?:{'|'.join(forms)})"
