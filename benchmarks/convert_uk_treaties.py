"""Writes the United Kingdom's treaties (FCDO, UK Treaties Online) as a workspace, whole, and
answers the questions that come with them.

usage: python benchmarks/convert_uk_treaties.py DATA FOLDER

DATA holds treaties.csv, parties.csv, citations.csv and questions_open.json. What the record says
and the workspace cannot is counted and listed. The parties of the record are all who ever had an
action on a treaty: here they are parties without a date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from conversion import Ids, Record, Row, answers, assertion, main, rows, thing

import kg

SOURCE = "uk-treaties-online"
TURTLE = """\
@prefix uk: <https://example.org/uk-treaties/ns#> .
@prefix kg: <https://w3id.org/actor-kg/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> .

uk:BilateralTreaty a owl:Class ; rdfs:subClassOf kg:Treaty ;
    rdfs:label "bilateral treaty"@en ; rdfs:comment "A treaty of two sides."@en .

uk:publishedAs a owl:DatatypeProperty , kg:Relation ;
    rdfs:label "is published as"@en ;
    rdfs:comment "Where the treaty is published or registered: series, number, command paper."@en ;
    schema:domainIncludes kg:Pact ; schema:rangeIncludes xsd:string ;
    kg:temporalKind kg:StateRelation ; kg:family kg:PactTie .

uk:classedUnder a owl:ObjectProperty , kg:Relation ;
    rdfs:label "is classed under"@en ;
    rdfs:comment "The subject under which the record lists the treaty."@en ;
    schema:domainIncludes kg:Pact ; schema:rangeIncludes kg:Topic ;
    kg:temporalKind kg:StateRelation ; kg:family kg:PactTie .

uk:address a kg:Qualifier ;
    rdfs:label "at {value}"@en ;
    rdfs:comment "Where the text is found."@en ;
    schema:rangeIncludes xsd:anyURI ; kg:qualifies uk:publishedAs .
"""
KINDS = {"BI": "BilateralTreaty", "MULTI": "MultilateralTreaty"}
STAGES = {
    "signed": "signed",
    "adopted": "adopted",
    "provisional_eif": "provisionally-applied",
    "eif": "in-force",
    "terminated": "terminated",
}
BODIES = re.compile(r"ORGANI[SZ]ATION|COMMUNIT|UNION OF|UNITED NATIONS|COMMISSION|AGENCY|COUNCIL")


class Treaties:
    """The record as a workspace in the making."""

    turtle = TURTLE

    def __init__(self, data: Path, limit: int | None = None) -> None:
        """Read the tables; with a limit only so many treaties, and what these have."""
        self.treaties = rows(data / "treaties.csv")[:limit]
        kept = {row["treaty_id"] for row in self.treaties}
        self.parties = [row for row in rows(data / "parties.csv") if row["treaty_id"] in kept]
        self.citations = [row for row in rows(data / "citations.csv") if row["treaty_id"] in kept]
        self.ids = Ids("party", "place", "topic")
        self.unsaid: Counter[str] = Counter()

    def assertions(self) -> Iterator[Record]:
        """Yield every assertion, in the order of the record."""
        for number, treaty in enumerate(self.treaties, 2):
            yield from self.life(treaty, {SOURCE: [{"row": number}]})
        for row in self.parties:
            party = self.ids.id_of("party", row["party"])
            yield assertion(party, "partyTo", pact(row), {SOURCE: [{"section": "parties"}]})
        for row in self.citations:
            text = f"{row['label']}: {row['detail']}" if row["detail"] else row["label"]
            cite = {SOURCE: [{"section": "citations"}]}
            published = assertion(pact(row), "publishedAs", text, cite)
            published["id"] = f"published-{row['treaty_id']}-{row['seq']}"
            if row["url"].startswith(("https://", "http://")) and " " not in row["url"]:
                published["with"] = {"address": row["url"]}
            elif row["url"]:
                self.unsaid["an address that is none"] += 1
            yield published

    def life(self, treaty: Row, cite: Record) -> Iterator[Record]:
        """Yield what moved a treaty on, and what it is about."""
        for column, stage in STAGES.items():
            date, effective = treaty[column], treaty.get(f"{column}_effective", "")
            if date or effective:
                yield from self.step(treaty, stage, date or effective, effective, cite)
        if not treaty["signed"] and treaty["signed_location"]:
            self.unsaid["a place of signing without its day"] += 1
        if treaty["withdrawn"] or treaty["withdrawn_effective"]:
            self.unsaid["withdrawn: the record does not say who"] += 1
        if treaty["subject"]:
            yield assertion(
                pact(treaty), "classedUnder", self.ids.id_of("topic", treaty["subject"]), cite
            )

    def step(
        self, treaty: Row, stage: str, date: str, effective: str, cite: Record
    ) -> Iterator[Record]:
        """Yield that a treaty entered a stage: on the day on which it took effect, if told."""
        if effective and effective < date:
            self.unsaid[f"{stage}: an effect before its act (the effect is kept)"] += 1
        elif effective > date and stage == "terminated":
            yield assertion(pact(treaty), "becomes", "termination-pending", cite, when=date)
        elif effective > date:
            self.unsaid[f"{stage}: the day of the act beside that of its effect"] += 1
        step = assertion(pact(treaty), "becomes", stage, cite, when=effective or date)
        if stage == "signed" and treaty["signed_location"]:
            step |= self.place(treaty["signed_location"])
        yield step

    def place(self, name: str) -> dict[str, str]:
        """Where a treaty was signed: one place, or a text where the record names several."""
        if "/" in name:
            self.unsaid["several places of signing in one (kept as a note)"] += 1
            return {"note": f"signed at {name}"}
        return {"where": self.ids.id_of("place", name)}

    def sections(self) -> dict[str, dict[str, Record]]:
        """The source and the things, after all assertions were read."""
        record = {
            "type": "dataset",
            "title": "UK Treaties Online",
            "publisher": "fcdo",
            "originator": "fcdo",
            "url": "https://treaties.fcdo.gov.uk",
        }
        pacts = {pact(row): thing(self.kind(row), row["title"]) for row in self.treaties}
        parties = self.ids.by_name["party"]
        actors = {id: thing(kind(name), name) for name, id in parties.items()}
        actors["fcdo"] = thing("Ministry", "Foreign, Commonwealth & Development Office")
        return {
            "articles": {SOURCE: record},
            "actors": actors,
            "pacts": pacts,
            "places": self.ids.things("place", "Place"),
            "things": self.ids.things("topic", "Topic"),
        }

    def kind(self, row: Row) -> str:
        """The class of a treaty."""
        if row["type"] not in KINDS:
            self.unsaid["a treaty without a type (a Treaty here)"] += 1
        return KINDS.get(row["type"], "Treaty")


def pact(row: Row) -> str:
    """The id of a row's treaty."""
    return f"treaty-{row['treaty_id']}"


