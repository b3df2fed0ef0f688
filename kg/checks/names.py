"""Laws about names: each stands for one thing that is known, of the right kind, and is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.checks.draft import CorpusDraft
from kg.checks.lookalikes import skeletons_of
from kg.diagnostics import Diagnostic, rules
from kg.model import Assertion, Thing
from kg.model.grouping import group_pairs
from kg.model.references import Reference, Text
from kg.sources.sections import SECTIONS
from kg.text.characters import fold_case, name_character, quoted


def publishers_are_actors(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Whoever publishes, writes or is acted for is an actor of the workspace."""
    actors = draft.corpus.actors
    for article in draft.corpus.articles.values():
        named_actors = {each.id: each for each in (*article.originators, *article.publishers)}
        for reference in named_actors.values():
            yield from draft.unknown(reference, "actor", actors)
    for thing in actors.values():
        if thing.acts_for:
            yield from draft.unknown(thing.acts_for, "actor", actors)


def speakers_are_actors(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Whoever makes a claim or passes it on is an actor of the workspace."""
    actors = draft.corpus.actors
    for assertion in draft.assertions:
        for reference in dict.fromkeys((*assertion.speakers, *assertion.via)):
            yield from draft.unknown(reference, "actor", actors)


def things_are_known(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Subjects and objects are things of the workspace, places of assertions are places."""
    things = draft.corpus.things
    places = {id for id, thing in things.items() if thing.section == "places"}
    nouns: dict[Reference, str] = {}
    wanted_ids: dict[tuple[str, bool], str] = {}
    wheres = dict.fromkeys(each.where for each in draft.assertions if each.where)
    for assertion in draft.assertions:
        if not assertion.denies and not assertion.limited_state:
            for reference in _tied_ends(assertion):
                end = assertion.predicate.id, reference is assertion.subject
                noun = wanted_ids.get(end) or wanted_ids.setdefault(end, _wanted_noun(draft, *end))
                if reference.id not in things or noun == "assertion":
                    nouns.setdefault(reference, noun)
    for reference, noun in nouns.items():
        known_ids = draft.corpus.assertions if noun == "assertion" else things
        yield from draft.unknown(reference, noun, known_ids)
    for assertion in draft.assertions:
        for matter in assertion.about if not assertion.denies else ():
            yield from draft.unknown(matter, "thing", things)
    for where in wheres:
        yield from draft.unknown(where, "place", places)


def _tied_ends(assertion: Assertion) -> list[Reference]:
    """Return the things that an assertion ties: subject, and object unless that is a text."""
    ends = (assertion.subject, assertion.object)
    return [end for end in ends if isinstance(end, Reference)]


def _wanted_noun(draft: CorpusDraft, predicate: str, is_subject: bool) -> str:
    """Return what a relation needs at one end: ``actor`` where only actors fit, ``assertion`` where
    only these do, else ``thing``.
    """
    relation = draft.ontology.relations.get(predicate)
    if relation is None:
        return "thing"
    classes = relation.domain if is_subject else relation.range
    if relation.takes_assertions and not is_subject and not classes:
        return "assertion"
    for section in SECTIONS:
        if classes and all(draft.ontology.belongs_in(name, section) for name in classes):
            return section.removesuffix("s")
    return "thing"


def assertions_are_known(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What is superseded, concluded from, realised or in conflict is a known assertion."""
    assertions = draft.corpus.assertions
    references: list[Reference | None] = []
    for assertion in assertions.values():
        deed = assertion.outcome.realised_by if assertion.outcome else None
        references += [*assertion.follows_from, *assertion.supersedes, deed]
    for conflict in draft.corpus.conflicts.values():
        references += conflict.between
    for reference in filter(None, references):
        yield from draft.unknown(reference, "assertion", assertions)


def articles_are_known(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What is cited is an article of the workspace."""
    articles = draft.corpus.articles
    cited_articles = (citation.article for citation in draft.corpus.citations)
    for article in dict.fromkeys(each for each in cited_articles if each.id not in articles):
        yield from draft.unknown(article, "article", articles)


def labels_are_unique(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No two things have one label: a reader of a page could not tell them apart."""
    first: dict[str, tuple[Thing, Text]] = {}
    for thing, label in _all_labels(draft):
        other, place = first.setdefault(fold_case(label.text), (thing, label))
        if other.id != thing.id:
            yield rules.LABEL_TWICE.at(
                label.span,
                f"{quoted(thing.id)} and {quoted(other.id)} have one label, "
                f"{quoted(label.text)} ({_place_of(place, label)})",
                "make the labels differ, or the two one thing",
                [place.span],
            )


def labels_do_not_look_alike(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """No two things have labels that look the same while being written with other letters."""
    labels = _all_labels(draft)
    looks = skeletons_of({label.text for _, label in labels})
    first: dict[str, tuple[Thing, Text]] = {}
    for thing, label in labels:
        owner, other = first.setdefault(looks[label.text], (thing, label))
        if owner.id != thing.id and fold_case(other.text) != fold_case(label.text):
            difference = _difference_of(label.text, other.text) or _difference_of(
                other.text, label.text
            )
            yield rules.LOOK_ALIKE.at(
                label.span,
                f"label {quoted(label.text)} looks like {quoted(other.text)} "
                f"({_place_of(other, label)}); it differs by {difference}",
                "retype it, unless the difference is meant",
                [other.span],
            )


def _difference_of(text: str, other: str) -> str:
    """Return the characters of a text that another lacks, by code point and name."""
    characters = [character for character in dict.fromkeys(text) if character not in other]
    return ", ".join(map(name_character, characters))


def _place_of(label: Text, other: Text) -> str:
    """Return the line of a label, and its file where it is not that of the other."""
    if label.span.file == other.span.file:
        return f"line {label.span.line}"
    return f"{label.span.file}:{label.span.line}"


class _Name(NamedTuple):
    """A name of a thing; ``kind`` is id, label or alias."""

    thing: str
    kind: str
    text: Text
    is_cited: bool = False


def aliases_name_one_thing(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """An alias is no other thing's alias, label or id, unless it says itself which paragraphs use
    it so.

    It may be true (two people called Kim), but then it takes a citation to tell who is meant where.
    """
    names = group_pairs(
        (fold_case(name.text.text), name)
        for thing in draft.corpus.things.values()
        for name in _names(thing)
    )
    for same_names in names.values():
        for alias in same_names:
            other = _find_owner(alias, same_names)
            if alias.kind == "alias" and not alias.is_cited and other:
                yield rules.SHARED_ALIAS.at(
                    alias.text.span,
                    f"alias {quoted(alias.text.text)} of {quoted(alias.thing)} "
                    f"is also the {other.kind} of {quoted(other.thing)}",
                    "if both are true, say which paragraphs mean this one: "
                    "{name: ..., cite: {...}}",
                )


def _names(thing: Thing) -> Iterator[_Name]:
    yield _Name(thing.id, "id", Text(thing.id, thing.span))
    for label in thing.labels:
        yield _Name(thing.id, "label", label)
    for alias in thing.aliases:
        yield _Name(thing.id, "alias", alias.name, bool(alias.citations))


def _find_owner(alias: _Name, same_names: Iterable[_Name]) -> _Name | None:
    """Return another thing's name that is the same; of two aliases the first id owns it."""
    for name in same_names:
        is_before = name.kind != "alias" or name.thing < alias.thing or name.is_cited
        if name.thing != alias.thing and is_before:
            return name
    return None


def everything_is_used(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """A thing is in some assertion or record; an article is cited."""
    corpus = draft.corpus
    articles = {citation.article.id for citation in corpus.citations}
    references: list[Reference | None] = []
    for article in corpus.articles.values():
        references += [*article.publishers, *article.originators]
        if article.id not in articles:
            message = f"article {quoted(article.id)} is cited nowhere"
            yield rules.UNCITED_ARTICLE.at(article.span, message, "cite it, or delete it")
    for assertion in corpus.assertions.values():
        references += assertion.mentions
    ids = {reference.id for reference in references if reference}
    for thing in corpus.things.values():
        if thing.acts_for:
            ids |= {thing.id, thing.acts_for.id}
    for thing in corpus.things.values():
        if thing.id not in ids:
            message = f"{quoted(thing.id)} is used nowhere"
            yield rules.UNUSED_THING.at(thing.span, message, "assert something of it, or delete it")


def _all_labels(draft: CorpusDraft) -> list[tuple[Thing, Text]]:
    pairs = [(thing, label) for thing in draft.corpus.things.values() for label in thing.labels]
    return sorted(pairs, key=lambda pair: pair[1].span)
