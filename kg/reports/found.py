"""What is called so: things and articles by any of their names."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.diagnostics import KgError, did_you_mean
from kg.editing.choices import Choices
from kg.editing.names import all_names
from kg.model import Article
from kg.model.corpus import Corpus
from kg.reading import Reading
from kg.reports.document import Document, Item, List, Paragraph, Section
from kg.text import count_noun
from kg.text.characters import fold_case


def found_document(words: str, reading: Reading, most: int) -> Document:
    """Return a document of the things, those that most is said of first, and the articles that have
    some words in a name or are by one of the things; at most so many of each.

    Raises KgError where nothing is called so.
    """
    things = Choices(reading).things(words)
    articles = _articles(words, {each.id for each in things}, reading)
    if not things and not articles:
        raise KgError(f"nothing is called '{words}'", 1, hint=_hint(words, reading.written))
    total = len(things) + len(articles)
    found = f"{count_noun(len(things), 'thing')}, {count_noun(len(articles), 'article')}"
    counts = {"things": len(things), "articles": len(articles)}
    things, articles = things[:most], articles[:most]
    items = [
        Item(f"{each.label}, {each.kind}{f', also {each.other}' if each.other else ''}", id=each.id)
        for each in things
    ]
    items += [
        Item(f"{each.title.text} ({each.published_text})", label="article", id=each.id)
        for each in articles
    ]
    hidden_count = total - len(items)
    more = f"; {hidden_count:,} not listed: give more words, or --most" if hidden_count else ""
    listed, summary = List(items, indent=0), Paragraph(f"{found}{more}")
    data = {
        "things": [
            {"id": each.id, "label": each.label, "class": each.kind, "also": each.other or None}
            for each in things
        ],
        "articles": [
            {"id": each.id, "title": each.title.text, "published": each.published_text}
            for each in articles
        ],
        "found": counts,
    }
    return Document([Section("", [listed, summary])], data)


def _hint(words: str, corpus: Corpus) -> str:
    """What may be meant by words that nothing is called."""
    titles = [each.title.text for each in corpus.articles.values()]
    names = [name for id in corpus.things for name in all_names(id, corpus)]
    parts = dict.fromkeys(re.findall(r"[^\W_]{3,}", "\n".join([*names, *titles])))
    hint = did_you_mean(words, names) or did_you_mean(words, parts)
    return hint or "relations and classes are found by: kg ontology find WORDS"


def things_with(words: str, reading: Reading) -> set[str]:
    """Return the ids of the things that have some words in a name."""
    return {each.id for each in Choices(reading).things(words)}


def _articles(words: str, makers: Collection[str], reading: Reading) -> list[Article]:
    """The articles that have some words in the title or id, then those that one of some things
    wrote or published, each in order of ids.
    """
    folded = fold_case(words)
    titled: list[Article] = []
    articles: list[Article] = []
    for id, each in sorted(reading.written.articles.items()):
        if folded in fold_case(f"{each.title.text}\n{id}"):
            titled.append(each)
        elif any(maker.id in makers for maker in (*each.publishers, *each.originators)):
            articles.append(each)
    return [*titled, *articles]
