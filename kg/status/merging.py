"""One id for one thing: a corpus in which every thing stands under the id that is shown.

Which ids stand for one thing is judged by assertions (``kg.status.identity``). What is accepted of
that is applied first, before anything is judged, counted, tied or drawn. A reference keeps the id
that a curator wrote (``Reference.written``), and the judgements themselves stay as they are
written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from kg.model import Alias, Article, Assertion, Thing
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs, replace_fields
from kg.model.references import Reference, Text, unique_references
from kg.ontology import Ontology
from kg.ontology.terms import Identity
from kg.status.identity import IdGroup, find_identities, main_ids
from kg.status.status import judge_standings


def find_groups(
    corpus: Corpus, ontology: Ontology, voices: Collection[str] = ()
) -> tuple[IdGroup, ...]:
    """Return the groups of ids that stand for one thing by what is accepted in a checked corpus.

    ``voices`` are speakers whose claims are taken as accepted, those about identity, too: under
    every id that they have by the word of articles and editors.
    """
    if not any(_may_merge(a, ontology) for a in corpus.assertions.values()):
        return ()
    groups = find_identities(corpus, ontology, judge_standings(corpus, ontology))
    if not voices:
        return groups
    main = main_ids(groups)
    speaking = {main.get(id, id) for id in voices}
    every_id = {id for id in main if main[id] in speaking} | speaking
    return find_identities(corpus, ontology, judge_standings(corpus, ontology, every_id))


def _may_merge(assertion: Assertion, ontology: Ontology) -> bool:
    identity = ontology.relation_of(assertion).judges_identity
    return identity == Identity.SAME and not assertion.is_denial


def merge_ids(corpus: Corpus, ontology: Ontology, groups: Iterable[IdGroup]) -> Corpus:
    """Return a corpus in which each group of ids is one thing, named by the group's main id
    wherever another one is written.
    """
    main = main_ids(groups)
    if not main:
        return corpus
    merging = _Merging(main, ontology)
    return replace(
        corpus,
        articles={id: merging.article(each) for id, each in corpus.articles.items()},
        things=merging.things(corpus.things),
        main_ids=main,
        also={id: each for id, each in corpus.things.items() if main.get(id, id) != id},
        assertions={id: merging.assertion(each) for id, each in corpus.assertions.items()},
    )


class _Merging:
    """Writes main ids (``main``, by the ids that they stand for) into records."""

    def __init__(self, main: Mapping[str, str], ontology: Ontology) -> None:
        self.main, self.ontology = main, ontology

    def reference(self, reference: Reference) -> Reference:
        main = self.main.get(reference.id, reference.id)
        if main == reference.id:
            return reference
        return Reference(main, reference.span, reference.id)

    def references(self, references: Iterable[Reference]) -> tuple[Reference, ...]:
        """References, each thing once."""
        return unique_references(map(self.reference, references))

    def article(self, article: Article) -> Article:
        return replace_fields(
            article,
            publishers=self.references(article.publishers),
            originators=self.references(article.originators),
        )

    def assertion(self, a: Assertion) -> Assertion:
        if all(each.id == self.main.get(each.id, each.id) for each in a.mentions):
            return a
        subject, object = self.reference(a.subject), self.value(a.object)
        judges = self.ontology.relation_of(a).judges_identity
        if judges and isinstance(object, Reference) and subject.id == object.id:
            subject, object = a.subject, a.object
        return replace(
            a,
            subject=subject,
            object=object,
            where=self.reference(a.where) if a.where else None,
            speakers=self.references(a.speakers),
            via=self.references(a.via),
            about=self.references(a.about),
            withdrawals=tuple(replace(w, by=self.references(w.by)) for w in a.withdrawals),
            qualifiers=tuple(q._replace(value=self.value(q.value)) for q in a.qualifiers),
        )

    def value(self, value: Reference | Text) -> Reference | Text:
        return self.reference(value) if isinstance(value, Reference) else value

    def things(self, things: Mapping[str, Thing]) -> dict[str, Thing]:
        """Things by their main ids, in reading order of these."""
        others = group_pairs(
            (self.main[id], thing) for id, thing in things.items() if self.main.get(id, id) != id
        )
        return {
            id: self.thing(thing, others.get(id, ()))
            for id, thing in things.items()
            if self.main.get(id, id) == id
        }

    def thing(self, thing: Thing, others: Collection[Thing]) -> Thing:
        """A thing with what its other ids give it: names, notes and whom it acts for."""
        principals = [each.acts_for for each in (thing, *others) if each.acts_for]
        acting_for = [each for each in self.references(principals) if each.id != thing.id]
        acts_for = next(iter(acting_for), None)
        if not others:
            return replace_fields(thing, acts_for=acts_for)
        return replace(
            thing,
            aliases=_aliases(thing, others),
            ids=tuple({str(id): id for each in (thing, *others) for id in each.ids}.values()),
            acts_for=acts_for,
            note=" ".join(each.note for each in (thing, *others) if each.note),
            also=tuple(each.id for each in others),
        )


def _aliases(thing: Thing, others: Iterable[Thing]) -> tuple[Alias, ...]:
    """The other names of a thing: its own, and all that its other ids have, each once."""
    names = list(thing.aliases)
    for other in others:
        names += [*map(Alias, other.labels), *other.aliases]
    unique: dict[tuple[str, str, str], Alias] = {}
    for alias in names:
        key = alias.name.text, alias.name.language, alias.when.text if alias.when else ""
        known_alias = unique.setdefault(key, alias)
        if known_alias is not alias:
            citations = tuple(dict.fromkeys((*known_alias.citations, *alias.citations)))
            unique[key] = replace(known_alias, citations=citations)
    labels = {(label.text, label.language, "") for label in thing.labels}
    return tuple(each for key, each in unique.items() if key not in labels or each.citations)
