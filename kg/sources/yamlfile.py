"""A source file as a tree of texts that know their place.

YAML's typing is not used: every scalar is text until a field says otherwise. Files are read at
event level (PyYAML's C parser), so that nothing is built before it is judged: depth is capped (the
C loader's own composer dies of a signal on deep input), and anchors, aliases, merge keys, tags,
directives and second documents are refused with their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.diagnostics import Diagnostic, Rule, Span, rules
from kg.text.characters import describe_character, printable, quoted

if TYPE_CHECKING:
    import yaml

MOST_DEPTH = 64
MOST_VALUES = 500_000
"""More than 5 MB of sentences about actors hold; a file of bare commas would take a minute and a
gigabyte.
"""

_UNREADABLE = re.compile("\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0\ufdd1\ufffe\uffff]")
_INDENTATION = "look at the indentation: keys of one mapping start in one column"
_CUT_SHORT = re.compile(r" #| +#\S")


class Scalar(NamedTuple):
    """A text; ``comment`` tells that a '#' right behind it may have cut it short."""

    text: str
    span: Span
    plain: bool = True
    comment: bool = False


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple[YamlNode, ...]
    span: Span


class Mapping(NamedTuple):
    """Keys with their nodes, in file order, no key twice."""

    entries: tuple[tuple[Scalar, YamlNode], ...]
    span: Span


YamlNode = Scalar | Sequence | Mapping
_new = tuple.__new__  # makes a named tuple in half the time


class _Refusal(Exception):
    """Reading ends here: the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def read_yaml(file: str, data: bytes) -> tuple[YamlNode | None, tuple[Diagnostic, ...]]:
    """Return the tree of one file and what is wrong with it; no tree where it is empty or cannot be
    read.
    """
    try:
        text = _decode(file, data)
        reader = _Reader(file, text)
        root = reader.read_root()
    except _Refusal as refusal:
        return None, (refusal.diagnostic,)
    if root is None and not reader.problems:
        message = f"the file holds nothing ({'no value' if text.strip() else 'empty'})"
        hint = "write sections such as 'actors:' into it, or delete it"
        return None, (rules.EMPTY_FILE.at(Span(file, 1, 1, 1, 1), message, hint),)
    return root, tuple(reader.problems)


