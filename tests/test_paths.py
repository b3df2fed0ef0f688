"""``kg path``: shortest, cited, and nothing walked that was not asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx
import pytest
from conftest import REPOSITORY, Kg
from corpora import worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import reading, said, things, world

from kg.diagnostics import KgError
from kg.model.modes import Polarity
from kg.model.references import Reference
from kg.reports.document import as_json, as_markdown, as_text
from kg.reports.network.asides import ALSO, Aside
from kg.reports.network.paths import PathAnswer, PathQuestion, find_paths
from kg.reports.network.ties import left_out
from kg.reports.path_document import path_document
from kg.status.status import Status

GATHERINGS = things("events", "Gathering", "conference")
PEOPLE = things("actors", "Person", "ann", "bob", "cid")


def routes(found: PathAnswer) -> list[str]:
    """The things of each path, as one text."""
    return [" ".join(path.things) for path in found.paths]


def asked(seen: dict[str, Any], start: str, end: str, most: int = 9, **question: Any) -> PathAnswer:
    return find_paths(reading(seen), PathQuestion(start, end, **question), most)


def test_ties_are_walked_in_either_direction_unless_directed() -> None:
    seen = world(said("alpha", "partyTo", "pact"), said("beta", "partyTo", "pact"))
    assert routes(asked(seen, "alpha", "beta")) == ["alpha pact beta"]
    assert routes(asked(seen, "alpha", "pact", directed=True)) == ["alpha pact"]
    assert routes(asked(seen, "alpha", "beta", directed=True)) == []
    assert routes(asked(seen, "pact", "alpha", directed=True)) == []


def test_the_direction_is_said_in_words_and_a_symmetric_tie_has_none() -> None:
    seen = world(
        said("alpha", "partyTo", "pact"),
        said("beta", "partyTo", "pact"),
        said("beta", "meets", "gamma"),
    )
    (path,) = asked(seen, "alpha", "gamma").paths
    assert [hop.direction(hop.best) for hop in path.hops] == [
        "along the tie",
        "against the tie's direction",
        "a tie that runs both ways",
    ]


def test_a_symmetric_tie_is_walked_both_ways_even_directed() -> None:
    seen = world(said("beta", "meets", "alpha"))
    assert routes(asked(seen, "alpha", "beta", directed=True)) == ["alpha beta"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"according_to": "gamma"}, Status.ATTRIBUTED),
        ({"mode": "planned"}, Status.PROSPECTIVE),
        ({"mode": "opinion", "according_to": "gamma"}, Status.OPINION),
    ],
)
def test_what_is_not_accepted_is_walked_only_if_asked_for_and_is_named(
    fields: dict[str, str], status: Status
) -> None:
    seen = world(said("alpha", "meets", "beta", **fields))
    refused = asked(seen, "alpha", "beta")
    assert routes(refused) == []
    assert left_out(refused.ties)["statuses"] == {status.value: 1}
    (path,) = asked(seen, "alpha", "beta", also=(status,)).paths
    assert path.weakest.best.status is status


def test_a_contested_tie_is_walked_if_asked_for_and_its_denial_never() -> None:
    denial = {
        "id": "no",
        "denies": "alpha-meets-beta",
        "according_to": "beta",
        "cite": {"article-2": ["1"]},
    }
    seen = world(said("alpha", "meets", "beta", according_to="alpha"), denial)
    (path,) = asked(seen, "alpha", "beta", also=ALSO).paths
    assert [tie.id for tie in path.hops[0].ties] == ["alpha-meets-beta"]
    lone = world(
        said(
            "alpha",
            "meets",
            "beta",
            according_to="alpha",
            withdrawn={"when": "2011", "cite": {"article-3": ["9"]}},
        ),
        denial,
    )
    assert routes(asked(lone, "alpha", "beta", also=ALSO)) == []


def test_forums_places_and_order_in_time_are_left_out_unless_asked_for() -> None:
    seen = world(
        said("ann", "takesPartIn", "conference"),
        said("bob", "takesPartIn", "conference"),
        said("bob", "visits", "here"),
        said("cid", "visits", "here"),
        said("talks", "follows", "summit"),
        **PEOPLE,
        events={**GATHERINGS["events"], **things("events", "Meeting", "talks")["events"]},
    )
    for start, end, aside in (
        ("ann", "bob", Aside.FORUMS),
        ("bob", "cid", Aside.PLACES),
        ("talks", "summit", Aside.TIME),
    ):
        refused = asked(seen, start, end)
        assert routes(refused) == []
        assert aside.value in left_out(refused.ties)["kinds"]
        assert len(routes(asked(seen, start, end, through=(aside,)))) == 1


def test_a_place_or_forum_that_is_asked_about_is_walked_to() -> None:
    seen = world(
        said("ann", "takesPartIn", "conference"),
        said("ann", "meets", "bob"),
        **PEOPLE,
        **GATHERINGS,
    )
    assert routes(asked(seen, "conference", "bob")) == ["conference ann bob"]


def test_two_who_are_told_apart_are_not_tied_by_that() -> None:
    seen = world(said("ann", "differentFrom", "bob"), said("ann", "perhapsSameAs", "cid"), **PEOPLE)
    assert routes(asked(seen, "ann", "bob", also=ALSO, through=tuple(Aside))) == []
    assert routes(asked(seen, "ann", "cid", also=ALSO, through=tuple(Aside))) == []


def test_whoever_acts_for_another_is_one_step_from_it_by_the_record_without_a_citation() -> None:
    ministry = {
        "actors": {"ministry": {"type": "Ministry", "label": "Ministry", "acts_for": "alpha"}}
    }
    seen = world(said("beta", "urges", "ministry"), **ministry)
    found = asked(seen, "beta", "alpha")
    (path,) = found.paths
    assert [tie.id for hop in path.hops for tie in hop.ties] == ["beta-urges-ministry", ""]
    assert "by the record: no article is cited for it" in as_text(
        path_document(found, reading(seen))
    )
    assert routes(asked(seen, "alpha", "beta", directed=True)) == []


def test_equally_short_paths_come_best_supported_first_and_all_are_counted() -> None:
    seen = world(
        *(said("alpha", "partyTo", pact) for pact in ("one", "two", "three")),
        *(said("beta", "partyTo", pact) for pact in ("one", "three")),
        said("beta", "partyTo", "two", cite={"article-1": ["1"], "article-3": ["2"]}),
        **things("pacts", "Treaty", "one", "two", "three"),
    )
    found = asked(seen, "alpha", "beta", most=2)
    assert routes(found) == ["alpha two beta", "alpha one beta"]
    assert (found.total, found.complete) == (3, True)
    assert "--most 3" in as_text(path_document(found, reading(seen)))


def test_a_step_is_as_strong_as_its_strongest_tie_and_a_path_as_weak_as_its_weakest_step() -> None:
    seen = world(
        said("alpha", "meets", "beta", according_to="gamma"),
        said("alpha", "opposes", "beta"),
        said("beta", "meets", "gamma", mode="planned"),
    )
    (path,) = asked(seen, "alpha", "gamma", also=ALSO).paths
    assert path.hops[0].best.status is Status.ACCEPTED
    assert (path.weakest.source, path.weakest.target) == ("beta", "gamma")


def test_a_path_leads_past_its_stops_in_order_and_visits_nothing_twice() -> None:
    ring = [
        said(a, "meets", b)
        for a, b in (("ann", "bob"), ("bob", "cid"), ("cid", "alpha"), ("alpha", "ann"))
    ]
    seen = world(*ring, **PEOPLE)
    assert routes(asked(seen, "ann", "cid", stops=("alpha",))) == ["ann alpha cid"]
    assert routes(asked(seen, "ann", "alpha", stops=("bob", "cid"))) == ["ann bob cid alpha"]
    assert routes(asked(seen, "ann", "alpha", stops=("cid", "bob"))) == []


def test_only_the_sections_asked_for_stand_in_between() -> None:
    seen = world(
        said("ann", "opposes", "row"),
        said("bob", "opposes", "row"),
        said("ann", "meets", "cid"),
        said("cid", "meets", "bob"),
        **PEOPLE,
    )
    assert routes(asked(seen, "ann", "bob", only=("actors",))) == ["ann cid bob"]
    assert routes(asked(seen, "ann", "bob", only=("disputes",))) == ["ann row bob"]


def test_things_that_are_not_there_or_named_twice_are_refused() -> None:
    seen = world(said("alpha", "meets", "beta"))
    with pytest.raises(KgError, match="no thing is called 'alhpa'"):
        asked(seen, "alhpa", "beta")
    with pytest.raises(KgError, match="named twice"):
        asked(seen, "alpha", "alpha")
    with pytest.raises(KgError, match="named twice"):
        asked(seen, "alpha", "beta", stops=("beta",))


@given(
    worlds(is_plain=True),
    st.sets(st.sampled_from(ALSO)),
    st.sets(st.sampled_from(tuple(Aside))),
    st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_paths_are_the_shortest_that_networkx_finds_over_the_same_ties(
    generated: dict[str, Any], also: set[Status], through: set[Aside], directed: bool
) -> None:
    seen = reading(generated)
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for a in seen.visible_corpus.assertions.values():
        allowed = (
            seen.standings[a.id].status in {Status.ACCEPTED, *also}
            and a.polarity is Polarity.ASSERTS
        )
        is_loose = bool(seen.ontology.relations[a.predicate.id].ties_only)
        place = is_loose or a.object_key in ("here", "there")
        if allowed and isinstance(a.object, Reference) and (not place or Aside.PLACES in through):
            graph.add_edge(a.subject.id, a.object.id)
            if not directed or a.predicate.id == "meets":
                graph.add_edge(a.object.id, a.subject.id)
    question = PathQuestion(
        "alpha", "row", also=tuple(also), through=tuple(through), directed=directed
    )
    found = find_paths(seen, question, most=1000)
    graph.add_nodes_from(("alpha", "row"))
    expected = (
        {" ".join(path) for path in networkx.all_shortest_paths(graph, "alpha", "row")}
        if networkx.has_path(graph, "alpha", "row")
        else set()
    )
    assert set(routes(found)) == expected
    assert len(found.paths) == found.total == len(expected)
    statuses = {tie.status for path in found.paths for hop in path.hops for tie in hop.ties}
    assert statuses <= {Status.ACCEPTED, *also}


# The worked example


def example(kg: Kg, *arguments: str) -> dict[str, Any]:
    """What ``kg path`` answers about the example, as JSON."""
    ran = kg("-C", REPOSITORY, "path", *arguments, "--format", "json")
    assert ran.code == 0, ran.stderr
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def test_every_step_of_a_path_of_the_example_is_cited_or_the_records_own(kg: Kg) -> None:
    for start, end in (
        ("hwang", "motegi"),
        ("nippon-steel", "gsomia"),
        ("lavrov", "abe"),
        ("wang-yi", "esper"),
    ):
        for path in example(kg, start, end, "--also", "attributed")["paths"]:
            for hop in path["hops"]:
                for tie in hop["ties"]:
                    assert tie["by_the_record"] or all(tie["citations"].values())


def test_the_example_leads_from_hwang_over_moon_to_motegi(kg: Kg) -> None:
    assert example(kg, "hwang", "motegi")["paths"][0]["things"] == [
        "hwang", "decision-terminate", "decision-suspend", "motegi",
    ]  # fmt: skip
    past = [
        "--by-way-of",
        "moon",
        "--by-way-of",
        "gov-south-korea",
        "--by-way-of",
        "decision-suspend",
    ]
    (path,) = example(kg, "hwang", "motegi", *past)["paths"]
    assert path["things"] == [
        "hwang",
        "moon",
        "south-korea",
        "gov-south-korea",
        "decision-suspend",
        "motegi",
    ]
    assert [hop["ties"][0]["by_the_record"] for hop in path["hops"]] == [
        False,
        False,
        True,
        False,
        False,
    ]


def test_the_chain_from_nippon_steel_to_gsomia_is_weakest_where_a_motive_is_only_an_opinion(
    kg: Kg,
) -> None:
    events = ["--only", "events", "--only", "disputes", "--also", "opinion"]
    past = ["--by-way-of", "export-controls"]
    path = example(kg, "nippon-steel", "gsomia", *past, *events)["paths"][0]
    assert path["things"] == [
        "nippon-steel", "ev-2018-rulings", "dispute-wartime-labour", "export-controls",
        "decision-terminate", "gsomia",
    ]  # fmt: skip
    weakest = path["weakest"]
    assert (weakest["from"], weakest["to"], weakest["status"]) == (
        "dispute-wartime-labour",
        "export-controls",
        "opinion",
    )


def test_the_chain_of_cause_tells_the_standing_of_each_link(kg: Kg) -> None:
    options = ["--also", "attributed", "--also", "contested", "--through", "time"]
    past = ["--by-way-of", "export-controls", "--by-way-of", "decision-terminate"]
    (path,) = example(kg, "ev-2018-rulings", "decision-suspend", *past, *options)["paths"]
    standings = [[(tie["assertion"], tie["status"]) for tie in hop["ties"]] for hop in path["hops"]]
    assert standings == [
        [("controls-after-rulings", "accepted"), ("controls-are-retaliation", "contested")],
        [
            ("leaving-answers-export-controls", "accepted"),
            ("leaving-answers-export-controls-kim", "attributed"),
        ],
        [("hold-off-reverses-leaving", "accepted")],
    ]


def test_no_path_says_what_was_left_out_and_how_to_widen(kg: Kg) -> None:
    ran = kg("-C", REPOSITORY, "path", "lavrov", "motegi")
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith(
        "No path from Sergei Lavrov (lavrov) to Toshimitsu Motegi (motegi)"
    )
    assert "Left out: " in ran.stdout
    assert "35 attributed, 5 contested" in ran.stdout
    nothing = kg("-C", REPOSITORY, "path", "wto", "miura")
    assert "Without" not in nothing.stdout


def test_a_path_obeys_the_lens_and_says_so(kg: Kg) -> None:
    before = kg(
        "-C", REPOSITORY, "path", "gov-south-korea", "decision-suspend", "--known-by", "2019-11-20"
    )
    assert before.code == 2
    assert "no thing is called 'decision-suspend' under this lens" in before.stderr
    ran = kg("-C", REPOSITORY, "path", "japan", "gsomia", "--known-by", "2019-11-16")
    assert ran.stdout.endswith("lens: known by 2019-11-16\n")
    assert "nyt-2019-11-22" not in ran.stdout


def test_lines_of_text_are_at_most_100_columns_wide(kg: Kg) -> None:
    ran = kg(
        "-C", REPOSITORY, "path", "nippon-steel", "gsomia", "--only", "events", "--only", "disputes"
    )
    headed = [line for line in ran.stdout.splitlines() if not line.startswith("Path ")]
    assert max(map(len, headed)) <= 100


def test_markdown_has_a_heading_for_each_path_and_escapes_labels(kg: Kg) -> None:
    ran = kg("-C", REPOSITORY, "path", "hwang", "motegi", "--format", "md")
    assert ran.stdout.startswith(
        "# From Hwang Kyo-ahn (hwang) to Toshimitsu Motegi (motegi): 3 hops.\n\n## Path 1: "
    )
    assert r"\[hwang-opposes-leaving\]" in ran.stdout


def test_labels_are_no_markup_in_markdown() -> None:
    hostile = {
        "actors": {"alpha": {"type": "State", "label": "<img src=x> [a](b) `c` | # *d* _e_"}}
    }
    seen = reading(world(said("alpha", "meets", "beta"), **hostile))
    told = as_markdown(path_document(find_paths(seen, PathQuestion("alpha", "beta")), seen))
    assert r"&lt;img src=x&gt; \[a\](b) \`c\` \| \# \*d\* \_e\_ meets Beta" in told


def test_the_answer_does_not_hang_on_hashes_or_the_order_of_assertions(kg: Kg) -> None:
    told = {
        kg(
            "-C",
            REPOSITORY,
            "path",
            "wang-yi",
            "hwang",
            "--most",
            "9",
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assertions = [said(a, "partyTo", p) for a in ("alpha", "beta", "gamma") for p in ("one", "two")]
    sections = things("pacts", "Treaty", "one", "two")
    one, other = world(*assertions, **sections), world(*reversed(assertions), **sections)
    question = PathQuestion("alpha", "beta")
    documents = [
        path_document(find_paths(each, question), each) for each in map(reading, (one, other))
    ]
    assert as_json(documents[0]) == as_json(documents[1])


def test_paths_need_no_library_for_graphs(repository: Path) -> None:
    code = (
        "import sys; from kg.cli import main; main(['-C', '.', 'path', 'hwang', 'motegi']);"
        "sys.exit(bool({'networkx', 'rdflib'} & set(sys.modules)))"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], cwd=repository, capture_output=True, check=False
        ).returncode
        == 0
    )
