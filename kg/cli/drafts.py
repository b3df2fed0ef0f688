"""Drafts of records, as options tell them, and printed."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.editing.assertions import ClaimWords
    from kg.editing.writing import Draft


VALUES = ("said", "when", "note", "where", "mode", "condition", "outcome", "supersedes")
"""Options that are fields of an assertion."""


def evidence_of(arguments: argparse.Namespace) -> ClaimWords:
    """Return what options say of the words that say something."""
    from kg.editing.assertions import ClaimWords, qualifiers_of

    options, words = vars(arguments), arguments.words
    values = {key: options.get(key) for key in VALUES}
    values["negated"] = "true" if options.get("denies") else ""
    values["with"] = qualifiers_of(options.get("with", ()))
    return ClaimWords(
        words=(words,) if isinstance(words, str) else tuple(words),
        article=arguments.article,
        paragraph=arguments.paragraph,
        speakers=tuple(options.get("by", ())),
        unnamed=options.get("unnamed", ""),
        values={key: each for key, each in values.items() if each},
        id=options.get("id") or "",
        to=options.get("to", ""),
    )


def print_draft(draft: Draft) -> None:
    """Print what a draft says and where it stands."""
    from kg.editing.writing import tell_record

    if sentence := tell_record(draft.reading, draft.id):
        print(sentence)
    for part in draft.parts:
        print(f"{part.file}:{part.line}\n{part.yaml}")
    sys.stdout.flush()
    for warning in draft.warnings:
        print(f"kg: a new warning: {warning}", file=sys.stderr)


def print_namesake(draft: Draft) -> None:
    """Print which record has the id that a new one would have had, if one has it."""
    from kg.editing.names import numbered_after
    from kg.editing.writing import tell_record
    from kg.model.modes import Mode

    id, corpus = draft.id, draft.reading.written
    namesake = numbered_after(id, corpus.ids - corpus.conflicts.keys())
    if not namesake:
        return
    titles = {key: each.title.text for key, each in corpus.articles.items()}
    labels = {key: each.label for key, each in corpus.things.items()}
    words = titles.get(namesake) or labels.get(namesake) or tell_record(draft.reading, namesake)
    hint = "if that one was meant, delete this one and use its id"
    if namesake in corpus.assertions:
        hint = f"what replaces it says so: supersedes: {namesake}"
        if corpus.assertions[namesake].mode is not Mode.ACTUAL:
            hint = f"if it came true, {namesake} gets "
            hint += f"outcome: {{kind: happened, realised_by: {id}}}"
    print(f"kg: {namesake} is there already, so this one is {id}:", file=sys.stderr)
    print(f"  {words}\n  hint: {hint}", file=sys.stderr)
