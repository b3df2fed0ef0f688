"""The rows of the table of all ties, as they stand in the file: a page without scripts is read
there.

They are most of what a page says twice, so they are put together here rather than in the template,
which takes seven times as long for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from urllib.parse import quote

import markupsafe
from markupsafe import Markup

from kg.view.changes import KINDS
from kg.view.picture import Card, Picture, Source, Tie
from kg.wording import Words

escape = lru_cache(50_000, typed=True)(markupsafe.escape)
"""Names, dates and the words between them stand in many rows. A text is never taken for the markup
that reads alike.
"""


def table_rows(picture: Picture, most: int) -> Iterator[Markup]:
    """A row for each tie, so many at most: who says what, where that stands, when it was, and where
    it is cited.
    """
    cards = {card.id: card for card in picture.cards}
    sources = {source.id: source for source in picture.sources}
    for number, tie in enumerate(picture.ties[:most]):
        card = cards[tie.assertion]
        yield Markup(
            f'<tr data-tie="{number}"><th scope="row"><a href="#assertion/{escape(quote(tie.assertion))}">'
            f"{_words(card.words)}</a></th>"
            f'<td><span class="status status-{escape(tie.status.replace(" ", "-"))}">{escape(tie.status)}</span></td>'
            f"<td>{escape(card.when)}</td><td>{_cited(card, sources)}</td>"
            + (f"<td>{_change(tie, card)}</td>" if picture.since else "")
            + "</tr>"
        )


def _words(words: Words) -> str:
    return "".join(
        escape(part) if isinstance(part, str) else f'<bdi dir="auto">{escape(part.label)}</bdi>'
        for part in words
    )


def _change(tie: Tie, card: Card) -> str:
    """What became of a tie, with how each part was before; nothing where it is the same."""
    if tie.change == "":
        return ""
    kind = next(each for each in KINDS if each.name == tie.change)
    before = card.before if card.change == tie.change else ()
    notes = (
        f'<span class="aside">{escape(part)} before: {escape(was)}</span>' for part, was in before
    )
    return f'<span class="change change-{kind.name}">{kind.sign} {kind.word}</span>{"".join(notes)}'


def _cited(card: Card, sources: Mapping[str, Source]) -> str:
    """The articles with their paragraphs or, where it cites none, how many others it follows from."""
    if not card.citations and card.follows_from:
        count = len(card.follows_from)
        return f"follows from {count} other{'' if count == 1 else 's'}"
    by_article = groupby(
        sorted(card.citations, key=lambda place: place.article), key=lambda place: place.article
    )
    return "; ".join(
        _article(sources[article], [place.paragraph for place in places])
        for article, places in by_article
    )


def _article(source: Source, paragraphs: list[int]) -> str:
    name = escape(source.originator)
    if source.url.startswith(("https://", "http://")):
        name = Markup(f'<a href="{escape(source.url)}" rel="noopener noreferrer">{name}</a>')
    several = "" if len(paragraphs) == 1 else "s"
    return (
        f"{name} {escape(source.published)}, paragraph{several} {', '.join(map(str, paragraphs))}"
    )
