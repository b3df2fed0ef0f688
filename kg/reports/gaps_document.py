"""The gaps of a record as a document: how many of each kind, what that means, and the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.model.places import citation_values, cite_places
from kg.reports.document import Block, Document, Item, List, Paragraph, Section, Table, clip_items
from kg.reports.gaps import Gap
from kg.reports.kinds import GapKind

if TYPE_CHECKING:
    from kg.reading import Reading

MOST_ITEMS = 10
"""So many entries of a list are shown to people, unless all are asked for; JSON has them all."""


class _Words(NamedTuple):
    heading: str
    meaning: str


_WORDS = {
    GapKind.SINGLE_SOURCE: _Words(
        "accepted on one source",
        "One originator alone reports it; articles of one originator are one source.",
    ),
    GapKind.ONE_SIDED: _Words(
        "disputes with a party's position missing",
        "No answer of this party, or of anyone who stands for it, to any question of the dispute "
        "(kg disputes).",
    ),
    GapKind.UNREBUTTED: _Words(
        "claims without a rebuttal",
        "Somebody says so, and nobody is reported to deny it. That is not agreement.",
    ),
    GapKind.UNDATED: _Words(
        "assertions without a date",
        "No article gives a day, month or year for it.",
    ),
    GapKind.ENDED_UNKNOWN: _Words(
        "states that ended on an unknown day",
        "It is over, and no article says since when.",
    ),
    GapKind.END_NOT_REPORTED: _Words(
        "states still going on when last reported",
        "No end is reported. What came after the last report is unknown.",
    ),
    GapKind.UNMINED: _Words(
        "articles with paragraphs that no assertion cites",
        "Nobody took anything from these paragraphs; some may hold nothing to take.",
    ),
    GapKind.EARLIER_VERSION: _Words(
        "said by an earlier version alone",
        "The text was changed since, and the later version is not cited for it.",
    ),
    GapKind.UNDATED_SOURCES: _Words(
        "sources without a day",
        "Nothing says when they appeared, so they count as known on any day (--known-by).",
    ),
    GapKind.CONFLICTS: _Words(
        "questions with several live answers",
        "Conflicts that no withdrawal or correction has settled.",
    ),
    GapKind.DENIED: _Words(
        "claims that are denied",
        "One side asserts it, another denies it, and neither has taken it back.",
    ),
    GapKind.FUNCTIONAL_RIVALS: _Words(
        "rival values where only one can be right",
        "Live assertions that give two values of what has one: a relation with one value at a "
        "time, the day of a deed done once, a qualifier. But for that detail they agree.",
    ),
    GapKind.OPEN_PROSPECTS: _Words(
        "plans, demands, threats and conditions with open outcome",
        "What became of it is not reported.",
    ),
}
"""Every question to the record: its heading, and what it means."""


def gaps_document(
    gaps: Mapping[GapKind, tuple[Gap, ...]], reading: Reading, with_all: bool = False
) -> Document:
    """Return a table of counts, then each list with what it means; long ones are clipped."""
    counts = [(f"{len(each):>3}", _WORDS[kind].heading) for kind, each in gaps.items()]
    table = Table(("how many", "what"), tuple(counts), has_header_in_text=False)
    most = None if with_all else MOST_ITEMS
    lists = [_section(kind, each, most) for kind, each in gaps.items() if each]
    data = {
        "lens": str(reading.lens),
        "counts": {kind.key: len(each) for kind, each in gaps.items()},
        **{kind.key: list(map(_gap_record, each)) for kind, each in gaps.items()},
    }
    return Document((Section("", (table,)), *lists), data, "Report")


def _section(kind: GapKind, gaps: tuple[Gap, ...], most: int | None) -> Section:
    heading, meaning = _WORDS[kind]
    groups = Counter(gap.group for gap in gaps if gap.group)
    if groups:
        largest = sorted(groups.items(), key=lambda group: (-group[1], group[0]))
        meaning += f" Of these: {', '.join(f'{group} {number}' for group, number in largest)}."
    how = f"--all, or --only {kind}"
    blocks: tuple[Block, ...] = clip_items([_item(gap) for gap in gaps], most, how)
    title = f"{heading[0].upper()}{heading[1:]}: {len(gaps)}"
    return Section(title, (Paragraph(meaning, 2), *blocks))


def _item(gap: Gap) -> Item:
    details = (List(tuple(map(Item, gap.details)), indent=6),)
    return Item(gap.words, id=gap.id, source=cite_places(gap.citations), details=details)


def _gap_record(gap: Gap) -> dict[str, object]:
    return {
        "id": gap.id,
        "words": gap.words,
        **gap.facts,
        "citations": citation_values(gap.citations),
    }