def _decode(file: str, data: bytes) -> str:
    """Return the text of a file as the parser takes it. YAML 1.1 ends lines at U+2028 and U+2029;
    YAML 1.2 and editors do not, and so noncharacters stand in their stead.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        message = f"the file is not UTF-8: {byte}"
        hint = "save it as UTF-8 (in most editors: 'Save with encoding')"
        raise _Refusal(rules.NOT_UTF8.at(Span(file, line, 1, line, 1), message, hint)) from None
    if match := _UNREADABLE.search(text):
        before = text[: match.start()]
        line, column = before.count("\n") + 1, match.start() - before.rfind("\n")
        message = f"the file holds {describe_character(match[0])}"
        hint = "delete it, or save the file as UTF-8"
        if match[0] == "\r":
            message = "a lone carriage return (CR, U+000D) is no line end here"
            hint = "save the file with line ends LF or CRLF"
        place = Span(file, line, column, line, column + 1)
        raise _Refusal(rules.CONTROL_CHARACTER.at(place, message, hint))
    return text.replace("\r\n", "\n").replace("\u2028", "\ufdd0").replace("\u2029", "\ufdd1")


class _Reader:
    """Builds the tree from events, with a stack of its own instead of recursion."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text, self.lines = file, text, text.split("\n")
        self.has_separators = "\ufdd0" in text or "\ufdd1" in text
        self.lines_with_hash = {n: line for n, line in enumerate(self.lines, 1) if "#" in line}
        self.problems: list[Diagnostic] = []
        self.starts: list[yaml.CollectionStartEvent] = []
        self.children: list[list[YamlNode]] = [[]]
        self.documents = self.values = 0

    def read_root(self) -> YamlNode | None:
        """Return the document's node, or None where there is none.

        Raises _Refusal where an event is not allowed.
        """
        # A command that knows all files from the cache has no use for it.
        import yaml

        takers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self.take_scalar,
            yaml.MappingStartEvent: self.start_collection,
            yaml.SequenceStartEvent: self.start_collection,
            yaml.MappingEndEvent: self.end_mapping,
            yaml.SequenceEndEvent: self.end_sequence,
            yaml.AliasEvent: self.refuse_alias,
            yaml.DocumentStartEvent: self.start_document,
        }
        try:
            next_event = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.text).get_event
            while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
                if kind in takers:
                    takers[kind](event)
        except yaml.MarkedYAMLError as error:
            raise _Refusal(self.syntax_problem(error)) from None
        root = next(iter(self.children[0]), None)
        if isinstance(root, Scalar) and not root.text and root.plain:
            return None
        return root

    def start_collection(self, event: yaml.CollectionStartEvent) -> None:
        self.count(event)
        self.starts.append(event)
        self.children.append([])
        if len(self.starts) > MOST_DEPTH:
            message = f"the file is nested deeper than {MOST_DEPTH} levels"
            self.refuse(rules.TOO_DEEP, event, message, "look for a bracket that is not closed")

    def end_mapping(self, event: yaml.MappingEndEvent) -> None:
        nodes, start = self.children.pop(), self.starts.pop()
        self.children[-1].append(self.mapping(nodes, self.span(start, event)))

    def end_sequence(self, event: yaml.SequenceEndEvent) -> None:
        nodes, start = self.children.pop(), self.starts.pop()
        self.children[-1].append(Sequence(tuple(nodes), self.span(start, event)))

    def count(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Count a value; refuse one too many, or one with an anchor or a tag."""
        self.values += 1
        if self.values > MOST_VALUES or event.anchor or event.tag is not None:
            self.refuse_value(event)

    def refuse_alias(self, event: yaml.AliasEvent) -> None:
        message = f"alias {quoted(f'*{event.anchor}')} is not allowed"
        self.refuse(rules.ANCHOR_OR_ALIAS, event, message, "write the value out")

    def start_document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            message, hint = "a second document starts here", "one file, one document"
            self.refuse(rules.SECOND_DOCUMENT, event, message, hint)
        if event.version or event.tags:
            message = "directives (%YAML, %TAG) are not allowed"
            self.refuse(rules.DIRECTIVE, event, message, "delete the line")

    def refuse_value(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if self.values > MOST_VALUES:
            message = f"the file holds more than {MOST_VALUES:,} values"
            hint = "split it: any number of files may hold the same sections"
            self.refuse(rules.TOO_LARGE, event, message, hint)
        if event.anchor:
            anchor = quoted(f"&{event.anchor}")
            message = f"anchor {anchor} is not allowed (nor is any alias to it)"
            hint = "write the value out where it is needed"
            self.refuse(rules.ANCHOR_OR_ALIAS, event, message, hint)
        message = f"tag {quoted(event.tag or '')} is not allowed"
        hint = "delete the tag: every value is text until its field says otherwise"
        self.refuse(rules.TAG, event, message, hint)

    def take_scalar(self, event: yaml.ScalarEvent) -> None:
        self.count(event)
        span, style, text = self.span(event), event.style, event.value
        is_cut_short = False
        if not style and span.end_line in self.lines_with_hash:
            line = self.lines_with_hash[span.end_line]
            is_cut_short = bool(_CUT_SHORT.match(line, span.end_column - 1))
        elif style in ("|", ">"):
            # The line end that closes a block is YAML's, not the text's.
            text = text.rstrip("\n")
        if self.has_separators:
            text = text.replace("\ufdd0", "\u2028").replace("\ufdd1", "\u2029")
        self.children[-1].append(_new(Scalar, (text, span, not style, is_cut_short)))

    def mapping(self, nodes: list[YamlNode], span: Span) -> Mapping:
        """Return a mapping of keys and values that alternate; keys that are wrong are left out."""
        keys = nodes[::2]
        entries = {key.text: key for key in keys if isinstance(key, Scalar)}
        if len(entries) < len(keys) or "<<" in entries:
            return Mapping(self.sound_entries(nodes), span)
        return Mapping(tuple(zip(entries.values(), nodes[1::2], strict=True)), span)

    def sound_entries(self, nodes: list[YamlNode]) -> tuple[tuple[Scalar, YamlNode], ...]:
        """The keys and values of a mapping without the wrong keys, which are reported."""
        entries: dict[str, tuple[Scalar, YamlNode]] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                message = "a key must be a text, not a list or a mapping"
                problem = rules.KEY_NOT_TEXT.at(key.span, message, "write one key for each")
            elif key.text == "<<" and key.plain:
                message = "merge keys ('<<') are not allowed"
                problem = rules.MERGE_KEY.at(key.span, message, "write the fields out")
            elif key.text in entries:
                first = entries[key.text][0].span
                message = f"stands here again; the first is at line {first.line}"
                hint = "put both under one key, or rename one"
                message = f"key {quoted(key.text)} {message}"
                problem = rules.KEY_TWICE.at(key.span, message, hint, [first])
            else:
                entries[key.text] = key, value
                continue
            self.problems.append(problem)
        return tuple(entries.values())

    def span(self, event: yaml.Event, last: yaml.Event | None = None) -> Span:
        """Return the place of an event, or all from it to a last one; marks count from 0."""
        start: Any = event.start_mark
        end: Any = (last or event).end_mark
        place = (self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        return _new(Span, place)

    def refuse(self, rule: Rule, event: yaml.Event, message: str, hint: str) -> None:
        raise _Refusal(rule.at(self.span(event), message, hint))

    def syntax_problem(self, error: yaml.MarkedYAMLError) -> Diagnostic:
        problem = printable(error.problem or "cannot be parsed")
        context = printable(error.context or "")
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and mark.line > self.text.rstrip().count("\n"):
            # What is missing only at the end of the file was left open where it began.
            mark = error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        span = Span(self.file, line + 1, column + 1, line + 1, column + 2)
        for words, rule, message, hint in _NOT_ALLOWED:
            if any(word in f"{problem} {context}" for word in words):
                return rule.at(span, f"{message}: {problem}", hint)
        if context and error.context_mark:
            context += f" that began at line {error.context_mark.line + 1}"
        text = self.lines[line] if line < len(self.lines) else ""
        message = f"not YAML: {problem} ({context})" if context else f"not YAML: {problem}"
        return rules.NOT_YAML.at(span, message, _syntax_hint(f"{problem} {context}", text, column))


_NOT_ALLOWED = (
    (
        ("directive", "incompatible YAML"),
        rules.DIRECTIVE,
        "directives (%YAML, %TAG) are not allowed",
        "delete the line",
    ),
    (
        ("expected <document start>",),
        rules.SECOND_DOCUMENT,
        "a second document starts here",
        "one file, one document",
    ),
    (
        ("scanning an anchor", "scanning an alias"),
        rules.ANCHOR_OR_ALIAS,
        "anchors and aliases are not allowed",
        "a text that starts with '&' or '*' must stand in quotes",
    ),
    (
        ("a tag", "tag handle"),
        rules.TAG,
        "tags are not allowed",
        "a text that starts with '!' must stand in quotes",
    ),
)
"""Words of the parser about what is not allowed anyway, with the law, its message and its hint."""

_SYNTAX_HINTS = {
    "mapping values are not allowed": "a text that holds ': ' must stand in quotes",
    "quoted scalar": "look for a quote that is not closed, or a backslash in double quotes",
    "expected key": _INDENTATION,
    "block collection": _INDENTATION,
    "block mapping": _INDENTATION,
    "expected ':'": "a text that goes on in the next line is indented deeper than its key",
    "cannot start any token": "a text that starts with a sign such as '%', '@' or '`' "
    "must stand in quotes",
}
"""Hints by words of the parser; the first that fits is given."""


def _syntax_hint(problem: str, line: str, column: int) -> str:
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in (line[column : column + 1], *indentation):
        return "a tab is used for indentation: use blanks"
    if "\ufeff" in (line[column - 1 : column], line[column : column + 1]):
        return "delete the byte order mark (U+FEFF), which stands here unseen"
    return next((hint for words, hint in _SYNTAX_HINTS.items() if words in problem), "")
