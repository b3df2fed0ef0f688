"""Articles, things and conflicts as a curator writes them: which fields each has, and the value
they make.
"""

from __future__ import annotations

from collections import abc
from dataclasses import replace

from kg.diagnostics import rules
from kg.model import Alias, Archive, Article, Conflict, Identifier, Thing
from kg.model.corpus import text_states
from kg.model.modes import Basis, ConflictKind
from kg.model.references import Text
from kg.sources.citations import read_citations
from kg.sources.record import Notes, Record, read_record
from kg.sources.values import (
    read_doi,
    read_number,
    read_sha256,
    word_reader,
)
from kg.sources.withdrawals import read_withdrawal
from kg.sources.yamlfile import Mapping, Scalar, YamlNode
from kg.text.characters import quoted

NEEDED_OF_ARTICLES = ("title", "publisher", "originator")
ARTICLE_FIELDS = (
    "type",
    "title",
    "publisher",
    "originator",
    "author",
    "url",
    "doi",
    "published",
    "published_basis",
    "accessed",
    "archived",
    "version_of",
    "retracted",
    "paragraphs",
    "text_sha256",
    "licence",
    "note",
)
THING_FIELDS = ("type", "label", "short", "plural", "aliases", "ids", "note")
ACTOR_FIELDS = (*THING_FIELDS, "acts_for")
ALIAS_FIELDS = ("name", "lang", "when", "cite")
NEEDED_OF_CONFLICTS = ("question", "kind", "between")
CONFLICT_FIELDS = (*NEEDED_OF_CONFLICTS, "about")


def read_article(key: Scalar, node: Mapping, notes: Notes) -> Article | None:
    """Return a source, or None where a mistake was found in what it needs."""
    what = f"article {quoted(key.text)}"
    record = read_record(node, what, ARTICLE_FIELDS, NEEDED_OF_ARTICLES, notes)
    title, published = record.text("title"), record.date("published")
    publishers, originators = record.references("publisher"), record.references("originator")
    basis = record.value("published_basis", word_reader(Basis))
    if basis is Basis.INFERRED and not record.has("note"):
        message, hint = "an inferred date needs a 'note'", "say from what"
        record.report(rules.FIELDS_DISAGREE, record.place("published_basis"), message, hint)
    if basis and record.lacks("published"):
        message, hint = "'published_basis' needs 'published'", "delete it, or give the date"
        record.report(rules.FIELDS_DISAGREE, record.key_place("published_basis"), message, hint)
    values = Article(
        key.text,
        key.span,
        title or Text("", key.span),
        publishers,
        originators,
        published,
        paragraphs=record.value("paragraphs", read_number) or 0,
        text_sha256=record.value("text_sha256", read_sha256) or "",
        type=record.term("type"),
        author=record.words("author"),
        url=record.url("url"),
        doi=record.value("doi", read_doi) or "",
        published_basis=basis.value if basis else "",
        archived=_archive(record),
        accessed=record.date("accessed"),
        version_of=record.reference("version_of"),
        retracted=read_withdrawal(record, "retracted", "a retraction"),
        licence=record.words("licence"),
        note=record.words("note"),
    )
    return values if title and publishers and originators else None


def pass_on_retractions(articles: abc.Mapping[str, Article]) -> dict[str, Article]:
    """Return articles of which earlier states of a retracted text are retracted, too."""
    result = dict(articles)
    for article in articles.values():
        states = text_states(article.id, articles) if article.retracted else []
        for id in states:
            if id in result and not result[id].retracted:
                result[id] = replace(result[id], retracted=article.retracted)
    return result


def _archive(record: Record) -> Archive | None:
    node = record.nodes.get("archived")
    if not isinstance(node, Mapping):
        url = record.url("archived")
        return Archive(url) if url else None
    inner = read_record(node, "an archived copy", ("url", "when"), ("url",), record.notes)
    url, when = inner.url("url"), inner.date("when")
    return Archive(url, when) if url else None


def read_thing(section: str, key: Scalar, node: Mapping, notes: Notes) -> Thing | None:
    """Return a thing of any kind, or None where a mistake was found in what it needs."""
    known_fields = ACTOR_FIELDS if section == "actors" else THING_FIELDS
    what = f"{section.removesuffix('s')} {quoted(key.text)}"
    record = read_record(node, what, known_fields, ("type", "label"), notes)
    type, labels, aliases = record.term("type"), _labels(record), _aliases(record)
    acts_for, note = record.reference("acts_for"), record.words("note")
    plural, ids = record.flag("plural"), _identifiers(record)
    if not (type and labels):
        return None
    described = (key.text, key.span, section, type, labels, aliases)
    return Thing(*described, acts_for, note, plural, ids, short=record.words("short"))


def read_conflict(key: Scalar, node: Mapping, notes: Notes) -> Conflict | None:
    """Return a conflict, or None where a mistake was found in what it needs."""
    what = f"conflict {quoted(key.text)}"
    record = read_record(node, what, CONFLICT_FIELDS, NEEDED_OF_CONFLICTS, notes)
    question, kind = record.text("question"), record.value("kind", word_reader(ConflictKind))
    before = len(notes.problems)
    between = record.references("between")
    if record.has("between") and len(between) < 2 and len(notes.problems) == before:
        message = f"{what} has fewer than two rival answers"
        hint = "name at least two assertions"
        record.report(rules.NO_CONFLICT, record.place("between"), message, hint)
    if not (question and kind and between):
        return None
    return Conflict(key.text, key.span, question, kind, between, record.term("about"))


def _labels(record: Record) -> tuple[Text, ...]:
    """Return one name, or one name for each language."""
    node = record.nodes.get("label")
    if not isinstance(node, Mapping):
        text = record.line("label")
        return (text,) if text else ()
    if not node.entries:
        message = "'label' is empty: no value is given"
        record.report(rules.EMPTY_VALUE, node.span, message, "write the label")
    texts = []
    languages: set[str] = set()
    for key, value in node.entries:
        texts.append(record.line(f"label, {key.text}", value, record.language(key)))
        if key.text.lower() in languages:
            message = f"language {quoted(key.text)} stands here again"
            record.report(rules.BAD_LANGUAGE, key.span, message, "keep one")
        languages.add(key.text.lower())
    return tuple(text for text in texts if text)


def _aliases(record: Record) -> tuple[Alias, ...]:
    aliases = [_alias(record, item) for item in record.some_items("aliases")]
    return tuple(alias for alias in aliases if alias)


def _alias(record: Record, item: YamlNode) -> Alias | None:
    if not isinstance(item, Mapping):
        name = record.line("aliases", item)
        return Alias(name) if name else None
    inner = read_record(item, "an alias", ALIAS_FIELDS, ("name",), record.notes)
    tag = inner.scalar("lang")
    name = inner.line("name", language=inner.language(tag) if tag else "")
    citations, when = read_citations(inner), inner.date("when")
    return Alias(name, citations, when) if name else None


def _identifiers(record: Record) -> tuple[Identifier, ...]:
    """Return the ids that other registers give a thing, as ``scheme:id``."""
    identifiers = []
    for item in record.some_items("ids"):
        text = record.line("ids", item)
        scheme, colon, value = text.text.partition(":") if text else ("", "", "")
        if text and not (colon and scheme and value):
            message = f"identifier {quoted(text.text)} does not say of which register it is"
            hint = "write the scheme before it, as in wikidata:Q17"
            record.report(rules.BAD_IDENTIFIER, text.span, message, hint)
        elif text:
            identifiers.append(Identifier(scheme, value, text.span))
    return tuple(identifiers)
