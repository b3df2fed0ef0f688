"""Pictures for tests: one of the size and shape of the worked example, and any number of ties
between two things.
"""

from __future__ import annotations

from kg.view.picture import Card, Node, Picture, Place, Source, Tie
from kg.wording import Name, Words, wording

CLASSES = {
    "State": ("State", "Actor"),
    "Organization": ("Organization", "Actor"),
    "Person": ("Person", "Actor"),
    "Treaty": ("Treaty", "Pact"),
    "Dispute": ("Dispute",),
    "Meeting": ("Meeting", "Event"),
}

THINGS = {
    "State": "Japan|South Korea|United States|China|North Korea",
    "Person": "Shinzo Abe|Taro Kono|Toshimitsu Motegi|Moon Jae-in|Kang Kyung-wha|Jeong Kyeong-doo|Lee Nak-yon"
    "|Chung Eui-yong|Donald Trump|Mark Esper|Mike Pompeo|Hwang Kyo-ahn|Wang Yi",
    "Organization": "Blue House|National Security Council of South Korea|Supreme Court of Korea|Nippon Steel"
    "|Mitsubishi Heavy Industries|Ministry of Defence of Japan|Department of State|World Trade Organization"
    "|Ministry of Trade of Japan|Samsung Electronics|SK hynix|Yomiuri Shimbun|Ministry of Foreign Affairs of Japan",
    "Treaty": "GSOMIA|1965 Claims Agreement|US-Japan Security Treaty|US-ROK Mutual Defense Treaty|TISA",
    "Dispute": "Forced-labour compensation|Export controls|Radar lock-on|Dokdo / Takeshima|Defence cost sharing",
    "Meeting": "Supreme Court ruling|Trilateral talks in Bangkok|Talks in Tokyo|Talks in Seoul|Announcement of the end"
    "|Suspension of the end|Complaint at the WTO|Meeting in Nagoya|Hunger strike|Visit of an aide",
}

TIES = """
Japan > is party to > GSOMIA
South Korea > is party to > GSOMIA
Japan > is party to > 1965 Claims Agreement
South Korea > is party to > 1965 Claims Agreement
Japan > is party to > US-Japan Security Treaty
United States > is party to > US-Japan Security Treaty
United States > is party to > US-ROK Mutual Defense Treaty
South Korea > is party to > US-ROK Mutual Defense Treaty
Japan > is party to > TISA
South Korea > is party to > TISA
United States > is party to > TISA
United States > urges renewal of > GSOMIA ? attributed
Mark Esper > urges renewal of > GSOMIA
Mike Pompeo > urges renewal of > GSOMIA ? attributed
China > comments on > GSOMIA ? attributed
North Korea > comments on > GSOMIA ? opinion
Shinzo Abe > acts for > Japan
Taro Kono > acts for > Japan
Toshimitsu Motegi > acts for > Japan
Ministry of Defence of Japan > acts for > Japan
Ministry of Trade of Japan > acts for > Japan
Ministry of Foreign Affairs of Japan > acts for > Japan
Taro Kono > leads > Ministry of Defence of Japan
Toshimitsu Motegi > leads > Ministry of Foreign Affairs of Japan
Moon Jae-in > acts for > South Korea
Kang Kyung-wha > acts for > South Korea
Jeong Kyeong-doo > acts for > South Korea
Lee Nak-yon > acts for > South Korea
Chung Eui-yong > acts for > South Korea
Blue House > acts for > South Korea
National Security Council of South Korea > acts for > South Korea
Supreme Court of Korea > is court of > South Korea
Chung Eui-yong > leads > National Security Council of South Korea
Donald Trump > acts for > United States
Mark Esper > acts for > United States
Mike Pompeo > leads > Department of State
Department of State > acts for > United States
Wang Yi > acts for > China
Hwang Kyo-ahn > opposes > Moon Jae-in
Japan > is side in > Forced-labour compensation ? contested
South Korea > is side in > Forced-labour compensation ? contested
Nippon Steel > is defendant in > Forced-labour compensation
Mitsubishi Heavy Industries > is defendant in > Forced-labour compensation ? contested
Japan > is side in > Export controls ? contested
South Korea > is side in > Export controls ? contested
Samsung Electronics > is hit by > Export controls ? attributed
SK hynix > is hit by > Export controls ? attributed
Ministry of Trade of Japan > imposes > Export controls
Japan > is side in > Radar lock-on ? contested
South Korea > is side in > Radar lock-on ? denial
Japan > is side in > Dokdo / Takeshima
South Korea > is side in > Dokdo / Takeshima
United States > is side in > Defence cost sharing
South Korea > is side in > Defence cost sharing
Donald Trump > demands more in > Defence cost sharing ? prospective
Supreme Court of Korea > makes > Supreme Court ruling
Supreme Court ruling > is about > Forced-labour compensation
Taro Kono > takes part in > Trilateral talks in Bangkok
Jeong Kyeong-doo > takes part in > Trilateral talks in Bangkok
Mark Esper > takes part in > Trilateral talks in Bangkok
Japan > takes part in > Talks in Tokyo
South Korea > takes part in > Talks in Tokyo
Japan > takes part in > Talks in Seoul
South Korea > takes part in > Talks in Seoul
South Korea > makes > Announcement of the end
Announcement of the end > is about > GSOMIA
South Korea > makes > Suspension of the end
Suspension of the end > is about > GSOMIA
Suspension of the end > reverses > Announcement of the end
South Korea > files > Complaint at the WTO
Complaint at the WTO > is about > Export controls
Complaint at the WTO > is filed at > World Trade Organization ? withdrawn
Toshimitsu Motegi > takes part in > Meeting in Nagoya
Kang Kyung-wha > takes part in > Meeting in Nagoya
Hwang Kyo-ahn > begins > Hunger strike
Hunger strike > is about > GSOMIA ? superseded
Blue House > sends > Visit of an aide
Yomiuri Shimbun > reports on > Export controls ? attributed
Shinzo Abe > calls strategic > Suspension of the end ? opinion
"""

