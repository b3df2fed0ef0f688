"""The curator's desk: the composer in an article's page, and what machines propose.

Everything here needs the token of ``kg serve --edit``. What is written goes through ``kg.editing``
alone, as ``kg add`` does; scripts show what they are told, and judge nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.diagnostics import KgError
from kg.editing.composing import KINDS, Wish, compose_record
from kg.editing.offers import TypedField, offer_choices
from kg.editing.proposals import (
    accept,
    find_proposal,
    proposal_draft,
    read_proposals,
    reject,
)
from kg.editing.writing import prepare_draft, tell_record, write_draft
from kg.model.modes import Mode, OutcomeKind
from kg.page.html import policy, sheet
from kg.reading import read
from kg.server.framing import Extra, frame_site_page, read_part, server_template
from kg.server.guard import read_body, token_refusal
from kg.server.state import ServerState, Snapshot, aside
from kg.site.templates import HERE as SITE_PARTS
from kg.text.characters import forbidden_character

MOST_BYTES = 100_000
"""A form has no more."""
COMPOSER = ("marking.js", "typingahead.js", "form.js", "typeahead.js", "composer.js")
"""The composer's scripts: each uses those before it. They stand in the page as one."""
CHANGED = 409
Body = Mapping[str, Any]


def composer(request: Request, file: str) -> Extra | None:
    """Return what the composer adds to the page of an article for who may write; None elsewhere."""
    if not file.startswith("article/") or token_refusal(request):
        return None
    script, style = "\n".join(map(read_part, COMPOSER)), read_part("composer.css")
    article = file.removeprefix("article/").removesuffix(".html")
    snapshot: Snapshot = request.app.state.kg.snapshot
    articles = snapshot.reading.written.articles if snapshot.reading else {}
    text = articles[article].text_sha256 if article in articles else ""
    # A text that several articles have leads back to none of them.
    has_text_alone = sum(each.text_sha256 == text for each in articles.values()) == 1
    html = server_template("composer.html").render(
        article=article,
        text=text if has_text_alone else "",
        modes=[mode for mode in Mode if mode is not Mode.ACTUAL],
        outcomes=list(OutcomeKind),
        script=Markup(script),
        style=Markup(style),
    )
    return Extra(html, script, style)


def _with_body(
    answer: Callable[[ServerState, Body], Any],
) -> Callable[[Request], Any]:
    """Answer a request of the composer's script: JSON in, JSON out, mistakes as messages."""

    async def respond(request: Request) -> Response:
        if refusal := token_refusal(request):
            return refusal
        state: ServerState = request.app.state.kg
        try:
            body = _read_json(request, await _read_form(request))
            response = await aside(lambda: answer(state, body))
        except StaleForm as error:
            await state.refresh()
            return _tell_error(error, CHANGED)
        except KgError as error:
            return _tell_error(error, 400)
        if "written" in response:
            await state.refresh()
        return JSONResponse(response)

    return respond


class StaleForm(KgError):
    """A file is not any more what somebody saw who wants to write into it."""


def _tell_error(error: KgError, status: int) -> Response:
    error_record = {"message": str(error), "hint": error.hint, "findings": error.findings}
    return JSONResponse(error_record, status)


async def _read_form(request: Request) -> bytes:
    data = await read_body(request, MOST_BYTES)
    if data is None:
        raise KgError(f"a form has at most {MOST_BYTES:,} bytes")
    return data


def _read_json(request: Request, data: bytes) -> Body:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise KgError("the desk takes application/json")
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise KgError("that is no JSON") from None
    if not isinstance(body, dict):
        raise KgError("that is no form")
    return body


def _offer_choices(state: ServerState, body: Body) -> dict[str, object]:
    """What a field offers."""
    snapshot = state.snapshot
    fields = {name: _read_text(body, name) for name in TypedField._fields if name != "passage"}
    # What an article has is only compared, whatever its letters are.
    typed_field = TypedField(**fields, passage=str(body.get("passage", "")))
    offered = offer_choices(
        typed_field, snapshot.choices_in(_read_text(body, "article")), snapshot.named
    )
    return {
        "choices": [each._asdict() for each in offered.choices],
        "news": [each._asdict() for each in offered.news],
        "isBegun": offered.is_begun,
    }


def _draft_form(state: ServerState, body: Body) -> dict[str, object]:
    """What a form would write."""
    draft = compose_record(state.snapshot.readable, _read_wish(body))
    return {
        "id": draft.id,
        "sentence": tell_record(draft.reading, draft.id),
        "parts": [each._asdict() for each in draft.parts],
        "warnings": [f"{each.message} [{each.rule.code}]" for each in draft.warnings],
    }


