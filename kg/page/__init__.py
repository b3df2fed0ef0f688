"""The page that a reader opens: one HTML file that holds everything and asks nobody for anything.

``render_view(picture, places, style)`` gives its text, through a pyvis network (``ViewNetwork``).
Template, style sheet and scripts are ours and stand beside this file as they reach the page.
"""

from kg.page.html import sizes
from kg.page.network import ViewNetwork, frame_page, render_view
from kg.viz.style import Style, read_style, style

__all__ = ["Style", "ViewNetwork", "frame_page", "read_style", "render_view", "sizes", "style"]
