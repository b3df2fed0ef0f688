"""Citations checked against a curator's own copies of the articles.

The texts are other people's and stay outside the repository. A copy is found by its fingerprint,
whatever its file name, or by its name (``<article id>.txt``): then it must have the fingerprint.
Words are compared after normalisation: Unicode NFC, runs of white space as one blank, typographic
quotes and dashes as plain ones, characters that nobody sees (soft hyphens, zero-width blanks) left
out.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kg import rules
from kg.characters import quoted
from kg.diagnostics import Diagnostic, KgError
from kg.model import Article, Citation, Corpus
from kg.texts.passages import Passage, clipped, nearest
from kg.workspace import MOST_BYTES

_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "‘’‚‛‹›′"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―"), "-"),
    **dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF)),
}

_LINE_END = re.compile("\r\n|[\r\n]")


class LocalFile(NamedTuple):
    """A file among the local texts: what an article's record would say of it."""

    name: str
    paragraphs: int
    sha256: str


class Copy(NamedTuple):
    """The local text of one article: the file's name, and the paragraphs, normalised."""

    file: str
    text: tuple[str, ...]


class Copies(NamedTuple):
    """What a folder of local texts holds: the copy of each article that has one, files that belong
    to no article, names of files that could not be read, and what is wrong.
    """

    of: Mapping[str, Copy]
    others: tuple[LocalFile, ...] = ()
    unread: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Tally(NamedTuple):
    """How the citations of one article fare. ``file`` is its local text (empty: none), ``by_words``
    counts those of the verified whose words were compared: of the others the paragraph exists, and
    no more is known.
    """

    article: str
    file: str = ""
    verified: int = 0
    by_words: int = 0
    not_here: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """How many citations were found to stand, could not be looked up here, or are wrong; with one
    diagnostic a mistake.
    """

    verified: int = 0
    not_here: int = 0
    wrong: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    articles: tuple[Tally, ...] = ()
    copies: Copies = field(default_factory=lambda: Copies({}))

    @property
    def by_words(self) -> int:
        """How many of the verified ones were compared word for word."""
        return sum(tally.by_words for tally in self.articles)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, normalised: split at line ends, blank lines dropped; the first is
    paragraph 1.
    """
    return tuple(normalised(line) for line in _LINE_END.split(text) if line.strip())


def normalised(text: str) -> str:
    """A text as words are compared."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_PLAIN)).strip()


def sha256(words: str) -> str:
    """The fingerprint of normalised words."""
    return hashlib.sha256(words.encode()).hexdigest()


def verify(corpus: Corpus, folder: Path | None) -> Verification:
    """Every citation of a corpus against the texts of a folder (none: nothing can be verified
    here).

    Raises KgError where the folder cannot be read.
    """
    citations = corpus.citations()
    if folder is None:
        return Verification(not_here=len(citations))
    local = copies(corpus, folder)
    by_article: dict[str, list[Citation]] = {id: [] for id in corpus.articles}
    for citation in citations:
        by_article.setdefault(citation.article.id, []).append(citation)
    found = list(local.diagnostics)
    tallies = []
    for article, cited in by_article.items():
        copy = local.of.get(article)
        if copy is None:
            tallies.append(Tally(article, not_here=len(cited)))
            continue
        problems = [tuple(_problems(citation, copy.text)) for citation in cited]
        found += [problem for one in problems for problem in one]
        right = [citation for citation, wrong in zip(cited, problems, strict=True) if not wrong]
        by_words = sum(bool(citation.words or citation.quote) for citation in right)
        tallies.append(
            Tally(article, copy.file, len(right), by_words, wrong=len(cited) - len(right))
        )
    return Verification(
        verified=sum(tally.verified for tally in tallies),
        not_here=sum(tally.not_here for tally in tallies),
        wrong=sum(tally.wrong for tally in tallies),
        diagnostics=tuple(found),
        articles=tuple(tallies),
        copies=local,
    )


def copies(corpus: Corpus, folder: Path) -> Copies:
    """The local texts of a folder (its own files, not those of folders in it), matched with the
    articles of a corpus.

    Raises KgError where the folder cannot be read.
    """
    contents, unread = _contents(folder)
    files = [_local(name, data) for name, data in sorted(contents.items())]
    by_print = {file.sha256: file.name for file in reversed(files)}
    prints = {article.text_sha256 for article in corpus.articles.values()}
    known = {file.name for file in files if file.sha256 in prints}
    of: dict[str, Copy] = {}
    found: list[Diagnostic] = []
    for article in corpus.articles.values():
        name = f"{article.id}.txt"
        if file := by_print.get(article.text_sha256):
            of[article.id] = Copy(file, paragraphs(contents[file].decode("utf-8", "replace")))
            found += _miscounted(article, len(of[article.id].text))
        elif name in contents:
            known.add(name)
            found.append(
                rules.OTHER_TEXT.at(
                    article.span,
                    f"the local text of {quoted(article.id)} has another fingerprint than the record",
                    "cite from the text that the record names; or re-read every citation and write "
                    f"text_sha256: {hashlib.sha256(contents[name]).hexdigest()}",
                )
            )
    return Copies(of, tuple(file for file in files if file.name not in known), unread, tuple(found))


