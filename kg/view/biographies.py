"""The lives of things as a page shows them: what moved each on, what is ahead, and where it stood
at each moment.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.dates import Day
from kg.lives.index import LifeIndex
from kg.lives.lifecycle import Lifecycles, has_life
from kg.lives.lives import Life, life
from kg.lives.prospects import Prospect
from kg.reading import Reading
from kg.reports.life_document import OUTCOMES, life_summary, reported_outcome
from kg.reports.wordings import mode_in_words
from kg.status.propositions import time_of
from kg.status.windows import Window, event_window, timeline_window
from kg.view.picture import LifeStep, Lives

MOST_LIVES = 1_000
"""So many things times moments are looked at, at most; of more, only the last day of each life is
told.
"""

Living = Callable[[str], Lives | None]
"""Tells the life of a thing by its id; None where it has none, or nothing is reported of it."""

_Order = tuple[bool, float, float, str, int, str]
_Key = tuple[str, str, bool]


def lives_of(reading: Reading, moments: Sequence[Day]) -> Living:
    """Tells the lives of a reading's things; ``moments`` are the days on which what is known
    changes.

    Each summary is what ``kg status`` says of the moment's day by what was known then.
    """
    if reading.lens.true_on:
        reading = replace(reading, lens=replace(reading.lens, true_on=None))
    living = sum(has_life(thing, reading.ontology) for thing in reading.corpus.things.values())
    # Where articles have no day, more is known than the moments tell: then all that is known comes
    # after the last one.
    last = len(moments) - all(
        article.published.end_latest for article in reading.corpus.articles.values()
    )
    told = list(enumerate(moments))[:last] if living * len(moments) <= MOST_LIVES else []
    lifecycles = Lifecycles(reading.ontology)
    indexes = cache(lambda day: LifeIndex(reading.as_known_by(day) if day else reading, lifecycles))

    @cache
    def lived(id: str) -> Lives | None:
        thing = reading.corpus.things.get(id)
        if thing is None or not has_life(thing, reading.ontology) or not moments:
            return None
        days: list[tuple[int, Day, LifeIndex]] = [
            (number, day, indexes(day)) for number, day in told
        ]
        days.append((last, moments[-1], indexes(None)))
        found: dict[_Key, tuple[_Order, LifeStep]] = {}
        summaries: list[tuple[int, str, str]] = []
        for number, day, index in days:
            seen = index.reading
            if id not in seen.corpus.things:
                continue
            then = life(id, day, seen, index)
            now = life_summary(then, seen.corpus.assertions), then.certainty.value
            if not summaries or summaries[-1][1:] != now:
                summaries.append((number, *now))
            found |= {
                (s.assertion, s.stage, bool(s.ahead)): (order, s)
                for order, s in _steps(then, index)
            }
        steps = tuple(step for _, step in sorted(found.values(), key=lambda pair: pair[0]))
        return Lives(id, steps, tuple(summaries)) if steps else None

    return lived


def _steps(then: Life, index: LifeIndex) -> Iterator[tuple[_Order, LifeStep]]:
    """What a life consists of, accepted or not, and what was ahead of it; each with its place in
    the order.
    """
    reading = index.reading
    assertions = reading.corpus.assertions
    for step in (*(step for step, _ in then.past_steps), *then.later_steps):
        when = assertions[step.assertion].when
        window = step.date_window
        order = (
            False,
            window.first,
            window.last,
            when.text if when else "",
            step.stage.rank,
            step.assertion,
        )
        yield order, LifeStep(step.assertion, step.stage.label)
    ids = index.same_ids(then.thing.id)
    for id in then.not_accepted:
        a = assertions[id]
        window = timeline_window(
            time_of(a, reading.corpus), reading.ontology.relations[a.predicate.id].is_state
        )
        for sign in index.signs(a, then.lifecycle, ids):
            text = a.when.text if a.when else ""
            order = (False, window.first, window.last, text, sign.stage.rank, id)
            yield order, LifeStep(id, sign.stage.label)
    yield from _ahead((each for each in then.prospects if not each.about), then, reading)


def _ahead(
    announced: Iterable[Prospect], then: Life, reading: Reading
) -> Iterator[tuple[_Order, LifeStep]]:
    """What was announced, planned or demanded, and what became of it."""
    for prospect in announced:
        a = reading.corpus.assertions[prospect.assertion]
        outcome = reported_outcome(a, then.day)
        # Without a date it comes after those that have one: there is no telling when.
        when = event_window(a.when) if a.when else Window(math.inf, math.inf)
        stage = prospect.stage.label if prospect.stage else ""
        became = OUTCOMES[outcome.kind] if outcome else ""
        by = outcome.realised_by.id if outcome and outcome.realised_by else ""
        yield (
            (True, when.first, 0, "", 0, a.id),
            LifeStep(a.id, stage, mode_in_words(a), became, by),
        )
