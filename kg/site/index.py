"""The first page of a site, as values: its views, what is contested, what is new, and the sources.

Everything on it leads to the view in which it is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import chain, pairwise
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from kg.dates import Day
from kg.dates.calendar import day_number
from kg.dates.words import day_in_words
from kg.diagnostics import KgError
from kg.model import Article
from kg.model.closure import group_by_shared
from kg.model.grouping import group_pairs
from kg.ontology.namespaces import DCTERMS
from kg.reading import Reading
from kg.site.credits import credit_line, publication_date, writers
from kg.status.editions import source_remarks
from kg.status.statement import Statement
from kg.status.status import Status
from kg.view.picture import History, Picture
from kg.viz.style import FamilyStyle, Look, Style

MOST_CONTESTS = 12
MOST_DAYS = 3
MOST_NEWS = 6
MOST_SOURCES = 200
MOST_RECORDS = 20_000
"""Records have pages of their own in a data set of at most so many assertions."""


class ViewCard(NamedTuple):
    """What the first page tells of a view.

    ``steps`` are the titles of the steps of its story, if it has one;
    ``picture`` is a small one of it. ``drawn_ids`` are those of the assertions that it draws,
    ``claim_ids`` of all that its cards tell of; ``looks`` and ``families`` are those in the
    picture.
    """

    name: str
    title: str
    question: str
    steps: tuple[str, ...]
    thing_count: int
    claim_count: int
    picture: Markup
    drawn_ids: Collection[str]
    claim_ids: Collection[str]
    looks: frozenset[Look]
    families: frozenset[FamilyStyle]


class ClaimEntry(NamedTuple):
    """A statement with who is cited for it, and the address of its card, if a view has one;
    ``before`` is the status that it had before the day of which it is told.
    """

    statement: Statement
    citation: str
    address: str
    before: str = ""


class ContestEntry(NamedTuple):
    """Claims that cannot be right together, with the question that they answer, if one is asked."""

    question: str
    claims: tuple[ClaimEntry, ...]


class News(NamedTuple):
    """What the sources of a day brought: how many new claims, some of these, and what stands
    otherwise since.
    """

    day: Day
    words: str
    claim_count: int
    claims: tuple[ClaimEntry, ...]
    moved_claims: tuple[ClaimEntry, ...]


class Source(NamedTuple):
    """A source, with how many claims cite it and the address where these are drawn."""

    article: Article
    names: str
    date: str
    remarks: str
    claim_count: int
    address: str


class FaultyView(NamedTuple):
    """A view that cannot be drawn: its name and title, and what is wrong with it."""

    name: str
    title: str
    error: KgError


def view_card(picture: Picture, small: Markup, style: Style) -> ViewCard:
    """Return what the first page tells of a view."""
    story = picture.story
    return ViewCard(
        picture.name,
        picture.title,
        picture.question,
        tuple(step.title for step in story.steps) if story else (),
        len(picture.nodes),
        len(picture.ties),
        small,
        {tie.assertion for tie in picture.ties},
        frozenset(picture.statements),
        frozenset(style.look(node.classes) for node in picture.nodes),
        frozenset(style.family(tie.statement.relation.family) for tie in picture.ties),
    )


def site_title(reading: Reading) -> str:
    """Return what the data set is called."""
    return reading.ontology.note(reading.ontology.base, f"{DCTERMS}title") or "All views"


def has_records(reading: Reading) -> bool:
    """Whether the records of a data set have pages of their own."""
    return len(reading.graph_corpus.assertions) <= MOST_RECORDS


def make_index(
    reading: Reading,
    history: History,
    views: Collection[ViewCard],
    faults: Collection[FaultyView] = (),
) -> dict[str, Any]:
    """Return all that the first page of a site shows: these views, in their order, those that
    cannot be drawn, and lists, with how many entries are left out of them.
    """
    record = _Record(reading, history, views)
    base = reading.ontology.base
    contests, sources = record.contests(), record.sources()
    return {
        "title": site_title(reading),
        "description": reading.ontology.note(base, f"{DCTERMS}description"),
        "licence": reading.ontology.note(base, f"{DCTERMS}license"),
        "lens": str(reading.lens),
        "claim_count": len(record.live),
        "views": views,
        "contests": contests[:MOST_CONTESTS],
        "more_contests": max(0, len(contests) - MOST_CONTESTS),
        "news": [record.news(day) for day in reversed(history.moments[-MOST_DAYS:])],
        "sources": sources[:MOST_SOURCES],
        "more_sources": max(0, len(sources) - MOST_SOURCES),
        "has_records": has_records(reading),
        "faults": faults,
    }


class _Record:
    """What a reading says, and in which view each claim of it is shown."""

    def __init__(self, reading: Reading, history: History, views: Collection[ViewCard]) -> None:
        self.reading, self.history = reading, history
        self.corpus = reading.visible_corpus
        self.live = [reading.statements[id] for id in self.corpus.assertions]
        self.widest = max(views, key=lambda view: view.claim_count, default=None)
        self.pages: dict[str, str] = {}
        drawn_first = [(view.name, view.drawn_ids) for view in views]
        for name, ids in [*drawn_first, *((view.name, view.claim_ids) for view in views)]:
            self.pages |= {id: name for id in ids if id not in self.pages}

    def claim(self, statement: Statement, before: str = "") -> ClaimEntry:
        """Return a statement for the first page."""
        page, id = self.pages.get(statement.id), quote(statement.id, safe="")
        address = f"{quote(page)}.html#assertion/{id}" if page else ""
        return ClaimEntry(statement, credit_line(statement), address, before)

    def contests(self) -> list[ContestEntry]:
        """Return the claims that stand against each other, put together by what they are about;
        those with the most claims first.
        """
        shared = {
            each.id: {each.id, *each.against}
            for each in self.live
            if each.status is Status.CONTESTED
        }
        questions = {}
        for conflict in self.corpus.conflicts.values():
            for id in (reference.id for reference in conflict.between):
                if id in shared:
                    shared[id].add(conflict.id)
                    questions[id] = conflict.question.text
        groups = group_pairs((group, id) for id, group in sorted(group_by_shared(shared).items()))
        contests = [self._contest(ids, questions) for ids in groups.values()]
        return sorted(contests, key=lambda each: -len(each.claims))

    def _contest(self, contested_ids: Iterable[str], questions: Mapping[str, str]) -> ContestEntry:
        """Return some contested claims with what stands against them."""
        statements = self.reading.statements
        lists = ([id, *sorted(statements[id].against)] for id in contested_ids)
        ids = dict.fromkeys(chain.from_iterable(lists))
        question = next((questions[id] for id in ids if id in questions), "")
        ordered = sorted((statements[id] for id in ids), key=_claims_before_denials)
        return ContestEntry(question, tuple(map(self.claim, ordered)))

    def news(self, day: Day) -> News:
        """Return what the sources of a day brought."""
        new = [each for each in self.live if each.known_from == day]
        new.sort(key=lambda each: (_newest_first(each, day), each.id))
        moment = self.history.moments.index(day)
        before = ((each, self._status_before(each.id, moment)) for each in self.live)
        moved_claims = [self.claim(each, status) for each, status in before if status]
        claims = tuple(map(self.claim, new[:MOST_NEWS]))
        return News(day, day_in_words(day), len(new), claims, tuple(moved_claims[:MOST_NEWS]))

    def _status_before(self, id: str, moment: int) -> str:
        """Return the status that an assertion had until a moment, where it has another since."""
        runs = self.history.runs.get(id, ())
        for before, run in pairwise(runs):
            if run.moment == moment and before.statement and run.statement:
                then, now = before.statement.status, run.statement.status
                return "" if then is now else then.value
        return ""

    def sources(self) -> list[Source]:
        """Return all sources, the newest first."""
        counts = Counter(id for each in self.live for id in each.locators)
        return [self._source(each, counts[each.id]) for each in self.corpus.newest_articles()]

    def _source(self, article: Article, claim_count: int) -> Source:
        remarks = "; ".join(each.words for each in source_remarks(article, self.corpus))
        page = self.widest.name if self.widest and claim_count else ""
        address = f"{quote(page)}.html#?only=source:{quote(article.id, safe='')}" if page else ""
        names, date = writers(article, self.corpus), publication_date(article)
        return Source(article, names, date, remarks, claim_count, address)


def _claims_before_denials(statement: Statement) -> tuple[bool, str]:
    return statement.assertion.is_denial, statement.id


def _newest_first(statement: Statement, day: Day) -> tuple[bool, bool, bool, int]:
    """Order what happened by a day before what is ahead of it or has no date, deeds before states,
    those for and against somebody or something before others, and what happened last first.
    """
    start = statement.time.start_earliest if statement.time else None
    has_happened = start is not None and start <= day
    is_deed_of_note = bool(statement.relation.sign)
    latest = -day_number(start) if start else 0
    return not has_happened, statement.is_state, not is_deed_of_note, latest
