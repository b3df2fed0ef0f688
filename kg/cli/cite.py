"""Print the citation of words in an article, to paste.

Look words up in your own copy of an article and print where they stand, with their fingerprint:
  kyodo-2019-11-15: [{p: 4, span: [125, 140], sha256: ...}]
White space and typographic quotes do not count. Exit code 1 where the words stand nowhere, or at
more than one place: all places are listed then, and more words tell which is meant.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.documents import format_option
from kg.cli.options import options
from kg.cli.sources import opened_workspace, texts_folder
from kg.text import counted

if TYPE_CHECKING:
    from kg.sources.loader import Loaded
    from kg.sources.texts.citing import Search
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
    format_option(parser, ("text", "json"))


def run(arguments: argparse.Namespace) -> int:
    """Print the citation, or what comes nearest."""
    from kg.diagnostics import KgError
    from kg.reading import YAML_ENDINGS
    from kg.sources.loader import load
    from kg.sources.texts.citing import search_words
    from kg.sources.texts.normal import normalise

    if not normalise(arguments.words):
        raise KgError("there are no words to look for", hint='kg cite ARTICLE "words"')
    workspace = opened_workspace(arguments)
    loaded = load(workspace.files("sources", YAML_ENDINGS).contents)
    copy = _copy(arguments.article, loaded, texts_folder(workspace))
    count, paragraph = len(copy.paragraphs), arguments.paragraph
    if paragraph and paragraph > count:
        raise KgError(f"{copy.name} has {counted(count, 'paragraph')}, not {paragraph}")
    search = search_words(arguments.words, copy.paragraphs, paragraph)
    if arguments.format == "json":
        print(json.dumps(_record(arguments.article, search), indent=1))
    else:
        _print(arguments.article, search, copy)
    return 0 if len(search.matches) == 1 else 1


def _copy(article: str, loaded: Loaded, folder: Path) -> LocalFile:
    """Return the local text of an article. Raises KgError where there is no such article, or no
    text of it.
    """
    from kg.diagnostics import KgError
    from kg.sources.texts.verification import read_copies
    from kg.status.naming import hint_of_thing

    articles = loaded.corpus.articles
    if article in loaded.broken:
        raise KgError(f"the record of '{article}' has a mistake", 1, hint="kg check shows it")
    if article not in articles:
        hint = "record it first, under 'articles': kg verify "
        hint += "prints paragraphs and text_sha256 of a file"
        hint = hint_of_thing(article, {}, articles=articles) or hint
        raise KgError(f"no article is called '{article}'", hint=hint)
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


def _print(article: str, search: Search, copy: LocalFile) -> None:
    from kg.sources.texts.citing import citation_line

    for match in search.matches:
        print(citation_line(article, [match]))
    sys.stdout.flush()
    for line in _remarks(search, copy):
        print(line if line.startswith("  ") else f"kg: {line}", file=sys.stderr)


def _remarks(search: Search, copy: LocalFile) -> Iterator[str]:
    """Yield what to know of the matches, or where they are looked for in vain."""
    from kg.sources.texts.passages import Match, first_words, words_around

    text = copy.paragraphs
    if not search.matches:
        yield f"the words do not stand in {copy.name}"
        for passage in search.nearest:
            place = f"paragraph {passage.paragraph}, span [{passage.start}, {passage.end}]"
            yield f"  nearest: {place}: {first_words(passage.words(text))}"
        return
    if search.match is Match.OTHER_CASE:
        yield "found in other letter case"
    if search.match is Match.INSIDE_WORDS:
        yield "found only inside longer words"
    if len(search.matches) > 1:
        yield f"the words stand at {len(search.matches)} places:"
        for passage, _ in search.matches:
            yield f"  paragraph {passage.paragraph}: {words_around(passage, text)}"
        yield "  hint: give more words, or --paragraph N"


def _record(article: str, search: Search) -> dict[str, object]:
    return {
        "article": article,
        "match": search.match.value if search.matches else None,
        "citations": [
            {"p": passage.paragraph, "span": [passage.start, passage.end], "sha256": sha256}
            for passage, sha256 in search.matches
        ],
        "nearest": [{"p": p.paragraph, "span": [p.start, p.end]} for p in search.nearest],
    }
