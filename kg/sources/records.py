"""Articles, things and conflicts as a curator writes them: which fields each has, and the value
they make.
"""

from __future__ import annotations

from kg import rules
from kg.characters import quoted
from kg.diagnostics import Diagnostic
from kg.model import Alias, Article, Basis, Conflict, ConflictKind, Thing
from kg.sources.fields import Record
from kg.sources.yamlfile import Mapping, Scalar, Sequence

ARTICLE_FIELDS = (
    "title",
    "publisher",
    "originator",
    "author",
    "url",
    "doi",
    "published",
    "published_basis",
    "paragraphs",
    "text_sha256",
    "note",
)
THING_FIELDS = ("type", "label", "plural", "aliases", "note")
ACTOR_FIELDS = ("type", "label", "plural", "aliases", "acts_for", "note")
CONFLICT_FIELDS = ("question", "kind", "between")


def article(key: Scalar, node: Mapping, found: list[Diagnostic]) -> Article | None:
    """An article, or None where a mistake was found in what it needs."""
    required = ("title", "publisher", "originator", "published", "paragraphs", "text_sha256")
    record = Record(node, f"article {quoted(key.text)}", ARTICLE_FIELDS, required, found)
    title, published = record.text("title"), record.date("published")
    publisher, originator = record.reference("publisher"), record.reference("originator")
    paragraphs, fingerprint = record.number("paragraphs"), record.sha256("text_sha256")
    basis = record.word("published_basis", Basis)
    if basis is Basis.INFERRED and not record.has("note"):
        record.say(
            rules.FIELDS_DISAGREE,
            record.place("published_basis"),
            "an inferred date needs a 'note'",
            "say from what",
        )
    rest = {
        "author": record.words("author"),
        "url": record.url("url"),
        "doi": record.doi("doi"),
        "published_basis": basis.value if basis else "",
        "note": record.words("note"),
    }
    if not (title and publisher and originator and published and paragraphs and fingerprint):
        return None
    return Article(
        key.text, key.span, title, publisher, originator, published, paragraphs, fingerprint, **rest
    )


def thing(section: str, key: Scalar, node: Mapping, found: list[Diagnostic]) -> Thing | None:
    """An actor, pact, dispute, event or place, or None where a mistake was found in what it needs."""
    known = ACTOR_FIELDS if section == "actors" else THING_FIELDS
    record = Record(
        node, f"{section.removesuffix('s')} {quoted(key.text)}", known, ("type", "label"), found
    )
    type, labels = record.reference("type"), record.labels("label")
    aliases, acts_for, note = _aliases(record), record.reference("acts_for"), record.words("note")
    plural = record.flag("plural")
    if not (type and labels):
        return None
    return Thing(key.text, key.span, section, type, labels, aliases, acts_for, note, plural)


def _aliases(record: Record) -> tuple[Alias, ...]:
    node = record.nodes.get("aliases")
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items:
        record.say(
            rules.EMPTY_VALUE,
            node.span,
            "'aliases' is an empty list",
            "name at least one, or delete it",
        )
    found = []
    for item in items:
        if not isinstance(item, Mapping):
            name = record.name("aliases", item)
            found += [Alias(name)] if name else []
            continue
        alias = Record(item, "an alias", ("name", "lang", "cite"), ("name",), record.found)
        language = alias.scalar("lang")
        name = alias.name("name", language=alias.language(language) if language else "")
        citations = alias.citations("cite")
        found += [Alias(name, citations)] if name else []
    return tuple(found)


def conflict(key: Scalar, node: Mapping, found: list[Diagnostic]) -> Conflict | None:
    """A conflict, or None where a mistake was found in what it needs."""
    record = Record(node, f"conflict {quoted(key.text)}", CONFLICT_FIELDS, CONFLICT_FIELDS, found)
    question, kind = record.text("question"), record.word("kind", ConflictKind)
    before = len(found)
    between = record.references("between")
    if record.has("between") and len(between) < 2 and len(found) == before:
        record.say(
            rules.NO_CONFLICT,
            record.place("between"),
            f"conflict {quoted(key.text)} has fewer than two rival answers",
            "name at least two assertions",
        )
    return (
        Conflict(key.text, key.span, question, kind, between)
        if question and kind and between
        else None
    )
