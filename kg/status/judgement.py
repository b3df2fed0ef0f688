"""The outcome of judging a corpus: where everything stands, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kg.model import Corpus
from kg.status.status import Standing


class Judgement(NamedTuple):
    """A corpus with the conclusions that kg draws from it, and the standing of each assertion.

    ``counted_as`` tells of articles, by id, whose source they count as where that is not their
    originator's (``kg.status.support``), ``later_states`` which articles are later states of their
    texts (``kg.status.editions``). The states of the corpus have the ends and beginnings that
    are accepted; ``limits`` tells by id of each state the ids of all that says when it ended or
    began (``kg.status.limits``).
    """

    corpus: Corpus
    standings: Mapping[str, Standing]
    counted_as: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    later_states: Mapping[str, tuple[str, ...]] = MappingProxyType({})
