"""A JSON Schema of source files, with the workspace's own ids by name: editors that know JSON
Schema complete and check by it without a plug-in of their own.

It lets through whatever kg might accept, so that nothing right is marked as wrong: an id that is
written but not in the schema yet is no mistake, and what a field may hold, kg check alone decides.
Draft 7, which the YAML language server reads (https://json-schema.org/draft-07), with its keywords
enumDescriptions and errorMessage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from kg.model.corpus import Corpus
from kg.model.modes import Basis, Confidence, ConflictKind, Mode, OutcomeKind, Rank
from kg.ontology import Ontology
from kg.ontology.terms import KgClass, QualifierKind, Relation
from kg.sources.assertions import ASSERTION_FIELDS
from kg.sources.citations import CITATION_FIELDS
from kg.sources.records import (
    ACTOR_FIELDS,
    ALIAS_FIELDS,
    ARTICLE_FIELDS,
    CONFLICT_FIELDS,
    NEEDED_OF_ARTICLES,
    NEEDED_OF_CONFLICTS,
    THING_FIELDS,
)
from kg.sources.sections import SECTIONS

SchemaPart = dict[str, object]

TEXT: SchemaPart = {"type": ["string", "number", "boolean", "null"]}
"""A scalar: YAML has numbers, truth values and nulls where kg reads texts, as the name Null."""
FLAG: SchemaPart = {"enum": ["true", "false", True, False]}


def source_schema(corpus: Corpus, ontology: Ontology) -> SchemaPart:
    """Return the schema of a source file: sections, fields, words, and the ids and terms there are,
    each with what it is called.
    """
    sections: SchemaPart = {name: _records(_ref(f"{name}-record")) for name in SECTIONS}
    sections["articles"] = _records(_ref("article-record"))
    sections["conflicts"] = _records(_ref("conflict-record"))
    sections["assertions"] = {"type": "array", "items": _ref("assertion-record")}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Sources of {ontology.title}".strip(),
        "type": "object",
        "properties": sections,
        "additionalProperties": False,
        "$defs": {**_names(corpus, ontology), **_records_of(ontology), **_shared(corpus)},
    }


def _names(corpus: Corpus, ontology: Ontology) -> SchemaPart:
    """The ids and terms there are, each with its label."""
    labels = {id: thing.label for id, thing in corpus.things.items()}
    titles = {id: article.title.text for id, article in corpus.articles.items()}
    assertions = {
        id: " ".join((each.subject.id, each.predicate.id, each.object_key))
        for id, each in corpus.assertions.items()
    }
    relations = {name: _described(each) for name, each in ontology.relations.items()}
    return {
        "thing": _among(labels),
        "actor": _among({id: labels[id] for id in corpus.actors}),
        "place": _among({id: t.label for id, t in corpus.things.items() if t.section == "places"}),
        "object": _among({**labels, **assertions}),
        "article": _among(titles),
        "assertion": _among(assertions),
        "relation": _among(relations),
        "source-type": _among({name: name for name in ontology.source_types}),
        **{f"{name}-class": _among(_classes(name, ontology)) for name in SECTIONS},
    }


def _classes(section: str, ontology: Ontology) -> dict[str, str]:
    return {name: _described(ontology.classes[name]) for name in ontology.classes_of(section)}


def _described(term: Relation | KgClass | QualifierKind) -> str:
    return f"{term.label}. {term.comment}".strip()


def _records_of(ontology: Ontology) -> SchemaPart:
    """The records of each section."""
    thing: SchemaPart = {
        "label": _ref("names"),
        "aliases": _one_or_many(_record(ALIAS_FIELDS, {"cite": _ref("cite")}, ("name",)), TEXT),
        "plural": FLAG,
        "ids": {"type": "object"},
    }
    records: SchemaPart = {}
    for section in SECTIONS:
        fields = ACTOR_FIELDS if section == "actors" else THING_FIELDS
        own: SchemaPart = {**thing, "type": _ref(f"{section}-class"), "acts_for": _ref("actor")}
        records[f"{section}-record"] = _record(fields, own, ("type", "label"))
    actors = _one_or_many(_ref("actor"))
    article: SchemaPart = {
        "type": _ref("source-type"),
        "title": _ref("names"),
        "publisher": actors,
        "originator": actors,
        "version_of": _ref("article"),
        "published_basis": _of(Basis),
        "archived": {},
        "retracted": {},
    }
    conflict: SchemaPart = {"kind": _of(ConflictKind), "between": _one_or_many(_ref("assertion"))}
    conflict["question"] = _ref("names")
    qualifiers: SchemaPart = {
        name: {"description": _described(each)} for name, each in ontology.qualifiers.items()
    }
    assertions = _one_or_many(_ref("assertion"))
    assertion: SchemaPart = {
        "subject": _ref("thing"),
        "predicate": _ref("relation"),
        "object": _one_or_many(_ref("object"), {"type": "object"}),
        "where": _ref("place"),
        "with": {"type": "object", "properties": qualifiers},
        "according_to": actors,
        "via": actors,
        "about": _one_or_many(_ref("thing")),
        "denies": _ref("assertion"),
        "negated": FLAG,
        "mode": _of(Mode),
        "outcome": {"anyOf": [_of(OutcomeKind), {"type": "object"}]},
        "withdrawn": {},
        "supersedes": assertions,
        "ends": _ref("assertion"),
        "begins": _ref("assertion"),
        "retroactive": FLAG,
        "confidence": _of(Confidence),
        "rank": _of(Rank),
        "basis": _of(Basis),
        "from": {},
        "until": {},
        "when": {},
        "cite": _ref("cite"),
    }
    records["article-record"] = _record(ARTICLE_FIELDS, article, NEEDED_OF_ARTICLES)
    records["conflict-record"] = _record(CONFLICT_FIELDS, conflict, NEEDED_OF_CONFLICTS)
    records["assertion-record"] = _record(ASSERTION_FIELDS, assertion)
    return records


def _shared(corpus: Corpus) -> SchemaPart:
    place = _record(CITATION_FIELDS, {"span": {"type": "array"}})
    articles: SchemaPart = {
        id: {"description": article.title.text, "anyOf": [_ref("places")]}
        for id, article in corpus.articles.items()
    }
    return {
        "names": {"anyOf": [TEXT, {"type": "object"}]},
        "places": _one_or_many(TEXT, place),
        "cite": {
            "type": "object",
            "properties": articles,
            "additionalProperties": _ref("places"),
        },
    }


def _ref(name: str) -> SchemaPart:
    return {"$ref": f"#/$defs/{name}"}


def _records(record: SchemaPart) -> SchemaPart:
    return {"type": "object", "additionalProperties": record}


def _record(
    fields: Iterable[str], own: Mapping[str, object], required: Iterable[str] = ()
) -> SchemaPart:
    """A record with some fields, which are texts where nothing else is said of them."""
    properties = {field: own.get(field, TEXT) for field in fields}
    record: SchemaPart = {"type": "object", "properties": properties, "additionalProperties": False}
    return record | ({"required": list(required)} if required else {})


def _one_or_many(*kinds: SchemaPart) -> SchemaPart:
    """One value of some kinds, or a list of such."""
    return {"anyOf": [*kinds, {"type": "array", "items": {"anyOf": list(kinds)}}]}


def _among(described: Mapping[str, str]) -> SchemaPart:
    """One of some names, each with its description, or one that is not known yet."""
    options: SchemaPart = {"enum": list(described), "enumDescriptions": list(described.values())}
    # Else the YAML language server would list all of them where a list stands instead.
    options["errorMessage"] = "one id is wanted here"
    return {"anyOf": [options, TEXT]} if described else TEXT


def _of(words: type[StrEnum]) -> SchemaPart:
    return {"enum": [word.value for word in words]}
