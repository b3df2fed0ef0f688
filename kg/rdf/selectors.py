"""Places in sources as selectors of the Web Annotation vocabulary (https://www.w3.org/TR/annotation-vocab/)."""

from __future__ import annotations

import pyoxigraph as ox

from kg.locators import RANGE, Locator, Unit, seconds
from kg.model import Citation
from kg.ontology import DCTERMS, OA, RDF

MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
"""What a moment of a recording is written by."""

Facts = tuple[tuple[ox.NamedNode, ox.NamedNode | ox.Literal], ...]
"""What is said of one selector: its class first."""


def web_selectors(citation: Citation) -> tuple[Facts, ...]:
    """Return the selectors of a citation: one for a place other than a paragraph, one for quoted
    words.
    """
    selectors: list[Facts] = []
    if citation.locator.steps and not citation.paragraph:
        selectors.append(_fragment(citation.locator))
    if citation.quote:
        exact = ox.NamedNode(f"{OA}exact"), ox.Literal(citation.quote)
        selectors.append((_type("TextQuoteSelector"), exact))
    return tuple(selectors)


def _fragment(locator: Locator) -> Facts:
    words = "&".join(f"{unit}={value}" for unit, value in locator.steps)
    facts: Facts = (_type("FragmentSelector"),)
    if [unit for unit, _ in locator.steps] == [Unit.TIME]:
        words = _media_fragment(locator.steps[0][1])
        standard = ox.NamedNode(MEDIA_FRAGMENTS)
        facts = (*facts, (ox.NamedNode(f"{DCTERMS}conformsTo"), standard))
    return (*facts, (ox.NamedNode(f"{RDF}value"), ox.Literal(words)))


def _media_fragment(moments: str) -> str:
    """A moment or range of moments in seconds: ``t=748``, ``t=3723,3850``."""
    ends = RANGE.fullmatch(moments)
    parts = ends.groups() if ends else (moments,)
    return f"t={','.join(f'{seconds(part):g}' for part in parts)}"


def _type(name: str) -> tuple[ox.NamedNode, ox.NamedNode]:
    return ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{OA}{name}")
