"""The pages about a data set as a whole: its timeline, its saved questions, its sources, and what
it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from kg.dates import Date
from kg.dates.words import date_in_words
from kg.export.csl import csl_json
from kg.model import Article
from kg.model.grouping import group_pairs
from kg.ontology.namespaces import DCTERMS
from kg.page.data import linked_data
from kg.reports.timeline import Point, make_timeline
from kg.site.addresses import RecordKind
from kg.site.changes_page import changes_page
from kg.site.credits import publication_date, writers
from kg.site.edition import Edition
from kg.site.page import Page
from kg.site.question_page import group_questions
from kg.status.editions import source_remarks
from kg.status.inference import RULES
from kg.status.statement import Statement
from kg.status.statuses import MEANING, Status
from kg.text import count_noun

MOST_TOLD = 222
"""So many claims stand on the page of the timeline: those of the latest dates and, where there is
room, those without a date.
"""

CSL_FILE = f"{RecordKind.OVERVIEW}/sources.json"
SHOWN = frozenset(Status) - {Status.WITHDRAWN, Status.SUPERSEDED, Status.OPINION}
"""What is told in the timeline: judgements are no events, and what was taken back or corrected is
not told.
"""


class DatedClaims(NamedTuple):
    """A date in words and as written, whether its place among others is not known, and the claims
    of it.
    """

    words: str
    date_text: str
    is_loose: bool
    statements: tuple[Statement, ...]


class ListedSource(NamedTuple):
    """A source with its credit, its date, how many claims cite it, and what became of it."""

    article: Article
    writers: str
    date: str
    claims: str
    remarks: tuple[str, ...]


def timeline_page(edition: Edition) -> Page:
    """Return the page of the timeline: years with their dates; how many claims of earlier dates are
    left out, those without one, and how many of these besides.
    """
    line = make_timeline((), None, None, SHOWN, edition.reading)
    points, hidden_count = _latest(line.points)
    years = group_pairs((_year_of(point.date), _dated_claims(point)) for point in points)
    undated = [entry.statement for entry in line.undated[: max(0, MOST_TOLD - line.dated)]]
    content = {
        "years": list(years.items()),
        "earlier": hidden_count,
        "undated": undated,
        "more": len(line.undated) - len(undated),
    }
    summary = f"{count_noun(line.dated, 'claim')} in the order of their dates."
    return _overview("timeline", "Timeline", summary, content)


def _overview(name: str, title: str, summary: str, content: Mapping[str, Any]) -> Page:
    return Page(f"{name}.html", title, summary, linked_data("CollectionPage", title), content)


def _year_of(date: Date) -> str:
    start = date.start_earliest or date.end_latest
    return str(start.year) if start else "No year"


def _dated_claims(point: Point) -> DatedClaims:
    words, statements = date_in_words(point.date), _claims_of(point)
    return DatedClaims(words, point.date.text, point.is_loose, statements)


def _claims_of(point: Point) -> tuple[Statement, ...]:
    return tuple(entry.statement for bundle in point.bundles for entry in bundle.entries)


def _latest(points: tuple[Point, ...]) -> tuple[tuple[Point, ...], int]:
    """Return the last points that have room, and how many claims the others have."""
    sizes = [len(_claims_of(point)) for point in points]
    start, room = len(points), MOST_TOLD
    while start and (room >= sizes[start - 1] or start == len(points)):
        start -= 1
        room -= sizes[start]
    return points[start:], sum(sizes[:start])


def questions_page(edition: Edition) -> Page:
    """Return the page of all saved questions."""
    questions = sorted(edition.questions.values(), key=lambda each: each.title.casefold())
    summary = f"{count_noun(len(questions), 'question')} to the record, with their answers."
    groups = group_questions(questions, edition)
    return _overview("questions", "Questions", summary, {"groups": groups})


def sources_page(edition: Edition) -> Page:
    """Return the page of all sources, the newest first, with a file for reference managers."""
    articles = edition.corpus.newest_articles()
    summary = f"{count_noun(len(articles), 'source')}, the newest first."
    content = {"sources": [_listed(each, edition) for each in articles], "csl": CSL_FILE}
    files = {CSL_FILE: csl_json(edition.corpus, edition.reading.ontology)}
    return _overview("sources", "Sources", summary, content)._replace(files=files)


def _listed(article: Article, edition: Edition) -> ListedSource:
    uses = edition.uses.get(article.id, ())
    ids = {use.id for use in uses if isinstance(use.source, Statement)}
    remarks = tuple(each.words for each in source_remarks(article, edition.corpus))
    names, date = writers(article, edition.corpus), publication_date(article)
    return ListedSource(article, names, date, count_noun(len(ids), "claim"), remarks)


def about_page(edition: Edition) -> Page:
    """Return the page about the data set: what it holds, by kinds of things and by statuses with
    their meanings, and the rules that conclusions follow.
    """
    reading, corpus = edition.reading, edition.corpus
    base, ontology = reading.ontology.base, reading.ontology
    statements = [each for each in edition.statements if not each.assertion.rule]
    conclusion_count = len(edition.statements) - len(statements)
    counts = {
        "claims with their sources": len(statements),
        "conclusions by rules": conclusion_count,
        "names": len(corpus.things),
        "sources": len(corpus.articles),
        "open questions that curators asked": len(corpus.conflicts),
    }
    classes = Counter(thing.type.id for thing in corpus.things.values())
    kinds = ((ontology.classes[id].label, n) for id, n in classes.items() if id in ontology.classes)
    used_rules = {each.assertion.rule for each in edition.statements} - {""}
    content = {
        "description": ontology.note(base, f"{DCTERMS}description"),
        "licence": ontology.note(base, f"{DCTERMS}license"),
        "counts": list(counts.items()),
        "kinds": sorted(kinds, key=lambda each: (-each[1], each[0])),
        "statuses": list(_statuses(statements)),
        "rules": [(rule, words) for rule, words in RULES.items() if rule in used_rules],
    }
    return _overview(
        "about",
        f"About {edition.title}" if edition.title else "About",
        f"{count_noun(len(statements), 'claim')} from "
        f"{count_noun(len(corpus.articles), 'source')}, and how it is found where each stands.",
        content,
    )


def _statuses(statements: list[Statement]) -> Iterator[tuple[str, str, int]]:
    counts = Counter(each.status for each in statements)
    for status in reversed(Status):
        if counts[status]:
            yield status.value, MEANING[status], counts[status]


OVERVIEW_PAGES: Mapping[str, Callable[[Edition], Page]] = {
    "timeline": timeline_page,
    "questions": questions_page,
    "sources": sources_page,
    "changes": changes_page,
    "about": about_page,
}
"""What makes each page about the data set as a whole."""
