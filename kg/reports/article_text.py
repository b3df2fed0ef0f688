"""An article paragraph by paragraph: its words where a copy is at hand, what each was cited for,
and what nobody cited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain

from kg.model import Article
from kg.model.grouping import group_pairs
from kg.model.places import listed_quotes
from kg.model.references import Citation
from kg.reading import Reading
from kg.reports.article_uses import SourceUse, find_uses, uncited_paragraphs
from kg.reports.document import Document, Item, List, Paragraph, Section, text_section
from kg.sources.texts.verification import LocalFile
from kg.status.statement import Statement
from kg.text import count_noun, join_and

NOT_HERE = "(no copy at hand)"
NOT_CITED = "not cited"


def article_document(id: str, reading: Reading, is_unmined_only: bool = False) -> Document:
    """Return a document of an article that the reading knows: a numbered paragraph with what it is
    cited for or, with ``is_unmined_only``, just the paragraphs that nothing cites.
    """
    article, copy = reading.corpus.articles[id], reading.verification.copies.by_article.get(id)
    uses = find_uses(reading).get(id, [])
    by_number = group_pairs((use.citation.paragraph, use) for use in uses)
    count = len(copy.paragraphs) if copy else article.paragraphs or max(by_number, default=0)
    numbers = list(range(1, count + 1))
    unmined = list(chain.from_iterable(uncited_paragraphs(count, by_number)))
    shown_paragraphs = unmined if is_unmined_only else numbers
    items = [
        _item(number, copy, by_number.get(number, ()), is_unmined_only)
        for number in shown_paragraphs
    ]
    sections = [Section(f"{article.title.text} ({id})", _head(article, copy, reading), level=1)]
    if items:
        sections.append(Section("", [List(items, indent=0)]))
    if by_number.get(0) and not is_unmined_only:
        others = [Item(f"{use.citation.locator.words}: {_line(use, copy)}") for use in by_number[0]]
        sections.append(Section("Cited otherwise", [List(others)]))
    summary = f"{count_noun(count, 'paragraph')}: {count - len(unmined)} cited, {len(unmined)} not"
    sections.append(text_section(summary))
    data = {
        "article": id,
        "title": article.title.text,
        "file": copy.name if copy else None,
        "paragraphs": [
            _record(number, copy, by_number.get(number, ())) for number in shown_paragraphs
        ],
        "cited_otherwise": [_use_record(use, copy) for use in by_number.get(0, ())],
        "unmined": unmined,
    }
    return Document(sections, data)


def _head(article: Article, copy: LocalFile | None, reading: Reading) -> tuple[Paragraph, ...]:
    labels = [reading.corpus.things[each.id].label for each in article.publishers]
    head = f"{join_and(labels)}, {article.published_text}"
    file = f"copy: {copy.name}" if copy else "no copy of it is at hand (texts/, or --texts DIR)"
    return Paragraph(head), Paragraph(file)


def _item(
    number: int, copy: LocalFile | None, uses: Sequence[SourceUse], is_unmined_only: bool
) -> Item:
    words = copy.paragraphs[number - 1] if copy else NOT_HERE
    lines = [Item(_line(use, copy), mark="- ") for use in uses]
    if not uses and not is_unmined_only:
        lines.append(Item(NOT_CITED, mark="- "))
    return Item(words, mark=f"{number}. ".rjust(6), details=[List(lines, indent=6)])


def _line(use: SourceUse, copy: LocalFile | None) -> str:
    status = f" [{use.id}, {_status(use)}]" if _status(use) else f" [{use.id}]"
    part = f"{use.part}: " if use.part else ""
    quote = _quote(use.citation, copy)
    return f"{part}{use.words}{status}{f': {listed_quotes([quote])}' if quote else ''}"


def _status(use: SourceUse) -> str:
    return use.source.status.value if isinstance(use.source, Statement) else ""


def _quote(citation: Citation, copy: LocalFile | None) -> str:
    """The words of a citation: as quoted, or those of its span where the copy has the paragraph."""
    text = copy.paragraphs if copy else ()
    if citation.quote or not citation.words or not 0 < citation.paragraph <= len(text):
        return citation.quote
    start, end = citation.words
    return text[citation.paragraph - 1][start:end]


def _record(number: int, copy: LocalFile | None, uses: Sequence[SourceUse]) -> dict[str, object]:
    text = copy.paragraphs[number - 1] if copy else None
    return {"p": number, "text": text, "cited": [_use_record(use, copy) for use in uses]}


def _use_record(use: SourceUse, copy: LocalFile | None) -> dict[str, object]:
    speakers = use.source.speakers if isinstance(use.source, Statement) else ()
    return {
        "id": use.id,
        "words": use.words,
        "status": _status(use),
        "part": use.part,
        "speakers": [asdict(name) for name in speakers],
        "place": use.citation.locator.value,
        "quote": _quote(use.citation, copy),
    }
