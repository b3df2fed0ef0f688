"""From the trees of source files to a corpus.

Each record is read field by field; a record with a mistake is left out of the corpus, but its id is
remembered, so that one mistake is one diagnostic and not one for every mention. Names are not
looked up here: that is ``kg.checks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from kg import rules
from kg.characters import fold_case, forbidden_places, foreign_letter, quoted
from kg.closure import circles, show_circle
from kg.diagnostics import Diagnostic, Rule, Span
from kg.model import (
    ASSERTION,
    Article,
    Assertion,
    Conflict,
    Corpus,
    Qualifier,
    Reference,
    Text,
    Thing,
)
from kg.ontology import Ontology
from kg.sections import SECTIONS
from kg.sources.assertions import (
    ASSERTION_FIELDS,
    content,
    make_assertions,
    make_dependent,
    read_values,
    target_of,
)
from kg.sources.hints import AN_ARTICLE, nearest_name
from kg.sources.record import Notes, read_record
from kg.sources.records import pass_on_retractions, read_article, read_conflict, read_thing
from kg.sources.values import ID, MOST_ID
from kg.sources.yamlfile import Mapping, Node, Scalar, Sequence, read_yaml
from kg.workspace import SourceFile

ALL_SECTIONS = ("articles", *SECTIONS, "assertions", "conflicts")
AN_ASSERTION = (
    f"{{subject: japan, predicate: partyTo, object: gsomia, cite: {{{AN_ARTICLE}: [4]}}}}"
)
EXAMPLES = {
    "assertions": f"as in '- {AN_ASSERTION}'",
    "articles": f"as in '{AN_ARTICLE}: "
    "{title: ..., publisher: ..., originator: ..., published: ...}'",
    "conflicts": "as in 'end-of-pact: {question: ..., kind: exactly-one, between: [a, b]}'",
    **dict.fromkeys(SECTIONS, "as in 'japan: {type: State, label: Japan}'"),
}


class Definition(NamedTuple):
    """The id that a record has of its own, and its place; ``kind`` is thing, article, assertion or
    conflict.
    """

    id: str
    span: Span
    kind: str


class Loaded(NamedTuple):
    """A corpus, what is wrong with its files, and the ids of records that were left out for a
    mistake of their own (``broken``).

    ``complete`` is false where a file could not be read at all: then a name that is not found may
    stand in it. ``definitions`` are the ids that records have of their own, ``references`` every
    place where an id stands, of broken records too.
    """

    corpus: Corpus
    diagnostics: tuple[Diagnostic, ...]
    broken: frozenset[str]
    complete: bool
    definitions: dict[str, Definition]
    references: tuple[Reference, ...]


def load(files: Iterable[SourceFile], ontology: Ontology | None = None) -> Loaded:
    """Return all that source files say; the ontology tells which objects are ids and which are
    values, and of what type.
    """
    loader = _Loader(ontology or Ontology("", ""))
    for file in files:
        loader.read_file(file)
    return loader.result()


class _Loader:
    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.notes = Notes(reckoning=ontology.reckoning)
        self.problems = self.notes.problems
        self.definitions: dict[str, Definition] = {}
        self.places: dict[str, tuple[str, Span]] = {}
        self.broken: set[str] = set()
        self.articles: dict[str, Article] = {}
        self.things: dict[str, Thing] = {}
        self.assertions: dict[str, Assertion] = {}
        self.dependents: list[dict[str, Any]] = []
        self.conflicts: dict[str, Conflict] = {}
        self.complete = True

    def report(
        self, rule: Rule, span: Span, message: str, hint: str, related: Iterable[Span] = ()
    ) -> None:
        self.notes.report(rule, span, message, hint, related)

    def read_file(self, file: SourceFile) -> None:
        root, problems = read_yaml(file.name, file.data)
        before = len(self.problems)
        self.problems += problems
        if root is None:
            self.complete &= not self.notes.has_error(since=before)
        elif not isinstance(root, Mapping):
            message = "the file must be a mapping of sections"
            hint = f"sections: {', '.join(ALL_SECTIONS)}"
            self.report(rules.NOT_SECTIONS, root.span.start, message, hint)
            self.complete = False
        else:
            for key, node in root.entries:
                self.read_section(key, node)
            self.check_characters(file, self.problems[before:])

    def check_characters(self, file: SourceFile, problems: list[Diagnostic]) -> None:
        """Report forbidden characters in comments; those in values have been reported before."""
        spans = [problem.span for problem in problems if problem.is_error]
        for number, column, problem in forbidden_places(file.data.decode("utf-8-sig")):
            if not any(span[1:3] <= (number, column) < span[3:] for span in spans):
                place = Span(file.name, number, column, number, column + 1)
                message = f"the line holds {problem}"
                self.report(rules.FORBIDDEN_CHARACTER, place, message, "delete the character")

    def read_section(self, key: Scalar, node: Node) -> None:
        section = key.text
        if section not in ALL_SECTIONS:
            nearest = nearest_name(section, ALL_SECTIONS, self.problems)
            hint = nearest or f"sections: {', '.join(ALL_SECTIONS)}"
            self.report(rules.UNKNOWN_KEY, key.span, f"unknown section {quoted(section)}", hint)
        elif isinstance(node, Scalar) and not node.text:
            message = f"section '{section}' holds nothing"
            self.report(rules.EMPTY_FILE, key.span, message, "fill it or delete it")
        elif section == "assertions" and isinstance(node, Sequence):
            for item in node.items:
                self.read_assertion(item)
        elif section != "assertions" and isinstance(node, Mapping):
            for id, record in node.entries:
                self.read_record(section, id, record)
        else:
            is_list = section == "assertions"
            shape = "list of assertions" if is_list else "mapping from id to record"
            message = f"section '{section}' must be a {shape}"
            self.report(rules.WRONG_SHAPE, node.span.start, message, EXAMPLES[section])

    def read_record(self, section: str, key: Scalar, node: Node) -> None:
        """Take in an article, a thing or a conflict."""
        kind = "thing" if section in SECTIONS else section.removesuffix("s")
        if not self.define(self.notes.refer(key.text, key.span), kind):
            return
        if not isinstance(node, Mapping):
            message = f"{quoted(key.text)} must be a mapping of fields"
            self.report(rules.WRONG_SHAPE, node.span.start, message, EXAMPLES[section])
            self.broken.add(key.text)
            return
        before = len(self.problems)
        table: dict[str, Any]
        record: Any
        match section:
            case "articles":
                table, record = self.articles, read_article(key, node, self.notes)
            case "conflicts":
                table, record = self.conflicts, read_conflict(key, node, self.notes)
            case _:
                table, record = self.things, read_thing(section, key, node, self.notes)
        if self.notes.has_error(since=before):
            self.broken.add(key.text)
        elif record:
            table[key.text] = record

    def define(self, reference: Reference, kind: str) -> bool:
        """Tell whether the id of a record is well formed and new; it is remembered either way."""
        id, span = reference.id, reference.span
        self.definitions.setdefault(id, Definition(id, span, kind))
        if not ID.fullmatch(id) or len(id) > MOST_ID:
            message = f"id {quoted(id)} must be ASCII letters, digits and hyphens between them"
            message += foreign_letter(id)
            is_long = len(id) > MOST_ID
            form = f"at most {MOST_ID} characters" if is_long else "as in gov-south-korea"
            hint = f"{form}; put the name as it is written into 'label'"
            self.report(rules.BAD_ID, span, message, hint)
            self.broken.add(id)
            return False
        if fold_case(id) in self.places:
            other, place = self.places[fold_case(id)]
            same = other == id
            how = "is given twice" if same else f"differs from {quoted(other)} only in letter case"
            message = f"id {quoted(id)} {how}; the first is at {place}"
            self.report(rules.ID_TWICE, span, message, "one id for one thing: rename one", [place])
            # Whatever names it may mean the one that is left out: no more is said of it.
            self.broken |= {id, other}
            return False
        self.places[fold_case(id)] = id, span
        return True

    def read_assertion(self, node: Node) -> None:
        if not isinstance(node, Mapping):
            message = "an assertion must be a mapping of fields"
            self.report(rules.WRONG_SHAPE, node.span.start, message, EXAMPLES["assertions"])
            return
        before = len(self.problems)
        record = read_record(node, "an assertion", ASSERTION_FIELDS, (), self.notes)
        values = read_values(record, self.ontology)
        id = values.get("id")
        if id:
            self.define(id, "assertion")
        if self.notes.has_error(since=before):
            if id:
                self.broken.add(id.id)
        elif target_of(values):
            self.dependents.append(values)
        else:
            for assertion in make_assertions(values):
                self.add(assertion)

    def add(self, assertion: Assertion) -> None:
        """Take in an assertion, unless the id that is derived from its content is taken: then it is
        written twice.
        """
        folded_id = fold_case(assertion.id)
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
            self.complete,
            self.definitions,
            tuple(self.notes.references),
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
        by_target: dict[str, list[_Waiting]] = {}
        for number, values in enumerate(self.dependents):
            target = _target(values)
            by_target.setdefault(target.id, []).append(_Waiting(number, values, target))
        ready = [each for id in by_target.keys() & self.assertions for each in by_target.pop(id)]
        while ready:
            here, ready = sorted(ready), []
            for _, values, target in here:
                dependent = make_dependent(values, self.assertions[target.id])
                self.add(dependent)
                ready += by_target.pop(dependent.id, [])
        waiting = sorted(each for same in by_target.values() for each in same)
        targets = {values["id"].id: target for _, values, target in waiting if "id" in values}
        for circle in circles(targets, lambda id: [targets[id].id] if id in targets else []):
            target = targets[circle[0]]
            way = show_circle(circle)
            named = f"naming {quoted(target.id)} leads back to itself ({way})"
            message = f"{named}: there is no proposition"
            hint = "let one of them state its subject, predicate and object"
            self.report(rules.DENIES_ITSELF, target.span, message, hint)
        self.broken |= targets.keys()
        for _, _, target in waiting:
            if target.id not in self.broken:
                self.report_unknown(target)

    def report_unknown(self, target: Reference) -> None:
        """Report what is denied, ended or begun, and is no assertion."""
        others: tuple[dict[str, Any], ...] = (self.articles, self.things, self.conflicts)
        if any(target.id in table for table in others):
            message, hint = (
                f"{quoted(target.id)} is no assertion",
                "name the assertion that is meant",
            )
            self.report(rules.WRONG_SECTION, target.span, message, hint)
        elif self.complete:
            nearest = nearest_name(target.id, self.assertions, self.problems)
            hint = nearest or "give the assertion that is meant an 'id'"
            message = f"unknown assertion {quoted(target.id)}{foreign_letter(target.id)}"
            self.report(rules.UNKNOWN_NAME, target.span, message, hint)


class _Waiting(NamedTuple):
    """What a denial or a limit of a state gives, which waits for what it names; ``number`` is its
    place in the order of reading.
    """

    number: int
    values: dict[str, Any]
    target: Reference


def _target(values: dict[str, Any]) -> Reference:
    target = target_of(values)
    assert target
    return target


def _repeated(assertions: Iterable[Assertion]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, ...], Assertion] = {}
    for assertion in sorted(assertions, key=lambda a: a.span):
        other = first.setdefault(content(assertion), assertion)
        if other is not assertion:
            yield _written_twice(assertion, other)


def _written_twice(assertion: Assertion, other: Assertion) -> Diagnostic:
    span, place = assertion.span, other.span
    if span == place:  # two objects of one list
        span, place = assertion.object.span, other.object.span
    said = " ".join((assertion.subject.id, assertion.predicate.id, assertion.object_key))
    return rules.SAID_TWICE.at(
        span.start,
        f"{quoted(said)} is written twice: the same assertion is written at {place.start}",
        "put all its citations into one 'cite'",
        [place],
    )
