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
    from collections.abc import Sequence

    from kg.editing.formatting.files import FormattedFile
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
    from kg.editing.formatting.files import format_files, write_formatted
    from kg.ontology.reader import read_ontology
    from kg.reading import YAML_ENDINGS

    workspace = opened_workspace(arguments)
    found = workspace.files("sources", YAML_ENDINGS)
    names = [_name(Path(path), workspace, found.contents) for path in arguments.file]
    ontology, problems = read_ontology(workspace.files("ontology", (".ttl",)).contents)
    errors = [each for each in (*problems, *found.diagnostics) if each.is_error]
    if errors:
        raise KgError(
            f"{errors[0].span}: {errors[0].message} [{errors[0].rule.code}]",
            exit_code(errors),
            hint="kg check shows all",
        )
    files = format_files(found.contents, ontology, names)
    changed = [each for each in files if each.is_changed]
    if arguments.diff:
        for each in changed:
            sys.stdout.write(_difference(each))
        sys.stdout.flush()
    is_dry = arguments.check or arguments.diff
    if not is_dry:
        write_formatted(workspace, changed)
    for each in changed if not arguments.diff else ():
        print(f"{'would change' if is_dry else 'changed'}: {each.before.name}", file=sys.stderr)
    wrong = [problem for each in files for problem in each.errors]
    if wrong:
        texts = {
            each.before.name: each.before.data.decode("utf-8-sig", "replace") for each in files
        }
        sys.stderr.write(findings.findings_as_text(wrong, texts) + "\n")
    print(_summary(files, changed, is_dry), file=sys.stderr if arguments.diff else sys.stdout)
    return max(exit_code(wrong), int(arguments.check and bool(changed)))


def _name(path: Path, workspace: Workspace, files: Sequence[SourceFile]) -> str:
    """Return what a workspace calls a file. Raises KgError where it is no source of it."""
    for whole in (path.absolute(), workspace.root / path):
        if whole.is_relative_to(workspace.root):
            name = whole.relative_to(workspace.root).as_posix()
            if any(file.name == name for file in files):
                return name
    raise KgError(f"{path} is no source file of {workspace.root}", hint="leave FILE out for all")


def _difference(file: FormattedFile) -> str:
    from kg.editing.rename.changes import FileChange

    return FileChange(file.before.name, file.before.data, file.after, 1).difference()


def _summary(files: Sequence[FormattedFile], changed: Sequence[FormattedFile], is_dry: bool) -> str:
    broken = sum(bool(each.errors) for each in files)
    parts = [
        f"{count_noun(len(changed), 'file')} {'would change' if is_dry else 'changed'}",
        f"{len(files) - len(changed) - broken} in form already",
    ]
    if broken:
        parts.append(f"{broken} left as {'it is' if broken == 1 else 'they are'} for errors")
    if kept := sum(each.kept for each in files):
        parts.append(f"{count_noun(kept, 'record')} left in a layout that is not taken apart")
    return ", ".join(parts)
