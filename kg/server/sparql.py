"""``/sparql``: questions by the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/),
under the guard of ``kg query``; updates are refused. A browser gets a page to ask on.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.diagnostics import KgError
from kg.query import AnswerFormat
from kg.query.engine import Dataset
from kg.query.run import MOST_CHARACTERS, read_query
from kg.server.framing import frame_site_page
from kg.server.guard import read_body
from kg.server.lens import QueryPairs, join_words, lens_of, split_words
from kg.server.negotiation import FORMATS, HTML, TYPES, choose_type, formats_of
from kg.server.pages import failure
from kg.server.questions import (
    Refusal,
    SparqlRequest,
    answer_in_turn,
    answer_text,
    editor_page,
    picture_page,
)
from kg.server.state import ServerState, aside

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
FORM, DIRECT, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
PICTURE = "picture"
"""The name of the format that browsers alone have: an answer as a picture."""
_SAFE = ":/%=&+~"
"""What of an address stands in an IRI as it is."""
_DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

[] a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML,
        formats:SPARQL_Results_CSV, formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples,
        formats:JSON-LD ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""


async def _suggest_words(request: Request) -> Response:
    """Answer what may stand at the end of a question up to a place, which is the body as text."""
    state: ServerState = request.app.state.kg
    try:
        before = read_query(await _read_question_body(request))
        suggested = await aside(lambda: state.snapshot.question_words.suggest(before))
    except Refusal as refusal:
        return PlainTextResponse(f"{refusal}\n", refusal.status, refusal.headers)
    except KgError as error:
        return PlainTextResponse(f"{error}\n", 400)
    choices = [each._asdict() for each in suggested.choices]
    return JSONResponse({"start": suggested.start, "found": choices})


async def _answer_protocol(request: Request) -> Response:
    """Answer a request of the protocol."""
    state: ServerState = request.app.state.kg
    try:
        return await _answer_request(request, state)
    except Refusal as refusal:
        return PlainTextResponse(f"{refusal}\n", refusal.status, refusal.headers)
    except KgError as error:
        if _wants_page(request):
            return failure(state, error)
        hint = f"  hint: {error.hint}\n" if error.hint else ""
        return PlainTextResponse(f"{error}\n{hint}", 503 if error.is_limit else 400)


async def _answer_request(request: Request, state: ServerState) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
    if request.method not in METHODS:
        methods = ", ".join(METHODS)
        raise Refusal(405, f"this address is asked with {methods}", Allow=methods)
    question = await _read_question(request)
    if _wants_page(request) and question.format in ("", PICTURE):
        page = picture_page if question.format else editor_page
        return frame_site_page(await answer_in_turn(request, page, question), state.snapshot)
    if question.text is None:
        if choose_type(request.headers.get("accept", ""), [TYPES[AnswerFormat.TTL]]):
            text = _DESCRIPTION.format(
                endpoint=quote(str(request.url).partition("?")[0], safe=_SAFE)
            )
            return Response(text, media_type=TYPES[AnswerFormat.TTL])
        raise Refusal(400, "ask with query=..., or for the service description as text/turtle")
    format = _chosen_format(question, request.headers.get("accept", ""))
    text = await answer_in_turn(request, partial(answer_text, format=format), question)
    return Response(text.encode(), media_type=TYPES[format])


def _wants_page(request: Request) -> bool:
    """Whether a browser asks, as one does for a page."""
    header = request.headers.get("accept", "")
    offered = [*TYPES.values(), HTML]
    return request.method != "POST" and choose_type(header, offered) == HTML


def _chosen_format(question: SparqlRequest, header: str) -> AnswerFormat:
    offered = formats_of(question.text or "")
    if question.format:
        named_formats = [format for format in TYPES if format == question.format]
        if not named_formats:
            raise Refusal(400, f"format is one of: {', '.join(TYPES)}")
        return named_formats[0]
    kind = choose_type(header, [kind for kind, format in FORMATS.items() if format in offered])
    if not kind:
        raise Refusal(406, f"there is: {', '.join(TYPES[format] for format in offered)}")
    return FORMATS[kind]


# What is asked


async def _read_question(request: Request) -> SparqlRequest:
    """Return what a request asks. Raises Refusal, or KgError for a lens that is none."""
    words = [*split_words(request.url.query)]
    text: str | None = None
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        _require_type(kind)
        body = await _read_question_body(request)
        if kind == DIRECT:
            text = read_query(body)
        else:
            words += split_words(read_query(body))
    return _make_question(text, words, split_words(request.path_params.get("words", "")))


def _require_type(kind: str) -> None:
    """Raise Refusal where a body of a type asks nothing."""
    if kind == UPDATE:
        raise Refusal(403, "updates are refused: this server only reads")
    if kind not in (FORM, DIRECT):
        raise Refusal(415, f"a question is posted as {DIRECT} or {FORM}")


def _make_question(text: str | None, words: QueryPairs, lens: QueryPairs) -> SparqlRequest:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for each, value in words if each == name)

    if values("update"):
        raise Refusal(403, "updates are refused: this server only reads")
    if values("using-graph-uri") or values("using-named-graph-uri"):
        raise Refusal(400, "using-graph-uri is for updates, which are refused")
    queries = [*([] if text is None else [text]), *values("query")]
    if len(queries) > 1:
        raise Refusal(400, "a request asks one query")
    graphs = Dataset(values("default-graph-uri"), values("named-graph-uri"))
    return SparqlRequest(
        queries[0] if queries else None,
        graphs if any(graphs) else None,
        lens_of(join_words(lens, words)),
        next(iter(values("format")), ""),
    )


async def _read_question_body(request: Request) -> bytes:
    """Return the body of a request. Raises Refusal as soon as it is too long for any question."""
    most, data = 4 * MOST_CHARACTERS, None
    if _length_of_body(request.headers) <= most:
        data = await read_body(request, most)
    if data is None:
        raise Refusal(413, f"a query has {MOST_CHARACTERS:,} characters at most")
    return data


def _length_of_body(headers: Headers) -> int:
    text = headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0


_ASKED_WITH = [*METHODS, "PUT", "DELETE", "PATCH"]
ROUTES = [
    Route("/sparql", _answer_protocol, methods=_ASKED_WITH),
    Route("/lens/{words}/sparql", _answer_protocol, methods=_ASKED_WITH),
    Route("/sparql/words", _suggest_words, methods=["POST"]),
]
