"""Quantities: a number or a range of numbers, with or without a unit, as people write and read it.

Each has one text in plain words (``25 to 50 %``, ``40 million EUR``), which reads back as the same
quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kg.diagnostics import did_you_mean
from kg.ontology.units import CURRENCIES, UNIT_OF_WORD, is_unit, scale_of_unit
from kg.text import Unreadable, join_or
from kg.text.characters import quoted

HINT = "as in 12.5, 40000000 EUR, 60 %, 10..15 %, 10.. %, ..15 %, about 300 km"


class ValueProblem(Unreadable):
    """A text that is no value of its datatype."""


class Quantity(NamedTuple):
    """A number, or a range of them, and its unit (nothing: a pure number).

    A bound that is None is open; ``above`` and ``below`` say that the bound itself is left out
    ("more than", "less than"), ``about`` that the writer gives it as approximate.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str = ""
    above: bool = False
    below: bool = False
    about: bool = False

    @property
    def number(self) -> Decimal | None:
        """The number, where it is one and no range."""
        return self.low if self.low == self.high else None

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest number that may be meant: "about" reaches a tenth of the
        number further either way.
        """
        slack = Decimal("0.1") if self.about else Decimal(0)
        least = None if self.low is None else self.low - abs(self.low) * slack
        greatest = None if self.high is None else self.high + abs(self.high) * slack
        return least, greatest

    @property
    def text(self) -> str:
        """The quantity in words."""
        words = ("about" if self.about else "", self._range, self.unit)
        return " ".join(filter(None, words))

    @property
    def _range(self) -> str:
        low = "" if self.low is None else number_in_words(self.low)
        high = "" if self.high is None else number_in_words(self.high)
        if not low:
            return f"{'less than' if self.below else 'at most'} {high}"
        if not high:
            return f"{'more than' if self.above else 'at least'} {low}"
        if low == high:
            return low
        return f"{'>' if self.above else ''}{low} to {'<' if self.below else ''}{high}"

    def may_equal(self, other: Quantity) -> bool:
        """Tell whether both can be one: their ranges meet, or their units are of different kinds,
        as euros and dollars are, so that they cannot be compared.
        """
        one, another = scale_of_unit(self.unit or "1"), scale_of_unit(other.unit or "1")
        if one is None or another is None or one.powers != another.powers:
            return True
        return not (
            _is_below(self, one.factor, other, another.factor)
            or _is_below(other, another.factor, self, one.factor)
        )


def _is_below(a: Quantity, factor: Fraction, b: Quantity, other_factor: Fraction) -> bool:
    """Tell whether all of a range lies below all of another."""
    end, start = a.bounds[1], b.bounds[0]
    if end is None or start is None:
        return False
    high, low = Fraction(end) * factor, Fraction(start) * other_factor
    return high < low or (high == low and (a.below or b.above))


# Numbers

_POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_DIGITS = r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){2,4}|[0-9]{1,15})(?:\.[0-9]{1,9})?"
_NUMBER = rf"{_DIGITS}(?: (?:{'|'.join(_POWERS)})(?![a-z]))?"


def number_in_words(number: Decimal) -> str:
    """Return a number as people read it: ``12.5``, ``40 million``, ``1,234,567``."""
    if abs(number) < 10**6:
        return plain_number(number)
    words = [word for word, power in _POWERS.items() if abs(number) >= Decimal(1).scaleb(power)]
    part = plain_number(number.scaleb(-_POWERS[words[-1]]))
    if len(part.partition(".")[2]) <= 3:
        return f"{part} {words[-1]}"
    whole, point, rest = plain_number(number).partition(".")
    return f"{int(whole):,}{point}{rest}"


def plain_number(number: Decimal) -> str:
    """Return a number in plain digits, without zeros that say nothing."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _number_of(text: str | None) -> Decimal | None:
    if text is None:
        return None
    digits, _, word = text.partition(" ")
    return Decimal(digits.replace(",", "")).scaleb(_POWERS.get(word, 0))


# Quantities

_ABOUT = "about|around|circa|ca[.]?|approximately|roughly|~|≈"
_SIDES = {
    "at least": ("low", ""),
    ">=": ("low", ""),
    "≥": ("low", ""),
    "more than": ("low", "above"),
    "over": ("low", "above"),
    ">": ("low", "above"),
    "at most": ("high", ""),
    "up to": ("high", ""),
    "<=": ("high", ""),
    "≤": ("high", ""),
    "less than": ("high", "below"),
    "under": ("high", "below"),
    "<": ("high", "below"),
}
_QUANTITY = (
    rf"(?:(?P<about>{_ABOUT}) ?)?"
    rf"(?:(?P<above>>)?(?P<low>{_NUMBER})? ?(?:\.\.|\bto\b) ?(?P<below><)?(?P<high>{_NUMBER})?"
    rf"|(?P<side>{'|'.join(_SIDES)}) ?(?P<bound>{_NUMBER})"
    rf"|(?P<number>{_NUMBER}))"
    r"(?P<unit>(?: .+|[^0-9.,\s-].*)?)"
)


