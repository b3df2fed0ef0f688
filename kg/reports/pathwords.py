"""Paths as text for people, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.network.paths import MOST_FOUND, Found, Hop, Path, Question
from kg.network.ties import ALSO, Tie, left_out, left_out_in_words
from kg.reading import Reading
from kg.statement import cite_paragraphs, paragraphs
from kg.status.status import Status
from kg.text import counted, escape_markdown, fill, join_and

MOST_TIES = 3
"""So many ties of one step are told in text; JSON has them all."""


def as_text(found: Found, reading: Reading) -> str:
    """The answer for people: each path with its steps, then what was walked and what was left out."""
    blocks = [fill(_headline(found, reading), "", "  ")]
    for number, path in enumerate(found.paths, 1):
        lines = [f"Path {number}: {' > '.join(path.things)}"]
        for step, hop in enumerate(path.hops, 1):
            lines.append(f"  {step}. {hop.source} to {hop.target}")
            for sentence, standing in _ties(hop, reading):
                lines += [
                    fill(sentence, "     ", "       "),
                    fill(standing, "       ", "         "),
                ]
        lines.append(fill(f"weakest link: {_weakest(path)}", "  ", "    "))
        blocks.append("\n".join(lines))
    blocks.append("\n".join(fill(note, "", "  ") for note in _notes(found)))
    return "\n\n".join(blocks) + "\n"


def as_markdown(found: Found, reading: Reading) -> str:
    """The answer as Markdown: a heading for each path, a numbered list of its steps."""
    blocks = [f"# {escape_markdown(_headline(found, reading))}"]
    for number, path in enumerate(found.paths, 1):
        blocks.append(f"## Path {number}: {escape_markdown(' > '.join(path.things))}")
        lines = []
        for step, hop in enumerate(path.hops, 1):
            lines.append(f"{step}. {escape_markdown(f'{hop.source} to {hop.target}')}")
            lines += [
                f"   - {escape_markdown(sentence)}: {escape_markdown(standing)}"
                for sentence, standing in _ties(hop, reading)
            ]
        blocks += ["\n".join(lines), f"Weakest link: {escape_markdown(_weakest(path))}."]
    blocks += [escape_markdown(note) for note in _notes(found)]
    blocks += [f"Lens: {escape_markdown(str(reading.lens))}."] if reading.lens else []
    return "\n\n".join(blocks) + "\n"


def as_json(found: Found, reading: Reading) -> str:
    """The answer for programs."""
    question = found.question
    answer = {
        "from": question.start,
        "to": question.end,
        "by_way_of": list(question.stops),
        "lens": str(reading.lens),
        "statuses": [Status.ACCEPTED, *question.also],
        "directed": question.directed,
        "paths": [_path_record(path, reading) for path in found.paths],
        "total": found.total,
        "complete": found.complete,
        "left_out": left_out(found.ties),
        "wider": [
            {"options": _options(wider, question), "hops": hops} for wider, hops in found.wider
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _headline(found: Found, reading: Reading) -> str:
    start, end = (_named(id, reading) for id in (found.question.start, found.question.end))
    if not found.paths:
        return f"No path from {start} to {end} over {_walked(found.question)}."
    hops = counted(len(found.paths[0].hops), "hop")
    total = f"{found.total:,}" if found.complete else f"more than {MOST_FOUND:,}"
    of = (
        ""
        if found.total == len(found.paths)
        else f", {len(found.paths)} of {total} equally short paths"
    )
    return f"From {start} to {end}: {hops}{of}."


def _named(id: str, reading: Reading) -> str:
    return f"{reading.shown.things[id].label} ({id})"


def _walked(question: Question) -> str:
    statuses = [Status.ACCEPTED, *(status for status in ALSO if status in question.also)]
    how = "from subject to object only" if question.directed else "in either direction"
    between = f", with only {join_and(question.only)} in between" if question.only else ""
    return f"{join_and(statuses)} assertions and the record's own 'acts for', {how}{between}"


def _ties(hop: Hop, reading: Reading) -> Iterator[tuple[str, str]]:
    """The ties of a step: each as a sentence with the way it is walked, and where it stands."""
    for tie in hop.ties[:MOST_TIES]:
        yield f"{tie.sentence} ({hop.direction(tie)})", _standing(tie, reading)
    if len(hop.ties) > MOST_TIES:
        more = hop.ties[MOST_TIES:]
        yield f"and {len(more)} more", ", ".join(tie.id or "the record" for tie in more)


def _standing(tie: Tie, reading: Reading) -> str:
    a = tie.assertion
    if a is None:
        return "by the record: no article is cited for it"
    parts = (
        tie.status if tie.status is Status.ACCEPTED else f"{tie.status} ({tie.reason})",
        a.when.text if a.when else "",
        f"{reading.certainties[a.id]} on that day" if reading.lens.true_on else "",
        f"[{a.id}]",
    )
    where = cite_paragraphs(paragraphs(reading.statements[a.id].support)) or "no article of its own"
    return f"{', '.join(part for part in parts if part)} {where}"


def _weakest(path: Path) -> str:
    hop = path.weakest
    if hop.best.assertion is None:
        return "none; every step is the record's own"
    step = f"{hop.source} to {hop.target}, {hop.best.status}, on {counted(hop.best.sources, 'independent source')}"
    if hop.best.status is not Status.ACCEPTED:
        return f"{step}: {hop.best.sentence}"
    return f"{step}{'; only an order in time' if hop.best.loose else ''}; every link is accepted"


def _notes(found: Found) -> Iterator[str]:
    question = found.question
    if found.paths:
        yield f"Walked: {_walked(question)}."
    if found.total > len(found.paths) or not found.complete:
        yield f"More of the equally short paths: --most {found.total}."
    yield left_out_in_words(found.ties)
    for wider, hops in found.wider:
        yield f"{_options(wider, question)} there is one of {counted(hops, 'hop')}."
    if not found.paths and not found.wider:
        yield "Nothing that was left out would make one."


def _options(wider: Question, question: Question) -> str:
    """What to add to a question, and what to take away, to get a wider one."""
    added = [f"--also {status}" for status in wider.also if status not in question.also]
    added += [f"--through {aside}" for aside in wider.through if aside not in question.through]
    gone = [*(["--only"] if wider.only != question.only else [])]
    gone += ["--directed"] if wider.directed != question.directed else []
    parts = [
        f"with {' '.join(added)}" if added else "",
        f"without {' and '.join(gone)}" if gone else "",
    ]
    words = " and ".join(part for part in parts if part)
    return words[0].upper() + words[1:]


def _path_record(path: Path, reading: Reading) -> dict[str, object]:
    weakest = path.weakest
    return {
        "things": list(path.things),
        "hops": [
            {
                "from": hop.source,
                "to": hop.target,
                "ties": [_tie_record(hop, tie, reading) for tie in hop.ties],
            }
            for hop in path.hops
        ],
        "weakest": {
            "from": weakest.source,
            "to": weakest.target,
            "assertion": weakest.best.id,
            "status": weakest.best.status,
            "sources": weakest.best.sources,
        },
    }


def _tie_record(hop: Hop, tie: Tie, reading: Reading) -> dict[str, object]:
    a = tie.assertion
    return {
        "assertion": tie.id,
        "by_the_record": a is None,
        "relation": tie.relation,
        "sentence": tie.sentence,
        "direction": hop.direction(tie),
        "status": tie.status,
        "reason": tie.reason,
        "when": a.when.text if a and a.when else "",
        "holds": reading.certainties[tie.id] if a and reading.lens.true_on else "",
        "speakers": [speaker.id for speaker in a.speakers] if a else [],
        "sources": tie.sources,
        "citations": paragraphs(reading.statements[a.id].support) if a else {},
    }
