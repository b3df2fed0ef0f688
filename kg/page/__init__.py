"""The page that a reader opens: one HTML file that holds everything and asks nobody for anything.

``page(picture, places, style)`` gives its text. pyvis is graph model and renderer; template, style
sheet and scripts are ours and stand beside this file as they reach the page.
"""

from kg.page.html import page, sizes
from kg.viz.style import Style, read_style, style

__all__ = ["Style", "page", "read_style", "sizes", "style"]
