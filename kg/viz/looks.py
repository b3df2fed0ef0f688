"""How a workspace's pictures look: ``viz/style.yaml``, and the kept places in
``viz/NAME.layout.json``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kg.diagnostics import Diagnostic, KgError, exit_code
from kg.files.workspace import VIEWS, Folder, SourceFile, Workspace
from kg.viz.layoutfile import ENDING, Places, read_layout
from kg.viz.style import Style, read_style, style

STYLE = f"{VIEWS}/style.yaml"


def look_problems(views: Folder) -> Iterator[Diagnostic]:
    """Yield what is wrong with the style file and with kept layouts."""
    files = views.files((ENDING, ".yaml"))
    yield from (
        d for d in files.diagnostics if d.span.file == STYLE or d.span.file.endswith(ENDING)
    )
    for file in files.contents:
        if file.name == STYLE:
            yield from read_style(file.name, file.data)[1]
        elif file.name.endswith(ENDING):
            yield from read_layout(file.name, file.data)[1]


def look_of(workspace: Workspace) -> Style:
    """How things look: the style file, or all alike where there is none.

    Raises KgError with its first mistake.
    """
    files = [file for file in workspace.files(VIEWS, (".yaml",)).contents if file.name == STYLE]
    return style(files[0].name, files[0].data) if files else Style()


def look_if_sound(workspace: Workspace) -> Style:
    """How things look: all alike, too, where the style file has a mistake."""
    try:
        return look_of(workspace)
    except KgError:
        return Style()


def layout_files(workspace: Workspace) -> dict[str, SourceFile]:
    """The files of kept places, by the view that they belong to."""
    return {
        PurePosixPath(file.name).name.removesuffix(ENDING): file
        for file in workspace.files(VIEWS, (ENDING,)).contents
    }


def read_places(file: SourceFile) -> Places:
    """Return the kept places of things. Raises KgError with the first mistake of the file."""
    places, problems = read_layout(file.name, file.data)
    for first in problems:
        raise KgError(str(first), exit_code(problems), first.hint)
    return places
