"""The graph's own triples of what a picture shows, which its page brings along to be saved."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

import pyoxigraph as ox

from kg.ontology.namespaces import RDF, XSD, ShortNames
from kg.rdf.literals import TYPE, NodeText, Triples, triples_of
from kg.rdf.writer import TripleWriter
from kg.reading import Reading
from kg.view.history import Moment
from kg.view.picture import (
    CitedArticle,
    History,
    NodeVersion,
    PictureTriples,
    Properties,
    Tie,
)

MOST_STATEMENTS = 2_000
"""Of more statements a page brings no triples along: they would be most of it."""


def find_triples(
    source: TripleSource, ties: Iterable[Tie], articles: Iterable[CitedArticle]
) -> PictureTriples | None:
    """Return the triples of what ties say, of the things in them and of the articles that they
    cite; None where these are too many.
    """
    statements = {tie.assertion: tie.statement for tie in ties}
    if len(statements) > MOST_STATEMENTS:
        return None
    names, places = [], []
    for each in statements.values():
        names += [each.subject, each.object, *each.speakers, *each.via, *each.where]
        names += chain.from_iterable(each.qualifiers.values())
        places += [*each.places, *each.withdrawal_places]
    cited_ids = {place.article for place in places}
    cited_articles = [article for article in articles if article.id in cited_ids]
    names += [name for each in cited_articles for name in (*each.publishers, *each.originators)]
    things = sorted({name.id: name for name in names if name.id}.items())
    return PictureTriples(
        prefixes=source.reading.ontology.prefixes,
        names=dict(things),
        statements=tuple(chain.from_iterable(map(source.statement_nodes, statements))),
        things=tuple(chain.from_iterable(source.thing_nodes(id) for id, _ in things)),
        articles=tuple(
            chain.from_iterable(source.article_nodes(each.id) for each in cited_articles)
        ),
    )


@dataclass(frozen=True)
class TripleSource:
    """The triples of records of a reading, as they were at each moment; those of each record are
    made once for all pictures.
    """

    reading: Reading
    moments: tuple[Moment, ...]
    history: History

    @cached_property
    def _writers(self) -> list[tuple[int, TripleWriter]]:
        readings = [(each.number, each.reading) for each in self.moments]
        readings.append((len(self.history.moments), self.reading))
        return [
            (number, TripleWriter(each.graph_corpus, each.ontology, each.statements))
            for number, each in readings
        ]

    @cached_property
    def _terms(self) -> TurtleTerms:
        return TurtleTerms(self.reading.ontology.prefixes)

    @cached_property
    def statement_nodes(self) -> Callable[[str], tuple[NodeVersion, ...]]:
        """Give the nodes of an assertion and its citations, by its id."""
        return cache(lambda id: tuple(self._versions(id, self._statement_triples(id))))

    @cached_property
    def thing_nodes(self) -> Callable[[str], tuple[NodeVersion, ...]]:
        """Give the nodes of a thing and its names, by its id."""
        return cache(lambda id: tuple(self._versions(id, self._thing_triples(id))))

    @cached_property
    def article_nodes(self) -> Callable[[str], tuple[NodeVersion, ...]]:
        """Give the node of an article, by its id."""
        return cache(lambda id: tuple(self._versions(id, self._article_triples(id))))

    def _statement_triples(self, id: str) -> Iterator[tuple[int, Triples]]:
        _, writer = self._writers[-1]
        for run in self.history.runs.get(id, ()):
            if run.statement:
                yield run.moment, writer.statement(run.statement)
        yield len(self.history.moments), writer.statement(self.reading.statements[id])

    def _thing_triples(self, id: str) -> Iterator[tuple[int, Triples]]:
        before = None
        for moment, writer in self._writers:
            thing = writer.corpus.things.get(id)
            if thing and thing != before:
                before = thing
                yield moment, writer.thing(thing)

    def _article_triples(self, id: str) -> Iterator[tuple[int, Triples]]:
        before = None
        for moment, writer in self._writers:
            article = writer.corpus.articles.get(id)
            now = article, writer.statements.counted_as.get(id, ())
            if article and now != before:
                before = now
                yield moment, writer.article(article)

    def _versions(self, id: str, versions: Iterable[tuple[int, Triples]]) -> Iterator[NodeVersion]:
        """Yield each node of a record from the moment on at which it says something else."""
        before: Mapping[str, Properties] | None = None
        for moment, triples in versions:
            nodes = self._terms.nodes(triples)
            for subject in {**(before or {}), **nodes}:
                properties = nodes.get(subject, {})
                if before is None:
                    yield NodeVersion(id, None, subject, properties)
                elif properties != before.get(subject, {}):
                    yield NodeVersion(id, moment, subject, properties)
            before = nodes


class TurtleTerms:
    """Writes terms as Turtle does, with prefixes, each once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.name = cache(ShortNames(prefixes.items(), _LOCAL_NAME).shorten)
        self._verb = cache(lambda iri: "a" if iri == f"{RDF}type" else self.name(iri))
        self.term = cache(self._term)

    def nodes(self, triples: Triples) -> Mapping[str, Properties]:
        """Return what each subject says, terms by predicate."""
        nodes: dict[str, dict[str, tuple[str, ...]]] = {}
        for subject, predicate, object in triples:
            node = nodes.setdefault(self.name(subject[1:-1]), {})
            verb = self._verb(predicate[1:-1])
            node[verb] = (*node.get(verb, ()), self.term(object))
        return nodes

    def _term(self, node: NodeText) -> str:
        """Return an IRI or a literal."""
        if node.startswith("<"):
            return self.name(node[1:-1])
        term = triples_of([(TYPE, TYPE, node)])[0].object
        assert isinstance(term, ox.Literal)
        text = json.dumps(term.value, ensure_ascii=False)
        if term.language:
            return f"{text}@{term.language}"
        datatype = term.datatype.value
        return text if datatype == f"{XSD}string" else f"{text}^^{self.name(datatype)}"


_LOCAL_NAME = "[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?"
