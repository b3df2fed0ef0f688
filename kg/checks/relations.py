"""Laws about classes and relations: things are what the ontology knows, tied as it allows."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.checks.draft import CorpusDraft, with_article
from kg.diagnostics import Diagnostic, Span, did_you_mean, rules
from kg.model import Assertion
from kg.model.closure import find_circles, show_circle
from kg.model.references import Reference, Text
from kg.ontology.dictionary import Dictionary
from kg.sources.sections import SECTIONS
from kg.text import join_or
from kg.text.characters import quoted


def classes_are_known(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Each thing's type is a class of the ontology that belongs to the section where the thing is
    listed.
    """
    ontology, dictionary = draft.ontology, Dictionary(draft.ontology)
    classes_of_sections = {section: ontology.classes_of(section) for section in SECTIONS}
    for thing in draft.corpus.things.values():
        name, span = thing.type.id, thing.type.span
        classes = classes_of_sections[thing.section]
        list_classes = f"classes of {thing.section}: {', '.join(sorted(classes))}"
        if name not in ontology.classes:
            hint = dictionary.nearest(name, classes) or list_classes
            yield rules.UNKNOWN_CLASS.at(span, f"unknown class {quoted(name)}", hint)
        elif name not in classes:
            section = next((each for each in SECTIONS if ontology.belongs_in(name, each)), "")
            message = f"class {quoted(name)} does not belong in '{thing.section}'"
            hint = f"list it in '{section}'" if section else list_classes
            yield rules.CLASS_OUT_OF_SECTION.at(span, message, hint)


def relations_are_known(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Each predicate is a relation of the ontology."""
    relations, dictionary = draft.ontology.relations, Dictionary(draft.ontology)
    assertions = draft.assertions
    unknown = [each for each in assertions if each.predicate.id not in relations]
    predicates = dict.fromkeys(each.predicate for each in unknown if _states_triple(each))
    for name, span, _ in predicates:
        hint = dictionary.nearest(name, relations)
        hint = hint or "kg ontology lists them by topic; ontology/*.ttl can add one"
        yield rules.UNKNOWN_RELATION.at(span, f"unknown relation {quoted(name)}", hint)


def relations_connect_what_they_may(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Subjects lie in the relation's domain and objects in its range."""
    places: set[tuple[str, Span]] = set()
    fitting: dict[tuple[str, str, str], bool] = {}
    for assertion in draft.assertions:
        relation = draft.ontology.relations.get(assertion.predicate.id)
        if relation is None or not _states_triple(assertion):
            continue
        for end, rule, reference, classes in (
            ("subject", rules.OUTSIDE_DOMAIN, assertion.subject, relation.domain),
            ("object", rules.OUTSIDE_RANGE, assertion.object, relation.range),
        ):
            if not isinstance(reference, Reference) or not classes:
                continue  # an assertion is wanted there: kg.checks.names tells
            key = end, relation.name, reference.id
            if key not in fitting:
                fitting[key] = _thing_fits(draft, reference.id, classes)
            if not fitting[key] and (end, reference.span) not in places:
                places.add((end, reference.span))
                name = draft.corpus.things[reference.id].type.id
                class_words = with_article(join_or(sorted(classes)))
                yield rule.at(
                    reference.span,
                    f"{quoted(reference.id)} is a {name}; "
                    f"the {end} of '{relation.name}' must be {class_words}",
                    _swap_hint(draft, assertion) or f"{relation.name}: {relation.comment}",
                )


def only_words_have_a_subject_matter(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What ties two things says by itself what it is about."""
    for assertion in draft.assertions:
        if assertion.about and isinstance(assertion.object, Reference) and not assertion.denies:
            yield rules.FIELDS_DISAGREE.at(
                assertion.about[0].span,
                f"'about' is for words; {quoted(assertion.predicate.id)} ties two things",
                "delete it (a dispute takes in what is said of all that it 'concerns'), "
                "or say it in words ('predicate: says')",
            )


def stages_are_known(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Where a relation names a stage, it is one that its subject lives through."""
    naming = {name for name, each in draft.ontology.relations.items() if each.names_stage}
    for assertion in draft.assertions:
        if assertion.predicate.id not in naming or assertion.denies:
            continue
        thing = draft.corpus.things.get(assertion.subject.id)
        if thing is None or not isinstance(assertion.object, Text):
            continue
        text, kind = assertion.object.text, thing.type.id
        stages = [stage.written for stage in draft.ontology.stages_of(kind)]
        if stages and text not in stages:
            what = with_article(kind)
            message = f"{quoted(text)} is no stage of {quoted(thing.id)}, which is {what}"
            hint = f"the stages of {what}: {', '.join(stages)}"
            hint = f"{did_you_mean(text, stages)} {hint}".lstrip()
            yield rules.OUTSIDE_RANGE.at(assertion.object.span, message, hint)


def _thing_fits(draft: CorpusDraft, id: str, classes: Collection[str]) -> bool:
    """Tell whether a thing is of one of some classes; one with a mistake of its own always is."""
    thing, ontology = draft.corpus.things.get(id), draft.ontology
    if thing is None or id in draft.broken_ids:
        return True
    name = thing.type.id
    return not ontology.belongs_in(name, thing.section) or ontology.is_a(name, classes)


def _swap_hint(draft: CorpusDraft, assertion: Assertion) -> str:
    """Return a hint where the triple would be right the other way round."""
    things, ontology = draft.corpus.things, draft.ontology
    relation = ontology.relation_of(assertion)
    subject, object = things.get(assertion.subject.id), things.get(assertion.object_key)
    if relation.is_text or not subject or not object:
        return ""
    fits = ontology.is_a(object.type.id, relation.domain)
    fits = fits and ontology.is_a(subject.type.id, relation.range)
    return "are subject and object swapped?" if fits else ""


def nothing_is_tied_to_itself(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No thing is tied to itself: nobody meets themselves."""
    for assertion in draft.assertions:
        if assertion.subject.id == assertion.object_key and _states_triple(assertion):
            yield rules.SELF_TIE.at(
                assertion.object.span,
                f"{quoted(assertion.subject.id)} is tied to itself by '{assertion.predicate.id}'",
                "name the other one",
            )


def nobody_acts_for_themselves(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Acting for somebody runs one way."""
    things = draft.corpus.things.values()
    acts_for = {thing.id: thing.acts_for for thing in things if thing.acts_for}
    for circle in find_circles(acts_for, lambda id: [acts_for[id].id] if id in acts_for else []):
        message = f"actors act for each other in a circle: {show_circle(circle)}"
        yield rules.ACTS_FOR_CYCLE.at(acts_for[circle[0]].span, message, "delete one 'acts_for'")


def _states_triple(assertion: Assertion) -> bool:
    """Whether a triple is written in an assertion: else it is that of another one."""
    return not assertion.denies and not assertion.limited_state
