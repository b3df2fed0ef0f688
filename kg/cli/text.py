"""Show an article paragraph by paragraph, and what each was cited for.

Number the paragraphs of your own copy, as citations count them, and say below each which
assertions rest on it, with the words that they cite, who says so and where they stand. Without a
copy only the numbers are there. What is printed is somebody's article: it is for you, not for
publication.
"""

from __future__ import annotations

import argparse

from kg.cli.documents import document_options, print_document
from kg.cli.options import options
from kg.cli.sources import checked_reading


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "ARTICLE": "the article's id",
            "--unmined": "only the paragraphs that nothing cites yet",
        },
    )
    document_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the paragraphs."""
    from kg.reports.article_text import article_document
    from kg.status.naming import unknown_article

    reading = checked_reading(arguments)
    articles = reading.corpus.articles
    if arguments.article not in articles:
        hint = "kg query sources lists them, and kg add article FILE records one"
        raise unknown_article(arguments.article, articles, hint, exit_code=2)
    document = article_document(arguments.article, reading, arguments.unmined)
    return print_document(document, arguments, reading.lens)
