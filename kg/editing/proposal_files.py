"""The files of ``proposals/``, each read as one proposal, or with what is wrong with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from kg.diagnostics import KgError, rules
from kg.editing.verbatim import VerbatimPassage, find_passage
from kg.editing.yamltext import YamlValue
from kg.files.workspace import YAML_ENDINGS, SourceFile
from kg.reading import Reading
from kg.sources.derived_ids import identifying_content
from kg.sources.loader import load_corpus
from kg.sources.sourcetext import plain_value
from kg.sources.texts.normal import sha256
from kg.sources.yamlfile import read_yaml
from kg.text.characters import printable

FOLDER = "proposals"
MOST_BYTES = 20_000
"""A file with more is no proposal."""

_PLACE = re.compile("[0-9]{1,7}", re.ASCII)
TAKEN_OVER = ("where", "mode", "negated", "said", "when")
_KEYS = {"id", "subject", "predicate", "object", "according_to", "cite", *TAKEN_OVER}


class Proposal(NamedTuple):
    """What waits: its id, its file, its YAML, its fields as texts, and its passage.

    ``sentence`` is what ``kg why`` would tell. Where it cannot be accepted, ``problem`` says why.
    ``fingerprint`` is that of the file, by which whoever decides says what was seen. Where an
    assertion says so already it is a further citation of that, whose id is in ``extends``.
    """

    id: str
    file: str
    yaml: str
    fields: Mapping[str, YamlValue] = {}
    passage: VerbatimPassage | None = None
    sentence: str = ""
    problem: str = ""
    fingerprint: str = ""
    extends: str = ""


def proposal_files(reading: Reading) -> list[SourceFile]:
    """Return the files in which something waits."""
    files = reading.workspace.files(FOLDER, YAML_ENDINGS).contents
    return [file for file in files if file.name.count("/") == 1]


def unread_proposals(reading: Reading) -> list[Proposal]:
    """Return what waits and cannot be read, as the file is too large."""
    problems = reading.workspace.files(FOLDER, YAML_ENDINGS).diagnostics
    return [
        Proposal(
            id_of_file(each.span.file),
            each.span.file,
            "",
            problem=each.message,
            fingerprint=hashlib.sha256(each.message.encode()).hexdigest(),
        )
        for each in problems
        if each.rule is rules.TOO_LARGE and each.span.file.count("/") == 1
    ]


def id_of_file(name: str) -> str:
    """Return the id under which a file waits, by its name."""
    return name.rpartition("/")[2].rpartition(".")[0]


def read_proposal_file(file: SourceFile, reading: Reading) -> Proposal:
    """Return a file as a proposal, with its passage, or with what is wrong with it."""
    id = id_of_file(file.name)
    text = printable(file.data.decode("utf-8", "replace")[:MOST_BYTES])
    fingerprint = hashlib.sha256(file.data).hexdigest()
    proposal = Proposal(id, file.name, text, fingerprint=fingerprint)
    fields = fields_of(file)
    if not fields or set(fields) - _KEYS or fields.get("id") != id:
        return proposal._replace(problem="the file is not in the form of a proposal")
    if any(not isinstance(fields.get(key), str) for key in ("subject", "predicate", "object")):
        return proposal._replace(problem="it lacks a subject, predicate or object")
    extends = find_written(reading, file)
    proposal = proposal._replace(yaml=file.data.decode("utf-8"), fields=fields, extends=extends)
    if id in reading.written.assertions:
        return proposal._replace(problem="an assertion has this id already")
    try:
        return proposal._replace(passage=_cited_passage(fields, reading))
    except KgError as error:
        return proposal._replace(problem=str(error))


def _cited_passage(fields: Mapping[str, YamlValue], reading: Reading) -> VerbatimPassage:
    """The passage that the one citation of a proposal names by place and fingerprint."""
    cite = fields.get("cite")
    if not isinstance(cite, Mapping) or len(cite) != 1:
        raise KgError("it does not cite one article")
    article, items = next(iter(cite.items()))
    match items:
        case [{"p": str(p), "span": [str(start), str(end)], "sha256": str(fingerprint)}] if all(
            map(_PLACE.fullmatch, (p, start, end))
        ):
            number, first, last = int(p), int(start), int(end)
        case _:
            raise KgError("it does not cite one passage by its place")
    copies = reading.verification.copies.by_article
    if article not in copies:
        raise KgError(f"no copy of '{article}' is at hand to show the words")
    paragraphs = copies[article].paragraphs
    whole = paragraphs[number - 1] if 0 < number <= len(paragraphs) else ""
    passage = find_passage(whole[first:last], article, reading)
    if passage.paragraph != number or len(passage.before) != first:
        raise KgError("its words do not stand where it says")
    if sha256(passage.words) != fingerprint:
        raise KgError("the words that stand there are not those that it was proposed with")
    return passage


def fields_of(file: SourceFile) -> Mapping[str, YamlValue]:
    """Return the one record of a file as texts; nothing where it has not the form of a proposal."""
    if len(file.data) > MOST_BYTES:
        return {}
    root, problems = read_yaml(file.name, file.data)
    if problems or root is None:
        return {}
    whole = plain_value(root)
    if not isinstance(whole, Mapping) or set(whole) != {"assertions"}:
        return {}
    match whole["assertions"]:
        case [dict(record)]:
            return record
    return {}


def find_written(reading: Reading, file: SourceFile) -> str:
    """Return the id of the assertion of the sources that says what a proposal says, or nothing."""
    proposed = load_corpus([file], reading.ontology).corpus.assertions
    contents = {identifying_content(each) for each in proposed.values()}
    triples = {each.triple for each in proposed.values()}
    assertions = reading.written.assertions.values()
    same = (
        each.id
        for each in assertions
        if each.triple in triples and identifying_content(each) in contents
    )
    return next(same, "")
