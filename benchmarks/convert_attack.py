"""Writes MITRE ATT&CK (Enterprise) as a workspace, whole, and answers the questions that come with
it.

usage: python benchmarks/convert_attack.py DATA FOLDER

DATA holds objects.csv, relationships.csv, citations.csv, sources.csv, aliases.csv and
questions_open.json. What the record says and the workspace cannot is counted and listed.

The record vouches for what it lists; beside it stand the sources that it names, each cited as a
whole. Whom a campaign is attributed to is a claim of MITRE. A group or piece of software whose
entry was revoked in favour of another is judged to be the same; a technique is not, because entries
of techniques were also split and put together.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from conversion import Ids, Record, Row, answers, assertion, main, rows, thing

import kg

RECORD = "attack"
TURTLE = """\
@prefix attack: <https://example.org/attack/ns#> .
@prefix kg: <https://w3id.org/actor-kg/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .

attack:IntrusionSet a owl:Class ; rdfs:subClassOf kg:Group ;
    rdfs:label "intrusion set"@en ; rdfs:comment "A group as its intrusions show it."@en .
attack:IntrusionCampaign a owl:Class ; rdfs:subClassOf kg:Event ;
    rdfs:label "intrusion campaign"@en ; rdfs:comment "Intrusions of one time and aim."@en .
attack:Software a owl:Class ; rdfs:subClassOf kg:Product ;
    rdfs:label "software"@en ; rdfs:comment "Malware or a tool."@en .
attack:Malware a owl:Class ; rdfs:subClassOf attack:Software ;
    rdfs:label "malware"@en ; rdfs:comment "Software made to do harm."@en .
attack:Tool a owl:Class ; rdfs:subClassOf attack:Software ;
    rdfs:label "tool"@en ; rdfs:comment "Software that serves intruders and others."@en .
attack:SubTechnique a owl:Class ; rdfs:subClassOf kg:Technique ;
    rdfs:label "sub-technique"@en ; rdfs:comment "A narrower technique."@en .
attack:Tactic a owl:Class ; rdfs:subClassOf kg:Thing ;
    rdfs:label "tactic"@en ; rdfs:comment "What a technique is for."@en .
attack:Mitigation a owl:Class ; rdfs:subClassOf kg:Thing ;
    rdfs:label "mitigation"@en ; rdfs:comment "What keeps a technique from working."@en .
attack:DetectionStrategy a owl:Class ; rdfs:subClassOf kg:Thing ;
    rdfs:label "detection strategy"@en ; rdfs:comment "How a technique is noticed."@en .

attack:employs a owl:ObjectProperty , kg:Relation ;
    rdfs:label "employs"@en ; rdfs:comment "Uses a technique or software."@en ;
    schema:domainIncludes attack:IntrusionSet , attack:IntrusionCampaign , attack:Software ;
    schema:rangeIncludes kg:Technique , attack:Software ;
    kg:temporalKind kg:StateRelation ; kg:family kg:StructureTie .
attack:mitigates a owl:ObjectProperty , kg:Relation ;
    rdfs:label "mitigates"@en ; rdfs:comment "Keeps a technique from working."@en ;
    schema:domainIncludes attack:Mitigation ; schema:rangeIncludes kg:Technique ;
    kg:temporalKind kg:StateRelation ; kg:family kg:StructureTie .
attack:detects a owl:ObjectProperty , kg:Relation ;
    rdfs:label "detects"@en ; rdfs:comment "Makes a technique noticed."@en ;
    schema:domainIncludes attack:DetectionStrategy ; schema:rangeIncludes kg:Technique ;
    kg:temporalKind kg:StateRelation ; kg:family kg:StructureTie .
attack:subtechniqueOf a owl:ObjectProperty , kg:Relation ;
    rdfs:label "is a sub-technique of"@en ; rdfs:comment "Is a narrower kind of it."@en ;
    schema:domainIncludes kg:Technique ; schema:rangeIncludes kg:Technique ;
    kg:temporalKind kg:StateRelation ; kg:family kg:StructureTie .
attack:revokedBy a owl:ObjectProperty , kg:Relation ;
    rdfs:label "is revoked by"@en ; rdfs:comment "Its entry gave way to another one."@en ;
    schema:domainIncludes kg:Technique ; schema:rangeIncludes kg:Technique ;
    kg:temporalKind kg:EventRelation ; kg:family kg:StructureTie .
attack:attributedTo a owl:ObjectProperty , kg:Relation ;
    rdfs:label "is attributed to"@en ; rdfs:comment "Is said to be the doing of a group."@en ;
    schema:domainIncludes attack:IntrusionCampaign ; schema:rangeIncludes attack:IntrusionSet ;
    kg:temporalKind kg:StateRelation ; kg:family kg:EventTie .
