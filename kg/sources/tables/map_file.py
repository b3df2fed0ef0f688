"""A map from tables to things and assertions, as a curator writes it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from kg.diagnostics import KgError, did_you_mean
from kg.sources import yamlfile
from kg.sources.assertions import ASSERTION_FIELDS
from kg.sources.citations import CITATION_FIELDS
from kg.sources.records import ACTOR_FIELDS, ARTICLE_FIELDS
from kg.sources.sections import SECTIONS
from kg.sources.sourcetext import Plain, plain_value
from kg.sources.spreadsheets.workbook import split_name
from kg.sources.tables.map_values import (
    children_at,
    condition_at,
    fail,
    items_at,
    text_at,
    value_at,
    words_at,
)
from kg.sources.tables.mistakes import MapMistakes
from kg.sources.tables.plan import FieldRule, FileMap, Gather, Join, RowRule, TableMap, TablesMap
from kg.sources.tables.rows import TableLayout, knows_encoding
from kg.sources.tables.templates import NOTHING, TemplateValue
from kg.sources.yamlfile import Scalar, YamlNode, read_yaml

_TABLE = ("id", "title", "article", "empty", "unused", "encoding", "delimiter", "header")
_FILE = ("id", "title", "article", "ids", "types", "relations", "languages")
_KINDS = ("articles", "things", "assertions")
_FIELDS: Mapping[str, Collection[str]] = {
    "articles": ("id", "if", "each", *ARTICLE_FIELDS),
    "things": ("id", "if", "each", "section", *ACTOR_FIELDS),
    "assertions": ("if", "each", "merge", *ASSERTION_FIELDS),
}
"""What can be written of each kind."""

_ENDS = ("subject", "predicate", "object")
_INSTEAD = {"denies", "ends", "begins"}
"""An assertion that names another so has the ends of that one."""


def read_map(name: str, data: bytes) -> TablesMap:
    """Return a map. Raises KgError, with all their places, where things in it are wrong."""
    root, problems = read_yaml(name, data)
    reader = _MapReader()
    for problem in problems:
        reader.mistakes.add(problem.span, problem.message, problem.hint)
    reader.mistakes.raise_all()
    if root is None:
        raise KgError(f"{name}: the map holds nothing", hint="how to write one: kg help import")
    tables_map = reader.mistakes.attempt(reader.map, root)
    reader.mistakes.raise_all()
    assert tables_map is not None
    return tables_map


class _MapReader:
    """Reads a map whole, whatever is wrong in its parts."""

    def __init__(self) -> None:
        self.mistakes = MapMistakes()

    def map(self, root: YamlNode) -> TablesMap:
        """Return the map."""
        names = ("about", "dir", "defaults", "things", "tables", "files")
        entries = self._mapping(root, "a map", names)
        if not entries.keys() & {"tables", "files"}:
            fail(root.span, "the map names no table", "add 'tables:' or 'files:' with their names")
        defaults = self._mapping(entries.get("defaults"), "defaults", ("article", "empty"))
        things = plain_value(entries["things"]) if "things" in entries else {}
        if not isinstance(things, dict) or not things.keys() <= set(SECTIONS):
            hint = f"these: {', '.join(SECTIONS)}"
            self.mistakes.add(entries["things"].span, "'things' holds sections", hint)
            things = {}
        attempt = self.mistakes.attempt
        tables = [
            attempt(self._table, *each, defaults)
            for each in children_at(entries.get("tables"), "tables")
        ]
        files = [
            attempt(self._file, *each, defaults)
            for each in children_at(entries.get("files"), "files")
        ]
        plan = TablesMap(
            text_at(entries["dir"]) if "dir" in entries else ".",
            things,
            tuple(each for each in tables if each),
            tuple(each for each in files if each),
        )
        self._require_own_ids(plan)
        return plan

    def _require_own_ids(self, plan: TablesMap) -> None:
        """Note where two tables or files would be one article."""
        files_by_id: dict[str, str] = {}
        articles: list[TableMap | FileMap] = [*plan.tables, *plan.files]
        for each in articles:
            other = files_by_id.setdefault(each.id, each.file)
            if other != each.file:
                message = f"'{each.file}' and '{other}' have one id, '{each.id}'"
                self.mistakes.add(each.span, message, "give one of them an id: 'id: ...'")

    def _file(self, key: Scalar, node: YamlNode, defaults: Mapping[str, YamlNode]) -> FileMap:
        entries = self._mapping(node, "a file", _FILE)
        article = self._article(entries, defaults)
        article.setdefault("title", key.text.rpartition("/")[2])
        return FileMap(
            key.span,
            key.text,
            _article_id(entries, key),
            article,
            words_at(entries.get("ids"), "ids"),
            words_at(entries.get("types"), "types"),
            words_at(entries.get("relations"), "relations"),
            tuple(map(text_at, items_at(entries.get("languages")))) or ("en",),
        )

    def _article(
        self, entries: Mapping[str, YamlNode], defaults: Mapping[str, YamlNode]
    ) -> dict[str, Plain]:
        """The fields of the article that a table or a file is."""
        article: dict[str, Plain] = {}
        for source in (defaults, entries):
            children = self._mapping(source.get("article"), "an article", ARTICLE_FIELDS)
            article |= {name: plain_value(value) for name, value in children.items()}
        if "title" in entries:
            article["title"] = text_at(entries["title"])
        return article

    def _table(self, key: Scalar, node: YamlNode, defaults: Mapping[str, YamlNode]) -> TableMap:
        entries = self._mapping(node, "a table", (*_TABLE, *_KINDS))
        article = self._article(entries, defaults)
        if "title" not in article:
            message = f"the table '{key.text}' has no title"
            self.mistakes.add(key.span, message, "add 'title: ...': it is an article")
        attempt = self.mistakes.attempt
        rules = [
            attempt(self._rule, each, kind)
            for kind in _KINDS
            for each in items_at(entries.get(kind))
        ]
        return TableMap(
            key.span,
            key.text,
            _article_id(entries, key),
            article,
            frozenset(map(text_at, items_at(entries.get("empty", defaults.get("empty"))))),
            frozenset(map(text_at, items_at(entries.get("unused")))),
            tuple(each for each in rules if each),
            _layout(entries),
        )

    def _rule(self, node: YamlNode, kind: str) -> RowRule:
        entries = self._mapping(node, f"one of '{kind}'", _FIELDS[kind])
        section = kind
        if kind == "things":
            section = text_at(entries.pop("section")) if "section" in entries else ""
            if section not in SECTIONS:
                hint = f"there are: {', '.join(SECTIONS)}"
                self.mistakes.add(node.span, f"no section is called '{section}'", hint)
        if kind == "assertions":
            self._require_ends(node, entries)
        elif "id" not in entries:
            hint = 'add one, as in id: "t-{number}"'
            self.mistakes.add(node.span, f"one of '{kind}' has no id", hint)
        attempt = self.mistakes.attempt
        id = attempt(value_at, entries.pop("id", None)) or NOTHING
        condition = attempt(condition_at, entries.pop("if")) if "if" in entries else None
        words = words_at(entries.pop("each", None), "each")
        merge = "merge" in entries and _is_true(entries.pop("merge"))
        cite = attempt(self._join, entries.pop("cite")) if "cite" in entries else None
        fields = {name: attempt(_field, value) or NOTHING for name, value in entries.items()}
        return RowRule(node.span, fields, section, id, condition, words, merge, cite)

    def _require_ends(self, node: YamlNode, entries: Mapping[str, YamlNode]) -> None:
        missing = [name for name in _ENDS if name not in entries]
        if missing and not entries.keys() & _INSTEAD:
            hint = 'as in {subject: "{country|id}", predicate: signed, object: "{pact|id}"}'
            self.mistakes.add(node.span, f"an assertion has no '{missing[0]}'", hint)

    def _join(self, node: YamlNode) -> Join:
        entries = self._mapping(node, "cite", ("table", "key", "match", "article", "place"))
        for name in ("table", "key", "match"):
            if name not in entries:
                hint = 'as in cite: {table: citations.csv, key: "{id}", match: "{relationship_id}"}'
                fail(node.span, f"'cite' has no '{name}'", hint)
        return Join(
            node.span,
            text_at(entries["table"]),
            value_at(entries["key"]),
            value_at(entries["match"]),
            value_at(entries.get("article")),
            self._place(entries.get("place")),
        )

    def _place(self, node: YamlNode | None) -> TemplateValue | Mapping[str, TemplateValue]:
        """A paragraph, or what is cited by its page, section or time."""
        if isinstance(node, yamlfile.Mapping) and all(key.text != "of" for key, _ in node.entries):
            entries = self._mapping(node, "a place", CITATION_FIELDS)
            return {name: value_at(value) for name, value in entries.items()}
        return value_at(node)

    def _mapping(
        self, node: YamlNode | None, what: str, names: Collection[str]
    ) -> dict[str, YamlNode]:
        """The entries of a mapping whose keys are known; none where it is left out."""
        entries = dict[str, YamlNode]()
        for key, value in children_at(node, what):
            if key.text in names:
                entries[key.text] = value
            else:
                hint = did_you_mean(key.text, names) or f"there are: {', '.join(names)}"
                self.mistakes.add(key.span, f"{what} has no '{key.text}'", hint)
        return entries


def _article_id(entries: Mapping[str, YamlNode], key: Scalar) -> str:
    """The id of an article: one of its own, or made of a file's name and the sheet that it
    names.
    """
    if "id" in entries:
        return text_at(entries["id"])
    file, sheet = split_name(key.text)
    stem = " ".join([file.rpartition("/")[2].partition(".")[0], sheet])
    id = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    if not id:
        fail(key.span, f"no id can be made of '{key.text}'", "give it one: 'id: members-2004'")
    return id


def _layout(entries: Mapping[str, YamlNode]) -> TableLayout:
    """How a table is written, where that is not as usual."""
    layout = TableLayout()
    if "encoding" in entries:
        name = text_at(entries["encoding"])
        if not knows_encoding(name):
            hint = "as utf-8, utf-16, windows-1252, iso-8859-15"
            fail(entries["encoding"].span, f"no encoding is called '{name}'", hint)
        layout = layout._replace(encoding=name)
    if "delimiter" in entries:
        sign = text_at(entries["delimiter"])
        if len(sign) != 1 or sign in '"\r\n':
            hint = "as in delimiter: ';'"
            fail(entries["delimiter"].span, "a delimiter is one character", hint)
        layout = layout._replace(delimiter=sign)
    if "header" in entries:
        number = text_at(entries["header"])
        if not re.fullmatch("[1-9][0-9]{0,5}", number):
            hint = "it is the number of the line that names the columns, from 1"
            fail(entries["header"].span, f"'{number}' is no line", hint)
        layout = layout._replace(header=int(number))
    return layout


def _is_true(node: YamlNode) -> bool:
    text = text_at(node)
    if text not in ("true", "false"):
        fail(node.span, f"'merge' is true or false, not '{text}'", "write 'merge: true'")
    return text == "true"


def _field(node: YamlNode) -> FieldRule:
    if isinstance(node, yamlfile.Sequence):
        return tuple(map(value_at, node.items))
    if isinstance(node, Scalar):
        return value_at(node)
    entries = {key.text: value for key, value in node.entries}
    if "of" in entries:
        return value_at(node)
    if {"table", "match"} & entries.keys():
        return _gather(node, entries)
    return {name: value_at(value) for name, value in entries.items()}


def _gather(node: YamlNode, entries: Mapping[str, YamlNode]) -> Gather:
    names = ("table", "key", "match", "value")
    if entries.keys() != set(names):
        hint = 'as in {table: names.csv, key: "{id}", match: "{of}", value: "{name}"}'
        fail(node.span, f"a list from another table needs {', '.join(names)}", hint)
    table, key, match, value = (entries[name] for name in names)
    return Gather(node.span, text_at(table), value_at(key), value_at(match), value_at(value))
