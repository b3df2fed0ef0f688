"""The core is for everybody: each term is explained, ordered by topic, and found by words."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml
from conftest import Kg
from readings import CORE, REPOSITORY
from test_checks import BASE, found_in, known

from kg.ontology.dictionary import Dictionary, find_topics, read_entries

RELATIONS = sorted(known().relations)
SECTIONS = ("actors", "pacts", "disputes", "events", "places", "things")


ENTRIES = read_entries(known())
TOPICS = {topic.name for topic in find_topics(known())}


@cache
def dictionary() -> Dictionary:
    return Dictionary(known())


def section_of(name: str) -> str:
    """The section that lists things of a class; a class above all sections is an actor here."""
    fitting = [each for each in SECTIONS if known().belongs_in(name, each)]
    return fitting[0] if fitting else "actors"


def thing(name: str) -> tuple[str, str]:
    """The section and the class of a thing that may stand where a class is wanted."""
    section = section_of(name)
    return section, name if known().belongs_in(name, section) else "State"


def document() -> str:
    """A source file with the examples of all relations and the things that they name."""
    sections: dict[str, dict[str, Any]] = {}
    claim = {"id": "treaty-broken", "subject": "alpha", "predicate": "meets", "object": "beta"}
    assertions: list[dict[str, Any]] = [{**claim, "cite": {"gazette-may": [2]}}]
    for name, relation in known().relations.items():
        [text] = ENTRIES[name].examples
        example = yaml.load(text, yaml.BaseLoader)
        assert example["predicate"] == name
        kinds = {"subject": "Pact" if relation.names_stage else relation.domain[0]}
        if relation.range:
            kinds["object"] = relation.range[0]
        for end, kind in kinds.items():
            section, type = thing(kind)
            written = example[end]
            ids = [
                f"{id}-{name.lower()}"
                for id in ([written] if isinstance(written, str) else written)
            ]
            example[end] = ids
            for id in ids:
                sections.setdefault(section, {})[id] = {"type": type, "label": f"{id} {end}"}
        [example["subject"]] = example["subject"]
        reason = {"note": "Two names."} if relation.judges_identity else {}
        assertions.append({**example, **reason, "cite": {"gazette-may": [3]}})
    return str(yaml.safe_dump({**sections, "assertions": assertions}))


@pytest.mark.parametrize("name", RELATIONS)
def test_each_relation_of_the_core_is_explained(name: str) -> None:
    relation, entry = known().relations[name], ENTRIES[name]
    assert relation.label
    assert relation.comment.endswith(".")
    assert len(entry.examples) == 1
    assert entry.topic in TOPICS


def test_the_examples_of_the_core_are_sound() -> None:
    problems = found_in(BASE, document())
    assert [each for each in problems if each.is_error] == []


def test_what_the_examples_articles_alone_say_is_not_in_the_core() -> None:
    assert "urgesPreservationOf" in CORE.relations
    assert "urgesPreservationOf" not in known().relations


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("recalled its ambassador", "recallsEnvoyFrom"),
        ("the company was bought", "buys"),
        ("sued", "sues"),
        ("took over a firm", "takesOver"),
        ("chairman of the club", "chairOf"),
        ("went bankrupt", "filesForInsolvencyAt"),
        ("the court dismissed the case", "dismissesCase"),
        ("appealed the ruling", "appeals"),
        ("is the wife of", "marriedTo"),
        ("abstained", "abstainsIn"),
        ("won the cup", "wins"),
        ("captured the town", "captures"),
        ("resigned as minister", "resignsFrom"),
        ("loan from the bank", "lendsTo"),
        ("offers", "bidsFor"),
        ("received votes", "receivesVotesIn"),
        ("maiden voyage", "launches"),
        ("repaid; repays", "repays"),
        ("lifted on appeal", "overturns"),
        ("president of the club", "chairOf"),
        ("withdraws bid", "withdrawsBidFor"),
        ("withdrew from the treaty", "leaves"),
        ("Recalling ENVOYS from", "recallsEnvoyFrom"),
    ],
)
def test_a_relation_is_found_by_words_for_it_in_whatever_form(words: str, name: str) -> None:
    assert dictionary().find(words)[0].entry.term.name == name


@pytest.mark.parametrize(
    ("past", "present"),
    [("spoke with", "speaks with"), ("froze", "freezes"), ("fought in", "fights in")],
)
def test_a_verb_is_found_by_its_past(past: str, present: str) -> None:
    found = dictionary().find(past)
    assert found == dictionary().find(present) != []


def test_words_that_say_nothing_find_nothing() -> None:
    assert dictionary().find("the of its") == []
    assert dictionary().find("xyzzy") == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("recalledAmbassador", "recallsEnvoyFrom"),
        ("isWifeOf", "marriedTo"),
        ("chairman", "chairOf"),
        ("boughtBy", "buys"),
        ("partyToo", "did you mean 'partyTo'?"),
        ("hasShare", "ownsShareIn"),
    ],
)
def test_an_unknown_relation_gets_the_nearest_by_meaning_or_by_spelling(
    name: str, hint: str
) -> None:
    text = f"assertions:\n- {{subject: alpha, predicate: {name}, object: beta, cite: {{gazette-may: [3]}}}}\n"
    [problem] = [each for each in found_in(BASE, text) if each.rule.code == "KG302"]
    assert hint in problem.hint


def test_an_unknown_class_gets_the_nearest_by_meaning() -> None:
    [problem] = [
        each
        for each in found_in(BASE, "actors: {gamma: {type: Parliament, label: Gamma}}")
        if each.rule.code == "KG301"
    ]
    assert "Legislature" in problem.hint


def test_topics_are_listed_and_each_is_told_with_examples(kg: Kg) -> None:
    listed = kg("ontology", cwd=REPOSITORY.root).stdout
    for topic in find_topics(CORE):
        assert f"\n{topic.name} " in f"\n{listed}"
        assert topic.label in listed
    votes = kg("ontology", "--topic", "votes", cwd=REPOSITORY.root).stdout
    assert "abstainsIn: abstains in (Actor -> Event | Pact)" in votes
    assert "predicate: abstainsIn" in votes
    unknown = kg("ontology", "--topic", "vote", cwd=REPOSITORY.root)
    assert (unknown.code, unknown.stderr.splitlines()[-1]) == (2, "  hint: did you mean 'votes'?")
    both = kg("ontology", "partyTo", "--all", cwd=REPOSITORY.root)
    assert both.code == 2


def test_kg_ontology_find_takes_words_with_and_without_quotes(kg: Kg) -> None:
    quoted = kg("ontology", "find", "recalled its ambassador", cwd=REPOSITORY.root)
    assert quoted.stdout.startswith("recallsEnvoyFrom: recalls its envoy from (")
    bare = kg("ontology", "find", "recalled", "its", "ambassador", cwd=REPOSITORY.root)
    assert bare.stdout == quoted.stdout
    nothing = kg("ontology", "find", "xyzzy", cwd=REPOSITORY.root)
    assert (nothing.code, nothing.stdout) == (2, "")
