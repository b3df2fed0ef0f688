"""Where each assertion stands: computed here, in one place, and never written by hand.

The order of the rules is the order of ``Status`` (docs/model.md, section 4). A claim never turns
into a fact: only what articles report in their own voice, undenied and without a rival, is
accepted.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from kg.model import Assertion, Basis, Corpus, Mode, Polarity
from kg.ontology import Ontology
from kg.status.editions import (
    is_retracted,
    later_states,
    originators,
    unconfirmed_in,
)
from kg.status.propositions import Triple, proposition
from kg.status.reasons import Mention, Reason, assertions, reason
from kg.status.rivals import Rivals, open_questions, oppositions
from kg.status.statuses import MEANING as MEANING
from kg.status.statuses import Status as Status
from kg.status.withdrawals import counting_withdrawals


class Standing(NamedTuple):
    """An assertion's status, the reason, and the live assertions that stand against it, by id."""

    status: Status
    reason: Reason
    against: tuple[str, ...] = ()


def _is_gone(standing: Standing) -> bool:
    return standing.status in (Status.WITHDRAWN, Status.SUPERSEDED)


def affirms(assertion: Assertion, standing: Standing) -> bool:
    """Whether an assertion is accepted and says that something is so, not that it is not."""
    return standing.status is Status.ACCEPTED and assertion.asserts_triple


def standings(
    corpus: Corpus,
    ontology: Ontology,
    voices: Collection[str] = (),
) -> dict[str, Standing]:
    """Return the standing of every assertion of a checked corpus, by id, in reading order.

    ``voices`` are speakers whose claims are taken as accepted; what others say against these does
    not contest them.
    """
    judge = _Judge(corpus, ontology, frozenset(voices))
    return {id: judge.standing(assertion) for id, assertion in corpus.assertions.items()}


def _withdrawn(corpus: Corpus) -> dict[str, Standing]:
    """What its speaker took back, as far as a source that was not retracted says so, and what only
    retracted sources report.
    """
    standings = {}
    for a in corpus.assertions.values():
        counting = counting_withdrawals(a, corpus)
        if a.is_withdrawn_by(counting):
            days = [each.when.text for each in counting if each.when]
            when = f" ({', '.join(days)})" if days else ""
            who = "its speakers" if len(a.speakers) > 1 else "its speaker"
            why = reason(f"{who} took it back{when}")
            standings[a.id] = Standing(Status.WITHDRAWN, why)
        elif is_retracted(a, corpus):
            ids = sorted({citation.article.id for citation in a.citations})
            retracted = [f"{id} was {corpus.articles[id].retracted_text}" for id in ids]
            standings[a.id] = Standing(Status.WITHDRAWN, reason("; ".join(retracted)))
    return standings


def _superseded(corpus: Corpus, withdrawn: Collection[str]) -> dict[str, Standing]:
    """What something supersedes that is not withdrawn itself; a plan cannot correct a deed."""
    standings: dict[str, Standing] = {}
    for a in corpus.assertions.values():
        how = "undone from its first day" if a.retroactive else "corrected or replaced"
        standing = Standing(Status.SUPERSEDED, reason(f"{how} by ", Mention(a.id)))
        earlier = [corpus.assertions[each.id] for each in a.supersedes if a.id not in withdrawn]
        for each in earlier:
            is_outdone = a.mode is Mode.ACTUAL or each.mode is not Mode.ACTUAL
            if is_outdone and each.id not in withdrawn:
                standings.setdefault(each.id, standing)
    return standings


