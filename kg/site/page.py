"""A page of a site before the shell is put around it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

NO_FILES: Mapping[str, bytes] = MappingProxyType({})


class Page(NamedTuple):
    """A page: its template with what that tells (``page``), and what it tells programs and others
    that show a link to it (``data``). ``css`` are the colours of its picture or the names of its
    columns, if it has any, and ``has_figures`` says that it has pictures or tables. ``files`` are
    those that lie beside it for who downloads them, by their names in the site; ``scripts`` are its
    own.
    """

    template: str
    title: str
    summary: str
    data: Mapping[str, Any]
    page: Any
    css: str = ""
    has_figures: bool = False
    files: Mapping[str, bytes] = NO_FILES
    scripts: tuple[str, ...] = ()
