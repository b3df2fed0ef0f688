"""A version of a workspace in which some things have no name: for publication where naming them
would do harm.

Their ids, labels, aliases and other registers' ids go, and so does every mention of a name in any
other text: titles, notes, quotations, ids of assertions, addresses of sources. What they did stays.
It takes names as the workspace has them: nobody knows which other words point to a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from kg.dates import Date
from kg.diagnostics import KgError, did_you_mean
from kg.export.actors import PERSON, schema_of
from kg.model import Thing
from kg.model.corpus import Corpus
from kg.model.references import Text
from kg.ontology import Ontology
from kg.reading import Reading

_WITHHELD = "[name withheld]"
_SHORTEST = 3
"""So many letters a part of a person's name has at least that is taken for a name by itself."""


def redact_reading(reading: Reading, names: Iterable[str]) -> Reading:
    """Return a reading without the names of some things: ``names`` are ids of things, and classes.

    Raises KgError where something is called neither.
    """
    redacted = _redacted_ids(reading, names)
    redactor = _Redactor(reading.written, redacted, reading.ontology)
    return replace(reading.saying(redactor.corpus()), texts={}, scripts=())


def _redacted_ids(reading: Reading, names: Iterable[str]) -> set[str]:
    """The ids of the things to redact, with all others that stand for one of them."""
    corpus, ontology = reading.corpus, reading.ontology
    main: set[str] = set()
    for name in names:
        if name in corpus.things or name in corpus.main_ids:
            main.add(corpus.main_id(name))
        elif name in ontology.classes:
            things = corpus.things.values()
            main |= {t.id for t in things if name in {t.type.id, *ontology.ancestors(t.type.id)}}
        else:
            known_names = [*corpus.things, *ontology.classes]
            hint = did_you_mean(name, known_names)
            raise KgError(f"--redact: no thing and no class is called '{name}'", hint=hint)
    written_things = reading.written.things
    return {id for id in written_things if corpus.main_id(id) in main}


class _Redactor:
    """Replaces names in every text of a corpus, whatever holds it."""

    def __init__(self, corpus: Corpus, redacted: Collection[str], ontology: Ontology) -> None:
        self._written, self._chosen = corpus, redacted
        number = {id: n for n, id in enumerate(sorted(redacted), 1)}
        self._ids = {id: f"withheld-{n}" for id, n in number.items()}
        words: set[str] = set()
        for id in redacted:
            thing = corpus.things[id]
            words |= {id, *_names_of(thing)}
            if schema_of(thing, ontology) == PERSON:
                words |= _parts(_names_of(thing))
        self._pattern = _pattern(words)
        self._vocabulary = {*ontology.relations, *ontology.classes, *ontology.qualifiers}
        self._labels = {
            id: f"{ontology.classes[corpus.things[id].type.id].label} {n} {_WITHHELD}"
            for id, n in number.items()
        }

    def corpus(self) -> Corpus:
        """The corpus without the names."""
        redacted_corpus = replace(
            self._written, things={id: self._thing(t) for id, t in self._written.things.items()}
        )
        self._name_records(redacted_corpus)
        result: Corpus = self._value(redacted_corpus)
        return result

    def _thing(self, thing: Thing) -> Thing:
        if thing.id not in self._chosen:
            return thing
        label = Text(self._labels[thing.id], thing.span, "en")
        return replace(thing, labels=(label,), aliases=(), ids=(), note="", short="")

    def _name_records(self, corpus: Corpus) -> None:
        """Give a new id to every record whose own id tells a name."""
        taken_ids = corpus.ids
        for id in sorted(taken_ids - self._ids.keys()):
            if self._pattern.search(id):
                plain = self._pattern.sub("withheld", id)
                numbered = (f"{plain}-{n}" for n in range(2, len(taken_ids) + 3))
                free = (other for other in (plain, *numbered) if other not in taken_ids)
                self._ids[id] = next(free)
                taken_ids.add(self._ids[id])

    def _value(self, value: Any) -> Any:
        """A value of any kind with its texts changed."""
        if isinstance(value, str):
            return value if isinstance(value, Enum) else self._text(value)
        if isinstance(value, Text):
            return value._replace(text=self._text(value.text), span=self._value(value.span))
        if isinstance(value, Mapping):
            return {self._value(key): self._value(each) for key, each in value.items()}
        if isinstance(value, tuple):
            redacted_values = [self._value(each) for each in value]
            return (
                type(value)(*redacted_values)
                if hasattr(value, "_fields")
                else tuple(redacted_values)
            )
        if is_dataclass(value) and not isinstance(value, type | Date):
            names = [field.name for field in fields(value) if field.init]
            return replace(value, **{name: self._value(getattr(value, name)) for name in names})
        return value

    def _text(self, text: str) -> str:
        if text in self._ids:
            return self._ids[text]
        if text in self._vocabulary:
            return text
        if not self._pattern.search(text):
            return text
        is_address = "://" in text
        return "" if is_address else self._pattern.sub(_WITHHELD, text)


def _names_of(thing: Thing) -> set[str]:
    names = {label.text for label in thing.labels} | {alias.name.text for alias in thing.aliases}
    return names | ({thing.short} if thing.short else set())


def _parts(names: Iterable[str]) -> set[str]:
    """The words of names, of which a mere one often stands for the person."""
    return {part for name in names for part in re.split(r"[\W_]+", name) if len(part) >= _SHORTEST}


def _pattern(words: Collection[str]) -> re.Pattern[str]:
    """What finds any of some names: whole words where they begin and end with a letter of a script
    that parts words.
    """
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    parts = [f"{_edge(word[0])}{re.escape(word)}{_end(word[-1])}" for word in longest_first]
    return re.compile("|".join(parts) or "(?!)", re.IGNORECASE)


def _end(letter: str) -> str:
    """Where a name ends: before or behind the sign of the genitive, which ids have without an
    apostrophe.
    """
    edge = _edge(letter)
    return f"(?:['’]?s)?{edge}" if edge else ""


def _edge(letter: str) -> str:
    return r"(?:\b|(?<=_)|(?=_))" if letter.isalnum() and letter < "\u2e80" else ""
