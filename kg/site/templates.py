"""The templates of a site, and how they put values into words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, Template
from markupsafe import Markup

from kg.dates.words import date_in_words
from kg.page.templates import template_environment
from kg.site.credits import credit_line, publication_date
from kg.text.wording import Name

HERE = Path(__file__).parent


def site_template(name: str) -> Template:
    """Return a template, in which every value is escaped."""
    return _environment().get_template(name)


@cache
def macro(file: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template, which is called as a function."""
    function: Callable[..., Markup] = getattr(site_template(file).module, name)
    return function


@cache
def _environment() -> Environment:
    environment = template_environment(HERE)
    environment.filters |= {
        "date_words": date_in_words,
        "credits": credit_line,
        "published": publication_date,
        "linked": _linked,
        # A macro of the page's own template would keep all that the page tells from being let go.
        "report": lambda each: macro("claims.html", "report")(each),
        "names": lambda words: Markup(", ").join(map(_linked, words)),
        "sentence": lambda words: Markup("").join(map(_linked, words)),
        "plain_sentence": lambda words: Markup("").join(map(_isolated, words)),
        "short_sentence": lambda words: Markup("").join(map(_plain, words)),
    }
    return environment


def _linked(part: str | Name) -> str:
    """A name that leads to the page of its thing."""
    return part if isinstance(part, str) else _name(part.label, part.language, part.id)


def _isolated(part: str | Name) -> str:
    """A name set apart from the direction of the words around it, in its language."""
    return part if isinstance(part, str) else _name(part.label, part.language)


def _plain(part: str | Name) -> str:
    """A name, set apart only where that may matter."""
    if isinstance(part, str) or not part.label.isascii() or part.language not in ENGLISH:
        return _isolated(part)
    return part.label


@lru_cache(10_000)
def _name(label: str, language: str, id: str = "") -> Markup:
    tongue = "" if language in ENGLISH else Markup(' lang="{}"').format(language)
    name = Markup("<bdi{}>{}</bdi>").format(tongue, label)
    return Markup('<a href="../thing/{}.html">{}</a>').format(id, name) if id else name


ENGLISH = ("", "en")
