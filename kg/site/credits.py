"""Who wrote a source and of when it is, as a site tells it."""

from __future__ import annotations

from kg.dates.words import date_in_words
from kg.model import Article
from kg.model.corpus import Corpus
from kg.status.statement import Statement
from kg.text import join_and


def writers(article: Article, corpus: Corpus) -> str:
    """Return who wrote an article."""
    return join_and([corpus.things[each.id].label for each in article.originators])


def publication_date(article: Article) -> str:
    """Return the date of an article in words."""
    return date_in_words(article.published) if article.published else "undated"


def credit_line(statement: Statement) -> str:
    """Return who is cited for a statement and of when: ``Kyodo News, 15 November 2019``."""
    corpus = statement.judgement.corpus
    articles = (corpus.articles[id] for id in statement.locators)
    return "; ".join(f"{writers(each, corpus)}, {publication_date(each)}" for each in articles)
