"""Records as the text of a source file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

YamlValue = str | Sequence["YamlValue"] | Mapping[str, "YamlValue"]
"""A value of a record; a list of one and the value alone are not the same."""

WIDTH = 110
"""A record's field stands in one line where that is no longer."""

_PLAIN = re.compile(r"\w(?:[\w ./()'+%-]*[\w.)%])?|https?://[^\s#,\[\]{}\"']+", re.ASCII)
_PLAIN_WORDS = re.compile(r"\w(?:[\w ./()'-]*[\w.)])?")


def flow_text(value: YamlValue) -> str:
    """Return a value in one line."""
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) or _PLAIN_WORDS.fullmatch(value)
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        parts = (f"{flow_text(key)}: {flow_text(each)}" for key, each in value.items())
        return f"{{{', '.join(parts)}}}"
    return f"[{', '.join(map(flow_text, value))}]"


def block_lines(fields: Mapping[str, YamlValue], margin: str) -> list[str]:
    """Return the lines of fields, one below the other behind a margin; what is too long for a line
    is broken into its parts.
    """
    lines: list[str] = []
    for key, value in fields.items():
        line = f"{margin}{flow_text(key)}: {flow_text(value)}"
        if len(line) <= WIDTH or isinstance(value, str):
            lines.append(line)
        elif isinstance(value, Mapping):
            lines += [f"{margin}{flow_text(key)}:", *block_lines(value, f"{margin}  ")]
        else:
            lines += [
                f"{margin}{flow_text(key)}:",
                *(f"{margin}  - {flow_text(each)}" for each in value),
            ]
    return lines


def as_list(value: YamlValue | None) -> list[YamlValue]:
    """Return the entries of a value that may be one, several or none."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