class _Judge:
    """Finds where assertions stand, each once; those that one follows from come before it (checks
    refuse circles).
    """

    def __init__(self, corpus: Corpus, ontology: Ontology, voices: frozenset[str]) -> None:
        self.corpus, self.ontology = corpus, ontology
        spoken = [(a.id, speaker.id) for a in corpus.assertions.values() for speaker in a.speakers]
        self.voiced = {id for id, speaker in spoken if speaker in voices}
        withdrawn = _withdrawn(corpus)
        self.results = withdrawn | _superseded(corpus, withdrawn)
        live = [a for a in corpus.assertions.values() if a.id not in self.results]
        self.against = oppositions(live, corpus, ontology)
        self.questions = open_questions(live, corpus, ontology)
        self.reasons: dict[Rivals, Reason] = {}
        self.later = later_states(corpus.articles)

    def standing(self, assertion: Assertion) -> Standing:
        """Return where an assertion stands, after what it follows from, however long the chain."""
        stack = [assertion]
        while stack:
            last = stack[-1]
            premises = [r.id for r in last.follows_from if r.id not in self.results]
            if last.id in self.results:
                stack.pop()
            elif premises:
                stack += [self.corpus.assertions[id] for id in premises]
            else:
                self.results[last.id] = self._judge(last)
        return self.results[assertion.id]

    def _judge(self, assertion: Assertion) -> Standing:
        """Apply the rules in their order to a live assertion, and tell where a later state of its
        only source does not confirm it.
        """
        standing = self._apply_rules(assertion)
        if not self.later:
            return standing
        ids = unconfirmed_in(assertion, self.corpus, self.later)
        if not ids:
            return standing
        doubt = f"; a later version does not confirm it: {', '.join(ids)}"
        return standing._replace(reason=Reason((*standing.reason.parts, doubt)))

    def _apply_rules(self, assertion: Assertion) -> Standing:
        rivals = self.against.get(assertion.id, _NO_RIVALS)
        if assertion.mode is Mode.OPINION:
            return Standing(Status.OPINION, _OPINION, rivals.ids)
        if assertion.mode is Mode.SUPPOSED:
            return self._supposed(assertion, rivals)
        if assertion.mode is not Mode.ACTUAL:
            return Standing(Status.PROSPECTIVE, reason(f"{assertion.mode}, not a deed"), rivals.ids)
        if why := self._contested(assertion, rivals):
            return Standing(Status.CONTESTED, why, rivals.ids)
        speakers = [Mention(speaker.id, is_assertion=False) for speaker in assertion.speakers]
        if speakers and self._answers_claim(assertion):
            return Standing(Status.DENIAL, _DENIAL, rivals.ids)
        if assertion.id in self.voiced:
            why = reason(speakers, " says so, whose claims the lens takes as accepted")
            return Standing(Status.ACCEPTED, why, rivals.ids)
        if speakers:
            why = reason(speakers, " says so; no article vouches for it")
            return Standing(Status.ATTRIBUTED, why)
        if assertion.basis is Basis.INFERRED:
            return self._inferred(assertion)
        is_editorial = assertion.basis is Basis.EDITORIAL
        return Standing(Status.ACCEPTED, _EDITORIAL if is_editorial else _REPORTED)

    def _answers_claim(self, assertion: Assertion) -> bool:
        """Whether something is denied that somebody claimed, be it that this no longer counts."""
        if assertion.polarity is Polarity.ASSERTS:
            return False
        return assertion.denies is not None or self._key(assertion) in self._dead_claims

    @cached_property
    def _dead_claims(self) -> set[tuple[Triple, Mode]]:
        """What was claimed and has been taken back or replaced."""
        results, assertions = self.results, self.corpus.assertions
        dead = [a for a in assertions.values() if a.id in results and _is_gone(results[a.id])]
        return {self._key(a) for a in dead if a.polarity is Polarity.ASSERTS}

    def _key(self, assertion: Assertion) -> tuple[Triple, Mode]:
        return proposition(assertion, self.ontology), assertion.mode

    def _supposed(self, assertion: Assertion, rivals: Rivals) -> Standing:
        """What a source says to be perhaps so is its holder's, and never a fact."""
        holders = assertion.speakers or originators(assertion, self.corpus)
        names = [Mention(holder.id, is_assertion=False) for holder in holders]
        why = reason(names, " supposes so; no article vouches for it")
        return Standing(Status.ATTRIBUTED, why if names else _SUPPOSED, rivals.ids)

    def _contested(self, assertion: Assertion, rivals: Rivals) -> Reason | None:
        """The reason why an assertion is contested, if it is. What is voiced is so only by what is
        voiced, too.
        """
        is_voiced = assertion.id in self.voiced
        if is_voiced:
            rivals = Rivals(tuple(id for id in rivals.ids if id in self.voiced))
        if rivals.ids:
            if rivals not in self.reasons:
                self.reasons[rivals] = reason("stands against ", assertions(rivals.ids))
            return self.reasons[rivals]
        for question in self.questions.get(assertion.id, ()):
            if not is_voiced or not self.voiced.isdisjoint(question.others):
                return reason(f"one of several answers to: {question.words}")
        return None

    def _inferred(self, assertion: Assertion) -> Standing:
        """A conclusion stands no better than the weakest of what it follows from."""
        premises = sorted(premise.id for premise in assertion.follows_from)
        weakest = min(premises, key=lambda id: _ORDER[self.results[id].status])
        status = self.results[weakest].status
        if status is Status.ACCEPTED:
            return Standing(status, reason("it follows from ", assertions(premises)))
        why = reason("it follows from ", Mention(weakest), f", which is {status}")
        return Standing(Status.ATTRIBUTED if status is Status.DENIAL else status, why)


_ORDER = {status: number for number, status in enumerate(Status)}
_NO_RIVALS = Rivals(())
_OPINION = reason("a judgement of its holder")
_SUPPOSED = reason("it is supposed; no article vouches for it")
_DENIAL = reason("it denies, and no live assertion that counts says otherwise")
_EDITORIAL = reason("the editors hold it, for the reason in its note")
_REPORTED = reason("reported by an article in its own voice, undenied")
