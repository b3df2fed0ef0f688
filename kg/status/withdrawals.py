"""Who still holds what several speakers said together: one of them may have taken it back alone."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.references import Withdrawal
from kg.status.editions import still_standing


def counting_withdrawals(assertion: Assertion, corpus: Corpus) -> list[Withdrawal]:
    """Return the withdrawals of a statement that a source reports which was not retracted."""
    return [w for w in assertion.withdrawals if still_standing(w.citations, corpus)]


def without_leavers(corpus: Corpus) -> Corpus:
    """Return a corpus in which what only some speakers took back is said by the others alone."""
    changed_assertions: dict[str, Assertion] = {}
    for a in corpus.assertions.values():
        withdrawals = counting_withdrawals(a, corpus)
        if withdrawals and not a.is_withdrawn_by(withdrawals):
            leavers = {speaker.id for each in withdrawals for speaker in each.by}
            rest = tuple(speaker for speaker in a.speakers if speaker.id not in leavers)
            changed_assertions[a.id] = replace(a, speakers=rest)
    if not changed_assertions:
        return corpus
    return replace(corpus, assertions={**corpus.assertions, **changed_assertions})
