"""Typed values: what a text means where the ontology asks for a number, a quantity, a date, ...

A value is kept as one text, in the form that people read (``25 to 50 %``), which reads back as the
same value. Here is what it means, and whether two values can be meant of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kg.dates import Date, DateError, Overlap, dates_overlap, parse_date
from kg.model.references import Reference, Text
from kg.ontology.namespaces import COMMON_PREFIXES
from kg.ontology.quantities import Quantity, ValueProblem, plain_number, read_quantity
from kg.text.characters import quoted


class Datatype(StrEnum):
    """The datatypes that a relation or qualifier may have in its range, as Turtle writes them."""

    STRING = "xsd:string"
    LANG_STRING = "rdf:langString"
    INTEGER = "xsd:integer"
    DECIMAL = "xsd:decimal"
    BOOLEAN = "xsd:boolean"
    ANY_URI = "xsd:anyURI"
    EDTF = "kg:edtf"
    QUANTITY = "kg:Quantity"

    @property
    def iri(self) -> str:
        """The datatype's IRI."""
        prefix, _, name = self.partition(":")
        return f"{COMMON_PREFIXES[prefix]}{name}"


DATATYPES = {each.iri: each for each in Datatype}
"""The datatypes by IRI."""


class Value(NamedTuple):
    """A typed value: the one text for it, and what that means."""

    text: str
    meaning: str | bool | Decimal | Date | Quantity


@lru_cache(maxsize=4096)
def read_value(text: str, datatype: str) -> Value:
    """Return the value of a datatype (``xsd:decimal``) that a text says.

    Raises ``ValueProblem`` where it says none.
    """
    return Value(*_READERS[Datatype(datatype)](text.strip()))


def value_of(text: Text) -> Value:
    """Return what a text of the workspace means; it was read before and is known to be right."""
    return read_value(text.text, text.datatype or Datatype.STRING)


def number_of(value: Reference | Text) -> Decimal | None:
    """Return the number that a value is, or None where it is none, or a range."""
    meaning = value_of(value).meaning if isinstance(value, Text) else None
    if isinstance(meaning, Quantity):
        return meaning.number
    return meaning if isinstance(meaning, Decimal) else None


def may_be_equal(a: Reference | Text, b: Reference | Text) -> bool:
    """Tell whether two values of one relation or qualifier can both be meant of one thing.

    Numbers, quantities and dates can where their bounds overlap; texts where they differ at most in
    letter case and blanks, or are of two languages. What cannot be compared, such as euros with
    dollars or a thing with a text, may be equal.
    """
    if isinstance(a, Reference) and isinstance(b, Reference):
        return a.id == b.id
    if isinstance(a, Reference) or isinstance(b, Reference) or a.datatype != b.datatype:
        return True
    one, other = value_of(a).meaning, value_of(b).meaning
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.may_equal(other)
    if isinstance(one, Date) and isinstance(other, Date):
        return dates_overlap(one, other) is not Overlap.NO
    if isinstance(one, str) and isinstance(other, str):
        return a.language != b.language or _folded(one) == _folded(other)
    return one == other


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _read_words(text: str) -> tuple[str, str]:
    return text, text


def _read_boolean(text: str) -> tuple[str, bool]:
    if text in ("true", "false"):
        return text, text == "true"
    raise ValueProblem(f"must be true or false, not {quoted(text)}", "one of: true, false")


def _read_address(text: str) -> tuple[str, str]:
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", text):
        return text, text
    hint = "give the whole address, as in https://example.org/register/17 or urn:isbn:0131103628"
    raise ValueProblem(f"must be an absolute address (a URI), not {quoted(text)}", hint)


def _read_date(text: str) -> tuple[str, Date]:
    try:
        return text, parse_date(text)
    except DateError as error:
        hint = error.hint or "dates are written in EDTF, as in 2019-11-23 or 2019-08"
        raise ValueProblem(f"must be a date: {error}", hint) from None


def _read_integer(text: str) -> tuple[str, Decimal]:
    number = _exact_number(text, "a whole number")
    if number == number.to_integral_value():
        return plain_number(number), number
    raise ValueProblem(f"must be a whole number, not {quoted(text)}", "as in 51")


def _read_decimal(text: str) -> tuple[str, Decimal]:
    number = _exact_number(text, "a number")
    return plain_number(number), number


def _exact_number(text: str, noun: str) -> Decimal:
    message = f"must be {noun}, not {quoted(text)}"
    try:
        quantity = read_quantity(text)
    except ValueProblem as error:
        hint = (
            error.hint if error.hint.startswith("did you mean") else "in digits, as in 12.5 or 51"
        )
        raise ValueProblem(message, hint) from None
    if quantity.unit or quantity.about or quantity.number is None:
        hint = "give the number alone; ranges, units and 'about' need the range kg:Quantity"
        raise ValueProblem(message, hint)
    return quantity.number


def _read_quantity(text: str) -> tuple[str, Quantity]:
    quantity = read_quantity(text)
    return quantity.text, quantity


_READERS: Mapping[Datatype, Callable[[str], tuple[str, str | bool | Decimal | Date | Quantity]]] = {
    Datatype.STRING: _read_words,
    Datatype.LANG_STRING: _read_words,
    Datatype.INTEGER: _read_integer,
    Datatype.DECIMAL: _read_decimal,
    Datatype.BOOLEAN: _read_boolean,
    Datatype.ANY_URI: _read_address,
    Datatype.EDTF: _read_date,
    Datatype.QUANTITY: _read_quantity,
}
