"""Sentences: verbs agree with what they follow."""

from __future__ import annotations

import pytest
from readings import CORE, reading, said, world

from kg.drawing.cards import CardGraph
from kg.drawing.wording import agreeing, text
from kg.telling.phrases import claim, sentence


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("is party to", "are party to"),
        ("has", "have"),
        ("was signed in", "were signed in"),
        ("does not take part in", "do not take part in"),
        ("denies", "deny"),
        ("flies over", "fly over"),
        ("lies before", "lie before"),
        ("presses", "press"),
        ("pushes for", "push for"),
        ("reaches", "reach"),
        ("fixes", "fix"),
        ("goes to", "go to"),
        ("uses", "use"),
        ("imposes", "impose"),
        ("meets", "meet"),
        ("may be the same as", "may be the same as"),
        ("signed", "signed"),
        ("is an official of", "are officials of"),
        ("is an ally of", "are allies of"),
        ("is the leader of", "are the leaders of"),
        ("is a protest against", "are protests against"),
        ("is the same as", "are the same as"),
    ],
)
def test_a_verb_agrees_with_a_plural(one: str, many: str) -> None:
    assert agreeing(one, True) == many
    assert agreeing(one, False) == one


def test_no_relation_of_the_core_keeps_the_singular_of_a_verb_after_a_plural() -> None:
    kept = [r.label for r in CORE.relations.values() if agreeing(r.label, True) == r.label]
    assert kept
    assert not [label for label in kept if label.split()[0].endswith("s")]


def test_what_is_named_in_the_plural_is_spoken_of_in_the_plural_wherever_it_stands_in_a_sentence() -> None:
    envoys = {"envoys": {"type": "UnnamedSource", "label": "Envoys of Alpha", "plural": "true"}}
    seen = reading(
        world(
            said("envoys", "opposes", "row", id="own"),
            said("alpha", "opposes", "row", id="told", according_to="envoys"),
            {"id": "untold", "denies": "told", "according_to": "envoys", "cite": {"article-1": ["1"]}},
            actors=envoys,
        )
    )
    words = {
        a.id: sentence(a, seen.standings[a.id], seen.corpus, seen.ontology) for a in seen.corpus.assertions.values()
    }
    assert words == {
        "own": "Envoys of Alpha oppose Row",
        "told": "Envoys of Alpha say that Alpha opposes Row",
        "untold": "Envoys of Alpha deny that Alpha opposes Row",
    }
    graph = CardGraph(seen.store)
    assert {id: text(graph.card(graph.assertion(id)).words) for id in words} == words
    assert claim(seen.corpus.assertions["own"], seen.corpus, seen.ontology) == ("Envoys of Alpha", " oppose ", "Row")
