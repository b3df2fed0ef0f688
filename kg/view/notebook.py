"""A view as a networkx graph that a notebook shows as its page."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import networkx

if TYPE_CHECKING:
    _Graph = networkx.MultiDiGraph[str]
else:
    _Graph = networkx.MultiDiGraph

HEIGHT = 640
"""Pixels of a page in a notebook."""


class Network(_Graph):
    """A networkx ``MultiDiGraph``, and the page of the view that it was made from.

    What is made from it (a copy, a part, a pickle) is a graph like any other, without a page.
    """

    _page: Callable[[], str] | None = None
    _shows: tuple[frozenset[str], frozenset[tuple[str, str, str]]]

    def with_page(self, page: Callable[[], str]) -> Network:
        """This graph, which from now on shows itself by this page."""
        self._page, self._shows = page, self._parts()
        return self

    def _parts(self) -> tuple[frozenset[str], frozenset[tuple[str, str, str]]]:
        return frozenset(self.nodes), frozenset(self.edges(keys=True))

    def _repr_html_(self) -> str | None:
        """What a notebook shows: the page in a frame of its own, while the graph is still what the
        page shows.
        """
        if self._page is None or self._parts() != self._shows:
            return None
        return framed(self._page(), str(self.name))

    def __getstate__(self) -> dict[str, Any]:
        return {
            name: value for name, value in vars(self).items() if name not in ("_page", "_shows")
        }


def framed(page: str, title: str) -> str:
    """A page in a frame that may run its scripts and save files, and cannot touch what is around
    it.
    """
    return (
        f'<iframe title="{html.escape(title)}" width="100%" height="{HEIGHT}" style="border: 1px solid #d3d7e0"'
        ' sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"'
        f' srcdoc="{html.escape(page)}"></iframe>'
    )
