"""Laws about arguments: nothing corrects itself, and nothing follows from itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg import rules
from kg.checks.draft import Draft
from kg.diagnostics import Diagnostic, Rule
from kg.model import Assertion, Corpus, Reference


def corrections_run_one_way(draft: Draft) -> Iterator[Diagnostic]:
    """No chain of corrections leads back to its beginning: none of its assertions would stand."""
    yield from _circles(
        draft.corpus,
        lambda a: (a.supersedes,) if a.supersedes else (),
        rules.SUPERSEDES_ITSELF,
        "assertions supersede each other in a circle",
        "the later one supersedes the earlier one",
    )


def inferences_run_one_way(draft: Draft) -> Iterator[Diagnostic]:
    """No inference rests on itself: it could prove anything."""
    yield from _circles(
        draft.corpus,
        lambda a: a.follows_from,
        rules.FOLLOWS_FROM_ITSELF,
        "inferences follow from each other in a circle",
        "start from what articles report",
    )


def _circles(
    corpus: Corpus, links: Callable[[Assertion], Iterable[Reference]], rule: Rule, message: str, hint: str
) -> Iterator[Diagnostic]:
    """One diagnostic for each circle of links, at the first assertion of it in reading order."""
    done: set[str] = set()
    for start in corpus.assertions:
        path: list[str] = []
        stack: list[tuple[str, Iterator[Reference]]] = []
        if start not in done:
            stack.append((start, iter(links(corpus.assertions[start]))))
            path.append(start)
        while stack:
            id, rest = stack[-1]
            reference = next(rest, None)
            if reference is None:
                stack.pop()
                path.pop()
                done.add(id)
            elif reference.id in path:
                circle = [*path[path.index(reference.id) :], reference.id]
                yield rule.at(reference.span, f"{message}: {' -> '.join(circle)}", hint)
            elif reference.id in corpus.assertions and reference.id not in done:
                stack.append((reference.id, iter(links(corpus.assertions[reference.id]))))
                path.append(reference.id)
