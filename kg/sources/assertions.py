"""Assertions as a curator writes them: which fields they have, which of these go together, and the
ids they get.
"""

from __future__ import annotations

from collections import abc
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from kg.diagnostics import rules
from kg.model import Assertion, Outcome
from kg.model.modes import Basis, Confidence, Mode, OutcomeKind, Polarity, Rank
from kg.model.references import Reference, Withdrawal
from kg.ontology import Ontology
from kg.sources.citations import read_citations
from kg.sources.derived_ids import derived_id, slug_of
from kg.sources.hints import AN_ARTICLE
from kg.sources.record import Record, read_record
from kg.sources.times import TIME, read_time, time_place
from kg.sources.typed import read_objects, read_qualifiers
from kg.sources.values import word_reader
from kg.sources.withdrawals import read_withdrawals
from kg.sources.yamlfile import Mapping, Scalar

TRIPLE = ("subject", "predicate", "object")
TARGETS = {"denies": "a denial", "ends": "the end of a state", "begins": "the beginning of a state"}
"""The fields that name another assertion in the place of a triple, each with what they make."""
OPPOSITE = {Polarity.ASSERTS: Polarity.DENIES, Polarity.DENIES: Polarity.ASSERTS}


def _word(words: type[Any]) -> Callable[[Record, str], object]:
    read_text = word_reader(words)
    return lambda record, key: record.value(key, read_text)


def _polarity(record: Record, key: str) -> Polarity:
    return Polarity.DENIES if record.flag(key) else Polarity.ASSERTS


def _outcome(record: Record, key: str) -> Outcome | None:
    node = record.nodes.get(key)
    read_kind = word_reader(OutcomeKind)
    if not isinstance(node, Mapping):
        kind = record.value(key, read_kind)
        return Outcome(kind) if kind else None
    fields = ("kind", "realised_by", "cite")
    inner = read_record(node, "an outcome", fields, ("kind",), record.notes)
    kind = inner.value("kind", read_kind)
    deed = inner.reference("realised_by")
    return Outcome(kind, deed, read_citations(inner)) if kind else None


def _withdrawals(record: Record, key: str) -> tuple[Withdrawal, ...]:
    if record.has(key) and record.lacks("according_to"):
        record.report(
            rules.FIELDS_DISAGREE,
            record.key_place(key),
            "only a speaker can withdraw a statement",
            "name the speaker in 'according_to'; where the article itself was wrong, "
            "use 'supersedes', or 'retracted' in the article's record where it was taken back",
        )
    return read_withdrawals(record, key)


def _premises(record: Record, key: str) -> tuple[Reference, ...]:
    return record.references(key) if _is_inferred(record) else ()


class Field(NamedTuple):
    """A field of an assertion: its key in YAML, the attribute of ``Assertion``, and its reader."""

    key: str
    attribute: str
    reader: Callable[[Record, str], object]


FIELDS = (
    Field("id", "id", Record.reference),
    Field("subject", "subject", Record.reference),
    Field("predicate", "predicate", Record.term),
    Field("object", "object", Record.items),
    Field("denies", "denies", Record.reference),
    Field("ends", "ends", Record.reference),
    Field("begins", "begins", Record.reference),
    Field("negated", "polarity", _polarity),
    Field("with", "qualifiers", Record.items),
    Field("where", "where", Record.reference),
    Field("mode", "mode", _word(Mode)),
    Field("condition", "condition", Record.words),
    Field("according_to", "speakers", Record.references),
    Field("via", "via", Record.references),
    Field("about", "about", Record.references),
    Field("said", "said", Record.date),
    Field("outcome", "outcome", _outcome),
    Field("withdrawn", "withdrawals", _withdrawals),
    Field("basis", "basis", _word(Basis)),
    Field("from", "follows_from", _premises),
    Field("supersedes", "supersedes", Record.references),
    Field("retroactive", "retroactive", Record.flag),
    Field("confidence", "confidence", _word(Confidence)),
    Field("rank", "rank", _word(Rank)),
    Field("cite", "citations", read_citations),
    Field("note", "note", Record.words),
)
"""In the order in which they are written."""
_KEYS = tuple(field.key for field in FIELDS)
_TIME_AT = _KEYS.index("where")
ASSERTION_FIELDS = (*_KEYS[:_TIME_AT], *TIME, *_KEYS[_TIME_AT:])
"""The keys of an assertion, in the order in which they are written."""


def read_values(record: Record, ontology: Ontology) -> dict[str, Any]:
    """Return the values of an assertion's record by attribute; a field that is left out has none.

    ``object`` is a tuple, of texts where the predicate's relation leads to these, else of ids.
    """
    _check_triple(record)
    _check_mode(record)
    _check_basis(record)
    nodes = record.nodes
    values: dict[str, Any] = {
        attribute: reader(record, key) for key, attribute, reader in FIELDS if key in nodes
    }
    values |= {"object": read_objects(record, ontology), "span": record.span}
    values |= {"qualifiers": read_qualifiers(record, ontology)}
    values.setdefault("citations", ())
    if time := read_time(record, _is_inferred(record)):
        values |= {"when": time, "when_span": record.place(time_place(record))}
    return {attribute: value for attribute, value in values.items() if value is not None}


