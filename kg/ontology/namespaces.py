"""The namespaces of the graph, their usual prefixes, and the names in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

KG = "https://w3id.org/actor-kg/ns#"


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


RDFS = "http://www.w3.org/2000/01/rdf-schema#"


OWL = "http://www.w3.org/2002/07/owl#"


SCHEMA = "https://schema.org/"


XSD = "http://www.w3.org/2001/XMLSchema#"


DCTERMS = "http://purl.org/dc/terms/"


OA = "http://www.w3.org/ns/oa#"


SKOS = "http://www.w3.org/2004/02/skos/core#"


COMMON_PREFIXES = {
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": "http://www.w3.org/ns/prov#",
    "schema": SCHEMA,
    "void": "http://rdfs.org/ns/void#",
    "oa": OA,
    "kg": KG,
}


def full_iri(name: str) -> str:
    """Return the IRI of a prefixed name (``owl:inverseOf``); kg's own terms need no prefix."""
    prefix, _, local = name.rpartition(":")
    return COMMON_PREFIXES[prefix or "kg"] + local


def local_name(iri: str) -> str:
    """The part of an IRI behind its last '#' or '/'."""
    return iri.replace("#", "/").rpartition("/")[2]


class ShortNames:
    """Writes IRIs with prefixes, by the longest namespace that leaves what matches ``local``."""

    def __init__(self, prefixes: Iterable[tuple[str, str]], local: str) -> None:
        self._spaces = sorted((-len(space), prefix, space) for prefix, space in prefixes if space)
        self._local = re.compile(local)
        self.split = lru_cache(maxsize=None)(self._split)

    def _split(self, iri: str) -> tuple[str, str] | None:
        """Return a prefix and the rest of an IRI; None where no namespace leaves a plain name."""
        for _, prefix, space in self._spaces:
            if iri.startswith(space) and self._local.fullmatch(iri, len(space)):
                return prefix, iri[len(space) :]
        return None

    def shorten(self, iri: str) -> str:
        """Return an IRI with its prefix, or whole in angle brackets."""
        parts = self.split(iri)
        return ":".join(parts) if parts else f"<{iri}>"
