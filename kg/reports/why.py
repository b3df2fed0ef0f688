"""Why an edge stands: who says it, who denies it, its status and the reason for that, with every
citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

from kg.closure import closure
from kg.dates import Overlap
from kg.diagnostics import KgError, did_you_mean
from kg.model import Article, Assertion, Corpus
from kg.reading import Reading
from kg.statement import Place, Statement
from kg.status.inference import RULES
from kg.status.status import MEANING, Status
from kg.text import fill
from kg.wording import listed, text


class Explanation(NamedTuple):
    """The statements that were asked for (``main``), and all that stands against them or that they
    follow from (``beside``, by id), with the corpus that they are of.

    ``conclusions`` counts the ones that kg draws about a thing and that are not among ``main``.
    """

    main: tuple[Statement, ...]
    beside: Mapping[str, Statement]
    corpus: Corpus
    counted_as: Mapping[str, str]
    conclusions: int = 0


def why(id: str, reading: Reading, with_conclusions: bool = False) -> Explanation:
    """All about an assertion, or about every assertion that concerns a thing, article or conflict.

    Raises KgError where nothing has that id.
    """
    corpus, statements = reading.extended, reading.statements
    ids = _concerned(id, corpus)
    is_list = ids != (id,)
    if is_list and not with_conclusions:
        chosen = [each for each in ids if not corpus.assertions[each].rule]
    else:
        chosen = list(ids)
    beside = {rival for each in chosen for rival in statements[each].against}
    for each in closure(chosen, lambda id: _premises(corpus.assertions[id])):
        beside.update(_premises(corpus.assertions[each]))
    return Explanation(
        tuple(statements[each] for each in chosen),
        {each: statements[each] for each in sorted(beside)},
        corpus,
        reading.judgement.counted_as,
        len(ids) - len(chosen),
    )


def _premises(assertion: Assertion) -> list[str]:
    return [premise.id for premise in assertion.follows_from]


def _concerned(id: str, corpus: Corpus) -> tuple[str, ...]:
    """The assertions that a question about an id is about: itself, a conflict's rivals, all of a
    thing or article.
    """
    if id in corpus.assertions:
        return (id,)
    if id in corpus.conflicts:
        return tuple(rival.id for rival in corpus.conflicts[id].between)
    if id in corpus.things or id in corpus.articles:
        return tuple(each for each, a in corpus.assertions.items() if _concerns(id, a))
    ids = (*corpus.things, *corpus.assertions, *corpus.articles, *corpus.conflicts)
    raise KgError(f"nothing here is called '{id}'", hint=did_you_mean(id, ids))


def _concerns(id: str, a: Assertion) -> bool:
    things = [a.subject.id, a.object_key, *(reference.id for reference in (*a.speakers, *a.via))]
    is_place = a.where is not None and a.where.id == id
    return id in things or is_place or any(c.article.id == id for c in a.citations)


def in_words(title: str, explanation: Explanation, through_lens: bool = False) -> str:
    """The answer for people: each assertion as a sentence, then its status and why, then where it
    stands.
    """
    if not explanation.main:
        lens = " under this lens" if through_lens else ""
        return f"{title}\n\nNo assertion{lens} speaks of it.\n"
    order = list(Status)
    ranked = sorted(explanation.main, key=lambda each: (-order.index(each.status), each.id))
    blocks = [title]
    blocks += ["\n".join(map(_fitted, _block(each, explanation))) for each in ranked]
    count = len(explanation.main)
    blocks.append(f"{count} assertion{'s' if count != 1 else ''}: {_counted(explanation.main)}")
    if explanation.conclusions:
        blocks[-1] += f"\n{explanation.conclusions} more follow by rules: kg why --inferred"
    return "\n\n".join(blocks) + "\n"


_VALUE = re.compile(r" *(?:\S+(?: \S+)? {2,})?")
"""What stands before a line's value: blanks, and a label in a column of its own."""


def _fitted(line: str) -> str:
    """A line broken at 100 columns; what goes on stands to the right of where its value begins."""
    first = _VALUE.match(line)
    assert first is not None
    return fill(line[first.end() :], first[0], " " * (first.end() + (2 if first[0] else 4)))


def _counted(main: Iterable[Statement]) -> str:
    statuses = [each.status for each in main]
    return ", ".join(f"{statuses.count(s)} {s}" for s in reversed(Status) if s in statuses)


