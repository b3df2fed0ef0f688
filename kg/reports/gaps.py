"""The gaps that an editor should look at: where the record rests on little, hears one side, or
leaves something open.

Nothing here is a mistake (``kg check`` reports those); it is what the articles, as they were read,
do not settle.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from kg.dates import Edge
from kg.dates.words import readable
from kg.model.references import Citation
from kg.reading import Reading
from kg.reports.article_uses import find_uses, uncited_paragraphs
from kg.reports.kinds import GapKind
from kg.reports.positions import PositionMatrix, is_pending, position_matrices
from kg.reports.wordings import dated_sentence
from kg.status.scope import STATEMENT
from kg.status.statement import Statement
from kg.status.status import Status
from kg.text import join_and, join_ranges


class Gap(NamedTuple):
    """One finding: what it is about (``id``), in words, where articles say so, and details as lines
    of their own.

    ``group`` is what entries of one list are put together by. ``facts`` are the details for
    programs.
    """

    id: str
    words: str
    facts: Mapping[str, object] = MappingProxyType({})
    details: Sequence[str] = ()
    citations: Sequence[Citation] = ()
    group: str = ""


class GapRecord:
    """The statements that a reading shows, for those who look for gaps."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.corpus = reading, reading.visible_corpus
        statements = (reading.statements[id] for id in self.corpus.assertions)
        self.live = [each for each in statements if not each.is_gone]

    def curated_statements(self, ids: Iterable[str]) -> list[Statement]:
        """Return the statements that curators wrote, of some ids, whether or not the lens shows
        them.
        """
        assertions = self.reading.corpus.assertions
        return [self.reading.statements[id] for id in ids if id in assertions]

    def denials(self, statement: Statement) -> list[Statement]:
        """Return the denials that stand against a statement."""
        rivals = self.curated_statements(statement.standing.against)
        return [rival for rival in rivals if rival.assertion.is_denial]


def _gap(
    statement: Statement, group: str = "", details: Iterable[str] = (), **facts: object
) -> Gap:
    """A statement as a finding."""
    facts = {"status": statement.status, **facts}
    words = statement.sentence
    return Gap(statement.id, words, facts, list(details), statement.support, group)


def _single_source(record: GapRecord) -> Iterator[Gap]:
    articles, things, gaps = record.reading.corpus.articles, record.reading.corpus.things, []
    for each in record.live:
        if each.status is Status.ACCEPTED and each.sources == 1:
            writers = articles[each.support[0].article.id].originators
            ids = sorted(writer.id for writer in writers)
            names = join_and([things[id].label for id in ids])
            gaps.append(_gap(each, names, originator=", ".join(ids)))
    yield from sorted(gaps, key=lambda gap: (gap.group, gap.id))


def _one_sided(record: GapRecord) -> Iterator[Gap]:
    for matrix in position_matrices("", record.reading):
        positions = {party: _positions_of(party, matrix, record) for party in matrix.sides}
        missing = [party for party, ids in positions.items() if not ids]
        if missing:
            names = {party: record.corpus.things[party].label for party in positions}
            silent = join_and([names[party] for party in missing])
            details = [
                f"{names[party]}: {', '.join(ids) or 'no position reported'}"
                for party, ids in positions.items()
            ]
            words = f"{matrix.dispute.label}: nothing from {silent}"
            facts = {"missing": missing, "positions": positions}
            yield Gap(matrix.dispute.id, words, facts, details)


def _positions_of(party: str, matrix: PositionMatrix, record: GapRecord) -> list[str]:
    """Return what tells a party's position, by id: its answers to the dispute's questions, and
    how it moves the dispute on.
    """
    members = matrix.sides[party]
    positions = chain.from_iterable(question.positions for question in matrix.questions)
    answers = {each.statement.id for each in positions if each.actor in members}
    deeds = [each for each in record.live if each.assertion.subject.id in members]
    return sorted(answers | {each.id for each in deeds if _moves(each, matrix.dispute.id)})


