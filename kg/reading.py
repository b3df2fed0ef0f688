"""A workspace read as a whole: files to corpus to diagnostics, and on demand to a graph.

The five steps in order: read, load, check, graph, page. Only ``kg.workspace`` touches the disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__, rules
from kg.checks import Draft, check
from kg.dates import Day
from kg.diagnostics import Diagnostic, KgError, Span, exit_code, in_reading_order
from kg.loader import load
from kg.model import Corpus
from kg.ontology import Ontology, ontology
from kg.questions import QUERIES, VIEWS, question_problems
from kg.texts import Verification, verify
from kg.workspace import Files, Inputs, Workspace

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.status import Standing

YAML_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True)
class Reading:
    """All that a workspace says, and all that is wrong with it.

    Whatever needs a graph needs a sound reading: see ``require_sound``.
    """

    workspace: Workspace
    corpus: Corpus
    ontology: Ontology
    diagnostics: tuple[Diagnostic, ...]
    verification: Verification
    inputs: Inputs
    sources: Files
    texts: Mapping[str, str] = field(repr=False)

    @property
    def exit_code(self) -> int:
        """0 where there is no error; else what a command ends with."""
        return exit_code(self.diagnostics)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """The status of every assertion, by id."""
        from kg.status import standings

        self.require_sound()
        return standings(self.corpus, self.ontology)

    @cached_property
    def quads(self) -> list[ox.Quad]:
        """The graph, sorted."""
        from kg.rdf import graph

        return graph(self.corpus, self.ontology, self.standings)

    @cached_property
    def store(self) -> ox.Store:
        """The graph in Oxigraph."""
        import pyoxigraph as ox

        store = ox.Store()
        store.bulk_extend(self.quads)
        return store

    def require_sound(self) -> None:
        """Raise KgError where the workspace has errors: nothing is built from a half-understood source."""
        errors = sum(d.is_error for d in self.diagnostics)
        if errors:
            first = next(d for d in self.diagnostics if d.is_error)
            raise KgError(
                f"the workspace has {errors} error{'s' if errors > 1 else ''}; the first: "
                f"{first.span}: {first.message} [{first.rule.code}]",
                exit_code=self.exit_code,
                hint="kg check shows them all",
            )


def read(workspace: Workspace, texts: Path | None = None, today: Day | None = None) -> Reading:
    """A workspace, read and checked; with ``texts`` its citations are verified against that folder's files.

    ``today`` is the day that future dates are judged by (the present one if left out).
    """
    inputs = workspace.inputs(__version__)
    ontology_files = workspace.files("ontology", (".ttl",))
    sources = workspace.files("sources", YAML_ENDINGS)
    known, ontology_problems = ontology(ontology_files.read)
    loaded = load(sources.read, known.text_relations)
    found = [*ontology_files.diagnostics, *sources.diagnostics, *ontology_problems, *loaded.diagnostics]
    readable = loaded.complete and not any(d.is_error for d in sources.diagnostics)
    if not sources.read and not sources.diagnostics:
        found.append(
            rules.EMPTY_FILE.at(
                Span("sources"), "the folder holds no YAML file: nothing is said yet", "see docs/tutorial.md"
            )
        )
    verification = Verification()
    if not any(d.rule is rules.BAD_ONTOLOGY for d in found):
        sound = not any(d.is_error for d in found)
        found += check(Draft(loaded.corpus, known, loaded.broken, readable, sound, today or _today()))
        verification = verify(loaded.corpus, texts)
        found += verification.diagnostics
        found += question_problems(workspace, known.prefixes)
    asked = [file for folder in (QUERIES, VIEWS) for file in workspace.files(folder, (".rq",)).read]
    lines = {f.name: f.data.decode("utf-8", "replace") for f in (*ontology_files.read, *sources.read, *asked)}
    return Reading(
        workspace=workspace,
        corpus=loaded.corpus,
        ontology=known,
        diagnostics=in_reading_order(found),
        verification=verification,
        inputs=inputs,
        sources=sources,
        texts=lines,
    )


def _today() -> Day:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    return Day(now.year, now.month, now.day)
