"""The sections of a source file that hold things."""

SECTIONS = ("actors", "pacts", "disputes", "events", "places", "things")
"""The sections of a source file that hold things; ``articles``, ``assertions`` and ``conflicts``
hold the rest.
"""
