"""Pictures for tests, made by hand: one of the size and shape of the worked example, and any number
of ties between two things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from kg.dates import parse_date
from kg.diagnostics import Span
from kg.files.workspace import Workspace
from kg.model import Article, Assertion, Thing
from kg.model.corpus import Corpus
from kg.model.locators import paragraph_locator
from kg.model.modes import Mode, Polarity
from kg.model.references import Citation, Reference, Text
from kg.ontology.namespaces import KG
from kg.ontology.terms import Relation
from kg.reading import Reading, read
from kg.site.pages import PageOptions, build_pages
from kg.status.judgement import Judgement
from kg.status.reasons import Reason
from kg.status.statement import Statement
from kg.status.status import Standing, Status
from kg.text.wording import Name
from kg.view.picture import CitedArticle, Node, Picture, Tie

REPOSITORY = Path(__file__).resolve().parent.parent

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
    "Person": (
        "Shinzo Abe|Taro Kono|Toshimitsu Motegi|Moon Jae-in|Kang Kyung-wha"
        "|Jeong Kyeong-doo|Lee Nak-yon|Chung Eui-yong|Donald Trump|Mark Esper"
        "|Mike Pompeo|Hwang Kyo-ahn|Wang Yi"
    ),
    "Organization": (
        "Blue House|National Security Council of South Korea|Supreme Court of Korea"
        "|Nippon Steel|Mitsubishi Heavy Industries|Ministry of Defence of Japan"
        "|Department of State|World Trade Organization|Ministry of Trade of Japan"
        "|Samsung Electronics|SK hynix|Yomiuri Shimbun"
        "|Ministry of Foreign Affairs of Japan"
    ),
    "Treaty": (
        "GSOMIA|1965 Claims Agreement|US-Japan Security Treaty|US-ROK Mutual Defense Treaty|TISA"
    ),
    "Dispute": (
        "Forced-labour compensation|Export controls|Radar lock-on|Dokdo / Takeshima"
        "|Defence cost sharing"
    ),
    "Meeting": (
        "Supreme Court ruling|Trilateral talks in Bangkok|Talks in Tokyo|Talks in Seoul"
        "|Announcement of the end|Suspension of the end|Complaint at the WTO"
        "|Meeting in Nagoya|Hunger strike|Visit of an aide"
    ),
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
    "is party to": "PactTie",
    "acts for": "StructureTie",
    "leads": "StructureTie",
    "is court of": "StructureTie",
    "comments on": "SpeechTie",
    "urges renewal of": "SpeechTie",
    "reports on": "SpeechTie",
    "is side in": "DisputeTie",
    "is defendant in": "DisputeTie",
    "is hit by": "DisputeTie",
    "opposes": "DisputeTie",
    "imposes": "DisputeTie",
}

ARTICLES = {
    "nyt-2019-11-22": ("An agreement, at the last minute", "New York Times", "New York Times"),
    "gulftoday-2019-11-23": ("The pact stays", "Gulf Today", "Associated Press"),
    "kyodo-2019-11-15": ("Talks in Tokyo", "Japan Times", "Kyodo News"),
}
"""Title, publisher and originator; the day is that of the id."""

MEDIA = sorted({name for _, *names in ARTICLES.values() for name in names})
HERE = Span("test")


def id_of(label: str) -> str:
    """The id that a thing with this label has here."""
    return "-".join("".join(c if c.isalnum() else " " for c in label.lower()).split())


def to(id: str) -> Reference:
    """A reference to something."""
    return Reference(id, HERE)


def cite(*places: tuple[str, int]) -> tuple[Citation, ...]:
    """Citations of these paragraphs of articles."""
    return tuple(
        Citation(to(article), paragraph_locator(number), HERE) for article, number in places
    )


CITATIONS = cite(("gulftoday-2019-11-23", 3), ("nyt-2019-11-22", 4), ("nyt-2019-11-22", 16))


def article(id: str, title: str, publisher: str, originator: str) -> Article:
    """An article that appeared on the day that its id tells."""
    outlet, *day = id.split("-")
    url = "" if outlet == "kyodo" else f"https://example.org/{outlet}"
    names = (to(id_of(publisher)),), (to(id_of(originator)),)
    return Article(id, HERE, Text(title, HERE), *names, parse_date("-".join(day)), 20, id, url=url)


def corpus_of(nodes: Iterable[Node]) -> Corpus:
    """A corpus of these things, Japan, three articles, and whose articles they are."""
    labels = {"japan": "Japan", **{id_of(name): name for name in MEDIA}}
    labels |= {node.id: node.label for node in nodes}
    return Corpus(
        articles={id: article(id, *rest) for id, rest in ARTICLES.items()},
        things={
            id: Thing(id, HERE, "actors", to("State"), (Text(label, HERE),))
            for id, label in labels.items()
        },
    )


def relation(label: str) -> Relation:
    """A relation with this label."""
    name = label.title().replace(" ", "")
    family = FAMILIES.get(label, "EventTie")
    return Relation(name, KG + name, label, "", (), (), family=family)


def statement(
    corpus: Corpus, id: str, triple: tuple[str, str, str], status: str, **fields: Any
) -> Statement:
    """A statement with the fields that its status needs; all who speak are the Government of
    Japan.
    """
    subject, predicate, object = triple
    said = relation(predicate)
    usual: dict[str, Any] = {
        "when": parse_date("2019-08"),
        "mode": {"prospective": Mode.PLANNED, "opinion": Mode.OPINION}.get(status, Mode.ACTUAL),
        "polarity": Polarity.DENIES if status == "denial" else Polarity.ASSERTS,
        "denies": to("claim") if status == "denial" else None,
        "speakers": () if status in ("accepted", "contested") else (to("japan"),),
        "citations": CITATIONS,
    }
    assertion = Assertion(id, HERE, to(subject), to(said.name), to(object), **(usual | fields))
    return Statement(
        assertion=assertion,
        relation=said,
        standing=Standing(Status(status), Reason((f"it is {status} in this test",))),
        judgement=Judgement(corpus, {}, {}),
        kinds={},
        others={},
        against=(),
        limits=(),
        certainty=None,
    )


def standing_as(each: Statement, status: Status) -> Statement:
    """A statement that stands otherwise."""
    return replace(each, standing=each.standing._replace(status=status))


def cited_articles(corpus: Corpus) -> tuple[CitedArticle, ...]:
    """The articles of a corpus, with names."""

    def name(reference: Reference) -> Name:
        return Name(reference.id, corpus.things[reference.id].label)

    return tuple(
        CitedArticle(each, tuple(map(name, each.publishers)), tuple(map(name, each.originators)))
        for each in corpus.articles.values()
    )


def picture_of(
    nodes: Sequence[Node], ties: Iterable[tuple[str, str, str, str]], centre: str = ""
) -> Picture:
    """A picture of these things and (source, relation, target, status)."""
    corpus = corpus_of(nodes)
    statements = [
        statement(corpus, f"a{number:03}", (source, label, target), status)
        for number, (source, label, target, status) in enumerate(ties)
    ]
    return picture_with(nodes, statements, corpus, centre)


def picture_with(
    nodes: Iterable[Node], statements: Sequence[Statement], corpus: Corpus, centre: str = ""
) -> Picture:
    """A picture of these things in which every statement is a tie."""
    lines = [Tie(each.subject.id, each.object.id, each, each.relation.label) for each in statements]
    return Picture(
        name="example",
        title="The GSOMIA row (a test)",
        question="Who is tied to whom, and who says so?",
        centre=centre,
        nodes=tuple(sorted(nodes, key=lambda node: node.id)),
        ties=tuple(sorted(lines, key=lambda tie: tie.key)),
        statements={each.id: each for each in sorted(statements, key=lambda each: each.id)},
        articles=cited_articles(corpus),
        meanings={"accepted": "Articles report it in their own voice."},
        dataset="A test",
        licence="https://www.apache.org/licenses/LICENSE-2.0",
    )


def with_statements(picture: Picture, change: Callable[[Statement], Statement]) -> Picture:
    """The same picture with other statements."""
    statements = {id: change(each) for id, each in picture.statements.items()}
    ties = tuple(replace(tie, statement=statements[tie.assertion]) for tie in picture.ties)
    return replace(picture, statements=statements, ties=ties)


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


@cache
def read_example() -> Reading:
    """The worked example, read once for all tests of a process."""
    return read(Workspace(REPOSITORY))


def view_page(reading: Reading, name: str) -> str:
    """The page of a view, as a build writes it."""
    if reading is read_example():
        return _example_page(name)
    return build_pages(reading, PageOptions(view=name))[f"{name}.html"].decode()


@cache
def _example_page(name: str) -> str:
    return build_pages(read_example(), PageOptions(view=name))[f"{name}.html"].decode()
