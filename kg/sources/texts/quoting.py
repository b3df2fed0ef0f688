"""Words as people quote them: other quote marks, an ellipsis, ligatures, words left out.

Fingerprints and spans are of the words as the text has them; only the search is lenient.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from kg.text.characters import is_wide

ELISION = re.compile(r" ?(?:\[ ?(?:\.\.\.|\. \. \.|\u2026) ?\]|\((?:\.\.\.|\u2026)\)) ?")
"""What stands for words that are left out of a quotation: ``[...]``."""

_TURNS_MEANING = (
    r"(?i)\b(?:not|no|never|neither|nor|none|nobody|nothing|cannot|without|\w+n't|unless|hardly"
    r"|refus\w+|declin\w+|den(?:y|ies|ied|ying)|fail(?:s|ed|ing)?|reject\w*"
    r"|nicht|kein\w*|nie|niemals|ohne|weder|ne|n'\w+|pas|jamais|sans|aucun\w*|non|nunca|sin"
    r"|n\u00e3o|sem|jam\u00e1s|senza|mai|niet|geen|\u043d\u0435|\u043d\u0435\u0442"
    r"|\u043d\u0438\u043a\u043e\u0433\u0434\u0430|\u0431\u0435\u0437)\b"
    "|[\u4e0d\u6c92\u6ca1\u672a]|\u306a\u3044|\u306a\u304b\u3063|\u305a"
    "|\uc54a|\uc544\ub2c8|\ubabb"
)
"""Words that nobody may leave out of a quotation: with them it says the opposite."""

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

_TOKEN = (
    rf"(?s)(?P<mark> ?[{_MARKS}] ?)|(?P<sign> ?[:;!?])|(?P<dots>\u2026|\.\.\.|\. \. \.)"
    f"|(?P<ligature>{'|'.join(_LIGATURES.values())})|(?P<pair>ffi|ffl|ff|fi|fl|st)|(?P<other>.)"
)


def pattern_of(words: str) -> str:
    """Return the regular expression of normalised words as a text may have them, whatever its quote
    marks, its form of an ellipsis and its ligatures; what is left out in them (``[...]``) may be
    anything in one paragraph.
    """
    pieces = [piece for piece in ELISION.split(words) if piece]
    return "(.*?)".join("".join(map(_form, re.finditer(_TOKEN, piece))) for piece in pieces)


def edges_of(words: str) -> tuple[str, str]:
    """Return the regular expressions of what stands before and behind words, so that they are whole
    words and whole numbers: no part of ``15`` or ``1.5`` is 5. Scripts of wide characters do not
    part words.
    """
    before = behind = ""
    if _parts_words(words[:1]):
        before = r"(?<!\w)(?<!\d[.,])" if words[0].isdigit() else r"(?<!\w)"
    if _parts_words(words[-1:]):
        behind = r"(?!\w|[.,]\d)" if words[-1].isdigit() else r"(?!\w)"
    return before, behind


def _parts_words(character: str) -> bool:
    return character.isalnum() and not is_wide(character)


def find_occurrences(quote: str, text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each place where a normalised text has the words of a quote: its span, and the word
    that is left out there (``[...]``) though it turns the meaning (empty: none is).
    """
    if not quote:
        return
    before, behind = edges_of(quote)
    pattern = pattern_of(quote) or re.escape(quote)
    for place in re.finditer(f"(?={before}({pattern}){behind})", text):
        left_out = filter(None, map(partial(re.search, _TURNS_MEANING), place.groups()[1:]))
        yield place.span(1), next((word[0] for word in left_out), "")


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
