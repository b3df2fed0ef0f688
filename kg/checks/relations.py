"""Laws about classes and relations: things are what the ontology knows, tied as it allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import rules
from kg.characters import quoted
from kg.checks.draft import Draft
from kg.diagnostics import Diagnostic, Rule, Span, did_you_mean
from kg.model import SECTIONS, Assertion, Polarity, Reference, Text
from kg.ontology import Ontology


def classes_are_known(draft: Draft) -> Iterator[Diagnostic]:
    """Each thing's type is a class of the ontology that belongs to the section where the thing is
    listed.
    """
    ontology = draft.ontology
    of_section = {section: ontology.classes_of(section) for section in SECTIONS}
    for thing in draft.corpus.things.values():
        fitting = of_section[thing.section]
        if thing.type.id not in ontology.classes:
            yield rules.UNKNOWN_CLASS.at(
                thing.type.span,
                f"unknown class {quoted(thing.type.id)}",
                did_you_mean(thing.type.id, fitting)
                or f"classes of {thing.section}: {', '.join(sorted(fitting))}",
            )
        elif thing.type.id not in fitting:
            section = next((s for s in SECTIONS if ontology.belongs_in(thing.type.id, s)), "")
            yield rules.CLASS_OUT_OF_SECTION.at(
                thing.type.span,
                f"class {quoted(thing.type.id)} does not belong in '{thing.section}'",
                f"list it in '{section}'"
                if section
                else f"classes of {thing.section}: {', '.join(sorted(fitting))}",
            )


def relations_are_known(draft: Draft) -> Iterator[Diagnostic]:
    """Each predicate is a relation of the ontology."""
    seen = set()
    for assertion in draft.corpus.assertions.values():
        predicate = assertion.predicate
        if assertion.denies or predicate.id in draft.ontology.relations or predicate in seen:
            continue
        seen.add(predicate)
        yield rules.UNKNOWN_RELATION.at(
            predicate.span,
            f"unknown relation {quoted(predicate.id)}",
            did_you_mean(predicate.id, draft.ontology.relations)
            or "kg ontology lists them; ontology/*.ttl can add one",
        )


def relations_connect_what_they_may(draft: Draft) -> Iterator[Diagnostic]:
    """Subjects lie in the relation's domain and objects in its range."""
    seen: set[tuple[str, Reference]] = set()
    for assertion in draft.corpus.assertions.values():
        relation = draft.ontology.relations.get(assertion.predicate.id)
        if relation is None or assertion.denies:
            continue
        ends: tuple[tuple[str, Rule, Reference | Text, Iterable[str]], ...] = (
            ("subject", rules.OUTSIDE_DOMAIN, assertion.subject, relation.domain),
            ("object", rules.OUTSIDE_RANGE, assertion.object, relation.range),
        )
        for end, rule, reference, wanted in ends:
            if isinstance(reference, Text) or (end, reference) in seen:
                continue
            seen.add((end, reference))
            thing = draft.corpus.things.get(reference.id)
            if (
                thing is None
                or thing.id in draft.broken
                or not draft.ontology.belongs_in(thing.type.id, thing.section)
            ):
                continue
            if not draft.ontology.is_a(thing.type.id, wanted):
                yield rule.at(
                    reference.span,
                    f"{quoted(reference.id)} is a {thing.type.id}; the {end} of '{relation.name}' must be "
                    f"{_one_of(wanted)}",
                    _better(draft.ontology, assertion, draft)
                    or f"{relation.name}: {relation.comment}",
                )


def _one_of(classes: Iterable[str]) -> str:
    names = sorted(classes)
    listed = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
    return f"{'an' if listed[:1] in 'AEIOU' else 'a'} {listed}"


def _better(ontology: Ontology, assertion: Assertion, draft: Draft) -> str:
    """A hint where the triple would be right the other way round."""
    things, relation = draft.corpus.things, ontology.relations[assertion.predicate.id]
    if not isinstance(assertion.object, Reference) or relation.is_text:
        return ""
    subject, object = things.get(assertion.subject.id), things.get(assertion.object.id)
    if (
        subject
        and object
        and ontology.is_a(object.type.id, relation.domain)
        and ontology.is_a(subject.type.id, relation.range)
    ):
        return "are subject and object swapped?"
    return ""


def nothing_is_tied_to_itself(draft: Draft) -> Iterator[Diagnostic]:
    """No thing is tied to itself: nobody meets themselves."""
    for assertion in draft.corpus.assertions.values():
        if (
            isinstance(assertion.object, Reference)
            and assertion.subject.id == assertion.object.id
            and not assertion.denies
        ):
            yield rules.SELF_TIE.at(
                assertion.object.span,
                f"{quoted(assertion.subject.id)} is tied to itself by '{assertion.predicate.id}'",
                "name the other one",
            )


def nobody_acts_for_themselves(draft: Draft) -> Iterator[Diagnostic]:
    """Acting for somebody runs one way."""
    acts_for = {
        thing.id: thing.acts_for for thing in draft.corpus.things.values() if thing.acts_for
    }
    done: set[str] = set()
    for start in acts_for:
        chain: list[str] = []
        id = start
        while id in acts_for and id not in done:
            done.add(id)
            chain.append(id)
            id = acts_for[id].id
        if id in chain:
            circle = chain[chain.index(id) :]
            yield rules.ACTS_FOR_CYCLE.at(
                acts_for[id].span,
                f"actors act for each other in a circle: {_around(circle)}",
                "delete one 'acts_for'",
            )


def _around(circle: list[str]) -> str:
    names = [*circle, circle[0]]
    return " -> ".join(names if len(names) <= 10 else [*names[:5], "...", *names[-4:]])


def _place(assertion: Assertion) -> tuple[Span, Span]:
    """Where an assertion is written; those of a list of objects differ by the object."""
    return assertion.span, assertion.object.span


def functional_relations_have_one_value(draft: Draft) -> Iterator[Diagnostic]:
    """Where a functional relation has two values at one time, none is accepted; each later one is
    told of.
    """
    corpus, ontology = draft.corpus, draft.ontology
    declared: dict[str, set[str]] = {}
    for conflict in corpus.conflicts.values():
        for reference in conflict.between:
            declared.setdefault(reference.id, set()).update(r.id for r in conflict.between)
    for id, standing in draft.standings.items():
        later = corpus.assertions[id]
        relation = ontology.relations[later.predicate.id]
        if not relation.functional or later.polarity is Polarity.DENIES:
            continue
        rivals = (
            corpus.assertions[other]
            for other in standing.against
            if other not in declared.get(id, ())
        )
        before = (a for a in rivals if a.polarity is Polarity.ASSERTS and _place(a) < _place(later))
        if earlier := min(before, key=_place, default=None):
            yield rules.RIVAL_VALUES.at(
                later.object.span,
                f"'{relation.name}' has one value at a time; {quoted(later.subject.id)} has another at "
                f"{earlier.object.span}: both are contested",
                "correct one, give both their times, or leave the conflict standing",
                [earlier.object.span],
            )
