"""Web addresses that are clean enough to be written into a graph and to be followed from a page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kg.text.characters import BIDI, describe_character, forbidden_character, quoted

_NO_IRI = re.compile(r'[\s<>"{}|\\^`]')
MOST_URL = 2000


def url_problem(text: str) -> str:
    """Return why a text is no absolute http or https IRI, or nothing."""
    if not text.strip():
        return "the url is empty"
    if len(text) > MOST_URL:
        return f"the url has {len(text):,} characters, at most {MOST_URL:,} are allowed"
    return _character_problem(text) or _address_problem(text)


def _character_problem(text: str) -> str:
    if problem := forbidden_character(text):
        return f"the url holds {problem}"
    if match := BIDI.search(text):
        return f"the url holds {describe_character(match[0])}"
    if match := _NO_IRI.search(text):
        return f"the url holds {quoted(match[0])} (U+{ord(match[0]):04X}), which an IRI cannot"
    if re.search("%(?![0-9A-Fa-f]{2})", text):
        return "the url holds a '%' without two hexadecimal digits behind it"
    return ""


def _address_problem(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        return f"the url cannot be parsed ({error})"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"the url {quoted(text)} is not absolute http or https"
    if port == 0:
        return "the url names port 0"
    if parts.username is not None or parts.password is not None:
        return "the url holds a user name or password"
    # A command that reads no address anew need not load the engine.
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError as error:
        return f"the url {quoted(text)} is no IRI ({error})"
    return ""
