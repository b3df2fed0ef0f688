"""The corpus as RDF: statement nodes with their evidence, and the direct triples that the law
allows.

**A direct triple stands if and only if some assertion of it is accepted.** Everything is in the
default graph and every node has an IRI (docs/model.md, section 3). Quads come out sorted, so that
the same workspace gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pyoxigraph as ox

from kg.dates import Date, Day, Edge
from kg.model import (
    ASSERTION,
    Alias,
    Article,
    Assertion,
    Citation,
    Conflict,
    Corpus,
    Mode,
    Polarity,
    Rank,
    Reference,
    Text,
    Thing,
)
from kg.ontology import DCTERMS, KG, OA, OWL, RDF, RDFS, SCHEMA, SKOS, XSD, Ontology, Stage
from kg.rdf.literals import quantity_id, quantity_triples, text_literal
from kg.rdf.selectors import web_selectors
from kg.rdf.source_facts import source_facts
from kg.statement import Statement, Statements
from kg.status.propositions import proposition
from kg.status.rivals import OBJECT, STATEMENT, SUBJECT
from kg.status.scope import WHEN
from kg.values import Datatype

TYPE = ox.NamedNode(f"{RDF}type")
_SUBJECT, _PREDICATE, _OBJECT = (
    ox.NamedNode(f"{RDF}{term}") for term in ("subject", "predicate", "object")
)
_DATE, _EDTF = ox.NamedNode(f"{XSD}date"), ox.NamedNode(f"{KG}edtf")
_INTEGER, _TRUE = (
    ox.NamedNode(f"{XSD}integer"),
    ox.Literal("true", datatype=ox.NamedNode(f"{XSD}boolean")),
)
_INSTANT = ox.NamedNode(f"{XSD}dateTimeStamp")

Node = ox.NamedNode | ox.Literal
Triples = Iterator[tuple[ox.NamedNode, ox.NamedNode, Node]]


def graph(corpus: Corpus, ontology: Ontology, statements: Statements) -> list[ox.Quad]:
    """Return every quad of a corpus, with its ontology, sorted by their N-Quads lines."""
    writer = TripleWriter(corpus, ontology, statements)
    quads = [*(ox.Quad(*triple) for triple in writer.triples()), *ontology.quads]
    lines = {str(quad): quad for quad in quads}
    return [lines[line] for line in sorted(lines)]


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Sorted quads as N-Quads, one line each."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def turtle(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> bytes:
    """Sorted quads as Turtle, grouped by subject, with prefixes."""
    text = ox.serialize(
        (quad.triple for quad in quads),
        format=ox.RdfFormat.TURTLE,
        prefixes=dict(sorted(prefixes.items())),
    )
    assert text is not None
    return text


class TripleWriter:
    """Writes the triples of each record of a corpus."""

    def __init__(self, corpus: Corpus, ontology: Ontology, statements: Statements) -> None:
        self.corpus, self.ontology = corpus, ontology
        self.statements = statements
        # The same nodes stand in many triples.
        self.record = cache(lambda kind, id: ox.NamedNode(ontology.iri(kind, id)))

    def triples(self) -> Triples:
        """Yield the triples of every record."""
        for article in self.corpus.articles.values():
            yield from self.article(article)
        for thing in self.corpus.things.values():
            yield from self.thing(thing)
        for id in self.corpus.assertions:
            yield from self.statement(self.statements[id])
        for conflict in self.corpus.conflicts.values():
            yield from self.conflict(conflict)

    def node(self, id: str) -> ox.NamedNode:
        """The node of a thing."""
        return self.record("", id)

    def article(self, article: Article) -> Triples:
        """A source, never its words."""
        s = self.record("article", article.id)
        type = self.ontology.source_types.get(article.type_word)
        yield s, TYPE, _kg("Article")
        if type:
            yield s, _kg("sourceType"), ox.NamedNode(type.iri)
            yield s, TYPE, ox.NamedNode(type.schema_class)
        for publisher in article.publishers:
            yield s, _kg("publisher"), self.node(publisher.id)
            yield s, ox.NamedNode(f"{DCTERMS}publisher"), self.node(publisher.id)
        for originator in article.originators:
            yield s, _kg("originator"), self.node(originator.id)
        for source in self.statements.counted_as.get(article.id, ()):
            yield s, _kg("countedAs"), self.node(source)
        for predicate, object in source_facts(article):
            yield s, predicate, object
        if article.published_basis:
            yield s, _kg("publishedBasis"), _word(article.published_basis)
        if article.version_of:
            yield s, _kg("versionOf"), self.record("article", article.version_of.id)
        if article.retracted:
            name, citations = f"article-{article.id}-retracted", article.retracted.citations
            yield from self.citations(s, _kg("retractionCitation"), name, citations)

    def thing(self, thing: Thing) -> Triples:
        """A thing, with all its names."""
        s = self.node(thing.id)
        types = [thing.type.id]
        for id in thing.also:
            yield self.node(id), ox.NamedNode(f"{OWL}sameAs"), s
            types.append(self.corpus.also[id].type.id)
        for kind in sorted(set().union(*map(self.ontology.ancestors, types))):
            yield s, TYPE, ox.NamedNode(self.ontology.classes[kind].iri)
        if thing.plural:
            yield s, _kg("plural"), _TRUE
        if thing.short:
            yield s, _kg("shortLabel"), ox.Literal(thing.short)
        if thing.acts_for:
            yield s, _kg("actsFor"), self.node(thing.acts_for.id)
        if thing.note:
            yield s, _kg("note"), ox.Literal(thing.note)
        for identifier in thing.ids:
            yield s, ox.NamedNode(f"{SCHEMA}identifier"), ox.Literal(str(identifier))
            if iri := self.ontology.schemes[identifier.scheme].iri_of(identifier.value):
                yield s, ox.NamedNode(f"{SKOS}exactMatch"), ox.NamedNode(iri)
        yield from self.names(s, thing)

    def names(self, s: ox.NamedNode, thing: Thing) -> Triples:
        """The labels of a thing, and its other names."""
        for label in thing.labels:
            yield s, ox.NamedNode(f"{RDFS}label"), text_literal(label)
        labels = {(label.text, label.language) for label in thing.labels}
        for number, alias in enumerate(thing.aliases, 1):
            if (alias.name.text, alias.name.language) not in labels:
                yield s, ox.NamedNode(f"{SKOS}altLabel"), text_literal(alias.name)
            yield from self.alias(s, alias, f"{thing.id}-{number}")

    def alias(self, s: ox.NamedNode, alias: Alias, id: str) -> Triples:
        """A name of a thing that has citations or a date: a record of its own."""
        if not (alias.citations or alias.when):
            return
        name = self.record("name", id)
        yield name, TYPE, _kg("Name")
        yield name, _kg("nameOf"), s
        yield name, _kg("writtenAs"), text_literal(alias.name)
        if alias.when:
            yield name, _kg("when"), _edtf(alias.when)
            yield from _bounds(name, alias.when)
        yield from self.citations(name, _kg("citation"), f"name-{id}", alias.citations)

    def citations(
        self, of: ox.NamedNode, link: ox.NamedNode, name: str, citations: Iterable[Citation]
    ) -> Triples:
        """Where articles say so: each with article, paragraph and, if given, the place of the
        words.
        """
        unique = {(c.article.id, c.locator.order, c.words or (), c.quote): c for c in citations}
        for number, (_, citation) in enumerate(sorted(unique.items()), 1):
            s = self.record("citation", f"{name}-{number}")
            yield of, link, s
            yield s, TYPE, _kg("Citation")
            yield s, _kg("article"), self.record("article", citation.article.id)
            if citation.paragraph:
                yield s, _kg("paragraph"), _number(citation.paragraph)
            else:
                yield s, _kg("place"), ox.Literal(citation.locator.words)
            if citation.words:
                yield s, _kg("wordsFrom"), _number(citation.words[0])
                yield s, _kg("wordsTo"), _number(citation.words[1])
                yield s, _kg("wordsSha256"), ox.Literal(citation.sha256)
            if citation.quote:
                yield s, _kg("quote"), ox.Literal(citation.quote)
            yield from self.selectors(s, citation)

    def selectors(self, s: ox.NamedNode, citation: Citation) -> Triples:
        """The place and the words as the Web Annotation vocabulary tells them."""
        name = s.value.rpartition("/")[2]
        selectors = web_selectors(citation)
        if selectors:
            yield s, TYPE, ox.NamedNode(f"{OA}SpecificResource")
            yield s, ox.NamedNode(f"{OA}hasSource"), self.record("article", citation.article.id)
        for number, facts in enumerate(selectors, 1):
            selector = self.record("citation", f"{name}-selector-{number}")
            yield s, ox.NamedNode(f"{OA}hasSelector"), selector
            for predicate, object in facts:
                yield selector, predicate, object

    def statement(self, statement: Statement) -> Triples:
        """A statement node, and the direct triple where the assertion is accepted."""
        assertion = statement.assertion
        s = self.record("assertion", assertion.id)
        subject, object = self.node(assertion.subject.id), self.object(assertion)
        predicate = ox.NamedNode(statement.relation.iri)
        yield from self.quantities(assertion)
        if statement.is_affirmed:
            yield subject, predicate, object
        yield s, TYPE, _kg("Inferred" if assertion.rule else "Assertion")
        if assertion.rule:
            yield s, _kg("byRule"), ox.Literal(assertion.rule)
        yield s, _SUBJECT, subject
        yield s, _PREDICATE, predicate
        yield s, _OBJECT, object
        if statement.limited_state:
            link = _kg("endsState" if assertion.ends else "beginsState")
            yield s, link, self.record("assertion", statement.limited_state)
        for id in assertion.written_ids:
            yield s, _kg("writtenWith"), self.node(id)
        yield s, _kg("polarity"), _kg(_polarity(assertion))
        yield s, _kg("mode"), _word(assertion.mode)
        yield s, _kg("basis"), _word(assertion.basis)
        content = self.proposition(assertion)
        yield s, _kg("proposition"), content
        yield content, TYPE, _kg("Proposition")
        yield from self.standing(s, statement)
        if assertion.mode is Mode.SUPPOSED:
            for holder in statement.holders:
                yield s, _kg("holder"), self.node(holder.id)
        if assertion.when:
            yield s, _kg("when"), _edtf(assertion.when)
            yield from _bounds(s, statement.bounds)
        yield from self.speech(s, assertion)
        yield from self.qualifiers(s, statement)
        yield from self.support(s, statement)
        yield from self.argument(s, assertion)
        yield from self.remarks(s, assertion)

    def standing(self, s: ox.NamedNode, statement: Statement) -> Triples:
        """Where it stands, why, and what stands against it in what; how surely it holds."""
        yield s, _kg("status"), _word(statement.status)
        yield s, _kg("statusReason"), ox.Literal(statement.reason)
        if statement.certainty:
            yield s, _kg("holds"), _word(statement.certainty)
        shown = set(statement.against)
        for other in statement.against:
            yield s, _kg("contradicts"), self.record("assertion", other)
        for aspect, rivals in statement.contests:
            yield s, _kg("contestedAspect"), self.aspect(aspect)
            contest = self.record("contest", f"{statement.id}-{aspect}")
            if aspect == WHEN and rivals:
                yield from _bounds(contest, statement.own_bounds)
            others = [each for each in rivals if each in shown]
            if others:
                yield s, _kg("contest"), contest
                yield contest, TYPE, _kg("Contest")
                yield contest, _kg("inAspect"), self.aspect(aspect)
            for other in others:
                yield contest, _kg("contestedBy"), self.record("assertion", other)

    def speech(self, s: ox.NamedNode, assertion: Assertion) -> Triples:
        """Who says so, through whom, when and where."""
        for speaker in assertion.speakers:
            yield s, _kg("speaker"), self.node(speaker.id)
        for matter in assertion.about:
            yield s, _kg("about"), self.node(matter.id)
        for via in assertion.via:
            yield s, _kg("via"), self.node(via.id)
        if assertion.said:
            yield s, _kg("said"), _edtf(assertion.said)
        if assertion.where:
            yield s, _kg("where"), self.node(assertion.where.id)

    def support(self, s: ox.NamedNode, statement: Statement) -> Triples:
        """The citations and what they count: articles, and independent sources by originator."""
        yield s, _kg("articles"), _number(len(statement.articles))
        yield s, _kg("independentSources"), _number(statement.sources)
        if statement.known_from:
            yield s, _kg("knownFrom"), _day(statement.known_from)
        if statement.last_report:
            yield s, _kg("lastReport"), _day(statement.last_report)
        for state in statement.unconfirmed_in:
            yield s, _kg("unconfirmedIn"), self.record("article", state)
        citations = statement.assertion.citations
        yield from self.citations(s, _kg("citation"), statement.id, citations)

    def argument(self, s: ox.NamedNode, assertion: Assertion) -> Triples:
        """How an assertion bears on others: denies, corrects, follows from, comes true."""

        def link(term: str, to: Reference | None) -> Triples:
            if to:
                yield s, _kg(term), self.record("assertion", to.id)

        yield from link("denies", assertion.denies)
        for earlier in assertion.supersedes:
            yield from link("supersedes", earlier)
        for parent in assertion.follows_from:
            yield from link("followsFrom", parent)
        if assertion.retroactive:
            yield s, _kg("retroactive"), _TRUE
        if assertion.outcome:
            yield s, _kg("outcome"), _word(assertion.outcome.kind)
            yield from link("realisedBy", assertion.outcome.realised_by)
            cited, name = assertion.outcome.citations, f"{assertion.id}-outcome"
            yield from self.citations(s, _kg("outcomeCitation"), name, cited)
        yield from self.withdrawals(s, assertion)

    def withdrawals(self, s: ox.NamedNode, assertion: Assertion) -> Triples:
        """Who took it back, when, and where that is reported."""
        everybody = assertion.speakers
        for number, each in enumerate(assertion.withdrawals, 1):
            withdrawal = self.record("withdrawal", f"{assertion.id}-{number}")
            yield s, _kg("withdrawal"), withdrawal
            yield withdrawal, TYPE, _kg("Withdrawal")
            for speaker in each.by or everybody:
                yield withdrawal, _kg("withdrawnBy"), self.node(speaker.id)
            if each.when:
                yield withdrawal, _kg("withdrawnOn"), _edtf(each.when)
        days = [each.when for each in assertion.withdrawals if each.when]
        for day in days if assertion.withdrawn else ():
            yield s, _kg("withdrawnOn"), _edtf(day)
        citations = [c for each in assertion.withdrawals for c in each.citations]
        name = f"{assertion.id}-withdrawn"
        yield from self.citations(s, _kg("withdrawalCitation"), name, citations)

    def remarks(self, s: ox.NamedNode, assertion: Assertion) -> Triples:
        """What a curator adds: a condition, a confidence, a rank and a note."""
        if assertion.condition:
            yield s, _kg("condition"), ox.Literal(assertion.condition)
        if assertion.confidence:
            yield s, _kg("confidence"), ox.Literal(assertion.confidence.value)
        if assertion.rank is not Rank.NORMAL:
            yield s, _kg("rank"), ox.Literal(assertion.rank.value)
        if assertion.note:
            yield s, _kg("note"), ox.Literal(assertion.note)

    def conflict(self, conflict: Conflict) -> Triples:
        """A question with its rival answers."""
        s = self.record("conflict", conflict.id)
        yield s, TYPE, _kg("Conflict")
        yield s, _kg("question"), text_literal(conflict.question)
        yield s, _kg("conflictKind"), _word(conflict.kind)
        for rival in conflict.between:
            yield s, _kg("between"), self.record("assertion", rival.id)
        if conflict.aspect:
            yield s, _kg("about"), self.aspect(conflict.aspect)

    def aspect(self, name: str) -> ox.NamedNode:
        """The property in which rivals differ; of what is denied as a whole its polarity."""
        if name in _ASPECTS:
            return _ASPECTS[name]
        qualifier = self.ontology.qualifiers.get(name)
        return ox.NamedNode(qualifier.iri) if qualifier else _kg(name)

    def object(self, assertion: Assertion) -> Node:
        """The object of an assertion: a value, or a stage of its subject's life."""
        stages: list[Stage] = []
        if self.ontology.relations[assertion.predicate.id].names_stage:
            stages = self.ontology.stages_of(self.corpus.things[assertion.subject.id].type.id)
        iris = [stage.iri for stage in stages if f'"{stage.written}"@' == assertion.object_key]
        return ox.NamedNode(iris[0]) if iris else self.value(assertion.object)

    def value(self, object: Reference | Text) -> Node:
        """A thing's node, a quantity's, or a literal."""
        if isinstance(object, Reference):
            return self.node(object.id)
        if object.datatype == ASSERTION:
            return self.record("assertion", object.text)
        if object.datatype == Datatype.QUANTITY:
            return self.record("quantity", quantity_id(object))
        return text_literal(object)

    def qualifiers(self, s: ox.NamedNode, statement: Statement) -> Triples:
        """What it says beyond its triple: by qualifier, and in a line."""
        if statement.qualifiers:
            yield s, _kg("with"), ox.Literal(statement.qualified)
        for qualifier in statement.assertion.qualifiers:
            kind = self.ontology.qualifiers[qualifier.name.id]
            yield s, ox.NamedNode(kind.iri), self.value(qualifier.value)

    def quantities(self, assertion: Assertion) -> Triples:
        """The quantities that an assertion speaks of: each with its numbers and its unit."""
        for value in (assertion.object, *(each.value for each in assertion.qualifiers)):
            if isinstance(value, Text) and value.datatype == Datatype.QUANTITY:
                yield from quantity_triples(self.record("quantity", quantity_id(value)), value)

    def proposition(self, assertion: Assertion) -> ox.NamedNode:
        """One node for a subject-predicate-object, whoever asserts or denies it."""
        key = "\0".join(proposition(assertion, self.ontology))
        return self.record("proposition", hashlib.sha256(key.encode()).hexdigest()[:16])


