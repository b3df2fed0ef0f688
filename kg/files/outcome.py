"""What a check came to, kept until anything that it reads changes: then it is told again from the
bytes of the files alone, and none of them is read as YAML, Turtle or SPARQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from kg.diagnostics import Diagnostic, Rule, Severity, Span, rules
from kg.files.cache import CHECKED, OUTCOME, Cache, fingerprint, open_cache
from kg.files.workspace import FOLDERS, SourceFile, Workspace

ENDINGS = (".ttl", ".yaml", ".yml", ".txt", ".rq", ".json")
"""How the names of all files end that a check reads."""


class CheckOutcome(NamedTuple):
    """All that is wrong with a workspace, the numbers of what was looked at, and the names of the
    files whose lines are shown.
    """

    diagnostics: tuple[Diagnostic, ...]
    counts: dict[str, int]
    shown_names: tuple[str, ...]


CLASSES = (CheckOutcome, Diagnostic, Rule, Severity, Span)


class WorkspaceState(NamedTuple):
    """A workspace as it is now: its folders walked and its files read, their fingerprint, and what
    beside them bears on a check: the day, and what could not be read.
    """

    workspace: Workspace
    files: tuple[SourceFile, ...]
    cache: Cache
    key: str
    facts: str

    def find(self) -> CheckOutcome | None:
        """The outcome of checking this state, if it is the one that was last checked."""
        match self.cache.find(OUTCOME, CLASSES):
            case (self.key, CheckOutcome() as outcome):
                counts = outcome.counts | {"reused_files": outcome.counts["files"]}
                return outcome._replace(counts=counts)
        return None

    @property
    def has_checked(self) -> bool:
        """Whether it may be known what an earlier check looked at."""
        return (self.cache.folder / CHECKED).exists()

    def keep(self, outcome: CheckOutcome) -> None:
        """Keep the outcome of checking this state. Whether a question hits a limit depends on what
        else the machine does, too.
        """
        if all(each.rule != rules.ASKS_TOO_MUCH for each in outcome.diagnostics):
            self.cache.keep(OUTCOME, (self.key, outcome), CLASSES)

    def texts(self, names: tuple[str, ...]) -> Mapping[str, str]:
        """The texts of some files by name."""
        shown_files = [file for file in self.files if file.name in names]
        return {file.name: file.data.decode("utf-8", "replace") for file in shown_files}


def read_state(workspace: Workspace) -> WorkspaceState | None:
    """Return a workspace as it is now; None where nothing can be kept, or texts are looked into."""
    cache = open_cache(workspace.root)
    if cache is None or workspace.texts:
        return None
    walked = workspace.walked()
    folders = [walked.files(name, ENDINGS) for name in FOLDERS]
    files = tuple(file for each in folders for file in each.contents)
    problems = [(each.others, each.diagnostics) for each in folders]
    facts = f"{datetime.now(UTC).date()} {problems}"
    content = (part for file in files for part in (file.name, file.data))
    return WorkspaceState(walked, files, cache, fingerprint(facts, *content), facts)