FAMILIES = {
    "is party to": "PactTie", "acts for": "StructureTie", "leads": "StructureTie", "is court of": "StructureTie",
    "comments on": "SpeechTie", "urges renewal of": "SpeechTie", "reports on": "SpeechTie", "is side in": "DisputeTie",
    "is defendant in": "DisputeTie", "is hit by": "DisputeTie", "opposes": "DisputeTie", "imposes": "DisputeTie",
}  # fmt: skip

SOURCES = (
    Source(
        "nyt-2019-11-22",
        "An agreement, at the last minute",
        "New York Times",
        "New York Times",
        "2019-11-22",
        "https://example.org/nyt",
    ),
    Source(
        "gulftoday-2019-11-23",
        "The pact stays",
        "Gulf Today",
        "Associated Press",
        "2019-11-23",
        "https://example.org/gulf",
    ),
    Source("kyodo-2019-11-15", "Talks in Tokyo", "Japan Times", "Kyodo News", "2019-11-15", ""),
)


def id_of(label: str) -> str:
    """The id that a thing with this label has here."""
    return "-".join("".join(c if c.isalnum() else " " for c in label.lower()).split())


def card(id: str, source: Node, relation: str, target: Node, status: str) -> Card:
    """A card with the fields that its status needs; all who speak are the Government of Japan."""
    speaks = status not in ("accepted", "contested")
    made = Card(
        id,
        (Name(source.id, source.label), f" {relation} ", Name(target.id, target.label)),
        (),
        status,
        reason=f"it is {status} in this test",
        mode={"prospective": "planned", "opinion": "opinion"}.get(status, "actual"),
        polarity="denies" if status == "denial" else "asserts",
        speakers=(Name("japan", "Japan"),) if speaks else (),
        when="2019-08",
        articles=2,
        sources=2,
        originators=("Associated Press", "New York Times"),
        citations=(
            Place("gulftoday-2019-11-23", 3),
            Place("nyt-2019-11-22", 4),
            Place("nyt-2019-11-22", 16),
        ),
    )
    return Card(
        **{name: getattr(made, name) for name in Card.__slots__} | {"words": words_of(made)}
    )


def words_of(card: Card) -> Words:
    """What a card's sentence says, without a condition."""
    return wording(card.claim, card.speakers, card.mode, card.polarity, card.status)


def picture_of(
    nodes: tuple[Node, ...], ties: list[tuple[str, str, str, str]], centre: str = ""
) -> Picture:
    """A picture of these things and (source, relation, target, status)."""
    known = {node.id: node for node in nodes}
    cards = [
        card(f"a{n:03}", known[s], r, known[t], status) for n, (s, r, t, status) in enumerate(ties)
    ]
    drawn = [
        Tie(s, t, made.id, r, status, FAMILIES.get(r, "EventTie"), made.polarity)
        for (s, r, t, status), made in zip(ties, cards, strict=True)
    ]
    return Picture(
        name="example",
        title="The GSOMIA row (a test)",
        question="Who is tied to whom, and who says so?",
        centre=centre,
        nodes=tuple(sorted(nodes, key=lambda node: node.id)),
        ties=tuple(sorted(drawn, key=lambda tie: (tie.source, tie.target, tie.assertion))),
        cards=tuple(cards),
        sources=SOURCES,
        statuses=(("accepted", "Articles report it in their own voice."),),
        dataset="A test",
        licence="https://www.apache.org/licenses/LICENSE-2.0",
    )


def example(centre: str = "") -> Picture:
    """About sixty things and a hundred ties, of every class and status."""
    nodes = tuple(
        Node(id_of(label), label, (), kind.lower(), CLASSES[kind])
        for kind, labels in THINGS.items()
        for label in labels.split("|")
    )
    ties = []
    for written in TIES.strip().splitlines():
        line, _, status = written.partition("?")
        source, relation, target = (part.strip() for part in line.split(" > "))
        ties.append((id_of(source), relation, id_of(target), status.strip() or "accepted"))
    return picture_of(nodes, ties, centre)


def parallel(count: int) -> Picture:
    """Two things with this many ties between them, in both directions."""
    nodes = (
        Node("a", "Alpha", (), "state", CLASSES["State"]),
        Node("b", "Beta", (), "state", CLASSES["State"]),
    )
    return picture_of(
        nodes, [("ab"[n % 2], f"tie {n}", "ba"[n % 2], "accepted") for n in range(count)]
    )
