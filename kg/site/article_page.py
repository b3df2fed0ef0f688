"""The page of a source: place by place what it is cited for, and what nobody has cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from kg.model.locators import Locator, Unit
from kg.model.references import Citation
from kg.page.data import linked_data
from kg.reports.article_uses import SourceUse, uncited_paragraphs
from kg.site.credits import publication_date, writers
from kg.site.edition import Edition
from kg.site.page import Page
from kg.sources.texts.quoting import find_occurrences
from kg.status.editions import source_remarks
from kg.status.statement import Statement
from kg.text import count_noun, join_ranges


class ListedUse(NamedTuple):
    """What a place is cited for, with the words that are quoted for it."""

    use: SourceUse
    quotes: tuple[str, ...]

    @property
    def statement(self) -> Statement | None:
        """The claim; none where it is a name."""
        return self.use.source if isinstance(self.use.source, Statement) else None


class Stretch(NamedTuple):
    """A stretch of a paragraph, and whether a claim or a name is cited for these very words."""

    text: str
    is_cited: bool


class CitedPlace(NamedTuple):
    """A place of a source with what it is cited for, and its words where they are shown."""

    words: str
    uses: tuple[ListedUse, ...]
    text: tuple[Stretch, ...] = ()

    @property
    def anchor(self) -> str:
        """What an address that leads to the place ends in."""
        return self.words.replace(" ", "-")


MARGIN = (
    "@media (min-width:1000px){body{max-width:76rem}.places>li{display:grid;column-gap:28px;"
    "grid-template:auto 1fr/minmax(0,5fr) minmax(0,4fr)}.places h3,.places .text{grid-column:1}"
    ".places .claims{grid-area:1/2/3}}"
)
"""On a wide screen claims stand in the margin of the paragraph that they cite."""


def article_page(id: str, edition: Edition) -> Page:
    """Return the page of a source: each place of it with what it is cited for, and which paragraphs
    nothing cites, of a source whose paragraphs are counted; where the text is shown, they stand
    among the places, too.
    """
    article, uses = edition.corpus.articles[id], edition.uses.get(id, [])
    names, date = writers(article, edition.corpus), publication_date(article)
    text = edition.text_of(article)
    claims = count_noun(len({use.id for use in uses if isinstance(use.source, Statement)}), "claim")
    return Page(
        "article.html",
        article.title.text,
        f"{names}, {date}: {claims} cite it, place by place.",
        linked_data(
            "CreativeWork",
            article.title.text,
            edition.reading.ontology.iri("article", id),
            creditText=names,
            datePublished=article.published.text if article.published else "",
            url=article.url,
        ),
        {
            "article": article,
            "date": date,
            "remarks": source_remarks(article, edition.corpus),
            "places": list(_places(uses, text)),
            "uncited": _uncited(len(text) or article.paragraphs, uses),
            "has_text": bool(text),
        },
        MARGIN if text else "",
    )


def _uncited(count: int, uses: Iterable[SourceUse]) -> str:
    """The paragraphs that nothing is cited from, in words; nothing where there are none."""
    ranges = uncited_paragraphs(count, (use.citation.paragraph for use in uses))
    noun = "paragraph" if sum(map(len, ranges)) == 1 else "paragraphs"
    return f"{noun} {join_ranges(ranges)}" if ranges else ""


def _places(uses: Iterable[SourceUse], text: Sequence[str]) -> Iterator[CitedPlace]:
    """Yield the places that are cited, in order, each with what it is cited for, claims before
    names, in order of ids; what is cited from one place several times is listed once. Of a text all
    paragraphs are there, also those that nothing is cited from.
    """
    places: dict[Locator, dict[tuple[str, ...], list[SourceUse]]] = {}
    for number in range(1, len(text) + 1):
        places[Locator(((Unit.PARAGRAPH, str(number)),))] = {}
    for use in uses:
        same = places.setdefault(use.citation.locator, {})
        same.setdefault((use.name, use.id, use.part), []).append(use)
    for locator in sorted(places, key=lambda each: each.order):
        entries = [_entry(same) for _, same in sorted(places[locator].items())]
        is_shown = 0 < locator.paragraph <= len(text)
        citations = [use.citation for same in places[locator].values() for use in same]
        words = _lit(text[locator.paragraph - 1], citations) if is_shown else ()
        yield CitedPlace(locator.words, tuple(entries), tuple(words))


def _lit(paragraph: str, citations: Iterable[Citation]) -> Iterator[Stretch]:
    """Yield a paragraph in stretches that are cited and others that are not, in order."""
    is_cited = bytearray(len(paragraph))
    for start, end in chain.from_iterable(_spans(each, paragraph) for each in citations):
        is_cited[start:end] = b"\1" * (min(end, len(paragraph)) - start)
    at = 0
    for flag, same in groupby(is_cited):
        end = at + sum(1 for _ in same)
        yield Stretch(paragraph[at:end], bool(flag))
        at = end


def _spans(citation: Citation, paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a citation stand in their paragraph."""
    if citation.words:
        yield citation.words
    elif citation.quote:
        yield from (span for span, _ in find_occurrences(citation.quote, paragraph))


def _entry(same: Sequence[SourceUse]) -> ListedUse:
    quotes = dict.fromkeys(use.citation.quote for use in same if use.citation.quote)
    return ListedUse(same[0], tuple(quotes))
