"""What changed between two versions of a picture: laws over generated pairs, and examples of each
kind of change.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pictures import CLASSES, cite, corpus_of, picture_with, statement, to

from kg.dates import parse_date
from kg.model import Thing
from kg.model.corpus import Corpus
from kg.model.references import Text
from kg.page.rows import Rows
from kg.status.judgement import Judgement
from kg.status.reasons import Reason
from kg.status.status import Standing, Status
from kg.view.changes import KINDS, compare_pictures, count_changes, summary
from kg.view.picture import Node, Picture, StatementChange

THINGS = {
    id: Node(id, id.title(), (), "state", CLASSES["State"])
    for id in ("arden", "brell", "lume", "osk")
}
CORPUS = corpus_of(THINGS.values())
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


def version(said: dict[str, Said], corpus: Corpus = CORPUS) -> Picture:
    """The picture of some assertions by id."""
    statements = [
        statement(corpus, id, (source, "meets", target), status, when=parse_date(when))
        for id, (source, target, status, when) in said.items()
    ]
    ids = {end for source, target, _, _ in said.values() for end in (source, target)}
    return picture_with([THINGS[id] for id in ids], statements, corpus)


def with_first(picture: Picture, **fields: object) -> Picture:
    """The same picture, its first statement with other fields."""
    id, first = next(iter(picture.statements.items()))
    changed = replace(first, **fields)  # type: ignore[arg-type]
    ties = tuple(
        replace(tie, statement=changed) if tie.assertion == id else tie for tie in picture.ties
    )
    return replace(picture, statements={**picture.statements, id: changed}, ties=ties)


def with_assertion(picture: Picture, **fields: object) -> Picture:
    """The same picture, the assertion of its first statement with other fields."""
    first = next(iter(picture.statements.values()))
    return with_first(picture, assertion=replace(first.assertion, **fields))  # type: ignore[arg-type]


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
        compare_pictures(version(one), version(other), "one"),
        compare_pictures(version(other), version(one), "other"),
    )
    assert became(there) == {(s, t, a, turned.get(kind, kind)) for s, t, a, kind in became(back)}
    assert sum(count_changes(there).values()) == sum(count_changes(back).values())


@given(VERSIONS, VERSIONS)
def test_without_what_was_removed_it_is_the_new_version_and_without_what_was_added_the_old_one(
    one: dict[str, Said], other: dict[str, Said]
) -> None:
    old, new = version(one), version(other)
    compared = compare_pictures(old, new, "one")
    assert {(*key[:3], "") for key in became(compared) if key[3] != "removed"} == keys(new)
    assert {(*key[:3], "") for key in became(compared) if key[3] != "added"} == keys(old)
    assert {tie.assertion: tie.status for tie in compared.ties if tie.change != "removed"} == {
        tie.assertion: tie.status for tie in new.ties
    }


@given(VERSIONS, VERSIONS)
def test_every_tie_has_its_statement_and_a_changed_one_tells_how_it_was(
    one: dict[str, Said], other: dict[str, Said]
) -> None:
    compared = compare_pictures(version(one), version(other), "one")
    assert set(compared.statements) == {tie.assertion for tie in compared.ties}
    statements = compared.statements.values()
    assert {place.article for each in statements for place in each.places} == {
        article.id for article in compared.articles
    }
    ends = {end for tie in compared.ties for end in (tie.source, tie.target)}
    assert {node.id for node in compared.nodes} == ends
    for tie in compared.ties:
        assert tie.statement == compared.statements[tie.assertion]
        if tie.change == "status":
            before = dict(compared.changes[tie.assertion].before)
            assert before["Status"] == one[tie.assertion][2] != other[tie.assertion][2]
        elif tie.change == "changed":
            before = dict(compared.changes[tie.assertion].before)
            assert before == {"When": one[tie.assertion][3]}


@given(VERSIONS)
def test_nothing_changed_since_the_same_version(said: dict[str, Said]) -> None:
    compared = compare_pictures(version(said), version(said), "now")
    assert {tie.change for tie in compared.ties} <= {""}
    assert compared.changes == {}
    assert (count_changes(compared), summary(compared)) == ({}, "nothing changed")


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
        summary(compare_pictures(old, new, "v1"))
        == "2 added, 1 removed, 1 changed status, 1 changed otherwise"
    )
    assert list(count_changes(compare_pictures(old, new, "v1"))) == [kind.name for kind in KINDS]


ONE = version(
    {"a": ("arden", "brell", "attributed", "2018"), "b": ("lume", "osk", "accepted", "2018")}
)


def before(new: Picture, old: Picture = ONE) -> dict[str, str]:
    """How the first statement was before, by part."""
    compared = compare_pictures(old, new, "v1")
    became = next(tie.change for tie in compared.ties if tie.assertion == "a")
    if "a" not in compared.changes:
        assert became == ""
        return {}
    assert became == compared.changes["a"].kind
    return dict(compared.changes["a"].before)


def test_each_part_that_changed_is_told_with_what_it_was() -> None:
    assert before(with_assertion(ONE, when=parse_date("2019"))) == {"When": "2018"}
    assert before(with_assertion(ONE, said=parse_date("2019-11-22"), note="A note.")) == {
        "Said on": "none",
        "Note": "none",
    }
    assert before(with_assertion(ONE, via=(to("osk"),))) == {"Via": "none"}
    assert before(with_first(ONE, against=("b",))) == {"Against this": "none"}


def test_what_was_there_is_told_by_names_and_not_by_ids() -> None:
    old = with_assertion(ONE, via=(to("osk"),), where=to("lume"))
    assert before(ONE, old) == {"Via": "Osk", "Where": "Lume"}
    first, second = (ONE.statements[id] for id in "ab")
    old = with_first(ONE, against=("b",), others={"a": first, "b": second})
    assert before(ONE, old) == {"Against this": "Lume meets Osk"}


def test_what_has_another_id_now_has_not_changed() -> None:
    old = version(
        {"a": ("arden", "brell", "accepted", "2018"), "b": ("brell", "osk", "accepted", "2018")}
    )
    new = version(
        {"c": ("lume", "brell", "accepted", "2018"), "d": ("brell", "osk", "accepted", "2019-08")}
    )
    compared = compare_pictures(old, new, "v1", {"arden": "lume", "a": "c", "b": "d"})
    assert became(compared) == {("lume", "brell", "c", ""), ("brell", "osk", "d", "changed")}
    assert compared.changes == {"d": StatementChange("changed", (("When", "2018"),))}
    assert {node.id for node in compared.nodes} == {"lume", "brell", "osk"}
    # What was removed names the things that have other ids now.
    removed = compare_pictures(old, version({}), "v1", {"arden": "lume"})
    rows = Rows(removed)
    assert rows.name(removed.statements["a"].subject) == rows.things["lume"]
    assert not rows.others


def test_articles_that_count_as_others_are_other_sources() -> None:
    article = CORPUS.articles["gulftoday-2019-11-23"]
    other = replace(article, originators=(to("new-york-times"),))
    corpus = replace(CORPUS, articles={**CORPUS.articles, article.id: other})
    assert before(with_first(ONE, judgement=Judgement(corpus, {}, {}))) == {
        "Independent sources": "Associated Press, New York Times"
    }


def test_of_citations_it_is_told_what_was_cited() -> None:
    cited = cite(("nyt-2019-11-22", 4), ("nyt-2019-11-22", 16), ("kyodo-2019-11-15", 2))
    assert before(with_assertion(ONE, citations=cited)) == {
        "Cited from": "gulftoday-2019-11-23: 3; nyt-2019-11-22: 4, 16",
        "Independent sources": "Associated Press, New York Times",
    }


def test_another_status_alone_is_no_other_sentence_although_it_is_worded_otherwise() -> None:
    new = with_first(ONE, standing=Standing(Status.WITHDRAWN, Reason(())))
    assert new.statements["a"].words != ONE.statements["a"].words
    assert before(new) == {"Status": "attributed"}


def test_another_speaker_is_another_sentence() -> None:
    new = with_assertion(ONE, speakers=(to("osk"),))
    assert before(new) == {"Sentence": "Japan says that Arden meets Brell"}


def test_a_thing_that_is_only_called_otherwise_changes_no_tie() -> None:
    def called(id: str, label: str) -> dict[str, Thing]:
        thing = CORPUS.things[id]
        return {id: replace(thing, labels=(Text(label, thing.span),))}

    names = called("arden", "Republic of Arden") | called("japan", "Nippon")
    corpus = replace(CORPUS, things={**CORPUS.things, **names})
    new = with_first(ONE, judgement=Judgement(corpus, {}, {}))
    assert new.statements["a"].sentence == "Nippon says that Republic of Arden meets Brell"
    assert before(new) == {}


def test_an_assertion_between_other_things_is_one_tie_less_and_one_more() -> None:
    turned = version(
        {"a": ("brell", "arden", "attributed", "2018"), "b": ("lume", "osk", "accepted", "2018")}
    )
    compared = compare_pictures(ONE, turned, "v1")
    assert {key for key in became(compared) if key[3]} == {
        ("arden", "brell", "a", "removed"),
        ("brell", "arden", "a", "added"),
    }
    assert compared.changes["a"].before == (("Sentence", "Japan says that Arden meets Brell"),)


def test_what_stood_against_a_removed_assertion_is_still_there_to_read() -> None:
    cited = cite(("kyodo-2019-11-15", 2))
    rival = statement(CORPUS, "r", ("lume", "meets", "osk"), "accepted", citations=cited)
    rival = replace(rival, against=("a",))
    contested = with_first(ONE, against=("r",))
    old = replace(contested, statements={**contested.statements, "r": rival})
    new = version({"b": ("lume", "osk", "accepted", "2018")})
    compared = compare_pictures(old, new, "v1")
    assert list(compared.statements) == ["a", "b", "r"]
    assert {id: change.kind for id, change in compared.changes.items()} == {
        "a": "removed",
        "r": "removed",
    }
    assert "kyodo-2019-11-15" in {article.id for article in compared.articles}
