"""What is kept of a reading (``kg.cache``): the records of each file, what the checks found, and
where everything stands under no lens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kg.cache import Cache, fingerprint, open_cache
from kg.checks import Draft, check
from kg.diagnostics import Diagnostic
from kg.model import Corpus
from kg.sources.entries import CLASSES
from kg.sources.loader import Known
from kg.status.judgement import Judgement
from kg.status.reasons import Mention, Mentioned, Reason
from kg.status.rivals import Contest, Rivals
from kg.status.status import Standing, Status
from kg.workspace import SourceFile

LEAST_CACHED = 300_000
"""Sources of fewer bytes are read in a fifth of a second: nothing of them is kept."""

JUDGED = (*CLASSES, Standing, Status, Reason, Mention, Mentioned, Contest, Rivals)
"""What judgements are made of."""


class Kept(NamedTuple):
    """The cache of a workspace, and the fingerprints of its ontology and of all that is read."""

    cache: Cache
    ontology: str
    state: str

    @property
    def known(self) -> Known:
        """The records of each file."""
        return Known(self.cache, self.ontology)

    def findings(self, draft: Draft) -> tuple[Diagnostic, ...]:
        """What the checks find in a draft, or found when they last saw it."""
        facts = fingerprint(f"{draft.today} {draft.complete} {draft.sound}")
        key = f"{self.state}-check-{facts}"
        found = self.cache.find(key, CLASSES)
        if not isinstance(found, tuple):
            found = check(draft)
            self.cache.keep(key, found, CLASSES)
        self.cache.forget_all_but(self.state)
        return found

    def judgement(self, corpus: Corpus, judge: Callable[[], Judgement]) -> Judgement:
        """Where everything in a corpus stands, or stood when it was last judged."""
        key = f"{self.state}-judgement"
        match self.cache.find(key, JUDGED):
            case (dict(changed), tuple(rest)):
                assertions = {**corpus.assertions, **changed}
                return Judgement(replace(corpus, assertions=assertions), *rest)
        judgement = judge()
        after = judgement.corpus
        if replace(after, assertions={}) == replace(corpus, assertions={}):
            before = corpus.assertions
            changed = {id: a for id, a in after.assertions.items() if before.get(id) is not a}
            self.cache.keep(key, (changed, _plain(judgement)), JUDGED)
        return judgement


def open_kept(
    root: Path, ontology: Iterable[SourceFile], sources: Iterable[SourceFile]
) -> Kept | None:
    """What is kept of a workspace; None where it is quick to read, or nothing can be kept."""
    if sum(len(file.data) for file in sources) < LEAST_CACHED:
        return None
    cache = open_cache(root)
    terms = _fingerprint(ontology)
    return Kept(cache, terms, fingerprint(terms, _fingerprint(sources))) if cache else None


def _fingerprint(files: Iterable[SourceFile]) -> str:
    return fingerprint(*(part for file in files for part in (file.name, file.data)))


def _plain(judgement: Judgement) -> tuple[object, ...]:
    """All of a judgement but its corpus; equal standings are one value."""
    unique: dict[Standing, Standing] = {}
    standings = {id: unique.setdefault(each, each) for id, each in judgement.standings.items()}
    tables = (standings, judgement.counted_as, judgement.limits, judgement.later_states)
    return *map(dict, tables), judgement.undone
