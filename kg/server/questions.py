"""Questions as a server answers them: a few at once, each within limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from starlette.requests import Request

from kg.diagnostics import KgError
from kg.query import AnswerFormat
from kg.query.engine import Dataset
from kg.query.formats import write_answer
from kg.query.run import ask_dataset, ask_store
from kg.query.sandbox import Limits, within_limits
from kg.query.saved import parse_saved_query
from kg.server.negotiation import formats_of
from kg.server.state import ServerState, while_awaited
from kg.site.editor import EditorPage, editor_shell
from kg.site.files import Site
from kg.site.question_page import answer_page, assertions_behind
from kg.status.lens import Lens

MOST_ASKING = 4
"""So many questions are answered at once."""
LIMITS = Limits(patience=4.0)


class Refusal(Exception):
    """A request that is not answered: its status and why."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers


class SparqlRequest(NamedTuple):
    """What is asked: a query, of some graphs and under a lens; ``format`` is its answer's by name.
    The ``text`` is None where nothing is asked.
    """

    text: str | None
    dataset: Dataset | None
    lens: Lens
    format: str = ""


async def answer_in_turn(
    request: Request, answer: Callable[[ServerState, SparqlRequest], str], question: SparqlRequest
) -> str:
    """Return what answers a question. Raises Refusal where too many are asked now, or KgError."""
    state: ServerState = request.app.state.kg
    if state.asking >= MOST_ASKING:
        raise Refusal(503, f"{MOST_ASKING} questions are being answered", **{"Retry-After": "1"})
    state.asking += 1
    try:
        return await while_awaited(request, lambda: answer(state, question))
    finally:
        state.asking -= 1


def answer_text(state: ServerState, question: SparqlRequest, format: AnswerFormat) -> str:
    """Return the answer to a question in a format."""
    reading = state.with_site(question.lens, Site.read_for_questions).reading

    def answer() -> str:
        prefixes = reading.ontology.prefixes
        text, dataset = question.text or "", question.dataset
        if dataset:
            found_answer = ask_dataset(reading.store, text, prefixes, dataset)
        else:
            found_answer = ask_store(reading.store, text, prefixes)
        return write_answer(found_answer, format, prefixes)

    return within_limits(answer, LIMITS)


def picture_page(state: ServerState, question: SparqlRequest) -> str:
    """Return the page that draws an answer. While it is looked for other pages are made."""
    site = state.with_site(question.lens, Site.read_for_questions)
    query = parse_saved_query("query", question.text or "")
    ids = assertions_behind(query, site.edition)
    return state.with_site(question.lens, lambda _: site.draw_answer(query, ids)).decode()


def site_file(state: ServerState, lens: Lens, file: str, values: Mapping[str, str]) -> bytes | None:
    """Return a file of the site under a lens, or None where there is none. While saved questions
    are answered for it other pages are made.

    Raises KgError where the lens names nobody, or a question cannot take the values.
    """

    def begin(site: Site) -> bytes | Site | None:
        asks = site.answers_questions(file)
        return site.read_for_questions() if asks else site.file(file, values)

    begun = state.with_site(lens, begin)
    if not isinstance(begun, Site):
        return begun
    with state.answering:
        return begun.file(file, values)


def editor_page(state: ServerState, question: SparqlRequest) -> str:
    """Return the editor with a question and its answer, or with what is wrong with it. While it is
    answered other pages are made.
    """
    text = question.text or ""
    edition = state.with_site(question.lens, Site.read_for_questions).edition
    page = EditorPage(text)
    if text.strip():
        try:
            answer = answer_page(parse_saved_query("query", text), edition, {})
            page = page._replace(answer=answer)
        except KgError as error:
            page = page._replace(problem="\n".join(filter(None, (str(error), error.hint))))
    return editor_shell(page, formats_of(text), edition)
