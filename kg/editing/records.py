"""Things, their names, and articles as drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from kg.diagnostics import KgError, did_you_mean
from kg.editing.citing import require_name
from kg.editing.files import draft_somewhere, file_of
from kg.editing.insertion import RecordDraft, draft_into
from kg.editing.names import find_class, find_thing, new_id, things_called
from kg.editing.yamltext import YamlValue
from kg.files.foreign import read_file
from kg.files.workspace import MOST_BYTES
from kg.reading import Reading
from kg.sources.bibliography.entries import BibliographyEntry, read_bibliography, source_type
from kg.sources.texts.verification import LocalFile
from kg.text.characters import fold_case

ARTICLE_ORDER = (
    *("type", "title", "publisher", "originator", "author", "url", "doi", "published"),
    *("accessed", "archived", "paragraphs", "text_sha256", "licence", "note"),
)
"""The fields of an article, in the order in which they are written."""
PUBLISHER = "newspaper"
"""What a publisher is called in the ontology that is recorded with the first article of all; later
ones are what most are.
"""


LEAST_WRAPPED = 40
"""Lines that were cut to a width have so many characters at least; most titles have fewer."""


def looks_wrapped(text: LocalFile) -> bool:
    """Whether lines of a text seem to end in the middle of a sentence, as the lines of a mail do:
    most of them, or some after which the next one goes on in lower case. Then they are no
    paragraphs.
    """
    lines = text.paragraphs
    is_open = [
        len(line) >= LEAST_WRAPPED and (line[-1].isalnum() or line[-1] in ",;-") for line in lines
    ]
    going_on = [line for line, is_cut in zip(lines[1:], is_open, strict=False) if is_cut]
    is_cut_often = sum(line[0].islower() for line in going_on) > 1
    return is_cut_often or sum(is_open) > max(2, len(lines) // 2)


def read_copy(path: Path) -> LocalFile:
    """Return a copy of an article. Raises KgError where it cannot be read, is no UTF-8, holds
    nothing or is too large.
    """
    data = read_file(path)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise KgError(f"{path} is not UTF-8", hint="save it as plain text in UTF-8") from None
    text = LocalFile(path.name, data)
    if not text.paragraphs:
        raise KgError(f"{path} holds no text")
    if len(data) > MOST_BYTES:
        raise KgError(f"{path} is larger than {MOST_BYTES:,} bytes", 3)
    return text


def bibliography_entry(path: Path, key: str = "") -> BibliographyEntry:
    """Return the entry of a bibliography that has a key, or the only one. Raises KgError where that
    leaves none, or several.
    """
    entries = {entry.key: entry for entry in read_bibliography(path)}
    if not key and len(entries) > 1:
        listed = ", ".join(sorted(entries)[:20])
        message = f"{path} has {len(entries)} entries: {listed}"
        raise KgError(message, hint="name the article's: --key KEY")
    if key and key not in entries:
        hint = did_you_mean(key, entries)
        raise KgError(f"{path} has no entry '{key}'", hint=hint)
    return entries[key] if key else next(iter(entries.values()))


def article_fields(
    text: LocalFile,
    entry: BibliographyEntry | None,
    given_fields: Mapping[str, str],
    reading: Reading,
) -> dict[str, str]:
    """Return the fields of an article, as texts, with names where it will have ids: what was given,
    then what a bibliography says, then the first line of its text as title.

    Raises KgError where nothing says who published it, or the text is recorded already.
    """
    for article in reading.written.articles.values():
        if article.text_sha256 == text.sha256:
            raise KgError(f"{text.name} is recorded already, as '{article.id}'", 1)
    values: dict[str, str] = {"title": text.paragraphs[0]}
    if entry:
        values |= entry.fields
        kind = source_type(entry, reading.ontology)
        values |= {"type": kind} if kind != "document" else {}
        values |= {"publisher": entry.publishers[0]} if entry.publishers else {}
    values |= {key: value for key, value in given_fields.items() if value}
    if "publisher" not in values:
        raise KgError("who published it? --publisher NAME", hint="its label, or its id")
    values.setdefault("originator", values["publisher"])
    count = str(len(text.paragraphs))
    return {**values, "paragraphs": count, "text_sha256": text.sha256}


def draft_article(
    reading: Reading, fields: Mapping[str, str], id: str = "", to: str = ""
) -> RecordDraft:
    """Return the draft of an article, and of its publisher and originator where these are not
    recorded.

    Raises KgError where one of their names means several.
    """
    taken_ids = reading.written.ids
    values: dict[str, YamlValue] = dict(fields)
    insertions = []
    ids: dict[str, str] = {}
    for role in ("publisher", "originator"):
        name, folded = fields[role], fold_case(fields[role])
        if things_called(name, reading.written, "actors"):
            ids[folded] = find_thing(name, reading.written, "actors")
        elif folded not in ids:
            kind = _publisher_class(reading)
            words = reading.ontology.classes[kind].label
            ids[folded] = new_id(name, {*taken_ids, *ids.values()}, words)
            record: dict[str, YamlValue] = {"type": kind, "label": name}
            insertions.append(draft_somewhere(reading, "actors", ids[folded], record, to))
        values[role] = ids[folded]
    name = f"{values['publisher']} {fields.get('published', '')}"
    id = id or new_id(name, {*taken_ids, *ids.values()})
    record = {key: values[key] for key in ARTICLE_ORDER if key in values}
    return RecordDraft(id, (*insertions, draft_somewhere(reading, "articles", id, record, to)))


def _publisher_class(reading: Reading) -> str:
    """The class of most publishers."""
    actors, articles = reading.written.actors, reading.written.articles.values()
    ids = {each.id for article in articles for each in article.publishers if each.id in actors}
    types = Counter(actors[id].type.id for id in sorted(ids))
    if types:
        return types.most_common(1)[0][0]
    return find_class(PUBLISHER, reading.ontology, "actors")


def draft_thing(
    reading: Reading, section: str, fields: Mapping[str, str], id: str = "", to: str = ""
) -> RecordDraft:
    """Return the draft of a thing with a ``label`` and perhaps a ``type`` (else the widest class of
    the section).

    Raises KgError where its class is unknown or fits no thing of the section, or where another
    thing has that name and no id tells them apart.
    """
    label, type = fields["label"], fields.get("type") or reading.ontology.roots.get(section, "")
    name = find_class(type, reading.ontology, section)
    corpus = reading.written
    if not id and (there := things_called(label, corpus)):
        listed = ", ".join(f"{each} ({corpus.things[each].label})" for each in sorted(there))
        hint = "kg add takes it by that name; another one of the name needs an --id of its own"
        raise KgError(f"there is a thing of that name already: {listed}", 1, hint=hint)
    id = id or new_id(label, corpus.ids, reading.ontology.classes[name].label)
    record: dict[str, YamlValue] = {"type": name, "label": label}
    return RecordDraft(id, (draft_somewhere(reading, section, id, record, to),))


def draft_name(
    reading: Reading, thing: str, name: str, cite: Mapping[str, YamlValue]
) -> RecordDraft:
    """Return the draft of another name of a thing. Raises KgError where the thing is unknown, or
    has that name, and where what is cited has not.
    """
    id = find_thing(thing, reading.written)
    record = reading.written.things[id]
    if fold_case(name) in (fold_case(alias.name.text) for alias in record.aliases):
        raise KgError(f"'{id}' has the name '{name}' already", 1)
    require_name(name, cite, reading)
    value: YamlValue = {"name": name, "cite": cite} if cite else name
    file = file_of(reading, record.span.file)
    return RecordDraft(id, (draft_into(file, record.section, id, ("aliases", [value])),))
