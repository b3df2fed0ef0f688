"""What may stand at a place of a SPARQL query that is being typed: variables that it has, terms of
the ontology, and things and articles by the names that people know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal

from kg.editing.choices import Choices
from kg.editing.ranking import Choice, Named, name_choice, rank_choices
from kg.editing.uses import Uses
from kg.ontology.namespaces import RDF, RDFS, local_name
from kg.query.sparql import NO_TOKEN, TERMS, Token, TokenKind, tokenize_query
from kg.query.tables import Names
from kg.reading import Reading
from kg.text import preferred_label

MOST_SUGGESTED = 30
"""More help nobody who looks for one; the next letter asks again."""
_STANDARD = {
    "rdf:type": "is of the class",
    "rdf:subject": "subject of an assertion",
    "rdf:predicate": "relation of an assertion",
    "rdf:object": "object of an assertion",
    "rdfs:label": "name",
    "rdfs:comment": "what a term means",
    "rdfs:subClassOf": "narrower class of",
    "rdfs:subPropertyOf": "narrower relation of",
    "skos:altLabel": "another name",
}
"""Terms that no ontology here declares, in words."""
KEYWORDS = (
    "SELECT", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "UNION", "MINUS", "BIND", "VALUES",
    "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "OFFSET", "ASK", "CONSTRUCT", "DESCRIBE", "GRAPH",
    "FILTER NOT EXISTS", "FILTER EXISTS", "COUNT(", "GROUP_CONCAT(", "SAMPLE(", "MIN(", "MAX(",
    "COALESCE(", "CONTAINS(", "LCASE(", "REGEX(", "STR(", "LANG(", "BOUND(", "IF(",
)  # fmt: skip
_KEPT = {";": 1, ",": 2, "/": 1, "|": 1, "^": 1}
"""How many terms of a triple stay behind a sign; after all others a new one begins."""
_PREDICATE, _OBJECT = 1, 2
_PROPERTIES = ("Relation", "Qualifier", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
_KINDS = {**dict.fromkeys(_PROPERTIES, "relation"), "Class": "class"}
"""What a term is for who asks, by its class; any other is a value."""


class Suggestion(NamedTuple):
    """What to write (``text``), what it is called, and what it is."""

    text: str
    label: str = ""
    kind: str = ""


class Suggestions(NamedTuple):
    """What may stand from a character of the query on (counted from 0), likeliest first."""

    start: int
    choices: list[Suggestion]


class QuestionWords:
    """What a workspace has for queries, by the names and the uses that it has now."""

    def __init__(self, reading: Reading, choices: Choices) -> None:
        self._reading, self._choices = reading, choices
        self._uses = Uses(reading.written)
        self._shorten = Names(reading.ontology.prefixes).shorten

    def suggest(self, before: str) -> Suggestions:
        """Return what may stand at the end of a text, which is that of a query up to a place."""
        tokens = tokenize_query(before)
        typed = _typed_word(tokens, before)
        if typed is None:
            return Suggestions(len(before), [])
        start = len(before) - len(typed)
        if typed[:1] in ("?", "$"):
            names = (each.text for each in tokens if each.variable and each.text != typed)
            suggestions = [
                Suggestion(name, kind="variable") for name in names if name.startswith(typed)
            ]
        else:
            suggestions = [*self._suggest_words(typed, _terms_of_triple(tokens, start))]
        return Suggestions(start, list(dict.fromkeys(suggestions))[:MOST_SUGGESTED])

    def _suggest_words(self, typed: str, terms: Sequence[str] | None) -> Iterator[Suggestion]:
        """What words may mean; ``terms`` are those of the triple so far, None outside of braces."""
        if terms is None:
            yield from _find_keywords(typed)
            return
        prefix, colon, local = typed.rpartition(":")
        choices = self._find_choices(local, terms)
        if colon:
            within = (each for each in choices if each.id.startswith(f"{prefix}:"))
            choices = sorted(within, key=lambda each: not each.id.startswith(typed))
        for choice in choices:
            yield Suggestion(choice.id, _label_of(choice), choice.kind)
        if typed and not colon:
            yield from _find_keywords(typed)
            for name, iri in sorted(self._reading.ontology.prefixes.items()):
                if name.startswith(typed):
                    yield Suggestion(f"{name}:", iri, "prefix")

    def _find_choices(self, words: str, terms: Sequence[str]) -> Iterable[Choice]:
        if len(terms) == _PREDICATE:
            yield from self._ranked_terms(words, "relation")
        elif len(terms) >= _OBJECT and terms[_PREDICATE] in ("a", "rdf:type"):
            yield from self._ranked_terms(words, "class")
        else:
            relation = _without_prefix(terms[_PREDICATE]) if len(terms) >= _OBJECT else ""
            for each in self._choices.things(words, relation, is_object=len(terms) >= _OBJECT):
                yield each._replace(id=self._short_name("", each.id))
            for kind in ("value", "class", "relation"):
                yield from self._ranked_terms(words, kind)
            for each in self._choices.articles(words):
                yield each._replace(id=self._short_name("article", each.id), kind="article")
            if words:
                for each in self._choices.assertions(words):
                    yield each._replace(id=self._short_name("assertion", each.id), kind="assertion")

    def _short_name(self, kind: str, id: str) -> str:
        return self._shorten(self._reading.ontology.iri(kind, id))

    def _ranked_terms(self, words: str, kind: str) -> list[Choice]:
        """The terms of a kind that words may mean, those first that are used most."""
        terms = [each for each in self._known_terms if each.choice.kind == kind]
        return rank_choices(
            words, terms, lambda id: (self._uses.of_relations[_without_prefix(id), ""],)
        )

    @cached_property
    def _known_terms(self) -> list[Named]:
        """All terms of the ontology, and the standard ones, each by its label and its names."""
        kinds: dict[str, str] = {}
        labels: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for quad in self._reading.ontology.quads:
            iri, property = getattr(quad.subject, "value", ""), quad.predicate.value
            if property == f"{RDF}type":
                name = local_name(getattr(quad.object, "value", ""))
                kinds[iri] = kinds.get(iri) or _KINDS.get(name, "")
            elif property == f"{RDFS}label" and isinstance(quad.object, Literal):
                labels[iri].append((quad.object.language or "", quad.object.value))
        named_terms = [
            (self._shorten(iri), preferred_label(labels[iri])[1], kind or "value")
            for iri, kind in kinds.items()
            if iri in labels
        ]
        named_terms += [(name, label, "relation") for name, label in _STANDARD.items()]
        return [
            name_choice(Choice(name, label, kind), (label, name, _without_prefix(name)))
            for name, label, kind in named_terms
            if not name.startswith("<")
        ]


def _without_prefix(name: str) -> str:
    return name.rpartition(":")[2]


def _label_of(choice: Choice) -> str:
    return f"{choice.label} ({choice.other})" if choice.other else choice.label


def _find_keywords(typed: str) -> Iterator[Suggestion]:
    for word in KEYWORDS:
        if typed and word.startswith(typed.upper()) and word != typed:
            yield Suggestion(word, kind="keyword")


def _typed_word(tokens: Sequence[Token], before: str) -> str | None:
    """Return what is typed of a word at the end of a text, which may be nothing; None within a
    comment, an IRI or a string.
    """
    last = tokens[-1] if tokens else NO_TOKEN
    behind = before[last.end :]
    if "#" in behind.rpartition("\n")[2] or any(
        each.kind is TokenKind.OPEN_STRING for each in tokens
    ):
        return None
    if behind or not before:
        return ""
    if last.kind in (TokenKind.WORD, TokenKind.NAME, TokenKind.VARIABLE) or last.text in ("?", "$"):
        return last.text
    return None if last.kind in (TokenKind.IRI, TokenKind.STRING) or last.text == "<" else ""


def _terms_of_triple(tokens: Iterable[Token], end: int) -> list[str] | None:
    """Return the terms that stand before a place in its triple; None outside of all braces."""
    terms: list[str] = []
    depth = 0
    for token in tokens:
        if token.start >= end:
            break
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.kind in TERMS or token.text == "a":
            terms.append(token.text)
        elif token.text in _KEPT:
            del terms[_KEPT[token.text] :]
        elif token.text not in ("*", "+"):
            terms = []
    return terms if depth > 0 else None
