"""Entries of a bibliography as the fields of articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kg.dates.edtf import parse_date
from kg.dates.errors import DateError
from kg.diagnostics import KgError
from kg.files.foreign import MOST_BYTES, ForeignItem, Json, json_items, read_text
from kg.ontology import Ontology
from kg.sources.bibliography.bibtex import bibtex_items
from kg.sources.bibliography.ris import ris_items

ENDINGS = {".json": "CSL-JSON", ".bib": "BibTeX", ".ris": "RIS"}
"""The formats that are read, by the ending of a file's name."""

_READERS: Mapping[str, Callable[[Path, str], Iterator[ForeignItem]]] = {
    ".json": partial(json_items, name="items"),
    ".bib": bibtex_items,
    ".ris": ris_items,
}

_CONTAINED = ("article-newspaper", "article-magazine", "article-journal", "post-weblog", "webpage")
"""Types of CSL whose publisher is what they appeared in."""

_DETAILS = {
    "container-title": "in",
    "collection-title": "series",
    "volume": "volume",
    "issue": "issue",
    "number": "number",
    "page": "pages",
    "edition": "edition",
    "publisher-place": "place",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "status": "status",
}
"""What an article has no field for, and its note can tell: by the variable of CSL, the word."""

_USED = {"id", "type", "title", "language", "author", "publisher", "issued", "accessed", "URL"}
_USED |= {"authority", "DOI", "archive_location", "note", *_DETAILS}


class BibliographyEntry(NamedTuple):
    """A source as a bibliography tells of it.

    ``place`` is its file and line, ``fields`` those of an article that are texts (``title``,
    ``author``, ``url``, ``doi``, ``published``, ``accessed``, ``archived``, ``note``).
    ``publishers`` and ``authors`` are names, of which a curator makes ids; ``persons`` are those of
    the authors that are told in parts. ``left_out`` names the variables of CSL that an article
    cannot hold.
    """

    key: str
    place: str
    csl_type: str
    fields: Mapping[str, str]
    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    persons: frozenset[str] = frozenset()

    @property
    def is_in_periodical(self) -> bool:
        """Whether it appeared in a paper or on a site, whose writers write for it."""
        return self.csl_type in _CONTAINED


def read_bibliography(path: Path) -> list[BibliographyEntry]:
    """Return the entries of a file of CSL-JSON (``.json``), BibTeX or BibLaTeX (``.bib``) or RIS
    (``.ris``), in its order.

    Raises KgError, with file and line, where it cannot be read or a key stands twice.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        endings = ", ".join(f"{name} ({each})" for each, name in ENDINGS.items())
        raise KgError(f"{path} is no bibliography that can be read", hint=f"save it as {endings}")
    text = read_text(path, MOST_BYTES if ending == ".json" else MOST_BYTES // 4)
    entries: dict[str, BibliographyEntry] = {}
    for item in _READERS[ending](path, text):
        if not isinstance(item.value, dict) or not {"id", "type"} <= item.value.keys():
            hint = 'each has an "id" and a "type": export it as CSL-JSON'
            raise KgError(f"{path}:{item.line}: this is no entry of CSL-JSON", hint=hint)
        entry = _entry(f"{path}:{item.line}", item.value)
        if entry.key in entries:
            first = entries[entry.key].place
            message = f"{entry.place}: the key '{entry.key}' stands at {first} already"
            raise KgError(message, hint="give each entry a key of its own")
        if not entry.key:
            raise KgError(f"{entry.place}: this entry has no key", hint="give it one")
        entries[entry.key] = entry
    if not entries:
        raise KgError(f"{path} holds no entry of {ENDINGS[ending]}", hint="look what was exported")
    return list(entries.values())


def source_type(entry: BibliographyEntry, ontology: Ontology) -> str:
    """Return the word of the ontology for an entry's type: ``document`` where it knows none."""
    words = {each.csl_type: word for word, each in sorted(ontology.source_types.items())}
    plain = entry.csl_type.replace("_", "-")
    return plain if plain in ontology.source_types else words.get(entry.csl_type, "document")


