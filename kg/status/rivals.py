"""Which assertions cannot be right together, and in what.

A rival is found by what is said and within which limits: one of opposite polarity about one
proposition or a more general one; another value of a functional relation (at whichever end);
another day, place or measure of a deed that can be done once; another value of a qualifier that has
one; another answer to a question of which one is right (docs/model.md, section 4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, combinations
from typing import NamedTuple

from kg.dates import Overlap, dates_overlap
from kg.diagnostics import KgError, Span
from kg.model import Assertion
from kg.model.grouping import group_pairs
from kg.model.modes import Mode
from kg.status.live_record import Camp, LiveRecord
from kg.status.scope import STATEMENT, WHOLE, Scope
from kg.status.value_groups import exclude_each_other, is_figure, valued_camps

Ids = tuple[str, ...]


class Contest(NamedTuple):
    """In what others stand against an assertion (``statement``, ``object``, ``when``, a qualifier's
    name, ...), and which, by ids in order.

    All assertions that the same ones stand against share one such value, so that many denials of
    one claim cost no more than each denial once.
    """

    aspect: str
    rivals: Ids

    @property
    def takes_all(self) -> bool:
        """Whether nothing of what is said is agreed."""
        return self.aspect in WHOLE


MOST_PAIRS, MOST_RIVALS = 100_000, 50
"""How many pairs of assertions may stand against each other in a record: so many or, where it is
larger, so many for each live assertion. Their number grows with the square of those that quarrel
about one thing, and each pair is told.
"""

PARTS_A_PAIR = 4
"""How often a pair may be found, at most, before it is known how many there are."""


class TooManyRivals(KgError):
    """More assertions stand against each other than can be told; ``span`` is where one of them, or
    the question to which they are answers, is written.
    """

    def __init__(self, span: Span, what: str) -> None:
        hint = "write what several say of one thing as one assertion, with all who say it"
        super().__init__(f"{what} stand against each other", exit_code=3, hint=hint)
        self.span = span


OpposedIds = tuple[Ids, str, Ids]
"""The ids of some assertions, in what others stand against each of them, and the ids of these."""


def find_contests(
    record: LiveRecord, pairs: Iterable[OpposedIds]
) -> dict[str, tuple[Contest, ...]]:
    """Return for each live assertion in what others cannot be right together with it, and which:
    by what is said, and by further pairs (``kg.status.answers``).
    """
    against: dict[str, dict[str, list[Ids]]] = {}
    most = _most_pairs(record)
    parts_so_far = 0
    for ids, aspect, rivals in chain(
        _denied_pairs(record),
        _named_denials(record),
        _other_values(record),
        _other_details(record),
        _other_limits(record),
        pairs,
    ):
        parts_so_far += len(ids)
        if parts_so_far > PARTS_A_PAIR * most:
            raise _too_many_pairs(ids[0], record)
        for id in ids:
            against.setdefault(id, {}).setdefault(aspect, []).append(rivals)
    union = cache(join_ids)
    contests = {}
    rival_count = 0
    for id, parts in against.items():
        contests[id] = tuple(Contest(each, union(tuple(parts[each]))) for each in sorted(parts))
        rival_count += sum(len(each.rivals) for each in contests[id])
        if rival_count > most:
            raise _too_many_pairs(id, record)
    return contests


def _most_pairs(record: LiveRecord) -> int:
    return max(MOST_PAIRS, MOST_RIVALS * len(record.live))


def _too_many_pairs(id: str, record: LiveRecord) -> TooManyRivals:
    count = f"more than {_most_pairs(record):,} pairs of assertions"
    return TooManyRivals(record.live[id].span, count)


def join_ids(parts: Iterable[Ids]) -> Ids:
    """Return all ids of some lists, each once, in order."""
    return tuple(sorted({*chain.from_iterable(parts)}))


def _denied_pairs(record: LiveRecord) -> Iterator[OpposedIds]:
    """Yield what is claimed and denied, each against the other."""
    denies = record.scopes.denies
    for triple, denials in record.denials.items():
        if triple in record.claims:
            claiming, denying = record.camps(record.claims[triple]), record.camps(denials)
            yield from _face(claiming, denying, STATEMENT, lambda a, b: denies(b, a))
            yield from _face(denying, claiming, STATEMENT, denies)


def _face(
    camps: Iterable[Camp],
    others: Collection[Camp],
    aspect: str,
    opposes: Callable[[Scope, Scope], bool],
) -> Iterator[OpposedIds]:
    for camp in camps:
        opposing = [other.ids for other in others if opposes(camp.scope, other.scope)]
        if opposing:
            yield camp.ids, aspect, tuple(chain.from_iterable(opposing))


def _named_denials(record: LiveRecord) -> Iterator[OpposedIds]:
    """Yield live denials and what they name, or what has corrected that since, where their dates
    alone would part the two.

    Whoever denies a claim denies it, even if another day than the claim's is put to the denial; but
    a denial for one day of several says nothing of the others. A denial without a day goes for what
    has corrected the claim's day, too.
    """
    corrections = group_pairs(
        (earlier, a)
        for a in record.live.values()
        for earlier in (record.corrected_ids(a) if a.supersedes else ())
    )
    for denial in record.live.values():
        if denial.denies is None:
            continue
        claim = record.live.get(denial.denies.id)
        targets = [claim] if claim else []
        targets += corrections.get(denial.denies.id, []) if denial.when is None else []
        for target in targets:
            if _is_parted(denial, target, record):
                yield (denial.id,), STATEMENT, (target.id,)
                yield (target.id,), STATEMENT, (denial.id,)


def _is_parted(denial: Assertion, target: Assertion, record: LiveRecord) -> bool:
    """Whether dates alone part a denial from what it denies."""
    if target.polarity is denial.polarity or target.triple != denial.triple:
        return False
    own, other = record.scope(denial), record.scope(target)
    if record.scopes.keep_apart(own, other):
        return False
    is_elsewhen = dates_overlap(own.date, other.date) is Overlap.NO
    return is_elsewhen or (denial.when is None and not record.scopes.denies(own, other))


def _other_values(record: LiveRecord) -> Iterator[OpposedIds]:
    """Yield the values of functional relations, each against the others."""
    for values in valued_camps(record).values():
        for group in values:
            others = [
                camp
                for other in values
                if exclude_each_other(group, other, record)
                for camp in other.camps
            ]
            scopes = record.scopes
            exclude = scopes.exclude_as_figures if is_figure(group, record) else scopes.exclude
            for aspect, camps in group.by_aspect.items():
                yield from _face(camps, others, aspect, exclude)


def _other_details(record: LiveRecord) -> Iterator[OpposedIds]:
    """Yield claims of one proposition that differ in what has one value: the day of a deed that can
    be done once, a qualifier.
    """
    for triple, claims in record.claims.items():
        if len(claims) < 2:
            continue
        relation = record.ontology.relations.get(triple[1])
        own = [a for a in claims if a.mode is not Mode.OPINION and record.proposition(a) == triple]
        if relation is None or len(own) < 2:
            continue
        deeds = [a for a in own if a.is_actual]
        plans = [a for a in own if not a.is_actual]
        is_once = record.happens_once(own[0])
        for some, happens_once in ((deeds, is_once), (plans, False)):
            if happens_once or any(a.qualifiers for a in some):
                camps = record.camps(some, record.attested_scope)
                yield from _detail_pairs(camps, happens_once, record)


def _other_limits(record: LiveRecord) -> Iterator[OpposedIds]:
    """Yield the ends, or the beginnings, of one state on days that cannot be one, each against the
    others: that it ended is agreed.
    """
    by_state = group_pairs(
        ((a.ends is not None, a.limited_state.id), a)
        for a in record.live.values()
        if a.limited_state and not a.is_denial and a.is_actual
    )
    for limits in by_state.values():
        yield from _detail_pairs(record.camps(limits), happens_once=True, record=record)


def _detail_pairs(
    camps: Sequence[Camp], happens_once: bool, record: LiveRecord
) -> Iterator[OpposedIds]:
    scopes, most, pairs = record.scopes, _most_pairs(record), 0
    rivals: list[dict[str, list[str]]] = [defaultdict(list) for _ in camps]
    for (i, one), (j, other) in combinations(enumerate(camps), 2):
        for aspect in scopes.rival_aspects(one.scope, other.scope, happens_once):
            rivals[i][aspect] += other.ids
            rivals[j][aspect] += one.ids
            pairs += 2
        if pairs > most:
            raise _too_many_pairs(one.ids[0], record)
    for camp, by_aspect in zip(camps, rivals, strict=True):
        for aspect, ids in by_aspect.items():
            yield camp.ids, aspect, tuple(ids)
