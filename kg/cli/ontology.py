"""List the classes and relations that may be used, or find them by words.

Print the topics of the ontology; or the classes, relations and qualifiers of one; or all about one
of them; or, after the word 'find', those that some words fit.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kg.cli.options import options
from kg.cli.sources import opened_workspace
from kg.diagnostics import KgError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.diagnostics import Diagnostic
    from kg.ontology import Ontology


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    help = "a class, relation or qualifier, such as partyTo; or find WORD...,"
    options(parser, {"[NAME...]": f"{help} such as find recalled its ambassador"})
    listed = parser.add_mutually_exclusive_group()
    options(
        listed,
        {
            "--topic TOPIC": "list the terms of one topic, with examples",
            "--all": "list all classes and relations by kind",
        },
    )


def run(arguments: argparse.Namespace) -> int:
    """List topics or terms, find some, or tell about one."""
    from kg.ontology.reader import read_ontology
    from kg.reports.vocabulary import list_terms, list_topics

    words = arguments.name
    if words and (arguments.all or arguments.topic):
        arguments.refuse("NAME goes neither with --topic nor with --all")
    files = opened_workspace(arguments).ontology_files()
    ontology, problems = read_ontology(files.contents)
    _require_readable((*files.diagnostics, *problems))
    if arguments.topic:
        text = _tell_topic(ontology, arguments.topic)
    elif arguments.all:
        text = list_terms(ontology)
    elif not words:
        text = list_topics(ontology)
    elif words[0] == "find":
        text = _tell_found(ontology, " ".join(words[1:]))
    else:
        text = _tell_term(ontology, " ".join(words))
    sys.stdout.write(text)
    return 0


def _require_readable(problems: Iterable[Diagnostic]) -> None:
    """Raise KgError where a file holds what no terminal should be shown, or is no Turtle."""
    from kg.diagnostics import rules
    from kg.ontology import UNREADABLE

    for problem in problems:
        if problem.rule in (*UNREADABLE, *rules.UNREAD, rules.FORBIDDEN_CHARACTER):
            hint = "kg check shows all that is wrong"
            raise KgError(str(problem), problem.rule.exit_code, hint)


def _tell_topic(ontology: Ontology, name: str) -> str:
    from kg.ontology.dictionary import find_topics
    from kg.reports.vocabulary import list_topic

    by_name = {topic.name: topic for topic in find_topics(ontology)}
    if name not in by_name:
        hint = did_you_mean(name, by_name) or f"the topics are {', '.join(by_name)}"
        raise KgError(f"no topic is called '{name}'", hint=hint)
    return list_topic(ontology, by_name[name])


def _tell_found(ontology: Ontology, words: str) -> str:
    from kg.reports.vocabulary import list_found

    text = list_found(ontology, words)
    if not text:
        hint = "try other words, or kg ontology --topic TOPIC; ontology/*.ttl can add a term"
        raise KgError(f"no class or relation fits the words '{words}'", hint=hint)
    return text


def _tell_term(ontology: Ontology, name: str) -> str:
    from kg.ontology.dictionary import Dictionary
    from kg.reports.vocabulary import describe_term

    text = describe_term(ontology, name)
    if not text:
        names = (*ontology.classes, *ontology.relations, *ontology.qualifiers)
        hint = Dictionary(ontology).nearest(name, names)
        raise KgError(f"no class, relation or qualifier is called '{name}'", hint=hint)
    return text
