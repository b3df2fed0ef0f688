"""What EDTF leaves to whoever reads a date: how far "about" reaches, whose seasons are meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.dates.calendar import Day, day_number, day_of, days_in


class Hemisphere(StrEnum):
    """The half of the Earth whose seasons are meant."""

    NORTHERN = "Northern"
    SOUTHERN = "Southern"


class Precision(StrEnum):
    """How exactly a date is written."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a data set reads dates.

    ``about_day`` is the number of days by which ``~`` widens a day on either side, ``about_month``
    that of months for a month or a season, ``about_year`` and ``about_decade`` those of years; a
    century is widened by ten times what a decade is.
    """

    hemisphere: Hemisphere = Hemisphere.NORTHERN
    about_day: int = 10
    about_month: int = 1
    about_year: int = 1
    about_decade: int = 5

    def season(self, year: int, code: int) -> tuple[Day, Day]:
        """Return the first and the last day of a season by its code: 21 is spring, 24 winter. The
        one that begins in December ends in the next year.
        """
        shift = 6 if self.hemisphere is Hemisphere.SOUTHERN else 0
        month = (_FIRST_MONTHS[code] - 1 + shift) % 12 + 1
        first = Day(year, month, 1)
        return first, _end_of_month(year, month + 2)

    def widened(self, first: Day, last: Day, precision: Precision) -> tuple[Day, Day]:
        """Return the first and the last day of a date that is only about right."""
        if precision is Precision.DAY:
            return day_of(day_number(first) - self.about_day), day_of(
                day_number(last) + self.about_day
            )
        months = self._months(precision)
        start = _end_of_month(first.year, first.month - months)
        end = _end_of_month(last.year, last.month + months)
        return start._replace(day=1), end

    def _months(self, precision: Precision) -> int:
        match precision:
            case Precision.YEAR:
                return 12 * self.about_year
            case Precision.DECADE:
                return 12 * self.about_decade
            case Precision.CENTURY:
                return 120 * self.about_decade
            case _:
                return self.about_month


_FIRST_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}
"""The first month of each season of the north, by its code."""


def _end_of_month(year: int, month: int) -> Day:
    """The last day of a month, counted on over the ends of the year."""
    years, number = divmod(month - 1, 12)
    year, month = year + years, number + 1
    return Day(year, month, days_in(year, month))
