"""Parts of a workspace, each as much as bears on one id: what is kept of a large one, so that a
question about one thing reads no other.

A part is whole groups of assertions (``kg.status.coupling``), with all articles and things: what it
says of the id is what the whole workspace says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from kg import __version__
from kg.files.workspace import Workspace
from kg.model import Assertion
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.reading import Reading, present_day
from kg.reading.reading_cache import ReadingCache, known_ontology, open_reading_cache
from kg.sources.entries import CLASSES
from kg.sources.texts.verification import Verification
from kg.status.coupling import couple_assertions

LEAST_DIVIDED = 250
"""So many assertions are kept together, or as many more as their last group has."""

Group = list[tuple[int, Assertion]]
"""Assertions that may bear on each other, each with its place in the corpus."""
GroupBlock = list[Group]
"""Groups that are kept together."""

FindMore = Callable[[Reading], Set[str]]
"""Finds in what bears on some ids, under no lens, the ids of what else has to be known."""


class Division(NamedTuple):
    """A corpus in blocks of whole groups, and for each id the numbers of the blocks that may tell
    of it.
    """

    blocks: list[GroupBlock]
    numbers: dict[str, tuple[int, ...]]


def divide_corpus(corpus: Corpus, ontology: Ontology, least: int) -> Division:
    """Divide a checked corpus into blocks of at least so many assertions."""
    groups: dict[str, Group] = defaultdict(list)
    group_of = couple_assertions(corpus, ontology)
    for place, (id, assertion) in enumerate(corpus.assertions.items()):
        groups[group_of[id]].append((place, assertion))
    blocks: list[GroupBlock] = [[]]
    size = 0
    numbers: dict[str, dict[int, None]] = {id: {} for id in (*corpus.things, *corpus.articles)}
    for group in groups.values():
        if size >= least:
            blocks.append([])
            size = 0
        blocks[-1].append(group)
        size += len(group)
        for id in chain.from_iterable(_ids(assertion, corpus) for _, assertion in group):
            numbers.setdefault(id, {})[len(blocks) - 1] = None
    for conflict in corpus.conflicts.values():
        numbers[conflict.id] = numbers[conflict.between[0].id]
    return Division(blocks, {id: tuple(each) for id, each in numbers.items()})


def _is_about(ids: Set[str], group: Group, corpus: Corpus) -> bool:
    return any(not ids.isdisjoint(_ids(assertion, corpus)) for _, assertion in group)


def _ids(a: Assertion, corpus: Corpus) -> Iterator[str]:
    """What a question may be about that this assertion answers: of what it names, also those for
    whom that acts.
    """
    yield a.id
    yield from (citation.article.id for citation in a.citations)
    yield from closure([each.id for each in a.mentions], corpus.principal)


def join_groups(rest: Corpus, groups: Iterable[Group]) -> Corpus:
    """Return the corpus of some groups, in reading order; ``rest`` is all but the assertions."""
    in_order = sorted(chain.from_iterable(groups), key=lambda pair: pair[0])
    assertions = {assertion.id: assertion for _, assertion in in_order}
    conflicts = {
        id: each for id, each in rest.conflicts.items() if each.between[0].id in assertions
    }
    return Corpus(rest.articles, rest.things, assertions, conflicts)


def keep_parts(reading: Reading, *, is_asked: bool = False) -> bool:
    """Keep a sound reading in parts, where it is large and this is not the first question about its
    state (who asks twice asks again), or more questions are sure to come (``is_asked``). Tell
    whether it is kept.
    """
    reading_cache = reading.reading_cache
    written_corpus = reading.written
    is_small = len(written_corpus.assertions) <= 2 * LEAST_DIVIDED
    if reading_cache is None or is_small or reading.workspace.texts or reading.data_errors:
        return False
    start = _start(reading_cache, reading.ontology)
    if reading_cache.cache.find(start, ()):
        return True
    if not is_asked and not reading_cache.cache.find(f"{start}-asked", ()):
        reading_cache.cache.keep(f"{start}-asked", True, ())
        return False
    blocks, numbers = divide_corpus(written_corpus, reading.ontology, LEAST_DIVIDED)
    for number, block in enumerate(blocks):
        keep_block(reading_cache, reading.ontology, number, block)
    rest = (
        dict(written_corpus.articles),
        dict(written_corpus.things),
        dict(written_corpus.conflicts),
    )
    reading_cache.cache.keep(f"{start}-rest", rest, CLASSES)
    reading_cache.cache.keep(start, (len(blocks), numbers), ())
    return True


def keep_block(
    reading_cache: ReadingCache, ontology: Ontology, number: int, block: GroupBlock
) -> None:
    """Keep the block of a number."""
    reading_cache.cache.keep(f"{_start(reading_cache, ontology)}-{number}", block, CLASSES)


class Parts(NamedTuple):
    """What is kept of a large workspace as it is now: how many blocks, which of them tell of an id,
    and all that is no assertion.
    """

    frame: Reading
    reading_cache: ReadingCache
    blocks: int
    numbers: Mapping[str, tuple[int, ...]]

    def about(self, ids: Iterable[str]) -> Reading | None:
        """Return as much as bears on some ids, where that is less than half; None where the whole
        is to be read. No more can be asked of it than about these, under a lens that takes nobody's
        claims as accepted.
        """
        rest, everything = self.frame.written, tuple(range(self.blocks))
        asked_ids = set(ids)
        wanted_numbers = set(
            chain.from_iterable(self.numbers.get(id, everything) for id in asked_ids)
        )
        if 2 * len(wanted_numbers) >= self.blocks:
            return None
        start = _start(self.reading_cache, self.frame.ontology)
        asked_ids |= {rest.conflicts[id].between[0].id for id in asked_ids & rest.conflicts.keys()}
        groups: list[Group] = []
        for number in sorted(wanted_numbers):
            block = self.reading_cache.cache.find(f"{start}-{number}", CLASSES)
            if not isinstance(block, list):
                return None
            groups += (each for each in block if _is_about(asked_ids, each, rest))
        return replace(self.frame, written=join_groups(rest, groups))

    def about_more(self, ids: Iterable[str], find_more: FindMore) -> Reading | None:
        """Return as much as bears on some ids, and on those to which these lead (``find_more``)."""
        wanted_ids = set(ids)
        while part := self.about(wanted_ids):
            more_ids = find_more(part)
            if more_ids <= wanted_ids:
                return part
            wanted_ids |= more_ids
        return None


def find_part(
    workspace: Workspace, *ids: str, find_more: FindMore = lambda _: frozenset()
) -> Reading | None:
    """Return as much of a workspace as bears on some ids, where that is kept
    (``Parts.about_more``).
    """
    parts = open_parts(workspace)
    return parts.about_more(ids, find_more) if parts else None


def open_parts(workspace: Workspace) -> Parts | None:
    """Return the parts of a workspace, where they are kept."""
    if workspace.texts:
        return None
    inputs = workspace.inputs(__version__)
    ontology_files = workspace.ontology_files()
    sources = workspace.source_files()
    reading_cache = open_reading_cache(workspace.root, ontology_files.contents, sources.contents)
    ontology, problems = known_ontology(workspace.root, ontology_files.contents)
    files_differ = (*ontology_files.diagnostics, *sources.diagnostics, *problems)
    if reading_cache is None or files_differ:
        return None
    start = _start(reading_cache, ontology)
    match reading_cache.cache.find(start, ()), reading_cache.cache.find(f"{start}-rest", CLASSES):
        case (int(count), dict(numbers)), (dict(articles), dict(things), dict(conflicts)):
            corpus = Corpus(articles, things, {}, conflicts)
            frame = Reading(workspace, corpus, ontology, (), Verification(), inputs, sources)
            return Parts(frame, reading_cache, count, numbers)
    return None


def _start(reading_cache: ReadingCache, ontology: Ontology) -> str:
    """How the keys of a state's parts start: what is wrong with it depends on the day, too."""
    return f"{reading_cache.state}-parts-{ontology.today or present_day()}"
