"""``kg ontology``: list the classes and relations that may be used."""

from __future__ import annotations

import argparse
import sys

from kg.cli.options import Commands, command
from kg.diagnostics import KgError, did_you_mean
from kg.workspace import find_workspace


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "ontology",
        "list the classes and relations that may be used",
        "Print each class of things and each relation with what it ties together; or all about one"
        " of them.",
    )
    parser.add_argument(
        "term", nargs="?", metavar="NAME", help="a class or relation, such as partyTo"
    )


def run(arguments: argparse.Namespace) -> int:
    """List classes and relations, or tell about one."""
    from kg.ontology_reader import read_ontology
    from kg.reports.vocabulary import describe_term, list_terms

    ontology, _ = read_ontology(
        find_workspace(arguments.workspace).files("ontology", (".ttl",)).contents
    )
    if arguments.term is None:
        sys.stdout.write(list_terms(ontology))
        return 0
    text = describe_term(ontology, arguments.term)
    if not text:
        names = (*ontology.classes, *ontology.relations)
        raise KgError(
            f"no class or relation is called '{arguments.term}'",
            hint=did_you_mean(arguments.term, names),
        )
    sys.stdout.write(text)
    return 0
