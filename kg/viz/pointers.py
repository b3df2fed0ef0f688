"""What the steps of a story point at and quote, and what of it their page does not show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kg.dates import Day
from kg.diagnostics import Diagnostic, rules
from kg.model.references import Reference
from kg.text import join_and
from kg.text.characters import quoted
from kg.viz.quotations import Quotation

IsVisible = Callable[[str, Day | None, Day | None], bool]
"""Whether an assertion is let through by a lens of two days, true_on and known_by."""


class Pointer(NamedTuple):
    """An id that a step puts in focus, with its place."""

    reference: Reference
    is_thing: bool
    true_on: Day | None
    known_by: Day | None


class QuotationPlace(NamedTuple):
    """A quotation of a step, with the place of the assertion that it names (where it is right)."""

    reference: Reference
    quotation: Quotation | None
    known_by: Day | None


def find_hidden_pointers(
    view: str,
    pointers: Iterable[Pointer],
    ties: Iterable[tuple[str, str, str]],
    is_visible: IsVisible,
) -> Iterator[Diagnostic]:
    """Yield a problem for each pointer at what a view does not draw, or not on the step's days."""
    lines: dict[str, set[str]] = {}
    assertions = set()
    for source, target, assertion in ties:
        assertions.add(assertion)
        for end in (source, target):
            lines.setdefault(end, set()).add(assertion)
    for pointer in pointers:
        id = pointer.reference.id
        matches = lines.get(id, set()) if pointer.is_thing else {id} & assertions
        days = _days(pointer)
        if not matches:
            yield rules.STORY_POINTS_NOWHERE.at(
                pointer.reference.span,
                f"the view '{view}' does not draw {quoted(id)}",
                "take it out of the step, or widen the view's query",
            )
        elif days and not any(
            is_visible(assertion, pointer.true_on, pointer.known_by) for assertion in matches
        ):
            yield rules.STORY_POINTS_NOWHERE.at(
                pointer.reference.span,
                f"{quoted(id)} is not to be seen {days}",
                "take it out of the step, or give the step another day",
            )


def find_hidden_quotations(
    view: str,
    quotations: Iterable[QuotationPlace],
    is_told: Callable[[Quotation, Day | None], bool],
) -> Iterator[Diagnostic]:
    """Yield a problem for each quotation that a page cannot show by its step's day."""
    for reference, quotation, known_by in quotations:
        if quotation and not is_told(quotation, known_by):
            day = f" with known_by {known_by}" if known_by else ""
            yield rules.STORY_POINTS_NOWHERE.at(
                reference.span,
                f"the view '{view}' tells of no citation of {quoted(reference.id)} "
                f"that has these words{day}",
                "quote for an assertion of a thing that it draws, of an article that was out",
            )


def _days(pointer: Pointer) -> str:
    parts = (
        f"with true_on {pointer.true_on}" if pointer.true_on else "",
        f"with known_by {pointer.known_by}" if pointer.known_by else "",
    )
    return join_and(filter(None, parts))
