"""What assertions say, whoever says it, and which of them cannot be right together.

A rival is found by what is said and when: one of opposite polarity about one proposition or a more
general one, another value of a functional relation (at whichever end), another answer to a question
of which one is right (docs/model.md, section 4).
"""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.dates import Date, Overlap, overlap
from kg.model import Assertion, Conflict, ConflictKind, Corpus, Mode, Polarity
from kg.ontology import Ontology

Triple = tuple[str, str, str]


def proposition(
    assertion: Assertion, ontology: Ontology, identity: Mapping[str, str] | None = None
) -> Triple:
    """What is asserted or denied, whoever does: the triple, in one direction where the relation has
    two.

    ``a meets b`` and ``b meets a`` are one proposition, and so are a triple and that of the inverse
    relation. Ids that ``identity`` says to stand for one thing make one proposition, too, but not
    in a judgement of who is whom.
    """
    subject, predicate, object = assertion.subject.id, assertion.predicate.id, assertion.object_key
    if identity and not ontology.relations[predicate].judges_identity:
        subject, object = identity.get(subject, subject), identity.get(object, object)
    return _one_way((subject, predicate, object), ontology)


def _one_way(triple: Triple, ontology: Ontology) -> Triple:
    """A triple in the direction that stands for it and for its mirror image."""
    subject, predicate, object = triple
    relation = ontology.relations.get(predicate)
    if relation and relation.symmetric and object < subject:
        return object, predicate, subject
    if relation and relation.inverse and relation.inverse < predicate:
        return object, relation.inverse, subject
    return triple


def _entailed(
    assertion: Assertion, ontology: Ontology, identity: Mapping[str, str]
) -> list[Triple]:
    """The propositions that cannot be wrong if an assertion is right: its own, and those of more
    general relations.
    """
    found = [proposition(assertion, ontology, identity)]
    for subject, predicate, object in found:
        if relation := ontology.relations.get(predicate):
            wider = [(subject, name, object) for name in relation.parents]
            if inverse := ontology.relations.get(relation.inverse):
                wider += [(object, name, subject) for name in inverse.parents]
            for triple in (
                _one_way(each, ontology) for each in wider if each[1] in ontology.relations
            ):
                if triple not in found:
                    found.append(triple)
    return found


def _values(triple: Triple, ontology: Ontology) -> Iterator[tuple[tuple[str, str], str]]:
    """What has a value by a proposition, by which functional relation, and which: it may do so at
    both its ends.
    """
    subject, predicate, object = triple
    relation = ontology.relations.get(predicate)
    if relation is None:
        return
    if relation.functional:
        yield (subject, predicate), object
        if relation.symmetric:
            yield (object, predicate), subject
    inverse = ontology.relations.get(relation.inverse)
    if inverse and inverse.functional:
        yield (object, inverse.name), subject


def time_of(assertion: Assertion, corpus: Corpus) -> Date | None:
    """When an assertion says that it was; a denial without a date denies what it denies, whenever
    that was.
    """
    seen: set[str] = set()
    while assertion.when is None and assertion.denies and assertion.id not in seen:
        seen.add(assertion.id)
        assertion = corpus.assertions[assertion.denies.id]
    return assertion.when


def is_deed(assertion: Assertion) -> bool:
    """Whether an assertion speaks of what is, not of plans or judgements: a plan cannot correct a
    deed.
    """
    return assertion.mode is Mode.ACTUAL


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


def _camps(assertions: Iterable[Assertion], corpus: Corpus) -> list[_Camp]:
    found: dict[tuple[Mode, str], tuple[Date | None, list[str]]] = {}
    for a in assertions:
        date = time_of(a, corpus)
        found.setdefault((a.mode, date.text if date else ""), (date, []))[1].append(a.id)
    return [_Camp(mode, date, tuple(ids)) for (mode, _), (date, ids) in found.items()]


_Said = dict[Polarity, dict[Triple, list[Assertion]]]
"""The live assertions of each polarity by what they say."""


def _nothing_said() -> _Said:
    return {polarity: defaultdict(list) for polarity in Polarity}


