"""Reading ``ontology/*.ttl``: terms with their annotations, and what is wrong with them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from kg import rules
from kg.characters import printable, quoted
from kg.closure import closure
from kg.dates import DateError, Day, Hemisphere, Reckoning, parse_date
from kg.diagnostics import Diagnostic, Span
from kg.ontology import (
    COMMON_PREFIXES,
    DCTERMS,
    KG,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    Family,
    IdentifierScheme,
    KgClass,
    Ontology,
    QualifierKind,
    Relation,
    SourceType,
    Stage,
    local_name,
)
from kg.ontology_circles import FileTriples, circle_problems
from kg.ontology_problems import ontology_problems
from kg.ontology_text import text_problems
from kg.text import preferred_label
from kg.values import DATATYPES
from kg.workspace import SourceFile

NEVER = Day(9999, 12, 31)
"""The last day that there is."""

UNREADABLE = (rules.BAD_ONTOLOGY, rules.TOO_DEEP)
"""What a file is passed over for."""

RECORD_PREFIXES = ("assertion", "article", "citation", "proposition", "conflict", "quantity")

_SIGNS = {"Positive": 1, "Negative": -1}


def read_ontology(files: Iterable[SourceFile]) -> tuple[Ontology, tuple[Diagnostic, ...]]:
    """Return the ontology of some Turtle files, and what is wrong with them.

    A process that reads a workspace again reads its ontology again only where a byte has changed.
    """
    return _read(tuple(files))


@lru_cache(maxsize=4)
def _read(files: tuple[SourceFile, ...]) -> tuple[Ontology, tuple[Diagnostic, ...]]:
    parts, problems = [], []
    for file in files:
        wrong = list(text_problems(file))
        problems += wrong
        if any(problem.rule is rules.TOO_DEEP for problem in wrong):
            continue
        try:
            parts.append(_parse(file))
        except SyntaxError as error:
            message = f"not Turtle: {printable(error.msg)}"
            problems.append(rules.BAD_ONTOLOGY.at(_error_place(file, error), message))
    is_whole = not any(problem.rule in UNREADABLE for problem in problems)
    quads = [quad for part in parts for quad in part.quads]
    terms = _Terms(quads)
    base, title, bad_dataset = _dataset(terms)
    reckoning, bad_settings = _reckoning(terms)
    today, bad_day = _today(terms)
    prefixes = dict(COMMON_PREFIXES)
    for part in parts:
        prefixes |= part.prefixes
    prefixes |= {name: f"{base}{name}/" for name in RECORD_PREFIXES} | {"": base}
    ontology = Ontology(
        base,
        title,
        _by_name(_classes(terms)),
        _with_inverses(_by_name(_relations(terms))),
        prefixes,
        tuple(quads),
        {each.name: each for each in _stages(terms)},
        {each.name: each for each in _families(terms)},
        _by_name(_qualifiers(terms)),
        {each.word: each for each in _source_types(terms)},
        reckoning,
        {each.name: each for each in _schemes(terms)},
        _declaring_files(parts),
        today,
    )
    problems += [problem for part in parts for problem in _blank_nodes(part)]
    problems += [*bad_dataset, *bad_settings, *bad_day]
    problems += circle_problems(part.triples for part in parts)
    if is_whole:
        problems += ontology_problems(ontology, _first_places(parts))
    return ontology, tuple(problems)


class _Part(NamedTuple):
    """What one file says, and the prefixes that it declares."""

    triples: FileTriples
    prefixes: dict[str, str]

    @property
    def name(self) -> str:
        return self.triples.name

    @property
    def quads(self) -> list[ox.Quad]:
        return self.triples.quads


def _parse(file: SourceFile) -> _Part:
    parser = ox.parse(file.data, ox.RdfFormat.TURTLE)
    quads = list(parser)
    return _Part(FileTriples(file.name, quads), parser.prefixes)


def _blank_nodes(part: _Part) -> Iterator[Diagnostic]:
    """A diagnostic where a file has blank nodes."""
    ends = [end for quad in part.quads for end in (quad.subject, quad.object)]
    if any(isinstance(end, ox.BlankNode) for end in ends):
        place, hint = Span(part.name), "give every node an IRI"
        yield rules.INCOMPLETE_TERM.at(place, "blank nodes are not allowed", hint)


def _first_places(parts: Iterable[_Part]) -> dict[str, Span]:
    """The file that first says something of each IRI."""
    places: dict[str, Span] = {}
    for part in parts:
        for quad in part.quads:
            if isinstance(quad.subject, ox.NamedNode):
                places.setdefault(quad.subject.value, Span(part.name))
    return places


def _declaring_files(parts: Iterable[_Part]) -> dict[str, str]:
    """The file that says of which type an IRI is, by IRI."""
    files: dict[str, str] = {}
    for part in parts:
        for quad in part.quads:
            if quad.predicate.value == f"{RDF}type" and isinstance(quad.subject, ox.NamedNode):
                files.setdefault(quad.subject.value, part.name)
    return files


def _error_place(file: SourceFile, error: SyntaxError) -> Span:
    line, column = error.lineno or 1, error.offset or 1
    return Span(file.name, line, column, error.end_lineno or line, error.end_offset or column + 1)


_Facts = dict[str, list[ox.NamedNode | ox.Literal]]
"""The values of properties, by property."""


@dataclass(frozen=True)
class _Term:
    """What is said of one IRI, by property."""

    iri: str
    facts: _Facts

    @property
    def name(self) -> str:
        return local_name(self.iri)

    def values(self, property: str) -> list[str]:
        """The values of a property, in order."""
        values = self.facts.get(property)
        return sorted(value.value for value in values) if values else []

    def names(self, property: str) -> tuple[str, ...]:
        """The local names of the values of a property."""
        return tuple(map(local_name, self.values(property)))

    def one(self, property: str) -> str:
        """The local name of the first value of a property, or nothing."""
        values = self.values(property)
        return local_name(values[0]) if values else ""

    def says(self, property: str) -> bool:
        """Whether a property is true."""
        return "true" in self.values(property)

    def ranges(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The classes of things (by local name) and the datatypes (``xsd:decimal``) of its
        values.
        """
        iris = self.values(f"{SCHEMA}rangeIncludes")
        no_classes = {*DATATYPES, f"{KG}Assertion"}
        classes = tuple(local_name(iri) for iri in iris if iri not in no_classes)
        return classes, tuple(DATATYPES[iri] for iri in iris if iri in DATATYPES)

    def text(self, property: str) -> str:
        """The English text of a property, or another where there is none."""
        texts = [value for value in self.facts.get(property, ()) if isinstance(value, ox.Literal)]
        return preferred_label((text.language or "", text.value) for text in texts)[1]


