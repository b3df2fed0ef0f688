"""Words found in a curator's copies of articles, as what an assertion cites."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from kg.diagnostics import KgError
from kg.editing.yamltext import YamlValue
from kg.model.grouping import group_pairs
from kg.reading import Reading
from kg.sources.texts.citing import Search, search_words
from kg.sources.texts.normal import normalise_words, sha256
from kg.sources.texts.passages import Closeness, first_words, words_around
from kg.sources.texts.quoting import ELISION
from kg.sources.texts.verification import LocalFile
from kg.status.naming import unknown_article
from kg.text import count_noun
from kg.text.characters import fold_case, is_inside_word


class WordMatches(NamedTuple):
    """A copy of an article, and where it has some words."""

    article: str
    copy: LocalFile
    search: Search


def cite_words(
    passages: Iterable[str], reading: Reading, article: str = "", paragraph: int | None = None
) -> dict[str, YamlValue]:
    """Return the ``cite`` of passages, each of which stands once in the copies at hand, or in that
    of one article, or in one paragraph of it. Without passages it is that paragraph.

    Raises KgError where one stands nowhere (with what is nearest), or at several places (with all).
    """
    copies = _copies_of(reading, article)
    cite = group_pairs(cite_in(copies, words, paragraph) for words in passages)
    if not cite:
        if not article or paragraph is None:
            message = "what says so? give --words, or --article and --paragraph"
            raise KgError(message, hint="without a citation nothing is taken")
        cite[article] = [str(paragraph)]
    return dict(cite)


def cite_in(
    copies: Mapping[str, LocalFile], words: str, paragraph: int | None = None
) -> tuple[str, YamlValue]:
    """Return which of some articles, by id, has words once, and the place as ``cite`` has it.

    Raises KgError as ``cite_words`` does.
    """
    most = max((len(each.paragraphs) for each in copies.values()), default=0)
    if copies and paragraph and paragraph > most:
        names = ", ".join(copies) if len(copies) == 1 else "every copy at hand"
        raise KgError(f"{names} has {count_noun(most, 'paragraph')} at most, not {paragraph}")
    match = _require_one_place(
        words, [_search_copy(words, id, copies[id], paragraph) for id in copies], paragraph
    )
    passage, fingerprint = match.search.matches[0]
    span = [str(passage.start), str(passage.end)]
    return match.article, {"p": str(passage.paragraph), "span": span, "sha256": fingerprint}


def cite_span(
    reading: Reading, article: str, paragraph: int, span: tuple[int, int]
) -> dict[str, YamlValue]:
    """Return the ``cite`` of a stretch of a paragraph, made longer to whole words at both ends.

    Raises KgError where no copy of the article has it.
    """
    copy = _copies_of(reading, article).get(article)
    paragraphs = copy.paragraphs if copy else ()
    if not 0 < paragraph <= len(paragraphs):
        message = f"no copy of '{article}' with a paragraph {paragraph} is at hand"
        raise KgError(message, 1, hint="put the text into texts/, or name --texts DIR")
    words = paragraphs[paragraph - 1]
    start, end = whole_words(words, *span)
    if start >= end:
        raise KgError("no words are marked", 1)
    item = {"p": str(paragraph), "span": [str(start), str(end)], "sha256": sha256(words[start:end])}
    return {article: [item]}


def require_name(name: str, cite: Mapping[str, YamlValue], reading: Reading) -> None:
    """Raise KgError where a place that is cited for a name, of a copy at hand, does not have it."""
    copies = reading.verification.copies.by_article
    for article, items in cite.items():
        paragraphs = copies[article].paragraphs if article in copies else ()
        for item in items:
            words = _cited_text(item, paragraphs)
            if words and fold_case(name) not in fold_case(words):
                message = f"'{first_words(words)}' does not hold the name '{name}'"
                raise KgError(message, 1, hint="cite the words that call it so")


def _cited_text(item: YamlValue, paragraphs: Sequence[str]) -> str:
    """The text of a place as it is written in a citation; nothing where it is not at hand."""
    place: Mapping[str, YamlValue] = item if isinstance(item, Mapping) else {"p": item}
    number = str(place.get("p", ""))
    if not number.isdecimal() or not 0 < int(number) <= len(paragraphs):
        return ""
    match place.get("span"):
        case [start, end]:
            return paragraphs[int(number) - 1][int(str(start)) : int(str(end))]
    return paragraphs[int(number) - 1]


def whole_words(paragraph: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch of a paragraph without blanks at its ends, made longer to whole words."""
    start, end = max(0, start), min(len(paragraph), end)
    while start < end and paragraph[start].isspace():
        start += 1
    while end > start and paragraph[end - 1].isspace():
        end -= 1
    while 0 < start < end and is_inside_word(paragraph, start):
        start -= 1
    while start < end < len(paragraph) and is_inside_word(paragraph, end):
        end += 1
    return start, end


