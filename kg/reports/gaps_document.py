"""The gaps of a record as a document: how many of each kind, what that means, and the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kg.model.places import citation_values, cite_places, locators_by_article
from kg.reading import Reading
from kg.reports.document import Document, Item, List, Paragraph, Section, Table, clip_items
from kg.reports.gaps import GAP_LISTS, Gap
from kg.reports.kinds import GapKind

MOST_ITEMS = 10
"""So many entries of a list are shown to people, unless all are asked for; JSON has them all."""


def gaps_document(
    gaps: Mapping[GapKind, tuple[Gap, ...]], reading: Reading, with_all: bool = False
) -> Document:
    """Return a table of counts, then each list with what it means; long ones are clipped."""
    counts = [(f"{len(each):>3}", GAP_LISTS[kind].heading) for kind, each in gaps.items()]
    table = Table(("how many", "what"), counts, has_header_in_text=False)
    most = None if with_all else MOST_ITEMS
    lists = [_section(kind, each, most) for kind, each in gaps.items() if each]
    data = {
        "lens": str(reading.lens),
        "counts": {kind.key: len(each) for kind, each in gaps.items()},
        **{kind.key: list(map(_gap_record, each)) for kind, each in gaps.items()},
    }
    return Document([Section("", [table]), *lists], data, "Report")


def _section(kind: GapKind, gaps: tuple[Gap, ...], most: int | None) -> Section:
    _, heading, meaning = GAP_LISTS[kind]
    groups = Counter(gap.group for gap in gaps if gap.group)
    if groups:
        largest = sorted(groups.items(), key=lambda group: (-group[1], group[0]))
        meaning += f" Of these: {', '.join(f'{group} {number}' for group, number in largest)}."
    blocks = clip_items([_item(gap) for gap in gaps], most, f"--all, or --only {kind}")
    title = f"{heading[0].upper()}{heading[1:]}: {len(gaps)}"
    return Section(title, [Paragraph(meaning, 2), *blocks])


def _item(gap: Gap) -> Item:
    details = List(list(map(Item, gap.details)), indent=6)
    source = cite_places(locators_by_article(gap.citations))
    return Item(gap.words, id=gap.id, source=source, details=[details])


def _gap_record(gap: Gap) -> dict[str, object]:
    return {
        "id": gap.id,
        "words": gap.words,
        **gap.facts,
        "citations": citation_values(locators_by_article(gap.citations)),
    }
