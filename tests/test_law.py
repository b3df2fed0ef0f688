"""A direct triple stands if and only if some accepted assertion affirms it: in generated worlds and
in the example.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from corpora import WORLD, corpus, worlds
from counting import calls
from hypothesis import given, note, settings
from readback import quads_of
from readings import BARE, CORE, said

from kg.dates import Date, Overlap, as_known_on, dates_overlap
from kg.files.output import GRAPH
from kg.files.workspace import Workspace
from kg.model import Article, Assertion, Conflict
from kg.model.corpus import Corpus
from kg.model.modes import Basis, Mode, Polarity
from kg.model.references import Reference
from kg.ontology import Ontology
from kg.ontology.namespaces import KG, RDF
from kg.ontology.values import may_be_equal
from kg.rdf.writer import write_graph
from kg.reading import read
from kg.status.corrections import may_correct
from kg.status.judgement import Judgement
from kg.status.propositions import proposition_of, time_of
from kg.status.scope import covers_days_of
from kg.status.statement import Statements
from kg.status.status import Standing, Status, judge_standings
from kg.status.support import report_days


def direct_triples(quads: list[ox.Quad], known: Ontology) -> set[tuple[str, str, str]]:
    """The triples of a graph whose predicate is a relation."""
    relations = {relation.iri for relation in known.relations.values()}
    return {
        (str(q.subject), str(q.predicate), str(q.object))
        for q in quads
        if q.predicate.value in relations
    }


def stated_triples(quads: list[ox.Quad], status: str, polarity: str) -> set[tuple[str, str, str]]:
    """The triples of the statement nodes of one status and polarity, read from the graph itself."""
    store = ox.Store()
    store.bulk_extend(quads)
    found = store.query(
        f"SELECT ?s ?p ?o {{ ?a <{KG}status> <{KG}{status}> ; <{KG}polarity> <{KG}{polarity}> ;"
        f" <{RDF}subject> ?s ; <{RDF}predicate> ?p ; <{RDF}object> ?o }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    return {(str(row["s"]), str(row["p"]), str(row["o"])) for row in found}


def rival_aspects(one: Assertion, other: Assertion, world: Corpus) -> set[str]:
    """In what two live assertions leave no room for each other, judged from the model's words
    alone: where they differ in day, place or amount of a deed done once, only in that.
    """
    if one.mode is not other.mode or one is other:
        return set()
    is_same = proposition_of(one, CORE) == proposition_of(other, CORE)
    if one.polarity is not other.polarity:
        denial, claim = sorted((one, other), key=lambda a: a.polarity, reverse=True)
        is_named = named(one, other, world) or named(other, one, world)
        is_denied = is_same and not apart(one, other)
        is_denied = is_denied and (is_named or denies(denial, claim, world))
        return {"statement"} if is_denied else set()
    if one.polarity is Polarity.DENIES or one.mode is not Mode.ACTUAL:
        return set()
    if is_same:
        return rival_details(one, other, world)
    is_one_event = one.predicate.id == other.predicate.id == "takesPlaceIn"
    is_then = dates_overlap(attested(one, world), attested(other, world)) is not Overlap.NO
    return {"object"} if is_one_event and is_then and not apart(one, other) else set()


def apart(one: Assertion, other: Assertion) -> set[str]:
    """The place or qualifiers that both give and that cannot be of one thing."""
    values = {each.name.id: each.value for each in one.qualifiers}
    aspects = {
        each.name.id
        for each in other.qualifiers
        if each.name.id in values and not may_be_equal(each.value, values[each.name.id])
    }
    is_elsewhere = one.where and other.where and one.where.id != other.where.id
    return aspects | ({"where"} if is_elsewhere else set())


def denies(denial: Assertion, claim: Assertion, world: Corpus) -> bool:
    """Whether a denial of a claim's proposition reaches the claim's time."""
    date, other = time_of(denial, world), time_of(claim, world)
    if date is None or other is None:
        return True
    if CORE.relations[claim.predicate.id].is_state:
        return dates_overlap(date, other) is not Overlap.NO
    return covers_days_of(date, other)


def named(denial: Assertion, other: Assertion, world: Corpus) -> bool:
    """Whether a denial denies another by name, although its own day lies elsewhere, or without a
    day of its own that one or what it corrects.
    """
    if denial.denies is None:
        return False
    if denial.when is None:
        ids = {other.id, *(each.id for each in corrected(other, world))}
        return denial.denies.id in ids
    is_elsewhen = dates_overlap(denial.when, time_of(other, world)) is Overlap.NO
    return denial.denies.id == other.id and is_elsewhen


def rival_details(one: Assertion, other: Assertion, world: Corpus) -> set[str]:
    dates = attested(one, world), attested(other, world)
    details = apart(one, other)
    if one.predicate.id == "signed":
        return details | ({"when"} if dates_overlap(*dates) is Overlap.NO else set())
    is_one_time = None in dates or dates_overlap(*dates) is Overlap.CERTAINLY
    return details if details == {"amount"} and is_one_time else set()


def attested(a: Assertion, world: Corpus) -> Date | None:
    """The time of an assertion, which for what goes on ends with its last report."""
    date, day = time_of(a, world), report_days(a, world)[1]
    return as_known_on(date, day) if date and date.goes_on and day else date


def takes_all(one: Assertion, other: Assertion, world: Corpus) -> bool:
    return bool(rival_aspects(one, other, world) & {"statement", "object"})


def corrected(a: Assertion, world: Corpus) -> list[Assertion]:
    """What an assertion corrects, through any number of steps."""
    named = [world.assertions[each.id] for each in a.supersedes]
    earlier = [each for each in named if may_correct(a, each)]
    return earlier + [each for one in earlier for each in corrected(one, world)]


def answers(a: Assertion, question: Conflict, world: Corpus) -> list[str]:
    """The answers to a question that an assertion gives, by the ids that the question names."""
    members = [
        world.assertions[r.id] for r in question.between if not world.assertions[r.id].withdrawn
    ]
    return [
        member.id
        for member in members
        if member is a
        or (
            proposition_of(member, CORE) == proposition_of(a, CORE)
            and (member.polarity, member.mode) == (a.polarity, a.mode)
            and (
                dates_overlap(time_of(member, world), time_of(a, world)) is not Overlap.NO
                or any(each.id == member.id for each in corrected(a, world))
            )
        )
    ]


def differ_in_details(one: Assertion, other: Assertion, world: Corpus) -> bool:
    """Whether two answers say the same but for details that both give."""
    if (
        proposition_of(one, CORE) != proposition_of(other, CORE)
        or one.polarity is not other.polarity
    ):
        return False
    dates = time_of(one, world), time_of(other, world)
    values = {each.name.id: each.value for each in one.qualifiers}
    pairs: list[tuple[object, object]] = [(one.where, other.where), dates]
    pairs += [(values.get(each.name.id), each.value) for each in other.qualifiers]
    return any(a is not None and b is not None and key_of(a) != key_of(b) for a, b in pairs)


def key_of(value: object) -> object:
    return value.id if isinstance(value, Reference) else getattr(value, "text", value)


def statements_of(world: Corpus) -> Statements:
    """Its assertions as they stand without anything concluded from them."""
    judgement = Judgement(world, judge_standings(world, CORE), {})
    return Statements(judgement, CORE, world.assertions, {})


def live(world: Corpus, found: dict[str, Standing]) -> list[Assertion]:
    gone = (Status.WITHDRAWN, Status.SUPERSEDED)
    return [a for a in world.assertions.values() if found[a.id].status not in gone]


@given(worlds())
@settings(max_examples=120, deadline=None)
def test_a_direct_triple_stands_if_and_only_if_some_accepted_assertion_affirms_it(
    world: dict[str, Any],
) -> None:
    read_world = corpus(world, CORE)
    data = write_graph(read_world, BARE, statements_of(read_world))[GRAPH]
    quads = list(ox.parse(data, ox.RdfFormat.N_QUADS))
    assert direct_triples(quads, CORE) == stated_triples(quads, "Accepted", "Asserts")


@given(worlds(is_plain=True))
@settings(max_examples=120, deadline=None)
def test_what_is_accepted_is_actual_in_the_articles_own_voice_live_and_unopposed(
    world: dict[str, Any],
) -> None:
    read_world = corpus(world, CORE)
    found = judge_standings(read_world, CORE)
    questions = list(read_world.conflicts.values())
    alive = live(read_world, found)
    for a in read_world.assertions.values():
        note(f"{a.id}: {found[a.id]}")
        sound = (
            a.mode is Mode.ACTUAL
            and not a.speakers
            and not a.withdrawn
            and a in alive
            and not any(takes_all(a, other, read_world) for other in alive)
            and not any(
                other is not a
                and other.mode is a.mode
                and (a.id in given or other.id not in given)
                and not differ_in_details(a, other, read_world)
                for question in questions
                if (given := answers(a, question, read_world))
                for other in alive
                if other.id in [r.id for r in question.between]
            )
            and (
                a.basis is not Basis.INFERRED
                or all(found[r.id].status is Status.ACCEPTED for r in a.follows_from)
            )
        )
        assert (found[a.id].status is Status.ACCEPTED) == sound


@given(worlds())
@settings(max_examples=120, deadline=None)
def test_contradiction_runs_both_ways_between_live_assertions_only(world: dict[str, Any]) -> None:
    read_world = corpus(world, CORE)
    found = judge_standings(read_world, CORE)
    alive = {a.id for a in live(read_world, found)}
    for id, standing in found.items():
        for other in standing.against:
            assert id in found[other].against
            assert {id, other} <= alive


@given(worlds(is_plain=True))
@settings(max_examples=120, deadline=None)
def test_what_stands_against_a_live_assertion_is_all_that_cannot_be_true_together_with_it(
    world: dict[str, Any],
) -> None:
    read_world = corpus({key: value for key, value in world.items() if key != "conflicts"}, CORE)
    found = judge_standings(read_world, CORE)
    alive = live(read_world, found)
    for a in alive:
        rivals = sorted(other.id for other in alive if rival_aspects(a, other, read_world))
        assert list(found[a.id].against) == rivals
        for aspect in {each.aspect for each in found[a.id].contests}:
            assert list(found[a.id].rivals_in(aspect)) == sorted(
                other.id for other in alive if aspect in rival_aspects(a, other, read_world)
            )


@pytest.mark.parametrize("several", ["claims and denials", "values"])
def test_twice_as_many_rivals_take_twice_the_steps_to_judge(several: str) -> None:
    def rivals(number: int) -> Corpus:
        if several == "values":
            told = [
                said(
                    "summit",
                    "takesPlaceIn",
                    ("here", "there")[n % 2],
                    id=f"v{n}",
                    said=f"{1000 + n}",
                )
                for n in range(number)
            ]
        else:
            told = [
                said("alpha", "meets", "beta", id=f"a{n}", said=f"{1000 + n}")
                for n in range(number)
            ]
            told += [
                {"id": f"d{n}", "denies": "a0", "said": f"{1000 + n}", "cite": {"article-1": ["1"]}}
                for n in range(number)
            ]
        return corpus({**WORLD, "assertions": [{**a, "according_to": "beta"} for a in told]}, CORE)

    few, many = rivals(100), rivals(200)
    assert len(judge_standings(many, CORE)["v0" if several == "values" else "a0"].against) in (
        100,
        200,
    )
    assert (
        calls(lambda: judge_standings(many, CORE)).total()
        < 2.2 * calls(lambda: judge_standings(few, CORE)).total()
    )


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_a_withdrawn_or_superseded_assertion_does_not_count_against_any_other(
    world: dict[str, Any],
) -> None:
    """Taking the dead ones out of the world changes no status of the living, but that a denial of
    what nobody claims is its speaker's word.
    """
    read_world = corpus(world, CORE)
    found = judge_standings(read_world, CORE)
    dead = {id for id, s in found.items() if s.status in (Status.WITHDRAWN, Status.SUPERSEDED)}
    linked = {
        r.id
        for a in read_world.assertions.values()
        for r in (a.denies, *a.supersedes, *a.follows_from)
        if r
    }
    removable = dead - linked
    rest = Corpus(
        read_world.articles,
        read_world.things,
        {id: a for id, a in read_world.assertions.items() if id not in removable or a.supersedes},
        read_world.conflicts,
    )
    again = judge_standings(rest, CORE)
    word = {Status.DENIAL: Status.ATTRIBUTED}
    assert {id: word.get(s.status, s.status) for id, s in again.items()} == {
        id: word.get(found[id].status, found[id].status) for id in again
    }


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_sources_are_counted_by_originator(world: dict[str, Any]) -> None:
    read_world = corpus(world, CORE)
    data = write_graph(read_world, BARE, statements_of(read_world))[GRAPH]
    quads = list(ox.parse(data, ox.RdfFormat.N_QUADS))
    counts = {
        str(q.subject): q.object for q in quads if q.predicate.value == f"{KG}independentSources"
    }
    for a in read_world.assertions.values():
        articles = [read_world.articles[c.article.id] for c in a.citations]
        writers = [source_of(each, read_world) for each in articles if not each.retracted]
        counted = counts[f"<{CORE.iri('assertion', a.id)}>"]
        assert isinstance(counted, ox.Literal)
        assert int(counted.value) == len(merged(writers))


def source_of(article: Article, read_world: Corpus) -> set[str]:
    """Who wrote an article, in any of its two states."""
    states = [article, *read_world.articles.values()]
    named = {article.id, article.version_of.id if article.version_of else ""}
    same = [s for s in states if s.id in named or (s.version_of and s.version_of.id in named)]
    return {writer.id for each in same for writer in each.originators}


def merged(groups: list[set[str]]) -> list[set[str]]:
    """Groups of which those that share a member are one."""
    result: list[set[str]] = []
    for group in groups:
        apart = [each for each in result if each.isdisjoint(group)]
        joined = [each for each in result if not each.isdisjoint(group)]
        result = [*apart, set(group).union(*joined)]
    return result


@pytest.fixture(scope="module")
def example() -> list[ox.Quad]:
    reading = read(Workspace(Path(__file__).parent.parent))
    assert reading.exit_code == 0
    return quads_of(reading)


def test_the_law_holds_for_the_example(example: list[ox.Quad]) -> None:
    triples = direct_triples(example, CORE)
    assert triples == stated_triples(example, "Accepted", "Asserts")
    assert len(triples) > 60


def test_the_example_holds_every_kind_of_standing_that_its_articles_give(
    example: list[ox.Quad],
) -> None:
    seen = {
        q.object.value.removeprefix(KG)
        for q in example
        if q.predicate.value == f"{KG}status" and isinstance(q.object, ox.NamedNode)
    }
    assert {"Accepted", "Attributed", "Contested", "Prospective", "Opinion"} <= seen


def test_every_term_of_the_graph_is_declared_with_label_and_comment(example: list[ox.Quad]) -> None:
    label, comment = (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2000/01/rdf-schema#comment",
    )
    labelled = {
        q.subject.value
        for q in example
        if q.predicate.value == label and isinstance(q.subject, ox.NamedNode)
    }
    commented = {
        q.subject.value
        for q in example
        if q.predicate.value == comment and isinstance(q.subject, ox.NamedNode)
    }
    own = (KG, f"{CORE.base}ns#")
    used = {
        t.value
        for q in example
        for t in (q.predicate, q.object)
        if isinstance(t, ox.NamedNode) and t.value.startswith(own)
    }
    assert used - labelled == set()
    assert used - commented == set()


def test_no_node_of_the_graph_is_blank(example: list[ox.Quad]) -> None:
    assert not [
        q
        for q in example
        if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)
    ]
