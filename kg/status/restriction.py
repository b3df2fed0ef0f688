"""A corpus with less in it: as it stood on an earlier day, or with some of its assertions only.

Nothing shows what no article published by a day could report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.closure import closure
from kg.dates import Day, Instant, is_past_by
from kg.model import Article, Assertion, Citation, Conflict, Corpus, Reference, Thing
from kg.status.propositions import time_of


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
