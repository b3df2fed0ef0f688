"""Comparison of a picture with an earlier version: both versions' ties in one, each with what
changed.

Ties are compared by their ends and the id of their assertion; statements by what curators wrote and
where it stands. That a thing is only called otherwise changes no tie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from kg.model.closure import closure
from kg.reports.record_fields import NewIds, changed_fields, compare_standings
from kg.status.statement import Statement
from kg.text import join_and
from kg.view.picture import CitedArticle, History, Picture, StatementChange, Tie
from kg.view.things import cited_ids


class ChangeKind(NamedTuple):
    """A kind of change: its name, the sign and the word that stand for it, and how a count of it
    ends.
    """

    name: str
    sign: str
    word: str
    count_words: str


KINDS = (
    ChangeKind("added", "+", "added", "added"),
    ChangeKind("removed", "\N{MINUS SIGN}", "removed", "removed"),
    ChangeKind("status", "\N{NOT EQUAL TO}", "other status", "changed status"),
    ChangeKind("changed", "~", "changed", "changed otherwise"),
)


NO_IDS: NewIds = MappingProxyType({})


def compare_pictures(old: Picture, new: Picture, since: str, ids: NewIds = NO_IDS) -> Picture:
    """Return the new picture with what was removed from the old one, and each tie with what became
    of it; ``ids`` are those that things and assertions have now, by those that they had.

    It has no story, no positions and nothing of what was known when: these belong to one version
    each.
    """
    old = _by_new_ids(old, new, ids) if ids else old
    changes = _changes(old, new, ids)
    statements = {**old.statements, **new.statements}
    ties = _compare_ties(old.ties, new.ties, changes, statements)
    facts = _compare_ties(old.facts, new.facts, changes, statements)
    told_ids = _argument((tie.assertion for tie in (*ties, *facts)), statements)
    ends = {end for tie in ties for end in (tie.source, tie.target)}
    ends |= {node.id for node in new.nodes}
    nodes = {node.id: node for node in (*old.nodes, *new.nodes) if node.id in ends}
    return replace(
        new,
        nodes=tuple(nodes[id] for id in sorted(nodes)),
        ties=ties,
        facts=facts,
        statements={id: statements[id] for id in told_ids},
        articles=_cited_articles(
            [statements[id] for id in told_ids], (*old.articles, *new.articles)
        ),
        meanings=dict(sorted({**old.meanings, **new.meanings}.items())),
        story=None,
        disputes=(),
        history=History(attested={**old.history.attested, **new.history.attested}),
        since=since,
        changes=changes,
        new_ids=ids,
    )


def _by_new_ids(old: Picture, new: Picture, ids: NewIds) -> Picture:
    """Return the old picture with the ids that things, and assertions of both, have now."""
    statements = {}
    for id, each in old.statements.items():
        is_renamed = id in ids and ids[id] in new.statements
        statements[id] = _renamed(each, ids[id]) if is_renamed else each

    def renamed_ties(ties: Iterable[Tie]) -> tuple[Tie, ...]:
        ends = ((ids.get(tie.source, tie.source), ids.get(tie.target, tie.target)) for tie in ties)
        return tuple(
            replace(tie, source=source, target=target, statement=statements[tie.assertion])
            for tie, (source, target) in zip(ties, ends, strict=True)
        )

    return replace(
        old,
        nodes=tuple(replace(node, id=ids.get(node.id, node.id)) for node in old.nodes),
        ties=renamed_ties(old.ties),
        facts=renamed_ties(old.facts),
        statements={each.id: each for each in statements.values()},
    )


def _renamed(statement: Statement, id: str) -> Statement:
    return replace(statement, assertion=replace(statement.assertion, id=id))


def _compare_ties(
    old: Iterable[Tie],
    new: Iterable[Tie],
    changes: Mapping[str, StatementChange],
    statements: Mapping[str, Statement],
) -> tuple[Tie, ...]:
    """Return the ties of both versions, each with what became of it."""
    before, after = {tie.key: tie for tie in old}, {tie.key: tie for tie in new}
    ties = [replace(tie, change="removed") for key, tie in before.items() if key not in after]
    for key, tie in after.items():
        change = (
            changes.get(tie.assertion, StatementChange(""))
            if key in before
            else StatementChange("added")
        )
        ties.append(replace(tie, change=change.kind))
    # Of a removed line the assertion may still be there.
    ties = [replace(tie, statement=statements[tie.assertion]) for tie in ties]
    return tuple(sorted(ties, key=lambda tie: tie.key))


def count_changes(comparison: Picture) -> dict[str, int]:
    """Return how many ties changed, by kind, in the order of the kinds; kinds without any are left
    out.
    """
    counts = Counter(tie.change for tie in (*comparison.ties, *comparison.facts))
    return {kind.name: counts[kind.name] for kind in KINDS if counts[kind.name]}


def summary(comparison: Picture) -> str:
    """Return how many ties changed and how: ``12 added, 3 removed, 4 changed status``."""
    counts = count_changes(comparison)
    parts = [f"{counts[kind.name]:,} {kind.count_words}" for kind in KINDS if kind.name in counts]
    return ", ".join(parts) or "nothing changed"


def _changes(old: Picture, new: Picture, ids: NewIds) -> dict[str, StatementChange]:
    """Return what became of the assertions of both pictures, by id; those that stayed the same are
    left out.
    """
    before, after = old.statements, new.statements
    changes = {id: StatementChange("removed") for id in before if id not in after}
    lines = {tie.assertion for tie in (*new.ties, *new.facts)}
    for id, statement in after.items():
        if id not in before:
            # What merely stands beside what is drawn may have been there before, where nothing
            # drew it.
            if id in lines:
                changes[id] = StatementChange("added")
        elif change := compare_statements(before[id], statement, ids):
            changes[id] = change
    return changes


_WORDED = ("subject", "predicate", "object", "polarity", "mode", "according_to", "with")
"""The fields that readers know as the sentence."""
_LABELS = {
    **dict.fromkeys(_WORDED, "Sentence"),
    "cite": "Cited from",
    "said": "Said on",
    "withdrawn": "Taken back",
    "follows_from": "It follows from",
}
"""What readers are told fields by, where that is not the field's name."""


