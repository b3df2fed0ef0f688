"""Paths as a document."""

from __future__ import annotations

from collections.abc import Iterator

from kg.dates.words import readable
from kg.model.places import NO_ARTICLE, citation_values, cite_places
from kg.reading import Reading
from kg.reports.document import Document, Item, List, Paragraph, Section
from kg.reports.network.asides import ALSO
from kg.reports.network.paths import MOST_COMPARED, Hop, PathAnswer, PathQuestion, TiePath
from kg.reports.network.ties import NetworkTie, left_out, left_out_in_words
from kg.status.status import Status
from kg.text import count_noun, join_and

MOST_TIES = 3
"""So many ties of one step are shown to people; JSON has them all."""


def path_document(answer: PathAnswer, reading: Reading) -> Document:
    """Return paths with their steps, then what was walked and what was left out."""
    sections = [Section(_headline(answer, reading), level=1, hang=2)]
    for number, path in enumerate(answer.paths, 1):
        steps = List([_step(step, hop) for step, hop in enumerate(path.hops, 1)])
        weakest = Paragraph(f"weakest link: {_weakest(path)}", 2, 2)
        sections.append(Section(f"Path {number}: {' > '.join(path.things)}", [steps, weakest]))
    sections.append(Section("", [Paragraph(note, hang=2) for note in _notes(answer)]))
    return Document(sections, _record(answer, reading))


def _headline(answer: PathAnswer, reading: Reading) -> str:
    question, things = answer.question, reading.visible_corpus.things
    start, end = (f"{things[id].label} ({id})" for id in (question.start, question.end))
    if not answer.paths:
        return f"No path from {start} to {end} over {_selection(question)}."
    hops = count_noun(len(answer.paths[0].hops), "hop")
    total = f"{answer.total:,}" if answer.complete else f"more than {MOST_COMPARED:,}"
    others = f", {len(answer.paths)} of {total} equally short paths"
    return f"From {start} to {end}: {hops}{others if answer.total > len(answer.paths) else ''}."


def _selection(question: PathQuestion) -> str:
    """Which ties are walked, in words."""
    statuses = [Status.ACCEPTED, *(status for status in ALSO if status in question.also)]
    how = "from subject to object only" if question.directed else "in either direction"
    between = f", with only {join_and(question.only)} in between" if question.only else ""
    return f"{join_and(statuses)} assertions and the record's own 'acts for', {how}{between}"


def _step(number: int, hop: Hop) -> Item:
    """A step with its ties: each as a sentence with the way it is walked, and where it stands."""
    ties = [
        _tie_item(f"{tie.sentence} ({hop.direction(tie)})", _tie_status(tie))
        for tie in hop.ties[:MOST_TIES]
    ]
    if more := hop.ties[MOST_TIES:]:
        ids = ", ".join(tie.id or "the record" for tie in more)
        ties.append(_tie_item(f"and {len(more)} more", ids))
    details = [List(ties, indent=5)]
    return Item(f"{hop.source} to {hop.target}", mark=f"{number}. ", details=details)


def _tie_item(words: str, below: str) -> Item:
    return Item(words, details=[List([Item(below)], indent=7)])


def _tie_status(tie: NetworkTie) -> str:
    statement = tie.statement
    if statement is None:
        return "by the record: no article is cited for it"
    is_accepted = tie.status is Status.ACCEPTED
    parts = [tie.status.value if is_accepted else f"{tie.status} ({statement.reason})"]
    parts += [readable(statement.assertion.when)] if statement.assertion.when else []
    parts += [f"on that day {statement.holds}"] if statement.holds else []
    parts += [f"[{tie.id}]"]
    return f"{', '.join(parts)} {cite_places(tie.citations) or NO_ARTICLE}"


def _weakest(path: TiePath) -> str:
    hop = path.weakest
    tie = hop.best
    if not tie.id:
        return "none; every step is the record's own"
    sources = count_noun(tie.sources, "independent source")
    step = f"{hop.source} to {hop.target}, {tie.status}, on {sources}"
    if tie.status is not Status.ACCEPTED:
        return f"{step}: {tie.sentence}"
    return f"{step}{'; only an order in time' if tie.is_loose else ''}; every link is accepted"


def _notes(answer: PathAnswer) -> Iterator[str]:
    if answer.paths:
        yield f"Walked: {_selection(answer.question)}."
    if answer.total > len(answer.paths) or not answer.complete:
        yield f"More of the equally short paths: --most {answer.total}."
    yield left_out_in_words(answer.ties)


def _record(answer: PathAnswer, reading: Reading) -> dict[str, object]:
    """The answer for programs."""
    question = answer.question
    return {
        "from": question.start,
        "to": question.end,
        "by_way_of": list(question.stops),
        "lens": str(reading.lens),
        "statuses": [Status.ACCEPTED, *question.also],
        "directed": question.directed,
        "paths": [_path_record(path) for path in answer.paths],
        "total": answer.total,
        "complete": answer.complete,
        "left_out": left_out(answer.ties),
    }


def _path_record(path: TiePath) -> dict[str, object]:
    weakest = path.weakest
    return {
        "things": list(path.things),
        "hops": [_hop_record(hop) for hop in path.hops],
        "weakest": {
            "from": weakest.source,
            "to": weakest.target,
            "assertion": weakest.best.id,
            "status": weakest.best.status,
            "sources": weakest.best.sources,
        },
    }


def _hop_record(hop: Hop) -> dict[str, object]:
    ties = [_tie_record(hop, tie) for tie in hop.ties]
    return {"from": hop.source, "to": hop.target, "ties": ties}


def _tie_record(hop: Hop, tie: NetworkTie) -> dict[str, object]:
    statement = tie.statement
    a = statement.assertion if statement else None
    return {
        "assertion": tie.id,
        "by_the_record": statement is None,
        "relation": tie.relation,
        "sentence": tie.sentence,
        "direction": hop.direction(tie),
        "status": tie.status,
        "reason": statement.reason if statement else "the record itself says so",
        "when": a.when.text if a and a.when else "",
        "holds": statement.holds if statement else "",
        "speakers": a.speaker_ids if a else [],
        "sources": tie.sources,
        "citations": citation_values(tie.citations),
    }
