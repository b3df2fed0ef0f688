"""The lists of ``kg report``; apart from what fills them, so that the command line knows their
names at no cost.
"""

from __future__ import annotations

from enum import StrEnum


class GapKind(StrEnum):
    """What a report lists, in its order."""

    SINGLE_SOURCE = "single-source"
    ONE_SIDED = "one-sided"
    UNREBUTTED = "unrebutted"
    UNDATED = "undated"
    ENDED_UNKNOWN = "ended-unknown"
    END_NOT_REPORTED = "end-not-reported"
    UNMINED = "unmined"
    EARLIER_VERSION = "earlier-version"
    UNDATED_SOURCES = "undated-sources"
    CONFLICTS = "conflicts"
    DENIED = "denied"
    FUNCTIONAL_RIVALS = "functional-rivals"
    OPEN_PROSPECTS = "open-prospects"

    @property
    def key(self) -> str:
        """Its name in JSON."""
        return self.value.replace("-", "_")


class DocumentFormat(StrEnum):
    """The formats that a document is written in."""

    TEXT = "text"
    MARKDOWN = "md"
    JSON = "json"
