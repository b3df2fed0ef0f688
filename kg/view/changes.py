"""Comparison of a picture with an earlier version: both versions' ties in one, each with what
changed.

Ties are compared by their ends and the id of their assertion; statements by what curators wrote and
where it stands. That a thing is only called otherwise changes no tie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from kg.closure import closure
from kg.locators import Locator, enumerate_places, in_order
from kg.places import Place
from kg.statement import Statement
from kg.view.picture import Change, CitedArticle, History, Picture, Tie
from kg.wording import Name, Words


class Kind(NamedTuple):
    """A kind of change: its name, the sign and the word that stand for it, and how a count of it
    ends.
    """

    name: str
    sign: str
    word: str
    count_words: str


KINDS = (
    Kind("added", "+", "added", "added"),
    Kind("removed", "\N{MINUS SIGN}", "removed", "removed"),
    Kind("status", "\N{NOT EQUAL TO}", "other status", "changed status"),
    Kind("changed", "~", "changed", "changed otherwise"),
)


def compare_pictures(old: Picture, new: Picture, since: str) -> Picture:
    """Return the new picture with what was removed from the old one, and each tie with what became
    of it.

    It has no story, no positions and nothing of what was known when: these belong to one version
    each.
    """
    changes = _changes(old, new)
    statements = {**old.statements, **new.statements}
    ties = _compare_ties(old.ties, new.ties, changes, statements)
    facts = _compare_ties(old.facts, new.facts, changes, statements)
    ids = _argument((tie.assertion for tie in (*ties, *facts)), statements)
    ends = {end for tie in ties for end in (tie.source, tie.target)}
    ends |= {node.id for node in new.nodes}
    nodes = {node.id: node for node in (*old.nodes, *new.nodes) if node.id in ends}
    return replace(
        new,
        nodes=tuple(nodes[id] for id in sorted(nodes)),
        ties=ties,
        facts=facts,
        statements={id: statements[id] for id in ids},
        articles=_cited_articles([statements[id] for id in ids], (*old.articles, *new.articles)),
        meanings=dict(sorted({**old.meanings, **new.meanings}.items())),
        story=None,
        disputes=(),
        history=History(attested={**old.history.attested, **new.history.attested}),
        since=since,
        changes=changes,
    )


def _compare_ties(
    old: Iterable[Tie],
    new: Iterable[Tie],
    changes: Mapping[str, Change],
    statements: Mapping[str, Statement],
) -> tuple[Tie, ...]:
    """Return the ties of both versions, each with what became of it."""
    before, after = {tie.key: tie for tie in old}, {tie.key: tie for tie in new}
    ties = [replace(tie, change="removed") for key, tie in before.items() if key not in after]
    for key, tie in after.items():
        change = changes.get(tie.assertion, Change("")) if key in before else Change("added")
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


def _changes(old: Picture, new: Picture) -> dict[str, Change]:
    """Return what became of the assertions of both pictures, by id; those that stayed the same are
    left out.
    """
    before, after = old.statements, new.statements
    changes = {id: Change("removed") for id in before if id not in after}
    lines = {tie.assertion for tie in (*new.ties, *new.facts)}
    for id, statement in after.items():
        if id not in before:
            # What merely stands beside what is drawn may have been there before, where nothing
            # drew it.
            if id in lines:
                changes[id] = Change("added")
        elif change := compare_statements(before[id], statement):
            changes[id] = change
    return changes


def compare_statements(old: Statement, new: Statement) -> Change | None:
    """Return what changed in a statement; None where nothing did."""
    same_status = old.status == new.status
    before = []
    was, now = _texts(old, same_status), _texts(new, same_status)
    for name, (value, words) in was.items():
        if value != now[name][0]:
            before.append((name, words or "none"))
    lists_before, lists_now = _lists(old), _lists(new)
    for name, items in lists_before.items():
        if set(items) != set(lists_now[name]):
            before.append((name, _without(items, lists_now[name])))
    if not before:
        return None
    is_status = any(name == "Status" for name, _ in before)
    return Change("status" if is_status else "changed", tuple(before))


def _texts(statement: Statement, same_status: bool) -> dict[str, tuple[object, str]]:
    """Return what a statement tells, by name: in a form to compare, and in words."""
    a = statement.assertion
    when, said_on = (date.text if date else "" for date in (a.when, a.said))
    # A status changes how a sentence is worded; that alone is no other sentence.
    sentence = (_ids(statement.claim), a.mode, a.polarity, _ids(statement.speakers))
    words = _ids(statement.words) if same_status else ()
    return {
        "Status": (statement.status, statement.status),
        "Sentence": ((sentence, words), statement.sentence),
        "When": (when, when),
        "Where": (_ids(statement.where), _labels(statement.where)),
        "Said on": (said_on, said_on),
        "Via": (_ids(statement.via), _labels(statement.via)),
        "Note": (a.note, a.note),
        "Rule": (a.rule, a.rule),
        "Sources": (
            (statement.sources, statement.originators),
            ", ".join(statement.originators),
        ),
    }


_Item = tuple[str, Locator | None]
"""An id, and a place in it if it is an article."""


def _lists(statement: Statement) -> dict[str, frozenset[_Item]]:
    """Return what a statement lists, by name, as ids with places in articles."""
    premises = [premise.id for premise in statement.assertion.follows_from]
    return {
        "Citations": _places(statement.places),
        "Withdrawn in": _places(statement.withdrawal_places),
        "Against this": frozenset((id, None) for id in statement.against),
        "It follows from": frozenset((id, None) for id in premises),
    }


def _places(places: Iterable[Place]) -> frozenset[_Item]:
    return frozenset((place.article, place.locator) for place in places)


def _without(old: frozenset[_Item], new: frozenset[_Item]) -> str:
    """Return what a list lacked before, and what it had instead: ``without nyt-2019-11-22,
    paragraph 4``.
    """
    parts = (("without", _enumerate(new - old)), ("with", _enumerate(old - new)))
    return "; ".join(f"{word} {items}" for word, items in parts if items)


def _enumerate(items: Iterable[_Item]) -> str:
    places: dict[str, list[Locator]] = {}
    for id, locator in items:
        places.setdefault(id, []).extend([locator] if locator else [])
    return "; ".join(_cited_in(id, places[id]) for id in sorted(places))


def _cited_in(id: str, locators: list[Locator]) -> str:
    return f"{id}, {enumerate_places(in_order(locators))}" if locators else id


def _ids(words: Words) -> tuple[str, ...]:
    """A sentence whose things are known by their ids, whatever they are called."""
    return tuple(part if isinstance(part, str) else part.id or part.label for part in words)


def _labels(names: Iterable[Name]) -> str:
    return ", ".join(name.label for name in names)


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
    ids = set()
    for statement in statements:
        ids |= {place.article for place in (*statement.places, *statement.withdrawal_places)}
    by_id = {article.id: article for article in articles}
    return tuple(by_id[id] for id in sorted(ids))
