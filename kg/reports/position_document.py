"""Who holds what in disputes, as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from kg.dates.words import readable
from kg.reading import Reading
from kg.reports.answers import ARTICLES, EDITORS, VOICES, Position, Proposition
from kg.reports.dispute_questions import Question, QuestionKind, Verdict, question_remarks
from kg.reports.document import Document, Item, List, Paragraph, Section, Table, text_section
from kg.reports.positions import PositionMatrix
from kg.text import count_noun, join_and

MOST_COLUMNS = 3
"""So many actors stand side by side in a text; of more, each question is a block of its own."""

QUESTION_HEADINGS = {
    QuestionKind.CLAIM: "Claims",
    QuestionKind.PROSPECT: "Demands, plans, expectations",
    QuestionKind.JUDGEMENT: "Judgements",
    QuestionKind.STAND: "For or against",
}

VOICE_NAMES = {ARTICLES: "the articles themselves", EDITORS: "the editors"}

NO_DISPUTE = (
    "no dispute is known here: record one under 'disputes:', say what it is about ('concerns') and "
    "who is a side in it ('involvedIn')"
)
"""What is said in place of a matrix where there is none."""

_Key = tuple[str, ...]
"""What a question of several disputes is recognised by: its title and the statements on it."""


def position_document(
    matrices: Sequence[PositionMatrix],
    reading: Reading,
    with_tables: bool = False,
    notes: Iterable[str] = (),
    stages: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """Return the matrices: side by side where few actors speak, else question by question; or, with
    ``with_tables``, one table for each dispute. ``notes`` stand
    below, ``stages`` beside each dispute, by its id.

    A question of several disputes is told once, under its number; below the others stands that
    number.
    """
    sections = [] if matrices else [text_section(NO_DISPUTE)]
    numbers: dict[_Key, int] = {}
    for matrix in matrices:
        teller = _Teller(matrix, reading, numbers)
        sections += [teller.head(stages), *(teller.table() if with_tables else teller.sections())]
    sections += map(text_section, notes)
    return Document(sections, [_matrix_record(matrix) for matrix in matrices])


def _key(question: Question) -> _Key:
    return (question.title, *(position.statement.id for position in question.positions))


class _Teller:
    """Tells of one dispute; ``numbers`` are those of the questions of this and earlier ones."""

    def __init__(self, matrix: PositionMatrix, reading: Reading, numbers: dict[_Key, int]) -> None:
        self.matrix, self.numbers = matrix, numbers
        self.new = {_key(each) for each in matrix.questions} - numbers.keys()
        for question in matrix.questions:
            numbers.setdefault(_key(question), len(numbers) + 1)
        things = reading.corpus.things
        self.names: Mapping[str, str] = {
            **VOICE_NAMES,
            **{id: things[id].label for id in (*matrix.actors, *matrix.sides) if id not in VOICES},
        }

    def head(self, stages: Mapping[str, str]) -> Section:
        """Return the dispute, its sides and, where that is asked, its stage."""
        dispute = self.matrix.dispute
        if not dispute.id:
            return Section(dispute.label, level=1, mark="  ")
        sides = join_and(self.names[side] for side in self.matrix.sides) or "not reported"
        heading = f"{dispute.label} ({dispute.id})"
        lines = filter(None, [f"sides: {sides}", stages.get(dispute.id)])
        return Section(heading, [Paragraph(line, 2) for line in lines], level=1, mark="  ")

    def table(self) -> Iterator[Section]:
        """Yield all questions as one table, with a column for every actor."""
        actors = self.matrix.actors
        header = ("question", *(self.names[actor] for actor in actors), "missing")
        rows = []
        for question in self.matrix.questions:
            missing = "; ".join(question_remarks(question, self.matrix.sides, self.names))
            for each in question.propositions:
                title = question.title
                if each.words != title:
                    title += f"\n{answer_words(each, question)}"
                rows.append((title, *self._cells(each, actors), missing))
        if rows:
            yield Section("", [Table(header, rows)])

    def sections(self) -> Iterator[Section]:
        """Yield the questions by kind, and a summary."""
        for kind, heading in QUESTION_HEADINGS.items():
            questions = [each for each in self.matrix.questions if each.kind is kind]
            if questions:
                yield Section(f"{heading}:")
                yield from self._kind(questions)
        yield Section("", [Paragraph(self._summary(), 2)])

    def _kind(self, questions: Sequence[Question]) -> Iterator[Section]:
        new = [each for each in questions if _key(each) in self.new]
        speaking = {actor for each in new for actor in each.actors}
        actors = [actor for actor in self.matrix.actors if actor in speaking]
        if new and len(actors) <= MOST_COLUMNS:
            yield Section("", [self._side_by_side(new, actors)])
        else:
            yield from (Section("", [self._block(question)]) for question in new)
        above = [each for each in questions if _key(each) not in self.new]
        if above:
            items = [Item(f"{self._title(each)} (above)") for each in above]
            yield Section("", [List(items, indent=4, hang=0)])

    def _number(self, question: Question) -> int:
        return self.numbers[_key(question)]

    def _title(self, question: Question) -> str:
        return f"{self._number(question)}. {question.title}"

    def _remarks(self, question: Question) -> str:
        words = "; ".join(question_remarks(question, self.matrix.sides, self.names))
        return f" [{words}]" if words else ""

    def _side_by_side(self, questions: Iterable[Question], actors: Sequence[str]) -> Table:
        """Questions below each other and actors side by side."""
        rows = []
        for question in questions:
            title = f"{self._title(question)}{self._remarks(question)}"
            if len(question.propositions) == 1:
                rows.append((title, *self._cells(question.propositions[0], actors)))
                continue
            rows.append((title, *("" for _ in actors)))
            for each in question.propositions:
                rows.append((f"- {answer_words(each, question)}", *self._cells(each, actors)))
        return Table(("", *(self.names[actor] for actor in actors)), rows, is_ruled=True)

    def _cells(self, proposition: Proposition, actors: Iterable[str]) -> Iterator[str]:
        for actor in actors:
            positions = [each for each in proposition.positions if each.actor == actor]
            yield "\n".join(f"{position_words(p)} [{p.statement.cited}]" for p in positions)

    def _block(self, question: Question) -> List:
        """A question with its answers, and under each who holds what of it."""
        details: list[List] = []
        for each in question.propositions:
            if len(question.propositions) > 1:
                answer = Item(answer_words(each, question), mark="- ")
                details.append(List([answer], indent=6, hang=0))
            items = list(map(self._position, each.positions))
            details.append(List(items, indent=8, hang=0, is_source_below=True))
        words = f"{question.title}{self._remarks(question)}"
        item = Item(words, mark=f"{self._number(question)}. ", details=details)
        return List([item], indent=0, hang=0)

    def _position(self, position: Position) -> Item:
        name = self.names[position.actor]
        who = f": {name}" if position.stance else f"{name}: "
        statement = position.statement
        return Item(position_words(position, who), id=statement.id, source=statement.cited)

    def _summary(self) -> str:
        """How many questions there are, and which nobody answers or a side says nothing to."""
        questions = self.matrix.questions
        if not questions:
            silence = "nobody is reported to claim, demand or think anything about it"
            return f"no question: {silence}, its parts or what it concerns"
        lists = [
            ("nobody answers", [q for q in questions if q.verdict is Verdict.UNANSWERED]),
            ("nobody denies", [q for q in questions if q.is_shared]),
        ]
        for side in self.matrix.sides:
            silent = [each for each in questions if side in each.silent]
            lists.append((f"no word from {self.names[side]} on", silent))
        words = [count_noun(len(questions), "question")]
        for what, some in lists:
            if some:
                numbers = sorted(map(self._number, some))
                words.append(f"{what} {join_and(map(str, numbers))}")
        return "; ".join(words)


def position_words(position: Position, who: str = "") -> str:
    """Return what an actor (``who``, where a column does not say it) holds, when, and through whom
    it is known.
    """
    statement, answer = position.statement, position.answer
    saying, when = statement.assertion.said, statement.assertion.when
    if position.stance and answer:
        answer = f" ({answer})"
    labels = {name.id: name.label for name in statement.via}
    channels = join_and(labels[via.id] for via in statement.assertion.via)
    parts = [
        f"{position.stance}{who}{answer}",
        statement.narrower_scope,
        readable(when) if when else "",
        f"said {readable(saying)}" if saying else "",
        f"through {channels}" if channels else "",
    ]
    return ", ".join(filter(None, parts))


def answer_words(proposition: Proposition, question: Question) -> str:
    """Return one of several answers, and that nobody denies it where that is so."""
    is_open = question.kind is QuestionKind.CLAIM and not proposition.is_contested
    return f"{proposition.words}{' [nobody denies it]' if is_open else ''}"


def _matrix_record(matrix: PositionMatrix) -> dict[str, object]:
    """A matrix for programs."""
    return {
        "dispute": matrix.dispute.id or None,
        "label": matrix.dispute.label,
        "sides": list(matrix.sides),
        "questions": [_question_record(question) for question in matrix.questions],
    }


def _question_record(question: Question) -> dict[str, object]:
    needs_answer = question.verdict is not Verdict.OPEN
    return {
        "question": question.title,
        "kind": question.kind.value,
        "answered": question.verdict is Verdict.ANSWERED if needs_answer else None,
        "shared": question.is_shared,
        "agreed": [each.agreed for each in question.propositions if each.agreed][:1],
        "silent": list(question.silent),
        "rows": [_proposition_record(each) for each in question.propositions],
    }


def _proposition_record(proposition: Proposition) -> dict[str, object]:
    return {
        "proposition": proposition.words,
        "denied": proposition.is_denied,
        "contested_in": proposition.detail or None,
        "positions": [_position_record(position) for position in proposition.positions],
    }


def _position_record(position: Position) -> dict[str, object]:
    return {
        "actor": position.actor if position.actor not in VOICES else None,
        "basis": position.statement.assertion.basis.value,
        "stance": position.stance or "judges",
        "answer": position.answer or None,
        "scope": position.statement.narrower_scope or None,
        "via": [via.id for via in position.statement.assertion.via],
        **position.statement.record,
    }
