"""All that a workspace asks and shows: its queries, views, looks and stories."""

from __future__ import annotations

from collections.abc import Mapping

from kg.checks.draft import Draft
from kg.diagnostics import Diagnostic
from kg.files.workspace import VIEWS, Folder
from kg.query.checks import folder_problems
from kg.viz.looks import look_problems
from kg.viz.story import Script, scripts_of, story_problems


def read_questions(
    folders: Mapping[str, Folder], draft: Draft
) -> tuple[tuple[Script, ...], list[Diagnostic]]:
    """Return the stories in some folders, and what is wrong with these, with queries and views."""
    problems = list(folder_problems(folders, draft.ontology))
    if VIEWS not in folders:
        return (), problems
    views = folders[VIEWS]
    stories = scripts_of(views, draft)
    return stories, [*problems, *look_problems(views), *story_problems(views, stories)]
