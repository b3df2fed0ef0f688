"""Writes the United Kingdom's treaties (FCDO, UK Treaties Online) as a workspace, whole, and
answers the questions that come with them.

usage: python benchmarks/convert_uk_treaties.py DATA FOLDER

DATA holds treaties.csv, parties.csv, citations.csv and questions_open.json. What the record says
and the workspace cannot is counted and listed. The parties of the record are all who ever had an
action on a treaty: here they are parties without a date.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

import kg  # noqa: E402
from kg.scaffold import start_workspace  # noqa: E402

Row = dict[str, str]
SOURCE = "uk-treaties-online"
OWN = """\
@prefix uk: <https://example.org/uk-treaties/ns#> .
@prefix kg: <https://w3id.org/actor-kg/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> .

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
KINDS = {"BI": "Treaty", "MULTI": "MultilateralTreaty"}
STAGES = {
    "signed": "signed",
    "adopted": "adopted",
    "provisional_eif": "provisionally-applied",
    "eif": "in-force",
    "terminated": "terminated",
}
BODIES = re.compile(r"ORGANI[SZ]ATION|COMMUNIT|UNION OF|UNITED NATIONS|COMMISSION|AGENCY|COUNCIL")


def rows(path: Path) -> list[Row]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Converter:
    """A workspace in the making: its records, and what could not be said."""

    def __init__(self, data: Path) -> None:
        self.treaties = rows(data / "treaties.csv")
        self.parties = rows(data / "parties.csv")
        self.citations = rows(data / "citations.csv")
        self.ids: dict[str, dict[str, str]] = {"party": {}, "place": {}, "topic": {}}
        self.unsaid: Counter[str] = Counter()

    def id_of(self, kind: str, name: str) -> str:
        """The id of a name: names that differ in their letters are two things."""
        ids = self.ids[kind]
        if name not in ids:
            ids[name] = f"{kind}-{len(ids) + 1}"
        return ids[name]

    def assertions(self) -> Iterator[dict[str, Any]]:
        """Yield every assertion, in the order of the record."""
        for number, treaty in enumerate(self.treaties, 2):
            yield from self.life(treaty, {SOURCE: [{"row": number}]})
        for row in self.parties:
            party = self.id_of("party", row["party"])
            yield said(party, "partyTo", pact(row), {SOURCE: [{"section": "parties"}]})
        for row in self.citations:
            text = f"{row['label']}: {row['detail']}" if row["detail"] else row["label"]
            cite = {SOURCE: [{"section": "citations"}]}
            published = said(pact(row), "publishedAs", text, cite)
            published["id"] = f"published-{row['treaty_id']}-{row['seq']}"
            if row["url"].startswith(("https://", "http://")) and " " not in row["url"]:
                published["with"] = {"address": row["url"]}
            elif row["url"]:
                self.unsaid["an address that is none"] += 1
            yield published

    def life(self, treaty: Row, cite: dict[str, Any]) -> Iterator[dict[str, Any]]:
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
            yield said(pact(treaty), "classedUnder", self.id_of("topic", treaty["subject"]), cite)

    def step(
        self, treaty: Row, stage: str, date: str, effective: str, cite: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """Yield that a treaty entered a stage: on the day on which it took effect, if told."""
        if effective and effective < date:
            self.unsaid[f"{stage}: an effect before its act (the effect is kept)"] += 1
        elif effective > date and stage == "terminated":
            yield said(pact(treaty), "becomes", "termination-pending", cite, when=date)
        elif effective > date:
            self.unsaid[f"{stage}: the day of the act beside that of its effect"] += 1
        step = said(pact(treaty), "becomes", stage, cite, when=effective or date)
        if stage == "signed" and treaty["signed_location"]:
            step |= self.place(treaty["signed_location"])
        yield step

    def place(self, name: str) -> dict[str, str]:
        """Where a treaty was signed: one place, or a text where the record names several."""
        if "/" in name:
            self.unsaid["several places of signing in one (kept as a note)"] += 1
            return {"note": f"signed at {name}"}
        return {"where": self.id_of("place", name)}

    def things(self) -> dict[str, dict[str, Any]]:
        """The sections of things, after all assertions were read."""
        pacts = {
            pact(row): {"type": KINDS.get(row["type"], "Treaty"), "label": row["title"].strip()}
            for row in self.treaties
        }
        self.unsaid["a treaty without a type (a Treaty here)"] += sum(
            row["type"] not in KINDS for row in self.treaties
        )
        actors = {id: {"type": kind(name), "label": name} for name, id in self.ids["party"].items()}
        actors["fcdo"] = {"type": "Ministry", "label": "Foreign, Commonwealth & Development Office"}
        return {
            "actors": actors,
            "pacts": pacts,
            "places": labelled("Place", self.ids["place"]),
            "things": labelled("Topic", self.ids["topic"]),
        }


def pact(row: Row) -> str:
    """The id of a row's treaty."""
    return f"treaty-{row['treaty_id']}"


def kind(name: str) -> str:
    """The class of a party: capitals are states, mixed case territories."""
    if BODIES.search(name):
        return "IntergovernmentalOrganization"
    return "State" if name == name.upper() else "Actor"


def labelled(type: str, ids: dict[str, str]) -> dict[str, dict[str, str]]:
    """Things of one class by id, with their names."""
    return {id: {"type": type, "label": name.strip()} for name, id in ids.items()}


def said(
    subject: str, predicate: str, object: str, cite: dict[str, Any], **more: str
) -> dict[str, Any]:
    """An assertion."""
    return {"subject": subject, "predicate": predicate, "object": object, **more, "cite": cite}


def write(converter: Converter, folder: Path) -> int:
    """Write the workspace, and return how many assertions it has."""
    start_workspace(folder, example=False)
    for file in (folder / "sources").glob("*.yaml"):
        file.unlink()
    (folder / "ontology" / "uk.ttl").write_text(OWN, "utf-8")
    assertions = list(converter.assertions())
    record = {
        "type": "dataset",
        "title": "UK Treaties Online",
        "publisher": "fcdo",
        "originator": "fcdo",
        "url": "https://treaties.fcdo.gov.uk",
    }
    write_file(folder, "articles", {"articles": {SOURCE: record}})
    for section, things in converter.things().items():
        for number, part in enumerate(parts(list(things.items()), 5_000)):
            write_file(folder, f"{section}-{number}", {section: dict(part)})
    for number, part in enumerate(parts(assertions, 10_000)):
        write_file(folder, f"assertions-{number:02}", {"assertions": part})
    return len(assertions)


def parts(values: list[Any], size: int) -> Iterator[list[Any]]:
    """Yield values in lists of at most so many: a file has its limits."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def write_file(folder: Path, name: str, data: dict[str, Any]) -> None:
    """Write a source file: JSON is YAML; a record a line."""
    [(section, records)] = data.items()
    if isinstance(records, dict):
        lines = [f"  {json.dumps(id)}: {dumped(record)}" for id, record in records.items()]
    else:
        lines = [f"  - {dumped(record)}" for record in records]
    text = "\n".join((f"{section}:", *lines, ""))
    (folder / "sources" / f"{name}.yaml").write_text(text, "utf-8")


def dumped(record: object) -> str:
    """A record in one line."""
    return json.dumps(record, ensure_ascii=False)


QUESTIONS = {
    "UK01": """SELECT ?type (COUNT(?t) AS ?n) {
        ?t a kg:Treaty . OPTIONAL { ?t a kg:MultilateralTreaty BIND("MULTI" AS ?multi) }
        BIND(COALESCE(?multi, "BI or untyped") AS ?type) } GROUP BY ?type""",
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


def answer(graph: kg.Graph, data: Path) -> None:
    """Print what the graph answers beside what the folder says."""
    open_questions = json.loads((data / "questions_open.json").read_text("utf-8"))["questions"]
    for question in open_questions:
        found = graph.query(QUESTIONS[question["id"]])
        shown: object = [tuple(row.values()) for row in found]
        if question["id"] == "UK08":
            shown = (len(found), *found[0].values())
        print(f"{question['id']} {question['question']}")
        print(f"     found {shown}")
        print(f"     right {question['answer']}")


def main() -> None:
    """Convert, check, ask, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    converter = Converter(arguments.data)
    start = time.process_time()
    count = write(converter, arguments.folder)
    print(f"wrote {count:,} assertions in {time.process_time() - start:.1f} s of CPU")
    for what, times in sorted(converter.unsaid.items()):
        print(f"     not said: {times:6,} x {what}")
    start = time.process_time()
    graph = kg.load(arguments.folder)
    rules = Counter(f"{each.rule.code} {each.rule.title}" for each in graph.diagnostics)
    print(f"read and checked in {time.process_time() - start:.1f} s of CPU: {graph}")
    for rule, times in rules.most_common():
        print(f"     {times:6,} x {rule}")
    start = time.process_time()
    answer(graph, arguments.data)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"graph and answers in {time.process_time() - start:.1f} s of CPU; {memory:,} MiB at most"
    )


if __name__ == "__main__":
    main()
