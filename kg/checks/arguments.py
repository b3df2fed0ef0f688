"""Laws about arguments: nothing corrects itself or follows from itself, and deeds realise plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg import rules
from kg.characters import quoted
from kg.checks.draft import Draft
from kg.diagnostics import Diagnostic, Rule
from kg.model import Assertion, Corpus, Mode, Reference
from kg.status.status import Status
from kg.status.windows import Window, began_window


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


def plans_come_true_by_deeds(draft: Draft) -> Iterator[Diagnostic]:
    """What realises a plan, demand or threat is another assertion, of something actual."""
    for assertion in draft.corpus.assertions.values():
        reference = assertion.outcome.realised_by if assertion.outcome else None
        deed = draft.corpus.assertions.get(reference.id) if reference else None
        if reference and deed and deed.mode is not Mode.ACTUAL:
            yield rules.WRONG_SECTION.at(
                reference.span,
                f"{quoted(reference.id)} is {deed.mode}, not actual: it realises nothing",
                "name the assertion that says it happened",
            )


def reversals_come_later(draft: Draft) -> Iterator[Diagnostic]:
    """No decision is reversed by one that certainly came before it: whoever says so has the two the
    wrong way round.
    """
    corpus, ontology = draft.corpus, draft.ontology
    accepted = [
        a for a in corpus.assertions.values() if draft.standings[a.id].status is Status.ACCEPTED
    ]
    own: dict[str, list[tuple[Window, Assertion]]] = {}
    for a in accepted:
        relation = ontology.relations[a.predicate.id]
        if relation.dates_event and a.when and not relation.is_state:
            own.setdefault(a.end(relation.dates_event), []).append(
                (began_window(a, corpus, is_state=False), a)
            )
    for a in accepted:
        stage = ontology.stages.get(ontology.relations[a.predicate.id].enters_status)
        if stage is None or not stage.is_reversal or a.object_key not in own:
            continue
        reversing = own.get(a.subject.id) or [(began_window(a, corpus, is_state=False), a)]
        until = max(window.last for window, _ in reversing)
        first, taken = min(own[a.object_key], key=lambda pair: pair[0].first)
        if until < first.first and taken.when:
            yield rules.REVERSED_BEFORE_TAKEN.at(
                a.object.span,
                f"{quoted(a.object_key)} is reversed by {quoted(a.subject.id)}, "
                f"which came before it ({quoted(a.object_key)}: {taken.when.text}, at {taken.span})",
                "the later one reverses the earlier one: swap subject and object, or mend a date",
                [taken.when_span or taken.span],
            )


def _circles(
    corpus: Corpus,
    links: Callable[[Assertion], Iterable[Reference]],
    rule: Rule,
    message: str,
    hint: str,
) -> Iterator[Diagnostic]:
    """One diagnostic for each circle of links, at the first assertion of it in reading order."""
    done: set[str] = set()
    for start in corpus.assertions:
        path: dict[str, Iterator[Reference]] = {}
        if start not in done:
            path[start] = iter(links(corpus.assertions[start]))
        while path:
            id, rest = next(reversed(path.items()))
            reference = next(rest, None)
            if reference is None:
                del path[id]
                done.add(id)
            elif reference.id in path:
                names = list(path)
                circle = [*names[names.index(reference.id) :], reference.id]
                listed = circle if len(circle) <= 10 else [*circle[:5], "...", *circle[-4:]]
                yield rule.at(reference.span, f"{message}: {' -> '.join(listed)}", hint)
            elif reference.id in corpus.assertions and reference.id not in done:
                path[reference.id] = iter(links(corpus.assertions[reference.id]))
