"""The one filter that every query, page, table and export obeys.

``known_by`` goes back in knowledge: a later article, withdrawal, correction or realisation does not
exist, and statuses are computed anew from what is left. ``according_to`` takes some speakers'
claims as accepted. The other three choose from the result and never change a status, so that hiding
a denial cannot turn what it denies into a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.dates import Date, Day, Overlap, as_event, as_known_on, holds_on
from kg.model import Article, Assertion, Citation, Corpus, Reference, Thing
from kg.ontology import Ontology
from kg.status.judgement import Judgement
from kg.status.propositions import time_of
from kg.status.status import Status
from kg.status.support import independent_sources, last_report


@dataclass(frozen=True, slots=True)
class Lens:
    """What is looked through. The empty lens lets all through.

    ``true_on`` keeps what holds on a day, ``known_by`` what was published by a day,
    ``according_to`` names speakers by id, ``min_sources`` is the least number of independent
    sources, ``statuses`` those to keep (none: all).
    """

    true_on: Day | None = None
    known_by: Day | None = None
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


def restrict_to_day(corpus: Corpus, day: Day) -> Corpus:
    """A corpus as it stood when a day ended: only what articles published by then report."""
    articles = {
        id: article for id, article in corpus.articles.items() if _was_published(article, day)
    }
    assertions = {a.id: seen for a in corpus.assertions.values() if (seen := _seen(a, articles))}
    while lost := [
        a.id for a in assertions.values() if any(r.id not in assertions for r in a.follows_from)
    ]:
        for id in lost:
            del assertions[id]
    assertions = {id: _linked(a, assertions, corpus) for id, a in assertions.items()}
    conflicts = {
        id: replace(conflict, between=between)
        for id, conflict in corpus.conflicts.items()
        if len(between := tuple(r for r in conflict.between if r.id in assertions)) > 1
    }
    return replace(
        corpus,
        articles=articles,
        assertions=assertions,
        conflicts=conflicts,
        things=_mentioned(corpus, articles, assertions),
    )


def restrict(corpus: Corpus, ids: Iterable[str]) -> Corpus:
    """A corpus with some of its assertions, their links cut where they lead to others. Things and
    articles stay.
    """
    wanted = set(ids)
    kept = {id: a for id, a in corpus.assertions.items() if id in wanted}
    conflicts = {
        id: replace(c, between=tuple(r for r in c.between if r.id in kept))
        for id, c in corpus.conflicts.items()
    }
    return replace(
        corpus,
        assertions={id: _linked(a, kept, corpus) for id, a in kept.items()},
        conflicts={id: c for id, c in conflicts.items() if c.between},
    )


def _was_published(article: Article, day: Day) -> bool:
    return article.published.end_latest is not None and article.published.end_latest <= day


def _visible(
    citations: Iterable[Citation], articles: Mapping[str, Article]
) -> tuple[Citation, ...]:
    return tuple(citation for citation in citations if citation.article.id in articles)


def _seen(assertion: Assertion, articles: Mapping[str, Article]) -> Assertion | None:
    """An assertion as these articles report it, or None where they do not.

    A note may rest on an article that is left out: then it goes.
    """
    citations = _visible(assertion.citations, articles)
    if assertion.citations and not citations:
        return None
    taken_back = assertion.withdrawn
    if taken_back:
        reported = _visible(taken_back.citations, articles)
        taken_back = replace(taken_back, citations=reported) if reported else None
    if citations == assertion.citations and taken_back == assertion.withdrawn:
        return assertion
    note = assertion.note if len(citations) == len(assertion.citations) else ""
    return replace(assertion, citations=citations, withdrawn=taken_back, note=note)


def _linked(assertion: Assertion, others: Mapping[str, Assertion], corpus: Corpus) -> Assertion:
    """An assertion whose links lead to assertions that are there. An outcome is known only by what
    realises it.

    A denial whose target is not there keeps the target's time.
    """
    outcome = assertion.outcome
    realised_by = outcome.realised_by if outcome else None
    links = (assertion.denies, assertion.supersedes, realised_by, *assertion.follows_from)
    if (outcome is None or realised_by) and all(
        link is None or link.id in others for link in links
    ):
        return assertion

    def there(reference: Reference | None) -> Reference | None:
        return reference if reference and reference.id in others else None

    return replace(
        assertion,
        denies=there(assertion.denies),
        when=assertion.when if there(assertion.denies) else time_of(assertion, corpus),
        supersedes=there(assertion.supersedes),
        retroactive=assertion.retroactive and there(assertion.supersedes) is not None,
        outcome=outcome if there(realised_by) else None,
        follows_from=tuple(r for r in assertion.follows_from if r.id in others),
    )


def _mentioned(
    corpus: Corpus, articles: Mapping[str, Article], assertions: Mapping[str, Assertion]
) -> dict[str, Thing]:
    """The things that these articles and assertions name, and those for whom they act; names as
    used by then.
    """
    named = {r.id for article in articles.values() for r in (article.publisher, article.originator)}
    for a in assertions.values():
        named |= {
            a.subject.id,
            a.object_key,
            *(r.id for r in (*a.speakers, *a.via)),
            *([a.where.id] if a.where else []),
        }
    waiting = list(named)
    while waiting:
        thing = corpus.things.get(waiting.pop())
        if thing and thing.acts_for and thing.acts_for.id not in named:
            named.add(thing.acts_for.id)
            waiting.append(thing.acts_for.id)
    return {id: _named_by(thing, articles) for id, thing in corpus.things.items() if id in named}


def _named_by(thing: Thing, articles: Mapping[str, Article]) -> Thing:
    if not thing.aliases:
        return thing
    found = [(alias, _visible(alias.citations, articles)) for alias in thing.aliases]
    if all(citations == alias.citations for alias, citations in found):
        return thing
    used = (
        replace(alias, citations=citations)
        for alias, citations in found
        if citations or not alias.citations
    )
    return replace(thing, aliases=tuple(used))
