"""The first page of a site as HTML: no scripts, and nothing from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from kg.page.data import for_script, linked_data
from kg.page.html import policy, sheet
from kg.page.legend import theme
from kg.site.index import ViewCard
from kg.site.templates import HERE, site_template


def render_index(index: Mapping[str, Any], address: str = "") -> str:
    """Return the whole file; ``address`` is where it is published, if that is known."""
    css = f"{_palette(index['views'])}\n{sheet(HERE / 'thumbnail.css', HERE / 'index.css')}"
    summary = index["description"] or f"{index['claim_count']:,} claims, each with who says so."
    about = linked_data("Dataset", index["title"], description=summary)
    return site_template("index.html").render(
        index=index,
        title=index["title"],
        site="",
        summary=summary,
        address=address,
        about=Markup(for_script(about)),
        css=Markup(css),
        policy=policy([css], []),
    )


def _palette(views: Iterable[ViewCard]) -> str:
    """Return the colours of all small pictures as CSS."""
    looks = {look for view in views for look in view.looks}
    families = {family for view in views for family in view.families}
    return theme(sorted(looks), sorted(families))
