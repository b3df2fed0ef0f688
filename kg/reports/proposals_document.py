"""What machines have proposed, each with the passage that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from kg.editing.proposal_files import Proposal
from kg.reports.document import Document, Item, List, Section, text_section
from kg.text import count_noun


def proposals_document(proposals: Sequence[Proposal]) -> Document:
    """Return a document of what waits: each with its sentence, its passage in the paragraph, or
    what is wrong with it.
    """
    sections = [Section(each.id, [List(_items(each), label_width=10)]) for each in proposals]
    waits = f"{count_noun(len(proposals), 'proposal')} {'waits' if len(proposals) == 1 else 'wait'}"
    if proposals:
        waits += ": kg proposals accept ID, or kg proposals reject ID"
    sections.append(text_section(waits))
    return Document(sections, {"proposals": [proposal_record(each) for each in proposals]})


def _items(proposal: Proposal) -> list[Item]:
    lines = {"says": proposal.sentence}
    if proposal.extends:
        lines["adds"] = f"a further citation to {proposal.extends}"
    if proposal.passage:
        article, number, before, words, behind = proposal.passage
        lines["words"] = f"{before}**{words}**{behind}"
        lines["article"] = f"{article}, paragraph {number}"
    lines |= {"problem": proposal.problem, "file": proposal.file}
    return [Item(words, label) for label, words in lines.items() if words]


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
