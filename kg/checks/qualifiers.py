"""Laws about qualifiers: each is one of the ontology, goes with its relation, and has values that
it may have.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.checks.draft import CorpusDraft, with_article
from kg.diagnostics import Diagnostic, Span, did_you_mean, rules
from kg.model import Assertion
from kg.model.grouping import group_pairs
from kg.model.references import Qualifier, Text
from kg.ontology.terms import QualifierKind
from kg.sources.hints import nearest_name
from kg.sources.values import ID
from kg.text import join_or
from kg.text.characters import quoted


def qualifiers_are_known(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Each qualifier is one of the ontology, and goes with the assertion's relation."""
    kinds = draft.ontology.qualifiers
    for assertion, qualifier in _written_qualifiers(draft):
        name, span = qualifier.name.id, qualifier.name.span
        relation = draft.ontology.relations.get(assertion.predicate.id)
        if name not in kinds:
            known_kinds = draft.ontology.qualifiers_of(relation) if relation else [*kinds]
            hint = did_you_mean(name, kinds) or f"qualifiers here: {', '.join(sorted(known_kinds))}"
            yield rules.UNKNOWN_QUALIFIER.at(span, f"unknown qualifier {quoted(name)}", hint)
        elif relation and name not in draft.ontology.qualifiers_of(relation):
            known_kinds = draft.ontology.qualifiers_of(relation)
            yield rules.MISPLACED_QUALIFIER.at(
                span,
                f"'{name}' does not go with '{relation.name}'; it qualifies "
                f"{join_or(kinds[name].qualifies)}",
                f"qualifiers of '{relation.name}': {', '.join(sorted(known_kinds)) or 'none'}",
            )


def qualifiers_have_the_values_they_may(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Values that are things are of a class in the qualifier's range."""
    things, ontology = draft.corpus.things, draft.ontology
    for _, qualifier in _written_qualifiers(draft):
        kind, value = ontology.qualifiers.get(qualifier.name.id), qualifier.value
        if kind is None:
            continue
        if isinstance(value, Text):
            yield from _nearly_an_id(draft, kind, value)
            continue
        yield from draft.unknown(value, "thing", things)
        thing = things.get(value.id)
        if (
            thing
            and value.id not in draft.broken_ids
            and not ontology.is_a(thing.type.id, kind.range)
        ):
            yield rules.OUTSIDE_RANGE.at(
                value.span,
                f"{quoted(value.id)} is {with_article(thing.type.id)}; '{kind.name}' must be "
                f"{with_article(join_or(kind.range))}",
                f"{kind.name}: {kind.comment}",
            )


def _nearly_an_id(draft: CorpusDraft, kind: QualifierKind, text: Text) -> Iterator[Diagnostic]:
    """A diagnostic where a text that may be the id of a thing is nearly one."""
    if not kind.range or "-" not in text.text or not ID.fullmatch(text.text):
        return
    if nearest := nearest_name(text.text, draft.corpus.things, draft.unknown_names):
        message = f"unknown thing {quoted(text.text)}"
        yield rules.UNKNOWN_NAME.at(text.span, message, f"{nearest} a text has blanks")


def qualifiers_have_one_value(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """An assertion has one value of a qualifier that is functional."""
    for assertion in draft.assertions:
        by_name = group_pairs((each.name.id, each) for each in assertion.qualifiers)
        for name, several in by_name.items():
            kind = draft.ontology.qualifiers.get(name)
            if kind and kind.functional and len(several) > 1:
                yield rules.QUALIFIED_TWICE.at(
                    max(each.value.span for each in several),
                    f"an assertion has one '{name}'",
                    _range_hint(kind),
                )


def _range_hint(kind: QualifierKind) -> str:
    hint = "write two assertions if both are said"
    return (
        f"a range is one value, as in 10..15; {hint}" if "kg:Quantity" in kind.datatypes else hint
    )


def _written_qualifiers(draft: CorpusDraft) -> Iterator[tuple[Assertion, Qualifier]]:
    """Yield the qualifiers that stand in a source with their assertions, each place once."""
    places: set[tuple[str, Span]] = set()
    for assertion in draft.assertions:
        for qualifier in assertion.qualifiers:
            place = qualifier.name.id, qualifier.value.span
            if place not in places:
                places.add(place)
                yield assertion, qualifier
