"""Generated worlds in YAML as a curator could write them, with everything that can be written:
claims and denials with places and qualifiers, negatives, corrections, withdrawals, conflicts; ends
and beginnings, speech about speech, second ids, treaties of many parties, sources of every state.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from kg.files.workspace import SourceFile
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.sources.loader import load_corpus

Fields = dict[str, Any]

ACTORS = ("alpha", "beta", "gamma")
SPEAKERS = (None, None, "alpha", "beta", "gamma", "press")
DATES: tuple[Fields, ...] = (
    {},
    *(
        {"when": date}
        for date in (
            "2001",
            "2001-05",
            "2001-05-04",
            "2002",
            "2001/2003",
            "1999/..",
            "200X",
            "[2001,2004]",
            "2001~",
            "2001-21",
            "2001?",
            "../2001",
        )
    ),
    {"from": "[2000-12,2001-01]"},
    {"from": "2000~", "until": "[2001-05-01..2002-12-31]"},
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
QUALIFIERS: tuple[Fields, ...] = (
    {},
    {},
    {},
    {},
    {"amount": "5 EUR"},
    {"amount": "4..6 EUR"},
    {"amount": "7 EUR"},
    {"share": "about 60 %", "role": "acting"},
    {"count": "3", "scope": "here"},
)
TRIPLES = (
    *((s, p, o) for p, objects in OBJECTS for s in ACTORS for o in objects if o != s),
    ("summit", "takesPlaceIn", "here"),
    ("summit", "takesPlaceIn", "there"),
)

WORLD: Fields = {
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
def assertions(draw: st.DrawFn, number: int) -> Fields:
    """One assertion with the id ``a<number>``; it may deny, correct or follow from earlier ones."""
    earlier = [f"a{n}" for n in range(number)]
    written: Fields = {"id": f"a{number}"}
    if earlier and draw(st.integers(0, 3)) == 0:
        written["denies"] = draw(st.sampled_from(earlier))
    else:
        written |= zip(
            ("subject", "predicate", "object"), draw(st.sampled_from(TRIPLES)), strict=True
        )
        written |= {"negated": "true"} if draw(st.integers(0, 5)) == 0 else {}
    speaker, mode = draw(st.sampled_from(SPEAKERS)), draw(st.sampled_from(MODES))
    where, qualifiers = draw(st.sampled_from(PLACES)), draw(st.sampled_from(QUALIFIERS))
    written |= draw(st.sampled_from(DATES))
    written |= {"where": where} if where else {}
    written |= {"with": qualifiers} if qualifiers else {}
    written |= {"mode": mode} if mode != "actual" and "denies" not in written else {}
    if speaker:
        written["according_to"] = speaker
        if draw(st.integers(0, 5)) == 0:
            written["withdrawn"] = {"when": "2011", "cite": {"article-3": ["9"]}}
    if earlier and draw(st.integers(0, 5)) == 0:
        written["supersedes"] = draw(
            st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique=True)
        )
    may_follow = earlier and not {"denies", "from"} & written.keys()
    if may_follow and draw(st.integers(0, 4)) == 0:
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
def articles(draw: st.DrawFn) -> Fields:
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
                {"published": None},
                {"retracted": {"when": "2010-03-01", "cite": {"article-3": ["9"]}}},
            )
        )
    )
    if second["published"] is None:
        del second["published"]
    return written


@st.composite
def worlds(draw: st.DrawFn, is_plain: bool = False) -> Fields:
    """A world of up to nine assertions with what is said about them, and perhaps a conflict between
    some. A plain one has only what the tests can judge by themselves: nothing ends or begins, has a
    second id, is a step of a treaty's life or is said of other speech.
    """
    size = draw(st.integers(1, 9))
    said = [draw(assertions(number)) for number in range(size)]
    world = {**WORLD, "articles": draw(articles()), "assertions": said}
    if size > 1 and draw(st.booleans()):
        ids = st.sampled_from([a["id"] for a in said])
        rivals = draw(st.lists(ids, min_size=2, max_size=3, unique=True))
        kind = draw(st.sampled_from(("exactly-one", "several")))
        world["conflicts"] = {"question": {"question": "Which?", "kind": kind, "between": rivals}}
    if not is_plain:
        world["actors"] = {**WORLD["actors"], "beta-two": SECOND_BETA}
        world["pacts"] = {**WORLD["pacts"], "treaty": TREATY}
        said += [*draw(limits(said)), *draw(steps()), *draw(speech(said))]
        judgement = draw(st.sampled_from((None, None, *SECOND_IDS)))
        said += [dict(judgement)] if judgement else []
        draw(afterthoughts(said))
    return world


TREATY = {"type": "MultilateralTreaty", "label": "Treaty"}
SECOND_BETA = {
    "type": "State",
    "label": "Beta II",
    "aliases": [{"name": "Beta Major", "when": "../2001", "cite": {"article-3": ["5"]}}],
}
STATES = ("partyTo", "opposes")
LATE = ("2010-01-15", "2010-02-10", "2001/2010-01-20", "2009-12")
"""Days that only some of the articles can know."""
LIMITS = ("2000", "2002", "2003-05", *LATE[:2])
SECOND_IDS: tuple[Fields, ...] = tuple(
    {"id": "second", "subject": "beta", "predicate": predicate, "object": "beta-two", **fields}
    for predicate, fields in (
        ("sameAs", {"basis": "editorial", "note": "One state."}),
        ("sameAs", {"note": "One state.", "cite": {"article-2": ["9"]}}),
        ("sameAs", {"note": "So he says.", "according_to": "gamma", "cite": {"article-1": ["9"]}}),
        ("perhapsSameAs", {"basis": "editorial", "note": "Perhaps one state."}),
        ("differentFrom", {"basis": "editorial", "note": "Two states."}),
    )
)
STEPS: tuple[Fields, ...] = (
    {"predicate": "accedesTo", "with": {"reservation": "article 7"}},
    {"predicate": "signed", "with": {"provisional": "true"}},
    {"predicate": "ratifies"},
    {"predicate": "entersInto"},
    {"predicate": "givesNoticeOfLeaving", "with": {"takesEffect": "2003-01-01"}},
    {"predicate": "takesBackNoticeOfLeaving"},
    {"predicate": "leaves"},
    {"predicate": "suspends"},
    {"predicate": "resumesApplicationOf"},
    *({"predicate": "becomes", "object": stage} for stage in ("in-force", "suspended", "lapsed")),
)


def _article(draw: st.DrawFn) -> str:
    return f"article-{draw(st.integers(1, 3))}"


@st.composite
def limits(draw: st.DrawFn, said: list[Fields]) -> list[Fields]:
    """What ends or begins states, and denials of some of that."""
    states = [each["id"] for each in said if _is_state(each)]
    told: list[Fields] = []
    for number in range(draw(st.integers(0, 4)) if states else 0):
        key = draw(st.sampled_from(("ends", "ends", "begins")))
        limit = {"id": f"e{number}", key: draw(st.sampled_from(states))}
        limit |= {"when": draw(st.sampled_from(LIMITS))}
        limit |= {"mode": "planned"} if draw(st.integers(0, 5)) == 0 else {}
        speaker = draw(st.sampled_from(SPEAKERS))
        limit |= {"according_to": speaker} if speaker else {}
        told.append({**limit, "cite": {_article(draw): [str(number + 1)]}})
        if draw(st.integers(0, 2)) == 0:
            denial = {"id": f"n{number}", "denies": f"e{number}", "according_to": "gamma"}
            told.append({**denial, "cite": {_article(draw): ["8"]}})
    return told


@st.composite
def steps(draw: st.DrawFn) -> list[Fields]:
    """Steps of the life of a pact of three parties, or of the part of one of them."""
    told: list[Fields] = []
    for number, step in enumerate(draw(st.lists(st.sampled_from(STEPS), max_size=3))):
        is_own = step["predicate"] == "becomes"
        subject = "treaty" if is_own else draw(st.sampled_from((*ACTORS, "beta-two")))
        day = {"when": draw(st.sampled_from(("2000", "2002-03", "2002-05-01", *LATE[:2])))}
        cite = {"cite": {_article(draw): ["4"]}}
        told.append(
            {"id": f"t{number}", "subject": subject, "object": "treaty"} | step | day | cite
        )
    return told


@st.composite
def speech(draw: st.DrawFn, said: list[Fields]) -> list[Fields]:
    """Perhaps what somebody says of what another one said."""
    relation = draw(st.sampled_from((None, None, "confirms", "callsFalse", "deniesSaying")))
    object = draw(st.sampled_from([each["id"] for each in said]))
    about = {"id": "s0", "subject": "beta", "predicate": relation, "object": object}
    return [{**about, "cite": {_article(draw): ["6"]}}] if relation else []


@st.composite
def afterthoughts(draw: st.DrawFn, said: list[Fields]) -> None:
    """Have articles cited for what they cannot have known, some of the joint speakers of a claim
    take it back, and some mentions name a second id.
    """
    for each in said:
        if each["id"].startswith("a") and draw(st.integers(0, 3)) == 0:
            for key in ("from", "until") if "basis" not in each else ("until",):
                each.pop(key, None)
            each |= {"when": draw(st.sampled_from(LATE)), "mode": "actual"}
            each |= {"cite": {"article-1": ["2"], **each["cite"]}}
        if each.get("according_to") == "beta" and "withdrawn" not in each:
            left = {"by": "beta", "when": "2010-02-20", "cite": {"article-3": ["7"]}}
            each |= {"according_to": ["alpha", "beta"], "withdrawn": left}
        if each.get("subject") == "beta" and each["id"] != "second" and draw(st.booleans()):
            each["subject"] = "beta-two"


def _is_state(written: Fields) -> bool:
    is_said = written.get("predicate") in STATES and "negated" not in written
    return is_said and written.get("mode", "actual") == "actual"


def dated(world: Fields) -> Fields:
    """A world whose sources all have a day: one without may know of all up to the day of a lens."""
    articles = {id: {**WORLD["articles"][id], **each} for id, each in world["articles"].items()}
    return {**world, "articles": articles}


def corpus(world: Fields, ontology: Ontology) -> Corpus:
    """A world as the loader reads it (JSON is YAML); repeated assertions are left in, as they do no
    harm to the law.
    """
    return load_corpus(
        [SourceFile("sources/world.yaml", json.dumps(world).encode())], ontology
    ).corpus
