"""Drafts of records: read again with the workspace, and printed."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.editing.assertions import ClaimWords, Drafted
    from kg.editing.writing import Draft
    from kg.reading import Reading


VALUES = ("said", "when", "note", "where", "mode", "condition", "outcome", "supersedes")
"""Options that are fields of an assertion."""


def evidence_of(arguments: argparse.Namespace) -> ClaimWords:
    """Return what options say of the words that say something."""
    from kg.editing.assertions import ClaimWords, qualifiers_of

    given, words = vars(arguments), arguments.words
    values = {key: given.get(key) for key in VALUES}
    values["negated"] = "true" if given.get("denies") else ""
    values["with"] = qualifiers_of(given.get("with", ()))
    return ClaimWords(
        words=(words,) if isinstance(words, str) else tuple(words),
        article=arguments.article,
        paragraph=arguments.paragraph,
        speakers=tuple(given.get("by", ())),
        unnamed=given.get("unnamed", ""),
        values={key: each for key, each in values.items() if each},
        id=given.get("id") or "",
        to=given.get("to", ""),
    )


def prepared(reading: Reading, drafted: Drafted) -> Draft:
    """Return a draft read again with the workspace. Raises KgError where it gets new errors, which
    are printed before.
    """
    from kg.diagnostics import findings
    from kg.editing.writing import NewErrors, prepare

    try:
        return prepare(reading, drafted.insertions, drafted.id)
    except NewErrors as refusal:
        sys.stderr.write(findings.findings_as_text(refusal.errors, refusal.texts) + "\n")
        raise


def print_draft(draft: Draft, id: str) -> None:
    """Print what a draft says and where it stands."""
    from kg.editing.writing import sentence_of

    if sentence := sentence_of(draft, id):
        print(sentence)
    for insertion in draft.insertions:
        print(f"{insertion.file}:{draft.line_of(insertion)}")
        print(draft.lines_of(insertion))
    sys.stdout.flush()
    for warning in draft.warnings:
        told = f"{warning.span}: {warning.message} [{warning.rule.code}]"
        print(f"kg: a new warning: {told}", file=sys.stderr)


def print_namesake(draft: Draft, id: str) -> None:
    """Print which record has the id that a new one would have had, if one has it."""
    from kg.editing.names import numbered_after
    from kg.editing.writing import sentence_of
    from kg.model.modes import Mode

    corpus = draft.reading.written
    namesake = numbered_after(id, corpus.ids - corpus.conflicts.keys())
    if not namesake:
        return
    titles = {key: each.title.text for key, each in corpus.articles.items()}
    labels = {key: each.label for key, each in corpus.things.items()}
    told = titles.get(namesake) or labels.get(namesake) or sentence_of(draft, namesake)
    hint = "if that one was meant, delete this one and use its id"
    if namesake in corpus.assertions:
        hint = f"what replaces it says so: supersedes: {namesake}"
        if corpus.assertions[namesake].mode is not Mode.ACTUAL:
            hint = f"if it came true, {namesake} gets "
            hint += f"outcome: {{kind: happened, realised_by: {id}}}"
    print(f"kg: {namesake} is there already, so this one is {id}:", file=sys.stderr)
    print(f"  {told}\n  hint: {hint}", file=sys.stderr)