def read_quantity(text: str) -> Quantity:
    """Return the quantity that a text says: ``12.5``, ``40000000 EUR``, ``10..15 %``, ``10.. %``,
    ``at most 15 %``, ``about 300 km``.

    Raises ``ValueProblem`` where it says none.
    """
    try:
        return _parse(text)
    except ValueProblem as error:
        readings = dict.fromkeys(_readings(" ".join(text.split())))
        if readings:
            hint = f"did you mean {join_or(map(quoted, readings))}?"
            raise ValueProblem(str(error), hint) from None
        raise


def _parse(text: str) -> Quantity:
    match = re.fullmatch(_QUANTITY, " ".join(text.split()))
    if match is None or not (match["side"] or match["low"] or match["high"] or match["number"]):
        raise ValueProblem(f"must be a quantity, not {quoted(text)}", HINT)
    unit = match["unit"].strip()
    if unit and not is_unit(unit):
        raise ValueProblem(f"has no unit {quoted(unit)}", _unit_hint(unit))
    above, below = bool(match["above"]), bool(match["below"])
    low = _number_of(match["low"] or match["number"])
    high = _number_of(match["high"] or match["number"])
    if match["side"]:
        side, exclusion = _SIDES[match["side"]]
        bound_number = _number_of(match["bound"])
        low, high = (bound_number, None) if side == "low" else (None, bound_number)
        above, below = exclusion == "above", exclusion == "below"
    if low is not None and high is not None and (low > high or (low == high and (above or below))):
        message = f"{quoted(text)} begins above its end"
        raise ValueProblem(message, "write the smaller number first")
    return Quantity(low, high, "" if unit == "1" else unit, above, below, bool(match["about"]))


_OF_A_PROGRAM = r"(?i)[ex_][+-]?[\da-f]+"
"""What stands behind the first figures of a number as programs write it: ``1e6``, ``0x10``."""


def _unit_hint(unit: str) -> str:
    if re.fullmatch(_OF_A_PROGRAM, unit):
        return f"write the number out in plain figures; {HINT}"
    nearest = did_you_mean(unit, CURRENCIES) if re.fullmatch("[A-Z]{3}", unit) else ""
    rest = "a unit is a code of UCUM or ISO 4217, or a word of your own in braces"
    return "; ".join(filter(None, (nearest, rest)))


# What was perhaps meant


def _readings(text: str) -> Iterator[str]:
    """Yield the quantities that may be meant by a text that is none."""
    for candidate in _candidates(text):
        try:
            _parse(candidate)
        except ValueProblem:
            continue
        yield candidate


_SIGNS = {"US$": "USD", "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR"}
_SIGN = "|".join(map(re.escape, _SIGNS))
_MAGNITUDES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mio": "million",
    "bn": "billion",
    "mrd": "billion",
    "tn": "trillion",
}
_REWRITINGS = (
    (r"^between (.+) and (.+)$", r"\1..\2"),
    (r"(?<=\d)[\u00a0\u202f\u2009'_ ](?=\d{3}\b)", ""),
    (r"^\d+(\.\d+)?[eE][+]?\d{1,2}\b", lambda match: f"{Decimal(match[0]):f}"),
    (r"(?<=[\d%]) ?[-–—] ?(?=\d)", ".."),
    (r"^([\d.,]*\d) ?(\D*?) ?(\.\.|to) ?([\d.,]*\d) ?\2$", r"\1..\4 \2"),
    (rf"^({_SIGN}|[A-Z]{{3}}) ?(-?\d.*)$", r"\2 \1"),
)
_NUMBER_AND_UNIT = (
    rf"(?i)(?P<number>.*?\d)(?: ?(?P<magnitude>{'|'.join((*_MAGNITUDES, *_POWERS))})\b[.]?)?"
    r"(?: ?(?P<unit>[^\d., ][^\d]*|[^\d., ]\S*))?"
)


def _candidates(text: str) -> Iterator[str]:
    """Yield what a text may mean: a range with a dash, the currency in front, a decimal comma, a
    word or sign for a unit.
    """
    for pattern, replacement in _REWRITINGS:
        text = re.sub(pattern, replacement, text)
    match = re.fullmatch(_NUMBER_AND_UNIT, text)
    if match is None:
        return
    magnitude = (match["magnitude"] or "").lower()
    unit = (match["unit"] or "").strip()
    unit = _SIGNS.get(unit) or UNIT_OF_WORD.get(unit.lower()) or unit
    number = match["number"]
    is_grouped = re.fullmatch(r"\D*\d{1,3}(,\d{3})+(\.\d+)?", number)
    for separator in ("", ".") if is_grouped else (".",):
        if re.fullmatch(_OF_A_PROGRAM, unit):
            return
        code = unit if not unit or is_unit(unit) else f"{{{unit}}}"
        words = (number.replace(",", separator), _MAGNITUDES.get(magnitude, magnitude), code)
        yield " ".join(filter(None, words))
