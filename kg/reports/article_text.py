"""An article paragraph by paragraph: its words where a copy is at hand, what each was cited for,
and what nobody cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

from kg.locators import Locator
from kg.model import Article, Citation
from kg.places import listed_quotes
from kg.reports.document import Document, Item, List, Section, Text
from kg.statement import Statement
from kg.text import counted, join_and

if TYPE_CHECKING:
    from kg.reading import Reading
    from kg.texts.verification import LocalFile

NOT_HERE = "(no copy at hand)"
NOT_CITED = "not cited"


class Use(NamedTuple):
    """What a place is cited for: an assertion, its taking back or its outcome (``part``), or the
    name of a thing; ``quote`` is the words that are cited, where they are known.
    """

    locator: Locator
    quote: str
    id: str
    words: str
    status: str = ""
    part: str = ""
    speakers: tuple[dict[str, object], ...] = ()


def article_document(id: str, reading: Reading, is_unmined_only: bool = False) -> Document:
    """Return a document of an article that the reading knows: a numbered paragraph with what it is
    cited for or, with ``is_unmined_only``, just the paragraphs that nothing cites.
    """
    article, copy = reading.corpus.articles[id], reading.verification.copies.by_article.get(id)
    uses = list(_uses(id, reading, copy.paragraphs if copy else ()))
    by_number: dict[int, list[Use]] = {}
    for use in uses:
        by_number.setdefault(use.locator.paragraph, []).append(use)
    count = len(copy.paragraphs) if copy else article.paragraphs or max(by_number, default=0)
    numbers = list(range(1, count + 1))
    unmined = [number for number in numbers if number not in by_number]
    shown = unmined if is_unmined_only else numbers
    items = [_item(number, copy, by_number.get(number, ()), is_unmined_only) for number in shown]
    sections = [Section(f"{article.title.text} ({id})", _head(article, copy, reading), level=1)]
    if items:
        sections.append(Section("", (List(tuple(items), indent=0),)))
    if by_number.get(0) and not is_unmined_only:
        others = tuple(Item(f"{use.locator.words}: {_line(use)}") for use in by_number[0])
        sections.append(Section("Cited otherwise", (List(others),)))
    cited = f"{counted(count, 'paragraph')}: {count - len(unmined)} cited, {len(unmined)} not"
    sections.append(Section("", (Text(cited),)))
    data = {
        "article": id,
        "title": article.title.text,
        "file": copy.name if copy else None,
        "paragraphs": [_record(number, copy, by_number.get(number, ())) for number in shown],
        "cited_otherwise": list(map(_use_record, by_number.get(0, ()))),
        "unmined": unmined,
    }
    return Document(tuple(sections), data)


def _head(article: Article, copy: LocalFile | None, reading: Reading) -> tuple[Text, ...]:
    labels = [reading.corpus.things[each.id].label for each in article.publishers]
    head = f"{join_and(labels)}, {article.published_text}"
    file = f"copy: {copy.name}" if copy else "no copy of it is at hand (texts/, or --texts DIR)"
    return Text(head), Text(file)


def _item(number: int, copy: LocalFile | None, uses: Sequence[Use], is_unmined_only: bool) -> Item:
    words = copy.paragraphs[number - 1] if copy else NOT_HERE
    lines = [Item(_line(use), mark="- ") for use in uses]
    if not uses and not is_unmined_only:
        lines.append(Item(NOT_CITED, mark="- "))
    details = (List(tuple(lines), indent=6),) if lines else ()
    return Item(words, mark=f"{number}. ".rjust(6), details=details)


def _line(use: Use) -> str:
    status = f" [{use.id}, {use.status}]" if use.status else f" [{use.id}]"
    part = f"{use.part}: " if use.part else ""
    quote = f": {listed_quotes([use.quote])}" if use.quote else ""
    return f"{part}{use.words}{status}{quote}"


def _uses(id: str, reading: Reading, text: Sequence[str]) -> Iterator[Use]:
    """Yield what an article is cited for, in the order of assertions and names."""
    for assertion in reading.visible_corpus.assertions.values():
        statement = reading.statements[assertion.id]
        outcome = assertion.outcome.citations if assertion.outcome else ()
        parts: list[tuple[str, Sequence[Citation]]] = [
            ("", assertion.citations),
            ("taken back", [c for each in assertion.withdrawals for c in each.citations]),
            ("outcome", outcome),
        ]
        for part, citations in parts:
            for citation in citations:
                if citation.article.id == id:
                    yield _use_of(statement, citation, part, text)
    for thing in reading.visible_corpus.things.values():
        for alias in thing.aliases:
            for citation in alias.citations:
                if citation.article.id == id:
                    words = f"{alias.name.text}, a name of {thing.label}"
                    yield Use(citation.locator, _quote(citation, text), thing.id, words)


def _use_of(statement: Statement, citation: Citation, part: str, text: Sequence[str]) -> Use:
    return Use(
        citation.locator,
        _quote(citation, text),
        statement.id,
        statement.sentence,
        statement.status.value,
        part,
        tuple(asdict(name) for name in statement.speakers),
    )


def _quote(citation: Citation, text: Sequence[str]) -> str:
    """The words of a citation: as quoted, or those of its span where the copy has the paragraph."""
    if citation.quote or not citation.words or not 0 < citation.paragraph <= len(text):
        return citation.quote
    start, end = citation.words
    return text[citation.paragraph - 1][start:end]


def _record(number: int, copy: LocalFile | None, uses: Sequence[Use]) -> dict[str, object]:
    text = copy.paragraphs[number - 1] if copy else None
    return {"p": number, "text": text, "cited": list(map(_use_record, uses))}


def _use_record(use: Use) -> dict[str, object]:
    return {
        "id": use.id,
        "words": use.words,
        "status": use.status,
        "part": use.part,
        "speakers": list(use.speakers),
        "place": use.locator.value,
        "quote": use.quote,
    }