def make_assertions(values: abc.Mapping[str, Any]) -> list[Assertion]:
    """Return the assertion that has these values, or one for each of several objects."""
    rest = dict(values)
    id, objects = rest.pop("id", None), rest.pop("object")
    if id and len(objects) == 1:
        return [Assertion(id=id.id, object=objects[0], **rest)]
    assertions = [Assertion(id="", object=each, has_own_id=False, **rest) for each in objects]
    if id:
        return [replace(each, id=f"{id.id}-{slug_of(each.object)}") for each in assertions]
    return [replace(each, id=derived_id(each)) for each in assertions]


def depends_on_another(values: abc.Mapping[str, Any]) -> bool:
    """Whether the assertion with these values denies, ends or begins another one."""
    return not TARGETS.keys().isdisjoint(values)


def target_of(values: abc.Mapping[str, Any]) -> Reference:
    """Return what an assertion that ``depends_on_another`` denies, ends or begins."""
    target: Reference = next(values[key] for key in TARGETS if key in values)
    return target


def make_dependent(values: abc.Mapping[str, Any], target: Assertion) -> Assertion:
    """Return the assertion that has these values and denies, ends or begins another one: it has
    the triple of that, and its qualifiers unless it has its own. A denial has the other polarity,
    and so the mode and place.
    """
    rest = dict(values)
    id = rest.pop("id", None)
    rest |= {
        "subject": target.subject,
        "predicate": target.predicate,
        "object": target.object,
        "qualifiers": rest["qualifiers"] or target.qualifiers,
        "about": rest.get("about") or target.about,
    }
    if "denies" in rest:
        mode = {"mode": target.mode, "condition": target.condition} if "mode" not in rest else {}
        limits = {"ends": target.ends, "begins": target.begins}
        rest |= {"polarity": OPPOSITE[target.polarity], **mode, **limits}
    assertion = Assertion(id=id.id if id else "", has_own_id=bool(id), **rest)
    assertion = assertion if id else replace(assertion, id=derived_id(assertion))
    # Its id tells where it was only where it says so itself.
    where = target.where if "denies" in rest else None
    return replace(assertion, where=assertion.where or where)


def _check_triple(record: Record) -> None:
    targets = [key for key in TARGETS if record.has(key)]
    for other in targets[1:]:
        message = f"one assertion cannot have both '{targets[0]}' and '{other}'"
        _exclude(record, other, message, "write two assertions")
    if targets:
        message = f"{TARGETS[targets[0]]} takes no 'negated': it names another assertion"
        _exclude(record, "negated", message, f"delete the line, or delete '{targets[0]}'")
    for key in TRIPLE:
        if targets:
            what = TARGETS[targets[0]]
            message = f"{what} has no '{key}' of its own: it has that of what it names"
            _exclude(record, key, message, f"delete the line, or delete '{targets[0]}'")
        else:
            record.require(key, "an assertion")


def _check_mode(record: Record) -> None:
    if record.nodes.keys().isdisjoint(("mode", "condition", "outcome")):
        return
    mode = _plain(record, "mode")
    if mode == "conditional":
        message = "a conditional assertion lacks its 'condition'"
        _need(record, "mode", "condition", message, "say under which condition")
    else:
        message = "only a conditional assertion has a 'condition'"
        _exclude(record, "condition", message, "write 'mode: conditional', or delete the condition")
    if mode in ("", "actual", "opinion", "supposed"):
        _exclude(
            record,
            "outcome",
            "only what is planned, expected, demanded, threatened or conditional has an 'outcome'",
            "write the mode, or delete the outcome",
        )
    if mode == "opinion" and record.lacks("according_to") and not _is_editorial(record):
        record.report(
            rules.OPINION_OF_NOBODY,
            record.key_place("mode"),
            "an opinion has no holder",
            "name the holder in 'according_to'; the outlet, where nobody else holds it",
        )


def _check_basis(record: Record) -> None:
    is_inferred = _is_inferred(record)
    if not is_inferred and not _is_editorial(record):
        hint = f"cite the paragraph that says so, as in cite: {{{AN_ARTICLE}: [4]}}"
        record.require("cite", "an assertion", hint)
    if is_inferred:
        message = "an inferred assertion lacks 'from': the ids it follows from"
        _need(record, "basis", "from", message, "add 'from: [id, ...]'")
    if _is_editorial(record):
        message = "an editorial assertion lacks its 'note'"
        _need(record, "basis", "note", message, "say why the editors hold it")
    message = "'retroactive' needs 'supersedes'"
    _need(record, "retroactive", "supersedes", message, "name the assertion that it undoes")


def _need(record: Record, key: str, other: str, message: str, hint: str) -> None:
    """Report a field that needs another one, which is left out."""
    if record.has(key) and record.lacks(other):
        record.report(rules.FIELDS_DISAGREE, record.key_place(key), message, hint)


def _exclude(record: Record, key: str, message: str, hint: str) -> None:
    """Report a field that must not be there."""
    if record.has(key):
        record.report(rules.FIELDS_DISAGREE, record.key_place(key), message, hint)


def _plain(record: Record, key: str) -> str:
    node = record.nodes.get(key)
    return node.text if isinstance(node, Scalar) else ""


def _is_inferred(record: Record) -> bool:
    return _plain(record, "basis") == "inferred"


def _is_editorial(record: Record) -> bool:
    return _plain(record, "basis") == "editorial"
