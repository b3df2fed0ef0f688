"""One record of a source file: its fields as texts, ids, words and other values.

What is wrong is noted as a diagnostic, and the field reads as missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from kg.dates import Date, DateKind, Edge, Reckoning
from kg.diagnostics import Diagnostic, Rule, Span, rules
from kg.model.references import Reference, Text, unique_references
from kg.sources.hints import nearest_key
from kg.sources.values import BadValue, is_language, read_date, read_flag, read_url
from kg.sources.yamlfile import Mapping, Scalar, Sequence, YamlNode
from kg.text.characters import (
    describe_character,
    forbidden_character,
    name_character,
    quoted,
    visible_text,
)

T = TypeVar("T")

_BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
)
"""White space as Unicode has it, and what has no width."""


@dataclass(frozen=True)
class Notes:
    """Problems, and every place where an id stands, noted while files are read; ``reckoning`` is
    how dates are read.
    """

    problems: list[Diagnostic] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    reckoning: Reckoning = field(default_factory=Reckoning)

    def report(self, rule: Rule, span: Span, message: str, hint: str = "") -> None:
        """Note one problem."""
        self.problems.append(rule.at(span, message, hint))

    def refer(self, id: str, span: Span) -> Reference:
        """Note that an id stands at a place, and return it."""
        reference = Reference(id, span)
        self.references.append(reference)
        return reference

    def has_error(self, since: int) -> bool:
        """Tell whether there is an error among the problems from a number on."""
        return len(self.problems) > since and any(each.is_error for each in self.problems[since:])


class Record(NamedTuple):
    """A mapping of fields, and the nodes of those that are known.

    ``misspelt`` are fields that an unknown key seems to mean.
    """

    mapping: Mapping
    nodes: dict[str, YamlNode]
    misspelt: set[str]
    notes: Notes

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.mapping.span

    def key_place(self, key: str) -> Span:
        """Return where the key of a field stands."""
        return next(each.span for each, _ in self.mapping.entries if each.text == key)

    def report(self, rule: Rule, span: Span, message: str, hint: str = "") -> None:
        """Note one problem."""
        self.notes.report(rule, span, message, hint)

    def has(self, key: str) -> bool:
        """Tell whether a field is there, right or wrong."""
        return key in self.nodes

    def lacks(self, key: str) -> bool:
        """Tell whether a field is left out, not even misspelt."""
        return key not in self.nodes and key not in self.misspelt

    def require(self, key: str, what: str, hint: str = "") -> None:
        """Report a field that is left out."""
        if self.lacks(key):
            message = f"{what} lacks its '{key}'"
            self.report(rules.MISSING_FIELD, self.span.start, message, hint or f"add '{key}: ...'")

    def place(self, key: str) -> Span:
        """Return where a field's value stands, or the record where it has none."""
        return self.nodes[key].span if key in self.nodes else self.span

    def items(self, key: str) -> tuple[YamlNode, ...]:
        """Return the nodes of a field that takes one value or a list."""
        node = self.nodes.get(key)
        if isinstance(node, Sequence):
            return node.items
        return (node,) if node is not None else ()

    def some_items(self, key: str) -> tuple[YamlNode, ...]:
        """Return the same of a field whose list, where it has one, must not be empty."""
        items = self.items(key)
        if not items and key in self.nodes:
            message, hint = f"'{key}' is an empty list", "name at least one, or delete it"
            self.report(rules.EMPTY_VALUE, self.nodes[key].span, message, hint)
        return items

    def scalar(self, key: str, node: YamlNode | None = None) -> Scalar | None:
        """Return the field's text as typed: one text, not empty, of allowed characters."""
        node = node if node is not None else self.nodes.get(key)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self._report_shape(key, node)
        elif not visible_text(node.text):
            message = f"'{key}' is empty: no value is given"
            self.report(rules.EMPTY_VALUE, node.span, message, "fill it in or delete the line")
        elif problem := forbidden_character(node.text):
            message, hint = f"'{key}' holds {problem}", "delete the character, or retype the text"
            self.report(rules.FORBIDDEN_CHARACTER, node.span, message, hint)
        else:
            return node
        return None

    def _report_shape(self, key: str, node: Sequence | Mapping) -> None:
        shape, hint = "mapping", "quote it if it holds ': '"
        if isinstance(node, Sequence):
            shape, hint = "list", "put it in quotes if brackets belong to it"
            if key == "subject":
                hint = "write one assertion for each subject; only 'object' takes a list"
        message = f"'{key}' must be one text, not a {shape}"
        self.report(rules.WRONG_SHAPE, node.span, message, hint)

    def text(self, key: str, node: YamlNode | None = None, language: str = "") -> Text | None:
        """Return the field as free text; blanks at its ends are removed with a warning."""
        scalar = self.scalar(key, node)
        if scalar is None:
            return None
        inner = scalar.text.strip(_BLANKS)
        if scalar.text != inner:
            before, _, after = scalar.text.partition(inner)
            blanks = before or after
            character = "" if blanks.isascii() else f" ({name_character(blanks[0])})"
            message = f"'{key}' begins or ends with white space{character}: {quoted(scalar.text)}"
            self.report(rules.OUTER_BLANKS, scalar.span, message, "remove it (it is not kept)")
        if scalar.comment:
            self.report(
                rules.SWALLOWED_COMMENT,
                scalar.span,
                f"'{key}' ends at a '#', which starts a comment",
                "quote the text if the '#' belongs to it, "
                "else put two blanks before '#' and one behind it",
            )
        return Text(inner, scalar.span, language)

    def words(self, key: str) -> str:
        """Return the field as free text without its place, or an empty text."""
        text = self.text(key)
        return text.text if text else ""

    def line(self, key: str, node: YamlNode | None = None, language: str = "") -> Text | None:
        """Return the field as a text of one line."""
        text = self.text(key, node, language)
        if text and (match := re.search("[\t\n]", text.text)):
            message = f"'{key}' holds {describe_character(match[0])}"
            hint = "a name stands in one line: delete the character"
            self.report(rules.FORBIDDEN_CHARACTER, text.span, message, hint)
            return None
        return text

    def language(self, tag: Scalar) -> str:
        """Return a language tag in lower case, or nothing where it is none."""
        if is_language(tag.text):
            return tag.text.lower()
        message = f"{quoted(tag.text)} is not a language tag"
        hint = "use a tag such as en, ja, ko or zh-hant"
        self.report(rules.BAD_LANGUAGE, tag.span, message, hint)
        return ""

    def term(self, key: str) -> Reference | None:
        """Return the field as the name of a class or relation of the ontology."""
        scalar = self.scalar(key)
        return Reference(scalar.text, scalar.span) if scalar else None

    def reference(self, key: str, node: YamlNode | None = None) -> Reference | None:
        """Return the field as an id."""
        scalar = self.scalar(key, node)
        return self.notes.refer(scalar.text, scalar.span) if scalar else None

    def references(self, key: str) -> tuple[Reference, ...]:
        """Return the field as one id or a list of ids, each once."""
        references = (self.reference(key, item) for item in self.some_items(key))
        return unique_references(filter(None, references))

    def value(
        self, key: str, read_text: Callable[[str], T], node: YamlNode | None = None
    ) -> T | None:
        """Return the field as a function reads its text."""
        scalar = self.scalar(key, node)
        return self._read_scalar(key, scalar, read_text) if scalar else None

    def _read_scalar(self, key: str, scalar: Scalar, read_text: Callable[[str], T]) -> T | None:
        try:
            return read_text(scalar.text)
        except BadValue as error:
            self.report(error.rule, scalar.span, f"'{key}'{error}", error.hint)
            return None

    def flag(self, key: str) -> bool:
        """Return the field as true or false."""
        return bool(self.value(key, read_flag))

    def date(self, key: str) -> Date | None:
        """Return the field as an EDTF date."""
        node = self.nodes.get(key)
        if isinstance(node, Sequence | Mapping):
            shape = "list" if isinstance(node, Sequence) else "mapping"
            message = f"'{key}' must be one date, not a {shape}"
            hint = 'a set of dates is one text and needs quotes: "[1914,1916]"'
            self.report(rules.BAD_DATE, node.span, message, hint)
            return None
        if node and node.text.strip() and not forbidden_character(node.text):
            date = self._read_scalar(key, node, self._read_date)
        else:
            date = self.value(key, self._read_date)
        if date and date.kind is DateKind.INTERVAL and Edge.KNOWN not in (date.start, date.end):
            message = f"{quoted(date.text)} names no day, so that nothing is told by it"
            hint = f"leave '{key}' out, or name the day that is known, as in ../2005-06 or 1998/.."
            self.report(rules.EMPTY_DATE, self.place(key), message, hint)
        return date

    def _read_date(self, text: str) -> Date:
        return read_date(text, self.notes.reckoning)

    def url(self, key: str) -> str:
        """Return the field as a web address."""
        node = self.nodes.get(key)
        if isinstance(node, Scalar):
            return self._read_scalar(key, node, read_url) or ""
        return self.value(key, read_url) or ""


