"""A workspace as it was read: what it says under a lens, and what is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.dates import Day
from kg.diagnostics import Diagnostic, KgError, did_you_mean, exit_code
from kg.files.output import GRAPH
from kg.files.workspace import QUERIES, VIEWS, Files, Inputs, Workspace
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.reading.reading_cache import ReadingCache
from kg.sources.renamed import Move
from kg.sources.texts.verification import Verification
from kg.status.certainty import Certainty
from kg.status.inference import judge
from kg.status.judgement import Judgement
from kg.status.lens import Lens, select_assertions
from kg.status.merging import find_groups, merge_ids
from kg.status.naming import as_named_on
from kg.status.restriction import keep_assertions, restrict_to_day
from kg.status.status import Standing
from kg.text import count_noun

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

    from kg.files.held import HeldFiles
    from kg.reading.stores import DiskStore
    from kg.status.statement import Statements
    from kg.viz.story import Script


@contextmanager
def without_collector() -> Iterator[None]:
    """Do something while Python looks for no rings of objects that it could let go: a reading has
    none, and to look through all that was read, over and over, takes as long as to read it.
    """
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


@dataclass(frozen=True)
class Reading:
    """All that a workspace says, and all that is wrong with it.

    ``written`` is what curators wrote and the lens knows; things are called by their names of
    ``day_of_names``, or else of the lens's day. Whatever needs a graph needs a sound
    reading: see ``require_sound``. ``moves`` say where pages of former ids are now; ``reused`` are
    how many source files were known from the cache.
    """

    workspace: Workspace
    written: Corpus
    ontology: Ontology
    diagnostics: tuple[Diagnostic, ...]
    verification: Verification
    inputs: Inputs
    sources: Files
    lens: Lens = field(default_factory=Lens)
    day_of_names: Day | None = None
    texts: Mapping[str, str] = field(repr=False, default_factory=dict)
    scripts: tuple[Script, ...] = field(repr=False, default=())
    moves: tuple[Move, ...] = ()
    reused: int = 0
    reading_cache: ReadingCache | None = field(repr=False, compare=False, default=None)

    @property
    def exit_code(self) -> int:
        """0 where there is no error; else what a command ends with."""
        return exit_code(self.diagnostics)

    def under(self, lens: Lens) -> Reading:
        """Return this workspace as a lens shows it.

        Raises KgError where the workspace has errors, or the lens names an unknown speaker.
        """
        self.require_sound()
        for speaker in lens.according_to:
            self._require_speaker(speaker)
        if lens == self.lens:
            return self
        written_corpus = (
            restrict_to_day(self.written, lens.known_by) if lens.known_by else self.written
        )
        return replace(self, written=written_corpus, lens=lens)

    def saying(self, written: Corpus) -> Reading:
        """Return this reading as if that were all that curators wrote: of it nothing is kept."""
        return replace(self, written=written, reading_cache=None)

    def _require_speaker(self, id: str) -> None:
        """Raise KgError where no actor has this id, or it makes no claim."""
        if id not in self.written.actors:
            hint = did_you_mean(id, self.written.actors)
            raise KgError(f"no actor is called '{id}'", hint=hint)
        main_id, actors = self.corpus.main_id(id), self.corpus.actors
        speakers = {speaker.id for a in self.corpus.assertions.values() for speaker in a.speakers}
        if main_id in speakers:
            return
        hint = "kg query claims lists who claims what"
        agents = [actor.id for actor in actors.values() if actor.acts_for_id == main_id]
        if names := [agent for agent in agents if agent in speakers]:
            hint = f"who acts for it does: {', '.join(names)}"
        raise KgError(f"'{id}' makes no claim here", exit_code=1, hint=hint)

    def as_known_by(self, day: Day) -> Reading:
        """Return what this lens knew when a day ended. Days between which nothing was published
        give the same reading.
        """
        last = max((each for each in self.corpus.publication_days if each <= day), default=day)
        if last not in self._earlier_readings:
            written_corpus = restrict_to_day(self.written, last)
            lens = replace(self.lens, known_by=last)
            self._earlier_readings[last] = replace(self, written=written_corpus, lens=lens)
        return self._earlier_readings[last]

    def growth(self, days: Iterable[Day]) -> Iterator[Grown]:
        """Yield what this lens knew when each of some days ended: all on which something was
        published, in order, and any others. Only what a day changes is judged anew.
        """
        from kg.status.growth import JudgementBasis, knowledge_by_day

        names_day = self.day_of_names or self.lens.true_on
        question = JudgementBasis(self.ontology, self.lens.according_to, names_day)
        for each in knowledge_by_day(self.written, question, days):
            lens = replace(self.lens, known_by=each.day)
            earlier = replace(self, written=each.written_corpus, lens=lens)
            vars(earlier).update(corpus=each.corpus, judgement=each.judgement)
            self._earlier_readings[each.day] = earlier
            yield Grown(earlier, each.changed_ids)

    @cached_property
    def _earlier_readings(self) -> dict[Day, Reading]:
        return {}

    @cached_property
    def corpus(self) -> Corpus:
        """What curators wrote and the lens knows, each thing under one id and with its names of the
        lens's day: judgements that two ids stand for one thing are applied first. In a workspace
        with errors none is.
        """
        if self.data_errors:
            return self.written
        groups = find_groups(self.written, self.ontology, self.lens.according_to)
        merged = merge_ids(self.written, self.ontology, groups)
        day = self.day_of_names or self.lens.day
        return as_named_on(merged, day) if day else merged

    @cached_property
    @without_collector()
    def judgement(self) -> Judgement:
        """Where everything that the lens knows stands, and what follows from it."""
        self.require_sound()
        corpus = self.corpus
        voices = [corpus.main_id(id) for id in self.lens.according_to]

        def judge_now() -> Judgement:
            return judge(corpus, self.ontology, voices)

        return self._known.judgement(corpus, judge_now) if self._known else judge_now()

    @property
    def _known(self) -> ReadingCache | None:
        """What is kept, where all is shown as it was read."""
        return self.reading_cache if not self.lens and self.day_of_names is None else None

    @property
    def standings(self) -> Mapping[str, Standing]:
        """The standing of every assertion that the lens knows, conclusions included, by id."""
        return self.judgement.standings

    @cached_property
    def certainties(self) -> dict[str, Certainty]:
        """The assertions that the lens lets through, conclusions included, by id, each with how
        surely it holds on the lens's day.
        """
        return select_assertions(self.judgement, self.ontology, self.lens)

    @cached_property
    def visible_corpus(self) -> Corpus:
        """What curators wrote and the lens lets through, states with the ends that are accepted."""
        complete = self.judgement.corpus
        written_assertions = {id: a for id, a in complete.assertions.items() if not a.rule}
        curated = replace(complete, assertions=written_assertions)
        return keep_assertions(curated, self.certainties) if self.lens else curated

    @cached_property
    def graph_corpus(self) -> Corpus:
        """What the lens lets through, with the conclusions that kg draws from it."""
        complete = self.judgement.corpus
        if not self.lens.selects or len(self.certainties) == len(complete.assertions):
            return complete
        return keep_assertions(complete, self.certainties)

    @cached_property
    def statements(self) -> Statements:
        """The statement of every assertion that the lens knows, by id."""
        from kg.status.statement import Statements

        certainties = self.certainties if self.lens.true_on else {}
        return Statements(self.judgement, self.ontology, self.graph_corpus.assertions, certainties)

    @cached_property
    def graph(self) -> HeldFiles:
        """The graph of what the lens lets through, as a file of sorted N-Quads (``GRAPH``)."""
        return self._write_graph(None)

    def write_graph(self, folder: Path) -> None:
        """Write the graph now, and hold it in a folder."""
        if "graph" not in vars(self):
            vars(self)["graph"] = self._write_graph(folder)

    @without_collector()
    def _write_graph(self, folder: Path | None) -> HeldFiles:
        def write_now() -> HeldFiles:
            from kg.rdf.writer import write_graph

            return write_graph(self.graph_corpus, self.ontology, self.statements, folder)

        return self._known.graph(write_now, folder) if self._known else write_now()

    @property
    def nquads(self) -> bytes:
        """The graph as sorted N-Quads, all at once."""
        return self.graph[GRAPH]

    @cached_property
    def store(self) -> ox.Store:
        """The graph in Oxigraph."""
        from kg.reading.stores import make_store

        disk_store: DiskStore | None = vars(self).get("disk_store")
        return disk_store.open() if disk_store else make_store(self.graph)

    @property
    def is_on_disk(self) -> bool:
        """Whether the graph is asked on the disk."""
        return "disk_store" in vars(self)

    def put_on_disk(self, folder: Path) -> None:
        """Have the graph in a store in a folder, which each process opens that asks it, and stays
        there (``kg.reading.stores.keep_store``). It takes a tenth of the memory.
        """
        from kg.reading.stores import hold_store

        vars(self)["disk_store"] = hold_store(folder, self.graph)

    def work_out_store(self) -> None:
        """Have the graph in Oxigraph, for the processes that begin here, too."""
        if not self.is_on_disk:
            work_out(self.store)

    def forget_store(self) -> None:
        """Let go of the graph in Oxigraph. Who asks for it later has it made anew."""
        vars(self).pop("store", None)
        if self.is_on_disk:
            vars(self).pop("disk_store").let_go()

    @property
    def data_errors(self) -> tuple[Diagnostic, ...]:
        """The errors in sources and ontology. A mistake in a question or story hurts nobody who
        does not ask for it.
        """
        aside = (f"{QUERIES}/", f"{VIEWS}/")
        return tuple(
            d for d in self.diagnostics if d.is_error and not d.span.file.startswith(aside)
        )

    def require_sound(self) -> None:
        """Raise KgError where the data has errors: nothing is made of what is half understood."""
        if errors := self.data_errors:
            raise KgError(
                f"the workspace has {count_noun(len(errors), 'error')}; the first: {errors[0]}",
                exit_code=exit_code(errors),
                hint="kg check shows them all",
            )


def work_out(value: object) -> None:
    """Take what is worked out when it is first asked for, and keep nothing: from now on it is
    known, to the processes that begin here, too.
    """


class Grown(NamedTuple):
    """A reading of what was known on a day, and the ids of what was judged anew, or is no more,
    since the day before it.
    """

    reading: Reading
    changed_ids: frozenset[str]
