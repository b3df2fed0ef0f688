"""What is wrong with the terms of an ontology: what they lack, name wrongly, or say in vain."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.diagnostics import Diagnostic, Span, did_you_mean, rules
from kg.ontology import Ontology
from kg.ontology.namespaces import KG, OWL, RDF, RDFS, local_name
from kg.ontology.patterns import is_pattern
from kg.ontology.terms import ANY_RELATION, IdentifierScheme, KgClass, QualifierKind, Relation
from kg.ontology.triples import FileTriples
from kg.ontology.values import Datatype
from kg.text.characters import quoted
from kg.text.wording import placeholder_names

_TYPE = f"{RDF}type"
_Triple = tuple[str, str, str]
_DATATYPES = ", ".join(Datatype)


def ontology_problems(ontology: Ontology, files: Sequence[FileTriples]) -> Iterator[Diagnostic]:
    """Every class, relation and qualifier has a label, a comment and what checks need; local names
    are unique; and nothing is said that kg does not act on.

    A problem stands in that of the ontology's files which first says something of the IRI.
    """
    spans = [(Span(file.name), file) for file in reversed(files)]
    places = {subject: span for span, file in spans for subject, _, _ in file.triples}
    triples = [triple for file in files for triple in file.triples]
    if triples and not ontology.roots:
        yield rules.INCOMPLETE_TERM.at(
            Span("ontology/core"),
            "no class says which section of a source file lists its things (kg:listedIn)",
            "the core is missing or of an older kg: kg init makes a new one in an empty folder;"
            " copy its ontology/core",
        )
        return
    yield from _ambiguous_names(ontology, places, triples)
    terms: list[KgClass | Relation | QualifierKind] = [
        *ontology.classes.values(),
        *ontology.relations.values(),
        *ontology.qualifiers.values(),
    ]
    for term in terms:
        for property, value in (("rdfs:label", term.label), ("rdfs:comment", term.comment)):
            if not value:
                hint = f"add {property} in English"
                yield _incompleteness(places, term.iri, f"has no {property}", hint)
    wrong = {each.iri: _relation_problems(ontology, each) for each in ontology.relations.values()}
    wrong |= {
        each.iri: _qualifier_problems(ontology, each) for each in ontology.qualifiers.values()
    }
    wrong |= {each.iri: _scheme_problems(each) for each in ontology.schemes.values()}
    for iri, problems in wrong.items():
        for problem, hint in problems:
            yield _incompleteness(places, iri, problem, hint)
    yield from _said_in_vain(ontology, places, triples)


def _scheme_problems(scheme: IdentifierScheme) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a scheme of identifiers, each with a hint."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", scheme.name):
        yield "has no skos:notation", 'say by which word its ids are written, as in "wikidata"'
    if scheme.template and "{id}" not in scheme.template:
        yield "has a kg:iriTemplate without {id}", "say where in the IRI the id stands"
    if not is_pattern(scheme.pattern):
        hint = 'as in "Q[1-9][0-9]*", without look-around or back references'
        yield "has no kg:pattern that is a regular expression", hint


def _ambiguous_names(
    ontology: Ontology, places: Mapping[str, Span], triples: Iterable[_Triple]
) -> Iterator[Diagnostic]:
    iris: dict[str, str] = {}
    tables = (ontology.classes, ontology.relations, ontology.qualifiers, ontology.stages)
    for iri, predicate, type in triples:
        if predicate == _TYPE and iri and type != f"{OWL}Ontology":
            name = local_name(iri)
            other = iris.setdefault(name, iri)
            if other != iri and any(name in table for table in tables):
                yield _ambiguous_name(places, iri, other)


def _ambiguous_name(places: Mapping[str, Span], iri: str, other: str) -> Diagnostic:
    """A diagnostic for two terms with one local name: a term of one's own may hide the core's."""
    own = [each for each in (iri, other) if not each.startswith(KG)]
    if len(own) == 2:
        problem = f"has the local name of <{other}>"
        return _incompleteness(places, iri, problem, "rename one of them")
    name = local_name(iri)
    message = f"{quoted(name)} of <{own[0]}> hides the core's term of that name"
    hint = "delete it where the core's means the same (kg ontology NAME tells), or rename it"
    return rules.HIDDEN_TERM.at(places.get(own[0], Span("ontology")), message, hint)


def _relation_problems(ontology: Ontology, relation: Relation) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a relation, each with a hint."""
    if not relation.domain:
        yield "has no schema:domainIncludes", "say which classes its subjects belong to"
    if "Assertion" in relation.domain:
        hint = "let it lead from who speaks to the assertion (schema:rangeIncludes kg:Assertion)"
        yield "has assertions as subjects, which only things can be", hint
    if not relation.range and not relation.datatypes and not relation.takes_assertions:
        hint = "say which classes its objects belong to, or which datatype they have"
        yield "has no schema:rangeIncludes", hint
    if relation.family not in ontology.families:
        families = ", ".join(_short(each.iri, ontology) for each in ontology.families.values())
        yield "has no kg:family", f"one of: {families}"
    yield from _unknown_classes(ontology, relation.domain)
    yield from _range_problems(ontology, relation)
    if relation.inverse and relation.inverse not in ontology.relations:
        problem = f"names an unknown inverse {quoted(relation.inverse)}"
        yield problem, "declare it: a kg:Relation"
    for label in relation.worded_with:
        unknown = [name for name in placeholder_names(label) if name not in ontology.qualifiers]
        for name in unknown:
            yield (
                f"is worded with an unknown qualifier {quoted(name)}",
                "declare it: a kg:Qualifier",
            )
        if not placeholder_names(label):
            yield "is worded with no qualifier", 'as in kg:wordedWith "owns {share} of"@en'


