"""Values of a map: texts, templates and choices; each mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn, TypeVar

from kg.diagnostics import KgError, Span
from kg.sources import yamlfile
from kg.sources.tables.templates import (
    NOTHING,
    Template,
    TemplateChoice,
    TemplateError,
    TemplateField,
    TemplateValue,
    read_template,
)
from kg.sources.yamlfile import Scalar, YamlNode

Made = TypeVar("Made")


def condition_at(node: YamlNode) -> TemplateValue:
    """Return a column that must not be empty, or a choice that must give something."""
    return Template((TemplateField(node.text),)) if isinstance(node, Scalar) else value_at(node)


def value_at(node: YamlNode | None) -> TemplateValue:
    """Return a template, or a choice between some; nothing where it is left out."""
    if node is None:
        return NOTHING
    if isinstance(node, Scalar):
        return _at(node.span, read_template, node.text)
    entries = children_at(node, "a value")
    column = next((text_at(value) for key, value in entries if key.text == "of"), "")
    if not column:
        fail(
            node.span, "a choice names no column", "write it as {of: COLUMN, WORD: ..., else: ...}"
        )
    exact: dict[str, Template] = {}
    patterns: list[tuple[re.Pattern[str], Template]] = []
    otherwise = None
    for key, value in entries:
        if key.text == "of":
            continue
        template = _at(value.span, read_template, text_at(value))
        if key.text == "else" and key.plain:
            otherwise = template
        elif len(key.text) > 1 and key.text[0] == key.text[-1] == "/":
            patterns.append((_at(key.span, _pattern, key.text[1:-1]), template))
        else:
            exact[key.text] = template
    return TemplateChoice(column, exact, tuple(patterns), otherwise, node.span)


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
        fail(span, str(error), error.hint)


def children_at(node: YamlNode | None, what: str) -> tuple[tuple[Scalar, YamlNode], ...]:
    """Return the keys and values of a mapping; none where it is left out."""
    if node is None:
        return ()
    if not isinstance(node, yamlfile.Mapping):
        fail(node.span, f"{what} must hold names with values", "as in 'title: ...'")
    return node.entries


def items_at(node: YamlNode | None) -> tuple[YamlNode, ...]:
    """Return the items of a list, or the one that stands without; none where it is left out."""
    if node is None:
        return ()
    return node.items if isinstance(node, yamlfile.Sequence) else (node,)


def text_at(node: YamlNode) -> str:
    """Return a text. Raises KgError where a list or a mapping stands there."""
    if not isinstance(node, Scalar):
        fail(node.span, "a text is expected here", "write one word or a text in quotes")
    return node.text


def words_at(node: YamlNode | None, what: str) -> dict[str, str]:
    """Return words of others with what they are here."""
    return {key.text: text_at(value) for key, value in children_at(node, what)}


def fail(span: Span, message: str, hint: str = "") -> NoReturn:
    """Raise KgError with its place."""
    raise KgError(f"{span}: {message}", hint=hint)
