"""RIS as CSL: lines of a tag of two letters, two blanks, a hyphen, a blank and a value.

A value may go on in lines without a tag. ``TY`` begins an entry and ``ER`` ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.diagnostics import KgError
from kg.files.foreign import ForeignItem, Json, require_clean
from kg.sources.bibliography.item import date_parts, first_filled

_LINE = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")
_TYPES = {
    "ADVS": "motion_picture",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry",
    "GOVDOC": "report",
    "HEAR": "hearing",
    "ICOMM": "personal_communication",
    "JOUR": "article-journal",
    "MAP": "map",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "SLIDE": "speech",
    "SOUND": "song",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "VIDEO": "motion_picture",
}
_VARIABLES = {
    "title": ("TI", "T1", "CT", "BT"),
    "container-title": ("T2", "JO", "JF", "JA", "J2"),
    "collection-title": ("T3",),
    "publisher": ("PB",),
    "publisher-place": ("CY",),
    "volume": ("VL",),
    "issue": ("IS",),
    "edition": ("ET",),
    "DOI": ("DO",),
    "URL": ("UR", "L2"),
    "abstract": ("AB", "N2"),
    "note": ("N1",),
    "language": ("LA",),
    "archive_location": ("AV",),
}
"""The tags of each variable of CSL; the first that stands there counts."""

_HELD = {"TY", "ER", "ID", "AU", "A1", "PY", "Y1", "DA", "Y2", "SP", "EP", "SN"}
_HELD |= {tag for tags in _VARIABLES.values() for tag in tags}


def ris_items(path: Path, text: str) -> Iterator[ForeignItem]:
    """Yield the entries of a file. Raises KgError, with file and line, where it is no RIS."""
    begun, tags, last, more = 0, dict[str, list[str]](), "", list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line.rstrip())
        if not line.strip():
            continue
        require_clean(f"{path}:{number}", line)
        if match is None:
            if not last:
                _fail(path, number, "this line has no tag")
            more.append(line.strip())
            continue
        _continue(tags, last, more)
        last, value = match.groups()
        if last == "TY" and begun:
            _fail(path, number, f"an entry begins, and that of line {begun} has no end")
        if last != "TY" and not begun:
            _fail(path, number, f"'{last}' stands outside of an entry")
        begun = begun or number
        tags.setdefault(last, []).append(value.strip())
        if last == "ER":
            yield ForeignItem(begun, _item(tags, begun))
            begun, tags, last = 0, {}, ""
    if begun:
        _fail(path, begun, "this entry has no end")


def _continue(tags: dict[str, list[str]], last: str, more: list[str]) -> None:
    """Put lines without a tag behind the value of the last one."""
    if more:
        tags[last][-1] = " ".join([tags[last][-1], *more])
        more.clear()


def _fail(path: Path, line: int, message: str) -> None:
    hint = "an entry is 'TY  - NEWS', lines like 'TI  - A title', and 'ER  -'"
    raise KgError(f"{path}:{line}: {message}", hint=hint)


def _item(tags: Mapping[str, list[str]], line: int) -> dict[str, Json]:
    firsts = {tag: next(filter(None, values), "") for tag, values in tags.items()}
    item: dict[str, Json] = {
        "id": firsts.get("ID") or f"entry-{line}",
        "type": _TYPES.get(firsts["TY"], "document"),
    }
    for variable, names in _VARIABLES.items():
        item[variable] = first_filled(firsts, names)
    authors: list[Json] = [
        _name(each) for tag in ("AU", "A1") for each in tags.get(tag, ()) if each
    ]
    pages = [firsts[tag] for tag in ("SP", "EP") if firsts.get(tag)]
    number = "ISBN" if item["type"] in ("book", "chapter") else "ISSN"
    item |= {"author": authors, "page": "-".join(dict.fromkeys(pages))}
    item[number] = firsts.get("SN", "")
    for variable, names in {"issued": ("DA", "PY", "Y1"), "accessed": ("Y2",)}.items():
        if first := first_filled(firsts, names):
            item[variable] = date_parts(first)
    item |= {f"RIS {tag}": firsts[tag] for tag in tags if tag not in _HELD}
    return item


def _name(text: str) -> dict[str, Json]:
    """``Last, First, Suffix``; a name without a comma is one of a body."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        return {"literal": text}
    return dict(zip(("family", "given", "suffix"), parts, strict=False))