attack:recordsActivityOf a owl:ObjectProperty , kg:Relation ;
    rdfs:label "records the activity of"@en ;
    rdfs:comment "From when to when a campaign was seen."@en ;
    schema:domainIncludes kg:Actor ; schema:rangeIncludes attack:IntrusionCampaign ;
    kg:temporalKind kg:StateRelation ; kg:family kg:EventTie ; kg:datesEvent rdf:object .
attack:listedAs a owl:DatatypeProperty , kg:Relation ;
    rdfs:label "is listed as"@en ; rdfs:comment "Its entry is live, deprecated or revoked."@en ;
    schema:domainIncludes kg:Thing ; schema:rangeIncludes xsd:string ;
    kg:temporalKind kg:StateRelation ; kg:family kg:StructureTie .
attack:describedAfter a owl:DatatypeProperty , kg:Relation ;
    rdfs:label "is described after"@en ; rdfs:comment "A source on which its entry draws."@en ;
    schema:domainIncludes kg:Thing ; schema:rangeIncludes xsd:string ;
    kg:temporalKind kg:StateRelation ; kg:family kg:SpeechTie .

attack:entered a kg:Qualifier ;
    rdfs:label "entered {value}"@en ; rdfs:comment "When the record first had it."@en ;
    schema:rangeIncludes kg:edtf ; kg:qualifies kg:Relation .
attack:revised a kg:Qualifier ;
    rdfs:label "revised {value}"@en ; rdfs:comment "When the record last changed it."@en ;
    schema:rangeIncludes kg:edtf ; kg:qualifies kg:Relation .

attack:StixScheme a kg:IdentifierScheme ; skos:notation "stix" ;
    rdfs:label "id in STIX"@en ; kg:pattern "[a-z-]+--[0-9a-f-]{36}" .
