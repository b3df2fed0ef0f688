"""The rows of the table of all ties, as they stand in the file: a page without scripts is read
there.

They are most of what a page says twice, so they are put together here rather than in the template,
which takes seven times as long for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from markupsafe import Markup, escape

from kg.dates import Date
from kg.dates.words import date_in_words
from kg.model.locators import Locator, enumerate_places
from kg.page.cards import basis_words
from kg.page.words import status_words
from kg.status.statement import Statement
from kg.status.status import DETAILS
from kg.text import join_and
from kg.text.wording import Words
from kg.view.changes import KINDS
from kg.view.picture import CitedArticle, Picture, StatementChange, Tie


def table_rows(picture: Picture, most: int) -> Iterator[Markup]:
    """Yield a row for each tie and each fact, so many at most: who says what, where that stands,
    when it was, and where it is cited.
    """
    articles = {article.id: article for article in picture.articles}
    for number, tie in enumerate((*picture.ties, *picture.facts)[:most]):
        statement, status = tie.statement, escape(tie.status)
        when = statement.assertion.when
        change = picture.changes.get(tie.assertion, StatementChange(""))
        cells = [
            f'<th scope="row"><a href="#assertion/{escape(quote(tie.assertion))}">'
            f"{_words(statement.words)}</a></th>",
            f'<td><span class="status status-{status.replace(" ", "-")}">'
            f"{status_words(status)}</span></td>",
            f"<td>{_date(when)}{_contested(statement)}{_withdrawn_by(statement)}</td>",
            f"<td>{_citations(statement, articles)}</td>",
            f"<td>{_change(tie, change)}</td>" if picture.since else "",
        ]
        kind = "" if tie.target else ' class="fact"'
        yield Markup(f'<tr data-tie="{number}"{kind}>{"".join(cells)}</tr>')


def _date(date: Date | None) -> str:
    """Return a date in words, as it was written as its title."""
    if date is None:
        return ""
    return f'<span class="day" title="{escape(date.text)}">{escape(date_in_words(date))}</span>'


def _contested(statement: Statement) -> str:
    """Return which details others say otherwise, while the rest is agreed."""
    names = [DETAILS.get(each, each) for each in statement.standing.contested_details]
    return f'<span class="flag bad">{escape(", ".join(names))} contested</span>' if names else ""


def _withdrawn_by(statement: Statement) -> str:
    """Return who of several speakers took it back, and when; nothing where nobody did alone."""
    notes = []
    for each in statement.assertion.withdrawals:
        names = [statement.judgement.corpus.thing(by.id).label for by in each.by]
        when = f" ({date_in_words(each.when)})" if each.when else ""
        notes += [f"{join_and(names)} took it back{when}"] if names else []
    return f'<span class="aside">{escape("; ".join(notes))}</span>' if notes else ""


def _words(words: Words) -> str:
    return "".join(
        escape(part) if isinstance(part, str) else f'<bdi dir="auto">{escape(part.label)}</bdi>'
        for part in words
    )


def _change(tie: Tie, change: StatementChange) -> str:
    """Return what became of a tie, with how each part was before; nothing where it is the same."""
    if tie.change == "":
        return ""
    kind = next(each for each in KINDS if each.name == tie.change)
    before = change.before if change.kind == tie.change else ()
    notes = (
        f'<span class="aside">{escape(part)} before: {escape(was)}</span>' for part, was in before
    )
    return f'<span class="change change-{kind.name}">{kind.sign} {kind.word}</span>{"".join(notes)}'


def _citations(statement: Statement, articles: Mapping[str, CitedArticle]) -> str:
    """The articles with their paragraphs or, where it cites none, what it rests on."""
    return basis_words(statement) or "; ".join(
        _article(articles[id], places) for id, places in statement.locators.items()
    )


def _makers(source: CitedArticle) -> str:
    """Who shows an article and, where that is another, who wrote it."""
    publishers = join_and([each.label for each in source.publishers])
    originators = join_and([each.label for each in source.originators])
    if not publishers or publishers == originators:
        return originators
    return f"{publishers}, by {originators}" if originators else publishers


def _article(source: CitedArticle, locators: list[Locator]) -> str:
    name = escape(_makers(source))
    if source.link:
        name = Markup(f'<a href="{escape(source.link)}" rel="noopener noreferrer">{name}</a>')
    date = _date(source.article.published) or "undated"
    return f"{name} {date}, {escape(enumerate_places(locators))}"
