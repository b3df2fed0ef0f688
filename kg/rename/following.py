"""Ids that are derived from other ids, and how they change when these are exchanged.

An assertion without an id of its own has one that is made of what it says
(``kg.sources.assertions``). How is not asked here: the files are read before and after, and each
assertion is known again by its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from kg.diagnostics import Diagnostic, KgError, Span
from kg.model import Assertion
from kg.ontology import Ontology
from kg.rename.mentions import Mention, edited, mentions, source_edits
from kg.sources.loader import Loaded, load
from kg.sources.yamlfile import parse
from kg.workspace import SourceFile

MOST_ROUNDS = 10
"""So often ids may be derived from derived ids."""
BOM = b"\xef\xbb\xbf"

Files = Mapping[str, SourceFile]
Mentions = Mapping[str, tuple[Mention, ...]]
"""Files, and the ids that each of them names, by the file's name."""
Place = tuple[str, int, int]
"""A file, and a line and column in it."""


class Followed(NamedTuple):
    """What files say before and after ids are exchanged, the derived ids that change with them, old
    to new, and how many places had been exchanged already.
    """

    before: Loaded
    after: Loaded
    derived: Mapping[str, str]
    begun: int


def followed(files: Files, found: Mentions, old: str, new: str, known: Ontology) -> Followed:
    """What the exchange of one id for another does to all that is derived from it.

    Before means: before anything was exchanged. The new id is defined nowhere, so what names it, or
    an id derived from it, was exchanged by an earlier command that was cut off.
    """
    derived: dict[str, str] = {}
    for _ in range(MOST_ROUNDS):
        back = {new: old, **{later: earlier for earlier, later in derived.items()}}
        begun = sum(m.id in back for mentioned in found.values() for m in mentioned if not m.kind)
        at_first = exchanged(files, found, back) if begun else files
        mentioned = (
            {name: mentioned_in(file, known) for name, file in at_first.items()} if begun else found
        )
        before = load(at_first.values(), known.text_relations)
        again, after = _derived(before, at_first, mentioned, {old: new}, known)
        later_ids = {*again.values()} - {*derived.values()}
        derived = again
        if not any(
            m.id in later_ids for mentioned in found.values() for m in mentioned if not m.kind
        ):
            break
    return Followed(before, after, derived, begun)


def _derived(
    before: Loaded, files: Files, found: Mentions, names: Mapping[str, str], known: Ontology
) -> tuple[dict[str, str], Loaded]:
    """The ids that change because they are derived from what is renamed, old to new; and what the
    files say then.

    An assertion is known by its place: ids are exchanged within their lines, so each place moves by
    what was exchanged before it. What names a derived id changes with it, and so may what is
    derived from that.
    """
    derived: dict[str, str] = {}
    for _ in range(MOST_ROUNDS):
        now_named = {**names, **derived}
        after = load(exchanged(files, found, now_named).values(), known.text_relations)
        moved = _Moved(found, now_named)
        new_ids = {_place(a): a.id for a in after.corpus.assertions.values()}
        now = {
            a.id: new
            for a in before.corpus.assertions.values()
            if a.id not in names and (new := new_ids.get(moved.place(a), a.id)) != a.id
        }
        mentioned = {mention.id for one in found.values() for mention in one}
        if now == derived or not mentioned & now.keys():
            break
        derived = now
    return now, after


class _Moved:
    """Where places of files stand after ids were exchanged."""

    def __init__(self, found: Mapping[str, Iterable[Mention]], names: Mapping[str, str]) -> None:
        self.shifts: dict[tuple[str, int], list[tuple[int, int]]] = {}
        for name, mentioned in found.items():
            for mention in mentioned:
                if new := names.get(mention.id):
                    span = mention.node.span
                    shift = (span.column, len(new) - len(mention.id))
                    self.shifts.setdefault((name, span.line), []).append(shift)

    def place(self, assertion: Assertion) -> tuple[Place, Place]:
        """What ``_place`` gives for the assertion afterwards."""
        one, other = _place(assertion)
        return self._moved(one), self._moved(other)

    def _moved(self, place: Place) -> Place:
        name, line, column = place
        return (
            name,
            line,
            column + sum(by for at, by in self.shifts.get((name, line), ()) if at < column),
        )


def _place(assertion: Assertion) -> tuple[Place, Place]:
    """Where an assertion begins, and where its object stands: of several with one beginning each
    has its own object.
    """
    return _start(assertion.span), _start(assertion.object.span)


def _start(span: Span) -> Place:
    return span.file, span.line, span.column


def mentioned_in(file: SourceFile, known: Ontology) -> tuple[Mention, ...]:
    """The ids that a source file names. Raises KgError where it cannot be read: nobody knows then
    what it names.
    """
    root, found = parse(file.name, file.data)
    if root is None:
        refuse_errors(found)
    return tuple(mentions(root, known.text_relations))


def refuse_errors(found: Iterable[Diagnostic]) -> None:
    """Raise KgError where there is an error among some diagnostics."""
    for diagnostic in found:
        if diagnostic.is_error:
            raise KgError(
                f"nothing is renamed while a file cannot be read: {diagnostic.span}: {diagnostic.message} "
                f"[{diagnostic.rule.code}]",
                diagnostic.rule.exit_code,
                hint="kg check shows all",
            )


def exchanged(files: Files, found: Mentions, names: Mapping[str, str]) -> dict[str, SourceFile]:
    """Source files with ids exchanged."""
    return {
        name: replace(file, data=_with(file.data, found[name], names))
        for name, file in files.items()
    }


def _with(data: bytes, found: Iterable[Mention], names: Mapping[str, str]) -> bytes:
    mark = BOM if data.startswith(BOM) else b""
    text = data.removeprefix(BOM).decode("utf-8")
    edits = source_edits(text, found, names)
    return mark + edited(text, edits).encode() if edits else data
