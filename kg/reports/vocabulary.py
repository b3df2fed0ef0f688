"""The ontology as a curator reads it in a terminal: which classes and relations there are, and what
each ties together.
"""

from __future__ import annotations

from kg.ontology import KgClass, Ontology, Relation
from kg.sections import SECTIONS


def list_terms(ontology: Ontology) -> str:
    """Return all classes by section and all relations by family, one a line."""
    lines = []
    for section in SECTIONS:
        lines.append(f"{section}:")
        names = sorted(ontology.classes_of(section))
        lines += [f"  {name:<32}{ontology.classes[name].label}" for name in names]
        lines.append("")
    for family in ontology.families:
        relations = [each for each in ontology.relations.values() if each.family == family]
        if relations:
            relations.sort(key=lambda relation: relation.name)
            lines.append(f"{family}:")
            lines += [f"  {each.name:<32}{_ends(each)}" for each in relations]
            lines.append("")
    lines.append("kg ontology NAME tells about one of them.")
    return "\n".join(lines) + "\n"


def describe_term(ontology: Ontology, name: str) -> str:
    """Return all about one class or relation; nothing where none has that name."""
    if name in ontology.relations:
        return _relation(ontology.relations[name])
    if name in ontology.classes:
        return _class(ontology, ontology.classes[name])
    return ""


def _ends(relation: Relation) -> str:
    return f"{' | '.join(relation.domain)} -> {' | '.join(relation.range)}"


def _relation(relation: Relation) -> str:
    traits = {
        "functional: one value at a time": relation.functional,
        "symmetric: it runs both ways": relation.symmetric,
        f"inverse of {relation.inverse}": relation.inverse,
        f"enters the status {relation.enters_status}": relation.enters_status,
        "a state: a date means 'attested then'": relation.is_state,
        "an event: a date means 'some time in it'": not relation.is_state,
    }
    lines = [
        f"{relation.name}: ... {relation.label} ...",
        relation.comment,
        f"ties {_ends(relation)}",
        *(trait for trait, holds in traits.items() if holds),
        relation.iri,
    ]
    return "\n".join(lines) + "\n"


def _class(ontology: Ontology, term: KgClass) -> str:
    relations = sorted(ontology.relations.values(), key=lambda relation: relation.name)
    above = sorted(ontology.ancestors(term.name) - {term.name})
    below = sorted(each for each in ontology.classes if ontology.is_a(each, [term.name]))
    below.remove(term.name)
    as_subject = [each.name for each in relations if ontology.is_a(term.name, each.domain)]
    as_object = [each.name for each in relations if ontology.is_a(term.name, each.range)]
    lines = [
        f"{term.name}: {term.label}",
        term.comment,
        f"special kind of: {', '.join(above)}" if above else "stands at the top",
        f"special kinds: {', '.join(below)}" if below else "no special kinds",
        f"can be the subject of: {', '.join(as_subject) or 'nothing'}",
        f"can be the object of: {', '.join(as_object) or 'nothing'}",
        term.iri,
    ]
    return "\n".join(lines) + "\n"
