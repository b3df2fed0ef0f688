"""The records of a page for each statement: as it is today, and how it was when less was known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from kg.dates import Date
from kg.dates.calendar import Range
from kg.dates.overlaps import Days
from kg.model.grouping import group_pairs
from kg.page.columns import PageRecord
from kg.page.rows import Rows, present
from kg.reports.wordings import limit_label
from kg.status.inference import RULES
from kg.status.reasons import Mention, Mentioned
from kg.status.statement import Statement
from kg.status.status import DETAILS
from kg.text import count_noun, join_and
from kg.view.history import differ, rest_on_the_same
from kg.view.lines import drawn_status
from kg.view.picture import Picture, Run, StatementChange


def card_records(picture: Picture, rows: Rows) -> Iterator[PageRecord]:
    """Yield a record for each statement of a picture, in the order of the rows."""
    history = picture.history
    for id in rows.statements:
        days = history.attested.get(id)
        card = statement_record(picture.statements[id], rows) | _day_fields(days)
        change = picture.changes.get(id, StatementChange(""))
        now = Run(len(history.moments), picture.statements[id], days)
        runs = _runs(card, now, history.runs.get(id, ()), rows)
        if len(runs) == 1 and runs[0][1:] == [{}]:
            card["since"] = runs[0][0]
        elif runs:
            card["runs"] = runs
        elif history.moments:
            # Its articles have no day, so that no day makes it known.
            card["since"] = len(history.moments)
        card |= _sorting_day(picture.statements[id].time, days)
        yield card | present(change=change.kind, before=change.before)


def statement_record(statement: Statement, rows: Rows) -> dict[str, Any]:
    """Return all that a page tells of a statement, but for the days on which it holds."""
    a, drawn = statement.assertion, drawn_status(statement)
    return {
        "subject": rows.name(statement.subject),
        "object": rows.name(statement.object),
        "sources": statement.sources,
        "articles": len(statement.articles),
    } | present(
        id=a.id,
        **rows.words(statement.words),
        status=statement.status.value,
        reason=statement.reason,
        reasonParts=_reason_parts(statement, rows),
        mode="" if a.is_actual else a.mode.value,
        polarity=a.polarity.value if a.is_denial else "",
        speakers=rows.names(statement.speakers),
        via=rows.names(statement.via),
        where=rows.names(statement.where),
        **{"with": statement.qualified},
        when=a.when.text if a.when else "",
        said=a.said.text if a.said else "",
        note=a.note,
        holds=statement.certainty.value if statement.certainty else "",
        lastReport=str(statement.last_report or "") if statement.relation.lasts else "",
        line="" if drawn is statement.status else drawn.value,
        citations=rows.places(statement.places),
        quotes=rows.quotes(a.citations),
        originators=statement.originators,
        basis=basis_words(statement),
        against=rows.among_statements(statement.against),
        ends=rows.among_statements([statement.limited_state] if a.ends else []),
        begins=rows.among_statements([statement.limited_state] if a.begins else []),
        limits=rows.among_statements(statement.limits),
        bearing=limit_label(statement) if a.limited_state else "",
        details=[_detail(statement, each, rows) for each in statement.standing.contested_details],
        rule=RULES.get(a.rule, a.rule),
        about=rows.names(statement.about),
        speaksOf=rows.among_statements([a.object_assertion]),
        ofThis=rows.among_statements(sorted(rows.speaking.get(a.id, ()))),
        followsFrom=rows.among_statements(sorted(premise.id for premise in a.follows_from)),
    )


def _detail(statement: Statement, aspect: str, rows: Rows) -> list[Any]:
    """Return a detail that is contested while the rest is agreed: its name, and each value of it
    with who says so, in words, and the rows of the cards that do; the statement's own comes first.
    """
    opposing_ids = [id for id in statement.standing.rivals_in(aspect) if id in statement.against]
    statements = (statement, *map(statement.others.__getitem__, opposing_ids))
    by_value = group_pairs((each.detail(aspect), each) for each in statements)
    values = []
    for value, same in by_value.items():
        voices = dict.fromkeys(chain.from_iterable(map(_voices, same)))
        verb = "says" if len(voices) == 1 else "say"
        cards = rows.among_statements(each.id for each in same)
        values.append([value or "none given", f"{verb} {join_and(voices)}", cards])
    return [DETAILS.get(aspect, aspect), values]


def _voices(statement: Statement) -> Sequence[str]:
    """Return the names of who says so: without a speaker those who wrote the articles."""
    speakers = [each.label for each in statement.speakers]
    return speakers or statement.originators or ["the editors"]


def _reason_parts(statement: Statement, rows: Rows) -> list[Any]:
    """Return a reason as texts, rows of things and rows of statements in lists of their own;
    nothing where it names none that the page has.
    """
    parts = [_reason_part(part, statement, rows) for part in statement.reason_parts]
    return [] if all(isinstance(part, str) for part in parts) else parts


def _reason_part(part: str | Mention, statement: Statement, rows: Rows) -> str | int | list[int]:
    if isinstance(part, str):
        return part
    if part.kind is Mentioned.ASSERTION:
        return rows.among_statements([part.id]) or "another claim"
    things = statement.judgement.corpus.things
    if part.id not in things:
        return part.id
    return rows.thing(things[part.id].as_name)


def basis_words(statement: Statement) -> str:
    """Return what a statement rests on where it cites no article; nothing where it does."""
    if statement.places:
        return ""
    premises = len(statement.assertion.follows_from)
    return f"follows from {count_noun(premises, 'other')}" if premises else "an editorial judgement"


def _runs(card: PageRecord, now: Run, runs: Sequence[Run], rows: Rows) -> list[list[Any]]:
    """Return from which moments on which fields of a card were others than they are now; no fields
    at all: from then on it was not there. A field that is null was not there then.
    """
    result: list[list[Any]] = []
    for run in runs:
        entry: list[Any] = []
        if run.statement and _reads_alike(run, now):
            entry = [{}]
        elif run.statement:
            then = statement_record(run.statement, rows) | _day_fields(run.days)
            fields = {name: then.get(name) for name in {**card, **then}}
            entry = [{name: value for name, value in fields.items() if value != card.get(name)}]
        if not result or result[-1][1:] != entry:
            result.append([run.moment, *entry])
    return result


def _reads_alike(run: Run, now: Run) -> bool:
    """Whether a card tells of a run what it tells now, as far as that is known without making it:
    details that are contested name others, who may have been called otherwise.
    """
    one, other = run.statement, now.statement
    if one is None or other is None or one.standing.contested_details:
        return False
    if rest_on_the_same(one, other):
        return not differ(run, now, same_sources=True)
    return not differ(run, now) and all(
        getattr(one, part) == getattr(other, part) for part in ("reason", "qualified", "words")
    )


def _day_fields(days: Days | None) -> dict[str, Any]:
    """Return the days on which it possibly holds and, where these are others, on which certainly
    and on which as far as known; and the first possible one.
    """
    if days is None:
        return {}
    possible, certain = _ranges(days.possible), _ranges(days.certain)
    known_ranges = _ranges(days.as_far_as_known)
    bounds = [possible] if certain == possible else [possible, certain]
    bounds += [known_ranges] if known_ranges and certain != possible else []
    return present(bounds=bounds, starts=possible[0][0] if possible else "")


def _sorting_day(date: Date | None, days: Days | None) -> dict[str, Any]:
    """Return by which day a date without a first one is sorted."""
    if date is None or (days and days.possible and days.possible[0][0]):
        return {}
    ends = (date.start_earliest, date.start_latest, date.end_earliest, date.end_latest)
    return present(sorts=next((str(day) for day in ends if day), ""))


def _ranges(ranges: Iterable[Range]) -> list[list[str | None]]:
    return [[str(first) if first else None, str(last) if last else None] for first, last in ranges]
