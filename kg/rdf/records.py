"""Sources and things as RDF: their nodes with names, citations and the bounds of dates."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kg.dates import Date, Edge
from kg.model import Alias, Article, Thing
from kg.model.corpus import Corpus
from kg.model.locators import RANGE, Locator, Unit, seconds_into
from kg.model.references import Citation, Reference
from kg.ontology import Ontology
from kg.rdf.literals import (
    TYPE,
    Facts,
    NodeText,
    Triples,
    fact_triples,
    iri_node,
    named_term,
    text_literal,
    typed_literal,
    word_term,
    words_literal,
)
from kg.status.statement import Statements


class RecordWriter:
    """Writes the triples of sources and things, their names and citations."""

    def __init__(self, corpus: Corpus, ontology: Ontology, statements: Statements) -> None:
        self.corpus, self.ontology = corpus, ontology
        self.statements = statements
        # The same nodes stand in many triples.
        self.record = cache(lambda kind, id: iri_node(ontology.iri(kind, id)))

    def node(self, id: str) -> NodeText:
        """The node of a thing."""
        return self.record("", id)

    def nodes(self, *references: Reference | None, kind: str = "") -> list[NodeText]:
        """The nodes of things, or of records of a kind; None has none."""
        return [self.record(kind, each.id) for each in references if each]

    def records(self, kind: str, ids: Iterable[str]) -> list[NodeText]:
        """The nodes of records of a kind."""
        return [self.record(kind, id) for id in ids]

    def article(self, article: Article) -> Triples:
        """A source, never its words."""
        s = self.record("article", article.id)
        type = self.ontology.source_types.get(article.type_word)
        yield s, TYPE, named_term("Article")
        if type:
            yield s, named_term("sourceType"), iri_node(type.iri)
            yield s, TYPE, iri_node(type.schema_class)
        publishers = self.nodes(*article.publishers)
        facts: Facts = {
            "publisher": publishers,
            "dcterms:publisher": publishers,
            "originator": self.nodes(*article.originators),
            "countedAs": self.records("", self.statements.counted_as.get(article.id, ())),
        }
        yield from fact_triples(s, facts)
        yield from _source_facts(s, article)
        basis = article.published_basis and word_term(article.published_basis)
        earlier = self.nodes(article.version_of, kind="article")
        yield from fact_triples(s, {"publishedBasis": basis, "versionOf": earlier})
        if article.retracted:
            name, citations = f"article-{article.id}-retracted", article.retracted.citations
            yield from self.citations(s, "retractionCitation", name, citations)

    def thing(self, thing: Thing) -> Triples:
        """A thing, with all its names."""
        s = self.node(thing.id)
        types = [thing.type.id]
        for id in thing.also:
            yield self.node(id), named_term("owl:sameAs"), s
            types.append(self.corpus.also[id].type.id)
        for kind in sorted(set().union(*map(self.ontology.ancestors, types))):
            yield s, TYPE, iri_node(self.ontology.classes[kind].iri)
        facts: Facts = {
            "plural": thing.plural,
            "shortLabel": words_literal(thing.short),
            "actsFor": self.nodes(thing.acts_for),
            "note": words_literal(thing.note),
        }
        yield from fact_triples(s, facts)
        for identifier in thing.ids:
            yield from fact_triples(s, {"schema:identifier": words_literal(str(identifier))})
            if iri := self.ontology.schemes[identifier.scheme].iri_of(identifier.value):
                yield s, named_term("skos:exactMatch"), iri_node(iri)
        yield from self.names(s, thing)

    def names(self, s: NodeText, thing: Thing) -> Triples:
        """The labels of a thing, and its other names."""
        yield from fact_triples(s, {"rdfs:label": list(map(text_literal, thing.labels))})
        labels = {(label.text, label.language) for label in thing.labels}
        for number, alias in enumerate(thing.aliases, 1):
            if (alias.name.text, alias.name.language) not in labels:
                yield s, named_term("skos:altLabel"), text_literal(alias.name)
            yield from self.alias(s, alias, f"{thing.id}-{number}")

    def alias(self, s: NodeText, alias: Alias, id: str) -> Triples:
        """A name of a thing that has citations or a date: a record of its own."""
        if not (alias.citations or alias.when):
            return
        name = self.record("name", id)
        yield name, TYPE, named_term("Name")
        yield from fact_triples(name, {"nameOf": s, "writtenAs": alias.name, "when": alias.when})
        yield from date_bounds(name, alias.when)
        yield from self.citations(name, "citation", f"name-{id}", alias.citations)

    def citations(
        self, of: NodeText, link: str, name: str, citations: Iterable[Citation]
    ) -> Triples:
        """Where articles say so: each with article, paragraph and, if given, the place of the
        words.
        """
        for number, citation in enumerate(_in_order(citations), 1):
            id = f"{name}-{number}"
            s = self.record("citation", id)
            article, paragraph = self.record("article", citation.article.id), citation.paragraph
            words = citation.words
            yield of, named_term(link), s
            yield s, TYPE, named_term("Citation")
            facts: Facts = {
                "article": article,
                "paragraph": paragraph or None,
                "place": "" if paragraph else words_literal(citation.locator.words),
                "wordsFrom": words and words[0],
                "wordsTo": words and words[1],
                "wordsSha256": words_literal(citation.sha256) if words else "",
                "quote": words_literal(citation.quote),
            }
            yield from fact_triples(s, facts)
            yield from self.selectors(id, citation)

    def selectors(self, id: str, citation: Citation) -> Triples:
        """The place and the words of a citation as the Web Annotation vocabulary tells them."""
        s = self.record("citation", id)
        selectors = _web_selectors(citation)
        if selectors:
            yield s, TYPE, named_term("oa:SpecificResource")
            yield s, named_term("oa:hasSource"), self.record("article", citation.article.id)
        for number, facts in enumerate(selectors, 1):
            selector = self.record("citation", f"{id}-selector-{number}")
            yield s, named_term("oa:hasSelector"), selector
            yield from fact_triples(selector, facts)


def _in_order(citations: Iterable[Citation]) -> list[Citation]:
    """Citations by article, place and words, each once."""
    all_citations = list(citations)
    if len(all_citations) < 2:
        return all_citations
    unique = {(c.article.id, c.locator.order, c.words or (), c.quote): c for c in all_citations}
    return [citation for _, citation in sorted(unique.items())]


def date_bounds(s: NodeText, date: Date | None) -> Triples:
    """Yield the bounds of a date as days; where there is none, whether it is open or unknown."""
    if date is None:
        return
    approximate, uncertain = named_term("Approximate"), named_term("Uncertain")
    facts: Facts = {
        "startEarliest": date.start_earliest,
        "startLatest": date.start_latest,
        "endEarliest": date.end_earliest,
        "endLatest": date.end_latest,
        "startKind": _edge(date.start),
        "endKind": _edge(date.end),
        "dateQualifier": [approximate] * date.approximate + [uncertain] * date.uncertain,
        "instant": [typed_literal(date.instant, "xsd:dateTimeStamp")] if date.instant else [],
    }
    yield from fact_triples(s, facts)


def _edge(edge: Edge) -> NodeText | None:
    """How the start or the end of a date is known, where there is no bound."""
    return None if edge is Edge.KNOWN else named_term(edge.capitalize())


def _source_facts(s: NodeText, article: Article) -> Triples:
    """What is given of a source: its title, days, text, author and addresses."""
    archived, retracted = article.archived, article.retracted
    facts: Facts = {
        "dcterms:title": article.title,
        "dcterms:issued": article.published,
        "accessed": article.accessed,
        "archivedOn": archived and archived.when,
        "retractedOn": retracted.when if retracted else None,
        "knownFrom": article.known_from,
        "paragraphs": article.paragraphs or None,
        "textSha256": words_literal(article.text_sha256),
        "schema:author": words_literal(article.author),
        "dcterms:rights": words_literal(article.licence),
        "note": words_literal(article.note),
    }
    yield from fact_triples(s, facts)
    addresses = {
        "schema:url": article.url,
        "schema:sameAs": article.doi and f"https://doi.org/{article.doi}",
        "schema:archivedAt": archived and archived.url,
    }
    iris = {name: iri_node(url) for name, url in addresses.items() if url}
    yield from fact_triples(s, iris)


_MEDIA_FRAGMENTS = iri_node("http://www.w3.org/TR/media-frags/")
"""What a moment of a recording is written by."""

_Selector = dict[str, NodeText | None]
"""What is said of one selector: its class first."""


def _web_selectors(citation: Citation) -> list[_Selector]:
    """Return the selectors of a citation: one for a place other than a paragraph, one for quoted
    words.
    """
    selectors: list[_Selector] = []
    if citation.locator.steps and not citation.paragraph:
        selectors.append(_fragment(citation.locator))
    if citation.quote:
        quoted = named_term("oa:TextQuoteSelector")
        selectors.append({"rdf:type": quoted, "oa:exact": words_literal(citation.quote)})
    return selectors


def _fragment(locator: Locator) -> _Selector:
    words, standard = "&".join(f"{unit}={value}" for unit, value in locator.steps), None
    if [unit for unit, _ in locator.steps] == [Unit.TIME]:
        words, standard = _media_fragment(locator.steps[0][1]), _MEDIA_FRAGMENTS
    type = named_term("oa:FragmentSelector")
    return {"rdf:type": type, "dcterms:conformsTo": standard, "rdf:value": words_literal(words)}


def _media_fragment(moments: str) -> str:
    """A moment or range of moments in seconds: ``t=748``, ``t=3723,3850``."""
    ends = RANGE.fullmatch(moments)
    parts = ends.groups() if ends else (moments,)
    return f"t={','.join(f'{seconds_into(part):g}' for part in parts)}"
