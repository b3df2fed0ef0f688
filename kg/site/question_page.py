"""The page of a saved question: what it asks, its answer with what stands behind each row, and the
same as CSV; one that needs a value says how to ask it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple
from urllib.parse import urlencode

from kg.dates.words import readable_edtf, with_days_in_words
from kg.diagnostics import KgError
from kg.page.data import linked_data
from kg.page.words import status_words
from kg.query.folder import pick_query
from kg.query.parameters import Param, ParamKind
from kg.query.saved import SavedQuery
from kg.site.addresses import Address, RecordKind
from kg.site.credits import credit_line
from kg.site.edition import Edition
from kg.site.question_answers import MOST_ROWS, TRUTH, QuestionAnswer, QuestionOutcome, find_answers
from kg.text import count_noun

MOST_ASSERTIONS = 4
"""So many assertions are named behind a row."""
MOST_OPTIONS = 5_000
"""So many values a list has to pick from."""


class AnswerCell(NamedTuple):
    """A value in words, and the file of its page, if it has one."""

    words: str
    file: str = ""


class AnswerRow(NamedTuple):
    """The values of a row, and the ids of the assertions behind it (``behind``), of which the page
    names some by who is cited for them; ``more`` counts further ones.
    """

    cells: tuple[AnswerCell, ...]
    behind: tuple[str, ...]
    assertions: tuple[AnswerCell, ...]

    @property
    def more(self) -> int:
        """How many it does not name."""
        return len(self.behind) - len(self.assertions)


class FormField(NamedTuple):
    """A parameter as a field of a form: the value that it has, and what may be picked (value, and
    what it is called).
    """

    param: Param
    value: str
    options: tuple[tuple[str, str], ...]


class QuestionPage(NamedTuple):
    """What the page of a saved question tells. ``told`` says in short how it is answered, and
    ``command`` asks it in a terminal; where there is no answer, ``reason`` says why. ``csv`` is the
    name of the file with all rows, or empty. ``fields`` are those of a form, where somebody answers
    it; ``query`` are the values that were given there, as the end of an address. One that
    ``was_stopped`` by a limit of time or memory may be answered the next time.
    """

    title: str
    summary: str
    data: dict[str, Any]
    question: str
    told: str
    params: tuple[Param, ...]
    command: str
    columns: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    more: int
    notes: tuple[str, ...]
    reason: str
    csv: str
    text: str
    files: Mapping[str, bytes]
    fields: tuple[FormField, ...] = ()
    query: str = ""
    rests_on: str = "rests on"
    was_stopped: bool = False

    @property
    def css(self) -> str:
        """What each column is called, for narrow screens on which each row is a card."""
        names = (*(each.replace("_", " ") for each in self.columns), self.rests_on)
        labels = [
            f'.rows td:nth-child({number})::before{{content:"{name}: "}}'
            for number, name in enumerate(names, start=1)
        ]
        return f"@media (max-width:60rem){{{''.join(labels)}}}" if self.rows else ""


def question_page(
    name: str, edition: Edition, values: Mapping[str, str] | None = None
) -> QuestionPage:
    """Return the page of a saved question; with ``values`` for its parameters, or none of them,
    that of one who can be asked again. Raises KgError where none has that name, or a value is of
    the wrong kind.
    """
    saved = pick_query(edition.questions, name)
    if values is None:
        return standing_answer(saved, edition)
    page = answer_page(saved, edition, values)
    fields = tuple(form_fields(saved.params, values, edition))
    query = f"?{urlencode(values)}" if values else ""
    return page._replace(fields=fields, query=query)


def standing_answer(saved: SavedQuery, edition: Edition) -> QuestionPage:
    """Return a saved question with its answer as it stands, once worked out for an edition."""
    if saved.name not in edition.answers:
        edition.answers[saved.name] = answer_page(saved, edition)
    page: QuestionPage = edition.answers[saved.name]
    return page


def answer_page(
    saved: SavedQuery, edition: Edition, values: Mapping[str, str] | None = None
) -> QuestionPage:
    """Return a question with its answer. Raises KgError for ``values`` that it cannot take."""
    [outcome] = find_answers([saved], edition.reading, values)
    if isinstance(outcome, KgError) and values is not None:
        raise outcome
    return _page(saved, edition, outcome)


def answer_all(edition: Edition) -> None:
    """Make the pages of all saved questions, each asked as it stands: together, so that what stands
    behind rows is looked up once.
    """
    saved = [each for name, each in edition.questions.items() if name not in edition.answers]
    for each, outcome in zip(saved, find_answers(saved, edition.reading, None), strict=True):
        edition.answers[each.name] = _page(each, edition, outcome)


def _page(saved: SavedQuery, edition: Edition, outcome: QuestionOutcome) -> QuestionPage:
    name, question = saved.name, saved.question or saved.title
    answer, reason, csv = QuestionAnswer((), (), (), 0, (), ""), "", ""
    match outcome:
        case QuestionAnswer():
            answer, csv = outcome, f"{RecordKind.QUESTION}/{name}.csv"
        case KgError():
            reason = f"it was not answered: {outcome}."
        case _:
            reason = outcome
    summary = reason or _told_in_short(answer)
    return QuestionPage(
        saved.title,
        f"{question} {summary[:1].upper()}{summary[1:]}{'' if summary.endswith('.') else '.'}",
        _data(saved, edition),
        question,
        summary,
        saved.params,
        " ".join([f"kg query {name}", *_required(saved.params)]),
        answer.columns,
        tuple(_rows(answer, edition)),
        max(0, answer.total - MOST_ROWS),
        answer.notes,
        reason,
        csv,
        saved.text.strip(),
        {csv: answer.csv.encode()} if csv else {},
        was_stopped=isinstance(outcome, KgError) and outcome.is_limit,
    )


def _told_in_short(answer: QuestionAnswer) -> str:
    if answer.columns == TRUTH:
        return str(answer.rows[0][0][0])
    return count_noun(answer.total, "row") if answer.total else "nothing answers it"


def form_fields(
    params: Iterable[Param], values: Mapping[str, str], edition: Edition
) -> Iterable[FormField]:
    """Yield the fields of a form for some parameters, each with what may be picked for it."""
    corpus, ontology = edition.corpus, edition.reading.ontology
    named_values = {
        ParamKind.THING: [(id, thing.label) for id, thing in corpus.things.items()],
        ParamKind.ARTICLE: [(id, each.title.text) for id, each in corpus.articles.items()],
        ParamKind.ASSERTION: [(id, "") for id in corpus.assertions],
        ParamKind.RELATION: [(name, each.label) for name, each in ontology.relations.items()],
        ParamKind.CLASS: [(name, each.label) for name, each in ontology.classes.items()],
    }
    for param in params:
        options = sorted(named_values.get(param.kind, ()))[:MOST_OPTIONS]
        yield FormField(param, values.get(param.name, param.default), tuple(options))


def _required(params: Iterable[Param]) -> list[str]:
    return [f"--param {param.name}=..." for param in params if param.required]


def _rows(answer: QuestionAnswer, edition: Edition) -> Iterable[AnswerRow]:
    for row, iris in zip_longest(answer.rows, answer.behind, fillvalue=()):
        ids = tuple(address.id for iri in iris if (address := edition.address_of(iri)))
        cells = tuple(_cell(words, iri, edition) for words, iri in row)
        yield AnswerRow(cells, ids, tuple(_credits(ids[:MOST_ASSERTIONS], edition)))


def _credits(ids: Iterable[str], edition: Edition) -> Iterator[AnswerCell]:
    """Yield assertions as who is cited for each; one cited to the same as another is numbered."""
    credits = Counter[str]()
    for id in ids:
        words = credit_line(edition.reading.statements[id]) or "by a rule"
        credits[words] += 1
        number = f" ({credits[words]})" if credits[words] > 1 else ""
        yield AnswerCell(f"{words}{number}", Address(RecordKind.ASSERTION, id).file)


def _cell(words: str, iri: str, edition: Edition) -> AnswerCell:
    """A value, called as readers know it."""
    address = edition.address_of(iri) if iri else None
    if address is None:
        return AnswerCell(_plain_words(words, iri, edition))
    if address.kind is RecordKind.THING:
        words = edition.corpus.things[address.id].label
    elif address.kind is RecordKind.ARTICLE:
        words = edition.corpus.articles[address.id].title.text
    elif address.kind is RecordKind.ASSERTION:
        words = edition.reading.statements[address.id].sentence
    else:
        words = edition.corpus.conflicts[address.id].question.text
    return AnswerCell(words, address.file)


def _plain_words(words: str, iri: str, edition: Edition) -> str:
    """What readers call a value that has no page."""
    stages = edition.reading.ontology.stages.values()
    label = next((stage.label for stage in stages if iri == stage.iri), "")
    return label or status_words(with_days_in_words(readable_edtf(words)))


def _data(saved: SavedQuery, edition: Edition) -> dict[str, Any]:
    iri = f"{edition.base_url}{Address(RecordKind.QUESTION, saved.name).file}"
    return linked_data("Dataset", saved.title, iri, description=saved.question or saved.title)


class QuestionGroup(NamedTuple):
    """Saved questions below a heading, each by its name with its page."""

    heading: str
    questions: tuple[tuple[str, QuestionPage], ...]


def group_questions(questions: Iterable[SavedQuery], edition: Edition) -> tuple[QuestionGroup, ...]:
    """Return those that have an answer as they stand, those that have none, and those that are
    asked of a value.
    """
    answer_all(edition)
    groups: dict[str, list[tuple[str, QuestionPage]]] = {
        heading: [] for heading in (ANSWERED, EMPTY, UNANSWERED, ASKED)
    }
    for saved in questions:
        page = standing_answer(saved, edition)
        groups[_heading(page)].append((saved.name, page))
    told_groups = (QuestionGroup(heading, tuple(each)) for heading, each in groups.items())
    return tuple(group for group in told_groups if group.questions)


def _heading(page: QuestionPage) -> str:
    if any(param.required for param in page.params):
        return ASKED
    if page.reason:
        return UNANSWERED
    return ANSWERED if page.rows else EMPTY


ANSWERED, EMPTY = "Answered here", "Nothing answers these"
UNANSWERED, ASKED = "Not answered here", "Asked of what you choose"


def assertions_behind(query: SavedQuery, edition: Edition) -> list[str]:
    """Return the ids of the assertions behind the rows of a query's answer, as far as a page shows
    them. Raises KgError where the query is wrong, or nothing stands behind its answer.
    """
    answer = answer_page(query, edition, {})
    ids = dict.fromkeys(id for row in answer.rows for id in row.behind)
    if not ids:
        hint = "name an assertion or its ends: SELECT ?who ?pact { ?who kg:partyTo ?pact }"
        raise KgError("no assertion stands behind this answer: nothing can be drawn", 1, hint)
    return list(ids)
