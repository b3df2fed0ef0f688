"""SPARQL engines of others: asked over HTTP (SPARQL 1.1 Protocol), and given a graph (Graph Store
HTTP Protocol).

Only the address that somebody gave is asked: a redirect is refused. An answer that
an engine cut short is none: some say so in a header only.
"""

from __future__ import annotations

import netrc
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from functools import partial
from http.client import HTTPException, HTTPMessage
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.diagnostics import KgError
from kg.query.engine import COUNT_SOURCES, run_query
from kg.query.run import MOST_ROWS, Answer, Form, make_answer, mistakes_told
from kg.query.sandbox import PATIENT_LIMITS, within_limits
from kg.query.sparql import tokenize_query
from kg.text.characters import printable, quoted

TOKEN = "KG_ENDPOINT_TOKEN"
"""The variable with a token, sent as ``Authorization: Bearer``."""

MOST_BYTES = 256 << 20
_MOST_TOLD = 300
_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


class Endpoint(NamedTuple):
    """An engine's address: of its query service, or of its graph store; ``graph`` is the graph that
    is meant, or nothing for the default one. ``timeout`` is in seconds.
    """

    url: str
    graph: str = ""
    timeout: float = 60.0

    def ask(
        self,
        text: str,
        prefixes: Mapping[str, str],
        name: str = "<query>",
        most_rows: int = MOST_ROWS,
    ) -> Answer:
        """Return the engine's answer to a query, whose mistakes are found here first.

        Raises KgError: exit code 1 where the query is refused or wrong, 2 where the engine cannot
        be asked, 3 where the answer is too large or was cut short.
        """
        # To find mistakes the query is planned here: within the limits of every question.
        form = within_limits(partial(_form, text, prefixes, name), PATIENT_LIMITS)
        heads = "".join(f"PREFIX {each}: <{iri}> " for each, iri in sorted(prefixes.items()))
        values = {"query": f"{heads}\n{text}"}
        if self.graph:
            values["default-graph-uri"] = self.graph
        accept = _TRIPLES if form is Form.CONSTRUCT else _ROWS
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        data, headers_received = self._send(
            "POST", self.url, headers, urllib.parse.urlencode(values).encode()
        )
        answer = _read_answer(data, form, text, most_rows, self.url)
        if headers_received.get("X-SPARQL-MaxRows") == str(len(answer.rows)) and answer.rows:
            raise KgError(
                f"{self.url} cut the answer at {len(answer.rows):,} rows",
                exit_code=3,
                hint="raise the engine's own limit of rows, or add LIMIT",
            )
        return answer

    def put(self, data: bytes) -> None:
        """Make N-Triples the graph, in place of what it was. Raises KgError where that fails."""
        where = urllib.parse.urlencode({"graph": self.graph}) if self.graph else "default"
        url = f"{self.url}{'&' if '?' in self.url else '?'}{where}"
        headers = {"Content-Type": _TRIPLES, "Content-Length": str(len(data))}
        self._send("PUT", url, headers, data)

    def _send(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes
    ) -> tuple[bytes, HTTPMessage]:
        opener = _opener(url)
        request = urllib.request.Request(url, data, dict(headers), method=method)
        try:
            with opener.open(request, timeout=self.timeout) as response:
                body: bytes = response.read(MOST_BYTES + 1)
                headers_received: HTTPMessage = response.headers
                status: int = response.status
        except urllib.error.HTTPError as error:
            raise _as_error(url, error) from None
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise KgError(f"cannot reach {url}: {printable(str(reason))}") from None
        if status == 206 or len(body) > MOST_BYTES:
            raise KgError(f"{url} gave a part of the answer only", exit_code=3, hint="add LIMIT")
        return body, headers_received


def _form(text: str, prefixes: Mapping[str, str], name: str) -> Form:
    """The form of a query's answer. Raises KgError where the query is refused or wrong, or needs
    kg's own engine.
    """
    with mistakes_told(text, prefixes, name):
        result = run_query(ox.Store(), text, prefixes)
    if not is_portable(text):
        raise KgError(
            f"{name} asks kg:countSources, which other engines do not know",
            exit_code=1,
            hint=f"<{COUNT_SOURCES.value}> is kg's own: ask without --endpoint",
        )
    match result:
        case ox.QuerySolutions():
            return Form.SELECT
        case ox.QueryTriples():
            return Form.CONSTRUCT
        case _:
            return Form.ASK


def is_portable(text: str) -> bool:
    """Whether a query needs nothing that only kg's own engine knows."""
    return not any(token.text.endswith("countSources") for token in tokenize_query(text))


def _read_answer(data: bytes, form: Form, text: str, most_rows: int, url: str) -> Answer:
    try:
        if form is Form.CONSTRUCT:
            triples = [quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES)]
            return make_answer(iter(triples), text, most_rows)
        results = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        return make_answer(results, text, most_rows)
    except (SyntaxError, ValueError) as error:
        raise KgError(
            f"{url} answered what is no result of SPARQL: {printable(str(error))[:_MOST_TOLD]}",
            hint="is it the address of a query service?",
        ) from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a token would go to another host too, and the question or graph would be
    left behind.
    """

    def redirect_request(self, *arguments: Any) -> urllib.request.Request | None:
        """Raise KgError, with the address to which it leads."""
        request, address = arguments[0], arguments[-1]
        old, new = (urllib.parse.urlsplit(url) for url in (request.full_url, address))
        is_same = (old.scheme, old.netloc) == (new.scheme, new.netloc)
        where = printable(address) if is_same else f"another host: {printable(address)}"
        arguments[1].close()
        raise KgError(
            f"{request.full_url} sends on to {where}", hint="give that address, if you trust it"
        )


def _opener(url: str) -> urllib.request.OpenerDirector:
    """What opens an address, with the credentials that are meant for it."""
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        parts = urllib.parse.urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise KgError(f"{quoted(url)} is no address of a service", hint="it begins with http")
    if parts.username or parts.password:
        hint = f"put them into {TOKEN} or ~/.netrc: others see what stands in a command"
        raise KgError("an address with credentials in it is refused", hint=hint)
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect(), urllib.request.ProxyHandler({})]
    passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
    if credentials := _from_netrc(parts.hostname):
        passwords.add_password(None, url, *credentials)
        handlers += [
            urllib.request.HTTPBasicAuthHandler(passwords),
            urllib.request.HTTPDigestAuthHandler(passwords),
        ]
    opener = urllib.request.build_opener(*handlers)
    opener.addheaders = [("User-Agent", "actor-kg")]
    if token := os.environ.get(TOKEN):
        opener.addheaders.append(("Authorization", f"Bearer {token}"))
    return opener


def _from_netrc(host: str) -> tuple[str, str] | None:
    """The name and the password for a host in ``~/.netrc``."""
    try:
        credentials = netrc.netrc().authenticators(host)
    except (OSError, netrc.NetrcParseError):
        return None
    return (credentials[0], credentials[2] or "") if credentials else None


def _as_error(url: str, error: urllib.error.HTTPError) -> KgError:
    with error:
        reply = printable(error.read(_MOST_TOLD).decode("utf-8", "replace").strip())
    hint = ""
    if error.code in (401, 403):
        hint = f"credentials come from {TOKEN} or ~/.netrc"
    elif error.code in (404, 405, 415):
        hint = "is it the right address? engines have one for queries and one for graphs"
    return KgError(f"{url}: HTTP {error.code} {error.reason}: {reply}", hint=hint)