def _contents(folder: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files of a folder by name, and the names of those that cannot be read or are too large."""
    if not folder.is_dir():
        raise KgError(
            f"{folder} is not a folder", hint="name the folder with your copies of the articles"
        )
    contents: dict[str, bytes] = {}
    unread: list[str] = []
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise KgError(
            f"{folder} cannot be read: {error.strerror}", hint="look at its permissions"
        ) from None
    for path in files:
        try:
            if path.stat().st_size <= MOST_BYTES:
                contents[path.name] = path.read_bytes()
            else:
                unread.append(path.name)
        except OSError:
            unread.append(path.name)
    return contents, tuple(unread)


def _local(name: str, data: bytes) -> LocalFile:
    return LocalFile(
        name, len(paragraphs(data.decode("utf-8", "replace"))), hashlib.sha256(data).hexdigest()
    )


def _miscounted(article: Article, count: int) -> Iterator[Diagnostic]:
    if count != article.paragraphs:
        yield rules.OTHER_TEXT.at(
            article.span,
            f"the text of {quoted(article.id)} has {count} paragraphs, its record says {article.paragraphs}",
            f"write 'paragraphs: {count}'",
        )


def _problems(citation: Citation, text: tuple[str, ...]) -> Iterator[Diagnostic]:
    number = citation.paragraph
    if number > len(text):
        yield rules.WORDS_NOT_THERE.at(
            citation.span,
            f"the text has {len(text)} paragraphs, not {number}",
            _moved(citation, text) or "count its non-blank lines",
        )
        return
    paragraph = text[number - 1]
    if citation.words:
        start, end = citation.words
        stands = paragraph[start:end]
        if end > len(paragraph):
            yield rules.WORDS_NOT_THERE.at(
                citation.span,
                f"paragraph {number} has {len(paragraph)} characters, not {end}",
                _moved(citation, text) or "kg cite ARTICLE WORDS prints place and fingerprint anew",
            )
        elif sha256(stands) != citation.sha256:
            yield rules.WORDS_NOT_THERE.at(
                citation.span,
                f"characters {start} to {end} of paragraph {number} have another fingerprint",
                _moved(citation, text)
                or f"{quoted(clipped(stands))} stands there; kg cite ARTICLE WORDS prints place and fingerprint anew",
            )
    if citation.quote and (normalised(citation.quote) or citation.quote) not in paragraph:
        yield rules.WORDS_NOT_THERE.at(
            citation.span,
            f"the words {quoted(citation.quote)} do not stand in paragraph {number}",
            _moved(citation, text) or "quote the paragraph's own words",
        )


def _moved(citation: Citation, text: tuple[str, ...]) -> str:
    """Where the words of a citation stand instead, or what comes nearest to them; nothing where
    neither is known.
    """
    quote = normalised(citation.quote)
    for number, paragraph in enumerate(text, 1):
        for start, end in _places(citation, quote, paragraph):
            return f"they stand in paragraph {number}, span [{start}, {end}]"
    near = nearest(quote, text) if quote else ()
    return _told(near[0], text) if near else ""


def _places(citation: Citation, quote: str, paragraph: str) -> Iterator[tuple[int, int]]:
    """Where in a paragraph the words of a citation stand, by their letters or, where these are
    unknown, their fingerprint.
    """
    if quote:
        at = paragraph.find(quote)
        if at >= 0:
            yield at, at + len(quote)
    elif citation.words:
        length = citation.words[1] - citation.words[0]
        for start in range(len(paragraph) - length + 1):
            in_word = start and paragraph[start - 1].isalnum() and paragraph[start].isalnum()
            if not in_word and sha256(paragraph[start : start + length]) == citation.sha256:
                yield start, start + length


def _told(passage: Passage, text: tuple[str, ...]) -> str:
    """A passage as a hint tells it: its place and its first words."""
    return (
        f"nearest: paragraph {passage.paragraph}, span [{passage.start}, {passage.end}]: "
        f"{quoted(clipped(passage.words(text)))}"
    )


def counts(verification: Verification) -> Mapping[str, int]:
    """The three counts by name."""
    return {
        "verified": verification.verified,
        "not_verifiable_here": verification.not_here,
        "wrong": verification.wrong,
    }
