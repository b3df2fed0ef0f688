"""Which assertions cannot be right together.

A rival is found by what is said and when: one of opposite polarity about one proposition or a more
general one, another value of a functional relation (at whichever end), another answer to a question
of which one is right (docs/model.md, section 4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from kg.closure import closure
from kg.dates import Date, Overlap, overlap
from kg.model import Assertion, Conflict, ConflictKind, Corpus, Mode, Polarity
from kg.ontology import Ontology
from kg.status.propositions import (
    Triple,
    entailed_propositions,
    functional_values,
    proposition,
    time_of,
)


@dataclass(frozen=True, eq=False)
class Rivals:
    """The ids of assertions that stand against one or many others, in order.

    All assertions that the same ones stand against share one such value, so that many denials of
    one claim cost no more than each denial once. Two are equal only if they are one value.
    """

    ids: tuple[str, ...]


class _Camp(NamedTuple):
    """Assertions, by id, that are meant in one way and have one date, so that all stand against the
    same ones.
    """

    mode: Mode
    date: Date | None
    ids: tuple[str, ...]

    def opposes(self, other: _Camp) -> bool:
        """Whether what contradicts itself between two camps can be meant of one time."""
        return self.mode is other.mode and overlap(self.date, other.date) is not Overlap.NO


_Pair = tuple[Sequence[str], Rivals]
"""The ids of some assertions, and what stands against each of them."""


def oppositions(
    live: Collection[Assertion], corpus: Corpus, ontology: Ontology
) -> dict[str, Rivals]:
    """Return for each live assertion those that cannot be right together with it, if any."""
    finder = _RivalFinder(live, corpus, ontology)
    against: dict[str, list[Rivals]] = defaultdict(list)
    pairs = (
        finder.denied(),
        finder.other_values(),
        finder.other_limits(),
        finder.named_denials(),
        finder.other_answers(),
    )
    for ids, rivals in chain.from_iterable(pairs):
        for id in ids:
            against[id].append(rivals)
    unions: dict[tuple[Rivals, ...], Rivals] = {}
    result = {}
    for id, parts in against.items():
        key = tuple(parts)
        if key not in unions:
            unions[key] = Rivals(tuple(sorted({rival for part in parts for rival in part.ids})))
        result[id] = unions[key]
    return result


class _RivalFinder:
    """The live assertions of a corpus by what they say, and who of them opposes whom."""

    def __init__(self, live: Collection[Assertion], corpus: Corpus, ontology: Ontology) -> None:
        self.live = {a.id: a for a in live}
        self.corpus, self.ontology = corpus, ontology
        self.claims: dict[Triple, list[Assertion]] = defaultdict(list)
        self.denials: dict[Triple, list[Assertion]] = defaultdict(list)
        for a in live:
            if a.polarity is Polarity.DENIES:
                self.denials[proposition(a, ontology)].append(a)
                continue
            for triple in entailed_propositions(a, ontology):
                self.claims[triple].append(a)

    def denied(self) -> Iterator[_Pair]:
        """Yield what is claimed and denied, each against the other."""
        for triple, denials in self.denials.items():
            if triple in self.claims:
                claiming, denying = self._camps(self.claims[triple]), self._camps(denials)
                yield from _face(claiming, denying)
                yield from _face(denying, claiming)

    def other_values(self) -> Iterator[_Pair]:
        """Yield the values of functional relations, each against the others."""
        by_value: dict[tuple[str, str], dict[str, list[Assertion]]] = {}
        for triple, claims in self.claims.items():
            deeds = [a for a in claims if a.mode is Mode.ACTUAL]
            for what, value in functional_values(triple, self.ontology):
                by_value.setdefault(what, {}).setdefault(value, []).extend(deeds)
        for values in by_value.values():
            if len(values) > 1:
                camps = {value: self._camps(deeds) for value, deeds in values.items()}
                for value, own in camps.items():
                    others = [camps[other] for other in camps if other != value]
                    yield from _face(own, list(chain.from_iterable(others)))

    def other_limits(self) -> Iterator[_Pair]:
        """Yield the ends, or the beginnings, of one state on days that cannot be one, each against
        the others.
        """
        by_state: dict[tuple[bool, str], list[Assertion]] = defaultdict(list)
        for a in self.live.values():
            is_deed = a.polarity is Polarity.ASSERTS and a.mode is Mode.ACTUAL
            if a.limited_state and is_deed:
                by_state[a.ends is not None, a.limited_state.id].append(a)
        for limits in by_state.values():
            camps = self._camps(limits)
            for camp in camps:
                others = [o.ids for o in camps if overlap(o.date, camp.date) is Overlap.NO]
                if others:
                    yield camp.ids, Rivals(tuple(chain.from_iterable(others)))

    def named_denials(self) -> Iterator[_Pair]:
        """Yield live denials and what they name, or what has corrected that since, where their
        dates would part the two.

        Whoever denies a claim denies it, whatever day is put to the denial. A denial without a day
        goes for what has corrected the claim's day, too.
        """
        corrections: dict[str, list[Assertion]] = defaultdict(list)
        for a in self.live.values():
            for earlier in self._corrected_by(a):
                corrections[earlier].append(a)
        for denial in self.live.values():
            if denial.denies is None:
                continue
            denied = self.live.get(denial.denies.id)
            targets = [denied] if denied else []
            targets += corrections[denial.denies.id] if denial.when is None else []
            for target in targets:
                if self._is_parted(denial, target):
                    yield [denial.id], Rivals((target.id,))
                    yield [target.id], Rivals((denial.id,))

    def _is_parted(self, denial: Assertion, target: Assertion) -> bool:
        """Whether dates alone part a denial from what it denies."""
        is_denied = (
            target.mode is denial.mode
            and target.polarity is not denial.polarity
            and target.triple == denial.triple
        )
        times = time_of(target, self.corpus), time_of(denial, self.corpus)
        return is_denied and overlap(*times) is Overlap.NO

    def other_answers(self) -> Iterator[_Pair]:
        """Yield the answers to each question of which one is right, each against the others."""
        for conflict in self.corpus.conflicts.values():
            if conflict.kind is not ConflictKind.EXACTLY_ONE:
                continue
            answers = self.answers(conflict)
            for (triple, mode), ids in answers.items():
                others = [
                    rivals
                    for (other, other_mode), rivals in answers.items()
                    if other != triple and other_mode is mode
                ]
                opposing = set(chain.from_iterable(others))
                yield [id for id in ids if id not in opposing], Rivals(tuple(opposing))
                for id in opposing.intersection(ids):
                    yield [id], Rivals(tuple(opposing - {id}))

    def answers(self, conflict: Conflict) -> dict[tuple[Triple, Mode], list[str]]:
        """Return the live answers to a question, by what they say and how: those that it names, and
        all that say the same then.

        Who says the same elsewhere gives the same answer, and so does who says something that
        cannot be right without it.
        """
        answers: dict[tuple[Triple, Mode], dict[str, None]] = {}
        for reference in conflict.between:
            member = self.corpus.assertions.get(reference.id)
            if member is None or member.withdrawn:
                continue
            triple = self._proposition(member)
            denies = member.polarity is Polarity.DENIES
            for each in (self.denials if denies else self.claims).get(triple, ()):
                if each is member or self._answers_alike(each, member):
                    answers.setdefault((triple, member.mode), {})[each.id] = None
        return {answer: list(ids) for answer, ids in answers.items()}

    def equal_answers(self, conflict: Conflict) -> dict[str, list[str]]:
        """Return for each live answer to a question those that give the same one: for one that the
        question names itself alone, for any other all that say exactly what it says.
        """
        equal: dict[str, list[str]] = {}
        for (triple, _), ids in self.answers(conflict).items():
            same = [id for id in ids if self._proposition(self.live[id]) == triple]
            equal = dict.fromkeys(same, same) | equal
        members = [reference.id for reference in conflict.between if reference.id in self.live]
        return equal | {id: [id] for id in members}

    def _proposition(self, assertion: Assertion) -> Triple:
        return proposition(assertion, self.ontology)

    def _answers_alike(self, assertion: Assertion, member: Assertion) -> bool:
        """Whether an assertion that says what a member of a question says is the same answer."""
        times = time_of(assertion, self.corpus), time_of(member, self.corpus)
        is_then = overlap(*times) is not Overlap.NO
        is_same_time = is_then or member.id in self._corrected_by(assertion)
        return assertion.mode is member.mode and is_same_time

    def _corrected_by(self, assertion: Assertion) -> list[str]:
        """The ids of what an assertion corrects or replaces, through any number of steps."""

        def earlier(id: str) -> list[str]:
            return [each.id for each in self.corpus.assertions[id].supersedes]

        return closure(earlier(assertion.id), earlier)

    def _camps(self, assertions: Iterable[Assertion]) -> list[_Camp]:
        camps: dict[tuple[Mode, str], tuple[Date | None, list[str]]] = {}
        for a in assertions:
            date = time_of(a, self.corpus)
            camp = camps.setdefault((a.mode, date.text if date else ""), (date, []))
            camp[1].append(a.id)
        return [_Camp(mode, date, tuple(ids)) for (mode, _), (date, ids) in camps.items()]


def _face(camps: Iterable[_Camp], others: Collection[_Camp]) -> Iterator[_Pair]:
    for camp in camps:
        opposing = [other.ids for other in others if camp.opposes(other)]
        if opposing:
            yield camp.ids, Rivals(tuple(chain.from_iterable(opposing)))


class OpenQuestion(NamedTuple):
    """A question, and those of its live answers that are not an assertion's own."""

    words: str
    others: list[str]


def open_questions(
    live: Collection[Assertion], corpus: Corpus, ontology: Ontology
) -> dict[str, list[OpenQuestion]]:
    """Return for each live assertion that is one of several live answers what it answers."""
    questions: dict[str, list[OpenQuestion]] = defaultdict(list)
    if not corpus.conflicts:
        return questions
    finder = _RivalFinder(live, corpus, ontology)
    for conflict in corpus.conflicts.values():
        members = [finder.live[r.id] for r in conflict.between if r.id in finder.live]
        for id, same in finder.equal_answers(conflict).items():
            mode = finder.live[id].mode
            others = [a.id for a in members if a.mode is mode and a.id not in same]
            if others:
                questions[id].append(OpenQuestion(conflict.question.text, others))
    return questions
