"""How surely the rows of an answer hold on the day of a lens: a row is as sure as the weakest of
what it rests on, in the surest way to come by it; one that counts, as the weakest of all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from kg.dates import Day, parse_date
from kg.ontology.namespaces import KG, RDF
from kg.query.evidence import GraphRecords, row_keys, witnesses_by_key
from kg.query.patterns import Untraceable
from kg.query.run import Answer, Form, Row, unused_column
from kg.query.sparql import tokenize_query
from kg.query.witnesses import witness_query

COLUMN = "holds"
_WORDS = ("certainly", "as far as known", "possibly")
_RANKS = {f"{KG}Certainly": 0, f"{KG}AsFarAsKnown": 1, f"{KG}Possibly": 2}
_COUNTS = frozenset(("COUNT", "SUM", "AVG"))


class _Certainty(NamedTuple):
    """How surely something holds, from 0, and the last report of what lasts."""

    rank: int = 0
    last_report: str = ""

    @property
    def words(self) -> str:
        """The certainty for people."""
        reported = f", last reported {self.last_report}" if self.rank == 1 else ""
        return f"{_WORDS[self.rank]}{reported}"


def with_certainty(
    store: ox.Store,
    text: str,
    answer: Answer,
    prefixes: Mapping[str, str],
    columns: tuple[str, ...],
) -> Answer:
    """Return an answer from a graph that was made under a lens with a day, with a column more that
    says how surely each row holds, unless all do certainly or the query asks for that itself.
    ``columns`` are those that the query has.
    """
    tokens = tokenize_query(text)
    asks_itself = any(token.text == "kg:holds" for token in tokens)
    if answer.form is Form.CONSTRUCT or asks_itself or not (answer.rows or answer.truth):
        return answer
    records = GraphRecords(store)
    try:
        rewritten = witness_query(text, columns)
        keys = row_keys(rewritten, answer, columns)
        by_key: dict[Row, list[_Certainty]] = {key: [] for key in keys}
        for key, terms, triples in witnesses_by_key(records, rewritten, set(keys), prefixes):
            by_key[key].append(_weakest(records, terms, triples))
    except Untraceable as reason:
        note = f"how surely these rows hold could not be traced: {reason}"
        return answer._replace(notes=(*answer.notes, note))
    is_count = any(token.word in _COUNTS for token in tokens)
    words = [_row_words(by_key[key], is_count) for key in keys]
    if set(words) == {_WORDS[0]}:
        return answer
    if answer.form is not Form.SELECT:
        return answer._replace(notes=(*answer.notes, f"that holds {words[0]}"))
    return _with_column(answer, words)


def _row_words(certainties: Collection[_Certainty], is_count: bool) -> str:
    """How surely a row holds that has these witnesses: by the surest; where they are counted, the
    least sure is told, too.
    """
    best, worst = (choose(certainties, default=_Certainty()) for choose in (min, max))
    if is_count and worst.rank > best.rank:
        return f"{best.words}; counted is what holds {worst.words}, too"
    return best.words


def _with_column(answer: Answer, words: Iterable[str]) -> Answer:
    rows = zip(answer.rows, words, strict=True)
    return answer._replace(
        columns=(*answer.columns, unused_column(COLUMN, answer.columns)),
        rows=tuple((*row, ox.Literal(each)) for row, each in rows),
    )


def _weakest(
    records: GraphRecords, terms: Iterable[str], triples: Iterable[Iterable[str]]
) -> _Certainty:
    """How surely all holds that a witness rests on: assertions that it names, and triples, each
    with the assertions of it, of which one is enough.
    """
    parts = [_certainty(records, iri) for iri in terms]
    for iris in triples:
        parts += [min((_certainty(records, iri) for iri in iris), default=_Certainty())]
    return max(parts, default=_Certainty())


def _certainty(records: GraphRecords, iri: str) -> _Certainty:
    rank = max((_RANKS.get(each, 0) for each in records.values(iri, f"{KG}holds")), default=0)
    reports = records.values(iri, f"{KG}lastReport") if rank == 1 else []
    return _Certainty(rank, max(reports, default=""))


def silence_notes(store: ox.Store, days: Iterable[Day]) -> Iterator[str]:
    """Yield for each of some days that lies after all that was published what an answer without
    rows does not mean.
    """
    last = max(_publication_days(store), default=None)
    for day in dict.fromkeys(days):
        if last and day > last:
            yield (f"nothing here was published after {last}: what was so on {day} nobody reported")


def _publication_days(store: ox.Store) -> Iterator[Day]:
    article = ox.NamedNode(f"{KG}Article")
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), article, None):
        known_from = ox.NamedNode(f"{KG}knownFrom")
        for each in store.quads_for_pattern(quad.subject, known_from, None, None):
            if isinstance(each.object, ox.Literal):
                day = parse_date(each.object.value).start_earliest
                if day:
                    yield day
