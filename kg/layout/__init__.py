"""The layout of a picture; ``place_things`` is the way in."""

from kg.layout.placing import place_things

__all__ = ["place_things"]
