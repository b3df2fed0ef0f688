"""The source files of a workspace, each in its canonical layout."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import NamedTuple

from kg.diagnostics import Diagnostic
from kg.editing.formatting.layout import lay_out
from kg.editing.writing import exchange_files
from kg.files.workspace import SourceFile, Workspace
from kg.ontology import Ontology
from kg.sources.entries import FileReader
from kg.sources.record import Notes


class FormattedFile(NamedTuple):
    """A source file as it is and as it is to be, and how many of its records keep their layout.

    One with errors stays as it is; ``errors`` are these.
    """

    before: SourceFile
    after: bytes
    kept: int = 0
    errors: tuple[Diagnostic, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether its layout is not the canonical one."""
        return self.after != self.before.data


def format_file(file: SourceFile, ontology: Ontology) -> FormattedFile:
    """Return a source file in its canonical layout.

    What its references lead to does not matter: errors are those that it has read by itself.
    """
    notes = Notes(reckoning=ontology.reckoning)
    FileReader(ontology, notes).read(file)
    if errors := tuple(each for each in notes.problems if each.is_error):
        return FormattedFile(file, file.data, errors=errors)
    layout = lay_out(file)
    return FormattedFile(file, layout.data, layout.kept)


def format_files(
    files: Iterable[SourceFile], ontology: Ontology, names: Collection[str] = ()
) -> list[FormattedFile]:
    """Return source files, or those of some names, in their canonical layout."""
    return [format_file(file, ontology) for file in files if not names or file.name in names]


def write_formatted(workspace: Workspace, files: Iterable[FormattedFile]) -> None:
    """Write those that are changed: all are written before the first takes its place.

    Raises KgError where one was changed meanwhile, or cannot be written: then nothing is changed.
    """
    changed = [each for each in files if each.is_changed]
    before = {each.before.name: hashlib.sha256(each.before.data).hexdigest() for each in changed}
    if changed:
        exchange_files(workspace.root, before, {each.before.name: each.after for each in changed})
