"""The templates of pages, in which every value is escaped."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.page.words import standing_words, status_words

HERE = Path(__file__).parent


def template_environment(*folders: Path) -> Environment:
    """Return what finds the templates of some folders, and those here that all pages share."""
    environment = Environment(
        loader=FileSystemLoader([*folders, HERE]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"status_words": status_words, "standing_words": standing_words}
    return environment
