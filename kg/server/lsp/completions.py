"""What may stand at a place of a source file, by the names that people know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.editing.choices import Choices
from kg.editing.formatting.order import SOURCE_SHAPE
from kg.editing.ranking import Choice
from kg.model.modes import Basis, Confidence, Mode, OutcomeKind, Rank
from kg.reading import Reading
from kg.server.lsp.places import TypedPlace
from kg.sources.entries import ALL_SECTIONS
from kg.text.characters import fold_case

MOST_COMPLETIONS = 60
"""More help nobody who looks for one; the next letter asks again."""


class Completions:
    """What a workspace, as it was last read, has to offer."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._choices = Choices(reading)

    def at(self, place: TypedPlace, fields: Mapping[str, str]) -> list[Choice]:
        """Return what fits at a place, likeliest first: what to write (``id``), what that is, and
        more about it (``other``); ``fields`` are those of the record.
        """
        if place.is_key and place.field == "with":
            found_choices = self._choices.qualifiers(place.typed, fields.get("predicate", ""))
            kinds = self.reading.ontology.qualifiers
            return [
                Choice(f"{each.id}: ", each.id, each.kind, kinds[each.id].comment)
                for each in found_choices
                if each.id not in fields
            ]
        if place.is_key:
            return _find_keys(place, fields)
        if place.field in _WORDS:
            return _find_words(place.typed, _WORDS[place.field])
        if place.field == "object" and (stages := self._stage_texts(fields)) is not None:
            return _find_words(place.typed, stages)
        found_choices = list(self._find_choices(place, fields))[:MOST_COMPLETIONS]
        return [each._replace(other=self._more_about(each)) for each in found_choices]

    def _find_choices(self, place: TypedPlace, fields: Mapping[str, str]) -> Iterable[Choice]:
        """What the names of fit, in order."""
        choices, field, typed = self._choices, place.field, place.typed.strip()
        if field in ("subject", "object"):
            return self._find_ends(typed, fields.get("predicate", ""), field == "object")
        if field == "predicate":
            return choices.relations(typed, fields.get("subject", ""), fields.get("object", ""))
        if field in _SECTION_OF:
            return choices.things(typed, section=_SECTION_OF[field])
        if field == "type":
            return choices.classes(typed, place.section)
        if field in _FOUND_BY_WORDS:
            return _FOUND_BY_WORDS[field](choices, typed)
        return choices.qualifier_values(typed, field)

    def _find_ends(self, typed: str, predicate: str, is_object: bool) -> list[Choice]:
        """What may be the subject or object, as far as the relation is written already."""
        found_choices = self._choices.things(typed, predicate, is_object)
        relation = self.reading.ontology.relations.get(predicate)
        if is_object and relation and relation.takes_assertions:
            found_choices += self._choices.assertions(typed)
        return found_choices

    def _stage_texts(self, fields: Mapping[str, str]) -> list[str] | None:
        """The texts that may stand as the object of a relation; None where it takes no text."""
        ontology = self.reading.ontology
        relation = ontology.relations.get(fields.get("predicate", ""))
        if relation is None or not relation.is_text:
            return None
        thing = self.reading.written.things.get(fields.get("subject", ""))
        return [stage.written for stage in ontology.stages_of(thing.type.id)] if thing else []

    def _more_about(self, choice: Choice) -> str:
        """What else an editor shows of a choice: the comment of a term, or the name that fits."""
        ontology = self.reading.ontology
        term = ontology.relations.get(choice.id) or ontology.classes.get(choice.id)
        return term.comment if term else choice.other


def _find_keys(place: TypedPlace, fields: Mapping[str, str]) -> list[Choice]:
    names: Iterable[str] = ALL_SECTIONS
    if place.section:
        shape = SOURCE_SHAPE.of(place.section)
        record = shape if place.section == "assertions" else shape.of("")
        names = (record.of(place.field) if place.field else record).keys
    end = ": " if place.section else ":"
    return [
        Choice(f"{name}{end}", name)
        for name in names
        if name.startswith(place.typed) and (name not in fields or name == place.typed)
    ]


def _find_words(typed: str, words: Iterable[str]) -> list[Choice]:
    begun = fold_case(typed)
    fitting = sorted(
        (word for word in words if begun in fold_case(word)),
        key=lambda word: not fold_case(word).startswith(begun),
    )
    return [Choice(str(word), str(word)) for word in fitting]


_ACTOR_FIELDS = ("according_to", "via", "by", "publisher", "originator", "acts_for")
_SECTION_OF: Mapping[str, str] = {
    **dict.fromkeys(_ACTOR_FIELDS, "actors"),
    "where": "places",
    "about": "",
}
"""The section whose things a field takes; those of all sections where it is empty."""
_ASSERTIONS = ("denies", "supersedes", "from", "realised_by", "between")
_FOUND_BY_WORDS: Mapping[str, Callable[[Choices, str], list[Choice]]] = {
    **dict.fromkeys(("cite", "version_of"), Choices.articles),
    **dict.fromkeys(("ends", "begins"), Choices.states),
    **dict.fromkeys(_ASSERTIONS, Choices.assertions),
}
_WORDS: Mapping[str, Iterable[str]] = {
    "mode": Mode,
    "confidence": Confidence,
    "rank": Rank,
    "basis": Basis,
    "outcome": OutcomeKind,
    "kind": OutcomeKind,
    "plural": ("true", "false"),
    "negated": ("true",),
    "retroactive": ("true",),
    "published_basis": Basis,
}
