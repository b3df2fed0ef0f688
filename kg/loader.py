"""From the trees of source files to a corpus.

Each record is read field by field; a record with a mistake is left out of the corpus, but its id is remembered, so that
one mistake is one diagnostic and not one for every mention. Names are not looked up here: that is ``kg.checks``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg import rules
from kg.characters import folded, forbidden, shown
from kg.diagnostics import Diagnostic, Span, did_you_mean
from kg.fields import ID, MOST_ID, Record
from kg.model import (
    SECTIONS,
    Alias,
    Article,
    Assertion,
    Basis,
    Confidence,
    Conflict,
    ConflictKind,
    Corpus,
    Mode,
    Outcome,
    OutcomeKind,
    Polarity,
    Reference,
    Text,
    Thing,
    Withdrawal,
)
from kg.workspace import SourceFile
from kg.yamlfile import Mapping, Node, Scalar, Sequence, parse

ALL_SECTIONS = ("articles", *SECTIONS, "assertions", "conflicts")

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
THING_FIELDS = ("type", "label", "aliases", "note")
ACTOR_FIELDS = ("type", "label", "aliases", "acts_for", "note")
ASSERTION_FIELDS = (
    "id",
    "subject",
    "predicate",
    "object",
    "when",
    "where",
    "according_to",
    "via",
    "said",
    "denies",
    "mode",
    "condition",
    "outcome",
    "withdrawn",
    "supersedes",
    "retroactive",
    "confidence",
    "basis",
    "from",
    "note",
    "cite",
)
CONFLICT_FIELDS = ("question", "kind", "between")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A corpus, what is wrong with its files, and the ids of records that were left out for a mistake of their own.

    ``complete`` is false where a file could not be read at all: then a name that is not found may stand in it.
    """

    corpus: Corpus
    diagnostics: tuple[Diagnostic, ...]
    broken: frozenset[str]
    complete: bool


def load(files: Iterable[SourceFile], text_relations: frozenset[str] = frozenset()) -> Loaded:
    """All that source files say. The objects of ``text_relations`` are texts, all others are ids."""
    loader = _Loader(text_relations)
    for file in files:
        loader.read(file)
    return loader.loaded()


