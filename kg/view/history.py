"""How knowledge grew: the days on which it did, and where every assertion stood from each of them
on.

All of it is found by the very code that ``--known-by`` and ``--true-on`` use, once for each such
day, so that a page which goes back in knowledge shows what a build under that lens would show.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.dates import Day
from kg.dates.calendar import Days, day_of, days_of, ordinal
from kg.model import Assertion, Corpus
from kg.reading import Reading
from kg.status.lens import attested_time
from kg.status.propositions import time_of
from kg.status.status import Standing
from kg.view.picture import History, Run

MOST_MOMENTS = 100
MOST_JUDGEMENTS = 500_000
"""As many days times assertions are looked at, at most; of more days some are left out, evenly."""


_NOT_THERE = Run(0)


def history(reading: Reading) -> History:
    """The history of all that a reading's lens knows; the lens's other parts hold at every moment."""
    days = sorted(
        {
            day
            for article in reading.corpus.articles.values()
            if (day := article.published.end_latest)
        }
    )
    moments = thinned(
        days, min(MOST_MOMENTS, MOST_JUDGEMENTS // max(1, len(reading.corpus.assertions)))
    )
    runs: dict[str, list[Run]] = {}
    reach = dict(_reach(reading, reading.judgement.corpus.assertions.values()))
    reached: dict[str, list[tuple[int, Days]]] = {}
    # Before the first day the editors' own judgements are known, which cite no article.
    earlier = [day_of(ordinal(day) - 1) for day in moments[:1]]
    for number, day in enumerate(earlier + moments, -1):
        seen = reading.as_known_by(day)
        for id in seen.certainties.keys() | runs.keys():
            now: Standing | Run = seen.standings[id] if id in seen.certainties else _NOT_THERE
            before = runs.setdefault(id, [])
            stands = now.status, str(now.reason), now.against
            if not before or (before[-1].status, before[-1].reason, before[-1].against) != stands:
                before.append(Run(number, *stands))
        gone = [
            a
            for a in seen.judgement.corpus.assertions.values()
            if a.id not in reading.judgement.corpus.assertions
        ]
        reach |= _reach(seen, gone)
        for id, days_now in _reach(
            seen, (seen.judgement.corpus.assertions[id] for id in seen.certainties), only_open=True
        ):
            spells = reached.setdefault(id, [])
            if not spells or spells[-1][1] != days_now:
                spells.append((number, days_now))
    return History(
        moments=tuple(moments),
        days=len(days) if len(days) > len(moments) else 0,
        runs={id: tuple(runs[id]) for id in sorted(runs)},
        reach=reach,
        reached={
            id: tuple(spells)
            for id, spells in reached.items()
            if [s for _, s in spells] != [reach.get(id)]
        },
    )


def thinned(days: list[Day], most: int) -> list[Day]:
    """So many of some days at most (two at least), evenly over their order; the first and the last
    always stay.
    """
    most = max(2, most)
    if len(days) <= most:
        return days
    return [days[round(number * (len(days) - 1) / (most - 1))] for number in range(most)]


def _reach(
    reading: Reading, assertions: Iterable[Assertion], only_open: bool = False
) -> Iterable[tuple[str, Days]]:
    """On which days dated assertions hold; ``only_open``: those only that perhaps go on, so that
    reports matter.
    """
    judgement, found = reading.judgement, dict[object, Days]()
    for assertion in assertions:
        if only_open and not _goes_on(assertion, judgement.corpus):
            continue
        date = attested_time(assertion, judgement, reading.ontology)
        if date:
            key = (
                date.text,
                date.kind,
                date.end_earliest,
                *(member.end_earliest for member in date.members),
            )
            if key not in found:
                found[key] = days_of(date)
            yield assertion.id, found[key]


def _goes_on(assertion: Assertion, corpus: Corpus) -> bool:
    date = time_of(assertion, corpus)
    return date is not None and date.goes_on
