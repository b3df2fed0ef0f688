"""The pages of the site, one a request, by the functions that ``kg build`` writes them with."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from kg.diagnostics import KgError
from kg.page.html import policy, sheet
from kg.server.desk import composer
from kg.server.framing import frame_site_page, server_template
from kg.server.guard import cookie_name, is_token
from kg.server.lens import LENS_WORDS, join_words, lens_of, lens_path, lens_words, split_words
from kg.server.questions import site_file
from kg.server.state import ServerState, while_awaited
from kg.site.files import FIRST_PAGE
from kg.site.templates import HERE as SITE_PARTS
from kg.text.characters import quoted

HEARTBEAT = 15.0
"""So many seconds after the last event a line is sent that says nothing, to find who has gone."""
_TYPES = {".ttl": "text/turtle", ".nq": "application/n-quads", ".csv": "text/csv"}


async def _answer_page(request: Request) -> Response:
    """Answer with a file of the site, as it is under the lens of the address."""
    state: ServerState = request.app.state.kg
    if "token" in request.query_params:
        return _with_cookie(state, request)
    words = split_words(request.path_params.get("words", ""))
    asked_pairs = split_words(request.url.query)
    values = {name: value for name, value in asked_pairs if value and name not in LENS_WORDS}
    file: str = request.path_params["file"] or FIRST_PAGE
    if lens_words(asked_pairs):
        end = f"?{urlencode(values)}" if values else ""
        return RedirectResponse(f"{lens_path(join_words(words, asked_pairs))}{quote(file)}{end}")
    try:
        lens = lens_of(words)
        data = await while_awaited(request, lambda: site_file(state, lens, file, values))
    except KgError as error:
        return failure(state, error)
    if data is None:
        title = "There is no such page"
        hint = "Addresses end as the files of a build do: thing/ID.html"
        hint += ". Under a lens, what it does not show has no page" if lens else ""
        return message_page(state, title, quoted(file), f"{hint}.", 404)
    ending = PurePosixPath(file).suffix
    if ending == ".html":
        return frame_site_page(data.decode(), state.snapshot, extra=composer(request, file))
    kind = _TYPES.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")
    return Response(data, media_type=kind)


def failure(state: ServerState, error: KgError) -> Response:
    """Return a page that says what was wrong with a request, as a command would."""
    if state.snapshot.reading is None:
        return message_page(state, "Nothing can be shown yet", str(error), error.hint, 503)
    return message_page(state, "That cannot be shown", str(error), error.hint, 400)


def message_page(state: ServerState, title: str, message: str, hint: str, status: int) -> Response:
    """Return a page that says one thing."""
    css = sheet(SITE_PARTS / "record.css")
    page = server_template("message.html").render(
        title=title, message=message, hint=hint, css=Markup(css), policy=policy([css], [])
    )
    return frame_site_page(page, state.snapshot, status)


def _with_cookie(state: ServerState, request: Request) -> Response:
    """Give the token of the printed address to the browser, and lead on to an address without."""
    if not is_token(state, request.query_params["token"]):
        return PlainTextResponse("this token is of another start of kg serve\n", 403)
    # Two slashes would lead to another server.
    response = RedirectResponse(f"/{request.url.path.lstrip('/')}")
    response.set_cookie(cookie_name(request), state.token, httponly=True, samesite="strict")
    return response


def _answer_events(request: Request) -> Response:
    """Answer with an event for each version of the workspace, the present one first."""
    return StreamingResponse(_tell_versions(request.app.state.kg), media_type="text/event-stream")


async def _tell_versions(state: ServerState) -> AsyncIterator[str]:
    version = ""
    while True:
        snapshot = await state.wait_for_change(version, HEARTBEAT)
        is_new, version = snapshot.version != version, snapshot.version
        yield f"event: version\ndata: {version}\n\n" if is_new else ": still here\n\n"


ROUTES = [
    Route("/events", _answer_events),
    Route("/lens/{words}/{file:path}", _answer_page),
    Route("/{file:path}", _answer_page),
]
