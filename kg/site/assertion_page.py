"""The page of an assertion: the sentence, why it stands so, both sides, and the words that say it;
and that of a conflict, with its rival answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg.dates import Date
from kg.dates.words import date_in_words
from kg.model import Article
from kg.model.grouping import group_pairs
from kg.model.locators import Locator
from kg.model.modes import Rank
from kg.model.references import Citation
from kg.page.data import linked_data
from kg.page.words import status_words
from kg.reports.explanation import premise_ids
from kg.site.edition import Edition
from kg.site.page import Page
from kg.status.inference import RULES
from kg.status.statement import Statement
from kg.text import join_and
from kg.text.wording import Words
from kg.view.things import cited_article


class LabelledFact(NamedTuple):
    """A detail of an assertion: what it is, its words, and the date as written, if it is one."""

    label: str
    words: Words
    title: str = ""


class Report(NamedTuple):
    """A source that says so: the places in it, and the words that are quoted."""

    article: Article
    publishers: str
    originators: str
    locators: tuple[Locator, ...]
    quotes: tuple[str, ...]
    remarks: tuple[str, ...]


def assertion_page(id: str, edition: Edition) -> Page:
    """Return the page of an assertion, with the statements that bear on it, by what they are to it
    (``related``), and the ``place`` where a curator wrote it.
    """
    statement = edition.reading.statements[id]
    a, span = statement.assertion, statement.assertion.span
    status = status_words(statement.status.value)
    sources = "" if a.rule else f" Cited from {statement.cited}."
    withdrawals = [c for each in a.withdrawals for c in each.citations]
    return Page(
        "assertion.html",
        statement.sentence,
        f"{statement.sentence}. Status: {status}.{sources}",
        _data(statement, edition),
        {
            "statement": statement,
            "facts": list(_facts(statement, edition)),
            "related": list(_related(statement, edition)),
            "rule": f"{a.rule}: {RULES[a.rule]}" if a.rule else "",
            "sources": list(_reports(a.citations, edition)),
            "withdrawals": list(_reports(withdrawals, edition)),
            "conflicts": [edition.corpus.conflicts[e] for e in edition.by_conflict.get(id, ())],
            "place": f"{span.file}, line {span.line}" if span.file and span.line else "",
        },
    )


def conflict_page(id: str, edition: Edition) -> Page:
    """Return the page of a conflict: the question, and its rival answers."""
    conflict = edition.corpus.conflicts[id]
    shown_ids = [each.id for each in conflict.between if each.id in edition.corpus.assertions]
    rivals = [edition.reading.statements[each] for each in shown_ids]
    question = conflict.question.text
    return Page(
        "conflict.html",
        question,
        f"{question} {len(rivals)} rival answers, each with who says so.",
        linked_data("Question", question, edition.reading.ontology.iri("conflict", id)),
        {"conflict": conflict, "rivals": rivals},
    )


def _facts(statement: Statement, edition: Edition) -> Iterator[LabelledFact]:
    a = statement.assertion
    yield from _date_fact("When", a.when)
    if statement.where:
        yield LabelledFact("Where", statement.where)
    for name, values in statement.qualifiers.items():
        yield LabelledFact(
            edition.reading.ontology.qualifiers[name].label.replace("{value}", "…"), tuple(values)
        )
    if statement.speakers:
        yield LabelledFact("Who says so", statement.speakers)
    yield from _date_fact("Said", a.said)
    if statement.via:
        yield LabelledFact("Through", statement.via)
    if statement.about:
        yield LabelledFact("About", statement.about)
    texts = {
        "Holds": statement.holds,
        "Attention": a.rank.value if a.rank is not Rank.NORMAL else "",
        "The curators' confidence": a.confidence.value if a.confidence else "",
        "Note": a.note,
    }
    for label, text in texts.items():
        if text:
            yield LabelledFact(label, (text,))


def _date_fact(label: str, date: Date | None) -> Iterator[LabelledFact]:
    if date:
        yield LabelledFact(label, (date_in_words(date),), date.text)


def _related(statement: Statement, edition: Edition) -> Iterator[tuple[str, list[Statement]]]:
    related = [*edition.related[statement.id]]
    related += [("from", premise) for premise in premise_ids(statement.assertion)]
    for label in dict.fromkeys(label for label, _ in related):
        ids = [id for each, id in related if each == label]
        yield HEADINGS[label], [edition.reading.statements[id] for id in ids]


HEADINGS = {
    "against": "What stands against it",
    "in part": "What is denied of it in part",
    "denied by": "Who denied it",
    "correction": "What corrects or replaces it",
    "corrects": "What it corrects or replaces",
    "ends": "What it says to have ended",
    "begins": "What it says to have begun",
    "ended by": "What ended it",
    "begun by": "What began it",
    "on its end": "What is said of its end",
    "on its start": "What is said of its start",
    "speaks of": "What it speaks of",
    "of this": "What is said of it",
    "from": "What it follows from",
}
"""The headings of what bears on an assertion, by what it is to it."""


def _reports(citations: Iterable[Citation], edition: Edition) -> Iterator[Report]:
    """Yield the sources of citations, in order of ids."""
    for id, citations_here in sorted(group_pairs((e.article.id, e) for e in citations).items()):
        article = cited_article(id, edition.corpus)
        quotes = dict.fromkeys(each.quote for each in citations_here if each.quote)
        yield Report(
            article.article,
            join_and([name.label for name in article.publishers]),
            join_and([name.label for name in article.originators]),
            tuple(sorted({each.locator for each in citations_here}, key=lambda each: each.order)),
            tuple(quotes),
            tuple(remark.words for remark in article.remarks),
        )


def _data(statement: Statement, edition: Edition) -> dict[str, Any]:
    """Return the assertion as schema.org has it: a claim, whatever its status."""
    iri, articles = edition.reading.ontology.iri, edition.corpus.articles
    appearances = [
        {"@type": "CreativeWork", "@id": iri("article", id), "name": articles[id].title.text}
        for id in statement.articles
    ]
    authors = [
        {"@type": "Thing", "@id": iri("", each.id), "name": each.label}
        for each in statement.speakers
    ]
    return linked_data(
        "Claim",
        statement.sentence,
        iri("assertion", statement.id),
        creativeWorkStatus=statement.status.value,
        author=authors,
        appearance=appearances,
    )
