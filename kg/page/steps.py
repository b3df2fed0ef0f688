"""The records of a page for the steps of its story."""

from __future__ import annotations

from typing import Any

from kg.page.columns import PageRecord
from kg.page.rows import Rows, present
from kg.text.wording import Name
from kg.view.picture import Picture
from kg.viz.quotations import quoted_citation
from kg.viz.story import StoryStep


def step_record(step: StoryStep, picture: Picture, rows: Rows) -> PageRecord:
    """Return a step of a story."""
    return {
        "title": step.title,
        "words": [part if isinstance(part, str) else None for part in step.words],
        "named": [
            _story_name(part, picture, rows) for part in step.words if isinstance(part, Name)
        ],
        "things": list(step.things),
        "ties": list(step.assertions),
        "on": str(step.true_on or ""),
        "by": str(step.known_by or ""),
    } | present(quote=_quotation(step, picture, rows))


def _quotation(step: StoryStep, picture: Picture, rows: Rows) -> list[Any]:
    """Return the row of the card that a step quotes for, the row of the article and the place that
    have the words, and these; nothing where it quotes none.
    """
    statement = picture.statements.get(step.quote.assertion) if step.quote else None
    if step.quote is None or statement is None:
        return []
    articles = {each.id: each.article for each in picture.articles}
    citations = statement.assertion.citations
    citation = quoted_citation(step.quote, citations, articles, step.known_by)
    if citation is None:
        return []
    row = rows.articles[citation.article.id]
    return [rows.statements[statement.id], row, citation.locator.value, step.quote.words]


def _story_name(name: Name, picture: Picture, rows: Rows) -> int | str | list[int | str]:
    """Return a name in a story: the row of a thing that is drawn, with the story's words where
    these are others.
    """
    row = rows.things.get(name.id)
    if row is None:
        return name.label
    return row if name.label == picture.nodes[row].label else [row, name.label]