def oppositions(
    live: Collection[Assertion], corpus: Corpus, ontology: Ontology, identity: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """For each live assertion those that cannot be right together with it, in order of their ids.

    Those of one camp share one such list: many denials of one claim cost no more than each denial
    once.
    """
    against: dict[str, list[tuple[str, ...]]] = defaultdict(list)

    def face(camps: Iterable[_Camp], others: Collection[_Camp]) -> None:
        for camp in camps:
            if rivals := tuple(id for other in others if camp.opposes(other) for id in other.ids):
                for id in camp.ids:
                    against[id].append(rivals)

    said = _nothing_said()
    by_value: dict[tuple[str, str], dict[str, list[Assertion]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for a in live:
        if a.polarity is Polarity.DENIES:
            said[a.polarity][proposition(a, ontology, identity)].append(a)
            continue
        for triple in _entailed(a, ontology, identity):
            said[a.polarity][triple].append(a)
            for what, value in _values(triple, ontology) if is_deed(a) else ():
                by_value[what][value].append(a)
    for triple, denials in said[Polarity.DENIES].items():
        if claims := said[Polarity.ASSERTS].get(triple):
            asserting, denying = _camps(claims, corpus), _camps(denials, corpus)
            face(asserting, denying)
            face(denying, asserting)
    for values in by_value.values():
        if len(values) > 1:
            camps = {value: _camps(assertions, corpus) for value, assertions in values.items()}
            for value, own in camps.items():
                face(own, [camp for other, its in camps.items() if other != value for camp in its])
    for one, other in _named_denials(live, corpus):
        against[one].append((other,))
        against[other].append((one,))
    for conflict in corpus.conflicts.values():
        if conflict.kind is ConflictKind.EXACTLY_ONE:
            answers = _answers(conflict, corpus, said, ontology, identity)
            for answer, given in answers.items():
                others = [
                    ids
                    for other, ids in answers.items()
                    if other[0] != answer[0] and other[1] is answer[1]
                ]
                for id in given:
                    against[id].append(
                        tuple(rival for ids in others for rival in ids if rival != id)
                    )
    return _merged(against)


def _named_denials(live: Iterable[Assertion], corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Live denials with what they name, or what has corrected that since, where their dates would
    part the two.

    Whoever denies a claim denies it, whatever day is put to the denial. A denial without a day goes
    for what has corrected the claim's day, too.
    """
    corrected: dict[str, list[Assertion]] = defaultdict(list)
    alive = {a.id: a for a in live}
    for a in alive.values():
        for earlier in _corrects(a, corpus):
            corrected[earlier].append(a)
    for denial in alive.values():
        if denial.denies is None:
            continue
        named = [alive[denial.denies.id]] if denial.denies.id in alive else []
        for target in (*named, *(corrected[denial.denies.id] if denial.when is None else ())):
            if (
                target.mode is denial.mode
                and target.polarity is not denial.polarity
                and target.triple == denial.triple
                and overlap(time_of(target, corpus), time_of(denial, corpus)) is Overlap.NO
            ):
                yield denial.id, target.id


def _corrects(assertion: Assertion, corpus: Corpus) -> dict[str, None]:
    """What an assertion corrects or replaces, through any number of steps, by id."""
    found: dict[str, None] = {}
    earlier = assertion.supersedes
    while earlier and earlier.id not in found:
        found[earlier.id] = None
        earlier = corpus.assertions[earlier.id].supersedes
    return found


def _answers(
    conflict: Conflict,
    corpus: Corpus,
    said: _Said,
    ontology: Ontology,
    identity: Mapping[str, str],
) -> dict[tuple[Triple, Mode], tuple[str, ...]]:
    """The live answers to a question, by what they say and how: those it names, and all that say
    the same then.

    Who says the same elsewhere gives the same answer.
    """
    found: dict[tuple[Triple, Mode], dict[str, None]] = {}
    for reference in conflict.between:
        member = corpus.assertions.get(reference.id)
        if member is None or member.withdrawn:
            continue
        own, when = proposition(member, ontology, identity), time_of(member, corpus)
        for each in said[member.polarity].get(own, ()):
            is_then = overlap(
                time_of(each, corpus), when
            ) is not Overlap.NO or member.id in _corrects(each, corpus)
            if each.mode is member.mode and (each is member or is_then):
                found.setdefault((own, member.mode), {})[each.id] = None
    return {answer: tuple(ids) for answer, ids in found.items()}


def _merged(against: Mapping[str, Sequence[tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """All that stands against each assertion, once and in order; the same lists become the same
    list.
    """
    known: dict[tuple[int, ...], tuple[str, ...]] = {}
    found = {}
    for id, lists in against.items():
        key = tuple(map(builtins.id, lists))
        if key not in known:
            known[key] = tuple(sorted({rival for rivals in lists for rival in rivals}))
        found[id] = known[key]
    return found


def open_rivals(
    live: Collection[Assertion], corpus: Corpus, ontology: Ontology
) -> dict[str, list[_Open]]:
    """For each live assertion that is one of several live answers: the questions, each with the
    other answers.
    """
    found: dict[str, list[_Open]] = defaultdict(list)
    said = _nothing_said()
    for a in live if corpus.conflicts else ():
        said[a.polarity][proposition(a, ontology)].append(a)
    modes = {a.id: a.mode for a in live}
    for conflict in corpus.conflicts.values():
        members = [r.id for r in conflict.between if r.id in modes]
        same = _answers(conflict, corpus, said, ontology, {})
        for id in dict.fromkeys([*members, *(id for ids in same.values() for id in ids)]):
            alike = () if id in members else next(ids for ids in same.values() if id in ids)
            if others := [
                o for o in members if o != id and o not in alike and modes[o] is modes[id]
            ]:
                found[id].append((conflict.question.text, others))
    return found


_Open = tuple[str, list[str]]
"""A question, and the other answers to it."""
