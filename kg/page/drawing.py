"""pyvis as we use it: its graph and its renderer, with our template and nothing of its own page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


class _Later(ModuleType):
    """Stands for a module until something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


def _frame(*given: Any, **named: Any) -> Any:
    return import_module("IPython.display").IFrame(*given, **named)


@contextmanager
def _unhurried() -> Iterator[None]:
    """pyvis imports much for what a page does not use: 0.2 s, put off until it is used."""
    unused = ("networkx", "jsonpickle", "webbrowser", "IPython.display")
    later = {name: _Later(name) for name in unused if name not in sys.modules}
    if "IPython.display" in later:
        vars(later["IPython.display"])["IFrame"] = _frame
    sys.modules.update(later)
    try:
        yield
    finally:
        for name in later:
            del sys.modules[name]


with _unhurried():
    from pyvis.network import Network


@cache
def _templates(folder: Path) -> Environment:
    """The templates of a folder, each compiled once."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class Drawing(Network):  # type: ignore[misc]
    """A directed pyvis network that renders a template of ours, with every value escaped."""

    def __init__(self, folder: Path, template: str, options: dict[str, Any]) -> None:
        super().__init__(directed=True)
        self.options = options
        self.path = template
        self.node_ids = _Ids()
        self.templateEnv = _templates(folder)

    def rendered(self, **content: Any) -> str:
        """The page, with these values known to the template beside pyvis's own (nodes, edges,
        options).
        """
        usual = dict(self.templateEnv.globals)
        self.templateEnv.globals.update(content)
        try:
            return str(self.generate_html())
        finally:
            self.templateEnv.globals.clear()
            self.templateEnv.globals.update(usual)


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
