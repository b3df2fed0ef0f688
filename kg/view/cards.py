"""Reads from a graph what a picture tells of things, ties, assertions and articles.

All of it comes from the graph alone, so that a picture can be made from any graph of this kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, wraps
from typing import Any, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple

from kg.ontology import COMMON_PREFIXES, KG, OWL, RDF, RDFS, SCHEMA, local_name
from kg.view.picture import Card, Node, Place, Source, Tie
from kg.wording import Name, Words, agreeing, wording

Term = NamedNode | BlankNode | Literal

SKOS = COMMON_PREFIXES["skos"]
DCTERMS = COMMON_PREFIXES["dcterms"]

Told = TypeVar("Told")


def _once(tell: Callable[[CardGraph, str], Told]) -> Callable[[CardGraph, str], Told]:
    """What is told of an IRI, found out when it is first asked for: pictures of one graph share
    most of it.
    """

    @wraps(tell)
    def told(graph: CardGraph, iri: str) -> Told:
        kept: dict[str, Told] = graph.told.setdefault(tell.__name__, {})
        if iri not in kept:
            kept[iri] = tell(graph, iri)
        return kept[iri]

    return told


class CardGraph:
    """Reads one graph, each subject once; values come in a fixed order."""

    def __init__(self, store: Store) -> None:
        self._store, self._graph = store, DefaultGraph()
        self._seen: dict[str, dict[str, list[Term]]] = {}
        self.told: dict[str, dict[str, Any]] = {}
        found = store.quads_for_pattern(
            None, NamedNode(f"{RDF}type"), NamedNode(f"{KG}Dataset"), self._graph
        )
        self.base = min(
            (q.subject.value for q in found if isinstance(q.subject, NamedNode)), default=""
        )

    def objects(self, subject: str, predicate: str) -> list[Term]:
        """The values of a property, sorted."""
        if subject not in self._seen:
            about: dict[str, list[Term]] = {}
            for quad in self._store.quads_for_pattern(NamedNode(subject), None, None, self._graph):
                term = quad.object
                if not isinstance(term, Triple):
                    about.setdefault(quad.predicate.value, []).append(term)
            for terms in about.values():
                if len(terms) > 1:
                    terms.sort(key=str)
            self._seen[subject] = about
        return self._seen[subject].get(predicate, [])

    def values(self, subject: str, predicate: str) -> list[str]:
        """The values of a property as text: IRIs and literals alike."""
        return [term.value for term in self.objects(subject, predicate)]

    def value(self, subject: str, *predicates: str) -> str:
        """The first value of the first of these properties that has one, or nothing."""
        for predicate in predicates:
            if found := self.objects(subject, predicate):
                return found[0].value
        return ""

    def dataset_text(self, predicate: str) -> str:
        """What the data set says of itself."""
        return self._text(self.base, predicate) if self.base else ""

    def argument(self, assertions: Iterable[str]) -> set[str]:
        """These assertions, what stands against them, and all that any of them follows from."""
        found = set(assertions)
        found |= {rival for iri in found for rival in self.values(iri, f"{KG}contradicts")}
        waiting = sorted(found)
        for iri in waiting:
            premises = [
                premise for premise in self.values(iri, f"{KG}followsFrom") if premise not in found
            ]
            found.update(premises)
            waiting += premises
        return found

    def meanings(self, statuses: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """What the ontology says of each of these statuses."""
        return tuple(
            (each, self._text(f"{KG}{each.capitalize()}", f"{RDFS}comment"))
            for each in sorted(statuses)
        )

    @_once
    def is_assertion(self, iri: str) -> bool:
        """Whether something is an assertion, of a curator or concluded from others."""
        types = self.values(iri, f"{RDF}type") if iri else []
        return any(f"{KG}Assertion" in self._ancestors(each) for each in types)

    def id(self, iri: str) -> str:
        """An IRI as a page names it: what follows the data set's own IRI, or all of it elsewhere."""
        return iri.removeprefix(self.base).removeprefix("assertion/").removeprefix("article/")

    def assertion(self, id: str) -> str:
        """The IRI of an assertion with an id."""
        return f"{self.base}assertion/{id}"

    @_once
    def label(self, iri: str) -> str:
        """What a thing is called: English first, then no language, then any; its id where it has no
        label.
        """
        found = self._text(iri, f"{RDFS}label") or self._text(iri, f"{DCTERMS}title")
        return found or re.split("[/#]", self.id(iri).rstrip("/#"))[-1]

    def language(self, iri: str) -> str:
        """The language of a thing's label, if it is said."""
        return self._spoken(iri, f"{RDFS}label")[1]

    def _text(self, subject: str, predicate: str) -> str:
        return self._spoken(subject, predicate)[0]

    def _spoken(self, subject: str, predicate: str) -> tuple[str, str]:
        """A text and its language: English first, then none said, then any."""
        order = {"en": 0, "": 1}
        found = [
            (getattr(term, "language", None) or "", term.value)
            for term in self.objects(subject, predicate)
        ]
        language, text = min(
            found, key=lambda each: (order.get(each[0], 2), each[1]), default=("", "")
        )
        return text, language

    @_once
    def name(self, iri: str) -> Name:
        """A thing as a sentence names it."""
        plural = self.value(iri, f"{KG}plural") == "true"
        return Name(self.id(iri), self.label(iri), self.language(iri), plural)

    def names(self, subject: str, predicate: str) -> tuple[Name, ...]:
        """The things that are the values of a property."""
        return tuple(self.name(term.value) for term in self.objects(subject, predicate))

    @_once
    def node(self, iri: str) -> Node:
        """A thing with its names and classes."""
        label = self.label(iri)
        others = [*self.values(iri, f"{RDFS}label"), *self.values(iri, f"{SKOS}altLabel")]
        classes = self._classes(self.values(iri, f"{RDF}type"))
        return Node(
            self.id(iri),
            label,
            tuple(sorted(set(others) - {label})),
            self.label(classes[0]) if classes else "",
            tuple(local_name(each) for each in classes),
            classes[0] if classes else "",
            self._names(iri, label),
            self._alias_days(iri),
            self.language(iri),
        )

    def _alias_days(self, iri: str) -> tuple[tuple[str, str], ...]:
        """The aliases of a thing that articles are cited for, with the first day on which one of
        these was known.
        """
        found: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(
            None, NamedNode(f"{KG}nameOf"), NamedNode(iri), self._graph
        ):
            name = str(getattr(quad.subject, "value", ""))
            for article in (
                self.value(each, f"{KG}article") for each in self.values(name, f"{KG}citation")
            ):
                found.setdefault(self.value(name, f"{KG}writtenAs"), set()).update(
                    self.values(article, f"{KG}knownFrom")
                )
        return tuple(sorted((alias, min(days)) for alias, days in found.items() if days))

    def _names(self, iri: str, label: str) -> tuple[tuple[str, str], ...]:
        """What a thing is called in each language other than so: by a label or else by the shortest
        other name.
        """
        found: dict[str, str] = {}
        for predicate in (f"{RDFS}label", f"{SKOS}altLabel"):
            named = [
                (t.language, t.value)
                for t in self.objects(iri, predicate)
                if isinstance(t, Literal)
            ]
            for language, name in sorted(named, key=lambda pair: (len(pair[1]), pair[1])):
                if language:
                    found.setdefault(language, name)
        return tuple(sorted((language, name) for language, name in found.items() if name != label))

    def _classes(self, types: list[str]) -> list[str]:
        """A thing's classes and their ancestors, nearest first; of several classes the most special
        one leads.
        """
        lines = {each: self._ancestors(each) for each in types}
        above = {up for _, *line in lines.values() for up in line}
        special = [each for each in types if each not in above]
        return lines[min(special)] if special else []

    @_once
    def _ancestors(self, cls: str) -> list[str]:
        found = [cls]
        for each in found:
            found += [up for up in self.values(each, f"{RDFS}subClassOf") if up not in found]
        return found

    def misdrawn(self, source: str, target: str, assertion: str) -> str:
        """Why a line from one thing to another would not be what an assertion says; nothing where
        it is.
        """
        subjects, objects, speakers = (
            self.values(assertion, each)
            for each in (f"{RDF}subject", f"{RDF}object", f"{KG}speaker")
        )
        named = {*subjects, *objects, *speakers}
        if strangers := [end for end in (source, target) if end not in named]:
            return f"{self.label(strangers[0])} is neither what assertion {self.id(assertion)} ties nor who claims it"
        turned = source in objects and target in subjects and source not in (*subjects, *speakers)
        if turned and not self._is_symmetric(self.value(assertion, f"{RDF}predicate")):
            return f"assertion {self.id(assertion)} would be drawn the wrong way round"
        return ""

    @_once
    def _is_symmetric(self, relation: str) -> bool:
        return f"{OWL}SymmetricProperty" in self.values(relation, f"{RDF}type")

    def tie(self, source: str, target: str, assertion: str, card: Card, label: str = "") -> Tie:
        """The tie between two things that an assertion makes.

        What a view calls it stands behind what the assertion says, so that no line says anything
        else.
        """
        relation = self.value(assertion, f"{RDF}predicate")
        own = self.label(relation)
        if {source, target} - {
            *self.values(assertion, f"{RDF}subject"),
            *self.values(assertion, f"{RDF}object"),
        }:
            own = "speaks of"
        return Tie(
            self.id(source),
            self.id(target),
            card.id,
            f"{own} ({label})" if label and label != own else own,
            card.status,
            self._family(relation),
            card.polarity,
            self._is_symmetric(relation),
            relation,
        )

    @_once
    def _family(self, relation: str) -> str:
        """The family of a relation, by name, or of the nearest relation above it that has one."""
        line = [relation] if relation else []
        for each in line:
            if family := self.value(each, f"{KG}family"):
                return local_name(family)
            line += [up for up in self.values(each, f"{RDFS}subPropertyOf") if up not in line]
        return ""

    def cited(self, assertions: Iterable[str]) -> tuple[Source, ...]:
        """The articles that these assertions cite."""
        return tuple(
            map(self._source, sorted({each for iri in assertions for each in self._articles(iri)}))
        )

    @_once
    def _articles(self, assertion: str) -> set[str]:
        """The articles that an assertion cites, by IRI."""
        links = (f"{KG}citation", f"{KG}withdrawalCitation")
        return {self._place(each)[0] for link in links for each in self.values(assertion, link)}

    @_once
    def _place(self, citation: str) -> tuple[str, int]:
        """Where a citation leads: an article, by IRI, and a paragraph."""
        return self.value(citation, f"{KG}article"), int(
            self.value(citation, f"{KG}paragraph") or 0
        )

    @_once
    def card(self, iri: str) -> Card:
        """All that is known of an assertion."""
        citations = self.values(iri, f"{KG}citation")
        articles = {self._place(each)[0] for each in citations}
        originators = {self._source(each).originator for each in articles}
        claim = self._claim(iri)
        card = Card(
            id=self.id(iri),
            claim=claim,
            words=claim,
            status=word(self.value(iri, f"{KG}status")),
            reason=self.value(iri, f"{KG}statusReason"),
            mode=word(self.value(iri, f"{KG}mode")) or "actual",
            polarity=word(self.value(iri, f"{KG}polarity")) or "asserts",
            speakers=self.names(iri, f"{KG}speaker"),
            via=self.names(iri, f"{KG}via"),
            where=self.names(iri, f"{KG}where"),
            when=self.value(iri, f"{KG}when"),
            said=self.value(iri, f"{KG}said"),
            note=self._text(iri, f"{SKOS}note") or self._text(iri, f"{KG}note"),
            articles=int(self.value(iri, f"{KG}articles") or len(articles)),
            sources=int(self.value(iri, f"{KG}independentSources") or len(originators)),
            originators=tuple(sorted(originators)),
            citations=self._places(citations),
            opposed=tuple(self.id(each) for each in self.values(iri, f"{KG}contradicts")),
            taken_back=self._places(self.values(iri, f"{KG}withdrawalCitation")),
            holds=word(self.value(iri, f"{KG}holds")),
            rule=self.value(iri, f"{KG}byRule"),
            follows_from=tuple(self.id(each) for each in self.values(iri, f"{KG}followsFrom")),
        )
        condition = self._text(iri, f"{KG}condition")

        def words(status: str) -> Words:
            return wording(claim, card.speakers, card.mode, card.polarity, status, condition)

        before = words("") if card.status == "withdrawn" else ()
        return replace(card, words=words(card.status), words_before=before)

    def _places(self, citations: Iterable[str]) -> tuple[Place, ...]:
        """Where citations lead, by article and paragraph."""
        found = Counter(
            (self.id(article), paragraph) for article, paragraph in map(self._place, citations)
        )
        return tuple(Place(*place, times) for place, times in sorted(found.items()))

    def _claim(self, iri: str) -> Words:
        subject, relation = self.value(iri, f"{RDF}subject"), self.value(iri, f"{RDF}predicate")
        objects = self.objects(iri, f"{RDF}object")
        named = [
            self.name(each.value) if isinstance(each, NamedNode) else Name("", each.value)
            for each in objects[:1]
        ]
        name = self.name(subject)
        return (name, f" {agreeing(self.label(relation), name.plural)} ", *named)

    @_once
    def _source(self, article: str) -> Source:
        publisher = self.value(article, f"{KG}publisher", f"{DCTERMS}publisher")
        originator = self.value(article, f"{KG}originator") or publisher
        return Source(
            self.id(article),
            self.label(article),
            self.label(publisher) if publisher else "",
            self.label(originator) if originator else "",
            self.value(article, f"{DCTERMS}issued"),
            self.value(article, f"{SCHEMA}url"),
            self.value(article, f"{KG}knownFrom"),
            self.id(publisher),
            self.id(originator),
            self.id(self.value(article, f"{KG}countedAs")),
        )


@cache
def word(iri: str) -> str:
    """A term such as ``kg:DidNotHappen`` as words: ``did not happen``."""
    return re.sub("(?<=[a-z])(?=[A-Z])", " ", local_name(iri)).lower()
