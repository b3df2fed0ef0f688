"""What was taken back, as a curator writes it: a statement by its speaker, or a source."""

from __future__ import annotations

from kg import rules
from kg.model import Withdrawal
from kg.sources.citations import read_citations
from kg.sources.record import Record, read_record
from kg.sources.yamlfile import Mapping


def read_withdrawal(record: Record, key: str, what: str) -> Withdrawal | None:
    """Return when something was taken back and where that is reported; ``what`` it is in words: ``a
    withdrawal``.
    """
    node = record.nodes.get(key)
    if node is None:
        return None
    if not isinstance(node, Mapping):
        message, hint = f"'{key}' must say when and where", f"as in {key}: {{when: ..., cite: ...}}"
        record.report(rules.WRONG_SHAPE, node.span, message, hint)
        return None
    inner = read_record(node, what, ("when", "cite"), ("cite",), record.notes)
    return Withdrawal(inner.date("when"), read_citations(inner), node.span)
