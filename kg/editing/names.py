"""What people call things, relations and classes, as the ids that are meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from itertools import chain, count, product

from kg.diagnostics import KgError, did_you_mean, nearest_names
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.ontology import Ontology
from kg.ontology.dictionary import Dictionary, one_spelling, read_entries
from kg.text import join_or
from kg.text.characters import fold_case

MOST_SLUG = 60
"""So many characters an id that is made of a name has at most."""
MOST_LISTED = 30
"""So many classes are listed for somebody who named none."""
ALIKE = 0.85
"""Names that are as like as this may be one (Ratcliff and Obershelp; 1 is equal)."""


def find_thing(words: str, corpus: Corpus, section: str = "") -> str:
    """Return the id of the thing (of a section) that has these words as its id, label or alias.

    Raises KgError where none has, or several have: these are listed.
    """
    found_ids = things_called(words, corpus, section)
    if len(found_ids) == 1:
        return found_ids[0]
    noun = section.removesuffix("s") or "thing"
    if found_ids:
        listed = ", ".join(f"{id} ({corpus.things[id].label})" for id in sorted(found_ids))
        raise KgError(f"'{words}' may be {len(found_ids)} things: {listed}", 1, hint="name the id")
    names, folded = _names_in(section, corpus), fold_case(words)
    holding = [id for id, each in names.items() if folded in fold_case("\n".join(each))]
    hint = (
        did_you_mean(words, chain.from_iterable(names.values()))
        or f"record it first: kg add {noun} '{words}'"
    )
    if holding:
        listed = "; ".join(f"{corpus.things[id].label} ({id})" for id in sorted(holding)[:5])
        hint = f"did you mean: {listed}"
    raise KgError(f"no {noun} is called '{words}'", 1, hint=hint)


def find_end(words: str, corpus: Corpus, ontology: Ontology, classes: Collection[str]) -> str:
    """Return the id of the thing of these words; where several have them, of the only one that a
    relation takes there, whose ``classes`` these are.

    Raises KgError as ``find_thing`` does.
    """
    ids = things_called(words, corpus)
    fitting = [id for id in ids if ontology.is_a(corpus.things[id].type.id, classes)]
    return fitting[0] if len(fitting) == 1 else find_thing(words, corpus)


def things_called(words: str, corpus: Corpus, section: str = "") -> list[str]:
    """Return the ids of the things (of a section) that have these words as id, label or alias: just
    the one with that id, where there is one.
    """
    names, folded = _names_in(section, corpus), fold_case(words)
    if words in names:
        return [words]
    return [id for id, each in names.items() if folded in map(fold_case, each)]


def _names_in(section: str, corpus: Corpus) -> dict[str, list[str]]:
    """The names of the things of a section, or of all, by id."""
    things = corpus.things.items()
    return {id: all_names(id, corpus) for id, each in things if section in ("", each.section)}


def names_like(label: str, corpus: Corpus) -> list[str]:
    """Return the ids of things with a name that is, or is nearly, this one."""
    by_name = group_pairs(
        (fold_case(name), id) for id in corpus.things for name in all_names(id, corpus)[1:]
    )
    near = nearest_names(fold_case(label), by_name, 3, ALIKE)
    return list(dict.fromkeys(id for name in near for id in by_name[name]))


def all_names(id: str, corpus: Corpus) -> list[str]:
    """Return the names of a thing: its id, labels, short label and aliases."""
    thing = corpus.things[id]
    labels = [label.text for label in thing.labels]
    short = [thing.short] if thing.short else []
    return [id, *labels, *short, *(alias.name.text for alias in thing.aliases)]


def find_relation(words: str, ontology: Ontology) -> str:
    """Return the relation that has these words as its name, label or synonym.

    Raises KgError where none has, or several have: these are listed.
    """
    return _find_term(words, ontology, ontology.relations, "relation")


def find_class(words: str, ontology: Ontology, section: str) -> str:
    """Return the class of things of a section that has these words as its name, label or synonym.

    Raises KgError where none has, or several have: these are listed.
    """
    own = ontology.classes_of(section)
    if not _terms_called(words, ontology, own):
        for other in ontology.roots:
            if other != section and _terms_called(words, ontology, ontology.classes_of(other)):
                noun = other.removesuffix("s")
                hint = f"kg add {noun} LABEL --type '{words}'"
                raise KgError(f"'{words}' is a kind of {noun}", 1, hint=hint)
    listed = ", ".join(own[:MOST_LISTED])
    more = ", and more: kg ontology --all" if len(own) > MOST_LISTED else ""
    return _find_term(words, ontology, own, "class", f"; those of {section}: {listed}{more}")


def _find_term(
    words: str, ontology: Ontology, among: Collection[str], noun: str, listed: str = ""
) -> str:
    matches = _terms_called(words, ontology, among)
    if len(matches) == 1:
        return matches[0]
    if matches:
        entries = read_entries(ontology)
        terms = ", ".join(f"{name} ({entries[name].term.label})" for name in sorted(matches))
        raise KgError(f"'{words}' may be {len(matches)} terms: {terms}", 1, hint="name one")
    hint = Dictionary(ontology).nearest(words, among)
    hint = hint or f"kg ontology find '{words}' finds terms by their words"
    is_told = hint.startswith("nearest in meaning")
    raise KgError(f"no {noun} is called '{words}'", 1, hint=hint if is_told else f"{hint}{listed}")


def _terms_called(words: str, ontology: Ontology, among: Collection[str]) -> list[str]:
    """The terms that have words as their name, else as their label, else as a synonym."""
    if words in among:
        return [words]
    entries = {name: each for name, each in read_entries(ontology).items() if name in among}
    folded = one_spelling(fold_case(words))
    by_label = [
        name for name, each in entries.items() if folded == one_spelling(fold_case(each.term.label))
    ]
    exact = [
        name
        for name, each in entries.items()
        if folded in map(one_spelling, map(fold_case, each.synonyms))
    ]
    return by_label or exact


def find_assertion(
    words: Iterable[str], corpus: Corpus, ontology: Ontology, articles: Collection[str] = ()
) -> Assertion:
    """Return the assertion with an id, or the one of a subject, relation and object; of several the
    only one that one of some articles is cited for.

    Raises KgError where there is none, or several are: these are listed.
    """
    parts = list(words)
    if len(parts) == 1:
        if parts[0] not in corpus.assertions:
            hint = did_you_mean(parts[0], corpus.assertions) or "name SUBJECT RELATION OBJECT"
            raise KgError(f"no assertion is called '{parts[0]}'", 1, hint=hint)
        return corpus.assertions[parts[0]]
    if len(parts) != 3:
        raise KgError("name an assertion by its id, or by SUBJECT RELATION OBJECT")
    relation = find_relation(parts[1], ontology)
    # Of things with one name the one is meant of which somebody says so.
    subjects, objects = (
        things_called(parts[at], corpus) or [find_thing(parts[at], corpus)] for at in (0, 2)
    )
    triples = set(product(subjects, [relation], objects))
    matches = [
        each
        for each in corpus.assertions.values()
        if (each.subject.id, each.predicate.id, each.object_key) in triples
        and each.asserts_triple
        and not each.rule
    ]
    here = [each for each in matches if not cited_article_ids(each).isdisjoint(articles)]
    if len(matches) == 1 or len(here) == 1:
        return (here or matches)[0]
    if matches:
        listed = ", ".join(sorted(each.id for each in matches))
        raise KgError(f"{len(matches)} assertions say so: {listed}", 1, hint="name one by its id")
    triple_words = f"{join_or(subjects)} {relation} {join_or(objects)}"
    raise KgError(f"no assertion says: {triple_words}", 1, hint=f"kg why {subjects[0]} lists them")


def cited_article_ids(assertion: Assertion) -> set[str]:
    """Return the ids of the articles that an assertion cites."""
    return {citation.article.id for citation in assertion.citations}


def new_id(
    words: str, taken_ids: Mapping[str, object] | Collection[str], kind: str = "thing"
) -> str:
    """Return an id made of words, which no record has. Words without an ASCII letter, as Japanese
    ones, give it no name: it is made of the ``kind`` of thing that they name, with a number.
    """
    own = _slug(words)
    slug = own if re.search("[a-z]", own) else _slug(f"{kind} {own}")
    wanted_ids = [slug] if own else []
    numbered = (f"{slug}-{number}" for number in count(len(wanted_ids) + 1))
    folded = {fold_case(each) for each in taken_ids}
    return next(id for id in chain(wanted_ids, numbered) if fold_case(id) not in folded)


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", plain.replace("'", "")).strip("-").lower()
    if len(slug) > MOST_SLUG:
        slug = slug[:MOST_SLUG].rpartition("-")[0] or slug[:MOST_SLUG]
    return slug


def numbered_after(id: str, taken_ids: Collection[str]) -> str:
    """Return the id that ``new_id`` would have made had no record it; nothing where none has."""
    stem, _, number = id.rpartition("-")
    if not re.fullmatch(r"[2-9]|[1-9][0-9]{1,3}", number) or stem not in taken_ids:
        return ""
    between = (f"{stem}-{each}" for each in range(2, int(number)))
    return stem if all(each in taken_ids for each in between) else ""
