"""One id renamed in every file of a workspace that names it, with everything else kept byte for
byte.

The result is read in memory before anything is written. Ids that are derived from an assertion's
content hold ids of things and change with them; a renaming is refused where a source names one of
these. All files are written before the first takes its place: queries, views and stories first, the
source that defines the id last. Until then the workspace is marked, which every other command
refuses, and the same command, given again, finishes what was cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_draft
from kg.diagnostics import Diagnostic, KgError, did_you_mean
from kg.editing.insertion import fingerprint_of
from kg.editing.rename.changes import (
    ExchangedIds,
    FileChange,
    other_change,
    refuse_mistakes,
    refuse_unreadable,
    source_change,
)
from kg.editing.writing import exchange_files, new_problems, refuse_errors
from kg.files.disk import read_regular
from kg.files.folders import lock_folder, replace_each
from kg.files.temporary import TEMPORARY
from kg.files.workspace import (
    QUERIES,
    RENAMING,
    STORY_ENDINGS,
    VIEWS,
    SourceFile,
    Workspace,
    real_path,
)
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.ontology.reader import read_ontology
from kg.reading import present_day
from kg.reading.reading_cache import borrow_kept, find_problems, known_ontology
from kg.sources.loader import Definition, Loaded, load_corpus
from kg.sources.renamed import RENAMED_FILE, check_moves, find_renamed, read_moves, with_moves
from kg.sources.values import ID, MOST_ID
from kg.text.characters import fold_case, quoted
from kg.viz.layoutfile import ENDING as LAYOUT_ENDING

QUERY_ENDING = ".rq"
VIEW_ENDINGS = (QUERY_ENDING, LAYOUT_ENDING, *STORY_ENDINGS)


class Renaming(NamedTuple):
    """The changes of a renaming: files in the order in which they are written, and the derived
    ids that change with it, old to new.

    ``redirect_change`` is the file that says where the old addresses lead. ``begun`` counts the
    places that have the new id already: an earlier renaming was cut off. ``warnings`` are those
    that the workspace gets by it.
    """

    old: str
    new: str
    changes: tuple[FileChange, ...]
    derived: Mapping[str, str]
    begun: int
    warnings: tuple[Diagnostic, ...]
    redirect_change: FileChange


def plan_renaming(workspace: Workspace, old: str, new: str) -> Renaming:
    """Return what is to change for an id to be another one; nothing is written.

    Raises KgError where that cannot be done: the old id is unknown, the new one is malformed or
    taken, a file cannot be read, an id that would change is derived and named somewhere, or the
    workspace would get new errors.
    """
    ontology_files, sources = workspace.ontology_files(), workspace.source_files()
    terms, problems = known_ontology(workspace.root, ontology_files.contents)
    kept = borrow_kept(workspace.root)(workspace.root, ontology_files.contents, sources.contents)
    refuse_mistakes((*ontology_files.diagnostics, *problems, *sources.diagnostics))
    before = load_corpus(sources.contents, terms)
    if not before.complete:
        refuse_unreadable(sources.contents)
    definition = _find_definition(old, new, before)
    changes = [source_change(file, before.references, old, new) for file in sources.contents]
    files = [SourceFile(change.name, change.after) for change in changes]
    after = load_corpus(files, terms, kept.records if kept else None)
    _refuse_derived(before, after.corpus)
    derived = _derived_names(before.corpus, after.corpus)
    draft = _draft_of(before, terms)
    warnings = _new_warnings(
        (*before.diagnostics, *find_problems(draft, kept)),
        (*after.diagnostics, *check_draft(_draft_of(after, terms))),
        files,
    )
    names = {definition.kind: {old: new}}
    names["assertion"] = names.get("assertion", {}) | derived
    others = workspace.files(QUERIES, (QUERY_ENDING,)).contents
    others += workspace.files(VIEWS, VIEW_ENDINGS).contents
    first_changes = [other_change(file, names, draft) for file in others]
    changes.sort(key=lambda change: (change.name == definition.span.file, change.name))
    all_changes = tuple(each for each in (*first_changes, *changes) if each.places)
    begun = sum(reference.id == new for reference in before.references)
    addresses = _moved_file(find_renamed(workspace), names)
    _refuse_taken(addresses, after.corpus)
    return Renaming(old, new, all_changes, derived, begun, warnings, addresses)


def _moved_file(file: SourceFile | Diagnostic | None, names: ExchangedIds) -> FileChange:
    """Return the file of former addresses, with those of the ids that are exchanged. Raises KgError
    where it cannot be read.
    """
    if isinstance(file, Diagnostic):
        raise KgError(f"{RENAMED_FILE}: {file.message}", 2, hint=file.hint)
    before = file.data if file else b""
    pairs = [
        (f"{kind}/{was}", f"{kind}/{now}") for kind in names for was, now in names[kind].items()
    ]
    return FileChange(RENAMED_FILE, before, with_moves(before, pairs), len(pairs))


def _refuse_taken(addresses: FileChange, after: Corpus) -> None:
    """Raise KgError where a new address is one that leads to another record."""
    moves, _ = read_moves(SourceFile(RENAMED_FILE, addresses.after))
    for problem in check_moves(moves, after):
        if problem.is_error:
            raise KgError(f"nothing was renamed: {problem.message}", 1, hint=problem.hint)


def write_renaming(workspace: Workspace, plan: Renaming) -> None:
    """Write the files of a renaming: all are written before the first takes its place, and as long
    as not all have, the workspace is marked, so that nobody reads a mix of old and new ids.

    Raises KgError where one was changed meanwhile, or cannot be written: then nothing is changed.
    """
    # The file that defines the id comes last.
    changes = (plan.redirect_change, *plan.changes)
    before = {each.name: fingerprint_of(each.before) for each in changes}
    mark = workspace.root / RENAMING
    ids = f"{plan.old} {plan.new}".encode()
    exchange_files(
        workspace.root,
        before,
        {each.name: each.after for each in changes},
        between=lambda: replace_each({mark: ids}),
    )
    mark.unlink()
    # What a writer that was killed has left behind.
    for folder in {real_path(workspace.root / name).parent for name in before}:
        for temporary in folder.glob(f"{TEMPORARY}*"):
            temporary.unlink(missing_ok=True)


def rename_id(workspace: Workspace, old: str, new: str) -> Renaming | None:
    """Plan a renaming and write it, while no other one can; None where one that was cut off had
    come to its end but for saying so.

    Raises KgError where it cannot be done, or another one was cut off.
    """
    mark = workspace.root / RENAMING
    with lock_folder(workspace.root):
        cut_off = read_regular(mark).decode() if mark.exists() else f"{old} {new}"
        if cut_off != f"{old} {new}":
            raise KgError("another renaming was cut off", hint=f"first: kg rename {cut_off}")
        if mark.exists() and _is_done(workspace, old, new):
            mark.unlink()
            return None
        plan = plan_renaming(workspace, old, new)
        write_renaming(workspace, plan)
        return plan


def _is_done(workspace: Workspace, old: str, new: str) -> bool:
    """Whether the source that defines an id, which comes last, has the new one."""
    terms, _ = read_ontology(workspace.ontology_files().contents)
    definitions = load_corpus(workspace.source_files().contents, terms).definitions
    return old not in definitions and new in definitions


def _find_definition(old: str, new: str, loaded: Loaded) -> Definition:
    """Return the definition of the old id. Raises KgError where the renaming makes no sense."""
    if old == new:
        raise KgError("the two ids are the same")
    if not ID.fullmatch(new) or len(new) > MOST_ID:
        raise KgError(
            f"id {quoted(new)} must be ASCII letters, digits and hyphens between them, "
            f"at most {MOST_ID} characters"
        )
    definitions = loaded.definitions
    if old not in definitions:
        if old in loaded.corpus.assertions:
            message = f"id {quoted(old)} is derived from what the assertion says"
            raise KgError(message, hint="write an 'id' into the assertion")
        raise KgError(f"no record has the id {quoted(old)}", hint=did_you_mean(old, definitions))
    for other in definitions.values():
        if fold_case(other.id) == fold_case(new) and other.id != old:
            raise KgError(
                f"id {quoted(new)} is taken: {other.kind} {quoted(other.id)} in {other.span.file}",
                hint="choose another id",
            )
    return definitions[old]


def _derived_names(before: Corpus, after: Corpus) -> dict[str, str]:
    """Return the derived ids that change, old to new: assertions keep their order.

    Where a renaming that was cut off left a denial of nothing, their number changes; queries and
    stories, which come first, have the new ids then.
    """
    if len(before.assertions) != len(after.assertions):
        return {}
    pairs = zip(_by_place(before), _by_place(after), strict=True)
    return {one.id: other.id for one, other in pairs if one.id != other.id and not one.has_own_id}


def _by_place(corpus: Corpus) -> list[Assertion]:
    return sorted(corpus.assertions.values(), key=lambda a: (a.span, a.object.span))


def _refuse_derived(before: Loaded, after: Corpus) -> None:
    """Raise KgError where a source names a derived id that changes."""
    assertions = before.corpus.assertions
    for id, span, _ in before.references:
        if id in assertions and id not in after.assertions and not assertions[id].has_own_id:
            message = f"{span} names {quoted(id)}, which is derived from the old id"
            hint = "give that assertion an 'id' and name it by this"
            raise KgError(f"nothing was renamed: {message}", 1, hint=hint)


def _draft_of(loaded: Loaded, terms: Ontology) -> CorpusDraft:
    is_sound = not any(problem.is_error for problem in loaded.diagnostics)
    today = terms.today or present_day()
    return CorpusDraft(loaded.corpus, terms, loaded.broken_ids, loaded.complete, is_sound, today)


def _new_warnings(
    before: Iterable[Diagnostic], after: Iterable[Diagnostic], files: Iterable[SourceFile]
) -> tuple[Diagnostic, ...]:
    """Return the warnings that the workspace gets. Raises KgError where it gets errors."""
    problems = tuple(new_problems(before, after, _law_and_line))
    texts = {file.name: file.data.decode("utf-8-sig") for file in files}
    refuse_errors(problems, texts, "renamed")
    return problems


def _law_and_line(problem: Diagnostic) -> tuple[str, str, int]:
    """Return what stays of a problem when ids are exchanged: its law and its line."""
    return problem.rule.code, problem.span.file, problem.span.line
