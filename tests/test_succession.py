"""Which steps of a life may be the last one, and what a chain of conclusions rests on: the same as
by comparing each with each, for little work.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from readings import reading, said, world

from kg.dates.calendar import Day, day_number
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.reports.lives import succession
from kg.reports.lives.index import LifeIndex
from kg.reports.lives.lifecycle import Effect, Lifecycle
from kg.reports.lives.steps import LifeTurn
from kg.reports.lives.succession import last_steps
from kg.status.support import grounds_of
from kg.status.windows import NO_LIMIT, Window

DAY = Day(2010, 1, 5)
EFFECTS = tuple(each for each in Effect if each is not Effect.MOVES_PARTY)


def lifecycle() -> Lifecycle:
    """How a pact lives."""
    seen = reading(world(said("alpha", "signed", "pact")))
    return LifeIndex(seen).living(seen.corpus.things["pact"]).lifecycle


LIFECYCLE = lifecycle()
MOMENTS = st.sampled_from([day_number(DAY) + each for each in (-3, -2, -1.5, -1, -0.25, 0, 0.5, 3)])
WINDOWS = st.one_of(
    st.just(NO_LIMIT), st.builds(lambda a, b: Window(min(a, b), max(a, b)), MOMENTS, MOMENTS)
)


@st.composite
def life_steps(draw: st.DrawFn) -> list[LifeTurn]:
    """Steps of a pact as they may come, in any order."""
    return [
        LifeTurn(
            assertion=f"a{number}",
            effect=draw(st.sampled_from(EFFECTS)),
            stage=draw(st.sampled_from(LIFECYCLE.stages)),
            window=draw(WINDOWS),
            date_window=NO_LIMIT,
            until=None,
            is_dated=True,
            by_membership=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 8)))
    ]


@settings(max_examples=300, deadline=None)
@given(life_steps())
def test_a_step_may_be_the_last_unless_any_other_taken_is_beyond_it(steps: list[LifeTurn]) -> None:
    steps = [step for step in steps if step.effect is not Effect.CEASES]
    past = [step for step in steps if step.window.has_come(DAY)]
    begun = [step for step in steps if step.window.may_have_come(DAY)]
    expected = [
        step
        for step in begun
        if not any(succession._is_behind(step, other, LIFECYCLE) for other in past)
    ]
    assert last_steps(steps, DAY, LIFECYCLE) == expected


class Counting(dict[str, Assertion]):
    """Assertions that count how often one is looked up."""

    lookups = 0

    def __getitem__(self, id: str) -> Assertion:
        """Return an assertion, and count that."""
        self.lookups += 1
        return super().__getitem__(id)


def chain(length: int) -> Corpus:
    """Conclusions of which each follows from the one before it, the first from two reports."""
    first = said("alpha", "meets", "beta", id="s0")
    other = said("alpha", "meets", "beta", id="r0", when="2001")
    more = [
        {
            **said("alpha", "meets", "beta", id=f"s{k}", when=str(1001 + k), note="n"),
            "basis": "inferred",
            "from": [f"s{k - 1}", "r0"] if k == 1 else [f"s{k - 1}"],
        }
        for k in range(1, length + 1)
    ]
    for each in more:
        each.pop("cite", None)
    corpus = reading(world(first, other, *more)).corpus
    return replace(corpus, assertions=Counting(corpus.assertions))


def test_a_long_chain_of_conclusions_rests_on_its_reports_for_a_few_lookups_each() -> None:
    corpus = chain(200)
    assertions = corpus.assertions
    assert isinstance(assertions, Counting)
    for a in list(assertions.values()):
        expected = [a.id] if a.citations else ["r0", "s0"]
        assert [each.id for each in grounds_of(a, corpus)] == expected
    assert assertions.lookups < 10 * len(assertions)
