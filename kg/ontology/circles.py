"""Where terms of an ontology are above each other in a circle, or more than two each other's
inverse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.diagnostics import Diagnostic, Span, rules
from kg.model.closure import find_circles, group_by_shared, show_circle
from kg.model.grouping import group_pairs
from kg.ontology.namespaces import OWL, RDFS, local_name
from kg.ontology.triples import FileTriples
from kg.text import join_and

_ABOVE = {
    f"{RDFS}subClassOf": "classes are subclasses of each other in a circle",
    f"{RDFS}subPropertyOf": "relations are special kinds of each other in a circle",
}
_INVERSE = f"{OWL}inverseOf"
_Links = Mapping[str, Mapping[str, str]]
"""Which terms a term is linked to, each with the file that says so first."""


def circle_problems(files: Iterable[FileTriples]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each circle, with its members, in a file that makes it."""
    links = _links(files)
    for property, words in _ABOVE.items():
        yield from _circle_problems(links[property], words)
    yield from _inverse_problems(links[_INVERSE])


def _links(files: Iterable[FileTriples]) -> dict[str, dict[str, dict[str, str]]]:
    """The links of each property that must not run in a circle."""
    links: dict[str, dict[str, dict[str, str]]] = {each: {} for each in (*_ABOVE, _INVERSE)}
    for file in files:
        for subject, predicate, object in file.triples:
            if predicate in links and subject and object:
                links[predicate].setdefault(subject, {}).setdefault(object, file.name)
    return links


def _circle_problems(above: _Links, words: str) -> Iterator[Diagnostic]:
    for circle in find_circles(sorted(above), lambda iri: sorted(above.get(iri, ()))):
        steps = zip(circle, (*circle[1:], circle[0]), strict=True)
        place = _place(above[one][other] for one, other in steps)
        message = f"{words}: {show_circle([local_name(iri) for iri in circle])}"
        hint = "delete one of the links: what is above is the more general"
        yield rules.TERM_CIRCLE.at(place, message, hint)


def _inverse_problems(inverses: _Links) -> Iterator[Diagnostic]:
    group_of = group_by_shared({iri: [iri, *inverses[iri]] for iri in inverses})
    groups = group_pairs((group, iri) for iri, group in group_of.items())
    for declaring in groups.values():
        members = sorted({*declaring, *(other for iri in declaring for other in inverses[iri])})
        if len(members) == 2:
            continue
        place = _place(file for iri in declaring for file in inverses[iri].values())
        names = join_and([f"'{local_name(iri)}'" for iri in members])
        if len(members) == 1:
            message = f"{names} is its own inverse"
            hint = "write a owl:SymmetricProperty"
        else:
            message = f"{names} are each other's inverse in a circle or row: a relation has one"
            hint = "keep two of them, and make others a rdfs:subPropertyOf of one"
        yield rules.TERM_CIRCLE.at(place, message, hint)


def _place(files: Iterable[str]) -> Span:
    """The file to be mended: of several the workspace's own, and not the core."""
    return Span(min(files, key=lambda file: (file.startswith("ontology/core/"), file)))
