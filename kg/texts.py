"""Citations checked against a curator's own copies of the articles.

The texts are other people's and stay outside the repository. A copy is found by its fingerprint, whatever its file
name, or by its name (``<article id>.txt``): then it must have the fingerprint. Words are compared after
normalisation: Unicode NFC, runs of white space as one blank, typographic quotes and dashes as plain ones.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import rules
from kg.characters import shown
from kg.diagnostics import Diagnostic, KgError
from kg.model import Article, Citation, Corpus
from kg.workspace import MOST_BYTES

_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)


@dataclass(frozen=True, slots=True)
class Verification:
    """How many citations were found to stand, could not be looked up here, or are wrong; with one diagnostic a
    mistake.
    """

    verified: int = 0
    not_here: int = 0
    wrong: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, normalised: split at line ends, blank lines dropped; the first is paragraph 1."""
    return tuple(normalised(line) for line in text.splitlines() if line.strip())


def normalised(text: str) -> str:
    """A text as words are compared."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_PLAIN)).strip()


def sha256(words: str) -> str:
    """The fingerprint of normalised words."""
    return hashlib.sha256(words.encode()).hexdigest()


def verify(corpus: Corpus, folder: Path | None) -> Verification:
    """Every citation of a corpus against the texts of a folder (none: nothing can be verified here).

    Raises KgError where the folder cannot be read.
    """
    citations = corpus.citations()
    if folder is None:
        return Verification(not_here=len(citations))
    texts, found = _copies(corpus, folder)
    verified = wrong = not_here = 0
    for citation in citations:
        if citation.article.id not in texts:
            not_here += 1
            continue
        problems = list(_problems(citation, texts[citation.article.id]))
        found += problems
        verified += not problems
        wrong += bool(problems)
    return Verification(verified, not_here, wrong, tuple(found))


def _copies(corpus: Corpus, folder: Path) -> tuple[dict[str, tuple[str, ...]], list[Diagnostic]]:
    if not folder.is_dir():
        raise KgError(f"{folder} is not a folder", hint="name the folder with your copies of the articles")
    by_print: dict[str, bytes] = {}
    by_name: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.stat().st_size <= MOST_BYTES:
            data = path.read_bytes()
            by_print[hashlib.sha256(data).hexdigest()] = data
            by_name[path.stem] = data
    texts: dict[str, tuple[str, ...]] = {}
    found: list[Diagnostic] = []
    for article in corpus.articles.values():
        if article.text_sha256 in by_print:
            texts[article.id] = paragraphs(by_print[article.text_sha256].decode("utf-8", "replace"))
            found += _miscounted(article, len(texts[article.id]))
        elif article.id in by_name:
            found.append(
                rules.OTHER_TEXT.at(
                    article.span,
                    f"the local text of {shown(article.id)} has another fingerprint "
                    f"({hashlib.sha256(by_name[article.id]).hexdigest()[:12]}...) than the record",
                    "cite from the text that the record names, or update 'text_sha256' and re-read every citation",
                )
            )
    return texts, found


def _miscounted(article: Article, count: int) -> Iterator[Diagnostic]:
    if count != article.paragraphs:
        yield rules.OTHER_TEXT.at(
            article.span,
            f"the text of {shown(article.id)} has {count} paragraphs, its record says {article.paragraphs}",
            f"write 'paragraphs: {count}'",
        )


def _problems(citation: Citation, text: tuple[str, ...]) -> Iterator[Diagnostic]:
    if citation.paragraph > len(text):
        yield rules.WORDS_NOT_THERE.at(
            citation.span, f"the text has {len(text)} paragraphs, not {citation.paragraph}", "count its non-blank lines"
        )
        return
    paragraph = text[citation.paragraph - 1]
    if citation.words and (
        citation.words[1] > len(paragraph) or sha256(paragraph[slice(*citation.words)]) != citation.sha256
    ):
        start, end = citation.words
        yield rules.WORDS_NOT_THERE.at(
            citation.span,
            f"characters {start} to {end} of paragraph {citation.paragraph} have another fingerprint",
            _elsewhere(lambda p: sha256(p[start:end]) == citation.sha256, text) or "take span and sha256 anew",
        )
    if citation.quote and normalised(citation.quote) not in paragraph:
        yield rules.WORDS_NOT_THERE.at(
            citation.span,
            f"the words {shown(citation.quote)} do not stand in paragraph {citation.paragraph}",
            _elsewhere(lambda p: normalised(citation.quote) in p, text) or "quote the paragraph's own words",
        )


def _elsewhere(stands_in: Callable[[str], bool], text: tuple[str, ...]) -> str:
    found = [number for number, paragraph in enumerate(text, 1) if stands_in(paragraph)]
    return f"they stand in paragraph {found[0]}" if found else ""


def counts(verification: Verification) -> Mapping[str, int]:
    """The three counts by name."""
    return {
        "verified": verification.verified,
        "not_verifiable_here": verification.not_here,
        "wrong": verification.wrong,
    }
