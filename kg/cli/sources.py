"""What several commands share: a workspace without errors, and paths as one would type them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.lens import selected_lens
from kg.diagnostics import KgError, exit_code
from kg.files.workspace import Workspace, find_workspace
from kg.text import count_noun

if TYPE_CHECKING:
    from kg.files.versions import Version
    from kg.reading import Reading
    from kg.reading.parts import FindMore
    from kg.status.lens import Lens


def opened_workspace(arguments: argparse.Namespace, is_renaming: bool = False) -> Workspace:
    """Return the workspace that the options name, with the texts that they name or rule out.

    Raises KgError where there is none.
    """
    workspace = find_workspace(arguments.workspace, is_renaming)
    if arguments.has_no_texts:
        return workspace._replace(texts=None)
    return workspace._replace(texts=arguments.texts or workspace.texts)


def texts_folder(workspace: Workspace) -> Path:
    """Return the folder with the texts of a workspace. Raises KgError where it has none."""
    if workspace.texts is None:
        message = "there are no copies of the articles to look anything up in"
        raise KgError(message, hint="put them into texts/ of the workspace, or name --texts DIR")
    return workspace.texts


def checked_reading(
    arguments: argparse.Namespace, with_views: bool = False, workspace: Workspace | None = None
) -> Reading:
    """Return the workspace under the lens of the options. Raises KgError with its errors where it
    has any.

    Views are checked too for commands that show them (``with_views``). ``workspace`` is the one
    that the options name, if it is open.
    """
    lens = selected_lens(arguments)
    return whole_reading(arguments, with_views, workspace).under(lens)


def whole_reading(
    arguments: argparse.Namespace, with_views: bool = False, workspace: Workspace | None = None
) -> Reading:
    """Return the workspace under no lens. Raises KgError with its errors where it has any."""
    from kg.diagnostics import findings
    from kg.files.workspace import VIEWS
    from kg.reading import read

    workspace = workspace or opened_workspace(arguments)
    reading = read(workspace, questions=(VIEWS,) if with_views else ())
    errors = [d for d in reading.diagnostics if d.is_error]
    if errors:
        message = f"{count_noun(len(errors), 'error')}: nothing is built from sources with errors"
        problem_words = findings.findings_as_text(errors, reading.texts)
        raise KgError(message, exit_code(errors), findings=problem_words)
    return reading


def unchecked_reading(arguments: argparse.Namespace) -> Reading:
    """Return the workspace under no lens, errors or not, without its queries and views."""
    from kg.reading import read

    return read(opened_workspace(arguments), questions=())


def reading_about(
    arguments: argparse.Namespace, *ids: str, find_more: FindMore = lambda _: frozenset()
) -> Reading:
    """Return as much of the workspace as bears on some ids, and on those to which these lead
    (``find_more``), or all of it, under no lens. Raises KgError with its errors where it has any.
    """
    from kg.reading.parts import find_part, keep_parts

    workspace = opened_workspace(arguments)
    if not arguments.according_to and (part := find_part(workspace, *ids, find_more=find_more)):
        return part
    whole = whole_reading(arguments)
    keep_parts(whole)
    return whole


def version_reading(version: Version, lens: Lens, workspace: Workspace) -> Reading:
    """Return an earlier version of a workspace under a lens; what has not changed since is not read
    again. Raises KgError where it has errors.
    """
    from kg.files.cache import without_cache
    from kg.reading import read
    from kg.reading.reading_cache import borrow_kept

    keeper = borrow_kept(workspace.root)
    # It lies in a folder of its own for a moment only: nothing is kept of it.
    with without_cache():
        try:
            return read(version.workspace, questions=(), keeper=keeper).under(lens)
        except KgError as error:
            raise KgError(f"{version.name}: {error}", error.exit_code) from None


def relative_path(path: Path) -> str:
    """Return a path as one would type it from the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
