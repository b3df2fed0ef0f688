"""Looking terms of the ontology up: by topic, and by the words for what is meant."""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import pyoxigraph as ox

from kg.diagnostics import did_you_mean
from kg.model.grouping import group_pairs
from kg.ontology import Ontology
from kg.ontology.namespaces import OWL, RDFS, SKOS
from kg.ontology.terms import KgClass, QualifierKind, Relation
from kg.text import preferred_label

_ONTOLOGY = ox.NamedNode(f"{OWL}Ontology")

AnyTerm = KgClass | Relation | QualifierKind


class Topic(NamedTuple):
    """The terms that one Turtle file declares; ``name`` is the file's without its ending."""

    name: str
    label: str
    comment: str
    terms: tuple[AnyTerm, ...]


class TermEntry(NamedTuple):
    """A term with its topic, the other words for it (``skos:altLabel``) and its examples."""

    term: AnyTerm
    topic: str
    synonyms: tuple[str, ...]
    examples: tuple[str, ...]


def read_entries(ontology: Ontology) -> dict[str, TermEntry]:
    """Return the entries of all relations, classes and qualifiers by local name.

    A class of the record, which no source file names, is none.
    """
    synonyms, examples = ontology.texts(f"{SKOS}altLabel"), ontology.texts(f"{SKOS}example")
    classes = [each for each in ontology.classes.values() if _is_of_things(ontology, each.name)]
    terms: list[AnyTerm] = [*classes, *ontology.qualifiers.values(), *ontology.relations.values()]
    by_name = {term.name: term for term in terms}
    return {
        name: TermEntry(
            term,
            _stem_of_file(ontology.files.get(term.iri, "")),
            tuple(synonyms.get(term.iri, ())),
            tuple(examples.get(term.iri, ())),
        )
        for name, term in sorted(by_name.items())
    }


def find_topics(ontology: Ontology) -> list[Topic]:
    """Return the topics that have terms, by name."""
    terms = group_pairs((entry.topic, entry.term) for entry in read_entries(ontology).values())
    titles = _titles(ontology)
    return [
        Topic(name, *titles.get(name, (name, "")), tuple(terms[name])) for name in sorted(terms)
    ]


class TermMatch(NamedTuple):
    """An entry that some words fit, and how well; ``is_whole`` where they are its very name, label
    or synonym.
    """

    entry: TermEntry
    score: float
    is_whole: bool


