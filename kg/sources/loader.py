"""From the trees of source files to a corpus.

Each record is read field by field; a record with a mistake is left out of the corpus, but its id is
remembered, so that one mistake is one diagnostic and not one for every mention. Names are not
looked up here: that is ``kg.checks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from kg import rules
from kg.characters import fold_case, forbidden_character, quoted
from kg.diagnostics import Diagnostic, Span
from kg.model import (
    SECTIONS,
    Article,
    Assertion,
    Conflict,
    Corpus,
    Polarity,
    Reference,
    Thing,
)
from kg.sources import records
from kg.sources.assertions import ASSERTION_FIELDS, assertions, content, derived_id
from kg.sources.fields import AN_ARTICLE, ID, MOST_ID, Record, nearest
from kg.sources.yamlfile import Mapping, Node, Scalar, Sequence, parse
from kg.workspace import SourceFile

ALL_SECTIONS = ("articles", *SECTIONS, "assertions", "conflicts")


class Loaded(NamedTuple):
    """A corpus, what is wrong with its files, and the ids of records that were left out for a
    mistake of their own.

    ``complete`` is false where a file could not be read at all: then a name that is not found may
    stand in it.
    """

    corpus: Corpus
    diagnostics: tuple[Diagnostic, ...]
    broken: frozenset[str]
    complete: bool


def load(files: Iterable[SourceFile], text_relations: frozenset[str] = frozenset()) -> Loaded:
    """All that source files say. The objects of ``text_relations`` are texts, all others are ids."""
    loader = _Loader(text_relations)
    for file in files:
        loader.read(file)
    return loader.loaded()


class _Denial(NamedTuple):
    """A denial whose proposition is not known yet; ``has_mode`` tells whether its own mode was
    written.
    """

    assertion: Assertion
    target: Reference
    has_mode: bool

    def of(self, denied: Assertion) -> Assertion:
        """The denial in full: the triple of what it denies, the other polarity, and its mode unless
        it has one.
        """
        full = replace(
            self.assertion,
            subject=denied.subject,
            predicate=denied.predicate,
            object=denied.object,
            polarity=Polarity.DENIES if denied.polarity is Polarity.ASSERTS else Polarity.ASSERTS,
            mode=self.assertion.mode if self.has_mode else denied.mode,
            condition=self.assertion.condition if self.has_mode else denied.condition,
        )
        return full if full.has_own_id else replace(full, id=derived_id(full))


class _Loader:
    def __init__(self, text_relations: frozenset[str]) -> None:
        self.text_relations = text_relations
        self.found: list[Diagnostic] = []
        self.first: dict[str, tuple[str, Span]] = {}
        self.broken: set[str] = set()
        self.articles: dict[str, Article] = {}
        self.things: dict[str, Thing] = {}
        self.assertions: dict[str, Assertion] = {}
        self.denials: list[_Denial] = []
        self.conflicts: dict[str, Conflict] = {}
        self.files, self.complete = 0, True

    def read(self, file: SourceFile) -> None:
        """Take in one file."""
        root, problems = parse(file.name, file.data)
        before = len(self.found)
        self.found += problems
        self.files += 1
        self.complete &= root is not None or not any(p.is_error for p in problems)
        if root is None:
            return
        if not isinstance(root, Mapping):
            self.found.append(
                rules.NOT_SECTIONS.at(
                    Span(
                        root.span.file,
                        root.span.line,
                        root.span.column,
                        root.span.line,
                        root.span.column + 1,
                    ),
                    "the file must be a mapping of sections",
                    f"sections: {', '.join(ALL_SECTIONS)}",
                )
            )
            self.complete = False
            return
        for key, value in root.entries:
            self._section(key, value)
        self._hidden_characters(file, self.found[before:])

    def _hidden_characters(self, file: SourceFile, found: list[Diagnostic]) -> None:
        """Forbidden characters outside values (in comments) are found too; those in values have
        been named already.
        """
        errors = [d.span for d in found if d.is_error]
        for number, line in enumerate(
            file.data.decode("utf-8-sig").replace("\r\n", "\n").split("\n"), 1
        ):
            bad = forbidden_character(line)
            column = next(i for i, c in enumerate(line, 1) if forbidden_character(c)) if bad else 0
            if bad and not any(s[1:3] <= (number, column) < s[3:] for s in errors):
                self.found.append(
                    rules.FORBIDDEN_CHARACTER.at(
                        Span(file.name, number, column, number, column + 1),
                        f"the line holds {bad}",
                        "delete the character",
                    )
                )

    def _section(self, key: Scalar, node: Node) -> None:
        if key.text not in ALL_SECTIONS:
            self.found.append(
                rules.UNKNOWN_KEY.at(
                    key.span,
                    f"unknown section {quoted(key.text)}",
                    nearest(key.text, ALL_SECTIONS, self.found)
                    or f"sections: {', '.join(ALL_SECTIONS)}",
                )
            )
            return
        wanted = Sequence if key.text == "assertions" else Mapping
        if not isinstance(node, wanted):
            if isinstance(node, Scalar) and not node.text:
                self.found.append(
                    rules.EMPTY_FILE.at(
                        key.span, f"section '{key.text}' holds nothing", "fill it or delete it"
                    )
                )
                return
            shape = "list of assertions" if wanted is Sequence else "mapping from id to record"
            self.found.append(
                rules.WRONG_SHAPE.at(
                    _start(node.span), f"section '{key.text}' must be a {shape}", _example(key.text)
                )
            )
            return
        if isinstance(node, Sequence):
            for item in node.items:
                self._assertion_item(item)
            return
        for id_key, value in node.entries:
            if not self._take_id(id_key.text, id_key.span):
                continue
            if not isinstance(value, Mapping):
                self.found.append(
                    rules.WRONG_SHAPE.at(
                        _start(value.span),
                        f"{quoted(id_key.text)} must be a mapping of fields",
                        _example(key.text),
                    )
                )
                self.broken.add(id_key.text)
                continue
            before = _errors(self.found)
            self._record(key.text, id_key, value)
            if _errors(self.found) > before:
                self.broken.add(id_key.text)
                for table in (self.articles, self.things, self.conflicts):
                    table.pop(id_key.text, None)

    def _take_id(self, id: str, span: Span) -> bool:
        """Whether an id is well formed and new; it is remembered either way."""
        if not ID.fullmatch(id) or len(id) > MOST_ID:
            reason = (
                f"at most {MOST_ID} characters" if len(id) > MOST_ID else "as in gov-south-korea"
            )
            self.found.append(
                rules.BAD_ID.at(
                    span,
                    f"id {quoted(id)} must be ASCII letters, digits and hyphens between them",
                    f"{reason}; put the name as it is written into 'label'",
                )
            )
            self.broken.add(id)
            return False
        if fold_case(id) in self.first:
            other, place = self.first[fold_case(id)]
            how = (
                "is given twice"
                if other == id
                else f"differs from {quoted(other)} only in letter case"
            )
            self.found.append(
                rules.ID_TWICE.at(
                    span,
                    f"id {quoted(id)} {how}; the first is at {place}",
                    "one id for one thing: rename one",
                    [place],
                )
            )
            # Whatever names it may mean the one that is left out: no more is said of it.
            self.broken |= {id, other}
            return False
        self.first[fold_case(id)] = id, span
        return True

    def _record(self, section: str, key: Scalar, node: Mapping) -> None:
        match section:
            case "articles":
                article = records.article(key, node, self.found)
                if article:
                    self.articles[key.text] = article
            case "conflicts":
                conflict = records.conflict(key, node, self.found)
                if conflict:
                    self.conflicts[key.text] = conflict
            case _:
                thing = records.thing(section, key, node, self.found)
                if thing:
                    self.things[key.text] = thing

    def _assertion_item(self, node: Node) -> None:
        if not isinstance(node, Mapping):
            self.found.append(
                rules.WRONG_SHAPE.at(
                    _start(node.span),
                    "an assertion must be a mapping of fields",
                    _example("assertions"),
                )
            )
            return
        before = _errors(self.found)
        record = Record(node, "an assertion", ASSERTION_FIELDS, (), self.found)
        id = record.reference("id")
        if id and not self._take_id(id.id, id.span):
            self.broken.add(id.id)
            id = None
        read = list(assertions(record, id, self.text_relations))
        if _errors(self.found) > before:
            if id:
                self.broken.add(id.id)
            return
        for assertion in read:
            self._add(assertion, record.has("mode"))

    def _add(self, assertion: Assertion, has_mode: bool) -> None:
        if assertion.denies:
            self.denials.append(_Denial(assertion, assertion.denies, has_mode))
        elif assertion.has_own_id or self._derived(assertion):
            self.assertions[assertion.id] = assertion

    def _derived(self, assertion: Assertion) -> bool:
        """Whether an id derived from the assertion's content is new: if not, the assertion is
        written twice.
        """
        if fold_case(assertion.id) not in self.first:
            self.first[fold_case(assertion.id)] = assertion.id, assertion.span
            return True
        _, place = self.first[fold_case(assertion.id)]
        self.found.append(_said_twice(assertion, place))
        return False

    def loaded(self) -> Loaded:
        """The corpus, once every file was read."""
        self._resolve_denials()
        self.found += _repeated(self.assertions.values())
        in_order = dict(sorted(self.assertions.items(), key=lambda item: (item[1].span, item[0])))
        corpus = Corpus(self.articles, self.things, in_order, self.conflicts, self.files)
        article = next(iter(self.articles), "gazette-2024-03-06")
        found = (replace(each, hint=each.hint.replace(AN_ARTICLE, article)) for each in self.found)
        return Loaded(corpus, tuple(found), frozenset(self.broken), self.complete)

    def _resolve_denials(self) -> None:
        """Give each denial the proposition of what it denies; a denial may itself be denied."""
        waiting = self.denials
        while ready := [denial for denial in waiting if denial.target.id in self.assertions]:
            waiting = [denial for denial in waiting if denial.target.id not in self.assertions]
            for denial in ready:
                full = denial.of(self.assertions[denial.target.id])
                if full.has_own_id or self._derived(full):
                    self.assertions[full.id] = full
        for target in (denial.target for denial in self._denied_in_circles(waiting)):
            self.found.append(
                rules.DENIES_ITSELF.at(
                    target.span,
                    f"denying {quoted(target.id)} leads back to itself: there is no proposition",
                    "let one of them state its subject, predicate and object",
                )
            )
        self.broken |= {denial.assertion.id for denial in waiting if denial.assertion.has_own_id}
        for target in (denial.target for denial in waiting if denial.target.id not in self.broken):
            if (
                target.id in self.articles
                or target.id in self.things
                or target.id in self.conflicts
            ):
                self.found.append(
                    rules.WRONG_SECTION.at(
                        target.span,
                        f"{quoted(target.id)} is no assertion",
                        "name the assertion that is denied",
                    )
                )
            elif self.complete:
                self.found.append(
                    rules.UNKNOWN_NAME.at(
                        target.span,
                        f"unknown assertion {quoted(target.id)}",
                        nearest(target.id, self.assertions, self.found)
                        or "give the assertion that is denied an 'id'",
                    )
                )

    @staticmethod
    def _denied_in_circles(denials: Iterable[_Denial]) -> Iterator[_Denial]:
        """One denial of each circle of denials that deny each other."""
        own = {denial.assertion.id: denial for denial in denials if denial.assertion.has_own_id}
        done: set[str] = set()
        for start in own:
            path: list[str] = []
            id = start
            while id in own and id not in done:
                done.add(id)
                path.append(id)
                id = own[id].target.id
            if id in path:
                yield own[id]


def _errors(found: list[Diagnostic]) -> int:
    return sum(d.is_error for d in found)


def _start(span: Span) -> Span:
    return Span(span.file, span.line, span.column, span.line, span.column + 1)


def _example(section: str) -> str:
    match section:
        case "assertions":
            return f"as in '- {{subject: japan, predicate: partyTo, object: gsomia, cite: {{{AN_ARTICLE}: [4]}}}}'"
        case "articles":
            return f"as in '{AN_ARTICLE}: {{title: ..., publisher: ..., originator: ..., published: ...}}'"
        case "conflicts":
            return "as in 'end-of-pact: {question: ..., kind: exactly-one, between: [a, b]}'"
        case _:
            return "as in 'japan: {type: State, label: Japan}'"


def _repeated(written: Iterable[Assertion]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, ...], Assertion] = {}
    for assertion in sorted(written, key=lambda a: a.span):
        other = first.setdefault(content(assertion), assertion)
        if other is not assertion:
            yield _said_twice(assertion, other.span)


def _said_twice(assertion: Assertion, place: Span) -> Diagnostic:
    return rules.SAID_TWICE.at(
        _start(assertion.span),
        f"the same assertion is written at {place.file}:{place.line}",
        "put all its citations into one 'cite'",
        [place],
    )
