"""Assertions that a machine proposes: each rests on one passage that its article has letter by
letter, and lies in ``proposals/``, of which nothing is read but by whoever accepts or rejects it.

A proposal is a file in the form of a source, with one assertion that cites the passage by place and
fingerprint. What it says is drafted and read again with the workspace when it is proposed, when it
is listed, and when it is accepted: a file that somebody has changed gets nothing through.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from kg.diagnostics import KgError, did_you_mean
from kg.editing.assertions import (
    ClaimWords,
    assertion_fields,
    draft_assertion,
    draft_citation,
)
from kg.editing.insertion import RecordDraft, draft_record
from kg.editing.proposal_files import (
    FOLDER,
    TAKEN_OVER,
    Proposal,
    fields_of,
    find_written,
    id_of_file,
    proposal_files,
    read_proposal_file,
    unread_proposals,
)
from kg.editing.verbatim import VerbatimPassage, find_passage
from kg.editing.writing import Draft, prepare_draft, write_draft
from kg.editing.yamltext import YamlValue, as_list
from kg.files.folders import lock_folder
from kg.files.output import report_write_errors, write_file
from kg.files.scaffold import keep_out_of_git
from kg.files.workspace import SourceFile, real_path
from kg.reading import Reading, read
from kg.status.lens import Lens
from kg.text.characters import printable

MOST_WAITING = 1000
"""So many proposals may wait."""


def propose(
    reading: Reading, triple: tuple[str, str, str], evidence: ClaimWords, by: str = ""
) -> Proposal:
    """Write a proposal, and return it. ``evidence`` has one passage, and names its article; ``by``
    is who proposes.

    Raises KgError where the words are not those of the article (``find_passage``), where the
    assertion could not be accepted as it is, or where it waits already.
    """
    if len(evidence.words) != 1:
        raise KgError("a proposal rests on one passage", 1, hint="give its words in one piece")
    passage = find_passage(evidence.words[0], evidence.article, reading)
    if evidence.paragraph not in (None, passage.paragraph):
        message = f"paragraph {evidence.paragraph} does not have these words"
        raise KgError(message, 1, hint=f"paragraph {passage.paragraph} has them")
    waiting = proposal_files(reading)
    if len(waiting) >= MOST_WAITING:
        raise KgError(f"{MOST_WAITING} proposals wait already", 1, hint="kg proposals lists them")
    evidence = replace(evidence, paragraph=passage.paragraph)
    id, fields = assertion_fields(
        reading, triple, evidence, (id_of_file(each.name) for each in waiting)
    )
    _refuse_repetition(fields, waiting)
    name = f"{FOLDER}/{id}.yaml"
    head = f"# Proposed{f' by {_plain_name(by)}' if by else ''}; kg reads it only to show it.\n"
    text = head + draft_record(SourceFile(name, b""), "assertions", id, fields).text
    extends = find_written(reading, SourceFile(name, text.encode()))
    drafted = _draft_record(reading, triple, replace(evidence, id=id), extends)
    prepared = prepare_draft(reading, drafted)
    _write_proposal(reading, name, text)
    sentence = prepared.reading.under(Lens()).statements[prepared.id].sentence
    return Proposal(id, name, text, fields, passage, sentence, extends=extends)


def _draft_record(
    reading: Reading, triple: tuple[str, str, str], evidence: ClaimWords, extends: str
) -> RecordDraft:
    """The draft of a proposal: an assertion, or a further citation of one that it ``extends``."""
    if not extends:
        return draft_assertion(reading, triple, evidence)
    return draft_citation(reading, [extends], evidence)


def _refuse_repetition(fields: Mapping[str, YamlValue], waiting: Iterable[SourceFile]) -> None:
    for file in waiting:
        there = fields_of(file)
        if fields == {**there, "id": fields["id"]}:
            raise KgError(f"it waits already, as '{there.get('id')}'", 1, hint="kg proposals")


def _plain_name(words: str) -> str:
    return printable(" ".join(words.split()))[:80]


def _write_proposal(reading: Reading, name: str, text: str) -> None:
    """Write a file of the folder, which git is told to leave alone."""
    root = reading.workspace.root
    folder = root / FOLDER
    if not real_path(folder).is_relative_to(root.resolve()):
        raise KgError(f"{FOLDER} leads out of the workspace", 1, hint="make it a folder of its own")
    with report_write_errors(root):
        folder.mkdir(exist_ok=True)
        keep_out_of_git(root)
        with lock_folder(root):
            if (root / name).exists():
                raise KgError(f"'{name}' was made meanwhile", 1, hint="propose it once more")
            write_file(root / name, text.encode())


def read_proposals(reading: Reading) -> tuple[Proposal, ...]:
    """Return what waits, in order of ids, with what each would say and what is wrong with it."""
    read_once = [
        _with_draft_problem(read_proposal_file(file, reading), reading)
        for file in proposal_files(reading)
    ]
    good = [each for each in read_once if not (each.problem or each.extends)]
    drafts = {f"sources/{each.file}": each.yaml.encode() for each in good}
    after = read(reading.workspace._replace(drafts=drafts), questions=()) if drafts else reading
    wrong = _errors_by_file(after, drafts)
    if wrong and drafts:
        drafts = {name: data for name, data in drafts.items() if name not in wrong}
        after = read(reading.workspace._replace(drafts=drafts), questions=())
    statements = {} if after.data_errors or not read_once else after.under(Lens()).statements
    proposals = []
    for each in read_once:
        if problem_here := wrong.get(f"sources/{each.file}"):
            each = each._replace(problem=problem_here)
        elif not each.problem and (each.extends or each.id) in statements:
            each = each._replace(sentence=statements[each.extends or each.id].sentence)
        proposals.append(each)
    return tuple(sorted([*proposals, *unread_proposals(reading)], key=lambda each: each.id))


def _errors_by_file(reading: Reading, drafts: Container[str]) -> dict[str, str]:
    """Return the first error of each file that is read, or of another that has to do with it."""
    errors: dict[str, str] = {}
    for problem in reading.diagnostics:
        # Where two say the same, one of them can be accepted.
        is_of_draft = problem.span.file in drafts
        places = (problem.span,) if is_of_draft else problem.related
        for place in places if problem.is_error else ():
            message = problem.message.replace(f"sources/{FOLDER}/", f"{FOLDER}/")
            errors.setdefault(place.file, f"{message} [{problem.rule.code}]")
    return errors


def find_proposal(reading: Reading, id: str, seen_text: str | None = None) -> Proposal:
    """Return what waits under an id. Raises KgError where nothing does, or where it is not what was
    ``seen_text``, by its fingerprint, if that is given.
    """
    files = {id_of_file(file.name): file for file in proposal_files(reading)}
    unread = {each.id: each for each in unread_proposals(reading)}
    if id not in files and id not in unread:
        hint = did_you_mean(id, [*files, *unread]) or "kg proposals lists what waits"
        raise KgError(f"no proposal is called '{id}'", 1, hint=hint)
    proposal = read_proposal_file(files[id], reading) if id in files else unread[id]
    if seen_text not in (None, proposal.fingerprint):
        raise KgError(f"'{id}' is not what you saw any more", 1, hint="look at it once more")
    return proposal


def proposal_draft(reading: Reading, id: str, to: str = "") -> RecordDraft:
    """Return the draft of what a proposal says (into the file ``to``).

    Raises KgError where it cannot be accepted: its words are not those of the article any more, or
    it is not in the form of a proposal.
    """
    proposal = find_proposal(reading, id)
    if proposal.problem or proposal.passage is None:
        message = f"'{id}' cannot be accepted: {proposal.problem}"
        raise KgError(message, 1, hint=f"kg proposals reject {id}, or write it by kg add assertion")
    return _draft_of(proposal, proposal.passage, reading, to)


def _with_draft_problem(proposal: Proposal, reading: Reading) -> Proposal:
    """A proposal; a further citation that cannot be drafted any more, with why."""
    if proposal.extends and proposal.passage and not proposal.problem:
        try:
            _draft_of(proposal, proposal.passage, reading)
        except KgError as error:
            return proposal._replace(problem=str(error))
    return proposal


def _draft_of(
    proposal: Proposal, passage: VerbatimPassage, reading: Reading, to: str = ""
) -> RecordDraft:
    fields = proposal.fields
    values = {key: fields[key] for key in TAKEN_OVER if key in fields}
    speakers = tuple(map(str, as_list(fields.get("according_to"))))
    place = (passage.article, passage.paragraph)
    evidence = ClaimWords((passage.words,), *place, None, speakers, values, proposal.id, to)
    triple = tuple(str(fields[key]) for key in ("subject", "predicate", "object"))
    return _draft_record(reading, (triple[0], triple[1], triple[2]), evidence, proposal.extends)


def accept(draft: Draft, id: str) -> None:
    """Write the draft of a proposal into the sources, and take the proposal away.

    Raises KgError as ``kg.editing.writing.write_draft`` does.
    """
    proposal = find_proposal(draft.reading, id)
    write_draft(draft)
    (draft.reading.workspace.root / proposal.file).unlink(missing_ok=True)


def reject(reading: Reading, id: str) -> None:
    """Take a proposal away. Raises KgError where there is none of that id."""
    proposal = find_proposal(reading, id)
    (reading.workspace.root / proposal.file).unlink(missing_ok=True)
