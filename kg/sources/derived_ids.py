"""What makes an assertion the one it is, and the id made of that where it has none of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from kg.model import Assertion
from kg.model.references import Reference, Text
from kg.sources.values import ID


def identifying_content(assertion: Assertion) -> tuple[str, ...]:
    """Return what makes an assertion the one it is: two with equal content are one, written twice.

    Derived ids are made from it, so what is added must not change it where it is left out.
    """
    return (
        assertion.polarity,
        assertion.subject.id,
        assertion.predicate.id,
        assertion.object_key,
        assertion.mode,
        assertion.when.text if assertion.when else "",
        _id(assertion.where),
        _ids(assertion.speakers),
        _ids(assertion.via),
        assertion.said.text if assertion.said else "",
        assertion.condition,
        assertion.basis,
        _ids(assertion.supersedes),
        *("=".join(qualifier.key) for qualifier in assertion.qualifiers),
        *_limit(assertion),
    )


def _limit(assertion: Assertion) -> tuple[str, ...]:
    if assertion.ends:
        return "ends", assertion.ends.id
    return ("begins", assertion.begins.id) if assertion.begins else ()


def derived_id(assertion: Assertion) -> str:
    """Return an id made of the triple and six digits of a hash over the content."""
    digest = _hash("\0".join(identifying_content(assertion)))
    parts = (assertion.subject.id, assertion.predicate.id, slug_of(assertion.object), digest)
    return "-".join(filter(None, map(_ascii, parts)))


def _id(reference: Reference | None) -> str:
    return reference.id if reference else ""


def _ids(references: Iterable[Reference]) -> str:
    return " ".join(sorted(reference.id for reference in references))


def slug_of(object: Reference | Text) -> str:
    """Return a text as a part of ids: itself, or a hash where it cannot be one."""
    text = object.id if isinstance(object, Reference) else object.text
    return text if ID.fullmatch(text) and len(text) <= 60 else _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6]


def _ascii(text: str) -> str:
    return re.sub("[^A-Za-z0-9]+", "-", text).strip("-")[:60].strip("-")
