"""The live assertions of a corpus, looked up by what they say and within which limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from kg.dates import Date, as_known_on
from kg.model import Assertion
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.ontology.terms import Identity
from kg.status.corrections import corrected_by
from kg.status.propositions import Triple, entailed_propositions, proposition_of
from kg.status.scope import Scope, Scopes
from kg.status.support import report_days


class Camp(NamedTuple):
    """Assertions, by id, within the same limits, so that all stand against the same ones."""

    scope: Scope
    ids: tuple[str, ...]


class LiveRecord:
    """The live assertions of a corpus by what they say, and within which limits."""

    def __init__(self, live: Collection[Assertion], corpus: Corpus, ontology: Ontology) -> None:
        self.live = {a.id: a for a in live}
        self.corpus, self.ontology = corpus, ontology
        self.scopes = Scopes(live, ontology)
        self.claims: dict[Triple, list[Assertion]] = defaultdict(list)
        self.denials: dict[Triple, list[Assertion]] = defaultdict(list)
        self._propositions: dict[str, Triple] = {}
        self._times: dict[str, Date | None] = {}
        for a in live:
            if a.is_denial:
                self.denials[self.proposition(a)].append(a)
                continue
            for triple in entailed_propositions(a, ontology):
                self.claims[triple].append(a)

    def proposition(self, assertion: Assertion) -> Triple:
        """Return what an assertion says or denies, worked out once for each."""
        kept_proposition = self._propositions.get(assertion.id)
        if kept_proposition is None:
            kept_proposition = self._propositions[assertion.id] = proposition_of(
                assertion, self.ontology
            )
        return kept_proposition

    def find_alike(self, assertion: Assertion) -> Sequence[Assertion]:
        """Return the live assertions that say or entail what one says or, where it denies, deny
        the same.
        """
        record = self.denials if assertion.is_denial else self.claims
        return record.get(self.proposition(assertion), ())

    def time(self, assertion: Assertion) -> Date | None:
        """Return when an assertion says that it was (``time_of``), found once for each denial on
        a chain of them.
        """
        waiting = []
        while assertion.id not in self._times and assertion.when is None and assertion.denies:
            self._times[assertion.id] = None
            waiting.append(assertion.id)
            assertion = self.corpus.assertions[assertion.denies.id]
        date = self._times.get(assertion.id, assertion.when)
        self._times |= dict.fromkeys(waiting, date)
        return date

    def scope(self, assertion: Assertion) -> Scope:
        """Return the limits of an assertion; an undated denial is of the time that it denies."""
        return self.scopes.scope(assertion, self.time(assertion))

    def attested_scope(self, assertion: Assertion) -> Scope:
        """Return the limits of an assertion, of which what goes on is known up to its last report
        only.
        """
        date = self.time(assertion)
        reported = report_days(assertion, self.corpus)[1]
        if date and date.goes_on and reported:
            date = as_known_on(date, reported)
        return self.scopes.scope(assertion, date)

    def camps(
        self,
        assertions: Iterable[Assertion],
        scope: Callable[[Assertion], Scope] | None = None,
    ) -> list[Camp]:
        """Return assertions by their limits."""
        camps: dict[object, tuple[Scope, list[str]]] = {}
        for a in assertions:
            own = (scope or self.scope)(a)
            end = own.date.end_earliest if own.date else None
            camps.setdefault((*own.key, end), (own, []))[1].append(a.id)
        return [Camp(own, tuple(ids)) for own, ids in camps.values()]

    def may_be_one(self, one: str, other: str) -> bool:
        """Whether two ids may stand for one thing: one of them is unnamed, or they are judged to
        be perhaps the same.
        """
        return self._is_unnamed(one) or self._is_unnamed(other) or {one, other} in self._perhaps

    def happens_once(self, assertion: Assertion) -> bool:
        """Whether an assertion tells a deed that can be done once: always, or to what it is done to
        here; or dates an event that is over in a day.
        """
        relation = self.ontology.relation_of(assertion)
        object = self.corpus.things.get(assertion.object_key)
        kind = object.type.id if object else ""
        is_once = object and self.ontology.is_a(kind, relation.happens_once_with)
        return relation.happens_once or bool(is_once) or self._is_on_one_day(assertion)

    def _is_on_one_day(self, assertion: Assertion) -> bool:
        relation = self.ontology.relation_of(assertion)
        if not relation.dates_event or relation.is_state or assertion.limited_state:
            return False
        event = self.corpus.things.get(assertion.end(relation.dates_event))
        return event is not None and self.ontology.classes[event.type.id].on_one_day

    def _is_unnamed(self, id: str) -> bool:
        thing = self.corpus.things.get(id)
        return thing is not None and self.ontology.classes[thing.type.id].is_unnamed

    @cached_property
    def _perhaps(self) -> set[frozenset[str]]:
        """The pairs of ids that are judged to be perhaps the same thing."""
        relations = self.ontology.relations
        return {
            frozenset((a.subject.id, a.object_key))
            for a in self.live.values()
            if relations[a.predicate.id].judges_identity == Identity.PERHAPS_SAME
        }

    def corrected_ids(self, assertion: Assertion) -> list[str]:
        """Return the ids of what an assertion corrects or replaces, through any number of steps."""

        def earlier(id: str) -> list[str]:
            return [each.id for each in corrected_by(self.corpus.assertions[id], self.corpus)]

        return closure(earlier(assertion.id), earlier)
