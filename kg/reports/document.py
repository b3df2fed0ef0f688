"""Answers as documents: headings, texts, lists and tables, and what programs get.

They are written as text, Markdown and JSON here and nowhere else. Indents count for text only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.reports.kinds import DocumentFormat
from kg.text import WIDTH, escape_markdown, pad, width, wrap


class Paragraph(NamedTuple):
    """A paragraph; lines behind its first one hang further to the right."""

    words: str
    indent: int = 0
    hang: int = 0


class Item(NamedTuple):
    """An entry of a list: words with a ``label`` that says what they are, and lists below it.

    ``mark`` stands in front: a number, a dash or a sign. ``id`` and ``source`` name an assertion
    and where articles say so.
    """

    words: str
    label: str = ""
    mark: str = ""
    id: str = ""
    source: str = ""
    details: Sequence[List] = ()


class List(NamedTuple):
    """Entries, with labels in a column of ``label_width`` or, where that is 0, in the line.

    ``is_source_below`` says that ids and sources of the entries have lines of their own.
    """

    items: Sequence[Item]
    indent: int = 2
    hang: int = 2
    label_width: int = 0
    is_source_below: bool = False


class Table(NamedTuple):
    """Rows of cells. A ``ruled`` one breaks long cells and has lines between rows."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    is_ruled: bool = False
    has_header_in_text: bool = True


Block = Paragraph | List | Table


class Section(NamedTuple):
    """A heading, empty where none is needed, and what stands below it."""

    heading: str
    blocks: Sequence[Block] = ()
    level: int = 2
    mark: str = ""
    hang: int = 0


class Document(NamedTuple):
    """An answer: sections for people, ``data`` for programs.

    ``title`` stands above the sections in Markdown; the lens is named below them.
    """

    sections: Sequence[Section]
    data: object
    title: str = ""
    lens: str = ""


def text_section(*texts: str) -> Section:
    """Return texts as a section without a heading."""
    return Section("", [Paragraph(words) for words in texts])


def clip_items(items: Sequence[Item], most: int | None, how: str) -> list[Block]:
    """Return at most so many items as a list and, where more were left out, ``how`` to see all."""
    shown_items = items[:most]
    return [List(shown_items), *note_rest(len(items) - len(shown_items), how)]


def note_rest(number: int, how: str) -> list[Block]:
    """Return that so many entries more were left out, if any were, and ``how`` to see all."""
    return [Paragraph(f"and {number:,} more: {how}", 2)] if number else []


def write_document(document: Document, format: DocumentFormat) -> str:
    """Return a document in a format."""
    writers = {
        DocumentFormat.TEXT: as_text,
        DocumentFormat.MARKDOWN: as_markdown,
        DocumentFormat.JSON: as_json,
    }
    return writers[format](document)


def as_json(document: Document) -> str:
    """Return what programs get."""
    return json.dumps(document.data, ensure_ascii=False, indent=1) + "\n"


def as_text(document: Document) -> str:
    """Return a document as text of at most ``WIDTH`` columns where words allow it."""
    text = ""
    for section in document.sections:
        gap = "\n\n" if section.level == 1 else "\n"
        hang = " " * (len(section.mark) + section.hang)
        lines = wrap(section.heading, section.mark, hang) if section.heading else []
        for block in section.blocks:
            lines += _text_lines(block)
        text += (gap if text else "") + "".join(f"{line}\n" for line in lines)
    return text


def _text_lines(block: Block) -> Iterable[str]:
    match block:
        case Paragraph():
            first = " " * block.indent
            return wrap(block.words, first, first + " " * block.hang)
        case List():
            return _list_lines(block)
        case _ if block.is_ruled:
            return _ruled_lines(block)
    return _column_lines(block)


