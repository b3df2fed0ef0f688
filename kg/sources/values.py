"""Values that a field may have: each function reads one text, or raises BadValue."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from kg.dates import Date, DateError, Reckoning, parse_date
from kg.diagnostics import Rule, did_you_mean, rules
from kg.sources.addresses import url_problem
from kg.text import Unreadable
from kg.text.characters import quoted

Word = TypeVar("Word", bound=StrEnum)

ID = re.compile(r"[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*")
MOST_ID = 200
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DOI = re.compile(r"10\.[0-9]{4,9}/[^?#]{1,500}")
_LANGUAGE = (
    "(?i)[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
    "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-x(-[a-z0-9]{1,8})+)?"
)


def is_id(text: str) -> bool:
    """Tell whether a text is well formed as an id."""
    return len(text) <= MOST_ID and ID.fullmatch(text) is not None


class BadValue(Unreadable):
    """A text that is no value of its field; the message goes on from the field's name."""

    def __init__(self, rule: Rule, problem: str, hint: str) -> None:
        super().__init__(problem, hint)
        self.rule = rule


def read_number(text: str) -> int:
    """Return a count from 1 to 999,999, written in plain ASCII digits."""
    if _NUMBER.fullmatch(text):
        return int(text)
    raise BadValue(
        rules.NOT_A_NUMBER,
        f" must be a number from 1 in plain digits, not {quoted(text)}",
        "at most 999999; no sign, point, leading zero or separator",
    )


def read_flag(text: str) -> bool:
    """Return whether a text is ``true``; it may also be ``false``."""
    if text in ("true", "false"):
        return text == "true"
    raise BadValue(rules.UNKNOWN_WORD, f" cannot be {quoted(text)}", "one of: true, false")


def word_reader(words: type[Word]) -> Callable[[str], Word]:
    """Return the reader of a field that takes one of a few words."""
    known_words = [word.value for word in words]

    def read_word(text: str) -> Word:
        if text in known_words:
            return words(text)
        nearest = did_you_mean(text, known_words) if len(text) <= MOST_ID else ""
        hint = "; ".join(filter(None, (f"one of: {', '.join(known_words)}", nearest)))
        raise BadValue(rules.UNKNOWN_WORD, f" cannot be {quoted(text)}", hint)

    return read_word


def read_date(text: str, reckoning: Reckoning) -> Date:
    """Return an EDTF date, as a data set reckons."""
    try:
        return parse_date(text, reckoning)
    except DateError as error:
        hint = error.hint or "how dates are written: kg help reference Dates"
        raise BadValue(rules.BAD_DATE, f": {error}", hint) from None


def read_sha256(text: str) -> str:
    """Return a SHA-256 in lower-case hexadecimal."""
    if _SHA256.fullmatch(text):
        return text
    raise BadValue(
        rules.BAD_FINGERPRINT,
        f" must be 64 hexadecimal digits in lower case (a SHA-256), not {quoted(text)}",
        "sha256sum FILE prints it",
    )


def read_url(text: str) -> str:
    """Return an absolute http or https address (RFC 3987), short and without credentials."""
    if problem := url_problem(text):
        raise BadValue(
            rules.BAD_URL,
            f" is no good address: {problem}",
            "give the article's absolute link, as in https://example.org/article",
        )
    return text


def read_doi(text: str) -> str:
    """Return a DOI (ISO 26324): ``10.prefix/suffix``, without a resolver's address."""
    if _DOI.fullmatch(text) and not url_problem(f"https://doi.org/{text}"):
        return text
    raise BadValue(
        rules.BAD_URL,
        f" is no DOI: {quoted(text)}",
        "as in 10.1000/182, without https://; signs that a link cannot hold as in %3C for '<'",
    )


def is_language(text: str) -> bool:
    """Tell whether a text is a BCP 47 language tag."""
    return bool(re.fullmatch(_LANGUAGE, text))
