"""Reading ``ontology/*.ttl``: terms with their annotations, and what is wrong with them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from functools import cache, lru_cache
from typing import Any, TypeVar

import pyoxigraph as ox

from kg.diagnostics import Diagnostic, Span, rules
from kg.files.workspace import SourceFile
from kg.ontology import UNREADABLE, Ontology
from kg.ontology.circles import circle_problems
from kg.ontology.namespaces import COMMON_PREFIXES, KG, OWL, RDF, RDFS, SCHEMA, SKOS, local_name
from kg.ontology.problems import ontology_problems
from kg.ontology.settings import read_data_set, read_reckoning, read_today
from kg.ontology.terms import (
    Annotation,
    Family,
    IdentifierScheme,
    KgClass,
    QualifierKind,
    Relation,
    SourceType,
    Stage,
)
from kg.ontology.triples import FileTriples, Terms, TermTriples
from kg.ontology.turtle import text_problems
from kg.text.characters import printable

RECORD_PREFIXES = ("assertion", "article", "citation", "proposition", "conflict", "quantity")

_TYPE = f"{RDF}type"
_SIGNS = {"Positive": 1, "Negative": -1}


def read_ontology(files: Iterable[SourceFile]) -> tuple[Ontology, tuple[Diagnostic, ...]]:
    """Return the ontology of some Turtle files, and what is wrong with them.

    A process that reads a workspace again reads its ontology again only where a byte has changed.
    """
    return _read_ontology(tuple(files))


@lru_cache(maxsize=4)
def _read_ontology(files: tuple[SourceFile, ...]) -> tuple[Ontology, tuple[Diagnostic, ...]]:
    parts, turtle, problems = [], [], []
    for file in files:
        wrong = list(text_problems(file))
        problems += wrong
        if any(problem.rule is rules.TOO_DEEP for problem in wrong):
            continue
        try:
            parts.append(_parse(file))
            turtle.append(file.data)
        except SyntaxError as error:
            message = f"not Turtle: {printable(error.msg)}"
            problems.append(rules.BAD_ONTOLOGY.at(_error_place(file, error), message))
    is_whole = not any(problem.rule in UNREADABLE for problem in problems)
    terms = Terms(parts)
    base, title, bad_dataset = read_data_set(terms)
    reckoning, bad_settings = read_reckoning(terms)
    today, bad_day = read_today(terms)
    prefixes = dict(COMMON_PREFIXES)
    for part in parts:
        prefixes |= part.prefixes
    prefixes |= {name: f"{base}{name}/" for name in RECORD_PREFIXES} | {"": base}
    ontology = Ontology(
        base,
        title,
        _by_name(_classes(terms)),
        _with_inverses(_by_name(_relations(terms))),
        prefixes,
        tuple(turtle),
        {each.name: each for each in _stages(terms)},
        {each.name: each for each in _families(terms)},
        _by_name(_qualifiers(terms)),
        {each.word: each for each in _source_types(terms)},
        reckoning,
        {each.name: each for each in _schemes(terms)},
        _declaring_files(parts),
        today,
        _notes(terms),
    )
    vars(ontology)["quads"] = tuple(quad for part in parts for quad in part.quads)
    for part in parts:
        if part.has_blank_nodes:
            message, hint = "blank nodes are not allowed", "give every node an IRI"
            problems.append(rules.INCOMPLETE_TERM.at(Span(part.name), message, hint))
    problems += [*bad_dataset, *bad_settings, *bad_day]
    problems += circle_problems(parts)
    if is_whole:
        problems += ontology_problems(ontology, parts)
    return ontology, tuple(problems)


def _parse(file: SourceFile) -> FileTriples:
    parser = ox.parse(file.data, ox.RdfFormat.TURTLE)
    return FileTriples(file.name, list(parser), parser.prefixes)


def _declaring_files(parts: Iterable[FileTriples]) -> dict[str, str]:
    """The file that says of which type an IRI is, by IRI."""
    files: dict[str, str] = {}
    for part in parts:
        for subject, predicate, _ in part.triples:
            if predicate == _TYPE and subject:
                files.setdefault(subject, part.name)
    return files


def _notes(terms: Terms) -> dict[tuple[str, str], str]:
    """What is said of the data set and of statuses, by the IRIs of them and of the property."""
    noted = (*terms.of_type(f"{KG}Dataset"), *terms.of_type(f"{KG}Status"))
    return {
        (term.iri, property): term.text(property) or term.first(property)
        for term in noted
        for property in term.facts
    }


def _error_place(file: SourceFile, error: SyntaxError) -> Span:
    line, column = error.lineno or 1, error.offset or 1
    return Span(file.name, line, column, error.end_lineno or line, error.end_offset or column + 1)


def _described(
    kind: type, term: TermTriples, inherited: TermTriples | None = None
) -> dict[str, Any]:
    """Return what a term says of itself by the fields of its kind: its names, and what their
    annotations name.
    """
    label, comment = (term.text(f"{RDFS}{name}") for name in ("label", "comment"))
    plain, annotated = _fields(kind)
    names: dict[str, Any] = {"name": term.name, "iri": term.iri, "label": label, "comment": comment}
    described = {name: names[name] for name in plain if name in names}
    for name, annotation, default in annotated:
        source = inherited if inherited and annotation.is_inherited else term
        if annotation.property in source.facts:
            described[name] = _annotated(source, annotation.property, default)
    return described


@cache
def _fields(kind: type) -> tuple[list[str], list[tuple[str, Annotation, object]]]:
    """The fields of a kind of terms: those without an annotation by name, and the others with it
    and their default.
    """
    annotations = [(each, each.metadata.get("annotation")) for each in fields(kind)]
    plain = [each.name for each, annotation in annotations if not annotation]
    return plain, [(each.name, values, each.default) for each, values in annotations if values]


def _annotated(term: TermTriples, property: str, default: object) -> object:
    if isinstance(default, bool):
        return term.says(property)
    return term.names(property) if isinstance(default, tuple) else term.one(property)


def _classes(terms: Terms) -> Iterator[KgClass]:
    for term in terms.of_type(f"{OWL}Class"):
        inherited = terms.inherited(term.iri, f"{RDFS}subClassOf")
        parents = [iri for iri in term.values(f"{RDFS}subClassOf") if iri in terms]
        yield KgClass(
            **_described(KgClass, term, inherited),
            parents=tuple(local_name(iri) for iri in parents),
            section=term.first(f"{KG}listedIn"),
            words_before=inherited.text(f"{KG}wordsBefore"),
            words_alive=inherited.text(f"{KG}wordsAlive"),
            words_done=inherited.text(f"{KG}wordsDone"),
        )


def _qualifiers(terms: Terms) -> Iterator[QualifierKind]:
    for term in terms.of_type(f"{KG}Qualifier"):
        classes, datatypes = term.ranges()
        yield QualifierKind(
            **_described(QualifierKind, term),
            range=classes,
            datatypes=datatypes,
            qualifies=term.names(f"{KG}qualifies"),
            functional=f"{OWL}FunctionalProperty" in term.values(f"{RDF}type"),
        )


def _relations(terms: Terms) -> Iterator[Relation]:
    for term in terms.of_type(f"{KG}Relation"):
        types = term.values(f"{RDF}type")
        names_stage = term.says(f"{KG}namesStage")
        classes, datatypes = term.ranges()
        inherited = terms.inherited(term.iri, f"{RDFS}subPropertyOf")
        yield Relation(
            **_described(Relation, term, inherited),
            domain=term.names(f"{SCHEMA}domainIncludes"),
            range=() if names_stage else classes,
            datatypes=("xsd:string",) if names_stage else datatypes,
            is_text=f"{OWL}DatatypeProperty" in types or names_stage,
            functional=f"{OWL}FunctionalProperty" in types,
            inverse_functional=f"{OWL}InverseFunctionalProperty" in types,
            symmetric=f"{OWL}SymmetricProperty" in types,
            is_state=f"{KG}StateRelation" in term.values(f"{KG}temporalKind"),
            worded_with=tuple(term.values(f"{KG}wordedWith")),
            takes_assertions=f"{KG}Assertion" in term.values(f"{SCHEMA}rangeIncludes"),
            names_stage=names_stage,
            sign=_SIGNS.get(inherited.one(f"{KG}sign"), 0),
        )


_Named = TypeVar("_Named", KgClass, Relation, QualifierKind)


def _by_name(terms: Iterable[_Named]) -> dict[str, _Named]:
    """Return terms by local name, in order; one of one's own hides one of the core."""
    by_name: dict[str, _Named] = {}
    for term in terms:
        if term.name not in by_name or not term.iri.startswith(KG):
            by_name[term.name] = term
    return by_name


