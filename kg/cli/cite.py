"""Print the citation of words in an article, to paste.

Look words up in your own copy of an article and print where they stand, with their fingerprint:
  kyodo-2019-11-15: [{p: 4, span: [125, 140], sha256: ...}]
White space and typographic quotes do not count. Words that stand nowhere, or at several places, are
refused with what is nearest or with all places, and more words tell which is meant.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import options
from kg.cli.sources import opened_workspace, texts_folder

if TYPE_CHECKING:
    from kg.sources.loader import Loaded
    from kg.sources.texts.verification import LocalFile


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "ARTICLE": "the article's id",
            "WORDS": "the shortest words that carry the fact, in quotes",
            "--paragraph N": "look in this paragraph only, counted from 1",
        },
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the citation, or what comes nearest."""
    from kg.editing.citing import cite_in
    from kg.editing.yamltext import flow_text
    from kg.reading import load_sources

    workspace = opened_workspace(arguments)
    loaded = load_sources(workspace)
    copy = _copy(arguments.article, loaded, texts_folder(workspace))
    article, item = cite_in({arguments.article: copy}, arguments.words, arguments.paragraph)
    print(f"{article}: {flow_text([item])}")
    return 0


def _copy(article: str, loaded: Loaded, folder: Path) -> LocalFile:
    """Return the local text of an article. Raises KgError where there is no such article, or no
    text of it.
    """
    from kg.diagnostics import KgError
    from kg.sources.texts.verification import read_copies
    from kg.status.naming import unknown_article

    articles = loaded.corpus.articles
    if article in loaded.broken_ids:
        raise KgError(f"the record of '{article}' has a mistake", 1, hint="kg check shows it")
    if article not in articles:
        hint = "record it first, under 'articles': kg verify "
        hint += "prints paragraphs and text_sha256 of a file"
        raise unknown_article(article, articles, hint, exit_code=2)
    copies = read_copies(loaded.corpus, folder)
    if article in copies.by_article:
        return copies.by_article[article]
    for problem in copies.diagnostics:
        if problem.span == articles[article].span:
            raise KgError(problem.message, 1, hint=problem.hint)
    sha256 = articles[article].text_sha256[:12]
    if not sha256:
        hint = "kg verify prints paragraphs and text_sha256 of a file"
        raise KgError(f"the record of '{article}' names no text", hint=hint)
    raise KgError(
        f"no file of {folder} is the text of '{article}'",
        hint=f"its fingerprint (text_sha256) begins with {sha256}; kg verify lists what is there",
    )
