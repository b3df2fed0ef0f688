"""Who may ask a server: a browser or program of this machine, by an address of this machine.

A page of the web that gets its own name to mean this machine (DNS rebinding) sends that name as
``Host``; one that sends a form or script here says so as ``Origin``. Both are refused. Nobody else
may read an answer (no CORS), show it in a frame, or take it for another type than it has.
"""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.state import ServerState

LOOPBACK = "127.0.0.1"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'"


class Guard:
    """Refuses requests by foreign names and from foreign pages, and adds headers to all answers."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = frozenset(f"{name}:{port}" for name in (LOOPBACK, "localhost", "[::1]"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        is_heard = False

        async def hear() -> Message:
            nonlocal is_heard
            message = await receive()
            is_heard = not message.get("more_body")
            return message

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if has_body and not is_heard:
                    # Nobody waits for the end of what was answered before it came.
                    headers["Connection"] = "close"
                headers.setdefault("Content-Security-Policy", _NOTHING)
            await send(message)

        request_headers = Headers(scope=scope)
        has_body = (
            "transfer-encoding" in request_headers
            or request_headers.get("content-length", "0") != "0"
        )
        app = self._refusal(request_headers) or self._app
        await app(scope, hear, send_with_headers)

    def _refusal(self, headers: Headers) -> Response | None:
        if headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse("this server is asked by the address that it printed\n", 421)
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in self._origins:
            return PlainTextResponse("a page of another origin may not ask this server\n", 403)
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            # A link may lead here, a picture or frame of another page may not.
            kind = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")
            if kind != ("navigate", "document"):
                return PlainTextResponse("a page of another site may not ask this server\n", 403)
        return None


async def read_body(request: Request, most: int) -> bytes | None:
    """Return the body of a request; None as soon as it has more bytes."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > most:
            return None
    return bytes(data)


def token_refusal(request: Request) -> Response | None:
    """Return why a request may change nothing, as an answer; None where it may.

    It needs the token of this start, which the printed address brings to the browser as a cookie,
    or a header ``X-KG-Token``; and it comes from a page of this server, or from no page.
    """
    state: ServerState = request.app.state.kg
    if not state.token:
        return PlainTextResponse("this server only reads: start it with kg serve --edit\n", 403)
    given_token = request.headers.get("x-kg-token") or request.cookies.get(cookie_name(request), "")
    if not is_token(state, given_token):
        message = "open the address that kg serve --edit printed: it holds the token\n"
        return PlainTextResponse(message, 403)
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return PlainTextResponse("a page of another site may not change anything\n", 403)
    return None


def cookie_name(request: Request) -> str:
    """Return the name of the cookie with the token: that of the server at a port is its own."""
    return f"kg-token-{request.url.port}"


def is_token(state: ServerState, given_token: str) -> bool:
    """Whether a text is the token of this start."""
    return bool(state.token) and hmac.compare_digest(given_token.encode(), state.token.encode())