class _Terms(Mapping[str, _Term]):
    """All terms of the ontology by IRI, in order."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        facts: dict[str, _Facts] = {}
        for subject, predicate, object, _ in quads:
            if isinstance(subject, ox.NamedNode) and isinstance(object, ox.NamedNode | ox.Literal):
                values = facts.setdefault(subject.value, {}).setdefault(predicate.value, [])
                values.append(object)
        self._terms = {iri: _Term(iri, facts[iri]) for iri in sorted(facts)}
        self._by_type: dict[str, list[_Term]] = {}
        for term in self._terms.values():
            for type in {*term.values(f"{RDF}type")}:
                self._by_type.setdefault(type, []).append(term)

    def __getitem__(self, iri: str) -> _Term:
        return self._terms[iri]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def inherited(self, iri: str, link: str) -> _Term:
        """Return what is said of an IRI or, where nothing is, of the nearest term above it by a
        link.
        """

        def above(each: str) -> list[str]:
            return [other for other in self[each].values(link) if other in self]

        lineage = closure([iri], above)
        if len(lineage) == 1:
            return self[iri]
        facts: _Facts = {}
        for each in reversed(lineage):
            facts.update(self[each].facts)
        return _Term(iri, facts)

    def of_type(self, type: str) -> list[_Term]:
        """Return the terms that are of a type."""
        return self._by_type.get(type, [])


def _dataset(terms: _Terms) -> tuple[str, str, list[Diagnostic]]:
    """Return the base and the title of the data set, and what is wrong with it."""
    datasets = terms.of_type(f"{KG}Dataset")
    if len(datasets) != 1:
        problem = f"names {len(datasets)} data sets"
    elif not re.fullmatch(r"https?://[^\s<>\"]+[/#]", datasets[0].iri):
        problem = f"has the base {quoted(datasets[0].iri)}"
    else:
        titles = datasets[0].values(f"{DCTERMS}title")
        return datasets[0].iri, next(iter(titles), ""), []
    diagnostic = rules.INCOMPLETE_TERM.at(
        Span("ontology/dataset.ttl"),
        f"the ontology {problem}; one 'a kg:Dataset' whose IRI ends in '/' or '#' is needed",
        "kg help reference 'The data set'",
    )
    return "https://example.org/", "", [diagnostic]


def _reckoning(terms: _Terms) -> tuple[Reckoning, list[Diagnostic]]:
    """Return how the data set reads dates, and what is wrong with what it says of that."""
    problems: list[str] = []
    settings: dict[str, int] = {}
    hemisphere = Hemisphere.NORTHERN
    for term in terms.of_type(f"{KG}Dataset"):
        if name := term.one(f"{KG}hemisphere"):
            if name in [f"{each}Hemisphere" for each in Hemisphere]:
                hemisphere = Hemisphere(name.removesuffix("Hemisphere"))
            else:
                halves = " or ".join(f"kg:{each}Hemisphere" for each in Hemisphere)
                problems.append(f"kg:hemisphere takes {halves}, not {quoted(name)}")
        for attribute, property in _STEPS.items():
            for text in term.values(f"{KG}{property}"):
                if re.fullmatch("[0-9]{1,4}", text):
                    settings[attribute] = int(text)
                else:
                    problems.append(f"kg:{property} takes a whole number, not {quoted(text)}")
    place = Span("ontology/dataset.ttl")
    hint = "kg help reference Dates"
    diagnostics = [rules.INCOMPLETE_TERM.at(place, problem, hint) for problem in problems]
    return Reckoning(hemisphere, **settings), diagnostics


def _today(terms: _Terms) -> tuple[Day | None, list[Diagnostic]]:
    """Return the day that the data set takes for today, and what is wrong with it: "none" is a day
    that never comes, so that no date lies in the future.
    """
    texts = [text for each in terms.of_type(f"{KG}Dataset") for text in each.values(f"{KG}today")]
    if not texts:
        return None, []
    if texts == ["none"]:
        return NEVER, []
    try:
        date = parse_date(texts[0])
    except DateError:
        date = None
    if len(texts) == 1 and date and date.start_earliest == date.end_latest:
        return date.start_earliest, []
    message = f"kg:today takes one day or 'none', not {quoted(', '.join(texts))}"
    hint = "as in kg:today \"1885-03-01\"^^kg:edtf (kg help reference, 'The data set')"
    return None, [rules.INCOMPLETE_TERM.at(Span("ontology/dataset.ttl"), message, hint)]


_STEPS = {
    "about_day": "aboutDay",
    "about_month": "aboutMonth",
    "about_year": "aboutYear",
    "about_decade": "aboutDecade",
}
"""By which property of the data set a step is said."""


def _classes(terms: _Terms) -> Iterator[KgClass]:
    for term in terms.of_type(f"{OWL}Class"):
        inherited = terms.inherited(term.iri, f"{RDFS}subClassOf")
        parents = [iri for iri in term.values(f"{RDFS}subClassOf") if iri in terms]
        yield KgClass(
            name=term.name,
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            comment=term.text(f"{RDFS}comment"),
            parents=tuple(local_name(iri) for iri in parents),
            section=next(iter(term.values(f"{KG}listedIn")), ""),
            stages=inherited.one(f"{KG}livesThrough"),
            member_stages=inherited.one(f"{KG}membersLiveThrough"),
            outlives_leaving=inherited.says(f"{KG}outlivesLeaving"),
            words_before=inherited.text(f"{KG}wordsBefore"),
            words_alive=inherited.text(f"{KG}wordsAlive"),
            words_done=inherited.text(f"{KG}wordsDone"),
            binds=inherited.says(f"{KG}binds"),
            announces_plans=inherited.says(f"{KG}announcesPlans"),
            is_forum=inherited.says(f"{KG}isForum"),
            is_pole=inherited.says(f"{KG}isPole"),
            is_unnamed=inherited.says(f"{KG}isUnnamed"),
            on_one_day=inherited.says(f"{KG}onOneDay"),
            disjoint=term.names(f"{OWL}disjointWith"),
        )


def _qualifiers(terms: _Terms) -> Iterator[QualifierKind]:
    for term in terms.of_type(f"{KG}Qualifier"):
        classes, datatypes = term.ranges()
        yield QualifierKind(
            name=term.name,
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            comment=term.text(f"{RDFS}comment"),
            range=classes,
            datatypes=datatypes,
            qualifies=term.names(f"{KG}qualifies"),
            functional=f"{OWL}FunctionalProperty" in term.values(f"{RDF}type"),
            enters_status=term.one(f"{KG}entersStatus"),
            party_enters=term.one(f"{KG}partyEnters"),
        )


def _relations(terms: _Terms) -> Iterator[Relation]:
    for term in terms.of_type(f"{KG}Relation"):
        types = term.values(f"{RDF}type")
        names_stage = term.says(f"{KG}namesStage")
        classes, datatypes = term.ranges()
        inherited = terms.inherited(term.iri, f"{RDFS}subPropertyOf")
        yield Relation(
            name=term.name,
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            comment=term.text(f"{RDFS}comment"),
            domain=term.names(f"{SCHEMA}domainIncludes"),
            range=() if names_stage else classes,
            datatypes=("xsd:string",) if names_stage else datatypes,
            parents=term.names(f"{RDFS}subPropertyOf"),
            inverse=term.one(f"{OWL}inverseOf"),
            is_text=f"{OWL}DatatypeProperty" in types or names_stage,
            functional=f"{OWL}FunctionalProperty" in types,
            inverse_functional=f"{OWL}InverseFunctionalProperty" in types,
            symmetric=f"{OWL}SymmetricProperty" in types,
            is_state=f"{KG}StateRelation" in term.values(f"{KG}temporalKind"),
            family=term.one(f"{KG}family"),
            worded_with=tuple(term.values(f"{KG}wordedWith")),
            happens_once=inherited.says(f"{KG}happensOnce"),
            happens_once_with=inherited.names(f"{KG}happensOnceWith"),
            places_within=inherited.says(f"{KG}placeWithin"),
            takes_assertions=f"{KG}Assertion" in term.values(f"{SCHEMA}rangeIncludes"),
            is_speech=term.says(f"{KG}isSpeech"),
            disowns=term.says(f"{KG}disownsObject"),
            enters_status=inherited.one(f"{KG}entersStatus"),
            joining=inherited.says(f"{KG}isJoining"),
            moves=inherited.one(f"{KG}moves"),
            party_enters=inherited.one(f"{KG}partyEnters"),
            dispute_enters=inherited.one(f"{KG}disputeEnters"),
            names_stage=names_stage,
            takes_back=term.says(f"{KG}takesBackQualifiers"),
            shows_alive=inherited.one(f"{KG}showsAlive"),
            dates_event=term.one(f"{KG}datesEvent"),
            ends_relations=inherited.names(f"{KG}endsRelation"),
            subject_may_leave=inherited.names(f"{KG}subjectMayLeave"),
            object_may_leave=inherited.names(f"{KG}objectMayLeave"),
            official=term.says(f"{KG}officialAct"),
            counterparts=term.one(f"{KG}makesCounterparts"),
            judges_identity=term.one(f"{KG}judgesIdentity"),
            sign=_SIGNS.get(inherited.one(f"{KG}sign"), 0),
            ties_only=inherited.one(f"{KG}tiesOnly"),
            brings_to_side=inherited.says(f"{KG}bringsToSide"),
            brings_home=inherited.says(f"{KG}bringsHome"),
            makes_side=term.says(f"{KG}makesSide"),
            is_attendance=term.says(f"{KG}isAttendance"),
            names_topic=term.says(f"{KG}namesTopic"),
            names_whole=term.says(f"{KG}namesWhole"),
            wider_end=term.one(f"{KG}widerEnd"),
            earlier_end=term.one(f"{KG}earlierEnd"),
            lasts=inherited.says(f"{KG}lasts"),
        )


_Named = TypeVar("_Named", KgClass, Relation, QualifierKind)


def _by_name(terms: Iterable[_Named]) -> dict[str, _Named]:
    """Return terms by local name, in order; one of one's own hides one of the core."""
    found: dict[str, _Named] = {}
    for term in terms:
        if term.name not in found or not term.iri.startswith(KG):
            found[term.name] = term
    return found


