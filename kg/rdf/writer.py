"""The corpus as RDF: statement nodes with their evidence, and the direct triples that the law
allows.

**A direct triple stands if and only if some assertion of it is accepted.** Everything is in the
default graph and every node has an IRI (docs/model.md, section 3). Quads come out sorted, so that
the same workspace gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.files.held import HeldFiles
from kg.files.output import GRAPH
from kg.files.sorted_lines import hold_sorted
from kg.model import Assertion, Conflict
from kg.model.corpus import Corpus
from kg.model.modes import Mode, Rank
from kg.model.references import ASSERTION, Reference, Text
from kg.ontology import Ontology
from kg.ontology.terms import Stage
from kg.ontology.values import Datatype
from kg.rdf.literals import (
    TYPE,
    Facts,
    NodeText,
    Triples,
    fact_triples,
    iri_node,
    named_term,
    quantity_id,
    quantity_triples,
    text_literal,
    words_literal,
)
from kg.rdf.records import RecordWriter, date_bounds
from kg.status.propositions import proposition_of
from kg.status.scope import OBJECT, STATEMENT, SUBJECT, WHEN
from kg.status.statement import Statement, Statements

_ASPECTS = {STATEMENT: "polarity", SUBJECT: "rdf:subject", OBJECT: "rdf:object"}
"""The properties in which rivals differ, where these are called otherwise."""


def write_graph(
    corpus: Corpus, ontology: Ontology, statements: Statements, folder: Path | None = None
) -> HeldFiles:
    """Return a corpus with its ontology as a file of N-Quads, sorted, that is held in a folder."""
    writer = TripleWriter(corpus, ontology, statements)
    lines = (f"{s} {p} {o} .\n" for s, p, o in writer.triples())
    facts = (f"{quad} .\n" for quad in ontology.quads)
    return hold_sorted(GRAPH, chain(lines, facts), folder)


def write_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Sorted quads as N-Quads, one line each."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def turtle_bytes(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> bytes:
    """Sorted quads as Turtle, grouped by subject, with prefixes."""
    data = BytesIO()
    write_turtle(data, quads, prefixes)
    return data.getvalue()


def write_turtle(file: IO[bytes], quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> None:
    """Write sorted quads as Turtle, grouped by subject, with prefixes."""
    triples = (quad.triple for quad in quads)
    ordered = dict(sorted(prefixes.items()))
    ox.serialize(triples, file, format=ox.RdfFormat.TURTLE, prefixes=ordered)


class TripleWriter(RecordWriter):
    """Writes the triples of each record of a corpus."""

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

    def statement(self, statement: Statement) -> Triples:
        """A statement node, and the direct triple where the assertion is accepted."""
        a = statement.assertion
        s = self.record("assertion", a.id)
        subject, object = self.node(a.subject.id), self.object(a)
        predicate = iri_node(statement.relation.iri)
        yield from self.quantities(a)
        if statement.is_affirmed:
            yield subject, predicate, object
        limited = [statement.limited_state] if statement.limited_state else []
        content = self.proposition(a)
        facts: Facts = {
            "rdf:type": named_term("Inferred" if a.rule else "Assertion"),
            "byRule": words_literal(a.rule),
            "rdf:subject": subject,
            "rdf:predicate": predicate,
            "rdf:object": object,
            "endsState" if a.ends else "beginsState": self.records("assertion", limited),
            "writtenWith": self.records("", a.written_ids),
            "polarity": named_term(_polarity(a)),
            "mode": a.mode,
            "basis": a.basis,
            "proposition": content,
        }
        yield from fact_triples(s, facts)
        yield content, TYPE, named_term("Proposition")
        yield from self.standing(s, statement)
        holders = statement.holders if a.mode is Mode.SUPPOSED else ()
        holder_nodes = self.records("", [each.id for each in holders])
        yield from fact_triples(s, {"holder": holder_nodes, "when": a.when})
        yield from date_bounds(s, statement.bounds if a.when else None)
        yield from self.speech(s, a)
        yield from self.qualifiers(s, statement)
        yield from self.support(s, statement)
        yield from self.argument(s, a)
        yield from self.remarks(s, a)

    def standing(self, s: NodeText, statement: Statement) -> Triples:
        """Where it stands, why, and what stands against it in what; how surely it holds."""
        facts: Facts = {
            "status": statement.status,
            "statusReason": words_literal(statement.reason),
            "holds": statement.certainty,
            "contradicts": self.records("assertion", statement.against),
        }
        yield from fact_triples(s, facts)
        shown_rivals = set(statement.against)
        for aspect, rivals in statement.standing.contests:
            yield s, named_term("contestedAspect"), self.aspect(aspect)
            contest = self.record("contest", f"{statement.id}-{aspect}")
            if aspect == WHEN and rivals:
                yield from date_bounds(contest, statement.own_bounds)
            others = self.records("assertion", [each for each in rivals if each in shown_rivals])
            if others:
                yield s, named_term("contest"), contest
                yield contest, TYPE, named_term("Contest")
                facts = {"inAspect": self.aspect(aspect), "contestedBy": others}
                yield from fact_triples(contest, facts)

    def speech(self, s: NodeText, assertion: Assertion) -> Triples:
        """Who says so, through whom, when and where."""
        facts: Facts = {
            "speaker": self.nodes(*assertion.speakers),
            "about": self.nodes(*assertion.about),
            "via": self.nodes(*assertion.via),
            "said": assertion.said,
            "where": self.nodes(assertion.where),
        }
        return fact_triples(s, facts)

    def support(self, s: NodeText, statement: Statement) -> Triples:
        """The citations and what they count: articles, and independent sources by originator."""
        facts: Facts = {
            "articles": len(statement.articles),
            "independentSources": statement.sources,
            "knownFrom": statement.known_from,
            "lastReport": statement.last_report,
            "unconfirmedIn": self.records("article", statement.unconfirmed_in),
        }
        yield from fact_triples(s, facts)
        yield from self.citations(s, "citation", statement.id, statement.assertion.citations)

    def argument(self, s: NodeText, assertion: Assertion) -> Triples:
        """How an assertion bears on others: denies, corrects, follows from, comes true."""
        outcome = assertion.outcome
        realised_by = outcome and outcome.realised_by
        facts: Facts = {
            "denies": self.nodes(assertion.denies, kind="assertion"),
            "supersedes": self.nodes(*assertion.supersedes, kind="assertion"),
            "followsFrom": self.nodes(*assertion.follows_from, kind="assertion"),
            "retroactive": assertion.retroactive,
            "outcome": outcome and outcome.kind,
            "realisedBy": self.nodes(realised_by, kind="assertion"),
        }
        yield from fact_triples(s, facts)
        if outcome:
            name = f"{assertion.id}-outcome"
            yield from self.citations(s, "outcomeCitation", name, outcome.citations)
        yield from self.withdrawals(s, assertion)

    def withdrawals(self, s: NodeText, assertion: Assertion) -> Triples:
        """Who took it back, when, and where that is reported."""
        for number, each in enumerate(assertion.withdrawals, 1):
            withdrawal = self.record("withdrawal", f"{assertion.id}-{number}")
            yield s, named_term("withdrawal"), withdrawal
            yield withdrawal, TYPE, named_term("Withdrawal")
            leavers = self.nodes(*(each.by or assertion.speakers))
            yield from fact_triples(withdrawal, {"withdrawnBy": leavers, "withdrawnOn": each.when})
            if assertion.withdrawn:
                yield from fact_triples(s, {"withdrawnOn": each.when})
        citations = chain.from_iterable(each.citations for each in assertion.withdrawals)
        yield from self.citations(s, "withdrawalCitation", f"{assertion.id}-withdrawn", citations)

    def remarks(self, s: NodeText, assertion: Assertion) -> Triples:
        """What a curator adds: a condition, a confidence, a rank and a note."""
        facts: Facts = {
            "condition": words_literal(assertion.condition),
            "confidence": words_literal(assertion.confidence or ""),
            "rank": words_literal("" if assertion.rank is Rank.NORMAL else assertion.rank),
            "note": words_literal(assertion.note),
        }
        return fact_triples(s, facts)

    def conflict(self, conflict: Conflict) -> Triples:
        """A question with its rival answers."""
        s = self.record("conflict", conflict.id)
        facts: Facts = {
            "rdf:type": named_term("Conflict"),
            "question": conflict.question,
            "conflictKind": conflict.kind,
            "between": self.nodes(*conflict.between, kind="assertion"),
            "about": self.aspect(conflict.aspect) if conflict.aspect else None,
        }
        return fact_triples(s, facts)

    def aspect(self, name: str) -> NodeText:
        """The property in which rivals differ; of what is denied as a whole its polarity."""
        qualifier = self.ontology.qualifiers.get(name)
        if qualifier and name not in _ASPECTS:
            return iri_node(qualifier.iri)
        return named_term(_ASPECTS.get(name, name))

    def object(self, assertion: Assertion) -> NodeText:
        """The object of an assertion: a value, or a stage of its subject's life."""
        stages: list[Stage] = []
        if self.ontology.relation_of(assertion).names_stage:
            stages = self.ontology.stages_of(self.corpus.things[assertion.subject.id].type.id)
        iris = [stage.iri for stage in stages if f'"{stage.written}"@' == assertion.object_key]
        return iri_node(iris[0]) if iris else self.value(assertion.object)

    def value(self, object: Reference | Text) -> NodeText:
        """A thing's node, a quantity's, or a literal."""
        if isinstance(object, Reference):
            return self.node(object.id)
        if object.datatype == ASSERTION:
            return self.record("assertion", object.text)
        if object.datatype == Datatype.QUANTITY:
            return self.record("quantity", quantity_id(object))
        return text_literal(object)

    def qualifiers(self, s: NodeText, statement: Statement) -> Triples:
        """What it says beyond its triple: by qualifier, and in a line."""
        if statement.qualifiers:
            yield s, named_term("with"), words_literal(statement.qualified)
        for qualifier in statement.assertion.qualifiers:
            kind = self.ontology.qualifiers[qualifier.name.id]
            yield s, iri_node(kind.iri), self.value(qualifier.value)

    def quantities(self, assertion: Assertion) -> Triples:
        """The quantities that an assertion speaks of: each with its numbers and its unit."""
        for value in (assertion.object, *(each.value for each in assertion.qualifiers)):
            if isinstance(value, Text) and value.datatype == Datatype.QUANTITY:
                yield from quantity_triples(self.record("quantity", quantity_id(value)), value)

    def proposition(self, assertion: Assertion) -> NodeText:
        """One node for a subject-predicate-object, whoever asserts or denies it."""
        key = "\0".join(proposition_of(assertion, self.ontology))
        return self.record("proposition", hashlib.sha256(key.encode()).hexdigest()[:16])


def _polarity(assertion: Assertion) -> str:
    """What an assertion does to its triple: asserts or denies it, or tells of its end or beginning,
    so that it says nothing of the triple itself.
    """
    denies = assertion.is_denial
    if assertion.ends:
        return "DeniesEnd" if denies else "Ends"
    if assertion.begins:
        return "DeniesBeginning" if denies else "Begins"
    return "Denies" if denies else "Asserts"
