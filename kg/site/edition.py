"""A reading as the pages of its records tell it: what is said of each, found once for all pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

from markupsafe import Markup

from kg.model import Article
from kg.model.grouping import group_pairs
from kg.model.references import unique_references
from kg.ontology.namespaces import DCTERMS
from kg.query.folder import read_saved_queries
from kg.query.saved import SavedQuery
from kg.reading import Reading, work_out
from kg.reports.article_uses import SourceUse, find_uses
from kg.reports.diff import Changes, find_changes
from kg.reports.explanation import find_related
from kg.reports.positions import PositionMatrix
from kg.site.addresses import Address, RecordKind, record_addresses
from kg.site.credits import credit_line
from kg.site.templates import macro
from kg.status.statement import Statement
from kg.view.biographies import LifeOf
from kg.view.matrices import ordered_matrices
from kg.view.picture import Node
from kg.view.things import node_of
from kg.viz.looks import look_if_sound, look_of
from kg.viz.style import Style


class Earlier(NamedTuple):
    """An earlier version that an edition is compared with: its name, what changed since, and the
    addresses that it had.
    """

    name: str
    changes: Changes
    addresses: tuple[Address, ...]


class RecordLink(NamedTuple):
    """The file of a record's page, and of an assertion who is cited for it."""

    file: str
    credits: str


def compare(earlier: Reading, name: str, reading: Reading) -> Earlier:
    """Return an earlier version as an edition of a reading needs it, both under the same lens."""
    changes = find_changes(earlier, reading)
    return Earlier(name, changes, tuple(record_addresses(earlier)))


