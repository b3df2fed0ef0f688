"""A version of a workspace in which some things have no name: for publication where naming them
would do harm.

Their ids, labels, aliases and other registers' ids go, and so does every mention of a name in any
other text: titles, notes, quotations, ids of assertions, addresses of sources. What they did stays.
It takes names as the workspace has them: nobody knows which other words point to a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from kg.dates import Date
from kg.diagnostics import KgError, did_you_mean
from kg.export.actors import PERSON, schema_of
from kg.export.mentions import Mentions
from kg.model import Thing
from kg.model.corpus import Corpus
from kg.model.references import Text
from kg.ontology import Ontology
from kg.ontology.namespaces import KG
from kg.ontology.terms import KgClass, Relation
from kg.reading import Reading

if TYPE_CHECKING:
    import pyoxigraph as ox

Term = TypeVar("Term", KgClass, Relation)

_WITHHELD = "[name withheld]"


def redact_reading(reading: Reading, names: Iterable[str]) -> Reading:
    """Return a reading without the names of some things: ``names`` are ids of things, and classes.

    Raises KgError where something is called neither.
    """
    redacted = _redacted_ids(reading, names)
    redactor = _Redactor(reading.written, redacted, reading.ontology)
    ontology = _redact_ontology(reading.ontology, redactor.mentions)
    return replace(reading.saying(redactor.corpus()), ontology=ontology, texts={}, scripts=())


def _redact_ontology(ontology: Ontology, mentions: Mentions) -> Ontology:
    """An ontology without names in what it says of the data set and of terms that are not kg's.
    Raises KgError where a term is called after one: what is said with it could not be read.
    """
    import pyoxigraph as ox

    _require_plain_terms(ontology, mentions)
    turtle = []
    for data in ontology.turtle:
        triples = list(ox.parse(data, ox.RdfFormat.TURTLE))
        redacted_triples = [_redact_triple(each.triple, mentions) for each in triples]
        is_same = redacted_triples == [each.triple for each in triples]
        turtle.append(
            data if is_same else ox.serialize(redacted_triples, format=ox.RdfFormat.TURTLE) or b""
        )
    classes = {name: _redact_term(each, mentions) for name, each in ontology.classes.items()}
    relations = {name: _redact_term(each, mentions) for name, each in ontology.relations.items()}
    title = mentions.replace(ontology.title, _WITHHELD)
    return replace(
        ontology, title=title, turtle=tuple(turtle), classes=classes, relations=relations
    )


def _require_plain_terms(ontology: Ontology, mentions: Mentions) -> None:
    iris = [each.iri for each in ontology.classes.values()]
    for iri in sorted([*iris, *(each.iri for each in ontology.relations.values())]):
        if not iri.startswith(KG) and mentions.are_in(iri):
            file = ontology.files.get(iri, "the ontology")
            hint = "give the term another name in a copy of the workspace"
            raise KgError(f"{file}: a term is called after what is withheld: {iri}", hint=hint)


def _redact_term(term: Term, mentions: Mentions) -> Term:
    if term.iri.startswith(KG) or not mentions.are_in(term.label):
        return term
    return replace(term, label=mentions.replace(term.label, _WITHHELD))


def _redact_triple(triple: ox.Triple, mentions: Mentions) -> ox.Triple:
    import pyoxigraph as ox

    subject, predicate, object = triple.subject, triple.predicate, triple.object
    if isinstance(subject, ox.NamedNode) and subject.value.startswith(KG):
        return triple
    if not isinstance(object, ox.Literal) or not mentions.are_in(object.value):
        return triple
    text = mentions.replace(object.value, _WITHHELD)
    if object.language:
        return ox.Triple(subject, predicate, ox.Literal(text, language=object.language))
    return ox.Triple(subject, predicate, ox.Literal(text, datatype=object.datatype))


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
        things = [corpus.things[id] for id in redacted]
        people = [thing for thing in things if schema_of(thing, ontology) == PERSON]
        self.mentions = Mentions(
            chain.from_iterable(map(_names_of, things)),
            chain.from_iterable(map(_names_of, people)),
            [*redacted, *(each.value for thing in things for each in thing.ids)],
        )
        self._vocabulary = {*ontology.relations, *ontology.classes, *ontology.qualifiers}
        kinds = {id: ontology.classes[corpus.things[id].type.id] for id in number}
        self._labels = {
            id: f"{_redact_term(kinds[id], self.mentions).label} {n} {_WITHHELD}"
            for id, n in number.items()
        }
        self._made_labels = {*self._labels.values()}

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
            if self.mentions.are_in(id):
                plain = self.mentions.replace(id, "withheld")
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
        if text in self._vocabulary or text in self._made_labels:
            return text
        return self.mentions.replace(text, _WITHHELD)


def _names_of(thing: Thing) -> set[str]:
    names = {label.text for label in thing.labels} | {alias.name.text for alias in thing.aliases}
    return names | ({thing.short} if thing.short else set())
