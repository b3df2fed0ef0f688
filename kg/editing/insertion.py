"""Where new text goes in a source file: behind the last record of a section, behind another record,
or into a record.

Places are found by the spans that the reader gives; the text around them stays byte for byte. Only
what an assertion cites is written anew where it gets more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.diagnostics import KgError, Span
from kg.editing.yamltext import YamlValue, as_list, block_lines, flow_text
from kg.files.workspace import SourceFile
from kg.sources.sourcetext import SourceText, TreeEntry, entries_of, plain_value, source_text
from kg.sources.yamlfile import Mapping as Tree
from kg.sources.yamlfile import Scalar, Sequence, YamlNode


class Insertion(NamedTuple):
    """Text that is to stand in a file at an offset (in characters, a byte order mark included).

    ``before`` is the fingerprint (SHA-256) of the file as it was read, empty for a new one;
    ``line`` is the first line of the text that says something. So many characters are
    ``replaced`` by it.
    """

    file: str
    offset: int
    text: str
    before: str
    line: int
    replaced: int = 0


class RecordDraft(NamedTuple):
    """The id of a record that is drafted, and the insertions that make it."""

    id: str
    insertions: tuple[Insertion, ...]


def draft_record(
    file: SourceFile, section: str, id: str, fields: Mapping[str, YamlValue], after: str = ""
) -> Insertion:
    """Return the insertion of a record into a section of a file, which need not have it, or into an
    empty file: behind the record of the id ``after`` where that is in the section, else last.

    An assertion's own id is one of its fields. Raises KgError where the section is written in one
    line, in braces, or the file is no mapping of sections.
    """
    page = source_text(file)
    key, node = _find_section(page, section)
    is_list = section == "assertions"
    if key is None or node is None:
        return _at_end(page, [f"{section}:", *_record_lines(id, fields, "  ", is_list)])
    items = entries_of(node)
    if not items and isinstance(node, Scalar) and not node.text:
        return _insert_lines(
            page, page.line_end(key.span.line), _record_lines(id, fields, "  ", is_list)
        )
    margin = _margin_of(page, items[0], is_list) if items and not page.is_flow(node) else None
    if margin is None:
        raise _in_one_line(page, section)
    _, last = next((each for each in items if after and _id_of(each) == after), items[-1])
    end = page.line_end(page.end_line(last))
    lines = _record_lines(id, fields, margin, is_list)
    return _insert_lines(page, end, lines, above=_has_gap(page, items))


def draft_into(file: SourceFile, section: str, id: str, field: tuple[str, YamlValue]) -> Insertion:
    """Return the insertion of a field, its key and value, into the record of an id, behind its
    other fields. A list that the record has under that key gets the value's first entry as one
    more.

    Raises KgError where the file has no such record.
    """
    page = source_text(file)
    records = entries_of(_find_section(page, section)[1])
    record = next((each[1] for each in records if _id_of(each) == id), None)
    if not isinstance(record, Tree) or not record.entries:
        raise KgError(f"{file.name} has no record '{id}' to add to", 1)
    return _insert_field(page, record, *field)


def draft_id(file: SourceFile, span: Span, id: str) -> Insertion:
    """Return the insertion of an id into the assertion that begins at a place."""
    page = source_text(file)
    return _insert_field(page, _assertion_at(page, span), "id", id, is_first=True)


def draft_citations(file: SourceFile, span: Span, cite: Mapping[str, YamlValue]) -> Insertion:
    """Return what gives the assertion that begins at a place further citations: what it cites is
    written anew, in the layout of ``kg fmt``.

    Raises KgError where it cites all of that already, or comments stand there.
    """
    page = source_text(file)
    record = _assertion_at(page, span)
    cite_entry = next((entry for entry in record.entries if entry[0].text == "cite"), None)
    if cite_entry is None:
        return _insert_field(page, record, "cite", cite)
    key, node = cite_entry
    start, end = page.offset(key.span.line, key.span.column), _end_of(page, node)
    if _COMMENT.search(page.text[start:end]):
        message = f"{key.span}: comments stand among its citations"
        raise KgError(message, 1, hint="add the citation there, in an editor")
    before = plain_value(node)
    after = _with_places(before if isinstance(before, Mapping) else {}, cite)
    if after == before:
        raise KgError(f"{key.span}: that is cited already", 1)
    if page.is_flow(record):
        text = f"cite: {flow_text(after)}"
    else:
        lines = block_lines({"cite": after}, " " * (key.span.column - 1))
        text = "\n".join(lines).lstrip()
    return _insert_inline(page, start, text)._replace(replaced=end - start)


_COMMENT = re.compile(r"(^|\s)#", re.MULTILINE)


def _end_of(page: SourceText, node: YamlNode) -> int:
    """Where a node ends, without the end of its last line."""
    if isinstance(node, Scalar) or page.is_flow(node):
        return page.offset(node.span.end_line, node.span.end_column)
    line = page.text[: page.line_end(page.end_line(node))]
    return len(line.rstrip("\r\n"))


def _with_places(
    old_places: Mapping[str, YamlValue], more: Mapping[str, YamlValue]
) -> dict[str, YamlValue]:
    """What is cited, by article, with more places, each once."""
    after = dict(old_places)
    for article, places in more.items():
        there = as_list(after.get(article))
        after[article] = there + [each for each in as_list(places) if each not in there]
    return after


def _assertion_at(page: SourceText, span: Span) -> Tree:
    """The assertion that begins at a place."""
    for _, record in entries_of(_find_section(page, "assertions")[1]):
        if isinstance(record, Tree) and record.span.start == span.start:
            return record
    raise KgError(f"{span} is no assertion", 1)


def _insert_field(
    page: SourceText, record: Tree, key: str, value: YamlValue, is_first: bool = False
) -> Insertion:
    there = next((node for name, node in record.entries if name.text == key), None)
    start = page.offset(record.span.line, record.span.column)
    if there is not None:
        return _insert_entry(page, there, value)
    line_text = f"{flow_text(key)}: {flow_text(value)}"
    if page.is_flow(record):
        at = start + 1 if is_first else _end_of_entries(page, record)
        text = f"{line_text}, " if is_first else f", {line_text}"
        return _insert_inline(page, at, text)
    if is_first:
        margin = " " * (record.span.column - 1)
        return _insert_inline(page, start, f"{line_text}\n{margin}")
    first = record.entries[0][0].span
    lines = block_lines({key: value}, " " * (first.column - 1))
    return _insert_lines(page, page.line_end(page.end_line(record)), lines)


def _insert_entry(page: SourceText, node: YamlNode, value: YamlValue) -> Insertion:
    entry = value[0] if isinstance(value, list) else value
    if not isinstance(node, Sequence) or not node.items:
        raise KgError(f"{node.span} is no list that could get another entry", 1)
    if page.is_flow(node):
        return _insert_inline(page, _end_of_entries(page, node), f", {flow_text(entry)}")
    margin = _margin_of(page, (None, node.items[0]), is_list=True) or ""
    lines = [f"{margin}- {flow_text(entry)}"]
    return _insert_lines(page, page.line_end(page.end_line(node)), lines)


def _end_of_entries(page: SourceText, node: YamlNode) -> int:
    """Where a further entry goes before the bracket that closes a node."""
    at = page.offset(node.span.end_line, node.span.end_column) - 1
    while page.text[at - 1].isspace() or page.text[at - 1] == ",":
        at -= 1
    return at


def _at_end(page: SourceText, lines: list[str]) -> Insertion:
    if isinstance(page.root, Tree) and page.is_flow(page.root):
        raise _in_one_line(page, page.name)
    return _insert_lines(page, len(page.text), lines, above=bool(page.text.strip()))


def _insert_lines(
    page: SourceText, offset: int, lines: Iterable[str], above: bool = False
) -> Insertion:
    """Whole lines at the beginning of a line, or behind a last one that has no end."""
    text = "".join(f"{line}\n" for line in lines)
    before = page.text[:offset]
    lead = "\n" if before and not before.endswith("\n") else ""
    if above and not before.endswith("\n\n"):
        lead += "\n"
    line = before.count("\n") + lead.count("\n") + 1
    return _make_insertion(page, offset, lead + text, line)


def _insert_inline(page: SourceText, offset: int, text: str) -> Insertion:
    return _make_insertion(page, offset, text, page.text[:offset].count("\n") + 1)


def _make_insertion(page: SourceText, offset: int, text: str, line: int) -> Insertion:
    if "\r\n" in page.text:
        text = text.replace("\n", "\r\n")
    return Insertion(page.name, offset, text, fingerprint_of(page.data), line)


def fingerprint_of(data: bytes) -> str:
    """Return the fingerprint (SHA-256) of what a file holds; nothing where it is new."""
    return hashlib.sha256(data).hexdigest() if data else ""


def _record_lines(
    id: str, fields: Mapping[str, YamlValue], margin: str, is_list: bool
) -> list[str]:
    if not is_list:
        return [f"{margin}{id}:", *block_lines(fields, f"{margin}  ")]
    first, *rest = block_lines(fields, f"{margin}  ")
    return [f"{margin}- {first.strip()}", *rest]


def _find_section(page: SourceText, section: str) -> tuple[Scalar, YamlNode] | tuple[None, None]:
    """The key of a section and what it holds, where the file has it."""
    if page.root is not None and not isinstance(page.root, Tree):
        raise KgError(f"{page.name} is no mapping of sections", 1, hint="name another file: --to")
    entries = page.root.entries if page.root else ()
    return next((entry for entry in entries if entry[0].text == section), (None, None))


def _id_of(entry: TreeEntry) -> str:
    key, node = entry
    if key is not None:
        return key.text
    fields = node.entries if isinstance(node, Tree) else ()
    ids = [value.text for name, value in fields if name.text == "id" and isinstance(value, Scalar)]
    return ids[0] if ids else ""


def _margin_of(page: SourceText, entry: TreeEntry, is_list: bool) -> str | None:
    """What stands before the entries of a section, in blanks; None where other things do."""
    span = _span_of(entry)
    at = page.offset(span.line, span.column)
    if is_list:
        at = page.text.rfind("-", 0, at)
    before = page.text[page.text.rfind("\n", 0, at) + 1 : at].removeprefix("\ufeff")
    return before if not before.strip() else None


def _in_one_line(page: SourceText, what: str) -> KgError:
    message = f"{page.name}: '{what}' is written in braces, where nothing can be added line by line"
    return KgError(message, 1, hint="name another file: --to FILE")


def _has_gap(page: SourceText, items: list[TreeEntry]) -> bool:
    """Whether a blank line stands between the last two records, or the records of a section."""
    if len(items) < 2:
        return False
    end = page.line_end(page.end_line(items[-2][1]))
    between = page.text[end : page.offset(_span_of(items[-1]).line, 1)]
    return any(not line.strip() for line in between.splitlines())


def _span_of(entry: TreeEntry) -> Span:
    """Where an entry begins: at its key, if it has one."""
    key, node = entry
    return key.span if key else node.span
