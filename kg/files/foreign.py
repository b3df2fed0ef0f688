"""Files of other programs, read so that nothing in them does harm: bounded, in UTF-8, without
characters that no text may hold, and each mistake with its file and line.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kg.diagnostics import KgError
from kg.files.disk import read_regular
from kg.text.characters import forbidden_character

MOST_BYTES = 64 << 20
"""The largest file that is read: all of it is held at once."""

_BLANKS = re.compile(r"[ \t\r\n]*")

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
"""A value of JSON."""


class ForeignItem(NamedTuple):
    """A value of a file, the line on which it begins, and where in the text it stands."""

    line: int
    value: Json
    start: int = 0
    end: int = 0


def read_file(path: Path, most: int = -1) -> bytes:
    """Return the bytes of a file, or the first ones. Raises KgError where it cannot be read."""
    try:
        return read_regular(path, most)
    except OSError as error:
        raise KgError(f"cannot read {path}: {error.strerror}") from None


def read_text(path: Path, most: int = MOST_BYTES, encoding: str = "utf-8") -> str:
    """Return a file as text. Raises KgError where it cannot be read, is larger than ``most`` bytes,
    or is not of an encoding.
    """
    data = read_file(path, most + 1)
    if len(data) > most:
        hint = f"split it into files of at most {most >> 20} MB"
        raise KgError(f"{path} is larger than {most >> 20} MB", 3, hint=hint)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{path}:{line}: this line is not {encoding.upper()}"
        raise KgError(message, hint=_encoding_hint(data)) from None


def _encoding_hint(data: bytes) -> str:
    """How to make a file readable that is in another encoding."""
    name = "UTF-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "WINDOWS-1252"
    return (
        f"save it as UTF-8 (perhaps: iconv -f {name} -t UTF-8 FILE > NEW); "
        f"for a table of a map, write encoding: {name.lower()}"
    )


def paragraph_numbers(text: str) -> list[int]:
    """Return for each line of a text the number of its paragraph: blank lines are none."""
    numbers, count = [], 0
    for line in io.StringIO(text, newline=None):
        count += bool(line.strip())
        numbers.append(count)
    return numbers


def require_clean(place: str, text: str) -> None:
    """Raise KgError, with the place that is given, where a text holds a character that none may."""
    plain = text.replace("\r\n", "\n")
    if problem := forbidden_character(plain.replace("\n", " ").replace("\t", " ")):
        raise KgError(f"{place}: a text holds {problem}", hint="take the character out")


def json_lines(path: Path, text: str) -> Iterator[ForeignItem]:
    """Yield the value on each line that is not blank. Raises KgError where one is no JSON."""
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if line.strip():
            yield ForeignItem(number, _Decoder(path, line.rstrip("\n"), number).whole())


def json_items(path: Path, text: str, name: str = "") -> Iterator[ForeignItem]:
    """Yield the values of a list: the file is the list, or an object that holds it under a name.
    An object without that name is itself the one value. Raises KgError where it is no JSON.
    """
    decoder = _Decoder(path, text)
    if decoder.peek() == "[":
        yield from decoder.items()
        decoder.require_end()
        return
    if name and decoder.peek() == "{" and decoder.enter(name):
        yield from decoder.items()
        return
    yield ForeignItem(1, _Decoder(path, text).whole())


class _Decoder:
    """A place in a text of JSON."""

    def __init__(self, path: Path, text: str, first_line: int = 1) -> None:
        self.path, self.text, self.at = path, text, 0
        self.line, self._counted = first_line, 0
        self.read = json.JSONDecoder(parse_constant=self._no_number).raw_decode

    def whole(self) -> Json:
        """Return the only value of the text."""
        value = self.value()
        self.require_end()
        return value

    def items(self) -> Iterator[ForeignItem]:
        """Yield the values of the list that begins here."""
        self.expect("[")
        more = self.peek() != "]"
        while more:
            self.peek()
            line, start = self._line_number(), self.at
            yield ForeignItem(line, self.value(), start, self.at)
            more = self.peek() == ","
            self.at += more
        self.expect("]")

    def enter(self, name: str) -> bool:
        """Go to the list under a name of the object that begins here; tell whether there is one."""
        self.expect("{")
        while self.peek() != "}":
            key = self.value()
            self.expect(":")
            if key == name and self.peek() == "[":
                return True
            self.value()
            if self.peek() != "}":
                self.expect(",")
        return False

    def value(self) -> Json:
        """Return the value that begins here, and go behind it."""
        self.peek()
        try:
            value, self.at = self.read(self.text, self.at)
        except json.JSONDecodeError as error:
            self.at = error.pos
            self._fail(f"this is no JSON: {error.msg}")
        except RecursionError:
            self._fail("lists and objects are nested too deeply")
        except ValueError as error:
            self._fail(f"this is no JSON: {error}")
        _require_clean_value(f"{self.path}:{self._line_number()}", value)
        checked: Json = value
        return checked

    def peek(self) -> str:
        """Return the next character that is not blank, or nothing at the end."""
        self.at = _BLANKS.match(self.text, self.at).end()  # type: ignore[union-attr]
        return self.text[self.at : self.at + 1]

    def expect(self, character: str) -> None:
        """Go behind a character. Raises KgError where another stands here."""
        if self.peek() != character:
            self._fail(f"this is no JSON: '{character}' is expected here")
        self.at += 1

    def require_end(self) -> None:
        """Raise KgError where the text goes on."""
        if self.peek():
            self._fail("this is no JSON: something follows its end")

    def _line_number(self) -> int:
        self.line += self.text.count("\n", self._counted, self.at)
        self._counted = max(self._counted, self.at)
        return self.line

    def _fail(self, message: str) -> None:
        raise KgError(
            f"{self.path}:{self._line_number()}: {message}", hint="save the file anew"
        ) from None

    def _no_number(self, word: str) -> None:
        raise ValueError(f"{word} is no number")


def _require_clean_value(place: str, value: Json) -> None:
    """Check every text in a value, without recursion."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str(text):
                require_clean(place, text)
            case list(items):
                waiting += items
            case dict(entries):
                waiting += entries.values()
                waiting += entries.keys()