def _block(statement: Statement, explanation: Explanation) -> list[str]:
    a = statement.assertion
    lines = [
        f"{statement.sentence}.",
        f"  assertion  {statement.id}",
        f"  status     {statement.status}: {_because(statement)}",
    ]
    for label, value in (
        ("when", a.when.text if a.when else ""),
        ("where", text(listed(statement.where))),
        ("said", a.said.text if a.said else ""),
        ("through", text(listed(statement.via))),
        ("holds", _holds(statement)),
        ("note", a.note),
    ):
        if value:
            lines.append(f"  {label:<10} {value}")
    if statement.withdrawal_places:
        reports = _places(statement.withdrawal_places, explanation)
        lines += [f"  withdrawn  {reports[0]}", *(f"             {line}" for line in reports[1:])]
    for rival in statement.against:
        lines += _other("against", rival, explanation)
    if a.rule:
        lines.append(f"  by rule    {a.rule}: {RULES[a.rule]}")
    for ground in a.follows_from:
        lines += _other("from", ground.id, explanation)
    if statement.articles or not a.follows_from:
        lines.append(f"  sources    {_sources(statement)}")
        lines += [f"             {line}" for line in _places(statement.places, explanation)]
    return lines


def _holds(statement: Statement) -> str:
    if statement.certainty is Overlap.POSSIBLY:
        return f"{statement.certainty}, as its date is imprecise or missing"
    return statement.certainty or ""


def _other(label: str, id: str, explanation: Explanation) -> list[str]:
    """Another assertion in a line, with its own citations or its own grounds below it."""
    statement = explanation.beside[id]
    lines = [f"  {label:<10} {statement.sentence} [{id}, {statement.status}]"]
    lines += [f"             {line}" for line in _places(statement.places, explanation)]
    for ground in statement.assertion.follows_from:
        lines += [f"           {line}" for line in _other("from", ground.id, explanation)]
    return lines


def _because(statement: Statement) -> str:
    """Why it has its status; what stands against a contested one is told in lines of its own."""
    is_contested = statement.against and statement.status is Status.CONTESTED
    return MEANING[Status.CONTESTED] if is_contested else statement.reason


def _sources(statement: Statement) -> str:
    count = len(statement.articles)
    if not count:
        return "no article of its own"
    independent = f"{statement.sources} independent ({', '.join(statement.originators)})"
    return f"{independent}, in {count} article{'s' if count != 1 else ''}"


def _places(places: Sequence[Place], explanation: Explanation) -> list[str]:
    """Where articles say so, a line for each."""
    lines = []
    for id in dict.fromkeys(place.article for place in places):
        article = explanation.corpus.articles[id]
        paragraphs = [str(place.paragraph) for place in places if place.article == id]
        noun = "paragraph" if len(paragraphs) == 1 else "paragraphs"
        publisher, originator = _publisher_and_originator(article, explanation.corpus)
        by = publisher if publisher == originator else f"{publisher}, by {originator}"
        source = f"'{article.title.text}' ({by}, {article.published.text})"
        lines.append(f"{id}, {noun} {', '.join(paragraphs)}: {source}")
    return lines


def _publisher_and_originator(article: Article, corpus: Corpus) -> tuple[str, str]:
    things = corpus.things
    return things[article.publisher.id].label, things[article.originator.id].label


def as_json(id: str, explanation: Explanation) -> dict[str, object]:
    """The answer for programs."""
    statements = (*explanation.main, *explanation.beside.values())
    places = [p for each in statements for p in (*each.places, *each.withdrawal_places)]
    articles = sorted({place.article for place in places})
    return {
        "asked": id,
        "assertions": [_record(each) for each in explanation.main],
        "beside": [_record(each) for each in explanation.beside.values()],
        "articles": [_article(explanation.corpus.articles[each], explanation) for each in articles],
        "conclusions_left_out": explanation.conclusions,
    }


def _article(article: Article, explanation: Explanation) -> dict[str, object]:
    publisher, originator = _publisher_and_originator(article, explanation.corpus)
    known = article.published.end_latest
    return {
        "id": article.id,
        "title": article.title.text,
        "publisher": publisher,
        "originator": originator,
        "published": article.published.text,
        "url": article.url,
        "known": str(known) if known else "",
        "publisher_id": article.publisher.id,
        "originator_id": article.originator.id,
        "counted_as": explanation.counted_as.get(article.id, ""),
    }


def _record(statement: Statement) -> dict[str, object]:
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
        "when": a.when.text if a.when else "",
        "said": a.said.text if a.said else "",
        "note": a.note,
        "articles": len(statement.articles),
        "sources": statement.sources,
        "originators": statement.originators,
        "citations": [place._asdict() for place in statement.places],
        "opposed": statement.against,
        "taken_back": [place._asdict() for place in statement.withdrawal_places],
        "holds": statement.certainty or "",
        "rule": a.rule,
        "follows_from": [premise.id for premise in a.follows_from],
    }
