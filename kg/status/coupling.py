"""Which assertions may bear on each other, so that each group can be judged without the others.

Assertions are coupled by anything that judging looks up: what they are said of, links, values that
something has one of, a life that others move on, offices, identity, places. A group may be larger
than it need be; that of a smaller one would be judged wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from kg.model import Assertion
from kg.model.closure import closure, group_by_shared
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.modes import Mode
from kg.ontology import Ontology
from kg.ontology.terms import Relation
from kg.status.propositions import entailed_propositions, functional_values


def couple_assertions(corpus: Corpus, ontology: Ontology) -> dict[str, str]:
    """Return for each assertion of a checked corpus, by id, the group in which it is judged. Ids
    that are not merged yet may stand for one thing.
    """
    coupling = Coupling(corpus, ontology)
    return group_by_shared({a.id: coupling.keys(a) for a in corpus.assertions.values()})


def coupling_key(*parts: str) -> str:
    """What couples assertions: of which kind it is, and of what."""
    return "\0".join(parts)


class Reach(NamedTuple):
    """The things by which assertions are coupled whatever these say of them: that share a judgement
    of identity or a word of the editors, whose life something moves on, that hold or are offices,
    and the places that lie within others.
    """

    shared: set[str]
    moved_things: set[str]
    holders: set[str]
    places: set[str]

    def is_within(self, other: Reach) -> bool:
        """Whether another one has all of it."""
        return all(own <= theirs for own, theirs in zip(self, other, strict=True))


class Coupling:
    """What couples the assertions of a corpus, by the ``reach`` that this has or a larger one that
    it is given. Things are named by one of the ids that any judgement of identity ties, accepted
    or not.
    """

    def __init__(self, corpus: Corpus, ontology: Ontology, reach: Reach | None = None) -> None:
        self.corpus, self.ontology, self.offices = corpus, ontology, _offices(ontology)
        assertions = corpus.assertions.values()
        self.judgements = [a for a in assertions if self._relation(a).judges_identity]
        pairs = {a.id: (a.subject.id, a.object_key) for a in self.judgements}
        roots = group_by_shared(pairs)
        self.one_id = {end: roots[id] for id, ends in pairs.items() for end in ends}
        self.principals = group_pairs(
            (self._one(thing.id), self._one(thing.acts_for.id))
            for thing in corpus.things.values()
            if thing.acts_for
        )
        self.conflicts = group_pairs(
            (answer.id, each.id) for each in corpus.conflicts.values() for answer in each.between
        )
        self.reach = reach or self._find_reach()

    def _find_reach(self) -> Reach:
        assertions = self.corpus.assertions.values()
        editorial = [a for a in assertions if not a.citations and not a.follows_from]
        tied_ids = (a.tied_things for a in (*self.judgements, *editorial))
        shared = set(self._with_principals(chain.from_iterable(tied_ids)))
        moved_lives = set(chain.from_iterable(map(self._moved_lives, assertions)))
        offices = [a for a in assertions if self._is_office(a)]
        ends = ((a.subject.id, a.object_key) for a in offices)
        holders = set(self._with_principals(chain.from_iterable(ends)))
        located = (a.tied_things for a in assertions if self._relation(a).places_within)
        places = set(map(self._one, chain.from_iterable(located)))
        return Reach(shared, moved_lives, holders, places)

    def keys(self, a: Assertion) -> list[str]:
        """Return what couples an assertion with others; the first is its own id."""
        own = coupling_key("assertion", a.id)
        return [own, *self._links(a), *self._said_of(a), *self._reach(a)]

    def _links(self, a: Assertion) -> Iterator[str]:
        realised_by = a.outcome.realised_by if a.outcome else None
        links = [a.denies, realised_by, a.ends, a.begins, *a.supersedes, *a.follows_from]
        ids = [link.id for link in links if link]
        ids += [a.object_assertion] if a.object_assertion else []
        yield from (coupling_key("assertion", id) for id in ids)
        yield from (coupling_key("conflict", id) for id in self.conflicts.get(a.id, ()))

    def _said_of(self, a: Assertion) -> Iterator[str]:
        """What it says of two ends, be it of those for whom they act; and values of which there is
        one.
        """
        object = self._one(a.object_key)
        for subject in self._with_principals([a.subject.id]):
            yield coupling_key("of", *sorted((subject, object)))
        for triple in entailed_propositions(a, self.ontology):
            for valued in functional_values(triple, self.ontology):
                yield coupling_key("value", self._one(valued.key[0]), *valued.key[1:])

    def _reach(self, a: Assertion) -> Iterator[str]:
        """What reaches further: lives, offices, identity and the editors' word, places."""
        ends = self._with_principals((a.subject.id, a.object_key))
        yield from (coupling_key("life", id) for id in ends if id in self.reach.moved_things)
        yield from (
            coupling_key("thing", id) for id in self._named_things(a) if id in self.reach.shared
        )
        if self._is_office(a) or self.reach.holders.issuperset(map(self._one, a.tied_things)):
            yield "office"
        is_placed = a.where is not None and self._one(a.where.id) in self.reach.places
        if is_placed or self._relation(a).places_within:
            yield "place"

    def _relation(self, a: Assertion) -> Relation:
        return self.ontology.relation_of(a)

    def _one(self, id: str) -> str:
        return self.one_id.get(id, id)

    def _with_principals(self, ids: Iterable[str]) -> list[str]:
        """Things, and those for whom they act, in any number of steps."""
        return closure([self._one(id) for id in ids], lambda id: self.principals.get(id, ()))

    def _named_things(self, a: Assertion) -> list[str]:
        """The things that it names; of what is supposed, also those who wrote its sources."""
        references = list(a.mentions)
        for citation in a.citations if a.mode is Mode.SUPPOSED else ():
            references += self.corpus.articles[citation.article.id].originators
        return self._with_principals(each.id for each in references)

    def _moved_lives(self, a: Assertion) -> Iterator[str]:
        """The things whose life an assertion may move on."""
        relation = self._relation(a)
        if relation.names_stage:
            yield self._one(a.subject.id)
        enters = relation.enters_status or (relation.party_enters and not relation.is_state)
        if enters or relation.joining or relation.takes_back:
            yield self._one(a.object_key)

    def _is_office(self, a: Assertion) -> bool:
        """Whether conclusions on counterparts are drawn from it, or it says such a thing."""
        return a.predicate.id in self.offices


def _offices(ontology: Ontology) -> set[str]:
    """The relations that lead to those from which counterparts are concluded, or say such."""
    relations = ontology.relations
    offices = {name for name, each in relations.items() if each.counterparts}
    offices |= {relations[name].counterparts for name in offices}

    def wider(name: str) -> list[str]:
        each = relations.get(name)
        return [*each.parents, each.inverse] if each else []

    lineages = {name: closure([name], wider) for name in relations}
    return {name for name, lineage in lineages.items() if not offices.isdisjoint(lineage)}
