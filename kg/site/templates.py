"""The templates of a site, and how they put values into words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from kg.dates.words import date_in_words
from kg.page.words import status_words
from kg.site.credits import credit_line, publication_date

HERE = Path(__file__).parent


def template(name: str) -> Template:
    """Return a template, in which every value is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "status_words": status_words,
        "date_words": date_in_words,
        "credits": credit_line,
        "published": publication_date,
    }
    return environment