def _with_inverses(relations: dict[str, Relation]) -> dict[str, Relation]:
    """Return relations of which each knows its inverse, even if only the other one declares it."""
    declared = {r.inverse: name for name, r in reversed(relations.items()) if r.inverse}
    return {
        name: relation
        if relation.inverse or name not in declared
        else replace(relation, inverse=declared[name])
        for name, relation in relations.items()
    }


def _families(terms: _Terms) -> list[Family]:
    families = [
        Family(
            name=term.name,
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            order=_whole_number(term, f"{KG}order", math.inf),
            gives_accounts=term.says(f"{KG}givesAccounts"),
            shows_stand=term.says(f"{KG}showsStand"),
            dates_events=term.says(f"{KG}datesEvents"),
        )
        for term in terms.of_type(f"{KG}TieFamily")
    ]
    return sorted(families, key=lambda family: (family.order, family.name))


def _source_types(terms: _Terms) -> Iterator[SourceType]:
    for term in terms.of_type(f"{KG}SourceType"):
        yield SourceType(
            word=next(iter(term.values(f"{KG}word")), ""),
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            comment=term.text(f"{RDFS}comment"),
            schema_class=next(iter(term.values(f"{KG}schemaClass")), f"{SCHEMA}CreativeWork"),
            csl_type=next(iter(term.values(f"{KG}cslType")), "document"),
        )


