"""What the page's scripts are told: things, ties, cards and articles as one piece of JSON."""

from __future__ import annotations

import json
from typing import Any

from kg.page.style import Style
from kg.picture import Card, Picture, Words


def data(picture: Picture, style: Style, nodes: list[Any], edges: list[Any], options: str) -> dict[str, Any]:
    """Nodes, edges and options as the renderer hands them over, and what the panel says of them."""
    known = {node.id: node.label for node in picture.nodes}
    return {
        "centre": picture.centre,
        "names": known,
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "lines": {
            status: {"dash": line.dash, "width": line.width, "end": line.end}
            for status in sorted({tie.status for tie in picture.ties})
            for line in [style.line(status)]
        },
        "meanings": dict(picture.statuses),
        "cards": {card.id: _card(card, known) for card in picture.cards},
        "sources": {
            source.id: _without_nothing(
                title=source.title,
                publisher=source.publisher,
                originator=source.originator,
                published=source.published,
                url=source.url if source.url.startswith(("https://", "http://")) else "",
            )
            for source in picture.sources
        },
    }


def _card(card: Card, known: dict[str, str]) -> dict[str, Any]:
    return _without_nothing(
        words=_words(card.words, known),
        status=card.status,
        reason=card.reason,
        via=_words(card.via, known),
        where=_words(card.where, known),
        when=card.when,
        said=card.said,
        note=card.note,
        articles=card.articles,
        sources=card.sources,
        originators=card.originators,
        citations=[[place.article, place.paragraph] for place in card.citations],
        opposed=card.opposed,
        rule=card.rule,
        premises=card.follows_from,
    )


def _words(words: Words, known: dict[str, str]) -> list[Any]:
    """A sentence as the scripts take it: text, or a list of a drawn thing's id or of nothing and another name."""
    return [part if isinstance(part, str) else [part.id] if part.id in known else ["", part.label] for part in words]


def _without_nothing(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def for_script(value: object) -> str:
    """A value as JSON that no HTML parser can take for anything else."""
    found = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        found = found.replace(character, f"\\u{ord(character):04x}")
    return found
