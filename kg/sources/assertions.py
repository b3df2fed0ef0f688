"""Assertions as a curator writes them: which fields they have, which of these go together, and the
ids they get.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from kg import rules
from kg.model import (
    Assertion,
    Basis,
    Confidence,
    Mode,
    Outcome,
    OutcomeKind,
    Reference,
    Text,
    Withdrawal,
)
from kg.sources.fields import AN_ARTICLE, ID, Record
from kg.sources.yamlfile import Mapping, Scalar, Sequence

ASSERTION_FIELDS = (
    "id",
    "subject",
    "predicate",
    "object",
    "when",
    "where",
    "according_to",
    "via",
    "said",
    "denies",
    "mode",
    "condition",
    "outcome",
    "withdrawn",
    "supersedes",
    "retroactive",
    "confidence",
    "basis",
    "from",
    "note",
    "cite",
)


def assertions(
    record: Record, id: Reference | None, text_relations: frozenset[str]
) -> Iterator[Assertion]:
    """The assertion of a record, or several where its object is a list."""
    _fields_agree(record)
    subject, predicate, where = (record.reference(f) for f in ("subject", "predicate", "where"))
    when, said, citations = record.date("when"), record.date("said"), record.citations("cite")
    denies, mode, basis = (
        record.reference("denies"),
        record.word("mode", Mode),
        record.word("basis", Basis),
    )
    says = partial(
        Assertion,
        span=record.span,
        subject=subject or Reference("", record.span),
        predicate=predicate or Reference("", record.span),
        citations=citations,
        mode=mode or Mode.ACTUAL,
        when=when,
        when_span=record.place("when") if when else None,
        where=where,
        speakers=record.references("according_to"),
        via=record.references("via"),
        said=said,
        denies=denies,
        condition=record.words("condition"),
        outcome=_outcome(record),
        withdrawn=_withdrawal(record),
        supersedes=record.reference("supersedes"),
        retroactive=record.flag("retroactive"),
        confidence=record.word("confidence", Confidence),
        basis=basis or Basis.REPORTED,
        follows_from=record.references("from"),
        note=record.words("note"),
    )
    if denies:
        yield says(
            id=id.id if id else "", object=Reference("", record.span), has_own_id=id is not None
        )
        return
    objects = _objects(record, predicate is not None and predicate.id in text_relations)
    for object in objects:
        if not id:
            nameless = says(id="", object=object, has_own_id=False)
            yield replace(nameless, id=derived_id(nameless))
        elif len(objects) == 1:
            yield says(id=id.id, object=object)
        else:
            yield says(id=f"{id.id}-{_slug(object)}", object=object, has_own_id=False)


def _objects(record: Record, are_texts: bool) -> tuple[Reference | Text, ...]:
    """The object, or each object of a list."""
    node = record.nodes.get("object")
    items = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
    if isinstance(node, Sequence) and not items:
        record.say(rules.EMPTY_VALUE, node.span, "'object' is an empty list", "name at least one")
    texts = [text for item in items if (text := record.text("object", item))]
    return tuple(text if are_texts else Reference(text.text, text.span) for text in texts)


def _fields_agree(record: Record) -> None:
    """Fields that exclude or need each other."""

    def need(present: str, absent: str, message: str, hint: str) -> None:
        if record.has(present) and record.lacks(absent):
            record.say(rules.FIELDS_DISAGREE, record.keys[present].span, message, hint)

    def must_lack(field: str, message: str, hint: str) -> None:
        if record.has(field):
            record.say(rules.FIELDS_DISAGREE, record.keys[field].span, message, hint)

    if record.has("denies"):
        for field in ("subject", "predicate", "object"):
            must_lack(
                field,
                f"a denial has no '{field}' of its own: it has that of what it denies",
                "delete the line, or delete 'denies'",
            )
    else:
        for field in ("subject", "predicate", "object"):
            if record.lacks(field):
                record.say(
                    rules.MISSING_FIELD,
                    record.start,
                    f"an assertion lacks its '{field}'",
                    f"add '{field}: ...'",
                )
    mode, basis = _plain(record, "mode"), _plain(record, "basis")
    if record.lacks("cite") and basis not in ("inferred", "editorial"):
        record.say(
            rules.MISSING_FIELD,
            record.start,
            "an assertion lacks its 'cite'",
            f"cite the paragraph that says so, as in cite: {{{AN_ARTICLE}: [4]}}",
        )
    if mode == "conditional":
        need(
            "mode",
            "condition",
            "a conditional assertion lacks its 'condition'",
            "say under which condition",
        )
    else:
        must_lack(
            "condition",
            "only a conditional assertion has a 'condition'",
            "write 'mode: conditional', or delete the condition",
        )
    if mode in ("", "actual", "opinion"):
        must_lack(
            "outcome",
            "only what is planned, expected, demanded, threatened or conditional has an 'outcome'",
            "write the mode, or delete the outcome",
        )
    if mode == "opinion" and record.lacks("according_to") and basis != "editorial":
        record.say(
            rules.OPINION_OF_NOBODY,
            record.keys["mode"].span,
            "an opinion has no holder",
            "name the holder in 'according_to'; the outlet, where nobody else holds it",
        )
    if basis == "inferred":
        need(
            "basis",
            "from",
            "an inferred assertion lacks 'from': the ids it follows from",
            "add 'from: [id, ...]'",
        )
    else:
        must_lack(
            "from", "only an inferred assertion has 'from'", "write 'basis: inferred', or delete it"
        )
    if basis == "editorial":
        need(
            "basis",
            "note",
            "an editorial assertion lacks its 'note'",
            "say why the editors hold it",
        )
    need(
        "retroactive",
        "supersedes",
        "'retroactive' needs 'supersedes'",
        "name the assertion that it undoes",
    )


def _plain(record: Record, field: str) -> str:
    node = record.nodes.get(field)
    return node.text if isinstance(node, Scalar) else ""


def _outcome(record: Record) -> Outcome | None:
    node = record.nodes.get("outcome")
    if not isinstance(node, Mapping):
        kind = record.word("outcome", OutcomeKind)
        return Outcome(kind) if kind else None
    inner = Record(node, "an outcome", ("kind", "realised_by"), ("kind",), record.found)
    kind = inner.word("kind", OutcomeKind)
    by = inner.reference("realised_by")
    return Outcome(kind, by) if kind else None


def _withdrawal(record: Record) -> Withdrawal | None:
    node = record.nodes.get("withdrawn")
    if node is None:
        return None
    if not isinstance(node, Mapping):
        record.say(
            rules.WRONG_SHAPE,
            node.span,
            "'withdrawn' must say when and where",
            "as in withdrawn: {when: ..., cite: ...}",
        )
        return None
    inner = Record(node, "a withdrawal", ("when", "cite"), ("cite",), record.found)
    if record.lacks("according_to"):
        record.say(
            rules.FIELDS_DISAGREE,
            record.keys["withdrawn"].span,
            "only a speaker can withdraw a statement",
            "name the speaker in 'according_to'; where the article itself was wrong, use 'supersedes'",
        )
    return Withdrawal(inner.date("when"), inner.citations("cite"), node.span)


def content(assertion: Assertion) -> tuple[str, ...]:
    """What makes an assertion the one it is: two with equal content are one, written twice."""
    return (
        assertion.polarity,
        assertion.subject.id,
        assertion.predicate.id,
        assertion.object_key,
        assertion.mode,
        assertion.when.text if assertion.when else "",
        assertion.where.id if assertion.where else "",
        " ".join(sorted(speaker.id for speaker in assertion.speakers)),
        " ".join(sorted(via.id for via in assertion.via)),
        assertion.said.text if assertion.said else "",
        assertion.condition,
        assertion.basis,
        assertion.supersedes.id if assertion.supersedes else "",
    )


def derived_id(assertion: Assertion) -> str:
    """An id from the triple, made unlike others by six digits of a hash over the content."""
    digest = hashlib.sha256("\0".join(content(assertion)).encode("utf-8", "replace")).hexdigest()[
        :6
    ]
    parts = (assertion.subject.id, assertion.predicate.id, _slug(assertion.object))
    return "-".join(_ascii(part) for part in (*parts, digest) if _ascii(part))


def _slug(object: Reference | Text) -> str:
    text = object.id if isinstance(object, Reference) else object.text
    return (
        text
        if ID.fullmatch(text) and len(text) <= 60
        else hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6]
    )


def _ascii(text: str) -> str:
    return re.sub("[^A-Za-z0-9]+", "-", text).strip("-")[:60].strip("-")
