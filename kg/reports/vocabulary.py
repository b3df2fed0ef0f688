"""The ontology as a curator reads it in a terminal: which topics, classes, relations and qualifiers
there are, what each ties together, and which of them some words fit.
"""

from __future__ import annotations

from itertools import chain

from kg.model.grouping import group_pairs
from kg.ontology import Ontology
from kg.ontology.dictionary import AnyTerm, Dictionary, TermEntry, Topic, find_topics, read_entries
from kg.ontology.terms import KgClass, QualifierKind, Relation
from kg.sources.sections import SECTIONS
from kg.text import count_noun, wrap

MOST_FOUND = 8
"""How many terms a search shows."""


def list_topics(ontology: Ontology) -> str:
    """Return the topics: what each is about, and how many terms it has."""
    lines = []
    for topic in find_topics(ontology):
        text = f"{topic.label}: {topic.comment} {count_noun(len(topic.terms), 'term')}."
        lines += wrap(text, f"{topic.name:<14}", " " * 14)
    lines += [
        "",
        "kg ontology --topic NAME lists the terms of one, --all those of all by kind.",
        "kg ontology find 'recalled its ambassador' finds terms by words.",
        "kg ontology NAME tells about one term.",
    ]
    return _text(lines)


def list_topic(ontology: Ontology, topic: Topic) -> str:
    """Return the terms of a topic with what they mean: classes, relations, qualifiers."""
    table = read_entries(ontology)
    lines = [f"{topic.label}: {topic.comment}"]
    for kind, heading in _HEADINGS.items():
        entries = [table[each.name] for each in topic.terms if isinstance(each, kind)]
        lines += ["", heading] if entries else []
        lines += chain.from_iterable(map(_in_short, entries))
    return _text(lines)


_HEADINGS: dict[type[AnyTerm], str] = {
    KgClass: "classes",
    Relation: "relations",
    QualifierKind: "qualifiers",
}


def list_found(ontology: Ontology, words: str) -> str:
    """Return the terms that some words fit, best first; nothing where there is none."""
    matches = Dictionary(ontology).find(words)
    lines = list(chain.from_iterable(_in_short(each.entry) for each in matches[:MOST_FOUND]))
    if len(matches) > MOST_FOUND:
        lines.append(f"{count_noun(len(matches) - MOST_FOUND, 'term')} more that fit less")
    return "".join(f"{line}\n" for line in lines)


def list_terms(ontology: Ontology) -> str:
    """Return all classes by section and all relations by family, one a line."""
    lines = []
    for section in SECTIONS:
        names = sorted(ontology.classes_of(section))
        classes = [f"  {name:<32}{ontology.classes[name].label}" for name in names]
        lines += [f"{section}:", *classes, ""]
    by_family = group_pairs((each.family, each) for _, each in sorted(ontology.relations.items()))
    for family in ontology.families:
        if family in by_family:
            relations = [f"  {each.name:<32}{_ends(each)}" for each in by_family[family]]
            lines += [f"{family}:", *relations, ""]
    return _text([*lines, "kg ontology NAME tells about one of them."])


def describe_term(ontology: Ontology, name: str) -> str:
    """Return all about one class, relation or qualifier; nothing where none has that name."""
    entry = read_entries(ontology).get(name)
    if entry is None:
        return _text(_class(ontology, ontology.classes[name])) if name in ontology.classes else ""
    match entry.term:
        case Relation() as relation:
            lines = _relation(relation, ontology)
        case QualifierKind() as qualifier:
            lines = _qualifier(qualifier)
        case term:
            lines = _class(ontology, term)
    more = [f"also called: {', '.join(entry.synonyms)}"] if entry.synonyms else []
    more += [f"as in {example}" for example in entry.examples]
    return _text([*lines[:-1], *more, f"topic: {entry.topic}", lines[-1]])


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _in_short(entry: TermEntry) -> list[str]:
    """A term in a few lines: what it ties, what it means, an example."""
    term, indent = entry.term, " " * 4
    ends = f" ({_ends(term)})" if isinstance(term, Relation) else ""
    lines = wrap(f"{term.name}: {term.label}{ends}", "", indent)
    for text in (term.comment, *entry.examples):
        lines += wrap(text, indent, indent)
    return lines


def _ends(relation: Relation) -> str:
    objects = "Assertion" if relation.takes_assertions else _values(relation)
    return f"{' | '.join(relation.domain)} -> {objects}"


def _values(term: Relation | QualifierKind) -> str:
    return " | ".join((*term.range, *term.datatypes))


def _relation(relation: Relation, ontology: Ontology) -> list[str]:
    traits = {
        "functional: one value at a time": relation.functional,
        "inverse functional: one subject at a time": relation.inverse_functional,
        "symmetric: it runs both ways": relation.symmetric,
        f"inverse of {relation.inverse}": relation.inverse,
        f"enters the status {relation.enters_status}": relation.enters_status,
        "a state: a date means 'attested then'": relation.is_state,
        "an event: a date means 'some time in it'": not relation.is_state,
        "it lasts until an end is reported": relation.lasts,
        f"special kind of: {', '.join(relation.parents)}": bool(relation.parents),
    }
    return [
        f"{relation.name}: ... {relation.label} ...",
        relation.comment,
        f"ties {_ends(relation)}",
        *(trait for trait, holds in traits.items() if holds),
        f"qualifiers: {', '.join(sorted(ontology.qualifiers_of(relation))) or 'none'}",
        relation.iri,
    ]


def _qualifier(qualifier: QualifierKind) -> list[str]:
    one = ["one value in an assertion"] if qualifier.functional else []
    return [
        f"{qualifier.name}: {qualifier.label}",
        qualifier.comment,
        f"stands under 'with:'; its value: {_values(qualifier)}",
        f"goes with: {', '.join(qualifier.qualifies)}",
        *one,
        qualifier.iri,
    ]


def _class(ontology: Ontology, term: KgClass) -> list[str]:
    relations = sorted(ontology.relations.values(), key=lambda relation: relation.name)
    above = sorted(ontology.ancestors(term.name) - {term.name})
    below = sorted(each for each in ontology.classes if ontology.is_a(each, [term.name]))
    below.remove(term.name)
    as_subject = [each.name for each in relations if ontology.is_a(term.name, each.domain)]
    as_object = [each.name for each in relations if ontology.is_a(term.name, each.range)]
    return [
        f"{term.name}: {term.label}",
        term.comment,
        f"special kind of: {', '.join(above)}" if above else "stands at the top",
        f"special kinds: {', '.join(below)}" if below else "no special kinds",
        f"can be the subject of: {', '.join(as_subject) or 'nothing'}",
        f"can be the object of: {', '.join(as_object) or 'nothing'}",
        term.iri,
    ]