def _moves(statement: Statement, dispute: str) -> bool:
    """Whether it is a deed that moves a dispute on: raises it, takes it to a forum, settles it."""
    is_about = statement.assertion.object_key == dispute
    return is_about and statement.is_affirmed and bool(statement.relation.enters_status)


def _unrebutted_claims(record: GapRecord) -> Iterator[Gap]:
    for each in record.live:
        speakers = each.assertion.speaker_ids
        if each.status is Status.ATTRIBUTED and speakers and not each.standing.contests:
            yield _gap(each, speakers=speakers)


def _undated_statements(record: GapRecord) -> Iterator[Gap]:
    for each in record.live:
        if each.time is None:
            saying = each.assertion.said
            lines = [f"said {readable(saying)}"] if saying else []
            yield _gap(each, details=lines, said=saying.text if saying else "")


def _ending(record: GapRecord, edge: Edge) -> Iterator[Gap]:
    """States with an end of this kind."""
    for each in record.live:
        when = each.assertion.when
        if each.is_state and when and when.end is edge:
            yield _gap(each, details=[readable(when)], when=when.text)


def _unused_paragraphs(record: GapRecord) -> Iterator[Gap]:
    uses = find_uses(record.reading)
    for article in record.corpus.articles.values():
        cited_places = [(use.citation.paragraph, use.name) for use in uses.get(article.id, ())]
        used_numbers = {paragraph for paragraph, name in cited_places if not name}
        unused = uncited_paragraphs(article.paragraphs, used_numbers)
        if unused:
            number, paragraphs = sum(map(len, unused)), join_ranges(unused)
            named_numbers = sorted({paragraph for paragraph, _ in cited_places} - used_numbers)
            names_only = join_ranges(
                range(p, p + 1) for p in named_numbers if 0 < p <= article.paragraphs
            )
            details = [f"not cited: {paragraphs}"]
            details += [f"cited for a name only: {names_only}"] if names_only else []
            words = f"{article.title.text}: {number} of {article.paragraphs} paragraphs"
            facts = {"paragraphs": paragraphs, "names_only": names_only}
            yield Gap(article.id, words, facts, details)


def _earlier_version_only(record: GapRecord) -> Iterator[Gap]:
    for each in record.live:
        if ids := each.unconfirmed_in:
            yield _gap(each, details=[f"not cited from {', '.join(ids)}"], unconfirmed_in=ids)


def _undated_sources(record: GapRecord) -> Iterator[Gap]:
    for article in record.corpus.articles.values():
        if article.published is None:
            yield Gap(article.id, f"{article.title.text}: known on any day")


def _conflicts(record: GapRecord) -> Iterator[Gap]:
    for conflict in record.reading.corpus.conflicts.values():
        rivals = record.curated_statements(rival.id for rival in conflict.between)
        rivals = [each for each in rivals if not each.is_gone]
        if len(rivals) > 1 and any(each.id in record.corpus.assertions for each in rivals):
            citations = [citation for each in rivals for citation in each.assertion.citations]
            facts = {"kind": conflict.kind, "answers": [each.id for each in rivals]}
            details = list(map(dated_sentence, rivals))
            yield Gap(conflict.id, conflict.question.text, facts, details, citations)


def _denied_claims(record: GapRecord) -> Iterator[Gap]:
    for each in record.live:
        denials = record.denials(each)
        if not each.assertion.is_denial and denials:
            yield _gap(each, "", map(_against, denials), denied_by=[d.id for d in denials])


def _rival_values(record: GapRecord) -> Iterator[Gap]:
    for each in record.live:
        for aspect, against in each.standing.contests:
            rivals = record.curated_statements(against) if aspect != STATEMENT else []
            if rivals and each.assertion.asserts_triple:
                value = each.detail(aspect)
                lines = [f"{aspect}: {value}"] if value else []
                lines += [_against(rival, rival.detail(aspect)) for rival in rivals]
                ids = [rival.id for rival in rivals]
                yield _gap(each, aspect, lines, contested_in=aspect, rivals=ids)


