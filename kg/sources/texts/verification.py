"""Citations checked against a curator's own copies of the articles.

The texts are other people's and stay outside the repository. A copy is known by its fingerprint,
whatever its file name, or by its name (``<article id>.txt``): then it must have the fingerprint.
Words are compared after normalisation (``kg.sources.texts.normal``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kg.diagnostics import Diagnostic, KgError, rules
from kg.files.workspace import MOST_BYTES
from kg.model import Article
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.references import Citation
from kg.sources.spreadsheets import ENDING
from kg.sources.texts.normal import decode_text, normalise_words, sha256, split_paragraphs
from kg.sources.texts.passages import first_words, nearest_passages
from kg.sources.texts.quoting import find_occurrences
from kg.text.characters import quoted

QUOTE_WHOLE = "quote the passage whole, or two passages of it"


@dataclass(frozen=True)
class LocalFile:
    """A copy of an article: its file's name and bytes."""

    name: str
    data: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """Its fingerprint."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """Its paragraphs, normalised."""
        return split_paragraphs(decode_text(self.data))


class Copies(NamedTuple):
    """The local texts of a folder: the copy of each article that has one, files that belong
    to no article, names of files that could not be read, and what is wrong.
    """

    by_article: Mapping[str, LocalFile]
    others: tuple[LocalFile, ...] = ()
    unreadable: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Tally(NamedTuple):
    """The counts of an article's citations that stand, could not be looked up here, or are wrong.

    ``file`` is its local text (empty: none). ``by_words`` counts those of the verified whose words
    were compared: of the others the paragraph exists, and no more is known. ``words_not_here``
    counts those that could not be looked up and cite words.
    """

    article: str
    file: str = ""
    verified: int = 0
    by_words: int = 0
    not_here: int = 0
    words_not_here: int = 0
    wrong: int = 0


class Verification(NamedTuple):
    """The tallies of all articles, with one diagnostic for each mistake."""

    articles: tuple[Tally, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    copies: Copies = Copies({})

    @property
    def total(self) -> Tally:
        """The counts of all articles together."""
        columns = zip(*(tally[2:] for tally in self.articles), strict=True)
        return Tally("", "", *map(sum, columns))


def verify(corpus: Corpus, folder: Path | None) -> Verification:
    """Return how the citations of a corpus stand in the texts of a folder (None: nothing can be
    verified here).

    Raises KgError where the folder cannot be read.
    """
    copies = read_copies(corpus, folder) if folder else Copies({})
    citations = group_pairs((citation.article.id, citation) for citation in corpus.citations)
    problems = list(copies.diagnostics)
    tallies = []
    for article in {**corpus.articles, **citations}:
        own = citations.get(article, [])
        copy = copies.by_article.get(article)
        if copy is None:
            tallies.append(Tally(article, not_here=len(own), words_not_here=_count_words(own)))
            continue
        here = [citation for citation in own if citation.paragraph or citation.quote]
        right = []
        for citation in here:
            wrong = list(_problems(citation, copy.paragraphs))
            problems += wrong
            right += [] if wrong else [citation]
        tallies.append(
            Tally(
                article,
                copy.name,
                verified=len(right),
                by_words=_count_words(right),
                not_here=len(own) - len(here),
                wrong=len(here) - len(right),
            )
        )
    return Verification(tuple(tallies), tuple(problems), copies)


def _count_words(citations: Iterable[Citation]) -> int:
    """How many of some citations say which words they mean."""
    return sum(bool(citation.words or citation.quote) for citation in citations)


def read_copies(corpus: Corpus, folder: Path) -> Copies:
    """Return the local texts of a folder (its own files, not those of folders in it), matched with
    the articles of a corpus.

    Raises KgError where the folder cannot be read.
    """
    files, unreadable = _read_files(folder)
    by_sha256 = {file.sha256: file for file in reversed(files.values())}
    copies: dict[str, LocalFile] = {}
    problems: list[Diagnostic] = []
    others = dict(files)
    for article in corpus.articles.values():
        id, name = quoted(article.id), f"{article.id}.txt"
        if not article.text_sha256:
            continue
        if file := by_sha256.get(article.text_sha256):
            copies[article.id] = file
            problems += _miscounted(article, len(file.paragraphs))
        elif file := others.pop(name, None):
            message = f"the local text of {id} has another fingerprint than the record"
            problems.append(
                rules.OTHER_TEXT.at(
                    article.span,
                    message,
                    "cite from the text that the record names; "
                    "or re-read every citation and write "
                    f"paragraphs: {len(file.paragraphs)}, text_sha256: {file.sha256}",
                )
            )
    sha256s = {article.text_sha256 for article in corpus.articles.values()}
    unknown = tuple(file for file in others.values() if file.sha256 not in sha256s)
    return Copies(copies, unknown, unreadable, tuple(problems))


def _read_files(folder: Path) -> tuple[dict[str, LocalFile], tuple[str, ...]]:
    """Return the files of a folder by name, and the names of those that cannot be read or are too
    large.
    """
    if not folder.is_dir():
        hint = "name the folder with your copies of the articles"
        raise KgError(f"{folder} is not a folder", hint=hint)
    files: dict[str, LocalFile] = {}
    unreadable: list[str] = []
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
        paths = [path for path in paths if not path.name.startswith(".")]
    except OSError as error:
        message = f"{folder} cannot be read: {error.strerror}"
        raise KgError(message, hint="look at its permissions") from None
    for path in paths:
        try:
            texts = _read_texts(path)
        except (OSError, KgError):
            unreadable.append(path.name)
        else:
            files |= {name: LocalFile(name, text) for name, text in texts.items()}
    return files, tuple(unreadable)


def _read_texts(path: Path) -> dict[str, bytes]:
    """The text of a file, by its name; of a workbook those of its sheets (``book.xlsx#Sheet``)."""
    if path.stat().st_size > MOST_BYTES:
        raise KgError(f"{path} is too large")
    if path.suffix.lower() != ENDING:
        return {path.name: path.read_bytes()}
    from kg.sources.spreadsheets.workbook import read_sheets

    return {f"{path.name}#{each.name}": each.text.encode() for each in read_sheets(path)}


def _miscounted(article: Article, count: int) -> Iterator[Diagnostic]:
    if article.paragraphs and count != article.paragraphs:
        counts = f"{count} paragraphs, its record says {article.paragraphs}"
        message = f"the text of {quoted(article.id)} has {counts}"
        yield rules.OTHER_TEXT.at(article.span, message, f"write 'paragraphs: {count}'")


def _problems(citation: Citation, text: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Yield what is wrong with a citation of a text."""
    for message, hint in citation_mistakes(citation, text):
        if hint != QUOTE_WHOLE:
            hint = _other_place(citation, text) or hint
        yield rules.WORDS_NOT_THERE.at(citation.span, message, hint)


def citation_mistakes(citation: Citation, text: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the message and the hint of each mistake."""
    number = citation.paragraph
    if not number:
        # Cited by page or time: the words stand somewhere in the text.
        yield from _misquoted(citation.quote, " ".join(text), "the text")
        return
    if number > len(text):
        yield f"the text has {len(text)} paragraphs, not {number}", "count its non-blank lines"
        return
    paragraph = text[number - 1]
    anew = "kg cite ARTICLE WORDS prints place and fingerprint anew"
    if citation.words:
        start, end = citation.words
        words = paragraph[start:end]
        if end > len(paragraph):
            yield f"paragraph {number} has {len(paragraph)} characters, not {end}", anew
        elif sha256(words) != citation.sha256:
            place = f"characters {start} to {end} of paragraph {number}"
            hint = f"{quoted(first_words(words))} stands there; {anew}"
            yield f"{place} have another fingerprint", hint
    yield from _misquoted(citation.quote, paragraph, f"paragraph {number}")


def _misquoted(quote: str, text: str, where: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a quote of some text, if there is one."""
    extensions = [swallowed for _, swallowed in find_occurrences(normalise_words(quote), text)]
    if quote and not extensions:
        message = f"the words {quoted(quote)} do not stand in {where}"
        yield message, "quote the paragraph's own words"
    elif all(extensions) and extensions:
        message = f"{quoted(quote)} leaves out {quoted(extensions[0])}, and says something else"
        yield message, QUOTE_WHOLE


def _other_place(citation: Citation, text: tuple[str, ...]) -> str:
    """Return where the words of a citation stand instead, or what comes nearest to them; nothing
    where neither is known.
    """
    quote = normalise_words(citation.quote)
    for number, paragraph in enumerate(text, 1):
        for start, end in _places(citation, quote, paragraph):
            return f"they stand in paragraph {number}, span [{start}, {end}]"
    for nearest in nearest_passages(quote, text) if quote else ():
        place = f"paragraph {nearest.paragraph}, span [{nearest.start}, {nearest.end}]"
        return f"nearest: {place}: {quoted(first_words(nearest.words(text)))}"
    return ""


def _places(citation: Citation, quote: str, paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield where in a paragraph the words of a citation stand, by their letters or, where these
    are unknown, their fingerprint.
    """
    if quote:
        yield from (span for span, swallowed in find_occurrences(quote, paragraph) if not swallowed)
    elif citation.words:
        length = citation.words[1] - citation.words[0]
        for start in range(len(paragraph) - length + 1):
            in_word = start and paragraph[start - 1].isalnum() and paragraph[start].isalnum()
            if not in_word and sha256(paragraph[start : start + length]) == citation.sha256:
                yield start, start + length
