"""One id renamed in every file of a workspace that names it, with everything else kept byte for
byte.

Ids that are derived from an assertion's content hold the ids of things: where these change, the
derived ids change too, and so does whatever names them. The result is read again in memory before
anything is written. Files are written whole, one after the other, the one that defines the id last:
until then the old id is still there, and the same command, given again, finishes what was cut off.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from kg.characters import fold_case, quoted
from kg.checks import Draft, check
from kg.dates import Day
from kg.diagnostics import Diagnostic, KgError, did_you_mean
from kg.ontology import Ontology, ontology
from kg.output import TEMPORARY, write_file
from kg.query.errors import query_problem
from kg.query.saved import QUERIES, VIEWS, saved_query
from kg.rename.following import exchanged, followed, mentioned_in, refuse_errors
from kg.rename.mentions import Edit, Mention, edited, query_edits
from kg.rename.picturefiles import ENDINGS as PICTURE_ENDINGS
from kg.rename.picturefiles import exchanged_in
from kg.sources.fields import ID, MOST_ID
from kg.sources.loader import Loaded, load
from kg.workspace import SourceFile, Workspace

SOURCE_ENDINGS, QUESTION_ENDINGS = (".yaml", ".yml"), (".rq",)
QUESTION_FOLDERS = (QUERIES, VIEWS)


class Change(NamedTuple):
    """A file before and after, and at how many places an id is exchanged."""

    name: str
    before: bytes
    after: bytes
    places: int

    def difference(self) -> str:
        """The change as a unified diff."""
        lines = difflib.unified_diff(
            _lines(self.before), _lines(self.after), f"a/{self.name}", f"b/{self.name}"
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )


def _lines(data: bytes) -> list[str]:
    *lines, rest = data.decode("utf-8").split("\n")
    return [f"{line}\n" for line in lines] + ([rest] if rest else [])


class Renaming(NamedTuple):
    """What a renaming changes: the files in the order in which they are written, and derived ids,
    old to new.

    ``begun`` counts the places that had the new id before: an earlier renaming was cut off.
    ``found`` are warnings that the workspace gets by it.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    derived: Mapping[str, str]
    begun: int = 0
    found: tuple[Diagnostic, ...] = ()


class NewErrors(KgError):
    """The workspace would have new errors: ``found`` are these, ``texts`` the files as they would
    be.
    """

    def __init__(self, found: tuple[Diagnostic, ...], texts: Mapping[str, str]) -> None:
        count = f"{len(found)} error{'s' if len(found) > 1 else ''}"
        super().__init__(f"nothing was renamed: the workspace would get {count}", 1)
        self.found, self.texts = found, texts


def renaming(workspace: Workspace, old: str, new: str) -> Renaming:
    """What is to change for an id to be another one; nothing is written.

    Raises KgError where that cannot be done: the old id is unknown, the new one is malformed or
    taken, a file cannot be read, or the workspace would get new errors.
    """
    known, problems = ontology(workspace.files("ontology", (".ttl",)).read)
    refuse_errors(problems)
    sources = workspace.files("sources", SOURCE_ENDINGS)
    refuse_errors(sources.diagnostics)
    files = {file.name: file for file in sources.read}
    found = {name: mentioned_in(file, known) for name, file in files.items()}
    kind, home = _defined(old, new, found, files, known)
    follows = followed(files, found, old, new, known)
    names = {old: new, **follows.derived}
    after = exchanged(files, found, names)
    changes = [_change(files[name], after[name], found[name], names) for name in files]
    questions = [
        file
        for folder in QUESTION_FOLDERS
        for file in workspace.files(folder, QUESTION_ENDINGS).read
    ]
    asked = names if kind == "assertion" else {old: new}
    changes += [_asked(file, asked, follows.derived, kind, known) for file in questions]
    things = {old: new} if kind == "thing" else {}
    assertions = names if kind == "assertion" else follows.derived
    changes += [
        _shown(file, things, assertions) for file in workspace.files(VIEWS, PICTURE_ENDINGS).read
    ]
    present = load(files.values(), known.text_relations) if follows.begun else follows.before
    warnings = _judged(present, follows.after, after, known)
    written = sorted(
        (c for c in changes if c.after != c.before), key=lambda c: (c.name == home, c.name)
    )
    return Renaming(old, new, tuple(written), follows.derived, follows.begun, warnings)


def write(workspace: Workspace, plan: Renaming) -> None:
    """Write the files of a renaming, each whole.

    Raises KgError where one was changed meanwhile, or cannot be written.
    """
    paths = {
        change.name: (workspace.root / PurePosixPath(change.name)).resolve()
        for change in plan.changes
    }
    done: list[str] = []
    for change in plan.changes:
        path = paths[change.name]
        try:
            if path.read_bytes() != change.before:
                raise KgError(
                    f"{change.name} was changed meanwhile{_so_far(done)}",
                    1,
                    hint="give the command again",
                )
            mode = path.stat().st_mode
            write_file(path, change.after)
            path.chmod(mode)
        except OSError as error:
            raise KgError(
                f"cannot write {change.name}: {error.strerror}{_so_far(done)}",
                hint="then give the command again",
            ) from None
        done.append(change.name)
    # What a writer that was killed has left behind.
    for folder in {path.parent for path in paths.values()}:
        for stale in folder.glob(f"{TEMPORARY}*"):
            stale.unlink(missing_ok=True)


