"""Citations as a curator writes them: a mapping from article to its paragraphs."""

from __future__ import annotations

import re

from kg import rules
from kg.characters import quoted
from kg.model import Citation, Reference
from kg.sources.hints import AN_ARTICLE
from kg.sources.record import Record, read_record
from kg.sources.values import read_number, read_sha256
from kg.sources.yamlfile import Mapping, Node, Scalar, Sequence

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


def _citation(record: Record, article: Reference, node: Node) -> Citation | None:
    if not isinstance(node, Mapping):
        paragraph = record.value("paragraph", read_number, node)
        return Citation(article, paragraph, node.span) if paragraph else None
    keys = ("p", "span", "sha256", "quote")
    inner = read_record(node, "a citation", keys, ("p",), record.notes)
    paragraph = inner.value("p", read_number)
    words = _span(inner)
    sha256 = inner.value("sha256", read_sha256) or ""
    if inner.has("span") != inner.has("sha256"):
        message = "'span' and 'sha256' go together"
        hint = "give both; the words themselves can stand in 'quote' instead"
        inner.report(rules.FIELDS_DISAGREE, node.span, message, hint)
    if not paragraph or bool(words) != inner.has("span") or bool(sha256) != inner.has("sha256"):
        return None
    return Citation(article, paragraph, node.span, words, sha256, inner.words("quote"))


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
