"""The outcome of judging a corpus: where everything stands, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kg.dates import Date, DateKind
from kg.dates.calendar import set_of
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.status.propositions import time_of
from kg.status.scope import WHEN
from kg.status.status import Standing


class Judgement(NamedTuple):
    """A corpus with the conclusions that kg draws from it, and the standing of each assertion.

    ``counted_as`` tells of articles, by id, whose source they count as where that is not their
    originator's (``kg.status.support``), ``later_states`` which articles are later states of their
    texts (``kg.status.editions``). The states of the corpus have the ends and beginnings that
    are accepted; ``limits`` tells by id of each state the ids of all that says when it ended or
    began (``kg.status.limits``). ``undone`` are the ids of superseded assertions that never held
    (``kg.status.replacement``).
    """

    corpus: Corpus
    standings: Mapping[str, Standing]
    counted_as: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    later_states: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    undone: frozenset[str] = frozenset()

    def time_of(self, assertion: Assertion) -> Date | None:
        """Return when what an assertion says was, as far as that is agreed: where its date is
        contested, one of the rival dates.
        """
        date = time_of(assertion, self.corpus)
        standing = self.standings.get(assertion.id)
        rivals = standing.rivals_in(WHEN) if standing else ()
        if date is None or not rivals:
            return date
        others = [time_of(self.corpus.assertions[id], self.corpus) for id in rivals]
        return _one_of(date, *filter(None, others))


def _one_of(*dates: Date) -> Date:
    """One of several dates; a range and a set of days count as what they hold."""
    unique = {date.text: date for date in dates}
    members = [
        member for text in sorted(unique) for member in unique[text].members or (unique[text],)
    ]
    return set_of(f"[{','.join(sorted(unique))}]", DateKind.ONE_OF, tuple(members))
