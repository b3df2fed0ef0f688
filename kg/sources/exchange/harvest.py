"""What is taken from a file of another program, in the making."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, NoReturn

from kg.dates.edtf import parse_date
from kg.dates.errors import DateError
from kg.diagnostics import KgError, did_you_mean
from kg.files.foreign import ForeignItem, Json, paragraph_numbers, read_text
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.ontology import Ontology
from kg.ontology.namespaces import KG
from kg.ontology.patterns import matching_texts
from kg.ontology.terms import Relation
from kg.sources.sourcetext import Plain
from kg.sources.tables.convert import ConvertedRecords, ImportCounts
from kg.sources.tables.ledger import Ledger
from kg.sources.tables.mistakes import MapMistakes
from kg.sources.tables.plan import FileMap
from kg.sources.values import ID

UNKNOWN = "?"
"""A time that is told, and cannot be said as a date."""

_LONG_LINE = 100_000
"""In a line of more characters no words are quoted: to look for them there would take too long."""

_MOST_LETTERS = 60
"""The length of an id that another program gave, and that stays."""


class World(NamedTuple):
    """What files are read into: the workspace without what the map made before, the ids that were
    given, and what is made.
    """

    ontology: Ontology
    corpus: Corpus
    ledger: Ledger
    records: ConvertedRecords


class Harvest:
    """The things and assertions of a file, with counts of what was left out and why."""

    def __init__(self, plan: FileMap, path: Path, world: World, noun: str = "record") -> None:
        self.plan, self.path, self.world = plan, path, world
        self.ontology = world.ontology
        self.told = ImportCounts(plan.file, noun)
        self.keeps_ids = True
        self.types: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._taken: set[str] = set()
        self._met: set[str] = set()
        self._require_terms()

    def _require_terms(self) -> None:
        """Raise KgError where the map names classes or relations that the ontology lacks."""
        mistakes = MapMistakes()
        for what, words, terms in (
            ("class", self.plan.types, self.ontology.classes),
            ("relation", self.plan.relations, self.ontology.relations),
        ):
            for name in words.values():
                if name not in terms:
                    hint = did_you_mean(name, terms) or "kg ontology lists them"
                    mistakes.add(self.plan.span, f"no {what} is called '{name}'", hint)
        mistakes.raise_all()

    def fail(self, message: str, hint: str) -> NoReturn:
        """Raise KgError with the place in the map."""
        raise KgError(f"{self.plan.span}: {message}", hint=hint)

    @cached_property
    def text(self) -> str:
        """The text of the file."""
        return read_text(self.path)

    @cached_property
    def _paragraphs(self) -> list[int]:
        return paragraph_numbers(self.text)

    def add_article(self) -> None:
        """Add the file as an article. Raises KgError where the map does not say whose it is."""
        article: dict[str, Plain] = {"type": "dataset", **self.plan.article}
        for name in ("publisher", "originator"):
            if name not in article:
                hint = "as in article: {publisher: ID, originator: ID, published: 2024-01-15}"
                self.fail(f"the map does not name the {name} of '{self.plan.file}'", hint)
        paragraphs = str(self._paragraphs[-1] if self._paragraphs else 0)
        sha256 = hashlib.sha256(self.path.read_bytes()).hexdigest()
        article |= {"paragraphs": paragraphs, "text_sha256": sha256}
        self.add("articles", self.plan.id, article)

    def add(self, section: str, id: str, record: dict[str, Plain]) -> None:
        """Add a record with an id. Raises KgError where the map made one of that id before."""
        records = self.world.records.sections.setdefault(section, {})
        if id in records:
            self.fail(f"'{id}' is made twice", "give one of them an id of its own under 'ids:'")
        records[id] = {name: value for name, value in record.items() if value}
        self.told.records[section] += 1

    def has_made(self, id: str, name: str) -> bool:
        """Whether the map has made an actor of that id and name, of this file or another one."""
        actor = self.world.records.sections.get("actors", {}).get(id)
        return isinstance(actor, dict) and actor.get("label") == name

    def lose(self, reason: str) -> None:
        """Count what was left out."""
        self.told.left_out[reason] += 1

    def lose_others(self, properties: Mapping[str, object], used_names: Iterable[str]) -> None:
        """Count the properties of an entity that were not used."""
        for name in properties.keys() - used_names:
            self.lose(f"property {name}")

    def note_idle_words(self) -> None:
        """Note the words of the map that the file does not have: they may be mistyped."""
        idle_words_by_key = {"ids": [word for word in self.plan.ids if word not in self._met]}
        for key, words in (("types", self.plan.types), ("relations", self.plan.relations)):
            idle_words_by_key[key] = [word for word in words if not self._is_written(word)]
        for key, idle_words in idle_words_by_key.items():
            place = f"{self.plan.span}: nothing in {self.plan.file} is called"
            self.told.idle += [f"{place} '{word}' ({key})" for word in idle_words]

    def _is_written(self, word: str) -> bool:
        """Whether the file has a word, be it escaped as JSON can be."""
        ways = {json.dumps(word, ensure_ascii=way)[1:-1] for way in (True, False)}
        return any(each in self.text for each in ways)

    def terms(self, annotation: str) -> dict[str, str]:
        """Return classes or relations by what an annotation of the core says of them."""
        annotations, names = self.ontology.texts(f"{KG}{annotation}"), self._names
        return {
            text: names[iri] for iri, texts in annotations.items() if iri in names for text in texts
        }

    @cached_property
    def _names(self) -> dict[str, str]:
        """Classes and relations by their IRIs."""
        names = {each.iri: name for name, each in self.ontology.classes.items()}
        return names | {each.iri: name for name, each in self.ontology.relations.items()}

    def id_of(self, key: str, name: str) -> str:
        """Return the id for an entity: what the map says, the entity's own if it can be one here,
        or a new one, made of the name.
        """
        if key not in self._ids:
            own = key if self.keeps_ids and _is_id(key) else ""
            mapped_id = self._given_id(key, name)
            self._ids[key] = mapped_id or own or self.world.ledger.id_for("", key, name)
        return self._ids[key]

    def _given_id(self, key: str, name: str) -> str:
        """The id that the map gives to an entity, or nothing."""
        self._met |= {key, name}
        return self.plan.ids.get(key) or self.plan.ids.get(name, "")

    def is_known(self, key: str, name: str) -> bool:
        """Whether the map says that an entity is a thing of the workspace. Raises KgError where
        there is none of that id.
        """
        mapped_id = self._given_id(key, name)
        if not mapped_id:
            return False
        sections = self.world.records.sections.values()
        things = self.world.corpus.things
        if mapped_id in things:
            self.types[key] = things[mapped_id].type.id
        elif mapped_id in self.world.corpus.articles:
            self.types[key] = ""
        elif not any(mapped_id in section for section in sections):
            hint = (
                did_you_mean(mapped_id, things) or "record it first, under 'things:' or in a source"
            )
            self.fail(f"'{mapped_id}' of 'ids:' is neither a thing nor an article", hint)
        self._ids[key] = mapped_id
        return True

    def own_id(self, key: str, id: str) -> None:
        """Note the id that an entity had in a workspace from which it came."""
        if _is_id(id):
            self._ids.setdefault(key, id)

    def note_thing(self, key: str, id: str) -> None:
        """Note that an entity is a thing of the workspace."""
        self._ids[key] = id
        self.types[key] = self.world.corpus.things[id].type.id

    @cached_property
    def actors_by_name(self) -> dict[str, str]:
        """Actors of the workspace by their names, where just one is called so."""
        actors = self.world.corpus.actors.values()
        ids = group_pairs((label.text, thing.id) for thing in actors for label in thing.labels)
        return {name: each[0] for name, each in ids.items() if len(set(each)) == 1}

    @cached_property
    def identified(self) -> dict[str, str]:
        """Things of the workspace by their ids at Wikidata."""
        return {
            each.value: thing.id
            for thing in self.world.corpus.things.values()
            for each in thing.ids
            if each.scheme == "wikidata"
        }

    @cached_property
    def labelled(self) -> dict[str, str]:
        """Classes by their labels."""
        return {each.label: name for name, each in self.ontology.classes.items()}

    @cached_property
    def relations_labelled(self) -> dict[str, str]:
        """Relations by their labels, in lower case."""
        return {each.label.casefold(): name for name, each in self.ontology.relations.items()}

    def is_identifier(self, scheme: str, id: str) -> bool:
        """Whether a register that the ontology knows can have an id."""
        scheme_term = self.ontology.schemes.get(scheme)
        return scheme_term is not None and bool(matching_texts(scheme_term.pattern, [id]))

    def add_thing(self, key: str, type: str, name: str, record: Mapping[str, Plain]) -> None:
        """Add a thing for an entity, unless the map says that the workspace has it."""
        if self.is_known(key, name):
            self.lose("meant what the workspace has (ids)")
            return
        self.types[key] = type
        kinds = self.ontology.ancestors(type)
        sections = (each for each, root in self.ontology.roots.items() if root in kinds)
        section = next(sections, "things")
        self.add(section, self.id_of(key, name), {"type": type, "label": name, **record})

    def _fits(self, relation: Relation, subject: str, object: str) -> bool:
        """Whether two entities can be the ends of a relation."""
        is_a, types = self.ontology.is_a, self.types
        return is_a(types[subject], relation.domain) and is_a(types[object], relation.range)

    def add_assertion(
        self, subject: str, relation: str, object: str, item: ForeignItem, **fields: Plain
    ) -> None:
        """Add what an entity says of two others, or count why it cannot be said."""
        if not {subject, object} <= self.types.keys():
            self.lose("tie to what is not here")
        elif not self._fits(self.ontology.relations[relation], subject, object):
            ends = f"{self.types[subject]} {relation} {self.types[object]}"
            self.lose(f"tie that the ontology does not allow: {ends}")
        else:
            id = fields.pop("id", "")
            record: dict[str, Plain] = {"id": id} if id and id not in self._taken else {}
            self._taken.add(str(id))
            record |= {"subject": self._ids[subject], "predicate": relation}
            record |= {"object": self._ids[object], **fields, "cite": self.cite(item)}
            filled_fields = {name: value for name, value in record.items() if value}
            self.world.records.assertions.append(filled_fields)
            self.told.records["assertions"] += 1

    def cite(self, item: ForeignItem) -> Plain:
        """Return the citation of an entity: its paragraph of the file, with its id as words."""
        value = item.value if isinstance(item.value, dict) else {}
        words = text_line(value.get("id"))
        place = self.text.find(f'"{words}"', item.start, item.end or None) if item.end else -1
        line = item.line + (self.text.count("\n", item.start, place) if place >= 0 else 0)
        paragraph = str(self._paragraphs[line - 1])
        if not words or len(self.text) > _LONG_LINE * len(self._paragraphs):
            return {self.plan.id: [paragraph]}
        return {self.plan.id: [{"p": paragraph, "quote": words}]}

    def when(self, first: str, last: str, relation: str) -> str:
        """Return from when to when something was, or the day of an event, as EDTF. An end that is
        told and cannot be read is unknown (``2001/``); one that is not told is open (``2001/..``).
        """
        ends = [self._date(each) for each in (first, last)]
        if not any(ends):
            return ""
        if ends[0] == ends[1]:
            return ends[0]
        if self.ontology.relations[relation].is_state:
            untold = ["" if has_words else ".." for has_words in (first, last)]
            return "/".join(end or other for end, other in zip(ends, untold, strict=True))
        return f"[{ends[0]}..{ends[1]}]" if all(ends) else ends[0] or ends[1]

    def _date(self, text: str) -> str:
        day = text.partition("T")[0].strip()
        if text == UNKNOWN:
            return ""
        try:
            return parse_date(day).text if day else ""
        except DateError:
            self.lose("value that is no date")
            return ""


def _is_id(text: str) -> bool:
    return ID.fullmatch(text) is not None and len(text) <= _MOST_LETTERS


def words_of(value: Json) -> list[str]:
    """The texts of a value that is one or a list of them, each in one line, none twice."""
    texts = map(text_line, value if isinstance(value, list) else [value])
    return list(dict.fromkeys(text for text in texts if text))


def text_line(value: Json) -> str:
    """A value as a text in one line; nothing where it is no text."""
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else ""


def objects_in(value: Json) -> Iterable[dict[str, Json]]:
    """The objects of a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
