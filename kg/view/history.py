"""How knowledge grew: the days on which it did, and how every assertion stood from each of them on.

Only what a day changed is judged anew (``kg.status.growth``); a page which goes back in knowledge
shows what a build under ``--known-by`` that day would show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from kg.dates import Day
from kg.dates.calendar import day_number, day_of
from kg.dates.overlaps import NEVER, Days
from kg.reading import Reading
from kg.reports.lives.lifecycle import has_life
from kg.status.certainty import attested_time, certain_days, claimed_end
from kg.status.propositions import time_of
from kg.status.reasons import Mention, Mentioned
from kg.status.scope import WHEN
from kg.status.statement import Statement
from kg.text.wording import Name
from kg.view.picture import History, Run

MOST_MOMENTS, MOST_KNOWN = 200, 2_000_000
"""So many days are told of, at most, and so many assertions times days are kept in mind (some 400
bytes each); of more days some are left out, evenly.
"""
MOST_OF_ONE, MOST_RIVALS = 40_000, 1_000_000
"""One pact that each of n days tells something of is judged n times: so many assertions times days
of one that has a life, and so many pairs of rival dates times days.
"""


class Moment(NamedTuple):
    """A day on which what is known changed, by its number, what was known then, and the ids of what
    was judged anew since the moment before.
    """

    number: int
    day: Day
    reading: Reading
    changed_ids: frozenset[str] = frozenset()


def find_moments(reading: Reading) -> tuple[Moment, ...]:
    """Return the moments of a reading. The other parts of its lens hold at every moment.

    Before the first day the editors' own judgements are known, which cite no article: that is
    moment -1.
    """
    days = moment_days(reading)
    all_days = [*(day_of(day_number(day) - 1) for day in days[:1]), *days]
    growth = zip(all_days, reading.growth(all_days), strict=True)
    return tuple(Moment(number, day, *each) for number, (day, each) in enumerate(growth, -1))


def moment_days(reading: Reading) -> list[Day]:
    """Return the days of the moments of a reading, without that before the first."""
    assertion_count, longest_life = len(reading.corpus.assertions), _longest_life(reading)
    rivals = sum(len(each.rivals_in(WHEN)) for each in reading.standings.values())
    bounds = (MOST_KNOWN, assertion_count), (MOST_OF_ONE, longest_life), (MOST_RIVALS, rivals)
    most = min(MOST_MOMENTS, *(most // max(1, number) for most, number in bounds))
    return thin_out(list(reading.corpus.publication_days), most)


def _longest_life(reading: Reading) -> int:
    """How many assertions there are about the one thing with a life that most are about."""
    things, assertions = reading.corpus.things, reading.corpus.assertions.values()
    about = Counter(end for a in assertions for end in (a.subject.id, a.object_key))
    return next(
        (
            number
            for end, number in about.most_common()
            if end in things and has_life(things[end], reading.ontology)
        ),
        0,
    )


def thin_out(days: list[Day], most: int) -> list[Day]:
    """Return so many of some days at most (two at least), evenly over their order; the first and
    the last always stay.
    """
    most = max(2, most)
    if len(days) <= most:
        return days
    return [days[round(number * (len(days) - 1) / (most - 1))] for number in range(most)]


def find_history(reading: Reading, moments: Iterable[Moment] | None = None) -> History:
    """Return the history of all that a reading's lens knows."""
    moments = find_moments(reading) if moments is None else tuple(moments)
    runs: dict[str, list[Run]] = {}
    known_articles: Collection[str] = ()
    counted_as: Mapping[str, tuple[str, ...]] = {}
    for moment in moments:
        judgement = moment.reading.judgement
        counts = judgement.counted_as.items()
        same_sources = {id: each for id, each in counts if id in known_articles} == counted_as
        known_articles, counted_as = judgement.corpus.articles, judgement.counted_as
        _add_runs(runs, moment, same_sources)
    days = [moment.day for moment in moments if moment.number >= 0]
    all_days = len(reading.corpus.publication_days)
    return History(
        moments=tuple(days),
        days=all_days if all_days > len(days) else 0,
        runs={id: tuple(runs[id]) for id in sorted(runs)},
        attested=_attested_days(reading, reading.judgement.corpus.assertions),
    )


