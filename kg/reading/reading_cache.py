"""What is kept of a reading (``kg.files.cache``): the ontology, the records of each file, what the
checks found, and where everything stands under no lens.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from kg.checks.draft import CorpusDraft
from kg.dates import Day, Hemisphere, Reckoning
from kg.diagnostics import Diagnostic, Rule, Severity, Span, rules
from kg.files.cache import ONTOLOGY, QUESTIONS, Cache, fingerprint, open_cache
from kg.files.output import GRAPH
from kg.files.workspace import Folder, SourceFile
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.ontology.terms import (
    Family,
    IdentifierScheme,
    KgClass,
    QualifierKind,
    Relation,
    SourceType,
    Stage,
)
from kg.ontology.values import Datatype
from kg.sources.entries import CLASSES
from kg.sources.loader import RecordCache
from kg.status.judgement import Judgement
from kg.status.reasons import Mention, Mentioned, Reason
from kg.status.rivals import Contest
from kg.status.status import Standing, Status

if TYPE_CHECKING:
    from kg.files.held import HeldFiles
    from kg.reading.basis import EditBasis, Sequel

MOST_GRAPH = 8_000_000
"""A graph of more bytes is not kept: who asks a large workspace builds it, and that keeps a store.
"""

BASIS = "basis"
"""The key of what the last check of the whole came to in this process (``kg.reading.basis``)."""

Keeper = Callable[[Path, Iterable[SourceFile], Iterable[SourceFile]], "ReadingCache | None"]
"""What opens that which is kept of a workspace, given its folder, ontology and sources."""

JUDGED = (*CLASSES, Standing, Status, Reason, Mention, Mentioned, Contest)
"""What judgements are made of."""


class ReadingCache(NamedTuple):
    """The cache of a workspace, and the fingerprints of its ontology and of all that is read."""

    cache: Cache
    ontology: str
    state: str

    @property
    def records(self) -> RecordCache:
        """The records of each file."""
        return RecordCache(self.cache, self.ontology)

    @property
    def key_of_pairs(self) -> str:
        """The key of how many pairs of assertions stand against each other (``Draft.pairs``)."""
        return f"{self.state}-pairs"

    @property
    def key_of_judgement(self) -> str:
        """The key of where everything stands."""
        return f"{self.state}-judgement"

    @property
    def key_of_sequel(self) -> str:
        """The key of what has become of the last checked corpus (``kg.reading.basis``)."""
        return f"{self.state}-sequel"

    def forget_others(self, has_drafts: bool) -> None:
        """Forget what was kept of other states; where a reading has drafts, which perhaps nobody
        writes, only what is in memory.
        """
        if self.cache.is_memory or not has_drafts:
            self.cache.forget_all_but(self.state)

    def judgement(self, corpus: Corpus, judge: Callable[[], Judgement]) -> Judgement:
        """Where everything in a corpus stands, or stood when it was last judged."""
        for known_key in (BASIS, self.key_of_sequel) if self.cache.is_memory else ():
            judged = cast("EditBasis | Sequel | None", self.cache.find(known_key, ()))
            if judged and judged.draft.corpus is corpus:
                self._keep_judgement(judged.judgement, corpus)
                return judged.judgement
        match self.cache.find(self.key_of_judgement, JUDGED):
            case (dict(changed), tuple(rest)):
                assertions = {**corpus.assertions, **changed}
                return Judgement(replace(corpus, assertions=assertions), *rest)
        judgement = judge()
        self._keep_judgement(judgement, corpus)
        return judgement

    def _keep_judgement(self, judgement: Judgement, corpus: Corpus) -> None:
        """Keep a judgement for the next reading of the same bytes, but for what the corpus says."""
        after, before = judgement.corpus, corpus.assertions
        if replace(after, assertions={}) == replace(corpus, assertions={}):
            changed_assertions = {
                id: a for id, a in after.assertions.items() if before.get(id) is not a
            }
            self.cache.keep(self.key_of_judgement, (changed_assertions, _plain(judgement)), JUDGED)

    def graph(self, write: Callable[[], HeldFiles], folder: Path | None) -> HeldFiles:
        """The file of the graph, held in a folder, or as it was when it was last written."""
        key = f"{self.state}-graph"
        data = self.cache.find(key, ())
        if isinstance(data, bytes):
            from kg.files.held import HeldFiles

            held_files = HeldFiles(folder)
            held_files.take([(GRAPH, data)])
            return held_files
        graph = write()
        if graph.size(GRAPH) <= MOST_GRAPH:
            self.cache.keep(key, graph[GRAPH], ())
        return graph


def find_problems(draft: CorpusDraft, reading_cache: ReadingCache | None) -> tuple[Diagnostic, ...]:
    """What the checks find in a draft, or found when they last saw it."""
    facts = fingerprint(f"{draft.today} {draft.complete} {draft.sound}")
    key = f"{reading_cache.state}-check-{facts}" if reading_cache else ""
    problems = reading_cache.cache.find(key, CLASSES) if reading_cache else None
    is_in_memory = reading_cache is not None and reading_cache.cache.is_memory
    basis = cast(
        "EditBasis | None",
        reading_cache.cache.find(BASIS, ()) if reading_cache and is_in_memory else None,
    )
    if not isinstance(problems, tuple):
        problems = _check_by_basis(draft, reading_cache, basis) if reading_cache and basis else None
        problems = _check(draft, reading_cache) if problems is None else problems
        if reading_cache:
            reading_cache.cache.keep(key, problems, CLASSES)
    return problems


def _check(draft: CorpusDraft, reading_cache: ReadingCache | None) -> tuple[Diagnostic, ...]:
    """What the checks find in the whole, of which is kept what later ones go by."""
    from kg.checks.laws import check_draft

    problems = check_draft(draft)
    if reading_cache and draft.sound and not any(each.is_error for each in problems):
        if reading_cache.cache.is_memory:
            from kg.reading.basis import make_basis

            is_first = reading_cache.cache.find(BASIS, ()) is None
            reading_cache.cache.keep(BASIS, make_basis(draft, problems, is_first=is_first), ())
        else:
            reading_cache.cache.keep(reading_cache.key_of_pairs, draft.pairs, ())
    return problems


def _check_by_basis(
    draft: CorpusDraft, reading_cache: ReadingCache, basis: EditBasis
) -> tuple[Diagnostic, ...] | None:
    """What the checks find in all that an edit bears on, and so in the whole; None where that is to
    be looked at.
    """
    from kg.reading.basis import continue_from
    from kg.reading.edits import Impossible

    try:
        sequel = continue_from(basis, draft)
        problems = sequel.find_problems()
    except Impossible:
        return None
    reading_cache.cache.keep(reading_cache.key_of_sequel, sequel, ())
    return problems


def find_question_problems(
    folders: Mapping[str, Folder], terms: Ontology, reading_cache: ReadingCache | None
) -> tuple[Diagnostic, ...]:
    """What is wrong with saved queries and views, or was when they were last tried. Whether one
    hits a limit depends on what else the machine does, too: then nothing is kept.
    """
    query_files = {name: folder.files((".rq",)) for name, folder in folders.items()}
    facts = {name: files.diagnostics for name, files in query_files.items()}
    queries = (file for files in query_files.values() for file in files.contents)
    state = f"{reading_cache.ontology if reading_cache else ''} {facts} {_fingerprint(queries)}"
    key = "-".join((QUESTIONS, *folders))
    match reading_cache.cache.find(key, CLASSES) if reading_cache else None:
        case (str(last), tuple(problems)) if last == state:
            return problems
    from kg.query.checks import folder_problems

    problems = tuple(folder_problems(folders, terms))
    if reading_cache and all(each.rule != rules.ASKS_TOO_MUCH for each in problems):
        reading_cache.cache.keep(key, (state, problems), CLASSES)
    return problems


TERMS = (
    *(Ontology, KgClass, Relation, QualifierKind, Stage, Family, SourceType, IdentifierScheme),
    *(Datatype, Reckoning, Hemisphere, Day, Diagnostic, Rule, Severity, Span),
)
"""What an ontology, and what is wrong with it, are made of."""


@lru_cache(maxsize=4)
def known_ontology(
    root: Path, files: tuple[SourceFile, ...]
) -> tuple[Ontology, tuple[Diagnostic, ...]]:
    """Return the ontology of a workspace and what is wrong with it, read only where a byte of it
    has changed.
    """
    cache, state = open_cache(root), _fingerprint(files)
    match cache.find(ONTOLOGY, TERMS) if cache else None:
        case (str(last), Ontology() as ontology, tuple(problems)) if last == state:
            return ontology, problems
    from kg.ontology.reader import read_ontology

    ontology, problems = read_ontology(files)
    if cache:
        cache.keep(ONTOLOGY, (state, ontology, problems), TERMS)
    return ontology, problems


def open_reading_cache(
    root: Path, ontology: Iterable[SourceFile], sources: Iterable[SourceFile]
) -> ReadingCache | None:
    """What is kept of a workspace; None where nothing can be kept."""
    cache = open_cache(root)
    terms = _fingerprint(ontology)
    return ReadingCache(cache, terms, fingerprint(terms, _fingerprint(sources))) if cache else None


class _Memory(Cache):
    """Entries in this process, of which the ones that a reading did not use are forgotten."""

    is_memory = True

    def __init__(self) -> None:
        super().__init__(Path())
        self.values: dict[str, object] = {}

    def find(self, key: str, classes: Collection[type]) -> object | None:
        """The value that was kept under a key, if any."""
        self.used.add(key)
        return self.values.get(key)

    def keep(self, key: str, value: object, classes: Collection[type]) -> None:
        """Keep a value under a key."""
        self.used.add(key)
        self.values[key] = value

    def forget_all_but(self, start: str) -> None:
        """Forget what was not used since this was last asked."""
        self.values = {key: self.values[key] for key in self.used if key in self.values}
        self.used = set()


def keep_in_memory() -> Keeper:
    """Return what keeps the records of unchanged files, and the findings on an unchanged workspace,
    from one reading to the next in this process.
    """
    memory = _Memory()

    def keep(
        _: Path, ontology: Iterable[SourceFile], sources: Iterable[SourceFile]
    ) -> ReadingCache:
        terms = _fingerprint(ontology)
        return ReadingCache(memory, terms, fingerprint(terms, _fingerprint(sources)))

    return keep


class _Borrowed(Cache):
    """The entries of another workspace, to which none is added and of which none is forgotten."""

    def keep(self, key: str, value: object, classes: Collection[type]) -> None:
        """Keep nothing."""

    def forget_all_but(self, start: str) -> None:
        """Forget nothing."""


def borrow_kept(root: Path) -> Keeper:
    """Return what finds for an earlier version what is kept of the workspace in a folder: all that
    has not changed since.
    """
    cache = open_cache(root)

    def find(
        _: Path, ontology: Iterable[SourceFile], sources: Iterable[SourceFile]
    ) -> ReadingCache | None:
        if cache is None:
            return None
        terms = _fingerprint(ontology)
        state = fingerprint(terms, _fingerprint(sources))
        return ReadingCache(_Borrowed(cache.folder), terms, state)

    return find


def _fingerprint(files: Iterable[SourceFile]) -> str:
    return fingerprint(*(part for file in files for part in (file.name, file.data)))


def _plain(judgement: Judgement) -> tuple[object, ...]:
    """All of a judgement but its corpus; equal standings are one value."""
    unique: dict[Standing, Standing] = {}
    standings = {id: unique.setdefault(each, each) for id, each in judgement.standings.items()}
    tables = (standings, judgement.counted_as, judgement.limits, judgement.later_states)
    return *map(dict, tables), judgement.undone
