"""The words that a curator chooses from for an assertion, each a closed list."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """The way in which an assertion is meant; only ``actual`` ones can become facts."""

    ACTUAL = "actual"
    PLANNED = "planned"
    EXPECTED = "expected"
    DEMANDED = "demanded"
    THREATENED = "threatened"
    CONDITIONAL = "conditional"
    OPINION = "opinion"
    SUPPOSED = "supposed"


class Polarity(StrEnum):
    """Whether a proposition is asserted or denied."""

    ASSERTS = "asserts"
    DENIES = "denies"


class Basis(StrEnum):
    """The ground of an assertion: an article's words, a curator's inference, or the editors' own
    decision.
    """

    REPORTED = "reported"
    INFERRED = "inferred"
    EDITORIAL = "editorial"


class OutcomeKind(StrEnum):
    """The outcome of a plan, demand or threat."""

    HAPPENED = "happened"
    DID_NOT_HAPPEN = "did-not-happen"
    OPEN = "open"


class Confidence(StrEnum):
    """The curator's own confidence in their reading."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Rank(StrEnum):
    """How much attention an assertion deserves among others; the status does not depend on it."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class ConflictKind(StrEnum):
    """How many of a conflict's rivals can be right."""

    EXACTLY_ONE = "exactly-one"
    SEVERAL = "several"
