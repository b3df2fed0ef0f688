"""What is wrong with the saved queries and views of a workspace.

Each is asked of an empty graph, within the limits of every question: the engine plans even then, in
time that grows with the fourth power of the joins (150: 20 s), and what a query makes of nothing
(VALUES, long texts) it makes there, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from kg.diagnostics import Diagnostic, KgError, Rule, Span, rules
from kg.files.workspace import VIEWS, Folder
from kg.ontology import Ontology
from kg.query.errors import Trial, try_query
from kg.query.folder import read_query_file
from kg.query.sandbox import PATIENT_LIMITS, each_within_limits
from kg.query.saved import SavedQuery, front_comment, query_start
from kg.query.sparql import QueryProblem, problem_at, tokenize_query
from kg.query.summaries import unknown_classes
from kg.text.characters import forbidden_places, quoted

VIEW_COLUMNS = ("source", "target", "assertion")
LIMITS = PATIENT_LIMITS._replace(hint="make it smaller: who asks it is stopped at the same limit")
_CHANGING = frozenset(("RAND", "NOW", "UUID", "STRUUID"))
"""The functions of SPARQL that give something else each time."""


MOST_KEPT = 1_000
_kept_trials: dict[tuple[str, frozenset[str]], Trial] = {}
"""Trials of this process by the text of the query and the prefixes that there are (what they stand
for changes nothing in an empty graph): who reads again and again, as ``kg serve`` and ``kg lsp``
do, tries only the queries that have changed.
"""


def folder_problems(folders: Mapping[str, Folder], terms: Ontology) -> Iterator[Diagnostic]:
    """Yield the mistakes in saved queries and views: files, front comments, SPARQL, what a view
    lacks, classes that are not known, names used twice, and what takes more than any question may.
    """
    queries: list[SavedQuery] = []
    for contents in folders.values():
        files = contents.files((".rq",))
        yield from files.diagnostics
        first_files: dict[str, str] = {}
        for file in files.contents:
            try:
                saved = read_query_file(file)
            except KgError as error:
                yield _unreadable(file.name, error)
                continue
            queries.append(saved)
            first = first_files.setdefault(saved.name, file.name)
            if first != file.name:
                yield rules.BAD_FRONT_COMMENT.at(
                    Span(file.name),
                    f"{first} has the same name",
                    "rename one: the name is what is asked for",
                )
    outcomes = _try_all([saved.text for saved in queries], terms.prefixes)
    for saved, outcome in zip(queries, outcomes, strict=True):
        yield from _text_problems(saved)
        for problem in _class_problems(saved, terms):
            yield _diagnostic(saved, rules.BAD_FRONT_COMMENT, problem)
        yield from _problems_of_trial(saved, outcome)


def _unreadable(name: str, error: KgError) -> Diagnostic:
    rule = rules.TOO_LARGE if error.is_limit else rules.NOT_UTF8
    place, _, message = str(error).rpartition(": ")
    line = place.removeprefix(name).removeprefix(":")
    span = Span(name, int(line), 1) if line else Span(name)
    return rule.at(span, message, error.hint)


def view_problems(view: SavedQuery) -> Iterator[QueryProblem]:
    """Yield what keeps a view from being drawn alone, and as the same picture each time."""
    for token in tokenize_query(view.text):
        if token.word in _CHANGING:
            message = f"{token.word}() gives something else each time: no build could be repeated"
            hint = 'leave it out; a day can be written, as in "2019-11-22"^^xsd:date'
            yield problem_at(view.text, token.start, message, hint)
    for param in view.params:
        if param.required:
            message = f"the view needs the parameter '{param.name}', and nobody sets one"
            line, column = query_start(view.text)
            hint = "give it a default: # param: NAME (KIND) = DEFAULT : help"
            yield QueryProblem(line, column, message, hint)


def _try_all(texts: Sequence[str], prefixes: Mapping[str, str]) -> list[Trial | KgError]:
    """Return what came of each text, which is tried once as long as it ends by itself."""
    names = frozenset(prefixes)
    new = [text for text in dict.fromkeys(texts) if (text, names) not in _kept_trials]
    outcomes = each_within_limits([partial(try_query, text, prefixes) for text in new], LIMITS)
    new_trials: dict[str, Trial | KgError] = dict(zip(new, outcomes, strict=True))
    trials = [new_trials.get(text) or _kept_trials[text, names] for text in texts]
    if len(_kept_trials) > MOST_KEPT:
        _kept_trials.clear()
    _kept_trials.update(
        {(text, names): each for text, each in new_trials.items() if isinstance(each, Trial)}
    )
    return trials


def _text_problems(saved: SavedQuery) -> Iterator[Diagnostic]:
    for line, column, words in forbidden_places(saved.text):
        problem = QueryProblem(line, column, f"the line holds {words}", "delete the character")
        yield _diagnostic(saved, rules.FORBIDDEN_CHARACTER, problem)
    for problem in saved.problems:
        yield _diagnostic(saved, rules.BAD_FRONT_COMMENT, problem)


def _class_problems(saved: SavedQuery, terms: Ontology) -> Iterator[QueryProblem]:
    asked_classes = {"project": saved.projection, "matrix": saved.matrix}
    for field in front_comment(saved.text):
        for name, hint in unknown_classes(asked_classes.get(field.key), terms):
            yield field.problem(f"unknown class {quoted(name)}", hint)


def _problems_of_trial(saved: SavedQuery, outcome: Trial | KgError) -> Iterator[Diagnostic]:
    if isinstance(outcome, KgError):
        problem = QueryProblem(*query_start(saved.text), str(outcome), outcome.hint)
        yield _diagnostic(saved, rules.ASKS_TOO_MUCH, problem)
        return
    if outcome.problem:
        yield _diagnostic(saved, rules.BAD_QUERY, outcome.problem)
        return
    if not saved.file.startswith(f"{VIEWS}/"):
        return
    for column in VIEW_COLUMNS:
        if column not in outcome.columns:
            yield rules.BAD_VIEW.at(
                Span(saved.file),
                f"the view has no column ?{column}",
                "a view is a SELECT with ?source ?target ?assertion, and ?label if you like",
            )
    for view_problem in view_problems(saved):
        yield _diagnostic(saved, rules.UNSTEADY_VIEW, view_problem)


def _diagnostic(saved: SavedQuery, rule: Rule, problem: QueryProblem) -> Diagnostic:
    span = Span(saved.file, problem.line, problem.column, problem.line, problem.column + 1)
    return rule.at(span, problem.message, problem.hint)
