"""What changed in a statement between two versions of a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

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
_SAME: Ids = {}


def compare_statements(old: Statement, new: Statement, ids: Ids = _SAME) -> StatementChange | None:
    """Return what changed in a statement; None where nothing did."""
    same_status = old.status == new.status
    before = []
    was, now = _texts(old, same_status, ids), _texts(new, same_status, _SAME)
    for name, (value, words) in was.items():
        if value != now[name][0]:
            before.append((name, words or "none"))
    lists_before, lists_now = _lists(old, ids), _lists(new, _SAME)
    for name, items in lists_before.items():
        if set(items) != set(lists_now[name]):
            before.append((name, _without(items, lists_now[name])))
    if not before:
        return None
    is_status = any(name == "Status" for name, _ in before)
    return StatementChange("status" if is_status else "changed", tuple(before))


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
        "Sources": (
            (statement.sources, statement.originators),
            ", ".join(statement.originators),
        ),
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
    places: dict[str, list[Locator]] = {}
    for id, locator in items:
        places.setdefault(id, []).extend([locator] if locator else [])
    return "; ".join(_cited_in(id, places[id]) for id in sorted(places))


def _cited_in(id: str, locators: list[Locator]) -> str:
    return f"{id}, {enumerate_places(in_order(locators))}" if locators else id


def _ids(words: Words, ids: Ids) -> tuple[str, ...]:
    """A sentence whose things are known by their ids, whatever they are called."""
    return tuple(each if isinstance(each, str) else _known_as(each, ids) for each in words)


def _known_as(name: Name, ids: Ids) -> str:
    return ids.get(name.id, name.id) or name.label


def _labels(names: Iterable[Name]) -> str:
    return ", ".join(name.label for name in names)
