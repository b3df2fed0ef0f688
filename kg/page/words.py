"""The words of a page where the model's own would puzzle a reader: statuses, and dates."""

from __future__ import annotations

import re

from kg.dates.words import date_in_words
from kg.status.statement import Statement
from kg.status.status import Status
from kg.view.picture import Picture

STATUS_WORDS = {Status.PROSPECTIVE.value: "planned"}
"""What readers call a status, where that is not its name."""


LICENCES = (
    (r"creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)(?:/([a-z]+))?", "CC {} {} {}"),
    (r"creativecommons\.org/publicdomain/zero/([0-9.]+)", "CC0 {}"),
    (r"creativecommons\.org/publicdomain/mark/([0-9.]+)", "Public Domain Mark {}"),
    (r"apache\.org/licenses/LICENSE-([0-9.]+)", "Apache-{}"),
    (r"opendatacommons\.org/licenses/odbl/(\d)-(\d)", "ODbL {}.{}"),
    (r"nationalarchives\.gov\.uk/doc/open-government-licence/version/(\d)", "OGL {}.0"),
)
"""What licences are called, by patterns of their addresses."""


def licence_words(address: str) -> str:
    """Return what people call the licence at an address; of one that is not known, the address."""
    page = re.sub(r"^https?://(www\.)?|[?#].*$", "", address).rstrip("/")
    page = re.sub(r"(/(deed|legalcode)[a-z._-]*|\.html|\.txt)$", "", page)
    for pattern, words in LICENCES:
        match = re.fullmatch(pattern, page)
        if match:
            return words.format(*(part.upper() for part in match.groups(""))).strip()
    return page or address


def status_words(status: str) -> str:
    """Return what readers call a status."""
    return STATUS_WORDS.get(status, status)


def standing_words(statement: Statement) -> str:
    """Return what readers call where a statement stands: of what is ahead, how it is meant."""
    is_ahead = statement.status is Status.PROSPECTIVE and not statement.assertion.is_actual
    return statement.assertion.mode.value if is_ahead else status_words(statement.status.value)


def dates_in_words(picture: Picture) -> dict[str, str]:
    """Return the words of every date that a picture tells, by the date as written."""
    dates = {each.article.published for each in picture.articles}
    earlier = picture.history.statements(picture.statements)
    for each in (*picture.statements.values(), *earlier):
        dates |= {each.assertion.when, each.assertion.said, each.time}
    return {date.text: date_in_words(date) for date in dates if date}
