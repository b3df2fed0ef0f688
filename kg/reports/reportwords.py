"""The report as text for people, as Markdown and as JSON: counts first, then the lists."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from kg.reading import Reading
from kg.reports.report import Item, Section
from kg.statement import cite_paragraphs
from kg.text import escape_markdown, fill

MOST_ITEMS = 10
"""So many entries of a list are told, unless all are asked for; JSON has them all."""


def as_text(sections: Sequence[Section], everything: bool = False) -> str:
    """The report for people: a table of counts, then each list, long ones clipped."""
    blocks = ["\n".join(f"{len(section.items):>5}  {section.heading}" for section in sections)]
    for section in sections:
        if not section.items:
            continue
        shown = section.items if everything else section.items[:MOST_ITEMS]
        lines = [
            f"{_headed(section)}: {len(section.items)}",
            fill(_explained(section), "  ", "  "),
        ]
        for item in shown:
            lines.append(
                fill(
                    f"{item.words} [{item.id}] {cite_paragraphs(item.citations)}".rstrip(),
                    "  ",
                    "    ",
                )
            )
            lines += [fill(detail, "      ", "        ") for detail in item.details]
        if len(shown) < len(section.items):
            lines.append(
                f"  and {len(section.items) - len(shown)} more: --all, or --only {section.key.replace('_', '-')}"
            )
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def as_markdown(sections: Sequence[Section], reading: Reading, everything: bool = False) -> str:
    """The report as Markdown: a table of counts, then a heading and a list for each question."""
    table = "\n".join(
        f"| {escape_markdown(section.heading)} | {len(section.items)} |" for section in sections
    )
    blocks = ["# Report", f"| what | how many |\n|---|---|\n{table}"]
    for section in sections:
        if not section.items:
            continue
        shown = section.items if everything else section.items[:MOST_ITEMS]
        lines = []
        for item in shown:
            lines.append(
                f"- {escape_markdown(item.words)} (`{item.id}`) {escape_markdown(cite_paragraphs(item.citations))}".rstrip()
            )
            lines += [f"  - {escape_markdown(detail)}" for detail in item.details]
        if len(shown) < len(section.items):
            lines.append(f"- and {len(section.items) - len(shown)} more")
        blocks += [
            f"## {escape_markdown(_headed(section))}: {len(section.items)}",
            escape_markdown(section.meaning),
            "\n".join(lines),
        ]
    blocks += [f"Lens: {escape_markdown(str(reading.lens))}."] if reading.lens else []
    return "\n\n".join(blocks) + "\n"


def as_json(sections: Sequence[Section], reading: Reading) -> str:
    """The report for programs, with every list whole."""
    answer: dict[str, object] = {
        "lens": str(reading.lens),
        "counts": {section.key: len(section.items) for section in sections},
    }
    answer |= {section.key: [_record(item) for item in section.items] for section in sections}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _record(item: Item) -> dict[str, object]:
    return {"id": item.id, "words": item.words, **item.facts, "citations": item.citations}


def _explained(section: Section) -> str:
    """What a list means, and how its entries divide where they do."""
    groups = Counter(item.group for item in section.items if item.group)
    divided = ", ".join(
        f"{group} {number}" for group, number in sorted(groups.items(), key=lambda g: (-g[1], g[0]))
    )
    return f"{section.meaning} Of these: {divided}." if divided else section.meaning


def _headed(section: Section) -> str:
    return section.heading[0].upper() + section.heading[1:]
