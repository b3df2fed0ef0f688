"""Which id each text of a table has got: a file beside the map that is only ever appended to.

Without it a row that is added later could take the id that another one has had.
"""

from __future__ import annotations

import csv
import io
from itertools import chain, count

from kg.diagnostics import KgError
from kg.sources.tables.templates import NO_LETTERS, id_letters

_HEADER = ("before", "text", "id")
_HINT = "bring it back from git: ids that were given must stay"


class Ledger:
    """The ids given so far: by what stands before them and the text that they are for."""

    def __init__(self, name: str, data: bytes = b"") -> None:
        """Read a ledger's file. Raises KgError where it is none."""
        self._ids: dict[tuple[str, str], str] = {}
        self._new: list[tuple[str, str, str]] = []
        self._data = data
        self._taken: set[tuple[str, str]] = set()
        self.shared: dict[str, set[str]] = {}
        self.without_letters: list[str] = []
        self._read(name)

    def _read(self, name: str) -> None:
        """Take the ids of the file. Raises KgError, with its line, where something is wrong."""
        try:
            reader = csv.reader(io.StringIO(self._data.decode("utf-8"), newline=""), strict=True)
            header = next(reader, None)
            if header is not None and tuple(header) != _HEADER:
                raise KgError(f"{name} is no ledger of ids", hint=_HINT)
            for cells in filter(None, reader):
                place = f"{name}:{reader.line_num}"
                if len(cells) != len(_HEADER):
                    raise KgError(f"{place}: this line is none of a ledger of ids", hint=_HINT)
                self._take(place, *cells)
        except (UnicodeDecodeError, csv.Error) as error:
            raise KgError(f"{name} is no ledger of ids: {error}", hint=_HINT) from None

    def _take(self, place: str, before: str, text: str, id: str) -> None:
        """Take the id of a text. Two branches of a history may have given one id twice."""
        if self._ids.get((before, text)) == id:
            return
        if (before, text) in self._ids or (before, id) in self._taken:
            message = f"{place}: the text '{text}' has another id, or '{id}' is another text's"
            raise KgError(message, hint="keep the line that was there before, and import anew")
        self._ids[before, text] = id
        self._taken.add((before, id))

    def id_for(self, before: str, text: str, words: str = "") -> str:
        """Return the id for a text behind some letters: the same each time, and no other text's.
        A new one is made of the words, or else of the text.
        """
        key = (before, text)
        if key not in self._ids:
            plain = id_letters(words or text)
            names = chain([plain], (f"{plain}-{number}" for number in count(2)))
            id = next(name for name in names if (before, name) not in self._taken)
            self._ids[key] = id
            self._taken.add((before, id))
            self._new.append((before, text, id))
            if plain == NO_LETTERS and NO_LETTERS not in (words or text).lower():
                self.without_letters.append(text)
            elif id != plain:
                self.shared.setdefault(f"{before}{plain}", set()).add(text)
        return self._ids[key]

    def data(self) -> bytes:
        """The file with what is new appended."""
        lines = io.StringIO(newline="")
        writer = csv.writer(lines, lineterminator="\n")
        if not self._data:
            writer.writerow(_HEADER)
        elif self._new and not self._data.endswith(b"\n"):
            lines.write("\n")
        writer.writerows(self._new)
        return self._data + lines.getvalue().encode()
