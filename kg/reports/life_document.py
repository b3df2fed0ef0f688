"""Where a thing stands on a day, in a line and as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter

from kg.dates import Day
from kg.dates.words import readable
from kg.model import Assertion, Thing
from kg.model.modes import OutcomeKind
from kg.reading import Reading
from kg.reports.document import Document, Item, List, Paragraph, Section
from kg.reports.life_summary import life_summary, reported_outcome
from kg.reports.lives.life import Life
from kg.reports.lives.prospects import Prospect
from kg.reports.lives.steps import LifeTurn
from kg.reports.party_lines import is_party, parties_section, party_record, party_words
from kg.reports.wordings import manner_in_words, terminal_date
from kg.status.statement import Statement
from kg.status.status import Status

OUTCOMES = {
    OutcomeKind.HAPPENED: "it happened",
    OutcomeKind.DID_NOT_HAPPEN: "it did not happen",
    OutcomeKind.OPEN: "what became of it is not reported",
}
"""What became of a plan, in words."""


_Entry = tuple[str, Item]
"""An entry of the answer, behind the date that stands above it."""


def life_document(life: Life, reading: Reading, members: Sequence[Life] = ()) -> Document:
    """Return the answer: the stage, how it came to that, what was ahead, and what is said and does
    not count; of a pact also where each of its parties stands (``members``).
    """
    summary = life_summary(life, reading.visible_corpus.assertions)
    notes = [Paragraph(f"in force: {life.in_force}")] if life.in_force else []
    notes += [Paragraph(words, 4) for words in _due(life, reading)]
    head = f"{_with_id(life.thing)} on {life.day}: {summary}"
    sections = [Section(head, notes, level=1)]
    data = _record(life, summary, reading)
    if members:
        sections.append(parties_section(members, life, reading))
        data["parties"] = [party_record(each, life, reading) for each in members]
    return Document([*sections, *_sections(life, reading)], data)


def membership_document(member: Life, pact: Life, reading: Reading) -> Document:
    """Return where one party to a pact stands, in full."""
    words = party_words(member, pact, reading)
    names = f"{_with_id(member.thing)} in {_with_id(pact.thing)}"
    head = Section(f"{names} on {member.day}: {words}", level=1)
    data = _record(member, words, reading)
    data |= {"pact": pact.thing.id, "is_party": is_party(member, pact)}
    return Document([head, *_sections(member, reading)], data)


def _with_id(thing: Thing) -> str:
    return f"{thing.label} ({thing.id})"


def _sections(life: Life, reading: Reading) -> Iterator[Section]:
    for heading, entries in _entries(life, reading).items():
        if entries:
            yield Section(f"{heading}:", [_by_date(entries)])


def _holding(life: Life) -> set[str]:
    return {*(step.assertion for step in life.current_steps), *life.attestations}


def _entries(life: Life, reading: Reading) -> dict[str, list[_Entry]]:
    """The entries of each section, by its heading."""
    pairs = (*life.corrections, *life.effect_corrections)
    statements, holding = reading.statements, _holding(life)
    undone = dict.fromkeys(chain(*pairs))
    uncounted = [statements[id] for id in life.not_accepted if id not in dict(pairs)]
    entries: dict[str, list[_Entry]] = {heading: [] for heading in _HEADINGS}
    entries[_UP_TO_THEN] = [
        _step(step, reading, step.window.has_come(life.day), step.assertion in holding)
        for step in life.past_steps
    ]
    for each in life.prospects:
        entries[_prospect_heading(each)].append(_prospect(each.assertion, life.day, reading))
    entries[_UNDONE] = [_not_counted(statements[id]) for id in undone]
    for one in uncounted:
        entries[_NOT_SO if _is_negative(one) else _NOT_ACCEPTED].append(_not_counted(one))
    entries[_AFTER_IT] = [_step(step, reading) for step in life.later_steps]
    return entries


def _prospect_heading(prospect: Prospect) -> str:
    if prospect.is_past:
        return _FOR_A_DAY_BEFORE
    if not prospect.is_known:
        return _AT_NO_TIME
    return _AHEAD_OF_OTHERS if prospect.about else _AHEAD


_UP_TO_THEN = "Up to that day (> what makes it so)"
_AHEAD = "Ahead of it then"
_AHEAD_OF_OTHERS = "Ahead of what is about it"
_AT_NO_TIME = "Announced or demanded at a time that is not reported, perhaps later"
_FOR_A_DAY_BEFORE = "Announced for a day before"
_UNDONE = "Undone from its first day, and by what"
_NOT_SO = "Accepted as not so"
_NOT_ACCEPTED = "Said of its life and not accepted"
_AFTER_IT = "After that day"
_HEADINGS = (
    _UP_TO_THEN,
    _AHEAD,
    _AHEAD_OF_OTHERS,
    _AT_NO_TIME,
    _FOR_A_DAY_BEFORE,
    _UNDONE,
    _NOT_SO,
    _NOT_ACCEPTED,
    _AFTER_IT,
)
"""The sections of an answer, in their order."""


def _due(life: Life, reading: Reading) -> list[str]:
    """The lines that dated prospects deserve at the head of the answer: the stage that each would
    bring, and when.
    """
    ids_by_words: dict[str, list[str]] = {}
    for prospect in life.prospects:
        statement = reading.statements[prospect.assertion]
        a = reading.corpus.assertions[prospect.assertion]
        if not prospect.stage or not a.when or prospect.is_past or not prospect.is_known:
            continue
        takes_place = prospect.stage == life.lifecycle.happened
        stage = "to take place" if takes_place else prospect.stage.label
        condition = f" if {a.condition}" if a.condition else ""
        words = f"{manner_in_words(statement, False)}: {stage} {terminal_date(a.when, False)}"
        words += f"{condition}{_outcome(a, life.day)}"
        ids_by_words.setdefault(words, []).append(a.id)
    return [f"{words} [{', '.join(ids)}]" for words, ids in ids_by_words.items()]


def _step(step: LifeTurn, reading: Reading, is_sure: bool = True, holds: bool = False) -> _Entry:
    statement = reading.statements[step.assertion]
    doubt = "" if is_sure else "; perhaps after that day"
    undone = f"; {_ending_word(statement)} {step.correction}" if step.correction else ""
    when = terminal_date(statement.time, statement.is_state)
    return when, _item(f"{step.stage.label}{undone}{doubt}", statement, holds)


def _ending_word(statement: Statement) -> str:
    """How it is told by what a step counts no more: an appeal lasts until its outcome."""
    relation = statement.relation
    is_on_appeal = relation.dispute_enters and not relation.enters_status
    return "until" if is_on_appeal else "undone by"


def _prospect(id: str, day: Day, reading: Reading) -> _Entry:
    # What became of it is told even where the lens hides what realised it.
    statement, a = reading.statements[id], reading.corpus.assertions[id]
    when = terminal_date(a.when, False)
    if not a.when and a.said:
        when = f"no date; said {readable(a.said)}"
    return when, _item(f"{manner_in_words(statement, False)}{_outcome(a, day)}", statement)


def _is_negative(statement: Statement) -> bool:
    """Whether it is accepted that something is not so."""
    return statement.status is Status.ACCEPTED and not statement.assertion.asserts_triple


def _not_counted(statement: Statement) -> _Entry:
    when = terminal_date(statement.time, statement.is_state)
    return when, _item(f"{statement.status}: {statement.reason}", statement)


def _outcome(a: Assertion, day: Day) -> str:
    """What became of a plan, as the end of a sentence."""
    outcome = reported_outcome(a, day)
    by = f" ({outcome.realised_by.id})" if outcome and outcome.realised_by else ""
    return f"; {OUTCOMES[outcome.kind]}{by}" if outcome else ""


def _by_date(entries: Sequence[_Entry]) -> List:
    """Entries below their dates, each date once in a row."""
    dates = []
    for when, same in groupby(entries, key=itemgetter(0)):
        items = List([item for _, item in same], hang=0, is_source_below=True)
        dates.append(Item(when, details=[items]))
    return List(dates, indent=4, hang=0)


def _item(lead: str, statement: Statement, holds: bool = False) -> Item:
    """A statement with how it counts."""
    words, mark = f"[{lead}] {statement.sentence}", ">   " if holds else "    "
    return Item(words, mark=mark, id=statement.id, source=statement.cited)


def _record(life: Life, summary: str, reading: Reading) -> dict[str, object]:
    """The answer for programs."""
    holding, statements = _holding(life), reading.statements
    uncounted = [statements[id] for id in life.not_accepted]
    undone = (*life.corrections, *life.effect_corrections)
    return {
        "thing": life.thing.id,
        "label": life.thing.label,
        "on": str(life.day),
        "status": summary,
        "certainty": life.certainty_word,
        "stages": [stage.name for stage in life.stages],
        "in_force": life.in_force or None,
        "unknown_after": str(life.known_until) if life.known_until else None,
        "passed": [
            {
                **_step_record(step, statements[step.assertion]),
                "certainly": step.window.has_come(life.day),
                "holds": step.assertion in holding,
            }
            for step in life.past_steps
        ],
        "announced": [_prospect_record(each, reading) for each in life.prospects],
        "not_accepted": [each.record for each in uncounted if not _is_negative(each)],
        "accepted_negatives": [each.record for each in uncounted if _is_negative(each)],
        "undone": [{"assertion": earlier, "by": later} for earlier, later in undone],
        "later": [_step_record(step, statements[step.assertion]) for step in life.later_steps],
    }


def _step_record(step: LifeTurn, statement: Statement) -> dict[str, object]:
    return {**statement.record, "stage": step.stage.name, "undone_by": step.correction or None}


def _prospect_record(prospect: Prospect, reading: Reading) -> dict[str, object]:
    statement = reading.statements[prospect.assertion]
    outcome = reading.corpus.assertions[prospect.assertion].outcome
    return {
        **statement.record,
        "mode": statement.assertion.mode.value,
        "past": prospect.is_past,
        "about": prospect.about or None,
        "stage": prospect.stage.name if prospect.stage else None,
        "outcome": outcome.kind.value if outcome else None,
        "realised_by": outcome.realised_by.id if outcome and outcome.realised_by else None,
    }
