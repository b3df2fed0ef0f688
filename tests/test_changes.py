"""What changed between two versions of a picture: laws over generated pairs, and examples of each
kind of change.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pictures import CLASSES, SOURCES, card, words_of

from kg.view.changes import KINDS, changes, counts, summary
from kg.view.picture import Card, Node, Picture, Place, Tie
from kg.wording import Name

THINGS = {
    id: Node(id, id.title(), (), "state", CLASSES["State"])
    for id in ("arden", "brell", "lume", "osk")
}
STATUSES = ("accepted", "attributed", "contested", "denial", "prospective", "opinion")
Said = tuple[str, str, str, str]
"""Source, target, status and date of an assertion."""

VERSIONS = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(
        st.sampled_from(sorted(THINGS)),
        st.sampled_from(sorted(THINGS)),
        st.sampled_from(STATUSES),
        st.sampled_from(("2018", "2019-08")),
    ),
)
Keys = set[tuple[str, str, str, str]]


def version(said: dict[str, Said]) -> Picture:
    """The picture of some assertions by id."""
    cards = [
        replace(card(i, THINGS[s], "meets", THINGS[t], kind), when=w)
        for i, (s, t, kind, w) in said.items()
    ]
    ties = [Tie(s, t, i, "meets", kind, "EventTie") for i, (s, t, kind, _) in said.items()]
    ids = {end for tie in ties for end in (tie.source, tie.target)}
    return Picture(
        name="example",
        title="Example",
        nodes=tuple(THINGS[id] for id in sorted(ids)),
        ties=tuple(sorted(ties, key=lambda tie: (tie.source, tie.target, tie.assertion))),
        cards=tuple(sorted(cards, key=lambda each: each.id)),
        sources=SOURCES,
    )


def with_card(picture: Picture, **fields: object) -> Picture:
    """The same picture, its first card with other fields."""
    first, *others = picture.cards
    made: Card = replace(first, **fields)  # type: ignore[arg-type]
    return replace(picture, cards=(made, *others))


def became(compared: Picture) -> Keys:
    """Each tie with its kind of change."""
    return {(tie.source, tie.target, tie.assertion, tie.change) for tie in compared.ties}


def keys(picture: Picture) -> Keys:
    return {(tie.source, tie.target, tie.assertion, "") for tie in picture.ties}


@given(VERSIONS, VERSIONS)
def test_what_was_added_one_way_was_removed_the_other_way(
    one: dict[str, Said], other: dict[str, Said]
) -> None:
    turned = {"added": "removed", "removed": "added"}
    there, back = (
        changes(version(one), version(other), "one"),
        changes(version(other), version(one), "other"),
    )
    assert became(there) == {(s, t, a, turned.get(kind, kind)) for s, t, a, kind in became(back)}
    assert sum(counts(there).values()) == sum(counts(back).values())


@given(VERSIONS, VERSIONS)
def test_without_what_was_removed_it_is_the_new_version_and_without_what_was_added_the_old_one(
    one: dict[str, Said], other: dict[str, Said]
) -> None:
    old, new = version(one), version(other)
    compared = changes(old, new, "one")
    assert {(*key[:3], "") for key in became(compared) if key[3] != "removed"} == keys(new)
    assert {(*key[:3], "") for key in became(compared) if key[3] != "added"} == keys(old)
    assert {tie.assertion: tie.status for tie in compared.ties if tie.change != "removed"} == {
        tie.assertion: tie.status for tie in new.ties
    }


@given(VERSIONS, VERSIONS)
def test_every_tie_has_its_card_and_a_changed_one_tells_how_it_was(
    one: dict[str, Said], other: dict[str, Said]
) -> None:
    compared = changes(version(one), version(other), "one")
    cards = {each.id: each for each in compared.cards}
    assert set(cards) == {tie.assertion for tie in compared.ties}
    assert {place.article for each in compared.cards for place in each.citations} == {
        s.id for s in compared.sources
    }
    ends = {end for tie in compared.ties for end in (tie.source, tie.target)}
    assert {node.id for node in compared.nodes} == ends
    for tie in compared.ties:
        before = dict(cards[tie.assertion].before)
        assert tie.status == cards[tie.assertion].status
        if tie.change == "status":
            assert before["Status"] == one[tie.assertion][2] != other[tie.assertion][2]
        elif tie.change == "changed":
            assert before == {"When": one[tie.assertion][3]}


@given(VERSIONS)
def test_nothing_changed_since_the_same_version(said: dict[str, Said]) -> None:
    compared = changes(version(said), version(said), "now")
    assert {tie.change for tie in compared.ties} <= {""}
    assert {(each.change, each.before) for each in compared.cards} <= {("", ())}
    assert (counts(compared), summary(compared)) == ({}, "nothing changed")


def test_counts_are_told_in_words_in_the_order_of_the_kinds() -> None:
    old = version(dict.fromkeys("abcd", ("arden", "brell", "accepted", "2018")))
    new = version(
        {
            "a": ("arden", "brell", "contested", "2018"),
            "b": ("arden", "brell", "accepted", "2019-08"),
            "c": ("arden", "brell", "accepted", "2018"),
            "e": ("arden", "lume", "accepted", "2018"),
            "f": ("arden", "lume", "accepted", "2018"),
        }
    )
    assert (
        summary(changes(old, new, "v1"))
        == "2 added, 1 removed, 1 changed status, 1 changed otherwise"
    )
    assert list(counts(changes(old, new, "v1"))) == [kind.name for kind in KINDS]


ONE = version(
    {"a": ("arden", "brell", "attributed", "2018"), "b": ("lume", "osk", "accepted", "2018")}
)


def before(new: Picture, old: Picture = ONE) -> dict[str, str]:
    """How the first card was before, by part."""
    compared = changes(old, new, "v1")
    assert (
        next(tie.change for tie in compared.ties if tie.assertion == "a")
        == compared.cards[0].change
    )
    return dict(compared.cards[0].before)


def test_each_part_that_changed_is_told_with_what_it_was() -> None:
    assert before(with_card(ONE, when="2019")) == {"When": "2018"}
    assert before(with_card(ONE, said="2019-11-22", note="A note.")) == {
        "Said on": "none",
        "Note": "none",
    }
    assert before(with_card(ONE, via=(Name("osk", "Osk"),))) == {"Passed on by": "none"}
    assert before(with_card(ONE, originators=("Reuters",), sources=1)) == {
        "Sources": "Associated Press, New York Times"
    }
    assert before(with_card(ONE, opposed=("b",))) == {"Against this": "without b"}


def test_of_citations_only_what_differs_is_told() -> None:
    cited = (Place("nyt-2019-11-22", 4), Place("nyt-2019-11-22", 16), Place("kyodo-2019-11-15", 2))
    told = "without kyodo-2019-11-15, paragraph 2; with gulftoday-2019-11-23, paragraph 3"
    assert before(with_card(ONE, citations=cited)) == {"Citations": told}


def test_another_status_alone_is_no_other_sentence_although_it_is_worded_otherwise() -> None:
    withdrawn = replace(ONE.cards[0], status="withdrawn")
    new = with_card(ONE, status="withdrawn", words=words_of(withdrawn))
    assert new.cards[0].words != ONE.cards[0].words
    assert before(new) == {"Status": "attributed"}


def test_another_speaker_is_another_sentence() -> None:
    spoken = replace(ONE.cards[0], speakers=(Name("osk", "Osk"),))
    new = with_card(ONE, speakers=spoken.speakers, words=words_of(spoken))
    assert before(new) == {"Sentence": "Japan says that Arden meets Brell"}


def test_a_thing_that_is_only_called_otherwise_changes_no_tie() -> None:
    claim = (Name("arden", "Republic of Arden"), " meets ", Name("brell", "Brell"))
    words = (Name("japan", "Nippon"), " says that ", *claim)
    assert (
        before(with_card(ONE, claim=claim, words=words, speakers=(Name("japan", "Nippon"),))) == {}
    )


def test_an_assertion_between_other_things_is_one_tie_less_and_one_more() -> None:
    turned = version(
        {"a": ("brell", "arden", "attributed", "2018"), "b": ("lume", "osk", "accepted", "2018")}
    )
    assert {key for key in became(changes(ONE, turned, "v1")) if key[3]} == {
        ("arden", "brell", "a", "removed"),
        ("brell", "arden", "a", "added"),
    }
    assert changes(ONE, turned, "v1").cards[0].before == (
        ("Sentence", "Japan says that Arden meets Brell"),
    )


def test_what_stood_against_a_removed_assertion_is_still_there_to_read() -> None:
    rival = replace(ONE.cards[1], id="r", citations=(Place("kyodo-2019-11-15", 2),), opposed=("a",))
    old = replace(
        with_card(ONE, opposed=("r",)), cards=(*with_card(ONE, opposed=("r",)).cards, rival)
    )
    compared = changes(old, version({"b": ("lume", "osk", "accepted", "2018")}), "v1")
    assert [(each.id, each.change) for each in compared.cards] == [
        ("a", "removed"),
        ("b", ""),
        ("r", "removed"),
    ]
    assert "kyodo-2019-11-15" in {source.id for source in compared.sources}
