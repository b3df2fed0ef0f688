"""A timeline as a document."""

from __future__ import annotations

import math
from collections.abc import Iterable

from kg.dates.calendar import Day, day_number
from kg.reports.document import Document, Item, List, Section, text_section
from kg.reports.timeline import Bundle, Point, Timeline, TimelineEntry
from kg.reports.wordings import terminal_date
from kg.text import count_noun, join_and

LOOSE = "~ its place among dates that it overlaps is not known"


def timeline_document(
    timeline: Timeline, title: str, since: Day | None = None, with_undated: bool = True
) -> Document:
    """Return a timeline as a document; with ``since`` every date tells how many days it lies from
    that day.
    """
    sections = [_section(point, since) for point in timeline.points]
    if timeline.undated and with_undated:
        sections.append(Section("no date", [_entries(timeline.undated, 8)], mark="  "))
    notes = [LOOSE] if any(point.is_loose for point in timeline.points) else []
    sections.append(text_section(*notes, _summary(timeline)))
    return Document(sections, _record(timeline, since), title)


def _section(point: Point, since: Day | None) -> Section:
    distance = f"  {days_from(since, point)}" if since else ""
    return Section(
        f"{terminal_date(point.date, point.is_state)}{distance}",
        [_bundle(bundle) for bundle in point.bundles],
        mark="~   " if point.is_loose else "    ",
    )


def days_from(since: Day, point: Point) -> str:
    """Return how many days a point lies after a day, or before it; from and to where its date is
    not exact.
    """
    edges = point.window.first, point.window.last
    if not all(map(math.isfinite, edges)):
        return "days from then not known"
    least, most = (math.floor(edge) - day_number(since) for edge in edges)
    if least != most:
        return f"{least:+} to {most:+} days"
    return f"{least:+} day" if abs(least) == 1 else f"{least:+} days"


def _bundle(bundle: Bundle) -> List:
    if not bundle.event or len(bundle.entries) == 1:
        return _entries(bundle.entries, 8)
    words = f"{bundle.label} ({bundle.event})"
    return List([Item(words, details=[_entries(bundle.entries, 10)])], indent=6, hang=0)


def _entries(entries: Iterable[TimelineEntry], indent: int) -> List:
    return List(list(map(_item, entries)), indent, hang=0, is_source_below=True)


def _item(entry: TimelineEntry) -> Item:
    statement = entry.statement
    label = f"{entry.manner}, said then" if entry.has_said_date else entry.manner
    if details := statement.standing.contested_details:
        label = f"{label}; contested: {join_and(details)}"
    return Item(statement.sentence, label, id=statement.id, source=statement.cited)


def _summary(timeline: Timeline) -> str:
    with_date, without = count_noun(timeline.dated, "assertion"), len(timeline.undated)
    words = f"{with_date} with a date, {without:,} without"
    if timeline.left_out:
        words += f"; {timeline.left_out:,} that are not accepted are left out (--all)"
    return words


def _record(timeline: Timeline, since: Day | None) -> dict[str, object]:
    """The timeline for programs."""
    return {
        "points": [_point_record(point, since) for point in timeline.points],
        "undated": _entry_records(timeline.undated),
        "left_out": timeline.left_out,
    }


def _point_record(point: Point, since: Day | None) -> dict[str, object]:
    earliest, latest = point.date.start_earliest, point.date.end_latest
    return {
        "date": point.date.text,
        "state": point.is_state,
        "earliest": str(earliest) if earliest else None,
        "latest": str(latest) if latest else None,
        "place_is_known": not point.is_loose,
        **({"days": days_from(since, point)} if since else {}),
        "events": [
            {"event": bundle.event or None, "assertions": _entry_records(bundle.entries)}
            for bundle in point.bundles
        ],
    }


def _entry_records(entries: Iterable[TimelineEntry]) -> list[dict[str, object]]:
    return [
        {**each.statement.record, "how": each.manner, "placed_when_said": each.has_said_date}
        for each in entries
    ]
