"""Why an edge stands: who says it, who denies it, its status and the reason for that, with every
citation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain

from kg.dates.words import readable
from kg.model import Article
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.locators import enumerate_places
from kg.model.modes import Rank
from kg.model.places import NO_ARTICLE, Place, cited_places, listed_quotes
from kg.model.references import Reference
from kg.reading import Reading
from kg.reports.document import Document, Item, List, Section, text_section
from kg.reports.explanation import Explanation, premise_ids
from kg.reports.wordings import dated_sentence
from kg.status.certainty import Certainty
from kg.status.editions import source_remarks
from kg.status.inference import RULES
from kg.status.statement import Statement
from kg.status.status import MEANING, Status
from kg.text import count_noun, join_and
from kg.text.wording import text

_COLUMN = 11
"""How wide the labels of an explanation are."""


def why_document(id: str, explanation: Explanation, reading: Reading) -> Document:
    """Return each assertion as a sentence, then its status and why, then where articles say so."""
    sections = [Section(_title(id, reading.corpus), level=1)]
    if explanation.main:
        ranked = sorted(explanation.main, key=_order)
        sections += [_section(each, explanation, reading) for each in ranked]
        sections.append(text_section(*_summary(explanation)))
    else:
        lens = " under this lens" if reading.lens else ""
        sections.append(text_section(f"No assertion{lens} speaks of it."))
    return Document(sections, _record(id, explanation, reading))


def _title(id: str, corpus: Corpus) -> str:
    if thing := corpus.things.get(corpus.main_id(id)):
        ids = ", also ".join((thing.id, *thing.also))
        return f"{thing.label} ({ids})"
    if id in corpus.articles:
        return f"{corpus.articles[id].title.text} ({id})"
    if id in corpus.conflicts:
        return f"{corpus.conflicts[id].question.text} ({id})"
    return f"Assertion {id}"


def _summary(explanation: Explanation) -> Iterator[str]:
    counts = Counter(each.status for each in explanation.main)
    statuses = ", ".join(f"{counts[each]} {each}" for each in reversed(Status) if counts[each])
    yield f"{count_noun(len(explanation.main), 'assertion')}: {statuses}"
    if explanation.conclusions:
        yield f"{explanation.conclusions} more follow by rules: kg why --inferred"


def _order(statement: Statement) -> tuple[int, int, str]:
    """The best standing first; of one standing what deserves the most attention."""
    status, rank = list(Status).index(statement.status), list(Rank).index(statement.assertion.rank)
    return -status, rank, statement.id


def _section(statement: Statement, explanation: Explanation, reading: Reading) -> Section:
    a, things = statement.assertion, reading.graph_corpus.things
    facts = [
        ("assertion", statement.id),
        ("status", f"{statement.status}: {_reason(statement)}"),
        ("when", readable(a.when) if a.when else ""),
        ("where", join_and(each.label for each in statement.where)),
        ("with", statement.qualified),
        ("said", readable(a.said) if a.said else ""),
        ("via", join_and(each.label for each in statement.via)),
        ("about", ", ".join(things[each.id].label for each in a.about)),
        ("holds", _certainty(statement)),
        ("written", f"with {', '.join(a.written_ids)}" if a.written_ids else ""),
        ("rank", a.rank if a.rank is not Rank.NORMAL else ""),
        ("note", a.note),
    ]
    items = [Item(value, label) for label, value in facts if value]
    items += _withdrawals(statement, reading)
    related = explanation.related[statement.id]
    items += [_beside(label, other, reading) for label, other in related]
    if a.rule:
        items.append(Item(f"{a.rule}: {RULES[a.rule]}", "by rule"))
    items += [_beside("from", premise, reading) for premise in premise_ids(a)]
    if statement.articles or not a.follows_from:
        reports = _below(_reports(statement.places, reading))
        items.append(Item(_sources(statement), "sources", details=[reports]))
    return Section(f"{statement.sentence}.", [List(items, label_width=_COLUMN)], hang=4)


def _withdrawals(statement: Statement, reading: Reading) -> Iterator[Item]:
    """Where its being taken back is reported; by whom, where not by all who said it."""
    for each in statement.assertion.withdrawals:
        lines = _reports(cited_places(each.citations), reading)
        if not statement.assertion.withdrawn:
            by = _labels(each.by, reading.graph_corpus)
            when = f" ({readable(each.when)})" if each.when else ""
            lines.insert(0, f"by {by}{when}")
        yield Item(lines[0], "withdrawn", details=[_below(lines[1:])])


def _below(lines: Iterable[str], indent: int = 2 + _COLUMN) -> List:
    return List(list(map(Item, lines)), indent)


def _certainty(statement: Statement) -> str:
    if statement.certainty is Certainty.POSSIBLY and not statement.claimed_end:
        return f"{statement.certainty}, as its date is imprecise or missing"
    return statement.holds


def _beside(label: str, id: str, reading: Reading, indent: int = 2) -> Item:
    """Another assertion, with its own citations or its own grounds below it."""
    statement, indent = reading.statements[id], indent + _COLUMN
    premises = premise_ids(statement.assertion)
    grounds = [_beside("from", each, reading, indent) for each in premises]
    reports = _below(_reports(statement.places, reading), indent)
    details = [reports, List(grounds, indent, label_width=_COLUMN)]
    return Item(dated_sentence(statement, label in _DATED), label, details=details)


_DATED = ("against", "denied by", "in part", "on its end", "on its start")
"""Labels of what is told with the date that it gives."""


def _reason(statement: Statement) -> str:
    """Why it has its status; what stands against a contested one is told in lines of its own."""
    is_contested = statement.against and statement.status is Status.CONTESTED
    return MEANING[Status.CONTESTED] if is_contested else statement.reason


def _sources(statement: Statement) -> str:
    count = len(statement.articles)
    if not count:
        return "none that still stands" if statement.places else NO_ARTICLE
    independent = f"{statement.sources} independent ({', '.join(statement.originators)})"
    return f"{independent}, in {count_noun(count, 'article')}"


def _reports(places: Sequence[Place], reading: Reading) -> list[str]:
    """Where articles say so, a line for each."""
    corpus, lines = reading.graph_corpus, []
    for id, same in group_pairs((place.article, place) for place in places).items():
        article = corpus.articles[id]
        where = enumerate_places(place.locator for place in same)
        by, originators = (
            _labels(each, corpus) for each in (article.publishers, article.originators)
        )
        by += "" if by == originators else f", by {originators}"
        source = f"'{article.title.text}' ({by}, {article.published_text})"
        remarks = "; ".join(filter(None, [source, ", ".join(_remarks(article, corpus))]))
        quotes = listed_quotes(chain.from_iterable(place.quotes for place in same))
        lines.append(f"{id}, {where}: {remarks}{f': {quotes}' if quotes else ''}")
    return lines


def _remarks(article: Article, corpus: Corpus) -> list[str]:
    return [words for _, words in source_remarks(article, corpus)]


def _labels(references: Iterable[Reference], corpus: Corpus) -> str:
    return join_and([corpus.things[each.id].label for each in references])


def _record(id: str, explanation: Explanation, reading: Reading) -> dict[str, object]:
    """The answer for programs."""
    statements = (*explanation.main, *explanation.beside.values())
    places = [p for each in statements for p in (*each.places, *each.withdrawal_places)]
    articles = sorted({place.article for place in places})
    return {
        "asked": id,
        "assertions": [_statement_record(each) for each in explanation.main],
        "beside": [_statement_record(each) for each in explanation.beside.values()],
        "articles": [_article_record(each, reading) for each in articles],
        "conclusions_left_out": explanation.conclusions,
    }


def _article_record(id: str, reading: Reading) -> dict[str, object]:
    corpus = reading.graph_corpus
    article = corpus.articles[id]
    return {
        "id": id,
        "title": article.title.text,
        "publisher": _labels(article.publishers, corpus),
        "originator": _labels(article.originators, corpus),
        "published": article.published.text if article.published else "",
        "url": article.url,
        "known": str(article.known_from or ""),
        "publisher_ids": [each.id for each in article.publishers],
        "originator_ids": [each.id for each in article.originators],
        "remarks": _remarks(article, corpus),
        "archived": article.archived.url if article.archived else "",
        "counted_as": list(reading.judgement.counted_as.get(id, ())),
    }


def _statement_record(statement: Statement) -> dict[str, object]:
    a = statement.assertion
    return {
        "id": statement.id,
        "claim": text(statement.claim),
        "words": statement.sentence,
        "status": statement.status.value,
        "reason": statement.reason,
        "mode": a.mode.value,
        "polarity": a.polarity.value,
        "speakers": [asdict(name) for name in statement.speakers],
        "via": [asdict(name) for name in statement.via],
        "where": [asdict(name) for name in statement.where],
        "with": statement.values,
        "when": a.when.text if a.when else "",
        "said": a.said.text if a.said else "",
        "note": a.note,
        "articles": len(statement.articles),
        "sources": statement.sources,
        "originators": statement.originators,
        "citations": [place.record for place in statement.places],
        "against": statement.against,
        "withdrawn_citations": [place.record for place in statement.withdrawal_places],
        "holds": statement.holds,
        "ends": statement.limited_state if a.ends else "",
        "begins": statement.limited_state if a.begins else "",
        "limits": statement.limits,
        "rule": a.rule,
        "follows_from": [premise.id for premise in a.follows_from],
        "speaks_of": a.object_assertion,
        "about": [each.id for each in a.about],
        "written_with": list(a.written_ids),
    }