def kind(name: str) -> str:
    """The class of a party: capitals are states, mixed case territories."""
    if BODIES.search(name):
        return "IntergovernmentalOrganization"
    return "State" if name == name.upper() else "Actor"


QUERIES = {
    "UK01": """SELECT (COUNT(?t) AS ?all) (SUM(?is_two) AS ?two) (SUM(?is_many) AS ?many) {
        ?t a kg:Treaty .
        BIND(xsd:integer(EXISTS { ?t a uk:BilateralTreaty }) AS ?is_two)
        BIND(xsd:integer(EXISTS { ?t a kg:MultilateralTreaty }) AS ?is_many) }""",
    "UK02": """SELECT (COUNT(DISTINCT ?p) AS ?names) (COUNT(*) AS ?links) { ?p kg:partyTo ?t }""",
    "UK03": """SELECT ?multi (COUNT(?t) AS ?n) {
        ?p rdfs:label "JAPAN" ; kg:partyTo ?t .
        BIND(EXISTS { ?t a kg:MultilateralTreaty } AS ?multi)
        } GROUP BY ?multi ORDER BY ?multi""",
    "UK04": """SELECT ?name (COUNT(?t) AS ?n) { ?p kg:partyTo ?t ; rdfs:label ?name
        FILTER(?name != "UNITED KINGDOM") } GROUP BY ?name ORDER BY DESC(?n) ?name LIMIT 10""",
    "UK05": """SELECT ?subject (COUNT(?t) AS ?n) {
        ?a rdf:subject ?t ; rdf:object kg:Signed ; kg:startEarliest ?day .
        FILTER(?day >= "1900-01-01"^^xsd:date && ?day <= "1914-07-31"^^xsd:date)
        ?t uk:classedUnder/rdfs:label ?subject }
        GROUP BY ?subject ORDER BY DESC(?n) ?subject LIMIT 5""",
    "UK08": """SELECT ?t ?day { ?f rdfs:label "FRANCE" ; kg:partyTo ?t . ?j rdfs:label "JAPAN" ;
        kg:partyTo ?t . ?t a kg:MultilateralTreaty . OPTIONAL {
        ?a rdf:subject ?t ; rdf:object kg:Signed ; kg:startEarliest ?day }
        BIND(COALESCE(STR(?day), "9999") AS ?key) } ORDER BY ?key""",
}


def answer(graph: kg.Graph, question: str) -> object:
    """What the graph answers to a question of the folder, in the folder's form."""
    answered = answers(graph, QUERIES[question])
    if question == "UK01":
        [(count, two, many)] = answered
        return [count, two, many, count - two - many]
    if question == "UK02":
        return answered[0]
    if question == "UK03":
        return {"MULTI" if multi else "BI": count for multi, count in answered}
    if question == "UK08":
        treaty, day = answered[0]
        return [len(answered), int(str(treaty).rpartition("-")[2]), str(day)]
    return answered


if __name__ == "__main__":
    main(__doc__ or "", Treaties, answer)
