"""The fields of one record: each text becomes what its field says it is, or one diagnostic says why
not.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sized
from enum import StrEnum
from typing import TypeVar

from kg import rules
from kg.characters import describe_character, forbidden_character, quoted, visible_text
from kg.dates import Date, DateError, parse
from kg.diagnostics import Diagnostic, Rule, Span, did_you_mean
from kg.model import Citation, Reference, Text
from kg.sources.addresses import url_problem
from kg.sources.yamlfile import Mapping, Node, Scalar, Sequence

Word = TypeVar("Word", bound=StrEnum)

ID = re.compile(r"[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*")
MOST_ID = 200
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_OUTER = re.compile(r"\A[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+\Z")
_OFFSET = re.compile(r"0|[1-9][0-9]{0,8}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(
    "[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    "(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)


AN_ARTICLE = "<article>"
"""Stands in a hint for the id of an article; the loader, which knows them, puts one of the
workspace in its place.
"""

MOST_HINTS = 100
"""Looking for the nearest name takes time; this many findings have one, which is as many as are
shown.
"""
MOST_COMPARED = 200
"""As many names are compared letter by letter."""


def nearest(word: str, known: Iterable[str], found: Sized) -> str:
    """A hint with the nearest known name, or nothing where none is near or enough was found
    already.
    """
    if len(found) >= MOST_HINTS or len(word) > MOST_ID:
        return ""
    names = list(known)
    if len(names) > MOST_COMPARED:
        pairs = _pairs(word)
        names = heapq.nlargest(MOST_COMPARED, names, key=lambda name: len(pairs & _pairs(name)))
    return did_you_mean(word, names)


def _pairs(word: str) -> set[str]:
    """The pairs of neighbouring letters in a word: those with many in common are worth a closer
    look.
    """
    letters = word.casefold()
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


class Record:
    """A mapping of fields, read field by field.

    What is wrong is collected in ``found``; a bad field reads as missing.
    """

    def __init__(
        self,
        node: Mapping,
        what: str,
        known: Iterable[str],
        required: Iterable[str],
        found: list[Diagnostic],
    ) -> None:
        self.span, self.found = node.span, found
        self.start = Span(
            self.span.file, self.span.line, self.span.column, self.span.line, self.span.column + 1
        )
        self.nodes: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        self.misspelt: set[str] = set()
        known = tuple(known)
        for key, value in node.entries:
            if key.text in known:
                self.nodes[key.text], self.keys[key.text] = value, key
            elif key.text == "status":
                self.say(
                    rules.STATUS_BY_HAND,
                    key.span,
                    "status is computed, never written by hand",
                    "delete the line",
                )
            else:
                hint = nearest(key.text, known, found)
                self.misspelt.update(field for field in known if f"'{field}'" in hint)
                self.say(
                    rules.UNKNOWN_KEY,
                    key.span,
                    f"unknown key {quoted(key.text)} in {what}",
                    hint or f"known here: {', '.join(known)}",
                )
        for field in required:
            if self.lacks(field):
                self.say(
                    rules.MISSING_FIELD,
                    self.start,
                    f"{what} lacks its '{field}'",
                    f"add '{field}: ...'",
                )

    def say(
        self, rule: Rule, span: Span, message: str, hint: str = "", related: Iterable[Span] = ()
    ) -> None:
        """Collect one diagnostic."""
        self.found.append(rule.at(span, message, hint, related))

    def has(self, field: str) -> bool:
        """Whether the field stands there, well or badly."""
        return field in self.nodes

    def lacks(self, field: str) -> bool:
        """Whether the field is left out: it neither stands there nor seems to be meant by a
        misspelt key.
        """
        return field not in self.nodes and field not in self.misspelt

    def place(self, field: str) -> Span:
        """Where the field's value stands, or the record where it has none."""
        return self.nodes[field].span if field in self.nodes else self.span

    def scalar(self, field: str, node: Node | None = None) -> Scalar | None:
        """The field's text as typed, which must be one text, not empty, of allowed characters."""
        node = node if node is not None else self.nodes.get(field)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            shape = "list" if isinstance(node, Sequence) else "mapping"
            self.say(
                rules.WRONG_SHAPE,
                node.span,
                f"'{field}' must be one text, not a {shape}",
                "put it in quotes if brackets belong to it"
                if isinstance(node, Sequence)
                else "quote it if it holds ': '",
            )
            return None
        if not visible_text(node.text):
            self.say(
                rules.EMPTY_VALUE,
                node.span,
                f"'{field}' is empty: no value is given",
                "fill it in or delete the line",
            )
            return None
        if bad := forbidden_character(node.text):
            self.say(
                rules.FORBIDDEN_CHARACTER,
                node.span,
                f"'{field}' holds {bad}",
                "delete the character, or retype the text",
            )
            return None
        return node

    def text(self, field: str, node: Node | None = None, language: str = "") -> Text | None:
        """The field as free text, blanks at its ends removed with a warning."""
        scalar = self.scalar(field, node)
        if scalar is None:
            return None
        inner = _OUTER.sub("", scalar.text)
        if scalar.text != inner:
            self.say(
                rules.OUTER_BLANKS,
                scalar.span,
                f"'{field}' begins or ends with white space: {quoted(scalar.text)}",
                "remove it (it is not kept)",
            )
        if scalar.comment:
            self.say(
                rules.SWALLOWED_COMMENT,
                scalar.span,
                f"'{field}' ends at a '#', which starts a comment",
                "quote the text if the '#' belongs to it, else put two blanks before '#' and one behind it",
            )
        return Text(inner, scalar.span, language)

    def words(self, field: str) -> str:
        """The field as free text without its place, or an empty text."""
        text = self.text(field)
        return text.text if text else ""

    def name(self, field: str, node: Node | None = None, language: str = "") -> Text | None:
        """The field as a name that is shown in one line."""
        text = self.text(field, node, language)
        if text and (found := re.search("[\t\n]", text.text)):
            self.say(
                rules.FORBIDDEN_CHARACTER,
                text.span,
                f"'{field}' holds {describe_character(found[0])}",
                "a name stands in one line: delete the character",
            )
            return None
        return text

    def labels(self, field: str) -> tuple[Text, ...]:
        """One name, or one name for each language."""
        node = self.nodes.get(field)
        if not isinstance(node, Mapping):
            text = self.name(field)
            return (text,) if text else ()
        texts = [
            self.name(f"{field}, {key.text}", value, self.language(key))
            for key, value in node.entries
        ]
        tags: set[str] = set()
        for key, _ in node.entries:
            if key.text.lower() in tags:
                self.say(
                    rules.BAD_LANGUAGE,
                    key.span,
                    f"language {quoted(key.text)} stands here again",
                    "keep one",
                )
            tags.add(key.text.lower())
        if not texts:
            self.say(
                rules.EMPTY_VALUE,
                node.span,
                f"'{field}' is empty: no value is given",
                "write the label",
            )
        return tuple(text for text in texts if text)

    def language(self, key: Scalar) -> str:
        """A BCP 47 language tag in lower case."""
        if _LANGUAGE.fullmatch(key.text):
            return key.text.lower()
        self.say(
            rules.BAD_LANGUAGE,
            key.span,
            f"{quoted(key.text)} is not a language tag",
            "use a tag such as en, ja, ko or zh-hant",
        )
        return ""

    def reference(self, field: str, node: Node | None = None) -> Reference | None:
        """The field as the id of something else."""
        scalar = self.scalar(field, node)
        return Reference(scalar.text, scalar.span) if scalar else None

    def references(self, field: str) -> tuple[Reference, ...]:
        """The field as one id or a list of ids."""
        node = self.nodes.get(field)
        if isinstance(node, Sequence):
            if not node.items:
                self.say(
                    rules.EMPTY_VALUE,
                    node.span,
                    f"'{field}' is an empty list",
                    "name at least one, or delete it",
                )
            named = [r for item in node.items if (r := self.reference(field, item))]
            return tuple({r.id: r for r in reversed(named)}.values())[::-1]
        reference = self.reference(field)
        return (reference,) if reference else ()

    def word(self, field: str, words: type[Word]) -> Word | None:
        """The field as one of a few words."""
        scalar = self.scalar(field)
        return self.one_of(field, scalar, words) if scalar else None

    def one_of(self, field: str, scalar: Scalar, words: type[Word]) -> Word | None:
        """A text as one of a few words."""
        if scalar.text in {word.value for word in words}:
            return words(scalar.text)
        known = [word.value for word in words]
        near = nearest(scalar.text, known, self.found)
        self.say(
            rules.UNKNOWN_WORD,
            scalar.span,
            f"'{field}' cannot be {quoted(scalar.text)}",
            f"one of: {', '.join(known)}" + (f"; {near}" if near else ""),
        )
        return None

    def flag(self, field: str) -> bool:
        """The field as true or false."""
        scalar = self.scalar(field)
        if scalar is None or scalar.text in ("true", "false"):
            return scalar is not None and scalar.text == "true"
        self.say(
            rules.UNKNOWN_WORD,
            scalar.span,
            f"'{field}' cannot be {quoted(scalar.text)}",
            "one of: true, false",
        )
        return False

    def number(self, field: str, node: Node | None = None) -> int | None:
        """The field as a count from 1, in plain ASCII digits."""
        scalar = self.scalar(field, node)
        if scalar is None:
            return None
        if _NUMBER.fullmatch(scalar.text):
            return int(scalar.text)
        self.say(
            rules.NOT_A_NUMBER,
            scalar.span,
            f"'{field}' must be a number from 1 in plain digits, not {quoted(scalar.text)}",
            "no sign, point, leading zero or separator",
        )
        return None

    def date(self, field: str) -> Date | None:
        """The field as an EDTF date."""
        node = self.nodes.get(field)
        if isinstance(node, Sequence | Mapping):
            self.say(
                rules.BAD_DATE,
                node.span,
                f"'{field}' must be one date, not a {'list' if isinstance(node, Sequence) else 'mapping'}",
                'a set of dates is one text and needs quotes: "[1914,1916]"',
            )
            return None
        if isinstance(node, Scalar) and node.text.strip() and forbidden_character(node.text) == "":
            try:
                return parse(node.text)
            except DateError as error:
                hint = error.hint or "how dates are written: docs/reference.md, 'Dates'"
                self.say(rules.BAD_DATE, node.span, f"'{field}': {error}", hint)
                return None
        self.scalar(field)
        return None

    def sha256(self, field: str) -> str:
        """The field as a SHA-256 in lower-case hexadecimal."""
        scalar = self.scalar(field)
        if scalar is None:
            return ""
        if _SHA256.fullmatch(scalar.text):
            return scalar.text
        self.say(
            rules.BAD_FINGERPRINT,
            scalar.span,
            f"'{field}' must be 64 hexadecimal digits in lower case (a SHA-256), not {quoted(scalar.text)}",
            "sha256sum FILE prints it",
        )
        return ""

    def url(self, field: str) -> str:
        """The field as an absolute http or https address (RFC 3987), at most 2,000 characters,
        without credentials.
        """
        node = self.nodes.get(field)
        if node is None:
            return ""
        scalar = node if isinstance(node, Scalar) else self.scalar(field)
        if scalar is None:
            return ""
        if problem := url_problem(scalar.text):
            self.say(
                rules.BAD_URL,
                scalar.span,
                f"'{field}' is no good address: {problem}",
                "give the article's absolute link, as in https://example.org/article",
            )
            return ""
        return scalar.text

    def doi(self, field: str) -> str:
        """The field as a DOI (ISO 26324): ``10.prefix/suffix``, without a resolver's address."""
        scalar = self.scalar(field)
        if scalar is None:
            return ""
        problem = url_problem(f"https://doi.org/{scalar.text}")
        if not problem and re.fullmatch(r"10\.[0-9]{4,9}/[^?#]{1,500}", scalar.text):
            return scalar.text
        self.say(
            rules.BAD_URL,
            scalar.span,
            f"'{field}' is no DOI: {quoted(scalar.text)}",
            "as in 10.1000/182, without https://; signs that a link cannot hold as in %3C for '<'",
        )
        return ""

    def citations(self, field: str) -> tuple[Citation, ...]:
        """The field as citations: a mapping from article to its paragraphs."""
        node = self.nodes.get(field)
        if node is None:
            return ()
        if not isinstance(node, Mapping):
            self.say(
                rules.WRONG_SHAPE,
                node.span,
                f"'{field}' must be a mapping from article to paragraphs",
                f"as in {field}: {{{AN_ARTICLE}: [4]}}",
            )
            return ()
        if not node.entries:
            self.say(
                rules.EMPTY_VALUE,
                node.span,
                f"'{field}' cites nothing",
                "cite the paragraph that says so",
            )
        found: list[Citation] = []
        for key, value in node.entries:
            article = Reference(key.text, key.span)
            items = value.items if isinstance(value, Sequence) else (value,)
            if not items:
                self.say(
                    rules.EMPTY_VALUE,
                    value.span,
                    f"no paragraph of {quoted(key.text)} is cited",
                    "name one",
                )
            found += [c for item in items if (c := self._citation(article, item))]
        return tuple(found)

    def _citation(self, article: Reference, node: Node) -> Citation | None:
        if not isinstance(node, Mapping):
            paragraph = self.number("paragraph", node)
            return Citation(article, paragraph, node.span) if paragraph else None
        record = Record(node, "a citation", ("p", "span", "sha256", "quote"), ("p",), self.found)
        paragraph = record.number("p")
        words = record._span()
        fingerprint = record.sha256("sha256")
        if record.has("span") != record.has("sha256"):
            record.say(
                rules.FIELDS_DISAGREE,
                node.span,
                "'span' and 'sha256' go together",
                "give both; the words themselves can stand in 'quote' instead",
            )
        if (
            not paragraph
            or (record.has("span") and words is None)
            or (record.has("sha256") and not fingerprint)
        ):
            return None
        return Citation(article, paragraph, node.span, words, fingerprint, record.words("quote"))

    def _span(self) -> tuple[int, int] | None:
        node = self.nodes.get("span")
        if node is None:
            return None
        items = node.items if isinstance(node, Sequence) else ()
        texts = [item.text for item in items if isinstance(item, Scalar)]
        if (
            len(items) == len(texts) == 2
            and all(_OFFSET.fullmatch(text) for text in texts)
            and int(texts[0]) < int(texts[1])
        ):
            return int(texts[0]), int(texts[1])
        listed = f"[{', '.join(quoted(text, 12)[1:-1] for text in texts[:3])}]"
        written = quoted(node.text) if isinstance(node, Scalar) else listed
        self.say(
            rules.BAD_WORDS_SPAN,
            node.span,
            f"'span' must be two numbers that run forward, not {written}",
            "as in [120, 164]: the first character counts from 0, the end is not included",
        )
        return None
