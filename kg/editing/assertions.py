"""Assertions, denials and ends as drafts: names become ids, words become citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from kg.diagnostics import KgError
from kg.editing.citing import cite_span, cite_words
from kg.editing.files import MADE_BY_IMPORT, draft_somewhere, file_of
from kg.editing.insertion import Insertion, RecordDraft, draft_citations, draft_id, draft_record
from kg.editing.names import (
    find_assertion,
    find_class,
    find_end,
    find_relation,
    find_thing,
    new_id,
    things_called,
)
from kg.editing.yamltext import YamlValue, as_list
from kg.model import Assertion
from kg.reading import Reading
from kg.sources.assertions import ASSERTION_FIELDS
from kg.text import join_and

UNNAMED = "unnamed source"
"""What a speaker without a name is called in the ontology."""


@dataclass(frozen=True)
class ClaimWords:
    """The words that say something, and where to look for them; what they say of who said it and
    when. ``unnamed`` is what the article calls a speaker without a name, who is recorded as one of
    its own; ``values`` are further fields, by their keys. With a ``span`` the words are those that
    stand there in the paragraph. ``also`` are paragraphs of articles that say the same.
    """

    words: tuple[str, ...] = ()
    article: str = ""
    paragraph: int | None = None
    span: tuple[int, int] | None = None
    speakers: tuple[str, ...] = ()
    values: Mapping[str, YamlValue] = field(default_factory=dict)
    id: str = ""
    to: str = ""
    unnamed: str = ""
    also: tuple[tuple[str, int], ...] = ()


def draft_assertion(
    reading: Reading, triple: tuple[str, str, str], evidence: ClaimWords
) -> RecordDraft:
    """Return the draft of an assertion; subject, relation and object are ids, or names of one thing
    or relation each.

    Raises KgError where a name is unknown or means several, or the words stand nowhere or twice.
    """
    evidence, naming = _with_unnamed(reading, evidence)
    id, fields = assertion_fields(reading, triple, evidence)
    drafted = draft_somewhere(reading, "assertions", id, fields, evidence.to)
    return RecordDraft(id, (*naming, drafted))


def assertion_fields(
    reading: Reading,
    triple: tuple[str, str, str],
    evidence: ClaimWords,
    taken_ids: Iterable[str] = (),
) -> tuple[str, dict[str, YamlValue]]:
    """Return the id and the fields of an assertion, in the order in which they are written; no id
    that is made is one of those that are ``taken_ids`` besides.

    Raises KgError as ``draft_assertion`` does.
    """
    corpus, ontology = reading.written, reading.ontology
    relation = ontology.relations[find_relation(triple[1], ontology)]
    subject = find_end(triple[0], corpus, ontology, relation.domain)
    object = triple[2]
    is_said = relation.takes_assertions and object in corpus.assertions
    if not relation.is_text and not is_said:
        object = find_end(object, corpus, ontology, relation.range)
    predicate = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", relation.name)
    words = f"{subject} {predicate} {object}"
    id = evidence.id or new_id(words, {*corpus.ids, *taken_ids})
    fields: dict[str, YamlValue] = {
        "subject": subject,
        "predicate": relation.name,
        "object": object,
    }
    return id, {"id": id, **fields, **_evidence_fields(reading, evidence)}


_SUFFIXES = {"denies": "denied", "ends": "ended", "begins": "began"}


def draft_dependent(
    reading: Reading, words: Iterable[str], evidence: ClaimWords, key: str
) -> RecordDraft:
    """Return the draft of what ``denies``, ``ends`` or ``begins`` (the ``key``) an assertion, which
    is named by its id or by subject, relation and object.

    Raises KgError as ``draft_assertion`` does.
    """
    articles = cite_evidence(reading, evidence)
    target = find_assertion(words, reading.written, reading.ontology, articles)
    evidence, naming = _with_unnamed(reading, evidence)
    id = evidence.id or new_id(f"{target.id} {_SUFFIXES[key]}", reading.written.ids)
    fields: dict[str, YamlValue] = {"id": id, key: target.id, **_evidence_fields(reading, evidence)}
    file = target.span.file
    if evidence.to or file.startswith(MADE_BY_IMPORT):
        drafted = draft_somewhere(reading, "assertions", id, fields, evidence.to)
        return RecordDraft(id, (*naming, drafted))
    drafted = draft_record(file_of(reading, file), "assertions", id, fields, after=target.id)
    return RecordDraft(id, (*naming, *_draft_own_id(reading, target), drafted))


def draft_citation(reading: Reading, words: Iterable[str], evidence: ClaimWords) -> RecordDraft:
    """Return what gives an assertion, named as for a denial, further citations.

    Raises KgError as ``draft_assertion`` does, and where it is not written for itself alone, or
    cites that already.
    """
    target = find_assertion(words, reading.written, reading.ontology)
    cite = cite_evidence(reading, evidence)
    file = target.span.file
    if file.startswith(MADE_BY_IMPORT):
        raise KgError(f"{file} is made anew by kg import", 1, hint="cite it in the table")
    if len(_in_its_record(reading, target)) > 1:
        message = f"{target.span}: several assertions stand in one record, and would all get it"
        raise KgError(message, 1, hint="write them apart, in an editor")
    return RecordDraft(target.id, (draft_citations(file_of(reading, file), target.span, cite),))


DEPENDENTS: Mapping[str, Callable[[Reading, Iterable[str], ClaimWords], RecordDraft]] = {
    "denial": partial(draft_dependent, key="denies"),
    "end": partial(draft_dependent, key="ends"),
    "beginning": partial(draft_dependent, key="begins"),
    "citation": draft_citation,
}
"""What is drafted of an assertion that is written already, by kind."""


def _with_unnamed(
    reading: Reading, evidence: ClaimWords
) -> tuple[ClaimWords, tuple[Insertion, ...]]:
    """Evidence whose speaker without a name has an id, and the insertion that records it: one for
    each article, which its label names.

    Raises KgError where the article has such a speaker already.
    """
    if not evidence.unnamed:
        return evidence, ()
    corpus = reading.written
    cite = cite_evidence(reading, evidence)
    article = corpus.articles[next(iter(cite))]
    shown_by = join_and([corpus.things[each.id].label for each in article.publishers])
    label = f"{evidence.unnamed} ({shown_by}, {article.published_text})"
    if there := things_called(label, corpus, "actors"):
        message = f"'{label}' is recorded already, as '{there[0]}'"
        raise KgError(message, 1, hint=f"if that one is meant: --by {there[0]}")
    id = new_id(label, corpus.ids, UNNAMED)
    record: dict[str, YamlValue] = {
        "type": find_class(UNNAMED, reading.ontology, "actors"),
        "label": label,
    }
    naming = draft_somewhere(reading, "actors", id, record, evidence.to)
    return replace(evidence, unnamed=id), (naming,)


def _draft_own_id(reading: Reading, target: Assertion) -> tuple[Insertion, ...]:
    """The insertion that gives an assertion the id that is derived for it as one of its own, so
    that it stays what others name: nothing where it has one, or is one of several in a record.
    """
    if target.has_own_id or len(_in_its_record(reading, target)) > 1:
        return ()
    return (draft_id(file_of(reading, target.span.file), target.span, target.id),)


def _in_its_record(reading: Reading, target: Assertion) -> list[Assertion]:
    """The assertions that stand in one record: of a list of objects each is one."""
    return [each for each in reading.written.assertions.values() if each.span == target.span]


def _evidence_fields(reading: Reading, evidence: ClaimWords) -> dict[str, YamlValue]:
    """What an assertion has besides what it says, in the order in which it is written."""
    corpus, values = reading.written, dict(evidence.values)
    speakers = [find_thing(each, corpus, "actors") for each in evidence.speakers]
    speakers += [evidence.unnamed] if evidence.unnamed else []
    if isinstance(where := values.get("where"), str):
        values["where"] = find_thing(where, corpus, "places")
    if speakers:
        values["according_to"] = speakers[0] if len(speakers) == 1 else speakers
    values["cite"] = cite_evidence(reading, evidence)
    return {key: values[key] for key in ASSERTION_FIELDS if key in values}


def cite_evidence(reading: Reading, evidence: ClaimWords) -> dict[str, YamlValue]:
    """Return the ``cite`` of evidence. Raises KgError where its words do not stand there."""
    place = evidence.article, evidence.paragraph
    if evidence.span and place[1] is not None:
        cite = cite_span(reading, place[0], place[1], evidence.span)
    else:
        cite = cite_words(evidence.words, reading, *place)
    for article, paragraph in evidence.also:
        for id, places in cite_words((), reading, article, paragraph).items():
            cite[id] = [*as_list(cite.get(id)), *as_list(places)]
    return cite


def qualifiers_of(pairs: Iterable[str]) -> dict[str, YamlValue]:
    """Return qualifiers that are written ``NAME=VALUE``. Raises KgError where one is not."""
    values: dict[str, YamlValue] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise KgError(f"'{pair}' is no qualifier", hint="as in --with share='60 %'")
        values[name.strip()] = value.strip()
    return values
