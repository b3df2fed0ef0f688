"""Citations as a curator writes them: a mapping from source to paragraphs or other places."""

from __future__ import annotations

import re

from kg.diagnostics import rules
from kg.model.locators import Locator, Unit, paragraph_locator
from kg.model.references import Citation, Reference
from kg.sources.hints import AN_ARTICLE
from kg.sources.places import place_reader, read_place
from kg.sources.record import Record, read_record
from kg.sources.values import read_number, read_sha256
from kg.sources.yamlfile import Mapping, Scalar, Sequence, YamlNode
from kg.text.characters import quoted

_OFFSET = re.compile(r"0|[1-9][0-9]{0,8}")


def read_citations(record: Record, key: str = "cite") -> tuple[Citation, ...]:
    """Return the citations of a record's field."""
    node = record.nodes.get(key)
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        message = f"'{key}' must be a mapping from article to paragraphs"
        record.report(rules.WRONG_SHAPE, node.span, message, f"as in {key}: {{{AN_ARTICLE}: [4]}}")
        return ()
    if not node.entries:
        message, hint = f"'{key}' cites nothing", "cite the paragraph that says so"
        record.report(rules.EMPTY_VALUE, node.span, message, hint)
    citations = []
    for name, value in node.entries:
        article = record.notes.refer(name.text, name.span)
        items = value.items if isinstance(value, Sequence) else (value,)
        if not items:
            message = f"no paragraph of {quoted(name.text)} is cited"
            record.report(rules.EMPTY_VALUE, value.span, message, "name one")
        citations += [_citation(record, article, item) for item in items]
    return tuple(citation for citation in citations if citation)


def _citation(record: Record, article: Reference, node: YamlNode) -> Citation | None:
    if not isinstance(node, Mapping):
        locator = record.value("paragraph", read_place, node)
        return Citation(article, locator, node.span) if locator is not None else None
    inner = read_record(node, "a citation", CITATION_FIELDS, (), record.notes)
    locator = _locator(inner)
    words = _span(inner)
    sha256 = inner.value("sha256", read_sha256) or ""
    if inner.has("span") != inner.has("sha256"):
        message = "'span' and 'sha256' go together"
        hint = "give both; the words themselves can stand in 'quote' instead"
        inner.report(rules.FIELDS_DISAGREE, node.span, message, hint)
    if locator is None:
        return None
    if bool(words) != inner.has("span") or bool(sha256) != inner.has("sha256"):
        return None
    return Citation(article, locator, node.span, words, sha256, inner.words("quote"))


_UNITS = tuple(unit for unit in Unit if unit is not Unit.PARAGRAPH)
CITATION_FIELDS = ("p", *(unit.value for unit in _UNITS), "span", "sha256", "quote")


def _locator(record: Record) -> Locator | None:
    """Return the place that a citation names: a paragraph, or a value of one or more units."""
    units = [unit for unit in _UNITS if record.has(unit.value)]
    if not units:
        hint = "add 'p: ...', or the page, folio, section or time, as in {page: 12}"
        record.require("p", "a citation", hint)
        number = record.value("p", read_number)
        return paragraph_locator(number) if number else None
    if record.has("p") or record.has("span"):
        key = "p" if record.has("p") else "span"
        message = f"'{key}' is of a text's paragraph, '{units[0]}' of a source without one"
        record.report(rules.FIELDS_DISAGREE, record.key_place(key), message, f"delete '{key}'")
        return None
    steps = [(unit, record.value(unit.value, place_reader(unit))) for unit in units]
    complete = tuple((unit, value) for unit, value in steps if value)
    return Locator(complete) if len(complete) == len(units) else None


def _span(record: Record) -> tuple[int, int] | None:
    node = record.nodes.get("span")
    if node is None:
        return None
    items = node.items if isinstance(node, Sequence) else ()
    texts = [item.text for item in items if isinstance(item, Scalar)]
    are_offsets = all(_OFFSET.fullmatch(text) for text in texts)
    if len(items) == len(texts) == 2 and are_offsets and int(texts[0]) < int(texts[1]):
        return int(texts[0]), int(texts[1])
    listed = ", ".join(quoted(text, 12)[1:-1] for text in texts[:3])
    value = quoted(node.text) if isinstance(node, Scalar) else f"[{listed}]"
    record.report(
        rules.BAD_WORDS_SPAN,
        node.span,
        f"'span' must be two numbers that run forward, not {value}",
        "as in [120, 164]: the first character counts from 0, the end is not included",
    )
    return None
