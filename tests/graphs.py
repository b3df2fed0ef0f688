"""A small graph as the model describes it, for tests that ask."""

from __future__ import annotations

import pyoxigraph as ox

from kg.ontology.namespaces import COMMON_PREFIXES

BASE = "https://example.org/"
PREFIXES = {
    **COMMON_PREFIXES,
    "": BASE,
    **{
        kind: f"{BASE}{kind}/"
        for kind in ("assertion", "article", "citation", "proposition", "conflict")
    },
}
_HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

ARTICLES = """
article:kyodo a kg:Article ; dcterms:title "Two capitals" ; dcterms:issued "2019-11-15" ;
    kg:publisher :japan-times ; kg:originator :kyodo .
article:ap a kg:Article ; dcterms:title "A pact" ; dcterms:issued "2019-11-23" ;
    kg:publisher :ap ; kg:originator :ap .
:japan-times rdfs:label "The Japan Times"@en . :kyodo rdfs:label "Kyodo"@en . :ap rdfs:label "AP"@en .
"""


def turtle(text: str) -> ox.Store:
    """A store with some Turtle, all prefixes known."""
    store = ox.Store()
    store.load((_HEAD + text).encode(), ox.RdfFormat.TURTLE)
    return store


def assertion(id: str, triple: str, status: str = "Accepted", cite: str = "ap 1") -> str:
    """An assertion as Turtle, with its direct triple if accepted; it is cited as ``article
    paragraph``.
    """
    subject, predicate, object = triple.split()
    article, paragraph = cite.split() if cite else ("", "")
    direct = f"{triple} .\n" if status == "Accepted" else ""
    cited = (
        f"assertion:{id} kg:citation citation:{id} .\n"
        f"citation:{id} a kg:Citation ; kg:article article:{article} ; kg:paragraph {paragraph} .\n"
    )
    return (
        f"{direct}assertion:{id} a kg:Assertion ; rdf:subject {subject} ; rdf:predicate {predicate} ;\n"
        f"    rdf:object {object} ; kg:status kg:{status} .\n{cited if cite else ''}"
    )


def example() -> ox.Store:
    """Two parties of a pact, a meeting chain, a claim, its denial, and a conclusion."""
    return turtle(
        ARTICLES
        + assertion("japan-party", ":japan kg:partyTo :gsomia", cite="kyodo 4")
        + assertion("korea-party", ":korea kg:partyTo :gsomia", cite="ap 2")
        + assertion("korea-treaty", ":korea kg:partyTo :treaty", cite="ap 7")
        + assertion("japan-meets-korea", ":japan kg:meets :korea", cite="ap 3")
        + assertion("korea-meets-china", ":korea kg:meets :china", cite="ap 5")
        + assertion("china-meets-russia", ":china kg:meets :russia", cite="kyodo 9")
        + assertion("radar", ":ship kg:aimsAt :plane", "Contested", "kyodo 8")
        + assertion("no", ":ship kg:aimsAt :plane", "Contested", "kyodo 10")
        + "assertion:radar kg:contradicts assertion:no . assertion:no kg:contradicts assertion:radar ."
        + assertion("follows", ":japan kg:sharesWith :korea", cite="")
        + "assertion:follows kg:followsFrom assertion:japan-party ."
        + ':japan rdfs:label "Japan"@en , "日本"@ja . :korea rdfs:label "South Korea"@en .'
    )
