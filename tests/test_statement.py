"""A statement words what is claimed as a claim, and counts who wrote it once."""

from __future__ import annotations

from typing import Any

import pytest
from readings import reading, said, world

from kg.dates import Day
from kg.model.locators import paragraph_locator
from kg.model.places import Place
from kg.status.lens import Lens
from kg.status.statement import Statement
from kg.text.wording import Name


def made(**fields: Any) -> Statement:
    """The statement of one assertion with these fields."""
    return reading(world(said("alpha", "partyTo", "pact", **fields))).statements[
        "alpha-partyTo-pact"
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Alpha is party to Pact"),
        ({"according_to": "beta"}, "Beta says that Alpha is party to Pact"),
        ({"mode": "planned"}, "It is planned that Alpha is party to Pact"),
        (
            {"mode": "demanded", "according_to": "beta"},
            "Beta demands that Alpha is party to Pact",
        ),
        ({"mode": "conditional", "condition": "all agree"}, "If all agree, Alpha is party to Pact"),
        (
            {"mode": "opinion", "according_to": "beta"},
            "In the view of Beta, Alpha is party to Pact",
        ),
        (
            {"withdrawn": {"cite": {"article-3": ["1"]}}, "according_to": "beta"},
            "Beta said, and took back, that Alpha is party to Pact",
        ),
        ({"according_to": ["gamma", "beta"]}, "Beta and Gamma say that Alpha is party to Pact"),
    ],
)
def test_nothing_that_is_only_said_planned_or_denied_is_worded_as_a_fact(
    fields: dict[str, Any], sentence: str
) -> None:
    statement = made(**fields)
    assert statement.sentence == sentence
    assert Name("alpha", "Alpha") in statement.words


def test_a_denial_is_worded_as_one() -> None:
    told = said("alpha", "partyTo", "pact", id="yes")
    denials = {
        "no": {"denies": "yes"},
        "betas-no": {"denies": "yes", "according_to": "beta"},
    }
    written = [{"id": id, "cite": {"article-1": ["1"]}, **each} for id, each in denials.items()]
    statements = reading(world(told, *written)).statements
    assert statements["no"].sentence == "It is denied that Alpha is party to Pact"
    assert statements["betas-no"].sentence == "Beta denies that Alpha is party to Pact"


def test_a_withdrawn_claim_keeps_the_words_of_the_days_before() -> None:
    withdrawal = {"withdrawn": {"cite": {"article-3": ["1"]}}, "according_to": "beta"}
    claims = world(said("alpha", "partyTo", "pact", id="claim", **withdrawal))
    now, before = reading(claims), reading(claims, Lens(known_by=Day(2010, 2, 1)))
    assert now.statements["claim"].sentence == (
        "Beta said, and took back, that Alpha is party to Pact"
    )
    assert before.statements["claim"].sentence == "Beta says that Alpha is party to Pact"


def test_citations_lead_to_places_each_once_in_order() -> None:
    statement = made(cite={"article-2": ["1"], "article-1": ["7", "4"]})
    assert statement.places == (
        Place("article-1", paragraph_locator(4)),
        Place("article-1", paragraph_locator(7)),
        Place("article-2", paragraph_locator(1)),
    )


def test_two_articles_of_one_originator_are_one_source() -> None:
    statement = made(cite={"article-2": ["1"], "article-1": ["7"]})
    assert (statement.articles, statement.sources) == (("article-1", "article-2"), 1)
    assert statement.originators == ("Press",)
