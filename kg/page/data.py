"""The data of the page's scripts: things, ties, cards and articles as one piece of JSON
(docs/page.md describes all of it).

Things, ties, cards and articles are tables (``kg.page.columns``) that name each other by their row,
so that no id is written twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.page.cards import card_records
from kg.page.columns import PageRecord, columns
from kg.page.labels import lines
from kg.page.positions import dispute_record
from kg.page.rows import Rows, present
from kg.page.steps import step_record
from kg.page.words import STATUS_WORDS, dates_in_words
from kg.status.status import Status
from kg.text import FORMULA
from kg.text.wording import Name
from kg.view.changes import KINDS
from kg.view.life import Lives, StepRun
from kg.view.lines import LEADING, first_ties_on_lines
from kg.view.news import find_news
from kg.view.picture import Bloc, CitedArticle, NodeVersion, Occasion, Picture, Tie
from kg.viz.layout.hubs import group_around_hubs
from kg.viz.style import MARKS, Style

REMOVED = "removed"
"""The kind of change of what is not there any more."""


def page_data(
    picture: Picture, style: Style, nodes: Sequence[PageRecord], options: str
) -> dict[str, Any]:
    """Return all of it. ``nodes`` say where things stand and how they are drawn."""
    rows = Rows(picture)
    story = picture.story
    data = {
        "view": picture.name,
        "lens": picture.lens,
        "changes": _changes(picture),
        "centre": picture.centre,
        "things": columns(_things(picture, nodes)),
        "ties": columns(_ties(picture, style, rows)),
        "facts": columns([_tie(each, picture, style, rows) for each in picture.facts]),
        "cards": columns(card_records(picture, rows)),
        "sources": columns([_source(each, rows) for each in picture.articles]),
        "moments": [str(day) for day in picture.history.moments],
        "days": picture.history.days,
        "news": find_news(picture.ties, picture.history),
        "matrices": [dispute_record(each, rows) for each in picture.disputes],
        "grid": _grid(picture, rows),
        "lives": columns([_life(each, rows) for each in picture.lives]),
        "blocs": [_bloc(each, rows) for each in picture.blocs],
        "story": story
        and {
            "title": story.title,
            "steps": [step_record(each, picture, rows) for each in story.steps],
        },
        "dates": dates_in_words(picture),
        "statusWords": STATUS_WORDS,
        "relations": _relation_labels(picture),
        "meanings": dict(picture.meanings),
        "lines": _lines(picture, style),
        "marks": _marks(picture, style),
        "rdf": _triples(picture, rows),
        "csvGuard": FORMULA.pattern,
        "options": json.loads(options),
    }
    # Last, for what the rest names is only now known.
    others = [present(id=each.id, label=each.label, lang=each.language) for each in rows.others]
    return data | {"others": columns(others)}


def _changes(picture: Picture) -> dict[str, Any] | None:
    """Return what the earlier version is called, and for each kind of change its name, sign and
    word, and whether what it marks is gone.
    """
    if not picture.since:
        return None
    marks = [[kind.name, kind.sign, kind.word, kind.name == REMOVED] for kind in KINDS]
    return {"since": picture.since, "marks": marks}


def _marks(picture: Picture, style: Style) -> dict[str, str]:
    """Return the marks on lines, for every family that has one."""
    families = {style.family(tie.statement.relation.family) for tie in picture.ties}
    return {family.name: family.mark for family in families if family.mark != MARKS[0]}


def _relation_labels(picture: Picture) -> dict[str, str]:
    """Return what the relations of all ties and facts are called, by their short names."""
    relations = {each.statement.relation for each in (*picture.ties, *picture.facts)}
    return {_short_name(each.iri, picture.namespaces): each.label for each in relations}


def _lines(picture: Picture, style: Style) -> dict[str, Any]:
    """Return how lines are drawn, for every status that something here has or once had."""
    earlier = picture.history.statements(picture.statements)
    # By the line of a denial that is drawn, too, which is accepted as not being so.
    statuses = {Status.DENIAL} | {e.status for e in (*picture.statements.values(), *earlier)}
    return {status.value: _line(status, style) for status in statuses}


def _line(status: Status, style: Style) -> dict[str, Any]:
    line = style.line(status.value)._asdict()
    del line["status"]
    return line | {"rank": LEADING.index(status)}


def _things(picture: Picture, nodes: Sequence[PageRecord]) -> list[PageRecord]:
    records: list[PageRecord] = []
    groups = group_around_hubs(picture.ids, picture.pairs, picture.centre)
    rows = {id: row for row, id in enumerate(picture.ids)}
    for node, place in zip(picture.nodes, nodes, strict=True):
        names = dict(node.names)
        in_lines = {tag: _breaks("\n".join(lines(name)), name) for tag, name in names.items()}
        fields = present(
            id=node.id,
            label=node.label,
            lines=_breaks(place["label"], node.label),
            type=place["title"],
            group=place["group"],
            shape=place["shape"],
            also=node.aliases,
            alsoFrom=dict(node.alias_days),
            names=names,
            namesIn=present(**in_lines),
            lang=node.language,
            occasions=[_occasion(each) for each in node.occasions],
            ids=[[id, address] for id, address in node.ids],
            merged=list(node.merged),
            labels=[[str(day or ""), label, "\n".join(lines(label))] for day, label in node.labels],
        )
        hub = {"hub": rows[groups[node.id]]} if node.id in groups else {}
        records.append(fields | hub | {"x": place["x"], "y": place["y"]})
    return records


def _occasion(occasion: Occasion) -> list[Any]:
    """Return when an event took place, from a moment on; a moment alone: on no known day."""
    moment, day, words, is_planned = occasion
    return [moment, str(day), words, int(is_planned)] if day else [moment]


def _ties(picture: Picture, style: Style, rows: Rows) -> list[PageRecord]:
    records: list[PageRecord] = []
    for number, start in enumerate(first_ties_on_lines(picture.ties)):
        tie = picture.ties[number]
        ends = {"from": rows.things[tie.source], "to": rows.things[tie.target]}
        line = {} if start == number else {"line": start}
        records.append(ends | _tie(tie, picture, style, rows) | line)
    return records


def _tie(tie: Tie, picture: Picture, style: Style, rows: Rows) -> dict[str, Any]:
    """Return a tie without its ends, or a fact, whose card tells its subject and object."""
    relation = tie.statement.relation
    return {"card": rows.statements[tie.assertion]} | present(
        label=tie.label,
        family=style.family(relation.family).name,
        relation=_short_name(relation.iri, picture.namespaces),
        symmetric=relation.symmetric,
        change=tie.change,
    )


def _short_name(iri: str, namespaces: Iterable[tuple[str, str]]) -> str:
    """Return an IRI by the longest namespace that leaves a plain name, or as it is."""
    fitting = [
        (len(space), f"{prefix}:{iri[len(space) :]}")
        for prefix, space in namespaces
        if iri.startswith(space) and re.fullmatch(r"[A-Za-z_][\w-]*", iri[len(space) :])
    ]
    return max(fitting, default=(0, iri))[1]


def _source(source: CitedArticle, rows: Rows) -> PageRecord:
    names = {
        "publishers": [rows.thing(each) for each in source.publishers],
        "originators": [rows.thing(each) for each in source.originators],
    }
    return names | present(
        id=source.id,
        title=source.article.title.text,
        published=source.article.published_text,
        known=str(source.known_from or ""),
        url=source.link,
        archived=source.article.archived.url if source.article.archived else "",
        remarks=[[str(day or ""), words] for day, words in source.remarks],
    )


def _bloc(bloc: Bloc, rows: Rows) -> list[Any]:
    """Return the rows of a pole and of what is drawn of it."""
    # What was taken out of a network belongs nowhere.
    members = [rows.things[id] for id in bloc.things if id in rows.things]
    return [rows.thing(Name(bloc.pole, bloc.label)), members]


def _grid(picture: Picture, rows: Rows) -> dict[str, Any] | None:
    """Return a matrix of two classes by the rows of its things."""
    if picture.grid is None or not picture.grid.rows:
        return None
    grid = picture.grid
    return {
        "title": grid.title,
        # What was taken out of a network stands nowhere.
        "rows": [rows.things[id] for id in grid.rows if id in rows.things],
        "columns": [rows.things[id] for id in grid.columns if id in rows.things],
        "left": grid.left,
    }


def _life(life: Lives, rows: Rows) -> PageRecord:
    steps = []
    for step in life.steps:
        for row in rows.among_statements([step.assertion]):
            runs = [_step_run(run, step.date) for run in step.runs]
            steps.append([row, step.date, runs])
    parties = [[moment, _party_lines(lines, rows)] for moment, lines in life.parties]
    record = {"thing": rows.things[life.thing], "steps": steps, "summaries": life.summaries}
    return record | present(parties=parties)


def _party_lines(lines: Iterable[tuple[Name, str]], rows: Rows) -> list[list[Any]]:
    return [[rows.name(name), words] for name, words in lines]


def _step_run(run: StepRun, date: str) -> list[Any]:
    """Return how a step stood from a moment on, with its date where it was another than now."""
    if run.kind is None:
        return [run.moment]
    other = [run.date] if run.date != date else []
    return [run.moment, run.kind.value, run.stage, int(run.is_plain), *other]


def _triples(picture: Picture, rows: Rows) -> dict[str, Any] | None:
    """Return the graph's own triples of what is shown; None where they are too many."""
    triples = picture.triples
    if triples is None:
        return None
    things = {id: rows.thing(name) for id, name in triples.names.items()}
    return {
        "prefixes": dict(triples.prefixes),
        "statements": _node_tables(triples.statements, rows.statements),
        "things": _node_tables(triples.things, things),
        "articles": _node_tables(triples.articles, rows.articles),
    }


