"""From source files to a corpus.

A record with a mistake is left out of the corpus, but its id is remembered, so that one mistake is
one diagnostic and not one for every mention. Names are not looked up here: that is ``kg.checks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from kg.diagnostics import Diagnostic, Span, rules
from kg.files.cache import Cache, fingerprint
from kg.files.workspace import SourceFile
from kg.model import Article, Assertion, Conflict, Thing
from kg.model.closure import find_circles, show_circle
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.references import ASSERTION, Qualifier, Reference, Text
from kg.ontology import Ontology
from kg.sources.assertions import make_dependent, target_of
from kg.sources.derived_ids import identifying_content
from kg.sources.entries import CLASSES, Entry, FileReader
from kg.sources.hints import AN_ARTICLE, nearest_name
from kg.sources.pieces import read_in_pieces
from kg.sources.record import Notes
from kg.sources.records import pass_on_retractions
from kg.sources.values import is_id
from kg.text.characters import foreign_letter, quoted


class Definition(NamedTuple):
    """The id that a record has of its own, and its place; ``kind`` is thing, article, assertion or
    conflict.
    """

    id: str
    span: Span
    kind: str


class Loaded(NamedTuple):
    """A corpus, what is wrong with its files, and the ids of records that were left out for a
    mistake of their own (``broken_ids``).

    ``complete`` is false where a file could not be read at all: then a name that is not found may
    stand in it. ``definitions`` are the ids that records have of their own, ``references`` every
    place where an id stands, of broken records too, in the files that were read; ``reused`` are how
    many were not, but known from the cache.
    """

    corpus: Corpus
    diagnostics: tuple[Diagnostic, ...]
    broken_ids: frozenset[str]
    complete: bool
    definitions: dict[str, Definition]
    references: tuple[Reference, ...]
    reused: int = 0


class RecordCache(NamedTuple):
    """Where the records of files are kept, and the fingerprint of the ontology that they are read
    by.
    """

    cache: Cache
    ontology: str


def load_corpus(
    files: Iterable[SourceFile], ontology: Ontology | None = None, cache: RecordCache | None = None
) -> Loaded:
    """Return all that source files say; the ontology tells which objects are ids and which are
    values, and of what type. A file whose records ``cache`` has is not read again.
    """
    loader = _Loader(ontology or Ontology("", ""), cache)
    for file in files:
        loader.take_file(file)
    return loader.result()


def join_entries(entries: Iterable[Entry], ontology: Ontology) -> Loaded:
    """Return what some records say, in the order of reading, as if there were no others."""
    loader = _Loader(ontology, None)
    for entry in entries:
        loader.take(entry)
    return loader.result()


class _Loader:
    def __init__(self, ontology: Ontology, record_cache: RecordCache | None) -> None:
        self.ontology = ontology
        self.record_cache = record_cache
        self.reused = 0
        self.notes = Notes(reckoning=ontology.reckoning)
        self.problems = self.notes.problems
        self.reader = FileReader(ontology, self.notes)
        self.definitions: dict[str, Definition] = {}
        self.places: dict[str, tuple[str, Span]] = {}
        self.broken: set[str] = set()
        self.articles: dict[str, Article] = {}
        self.things: dict[str, Thing] = {}
        self.assertions: dict[str, Assertion] = {}
        self.dependents: list[_Waiting] = []
        self.conflicts: dict[str, Conflict] = {}
        self.tables: dict[str, dict[str, Any]] = {
            "article": self.articles,
            "thing": self.things,
            "conflict": self.conflicts,
        }

    def take_file(self, file: SourceFile) -> None:
        memory = self.record_cache
        for entry in self.known_entries(file, memory) if memory else self.reader.read(file):
            self.take(entry)

    def known_entries(self, file: SourceFile, memory: RecordCache) -> list[Entry]:
        """The records of a file as they were kept, or read anew and then kept if there is no error
        in it.
        """
        cache, key = memory.cache, fingerprint(memory.ontology, file.name, file.data)
        entries: list[Entry]
        match cache.find(key, CLASSES):
            case (list(entries), list(warnings)):
                self.reused += 1
                self.problems += warnings
            case _:
                entries = self.changed_entries(file, memory, key)
        return entries

    def changed_entries(self, file: SourceFile, memory: RecordCache, key: str) -> list[Entry]:
        """The records of a file that is not known as it is: of a long one only pieces may be new.
        It is kept, if there is no error in it.
        """
        cache, before = memory.cache, len(self.problems)
        if pieces := read_in_pieces(file, self.ontology, cache, memory.ontology):
            self.reused += pieces.is_known
            if cache.is_memory:
                cache.keep(key, (pieces.entries, []), CLASSES)
            return pieces.entries
        entries = self.reader.read(file)
        if not self.notes.has_error(since=before):
            cache.keep(key, (entries, self.problems[before:]), CLASSES)
        return entries

    def take(self, entry: Entry) -> None:
        """Take in one record, unless its id is ill formed or taken, or it has a mistake."""
        own, value = entry.own, entry.value
        if own and not self.define(own, entry.kind):
            return
        if value is None:
            self.broken |= {own.id} if own else set()
        elif isinstance(value, dict):
            self.dependents.append(_Waiting(len(self.dependents), value))
        elif isinstance(value, list):
            for assertion in value:
                self.add(assertion)
        else:
            self.tables[entry.kind][value.id] = value

    def define(self, reference: Reference, kind: str) -> bool:
        """Tell whether the id of a record is well formed and new; it is remembered either way."""
        id, span = reference.id, reference.span
        self.definitions.setdefault(id, Definition(id, span, kind))
        if not is_id(id):
            self.broken.add(id)
            return False
        if (folded_id := id.lower()) in self.places:
            other, place = self.places[folded_id]
            same = other == id
            how = "is given twice" if same else f"differs from {quoted(other)} only in letter case"
            message = f"id {quoted(id)} {how}; the first is at {place}"
            hint = "one id for one thing: rename one"
            self.problems.append(rules.ID_TWICE.at(span, message, hint, [place]))
            # Whatever names it may mean the one that is left out: no more is said of it.
            self.broken |= {id, other}
            return False
        self.places[folded_id] = id, span
        return True

    def add(self, assertion: Assertion) -> None:
        """Take in an assertion, unless the id that is derived from its content is taken: then it is
        written twice.
        """
        folded_id = assertion.id.lower()
        if assertion.has_own_id or folded_id not in self.places:
            self.places.setdefault(folded_id, (assertion.id, assertion.span))
            self.assertions[assertion.id] = assertion
        else:
            other = self.assertions.get(self.places[folded_id][0], assertion)
            self.problems.append(_written_twice(assertion, other))

    def result(self) -> Loaded:
        """Return the corpus, once every file is read."""
        self.resolve_dependents()
        self.problems += _repeated(self.assertions.values())
        self.resolve_qualifiers()
        self.resolve_objects()
        in_order = dict(sorted(self.assertions.items(), key=lambda item: (item[1].span, item[0])))
        articles = pass_on_retractions(self.articles)
        corpus = Corpus(articles, self.things, in_order, self.conflicts)
        article = next(iter(self.articles), "gazette-2024-03-06")
        diagnostics = tuple(
            replace(problem, hint=problem.hint.replace(AN_ARTICLE, article))
            for problem in self.problems
        )
        return Loaded(
            corpus,
            diagnostics,
            frozenset(self.broken),
            self.reader.complete,
            self.definitions,
            tuple(self.notes.references),
            self.reused,
        )

    def resolve_qualifiers(self) -> None:
        """Put a thing in the place of a qualifier's text, where it may be either and is the id of
        one.
        """
        for id, assertion in self.assertions.items():
            if assertion.qualifiers:
                qualifiers = tuple(map(self.resolve_qualifier, assertion.qualifiers))
                self.assertions[id] = replace(assertion, qualifiers=qualifiers)

    def resolve_objects(self) -> None:
        """Put an assertion in the place of an object that is the id of one, where the relation
        leads to assertions.
        """
        relations = self.ontology.relations
        speaking = {name for name, relation in relations.items() if relation.takes_assertions}
        for id, assertion in self.assertions.items():
            object, leads_there = assertion.object, assertion.predicate.id in speaking
            if leads_there and isinstance(object, Reference) and object.id in self.assertions:
                value = Text(object.id, object.span, datatype=ASSERTION)
                self.assertions[id] = replace(assertion, object=value)

    def resolve_qualifier(self, qualifier: Qualifier) -> Qualifier:
        value, kind = qualifier.value, self.ontology.qualifiers.get(qualifier.name.id)
        thing = self.definitions.get(value.text) if isinstance(value, Text) else None
        if isinstance(value, Text) and kind and kind.range and thing and thing.kind == "thing":
            return qualifier._replace(value=self.notes.refer(value.text, value.span))
        return qualifier

    def resolve_dependents(self) -> None:
        """Give each denial, and each end or beginning of a state, the triple of what it names; a
        denial may itself be denied.
        """
        by_target = group_pairs((each.target.id, each) for each in self.dependents)
        ready = [each for id in by_target.keys() & self.assertions for each in by_target.pop(id)]
        while ready:
            here, ready = sorted(ready), []
            for each in here:
                dependent = make_dependent(each.values, self.assertions[each.target.id])
                self.add(dependent)
                ready += by_target.pop(dependent.id, [])
        waiting = sorted(each for same in by_target.values() for each in same)
        targets = {each.values["id"].id: each.target for each in waiting if "id" in each.values}
        for circle in find_circles(targets, lambda id: [targets[id].id] if id in targets else []):
            target = targets[circle[0]]
            way = show_circle(circle)
            problem = f"naming {quoted(target.id)} leads back to itself ({way})"
            message = f"{problem}: there is no proposition"
            hint = "let one of them state its subject, predicate and object"
            self.notes.report(rules.DENIES_ITSELF, target.span, message, hint)
        self.broken |= targets.keys()
        for each in waiting:
            if each.target.id not in self.broken:
                self.report_unknown(each.target)

    def report_unknown(self, target: Reference) -> None:
        """Report what is denied, ended or begun, and is no assertion."""
        if any(target.id in table for table in self.tables.values()):
            message = f"{quoted(target.id)} is no assertion"
            hint = "name the assertion that is meant"
            self.notes.report(rules.WRONG_SECTION, target.span, message, hint)
        elif self.reader.complete:
            nearest = nearest_name(target.id, self.assertions, self.problems)
            hint = nearest or "give the assertion that is meant an 'id'"
            message = f"unknown assertion {quoted(target.id)}{foreign_letter(target.id)}"
            self.notes.report(rules.UNKNOWN_NAME, target.span, message, hint)


class _Waiting(NamedTuple):
    """What a denial or a limit of a state gives, which waits for what it names; ``number`` is its
    place in the order of reading.
    """

    number: int
    values: dict[str, Any]

    @property
    def target(self) -> Reference:
        """What it waits for."""
        return target_of(self.values)


def _repeated(assertions: Iterable[Assertion]) -> Iterator[Diagnostic]:
    """Tell of assertions with equal content; only those of equal triples can have it."""
    by_triple = group_pairs((assertion.triple, assertion) for assertion in assertions)
    again = [each for same in by_triple.values() if len(same) > 1 for each in same]
    first: dict[tuple[str, ...], Assertion] = {}
    for assertion in sorted(again, key=lambda a: a.span):
        other = first.setdefault(identifying_content(assertion), assertion)
        if other is not assertion:
            yield _written_twice(assertion, other)


def _written_twice(assertion: Assertion, other: Assertion) -> Diagnostic:
    span, place = assertion.span, other.span
    if span == place:  # two objects of one list
        span, place = assertion.object.span, other.object.span
    triple = " ".join((assertion.subject.id, assertion.predicate.id, assertion.object_key))
    return rules.SAID_TWICE.at(
        span.start,
        f"{quoted(triple)} is written twice: the same assertion is written at {place.start}",
        "put all its citations into one 'cite'",
        [place],
    )
