"""A workspace read as a whole: files to corpus to diagnostics, and on demand to a graph.

The five steps in order: read, load, check, graph, page. Only ``kg.files.workspace`` reads from the
disk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from kg import __version__
from kg.checks.draft import CorpusDraft
from kg.dates import Day
from kg.diagnostics import Diagnostic, Span, in_reading_order, rules
from kg.files.workspace import QUERIES, STORY_ENDINGS, VIEWS, Workspace
from kg.ontology import UNREADABLE
from kg.reading.reading import Grown, Reading, without_collector, work_out
from kg.reading.reading_cache import (
    Keeper,
    find_problems,
    find_question_problems,
    known_ontology,
    open_reading_cache,
)
from kg.sources.loader import Loaded, load_corpus
from kg.sources.renamed import Move, check_moves, find_renamed, read_moves
from kg.sources.texts.verification import Verification, verify

if TYPE_CHECKING:
    from kg.viz.story import Script

__all__ = ["Grown", "Reading", "load_sources", "present_day", "read", "work_out"]


@without_collector()
def read(
    workspace: Workspace,
    today: Day | None = None,
    questions: Collection[str] = (QUERIES, VIEWS),
    keeper: Keeper = open_reading_cache,
) -> Reading:
    """Return a workspace, read and checked.

    Its citations are verified against its texts, where it has any. ``today`` is the day that
    future dates are judged by (if left out that of the data set, or the present one). ``questions``
    are the folders that are checked too. ``keeper`` opens what is kept of earlier readings.
    """
    inputs = workspace.inputs(__version__)
    ontology_files = workspace.ontology_files()
    sources, renamed = workspace.source_files(), find_renamed(workspace)
    sources = sources._replace(others=sources.others - bool(renamed))
    folders = {name: workspace.folder(name) for name in questions}
    terms, ontology_problems = known_ontology(workspace.root, ontology_files.contents)
    kept_reading = keeper(workspace.root, ontology_files.contents, sources.contents)
    result = load_corpus(sources.contents, terms, kept_reading.records if kept_reading else None)
    # Where a file of the ontology is not read, what its terms would be is no fault of the rest.
    is_ontology_read = ontology_files.is_whole
    problems = [*ontology_files.diagnostics, *sources.diagnostics]
    problems += [*(ontology_problems if is_ontology_read else ()), *result.diagnostics]
    is_unreadable = any(problem.rule in UNREADABLE for problem in ontology_problems)
    is_ontology_read &= bool(terms.roots) and not is_unreadable
    if not sources.contents and not sources.diagnostics:
        wrong = "the folder holds no YAML file: nothing is said yet"
        hint = "how to begin: kg help tutorial"
        problems.append(rules.EMPTY_FILE.at(Span("sources"), wrong, hint))
    verification, moves = Verification(), tuple[Move, ...]()
    stories: tuple[Script, ...] = ()
    if is_ontology_read:
        is_complete = result.complete and sources.is_whole
        is_sound = not any(problem.is_error for problem in problems)
        day = today or terms.today or present_day()
        draft = CorpusDraft(result.corpus, terms, result.broken_ids, is_complete, is_sound, day)
        verification = verify(result.corpus, workspace.texts)
        problems += find_problems(draft, kept_reading)
        problems += _text_problems(verification, problems)
        if kept_reading:
            kept_reading.forget_others(bool(workspace.drafts))
        moves, bad_moves = read_moves(renamed)
        problems += [*bad_moves, *(check_moves(moves, result.corpus) if is_sound else ())]
        if folders:
            problems += find_question_problems(folders, terms, kept_reading)
        if VIEWS in folders:
            from kg.viz.looks import look_problems
            from kg.viz.story import read_stories

            stories, bad_stories = read_stories(folders[VIEWS], draft)
            problems += [*look_problems(folders[VIEWS]), *bad_stories]
    quotable = [*ontology_files.contents, *sources.contents]
    for folder in folders.values():
        quotable += folder.files((".rq", *STORY_ENDINGS)).contents
    return Reading(
        workspace=workspace,
        written=result.corpus,
        ontology=terms,
        diagnostics=in_reading_order(problems),
        verification=verification,
        inputs=inputs,
        sources=sources,
        texts={file.name: file.data.decode("utf-8", "replace") for file in quotable},
        scripts=stories,
        moves=moves,
        reused=result.reused,
        reading_cache=kept_reading,
    )


def _text_problems(verification: Verification, problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return what the texts show, but where a paragraph is known to be lacking already."""
    lacking = {each.span for each in problems if each.rule is rules.NO_SUCH_PARAGRAPH}
    return [each for each in verification.diagnostics if each.span not in lacking]


def load_sources(workspace: Workspace) -> Loaded:
    """Return what the sources of a workspace say, not checked, and by what is kept of them where a
    byte has not changed.
    """
    ontology_files, sources = workspace.ontology_files().contents, workspace.source_files().contents
    ontology, _ = known_ontology(workspace.root, ontology_files)
    kept_reading = open_reading_cache(workspace.root, ontology_files, sources)
    return load_corpus(sources, ontology, kept_reading.records if kept_reading else None)


def present_day() -> Day:
    """The day that it is now, in UTC."""
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    return Day(now.year, now.month, now.day)
