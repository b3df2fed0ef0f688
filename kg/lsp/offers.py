"""What may stand at a place of a source file, by the names that people know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from kg.characters import fold_case
from kg.dictionary import read_entries
from kg.formatting.order import FILE
from kg.lsp.places import TypedPlace
from kg.model import Basis, Confidence, Mode, OutcomeKind, Rank, Text, Thing
from kg.reading import Reading
from kg.sections import SECTIONS
from kg.sources.entries import ALL_SECTIONS
from kg.text import clip

MOST_OFFERS = 60
"""More help nobody who looks for one; the next letter asks again."""
_WIDEST = 120


class Offer(NamedTuple):
    """What to write (``text``), what it is called, what it is, and more about it."""

    text: str
    name: str
    what: str = ""
    more: str = ""


class _Candidate(NamedTuple):
    offer: Offer
    names: tuple[str, ...]


class Offers:
    """What a workspace, as it was last read, has to offer."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.corpus, self.ontology = reading.written, reading.ontology

    def at(self, place: TypedPlace, fields: Mapping[str, str]) -> list[Offer]:
        """Return what fits at a place, likeliest first; ``fields`` are those of the record."""
        if place.is_key:
            return self._keys(place, fields)
        typed = fold_case(place.typed.strip())
        fitting = self._candidates(place, fields)
        found = [each for each in fitting if _is_called(each, typed)]
        found.sort(key=lambda each: self._rank(typed, each))
        return [each.offer for each in found[:MOST_OFFERS]]

    def _rank(self, typed: str, candidate: _Candidate) -> tuple[bool, int, str]:
        begins = any(name.startswith(typed) for name in candidate.names)
        return not begins, -self._uses[candidate.offer.text], candidate.offer.text

    @cached_property
    def _uses(self) -> Counter[str]:
        """How often the sources use each id and term."""
        uses: Counter[str] = Counter()
        for each in self.corpus.assertions.values():
            uses[each.subject.id] += 1
            uses[each.predicate.id] += 1
            uses[each.object_key] += 1
            uses.update(speaker.id for speaker in each.speakers)
            uses.update({citation.article.id for citation in each.citations})
        uses.update(thing.type.id for thing in self.corpus.things.values())
        return uses

    def _keys(self, place: TypedPlace, fields: Mapping[str, str]) -> list[Offer]:
        if not place.section:
            names: Iterable[str] = ALL_SECTIONS
        else:
            shape = FILE.of(place.section)
            names = (shape if place.section == "assertions" else shape.of("")).keys
            if place.field:
                names = (
                    (shape if place.section == "assertions" else shape.of("")).of(place.field).keys
                )
        typed = place.typed
        return [
            Offer(f"{name}: " if place.section else f"{name}:", name)
            for name in names
            if name.startswith(typed) and (name not in fields or name == typed)
        ]

    def _candidates(self, place: TypedPlace, fields: Mapping[str, str]) -> Iterable[_Candidate]:
        field = place.field
        if field in _WORDS:
            return [_plain(word) for word in _WORDS[field]]
        if field in ("subject", "object"):
            return self._ends(field, fields)
        if field == "predicate":
            return self._relations(fields)
        if field in _SECTIONS_OF:
            return self._things(lambda thing: thing.section in _SECTIONS_OF[field])
        if field in ("cite", "version_of"):
            return self._articles
        if field == "type":
            return self._classes(place.section)
        if field in _ASSERTIONS:
            return self._assertions
        return ()

    def _ends(self, field: str, fields: Mapping[str, str]) -> Iterable[_Candidate]:
        """What may be the subject or object, as far as the relation is written already."""
        relation = self.ontology.relations.get(fields.get("predicate", ""))
        if relation is None:
            return self._things(lambda _: True)
        classes = relation.domain if field == "subject" else relation.range
        if field == "object" and relation.is_text:
            thing = self.corpus.things.get(fields.get("subject", ""))
            stages = self.ontology.stages_of(thing.type.id) if thing else []
            return [_plain(stage.written) for stage in stages]
        fitting = self._things(lambda thing: self.ontology.is_a(thing.type.id, classes))
        if field == "object" and relation.takes_assertions:
            return [*fitting, *self._assertions]
        return fitting

    def _things(self, is_fit: Callable[[Thing], bool]) -> list[_Candidate]:
        return [candidate for thing, candidate in self._all_things if is_fit(thing)]

    @cached_property
    def _all_things(self) -> list[tuple[Thing, _Candidate]]:
        return [(thing, self._thing(thing)) for thing in self.corpus.things.values()]

    def _thing(self, thing: Thing) -> _Candidate:
        names = [label.text for label in thing.labels]
        names += [thing.short] if thing.short else []
        names += dict.fromkeys(alias.name.text for alias in thing.aliases)
        kind = self.ontology.classes.get(thing.type.id)
        others = ", ".join(name for name in names[1:] if name != thing.label)
        offer = Offer(thing.id, thing.label, kind.label if kind else thing.type.id, others)
        return _Candidate(offer, _folded(thing.id, *names))

    def _relations(self, fields: Mapping[str, str]) -> Iterator[_Candidate]:
        things = self.corpus.things
        subject, object = (things.get(fields.get(end, "")) for end in ("subject", "object"))
        for name, entry in self._terms:
            relation = self.ontology.relations.get(name)
            if relation is None:
                continue
            is_fit = self.ontology.is_a
            if subject and not is_fit(subject.type.id, relation.domain):
                continue
            if object and not relation.is_text and not is_fit(object.type.id, relation.range):
                continue
            offer = Offer(name, relation.label, _one_of(relation.range), relation.comment)
            yield _Candidate(offer, entry)

    @cached_property
    def _terms(self) -> list[tuple[str, tuple[str, ...]]]:
        """Relations and classes, each with its names, folded."""
        return [
            (name, _folded(name, entry.term.label, *entry.synonyms))
            for name, entry in read_entries(self.ontology).items()
        ]

    def _classes(self, section: str) -> Iterator[_Candidate]:
        if section not in SECTIONS:
            yield from (_plain(name) for name in self.ontology.source_types)
            return
        names = set(self.ontology.classes_of(section))
        for name, folded in self._terms:
            if name in names:
                each = self.ontology.classes[name]
                yield _Candidate(Offer(name, each.label, "class", each.comment), folded)

    @cached_property
    def _articles(self) -> list[_Candidate]:
        return [
            _Candidate(
                Offer(id, article.title.text, article.published_text),
                _folded(id, article.title.text),
            )
            for id, article in self.corpus.articles.items()
        ]

    @cached_property
    def _assertions(self) -> list[_Candidate]:
        labels = {id: thing.label for id, thing in self.corpus.things.items()}
        found = []
        for id, each in self.corpus.assertions.items():
            relation = self.ontology.relations.get(each.predicate.id)
            object = each.object.text if isinstance(each.object, Text) else each.object.id
            words = (
                labels.get(each.subject.id, each.subject.id),
                relation.label if relation else each.predicate.id,
                labels.get(object, object),
            )
            said = clip(" ".join(words), _WIDEST)
            found.append(_Candidate(Offer(id, said, "assertion"), _folded(id, said)))
        return found


