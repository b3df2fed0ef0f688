"""A check after an edit of some assertions, by what the last check of the whole came to
(``kg.reading.checked``): these and all that they may bear on are checked as they were and as they
are, and where the two differ, so do the findings on the whole.

Whatever else has changed, and whatever is wrong, is left to a check of the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import chain

from kg.checks.draft import CorpusDraft
from kg.diagnostics import in_reading_order
from kg.files.cache import CHECKED, fingerprint
from kg.files.outcome import CheckOutcome, WorkspaceState
from kg.files.workspace import is_source
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.references import Reference, Text
from kg.ontology import Ontology
from kg.reading import present_day
from kg.reading.checked import (
    CHECKED_CLASSES,
    Checked,
    count_uses,
    coupling_number,
    find_watched,
    keys_of,
    may_be_meant,
    rest_of,
)
from kg.reading.edits import (
    Impossible,
    PlaceInFile,
    entry_span,
    find_after_edit,
    find_edit,
    kept_parts,
    require_that,
)
from kg.reading.reading_cache import known_ontology
from kg.sources.assertions import target_of
from kg.sources.entries import Entry
from kg.sources.loader import join_entries
from kg.sources.pieces import records_of
from kg.status.coupling import Coupling, Reach
from kg.status.rivals import MOST_PAIRS
from kg.text.characters import fold_case

MOST_CHANGED, MOST_PLACES = 60, 5_000
"""Where more records have changed, or may be borne on, the whole is checked."""


def recheck(state: WorkspaceState) -> CheckOutcome | None:
    """Return what a check of a workspace comes to; None where the whole is to be checked."""
    checked = state.cache.find(CHECKED, CHECKED_CLASSES)
    if not isinstance(checked, Checked) or checked.rest != rest_of(state):
        return None
    ontology_files = state.workspace.ontology_files().contents
    ontology, _ = known_ontology(state.workspace.root, ontology_files)
    try:
        return _Recheck(checked, state, ontology).outcome()
    except Impossible:
        return None


class _Recheck:
    """A check of what has changed since the one that was kept."""

    def __init__(self, checked: Checked, state: WorkspaceState, ontology: Ontology) -> None:
        self.checked, self.cache, self.ontology = checked, state.cache, ontology
        files = [file for file in state.files if is_source(file.name)]
        self.edits = {
            each.first: find_edit(each, file, number, state.cache, ontology)
            for number, (each, file) in enumerate(zip(checked.files, files, strict=True))
            if each.state != fingerprint(file.data)
        }
        self.moved_files = [
            each.name
            for each in checked.files
            if each.first in self.edits and self.edits[each.first].has_moved
        ]
        self.files = {
            each.first + number: (file, number)
            for file, each in enumerate(checked.files)
            for number in range(len(each.pieces))
        }
        edits = self.edits.values()
        self.before = dict(chain.from_iterable(each.before.items() for each in edits))
        self.beside = dict(chain.from_iterable(each.beside.items() for each in edits))
        self.lines = dict(chain.from_iterable(each.lines.items() for each in edits))
        self.after = [entry for each in edits for entry in each.after]
        require_that(len(self.before) + len(self.after) <= MOST_CHANGED)
        self.parts = cache(self._parts)
        self.records = cache(self._records)

    def outcome(self) -> CheckOutcome:
        """Return what a check of the whole comes to."""
        before, after = self._around()
        was, now = self._draft(before), self._draft(after)
        known_problems, counts = self.checked.outcome.diagnostics, self.checked.outcome.counts
        diagnostics = in_reading_order(find_after_edit(known_problems, was, now, self.moved_files))
        require_that(self.checked.pairs - was.pairs + now.pairs <= MOST_PAIRS)
        self._require_same_uses(before, after)
        counts = counts | self._changed_counts(before, after)
        return CheckOutcome(
            diagnostics, counts, tuple(sorted({each.span.file for each in diagnostics}))
        )

    def _require_same_uses(self, before: Corpus, after: Corpus) -> None:
        """What was named is named, and what was not is not: else a check of that tells."""
        changes = Counter(count_uses(after))
        changes.subtract(count_uses(before))
        for id, change in changes.items():
            count = self.checked.uses.get(id, 0)
            require_that((count == 0) == (count + change == 0))

    def _changed_counts(self, before: Corpus, after: Corpus) -> dict[str, int]:
        """The numbers of what was looked at that are others now."""
        counts = self.checked.outcome.counts
        citations = len(after.citations) - len(before.citations)
        more = {
            "assertions": len(after.assertions) - len(before.assertions),
            "citations": citations,
            "not_verifiable_here": citations,
            "words_not_verifiable_here": _count_words(after) - _count_words(before),
        }
        changed_counts = {name: counts[name] + change for name, change in more.items()}
        return changed_counts | {"reused_files": counts["files"] - len(self.edits)}

    def _draft(self, corpus: Corpus) -> CorpusDraft:
        today = self.ontology.today or present_day()
        return CorpusDraft(
            corpus, self.ontology, frozenset(), complete=True, sound=True, today=today
        )

    def _around(self) -> tuple[Corpus, Corpus]:
        """Return all that the changed assertions may bear on, with them as they were and as they
        are, and what they name.
        """
        groups = set(self._first_groups())
        names: set[str] = set()
        while True:
            places = [place for each in sorted(groups) for place in self.checked.places_of(each)]
            require_that(len(places) <= MOST_PLACES)
            rest = (self._at(place) for place in places if place not in self.before)
            others = [*self._articles(), *self._things(names), *chain.from_iterable(rest)]
            before = self._join([*others, *self.before.values()])
            after = self._join([*others, *self.after])
            more_names = _names(before) | _names(after)
            if not more_names <= names:
                names |= more_names
                continue
            more_groups = set(self._groups_of(after))
            if more_groups <= groups:
                return before, after
            groups |= more_groups

    def _first_groups(self) -> Iterator[int]:
        """Yield the groups in which changed assertions were, and those of what is denied, ended or
        begun by them.
        """
        for entry in chain(self.before.values(), self.after):
            for id in _own_or_target_ids(entry):
                number = self.checked.groups.get(coupling_number("assertion", id))
                if number is not None:
                    yield number

    def _groups_of(self, after: Corpus) -> Iterator[int]:
        """Yield the groups on which changed assertions bear now."""
        relations, reach = self.ontology.relations, Reach(*self.checked.reach)
        lines = {(entry_span(entry).file, entry_span(entry).line) for entry in self.after}
        assertions = after.assertions.values()
        require_that(all(a.predicate.id in relations for a in assertions))
        require_that(Coupling(after, self.ontology).reach.is_within(reach))
        require_that(find_watched(after, self.ontology) <= self.checked.watched)
        coupling = Coupling(after, self.ontology, reach)
        for a in assertions:
            if (a.span.file, a.span.line) in lines:
                require_that(fold_case(a.id) not in self.other_ids)
                require_that(not relations[a.predicate.id].judges_identity)
                require_that(not may_be_meant(a))
                for key in keys_of(a, coupling, self.checked.watched):
                    if key in self.checked.groups:
                        yield self.checked.groups[key]

    @cached_property
    def other_ids(self) -> set[str]:
        """The ids of all that is no assertion, as they are compared."""
        checked = self.checked
        return set(map(fold_case, (*checked.things, *checked.articles, *checked.conflicts)))

    def _join(self, entries: Iterable[Entry]) -> Corpus:
        order = {file.name: number for number, file in enumerate(self.checked.files)}
        spans = ((entry_span(entry), entry) for entry in entries)
        in_order = sorted(spans, key=lambda pair: (order[pair[0].file], *pair[0][1:]))
        loaded = join_entries((entry for _, entry in in_order), self.ontology)
        require_that(not loaded.diagnostics)
        return loaded.corpus

    def _articles(self) -> Iterator[Entry]:
        pieces = dict.fromkeys(self.checked.articles.values())
        for entry in chain.from_iterable(map(self._piece, pieces)):
            if entry.kind == "article":
                yield entry

    def _things(self, names: set[str]) -> Iterator[Entry]:
        """Yield the things of some names."""
        things = self.checked.things
        pieces = dict.fromkeys(things[name] for name in sorted(names) if name in things)
        for entry in chain.from_iterable(map(self._piece, pieces)):
            if entry.kind == "thing" and entry.own and entry.own.id in names:
                yield entry

    def _at(self, place: PlaceInFile) -> list[Entry]:
        """The records at a place that have not changed."""
        if place in self.beside:
            return [self.beside[place]]
        return self.records(place[0])[place[1]]

    def _piece(self, piece: int) -> Iterable[Entry]:
        return chain.from_iterable(self.records(piece).values())

    def _records(self, piece: int) -> dict[int, list[Entry]]:
        """The records of an unchanged piece by their lines in it."""
        file, number = self.files[piece]
        lines = self.lines.get(piece, self.checked.files[file].pieces[number][1])
        entries = records_of(self.parts(file)[number], lines)
        return group_pairs((entry_span(entry).line - lines, entry) for entry in entries)

    def _parts(self, file: int) -> list[bytes]:
        return [data for *_, data in kept_parts(self.checked.files[file], file, self.cache)]


def _count_words(corpus: Corpus) -> int:
    """How many citations of a corpus say which words they mean."""
    return sum(bool(each.words or each.quote) for each in corpus.citations)


def _own_or_target_ids(entry: Entry) -> list[str]:
    """The ids of the assertions of a record or, where it has the triple of another, of that."""
    match entry.value:
        case dict(values):
            return [target_of(values).id]
        case list(assertions):
            return [each.id for each in assertions]
    return []


def _texts(a: Assertion) -> Iterator[str]:
    """Yield the texts of qualifiers."""
    yield from (each.value.text for each in a.qualifiers if isinstance(each.value, Text))


def _names(corpus: Corpus) -> set[str]:
    """All that the records of a corpus name that may be things."""
    references: list[Reference | None] = []
    for article in corpus.articles.values():
        references += (*article.publishers, *article.originators)
    references += (thing.acts_for for thing in corpus.things.values())
    names: set[str] = set()
    for a in corpus.assertions.values():
        references += a.mentions
        names.update(_texts(a))
    return names | {each.id for each in references if each}