class Dictionary:
    """The terms of an ontology, found by words; indexed once, when it is first asked."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    @cached_property
    def _table(self) -> list[_Weights]:
        return [_Weights.of(entry) for entry in read_entries(self._ontology).values()]

    @cached_property
    def _numbers(self) -> Counter[str]:
        """How many terms have each stem."""
        return Counter(stem for weights in self._table for stem in weights.by_stem)

    def find(self, words: str) -> list[TermMatch]:
        """Return the terms that some words fit, best first.

        Words are compared by their stems, without those that say nothing of the matter ("its",
        "the"). A word counts the more the fewer terms have it (the logarithm of their inverse
        frequency), and three times as much in a name, label or synonym as in a comment or example.
        The name, label or synonym that is met best counts once more, by the share of its words and
        of those asked for that meet (Jaccard's index).
        """
        asked_stems, numbers, terms = set(stems_of(words)), self._numbers, len(self._table)
        rarity = {
            stem: math.log(1 + terms / numbers[stem]) for stem in asked_stems if stem in numbers
        }
        matches = [_match(weights, asked_stems, rarity) for weights in self._table]
        found_matches = [match for match in matches if match.score > 0]
        return sorted(found_matches, key=_order)

    def nearest(self, name: str, names: Iterable[str]) -> str:
        """Return a hint for a name that no term has: of some names the one that is all but spelt
        so, those that are nearest in meaning, or the nearest in spelling; nothing where none is
        near.
        """
        among = set(names)
        spelling = did_you_mean(name, among)
        words = _words_of_name(name)
        near = [match for match in self.find(words) if match.entry.term.name in among]
        is_misspelt = difflib.get_close_matches(name, among, n=1, cutoff=0.85)
        if not near or (is_misspelt and not near[0].is_whole):
            return spelling
        nearest = [match for match in near if match.score >= near[0].score / 2][:3]
        suggestions = "; ".join(
            f"{each.entry.term.name} ({each.entry.term.label})" for each in nearest
        )
        return f"nearest in meaning: {suggestions}; more: kg ontology find '{words}'"


def _order(match: TermMatch) -> tuple[float, int, str]:
    term = match.entry.term
    return -match.score, len(term.label), term.name


class _Weights(NamedTuple):
    """What the stems of an entry count, and the stems of its name, label and synonyms, each by
    itself.
    """

    entry: TermEntry
    by_stem: Mapping[str, int]
    phrases: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, entry: TermEntry) -> _Weights:
        term = entry.term
        names = (_words_of_name(term.name), term.label, *entry.synonyms)
        phrases = tuple(frozenset(stems_of(each)) for each in names)
        texts = " ".join((term.comment, *entry.examples))
        weights = dict.fromkeys(stems_of(texts), 1)
        for phrase in phrases:
            weights.update(dict.fromkeys(phrase, 3))
        return cls(entry, weights, phrases)


def _match(weights: _Weights, asked_stems: set[str], rarity: Mapping[str, float]) -> TermMatch:
    score = sum(rarity[stem] * weights.by_stem.get(stem, 0) for stem in rarity)
    best = 0.0
    for phrase in weights.phrases:
        share = len(phrase & asked_stems) / len(phrase | asked_stems) if phrase else 0
        matched_weight = sum(rarity[stem] for stem in phrase if stem in rarity)
        best = max(best, 3 * share * matched_weight)
    is_whole = any(phrase == asked_stems for phrase in weights.phrases if phrase)
    return TermMatch(weights.entry, score + best, is_whole)


def stems_of(text: str) -> Iterator[str]:
    """Yield the stems of a text's words, in order: "recalled" and "recalls" have one stem."""
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        if word not in _EMPTY_WORDS:
            yield _stem(_PRESENTS.get(word, one_spelling(word)))


def one_spelling(words: str) -> str:
    """Return words with the British ending where they have the American one: "recognises"."""
    return re.sub("(?<=[a-z]{2})iz(?=e|ing|ation)", "is", words)


def _stem(word: str) -> str:
    if whole := re.match("[a-z]*ffer", word):
        return whole[0]  # "offer" is not "off", nor "differ" "diff"
    if len(word) > 6:
        word = word.removesuffix("ship").removesuffix("ships")
    ending = next((each for each in _ENDINGS if word.endswith(each)), "")
    is_whole = ending == "y" and word[-2:-1] in set("aeiou")
    if len(word) - len(ending) >= 3 and not is_whole:
        word = word.removesuffix(ending)
    is_doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou"
    return word[:-1] if is_doubled else word


_ENDINGS = (
    *("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion"),
    *("ers", "er", "ors", "or", "als", "al", "ies", "ied", "ed", "es", "s", "e", "y"),
)
"""What a word ends with beside its stem, the longer before the shorter."""

_PRESENTS = {
    "began": "begin",
    "broke": "break",
    "broken": "break",
    "chose": "choose",
    "chosen": "choose",
    "drew": "draw",
    "drove": "drive",
    "fled": "flee",
    "flew": "fly",
    "forbade": "forbid",
    "fought": "fight",
    "froze": "freeze",
    "frozen": "freeze",
    "gave": "give",
    "given": "give",
    "led": "lead",
    "overthrew": "overthrow",
    "sank": "sink",
    "sent": "send",
    "shot": "shoot",
    "sought": "seek",
    "spoke": "speak",
    "spoken": "speak",
    "stole": "steal",
    "stolen": "steal",
    "struck": "strike",
    "swore": "swear",
    "sworn": "swear",
    "threw": "throw",
}
"""The present of verbs whose past, in which articles are written, has another stem."""

_EMPTY_WORDS = frozenset(
    (
        *("a", "an", "and", "another", "are", "as", "at", "be", "been", "by", "for", "from"),
        *("had", "has", "have", "he", "her", "him", "his", "in", "into", "is", "it", "its", "of"),
        *("on", "one", "or", "out", "own", "she", "some", "something", "that", "the", "their"),
        *("them", "they", "this", "to", "up", "was", "were", "which", "who", "whom", "with"),
    )
)
"""Words that say nothing of the matter."""


def _words_of_name(name: str) -> str:
    """The words of a local name: ``recallsEnvoyFrom`` is ``recalls envoy from``."""
    return " ".join(re.findall(r"[A-Z]?[^A-Z\W_]+|[A-Z]+(?![^A-Z\W_])", name)).lower()


def _titles(ontology: Ontology) -> dict[str, tuple[str, str]]:
    """The label and the comment of each topic: those of the ``owl:Ontology`` of its file."""
    labels, comments = ontology.texts(f"{RDFS}label"), ontology.texts(f"{RDFS}comment")
    titles = {}
    for subject, _, object, _ in ontology.quads:
        if object == _ONTOLOGY and isinstance(subject, ox.NamedNode):
            name = _stem_of_file(ontology.files.get(subject.value, ""))
            title = _first(labels, subject.value) or name
            titles[name] = (title, _first(comments, subject.value))
    return titles


def _first(texts: Mapping[str, list[str]], iri: str) -> str:
    return preferred_label(("", text) for text in texts.get(iri, ()))[1]


def _is_of_things(ontology: Ontology, name: str) -> bool:
    return any(ontology.belongs_in(name, section) for section in ontology.roots)


def _stem_of_file(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".ttl")
