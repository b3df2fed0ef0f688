"""Sentences: verbs agree with what they follow."""

from __future__ import annotations

import pytest
from readings import CORE, reading, said, world

from kg.text.wording import inflect_verb, negate_claim, text


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
    assert inflect_verb(one, True) == many
    assert inflect_verb(one, False) == one


def test_no_relation_of_the_core_keeps_the_singular_of_a_verb_after_a_plural() -> None:
    kept = [r.label for r in CORE.relations.values() if inflect_verb(r.label, True) == r.label]
    assert kept
    assert not [label for label in kept if label.split()[0].endswith("s")]


def test_what_is_named_in_the_plural_is_spoken_of_in_the_plural_wherever_it_stands_in_a_sentence() -> (
    None
):
    envoys = {"envoys": {"type": "UnnamedSource", "label": "Envoys of Alpha", "plural": "true"}}
    seen = reading(
        world(
            said("envoys", "opposes", "row", id="own"),
            said("alpha", "opposes", "row", id="told", according_to="envoys"),
            {
                "id": "untold",
                "denies": "told",
                "according_to": "envoys",
                "cite": {"article-1": ["1"]},
            },
            actors=envoys,
        )
    )
    words = {id: seen.statements[id].sentence for id in seen.corpus.assertions}
    assert words == {
        "own": "Envoys of Alpha oppose Row",
        "told": "Envoys of Alpha say that Alpha opposes Row",
        "untold": "Envoys of Alpha deny that Alpha opposes Row",
    }
    assert text(seen.statements["own"].claim) == "Envoys of Alpha oppose Row"


def test_a_sentence_and_a_heading_name_a_thing_in_english_whatever_label_comes_first() -> None:
    labels = {
        "ja": "\u8ecd\u4e8b\u60c5\u5831\u5305\u62ec\u4fdd\u8b77\u5354\u5b9a",
        "en-GB": "GSOMIA",
    }
    pacts = {"gsomia": {"type": "Treaty", "label": labels}}
    seen = reading(world(said("alpha", "opposes", "gsomia", id="own"), pacts=pacts))
    assert seen.corpus.things["gsomia"].labels[0].language == "ja"
    assert seen.corpus.things["gsomia"].label == "GSOMIA"
    assert seen.statements["own"].sentence == "Alpha opposes GSOMIA"


def test_a_sentence_does_not_say_twice_that_a_decision_is_one() -> None:
    acts = {"dig": {"type": "Decision", "label": "Alpha's decision to dig"}}
    seen = reading(world(said("alpha", "takesDecision", "dig", id="taken"), events=acts))
    taken = seen.statements["taken"]
    assert taken.sentence == "Alpha makes Alpha's decision to dig"
    # At the end of a line stands a name that may be a short one.
    assert taken.label == "makes the decision"
    assert (
        text(negate_claim(taken.claim, "makes", False))
        == "Alpha does not make Alpha's decision to dig"
    )
