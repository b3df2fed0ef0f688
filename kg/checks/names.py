"""Laws about names: each stands for one known thing, of the kind that is wanted, and is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from kg import rules
from kg.characters import fold_case, quoted
from kg.checks.draft import Draft
from kg.checks.lookalikes import skeletons
from kg.diagnostics import Diagnostic
from kg.model import SECTIONS, Reference, Text, Thing


def speakers_are_actors(draft: Draft) -> Iterator[Diagnostic]:
    """Whoever makes a claim, passes it on, publishes, writes or is acted for is an actor of the
    workspace.
    """
    actors = draft.corpus.actors
    for article in draft.corpus.articles.values():
        yield from draft.unknown(article.publisher, "actor", actors)
        if article.originator.id != article.publisher.id:
            yield from draft.unknown(article.originator, "actor", actors)
    for thing in actors.values():
        if thing.acts_for:
            yield from draft.unknown(thing.acts_for, "actor", actors)
    for assertion in draft.corpus.assertions.values():
        for reference in {r.span: r for r in (*assertion.speakers, *assertion.via)}.values():
            yield from draft.unknown(reference, "actor", actors)


def things_are_known(draft: Draft) -> Iterator[Diagnostic]:
    """Subjects and objects are things of the workspace, places of assertions are places."""
    places = {id for id, thing in draft.corpus.things.items() if thing.section == "places"}
    seen: set[Reference] = set()
    for assertion in draft.corpus.assertions.values():
        ends = () if assertion.denies else (assertion.subject, assertion.object)
        for reference in ends:
            if (
                isinstance(reference, Text)
                or reference.id in draft.corpus.things
                or reference in seen
            ):
                continue
            seen.add(reference)
            wanted = _wanted(draft, assertion.predicate.id, reference is assertion.subject)
            yield from draft.unknown(reference, wanted, draft.corpus.things)
        if assertion.where and assertion.where not in seen:
            seen.add(assertion.where)
            yield from draft.unknown(assertion.where, "place", places)


def _wanted(draft: Draft, predicate: str, is_subject: bool) -> str:
    """What a relation wants at one end, in one word: ``actor`` where only actors fit, else
    ``thing``.
    """
    relation = draft.ontology.relations.get(predicate)
    classes = (relation.domain if is_subject else relation.range) if relation else ()
    for section in SECTIONS:
        if classes and all(draft.ontology.belongs_in(name, section) for name in classes):
            return section.removesuffix("s")
    return "thing"


def assertions_are_known(draft: Draft) -> Iterator[Diagnostic]:
    """What is superseded, concluded from, realised or in conflict is an assertion of the workspace."""
    known = draft.corpus.assertions
    for assertion in known.values():
        named = [*assertion.follows_from]
        named += [assertion.supersedes] if assertion.supersedes else []
        named += (
            [assertion.outcome.realised_by]
            if assertion.outcome and assertion.outcome.realised_by
            else []
        )
        for reference in named:
            yield from draft.unknown(reference, "assertion", known)
    for conflict in draft.corpus.conflicts.values():
        for reference in conflict.between:
            yield from draft.unknown(reference, "assertion", known)


def articles_are_known(draft: Draft) -> Iterator[Diagnostic]:
    """What is cited is an article of the workspace."""
    seen = set()
    for citation in draft.all_citations():
        if citation.article not in seen:
            seen.add(citation.article)
            yield from draft.unknown(citation.article, "article", draft.corpus.articles)


def labels_are_unique(draft: Draft) -> Iterator[Diagnostic]:
    """No two things have one label: a reader of a page could not tell them apart."""
    first: dict[str, tuple[Thing, Text]] = {}
    for thing, label in _labels(draft):
        other, place = first.setdefault(fold_case(label.text), (thing, label))
        if other.id != thing.id:
            yield rules.LABEL_TWICE.at(
                label.span,
                f"{quoted(thing.id)} and {quoted(other.id)} have one label, {quoted(label.text)} ({_at(place, label)})",
                "make the labels differ, or the two one thing",
                [place.span],
            )


def labels_do_not_look_alike(draft: Draft) -> Iterator[Diagnostic]:
    """No two things have labels that look the same while being written with other letters."""
    labels = _labels(draft)
    looks = skeletons({label.text for _, label in labels})
    first: dict[str, tuple[Thing, Text]] = {}
    for thing, label in labels:
        owner, other = first.setdefault(looks[label.text], (thing, label))
        if owner.id != thing.id and fold_case(other.text) != fold_case(label.text):
            yield rules.LOOK_ALIKE.at(
                label.span,
                f"label {quoted(label.text)} looks like {quoted(other.text)} ({_at(other, label)}); "
                f"it differs by {_odd(label.text, other.text) or _odd(other.text, label.text)}",
                "retype it, unless the difference is meant",
                [other.span],
            )


def _odd(text: str, other: str) -> str:
    """The characters of a text that another lacks, by code point."""
    return ", ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(c for c in text if c not in other))


def _at(place: Text, seen_from: Text) -> str:
    """A place in few words: the line, and the file where it is another one."""
    if place.span.file == seen_from.span.file:
        return f"line {place.span.line}"
    return f"{place.span.file}:{place.span.line}"


def aliases_name_one_thing(draft: Draft) -> Iterator[Diagnostic]:
    """An alias is no other thing's alias, label or id, unless it says itself which paragraphs use
    it so.

    It may be true (two people called Kim), but then it takes a citation to tell who is meant where.
    """
    owners: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for thing in draft.corpus.things.values():
        owners[fold_case(thing.id)].append((thing.id, "id", False))
        for label in thing.labels:
            owners[fold_case(label.text)].append((thing.id, "label", False))
        for alias in thing.aliases:
            owners[fold_case(alias.name.text)].append((thing.id, "alias", bool(alias.citations)))
    for thing in draft.corpus.things.values():
        for alias in (alias for alias in thing.aliases if not alias.citations):
            others = (
                o
                for o in owners[fold_case(alias.name.text)]
                if o[0] != thing.id and (o[1] != "alias" or o[0] < thing.id or o[2])
            )
            for other, what, _ in islice(others, 1):
                yield rules.SHARED_ALIAS.at(
                    alias.name.span,
                    f"alias {quoted(alias.name.text)} of {quoted(thing.id)} is also the {what} of {quoted(other)}",
                    "if both are true, say which paragraphs mean this one: {name: ..., cite: {...}}",
                )


def everything_is_used(draft: Draft) -> Iterator[Diagnostic]:
    """A thing is in some assertion or record; an article is cited."""
    corpus = draft.corpus
    cited = {citation.article.id for citation in draft.all_citations()}
    used = {
        ref.id
        for article in corpus.articles.values()
        for ref in (article.publisher, article.originator)
    }
    used |= {thing.acts_for.id for thing in corpus.things.values() if thing.acts_for}
    used |= {thing.id for thing in corpus.things.values() if thing.acts_for}
    for a in corpus.assertions.values():
        ends = [
            a.subject,
            *([a.object] if isinstance(a.object, Reference) else []),
            *([a.where] if a.where else []),
        ]
        used |= {reference.id for reference in (*ends, *a.speakers, *a.via)}
    for article in corpus.articles.values():
        if article.id not in cited:
            yield rules.UNCITED_ARTICLE.at(
                article.span,
                f"article {quoted(article.id)} is cited nowhere",
                "cite it, or delete it",
            )
    for thing in corpus.things.values():
        if thing.id not in used:
            yield rules.UNUSED_THING.at(
                thing.span,
                f"{quoted(thing.id)} is used nowhere",
                "assert something of it, or delete it",
            )


def _labels(draft: Draft) -> list[tuple[Thing, Text]]:
    pairs = [(thing, label) for thing in draft.corpus.things.values() for label in thing.labels]
    return sorted(pairs, key=lambda pair: pair[1].span)
