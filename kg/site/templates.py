"""The templates of a site, and how they put values into words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, Template
from markupsafe import Markup

from kg.dates.words import date_in_words
from kg.page.templates import template_environment
from kg.site.credits import credit_line, publication_date

HERE = Path(__file__).parent


def template(name: str) -> Template:
    """Return a template, in which every value is escaped."""
    return _environment().get_template(name)


@cache
def macro(file: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template, which is called as a function."""
    found: Callable[..., Markup] = getattr(template(file).module, name)
    return found


@cache
def _environment() -> Environment:
    environment = template_environment(HERE)
    environment.filters |= {
        "date_words": date_in_words,
        "credits": credit_line,
        "published": publication_date,
    }
    return environment
