"""What is wrong with the one record that is being typed, before the whole workspace is read again.

Only errors are told so: warnings often rest on other records. The words are those of ``kg check``,
whose own answer follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.checks.draft import CorpusDraft
from kg.checks.laws import CHECKS
from kg.dates import Day
from kg.diagnostics import Diagnostic, rules
from kg.files.workspace import SourceFile
from kg.reading import Reading
from kg.server.lsp.records import RecordLines
from kg.sources.loader import load_corpus

_FAR = Day(9999, 12, 31)
"""A day on which nothing lies in the future: what the date is, the whole check knows."""


class _Focus(dict[str, Any]):
    """The records of one place, among all others, which are known but not looked at."""

    def __init__(self, here: Mapping[str, Any], all: Mapping[str, Any]) -> None:
        super().__init__(here)
        self.all = all

    def __contains__(self, id: object) -> bool:
        return super().__contains__(id) or id in self.all

    def __missing__(self, id: str) -> Any:
        return self.all[id]

    def get(self, id: str, default: Any = None) -> Any:
        return super().get(id, self.all.get(id, default))


def record_errors(
    name: str, lines: Sequence[str], record: RecordLines, reading: Reading
) -> list[Diagnostic]:
    """Return the errors of one record of a file, given its lines, in a workspace that was read
    before it was changed.
    """
    above = "\n" * (record.first - 2)
    body = "\n".join(lines[record.first - 1 : record.last])
    text = f"{above}{record.section}:\n{body}\n"
    loaded = load_corpus([SourceFile(name, text.encode("utf-8", "replace"))], reading.ontology)
    here, written_corpus = loaded.corpus, reading.written
    corpus = replace(
        here,
        things={**written_corpus.things, **here.things},
        articles={**written_corpus.articles, **here.articles},
        conflicts=_Focus(here.conflicts, written_corpus.conflicts),
        assertions=_Focus(here.assertions, written_corpus.assertions),
    )
    draft = CorpusDraft(corpus, reading.ontology, loaded.broken_ids, True, False, _FAR)
    found_errors = [*_own_problems(loaded.diagnostics, lines, reading)]
    for law in CHECKS:
        found_errors += law(draft)
    return [each for each in found_errors if each.is_error and record.holds(each.span)]


def _own_problems(
    problems: Iterable[Diagnostic], lines: Sequence[str], reading: Reading
) -> Iterator[Diagnostic]:
    """What reading found, but for assertions that are not known just because they stand in other
    records.
    """
    for problem in problems:
        span = problem.span
        written_text = lines[span.line - 1][span.column - 1 : span.end_column - 1].strip("\"'")
        if problem.rule is not rules.UNKNOWN_NAME or written_text not in reading.written.assertions:
            yield problem