def _against(rival: Statement, value: str = "") -> str:
    return f"against it: {rival.sentence} [{rival.id}]{f', {value}' if value else ''}"


def _open_prospects(record: GapRecord) -> Iterator[Gap]:
    for each in record.live:
        if is_pending(each):
            mode, outcome = each.assertion.mode, each.assertion.outcome
            kind = outcome.kind if outcome else "not said"
            denials = map(_against, record.denials(each))
            yield _gap(each, mode.value, denials, mode=mode, outcome=kind)


class GapList(NamedTuple):
    """A list of gaps: what finds them, its heading, and what it means."""

    search: Callable[[GapRecord], Iterator[Gap]]
    heading: str
    meaning: str


GAP_LISTS: Mapping[GapKind, GapList] = {
    GapKind.SINGLE_SOURCE: GapList(
        _single_source,
        "accepted on one source",
        "One source alone reports it: articles of one originator, or of who acts for one, are one.",
    ),
    GapKind.ONE_SIDED: GapList(
        _one_sided,
        "disputes with a party's position missing",
        "No answer of this party, or of anyone who stands for it, to any question of the dispute "
        "(kg disputes).",
    ),
    GapKind.UNREBUTTED: GapList(
        _unrebutted_claims,
        "claims without a rebuttal",
        "Somebody says so, and nobody is reported to deny it. That is not agreement.",
    ),
    GapKind.UNDATED: GapList(
        _undated_statements,
        "assertions without a date",
        "No article gives a day, month or year for it.",
    ),
    GapKind.ENDED_UNKNOWN: GapList(
        lambda record: _ending(record, Edge.UNKNOWN),
        "states that ended on an unknown day",
        "It is over, and no article says since when.",
    ),
    GapKind.END_NOT_REPORTED: GapList(
        lambda record: _ending(record, Edge.OPEN),
        "states still going on when last reported",
        "No end is reported. What came after the last report is unknown.",
    ),
    GapKind.UNMINED: GapList(
        _unused_paragraphs,
        "articles with paragraphs that no assertion cites",
        "Nobody took anything from these paragraphs; some may hold nothing to take.",
    ),
    GapKind.EARLIER_VERSION: GapList(
        _earlier_version_only,
        "said by an earlier version alone",
        "The text was changed since, and the later version is not cited for it.",
    ),
    GapKind.UNDATED_SOURCES: GapList(
        _undated_sources,
        "sources without a day",
        "Nothing says when they appeared, so they count as known on any day (--known-by).",
    ),
    GapKind.CONFLICTS: GapList(
        _conflicts,
        "questions with several live answers",
        "Conflicts that no withdrawal or correction has settled.",
    ),
    GapKind.DENIED: GapList(
        _denied_claims,
        "claims that are denied",
        "One side asserts it, another denies it, and neither has taken it back.",
    ),
    GapKind.FUNCTIONAL_RIVALS: GapList(
        _rival_values,
        "rival values where only one can be right",
        "Live assertions that give two values of what has one: a relation with one value at a "
        "time, the day of a deed done once, a qualifier. But for that detail they agree.",
    ),
    GapKind.OPEN_PROSPECTS: GapList(
        _open_prospects,
        "plans, demands, threats and conditions with open outcome",
        "What became of it is not reported.",
    ),
}
"""Every question to the record."""


def find_gaps(reading: Reading, kinds: Collection[GapKind] = ()) -> dict[GapKind, tuple[Gap, ...]]:
    """Return the gaps of some kinds, or of all (none given), in a fixed order, under the reading's
    lens.
    """
    record = GapRecord(reading)
    return {
        kind: tuple(GAP_LISTS[kind].search(record))
        for kind in GapKind
        if not kinds or kind in kinds
    }
