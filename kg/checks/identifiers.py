"""Laws about the ids that other registers give things: they have the form of their register, and
each is that of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.checks.draft import CorpusDraft
from kg.diagnostics import Diagnostic, did_you_mean, rules
from kg.model import Identifier, Thing
from kg.model.grouping import group_pairs
from kg.ontology.patterns import matching_texts
from kg.ontology.terms import IdentifierScheme
from kg.text.characters import quoted


def identifiers_have_their_form(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Each identifier is of a register that the ontology declares, and of its form."""
    schemes = draft.ontology.schemes
    things = draft.corpus.things.values()
    well_formed = _well_formed((each for thing in things for each in thing.ids), schemes)
    for thing in things:
        for identifier in thing.ids:
            scheme = schemes.get(identifier.scheme)
            if scheme is None:
                yield rules.BAD_IDENTIFIER.at(
                    identifier.span,
                    f"no register of identifiers is called {quoted(identifier.scheme)}",
                    _scheme_hint(identifier, schemes.values()),
                )
            elif str(identifier) not in well_formed:
                likely = _likely_id(identifier.value, scheme)
                yield rules.BAD_IDENTIFIER.at(
                    identifier.span,
                    f"{quoted(identifier.value)} is no {scheme.label}",
                    f"did you mean {scheme.name}:{likely}?"
                    if likely
                    else f"its form is {scheme.pattern}",
                )


def _well_formed(
    identifiers: Iterable[Identifier], schemes: Mapping[str, IdentifierScheme]
) -> set[str]:
    """Return those identifiers, as written, that have the form of their register."""
    values = group_pairs(
        (each.scheme, each.value) for each in identifiers if each.scheme in schemes
    )
    return {
        f"{name}:{value}"
        for name, texts in values.items()
        for value in matching_texts(schemes[name].pattern, texts)
    }


def _scheme_hint(identifier: Identifier, schemes: Iterable[IdentifierScheme]) -> str:
    names = {scheme.name: scheme for scheme in schemes}
    if identifier.scheme in ("http", "https"):
        for scheme in names.values():
            host = scheme.template.partition("//")[2].partition("/")[0].removeprefix("www.")
            if (
                host
                and host in identifier.value
                and (likely := _likely_id(identifier.value, scheme))
            ):
                return f"did you mean {scheme.name}:{likely}?"
    near = did_you_mean(identifier.scheme.lower(), names)
    return near or (
        f"one of: {', '.join(sorted(names))}; a file of your own in ontology/ can declare more "
        "(kg:IdentifierScheme)"
    )


def _likely_id(text: str, scheme: IdentifierScheme) -> str:
    """Return the id that was likely meant: without an address, blanks or another case; or
    nothing.
    """
    last = re.split("[/#=]", text.rstrip("/"))[-1]
    likely: list[str] = []
    for each in (text.strip(), last):
        bare = re.sub("[ .-]", "", each)
        likely += (each, each.upper(), each.lower(), bare, bare.upper())
    is_match = matching_texts(scheme.pattern, likely)
    return next((each for each in likely if each in is_match), "")


def identifiers_name_one_thing(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What a register has under one id is one thing."""
    first: dict[str, tuple[Thing, Identifier]] = {}
    for thing in draft.corpus.things.values():
        for identifier in thing.ids:
            other, earlier = first.setdefault(str(identifier), (thing, identifier))
            if other is not thing:
                yield rules.SHARED_IDENTIFIER.at(
                    identifier.span,
                    f"{quoted(thing.id)} and {quoted(other.id)} have one identifier, "
                    f"{quoted(str(identifier))} ({earlier.span.file}:{earlier.span.line})",
                    "correct one, or say that they are one thing: sameAs, with the reason",
                    [earlier.span],
                )
