"""How dates are refused: in words, with a hint where there is one."""

from __future__ import annotations

import re

from kg.text import Unreadable
from kg.text.characters import quoted

_LEVEL_2 = (
    r"[?~%]?-?[?~%]?[0-9X]{4}(?:S[0-9]+)?[?~%]?(?:-[?~%]?[0-9X]{2}[?~%]?){0,2}|"
    r"Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?|\.\.|"
)


class DateError(Unreadable):
    """A text that is no date."""


def no_date(text: str, reason: str, hint: str = "") -> DateError:
    """Return the refusal of a text that is no date, for a reason."""
    return DateError(f"{quoted(text)} is not a date: {reason}", hint)


def level_2(
    text: str, hint: str = "write only what is known, or a set of what it may be"
) -> DateError:
    """Return the refusal of a date that EDTF allows and kg does not read."""
    message = "is EDTF level 2, of which only the sets [a,b] and {a,b} are read"
    return DateError(f"{quoted(text)} {message}", hint)


def unreadable_date(text: str) -> DateError:
    """Return the refusal of a text that is not written as a date."""
    is_read_by_others = all(re.fullmatch(_LEVEL_2, part) for part in text.split("/"))
    if is_read_by_others and re.search("[X?~%ES]", text):
        return level_2(text)
    return no_date(text, "it is not written in EDTF", "write YYYY-MM-DD, YYYY-MM or YYYY")
