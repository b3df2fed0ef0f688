"""What an ontology says of its data set: base and title, how dates are read, which day it is."""

from __future__ import annotations

import re

from kg.dates import DateError, Day, Hemisphere, Reckoning, parse_date
from kg.diagnostics import Diagnostic, Span, rules
from kg.ontology.namespaces import DCTERMS, KG
from kg.ontology.triples import Terms
from kg.text import join_or
from kg.text.characters import quoted

NEVER = Day(9999, 12, 31)
"""The last day that there is."""


def read_data_set(terms: Terms) -> tuple[str, str, list[Diagnostic]]:
    """Return the base and the title of the data set, and what is wrong with it."""
    datasets = terms.of_type(f"{KG}Dataset")
    if len(datasets) != 1:
        problem = f"names {len(datasets)} data sets"
    elif not re.fullmatch(r"https?://[^\s<>\"]+[/#]", datasets[0].iri):
        problem = f"has the base {quoted(datasets[0].iri)}"
    else:
        titles = datasets[0].values(f"{DCTERMS}title")
        return datasets[0].iri, next(iter(titles), ""), []
    message = f"the ontology {problem}; one 'a kg:Dataset' whose IRI ends in '/' or '#' is needed"
    return "https://example.org/", "", [_problem(message, "kg help reference 'The data set'")]


def _problem(message: str, hint: str) -> Diagnostic:
    return rules.INCOMPLETE_TERM.at(Span("ontology/dataset.ttl"), message, hint)


def read_reckoning(terms: Terms) -> tuple[Reckoning, list[Diagnostic]]:
    """Return how the data set reads dates, and what is wrong with what it says of that."""
    problems: list[str] = []
    settings: dict[str, int] = {}
    hemisphere = Hemisphere.NORTHERN
    for term in terms.of_type(f"{KG}Dataset"):
        if name := term.one(f"{KG}hemisphere"):
            if name in [f"{each}Hemisphere" for each in Hemisphere]:
                hemisphere = Hemisphere(name.removesuffix("Hemisphere"))
            else:
                halves = join_or(f"kg:{each}Hemisphere" for each in Hemisphere)
                problems.append(f"kg:hemisphere takes {halves}, not {quoted(name)}")
        for attribute, property in _STEPS.items():
            for text in term.values(f"{KG}{property}"):
                if re.fullmatch("[0-9]{1,4}", text):
                    settings[attribute] = int(text)
                else:
                    problems.append(f"kg:{property} takes a whole number, not {quoted(text)}")
    hint = "kg help reference Dates"
    return Reckoning(hemisphere, **settings), [_problem(problem, hint) for problem in problems]


def read_today(terms: Terms) -> tuple[Day | None, list[Diagnostic]]:
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
    return None, [_problem(message, hint)]


_STEPS = {
    "about_day": "aboutDay",
    "about_month": "aboutMonth",
    "about_year": "aboutYear",
    "about_decade": "aboutDecade",
}
"""By which property of the data set a step is said."""
