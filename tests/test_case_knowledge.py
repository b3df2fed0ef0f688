"""What could be known when: an office that ends, a joint statement that one of two leaves."""

from __future__ import annotations

from typing import Any

from readback import quads_of
from readings import reading, said, world

from kg.dates import Day
from kg.rdf.writer import write_nquads
from kg.reading import Reading
from kg.reports.explanation import explain
from kg.reports.why import why_document
from kg.status.lens import Lens
from kg.status.status import Status

LEAVING = {"by": "beta", "when": "2010-02", "cite": {"article-2": ["1"]}}


def joint(lens: Lens | None = None, **fields: Any) -> Reading:
    """Alpha and Beta say together that Gamma is party to the pact; then Beta takes that back."""
    claim = said("gamma", "partyTo", "pact", id="joint", according_to=["alpha", "beta"])
    return reading(world({**claim, "withdrawn": LEAVING, **fields}), lens)


def test_what_one_of_two_took_back_is_the_word_of_the_other_alone() -> None:
    seen = joint()
    statement = seen.statements["joint"]
    assert statement.status is Status.ATTRIBUTED
    assert statement.sentence == "Alpha says that Gamma is party to Pact"
    text = str(why_document("joint", explain("joint", seen), seen))
    assert "by Beta (2010-02)" in text
    graph = write_nquads(quads_of(seen)).decode()
    assert "withdrawal/joint-1> <https://w3id.org/actor-kg/ns#withdrawnBy>" in graph
    assert "assertion/joint> <https://w3id.org/actor-kg/ns#withdrawnOn>" not in graph


def test_before_that_it_is_known_as_the_word_of_both() -> None:
    statement = joint(Lens(known_by=Day(2010, 1, 31))).statements["joint"]
    assert statement.sentence == "Alpha and Beta say that Gamma is party to Pact"


def test_by_the_word_of_who_left_it_is_nobodys() -> None:
    assert joint(Lens(according_to=("beta",))).standings["joint"].status is Status.ATTRIBUTED
    assert joint(Lens(according_to=("alpha",))).standings["joint"].status is Status.ACCEPTED


def test_what_all_took_back_one_by_one_is_withdrawn() -> None:
    both = [LEAVING, {"by": "alpha", "when": "2010-03", "cite": {"article-3": ["1"]}}]
    seen = joint(withdrawn=both)
    assert seen.standings["joint"].status is Status.WITHDRAWN
    assert "2010-02, 2010-03" in seen.statements["joint"].reason
    before = joint(Lens(known_by=Day(2010, 2, 15)), withdrawn=both)
    assert before.statements["joint"].sentence == "Alpha says that Gamma is party to Pact"
