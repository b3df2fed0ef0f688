"""What changed between two versions of a workspace, in meaning: what nobody touched and yet stands
otherwise, then what was added, taken out and changed.

Where something is written, in which order and layout, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from kg.model import Article, Conflict, Thing
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.ontology import Ontology
from kg.reading import Reading
from kg.reports.record_fields import (
    FieldChange,
    NewIds,
    changed_fields,
    compare_standings,
    field_texts,
)
from kg.sources.renamed import final_addresses, known_addresses
from kg.status.reasons import Mention
from kg.status.statement import Statement


class Consequence(NamedTuple):
    """A statement that nobody touched and that stands otherwise now; ``causes`` are what stands
    against it or corrects it now and did not before, or did before and does not now.
    """

    before: Statement
    now: Statement
    causes: tuple[Statement, ...] = ()


class Revision(NamedTuple):
    """A statement that was touched, and each part of it that changed."""

    before: Statement
    now: Statement
    parts: tuple[FieldChange, ...]


class RecordRevision(NamedTuple):
    """A thing, source or question that was touched: its name and id, the id that it had, and the
    fields that changed.
    """

    id: str
    name: str
    was_id: str
    parts: tuple[FieldChange, ...]


class RecordChanges(NamedTuple):
    """The things, sources or questions that are new and gone, by id and name, and those that were
    touched.
    """

    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    revised: tuple[RecordRevision, ...]


class Changes(NamedTuple):
    """All that changed. ``supported`` are statements that nobody touched and that as many
    independent sources as before do not report any more; ``terms`` of the ontology are new (true)
    or gone.
    """

    consequences: tuple[Consequence, ...]
    supported: tuple[Consequence, ...]
    added: tuple[Statement, ...]
    removed: tuple[Statement, ...]
    revised: tuple[Revision, ...]
    merged: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, bool], ...]
    things: RecordChanges
    sources: RecordChanges
    conflicts: RecordChanges
    new_ids: Mapping[str, str]

    @property
    def total(self) -> int:
        """How many changes there are."""
        return sum(map(len, (*self[:7], *self.things, *self.sources, *self.conflicts)))


def find_changes(old: Reading, new: Reading) -> Changes:
    """Return what changed from one version to another, both under the same lens."""
    before, after = _written_statements(old), _written_statements(new)
    ids = _renamed_records(old, new)
    ids |= _renamed(before, after, ids)
    consequences, supported, revised = [], [], []
    for one in before.values():
        other = after.get(ids.get(one.id, one.id))
        if other is None:
            continue
        parts = _revised_parts(one, other, old, new, ids)
        if parts is not None:
            revised.append(Revision(one, other, parts))
        elif one.status is not other.status:
            consequences.append(Consequence(one, other, _causes(one, other, old, new)))
        elif one.sources != other.sources:
            supported.append(Consequence(one, other))
    kept_ids = {ids.get(id, id) for id in before}
    return Changes(
        tuple(sorted(consequences, key=_id_now)),
        tuple(sorted(supported, key=_id_now)),
        tuple(each for id, each in after.items() if id not in kept_ids),
        tuple(each for id, each in before.items() if ids.get(id, id) not in after),
        tuple(sorted(revised, key=_id_now)),
        tuple(_merged(old.corpus, new.corpus)),
        tuple(_term_changes(old.ontology, new.ontology)),
        _compare_records(old.written.things, new.written.things, ids),
        _compare_records(old.written.articles, new.written.articles, ids),
        _compare_records(old.written.conflicts, new.written.conflicts, ids),
        ids,
    )


def find_new_ids(old: Reading, new: Reading) -> NewIds:
    """Return the ids that records and assertions have now, by those that they had; those of
    conclusions, too.
    """
    ids = _renamed_records(old, new)
    ids |= _renamed(_written_statements(old), _written_statements(new), ids)
    return ids | _renamed(_conclusions(old), _conclusions(new), ids)


def _conclusions(reading: Reading) -> Mapping[str, Statement]:
    assertions = reading.graph_corpus.assertions.values()
    return {a.id: reading.statements[a.id] for a in assertions if a.rule}


def _id_now(change: Consequence | Revision) -> str:
    return change.now.id


def _revised_parts(
    one: Statement, other: Statement, old: Reading, new: Reading, ids: NewIds
) -> tuple[FieldChange, ...] | None:
    """Return the parts of a statement that changed, where somebody touched it; else None."""
    before, after = old.written.assertions[one.id], new.written.assertions[other.id]
    parts = changed_fields(before, after, ids)
    has_new_id = one.id != other.id and (before.has_own_id or after.has_own_id)
    if not parts and not has_new_id:
        return None
    return (*parts, *compare_standings(one, other))


def _written_statements(reading: Reading) -> Mapping[str, Statement]:
    """The statements that curators wrote, by id, in order."""
    corpus = reading.visible_corpus
    return {id: reading.statements[id] for id in sorted(corpus.assertions)}


def _renamed_records(old: Reading, new: Reading) -> dict[str, str]:
    """Return the ids that records have now, by those that they had: as renamings tell it and, of
    things and sources that nothing but the id tells from one that is gone, without that.
    """
    before, after = old.written.records, new.written.records
    ends = final_addresses({each.old: each.new for each in new.moves}, known_addresses(new.written))
    ids = {}
    for old_address, new_address in ends.items():
        kind, _, id = old_address.partition("/")
        later = new_address.partition("/")[2]
        if id in before[kind] and id not in after[kind] and later not in before[kind]:
            ids[id] = later
    for kind in ("things", "articles"):
        gone_ids = _alike(getattr(old.written, kind), getattr(new.written, kind), ids)
        added_ids = _alike(getattr(new.written, kind), getattr(old.written, kind), {})
        taken_ids = {*ids, *ids.values()}
        pairs = ((gone_ids[key], added_ids[key]) for key in gone_ids if key in added_ids)
        ids |= {was: now for was, now in pairs if was not in taken_ids and now not in taken_ids}
    return {was: now for was, now in ids.items() if now}


def _alike(
    version: Mapping[str, Thing | Article], other: Mapping[str, object], ids: NewIds
) -> dict[_Key, str]:
    """Return the ids that one of two versions has alone, by what is written there; none of several
    that are alike.
    """
    own = version.keys() - other.keys()
    return _unique((tuple(field_texts(version[id], ids).values()), id) for id in own)


def _renamed(
    before: Mapping[str, Statement], after: Mapping[str, Statement], ids: NewIds
) -> dict[str, str]:
    """Return which statement of before is which one now, where an id changed with what it is made
    from: the only one that says the same of the same things, as somebody's word or not.
    """
    known_ids = {ids.get(id, id) for id in before}
    gone_ids = _unique(
        (_content(a, ids), a.id) for a in before.values() if ids.get(a.id, a.id) not in after
    )
    new = _unique((_content(a, {}), id) for id, a in after.items() if id not in known_ids)
    return {id: new[key] for key, id in gone_ids.items() if key in new}


_Key = tuple[object, ...]


def _unique(ids: Iterable[tuple[_Key, str]]) -> dict[_Key, str]:
    """Return ids by what they stand for; none of several that stand for the same."""
    return {key: same[0] for key, same in group_pairs(ids).items() if len(same) == 1}


def _content(statement: Statement, ids: NewIds) -> _Key:
    """Return what a statement says of what, and whose word it is."""
    a = statement.assertion
    naming_ids = (a.subject.id, a.object_key, *(speaker.id for speaker in a.speakers))
    subject, object, *speakers = (ids.get(id, id) for id in naming_ids)
    return subject, a.predicate.id, object, a.polarity, a.mode, tuple(sorted(speakers))


def _causes(before: Statement, now: Statement, old: Reading, new: Reading) -> tuple[Statement, ...]:
    """Return what bears on a statement in one version only."""
    gone_ids = set(before.against) - set(now.against)
    added_ids = set(now.against) - set(before.against)
    added_ids |= {
        each.id for each in now.standing.reason.parts if isinstance(each, Mention)
    } & new.statements.keys()
    added_ids -= {now.id, *before.against}
    statements = [new.statements[id] for id in sorted(added_ids)]
    return (*statements, *(old.statements[id] for id in sorted(gone_ids)))


Written = TypeVar("Written", Thing, Article, Conflict)


def _compare_records(
    before: Mapping[str, Written], after: Mapping[str, Written], ids: NewIds
) -> RecordChanges:
    """Return what became of the records of a kind."""
    kept_ids = {id: ids.get(id, id) for id in sorted(before) if ids.get(id, id) in after}
    revised = []
    for id, later in kept_ids.items():
        parts = changed_fields(before[id], after[later], ids)
        if parts or id != later:
            revised.append(RecordRevision(later, _name(after[later]), id, parts))
    added_records = sorted(after.keys() - kept_ids.values())
    removed = sorted(before.keys() - kept_ids)
    return RecordChanges(
        tuple((id, _name(after[id])) for id in added_records),
        tuple((id, _name(before[id])) for id in removed),
        tuple(revised),
    )


def _name(record: Thing | Article | Conflict) -> str:
    match record:
        case Thing():
            return record.label
        case Article():
            return record.title.text
    return record.question.text


def _merged(old: Corpus, new: Corpus) -> Iterable[tuple[str, str]]:
    """Return ids that were merged into others."""
    now = {(also, each.id) for each in new.things.values() for also in each.also}
    known_pairs = {(also, each.id) for each in old.things.values() for also in each.also}
    return sorted(now - known_pairs)


def _term_changes(old: Ontology, new: Ontology) -> Iterable[tuple[str, bool]]:
    """Yield the classes, relations and qualifiers that are new or gone, by name."""
    before = {*old.classes, *old.relations, *old.qualifiers}
    after = {*new.classes, *new.relations, *new.qualifiers}
    yield from ((name, True) for name in sorted(after - before))
    yield from ((name, False) for name in sorted(before - after))
