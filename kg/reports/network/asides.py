"""Which ties are left out unless asked for; apart from what finds ties, so that the command line
knows these words at no cost.
"""

from __future__ import annotations

from enum import StrEnum

from kg.status.statuses import Status

ALSO = (Status.ATTRIBUTED, Status.CONTESTED, Status.PROSPECTIVE, Status.OPINION)
"""The statuses that ties may have beside accepted, if asked for."""


class Aside(StrEnum):
    """What is left out unless asked for."""

    PLACES = "places"
    FORUMS = "forums"
    TIME = "time"


ASIDE_WORDS = {
    Aside.PLACES: "of place",
    Aside.FORUMS: "with forums (gatherings, intergovernmental organisations)",
    Aside.TIME: "of mere order in time",
}
"""Which ties these are, in words."""