def _entry(place: str, item: Mapping[str, Json]) -> BibliographyEntry:
    csl_type = _text(item.get("type"))
    contained = csl_type in _CONTAINED and bool(_text(item.get("container-title")))
    publisher_key = "container-title" if contained else "publisher"
    published, undated = _date(item.get("issued"))
    accessed, _ = _date(item.get("accessed"))
    authors = _names(item.get("author"))
    doi, url = _doi(_text(item.get("DOI"))), _text(item.get("URL"))
    archived = _text(item.get("archive_location"))
    details = [
        f"{word} {value}"
        for name, word in _DETAILS.items()
        if name != publisher_key and (value := _text(item.get(name)))
    ]
    if undated:
        details.append(f"dated {undated}")
    fields = {
        "title": _text(item.get("title")),
        "author": ", ".join(authors),
        "url": url if _is_address(url) else "",
        "doi": doi,
        "published": published,
        "accessed": accessed,
        "archived": archived if _is_address(archived) else "",
        "note": "; ".join(filter(None, [_text(item.get("note")), ", ".join(details)])),
    }
    kept_fields = {name: value for name, value in fields.items() if value}
    lost_fields = {
        "URL": "url",
        "DOI": "doi",
        "archive_location": "archived",
        "accessed": "accessed",
    }
    left_out = [
        name for name, field in lost_fields.items() if item.get(name) and field not in kept_fields
    ]
    left_out += sorted(name for name in item if name not in _USED and item[name])
    publisher = _text(item.get(publisher_key)) or _text(item.get("authority"))
    publishers = (publisher,) if publisher else ()
    key = _text(item.get("id"))
    persons = frozenset(_names(item.get("author"), "family"))
    return BibliographyEntry(
        key, place, csl_type, kept_fields, publishers, authors, tuple(left_out), persons
    )


def _text(value: object) -> str:
    """A value as a text in one line; nothing where it is no text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())


def _names(value: object, part: str = "") -> tuple[str, ...]:
    """The names of a list, of those that have a part (empty: of all)."""
    people = value if isinstance(value, list) else []
    named_people = [each for each in people if isinstance(each, dict) and each.get(part, not part)]
    return tuple(filter(None, map(_name, named_people)))


def _name(person: Mapping[str, object]) -> str:
    """A name in the order in which it is spoken."""
    if literal := _text(person.get("literal")):
        return literal
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(filter(None, (_text(person.get(part)) for part in parts)))


def _doi(text: str) -> str:
    plain = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text, flags=re.IGNORECASE)
    return plain if re.fullmatch(r"10\.[0-9]{4,9}/\S+", plain) else ""


def _is_address(text: str) -> bool:
    return re.fullmatch(r"https?://[^\s/]+\S*", text) is not None


def _date(value: object) -> tuple[str, str]:
    """A date of CSL as EDTF, and its words where they are no date."""
    if not isinstance(value, dict):
        return "", ""
    words = _text(value.get("literal")) or _text(value.get("raw"))
    parts = value.get("date-parts")
    text = "/".join(map(_day, parts)) if isinstance(parts, list) and parts else words
    if value.get("season") and len(text) == 4:
        return "", f"season {_text(value['season'])} of {text}"
    circa = "~" if value.get("circa") and text and "/" not in text else ""
    try:
        return (parse_date(text + circa).text, "") if text else ("", "")
    except DateError:
        return "", words or text


def _day(parts: object) -> str:
    """Year, month and day: ``[2019, 11]`` is ``2019-11``."""
    numbers = [_text(part) for part in parts] if isinstance(parts, Iterable) else []
    if not numbers or not all(re.fullmatch("-?[0-9]{1,4}", number) for number in numbers[:3]):
        return ""
    year, *rest = (int(number) for number in numbers[:3])
    sign = "-" if year < 0 else ""
    return "-".join([f"{sign}{abs(year):04}", *(f"{part:02}" for part in rest)])
