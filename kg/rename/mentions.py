"""Where files name an id, place by place, so that it can be exchanged and every other character
stays.

In a source file an id is a key of a section, or the value of a field that takes ids: never a label,
a note or any other words. In a query it is the IRI that a name or an ``<IRI>`` stands for, the
``about`` of a view, or a default of a parameter that takes such an id.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple
from urllib.parse import urljoin

from kg.model import SECTIONS
from kg.ontology import Ontology
from kg.query.saved import saved_query
from kg.query.sparql import Kind, tokenize
from kg.sources import yamlfile as y
from kg.sources.fields import ID

_RECORD_FIELDS = {
    "articles": ("publisher", "originator"),
    "actors": ("acts_for",),
    "conflicts": ("between",),
    "assertions": ("subject", "where", "according_to", "via", "denies", "supersedes", "from"),
}
_FRONT = "[\ufeff \\t]*#[ \\t]*"
_ABOUT = re.compile(_FRONT + r"about[ \t]*:[ \t]*(?P<value>\S+)", re.IGNORECASE)
_PARAM = re.compile(
    _FRONT + r"param[ \t]*:[ \t]*(?P<name>\w+)\s*\([^)]*\)\s*=[ \t]*\"?(?P<value>[^\s\"]+)",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """An id where a source file names it. ``kind`` is that of the record that it begins (thing,
    article, assertion, conflict), and empty where it only refers to one.
    """

    node: y.Scalar
    kind: str = ""

    @property
    def id(self) -> str:
        """The id, as the loader reads it."""
        return self.node.text.strip()


class Edit(NamedTuple):
    """Other text for some characters of a file (from 0, the end not included)."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text after some edits, which do not overlap."""
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        parts += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join((*parts, text[done:]))


def mentions(root: y.Node | None, text_relations: Collection[str]) -> Iterator[Mention]:
    """Every id that a source file names, in no fixed order. What has the wrong shape names none."""
    for section, node in _fields(root).items():
        if section == "assertions":
            for item in node.items if isinstance(node, y.Sequence) else ():
                yield from _of_assertion(_fields(item), text_relations)
        elif section in ("articles", "conflicts", *SECTIONS) and isinstance(node, y.Mapping):
            for key, record in node.entries:
                yield Mention(key, "thing" if section in SECTIONS else section.removesuffix("s"))
                yield from _of_record(section, _fields(record))


def _of_record(section: str, fields: Mapping[str, y.Node]) -> Iterator[Mention]:
    for field in _RECORD_FIELDS.get(section, ()):
        yield from _ids(fields.get(field))
    if section in SECTIONS:
        for alias in _items(fields.get("aliases")):
            yield from _cited(_fields(alias))


def _of_assertion(
    fields: Mapping[str, y.Node], text_relations: Collection[str]
) -> Iterator[Mention]:
    yield from (Mention(mention.node, "assertion") for mention in _ids(fields.get("id")))
    for field in _RECORD_FIELDS["assertions"]:
        yield from _ids(fields.get(field))
    predicate = fields.get("predicate")
    if not (isinstance(predicate, y.Scalar) and predicate.text in text_relations):
        yield from _ids(fields.get("object"))
    yield from _ids(_fields(fields.get("outcome")).get("realised_by"))
    yield from _cited(_fields(fields.get("withdrawn")))
    yield from _cited(fields)


def _cited(fields: Mapping[str, y.Node]) -> Iterator[Mention]:
    cite = fields.get("cite")
    if isinstance(cite, y.Mapping):
        yield from (Mention(key) for key, _ in cite.entries)


def _fields(node: y.Node | None) -> dict[str, y.Node]:
    return {key.text: value for key, value in node.entries} if isinstance(node, y.Mapping) else {}


def _items(node: y.Node | None) -> tuple[y.Node, ...]:
    return node.items if isinstance(node, y.Sequence) else (node,) if node is not None else ()


def _ids(node: y.Node | None) -> Iterator[Mention]:
    yield from (Mention(item) for item in _items(node) if isinstance(item, y.Scalar))


