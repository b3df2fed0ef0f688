"""``kg cite``: print the citation of words, to paste."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import Commands, command, positive
from kg.text import counted
from kg.workspace import find

if TYPE_CHECKING:
    from kg.sources.loader import Loaded
    from kg.texts.citing import Search
    from kg.texts.verification import Copy


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "cite",
        "print the citation of words in an article, to paste",
        "Look words up in your own copy of an article and print where they stand, with their fingerprint:\n"
        "  kyodo-2019-11-15: [{p: 4, span: [125, 140], sha256: ...}]\n"
        "White space and typographic quotes do not count. Exit code 1 where the words stand nowhere, or at more than\n"
        "one place: all places are listed then, and more words tell which is meant.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the article's id")
    parser.add_argument(
        "words", metavar="WORDS", help="the shortest words that carry the fact, in quotes"
    )
    parser.add_argument(
        "--texts",
        metavar="DIR",
        type=Path,
        required=True,
        help="the folder with your copies of the articles (its own files; there is no default)",
    )
    parser.add_argument(
        "--paragraph",
        metavar="N",
        type=positive,
        help="look in this paragraph only, counted from 1",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to print it (default: text)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the citation, or what comes nearest."""
    from kg.diagnostics import KgError
    from kg.reading import YAML_ENDINGS
    from kg.sources.loader import load
    from kg.texts.citing import search
    from kg.texts.verification import normalised

    if not normalised(arguments.words):
        raise KgError("there are no words to look for", hint='kg cite ARTICLE "words" --texts DIR')
    loaded = load(find(arguments.workspace).files("sources", YAML_ENDINGS).contents)
    copy = _copy(arguments.article, loaded, arguments.texts)
    if arguments.paragraph and arguments.paragraph > len(copy.text):
        raise KgError(
            f"{copy.file} has {counted(len(copy.text), 'paragraph')}, not {arguments.paragraph}"
        )
    found = search(arguments.words, copy.text, arguments.paragraph)
    if arguments.format == "json":
        print(json.dumps(_record(arguments.article, found), indent=1))
    else:
        _print(arguments.article, found, copy)
    return 0 if len(found.cited) == 1 else 1


def _copy(article: str, loaded: Loaded, folder: Path) -> Copy:
    """The local text of an article. Raises KgError where there is no such article, or no text of
    it.
    """
    from kg.diagnostics import KgError, did_you_mean
    from kg.texts.verification import copies

    articles = loaded.corpus.articles
    if article in loaded.broken:
        raise KgError(f"the record of '{article}' has a mistake", 1, hint="kg check shows it")
    if article not in articles:
        raise KgError(
            f"no article is called '{article}'",
            hint=did_you_mean(article, articles)
            or "record it first, under 'articles': kg verify --texts DIR prints paragraphs and text_sha256 of a file",
        )
    local = copies(loaded.corpus, folder)
    if article in local.of:
        return local.of[article]
    for diagnostic in local.diagnostics:
        if diagnostic.span == articles[article].span:
            raise KgError(diagnostic.message, 1, hint=diagnostic.hint)
    raise KgError(
        f"no file of {folder} is the text of '{article}'",
        hint=f"its fingerprint (text_sha256) begins with {articles[article].text_sha256[:12]}; "
        "kg verify --texts DIR lists what is there",
    )


def _print(article: str, found: Search, copy: Copy) -> None:
    from kg.texts.citing import citation
    from kg.texts.passages import Match, around, clipped

    for cited in found.cited:
        print(citation(article, [cited]))
    sys.stdout.flush()
    said: list[str] = []
    if found.cited and found.match is Match.OTHER_CASE:
        said.append("found in other letter case")
    if found.cited and found.match is Match.INSIDE_WORDS:
        said.append("found only inside longer words")
    if len(found.cited) > 1:
        said.append(f"the words stand at {len(found.cited)} places:")
        said += [
            f"  paragraph {c.passage.paragraph}: {around(c.passage, copy.text)}"
            for c in found.cited
        ]
        said.append("  hint: give more words, or --paragraph N")
    if not found.cited:
        said.append(f"the words do not stand in {copy.file}")
        said += [
            f"  nearest: paragraph {p.paragraph}, span [{p.start}, {p.end}]: {clipped(p.words(copy.text))}"
            for p in found.nearest
        ]
    for number, line in enumerate(said):
        print(line if number and line.startswith("  ") else f"kg: {line}", file=sys.stderr)


def _record(article: str, found: Search) -> dict[str, object]:
    return {
        "article": article,
        "match": found.match.value if found.cited else None,
        "citations": [
            {"p": c.passage.paragraph, "span": [c.passage.start, c.passage.end], "sha256": c.sha256}
            for c in found.cited
        ],
        "nearest": [{"p": p.paragraph, "span": [p.start, p.end]} for p in found.nearest],
    }
