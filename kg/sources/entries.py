"""The records of one source file, before any other file is looked at.

Each is read field by field; one with a mistake is there without its value, so that its id is known.
Names are not looked up here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.dates.calendar import Date, DateKind, Day, Edge, Instant
from kg.diagnostics import Diagnostic, Rule, Severity, Span, rules
from kg.files.workspace import SourceFile
from kg.model import Alias, Archive, Article, Assertion, Conflict, Identifier, Outcome, Thing
from kg.model.locators import Locator, Unit
from kg.model.modes import Basis, Confidence, ConflictKind, Mode, OutcomeKind, Polarity, Rank
from kg.model.references import Citation, Qualifier, Reference, Text, Withdrawal
from kg.ontology import Ontology
from kg.ontology.values import Datatype
from kg.sources.assertions import ASSERTION_FIELDS, depends_on_another, make_assertions, read_values
from kg.sources.hints import AN_ARTICLE, nearest_name
from kg.sources.record import Notes, read_record
from kg.sources.records import read_article, read_conflict, read_thing
from kg.sources.sections import SECTIONS
from kg.sources.values import MOST_ID, is_id
from kg.sources.yamlfile import Mapping, Scalar, Sequence, YamlNode, read_yaml
from kg.text.characters import forbidden_places, foreign_letter, quoted

MOST_ERRORS = 10_000
"""A file with more is not read to its end."""
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


class Entry(NamedTuple):
    """One record: its kind (article, thing, conflict or assertion), the id that it has of its own,
    and its value. None of a record with a mistake; assertions are a list, and what waits for the
    assertion that it denies, ends or begins is given by its values.
    """

    kind: str
    own: Reference | None
    value: Article | Thing | Conflict | list[Assertion] | dict[str, Any] | None


CLASSES = (
    *(Entry, Article, Thing, Conflict, Assertion, Reference, Text, Span, Qualifier, Citation),
    *(Locator, Unit, Alias, Identifier, Withdrawal, Archive, Outcome, OutcomeKind, ConflictKind),
    *(Mode, Polarity, Basis, Confidence, Rank, Date, Day, Instant, Edge, DateKind),
    *(Datatype, Diagnostic, Rule, Severity),
)
"""What entries, and warnings about them, are made of."""


class FileReader:
    """Reads files, and notes in ``notes`` what is wrong with them and where ids stand.

    ``complete`` is false once a file could not be read at all.
    """

    def __init__(self, ontology: Ontology, notes: Notes) -> None:
        self.ontology = ontology
        self.notes = notes
        self.problems = notes.problems
        self.report = notes.report
        self.complete = True

    def read(self, file: SourceFile) -> list[Entry]:
        """Return the records of a file in their order."""
        root, problems = read_yaml(file.name, file.data)
        before = len(self.problems)
        self.problems += problems
        if root is None:
            self.complete &= not self.notes.has_error(since=before)
            return []
        if not isinstance(root, Mapping):
            message = "the file must be a mapping of sections"
            hint = f"sections: {', '.join(ALL_SECTIONS)}"
            self.report(rules.NOT_SECTIONS, root.span.start, message, hint)
            self.complete = False
            return []
        entries, errors, problem_count = [], 0, before
        for entry in self.read_sections(root):
            entries.append(entry)
            if len(self.problems) == problem_count:
                continue
            errors += sum(problem.is_error for problem in self.problems[problem_count:])
            problem_count = len(self.problems)
            if errors > MOST_ERRORS:
                self.give_up()
                break
        self.check_characters(file, self.problems[before:])
        return entries

    def give_up(self) -> None:
        """Report that there is too much to report: what else stands in the file is not known."""
        message = f"more than {MOST_ERRORS:,} errors up to here: the rest is not read"
        hint = "mend the first ones: a file of a program may hold one mistake over and over"
        self.report(rules.TOO_LARGE, self.problems[-1].span, message, hint)
        self.complete = False

    def read_sections(self, root: Mapping) -> Iterator[Entry]:
        """Read the records of all sections."""
        for key, node in root.entries:
            yield from self.read_section(key, node)

    def check_characters(self, file: SourceFile, problems: list[Diagnostic]) -> None:
        """Report forbidden characters in comments; those in values have been reported before."""
        spans = [problem.span for problem in problems if problem.is_error]
        for number, column, problem in forbidden_places(file.data.decode("utf-8-sig")):
            if not any(span[1:3] <= (number, column) < span[3:] for span in spans):
                place = Span(file.name, number, column, number, column + 1)
                message = f"the line holds {problem}"
                self.report(rules.FORBIDDEN_CHARACTER, place, message, "delete the character")

    def read_section(self, key: Scalar, node: YamlNode) -> Iterator[Entry]:
        """Read the records of one section."""
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
                yield self.read_assertion(item)
        elif section != "assertions" and isinstance(node, Mapping):
            for id, record in node.entries:
                yield self.read_record(section, id, record)
        else:
            is_list = section == "assertions"
            shape = "list of assertions" if is_list else "mapping from id to record"
            message = f"section '{section}' must be a {shape}"
            self.report(rules.WRONG_SHAPE, node.span.start, message, EXAMPLES[section])

    def read_record(self, section: str, key: Scalar, node: YamlNode) -> Entry:
        """Read an article, a thing or a conflict."""
        kind = "thing" if section in SECTIONS else section.removesuffix("s")
        own = self.notes.refer(key.text, key.span)
        before = len(self.problems)
        self.check_id(own)
        value: Any = None
        if self.notes.has_error(since=before):
            pass
        elif not isinstance(node, Mapping):
            message = f"{quoted(key.text)} must be a mapping of fields"
            self.report(rules.WRONG_SHAPE, node.span.start, message, EXAMPLES[section])
        elif section == "articles":
            value = read_article(key, node, self.notes)
        elif section == "conflicts":
            value = read_conflict(key, node, self.notes)
        else:
            value = read_thing(section, key, node, self.notes)
        return Entry(kind, own, None if self.notes.has_error(since=before) else value)

    def check_id(self, reference: Reference) -> None:
        """Report an id that is ill formed."""
        id = reference.id
        if not is_id(id):
            message = f"id {quoted(id)} must be ASCII letters, digits and hyphens between them"
            message += foreign_letter(id)
            is_long = len(id) > MOST_ID
            form = f"at most {MOST_ID} characters" if is_long else "as in gov-south-korea"
            hint = f"{form}; put the name as it is written into 'label'"
            self.report(rules.BAD_ID, reference.span, message, hint)

    def read_assertion(self, node: YamlNode) -> Entry:
        """Read one assertion, or one for each of its objects."""
        if not isinstance(node, Mapping):
            message = "an assertion must be a mapping of fields"
            self.report(rules.WRONG_SHAPE, node.span.start, message, EXAMPLES["assertions"])
            return Entry("assertion", None, None)
        before = len(self.problems)
        record = read_record(node, "an assertion", ASSERTION_FIELDS, (), self.notes)
        values = read_values(record, self.ontology)
        own: Reference | None = values.get("id")
        if own:
            self.check_id(own)
        if self.notes.has_error(since=before):
            return Entry("assertion", own, None)
        return Entry(
            "assertion", own, values if depends_on_another(values) else make_assertions(values)
        )
