"""What a workspace shows beside its queries: looks and stories of views."""

from __future__ import annotations

from collections.abc import Mapping

from kg.checks.draft import CorpusDraft
from kg.diagnostics import Diagnostic
from kg.files.workspace import VIEWS, Folder
from kg.viz.looks import look_problems
from kg.viz.story import Script, scripts_of, story_problems


def read_stories(
    folders: Mapping[str, Folder], draft: CorpusDraft
) -> tuple[tuple[Script, ...], list[Diagnostic]]:
    """Return the stories in some folders, and what is wrong with these and with the looks."""
    if VIEWS not in folders:
        return (), []
    views = folders[VIEWS]
    stories = scripts_of(views, draft)
    return stories, [*look_problems(views), *story_problems(views, stories)]