def read_record(
    node: Mapping, what: str, known_keys: Iterable[str], required: Iterable[str], notes: Notes
) -> Record:
    """Return a mapping as a record; unknown keys and required ones that are missing are reported.

    ``what`` is the record in the words of a message: ``a citation``.
    """
    record = Record(node, {key.text: value for key, value in node.entries}, set(), notes)
    if unknown := record.nodes.keys() - known_keys:
        _report_unknown(record, unknown, what, tuple(known_keys))
    for name in required:
        record.require(name, what)
    return record


def _report_unknown(
    record: Record, unknown: Container[str], what: str, known_keys: tuple[str, ...]
) -> None:
    """Report unknown keys of a record, and leave them out of it."""
    for key, _ in record.mapping.entries:
        if key.text not in unknown:
            continue
        del record.nodes[key.text]
        if key.text == "status":
            message = "status is computed, never written by hand"
            record.report(rules.STATUS_BY_HAND, key.span, message, "delete the line")
            continue
        hint = nearest_key(key.text, known_keys, record.notes.problems)
        record.misspelt.update(name for name in known_keys if f"'{name}'" in hint)
        message = f"unknown key {quoted(key.text)} in {what}"
        hint = hint or f"known here: {', '.join(known_keys)}"
        record.report(rules.UNKNOWN_KEY, key.span, message, hint)
