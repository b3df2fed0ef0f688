"""How a judgement grew: everything is judged once, and on each day on which something new was
published what that bears on is judged again (``kg.status.coupling``); all else stays as it was.

What is known on a day is the same as by restricting the whole corpus to it and judging that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from kg.dates import Day
from kg.model import Article, Assertion
from kg.model.closure import group_by_shared
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.versions import Versions
from kg.ontology import Ontology
from kg.status.coupling import couple_assertions
from kg.status.editions import later_states
from kg.status.identity import IdGroup
from kg.status.inference import judge
from kg.status.judgement import Judgement
from kg.status.merging import find_groups, merge_ids
from kg.status.naming import as_named_on
from kg.status.restriction import conflicts_between, restrict_to_day
from kg.status.status import Standing
from kg.status.support import count_articles_as
from kg.status.told_things import named_things, told_things, with_principals, written_by


class Knowledge(NamedTuple):
    """What was known when a day ended: as it is written, the same with merged ids (``corpus``) and
    judged. ``changed_ids`` are those of assertions that were judged anew, or are no more.
    """

    day: Day
    written_corpus: Corpus
    corpus: Corpus
    judgement: Judgement
    changed_ids: frozenset[str]


class JudgementBasis(NamedTuple):
    """What everything is judged by: the ontology, the speakers whose claims are taken as accepted,
    and the day of whose names things are called, if it is not that of the knowledge.
    """

    ontology: Ontology
    voices: tuple[str, ...] = ()
    day_of_names: Day | None = None


def knowledge_by_day(
    written_corpus: Corpus, question: JudgementBasis, days: Iterable[Day]
) -> Iterator[Knowledge]:
    """Yield what was known of a checked corpus on each of some days, in order: all days on which
    something was published, and any others.
    """
    growth = _Growth(written_corpus, question)
    for day in days:
        yield growth.known_by(day)


class _Growth:
    """What is known so far, by the ids of assertions; of conclusions, too, as far as judged."""

    def __init__(self, written_corpus: Corpus, question: JudgementBasis) -> None:
        self.whole, self.question = written_corpus, question
        self.group_of = couple_assertions(written_corpus, question.ontology)
        self.members = group_pairs((self.group_of[id], id) for id in written_corpus.assertions)
        self.calendar = _Calendar(written_corpus, self.group_of)
        self.places = {id: place for place, id in enumerate(written_corpus.assertions)}
        order = written_corpus.assertions
        self.written, self.merged, self.judged = (Versions[Assertion](order) for _ in range(3))
        self.standings = Versions[Standing](order)
        self.limits = Versions[tuple[str, ...]](order)
        self.undone: set[str] = set()
        self.identities: dict[str, list[IdGroup]] = {}
        self.conclusions: dict[str, list[str]] = {}
        self.articles: Mapping[str, Article] = {}
        self.named: set[str] = set()

    def known_by(self, day: Day) -> Knowledge:
        """Return what is known by a day that is later than any before."""
        groups = self.calendar.groups_until(day)
        dropped = self._drop(groups)
        ids = chain.from_iterable(self.members[each] for each in groups)
        selected = {
            id: self.whole.assertions[id] for id in sorted(ids, key=self.places.__getitem__)
        }
        part = restrict_to_day(replace(self.whole, assertions=selected), day)
        self._judge(part, day)
        written_corpus = self._written_corpus(part, day)
        corpus = self._corpus(written_corpus, day)
        judgement = self._judgement(corpus)
        changed_ids = {*dropped, *part.assertions}
        changed_ids.update(chain.from_iterable(self.conclusions.get(each, ()) for each in groups))
        return Knowledge(day, written_corpus, corpus, judgement, frozenset(changed_ids))

    def _drop(self, groups: Iterable[str]) -> list[str]:
        """Forget what is known of some groups; the ids of that."""
        dropped = []
        for group in groups:
            self.identities.pop(group, None)
            for id in (*self.members[group], *self.conclusions.pop(group, ())):
                if self.standings.drop(id):
                    dropped.append(id)
                for records in (self.written, self.merged, self.judged):
                    records.drop(id)
                self.limits.drop(id)
                self.undone.discard(id)
        return dropped

    def _judge(self, part: Corpus, day: Day) -> None:
        """Judge the restricted assertions of some groups."""
        ontology, voices, _ = self.question
        groups = find_groups(part, ontology, voices)
        merged = merge_ids(part, ontology, groups)
        names = as_named_on(merged, self.question.day_of_names or day)
        judgement = judge(names, ontology, [names.main_id(id) for id in voices])
        for each in groups:
            self.identities.setdefault(self.group_of[each.by[0]], []).append(each)
        self.written.set(part.assertions)
        self.merged.set(merged.assertions)
        self.judged.set(judgement.corpus.assertions)
        self.standings.set(judgement.standings)
        self.limits.set(judgement.limits)
        self.undone |= judgement.undone
        self._name(part)
        judged = judgement.corpus.assertions
        for id, a in judged.items():
            if a.rule:
                self.conclusions.setdefault(self._group_of_conclusion(a, judged), []).append(id)

    def _name(self, part: Corpus) -> None:
        """Keep which things are named, and which write an article that is new."""
        new = [each for id, each in part.articles.items() if id not in self.articles]
        self.articles = part.articles
        named_ids = named_things(part.assertions.values()) | written_by(new)
        self.named |= with_principals(self.whole, named_ids - self.named)

    def _group_of_conclusion(self, conclusion: Assertion, judged: Mapping[str, Assertion]) -> str:
        id = conclusion.follows_from[0].id
        while id not in self.group_of:
            id = judged[id].follows_from[0].id
        return self.group_of[id]

    def _written_corpus(self, part: Corpus, day: Day) -> Corpus:
        """All that is known as it is written; ``part`` is what was judged last."""
        assertions = self.written.as_now()
        return replace(
            self.whole,
            articles=part.articles,
            things=told_things(self.whole, part.articles, self.named, day),
            assertions=assertions,
            conflicts=conflicts_between(self.whole, assertions),
        )

    def _corpus(self, written_corpus: Corpus, day: Day) -> Corpus:
        groups = chain.from_iterable(self.identities.values())
        ordered = sorted(groups, key=lambda group: group.id)
        # What is merged in an assertion is known already.
        merged = merge_ids(replace(written_corpus, assertions={}), self.question.ontology, ordered)
        names = as_named_on(merged, self.question.day_of_names or day)
        assertions = self.merged.as_now() if ordered else written_corpus.assertions
        return replace(names, assertions=assertions)

    def _judgement(self, corpus: Corpus) -> Judgement:
        return Judgement(
            replace(corpus, assertions=self.judged.as_now()),
            self.standings.as_now(),
            count_articles_as(corpus),
            self.limits.as_now(),
            later_states(corpus),
            frozenset(self.undone),
        )


class _Calendar:
    """On which days groups of assertions are to be judged anew. What cites nothing, or an article
    without a day, may change on any.
    """

    def __init__(self, corpus: Corpus, group_of: Mapping[str, str]) -> None:
        self.corpus = corpus
        self.family_days = self._days_of_families()
        self.always: set[str] = set()
        self.by_day: dict[Day, set[str]] = defaultdict(set)
        for id, a in corpus.assertions.items():
            days = self._days(a)
            if days is None:
                self.always.add(group_of[id])
            for day in days or ():
                self.by_day[day].add(group_of[id])
        self.waiting = sorted(self.by_day, reverse=True)

    def groups_until(self, day: Day) -> set[str]:
        """Return the groups to be judged anew for a day since the one asked about before."""
        groups = set(self.always)
        while self.waiting and self.waiting[-1] <= day:
            groups |= self.by_day[self.waiting.pop()]
        return groups

    def _days(self, a: Assertion) -> set[Day] | None:
        """The days on which it may be told otherwise; None for any."""
        if not a.citations:
            return None
        days = [self.family_days[citation.article.id] for citation in a.all_citations]
        if any(each is None for each in days):
            return None
        last = [self.corpus.last_day] if a.outcome and self.corpus.last_day else []
        return {*chain.from_iterable(each for each in days if each), *last}

    def _days_of_families(self) -> dict[str, set[Day] | None]:
        """For each article the days on which it, a state of the same text or its retraction
        appeared; None where one of these has no day.
        """
        articles = self.corpus.articles
        linked = {
            id: [id, *([each.version_of.id] if each.version_of else [])]
            for id, each in articles.items()
        }
        family_of = group_by_shared(linked)
        days: dict[str, set[Day] | None] = defaultdict(set)
        for id, each in articles.items():
            notices = each.retracted.citations if each.retracted else ()
            appearing = [each, *(articles[notice.article.id] for notice in notices)]
            found_days, known_days = (
                [article.known_from for article in appearing],
                days[family_of[id]],
            )
            if known_days is None or None in found_days:
                days[family_of[id]] = None
            else:
                known_days.update(filter(None, found_days))
        return {id: days[family_of[id]] for id in articles}
