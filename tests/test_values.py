"""Typed values: each has one text, which reads back as the same value; whether two may be one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.diagnostics import Span
from kg.model.references import Reference, Text
from kg.ontology.quantities import Quantity, ValueProblem, read_quantity
from kg.ontology.units import is_unit, scale_of_unit
from kg.ontology.values import Datatype, may_be_equal, read_value

NOWHERE = Span("")
UNITS = ("", "%", "EUR", "km", "[mi_i]/h", "{florin}", "m2", "kW.h", "ITL")
numbers = st.decimals(-(10**9), 10**9, places=3).map(Decimal.normalize)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Any quantity: a number, a range, or one with an open bound."""
    low, high = sorted((draw(numbers), draw(numbers)))
    unit, about = draw(st.sampled_from(UNITS)), draw(st.booleans())
    match draw(st.sampled_from(("number", "range", "low", "high"))):
        case "number":
            return Quantity(low, low, unit, about=about)
        case "low":
            return Quantity(low, None, unit, above=draw(st.booleans()), about=about)
        case "high":
            return Quantity(None, high, unit, below=draw(st.booleans()), about=about)
    open_ended = low < high
    above, below = draw(st.booleans()) and open_ended, draw(st.booleans()) and open_ended
    return Quantity(low, high, unit, above, below, about)


def value(text: str, datatype: str = Datatype.QUANTITY) -> Text:
    """A value as the loader keeps it."""
    return Text(read_value(text, datatype).text, NOWHERE, datatype=datatype)


@given(quantities())
def test_a_quantity_reads_back_from_its_words(quantity: Quantity) -> None:
    assert read_quantity(quantity.text) == quantity


@given(quantities(), quantities())
def test_whether_two_quantities_may_be_one_does_not_depend_on_their_order(
    a: Quantity, b: Quantity
) -> None:
    assert a.may_equal(b) == b.may_equal(a)
    assert a.may_equal(a)


@given(quantities(), numbers, numbers)
def test_a_range_within_another_may_be_whatever_the_wider_one_may_be(
    other: Quantity, a: Decimal, b: Decimal
) -> None:
    low, high = sorted((a, b))
    narrow = Quantity(low, high, other.unit)
    wide = Quantity(low - 1, high + 1, other.unit)
    assert wide.may_equal(other) or not narrow.may_equal(other)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("40000000 EUR", "40 million EUR"),
        ("60%", "60 %"),
        ("10..15 %", "10 to 15 %"),
        ("10.. %", "at least 10 %"),
        ("..15 %", "at most 15 %"),
        (">25..50 %", ">25 to 50 %"),
        ("~300 km", "about 300 km"),
        ("1234567", "1,234,567"),
        ("12.50 EUR", "12.5 EUR"),
        ("12500", "12500"),
    ],
)
def test_a_quantity_has_one_text_however_it_is_written(written: str, text: str) -> None:
    assert read_value(written, Datatype.QUANTITY).text == text


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("EUR 40 million", "did you mean '40 million EUR'?"),
        ("€40m", "did you mean '40 million EUR'?"),
        ("$5bn", "did you mean '5 billion USD'?"),
        ("40,000", "did you mean '40000' or '40.000'?"),
        ("12,5 %", "did you mean '12.5 %'?"),
        ("10-15 %", "did you mean '10..15 %'?"),
        ("between 10 and 15 %", "did you mean '10..15 %'?"),
        ("300 kilometres", "did you mean '300 km'?"),
        ("20 °C", "did you mean '20 Cel'?"),
        ("40 000 000 EUR", "did you mean '40000000 EUR'?"),
        ("51 votes", "did you mean '51 {votes}'?"),
        ("1e6", "did you mean '1000000'?"),
        ("1.2e3 EUR", "did you mean '1200 EUR'?"),
        ("1_000", "did you mean '1000'?"),
        ("1e999", "write the number out in plain figures"),
        ("0x10", "write the number out in plain figures"),
        ("15..10 %", "write the smaller number first"),
        ("a lot", "as in 12.5, 40000000 EUR"),
        ("", "as in 12.5, 40000000 EUR"),
    ],
)
def test_what_is_no_quantity_is_refused_with_what_was_perhaps_meant(
    written: str, hint: str
) -> None:
    with pytest.raises(ValueProblem) as raised:
        read_quantity(written)
    assert hint in raised.value.hint


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("a lot", "xsd:decimal"),
        ("12.5 %", "xsd:decimal"),
        ("10..15", "xsd:decimal"),
        ("12.5", "xsd:integer"),
        ("yes", "xsd:boolean"),
        ("register 17", "xsd:anyURI"),
        ("July", "kg:edtf"),
    ],
)
def test_a_text_that_is_no_value_of_its_datatype_is_refused(text: str, datatype: str) -> None:
    with pytest.raises(ValueProblem) as raised:
        read_value(text, datatype)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("a", "b", "may"),
    [
        ("60 %", "60%", True),
        ("60 %", "40 %", False),
        ("25..50 %", "30 %", True),
        ("at least 50 %", "50 %", True),
        ("more than 50 %", "50 %", False),
        ("300 km", "300000 m", True),
        ("36 km/h", "10 m/s", True),
        ("5 [mi_i]", "5 km", False),
        ("about 300 km", "310 km", True),
        ("about 300 km", "400 km", False),
        ("40000000 EUR", "45000000 USD", True),
        ("300 {florin}", "300 {ducat}", True),
    ],
)
def test_two_quantities_may_be_one_where_their_bounds_meet(a: str, b: str, may: bool) -> None:
    assert may_be_equal(value(a), value(b)) is may
    assert may_be_equal(value(b), value(a)) is may


def test_texts_may_be_one_where_they_differ_in_case_or_language_only() -> None:
    office, bureau = Text("River Office", NOWHERE, "en"), Text("Office du fleuve", NOWHERE, "fr")
    assert may_be_equal(office, bureau)
    assert may_be_equal(office, Text("river  office", NOWHERE, "en"))
    assert not may_be_equal(office, Text("Road Office", NOWHERE, "en"))
    assert not may_be_equal(Reference("a", NOWHERE), Reference("b", NOWHERE))
    assert may_be_equal(Reference("a", NOWHERE), office)


def test_dates_and_numbers_compare_by_what_they_mean() -> None:
    assert may_be_equal(value("2019-08", Datatype.EDTF), value("2019-08-23", Datatype.EDTF))
    assert not may_be_equal(value("2019-08", Datatype.EDTF), value("2019-09-23", Datatype.EDTF))
    assert may_be_equal(value("12.50", Datatype.DECIMAL), value("12.5", Datatype.DECIMAL))
    assert not may_be_equal(value("51", Datatype.INTEGER), value("47", Datatype.INTEGER))


def test_units_are_those_of_ucum_and_iso_4217() -> None:
    good = ("km", "m2", "kW.h", "[mi_i]/h", "EUR", "DEM", "EUR/t", "{ship of the line}", "har", "1")
    assert [unit for unit in good if not is_unit(unit)] == []
    bad = ("miles", "kilometres", "EURO", "kWh", "", "km per h", "{", "m/")
    assert [unit for unit in bad if is_unit(unit)] == []
    miles, kilometres = scale_of_unit("[mi_i]/h"), scale_of_unit("km/h")
    assert miles is not None
    assert kilometres is not None
    assert kilometres == miles._replace(factor=kilometres.factor)
