"""A source file as a tree of texts that know their place.

YAML's typing is not used: every scalar is text until a field says otherwise. Files are read at
event level (PyYAML's C parser), so that nothing is built before it is judged: depth is capped (the
C loader's own composer dies of a signal on deep input), and anchors, aliases, merge keys, tags,
directives and second documents are refused with their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from kg import rules
from kg.characters import describe_character, printable, quoted
from kg.diagnostics import Diagnostic, Rule, Span

MOST_DEPTH = 64
MOST_VALUES = 500_000
"""Far more than 5 MB of sentences about actors hold; a file of bare commas would take a minute and
a gigabyte.
"""

Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNREADABLE = re.compile("\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_CUT_SHORT = re.compile(r" #| +#\S")


class Scalar(NamedTuple):
    """A text. ``comment`` tells that a '#' right behind it may have cut it short."""

    text: str
    span: Span
    plain: bool = True
    comment: bool = False


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


class Mapping(NamedTuple):
    """Keys with their nodes, in file order, no key twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span


Node = Scalar | Sequence | Mapping


class _Refused(Exception):
    """Reading ends here: the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def parse(file: str, data: bytes) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of one file and what is wrong with it; no tree where it is empty or cannot be read."""
    try:
        text = _decoded(file, data)
        reader = _Reader(file, text)
        root = reader.root()
    except _Refused as refused:
        return None, (refused.diagnostic,)
    if root is None and not reader.found:
        what = "no value" if text.strip() else "empty"
        return None, (
            rules.EMPTY_FILE.at(
                Span(file, 1, 1, 1, 1),
                f"the file holds nothing ({what})",
                "write sections such as 'actors:' into it, or delete it",
            ),
        )
    return root, tuple(reader.found)


