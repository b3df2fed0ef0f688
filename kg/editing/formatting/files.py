"""The source files of a workspace, each in its canonical layout."""

from __future__ import annotations

from collections.abc import Sequence

from kg.editing.formatting.layout import FormattedFile, lay_out
from kg.editing.insertion import fingerprint_of
from kg.editing.writing import exchange_files
from kg.files.folders import lock_folder
from kg.files.workspace import SourceFile, Workspace
from kg.ontology import Ontology
from kg.sources.entries import FileReader
from kg.sources.record import Notes


def format_file(file: SourceFile, ontology: Ontology) -> FormattedFile:
    """Return a source file in its canonical layout.

    What its references lead to does not matter: errors are those that it has read by itself.
    """
    notes = Notes(reckoning=ontology.reckoning)
    FileReader(ontology, notes).read(file)
    if errors := tuple(each for each in notes.problems if each.is_error):
        return FormattedFile(file, file.data, errors=errors)
    return lay_out(file)


def write_formatted(workspace: Workspace, changed_files: Sequence[FormattedFile]) -> None:
    """Write files that are changed: all are written before the first takes its place.

    Raises KgError where one was changed meanwhile, or cannot be written: then nothing is changed.
    """
    before = {each.before.name: fingerprint_of(each.before.data) for each in changed_files}
    with lock_folder(workspace.root):
        exchange_files(
            workspace.root, before, {each.before.name: each.after for each in changed_files}
        )
