"""Where files name an id, and the edits that exchange it while every other character stays.

In sources and stories the reader notes each id with its place (``kg.sources.record``). In a query
an id is the IRI that a name or an ``<IRI>`` stands for, the ``about`` of a view, or a default of a
parameter that takes such an id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urljoin

from kg.model.references import Reference
from kg.ontology import Ontology
from kg.query.sparql import Token, TokenKind, tokenize_query
from kg.sources.sourcetext import line_starts
from kg.sources.values import ID
from kg.text import TextChange

_DEFAULT = re.compile(
    r"^[\ufeff \t]*\#[ \t]*"
    r"(?: about[ \t]*: | param[ \t]*:[ \t]*\w+[ \t]*\([ \t]*(?P<kind>[a-z]+)[^)\n]*\)[ \t]*= )"
    r'[ \t]*"?(?P<value>[^\s"]+)',
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
DEFAULT_KINDS = ("thing", "article", "assertion")
"""The kinds of parameters whose defaults are ids of records."""

_JSON_KEY = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s*:)')


def reference_edits(
    text: str, references: Iterable[Reference], names: Mapping[str, str]
) -> set[TextChange]:
    """Return the edits of a source or story that exchange the ids of some references."""
    starts, edits = line_starts(text), set()
    for id, span, _ in references:
        if id not in names:
            continue
        new = names[id]
        start = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        within = text[start:end].rfind(id)
        if within >= 0:
            edits.add(TextChange(start + within, start + within + len(id), new))
        else:
            # A text with escapes, or folded over two lines, does not hold the id letter by letter.
            edits.add(TextChange(start, end, f'"{new}"'))
    return edits


def query_edits(text: str, kind: str, old: str, new: str, ontology: Ontology) -> set[TextChange]:
    """Return the edits of a query or view that exchange the id of a thing, article, assertion or
    conflict.
    """
    record = "" if kind == "thing" else kind
    iris = ontology.iri(record, old), ontology.iri(record, new)
    tokens = tokenize_query(text)
    front = text[: tokens[0].start] if tokens else text
    edits = set()
    for start, term, base, prefixes in _terms(tokens, ontology.prefixes):
        if other := _exchange_term(term, *iris, base, prefixes):
            edits.add(TextChange(start, start + len(term), other))
    for default in _DEFAULT.finditer(front):
        takes, value = default["kind"] or "thing", default["value"]
        other = new if value == old and takes == kind else ""
        if ":" in value and takes in DEFAULT_KINDS:
            other = _exchange_term(value, *iris, "", ontology.prefixes)
        if other:
            edits.add(TextChange(default.start("value"), default.end("value"), other))
    return edits


def _terms(
    tokens: Sequence[Token], known_prefixes: Mapping[str, str]
) -> Iterator[tuple[int, str, str, Mapping[str, str]]]:
    """Yield the names and IRIs of a query's patterns: their offset, text, base and prefixes."""
    base, prefixes = "", dict(known_prefixes)
    words = ["", "", *(token.text for token in tokens)]
    for token, before, previous in zip(tokens, words, words[1:], strict=False):
        if token.kind is TokenKind.IRI and before.upper() == "PREFIX":
            prefixes[previous.removesuffix(":")] = token.text[1:-1]
        elif token.kind is TokenKind.IRI and previous.upper() == "BASE":
            base = token.text[1:-1]
        elif token.kind in (TokenKind.IRI, TokenKind.NAME):
            yield token.start, token.text, base, prefixes


def _exchange_term(
    term: str, old_iri: str, new_iri: str, base: str, prefixes: Mapping[str, str]
) -> str:
    """Return what is to stand instead of a name or ``<IRI>``; nothing where it is another one."""
    if term.startswith("<"):
        return f"<{new_iri}>" if urljoin(base, term[1:-1]) == old_iri else ""
    prefix, _, local = term.partition(":")
    namespace = prefixes.get(prefix, "")
    if namespace + local.replace("\\", "") != old_iri:
        return ""
    rest = new_iri.removeprefix(namespace)
    # A name takes an id as it is; a slash in it would need a backslash.
    return f"{prefix}:{rest}" if ID.fullmatch(rest) else f"<{new_iri}>"


def layout_edits(text: str, old: str, new: str) -> set[TextChange]:
    """Return the edits of a kept layout that exchange the id of a thing."""
    keys = [key for key in _JSON_KEY.finditer(text) if json.loads(key[0]) == old]
    return {TextChange(key.start(), key.end(), json.dumps(new)) for key in keys}
