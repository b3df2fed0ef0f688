"""The pages about a data set as a whole: its timeline, its saved questions, its sources, and what
it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from kg.dates.words import date_in_words
from kg.export.csl import csl_json
from kg.model import Article
from kg.ontology.namespaces import DCTERMS
from kg.reports.timeline import Point, timeline
from kg.site.addresses import RecordKind
from kg.site.changes_page import changes_page
from kg.site.credits import publication_date, writers
from kg.site.edition import Edition
from kg.site.question_page import QuestionGroup, group_questions
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
    written: str
    is_loose: bool
    statements: tuple[Statement, ...]


class TimelinePage(NamedTuple):
    """What the page of the timeline tells: years with their dates. ``earlier`` counts the claims of
    dates that are left out, ``undated`` are those without one, and ``more`` how many besides.
    """

    title: str
    summary: str
    data: dict[str, Any]
    years: tuple[tuple[str, tuple[DatedClaims, ...]], ...]
    earlier: int
    undated: tuple[Statement, ...]
    more: int


class QuestionsPage(NamedTuple):
    """All saved questions."""

    title: str
    summary: str
    data: dict[str, Any]
    groups: tuple[QuestionGroup, ...]


class ListedSource(NamedTuple):
    """A source with its credit, its date, how many claims cite it, and what became of it."""

    article: Article
    writers: str
    date: str
    claims: str
    remarks: tuple[str, ...]


class SourcesPage(NamedTuple):
    """All sources, the newest first; ``csl`` is the name of the file for reference managers."""

    title: str
    summary: str
    data: dict[str, Any]
    sources: tuple[ListedSource, ...]
    csl: str
    files: Mapping[str, bytes]


class AboutPage(NamedTuple):
    """What a data set holds, by kinds of things and by statuses with their meanings; the rules that
    conclusions follow.
    """

    title: str
    summary: str
    data: dict[str, Any]
    description: str
    licence: str
    counts: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, str, int], ...]
    rules: tuple[tuple[str, str], ...]


def timeline_page(edition: Edition) -> TimelinePage:
    """Return the page of the timeline."""
    line = timeline((), None, None, SHOWN, edition.reading)
    points, hidden_count = _latest(line.points)
    years: dict[str, list[DatedClaims]] = {}
    for point in points:
        start = point.date.start_earliest or point.date.end_latest
        year = str(start.year) if start else "No year"
        statements = _claims_of(point)
        words = date_in_words(point.date)
        dated = DatedClaims(words, point.date.text, point.is_loose, statements)
        years.setdefault(year, []).append(dated)
    title, summary = "Timeline", f"{count_noun(line.dated, 'claim')} in the order of their dates."
    by_year = tuple((year, tuple(each)) for year, each in years.items())
    room = max(0, MOST_TOLD - line.dated)
    undated = tuple(entry.statement for entry in line.undated[:room])
    more = len(line.undated) - len(undated)
    return TimelinePage(title, summary, _data(title), by_year, hidden_count, undated, more)


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


def questions_page(edition: Edition) -> QuestionsPage:
    """Return the page of all saved questions."""
    questions = list(edition.questions.values())
    questions.sort(key=lambda each: each.title.casefold())
    title = "Questions"
    summary = f"{count_noun(len(questions), 'question')} to the record, with their answers."
    return QuestionsPage(title, summary, _data(title), group_questions(questions, edition))


def sources_page(edition: Edition) -> SourcesPage:
    """Return the page of all sources."""
    articles = edition.corpus.newest_articles()
    title, summary = "Sources", f"{count_noun(len(articles), 'source')}, the newest first."
    data = csl_json(edition.corpus, edition.reading.ontology)
    sources = tuple(_listed(each, edition) for each in articles)
    return SourcesPage(title, summary, _data(title), sources, CSL_FILE, {CSL_FILE: data})


def _listed(article: Article, edition: Edition) -> ListedSource:
    uses = edition.uses.get(article.id, ())
    ids = {use.id for use in uses if isinstance(use.source, Statement)}
    remarks = tuple(each.words for each in source_remarks(article, edition.corpus))
    names, date = writers(article, edition.corpus), publication_date(article)
    return ListedSource(article, names, date, count_noun(len(ids), "claim"), remarks)


def about_page(edition: Edition) -> AboutPage:
    """Return the page about the data set."""
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
    title = f"About {edition.title}" if edition.title else "About"
    used_rules = {each.assertion.rule for each in edition.statements} - {""}
    return AboutPage(
        title,
        f"{count_noun(len(statements), 'claim')} from "
        f"{count_noun(len(corpus.articles), 'source')}, and how it is found where each stands.",
        _data(title),
        ontology.note(base, f"{DCTERMS}description"),
        ontology.note(base, f"{DCTERMS}license"),
        tuple(counts.items()),
        tuple(sorted(kinds, key=lambda each: (-each[1], each[0]))),
        tuple(_statuses(statements)),
        tuple((rule, words) for rule, words in RULES.items() if rule in used_rules),
    )


def _statuses(statements: list[Statement]) -> Iterator[tuple[str, str, int]]:
    counts = Counter(each.status for each in statements)
    for status in reversed(Status):
        if counts[status]:
            yield status.value, MEANING[status], counts[status]


def _data(title: str) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "CollectionPage", "name": title}


OVERVIEW_PAGES: Mapping[str, Callable[[Edition], Any]] = {
    "timeline": timeline_page,
    "questions": questions_page,
    "sources": sources_page,
    "changes": changes_page,
    "about": about_page,
}
"""What makes each page about the data set as a whole."""
