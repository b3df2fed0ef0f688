"""What the page's scripts are told: things, ties, cards and articles as one piece of JSON
(docs/page.md tells it all).

Things, ties, cards and articles are tables (``kg.page.columns``) that name each other by their row,
so that no id is written twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from kg.dates.calendar import Days, Range
from kg.model import Mode, Polarity
from kg.page.columns import Record, columns
from kg.statement import Place, Statement
from kg.status.inference import RULES
from kg.view.changes import KINDS
from kg.view.picture import Change, CitedArticle, History, Lives, Matrix, Picture, Run
from kg.viz.story import Step
from kg.viz.style import Style
from kg.wording import Name, Words


def data(
    picture: Picture, style: Style, nodes: Sequence[Record], edges: Sequence[Record], options: str
) -> dict[str, Any]:
    """Everything, with nodes, edges and options as the renderer hands them over."""
    return _Data(picture, style).told(nodes, edges, options)


class _Data:
    """One picture's data. Cards stand in the order of the ties that need them, so that their
    numbers cost little.
    """

    def __init__(self, picture: Picture, style: Style) -> None:
        self.picture, self.style = picture, style
        order = dict.fromkeys((*(tie.assertion for tie in picture.ties), *picture.statements))
        self.statements = [picture.statements[id] for id in order]
        self.card_rows = {id: row for row, id in enumerate(order)}
        self.thing_rows = {node.id: row for row, node in enumerate(picture.nodes)}
        self.source_rows = {article.id: row for row, article in enumerate(picture.articles)}
        self.originators = {each.id: each.originator.label for each in picture.articles}
        self.others: dict[tuple[str, str, str], int] = {}
        self.prefixed = cache(self._prefixed)

    def told(
        self, nodes: Sequence[Record], edges: Sequence[Record], options: str
    ) -> dict[str, Any]:
        """The whole, as JSON takes it."""
        picture = self.picture
        made = {
            "view": picture.name,
            "dataset": picture.base,
            "namespaces": dict(picture.namespaces),
            "lens": picture.lens,
            "changes": {
                "since": picture.since,
                "marks": [[kind.name, kind.sign, kind.word] for kind in KINDS],
            }
            if picture.since
            else None,
            "centre": picture.centre,
            "placed": len(nodes),
            "things": columns(self._things(nodes)),
            "ties": columns(self._ties(edges)),
            "cards": columns([self._card(each) for each in self.statements]),
            "sources": columns([self._source(each) for each in picture.articles]),
            "moments": [str(day) for day in picture.history.moments],
            "days": picture.history.days,
            "matrices": [self._matrix(matrix) for matrix in picture.matrices],
            "lives": columns([self._lives(lives) for lives in picture.lives]),
            "story": picture.story
            and {
                "title": picture.story.title,
                "steps": [self._step(step) for step in picture.story.steps],
            },
            "meanings": dict(picture.meanings),
            "lines": {
                status: {"dash": line.dash, "width": line.width, "end": line.end}
                for status in sorted(self._statuses())
                for line in [self.style.line(status)]
            },
            "options": json.loads(options),
        }
        # Last, for what the rest names is only now known.
        others = [
            _present(id=id, label=label, lang=language) for id, label, language in self.others
        ]
        return made | {"others": columns(others)}

    def _statuses(self) -> set[str]:
        """Every status that something here has or once had."""
        now = {statement.status.value for statement in self.statements}
        all_runs = self.picture.history.runs
        runs = chain.from_iterable(all_runs.get(each.id, ()) for each in self.statements)
        return now | {run.status for run in runs if run.status}

    def _things(self, drawn: Sequence[Record]) -> list[Record]:
        return [
            _present(
                id=node.id,
                label=node.label,
                lines=_breaks(place["label"], node.label),
                type=node.type,
                group=place["group"],
                shape=place["shape"],
                also=node.aliases,
                alsoFrom=dict(node.alias_days),
                names=dict(node.names),
                lang=node.language,
                # Beside its nearest class: the ancestors are in the ontology.
                **{"class": self.prefixed(node.cls)},
            )
            | {"x": place["x"], "y": place["y"]}
            for node, place in zip(self.picture.nodes, drawn, strict=True)
        ]

    def _ties(self, drawn: Sequence[Record]) -> list[Record]:
        return [
            {"from": self.thing_rows[tie.source], "to": self.thing_rows[tie.target]}
            | {"card": self.card_rows[tie.assertion]}
            | _present(
                label=tie.label,
                family=line["family"],
                relation=self.prefixed(tie.statement.relation.iri),
                symmetric=tie.statement.relation.symmetric,
                change=tie.change,
                bend=line["bend"],
            )
            for tie, line in zip(self.picture.ties, drawn, strict=True)
        ]

    def _card(self, statement: Statement) -> Record:
        a, history = statement.assertion, self.picture.history
        pattern, named = self._words(statement.words)
        before, named_before = self._words(statement.words_before_withdrawal)
        change = self.picture.changes.get(a.id, Change(""))
        runs = history.runs.get(a.id, ())
        return (
            _present(
                id=a.id,
                words=pattern,
                named=named,
                wordsBefore=before,
                namedBefore=named_before,
                status=statement.status,
                reason=statement.reason,
                mode="" if a.mode is Mode.ACTUAL else a.mode,
                polarity="" if a.polarity is Polarity.ASSERTS else a.polarity,
                speakers=self._names(statement.speakers),
                via=self._names(statement.via),
                where=self._names(statement.where),
                when=a.when.text if a.when else "",
                said=a.said.text if a.said else "",
                note=a.note,
                holds=statement.certainty or "",
                citations=self._places(statement.places),
                takenBack=self._places(statement.withdrawal_places),
                opposed=self._rows(statement.against),
                rule=RULES.get(a.rule, a.rule),
                premises=self._rows(sorted(premise.id for premise in a.follows_from)),
                change=change.kind,
                before=change.before,
                history=self._history(statement, runs),
                bounds=_bounds(history.reach.get(a.id)),
                sure=[
                    [moment, _ranges(days.certain)]
                    for moment, days in history.reached.get(a.id, ())
                ],
            )
            | self._sources(statement)
            | _since(statement, history)
        )

    def _sources(self, statement: Statement) -> dict[str, Any]:
        """How many sources there are and who wrote them, where the articles do not tell that."""
        writers = sorted({self.originators[place.article] for place in statement.places})
        if (statement.sources, list(statement.originators)) == (len(writers), writers):
            return {}
        return _present(sources=statement.sources, originators=statement.originators)

    def _history(self, statement: Statement, runs: Sequence[Run]) -> list[Any]:
        """Where it stood when, unless it always stood as it does now."""
        if not runs or _always(statement, runs):
            return []
        made = [[run.moment, run.status, run.reason, self._rows(run.against)] for run in runs]
        return [run if run[3] else run[:3] for run in made]

    def _words(self, words: Words) -> tuple[list[Any], list[Any]]:
        """A sentence as its pattern, where null stands for a name, and its names."""
        return [p if isinstance(p, str) else None for p in words], self._names(
            p for p in words if isinstance(p, Name)
        )

    def _names(self, names: Iterable[Name]) -> list[Any]:
        """Names: the row of a thing (those that are not drawn follow the drawn ones), or a text as
        it is.
        """
        return [
            self._thing(name.id, name.label, name.language) if name.id else name.label
            for name in names
        ]

    def _thing(self, id: str, label: str, language: str = "") -> int:
        """The row of a thing: among those that are drawn, or after them among the others."""
        if id in self.thing_rows:
            return self.thing_rows[id]
        return len(self.thing_rows) + self.others.setdefault(
            (id, label, language), len(self.others)
        )

    def _rows(self, ids: Iterable[str]) -> list[int]:
        return [self.card_rows[id] for id in ids if id in self.card_rows]

    def _places(self, places: Iterable[Place]) -> list[list[int]]:
        """Article and paragraph, and how often it is cited, if more than once."""
        found = [
            [self.source_rows[place.article], place.paragraph, place.times] for place in places
        ]
        return [place if place[2] > 1 else place[:2] for place in found]

    def _prefixed(self, iri: str) -> str:
        """An IRI by the longest namespace that leaves a plain name, or as it is."""
        fitting = [
            (len(space), f"{prefix}:{iri[len(space) :]}")
            for prefix, space in self.picture.namespaces
            if iri.startswith(space) and re.fullmatch(r"[A-Za-z_][\w-]*", iri[len(space) :])
        ]
        return max(fitting, default=(0, iri))[1]

    def _source(self, cited: CitedArticle) -> Record:
        publisher, originator = cited.publisher, cited.originator
        return {
            "publisher": self._thing(publisher.id, publisher.label),
            "originator": self._thing(originator.id, originator.label),
        } | _present(
            id=cited.id,
            title=cited.article.title.text,
            published=cited.article.published.text,
            countedAs=cited.counted_as,
            known=str(cited.known_from or ""),
            url=cited.link,
        )

    def _matrix(self, matrix: Matrix) -> Record:
        rows = []
        for row in matrix.rows:
            cells: dict[str, list[Record]] = {}
            for cell in row.cells:
                if cell.assertion in self.card_rows:
                    card = self.card_rows[cell.assertion]
                    cells.setdefault(cell.actor, []).append({"card": card, "word": cell.stance})
            rows.append(
                {"question": row.question, "answer": row.answer, "kind": row.kind, "cells": cells}
            )
        return {
            "dispute": matrix.dispute.id,
            "title": matrix.dispute.label,
            "actors": [actor.id for actor in matrix.actors],
            "names": {
                actor.id: actor.label for actor in matrix.actors if actor.id not in self.thing_rows
            },
            "rows": rows,
            "sides": [
                {"name": party.label, "actors": list(actors)} for party, actors in matrix.sides
            ],
        }

    def _lives(self, lives: Lives) -> Record:
        """A life; a step ends where it has no more to tell."""
        steps: list[list[Any]] = []
        for step in lives.steps:
            if step.assertion in self.card_rows:
                told = [self.card_rows[step.assertion], step.stage, step.ahead, step.outcome]
                steps.append([*told, *self._rows([step.realised_by])])
                while not steps[-1][-1] and isinstance(steps[-1][-1], str):
                    steps[-1].pop()
        return {
            "thing": self.thing_rows[lives.thing],
            "steps": steps,
            "summaries": [list(s) for s in lives.summaries],
        }

    def _step(self, step: Step) -> Record:
        pattern = [part if isinstance(part, str) else None for part in step.words]
        named = [self._linked(part) for part in step.words if isinstance(part, Name)]
        return {
            "title": step.title,
            "words": pattern,
            "named": named,
            "things": list(step.things),
            "ties": list(step.assertions),
            "on": str(step.true_on or ""),
            "by": str(step.known_by or ""),
        }

    def _linked(self, name: Name) -> int | str | list[int | str]:
        """A name in a story: the row of a thing that is drawn, with the story's words where these
        are others.
        """
        row = self.thing_rows.get(name.id)
        if row is None:
            return name.label
        return row if name.label == self.picture.nodes[row].label else [row, name.label]


def _always(statement: Statement, runs: Sequence[Run]) -> bool:
    """Whether it stood from its first day on as it does now."""
    first = runs[0]
    now = (statement.status, statement.reason)
    return len(runs) == 1 and (first.status, first.reason) == now


def _since(statement: Statement, history: History) -> dict[str, Any]:
    """The moment from which on it was known; nothing where its history tells more. What no day
    makes known (its articles have no day) has the moment after the last one.
    """
    runs = history.runs.get(statement.id, ())
    if not runs:
        return {"since": len(history.moments)} if history.moments else {}
    return {"since": runs[0].moment} if _always(statement, runs) else {}


def _bounds(days: Days | None) -> list[Any]:
    """The days on which it possibly holds and, where these are others, on which certainly."""
    if days is None:
        return []
    possible, certain = _ranges(days.possible), _ranges(days.certain)
    return [possible] if certain == possible else [possible, certain]


def _ranges(ranges: Iterable[Range]) -> list[list[str | None]]:
    return [[str(first) if first else None, str(last) if last else None] for first, last in ranges]


def _breaks(drawn: str, label: str) -> int | str:
    """How a name is drawn: 0 as it is, else how many of its words stand on the first of two lines,
    else the lines.
    """
    if drawn == label:
        return 0
    first, *others = drawn.split("\n")
    return (
        len(first.split(" ")) if " ".join((first, *others)) == label and len(others) == 1 else drawn
    )


def _present(**fields: Any) -> dict[str, Any]:
    """Fields without those that say nothing."""
    return {name: value for name, value in fields.items() if value}


def for_script(value: object) -> str:
    """A value as JSON that no HTML parser can take for anything else."""
    found = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        found = found.replace(character, f"\\u{ord(character):04x}")
    return found
