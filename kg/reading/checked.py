"""What is kept of a check that found no error, so that after an edit of some assertions only these
are checked, with all that they bear on (``kg.reading.recheck``).

Each assertion stands at a place: a piece of a source file, and a line of it. Those that may bear on
each other (``kg.status.coupling``) are one group, which a judgement, and so a check, can look at
without the others.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from kg.diagnostics import Span
from kg.files.cache import CHECKED, fingerprint
from kg.files.outcome import CLASSES, CheckOutcome, WorkspaceState
from kg.files.workspace import STORY_ENDINGS, SourceFile, is_source
from kg.model import Assertion
from kg.model.closure import group_by_shared
from kg.model.corpus import Corpus
from kg.model.references import Reference, Text
from kg.ontology import Ontology
from kg.reading import Reading
from kg.reading.reading_cache import ReadingCache
from kg.sources.pieces import key_of_pieces
from kg.sources.renamed import RENAMED_FILE
from kg.sources.values import ID
from kg.status.coupling import Coupling, coupling_key
from kg.text.characters import fold_case

LEAST_CHECKED = 500
"""Workspaces of fewer assertions are checked as a whole."""


class CheckedFile(NamedTuple):
    """A source file: its name, its fingerprint, and its pieces in order, each with its fingerprint
    and how many lines stand before it. They are numbered through all files, from ``first`` here.
    """

    name: str
    state: str
    pieces: list[tuple[str, int]]
    first: int


class Checked(NamedTuple):
    """What a check came to, and what it looked at. ``rest`` is the fingerprint of all but the texts
    of sources, ``pairs`` counts the assertions that stand against others (``Draft.pairs``).

    ``groups`` leads from what couples assertions to the number of a group: its places are those of
    ``places`` (two numbers each) from the one of ``starts`` at this number on. ``reach`` and
    ``watched`` are the things by which assertions are coupled further, ``things`` and ``articles``
    lead from ids to pieces, and ``uses`` counts by how many assertions and citations each is named.
    """

    rest: str
    outcome: CheckOutcome
    pairs: int
    files: list[CheckedFile]
    groups: dict[int, int]
    places: bytes
    starts: bytes
    reach: tuple[set[str], ...]
    watched: set[str]
    things: dict[str, int]
    articles: dict[str, int]
    conflicts: list[str]
    uses: dict[str, int]

    def places_of(self, group: int) -> list[tuple[int, int]]:
        """The pieces and lines where the assertions and conflicts of a group stand."""
        starts, places = array("I", self.starts), array("I", self.places)
        numbers = range(starts[group], starts[group + 1])
        return [(places[2 * number], places[2 * number + 1]) for number in numbers]


CHECKED_CLASSES = (Checked, CheckedFile, *CLASSES)


def rest_of(state: WorkspaceState) -> str:
    """The fingerprint of all that bears on a check but the texts of sources."""
    names = [file.name for file in state.files if is_source(file.name)]
    others = (file for file in state.files if not is_source(file.name))
    content = (part for file in others for part in (file.name, file.data))
    return fingerprint(f"{state.facts} {names}", *content)


def keep_checked(reading: Reading, outcome: CheckOutcome, state: WorkspaceState) -> None:
    """Keep what a check came to, where a later one can do with less: of a large workspace without
    errors, whose ids are not merged and of which no story tells.
    """
    corpus, ontology, reading_cache = reading.written, reading.ontology, reading.reading_cache
    names = [file.name for file in state.files]
    has_story = any(name.lower().endswith(STORY_ENDINGS) for name in names)
    if has_story or RENAMED_FILE in names or reading.exit_code or reading_cache is None:
        return
    pairs = reading_cache.cache.find(reading_cache.key_of_pairs, ())
    if len(corpus.assertions) < LEAST_CHECKED or not isinstance(pairs, int):
        return
    if judges_identity(corpus, ontology):
        return
    files = _keep_files(reading.sources.contents, reading_cache)
    places = _Places(files)
    watched, coupling = find_watched(corpus, ontology), Coupling(corpus, ontology)
    groups, ordered, starts = _group(corpus, coupling, watched, places)
    checked = Checked(
        rest_of(state),
        outcome,
        pairs,
        files,
        groups,
        ordered,
        starts,
        tuple(coupling.reach),
        watched,
        {id: places.find(each.span)[0] for id, each in corpus.things.items()},
        {id: places.find(each.span)[0] for id, each in corpus.articles.items()},
        list(corpus.conflicts),
        dict(count_uses(corpus)),
    )
    reading_cache.cache.keep(CHECKED, checked, CHECKED_CLASSES)


def judges_identity(corpus: Corpus, ontology: Ontology) -> bool:
    """Whether an assertion says that ids stand for one thing, or do not."""
    relations = ontology.relations
    judging = {name for name, each in relations.items() if each.judges_identity}
    return any(a.predicate.id in judging for a in corpus.assertions.values())


def _keep_files(sources: Iterable[SourceFile], reading_cache: ReadingCache) -> list[CheckedFile]:
    """Keep source files as they were checked, in pieces where they are cut, and return them."""
    files: list[CheckedFile] = []
    for number, file in enumerate(sources):
        pieces, key = [("", 0)], fingerprint(reading_cache.ontology, file.name, file.data)
        pieces_key = key_of_pieces(file.name, reading_cache.ontology)
        match reading_cache.cache.find(pieces_key, ()):
            case (str(last), list(parts)) if last == fingerprint(file.data):
                pieces, key = [(piece, lines) for piece, lines, _, _ in parts], pieces_key
        reading_cache.cache.keep_as(key, f"{CHECKED}-{number}")
        first = files[-1].first + len(files[-1].pieces) if files else 0
        files.append(CheckedFile(file.name, fingerprint(file.data), pieces, first))
    return files


class _Places:
    """Where records stand: their pieces, and the lines in these."""

    def __init__(self, files: Collection[CheckedFile]) -> None:
        self.files = {file.name: file for file in files}
        self.lines = {file.name: _first_lines(file) for file in files}

    def find(self, span: Span) -> tuple[int, int]:
        file = self.files[span.file]
        number = max(0, bisect_right(self.lines[span.file], span.line) - 1)
        return file.first + number, span.line - file.pieces[number][1]


def _first_lines(file: CheckedFile) -> list[int]:
    """The first lines in which records of the pieces of a file may stand: a heading is above."""
    return [lines + 2 for _, lines in file.pieces]


def _group(
    corpus: Corpus, coupling: Coupling, watched: Collection[str], places: _Places
) -> tuple[dict[int, int], bytes, bytes]:
    """Return the number of the group of each key, the places of the groups in their order, and
    where those of each begin. What stands in one line is in one group.
    """
    keys: dict[tuple[int, int], list[int]] = defaultdict(list)
    for a in corpus.assertions.values():
        keys[places.find(a.span)] += keys_of(a, coupling, watched)
    for conflict in corpus.conflicts.values():
        keys[places.find(conflict.span)].append(coupling_number("conflict", conflict.id))
    members: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, least in group_by_shared(keys).items():
        members[least].append(place)
    groups: dict[int, int] = {}
    ordered, starts = array("I"), array("I")
    for number, each in enumerate(members.values()):
        starts.append(len(ordered) // 2)
        for place in each:
            ordered.extend(place)
            groups |= dict.fromkeys(keys[place], number)
    starts.append(len(ordered) // 2)
    return groups, ordered.tobytes(), starts.tobytes()


def coupling_number(*parts: str) -> int:
    """A number for what couples assertions. Where two have the same, their groups are one."""
    return crc32(coupling_key(*parts).encode())


def keys_of(a: Assertion, coupling: Coupling, watched: Collection[str]) -> Iterator[int]:
    """Yield what couples an assertion with others for a check, which compares letter case, too, and
    tells who leaves something that goes on.
    """
    yield from (crc32(key.encode()) for key in coupling.keys(a))
    yield coupling_number("assertion", fold_case(a.id))
    relation = coupling.ontology.relation_of(a)
    if relation.takes_assertions and isinstance(a.object, Reference):
        yield coupling_number("assertion", a.object.id)
    for end in (a.subject.id, a.object_key):
        if end in watched:
            yield coupling_number("watched", end)


def may_be_meant(a: Assertion) -> bool:
    """Whether a text of a qualifier is nearly the id of a thing, perhaps."""
    values = (each.value for each in a.qualifiers)
    return any(
        "-" in each.text and ID.fullmatch(each.text) is not None
        for each in values
        if isinstance(each, Text)
    )


def find_watched(corpus: Corpus, ontology: Ontology) -> set[str]:
    """Return those who leave something, and what is left or reverses a decision: checks compare
    what is said of these with other assertions of them.
    """
    reversing = {name for name, stage in ontology.stages.items() if stage.is_reversal}
    watched: set[str] = set()
    for a in corpus.assertions.values():
        relation = ontology.relation_of(a)
        if relation.subject_may_leave or relation.object_may_leave:
            watched |= {a.subject.id, a.object_key}
        if relation.enters_status in reversing:
            watched.add(a.subject.id)
    return watched


def count_uses(corpus: Corpus) -> Counter[str]:
    """Return how often things and articles are named by assertions, citations and records."""
    mentions = chain.from_iterable(a.mentions for a in corpus.assertions.values())
    uses = Counter(reference.id for reference in mentions)
    uses.update(citation.article.id for citation in corpus.citations)
    for article in corpus.articles.values():
        uses.update(each.id for each in (*article.publishers, *article.originators))
    for thing in corpus.things.values():
        uses.update((thing.id, thing.acts_for.id) if thing.acts_for else ())
    return uses
