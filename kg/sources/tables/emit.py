"""What was made of tables as source files, each small enough to be read and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kg.sources.sourcetext import Plain
from kg.sources.tables.convert import ConvertedRecords

MOST_BYTES = 3_000_000
_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def source_files(name: str, head: str, records: ConvertedRecords) -> dict[str, bytes]:
    """Return source files by their names (``treaties-01.yaml``): things first, then assertions, a
    line each. ``head`` is a comment that says what made them.
    """
    files: list[list[str]] = []
    size, section = MOST_BYTES + 1, ""
    for name_of_section, line in _lines(records):
        if size > MOST_BYTES:
            files.append([f"{head}\n"])
            size, section = 0, ""
        if section != name_of_section:
            section = name_of_section
            files[-1].append(f"{section}:\n")
        files[-1].append(line)
        size += len(line)
    texts = ["".join(lines) for lines in files] or [f"{head}\n"]
    return {f"{name}-{number:02}.yaml": text.encode() for number, text in enumerate(texts, 1)}


def _lines(records: ConvertedRecords) -> Iterator[tuple[str, str]]:
    for section, entries in records.sections.items():
        for id, entry in entries.items():
            yield section, f"  {_key(id)}: {_flow(entry)}\n"
    for assertion in records.assertions:
        yield "assertions", f"  - {_flow(assertion)}\n"


def _flow(value: Plain) -> str:
    """A value in one line: texts are quoted, so that they mean what they say."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return f"{{{', '.join(f'{_key(key)}: {_flow(each)}' for key, each in value.items())}}}"


def _key(text: str) -> str:
    return text if _PLAIN_KEY.fullmatch(text) else json.dumps(text, ensure_ascii=False)
