"""The position matrix of a dispute for people, as text or Markdown, and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.reading import Reading
from kg.reports.positions import (
    ARTICLES,
    Position,
    PositionMatrix,
    Proposition,
    Question,
    QuestionKind,
    Verdict,
    remarks,
)
from kg.text import WIDTH, counted, escape_markdown, hang, join_and

MOST_COLUMNS = 3
"""So many actors stand side by side in a text; of more, each question is a block of its own."""

_HEADINGS = {
    QuestionKind.CLAIM: "Claims",
    QuestionKind.PROSPECT: "Demands, plans, expectations",
    QuestionKind.JUDGEMENT: "Judgements",
    QuestionKind.STAND: "For or against",
}

NO_DISPUTE = (
    "no dispute is known here: record one under 'disputes:', say what it is about ('concerns') and who is a side in it "
    "('involvedIn')"
)
"""What is said in place of a matrix where there is none."""

Names = Mapping[str, str]
"""What each actor is called."""


def as_text(matrices: Sequence[PositionMatrix], reading: Reading) -> str:
    """The matrices for people: side by side where few actors speak, else question by question.

    A question of several disputes is told once, under its number; below the others stands that
    number.
    """
    if not matrices:
        return f"{NO_DISPUTE}\n"
    numbers: dict[tuple[str, ...], int] = {}
    blocks = []
    for matrix in matrices:
        names = _names(matrix, reading)
        new = [question for question in matrix.questions if _key(question) not in numbers]
        for question in matrix.questions:
            numbers.setdefault(_key(question), len(numbers) + 1)
        lines = _heading(matrix, names)
        for kind, heading in _HEADINGS.items():
            told = [(numbers[_key(each)], each) for each in matrix.questions if each.kind is kind]
            lines += ["", f"{heading}:"] if told else []
            fresh = [(number, each) for number, each in told if each in new]
            actors = [
                actor for actor in matrix.actors if any(actor in each.actors for _, each in fresh)
            ]
            if fresh and len(actors) <= MOST_COLUMNS:
                lines += ["", *_table(fresh, actors, matrix.sides, names)]
            else:
                lines += [
                    line
                    for number, each in fresh
                    for line in ["", *_block(number, each, matrix.sides, names)]
                ]
            above = [f"{number}. {each.title}" for number, each in told if each not in new]
            lines += (
                ["", *(line for each in above for line in hang(f"{each} (above)", 4))]
                if above
                else []
            )
        blocks.append("\n".join([*lines, "", *_summary(matrix, numbers, names)]))
    return "\n\n\n".join(blocks) + "\n"


def _names(matrix: PositionMatrix, reading: Reading) -> Names:
    things = reading.corpus.things
    lines = [
        position.statement
        for question in matrix.questions
        for row in question.propositions
        for position in row.positions
    ]
    channels = {via.id for line in lines for via in line.assertion.via}
    ids = {*matrix.actors, *matrix.sides, *channels} - {ARTICLES}
    return {ARTICLES: "the articles themselves", **{id: things[id].label for id in sorted(ids)}}


def _key(question: Question) -> tuple[str, ...]:
    """What a question is known by: its title and the assertions that answer it."""
    return (
        question.title,
        *(position.statement.id for row in question.propositions for position in row.positions),
    )


def _heading(matrix: PositionMatrix, names: Names) -> list[str]:
    sides = join_and(names[side] for side in matrix.sides) or "not reported"
    return [
        *hang(f"{matrix.dispute.label} ({matrix.dispute.id})", 2),
        *hang(f"sides: {sides}", 2),
    ]


def _flags(question: Question, sides: Collection[str], names: Names) -> str:
    """What is missing, in brackets: an answer, or the word of a side."""
    words = "; ".join(remarks(question, sides, names))
    return f" [{words}]" if words else ""


def _block(number: int, question: Question, sides: Collection[str], names: Names) -> list[str]:
    first = f"{number}. "
    lines = hang(f"{question.title}{_flags(question, sides, names)}", len(first), first)
    for row in question.propositions:
        is_answer = len(question.propositions) > 1
        lines += hang(f"- {_answer(row, question)}", 6, "    ") if is_answer else []
        for position in row.positions:
            who = f": {names[position.actor]}" if position.stance else f"{names[position.actor]}: "
            lines += hang(_held(position, names, who), 8, "      ")
            lines += hang(
                f"{position.statement.id} -- {position.statement.cited}", 12, "          "
            )
    return lines


def _answer(row: Proposition, question: Question) -> str:
    """One of several answers, and that nobody denies it where that is so."""
    return f"{row.words}{'' if row.is_denied or question.kind is not QuestionKind.CLAIM else ' [nobody denies it]'}"


def _held(position: Position, names: Names, who: str = "") -> str:
    """What an actor (``who``, where a column does not say it) holds, when, and through whom it is
    known.
    """
    a = position.statement.assertion
    date = a.said or a.when
    answer = f" ({position.answer})" if position.stance and position.answer else position.answer
    parts = [
        f"{position.stance}{who}{answer}",
        date.text if date else "",
        f"through {join_and(names[via.id] for via in a.via)}" if a.via else "",
    ]
    return ", ".join(part for part in parts if part)


def _table(
    questions: Iterable[tuple[int, Question]],
    actors: Sequence[str],
    sides: Collection[str],
    names: Names,
) -> list[str]:
    """Questions below each other and actors side by side, in columns of one width."""
    wide = (WIDTH - 3 * len(actors)) // (len(actors) + 1)
    widths = [WIDTH - len(actors) * (wide + 3), *([wide] * len(actors))]
    rows = [["", *(names[actor] for actor in actors)]]
    for number, question in questions:
        title = f"{number}. {question.title}{_flags(question, sides, names)}"
        if len(question.propositions) == 1:
            rows.append([title, *_cells(question.propositions[0], actors, names)])
            continue
        rows.append([title, *("" for _ in actors)])
        rows += [
            [f"- {_answer(row, question)}", *_cells(row, actors, names)]
            for row in question.propositions
        ]
    lines: list[str] = []
    for row in rows:
        cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        for n in range(max(len(cell) for cell in cells)):
            parts = [cell[n] if n < len(cell) else "" for cell in cells]
            lines.append(
                " | ".join(
                    part.ljust(width) for part, width in zip(parts, widths, strict=True)
                ).rstrip()
            )
        lines.append("-+-".join("-" * width for width in widths))
    return lines


def _cells(row: Proposition, actors: Iterable[str], names: Names) -> list[str]:
    held = [[position for position in row.positions if position.actor == actor] for actor in actors]
    return [
        "\n".join(f"{_held(each, names)} [{each.statement.cited}]" for each in cell)
        for cell in held
    ]


def _wrapped(cell: str, width: int) -> list[str]:
    lines = [
        part
        for line in cell.split("\n")
        for part in textwrap.wrap(line, width, break_on_hyphens=False)
    ]
    return lines or [""]


def _summary(
    matrix: PositionMatrix, numbers: Mapping[tuple[str, ...], int], names: Names
) -> list[str]:
    """How many questions there are, and which nobody answers or a side says nothing to."""
    if not matrix.questions:
        return hang(
            "no question: nobody is reported to claim, demand or think anything about it", 2
        )
    words = [counted(len(matrix.questions), "question")]
    unanswered = [q for q in matrix.questions if q.verdict is Verdict.UNANSWERED]
    if alone := [numbers[_key(question)] for question in unanswered]:
        words.append(f"nobody answers {_row_numbers(alone)}")
    if shared := [numbers[_key(question)] for question in matrix.questions if question.is_shared]:
        words.append(f"nobody denies {_row_numbers(shared)}")
    for side in matrix.sides:
        if missing := [
            numbers[_key(question)] for question in matrix.questions if side in question.silent
        ]:
            words.append(f"no word from {names[side]} on {_row_numbers(missing)}")
    return hang("; ".join(words), 2)


def _row_numbers(numbers: Iterable[int]) -> str:
    return join_and(str(number) for number in sorted(numbers))


def as_markdown(matrices: Sequence[PositionMatrix], reading: Reading) -> str:
    """The matrices as Markdown: a table for each dispute, with a column for every actor."""
    if not matrices:
        return f"{escape_markdown(NO_DISPUTE)}\n"
    blocks = []
    for matrix in matrices:
        names = _names(matrix, reading)
        actors = matrix.actors
        sides = join_and(names[side] for side in matrix.sides) or "not reported"
        head = ["question", *(names[actor] for actor in actors), "missing"]
        lines = [
            f"# {escape_markdown(matrix.dispute.label)}",
            "",
            f"Sides: {escape_markdown(sides)}.",
        ]
        lines += (
            ["", f"| {' | '.join(map(escape_markdown, head))} |", f"|{'---|' * len(head)}"]
            if matrix.questions
            else []
        )
        for question in matrix.questions:
            flags = escape_markdown(_flags(question, matrix.sides, names).strip(" []"))
            for row in question.propositions:
                title = (
                    row.words
                    if row.words == question.title
                    else f"{question.title}\n{_answer(row, question)}"
                )
                cells = [title, *_cells(row, actors, names)]
                lines.append(
                    f"| {' | '.join(escape_markdown(cell).replace(chr(10), '<br>') for cell in cells)} | {flags} |"
                )
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def as_json(matrices: Iterable[PositionMatrix]) -> list[dict[str, object]]:
    """The matrices for programs."""
    return [
        {
            "dispute": matrix.dispute.id,
            "label": matrix.dispute.label,
            "sides": list(matrix.sides),
            "questions": [
                {
                    "question": question.title,
                    "kind": question.kind.value,
                    "answered": _is_answered(question),
                    "shared": question.is_shared,
                    "silent": list(question.silent),
                    "rows": [_row_record(row) for row in question.propositions],
                }
                for question in matrix.questions
            ],
        }
        for matrix in matrices
    ]


def _is_answered(question: Question) -> bool | None:
    """Whether somebody answers a claim; None where no answer is needed."""
    return None if question.verdict is Verdict.OPEN else question.verdict is Verdict.ANSWERED


def _row_record(row: Proposition) -> dict[str, object]:
    return {
        "proposition": row.words,
        "denied": row.is_denied,
        "positions": [
            {
                "actor": position.actor or None,
                "stance": position.stance or "judges",
                "answer": position.answer or None,
                "via": [via.id for via in position.statement.assertion.via],
                **position.statement.record,
            }
            for position in row.positions
        ],
    }
