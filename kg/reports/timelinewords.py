"""A timeline told for people, as text or Markdown, and for programs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from kg.dates.calendar import Day, ordinal
from kg.reports.timeline import Bundle, Entry, Point, Timeline
from kg.reports.wordings import extent
from kg.text import counted, escape_markdown, hang

LOOSE = "~ its place among dates that it overlaps is not known"


def in_words(found: Timeline, since: Day | None = None, all_undated: bool = True) -> str:
    """The timeline as text; with ``since`` every date tells how many days it lies from that day."""
    lines: list[str] = []
    for point in found.points:
        lines += ["", *hang(_heading(point, since), 4, "~ " if point.is_loose else "  ")]
        for bundle in point.bundles:
            lines += _bundle(bundle)
    if found.undated and all_undated:
        lines += ["", "  no date"]
        lines += [line for entry in found.undated for line in _entry(entry, 4)]
    lines += ["", *_summary(found)]
    return "\n".join(lines[1:]) + "\n"


def _heading(point: Point, since: Day | None) -> str:
    words = extent(point.date, point.is_state)
    distance = f"  {days_from(since, point)}" if since else ""
    return f"{point.date.text}{f' ({words})' if words else ''}{distance}"


def days_from(since: Day, point: Point) -> str:
    """How many days a point lies after a day, or before it; from and to where its date is not
    exact.
    """
    if not math.isfinite(point.window.first) or not math.isfinite(point.window.last):
        return "days from then not known"
    least, most = (
        math.floor(edge) - ordinal(since) for edge in (point.window.first, point.window.last)
    )
    one = abs(least) == 1 and least == most
    return f"{least:+}{'' if least == most else f' to {most:+}'} day{'' if one else 's'}"


def _bundle(bundle: Bundle) -> Iterator[str]:
    if not bundle.event or len(bundle.entries) == 1:
        yield from (line for entry in bundle.entries for line in _entry(entry, 4))
        return
    yield from hang(f"{bundle.label} ({bundle.event})", 6, "    ")
    yield from (line for entry in bundle.entries for line in _entry(entry, 6))


def _entry(entry: Entry, indent: int) -> list[str]:
    how = f"{entry.manner}, said then" if entry.said else entry.manner
    lines = hang(f"{how}: {entry.line.sentence}", indent + 4, " " * indent)
    return [
        *lines,
        *hang(f"{entry.line.id} -- {entry.line.cited}", indent + 6, " " * (indent + 4)),
    ]


def _summary(found: Timeline) -> list[str]:
    words = f"{counted(found.dated, 'assertion')} with a date, {(found.undated and len(found.undated)) or 0:,} without"
    if found.left_out:
        words += f"; {found.left_out:,} that are not accepted are left out (--all)"
    return [*([LOOSE] if any(point.is_loose for point in found.points) else []), words]


def as_markdown(
    found: Timeline, title: str, since: Day | None = None, all_undated: bool = True
) -> str:
    """The timeline as a Markdown document."""
    lines = [f"# {title}"]
    for point in found.points:
        lines += ["", f"## {'~ ' if point.is_loose else ''}{_heading(point, since)}", ""]
        for bundle in point.bundles:
            several = bool(bundle.event) and len(bundle.entries) > 1
            lines += [f"- {escape_markdown(bundle.label)} (`{bundle.event}`)"] if several else []
            lines += [f"{'  ' if several else ''}- {_item(entry)}" for entry in bundle.entries]
    if found.undated and all_undated:
        lines += ["", "## no date", "", *(f"- {_item(entry)}" for entry in found.undated)]
    return (
        "\n".join([*lines, "", *(f"{escape_markdown(line)}  " for line in _summary(found))]) + "\n"
    )


def _item(entry: Entry) -> str:
    how = f"{entry.manner}, said then" if entry.said else entry.manner
    return (
        f"*{how}*: {escape_markdown(entry.line.sentence)} (`{entry.line.id}`; {entry.line.cited})"
    )


def as_json(found: Timeline, since: Day | None = None) -> dict[str, object]:
    """The timeline for programs."""
    return {
        "points": [
            {
                "date": point.date.text,
                "state": point.is_state,
                "earliest": str(point.date.start_earliest) if point.date.start_earliest else None,
                "latest": str(point.date.end_latest) if point.date.end_latest else None,
                "place_is_known": not point.is_loose,
                **({"days": days_from(since, point)} if since else {}),
                "events": [
                    {"event": bundle.event or None, "assertions": _records(bundle.entries)}
                    for bundle in point.bundles
                ],
            }
            for point in found.points
        ],
        "undated": _records(found.undated),
        "left_out": found.left_out,
    }


def _records(entries: Iterable[Entry]) -> list[dict[str, object]]:
    return [
        {**entry.line.record, "how": entry.manner, "placed_when_said": entry.said}
        for entry in entries
    ]