def _write_form(state: ServerState, body: Body) -> dict[str, object]:
    """Write what a form wishes, into files that are what whoever wishes it saw."""
    draft = compose_record(read(state.workspace, questions=()), _read_wish(body))
    before = {each.file: each.before for each in draft.parts}
    try:
        if body.get("before") != before:
            file = next(iter(before))
            raise KgError(f"{file} was changed since you saw it (nothing was written)")
        write_draft(draft)
    except KgError as error:
        hint = "look at what would be written now, and write it again: your form is as it was"
        raise StaleForm(str(error), hint=hint) from None
    part = draft.parts[-1]
    sentence = tell_record(draft.reading, draft.id)
    return {"written": draft.id, "sentence": sentence, "place": f"{part.file}:{part.line}"}


def _read_wish(body: Body) -> Wish:
    span, paragraph = body.get("span"), body.get("paragraph")
    fields, new = body.get("fields"), body.get("new", {})
    if not isinstance(paragraph, int) or not isinstance(fields, dict) or not isinstance(new, dict):
        raise KgError("that is no form")
    stretch: tuple[int, int] | None
    match span:
        case [int(start), int(end)]:
            stretch = (start, end)
        case None:
            stretch = None
        case _:
            raise KgError("that is no place in a paragraph")
    kind = _read_text(body, "kind")
    named_fields = {str(name): _read_text(fields, name).strip() for name in fields}
    made_things: dict[str, tuple[str, str, str]] = {}
    for name, thing in new.items():
        if name in KINDS.get(kind, ()) or name == "speaker":
            parts = [_read_text(thing, part) for part in ("section", "type", "label")]
            made_things[name] = (parts[0], parts[1], parts[2])
    return Wish(kind, _read_text(body, "article"), paragraph, stretch, named_fields, made_things)


def _read_text(body: Any, name: str) -> str:
    value = body.get(name, "") if isinstance(body, dict) else None
    if not isinstance(value, str):
        raise KgError(f"{name} is no text")
    if problem := forbidden_character(value):
        raise KgError(f"{name} holds {problem}")
    return value


async def _show_proposals(request: Request) -> Response:
    """The page of what machines propose, each with its passage lit."""
    if refusal := token_refusal(request):
        return refusal
    return await _proposals_page(request.app.state.kg, "")


async def _proposals_page(state: ServerState, message: str, status: int = 200) -> Response:
    try:
        waiting = await aside(lambda: read_proposals(state.snapshot.readable))
    except KgError as error:
        waiting, message = (), message or str(error)
    css, style = sheet(SITE_PARTS / "record.css"), read_part("composer.css")
    page = server_template("proposals.html").render(
        proposals=waiting,
        message=message,
        css=Markup(css),
        style=Markup(style),
        policy=policy([css, style], []),
    )
    return frame_site_page(page, state.snapshot, status)


async def _decide_proposal(request: Request) -> Response:
    """Accept or reject what is proposed."""
    if refusal := token_refusal(request):
        return refusal
    state: ServerState = request.app.state.kg
    try:
        form = dict(parse_qsl((await _read_form(request)).decode("utf-8", "replace")))
        await aside(lambda: _carry_out(state, form))
    except KgError as error:
        return await _proposals_page(state, f"{error}", 400)
    await state.refresh()
    return RedirectResponse("/desk/proposals.html", 303)


def _carry_out(state: ServerState, form: Mapping[str, str]) -> None:
    """Accept or reject the proposal that was seen."""
    reading, deed = read(state.workspace, questions=()), form.get("deed", "")
    id = find_proposal(reading, form.get("id", ""), form.get("seen", "")).id
    if deed == "reject":
        reject(reading, id)
    elif deed == "accept":
        accept(prepare_draft(reading, proposal_draft(reading, id)), id)
    else:
        raise KgError(f"a proposal is accepted or rejected, not '{deed}'")


ROUTES = [
    Route("/desk/choices", _with_body(_offer_choices), methods=["POST"]),
    Route("/desk/draft", _with_body(_draft_form), methods=["POST"]),
    Route("/desk/write", _with_body(_write_form), methods=["POST"]),
    Route("/desk/proposals.html", _show_proposals),
    Route("/desk/proposals.html", _decide_proposal, methods=["POST"]),
]
