"""Generated worlds of claims, denials, withdrawals, corrections and conflicts, in YAML as a curator
could write.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from kg.model import Corpus
from kg.ontology import Ontology
from kg.sources.loader import load
from kg.workspace import SourceFile

ACTORS = ("alpha", "beta", "gamma")
SPEAKERS = (None, None, "alpha", "beta", "gamma", "press")
DATES = (
    None,
    "2001",
    "2001-05",
    "2001-05-04",
    "2002",
    "2001/2003",
    "1999/..",
    "200X",
    "[2001,2004]",
    "2001~",
    "../2001",
)
MODES = (
    "actual",
    "actual",
    "actual",
    "supposed",
    "planned",
    "expected",
    "demanded",
    "threatened",
    "opinion",
)
OBJECTS = (
    ("partyTo", ("pact",)),
    ("signed", ("pact",)),
    ("meets", ACTORS),
    ("opposes", ("row",)),
)
PLACES = (None, None, None, "here", "there")
AMOUNTS = (None, None, None, None, "5 EUR", "4..6 EUR", "7 EUR")
TRIPLES = (
    *((s, p, o) for p, objects in OBJECTS for s in ACTORS for o in objects if o != s),
    ("summit", "takesPlaceIn", "here"),
    ("summit", "takesPlaceIn", "there"),
)

WORLD: dict[str, Any] = {
    "articles": {
        f"article-{n}": {
            "title": f"Article {n}",
            "publisher": publisher,
            "originator": originator,
            "published": f"2010-0{n}-01",
            "paragraphs": 9,
            "text_sha256": f"{n}" * 64,
        }
        for n, (publisher, originator) in enumerate(
            (("press", "press"), ("paper", "press"), ("paper", "paper")), 1
        )
    },
    "actors": {id: {"type": "State", "label": id.title()} for id in ACTORS}
    | {id: {"type": "MediaOrganization", "label": id.title()} for id in ("press", "paper")},
    "pacts": {"pact": {"type": "Treaty", "label": "Pact"}},
    "disputes": {"row": {"type": "Dispute", "label": "Row"}},
    "events": {"summit": {"type": "Meeting", "label": "Summit"}},
    "places": {id: {"type": "City", "label": id.title()} for id in ("here", "there")},
}


@st.composite
def assertions(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """One assertion with the id ``a<number>``; it may deny, correct or follow from earlier ones."""
    earlier = [f"a{n}" for n in range(number)]
    written: dict[str, Any] = {"id": f"a{number}"}
    if earlier and draw(st.integers(0, 3)) == 0:
        written["denies"] = draw(st.sampled_from(earlier))
    else:
        written |= zip(
            ("subject", "predicate", "object"), draw(st.sampled_from(TRIPLES)), strict=True
        )
        written |= {"negated": "true"} if draw(st.integers(0, 5)) == 0 else {}
    when, speaker, mode = (
        draw(st.sampled_from(DATES)),
        draw(st.sampled_from(SPEAKERS)),
        draw(st.sampled_from(MODES)),
    )
    where, amount = draw(st.sampled_from(PLACES)), draw(st.sampled_from(AMOUNTS))
    written |= {"when": when} if when else {}
    written |= {"where": where} if where else {}
    written |= {"with": {"amount": amount}} if amount else {}
    written |= {"mode": mode} if mode != "actual" and "denies" not in written else {}
    if speaker:
        written["according_to"] = speaker
        if draw(st.integers(0, 5)) == 0:
            written["withdrawn"] = {"when": "2011", "cite": {"article-3": ["9"]}}
    if earlier and draw(st.integers(0, 5)) == 0:
        written["supersedes"] = draw(
            st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique=True)
        )
    if earlier and "denies" not in written and draw(st.integers(0, 4)) == 0:
        written |= {
            "basis": "inferred",
            "from": draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=2)),
        }
    cited = draw(
        st.lists(
            st.sampled_from(("article-1", "article-2", "article-3")),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    return written | {"cite": {article: [str(number % 9 + 1)] for article in cited}}


@st.composite
def articles(draw: st.DrawFn) -> dict[str, Any]:
    """The articles of the world: one may be by several, a later version, retracted or undated."""
    written = {id: dict(article) for id, article in WORLD["articles"].items()}
    second = written["article-2"]
    second |= draw(
        st.sampled_from(
            (
                {},
                {},
                {"originator": ["press", "paper"]},
                {"version_of": "article-1"},
                {"retracted": {"when": "2010-03-01", "cite": {"article-3": ["9"]}}},
            )
        )
    )
    return written


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """A world of up to nine assertions and perhaps a conflict between some of them."""
    size = draw(st.integers(1, 9))
    said = [draw(assertions(number)) for number in range(size)]
    world = {**WORLD, "articles": draw(articles()), "assertions": said}
    if size > 1 and draw(st.booleans()):
        rivals = draw(
            st.lists(st.sampled_from([a["id"] for a in said]), min_size=2, max_size=3, unique=True)
        )
        kind = draw(st.sampled_from(("exactly-one", "several")))
        world["conflicts"] = {"question": {"question": "Which?", "kind": kind, "between": rivals}}
    return world


STATES = ("partyTo", "opposes")
LATE = ("2010-01-15", "2010-02-10", "2001/2010-01-20", "2009-12")


@st.composite
def learning_worlds(draw: st.DrawFn) -> dict[str, Any]:
    """A world in which more becomes known with each article: states end and begin, joint statements
    are left by some of their speakers, and articles are cited for what they cannot have known.
    """
    world = draw(worlds())
    told: list[dict[str, Any]] = [dict(each) for each in world["assertions"]]
    states = [each["id"] for each in told if _is_state(each)]
    for number in range(draw(st.integers(0, 4)) if states else 0):
        key = draw(st.sampled_from(("ends", "ends", "begins")))
        limit = {"id": f"e{number}", key: draw(st.sampled_from(states))}
        limit |= {"when": draw(st.sampled_from(("2000", "2002", "2003-05", *LATE[:2])))}
        limit |= {"mode": "planned"} if draw(st.integers(0, 5)) == 0 else {}
        speaker = draw(st.sampled_from(SPEAKERS))
        limit |= {"according_to": speaker} if speaker else {}
        told.append({**limit, "cite": {f"article-{draw(st.integers(1, 3))}": [str(number + 1)]}})
        if draw(st.integers(0, 2)) == 0:
            denial = {"id": f"n{number}", "denies": f"e{number}", "according_to": "gamma"}
            told.append({**denial, "cite": {f"article-{draw(st.integers(1, 3))}": ["8"]}})
    for each in told:
        if each["id"].startswith("a") and draw(st.integers(0, 3)) == 0:
            each |= {"when": draw(st.sampled_from(LATE)), "mode": "actual"}
            each |= {"cite": {"article-1": ["2"], **each["cite"]}}
        if each.get("according_to") == "beta" and "withdrawn" not in each:
            left = {"by": "beta", "when": "2010-02-20", "cite": {"article-3": ["7"]}}
            each |= {"according_to": ["alpha", "beta"], "withdrawn": left}
    return {**world, "assertions": told}


def _is_state(written: dict[str, Any]) -> bool:
    is_said = written.get("predicate") in STATES and "negated" not in written
    return is_said and written.get("mode", "actual") == "actual"


def corpus(world: dict[str, Any], ontology: Ontology) -> Corpus:
    """A world as the loader reads it (JSON is YAML); repeated assertions are left in, as they do no
    harm to the law.
    """
    return load([SourceFile("sources/world.yaml", json.dumps(world).encode())], ontology).corpus