def compare_statements(
    old: Statement, new: Statement, ids: NewIds = NO_IDS
) -> StatementChange | None:
    """Return what changed in a statement, as ``kg diff`` finds it; None where nothing did."""
    parts = changed_fields(old.assertion, new.assertion, ids)
    before = {}
    for name, was, _ in (*compare_standings(old, new), *parts):
        label = _LABELS.get(name) or name.replace("_", " ").capitalize()
        before[label] = _TELLERS[name](old) or "none" if name in _TELLERS else was
    if {ids.get(id, id) for id in old.against} != {*new.against}:
        rivals = sorted(old.others[id].sentence for id in old.against)
        before["Against this"] = "; ".join(rivals) or "none"
    kind = "status" if "Status" in before else "changed"
    return StatementChange(kind, tuple(before.items())) if before else None


_TELLERS: Mapping[str, Callable[[Statement], str]] = {
    **dict.fromkeys(_WORDED, attrgetter("sentence")),
    "cite": attrgetter("cited"),
    "where": lambda statement: join_and(name.label for name in statement.where),
    "via": lambda statement: join_and(name.label for name in statement.via),
}
"""How readers are told what was in some fields: by names, not by ids."""


def _argument(ids: Iterable[str], statements: Mapping[str, Statement]) -> list[str]:
    """Return some assertions with all that stands against them or that they follow from, as far as
    there are statements, in order of ids.
    """

    def others(id: str) -> list[str]:
        statement = statements[id]
        premises = [premise.id for premise in statement.assertion.follows_from]
        return [each for each in (*statement.against, *premises) if each in statements]

    return sorted(closure(ids, others))


def _cited_articles(
    statements: Iterable[Statement], articles: Iterable[CitedArticle]
) -> tuple[CitedArticle, ...]:
    """Return those of these articles that statements cite, in order of ids."""
    by_id = {article.id: article for article in articles}
    return tuple(by_id[id] for id in cited_ids(statements))
