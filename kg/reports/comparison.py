"""What changed in a statement between two versions of a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from kg.model.grouping import group_pairs
from kg.model.locators import Locator, enumerate_places, in_order
from kg.model.places import Place
from kg.status.statement import Statement
from kg.text.wording import Name, Words


class StatementChange(NamedTuple):
    """The change of an assertion since an earlier version (``added``, ``removed``, ``status`` or
    ``changed``), and of each part that changed how it was.
    """

    kind: str
    before: tuple[tuple[str, str], ...] = ()


Ids = Mapping[str, str]
"""The ids that records have now, by those that they had, where these are others."""


def compare_statements(
    old: Statement, new: Statement, ids: Ids = MappingProxyType({})
) -> StatementChange | None:
    """Return what changed in a statement; None where nothing did."""
    same_status = old.status == new.status
    was, now = _texts(old, same_status, ids), _texts(new, same_status, {})
    before = {
        name: words or "none" for name, (value, words) in was.items() if value != now[name][0]
    }
    lists_now = _lists(new, {})
    for name, items in _lists(old, ids).items():
        if items != lists_now[name]:
            before[name] = _without(items, lists_now[name])
    kind = "status" if "Status" in before else "changed"
    return StatementChange(kind, tuple(before.items())) if before else None


def _texts(statement: Statement, same_status: bool, ids: Ids) -> dict[str, tuple[object, str]]:
    """Return what a statement tells, by name: in a form to compare, and in words."""
    a = statement.assertion
    when, said_on = (date.text if date else "" for date in (a.when, a.said))
    # A status changes how a sentence is worded; that alone is no other sentence.
    sentence = _ids(statement.claim, ids), a.mode, a.polarity, _ids(statement.speakers, ids)
    words = _ids(statement.words, ids) if same_status else ()
    return {
        "Status": (statement.status, statement.status),
        "Sentence": ((sentence, words), statement.sentence),
        "When": (when, when),
        "Where": (_ids(statement.where, ids), _labels(statement.where)),
        "Said on": (said_on, said_on),
        "Via": (_ids(statement.via, ids), _labels(statement.via)),
        "Note": (a.note, a.note),
        "Rule": (a.rule, a.rule),
        "Sources": ((statement.sources, statement.originators), ", ".join(statement.originators)),
    }


_Item = tuple[str, Locator | None]
"""An id, and a place in it if it is an article."""


def _lists(statement: Statement, ids: Ids) -> dict[str, frozenset[_Item]]:
    """Return what a statement lists, by name, as ids with places in articles."""
    premises = [premise.id for premise in statement.assertion.follows_from]
    return {
        "Citations": _places(statement.places, ids),
        "Withdrawn in": _places(statement.withdrawal_places, ids),
        "Against this": frozenset((ids.get(id, id), None) for id in statement.against),
        "It follows from": frozenset((ids.get(id, id), None) for id in premises),
    }


def _places(places: Iterable[Place], ids: Ids) -> frozenset[_Item]:
    return frozenset((ids.get(place.article, place.article), place.locator) for place in places)


def _without(old: frozenset[_Item], new: frozenset[_Item]) -> str:
    """Return what a list lacked before, and what it had instead: ``without nyt-2019-11-22,
    paragraph 4``.
    """
    parts = (("without", _enumerate(new - old)), ("with", _enumerate(old - new)))
    return "; ".join(f"{word} {items}" for word, items in parts if items)


def _enumerate(items: Iterable[_Item]) -> str:
    words = []
    for id, locators in sorted(group_pairs(items).items()):
        places = in_order(filter(None, locators))
        words.append(f"{id}, {enumerate_places(places)}" if places else id)
    return "; ".join(words)


def _ids(words: Words, ids: Ids) -> tuple[str, ...]:
    """A sentence whose things are known by their ids, whatever they are called."""
    return tuple(
        each if isinstance(each, str) else ids.get(each.id, each.id) or each.label for each in words
    )


def _labels(names: Iterable[Name]) -> str:
    return ", ".join(name.label for name in names)