def _with_inverses(relations: dict[str, Relation]) -> dict[str, Relation]:
    """Return relations of which each knows its inverse, even if only the other one declares it."""
    declared = {r.inverse: name for name, r in reversed(relations.items()) if r.inverse}
    return {
        name: relation
        if relation.inverse or name not in declared
        else replace(relation, inverse=declared[name])
        for name, relation in relations.items()
    }


def _families(terms: Terms) -> list[Family]:
    families = [
        Family(**_described(Family, term), order=term.whole_number(f"{KG}order", math.inf))
        for term in terms.of_type(f"{KG}TieFamily")
    ]
    return sorted(families, key=lambda family: (family.order, family.name))


def _source_types(terms: Terms) -> Iterator[SourceType]:
    for term in terms.of_type(f"{KG}SourceType"):
        yield SourceType(
            **_described(SourceType, term),
            word=term.first(f"{KG}word"),
            schema_class=term.first(f"{KG}schemaClass", f"{SCHEMA}CreativeWork"),
            csl_type=term.first(f"{KG}cslType", "document"),
        )


def _schemes(terms: Terms) -> Iterator[IdentifierScheme]:
    for term in terms.of_type(f"{KG}IdentifierScheme"):
        yield IdentifierScheme(
            name=term.first(f"{SKOS}notation"),
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            pattern=term.first(f"{KG}pattern"),
            template=term.first(f"{KG}iriTemplate"),
        )


def _stages(terms: Terms) -> Iterator[Stage]:
    """Yield the stages: all that have a place in an order (``kg:lifecycleRank``)."""
    for term in terms.values():
        rank = term.whole_number(f"{KG}lifecycleRank", -1)
        if rank >= 0:
            in_force = term.values(f"{KG}isInForce")[:1]
            yield Stage(
                **_described(Stage, term),
                kind=term.one(f"{RDF}type"),
                rank=int(rank),
                in_force=in_force == ["true"] if in_force else None,
            )
