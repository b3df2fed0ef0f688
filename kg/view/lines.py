"""Ties that a picture draws as one line: those of one pair of things and one relation."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from kg.status.statement import Statement
from kg.status.status import Status
from kg.view.picture import Tie
from kg.view.projection import SharedStatement

LEADING = (
    Status.CONTESTED,
    Status.ACCEPTED,
    Status.ATTRIBUTED,
    Status.DENIAL,
    Status.PROSPECTIVE,
    Status.OPINION,
    Status.WITHDRAWN,
    Status.SUPERSEDED,
)
"""Which tie of a line tells how it is drawn: a contested one is never hidden by an accepted one,
and then the firmest leads.
"""


def drawn_status(statement: Statement) -> Status:
    """Return the status by whose line a statement is drawn. What is accepted as not being so is no
    fact that ties two things, and what two share is no firmer than enough of it.
    """
    if isinstance(statement, SharedStatement):
        return statement.drawn_as
    is_denied = statement.assertion.is_denial
    return Status.DENIAL if is_denied and statement.status is Status.ACCEPTED else statement.status


def first_ties_on_lines(ties: Sequence[Tie]) -> list[int]:
    """Return for each tie the number of the first tie that is on one line with it."""
    first: dict[Hashable, int] = {}
    return [first.setdefault(_line_key(tie), number) for number, tie in enumerate(ties)]


def _line_key(tie: Tie) -> Hashable:
    """Return what the ties of a line have in common: the pair and the relation, what is said of it
    (that it holds, ended, began) and what became of them.

    A denial of a contested claim lies on the line of the claim; what is agreed not to be so has a
    line of its own.
    """
    statement, ends = tie.statement, (tie.source, tie.target)
    a, relation = statement.assertion, statement.relation
    is_spoken_of = not {*ends} <= {statement.subject.id, statement.object.id}
    is_denied = statement.is_negative and statement.status is not Status.CONTESTED
    pair = tuple(sorted(ends)) if relation.symmetric else ends
    return pair, relation.iri, is_spoken_of, is_denied, bool(a.ends), bool(a.begins), tie.change