class _Loader:
    def __init__(self, text_relations: frozenset[str]) -> None:
        self.text_relations = text_relations
        self.found: list[Diagnostic] = []
        self.first: dict[str, tuple[str, Span]] = {}
        self.broken: set[str] = set()
        self.articles: dict[str, Article] = {}
        self.things: dict[str, Thing] = {}
        self.assertions: dict[str, Assertion] = {}
        self.denials: list[tuple[Assertion, bool]] = []
        self.conflicts: dict[str, Conflict] = {}
        self.files, self.complete = 0, True

    def read(self, file: SourceFile) -> None:
        """Take in one file."""
        root, problems = parse(file.name, file.data)
        before = len(self.found)
        self.found += problems
        self.files += 1
        self.complete &= root is not None or not any(p.is_error for p in problems)
        if root is None:
            return
        if not isinstance(root, Mapping):
            self.found.append(
                rules.NOT_SECTIONS.at(
                    Span(root.span.file, root.span.line, root.span.column, root.span.line, root.span.column + 1),
                    "the file must be a mapping of sections",
                    f"sections: {', '.join(ALL_SECTIONS)}",
                )
            )
            self.complete = False
            return
        for key, value in root.entries:
            self._section(key, value)
        self._hidden_characters(file, self.found[before:])

    def _hidden_characters(self, file: SourceFile, found: list[Diagnostic]) -> None:
        """Forbidden characters outside values (in comments) are found too; those in values have been named already."""
        named = {d.span.line for d in found}
        for number, line in enumerate(file.data.decode("utf-8-sig").replace("\r\n", "\n").split("\n"), 1):
            if number not in named and (bad := forbidden(line)):
                column = next(i for i, c in enumerate(line, 1) if forbidden(c))
                self.found.append(
                    rules.FORBIDDEN_CHARACTER.at(
                        Span(file.name, number, column, number, column + 1),
                        f"the line holds {bad}",
                        "delete the character",
                    )
                )

    def _section(self, key: Scalar, node: Node) -> None:
        if key.text not in ALL_SECTIONS:
            self.found.append(
                rules.UNKNOWN_KEY.at(
                    key.span,
                    f"unknown section {shown(key.text)}",
                    did_you_mean(key.text, ALL_SECTIONS) or f"sections: {', '.join(ALL_SECTIONS)}",
                )
            )
            return
        wanted = Sequence if key.text == "assertions" else Mapping
        if not isinstance(node, wanted):
            if isinstance(node, Scalar) and not node.text:
                self.found.append(
                    rules.EMPTY_FILE.at(key.span, f"section '{key.text}' holds nothing", "fill it or delete it")
                )
                return
            shape = "list of assertions" if wanted is Sequence else "mapping from id to record"
            self.found.append(
                rules.WRONG_SHAPE.at(_start(node), f"section '{key.text}' must be a {shape}", _example(key.text))
            )
            return
        if isinstance(node, Sequence):
            for item in node.items:
                self._assertion_item(item)
            return
        for id_key, value in node.entries:
            if not self._take_id(id_key.text, id_key.span):
                continue
            if not isinstance(value, Mapping):
                self.found.append(
                    rules.WRONG_SHAPE.at(
                        _start(value), f"{shown(id_key.text)} must be a mapping of fields", _example(key.text)
                    )
                )
                self.broken.add(id_key.text)
                continue
            before = _errors(self.found)
            self._record(key.text, id_key, value)
            if _errors(self.found) > before:
                self.broken.add(id_key.text)
                for table in (self.articles, self.things, self.conflicts):
                    table.pop(id_key.text, None)

    def _take_id(self, id: str, span: Span) -> bool:
        """Whether an id is well formed and new; it is remembered either way."""
        if not ID.fullmatch(id) or len(id) > MOST_ID:
            reason = f"at most {MOST_ID} characters" if len(id) > MOST_ID else "as in gov-south-korea"
            self.found.append(
                rules.BAD_ID.at(
                    span,
                    f"id {shown(id)} must be ASCII letters, digits and hyphens between them",
                    f"{reason}; put the name as it is written into 'label'",
                )
            )
            self.broken.add(id)
            return False
        if folded(id) in self.first:
            other, place = self.first[folded(id)]
            how = "is given twice" if other == id else f"differs from {shown(other)} only in letter case"
            self.found.append(
                rules.ID_TWICE.at(
                    span, f"id {shown(id)} {how}; the first is at {place}", "one id for one thing: rename one", [place]
                )
            )
            return False
        self.first[folded(id)] = id, span
        return True

    def _record(self, section: str, key: Scalar, node: Mapping) -> None:
        match section:
            case "articles":
                article = _article(key, node, self.found)
                if article:
                    self.articles[key.text] = article
            case "conflicts":
                conflict = _conflict(key, node, self.found)
                if conflict:
                    self.conflicts[key.text] = conflict
            case _:
                thing = _thing(section, key, node, self.found)
                if thing:
                    self.things[key.text] = thing

    def _assertion_item(self, node: Node) -> None:
        if not isinstance(node, Mapping):
            self.found.append(
                rules.WRONG_SHAPE.at(_start(node), "an assertion must be a mapping of fields", _example("assertions"))
            )
            return
        before = _errors(self.found)
        record = Record(node, "an assertion", ASSERTION_FIELDS, (), self.found)
        id = record.reference("id")
        if id and not self._take_id(id.id, id.span):
            self.broken.add(id.id)
            id = None
        read = list(_assertions(record, id, self.text_relations))
        if _errors(self.found) > before:
            if id:
                self.broken.add(id.id)
            return
        for assertion in read:
            self._add(assertion)

    def _add(self, assertion: Assertion) -> None:
        if assertion.denies:
            self.denials.append((assertion, assertion.has_own_id))
        elif assertion.has_own_id or self._derived(assertion):
            self.assertions[assertion.id] = assertion

    def _derived(self, assertion: Assertion) -> bool:
        """Whether an id derived from the assertion's content is new: if not, the assertion is written twice."""
        if folded(assertion.id) not in self.first:
            self.first[folded(assertion.id)] = assertion.id, assertion.span
            return True
        _, place = self.first[folded(assertion.id)]
        self.found.append(_said_twice(assertion, place))
        return False

    def loaded(self) -> Loaded:
        """The corpus, once every file was read."""
        for denial in self._resolved_denials():
            self.assertions[denial.id] = denial
        self.found += _repeated(self.assertions.values())
        in_order = dict(sorted(self.assertions.items(), key=lambda item: (item[1].span, item[0])))
        corpus = Corpus(self.articles, self.things, in_order, self.conflicts, self.files)
        return Loaded(corpus, tuple(self.found), frozenset(self.broken), self.complete)

    def _resolved_denials(self) -> Iterator[Assertion]:
        """Denials with the triple of what they deny; those of an unknown or circular target are reported."""
        waiting = {denial.id if own else f"\0{n}": (denial, own) for n, (denial, own) in enumerate(self.denials)}
        known = dict(self.assertions)
        progress = True
        while progress:
            progress = False
            for key, (denial, own) in list(waiting.items()):
                assert denial.denies is not None
                target = known.get(denial.denies.id)
                if target is None:
                    continue
                del waiting[key]
                progress = True
                polarity = Polarity.DENIES if target.polarity is Polarity.ASSERTS else Polarity.ASSERTS
                full = replace(
                    denial,
                    subject=target.subject,
                    predicate=target.predicate,
                    object=target.object,
                    polarity=polarity,
                )
                full = full if own else replace(full, id=_derived_id(full))
                if own or self._derived(full):
                    known[full.id] = full
                    yield full
        yield from self._report_unresolved([denial for denial, _ in waiting.values()])

    def _report_unresolved(self, denials: list[Assertion]) -> Iterator[Assertion]:
        ids = {denial.id for denial in denials if denial.has_own_id}
        for denial in denials:
            assert denial.denies is not None
            target = denial.denies
            if denial.has_own_id:
                self.broken.add(denial.id)
            if target.id in ids:
                self.found.append(
                    rules.DENIES_ITSELF.at(
                        target.span,
                        f"denying {shown(target.id)} leads back to itself: there is no proposition",
                        "let one of them state its subject, predicate and object",
                    )
                )
            elif target.id not in self.broken and self.complete:
                self.found.append(
                    rules.UNKNOWN_NAME.at(
                        target.span,
                        f"unknown assertion {shown(target.id)}",
                        did_you_mean(target.id, self.assertions) or "give the assertion that is denied an 'id'",
                    )
                )
        return iter(())


