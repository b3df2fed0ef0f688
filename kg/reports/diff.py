"""What changed between two versions of a workspace, in meaning: what nobody touched and yet stands
otherwise, then what was added, taken out and changed.

Where something is written, in which order and layout, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from kg.model import Article, Thing
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.reading import Reading
from kg.reports.comparison import compare_statements
from kg.status.reasons import Mention
from kg.status.statement import Statement

WRITTEN = frozenset(
    ("Sentence", "When", "Where", "Said on", "Via", "Note", "Citations", "Withdrawn in")
)
"""The parts of a statement that curators write; its others follow from all that is written."""


class Consequence(NamedTuple):
    """A statement that nobody touched and that stands otherwise now; ``causes`` are what stands
    against it or corrects it now and did not before, or did before and does not now.
    """

    before: Statement
    now: Statement
    causes: tuple[Statement, ...]


class Revision(NamedTuple):
    """A statement that was touched: each part that changed, with how it was and how it is."""

    before: Statement
    now: Statement
    parts: tuple[tuple[str, str], ...]


class Changes(NamedTuple):
    """All that changed. ``names`` tells of things by id how they were called and are called now,
    ``terms`` of terms of the ontology that are new (true) or gone.
    """

    consequences: tuple[Consequence, ...]
    added: tuple[Statement, ...]
    removed: tuple[Statement, ...]
    revised: tuple[Revision, ...]
    things_added: tuple[Thing, ...]
    things_removed: tuple[Thing, ...]
    names: tuple[tuple[str, str, str], ...]
    merged: tuple[tuple[str, str], ...]
    sources_added: tuple[Article, ...]
    sources_removed: tuple[Article, ...]
    terms: tuple[tuple[str, bool], ...]

    @property
    def total(self) -> int:
        """How many changes there are."""
        return sum(map(len, self))


def find_changes(old: Reading, new: Reading) -> Changes:
    """Return what changed from one version to another, both under the same lens."""
    before, after = _written(old), _written(new)
    renamed = _renamed(before, after)
    pairs = [(before[id], after[id]) for id in after if id in before]
    pairs += [(before[earlier], after[later]) for earlier, later in renamed.items()]
    consequences, revised = [], []
    for one, other in pairs:
        change = compare_statements(one, other)
        parts = change.before if change else ()
        names = {name for name, _ in parts} & WRITTEN
        # What others report of its end changes the date that a lens shows, not the one written.
        names -= {"When"} if _date(one, old) == _date(other, new) else set()
        if names or one.id != other.id:
            revised.append(Revision(one, other, parts))
        elif one.status is not other.status:
            consequences.append(Consequence(one, other, _causes(one, other, old, new)))
    later_ids = set(renamed.values())
    return Changes(
        tuple(sorted(consequences, key=lambda each: each.now.id)),
        tuple(each for id, each in after.items() if id not in before and id not in later_ids),
        tuple(each for id, each in before.items() if id not in after and id not in renamed),
        tuple(sorted(revised, key=lambda each: each.now.id)),
        *_thing_changes(old.corpus, new.corpus),
        _only_in(new.corpus.articles, old.corpus.articles),
        _only_in(old.corpus.articles, new.corpus.articles),
        tuple(_term_changes(old.ontology, new.ontology)),
    )


def _date(statement: Statement, reading: Reading) -> str:
    """The date of a statement as a curator wrote it."""
    when = reading.written.assertions[statement.id].when
    return when.text if when else ""


def _written(reading: Reading) -> Mapping[str, Statement]:
    """The statements that curators wrote, by id, in order."""
    corpus = reading.visible_corpus
    return {id: reading.statements[id] for id in sorted(corpus.assertions)}


def _renamed(before: Mapping[str, Statement], after: Mapping[str, Statement]) -> dict[str, str]:
    """Return which statement of before is which one now, where an id changed with what it is made
    from: the only one that says the same of the same things, as somebody's word or not.
    """
    gone = _unique(each for id, each in before.items() if id not in after)
    new = _unique(each for id, each in after.items() if id not in before)
    return {each.id: new[key].id for key, each in gone.items() if key in new}


_Key = tuple[object, ...]


def _unique(statements: Iterable[Statement]) -> dict[_Key, Statement]:
    """Return statements by what they say of what and whose word it is; none of several alike."""
    by_key: dict[_Key, list[Statement]] = {}
    for each in statements:
        a = each.assertion
        speakers = tuple(sorted(speaker.id for speaker in a.speakers))
        key = a.subject.id, a.predicate.id, a.object_key, a.polarity, a.mode, speakers
        by_key.setdefault(key, []).append(each)
    return {key: same[0] for key, same in by_key.items() if len(same) == 1}


def _causes(before: Statement, now: Statement, old: Reading, new: Reading) -> tuple[Statement, ...]:
    """Return what bears on a statement in one version only."""
    gone = set(before.against) - set(now.against)
    come = set(now.against) - set(before.against)
    come |= {each.id for each in now.why.parts if isinstance(each, Mention)} & new.statements.keys()
    come -= {now.id, *before.against}
    found = [new.statements[id] for id in sorted(come)]
    return (*found, *(old.statements[id] for id in sorted(gone)))


Value = TypeVar("Value")


def _only_in(version: Mapping[str, Value], other: Mapping[str, object]) -> tuple[Value, ...]:
    """Return what one of two versions has alone, in order of ids."""
    return tuple(version[id] for id in sorted(version.keys() - other.keys()))


def _thing_changes(
    old: Corpus, new: Corpus
) -> tuple[
    tuple[Thing, ...],
    tuple[Thing, ...],
    tuple[tuple[str, str, str], ...],
    tuple[tuple[str, str], ...],
]:
    """Return the things that are new and gone, names that changed, and ids that were merged."""
    both = sorted(new.things.keys() & old.things.keys())
    labels = ((id, old.things[id].label, new.things[id].label) for id in both)
    merged = {(also, id) for id in both for also in new.things[id].also}
    known = {(also, id) for id in both for also in old.things[id].also}
    gone = {also for also, _ in merged}
    return (
        _only_in(new.things, old.things),
        tuple(each for each in _only_in(old.things, new.things) if each.id not in gone),
        tuple(each for each in labels if each[1] != each[2]),
        tuple(sorted(merged - known)),
    )


def _term_changes(old: Ontology, new: Ontology) -> Iterable[tuple[str, bool]]:
    """Yield the classes, relations and qualifiers that are new or gone, by name."""
    before = {*old.classes, *old.relations, *old.qualifiers}
    after = {*new.classes, *new.relations, *new.qualifiers}
    yield from ((name, True) for name in sorted(after - before))
    yield from ((name, False) for name in sorted(before - after))
