"""Worlds written as a curator could write them, read and ready to be asked under a lens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from corpora import WORLD, corpus

from kg.files.workspace import Files, Inputs, Workspace
from kg.ontology import Ontology
from kg.ontology.reader import read_ontology
from kg.reading import Reading
from kg.sources.texts.verification import Verification
from kg.status.lens import Lens

REPOSITORY = Workspace(Path(__file__).parent.parent)
CORE = read_ontology(REPOSITORY.files("ontology", (".ttl",)).contents)[0]
BARE = replace(CORE, turtle=())
"""The ontology without its text: a graph says of its terms nothing then, which is otherwise a
hundred times as much as it says of a small world. Not for what is asked with queries.
"""


def reading(world: dict[str, Any], lens: Lens | None = None, ontology: Ontology = CORE) -> Reading:
    """A world under a lens. It is not checked: it is taken for sound."""
    known = corpus(world, ontology)
    read = Reading(REPOSITORY, known, ontology, (), Verification(), Inputs((), 0, 0, ""), Files(()))
    return read.under(lens or Lens())


def said(subject: str, predicate: str, object: str, **fields: Any) -> dict[str, Any]:
    """An assertion of the first article, with an id that tells its triple."""
    triple = {
        "id": f"{subject}-{predicate}-{object}",
        "subject": subject,
        "predicate": predicate,
        "object": object,
    }
    return {**triple, "cite": {"article-1": ["1"]}, **fields}


def things(section: str, type: str, *ids: str) -> dict[str, Any]:
    """A section of things of one type, each with its id as label."""
    return {section: {id: {"type": type, "label": id.title()} for id in ids}}


def world(*assertions: dict[str, Any], **sections: dict[str, Any]) -> dict[str, Any]:
    """The world of ``corpora`` with more things in some sections, and these assertions."""
    more = {section: {**WORLD.get(section, {}), **added} for section, added in sections.items()}
    return {**WORLD, **more, "assertions": list(assertions)}