def _schemes(terms: _Terms) -> Iterator[IdentifierScheme]:
    for term in terms.of_type(f"{KG}IdentifierScheme"):
        yield IdentifierScheme(
            name=next(iter(term.values(f"{SKOS}notation")), ""),
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            pattern=next(iter(term.values(f"{KG}pattern")), ""),
            template=next(iter(term.values(f"{KG}iriTemplate")), ""),
        )


def _stages(terms: _Terms) -> Iterator[Stage]:
    """Yield the stages: all that have a place in an order (``kg:lifecycleRank``)."""
    for term in terms.values():
        rank = _whole_number(term, f"{KG}lifecycleRank", -1)
        if rank >= 0:
            in_force = term.values(f"{KG}isInForce")[:1]
            yield Stage(
                name=term.name,
                iri=term.iri,
                label=term.text(f"{RDFS}label"),
                kind=term.one(f"{RDF}type"),
                rank=int(rank),
                in_force=in_force == ["true"] if in_force else None,
                is_final=term.says(f"{KG}isFinal"),
                by_date=term.says(f"{KG}isEnteredByDate"),
                by_end=term.says(f"{KG}isEnteredByEnd"),
                is_reversal=term.says(f"{KG}isReversal"),
                from_the_start=term.says(f"{KG}isFromTheStart"),
                ripens_into=term.one(f"{KG}ripensInto"),
            )


def _whole_number(term: _Term, property: str, default: float) -> float:
    text = next(iter(term.values(property)), "")
    return int(text) if text.isascii() and text.isdigit() else default