def _copies_of(reading: Reading, article: str) -> Mapping[str, LocalFile]:
    copies, articles = reading.verification.copies.by_article, reading.written.articles
    if article and article not in articles:
        raise unknown_article(article, articles, "kg add article FILE")
    return {id: each for id, each in copies.items() if article in ("", id)}


def _search_copy(
    searched_words: str, article: str, copy: LocalFile, paragraph: int | None
) -> WordMatches:
    search = search_words(searched_words, copy.paragraphs, paragraph)
    if search.match in (Closeness.OTHER_CASE, Closeness.INSIDE_WORDS):
        # What is cited is what the text has, letter by letter and in whole words.
        near = search.matches[0].passage
        words = copy.paragraphs[near.paragraph - 1]
        start, end = whole_words(words, near.start, near.end)
        search = Search((), Closeness.EXACT, (near._replace(start=start, end=end),))
    return WordMatches(article, copy, search)


def _require_one_place(
    words: str, matches: Sequence[WordMatches], paragraph: int | None
) -> WordMatches:
    """The one copy that has words once, in a paragraph if one is given."""
    if not normalise_words(words):
        raise KgError("there are no words to look for")
    if ELISION.search(normalise_words(words)):
        message = f"words are left out: '{first_words(words)}'"
        raise KgError(message, 1, hint="cite each piece by itself")
    if not matches:
        message = "no copy of the article is at hand to find the words in"
        hint = (
            "put it into texts/, or name --texts DIR; a paragraph alone: --article A --paragraph N"
        )
        raise KgError(message, 1, hint=hint)
    places = sum(len(each.search.matches) for each in matches)
    if places == 1:
        return next(each for each in matches if each.search.matches)
    if places:
        message = f"the words stand at {places} places: '{first_words(words)}'"
        article = "article and " if len(matches) > 1 else ""
        hint = f"give more words, or say in which {article}--paragraph"
        raise KgError("\n".join([message, *_list_places(matches)]), 1, hint=hint)
    where = f"do not stand in paragraph {paragraph}" if paragraph else "stand in no copy at hand"
    message = f"the words {where}: '{first_words(words)}'"
    hint = "cite the words as the article has them, in one piece"
    if across := next(
        filter(None, (_paragraphs_across(words, each.copy.paragraphs) for each in matches)), None
    ):
        message = f"the words run from paragraph {across[0]} into {across[1]}"
        hint = "cite of each paragraph its part of them by itself"
    raise KgError("\n".join([message, *_list_nearest(matches)]), 1, hint=hint)


def _paragraphs_across(words: str, paragraphs: Sequence[str]) -> tuple[int, int] | None:
    """The first and the last paragraph of words that stand in several, one behind another."""
    start = " ".join(paragraphs).find(normalise_words(words))
    if start < 0:
        return None
    ends = [*accumulate(len(each) + 1 for each in paragraphs)]
    last = start + len(normalise_words(words)) - 1
    across = bisect_right(ends, start) + 1, bisect_right(ends, last) + 1
    return across if across[0] < across[1] else None


def _list_places(matches: Iterable[WordMatches]) -> Iterator[str]:
    for each in matches:
        for passage, _ in each.search.matches:
            around = words_around(passage, each.copy.paragraphs)
            yield f"  {each.article}, paragraph {passage.paragraph}: {around}"


def _list_nearest(matches: Iterable[WordMatches]) -> list[str]:
    """The likest passages of all copies, three at most."""
    passages = [(passage, each) for each in matches for passage in each.search.nearest]
    passages.sort(key=lambda pair: -pair[0].likeness)
    return [
        f"  nearest: {each.article}, paragraph {passage.paragraph}: "
        f"{first_words(passage.words(each.copy.paragraphs))}"
        for passage, each in passages[:3]
    ]
