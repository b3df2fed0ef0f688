"""What changed between two versions of a workspace as a document: for a terminal, for a comment on
a pull request, for programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.dates.words import readable_edtf
from kg.reports.diff import Changes, Consequence, RecordChanges, Revision
from kg.reports.document import (
    Document,
    Item,
    List,
    Section,
    clip_items,
    text_section,
    write_document,
)
from kg.reports.kinds import DocumentFormat
from kg.reports.record_fields import FieldChange
from kg.status.statement import Statement
from kg.status.status import Status

MOST_LISTED = (1_000_000, 300, 100, 50, 20, 10, 5, 2, 1, 0)
"""So many entries of a section are tried to be listed, until the answer is short enough."""


def write_changes(
    changes: Changes, since: str, format: DocumentFormat, most_characters: int, lens: str
) -> str:
    """Return changes in a format, in at most so many characters where that can be: entries that
    are left out are counted. JSON is whole.
    """
    text = ""
    for most in MOST_LISTED:
        document = diff_document(changes, since, most)._replace(lens=lens)
        text = write_document(document, format)
        if format is DocumentFormat.JSON or len(text) <= most_characters:
            break
    return text


def diff_document(changes: Changes, since: str, most: int) -> Document:
    """Return changes as a document with at most so many entries a section: first what nobody
    touched and stands otherwise now.
    """
    sections = [
        _section("Stands otherwise, though nobody touched it", changes.consequences, most),
        _list_section(
            "Has more or fewer independent sources, though nobody touched it",
            [_support_item(each) for each in changes.supported],
            most,
        ),
    ]
    for verb, statements in (("Added", changes.added), ("Withdrawn", changes.removed)):
        for heading, group in _by_kind(statements):
            sections.append(_section(f"{verb}: {heading}", group, most))
    sections += [
        _section("Changed", changes.revised, most),
        _list_section("Things and names", _thing_items(changes), most),
        _list_section("Sources", _record_items(changes.sources), most),
        _list_section("Open questions", _record_items(changes.conflicts), most),
        _list_section("Ontology", _term_items(changes), most),
    ]
    shown_sections = [section for section in sections if section.blocks]
    head = text_section(_summary(changes, since))
    return Document(
        [head, *shown_sections], _record(changes, since), title=f"What changed since {since}"
    )


def _summary(changes: Changes, since: str) -> str:
    if not changes.total:
        return f"Nothing changed in meaning since {since}."
    parts = [
        (len(changes.consequences), "status changed by others", "statuses changed by others"),
        (len(changes.supported), "with other sources", "with other sources"),
        (len(changes.added), "assertion added", "assertions added"),
        (len(changes.removed), "withdrawn", "withdrawn"),
        (len(changes.revised), "changed", "changed"),
    ]
    counts = [f"{count:,} {one if count == 1 else many}" for count, one, many in parts if count]
    others = changes.total - sum(count for count, _, _ in parts)
    counts += [f"{others:,} of names, sources and terms"] if others else []
    return f"Since {since}: {', '.join(counts)}."


def _by_kind(statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    """Return statements by what they are: facts, claims, denials, and what is ahead."""
    groups: dict[str, list[Statement]] = {
        name: [] for name in ("facts", "claims", "denials", "plans, demands and views")
    }
    for each in statements:
        groups[_kind(each)].append(each)
    return list(groups.items())


def _kind(statement: Statement) -> str:
    if statement.assertion.is_denial:
        return "denials"
    if not statement.assertion.is_actual:
        return "plans, demands and views"
    return "facts" if statement.status is Status.ACCEPTED else "claims"


def _section(
    heading: str, entries: Sequence[Consequence | Revision | Statement], most: int
) -> Section:
    return _list_section(heading, [_item(each) for each in entries], most)


def _list_section(heading: str, items: Sequence[Item], most: int) -> Section:
    blocks = clip_items(items, most, "kg diff --format json tells all") if items else ()
    return Section(f"{heading} ({len(items):,})", blocks)


def _item(entry: Consequence | Revision | Statement) -> Item:
    match entry:
        case Consequence(before, now, causes):
            details = [Item(_in_short(each), "because of", id=each.id) for each in causes]
            words = f"{now.sentence}: was {before.status}, is {now.status}"
            return _with_details(words, now, details or [Item(now.reason, "since it")])
        case Revision(before, now, parts):
            details = [*map(_part_item, parts), *_id_item(before.id, now.id)]
            return _with_details(now.sentence, now, details)
    return _with_details(_in_short(entry), entry, ())


def _part_item(part: FieldChange) -> Item:
    name, was, now = part
    if name in ("when", "said"):
        was, now = readable_edtf(was), readable_edtf(now)
    return Item(f"was {was}; is {now}", name)


def _id_item(was: str, id: str) -> list[Item]:
    return [Item(f"was {was}", "id")] if was != id else []


def _support_item(change: Consequence) -> Item:
    before, now = change.before, change.now
    counts = f"was reported by {before.sources:,}, is by {now.sources:,}"
    words = f"{', '.join(before.originators)}; is {', '.join(now.originators)}"
    return _with_details(f"{now.sentence}: {counts}", now, [Item(f"was {words}", "sources")])


def _with_details(words: str, statement: Statement, details: Sequence[Item]) -> Item:
    lists = [List(details, indent=4)] if details else []
    return Item(words, mark="- ", id=statement.id, source=statement.cited, details=lists)


def _in_short(statement: Statement) -> str:
    return f"{statement.sentence} ({statement.status})"


def _thing_items(changes: Changes) -> list[Item]:
    merged = [Item(f"{also} is now known as {id}", mark="- ") for also, id in changes.merged]
    return _record_items(changes.things) + merged


def _record_items(changes: RecordChanges) -> list[Item]:
    items = [Item(f"added: {name}", mark="- ", id=id) for id, name in changes.added]
    items += [Item(f"removed: {name}", mark="- ", id=id) for id, name in changes.removed]
    for each in changes.revised:
        details = [*map(_part_item, each.parts), *_id_item(each.was_id, each.id)]
        items.append(Item(each.name, mark="- ", id=each.id, details=[List(details, indent=4)]))
    return items


def _term_items(changes: Changes) -> list[Item]:
    return [
        Item(f"{'added' if is_new else 'removed'}: {name}", mark="- ")
        for name, is_new in changes.terms
    ]


def _record(changes: Changes, since: str) -> dict[str, object]:
    """The answer for programs."""
    return {
        "since": since,
        "summary": _summary(changes, since),
        "status_changed": [
            {
                **each.now.record,
                "was": each.before.status.value,
                "because_of": _records(each.causes),
            }
            for each in changes.consequences
        ],
        "sources_counted_otherwise": [
            {**each.now.record, "was": each.before.sources, "is": each.now.sources}
            for each in changes.supported
        ],
        "added": _records(changes.added),
        "withdrawn": _records(changes.removed),
        "changed": [
            {**each.now.record, "was_id": each.before.id, "was": _was(each.parts)}
            for each in changes.revised
        ],
        **_record_changes("things", changes.things),
        "merged": [{"id": also, "into": id} for also, id in changes.merged],
        **_record_changes("sources", changes.sources),
        **_record_changes("conflicts", changes.conflicts),
        "terms": [{"term": name, "added": is_new} for name, is_new in changes.terms],
    }


def _records(statements: Iterable[Statement]) -> list[dict[str, object]]:
    return [each.record for each in statements]


def _record_changes(kind: str, changes: RecordChanges) -> dict[str, object]:
    return {
        f"{kind}_added": [id for id, _ in changes.added],
        f"{kind}_removed": [id for id, _ in changes.removed],
        f"{kind}_changed": [
            {
                "id": each.id,
                "was_id": each.was_id,
                "was": _was(each.parts),
                "is": _is(each.parts),
            }
            for each in changes.revised
        ],
    }


def _was(parts: Iterable[FieldChange]) -> dict[str, str]:
    return {part.name: part.was for part in parts}


def _is(parts: Iterable[FieldChange]) -> dict[str, str]:
    return {part.name: part.now for part in parts}
