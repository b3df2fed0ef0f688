"""The statuses that an assertion may have; ``kg.status.status`` says which one it has."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where an assertion stands; the first that applies holds."""

    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    PROSPECTIVE = "prospective"
    OPINION = "opinion"
    CONTESTED = "contested"
    DENIAL = "denial"
    ATTRIBUTED = "attributed"
    ACCEPTED = "accepted"


MEANING = {
    Status.WITHDRAWN: "its speaker, or every source of it, took it back",
    Status.SUPERSEDED: "a later claim corrects or replaces it",
    Status.PROSPECTIVE: "planned, expected, demanded, threatened or conditional: not a deed",
    Status.OPINION: "a judgement of its holder",
    Status.CONTESTED: "another claim stands against it",
    Status.DENIAL: "it denies, and nobody reported asserts what it denies",
    Status.ATTRIBUTED: "its speaker says so, no article vouches for it",
    Status.ACCEPTED: "articles report it in their own voice, undenied",
}
"""Each status in plain words."""
