"""What things are called on a day: names change, and a day's answers use those of the day.

An alias with ``when`` is the name that a thing had then. One that repeats the label says since when
it is called so. What has no date was its name at any time, but yields to what certainly was.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from kg.dates import Day, Overlap, holds_on
from kg.dates.calendar import day_number, day_of
from kg.diagnostics import KgError, did_you_mean
from kg.model import Alias, Article, Thing
from kg.model.corpus import Corpus
from kg.model.references import Text
from kg.text import join_or
from kg.text.characters import fold_case

MOST_OFFERED = 4
"""So many ids are offered at once."""
NO_ARTICLES: Mapping[str, Article] = MappingProxyType({})


def hint_of_thing(
    words: str,
    things: Mapping[str, Thing],
    others: Iterable[str] = (),
    articles: Mapping[str, Article] = NO_ARTICLES,
) -> str:
    """Return a hint for words that are no id of a thing: the ids of what is called so or, where
    nothing is, of what has an id or a name, or a word in it, that begins so, or else the nearest
    id, of ``others`` too; nothing where none is near.
    """
    names_by_id = {id: [id, *_names_of(thing)] for id, thing in things.items()}
    names_by_id |= {id: [id, article.title.text] for id, article in articles.items()}
    folded = fold_case(words)
    if found_ids := _find_called(folded, names_by_id) if folded.strip() else []:
        more = f"; kg find {words} lists all" if len(found_ids) > MOST_OFFERED else ""
        ids = [f"'{id}'" for id in found_ids[:MOST_OFFERED]]
        return f"give its id: {join_or(ids)}{more}"
    return did_you_mean(words, (*names_by_id, *others))


def unknown_article(
    id: str, articles: Mapping[str, Article], hint: str = "", exit_code: int = 1
) -> KgError:
    """Return what is told of an id that no article has, with a hint for where none is near."""
    hint = hint_of_thing(id, {}, articles=articles) or hint
    return KgError(f"no article is called '{id}'", exit_code, hint)


def _names_of(thing: Thing) -> Iterator[str]:
    yield from (label.text for label in thing.labels)
    yield from (alias.name.text for alias in thing.aliases)


def _find_called(folded: str, names_by_id: Mapping[str, list[str]]) -> list[str]:
    """Return the ids of what is called by folded words or, where nothing is, of what has an id, a
    name or a word in one that begins so, in this order.
    """
    begin = re.compile(rf"\b{re.escape(folded)}")
    ranks: dict[str, int] = {}
    for id, names in names_by_id.items():
        folded_names = list(map(fold_case, names))
        signs = (
            folded in folded_names,
            folded_names[0].startswith(folded),
            any(name.startswith(folded) for name in folded_names),
            any(map(begin.search, folded_names)),
        )
        if any(signs):
            ranks[id] = signs.index(True)
    least = min(ranks.values(), default=0)
    return sorted((id for id, rank in ranks.items() if least or not rank), key=ranks.__getitem__)


def as_named_on(corpus: Corpus, day: Day) -> Corpus:
    """Return a corpus whose things are labelled with their names of a day."""
    return replace(
        corpus,
        things={id: named_on(thing, day) for id, thing in corpus.things.items()},
        also={id: named_on(thing, day) for id, thing in corpus.also.items()},
    )


def named_on(thing: Thing, day: Day) -> Thing:
    """Return a thing with the labels that it had on a day, in each language; its other labels
    become aliases.
    """
    if not thing.aliases:
        return thing
    dated = [_dated_name(alias, day) for alias in thing.aliases if alias.when]
    if not dated:
        return thing
    labels = {_tongue(label.language): label for label in thing.labels}
    for tongue in {_tongue(name.text.language) for name in dated}:
        names = [name for name in dated if _tongue(name.text.language) == tongue]
        if name := _name_in_use(names, labels.get(tongue)):
            labels[tongue] = name
    former = [label for label in thing.labels if label not in labels.values()]
    known_keys = {name_key(alias.name) for alias in thing.aliases}
    aliases = [Alias(label) for label in former if name_key(label) not in known_keys]
    return replace(thing, labels=tuple(labels.values()), aliases=(*aliases, *thing.aliases))


def labels_over_time(thing: Thing) -> tuple[tuple[Day | None, str], ...]:
    """Return what people are shown as the label of a thing from which day on, each run once; the
    first has no day. None where its names have no dates.
    """
    dates = [alias.when for alias in thing.aliases if alias.when]
    if not dates:
        return ()
    starts = [day for date in dates for day in (date.start_earliest, date.start_latest)]
    ends = [day for date in dates for day in (date.end_earliest, date.end_latest)]
    numbers = {day_number(day) for day in starts if day} | {
        day_number(day) + 1 for day in ends if day
    }
    runs: list[tuple[Day | None, str]] = []
    for number in sorted(numbers):
        before, day = day_of(number - 1), day_of(number)
        if not runs:
            runs.append((None, named_on(thing, before).label))
        if (label := named_on(thing, day).label) != runs[-1][1]:
            runs.append((day, label))
    return tuple(runs)


class _DatedName(NamedTuple):
    """A name, whether it was in use on the day, and from when on."""

    text: Text
    use: Overlap
    first: float


def _dated_name(alias: Alias, day: Day) -> _DatedName:
    start = alias.when.start_earliest if alias.when else None
    return _DatedName(
        alias.name, holds_on(alias.when, day), day_number(start) if start else -math.inf
    )


def _name_in_use(names: list[_DatedName], label: Text | None) -> Text | None:
    """The latest name that certainly was in use; else the label, unless it was not: then one that
    possibly was. None where none is better than the label.
    """
    by_start = sorted(names, key=lambda name: name.first)
    certain = [name.text for name in by_start if name.use is Overlap.CERTAINLY]
    if certain:
        return certain[-1]
    label_uses = [name.use for name in names if label and name.text.text == label.text]
    if label and set(label_uses) != {Overlap.NO}:
        return None
    possible = [name.text for name in by_start if name.use is Overlap.POSSIBLY]
    return possible[-1] if possible else None


def _tongue(language: str) -> str:
    """The language of a name; what has none stands where an English name would."""
    return "" if language == "en" else language


def name_key(text: Text) -> tuple[str, str]:
    """Return what is equal of names that are one: the text, and the language that it stands for."""
    return text.text, _tongue(text.language)