def _polarity(assertion: Assertion) -> str:
    """What an assertion does to its triple: asserts or denies it, or tells of its end or beginning,
    so that it says nothing of the triple itself.
    """
    denies = assertion.polarity is Polarity.DENIES
    if assertion.ends:
        return "DeniesEnd" if denies else "Ends"
    if assertion.begins:
        return "DeniesBeginning" if denies else "Begins"
    return "Denies" if denies else "Asserts"


def _bounds(s: ox.NamedNode, date: Date | None) -> Triples:
    """The bounds of a date as days; where there is none, whether it is open or unknown."""
    if date is None:
        return
    for term, day in (
        ("startEarliest", date.start_earliest),
        ("startLatest", date.start_latest),
        ("endEarliest", date.end_earliest),
        ("endLatest", date.end_latest),
    ):
        if day is not None:
            yield s, _kg(term), _day(day)
    for term, edge in (("startKind", date.start), ("endKind", date.end)):
        if edge is not Edge.KNOWN:
            yield s, _kg(term), _kg("Open" if edge is Edge.OPEN else "Unknown")
    if date.approximate:
        yield s, _kg("dateQualifier"), _kg("Approximate")
    if date.uncertain:
        yield s, _kg("dateQualifier"), _kg("Uncertain")
    if date.instant:
        yield s, _kg("instant"), ox.Literal(date.instant, datatype=_INSTANT)


_ASPECTS = {
    STATEMENT: ox.NamedNode(f"{KG}polarity"),
    SUBJECT: _SUBJECT,
    OBJECT: _OBJECT,
}


def _edtf(date: Date) -> ox.Literal:
    """A date as it is written."""
    return ox.Literal(date.text, datatype=_EDTF)


@cache
def _kg(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{KG}{name}")


@cache
def _word(word: str) -> ox.NamedNode:
    """A word of the model as a term: ``did-not-happen`` is ``kg:DidNotHappen``; two words have a
    term of their own.
    """
    return _kg(_TERMS.get(word) or "".join(part.capitalize() for part in word.split("-")))


_TERMS = {"inferred": "InferredByCurator", "open": "OpenOutcome"}


@cache
def _day(day: Day) -> ox.Literal:
    return ox.Literal(str(day), datatype=_DATE)


@cache
def _number(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=_INTEGER)