"""
PAGES = ("software", "detectionstrategies", "techniques", "groups", "campaigns", "mitigations")
TURTLE += "".join(
    f'attack:{page}Scheme a kg:IdentifierScheme ; skos:notation "attack-{page}" ;\n'
    f'    rdfs:label "entry among the {page} of ATT&CK"@en ;\n'
    '    kg:pattern "[A-Z]+[0-9]{4}(/[0-9]{3})?" ;\n'
    f'    kg:iriTemplate "https://attack.mitre.org/{page}/{{id}}" .\n'
    for page in (*PAGES, "tactics")
)
SECTIONS = {"IntrusionSet": "actors", "Organization": "actors", "IntrusionCampaign": "events"}
KINDS = {
    "intrusion-set": ("group", "IntrusionSet"),
    "campaign": ("campaign", "IntrusionCampaign"),
    "malware": ("software", "Malware"),
    "tool": ("software", "Tool"),
    "attack-pattern": ("technique", "Technique"),
    "x-mitre-tactic": ("tactic", "Tactic"),
    "course-of-action": ("mitigation", "Mitigation"),
    "x-mitre-detection-strategy": ("strategy", "DetectionStrategy"),
    "identity": ("mitre", "Organization"),
}
RELATIONS = {
    "uses": "employs",
    "mitigates": "mitigates",
    "detects": "detects",
    "subtechnique-of": "subtechniqueOf",
    "revoked-by": "revokedBy",
    "attributed-to": "attributedTo",
}
MONTHS = tuple(calendar.month_name)
REFERENCE = re.compile(
    r"(?P<author>.*?)\s*\((?P<date>\d{4}[^()]*|n\.d\.)\)[.,]*\s*(?P<title>.*?)[\s.]*"
    r"(?:Retrieved (?P<accessed>.*?)[\s.]*)?$",
    re.DOTALL,
)


class Attack:
    """The record as a workspace in the making."""

    turtle = TURTLE

    def __init__(self, data: Path, limit: int | None = None) -> None:
        """Read the tables; with a limit only so many relationships, and what these speak of."""
        self.objects = {row["stix_id"]: row for row in rows(data / "objects.csv")}
        self.relationships = rows(data / "relationships.csv")[:limit]
        self.sources = {row["source_name"]: row for row in rows(data / "sources.csv")}
        self.source_ids = {name: f"source-{n}" for n, name in enumerate(self.sources, 1)}
        self.cited: dict[str, list[str]] = defaultdict(list)
        for row in rows(data / "citations.csv"):
            self.cited[row["subject"]].append(row["source_name"])
        self.aliases: dict[str, list[str]] = defaultdict(list)
        for row in rows(data / "aliases.csv"):
            self.aliases[row["stix_id"]].append(row["alias"])
        if limit is not None:
            self.keep_what_is_related()
        self.ids = Ids("site", "author")
        self.unsaid: Counter[str] = Counter()

    def keep_what_is_related(self) -> None:
        """Leave out what the relationships do not speak of, and sources that nothing cites."""
        ends = {row[end] for row in self.relationships for end in ("source", "target")}
        self.objects = {
            id: row for id, row in self.objects.items() if id in ends or row["type"] == "identity"
        }
        kept = self.objects.keys() | {row["stix_id"] for row in self.relationships}
        names = {name for id in kept for name in self.cited[id]}
        self.sources = {name: row for name, row in self.sources.items() if name in names}

    def id_of(self, stix_id: str) -> str:
        """The id of a thing: a revoked one has the longer id, so that the other one is shown."""
        row = self.objects[stix_id]
        if row["type"] == "identity":
            return "mitre"
        id = f"{KINDS[row['type']][0]}-{row['attack_id'].lower().replace('.', '-')}"
        return f"{id}-revoked" if row["revoked"] == "1" else id

    def assertions(self) -> Iterator[Record]:
        """Yield every assertion, in the order of the record."""
        for row in self.objects.values():
            yield from self.entry(row)
        for row in self.relationships:
            yield self.relationship(row)

    def entry(self, row: Row) -> Iterator[Record]:
        """Yield what the record says of one thing, and after which sources."""
        subject = self.id_of(row["stix_id"])
        here = {RECORD: [{"section": row["attack_id"] or row["stix_id"]}]}
        yield assertion(subject, "listedAs", state_of(row), here, **entered(row))
        if row["first_seen"]:
            when = self.time_of(row["first_seen"], row["last_seen"])
            yield assertion("mitre", "recordsActivityOf", subject, here, when=when)
        for name in self.cited[row["stix_id"]]:
            cite = {**here, self.source_ids[name]: ["whole"]}
            yield assertion(subject, "describedAfter", name.strip(), cite)

    def relationship(self, row: Row) -> Record:
        """One relationship of the record."""
        subject, object = self.id_of(row["source"]), self.id_of(row["target"])
        predicate, more = RELATIONS[row["type"]], entered(row)
        if predicate == "attributedTo":
            more["according_to"] = "mitre"
        if predicate == "revokedBy" and not row["source"].startswith("attack-pattern"):
            predicate, more["note"] = "sameAs", "Its entry is revoked in favour of the other one."
        sources = {self.source_ids[name]: ["whole"] for name in self.cited[row["stix_id"]]}
        cite = {RECORD: [{"section": row["stix_id"]}], **sources}
        return assertion(subject, predicate, object, cite, **more)

    def time_of(self, first: str, last: str) -> str:
        """When a campaign was seen. The record writes months as their first days."""
        if not first.endswith("-01") or not last.endswith("-01"):
            return f"{first}/{last}"
        self.unsaid["days that are the first of a month (read as the month)"] += 1
        return first[:-3] if first == last else f"{first[:-3]}/{last[:-3]}"

    def sections(self) -> dict[str, dict[str, Record]]:
        """The articles and things, after all assertions were read."""
        sections: dict[str, dict[str, Record]] = {"articles": {}, "actors": {}}
        for row in self.objects.values():
            record = self.thing(row)
            section = sections.setdefault(SECTIONS.get(record["type"], "things"), {})
            section[self.id_of(row["stix_id"])] = record
        sections["articles"][RECORD] = {
            "type": "dataset",
            "title": "MITRE ATT&CK, Enterprise, version 18.1",
            "publisher": "mitre",
            "originator": "mitre",
            "url": "https://github.com/mitre/cti",
        }
        sections["articles"] |= self.articles()
        for kind in ("site", "author"):
            sections["actors"] |= self.ids.things(kind, "Actor")
        return sections

    def thing(self, row: Row) -> Record:
        """An object of the record as a thing."""
        type = "SubTechnique" if row["is_subtechnique"] == "1" else KINDS[row["type"]][1]
        record = thing(type, row["name"], ids=[f"stix:{row['stix_id']}"])
        if row["url"]:
            page, _, id = row["url"].removeprefix("https://attack.mitre.org/").partition("/")
            record["ids"].append(f"attack-{page}:{id}")
        if aliases := self.aliases[row["stix_id"]]:
            record["aliases"] = [alias.strip() for alias in aliases]
        return record

    def articles(self) -> dict[str, Record]:
        """The sources that the record names; of those at one address each is a state of the
        earliest.
        """
        articles = {self.source_ids[name]: self.article(row) for name, row in self.sources.items()}
        first: dict[str, str] = {}
        for id in sorted(articles, key=lambda id: articles[id].get("published", "9999")):
            earliest = first.setdefault(articles[id]["url"], id)
            if earliest != id:
                articles[id]["version_of"] = earliest
        return articles

    def article(self, row: Row) -> Record:
        """A source, as far as its reference can be read."""
        site = self.ids.id_of("site", urlsplit(row["url"]).netloc.removeprefix("www."))
        article = {"type": "webpage", "title": row["source_name"].strip(), "publisher": site}
        article |= {"originator": site, "url": row["url"], "note": row["source_name"].strip()}
        reference = REFERENCE.fullmatch(row["description"])
        if reference is None:
            self.unsaid["a reference in no known form (its source has neither author nor day)"] += 1
            return article
        if author := reference["author"].strip(" .,"):
            article["originator"] = self.ids.id_of("author", author)
        article["title"] = reference["title"].strip() or row["source_name"]
        if published := self.day(reference["date"]):
            article["published"] = published
        if accessed := self.day(reference["accessed"] or ""):
            article["accessed"] = accessed
        return article

    def day(self, text: str) -> str:
        """A date of a reference in EDTF, or "" for none."""
        written = re.fullmatch(r"(\d{4})(?:,? (\w+)(?: (\d+))?)?|(\w+) (\d+), (\d{4})", text)
        if written is None:
            self.unsaid["a date of a source that is none"] += text not in ("", "n.d.")
            return ""
        year, month, day = written[1] or written[6], written[2] or written[4], written[3]
        day = day or written[5]
        if month and month not in MONTHS:
            self.unsaid["a month of a source that is none (its year is kept)"] += 1
            return year
        steps = [f"{MONTHS.index(month):02}"] if month else []
        steps += [f"{int(day):02}"] if day else []
        return "-".join((year, *steps))


def state_of(row: Row) -> str:
    """How the record lists a thing."""
    if row["revoked"] == "1":
        return "revoked"
    return "deprecated" if row["deprecated"] == "1" else "live"


def entered(row: Row) -> Record:
    """When the record first had and last changed an entry."""
    return {"with": {"entered": row["created"], "revised": row["modified"]}}


QUERIES = {
    "AT01": """SELECT ?class (COUNT(DISTINCT ?t) AS ?n) {
        ?t attack:listedAs "live" ; a ?class } GROUP BY ?class""",
    "AT02": """SELECT ?relation (COUNT(DISTINCT ?a) AS ?n) {
        ?a rdf:predicate ?relation ; kg:citation ?citation } GROUP BY ?relation""",
    "AT03": """SELECT ?campaign ?group { ?a rdf:predicate attack:attributedTo ;
        rdf:subject/rdfs:label ?campaign ; rdf:object/rdfs:label ?group }
        ORDER BY ?campaign ?group""",
    "AT05": """SELECT ?name (COUNT(DISTINCT ?t) AS ?n) {
        ?g a attack:IntrusionSet ; attack:listedAs "live" ; rdfs:label ?name ; attack:employs ?t .
        ?t a kg:Technique ; attack:listedAs "live" }
        GROUP BY ?g ?name ORDER BY DESC(?n) ?name LIMIT 10""",
    "AT06": """SELECT ?name (COUNT(DISTINCT ?g) AS ?n) {
        ?g a attack:IntrusionSet ; attack:listedAs "live" ; attack:employs ?s .
        ?s a attack:Software ; attack:listedAs "live" ; rdfs:label ?name }
        GROUP BY ?s ?name ORDER BY DESC(?n) ?name LIMIT 10""",
    "AT09": """SELECT ?name (COUNT(DISTINCT ?a) AS ?n) {
        VALUES ?relation { attack:employs attack:mitigates attack:attributedTo }
        ?a rdf:predicate ?relation ; kg:citation/kg:article ?source . ?source kg:note ?name }
        GROUP BY ?source ?name ORDER BY DESC(?n) ?name LIMIT 10""",
}
CLASSES = {
    "tactics": "Tactic",
    "techniques": "Technique",
    "subtechniques": "SubTechnique",
    "groups": "IntrusionSet",
    "software": "Software",
    "campaigns": "IntrusionCampaign",
    "mitigations": "Mitigation",
    "detection_strategies": "DetectionStrategy",
}


def answer(graph: kg.Graph, question: str) -> object:
    """What the graph answers to a question of the folder, in the folder's form."""
    table = answers(graph, QUERIES[question])
    if question not in ("AT01", "AT02"):
        return table
    counts = Counter({str(name).rpartition("#")[2].rpartition(":")[2]: n for name, n in table})
    if question == "AT01":
        counts["Technique"] -= counts["SubTechnique"]
        return {name: counts[type] for name, type in CLASSES.items()}
    counts["revokedBy"] += counts["sameAs"]
    return {name: counts[relation] for name, relation in RELATIONS.items()}


if __name__ == "__main__":
    main(__doc__ or "", Attack, answer)
