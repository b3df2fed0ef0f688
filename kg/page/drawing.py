"""pyvis as we use it: its graph and its renderer, with our template and nothing of its own page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyvis.network import Network


class Drawing(Network):  # type: ignore[misc]
    """A directed pyvis network that renders a template of ours, with every value escaped."""

    def __init__(self, folder: Path, template: str, options: dict[str, Any]) -> None:
        super().__init__(directed=True)
        self.options = options
        self.path = template
        self.node_ids = _Ids()
        self.templateEnv = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def rendered(self, **content: Any) -> str:
        """The page, with these values known to the template beside pyvis's own (nodes, edges, options)."""
        self.templateEnv.globals.update(content)
        return str(self.generate_html())


class _Ids(list[str]):
    """pyvis asks its list of ids for every node and edge; this one answers at once."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[str] = set()

    def append(self, id: str) -> None:
        self._known.add(id)
        super().append(id)

    def __contains__(self, id: object) -> bool:
        return id in self._known
