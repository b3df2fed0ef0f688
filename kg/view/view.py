"""The making of a picture: the rows of a view, and everything a reader needs to know about them.

A view (``viz/*.rq``) asks for rows of source, target and assertion. A row is a tie, and nothing can
be tied that cannot be cited: every tie has the statement of an assertion, with its sentence, its
status and the reason for it, who says so, and where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import filterfalse

from kg.diagnostics import KgError
from kg.model import Assertion
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.model.references import Reference, Text
from kg.ontology import Ontology
from kg.ontology.namespaces import DCTERMS, KG, RDFS
from kg.query.saved import SavedQuery
from kg.reading import Reading
from kg.status.statement import Statement
from kg.view.blocs import find_blocs
from kg.view.facing import make_grid
from kg.view.life import Lives
from kg.view.occasions import occasions_of, tied_occasions
from kg.view.picture import CitedArticle, Dispute, History, Node, Picture, PictureTriples, Tie
from kg.view.projection import is_shared, project, with_runs
from kg.view.rows import ViewRow
from kg.view.things import cited_articles, node_of
from kg.view.triples import TripleSource, find_triples
from kg.view.words import lens_in_words


@dataclass(frozen=True)
class Background:
    """A reading, and what its pictures tell beside what a view finds: what was known when, who
    holds what in disputes, the lives of things, and the graph's triples.
    """

    reading: Reading
    history: History = field(default_factory=History)
    disputes: tuple[Dispute, ...] = ()
    life_of: Callable[[str], Lives | None] = lambda _: None
    triples: TripleSource | None = None


def make_picture(background: Background, view: SavedQuery, rows: Iterable[ViewRow]) -> Picture:
    """Return the picture that rows of a view make.

    The thing that the view is about stands at its centre, if a row holds it. A row whose target is
    a value is no line: its source is shown, and the picture's facts tell the value. Of the disputes
    those stay that are drawn, or an assertion of which is. Raises KgError (exit code 1) where a
    row's assertion is none, or does not tie what the row ties.
    """
    reading = background.reading
    centre = reading.corpus.main_id(view.about)
    picture = Picture(view.name, view.title, view.question, centre, layout=view.layout)
    ties: dict[tuple[str, str, str], Tie] = {}
    for tie in _ties(reading, view.name, rows):
        ties[tie.key] = min(tie, ties.get(tie.key, tie), key=lambda each: each.label)
    lines = tuple(ties[key] for key in sorted(ties) if ties[key].target)
    bare = {tie.source for tie in ties.values() if not tie.target}
    if view.projection:
        lines, bare = project(lines, view.projection, reading, background.history), set()
    picture = complete_picture(picture, background, lines, bare)
    grid = make_grid(lines, view.matrix, reading) if view.matrix else None
    return replace(picture, blocs=find_blocs(picture.ids, view.poles, reading), grid=grid)


def complete_picture(
    picture: Picture, background: Background, ties: tuple[Tie, ...], more: Iterable[str] = ()
) -> Picture:
    """Return a picture of these ties, and of ``more`` things by id, with all that it tells of them;
    name, title, question and centre stay.
    """
    reading, history = background.reading, with_runs(background.history, ties)
    corpus, ontology = reading.graph_corpus, reading.ontology
    shared = {each.assertion: each.statement for each in ties if is_shared(each)}
    things = sorted({end for tie in ties for end in (tie.source, tie.target)}.union(more))
    ids = {tie.assertion for tie in ties}.union(things)
    disputes = tuple(each for each in background.disputes if _touches(each, ids, corpus))
    lives = tuple(life for thing in things if (life := background.life_of(thing)))
    facts = _facts(things, reading)
    premises = {each.id for one in shared.values() for each in one.assertion.follows_from}
    ids.update((fact.assertion for fact in facts), premises)
    earlier = history.statements(ids)
    told_ids = {tie.assertion for tie in (*ties, *facts)} | premises
    told_ids.update(*(each.assertions for each in disputes), *(each.assertions for each in lives))
    told_ids.update(*(each.against for each in earlier))
    statements = _argument(told_ids & corpus.assertions.keys(), reading)
    grounds = [Tie("", "", statements[id], "") for id in sorted(premises)]
    statements = dict(sorted({**statements, **shared}.items()))
    articles = cited_articles(statements.values(), corpus)
    return replace(
        picture,
        centre=picture.centre if picture.centre in things else "",
        nodes=tuple(_nodes(things, background, ties, lives, statements)),
        ties=ties,
        facts=facts,
        statements=statements,
        articles=articles,
        meanings=_meanings((*statements.values(), *earlier), ontology),
        dataset=ontology.note(ontology.base, f"{DCTERMS}title"),
        licence=ontology.note(ontology.base, f"{DCTERMS}license"),
        lens=lens_in_words(reading),
        namespaces=tuple(ontology.prefixes.items()),
        history=history,
        disputes=disputes,
        lives=lives,
        triples=_triples(background, [*filterfalse(is_shared, ties), *grounds, *facts], articles),
    )


def _meanings(statements: Iterable[Statement], ontology: Ontology) -> dict[str, str]:
    """Return what the statuses of statements mean."""
    statuses = sorted({each.status.value for each in statements})
    terms = {status: f"{KG}{status.capitalize()}" for status in statuses}
    return {status: ontology.note(term, f"{RDFS}comment") for status, term in terms.items()}


def _triples(
    background: Background, ties: Iterable[Tie], articles: Iterable[CitedArticle]
) -> PictureTriples | None:
    return find_triples(background.triples, ties, articles) if background.triples else None


def _facts(things: Collection[str], reading: Reading) -> tuple[Tie, ...]:
    """Return what curators wrote of some things in words and figures, by thing and assertion."""
    shown_ids = set(things)
    text_assertions = (
        a for a in reading.graph_corpus.assertions.values() if isinstance(a.object, Text)
    )
    ids = [
        (a.subject.id, a.id) for a in text_assertions if a.subject.id in shown_ids and not a.rule
    ]
    statements = [(subject, reading.statements[id]) for subject, id in sorted(ids)]
    return tuple(Tie(subject, "", each, each.label) for subject, each in statements)


def _nodes(
    ids: Iterable[str],
    background: Background,
    ties: Iterable[Tie],
    lives: Iterable[Lives],
    statements: Mapping[str, Statement],
) -> Iterator[Node]:
    """Yield things, events with when they took place."""
    corpus, ontology = background.reading.graph_corpus, background.reading.ontology
    occasions = tied_occasions(ties, ontology.families, background.history)
    own = {life.thing: occasions_of(life, statements) for life in lives}
    for id in ids:
        thing = corpus.things[id]
        node = node_of(thing, corpus, ontology)
        is_event = thing.section == "events"
        yield replace(node, occasions=own.get(id, occasions.get(id, ()))) if is_event else node


def _touches(dispute: Dispute, ids: Collection[str], corpus: Corpus) -> bool:
    """Whether a dispute, or an assertion that answers one of its questions, is among these ids."""
    return corpus.main_id(dispute.dispute.id) in ids or any(id in ids for id in dispute.assertions)


def _argument(ids: Iterable[str], reading: Reading) -> dict[str, Statement]:
    """Return the statements of some assertions, of what stands against them or tells of their end,
    and of all that any of these follows from, in order of ids.
    """
    statements = reading.statements
    starts = set(ids)
    starts |= {rival for id in starts for rival in statements[id].against}
    starts |= _speech_about(starts, reading.graph_corpus.assertions)
    starts |= {limit for id in starts for limit in statements[id].limits}

    def premises(id: str) -> list[str]:
        return [premise.id for premise in statements[id].assertion.follows_from]

    return {id: statements[id] for id in sorted(closure(starts, premises))}


def _ties(reading: Reading, name: str, rows: Iterable[ViewRow]) -> Iterator[Tie]:
    """Yield the ties of a view's rows, without a target where that is a value. That two ids stand
    for one thing is none.
    """
    id_of, also = reading.ontology.id_of, reading.graph_corpus.also
    for number, row in enumerate(rows, 1):
        source, target = id_of("", row.source), id_of("", row.target)
        id = id_of("assertion", row.assertion)
        if source in also or target in also:
            continue
        if _is_value(target, id, reading):
            target = ""
        try:
            yield make_tie(reading, source, target, id, row.label)
        except KgError as error:
            ends = f"{_label(source, reading)} - {_label(target, reading)}"
            place = f"view '{name}', row {number} ({ends})"
            raise KgError(f"{place}: {error}", exit_code=1, hint=error.hint) from None


def _is_value(target: str, id: str, reading: Reading) -> bool:
    """Whether a target is the value of an assertion that ties its subject to none: a stage, or what
    another assertion says, has an IRI, too.
    """
    corpus = reading.graph_corpus
    a = corpus.assertions.get(id)
    is_named = target in corpus.things or target.startswith("article/")
    return a is not None and isinstance(a.object, Text) and not is_named


def make_tie(reading: Reading, source: str, target: str, id: str, label: str = "") -> Tie:
    """Return the line from one thing to another that an assertion makes.

    What ``label`` calls it stands behind what the assertion says, so that no line says anything
    else. ``target`` is empty where the assertion's object is a value. Raises KgError where there is
    no such assertion, or it does not tie these.
    """
    if id not in reading.graph_corpus.assertions:
        raise KgError(
            f"{reading.ontology.id_of('', id) or 'nothing'} is not an assertion, "
            "so the tie could not be cited",
            hint="let ?assertion be the kg:Assertion that the row rests on",
        )
    statement = reading.statements[id]
    if problem := _drawing_problem(source, target, statement, reading):
        raise KgError(
            problem,
            hint="draw an assertion from its rdf:subject to its rdf:object, "
            "or from a kg:speaker to one of these",
        )
    a = statement.assertion
    object = a.object.id if isinstance(a.object, Reference) else ""
    own = "speaks of"
    if {source, target} <= {a.subject.id, object}:
        own = statement.verb if a.limited_state else statement.label
    return Tie(source, target, statement, f"{own} ({label})" if label not in ("", own) else own)


def _label(id: str, reading: Reading) -> str:
    """Return what something at the end of a row is called, thing or not."""
    if not id:
        return "a value"
    corpus, article = reading.graph_corpus, id.removeprefix("article/")
    if id in corpus.things:
        return corpus.things[id].label
    if article in corpus.articles:
        return corpus.articles[article].title.text
    return re.split("[/#]", id.rstrip("/#"))[-1]


def _drawing_problem(source: str, target: str, statement: Statement, reading: Reading) -> str:
    """Return why a line from one thing to another would not be what an assertion says; nothing
    where it is.
    """
    a = statement.assertion
    object = a.object.id if isinstance(a.object, Reference) else ""
    speakers = set(a.speaker_ids)
    for end in (source, target):
        if end not in {a.subject.id, object, *speakers}:
            label = _label(end, reading)
            return f"{label} is neither what assertion {a.id} ties nor who claims it"
    is_turned = (source, target) == (object, a.subject.id)
    is_right = source in {a.subject.id, *speakers} or statement.relation.symmetric
    if is_turned and not is_right:
        return f"assertion {a.id} would be drawn the wrong way round"
    return ""


def _speech_about(ids: Collection[str], assertions: Mapping[str, Assertion]) -> set[str]:
    """What speaks of some assertions, and what these speak of, as far as the lens shows it."""
    spoken_of = {id: a.object_assertion for id, a in assertions.items() if a.object_assertion}
    speaking = {id for id, other in spoken_of.items() if other in ids}
    return speaking | {spoken_of[id] for id in ids if spoken_of.get(id, "") in assertions}