class Edition:
    """What the pages of a site's records are made from.

    ``life_of`` tells the life of a thing by its id. ``base_url`` is where the site is published, if
    that is known, with a slash at its end. ``earlier`` is what it is compared with. A private
    edition is read by who holds the copies of the articles: it shows the words of all, any other
    those whose licence lets everybody see them.
    """

    def __init__(
        self,
        reading: Reading,
        life_of: LifeOf,
        base_url: str = "",
        *,
        earlier: Earlier | None = None,
        is_private: bool = False,
    ) -> None:
        self.reading, self.life_of, self.base_url = reading, life_of, base_url
        self.earlier, self.is_private = earlier, is_private
        self._claims: dict[str, Markup] = {}
        self._lines: dict[str, Markup] = {}
        self.answers: dict[str, Any] = {}
        """The pages of saved questions that were asked as they stand, by name."""
        self.corpus = reading.graph_corpus
        self.title = reading.ontology.note(reading.ontology.base, f"{DCTERMS}title")

    def prepare_claims(self) -> None:
        """Find what many pages of claims and sources are made from, before several processes make
        some of them each.
        """
        work_out((self.statements, self.uses, self.by_conflict))

    def prepare_lives(self) -> None:
        """Find the lives that pages of views and things tell."""
        for id in self.corpus.things:
            self.life_of(id)

    def prepare_things(self) -> None:
        """Find what else many pages of things are made from."""
        work_out((self.by_thing, self.by_maker, self.tied, self.matrices, self.look))
        # Most are listed on the pages of two things or more, which several processes make.
        for each in self.statements:
            self.claim(each)

    @cached_property
    def related(self) -> Mapping[str, list[tuple[str, str]]]:
        """What bears on each assertion, by its id, each after what it is to it."""
        return find_related(self.reading.graph_corpus.assertions, self.reading)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every assertion that the lens shows, in order of ids."""
        statements = self.reading.statements
        return tuple(statements[id] for id in sorted(self.corpus.assertions))

    @cached_property
    def by_thing(self) -> Mapping[str, list[Statement]]:
        """All that names a thing, by its id."""
        names = ((each, unique_references(each.assertion.mentions)) for each in self.statements)
        return group_pairs((reference.id, each) for each, same in names for reference in same)

    @cached_property
    def questions(self) -> Mapping[str, SavedQuery]:
        """The saved queries, by name."""
        return read_saved_queries(self.reading.workspace)

    @cached_property
    def uses(self) -> Mapping[str, list[SourceUse]]:
        """What each source is cited for, by its id."""
        return find_uses(self.reading)

    @cached_property
    def by_maker(self) -> Mapping[str, list[Article]]:
        """The articles, in order of ids, that an actor wrote or published, by its id."""
        makers = (
            (each, unique_references((*each.publishers, *each.originators)))
            for _, each in sorted(self.corpus.articles.items())
        )
        return group_pairs((maker.id, each) for each, same in makers for maker in same)

    @cached_property
    def by_conflict(self) -> Mapping[str, list[str]]:
        """The conflicts, by id, that name an assertion, by its id."""
        conflicts = self.corpus.conflicts.values()
        return group_pairs((rival.id, each.id) for each in conflicts for rival in each.between)

    @cached_property
    def tied(self) -> Mapping[str, Mapping[str, list[Statement]]]:
        """What is written to tie a thing to each other one and is no denial, by their ids."""
        by_id: dict[str, dict[str, list[Statement]]] = {}
        for each in self.statements:
            a = each.assertion
            ends = a.subject.id, a.object_key
            is_tie = not a.is_denial and not a.rule and not each.is_gone
            if is_tie and ends[0] != ends[1] and self.corpus.things.keys() >= {*ends}:
                by_id.setdefault(ends[0], {}).setdefault(ends[1], []).append(each)
                by_id.setdefault(ends[1], {}).setdefault(ends[0], []).append(each)
        return by_id

    @cached_property
    def matrices(self) -> Mapping[str, PositionMatrix]:
        """Who holds what in each dispute, by its id."""
        return {matrix.dispute.id: matrix for matrix in ordered_matrices(self.reading)}

    @cached_property
    def look(self) -> Style:
        """How pictures of this workspace look."""
        workspace = self.reading.workspace
        return look_if_sound(workspace) if self.is_private else look_of(workspace)

    @cached_property
    def node(self) -> Callable[[str], Node]:
        """Give a thing with its names and classes, by its id."""
        corpus, ontology = self.corpus, self.reading.ontology
        return cache(lambda id: node_of(corpus.things[id], corpus, ontology))

    @cached_property
    def frame(self) -> Callable[[str, bool], tuple[Markup, Markup]]:
        """Give what stands above and below a page, by the way up from it to the first page and
        whether it leads to no other.
        """
        above, below = macro("frame.html", "above"), macro("frame.html", "below")
        return cache(lambda up, is_alone: (above(self, up, is_alone), below(self, up, is_alone)))

    def address_of(self, iri: str) -> Address | None:
        """Return the address of the page of what has an IRI; none where it has no page."""
        name = iri.removeprefix(self.reading.ontology.base)
        if name == iri:
            return None
        word, _, id = name.rpartition("/")
        kind = word or RecordKind.THING.value
        is_known = word != RecordKind.THING and id in self.corpus.records.get(kind, ())
        return Address(RecordKind(kind), id) if is_known else None

    def link_of(self, id: str) -> RecordLink | None:
        """Return where a record is told of; none where it has no page in this edition."""
        for kind in (RecordKind.ASSERTION, RecordKind.THING, RecordKind.ARTICLE):
            if id not in self.corpus.records.get(kind, ()):
                continue
            is_claim = kind is RecordKind.ASSERTION
            credits = credit_line(self.reading.statements[id]) or "its page" if is_claim else ""
            return RecordLink(Address(kind, id).file, credits)
        return None

    def text_of(self, article: Article) -> tuple[str, ...]:
        """Return the paragraphs of the copy of an article; none where it is not at hand, or may not
        be shown.
        """
        copy = self.reading.verification.copies.by_article.get(article.id)
        may_be_shown = article.licence or self.is_private
        return copy.paragraphs if copy and may_be_shown else ()

    def line(self, statement: Statement) -> Markup:
        """Return an assertion in short: its status, which leads to its page, and the sentence."""
        return self._kept(self._lines, "line", statement)

    def claim(self, statement: Statement) -> Markup:
        """Return an assertion as pages list it: its status, which leads to its page, the sentence,
        its date, and who is cited.
        """
        return self._kept(self._claims, "claim", statement)

    def _kept(self, markups: dict[str, Markup], name: str, statement: Statement) -> Markup:
        if statement.id not in markups:
            markups[statement.id] = macro("claims.html", name)(statement)
        return markups[statement.id]
