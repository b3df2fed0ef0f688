"""Negatives of their own, denials as wide as what they say, rival values: small worlds, each with
what is right.
"""

from __future__ import annotations

from typing import Any

import pytest
from readings import reading, said, world

from kg.reading import Reading
from kg.reports.document import as_text
from kg.reports.gaps import find_gaps
from kg.reports.kinds import GapKind
from kg.reports.why import explain, why_document
from kg.status.lens import Lens


def triples(seen: Reading) -> set[str]:
    """The direct triples of the graph, each in a line of ids."""
    relations = {relation.iri: name for name, relation in seen.ontology.relations.items()}
    return {
        f"{local(q.subject)} {relations[q.predicate.value]} {local(q.object)}"
        for q in seen.quads
        if q.predicate.value in relations
    }


def local(term: Any) -> str:
    return str(term.value).rpartition("/")[2]


def status(seen: Reading, id: str) -> str:
    return seen.standings[id].status.value


def sentence(seen: Reading, id: str) -> str:
    return seen.statements[id].sentence


def denial(id: str, of: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "denies": of, "cite": {"article-2": ["1"]}, **fields}


def test_what_an_article_says_is_not_so_is_accepted_and_makes_no_triple() -> None:
    seen = reading(world(said("alpha", "partyTo", "pact", id="never", negated="true")))
    assert status(seen, "never") == "accepted"
    assert sentence(seen, "never") == "Alpha is not party to Pact"
    assert triples(seen) == set()


@pytest.mark.parametrize(
    ("predicate", "object", "words"),
    [
        ("signed", "pact", "Alpha does not sign Pact"),
        ("tiesWorsenWith", "beta", "Alpha does not have worsening ties with Beta"),
        ("perhapsSameAs", "beta", "It is not the case that Alpha may be the same as Beta"),
    ],
)
def test_a_negative_reads_as_one(predicate: str, object: str, words: str) -> None:
    seen = reading(world(said("alpha", predicate, object, id="no", negated="true")))
    assert sentence(seen, "no") == words


def test_a_speakers_negative_is_theirs_and_a_denial_once_it_answers_a_claim() -> None:
    negative = said("alpha", "signed", "pact", id="no", negated="true", according_to="alpha")
    alone = reading(world(negative))
    assert status(alone, "no") == "attributed"
    assert sentence(alone, "no") == "Alpha says that Alpha does not sign Pact"
    claim = said("alpha", "signed", "pact", id="claim", according_to="beta")
    disputed = reading(world(claim, negative))
    assert [status(disputed, id) for id in ("claim", "no")] == ["contested", "contested"]
    taken_back = {"when": "2010-05", "cite": {"article-2": ["2"]}}
    answered = reading(world({**claim, "withdrawn": taken_back}, negative))
    assert status(answered, "no") == "denial"


def test_a_negative_contests_what_it_negates() -> None:
    fact = said("alpha", "signed", "pact", id="fact")
    seen = reading(world(fact, said("alpha", "signed", "pact", id="no", negated="true")))
    assert [status(seen, id) for id in ("fact", "no")] == ["contested", "contested"]
    assert triples(seen) == set()


def test_a_denied_plan_is_no_plan_of_whoever_denies_it() -> None:
    plan = said("alpha", "hosts", "summit", id="plan", mode="planned")
    seen = reading(world(plan, denial("no", "plan", according_to="alpha")))
    (gap,) = find_gaps(seen, [GapKind.OPEN_PROSPECTS])[GapKind.OPEN_PROSPECTS]
    assert gap.id == "plan"
    assert gap.details == (
        "against it: Alpha denies that it is planned that Alpha hosts Summit [no]",
    )


def test_one_correction_replaces_several_and_why_names_its_article() -> None:
    later = said("alpha", "partyTo", "pact", id="later", supersedes=["one", "two"])
    seen = reading(
        world(
            said("alpha", "signed", "pact", id="one"),
            said("alpha", "proposes", "pact", id="two"),
            {**later, "cite": {"article-3": ["4"]}},
        )
    )
    assert [status(seen, id) for id in ("one", "two", "later")] == [
        "superseded",
        "superseded",
        "accepted",
    ]
    text = as_text(why_document("one", explain("one", seen), seen))
    assert "correction Alpha is party to Pact [later, accepted]" in text
    assert "article-3, paragraph 4" in text


def test_a_withdrawn_correction_never_counts() -> None:
    later = said("alpha", "signed", "pact", id="later", according_to="alpha", supersedes="first")
    later["withdrawn"] = {"cite": {"article-2": ["3"]}}
    seen = reading(world(said("alpha", "partyTo", "pact", id="first"), later))
    assert status(seen, "first") == "accepted"


def test_who_denies_later_what_they_said_makes_no_fact_of_it_under_their_own_lens() -> None:
    then = said("beta", "contravenes", "pact", id="then", according_to="alpha", said="2009-05-01")
    now = denial("now", "then", according_to="alpha", said="2010-05-01")
    seen = reading(world(then, now), Lens(according_to=("alpha",)))
    assert status(seen, "then") == "contested"
    assert triples(seen) == set()
