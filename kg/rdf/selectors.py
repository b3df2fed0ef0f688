"""Places in sources as selectors of the Web Annotation vocabulary (https://www.w3.org/TR/annotation-vocab/)."""

from __future__ import annotations

from kg.model.locators import RANGE, Locator, Unit, seconds_into
from kg.model.references import Citation
from kg.rdf.literals import NodeText, iri_node, named_term, words_literal

MEDIA_FRAGMENTS = iri_node("http://www.w3.org/TR/media-frags/")
"""What a moment of a recording is written by."""

Selector = dict[str, NodeText | None]
"""What is said of one selector: its class first."""


def web_selectors(citation: Citation) -> list[Selector]:
    """Return the selectors of a citation: one for a place other than a paragraph, one for quoted
    words.
    """
    selectors: list[Selector] = []
    if citation.locator.steps and not citation.paragraph:
        selectors.append(_fragment(citation.locator))
    if citation.quote:
        quoted = named_term("oa:TextQuoteSelector")
        selectors.append({"rdf:type": quoted, "oa:exact": words_literal(citation.quote)})
    return selectors


def _fragment(locator: Locator) -> Selector:
    words, standard = "&".join(f"{unit}={value}" for unit, value in locator.steps), None
    if [unit for unit, _ in locator.steps] == [Unit.TIME]:
        words, standard = _media_fragment(locator.steps[0][1]), MEDIA_FRAGMENTS
    type = named_term("oa:FragmentSelector")
    return {"rdf:type": type, "dcterms:conformsTo": standard, "rdf:value": words_literal(words)}


def _media_fragment(moments: str) -> str:
    """A moment or range of moments in seconds: ``t=748``, ``t=3723,3850``."""
    ends = RANGE.fullmatch(moments)
    parts = ends.groups() if ends else (moments,)
    return f"t={','.join(f'{seconds_into(part):g}' for part in parts)}"
