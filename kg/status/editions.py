"""What became of sources: later states of one text, and retractions (docs/model.md, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from kg.dates import Day
from kg.model import Article, Assertion
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.model.references import Citation, Reference, unique_references


def still_standing(citations: Iterable[Citation], corpus: Corpus) -> tuple[Citation, ...]:
    """Return the citations of articles that were not retracted."""
    return tuple(each for each in citations if corpus.articles[each.article.id].retracted is None)


def is_retracted(assertion: Assertion, corpus: Corpus) -> bool:
    """Whether an assertion has citations, and all of them are of retracted articles."""
    return bool(assertion.citations) and not still_standing(assertion.citations, corpus)


def originators(assertion: Assertion, corpus: Corpus) -> tuple[Reference, ...]:
    """Return who wrote the articles that an assertion is cited from, each once."""
    citations = still_standing(assertion.citations, corpus)
    writers = (corpus.articles[each.article.id].originators for each in citations)
    return unique_references(chain.from_iterable(writers))


def later_states(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Return for each article that has later states these, by id, the earliest first."""
    return {id: _states_after(id, corpus) for id in corpus.next_states if id in corpus.articles}


def _states_after(id: str, corpus: Corpus) -> tuple[str, ...]:
    def following(each: str) -> Iterable[str]:
        return corpus.next_states.get(each, ())

    def day(each: str) -> tuple[str, str]:
        return str(corpus.articles[each].known_from or ""), each

    return tuple(sorted(closure(following(id), following), key=day))


def unconfirmed_in(
    assertion: Assertion, corpus: Corpus, later: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the last states of texts, by id, that an assertion is not cited from though all that
    it is cited from are earlier states of these; nothing where any other source says so.
    """
    if not later:
        return ()
    citations = still_standing(assertion.citations, corpus)
    cited_ids = {citation.article.id for citation in citations}
    outdated = [id for id in cited_ids if id in later and cited_ids.isdisjoint(later[id])]
    last = sorted({later[id][-1] for id in outdated})
    return tuple(last) if len(outdated) == len(cited_ids) else ()


class Remark(NamedTuple):
    """What is to be known of a source beside who wrote it when, and from which day on it was known
    (none: always).
    """

    day: Day | None
    words: str


def source_remarks(article: Article, corpus: Corpus) -> list[Remark]:
    """Return what became of a source: that it was retracted, its other states, its archived copy,
    and when it was read.
    """
    remarks = []
    if article.retracted:
        cited_days = [corpus.articles[c.article.id].known_from for c in article.retracted.citations]
        days = [day for day in cited_days if day]
        notices = {c.article.id: c.locator.words for c in article.retracted.citations}
        where = "; ".join(f"{id}, {words}" for id, words in notices.items())
        remarks.append(Remark(min(days, default=None), f"{article.retracted_text} ({where})"))
    if article.version_of:
        remarks.append(Remark(article.known_from, f"a later version of {article.version_of.id}"))
    for id in _states_after(article.id, corpus)[-1:]:
        remarks.append(Remark(corpus.articles[id].known_from, f"its last version is {id}"))
    if article.archived:
        when = article.archived.when
        words = f"archived {when.text}" if when else "archived"
        remarks.append(Remark(when.end_latest if when else None, words))
    if article.accessed:
        words = f"read {article.accessed.text}"
        remarks.append(Remark(article.accessed.end_latest, words))
    return remarks