def source_edits(text: str, found: Iterable[Mention], names: Mapping[str, str]) -> tuple[Edit, ...]:
    """The edits that exchange ids in a source file's text (without its byte order mark), by what
    the id is to be.
    """
    starts = [0, *(line.end() for line in re.finditer("\n", text))]
    edits = []
    for mention in found:
        if new := names.get(mention.id):
            span = mention.node.span
            start = starts[span.line - 1] + span.column - 1
            end = starts[span.end_line - 1] + span.end_column - 1
            written = text[start:end]
            at = written.rfind(mention.id)
            # A text with escapes, or folded over two lines, does not hold the id letter by letter.
            edits.append(
                Edit(start + at, start + at + len(mention.id), new)
                if at >= 0
                else Edit(start, end, f'"{new}"')
            )
    return tuple(edits)


def query_edits(
    text: str, names: Mapping[str, str], kind: str, ontology: Ontology
) -> tuple[Edit, ...]:
    """The edits that exchange ids of one kind (thing, article, assertion, conflict) in a query or
    view.
    """
    record = "" if kind == "thing" else kind
    iris = {ontology.iri(record, old): ontology.iri(record, new) for old, new in names.items()}
    return tuple(
        chain(
            _in_query(text, iris, ontology.prefixes),
            _in_front(text, names, kind, iris, ontology.prefixes),
        )
    )


def _in_query(text: str, iris: Mapping[str, str], prefixes: Mapping[str, str]) -> Iterator[Edit]:
    known, base = dict(prefixes), ""
    tokens = tokenize(text)
    for number, token in enumerate(tokens):
        words = [before.word for before in tokens[max(number - 2, 0) : number]]
        if (
            token.kind is Kind.IRI
            and "PREFIX" in words[:1]
            and tokens[number - 1].kind is Kind.NAME
        ):
            known[tokens[number - 1].text.removesuffix(":")] = token.text[1:-1]
        elif token.kind is Kind.IRI and words[-1:] == ["BASE"]:
            base = token.text[1:-1]
        elif token.kind is Kind.IRI:
            if new := iris.get(urljoin(base, token.text[1:-1])):
                yield Edit(token.start, token.end, f"<{new}>")
        elif token.kind is Kind.NAME and (renamed := _name(token.text, iris, known)):
            yield Edit(token.start, token.end, renamed)


def _name(written: str, iris: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    """What a prefixed name is to be; nothing where it stands for another thing."""
    prefix, _, local = written.partition(":")
    namespace = prefixes.get(prefix, "")
    new = iris.get(namespace + local.replace("\\", ""), "")
    rest = new.removeprefix(namespace)
    # A name takes an id as it is; a slash in it would need a backslash.
    return f"{prefix}:{rest}" if ID.fullmatch(rest) else f"<{new}>" if new else ""


def _in_front(
    text: str,
    names: Mapping[str, str],
    kind: str,
    iris: Mapping[str, str],
    prefixes: Mapping[str, str],
) -> Iterator[Edit]:
    """Ids in the front comment: what a view is about, and defaults of parameters that take ids of
    this kind.
    """
    kinds = {param.name: param.kind.value for param in saved_query("", text).params}
    at = 0
    for line in text.split("\n"):
        if line.strip("\ufeff \t\r") and not line.lstrip("\ufeff \t").startswith("#"):
            return
        about, param = _ABOUT.match(line), _PARAM.match(line)
        takes = "thing" if about else kinds.get(param["name"], "") if param else ""
        if (found := about or param) and takes in ("thing", "article", "assertion"):
            value = found["value"]
            new = names.get(value, "") if takes == kind else ""
            if value.startswith("<"):
                new = f"<{iris[value[1:-1]]}>" if value[1:-1] in iris else ""
            elif ":" in value:
                new = _name(value, iris, prefixes)
            if new:
                yield Edit(at + found.start("value"), at + found.end("value"), new)
        at += len(line) + 1
