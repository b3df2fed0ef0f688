"""The files of a build: the graph, a page for each view, and the first page that leads to them."""

from kg.site.files import Site, build_files
from kg.site.pages import (
    BadStory,
    Composition,
    PageOptions,
    build_pages,
    compose,
    compose_changes,
    layouts,
    picture_of,
    render_pages,
    view_network,
)

__all__ = [
    "BadStory",
    "Composition",
    "PageOptions",
    "Site",
    "build_files",
    "build_pages",
    "compose",
    "compose_changes",
    "layouts",
    "picture_of",
    "render_pages",
    "view_network",
]