def _node_tables(versions: Iterable[NodeVersion], rows: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return nodes as tables, one for each type of them: these have the same columns."""
    tables: dict[tuple[str, ...], list[PageRecord]] = {}
    for record, moment, subject, properties in versions:
        at = {} if moment is None else {"at": moment}
        terms = {
            predicate: values[0] if len(values) == 1 else values
            for predicate, values in properties.items()
        }
        nodes = tables.setdefault(properties.get("a", ()), [])
        nodes.append({"of": rows[record], **at, "s": subject, **terms})
    return [columns(nodes) for nodes in tables.values()]


def _breaks(text: str, label: str) -> int | str:
    """How a name is drawn: 0 as it is, else how many of its words stand on the first of two lines,
    else the lines.
    """
    if text == label:
        return 0
    first, *others = text.split("\n")
    return (
        len(first.split(" ")) if " ".join((first, *others)) == label and len(others) == 1 else text
    )


def linked_data(kind: str, name: str, iri: str = "", **more: Any) -> dict[str, Any]:
    """Return what a page tells programs of itself, in the terms of schema.org."""
    about = {"@context": "https://schema.org", "@type": kind, "name": name}
    return about | present(**{"@id": iri}, **more)


def for_script(value: object) -> str:
    """A value as JSON that no HTML parser can take for anything else."""
    text = _as_json(value)
    # It takes more than its text, of which copies are made now.
    del value
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