def _so_far(done: list[str]) -> str:
    return f" (written before it: {', '.join(done)})" if done else " (nothing was written)"


def _defined(
    old: str,
    new: str,
    found: Mapping[str, Iterable[Mention]],
    files: Mapping[str, SourceFile],
    known: Ontology,
) -> tuple[str, str]:
    """Which kind of record has the old id, and in which file. Raises KgError where the renaming
    makes no sense.
    """
    if old == new:
        raise KgError("the two ids are the same")
    if not ID.fullmatch(new) or len(new) > MOST_ID:
        raise KgError(
            f"id {quoted(new)} must be ASCII letters, digits and hyphens between them, at most {MOST_ID} characters"
        )
    defined = {
        m.id: (m.kind, name) for name, mentioned in found.items() for m in mentioned if m.kind
    }
    if old not in defined:
        if old in load(files.values(), known.text_relations).corpus.assertions:
            raise KgError(
                f"id {quoted(old)} is derived from what the assertion says",
                hint="write an 'id' into the assertion",
            )
        raise KgError(f"no record has the id {quoted(old)}", hint=did_you_mean(old, defined))
    for other, (kind, name) in defined.items():
        if fold_case(other) == fold_case(new) and other != old:
            raise KgError(
                f"id {quoted(new)} is taken: {kind} {quoted(other)} in {name}",
                hint="choose another id",
            )
    return defined[old]


def _change(
    file: SourceFile, after: SourceFile, found: Iterable[Mention], names: Mapping[str, str]
) -> Change:
    return Change(file.name, file.data, after.data, sum(mention.id in names for mention in found))


def _asked(
    file: SourceFile,
    names: Mapping[str, str],
    derived: Mapping[str, str],
    kind: str,
    known: Ontology,
) -> Change:
    """A query or view with ids exchanged. Raises KgError where that spoils it, or leaves the old id
    behind.
    """
    try:
        text = file.data.decode("utf-8")
    except UnicodeDecodeError:
        raise KgError(
            f"{file.name} is not UTF-8: nothing was renamed", hint="kg check tells where"
        ) from None
    if not any(id in text for id in (*names, *derived)):
        return Change(file.name, file.data, file.data, 0)
    edits: tuple[Edit, ...] = query_edits(text, names, kind, known)
    if derived and kind != "assertion":
        edits += query_edits(text, derived, "assertion", known)
    after = edited(text, edits)
    if edits and query_problem(after, known.prefixes) and not query_problem(text, known.prefixes):
        raise KgError(
            f"{file.name} would be no SPARQL any more: nothing was renamed",
            1,
            hint="edit it by hand first",
        )
    if kind in ("thing", "article", "assertion"):
        saved = saved_query("", after)
        left = [p.name for p in saved.params if p.kind == kind and p.default in names]
        if left or (kind == "thing" and saved.about in names):
            raise KgError(
                f"{file.name} names the id where it cannot be exchanged ({', '.join(left) or 'about'}): nothing was "
                "renamed",
                1,
                hint="write the field on one line",
            )
    return Change(file.name, file.data, after.encode(), len(edits))


def _shown(file: SourceFile, things: Mapping[str, str], assertions: Mapping[str, str]) -> Change:
    """A story or layout with ids exchanged. Raises KgError where that cannot be done."""
    after, places = exchanged_in(file, things, assertions)
    return Change(file.name, file.data, after, places)


def _judged(
    before: Loaded, after: Loaded, files: Mapping[str, SourceFile], known: Ontology
) -> tuple[Diagnostic, ...]:
    """The warnings that the workspace gets. Raises NewErrors where it gets errors."""
    old = Counter(_told(diagnostic) for diagnostic in _diagnostics(before, known))
    fresh = []
    for diagnostic in _diagnostics(after, known):
        if old[_told(diagnostic)]:
            old[_told(diagnostic)] -= 1
        else:
            fresh.append(diagnostic)
    if errors := tuple(diagnostic for diagnostic in fresh if diagnostic.is_error):
        raise NewErrors(
            errors, {name: file.data.decode("utf-8-sig") for name, file in files.items()}
        )
    return tuple(fresh)


def _told(diagnostic: Diagnostic) -> tuple[str, str, int]:
    """What stays of a diagnostic when ids are exchanged: its law and its line."""
    return diagnostic.rule.code, diagnostic.span.file, diagnostic.span.line


def _diagnostics(loaded: Loaded, known: Ontology) -> Iterator[Diagnostic]:
    yield from loaded.diagnostics
    sound = not any(diagnostic.is_error for diagnostic in loaded.diagnostics)
    # Renaming changes no date, so the day by which dates are judged does not matter here.
    yield from check(
        Draft(loaded.corpus, known, loaded.broken, loaded.complete, sound, Day(9999, 12, 31))
    )
