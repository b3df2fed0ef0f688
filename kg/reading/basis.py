"""What the last check of a whole workspace came to in this process: after an edit only what this
bears on (``kg.status.coupling``) is checked and judged, as it was and as it is.

Whatever else has changed than assertions and the words of things and articles, and whatever is
wrong, is left to a check of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from itertools import chain, filterfalse
from typing import NamedTuple

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_others
from kg.diagnostics import Diagnostic, Span
from kg.model import Article, Assertion, Conflict, Thing
from kg.model.closure import group_by_shared
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.reading.checked import (
    LEAST_CHECKED,
    find_watched,
    judges_identity,
    keys_of,
    may_be_meant,
)
from kg.reading.edits import find_after_edit, require_that
from kg.status.coupling import Coupling, Reach
from kg.status.editions import later_states
from kg.status.inference import judge
from kg.status.judgement import Judgement
from kg.status.rivals import MOST_PAIRS
from kg.status.support import count_articles_as

MOST_CHANGED, MOST_BORNE_ON = 60, 0.5
"""Where more assertions have changed, or this may bear on a larger part, the whole is checked."""


class Groups(NamedTuple):
    """The assertions of a corpus in groups that may bear on each other. Each is known by a number,
    and so is what couples its members (``of_key``). By the things of ``reach`` and ``watched`` they
    are coupled further.
    """

    reach: Reach
    watched: set[str]
    of: dict[str, int]
    of_key: dict[int, int]
    members: dict[int, list[str]]


class EditBasis:
    """A checked corpus without errors in which no ids are merged, and the ``problems`` in it. By
    what an edit is compared is worked out once, when there is one.
    """

    def __init__(self, draft: CorpusDraft, problems: Iterable[Diagnostic]) -> None:
        self.draft, self.corpus, self.pairs = draft, draft.corpus, draft.pairs
        self.problems = frozenset(problems)

    @cached_property
    def of_assertions(self) -> frozenset[Diagnostic]:
        """What was found by checks of assertions."""
        return self.problems.difference(check_others(self.draft))

    @cached_property
    def groups(self) -> Groups:
        """The assertions in groups."""
        coupling = Coupling(self.corpus, self.draft.ontology)
        watched = find_watched(self.corpus, self.draft.ontology)
        assertions = self.corpus.assertions.values()
        keys = {a.id: list(keys_of(a, coupling, watched)) for a in assertions}
        of = group_by_shared(keys)
        of_key = {key: of[id] for id, own in keys.items() for key in own}
        members = group_pairs((group, id) for id, group in of.items())
        return Groups(coupling.reach, watched, of, of_key, members)

    @cached_property
    def has_loose_names(self) -> bool:
        """Whether a text is nearly the id of a thing, perhaps."""
        return any(map(may_be_meant, self.corpus.assertions.values()))

    @cached_property
    def judgement(self) -> Judgement:
        """Where everything stood."""
        return judge(self.corpus, self.draft.ontology)


@dataclass(frozen=True)
class Sequel:
    """What has become of a corpus after an edit: all that this bears on, ``before`` and ``after``
    it, and the ids of what says the same at other places (``moved_ids``).
    """

    basis: EditBasis
    draft: CorpusDraft
    before: Corpus
    after: Corpus
    moved_ids: frozenset[str]

    def find_problems(self) -> tuple[Diagnostic, ...]:
        """Return what a check of the whole finds. Raises Impossible where that is to be asked."""
        basis, draft = self.basis, self.draft
        was = replace(basis.draft, corpus=self.before, unknown_names=[])
        now = replace(draft, corpus=self.after, unknown_names=[])
        finds = find_after_edit(basis.of_assertions, was, now, self._reworded_files())
        require_that(basis.pairs - was.pairs + now.pairs <= MOST_PAIRS)
        others = check_others(draft)
        require_that(not any(each.is_error for each in others))
        return (*finds, *others)

    @cached_property
    def judgement(self) -> Judgement:
        """Where everything stands."""
        basis, corpus = self.basis.judgement, self.draft.corpus
        merged_assertions, written_assertions = (
            basis.corpus.assertions,
            self.basis.corpus.assertions,
        )
        again = self._judged_again(merged_assertions)
        gone_ids = again | self.before.assertions.keys()
        part = judge(_part(corpus, again.union(self.after.assertions)), self.draft.ontology)
        rest = {
            id: a
            for id, a in merged_assertions.items()
            if _first_premise(a, merged_assertions) not in gone_ids
        }
        rest |= {id: corpus.assertions[id] for id in rest if rest[id] is written_assertions.get(id)}
        judged = rest | dict(part.corpus.assertions)
        conclusions = sorted(id for id, a in judged.items() if a.rule)
        standings = dict(basis.standings) | dict(part.standings)
        kept_limits = {id: each for id, each in basis.limits.items() if id not in gone_ids}
        in_order = list(chain(corpus.assertions, conclusions))
        return Judgement(
            replace(corpus, assertions={id: judged[id] for id in in_order}),
            {id: standings[id] for id in in_order},
            count_articles_as(corpus),
            kept_limits | dict(part.limits),
            later_states(corpus),
            (basis.undone - gone_ids) | part.undone,
        )

    def _judged_again(self, merged_assertions: Mapping[str, Assertion]) -> set[str]:
        """The ids of the groups in which a judgement made something else of what has moved."""
        written_assertions, groups = self.basis.corpus.assertions, self.basis.groups
        premise_lists = (a.follows_from for a in merged_assertions.values() if a.rule)
        premises = {each.id for each in chain.from_iterable(premise_lists)}
        changed_by_rule = (
            id
            for id in self.moved_ids
            if id in premises or merged_assertions[id] is not written_assertions[id]
        )
        numbers = {groups.of[id] for id in changed_by_rule}
        return set(chain.from_iterable(groups.members[number] for number in numbers))

    def _reworded_files(self) -> set[str]:
        """The files in which something that has not changed is told otherwise, or elsewhere."""
        tables: tuple[tuple[Mapping[str, Article | Thing], Mapping[str, Article | Thing]], ...] = (
            (self.basis.corpus.articles, self.draft.corpus.articles),
            (self.basis.corpus.things, self.draft.corpus.things),
        )
        written_assertions = self.basis.corpus.assertions
        return {
            each.span.file for old, new in tables for id, each in old.items() if new[id] != each
        }.union(written_assertions[id].span.file for id in self.moved_ids)


def make_basis(
    draft: CorpusDraft, problems: Iterable[Diagnostic], *, is_first: bool
) -> EditBasis | None:
    """Return what later drafts are compared with; None where a sound draft is small, or judges that
    ids stand for one thing. For the first of a process nobody waits yet: all is worked out.
    """
    corpus = draft.corpus
    if len(corpus.assertions) < LEAST_CHECKED or judges_identity(corpus, draft.ontology):
        return None
    basis = EditBasis(draft, problems)
    if is_first:
        _ = basis.groups, basis.of_assertions
    return basis


def continue_from(basis: EditBasis, draft: CorpusDraft) -> Sequel:
    """Return what has become of a corpus. Raises Impossible where the whole is to be checked."""
    old, new = basis.corpus, draft.corpus
    require_that(draft.sound and draft.complete and not draft.broken_ids)
    require_that(draft.ontology is basis.draft.ontology and draft.today == basis.draft.today)
    require_that(old.conflicts == new.conflicts and not judges_identity(new, draft.ontology))
    _require_same_records(basis, new)
    changed_ids, moved_ids = _find_changes(old.assertions, new.assertions)
    require_that(len(changed_ids) <= MOST_CHANGED)
    require_that(
        all(a.predicate.id in draft.ontology.relations for a in _present(changed_ids, new))
    )
    edited = replace(new, assertions={a.id: a for a in _present(changed_ids, new)})
    groups = basis.groups
    coupling = Coupling(edited, draft.ontology, groups.reach)
    touched = {groups.of[id] for id in changed_ids if id in groups.of}
    for a in edited.assertions.values():
        keys = keys_of(a, coupling, groups.watched)
        touched.update(groups.of_key[key] for key in keys if key in groups.of_key)
    ids = set(chain.from_iterable(groups.members[group] for group in touched))
    require_that(len(ids) <= MOST_BORNE_ON * len(old.assertions))
    before, after = _part(old, ids), _part(new, ids.union(changed_ids))
    require_that(Coupling(after, draft.ontology).reach.is_within(groups.reach))
    require_that(find_watched(after, draft.ontology) <= groups.watched)
    return Sequel(basis, draft, before, after, moved_ids.difference(after.assertions))


def _require_same_records(basis: EditBasis, new: Corpus) -> None:
    """Things and articles are as they were but for words that bear on no assertion, and new ones
    are such that only those who name them need to know.
    """
    old = basis.corpus
    require_that(
        old.things.keys() <= new.things.keys() and old.articles.keys() <= new.articles.keys()
    )
    require_that(len(old.things) == len(new.things) or not basis.has_loose_names)
    added_articles = [each for id, each in new.articles.items() if id not in old.articles]
    require_that(not any(each.version_of or each.retracted for each in added_articles))
    for id, thing in old.things.items():
        other = new.things[id]
        require_that(other is thing or _facts_of_thing(other) == _facts_of_thing(thing))
    for id, article in old.articles.items():
        now = new.articles[id]
        require_that(now is article or _facts_of_article(now) == _facts_of_article(article))


def _facts_of_thing(thing: Thing) -> tuple[object, ...]:
    return thing.section, thing.type.id, thing.acts_for_id


def _facts_of_article(article: Article) -> tuple[object, ...]:
    references = (*article.publishers, None, *article.originators, None, article.version_of)
    ids = [each.id if each else "" for each in references]
    facts = (article.type_word, article.published, article.published_basis, article.retracted)
    return ids, facts, article.paragraphs, article.text_sha256


def _find_changes(
    old: Mapping[str, Assertion], new: Mapping[str, Assertion]
) -> tuple[list[str], frozenset[str]]:
    """Return the ids of assertions that are not what they were, and of those that say the same in
    the same order at other places.
    """
    changed_ids = [id for id in old if id not in new]
    moved_ids: list[str] = []
    for id, a in new.items():
        other = old.get(id)
        if other is None or (other is not a and other != a):
            is_same = other is not None and _says_the_same(a, other)
            (moved_ids if is_same else changed_ids).append(id)
    others = {*changed_ids}
    before, after = (filterfalse(others.__contains__, each) for each in (old, new))
    if list(before) != list(after):
        return [*changed_ids, *moved_ids], frozenset()
    return changed_ids, frozenset(moved_ids)


def _says_the_same(one: object, other: object) -> bool:
    """Whether two values differ in no more than where they stand."""
    if one == other or isinstance(one, Span):
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_says_the_same, one, other))
    if not is_dataclass(one) or isinstance(one, type):
        return False
    names = [each.name for each in fields(one)]
    return all(_says_the_same(getattr(one, name), getattr(other, name)) for name in names)


def _present(ids: Iterable[str], corpus: Corpus) -> list[Assertion]:
    return [corpus.assertions[id] for id in ids if id in corpus.assertions]


def _part(corpus: Corpus, ids: set[str]) -> Corpus:
    """Return a corpus of some assertions, in reading order, and all things and articles. Of
    conflicts it has each with an answer among these ids, whether that is still there or not.
    """
    assertions = {id: a for id, a in corpus.assertions.items() if id in ids}
    conflicts = {id: each for id, each in corpus.conflicts.items() if _is_about(each, ids)}
    return replace(corpus, assertions=assertions, conflicts=conflicts)


def _is_about(conflict: Conflict, ids: set[str]) -> bool:
    return not ids.isdisjoint(each.id for each in conflict.between)


def _first_premise(a: Assertion, assertions: Mapping[str, Assertion]) -> str:
    """The id of an assertion or, of a conclusion, of the first one from which it was drawn."""
    while a.rule:
        a = assertions[a.follows_from[0].id]
    return a.id
