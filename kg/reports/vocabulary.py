"""The ontology as a curator reads it in a terminal: which classes and relations there are, and what
each ties together.
"""

from __future__ import annotations

from kg.model import SECTIONS
from kg.ontology import KgClass, Ontology, Relation


def listed(known: Ontology) -> str:
    """All classes by section and all relations by family, one a line."""
    lines = []
    for section in SECTIONS:
        lines.append(f"{section}:")
        names = sorted(known.classes_of(section))
        lines += [f"  {name:<32}{known.classes[name].label}" for name in names]
        lines.append("")
    for family in known.families:
        relations = sorted(
            (r for r in known.relations.values() if r.family == family), key=lambda r: r.name
        )
        if relations:
            lines.append(f"{family}:")
            lines += [f"  {r.name:<32}{_ends(r)}" for r in relations]
            lines.append("")
    lines.append("kg ontology NAME tells about one of them.")
    return "\n".join(lines) + "\n"


def one(known: Ontology, name: str) -> str:
    """All about one class or relation; nothing where none has that name."""
    if name in known.relations:
        return _relation(known.relations[name])
    if name in known.classes:
        return _class(known, known.classes[name])
    return ""


def _ends(relation: Relation) -> str:
    return f"{' | '.join(relation.domain)} -> {' | '.join(relation.range)}"


def _relation(relation: Relation) -> str:
    traits = [
        *(["functional: one value at a time"] if relation.functional else []),
        *(["symmetric: it runs both ways"] if relation.symmetric else []),
        *([f"inverse of {relation.inverse}"] if relation.inverse else []),
        *([f"enters the status {relation.enters_status}"] if relation.enters_status else []),
        "a state: a date means 'attested then'"
        if relation.is_state
        else "an event: a date means 'some time in it'",
    ]
    lines = [
        f"{relation.name}: ... {relation.label} ...",
        relation.comment,
        f"ties {_ends(relation)}",
        *traits,
        relation.iri,
    ]
    return "\n".join(lines) + "\n"


def _class(known: Ontology, found: KgClass) -> str:
    above = sorted(known.ancestors(found.name) - {found.name})
    below = sorted(n for n in known.classes if n != found.name and known.is_a(n, [found.name]))
    as_subject = sorted(
        r.name for r in known.relations.values() if known.is_a(found.name, r.domain)
    )
    as_object = sorted(r.name for r in known.relations.values() if known.is_a(found.name, r.range))
    lines = [
        f"{found.name}: {found.label}",
        found.comment,
        f"special kind of: {', '.join(above)}" if above else "stands at the top",
        f"special kinds: {', '.join(below)}" if below else "no special kinds",
        f"can be the subject of: {', '.join(as_subject) or 'nothing'}",
        f"can be the object of: {', '.join(as_object) or 'nothing'}",
        found.iri,
    ]
    return "\n".join(lines) + "\n"
