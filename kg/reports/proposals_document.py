"""What machines have proposed, each with the passage that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from kg.editing.proposal_files import Proposal
from kg.reports.document import Document, Item, List, Paragraph, Section
from kg.text import count_noun


def proposals_document(proposals: Sequence[Proposal]) -> Document:
    """Return a document of what waits: each with its sentence, its passage in the paragraph, or
    what is wrong with it.
    """
    sections = [
        Section(each.id, (List(tuple(_items(each)), indent=2, label_width=10),))
        for each in proposals
    ]
    waits = f"{count_noun(len(proposals), 'proposal')} {'waits' if len(proposals) == 1 else 'wait'}"
    if proposals:
        waits += ": kg proposals accept ID, or kg proposals reject ID"
    sections.append(Section("", (Paragraph(waits),)))
    return Document(tuple(sections), {"proposals": [proposal_record(each) for each in proposals]})


def _items(proposal: Proposal) -> list[Item]:
    items = [Item(proposal.sentence, label="says")] if proposal.sentence else []
    if proposal.extends:
        items.append(Item(f"a further citation to {proposal.extends}", label="adds"))
    if proposal.passage:
        _, number, before, words, behind = proposal.passage
        items.append(Item(f"{before}**{words}**{behind}", label="words"))
        items.append(Item(f"{proposal.passage.article}, paragraph {number}", label="article"))
    if proposal.problem:
        items.append(Item(proposal.problem, label="problem"))
    items.append(Item(proposal.file, label="file"))
    return items


def proposal_record(proposal: Proposal) -> dict[str, object]:
    """Return a proposal as programs get it."""
    passage = proposal.passage
    return {
        "id": proposal.id,
        "file": proposal.file,
        "says": proposal.sentence or None,
        "extends": proposal.extends or None,
        "passage": passage._asdict() if passage else None,
        "problem": proposal.problem or None,
        "yaml": proposal.yaml,
    }
