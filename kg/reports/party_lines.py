"""The parties of a pact in the answer of ``kg status`` and on pages: a line for each."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.references import Reference, Text
from kg.reading import Reading
from kg.reports.document import Item, List, Section
from kg.reports.life_summary import life_summary
from kg.reports.lives.life import Life, NoStage
from kg.reports.wordings import terminal_date
from kg.status.statement import Statement
from kg.status.status import Status
from kg.text import join_and


def parties_section(members: Sequence[Life], pact: Life, reading: Reading) -> Section:
    """Return a section with a line for each party, and below it what makes it so."""
    items = [_party(member, pact, reading) for member in members]
    return Section("Parties on that day:", [List(items, indent=4)])


def _party(member: Life, pact: Life, reading: Reading) -> Item:
    thing = member.thing
    words = f"{thing.label} ({thing.id}): {party_words(member, pact, reading)}"
    details = [_detail(id, reading) for id in _stance_lines(member)]
    return Item(words, details=[List(details, indent=8, is_source_below=True)])


def _stance_lines(member: Life) -> dict[str, None]:
    """What tells where a party stands, and what lies ahead of it."""
    ahead = [each.assertion for each in member.prospects if each.stage and not each.is_past]
    bonds = [id for id, _ in member.bonds]
    return dict.fromkeys([*(step.assertion for step in member.current_steps), *ahead, *bonds])


def _detail(id: str, reading: Reading) -> Item:
    statement = reading.statements[id]
    when = terminal_date(statement.time, statement.relation.is_state)
    return Item(f"[{when}] {statement.sentence}", id=id, source=statement.cited)


def party_words(member: Life, pact: Life, reading: Reading) -> str:
    """Return where a party stands, in words."""
    if pact.certainty is NoStage.UNDONE:
        return "no party: the pact is undone from its first day"
    words = life_summary(member, reading.corpus.assertions)
    is_in = any(member.lifecycle.is_alive(stage) for stage in member.stages)
    if pact.has_ended and (is_in or _has_ended_with(member, pact)):
        return "party until it ended"
    days = [
        f"; {stage.label} {terminal_date(a.when, False)} as {a.mode}"
        for prospect in member.prospects
        if (stage := prospect.stage)
        and (a := reading.corpus.assertions[prospect.assertion]).when
        and prospect.is_known
    ]
    qualifiers = [f"; {each}" for each in _qualifiers(member, reading)]
    return words + "".join(dict.fromkeys([*days, *qualifiers]))


def claimed_party_words(statements: Sequence[Statement]) -> str:
    """Return in words that it is only said that somebody is a party, or is none: by whom, and where
    that stands.
    """
    voices: dict[bool, list[str]] = {False: [], True: []}
    for each in statements:
        names = [name.label for name in each.speakers] or ["an article"]
        voices[each.assertion.is_denial] += names
    claims, denials = (list(dict.fromkeys(voices[is_denial])) for is_denial in (False, True))
    parts = [f"claimed by {join_and(claims)}"] if claims else []
    parts += [f"denied by {join_and(denials)}"] if denials else []
    is_contested = any(each.status is Status.CONTESTED for each in statements)
    return f"{'contested' if is_contested else 'not accepted'}: {', '.join(parts)}"


def _has_ended_with(member: Life, pact: Life) -> bool:
    """Whether a part in a pact is over by what ended the pact."""
    steps, ends = member.current_steps, {step.assertion for step in pact.current_steps}
    return bool(steps) and all(step.assertion in ends for step in steps)


def _qualifiers(member: Life, reading: Reading) -> list[str]:
    """What qualifies a part in a pact, in words; what names its stage goes without saying."""
    words = []
    for id, qualifiers in member.bonds:
        for qualifier in qualifiers:
            kind = reading.ontology.qualifiers[qualifier.name.id]
            if not kind.party_enters:
                words.append(_in_words(kind.label, qualifier.value, reading))
        if where := reading.corpus.assertions[id].where:
            words.append(f"in {reading.corpus.things[where.id].label}")
    return list(dict.fromkeys(words))


def _in_words(label: str, value: Reference | Text, reading: Reading) -> str:
    if isinstance(value, Reference):
        return label.replace("{value}", reading.corpus.things[value.id].label)
    if "{value}" in label:
        return label.replace("{value}", value.text)
    return label if value.text == "true" else f"not {label}"


def party_record(member: Life, pact: Life, reading: Reading) -> dict[str, object]:
    """Return where a party stands, for programs."""
    return {
        "party": member.thing.id,
        "label": member.thing.label,
        "status": party_words(member, pact, reading),
        "certainty": member.certainty_word,
        "stages": [stage.name for stage in member.stages],
        "is_party": is_party(member, pact),
        "qualifiers": _qualifiers(member, reading),
        "because": list(_stance_lines(member)),
    }


def is_party(member: Life, pact: Life) -> str:
    """Whether an actor is bound by a pact on the day (``Life.is_alive``)."""
    is_over = pact.has_ended or pact.certainty is NoStage.UNDONE
    return "no" if is_over else member.is_alive
