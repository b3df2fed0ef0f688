"""What an assertion corrects or replaces of what it says that it supersedes.

What is only planned, demanded or thought corrects no deed. What a speaker says corrects what that
speaker said before, and nothing that others or an article say: it stands against that, if anything.
"""

from __future__ import annotations

from kg.model import Assertion
from kg.model.corpus import Corpus


def corrected_by(assertion: Assertion, corpus: Corpus) -> list[Assertion]:
    """Return what an assertion corrects or replaces, of what is there; also one that was withdrawn,
    which corrects nothing any more.
    """
    superseded = (corpus.assertions.get(each.id) for each in assertion.supersedes)
    return [earlier for earlier in superseded if earlier and may_correct(assertion, earlier)]


def may_correct(later: Assertion, earlier: Assertion) -> bool:
    """Whether one assertion may correct or replace another one."""
    if not later.is_actual and earlier.is_actual:
        return False
    before = set(earlier.speaker_ids)
    return not later.speakers or (bool(before) and before <= set(later.speaker_ids))
