"""Where each assertion stands: computed here, in one place, and never written by hand.

The order of the rules is the order of ``Status`` (docs/model.md, section 4). A claim never turns
into a fact: only what articles report in their own voice, undenied and without a rival, is
accepted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

from kg.dates.words import readable
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.modes import Basis, Mode
from kg.ontology import Ontology
from kg.status.answers import answer_pairs, open_details, open_questions
from kg.status.corrections import corrected_by
from kg.status.editions import is_retracted, later_states, originators, unconfirmed_in
from kg.status.live_record import LiveRecord
from kg.status.propositions import Triple, proposition_of
from kg.status.reasons import (
    Mention,
    Reason,
    make_reason,
    mention_assertions,
    mention_sources,
    mention_things,
)
from kg.status.rivals import Contest, Ids, find_contests, join_ids
from kg.status.scope import WHEN, WHERE, WHOLE
from kg.status.statuses import MEANING as MEANING
from kg.status.statuses import Status as Status
from kg.status.withdrawals import counting_withdrawals
from kg.text.wording import inflect_verb


class Standing(NamedTuple):
    """An assertion's status, the reason, and the live assertions that stand against it: by id, and
    in which aspect (``kg.status.rivals``).
    """

    status: Status
    reason: Reason
    against: tuple[str, ...] = ()
    contests: tuple[Contest, ...] = ()

    @property
    def contested_details(self) -> tuple[str, ...]:
        """The aspects in which others stand against it while the rest is agreed: ``when``,
        ``where``, names of qualifiers.
        """
        return tuple(each.aspect for each in self.contests if not each.takes_all)

    def rivals_in(self, aspect: str) -> tuple[str, ...]:
        """The ids of those that stand against it in one aspect."""
        return tuple(chain.from_iterable(c.rivals for c in self.contests if c.aspect == aspect))


def affirms_triple(assertion: Assertion, standing: Standing) -> bool:
    """Whether an assertion is accepted and says that something is so, not that it is not: a deed or
    a state, never a plan or an opinion, which are not accepted.
    """
    return standing.status is Status.ACCEPTED and assertion.asserts_triple


def judge_standings(
    corpus: Corpus, ontology: Ontology, voices: Collection[str] = ()
) -> dict[str, Standing]:
    """Return the standing of every assertion of a checked corpus, by id, in reading order.

    ``voices`` are speakers whose claims are taken as accepted; what others say against these does
    not contest them.
    """
    judge = _Judge(corpus, ontology, frozenset(voices))
    return {id: judge.standing(assertion) for id, assertion in corpus.assertions.items()}


def _withdrawn_standings(corpus: Corpus) -> dict[str, Standing]:
    """What its speaker took back, as far as a source that was not retracted says so, and what only
    retracted sources report.
    """
    standings = {}
    for a in corpus.assertions.values():
        counting = counting_withdrawals(a, corpus)
        if a.is_withdrawn_by(counting):
            days = [readable(each.when) for each in counting if each.when]
            when = f" ({', '.join(days)})" if days else ""
            who = "its speakers" if len(a.speakers) > 1 else "its speaker"
            standings[a.id] = Standing(Status.WITHDRAWN, make_reason(f"{who} took it back{when}"))
        elif is_retracted(a, corpus):
            ids = sorted({citation.article.id for citation in a.citations})
            standings[a.id] = Standing(Status.WITHDRAWN, _retractions(ids, corpus))
    return standings


def _retractions(ids: Iterable[str], corpus: Corpus) -> Reason:
    """The reason that some sources were retracted, with the days."""
    parts: list[str | Mention] = []
    for mention in mention_sources(ids):
        was = f" was {corpus.articles[mention.id].retracted_text}"
        parts += ["; ", mention, was] if parts else [mention, was]
    return make_reason(*parts)


def _superseded_standings(corpus: Corpus, withdrawn_ids: Collection[str]) -> dict[str, Standing]:
    """What something corrects or replaces that is not withdrawn itself."""
    standings: dict[str, Standing] = {}
    for a in corpus.assertions.values():
        if not a.supersedes or a.id in withdrawn_ids:
            continue
        how = "undone from its first day" if a.retroactive else "corrected or replaced"
        standing = Standing(Status.SUPERSEDED, make_reason(f"{how} by ", Mention(a.id)))
        for each in corrected_by(a, corpus):
            if each.id not in withdrawn_ids:
                standings.setdefault(each.id, standing)
    return standings


def _find_disowned(corpus: Corpus, ontology: Ontology) -> dict[str, dict[str, str]]:
    """Which assertions are reported not to have been said by their speakers: by id of each, its
    speakers who deny that, each with the assertion that reports it.
    """
    disowned: dict[str, dict[str, str]] = {}
    for a in corpus.assertions.values():
        target = corpus.assertions.get(a.object_assertion)
        if target is None or not ontology.relation_of(a).disowns:
            continue
        is_plain = a.asserts_triple and a.is_actual and not a.withdrawn
        if is_plain and a.subject.id in set(target.speaker_ids):
            disowned.setdefault(target.id, {})[a.subject.id] = a.id
    return disowned


class _Judge:
    """Finds where assertions stand, each once; those that one follows from come before it (checks
    refuse circles).
    """

    def __init__(self, corpus: Corpus, ontology: Ontology, voices: frozenset[str]) -> None:
        self.corpus, self.ontology = corpus, ontology
        speakers = [
            (a.id, speaker.id) for a in corpus.assertions.values() for speaker in a.speakers
        ]
        self.disowned = _find_disowned(corpus, ontology)
        self.voiced = {id for id, speaker in speakers if speaker in voices} - self.disowned.keys()
        withdrawn_standings = _withdrawn_standings(corpus)
        self.results = withdrawn_standings | _superseded_standings(corpus, withdrawn_standings)
        live = [a for a in corpus.assertions.values() if a.id not in self.results]
        record = LiveRecord(live, corpus, ontology)
        self.contests = find_contests(record, answer_pairs(record))
        self.questions, self.details = open_questions(record), open_details(record)
        self.join_ids = cache(join_ids)
        self.reasons: dict[tuple[Ids, ...], Reason] = {}
        self.later = later_states(corpus)

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
        """Return where a live assertion stands, with what stands against it and, where a later
        state of its only source does not confirm it, that.
        """
        is_quiet = assertion.id not in self.contests and assertion.id not in self.details
        contests = () if is_quiet else self._contests(assertion)
        status, why = self._status(assertion, contests)
        if self.later and (ids := unconfirmed_in(assertion, self.corpus, self.later)):
            doubt = make_reason("; a later version does not confirm it: ", mention_sources(ids))
            why = Reason((*why.parts, *doubt.parts))
        if status is not Status.CONTESTED:
            why = _with_details(why, contests)
        return Standing(status, why, self._union(each.rivals for each in contests), contests)

    def _contests(self, assertion: Assertion) -> tuple[Contest, ...]:
        """In what others stand against an assertion, be it that more than one may be right."""
        contests = self.contests.get(assertion.id, ())
        known_aspects = {each.aspect for each in contests}
        open_aspects = dict.fromkeys(self.details.get(assertion.id, ()))
        more = [Contest(aspect, ()) for aspect in open_aspects if aspect not in known_aspects]
        return (*contests, *more) if more else contests

    def _status(self, assertion: Assertion, contests: Iterable[Contest]) -> tuple[Status, Reason]:
        """Apply the rules in their order to a live assertion."""
        if assertion.mode is Mode.OPINION:
            return Status.OPINION, _OPINION
        if assertion.mode is Mode.SUPPOSED:
            return self._supposed(assertion)
        if not assertion.is_actual:
            return Status.PROSPECTIVE, make_reason(f"{assertion.mode}, not a deed")
        if why := self._contested(assertion, contests):
            return Status.CONTESTED, why
        if assertion.speakers:
            return self._spoken_standing(assertion)
        if assertion.basis is Basis.INFERRED:
            return self._inferred(assertion)
        return Status.ACCEPTED, _EDITORIAL if assertion.basis is Basis.EDITORIAL else _REPORTED

    def _spoken_standing(self, assertion: Assertion) -> tuple[Status, Reason]:
        """Where stands what somebody said, and nobody contests."""
        if self._answers_claim(assertion):
            return Status.DENIAL, _DENIAL
        speakers = mention_things(speaker.id for speaker in assertion.speakers)
        verb = self._agreeing("says", speakers)
        if assertion.id in self.voiced:
            why = make_reason(speakers, f" {verb} so, whose claims the lens takes as accepted")
            return Status.ACCEPTED, why
        words = make_reason(speakers, f" {verb} so; no article vouches for it").parts
        return Status.ATTRIBUTED, Reason((*words, *self._disowning(assertion)))

    def _union(self, rivals: Iterable[Ids]) -> Ids:
        """The ids of all rivals of several kinds; equal unions are one value."""
        kinds = tuple(rivals)
        return kinds[0] if len(kinds) == 1 else self.join_ids(kinds)

    def _answers_claim(self, assertion: Assertion) -> bool:
        """Whether something is denied that somebody claimed, be it that this no longer counts."""
        if not assertion.is_denial:
            return False
        return assertion.denies is not None or self._key(assertion) in self._dead_claims

    @cached_property
    def _dead_claims(self) -> set[tuple[Triple, Mode]]:
        """What was claimed and has been taken back or replaced."""
        dead_statuses = (Status.WITHDRAWN, Status.SUPERSEDED)
        dead = {id for id, each in self.results.items() if each.status in dead_statuses}
        claims = (a for a in self.corpus.assertions.values() if not a.is_denial)
        return {self._key(a) for a in claims if a.id in dead}

    def _key(self, assertion: Assertion) -> tuple[Triple, Mode]:
        return proposition_of(assertion, self.ontology), assertion.mode

    def _disowning(self, assertion: Assertion) -> list[str | Mention]:
        """Who denies having said an assertion, and by which one, as parts of a reason."""
        parts: list[str | Mention] = []
        for speaker, id in sorted(self.disowned.get(assertion.id, {}).items()):
            mentions = mention_things([speaker])
            verb = self._agreeing("denies", mentions)
            parts += ["; ", *mentions, f" {verb} having said it: ", Mention(id)]
        return parts

    def _agreeing(self, verb: str, speakers: Sequence[Mention]) -> str:
        """A verb that agrees with who does it."""
        is_plural = len(speakers) > 1 or any(self.corpus.thing(each.id).plural for each in speakers)
        return inflect_verb(verb, is_plural)

    def _supposed(self, assertion: Assertion) -> tuple[Status, Reason]:
        """What a source says to be perhaps so is its holder's, and never a fact."""
        holders = assertion.speakers or originators(assertion, self.corpus)
        names = mention_things(holder.id for holder in holders)
        verb = self._agreeing("supposes", names)
        why = make_reason(names, f" {verb} so; no article vouches for it")
        return Status.ATTRIBUTED, why if names else _SUPPOSED

    def _contested(self, assertion: Assertion, contests: Iterable[Contest]) -> Reason | None:
        """The reason why an assertion is contested, if it is: that others stand against all that it
        says. What is voiced is contested only by what is voiced, too.
        """
        is_voiced = assertion.id in self.voiced
        rivals = tuple(each.rivals for each in contests if each.takes_all) if contests else ()
        if is_voiced:
            voiced = [id for id in self._union(rivals) if id in self.voiced]
            rivals = (tuple(voiced),) if voiced else ()
        if rivals:
            if rivals not in self.reasons:
                others = mention_assertions(self._union(rivals))
                self.reasons[rivals] = make_reason("stands against ", others)
            return self.reasons[rivals]
        for question in self.questions.get(assertion.id, ()):
            if not is_voiced or not self.voiced.isdisjoint(question.others):
                return make_reason(f"one of several answers to: {question.words}")
        return None

    def _inferred(self, assertion: Assertion) -> tuple[Status, Reason]:
        """A conclusion stands no better than the weakest of what it follows from."""
        premises = sorted(premise.id for premise in assertion.follows_from)
        weakest = min(premises, key=lambda id: _ORDER[self.results[id].status])
        status = self.results[weakest].status
        if status is Status.ACCEPTED:
            return status, make_reason("it follows from ", mention_assertions(premises))
        why = make_reason("it follows from ", Mention(weakest), f", which is {status}")
        return Status.ATTRIBUTED if status is Status.DENIAL else status, why


def _with_details(why: Reason, contests: Iterable[Contest]) -> Reason:
    """A reason, with what details of an assertion are contested while the rest is agreed."""
    for aspect, rivals in contests:
        if aspect not in WHOLE:
            others = mention_assertions(rivals)
            by = make_reason(" by ", others) if others else make_reason()
            name = DETAILS.get(aspect, aspect)
            why = Reason((*why.parts, f"; only its {name} is contested", *by.parts))
    return why


DETAILS = {WHEN: "date", WHERE: "place"}
"""What the details that every assertion may have are called; a qualifier has its own name."""
_ORDER = {status: number for number, status in enumerate(Status)}
_OPINION = make_reason("a judgement of its holder")
_SUPPOSED = make_reason("it is supposed; no article vouches for it")
_DENIAL = make_reason("it denies, and no live assertion that counts says otherwise")
_EDITORIAL = make_reason("the editors hold it, for the reason in its note")
_REPORTED = make_reason("reported by an article in its own voice, undenied")
