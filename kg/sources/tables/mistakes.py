"""Mistakes in a map, gathered, so that all of them are told at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from kg.diagnostics import KgError, Span
from kg.text.characters import printable

Read = TypeVar("Read")
Asked = ParamSpec("Asked")


class MapMistakes:
    """What is wrong with a map, in the order in which it was found."""

    def __init__(self) -> None:
        self.found: list[KgError] = []

    def add(self, span: Span, message: str, hint: str = "") -> None:
        """Note a mistake with its place."""
        self.found.append(KgError(f"{span}: {message}", hint=hint))

    def attempt(
        self, reader: Callable[Asked, Read], *values: Asked.args, **options: Asked.kwargs
    ) -> Read | None:
        """Return what a reader makes of something, or None and note what it raised."""
        try:
            return reader(*values, **options)
        except KgError as error:
            self.found.append(error)
            return None

    def raise_all(self) -> None:
        """Raise KgError where there is a mistake: it tells all of them."""
        if not self.found:
            return
        *others, last = self.found
        if not others:
            raise last
        raise KgError(
            f"{len(self.found)} mistakes in the map or its tables",
            max(error.exit_code for error in self.found),
            findings="\n".join(map(_tell_mistake, self.found)),
        )


def _tell_mistake(error: KgError) -> str:
    hint = f"  hint: {printable(error.hint)}\n" if error.hint else ""
    return f"{printable(str(error))}\n{hint}"
