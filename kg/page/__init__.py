"""The page that a reader opens: one HTML file that holds everything and asks nobody for anything.

``render_view(picture, places, style)`` gives its text; ``kg.page.network.ViewNetwork`` is the same
view as a pyvis network, which can be changed and then renders itself. Template, style sheet and
scripts are ours and stand beside this file as they reach the page.
"""

from kg.page.html import Link, SiteLinks, render_view, sizes
from kg.viz.style import Style, read_style, style

__all__ = ["Link", "SiteLinks", "Style", "read_style", "render_view", "sizes", "style"]