def _decoded(file: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _Refused(
            rules.NOT_UTF8.at(
                Span(file, line, 1, line, 1),
                f"the file is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}",
                "save it as UTF-8 (in most editors: 'Save with encoding')",
            )
        ) from None
    if found := _UNREADABLE.search(text):
        before = text[: found.start()]
        line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
        where = Span(file, line, column, line, column + 1)
        if found[0] == "\r":
            raise _Refused(
                rules.CONTROL_CHARACTER.at(
                    where,
                    "a lone carriage return (CR, U+000D) is no line end here",
                    "save the file with line ends LF or CRLF",
                )
            )
        raise _Refused(
            rules.CONTROL_CHARACTER.at(
                where,
                f"the file holds {describe_character(found[0])}",
                "delete it, or save the file as UTF-8",
            )
        )
    return _disguised(text.replace("\r\n", "\n"))


def _disguised(text: str) -> str:
    """A text as the parser sees it. YAML 1.1 ends lines at U+2028 and U+2029; YAML 1.2 and editors
    do not, and so noncharacters stand in their stead.
    """
    return text.replace("\u2028", "\ufdd0").replace("\u2029", "\ufdd1")


def _restored(text: str) -> str:
    """A text as it was written."""
    return text.replace("\ufdd0", "\u2028").replace("\ufdd1", "\u2029")


class _Reader:
    """Builds the tree from events, with a stack of its own instead of recursion."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text, self.lines = file, text, text.split("\n")
        self.with_hash = {number: line for number, line in enumerate(self.lines, 1) if "#" in line}
        self.found: list[Diagnostic] = []

    def root(self) -> Node | None:
        """The document's node, or nothing where there is none or it was refused."""
        root: Node | None = None
        documents, values, opened = 0, 0, []
        children: list[list[Node]] = [[]]
        for event in self._events():
            if isinstance(event, yaml.NodeEvent):
                values += 1
                if values > MOST_VALUES:
                    hint = "split it: any number of files may hold the same sections"
                    self._refuse(
                        rules.TOO_LARGE,
                        event,
                        f"the file holds more than {MOST_VALUES:,} values",
                        hint,
                    )
            match event:
                case yaml.ScalarEvent():
                    self._judge_properties(event)
                    children[-1].append(self._scalar(event))
                case yaml.AliasEvent():
                    self._refuse(
                        rules.ANCHOR_OR_ALIAS,
                        event,
                        f"alias {quoted(f'*{event.anchor}')} is not allowed",
                        "write the value out",
                    )
                case yaml.CollectionStartEvent():
                    self._judge_properties(event)
                    opened.append(event)
                    children.append([])
                    if len(opened) > MOST_DEPTH:
                        hint = "look for a bracket that is not closed"
                        self._refuse(
                            rules.TOO_DEEP,
                            event,
                            f"the file is nested deeper than {MOST_DEPTH} levels",
                            hint,
                        )
                case yaml.CollectionEndEvent():
                    nodes = children.pop()
                    children[-1].append(self._collection(opened.pop(), event, nodes))
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._refuse(
                            rules.SECOND_DOCUMENT,
                            event,
                            "a second document starts here",
                            "one file, one document",
                        )
                    if event.version or event.tags:
                        self._refuse(
                            rules.DIRECTIVE,
                            event,
                            "directives (%YAML, %TAG) are not allowed",
                            "delete the line",
                        )
                case yaml.DocumentEndEvent():
                    root = children[0][0] if children[0] else None
        if isinstance(root, Scalar) and not root.text and root.plain:
            return None
        return root

    def _events(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            raise _Refused(self._syntax(error)) from None

    def _judge_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self._refuse(
                rules.ANCHOR_OR_ALIAS,
                event,
                f"anchor {quoted('&' + event.anchor)} is not allowed (nor is any alias to it)",
                "write the value out where it is needed",
            )
        if event.tag is not None:
            self._refuse(
                rules.TAG,
                event,
                f"tag {quoted(event.tag)} is not allowed",
                "delete the tag: every value is text until its field says otherwise",
            )

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        span, plain = self._span(event), not event.style
        cut_short = plain and self._is_cut_short(span)
        # The line end that closes a block ('|', '>') is YAML's, not the text's.
        value = event.value.rstrip("\n") if event.style in ("|", ">") else event.value
        return Scalar(_restored(value), span, plain, cut_short)

    def _is_cut_short(self, span: Span) -> bool:
        line = self.with_hash.get(span.end_line)
        return line is not None and bool(_CUT_SHORT.match(line, span.end_column - 1))

    def _collection(
        self, start: yaml.CollectionStartEvent, end: yaml.CollectionEndEvent, nodes: list[Node]
    ) -> Node:
        span = self._span(start, end)
        if isinstance(start, yaml.SequenceStartEvent):
            return Sequence(tuple(nodes), span)
        first: dict[str, Scalar] = {}
        entries: list[tuple[Scalar, Node]] = []
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.found.append(
                    rules.KEY_NOT_TEXT.at(
                        key.span,
                        "a key must be a text, not a list or a mapping",
                        "write one key for each",
                    )
                )
            elif key.text == "<<" and key.plain:
                self.found.append(
                    rules.MERGE_KEY.at(
                        key.span, "merge keys ('<<') are not allowed", "write the fields out"
                    )
                )
            elif key.text in first:
                other = first[key.text].span
                self.found.append(
                    rules.KEY_TWICE.at(
                        key.span,
                        f"key {quoted(key.text)} stands here again; the first is at line {other.line}",
                        "put both under one key, or rename one",
                        [other],
                    )
                )
            else:
                first[key.text] = key
                entries.append((key, value))
        return Mapping(tuple(entries), span)

    def _span(self, event: yaml.Event, last: yaml.Event | None = None) -> Span:
        """Where an event stands, or all from it to a last one. The C parser marks every event,
        counting from 0.
        """
        start: Any = event.start_mark
        end: Any = (last or event).end_mark
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _refuse(self, rule: Rule, event: yaml.Event, message: str, hint: str) -> None:
        raise _Refused(rule.at(self._span(event), message, hint))

    def _syntax(self, error: yaml.MarkedYAMLError) -> Diagnostic:
        problem, context = (
            printable(error.problem or "cannot be parsed"),
            printable(error.context or ""),
        )
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and mark.line >= self.text.rstrip().count("\n") + 1:
            # What is missed only at the end of the file was left open where it began.
            mark = error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        span = Span(self.file, line + 1, column + 1, line + 1, column + 2)
        if refusal := _refusal(problem, context):
            rule, message, hint = refusal
            return rule.at(span, f"{message}: {problem}", hint)
        if context and error.context_mark:
            context += f" that began at line {error.context_mark.line + 1}"
        text = self.lines[line] if line < len(self.lines) else ""
        message = f"not YAML: {problem} ({context})" if context else f"not YAML: {problem}"
        return rules.NOT_YAML.at(span, message, _syntax_hint(f"{problem} {context}", text, column))


def _refusal(problem: str, context: str) -> tuple[Rule, str, str] | None:
    """The law behind a mistake in something that is not allowed anyway, with its words and hint."""
    match f"{problem} {context}":
        case words if "directive" in words or "incompatible YAML" in words:
            return rules.DIRECTIVE, "directives (%YAML, %TAG) are not allowed", "delete the line"
        case words if "expected <document start>" in words:
            return rules.SECOND_DOCUMENT, "a second document starts here", "one file, one document"
        case words if "scanning an anchor" in words or "scanning an alias" in words:
            hint = "a text that starts with '&' or '*' must stand in quotes"
            return rules.ANCHOR_OR_ALIAS, "anchors and aliases are not allowed", hint
        case words if "a tag" in words or "tag handle" in words:
            return (
                rules.TAG,
                "tags are not allowed",
                "a text that starts with '!' must stand in quotes",
            )
    return None


def _syntax_hint(problem: str, line: str, column: int) -> str:
    match problem:
        case _ if (
            line[column : column + 1] == "\t" or "\t" in line[: len(line) - len(line.lstrip())]
        ):
            return "a tab is used for indentation: use blanks"
        case _ if line[column - 1 : column] == "\ufeff" or line[column : column + 1] == "\ufeff":
            return "delete the byte order mark (U+FEFF), which stands here unseen"
        case p if "mapping values are not allowed" in p:
            return "a text that holds ': ' must stand in quotes"
        case p if "quoted scalar" in p:
            return "look for a quote that is not closed, or a backslash in double quotes"
        case p if "expected key" in p or "block collection" in p or "block mapping" in p:
            return "look at the indentation: keys of one mapping start in one column"
        case p if "expected ':'" in p:
            return "a text that goes on in the next line is indented deeper than its key"
        case p if "cannot start any token" in p:
            return "a text that starts with a sign such as '%', '@' or '`' must stand in quotes"
        case _:
            return ""
