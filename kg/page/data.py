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
from typing import Any

from kg.dates.calendar import Days, Range
from kg.page.columns import Record, columns
from kg.status.inference import RULES
from kg.view.changes import KINDS
from kg.view.picture import Card, History, Lives, Matrix, Picture, Place, Run, Source
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
        cards = {card.id: card for card in picture.cards}
        order = dict.fromkeys((*(tie.assertion for tie in picture.ties), *cards))
        self.cards = [cards[id] for id in order]
        self.card_rows = {id: row for row, id in enumerate(order)}
        self.thing_rows = {node.id: row for row, node in enumerate(picture.nodes)}
        self.source_rows = {source.id: row for row, source in enumerate(picture.sources)}
        self.originators = {source.id: source.originator for source in picture.sources}
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
            "cards": columns([self._card(card) for card in self.cards]),
            "sources": columns([self._source(source) for source in picture.sources]),
            "moments": [str(day) for day in picture.history.moments],
            "days": picture.history.days,
            "matrices": [self._matrix(matrix) for matrix in picture.matrices],
            "lives": columns([self._lives(lives) for lives in picture.lives]),
            "story": picture.story
            and {
                "title": picture.story.title,
                "steps": [self._step(step) for step in picture.story.steps],
            },
            "meanings": dict(picture.statuses),
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
        runs = (run for card in self.cards for run in self.picture.history.runs.get(card.id, ()))
        return {card.status for card in self.cards} | {run.status for run in runs if run.status}

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
                relation=self.prefixed(tie.relation),
                symmetric=tie.symmetric,
                change=tie.change,
                bend=line["bend"],
            )
            for tie, line in zip(self.picture.ties, drawn, strict=True)
        ]

    def _card(self, card: Card) -> Record:
        pattern, named = self._words(card.words)
        before, named_before = self._words(card.words_before)
        history = self.picture.history
        written = sorted({self.originators[place.article] for place in card.citations})
        counted = {"sources": card.sources, "originators": card.originators}
        return _present(
            id=card.id,
            words=pattern,
            named=named,
            wordsBefore=before,
            namedBefore=named_before,
            status=card.status,
            reason=card.reason,
            mode=card.mode if card.mode != "actual" else "",
            polarity=card.polarity if card.polarity != "asserts" else "",
            speakers=self._names(card.speakers),
            via=self._names(card.via),
            where=self._names(card.where),
            when=card.when,
            said=card.said,
            note=card.note,
            holds=card.holds,
            citations=self._places(card.citations),
            takenBack=self._places(card.taken_back),
            opposed=self._rows(card.opposed),
            rule=RULES.get(card.rule, card.rule),
            premises=self._rows(card.follows_from),
            change=card.change,
            before=card.before,
            # Articles by others tell who wrote; only where that is not all, it is said here.
            **(
                counted if (card.sources, list(card.originators)) != (len(written), written) else {}
            ),
            history=self._history(card, history.runs.get(card.id, ())),
            bounds=_bounds(history.reach.get(card.id)),
            sure=[
                [moment, _ranges(days.certain)] for moment, days in history.reached.get(card.id, ())
            ],
        ) | _since(card, history)

    def _history(self, card: Card, runs: Sequence[Run]) -> list[Any]:
        """Where it stood when, unless it always stood as it does now."""
        if not runs or _always(card, runs):
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

    def _source(self, source: Source) -> Record:
        return {
            "publisher": self._named(source.publisher_id, source.publisher),
            "originator": self._named(source.originator_id, source.originator),
        } | _present(
            id=source.id,
            title=source.title,
            published=source.published,
            countedAs=source.counted_as,
            known=source.known,
            url=source.url if source.url.startswith(("https://", "http://")) else "",
        )

    def _named(self, id: str, label: str) -> int | str:
        return self._thing(id, label) if id else label

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


def _always(card: Card, runs: Sequence[Run]) -> bool:
    """Whether it stood from its first day on as it does now."""
    first = runs[0]
    return len(runs) == 1 and (first.status, first.reason) == (card.status, card.reason)


def _since(card: Card, history: History) -> dict[str, Any]:
    """The moment from which on it was known; nothing where its history tells more. What no day
    makes known (its articles have no day) has the moment after the last one.
    """
    runs = history.runs.get(card.id, ())
    if not runs:
        return {"since": len(history.moments)} if history.moments else {}
    return {"since": runs[0].moment} if _always(card, runs) else {}


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