_ACTOR_FIELDS = ("according_to", "via", "by", "publisher", "originator", "acts_for")
_SECTIONS_OF: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_ACTOR_FIELDS, ("actors",)),
    "where": ("places",),
    "about": SECTIONS,
}
_ASSERTIONS = ("denies", "ends", "begins", "supersedes", "from", "realised_by", "between")
_WORDS: Mapping[str, Iterable[str]] = {
    "mode": [each.value for each in Mode],
    "confidence": [each.value for each in Confidence],
    "rank": [each.value for each in Rank],
    "basis": [each.value for each in Basis],
    "outcome": [each.value for each in OutcomeKind],
    "kind": [each.value for each in OutcomeKind],
    "plural": ("true", "false"),
    "negated": ("true",),
    "retroactive": ("true",),
    "published_basis": [each.value for each in Basis],
}


def _is_called(candidate: _Candidate, typed: str) -> bool:
    return any(typed in name for name in candidate.names)


def _plain(word: str) -> _Candidate:
    return _Candidate(Offer(word, word), _folded(word))


def _folded(*names: str) -> tuple[str, ...]:
    return tuple(fold_case(name) for name in names)


def _one_of(classes: tuple[str, ...]) -> str:
    return f"to {' or '.join(classes)}" if classes else "to an assertion"