def _range_problems(ontology: Ontology, relation: Relation) -> Iterator[tuple[str, str]]:
    if not relation.is_text:
        yield from _unknown_classes(ontology, relation.range)
        for datatype in relation.datatypes:
            hint = "make it an owl:DatatypeProperty, or name a class"
            yield f"ties things, but names the datatype {datatype}", hint
    for name in relation.range if relation.is_text else ():
        yield f"names an unknown datatype {quoted(name)}", f"one of: {_DATATYPES}"


def _qualifier_problems(ontology: Ontology, qualifier: QualifierKind) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a qualifier, each with a hint."""
    if not qualifier.range and not qualifier.datatypes:
        hint = f"say which classes its values belong to, or which datatype: {_DATATYPES}"
        yield "has no schema:rangeIncludes", hint
    for name in qualifier.range:
        if name not in ontology.classes:
            hint = f"declare it: a owl:Class; datatypes are {_DATATYPES}"
            yield f"names an unknown class or datatype {quoted(name)}", hint
    if not qualifier.qualifies:
        hint = "say of what: a relation, a kg:TieFamily, or kg:Relation for any"
        yield "has no kg:qualifies", hint
    for name in qualifier.qualifies:
        known_terms = (*ontology.relations, *ontology.families, ANY_RELATION)
        if name not in known_terms:
            hint = (
                did_you_mean(name, known_terms) or "name a relation, a kg:TieFamily, or kg:Relation"
            )
            yield f"qualifies an unknown relation or family {quoted(name)}", hint
    needs_place = qualifier.label and qualifier.datatypes != (Datatype.BOOLEAN,)
    if needs_place and placeholder_names(qualifier.label) != ["value"]:
        hint = 'say where the value stands: rdfs:label "on behalf of {value}"@en'
        yield "has a label without {value}", hint


def _unknown_classes(ontology: Ontology, names: Collection[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in ontology.classes:
            yield f"names an unknown class {quoted(name)}", "declare it: a owl:Class"


_AXIOMS = """inverseOf disjointWith Class ObjectProperty DatatypeProperty FunctionalProperty
InverseFunctionalProperty SymmetricProperty"""
_REMARKS = """Ontology AnnotationProperty NamedIndividual versionInfo versionIRI priorVersion
backwardCompatibleWith incompatibleWith deprecated"""
_HEEDED = {f"{OWL}{name}" for name in f"{_AXIOMS} {_REMARKS}".split()}
"""The terms of OWL that kg acts on, or that are remarks only."""

_VAIN = {
    f"{OWL}TransitiveProperty": "ask for chains with a path in SPARQL, as in ?a own:partOf+ ?b",
    f"{OWL}imports": "put the file into ontology/",
    f"{OWL}equivalentClass": "make one a rdfs:subClassOf of the other, and use one",
    f"{OWL}equivalentProperty": "make one a rdfs:subPropertyOf of the other, and use one",
    f"{RDFS}Class": "write a owl:Class",
    f"{RDFS}domain": "write schema:domainIncludes",
    f"{RDFS}range": "write schema:rangeIncludes",
}
"""What to write instead of something that kg does not act on."""

SHACL = "http://www.w3.org/ns/shacl#"


def _said_in_vain(
    ontology: Ontology, places: Mapping[str, Span], triples: Sequence[_Triple]
) -> Iterator[Diagnostic]:
    """Where an axiom or annotation is one that kg would pass over: an axiom of OWL, a shape, a
    misspelt annotation of kg.
    """
    strict = {each.iri for each in ontology.relations.values()}
    strict |= {each.iri for each in ontology.qualifiers.values()}
    declared = {subject for subject, _, _ in triples}
    said_pairs = [(subject, object if name == _TYPE else name) for subject, name, object in triples]
    terms = {term for _, term in said_pairs}
    vain = {term for term in terms if _is_vain(term, declared)}
    for subject, term in said_pairs:
        is_remark = term in (f"{RDFS}domain", f"{RDFS}range") and subject not in strict
        if not subject or is_remark or term not in vain:
            continue
        nearest = did_you_mean(local_name(term), [local_name(iri) for iri in declared])
        hint = _VAIN.get(term) or (nearest if term.startswith(KG) else "")
        name = quoted(local_name(subject))
        yield rules.SAID_IN_VAIN.at(
            places.get(subject, Span("ontology")),
            f"{name} says {_short(term, ontology)}, which kg does not act on",
            hint or "delete it: nothing would follow from it",
        )


def _is_vain(term: str, declared: Collection[str]) -> bool:
    if term.startswith((OWL, SHACL)):
        return term not in _HEEDED
    return term in _VAIN or (term.startswith(KG) and term not in declared)


def _short(iri: str, ontology: Ontology) -> str:
    """An IRI as Turtle writes it, with the prefix of its namespace where it has one."""
    name = local_name(iri)
    prefixes = (p for p, namespace in ontology.prefixes.items() if namespace + name == iri)
    prefix = next(prefixes, None)
    return f"<{iri}>" if prefix is None else f"{prefix}:{name}"


def _incompleteness(places: Mapping[str, Span], iri: str, problem: str, hint: str) -> Diagnostic:
    place = places.get(iri, Span("ontology"))
    return rules.INCOMPLETE_TERM.at(place, f"{quoted(local_name(iri))} {problem}", hint)
