"""The one filter that every query, page, table and export obeys.

``known_by`` goes back in knowledge: a later article, withdrawal, correction or realisation does not
exist, and statuses are computed anew from what is left. ``according_to`` takes some speakers'
claims as accepted. The other three choose from the result and never change a status, so that hiding
a denial cannot turn what it denies into a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.closure import closure
from kg.dates import Date, Day, Instant, Overlap, as_event, as_known_on, holds_on, is_past_by
from kg.model import Article, Assertion, Citation, Conflict, Corpus, Reference, Thing
from kg.ontology import Ontology
from kg.status.judgement import Judgement
from kg.status.propositions import time_of
from kg.status.status import Status
from kg.status.support import independent_sources, last_report


@dataclass(frozen=True, slots=True)
class Lens:
    """What is looked through. The empty lens lets all through.

    ``true_on`` keeps what holds on a day, ``known_by`` what was published by the end of a day, or
    by an hour of it, ``according_to`` names speakers by id, ``min_sources`` is the least number of
    independent sources, ``statuses`` those to keep (none: all).
    """

    true_on: Day | None = None
    known_by: Day | Instant | None = None
    according_to: tuple[str, ...] = ()
    min_sources: int = 0
    statuses: tuple[Status, ...] = ()

    def __bool__(self) -> bool:
        return self != Lens()

    def __str__(self) -> str:
        parts = (
            f"true on {self.true_on}" if self.true_on else "",
            f"known by {self.known_by}" if self.known_by else "",
            f"according to {', '.join(self.according_to)}" if self.according_to else "",
            f"at least {self.min_sources} independent sources" if self.min_sources else "",
            f"status {' or '.join(self.statuses)}" if self.statuses else "",
        )
        return ", ".join(part for part in parts if part)


def select(judgement: Judgement, ontology: Ontology, lens: Lens) -> dict[str, Overlap]:
    """Return the assertions that a lens lets through, conclusions included, by id, each with how
    surely it holds on the lens's day (certainly, where that has none).
    """
    selection: dict[str, Overlap] = {}
    for id, assertion in judgement.corpus.assertions.items():
        certainty = _certainty(assertion, judgement, ontology, lens)
        if certainty is not Overlap.NO and _passes(assertion, judgement, lens):
            selection[id] = certainty
    return selection


def _certainty(
    assertion: Assertion, judgement: Judgement, ontology: Ontology, lens: Lens
) -> Overlap:
    if lens.true_on is None:
        return Overlap.CERTAINLY
    return certainty_on(assertion, judgement, ontology, lens.true_on)


def _passes(assertion: Assertion, judgement: Judgement, lens: Lens) -> bool:
    """Whether the status and the sources of an assertion are those that a lens asks for."""
    if lens.statuses and judgement.standings[assertion.id].status not in lens.statuses:
        return False
    return not lens.min_sources or independent_sources(assertion, judgement) >= lens.min_sources


def certainty_on(
    assertion: Assertion, judgement: Judgement, ontology: Ontology, day: Day
) -> Overlap:
    """Return how surely an assertion holds on a day: what still goes on does so certainly up to its
    last report only.

    An event from one day to another happened some time between. An undated assertion may hold on
    any day.
    """
    date = attested_time(assertion, judgement, ontology)
    return holds_on(date, day) if date else Overlap.POSSIBLY


def attested_time(assertion: Assertion, judgement: Judgement, ontology: Ontology) -> Date | None:
    """Return the time for which an assertion is attested, which for what still goes on ends with
    its last report; None where it has no date.
    """
    date = time_of(assertion, judgement.corpus)
    if date is None:
        return None
    is_state = ontology.relations[assertion.predicate.id].is_state
    date = date if is_state else as_event(date)
    latest = last_report(assertion, judgement, is_state) if date.goes_on else None
    return as_known_on(date, latest) if latest else date


def restrict_to_day(corpus: Corpus, day: Day | Instant) -> Corpus:
    """Return a corpus as it stood when a day ended, or at an hour of it: only what articles
    published by then report.
    """
    articles = {
        id: article for id, article in corpus.articles.items() if _was_published(article, day)
    }
    reported = [_as_reported(a, articles) for a in corpus.assertions.values()]
    assertions = _without_lost_premises({a.id: a for a in reported if a})
    assertions = {id: _cut_links(a, assertions, corpus) for id, a in assertions.items()}
    conflicts = _conflicts_between(corpus, assertions)
    return replace(
        corpus,
        articles=articles,
        assertions=assertions,
        conflicts={id: each for id, each in conflicts.items() if len(each.between) > 1},
        things=_mentioned_things(corpus, articles, assertions),
    )


def restrict(corpus: Corpus, ids: Iterable[str]) -> Corpus:
    """Return a corpus with some of its assertions, their links cut where they lead to others.
    Things and articles stay.
    """
    selected_ids = set(ids)
    selection = {id: a for id, a in corpus.assertions.items() if id in selected_ids}
    conflicts = _conflicts_between(corpus, selection)
    return replace(
        corpus,
        assertions={id: _cut_links(a, selection, corpus) for id, a in selection.items()},
        conflicts={id: each for id, each in conflicts.items() if each.between},
    )


def _was_published(article: Article, day: Day | Instant) -> bool:
    """Whether an article was out by a day or moment; one without a day is known on any."""
    return article.published is None or is_past_by(article.published, day)


def _visible(
    citations: Iterable[Citation], articles: Mapping[str, Article]
) -> tuple[Citation, ...]:
    return tuple(citation for citation in citations if citation.article.id in articles)


def _present(
    references: Iterable[Reference], assertions: Mapping[str, Assertion]
) -> tuple[Reference, ...]:
    return tuple(reference for reference in references if reference.id in assertions)


def _as_reported(assertion: Assertion, articles: Mapping[str, Article]) -> Assertion | None:
    """An assertion as these articles report it, or None where they do not.

    A note may rest on an article that is left out: then it goes.
    """
    citations = _visible(assertion.citations, articles)
    if assertion.citations and not citations:
        return None
    withdrawal = assertion.withdrawn
    if withdrawal:
        reports = _visible(withdrawal.citations, articles)
        withdrawal = replace(withdrawal, citations=reports) if reports else None
    if citations == assertion.citations and withdrawal == assertion.withdrawn:
        return assertion
    note = assertion.note if len(citations) == len(assertion.citations) else ""
    return replace(assertion, citations=citations, withdrawn=withdrawal, note=note)


def _without_lost_premises(assertions: dict[str, Assertion]) -> dict[str, Assertion]:
    """Assertions without those that follow, in any number of steps, from what is not there."""
    dependents: dict[str, list[str]] = {}
    for a in assertions.values():
        for premise in a.follows_from:
            dependents.setdefault(premise.id, []).append(a.id)
    absent = [id for id in dependents if id not in assertions]
    lost_ids = set(closure(absent, lambda id: dependents.get(id, ())))
    return {id: a for id, a in assertions.items() if id not in lost_ids}


def _cut_links(assertion: Assertion, others: Mapping[str, Assertion], corpus: Corpus) -> Assertion:
    """An assertion whose links lead to assertions that are there. An outcome is known only by what
    realises it.

    A denial whose target is not there keeps the target's time.
    """
    outcome = assertion.outcome
    realised_by = outcome.realised_by if outcome else None
    links = [assertion.denies, realised_by, *assertion.supersedes, *assertion.follows_from]
    is_outcome_known = outcome is None or realised_by is not None
    if is_outcome_known and all(link is None or link.id in others for link in links):
        return assertion

    def present(reference: Reference | None) -> Reference | None:
        return reference if reference and reference.id in others else None

    superseded = _present(assertion.supersedes, others)
    return replace(
        assertion,
        denies=present(assertion.denies),
        when=assertion.when if present(assertion.denies) else time_of(assertion, corpus),
        supersedes=superseded,
        retroactive=assertion.retroactive and bool(superseded),
        outcome=outcome if present(realised_by) else None,
        follows_from=_present(assertion.follows_from, others),
    )


def _conflicts_between(corpus: Corpus, assertions: Mapping[str, Assertion]) -> dict[str, Conflict]:
    return {
        id: replace(conflict, between=_present(conflict.between, assertions))
        for id, conflict in corpus.conflicts.items()
    }


def _mentioned_things(
    corpus: Corpus, articles: Mapping[str, Article], assertions: Mapping[str, Assertion]
) -> dict[str, Thing]:
    """The things that these articles and assertions name, and those for whom they act; names as
    used by then.
    """
    references: list[Reference] = []
    for article in articles.values():
        references += [*article.publishers, *article.originators]
    for a in assertions.values():
        references += [a.subject, *a.speakers, *a.via]
        references += [a.object] if isinstance(a.object, Reference) else []
        references += [a.where] if a.where else []

    def principal(id: str) -> list[str]:
        thing = corpus.things.get(id)
        return [thing.acts_for.id] if thing and thing.acts_for else []

    ids = set(closure((reference.id for reference in references), principal))
    return {id: _named_by(thing, articles) for id, thing in corpus.things.items() if id in ids}


def _named_by(thing: Thing, articles: Mapping[str, Article]) -> Thing:
    """A thing with the names that these articles use, and those that cite none."""
    aliases = []
    for alias in thing.aliases:
        citations = _visible(alias.citations, articles)
        if citations or not alias.citations:
            aliases.append(replace(alias, citations=citations))
    return replace(thing, aliases=tuple(aliases)) if thing.aliases else thing
