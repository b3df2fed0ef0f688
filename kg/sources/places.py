"""Places in a source as a curator writes them: a paragraph, a page, a moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from kg.diagnostics import rules
from kg.model.locators import RANGE, TIME, WHOLE, Locator, Unit, paragraph_locator, runs_backward
from kg.sources.values import BadValue, read_number
from kg.text.characters import quoted

MOST_PLACE = 60
"""The longest name of a place, in characters."""

_COUNTED = (Unit.LINE, Unit.ROW, Unit.VERSE)
"""Units that are counted in digits only."""


# Sources are cited by few numbers, and by each over and over.
@lru_cache(10_000)
def read_place(text: str) -> Locator:
    """Return the place that is written without a unit: a paragraph, or ``whole`` for the source as
    a whole.
    """
    if text == "whole":
        return WHOLE
    try:
        return paragraph_locator(read_number(text))
    except BadValue as error:
        raise BadValue(error.rule, str(error), _other_unit(text) or error.hint) from None


def _other_unit(text: str) -> str:
    """Return a hint where a text looks like a place of another kind than a paragraph."""
    bare = re.sub(r"^(pp?|f|fol|ff|l|ll|at)\.? ?(?=[0-9ivxl])", "", text, flags=re.IGNORECASE)
    if re.fullmatch(r"[0-9:.]*:[0-9:.]*([-\u2013][0-9:.]+)?", text):
        unit, bare = Unit.TIME, f'"{text}"'
    elif re.fullmatch(r"[0-9]+ ?[rv]([-\u2013][0-9]+ ?[rv])?", bare):
        unit = Unit.FOLIO
    elif bare != text or re.fullmatch(r"[ivxlc]+([-\u2013][ivxlc]+)?|[0-9]+[-\u2013][0-9]+", text):
        unit = Unit.PAGE
    elif re.search(r"[^\W\d] [^\W\d]", text):
        return "words stand beside their paragraph: [{p: 4, quote: ...}]"
    else:
        return ""
    return f"one paragraph is one number; or did you mean {{{unit}: {bare}}}?"


def place_reader(unit: Unit) -> Callable[[str], str]:
    """Return the reader of a place of some unit: the text as written, or BadValue."""

    def read(text: str) -> str:
        if problem := _problem(unit, text):
            raise BadValue(rules.BAD_LOCATOR, f" cannot be {quoted(text)}: {problem}", _HINTS[unit])
        return text

    return read


def _problem(unit: Unit, text: str) -> str:
    """Return why a text names no place, or nothing."""
    ends = RANGE.fullmatch(text)
    parts = ends.groups() if ends else (text,)
    if len(text) > MOST_PLACE:
        return f"it has more than {MOST_PLACE} characters"
    if re.search(r"[\n\t]", text):
        return "it does not stand in one line"
    if unit is Unit.TIME and not all(TIME.fullmatch(part) for part in parts):
        return "it is no time of a recording"
    if unit in _COUNTED and not all(re.fullmatch("[1-9][0-9]{0,8}", part) for part in parts):
        return "it is counted in plain digits from 1"
    return "it runs backward" if runs_backward(unit, text) else ""


_HINTS = {
    **{unit: f"as in {{{unit}: 4}} or {{{unit}: 4-7}}" for unit in Unit},
    Unit.PAGE: "as in {page: 12}, {page: iv-vi} or {page: 112-114}",
    Unit.FOLIO: "as in {folio: 12r} or {folio: 12r-13v}",
    Unit.SECTION: 'as in {section: "3.2"}',
    Unit.TIME: 'as in {time: "00:12:28"} or {time: "1:02:03-1:04:10"}',
}
