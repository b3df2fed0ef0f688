"""The layout of a picture; ``place_things`` is the way in, and a ``Plan`` says what it tells."""

from kg.viz.layout.placing import place_things, possible_kind
from kg.viz.layout.plan import LayoutKind, Plan

__all__ = ["LayoutKind", "Plan", "place_things", "possible_kind"]