def _errors(found: list[Diagnostic]) -> int:
    return sum(d.is_error for d in found)


def _start(node: Node) -> Span:
    return Span(node.span.file, node.span.line, node.span.column, node.span.line, node.span.column + 1)


def _example(section: str) -> str:
    match section:
        case "assertions":
            return "as in '- {subject: japan, predicate: partyTo, object: gsomia, cite: {kyodo-2019-11-15: [4]}}'"
        case "articles":
            return "as in 'kyodo-2019-11-15: {title: ..., publisher: ..., originator: ..., published: ...}'"
        case "conflicts":
            return "as in 'end-of-pact: {question: ..., kind: exactly-one, between: [a, b]}'"
        case _:
            return "as in 'japan: {type: State, label: Japan}'"


def _article(key: Scalar, node: Mapping, found: list[Diagnostic]) -> Article | None:
    required = ("title", "publisher", "originator", "published", "paragraphs", "text_sha256")
    record = Record(node, f"article {shown(key.text)}", ARTICLE_FIELDS, required, found)
    title, published = record.text("title"), record.date("published")
    publisher, originator = record.reference("publisher"), record.reference("originator")
    paragraphs, fingerprint = record.number("paragraphs"), record.sha256("text_sha256")
    basis = record.word("published_basis", Basis)
    if basis is Basis.INFERRED and not record.has("note"):
        record.say(
            rules.FIELDS_DISAGREE, record.place("published_basis"), "an inferred date needs a 'note'", "say from what"
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
    return Article(key.text, key.span, title, publisher, originator, published, paragraphs, fingerprint, **rest)


def _thing(section: str, key: Scalar, node: Mapping, found: list[Diagnostic]) -> Thing | None:
    known = ACTOR_FIELDS if section == "actors" else THING_FIELDS
    record = Record(node, f"{section.removesuffix('s')} {shown(key.text)}", known, ("type", "label"), found)
    type, labels = record.reference("type"), record.labels("label")
    aliases, acts_for, note = _aliases(record), record.reference("acts_for"), record.words("note")
    if not (type and labels):
        return None
    return Thing(key.text, key.span, section, type, labels, aliases, acts_for, note)


def _aliases(record: Record) -> tuple[Alias, ...]:
    node = record.nodes.get("aliases")
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    found = []
    for item in items:
        if not isinstance(item, Mapping):
            name = record.text("aliases", item)
            found += [Alias(name)] if name else []
            continue
        alias = Record(item, "an alias", ("name", "lang", "cite"), ("name",), record.found)
        language = alias.scalar("lang")
        name = alias.text("name", language=alias.language(language) if language else "")
        citations = alias.citations("cite")
        found += [Alias(name, citations)] if name else []
    return tuple(found)


def _conflict(key: Scalar, node: Mapping, found: list[Diagnostic]) -> Conflict | None:
    record = Record(node, f"conflict {shown(key.text)}", CONFLICT_FIELDS, CONFLICT_FIELDS, found)
    question, kind, between = record.text("question"), record.word("kind", ConflictKind), record.references("between")
    if question and kind and record.has("between") and len({r.id for r in between}) < 2:
        record.say(
            rules.NO_CONFLICT,
            record.place("between"),
            f"conflict {shown(key.text)} has fewer than two rival answers",
            "name at least two assertions",
        )
    return Conflict(key.text, key.span, question, kind, between) if question and kind and between else None


def _assertions(record: Record, id: Reference | None, text_relations: frozenset[str]) -> Iterator[Assertion]:
    """The assertion of a record, or several where its object is a list."""
    _fields_agree(record)
    subject, predicate, where = (record.reference(f) for f in ("subject", "predicate", "where"))
    when, said, citations = record.date("when"), record.date("said"), record.citations("cite")
    denies, mode, basis = record.reference("denies"), record.word("mode", Mode), record.word("basis", Basis)
    shared = Assertion(
        id=id.id if id else "",
        span=record.span,
        subject=subject or Reference("", record.span),
        predicate=predicate or Reference("", record.span),
        object=Reference("", record.span),
        citations=citations,
        mode=mode or Mode.ACTUAL,
        when=when,
        when_span=record.place("when") if when else None,
        where=where,
        speakers=record.references("according_to"),
        via=record.references("via"),
        said=said,
        denies=denies,
        condition=record.words("condition"),
        outcome=_outcome(record),
        withdrawn=_withdrawal(record),
        supersedes=record.reference("supersedes"),
        retroactive=record.flag("retroactive"),
        confidence=record.word("confidence", Confidence),
        basis=basis or Basis.REPORTED,
        follows_from=record.references("from"),
        note=record.words("note"),
        has_own_id=id is not None,
    )
    if denies:
        yield shared
        return
    objects = _objects(record, predicate is not None and predicate.id in text_relations)
    for object in objects:
        assertion = replace(shared, object=object)
        if not id:
            yield replace(assertion, id=_derived_id(assertion))
        elif len(objects) == 1:
            yield assertion
        else:
            yield replace(assertion, id=f"{id.id}-{_slug(assertion.object)}", has_own_id=False)


def _objects(record: Record, are_texts: bool) -> tuple[Reference | Text, ...]:
    """The object, or each object of a list."""
    node = record.nodes.get("object")
    items = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
    if isinstance(node, Sequence) and not items:
        record.say(rules.EMPTY_VALUE, node.span, "'object' is an empty list", "name at least one")
    texts = [text for item in items if (text := record.text("object", item))]
    return tuple(text if are_texts else Reference(text.text, text.span) for text in texts)


def _fields_agree(record: Record) -> None:
    """Fields that exclude or need each other."""

    def need(present: str, absent: str, message: str, hint: str) -> None:
        if record.has(present) and not record.has(absent):
            record.say(rules.FIELDS_DISAGREE, record.keys[present].span, message, hint)

    if record.has("denies"):
        for field in ("subject", "predicate", "object"):
            if record.has(field):
                record.say(
                    rules.FIELDS_DISAGREE,
                    record.keys[field].span,
                    f"a denial has no '{field}' of its own: it has that of what it denies",
                    "delete the line, or delete 'denies'",
                )
    else:
        for field in ("subject", "predicate", "object"):
            if not record.has(field):
                record.say(
                    rules.MISSING_FIELD, _first(record.span), f"an assertion lacks its '{field}'", f"add '{field}: ...'"
                )
    mode, basis = _plain(record, "mode"), _plain(record, "basis")
    if not record.has("cite") and basis not in ("inferred", "editorial"):
        record.say(
            rules.MISSING_FIELD,
            _first(record.span),
            "an assertion lacks its 'cite'",
            "cite the paragraph that says so, as in cite: {kyodo-2019-11-15: [4]}",
        )
    if mode == "conditional":
        need("mode", "condition", "a conditional assertion lacks its 'condition'", "say under which condition")
    elif record.has("condition"):
        record.say(
            rules.FIELDS_DISAGREE,
            record.keys["condition"].span,
            "only a conditional assertion has a 'condition'",
            "write 'mode: conditional', or delete the condition",
        )
    if record.has("outcome") and mode in ("", "actual", "opinion"):
        record.say(
            rules.FIELDS_DISAGREE,
            record.keys["outcome"].span,
            "only what is planned, expected, demanded, threatened or conditional has an 'outcome'",
            "write the mode, or delete the outcome",
        )
    if basis == "inferred":
        need("basis", "from", "an inferred assertion lacks 'from': the ids it follows from", "add 'from: [id, ...]'")
    elif record.has("from"):
        record.say(
            rules.FIELDS_DISAGREE,
            record.keys["from"].span,
            "only an inferred assertion has 'from'",
            "write 'basis: inferred', or delete it",
        )
    if basis == "editorial":
        need("basis", "note", "an editorial assertion lacks its 'note'", "say why the editors hold it")
    need("retroactive", "supersedes", "'retroactive' needs 'supersedes'", "name the assertion that it undoes")


def _plain(record: Record, field: str) -> str:
    node = record.nodes.get(field)
    return node.text if isinstance(node, Scalar) else ""


def _first(span: Span) -> Span:
    return Span(span.file, span.line, span.column, span.line, span.column + 1)


def _outcome(record: Record) -> Outcome | None:
    node = record.nodes.get("outcome")
    if not isinstance(node, Mapping):
        kind = record.word("outcome", OutcomeKind)
        return Outcome(kind) if kind else None
    inner = Record(node, "an outcome", ("kind", "realised_by"), ("kind",), record.found)
    kind = inner.word("kind", OutcomeKind)
    by = inner.reference("realised_by")
    return Outcome(kind, by) if kind else None


def _withdrawal(record: Record) -> Withdrawal | None:
    node = record.nodes.get("withdrawn")
    if node is None:
        return None
    if not isinstance(node, Mapping):
        record.say(
            rules.WRONG_SHAPE,
            node.span,
            "'withdrawn' must say when and where",
            "as in withdrawn: {when: ..., cite: ...}",
        )
        return None
    inner = Record(node, "a withdrawal", ("when", "cite"), ("cite",), record.found)
    if not record.has("according_to"):
        record.say(
            rules.FIELDS_DISAGREE,
            record.keys["withdrawn"].span,
            "only a speaker can withdraw a statement",
            "name the speaker in 'according_to'; where the article itself was wrong, use 'supersedes'",
        )
    return Withdrawal(inner.date("when"), inner.citations("cite"), node.span)


def content(assertion: Assertion) -> tuple[str, ...]:
    """What makes an assertion the one it is: two with equal content are one, written twice."""
    return (
        assertion.polarity,
        assertion.subject.id,
        assertion.predicate.id,
        assertion.object_key,
        assertion.mode,
        assertion.when.text if assertion.when else "",
        assertion.where.id if assertion.where else "",
        " ".join(sorted(speaker.id for speaker in assertion.speakers)),
        " ".join(sorted(via.id for via in assertion.via)),
        assertion.said.text if assertion.said else "",
        assertion.condition,
        assertion.basis,
        assertion.supersedes.id if assertion.supersedes else "",
    )


def _derived_id(assertion: Assertion) -> str:
    """An id from the triple, made unlike others by six digits of a hash over the content."""
    digest = hashlib.sha256("\0".join(content(assertion)).encode("utf-8", "replace")).hexdigest()[:6]
    parts = (assertion.subject.id, assertion.predicate.id, _slug(assertion.object))
    return "-".join(_ascii(part) for part in (*parts, digest) if _ascii(part))


def _slug(object: Reference | Text) -> str:
    text = object.id if isinstance(object, Reference) else object.text
    return (
        text
        if ID.fullmatch(text) and len(text) <= 60
        else hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6]
    )


def _ascii(text: str) -> str:
    return re.sub("[^A-Za-z0-9]+", "-", text).strip("-")[:60].strip("-")


def _repeated(assertions: Iterable[Assertion]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, ...], Assertion] = {}
    for assertion in sorted(assertions, key=lambda a: a.span):
        other = first.setdefault(content(assertion), assertion)
        if other is not assertion:
            yield _said_twice(assertion, other.span)


def _said_twice(assertion: Assertion, place: Span) -> Diagnostic:
    return rules.SAID_TWICE.at(
        _first(assertion.span),
        f"the same assertion is written at {place.file}:{place.line}",
        "put all its citations into one 'cite'",
        [place],
    )
