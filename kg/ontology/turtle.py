"""What is wrong with the text of a Turtle file, before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.diagnostics import Diagnostic, Span, rules
from kg.files.workspace import SourceFile
from kg.text.characters import forbidden_character, forbidden_places

MOST_TERMS = 64
"""The most triple terms of a file: the parser ends the process over 20,000 inside each other."""

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS = {"b": "\b", "f": "\f", "r": "\r"}


def text_problems(file: SourceFile) -> Iterator[Diagnostic]:
    """Yield the first forbidden character of each line as it is, and each that is escaped; and that
    there are triple terms enough to be nested too deeply.
    """
    text = file.data.decode("utf-8", "replace")
    for line, column, problem in (*forbidden_places(text), *_escaped_places(text)):
        place = Span(file.name, line, column, line, column + 1)
        message = f"the line holds {problem}"
        yield rules.FORBIDDEN_CHARACTER.at(place, message, "delete the character")
    if text.count("<<") > MOST_TERMS:
        message = f"more than {MOST_TERMS} triple terms (<<) may be nested too deeply"
        hint = "delete them: no term of an ontology needs any"
        yield rules.TOO_DEEP.at(Span(file.name), message, hint)


def _escaped_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the forbidden characters that are written as escapes, as ``forbidden_places`` does."""
    for number, line in enumerate(text.split("\n"), 1):
        for escape in _ESCAPE.finditer(line) if "\\" in line else ():
            if problem := forbidden_character(_unescaped(escape)):
                yield number, escape.start() + 1, problem


def _unescaped(escape: re.Match[str]) -> str:
    """The character that an escape stands for; nothing where there is none."""
    digits = escape[1] or escape[2]
    if not digits:
        return _LETTERS.get(escape[3], "")
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else ""
