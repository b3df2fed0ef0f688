"""What was taken back, as a curator writes it: a statement by its speaker, or a source."""

from __future__ import annotations

from kg.diagnostics import rules
from kg.model.references import Withdrawal
from kg.sources.citations import read_citations
from kg.sources.record import Record, read_record
from kg.sources.yamlfile import Mapping, Scalar, YamlNode
from kg.text.characters import quoted


def read_withdrawal(record: Record, key: str, what: str) -> Withdrawal | None:
    """Return when something was taken back and where that is reported; ``what`` it is in words: ``a
    withdrawal``.
    """
    node = record.nodes.get(key)
    return _read_withdrawal(record, key, node, what, ("when", "cite")) if node is not None else None


def read_withdrawals(record: Record, key: str) -> tuple[Withdrawal, ...]:
    """Return who took a statement back, when, and where that is reported: once for all its
    speakers, or for some of them.
    """
    fields = ("by", "when", "cite")
    read_withdrawals = [
        _read_withdrawal(record, key, node, "a withdrawal", fields) for node in record.items(key)
    ]
    withdrawals = tuple(each for each in read_withdrawals if each)
    speakers = {each.text for each in record.items("according_to") if isinstance(each, Scalar)}
    for leaver in (speaker for each in withdrawals for speaker in each.by):
        if speakers and leaver.id not in speakers:
            record.report(
                rules.FIELDS_DISAGREE,
                leaver.span,
                f"{quoted(leaver.id)} takes back what it did not say",
                f"who said so: {', '.join(sorted(speakers))}; what others deny is a denial",
            )
    return withdrawals


def _read_withdrawal(
    record: Record, key: str, node: YamlNode, what: str, fields: tuple[str, ...]
) -> Withdrawal | None:
    if not isinstance(node, Mapping):
        message, hint = f"'{key}' must say when and where", f"as in {key}: {{when: ..., cite: ...}}"
        record.report(rules.WRONG_SHAPE, node.span, message, hint)
        return None
    inner = read_record(node, what, fields, ("cite",), record.notes)
    by = inner.references("by")
    return Withdrawal(inner.date("when"), read_citations(inner), node.span, by)
