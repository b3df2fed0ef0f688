"""Mistakes in what a curator wrote, with their place.

A diagnostic is a value: a rule (its code is for ever), a place in a file, the words for the curator
and the next step. Rules live in one table, ``kg.diagnostics.rules``; each has a page in
``docs/diagnostics``, and that page is its test.
"""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

MOST_COMPARED = 200
LEAST_ALIKE = 0.65


class Span(NamedTuple):
    """A place in a file: lines and columns count characters from 1; the end is where the next
    character would stand.

    ``file`` is relative to the workspace, with forward slashes. Line 0 stands for the file as a
    whole.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    @property
    def start(self) -> Span:
        """The first character of the place."""
        return Span(self.file, self.line, self.column, self.line, self.column + 1)


class Severity(StrEnum):
    """The weight of a diagnostic: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Rule(NamedTuple):
    """One law that a workspace must keep, an error where nothing else is said.

    ``exit_code`` is what a command ends with where the rule is broken: 1 problems in the data, 2
    unreadable input, 3 a limit was hit. Warnings never change the exit code.
    """

    code: str
    title: str
    severity: Severity = Severity.ERROR
    exit_code: int = 1

    def at(
        self, span: Span, message: str, hint: str = "", related: Iterable[Span] = ()
    ) -> Diagnostic:
        """Return the diagnostic of this rule, broken at one place."""
        return Diagnostic(self, span, message, hint, tuple(related))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: which rule, where, in which words, and what to do next (``hint``, empty where
    nothing helps).
    """

    rule: Rule
    span: Span
    message: str
    hint: str = ""
    related: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return f"{self.span}: {self.message} [{self.rule.code}]"

    @property
    def is_error(self) -> bool:
        """Tell whether this stops a build."""
        return self.rule.severity is Severity.ERROR


class KgError(Exception):
    """A request that cannot be met: wrong usage (exit code 2) or a limit that was hit (3).

    Shown without a traceback; ``findings`` are the mistakes behind it, as text.
    """

    def __init__(
        self, message: str, exit_code: int = 2, hint: str = "", findings: str = ""
    ) -> None:
        super().__init__(message)
        self.exit_code, self.hint, self.findings = exit_code, hint, findings

    @property
    def is_limit(self) -> bool:
        """Whether a limit of time, memory or size was hit."""
        return self.exit_code == 3


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics by file, line and column, then by code; equal ones once."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.span, d.rule.code, d.message)))


def exit_code(diagnostics: Iterable[Diagnostic]) -> int:
    """Return what a command ends with: 0 where there is no error, else the highest exit code of the
    errors.
    """
    return max((d.rule.exit_code for d in diagnostics if d.is_error), default=0)


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return a hint with the nearest of some names, or nothing where none is near."""
    nearest = nearest_names(word, names)
    return f"did you mean '{nearest[0]}'?" if nearest else ""


def nearest_names(
    word: str, names: Iterable[str], most: int = 1, least: float = LEAST_ALIKE
) -> list[str]:
    """Return the names that are nearest to a word, the nearest first; none that is less alike than
    ``least`` (1 is equal), which is no less than ``LEAST_ALIKE``. Letter case does not count.

    Of many names only ``MOST_COMPARED`` are compared letter by letter: those of a length that may
    be near which have the most pairs of letters in common with the word.
    """
    near = sorted(each for each in names if _may_be_near(len(word), len(each)))
    if len(near) > MOST_COMPARED:
        pairs = _letter_pairs(word)
        near = heapq.nlargest(MOST_COMPARED, near, lambda name: len(pairs & _letter_pairs(name)))
        near.sort()
    by_folded_name = {name.casefold(): name for name in near}
    nearest = difflib.get_close_matches(word.casefold(), by_folded_name, n=most, cutoff=least)
    return [by_folded_name[name] for name in nearest]


def _may_be_near(one: int, other: int) -> bool:
    """Tell whether words of two lengths can be alike: they are by twice the letters in common over
    all letters. Case may change a length, so one letter more is allowed for.
    """
    return 2 * (min(one, other) + 1) >= LEAST_ALIKE * (one + other)


def _letter_pairs(word: str) -> set[str]:
    letters = word.casefold()
    return {letters[i : i + 2] for i in range(len(letters) - 1)}
