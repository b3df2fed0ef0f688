"""BibTeX and BibLaTeX as CSL, read by bibtexparser; LaTeX in texts becomes letters."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from kg.dates.calendar import MONTHS
from kg.diagnostics import KgError
from kg.files.foreign import ForeignItem, Json, require_clean
from kg.sources.bibliography.item import date_parts, first_filled

if TYPE_CHECKING:
    from bibtexparser.model import Entry

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "report",
    "mastersthesis": "thesis",
    "movie": "motion_picture",
    "mvbook": "book",
    "newspaper": "article-newspaper",
    "online": "webpage",
    "patent": "patent",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "standard": "standard",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_VARIABLES = {
    "title": ("title",),
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle"),
    "collection-title": ("series",),
    "publisher": ("publisher", "institution", "school", "organization", "howpublished"),
    "publisher-place": ("location", "address"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages",),
    "edition": ("edition",),
    "DOI": ("doi",),
    "URL": ("url",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "note": ("note", "addendum"),
    "abstract": ("abstract",),
    "language": ("langid", "language"),
}
"""The fields of each variable of CSL; the first that stands there counts."""

_HELD = {
    "author",
    "date",
    "year",
    "month",
    "day",
    "urldate",
    "entrysubtype",
    "subtitle",
    "crossref",
}
_HELD |= {name for names in _VARIABLES.values() for name in names}
_MONTHS = [month[:3].lower() for month in MONTHS]
_MOST_CHARACTERS = 20_000
_MOST_BRACES = 50
_PART = r'"[^"]*"|\{[^{}]*\}|[\w:.-]+'
_IN_PARTS = re.compile(rf"(?:{_PART})(?:\s*#\s*(?:{_PART}))+")
_AS_WRITTEN = ("url", "doi", "date", "urldate", "year", "isbn", "issn")
"""Fields in which signs of LaTeX are themselves."""


def bibtex_items(path: Path, text: str) -> Iterator[ForeignItem]:
    """Yield the entries of a file. Raises KgError, with file and line, where it is no BibTeX."""
    import bibtexparser

    for name in ("bibtexparser", "bibtexparser.splitter", "bibtexparser.library"):
        logging.getLogger(name).disabled = True  # they print what is raised here
    library = bibtexparser.parse_string(text)
    for block in library.failed_blocks:
        error = getattr(block, "error", "")
        reason = str(getattr(error, "abort_reason", "") or error).split(" Note:")[0]
        message = f"{path}:{(block.start_line or 0) + 1}: this entry cannot be read: {reason[:200]}"
        raise KgError(message, hint="mend the entry: @article{key, title = {...}, year = {...}}")
    strings = {key.lower(): str(each.value) for key, each in library.strings_dict.items()}
    entries = [
        (line, entry, _fields(entry, f"{path}:{line}", strings))
        for entry in library.entries
        for line in [(entry.start_line or 0) + 1]
    ]
    by_key = {entry.key.lower(): fields for _, entry, fields in entries}
    for line, entry, fields in entries:
        parent = by_key.get(fields.get("crossref", "").lower(), {})
        inherited_fields = {
            _INHERITED_AS.get(name, name): text
            for name, text in parent.items()
            if name not in _NOT_INHERITED
        }
        yield ForeignItem(line, _item(entry, {**inherited_fields, **fields}))


_INHERITED_AS = {"title": "booktitle", "author": "bookauthor", "subtitle": "booksubtitle"}
"""What fields of the book are called in an entry that refers to it."""

_NOT_INHERITED = ("doi", "url", "urldate", "crossref")
"""Fields of the book that lead to it as a whole: of two chapters they would be one address."""


def _fields(entry: Entry, place: str, strings: Mapping[str, str]) -> dict[str, str]:
    """The fields by name, without LaTeX: ``{\\"u}`` is a letter."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        name, value = field.key.lower(), _join_parts(str(field.value), strings)
        require_clean(place, value)
        if name not in _HELD or name == "abstract":
            value = "..."
        elif len(value) > _MOST_CHARACTERS or _depth(value) > _MOST_BRACES:
            message = f"{place}: the field '{name}' is too long, or its braces nest too deeply"
            raise KgError(
                message, hint=f"at most {_MOST_CHARACTERS} characters are read of a field"
            )
        elif name in _AS_WRITTEN:
            value = re.sub(r"[{}]|\\(?=[_%&#])", "", value)
        elif name != "author":
            value = _plain(value)
        fields.setdefault(name, value)
    return fields


def _join_parts(text: str, strings: Mapping[str, str]) -> str:
    """A value in several parts as one: ``"Journal of " # name``."""
    if not _IN_PARTS.fullmatch(text):
        return text
    parts = re.findall(_PART, text)
    return "".join(
        part[1:-1] if part[0] in '"{' else strings.get(part.lower(), part) for part in parts
    )


def _depth(text: str) -> int:
    """How deeply braces nest."""
    return max(accumulate((c == "{") - (c == "}") for c in text if c in "{}"), default=0)


def _plain(text: str) -> str:
    if not re.search(r"[\\{}$~]|--", text):
        return text
    from pylatexenc.latex2text import LatexNodes2Text

    return str(
        LatexNodes2Text(math_mode="verbatim").latex_to_text(re.sub(r"(?<!\\)%", r"\\%", text))
    )


def _item(entry: Entry, fields: Mapping[str, str]) -> dict[str, Json]:
    from bibtexparser.middlewares.names import split_multiple_persons_names

    kind = _TYPES.get(entry.entry_type.lower(), "document")
    subtype = fields.get("entrysubtype", "")
    item: dict[str, Json] = {"id": entry.key, "type": _SUBTYPES.get(subtype, kind)}
    for variable, names in _VARIABLES.items():
        item[variable] = first_filled(fields, names)
    if fields.get("subtitle"):
        item["title"] = f"{item['title']}: {fields['subtitle']}"
    if re.match(r"<?https?://", str(item["publisher"])):
        item["URL"] = item["URL"] or str(item["publisher"]).strip("<> ")
        item["publisher"] = ""
    item["page"] = re.sub("[-\u2013]+", "-", str(item["page"]))
    item["author"] = [
        _name(each) for each in split_multiple_persons_names(fields.get("author", ""))
    ]
    if issued := _issued(fields):
        item["issued"] = issued
    if fields.get("urldate"):
        item["accessed"] = date_parts(fields["urldate"])
    item |= {f"BibTeX {name}": value for name, value in fields.items() if name not in _HELD}
    return item


def _name(text: str) -> dict[str, Json]:
    """``Last, First`` or ``First Last``; one in braces is a body's."""
    if text == "others":
        return {"literal": "and others"}
    parts = [_plain(part.strip()) for part in text.split(",")]
    if text.startswith("{") or len(parts) == 1:
        return {"literal": _plain(text)}
    names = ("family", "given") if len(parts) == 2 else ("family", "suffix", "given")
    return dict(zip(names, parts, strict=False))


def _issued(fields: Mapping[str, str]) -> dict[str, Json]:
    if "/" in fields.get("date", ""):
        return {"literal": fields["date"]}  # from the one to the other
    if fields.get("date"):
        return date_parts(fields["date"])
    parts = [fields.get("year", "").strip(), _month(fields.get("month", "")), fields.get("day", "")]
    parts_of_date = parts[: parts.index("")] if "" in parts else parts
    return date_parts("-".join(parts_of_date)) if parts_of_date else {}


def _month(text: str) -> str:
    short = text.strip().lower()[:3]
    return f"{_MONTHS.index(short) + 1:02}" if short in _MONTHS else text.strip()
