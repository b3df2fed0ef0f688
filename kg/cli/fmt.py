"""Lay source files out in the canonical form.

Put the fields of each record into their order, and indents and blank lines into their form.
Sections, records and entries of lists keep their order, texts their letters, comments the record
or field they stand at: kg diff tells no change. A file with errors stays as it is. A record that
cannot be laid out safely stays, too, and is counted.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import options
from kg.cli.sources import opened_workspace
from kg.diagnostics import KgError, exit_code
from kg.text import count_noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.editing.formatting.layout import FormattedFile
    from kg.files.workspace import SourceFile, Workspace


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "[FILE...]": "source files (default: all)",
            "--check": "write nothing, end with 1 where a file would change",
            "--diff": "write nothing, print the changes as a unified diff",
        },
    )


def run(arguments: argparse.Namespace) -> int:
    """Lay files out, or say which would change."""
    from kg.diagnostics import findings
    from kg.editing.formatting.files import format_file, write_formatted
    from kg.ontology.reader import read_ontology

    workspace = opened_workspace(arguments)
    sources = workspace.source_files()
    names = [_name(Path(path), workspace, sources.contents) for path in arguments.file]
    terms = workspace.ontology_files()
    ontology, problems = read_ontology(terms.contents)
    all_problems = (*terms.diagnostics, *problems, *sources.diagnostics)
    errors = [each for each in all_problems if each.is_error]
    if errors:
        raise KgError(str(errors[0]), exit_code(errors), hint="kg check shows all")
    chosen_files = [each for each in sources.contents if not names or each.name in names]
    files = [format_file(each, ontology) for each in chosen_files]
    changed_files = [each for each in files if each.is_changed]
    is_dry = arguments.check or arguments.diff
    verb = "would change" if is_dry else "changed"
    if not is_dry:
        write_formatted(workspace, changed_files)
    _tell_changes(changed_files, verb, is_diff=arguments.diff)
    wrong = [problem for each in files for problem in each.errors]
    if wrong:
        texts = {each.name: each.data.decode("utf-8-sig", "replace") for each in chosen_files}
        sys.stderr.write(findings.findings_as_text(wrong, texts) + "\n")
    print(
        _summary(files, len(changed_files), verb), file=sys.stderr if arguments.diff else sys.stdout
    )
    return max(exit_code(wrong), int(arguments.check and bool(changed_files)))


def _tell_changes(changed_files: Iterable[FormattedFile], verb: str, *, is_diff: bool) -> None:
    from kg.editing.rename.changes import unified_diff

    for file in changed_files:
        if is_diff:
            sys.stdout.write(unified_diff(file.before.name, file.before.data, file.after))
        else:
            print(f"{verb}: {file.before.name}", file=sys.stderr)
    sys.stdout.flush()


def _name(path: Path, workspace: Workspace, files: Sequence[SourceFile]) -> str:
    """Return what a workspace calls a file. Raises KgError where it is no source of it."""
    for whole in (path.absolute(), workspace.root / path):
        if whole.is_relative_to(workspace.root):
            name = whole.relative_to(workspace.root).as_posix()
            if any(file.name == name for file in files):
                return name
    raise KgError(f"{path} is no source file of {workspace.root}", hint="leave FILE out for all")


def _summary(files: Sequence[FormattedFile], changed_files: int, verb: str) -> str:
    broken_files = sum(bool(each.errors) for each in files)
    parts = [
        f"{count_noun(changed_files, 'file')} {verb}",
        f"{len(files) - changed_files - broken_files} in form already",
    ]
    if broken_files:
        parts.append(
            f"{broken_files} left as {'it is' if broken_files == 1 else 'they are'} for errors"
        )
    if kept_records := sum(each.kept_parts for each in files):
        parts.append(
            f"{count_noun(kept_records, 'record')} left in a layout that is not taken apart"
        )
    return ", ".join(parts)
