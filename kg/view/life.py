"""The life of a thing in a picture, step by step, as it was known from each moment on."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from kg.dates.calendar import Day
from kg.text.wording import Name


class StepKind(IntEnum):
    """The kind of a step in a life: something that happened, that was ahead (announced, planned,
    demanded), or that is said and not accepted.
    """

    HAPPENED = 0
    AHEAD = 1
    SAID = 2


class StepRun(NamedTuple):
    """How a step of a life stood from a moment (its number) on: what it was, its stage in words,
    whether its status goes without saying, and its date in words.

    No kind means that it was not told.
    """

    moment: int
    kind: StepKind | None = None
    stage: str = ""
    is_plain: bool = False
    date: str = ""


class LifeStep(NamedTuple):
    """An assertion (its id) that moves a life on, is ahead in it or is said of it, with its date in
    words, by all that is known.
    """

    assertion: str
    date: str
    runs: tuple[StepRun, ...]


class Lives(NamedTuple):
    """The life of a thing (its id): steps by date, then what is or was ahead.

    ``summaries`` tell where it stood on the day of a moment (its number) by what was known then, in
    words, and how surely; each holds until the next. The number after the last moment is that of
    all that is known. Of a pact ``parties`` tell the same of each of its parties: from a moment on,
    names and where each stood in words, who is only said to be one last. ``days`` are those of the
    moments at which either changed.
    """

    thing: str
    steps: tuple[LifeStep, ...]
    summaries: tuple[tuple[int, str, str], ...] = ()
    parties: tuple[tuple[int, tuple[tuple[Name, str], ...]], ...] = ()
    days: tuple[tuple[int, Day], ...] = ()

    @property
    def assertions(self) -> set[str]:
        """The ids of the assertions that it consists of."""
        return {step.assertion for step in self.steps}
