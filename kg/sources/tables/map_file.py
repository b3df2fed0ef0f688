"""A map from tables to things and assertions, as a curator writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn, TypeVar

from kg.diagnostics import KgError, Span, did_you_mean
from kg.sources import yamlfile
from kg.sources.sections import SECTIONS
from kg.sources.sourcetext import Plain, plain_value
from kg.sources.spreadsheets.workbook import split_name
from kg.sources.tables.plan import Field, FileMap, Gather, Join, RowRule, TableMap, TablesMap
from kg.sources.tables.templates import (
    NOTHING,
    Template,
    TemplateChoice,
    TemplateError,
    TemplateField,
    Value,
    read_template,
)
from kg.sources.yamlfile import Node, Scalar, read_yaml

Made = TypeVar("Made")


def read_map(name: str, data: bytes) -> TablesMap:
    """Return a map. Raises KgError with its place where something in it is wrong."""
    root, problems = read_yaml(name, data)
    if problems:
        raise KgError(f"{problems[0].span}: {problems[0].message}", hint=problems[0].hint)
    if root is None:
        raise KgError(f"{name}: the map holds nothing", hint="how to write one: kg help import")
    entries = _mapping(root, "a map", ("about", "dir", "defaults", "things", "tables", "files"))
    if not entries.keys() & {"tables", "files"}:
        _fail(root.span, "the map names no table", "add 'tables:' or 'files:' with their names")
    defaults = _mapping(entries.get("defaults"), "defaults", ("article", "empty"))
    things = plain_value(entries["things"]) if "things" in entries else {}
    if not isinstance(things, dict) or not things.keys() <= set(SECTIONS):
        _fail(entries["things"].span, "'things' holds sections", f"these: {', '.join(SECTIONS)}")
    return TablesMap(
        _text(entries["dir"]) if "dir" in entries else ".",
        things,
        tuple(_table(*each, defaults) for each in _children(entries.get("tables"), "tables")),
        tuple(_file(*each, defaults) for each in _children(entries.get("files"), "files")),
    )


def _file(key: Scalar, node: Node, defaults: Mapping[str, Node]) -> FileMap:
    names = ("id", "title", "article", "ids", "types", "relations", "languages")
    entries = _mapping(node, "a file", names)
    article = _article(entries, defaults)
    article.setdefault("title", key.text.rpartition("/")[2])
    return FileMap(
        key.span,
        key.text,
        _article_id(entries, key.text),
        article,
        _words(entries.get("ids"), "ids"),
        _words(entries.get("types"), "types"),
        _words(entries.get("relations"), "relations"),
        tuple(map(_text, _items(entries.get("languages")))) or ("en",),
    )


def _words(node: Node | None, what: str) -> dict[str, str]:
    """Words of others with what they are here."""
    return {key.text: _text(value) for key, value in _children(node, what)}


def _article(entries: Mapping[str, Node], defaults: Mapping[str, Node]) -> dict[str, Plain]:
    """The fields of the article that a table or a file is."""
    article: dict[str, Plain] = {}
    for source in (defaults, entries):
        children = _children(source.get("article"), "article")
        article |= {name.text: plain_value(value) for name, value in children}
    if "title" in entries:
        article["title"] = _text(entries["title"])
    return article


def _article_id(entries: Mapping[str, Node], name: str) -> str:
    """The id of an article: one of its own, or made of a file's name and the sheet that it
    names.
    """
    if "id" in entries:
        return _text(entries["id"])
    file, sheet = split_name(name)
    stem = " ".join([file.rpartition("/")[2].partition(".")[0], sheet])
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")


def _table(key: Scalar, node: Node, defaults: Mapping[str, Node]) -> TableMap:
    names = ("id", "title", "article", "empty", "unused", "articles", "things", "assertions")
    entries = _mapping(node, "a table", names)
    article = _article(entries, defaults)
    if "title" not in article:
        _fail(
            key.span, f"the table '{key.text}' has no title", "add 'title: ...': it is an article"
        )
    kinds = ("articles", "things", "assertions")
    rules = [_rule(each, kind) for kind in kinds for each in _items(entries.get(kind))]
    return TableMap(
        key.span,
        key.text,
        _article_id(entries, key.text),
        article,
        frozenset(map(_text, _items(entries.get("empty", defaults.get("empty"))))),
        frozenset(map(_text, _items(entries.get("unused")))),
        tuple(rules),
    )


def _rule(node: Node, kind: str) -> RowRule:
    entries = {key.text: value for key, value in _children(node, f"one of '{kind}'")}
    section = kind
    if kind == "things":
        section = _text(entries.pop("section")) if "section" in entries else ""
        if section not in SECTIONS:
            _fail(
                node.span, f"no section is called '{section}'", f"there are: {', '.join(SECTIONS)}"
            )
    if "id" not in entries and kind != "assertions":
        _fail(node.span, f"one of '{kind}' has no id", 'add one, as in id: "t-{number}"')
    id = _value(entries.pop("id", None))
    condition = _condition(entries.pop("if")) if "if" in entries else None
    words = _words(entries.pop("each", None), "each")
    merge = "merge" in entries and _text(entries.pop("merge")) == "true"
    cite = _join(entries.pop("cite")) if "cite" in entries else None
    fields = {name: _field(value) for name, value in entries.items()}
    return RowRule(node.span, fields, section, id, condition, words, merge, cite)


def _condition(node: Node) -> Value:
    """A column that must not be empty, or a choice that must give something."""
    return Template((TemplateField(node.text),)) if isinstance(node, Scalar) else _value(node)


def _join(node: Node) -> Join:
    entries = _mapping(node, "cite", ("table", "key", "match", "article", "place"))
    for name in ("table", "key", "match"):
        if name not in entries:
            hint = 'as in cite: {table: citations.csv, key: "{id}", match: "{relationship_id}"}'
            _fail(node.span, f"'cite' has no '{name}'", hint)
    return Join(
        node.span,
        _text(entries["table"]),
        _value(entries["key"]),
        _value(entries["match"]),
        _value(entries.get("article")),
        _value(entries.get("place")),
    )


def _field(node: Node) -> Field:
    if isinstance(node, yamlfile.Sequence):
        return tuple(map(_value, node.items))
    if isinstance(node, Scalar):
        return _value(node)
    entries = {key.text: value for key, value in node.entries}
    if entries.keys() == {"table", "key", "match", "value"}:
        table, key, match, value = (entries[name] for name in ("table", "key", "match", "value"))
        return Gather(node.span, _text(table), _value(key), _value(match), _value(value))
    if "of" in entries:
        return _value(node)
    return {name: _value(value) for name, value in entries.items()}


def _value(node: Node | None) -> Value:
    """A template, or a choice between some; nothing where it is left out."""
    if node is None:
        return NOTHING
    if isinstance(node, Scalar):
        return _at(node.span, read_template, node.text)
    entries = _children(node, "a value")
    column = next((_text(value) for key, value in entries if key.text == "of"), "")
    if not column:
        _fail(
            node.span, "a choice names no column", "write it as {of: COLUMN, WORD: ..., else: ...}"
        )
    exact: dict[str, Template] = {}
    patterns: list[tuple[re.Pattern[str], Template]] = []
    otherwise = None
    for key, value in entries:
        if key.text == "of":
            continue
        template = _at(value.span, read_template, _text(value))
        if key.text == "else" and key.plain:
            otherwise = template
        elif len(key.text) > 1 and key.text[0] == key.text[-1] == "/":
            patterns.append((_at(key.span, _pattern, key.text[1:-1]), template))
        else:
            exact[key.text] = template
    return TemplateChoice(column, exact, tuple(patterns), otherwise)


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        hint = "a pattern is a regular expression of Python for the whole cell"
        raise TemplateError(f"/{text}/ is no regular expression: {error}", hint) from None


def _at(span: Span, reader: Callable[[str], Made], text: str) -> Made:
    try:
        return reader(text)
    except TemplateError as error:
        _fail(span, str(error), error.hint)


def _mapping(node: Node | None, what: str, names: Iterable[str]) -> dict[str, Node]:
    """The entries of a mapping, whose keys are all known; none where it is left out."""
    entries = _children(node, what)
    for key, _ in entries:
        if key.text not in names:
            choices = f"there are: {', '.join(names)}"
            _fail(key.span, f"{what} has no '{key.text}'", did_you_mean(key.text, names) or choices)
    return {key.text: value for key, value in entries}


def _children(node: Node | None, what: str) -> tuple[tuple[Scalar, Node], ...]:
    """The keys and values of a mapping; none where it is left out."""
    if node is None:
        return ()
    if not isinstance(node, yamlfile.Mapping):
        _fail(node.span, f"{what} must hold names with values", "as in 'title: ...'")
    return node.entries


def _items(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.items if isinstance(node, yamlfile.Sequence) else (node,)


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        _fail(node.span, "a text is expected here", "write one word or a text in quotes")
    return node.text


def _fail(span: Span, message: str, hint: str = "") -> NoReturn:
    raise KgError(f"{span}: {message}", hint=hint)
