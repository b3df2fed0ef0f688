"""What changed on each day on which an article appeared, in a line of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.status.status import Status
from kg.text import count_noun, join_and
from kg.view.picture import History, Run, Tie

_BECAME = {
    Status.ACCEPTED: "now accepted",
    Status.ATTRIBUTED: "now said by one side only",
    Status.CONTESTED: "now contested",
    Status.DENIAL: "now denied",
    Status.PROSPECTIVE: "now planned",
    Status.OPINION: "now an opinion",
    Status.WITHDRAWN: "withdrawn",
    Status.SUPERSEDED: "replaced",
}


def find_news(ties: Iterable[Tie], history: History) -> tuple[str, ...]:
    """Return for each moment what changed for the claims of a picture: ``3 new claims, 1 denied; 2
    now contested``; ``nothing new in this picture`` where nothing did.
    """
    runs_by_claim = {tie.assertion: history.runs.get(tie.assertion, ()) for tie in ties}
    changes = [Counter[str]() for _ in history.moments]
    for runs in runs_by_claim.values():
        before = Run(-2)
        for run in runs:
            if 0 <= run.moment < len(changes):
                changes[run.moment].update(_changes(before, run))
            before = run
    return tuple(map(_words, changes))


def _changes(before: Run, now: Run) -> list[str]:
    """Return what became of a claim from one run to the next."""
    if now.statement is None:
        return ["no longer concluded"] if before.statement else []
    if before.statement is None:
        return ["new", "denied"] if now.statement.is_negative else ["new"]
    status = now.statement.status
    return [_BECAME[status]] if status is not before.statement.status else []


def _words(changes: Counter[str]) -> str:
    parts = []
    if changes["new"]:
        denied_words = f", {changes['denied']:,} denied" if changes["denied"] else ""
        parts.append(f"{count_noun(changes['new'], 'new claim')}{denied_words}")
    others = {word: count for word, count in changes.items() if word not in ("new", "denied")}
    if others:
        parts.append(join_and(f"{count:,} {word}" for word, count in sorted(others.items())))
    return "; ".join(parts) or "nothing new in this picture"