def _add_runs(runs: dict[str, list[Run]], moment: Moment, same_sources: bool) -> None:
    """Add a run for each assertion that stands otherwise at a moment than before it;
    ``same_sources`` says whether articles count as the same sources as then.
    """
    reading = moment.reading
    assertions = reading.graph_corpus.assertions
    ids = moment.changed_ids if same_sources else assertions.keys() | runs.keys()
    days_by_id = _attested_days(reading, ids)
    for id in ids:
        if id not in assertions and id not in runs:
            continue
        run = Run(moment.number)
        if id in assertions:
            run = Run(moment.number, reading.statements[id], days_by_id.get(id))
        before = runs.setdefault(id, [])
        if not before or differ(before[-1], run, same_sources):
            before.append(run)


def differ(before: Run, now: Run, same_sources: bool = False) -> bool:
    """Whether a page tells anything else of a run than of the one before; ``same_sources`` says
    whether articles count as the same sources as then.
    """
    then, statement = before.statement, now.statement
    if then is None or statement is None:
        return then is not statement
    if then != statement or before.days != now.days or _others(then) != _others(statement):
        return True
    # What is cited is supported by its own citations, which are the same.
    is_supported_alike = same_sources and bool(statement.assertion.citations)
    return not is_supported_alike and _support(then) != _support(statement)


def rest_on_the_same(one: Statement, other: Statement) -> bool:
    """Whether two statements of an assertion that stand alike certainly have the same words and the
    same support, since all that these name and cite was known as the same then. What speaks of
    another assertion, or follows from others, may rest on more.
    """
    a = one.assertion
    is_by_itself = not a.object_assertion and not a.follows_from
    return is_by_itself and _records_of(one) == _records_of(other)


def _records_of(statement: Statement) -> list[object]:
    """What an assertion and the reason of its status name and cite, as a lens knows it."""
    a, judgement = statement.assertion, statement.judgement
    corpus = judgement.corpus
    mentions = [part for part in statement.standing.reason.parts if isinstance(part, Mention)]
    article_ids = [citation.article.id for citation in a.citations]
    article_ids += [each.id for each in mentions if each.kind is Mentioned.SOURCE]
    articles = [corpus.articles[id] for id in article_ids]
    names = [*a.mentions, *chain.from_iterable(each.originators for each in articles)]
    ids = [id for each in names for id in (each.id, each.written) if id]
    ids += [each.id for each in mentions if each.kind is Mentioned.THING]
    counted = [judgement.counted_as.get(id) for id in article_ids]
    return [*articles, *map(corpus.thing, ids), *counted]


def _others(statement: Statement) -> tuple[str, Name | None]:
    """What a statement tells of others: the state that it limits, and whose words it speaks of."""
    speaks_of = statement.object if statement.assertion.object_assertion else None
    return statement.limited_state, speaks_of


def _support(statement: Statement) -> tuple[object, ...]:
    days = statement.known_from, statement.last_report
    return statement.sources, len(statement.articles), statement.originators, *days


def _attested_days(reading: Reading, ids: Iterable[str]) -> dict[str, Days]:
    """Return the days for which some dated assertions are attested, by id."""
    judgement = reading.judgement
    days_by_date: dict[object, Days] = {}
    days_by_id: dict[str, Days] = {}
    assertions = judgement.corpus.assertions
    for assertion in (assertions[id] for id in ids if id in assertions):
        if assertion.id in judgement.undone:
            days_by_id[assertion.id] = NEVER
            continue
        date = time_of(assertion, judgement.corpus)
        if date is None:
            continue
        claimed_ends = claimed_end(assertion, judgement)
        relation = reading.ontology.relation_of(assertion)
        date = attested_time(assertion, judgement, relation) or date
        key = date, relation.lasts, claimed_ends
        if key not in days_by_date:
            days_by_date[key] = certain_days(date, relation, claimed_ends)
        days_by_id[assertion.id] = days_by_date[key]
    return days_by_id