def _list_lines(block: List) -> Iterator[str]:
    for item in block.items:
        first, words = " " * block.indent + item.mark, item.words
        if block.label_width:
            first += pad(item.label, block.label_width)
        elif item.label:
            words = f"{item.label}: {words}"
        if item.id and not block.is_source_below:
            words = f"{words} [{item.id}] {item.source}".rstrip()
        yield from wrap(words, first, " " * (len(first) + block.hang))
        if item.id and block.is_source_below:
            below = " " * (len(first) + 2)
            yield from wrap(f"{item.id} -- {item.source}", below, below)
        for details in item.details:
            yield from _list_lines(details)


def _column_lines(table: Table) -> Iterator[str]:
    """Lines of columns that are as wide as their cells; numbers stand on the right."""
    rows = [table.header, *table.rows] if table.has_header_in_text else list(table.rows)
    cells_of_columns = list(zip(*rows, strict=True))
    widths = [max(map(width, cells)) for cells in cells_of_columns]
    numeric = [all(map(_is_number, cells)) for cells in zip(*table.rows, strict=True)]
    for row in rows:
        cells = [
            pad(cell, most, at_left=is_number)
            for cell, most, is_number in zip(row, widths, numeric, strict=True)
        ]
        yield f"  {'  '.join(cells)}".rstrip()


def _is_number(cell: str) -> bool:
    return cell.strip().replace(".", "").replace(",", "").isdigit()


def _ruled_lines(table: Table) -> Iterator[str]:
    """Lines of columns of one width."""
    others = len(table.header) - 1
    most = (WIDTH - 3 * others) // (others + 1)
    widths = [WIDTH - others * (most + 3), *([most] * others)]
    for row in (table.header, *table.rows):
        cells = [_cell_lines(cell, most) for cell, most in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            parts = [cell[number] if number < len(cell) else "" for cell in cells]
            padded = [pad(part, most) for part, most in zip(parts, widths, strict=True)]
            yield " | ".join(padded).rstrip()
        yield "-+-".join("-" * most for most in widths)


def _cell_lines(cell: str, most: int) -> list[str]:
    lines: list[str] = []
    for line in filter(str.strip, cell.split("\n")):
        lines += wrap(line, columns=most, longest=most)
    return lines or [""]


def as_markdown(document: Document) -> str:
    """Return a document as Markdown; all words are escaped."""
    blocks = [f"# {_in_one_line(document.title)}"] if document.title else []
    for section in document.sections:
        heading = _in_one_line(f"{section.mark.strip()} {section.heading}".strip())
        blocks += [f"{'#' * section.level} {heading}"] if heading else []
        for block, above in zip(section.blocks, (None, *section.blocks), strict=False):
            text = "\n".join(_markdown_lines(block))
            if isinstance(block, List) and isinstance(above, List):
                blocks[-1] += f"\n{text}"
            else:
                blocks.append(text)
    blocks += [f"Lens: {escape_markdown(document.lens)}."] if document.lens else []
    return "\n\n".join(block for block in blocks if block) + "\n"


def _markdown_lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _in_one_line(block.words)
        case List():
            yield from _markdown_items(block, "")
        case _:
            yield _markdown_row(block.header)
            yield f"|{'---|' * len(block.header)}"
            yield from map(_markdown_row, block.rows)


def _in_one_line(words: str) -> str:
    """Words in Markdown: a line of its own in them might begin a heading or an entry."""
    return escape_markdown(" ".join(map(str.strip, filter(str.strip, words.splitlines()))))


def _markdown_row(cells: Iterable[str]) -> str:
    texts = (escape_markdown(cell.strip()).replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(texts)} |"


def _markdown_items(block: List, margin: str) -> Iterator[str]:
    for item in block.items:
        mark, words = item.mark.strip(), _in_one_line(item.words)
        bullet = mark if mark.endswith(".") else "-"
        if mark not in ("", bullet):
            words = f"{escape_markdown(mark)} {words}"
        if item.label:
            words = f"*{escape_markdown(item.label)}*: {words}"
        if item.id:
            source = f"; {escape_markdown(item.source)}" if item.source else ""
            words = f"{words} (`{item.id}`{source})"
        yield f"{margin}{bullet} {words}"
        for details in item.details:
            yield from _markdown_items(details, margin + " " * (len(bullet) + 1))
