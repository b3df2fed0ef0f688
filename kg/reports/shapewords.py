"""An analysis as text for people, as Markdown and as JSON. What was counted is always said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.network.balance import Ground, Pair, Triad
from kg.network.shape import SEED, Analysis, Broker, Sides
from kg.network.ties import ALSO, Tie, left_out, left_out_in_words
from kg.reading import Reading
from kg.statement import cite_paragraphs, paragraphs
from kg.status.status import Status
from kg.text import counted, escape_markdown, fill, join_and

MOST_ROWS = 15
"""So many entries of a list are told, unless all are asked for; JSON has them all."""

SIDE = {1: "for", -1: "against", 0: "undecided"}


class Section(NamedTuple):
    """A heading, what it means, and its entries: each a line with lines below it."""

    heading: str
    meaning: str
    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    header: str = ""


def as_text(found: Analysis, reading: Reading, everything: bool = False) -> str:
    """The answer for people: a section for each question."""
    blocks = []
    for section in _sections(found, reading):
        shown = section.entries if everything else section.entries[:MOST_ROWS]
        lines = [
            section.heading,
            *([fill(section.meaning, "  ", "  ")] if section.meaning else []),
        ]
        lines += [f"  {section.header}"] if section.header and shown else []
        for entry, below in shown:
            lines.append(entry if section.header else fill(entry, "  ", "    "))
            lines += [fill(line, "      ", "        ") for line in below]
        lines += _rest(len(section.entries) - len(shown)) if shown else ["  none"]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def as_markdown(found: Analysis, reading: Reading, everything: bool = False) -> str:
    """The answer as Markdown: headings and lists."""
    blocks = ["# Analysis"]
    for section in _sections(found, reading):
        shown = section.entries if everything else section.entries[:MOST_ROWS]
        blocks += [
            f"## {escape_markdown(section.heading)}",
            *([escape_markdown(section.meaning)] if section.meaning else []),
        ]
        lines = []
        for entry, below in shown:
            lines.append(f"- {escape_markdown(' '.join(entry.split()))}")
            lines += [f"  - {escape_markdown(line)}" for line in below]
        blocks.append("\n".join(lines) or "None.")
        blocks += [line.strip() for line in _rest(len(section.entries) - len(shown))]
    blocks += [f"Lens: {escape_markdown(str(reading.lens))}."] if reading.lens else []
    return "\n\n".join(blocks) + "\n"


def _rest(number: int) -> list[str]:
    return [f"  and {number:,} more: --all"] if number > 0 else []


def _sections(found: Analysis, reading: Reading) -> Iterator[Section]:
    yield _counted(found)
    if found.sides:
        yield from _brokers(found, reading)
    yield _places(found, reading)
    yield Section(
        "Communities",
        f"Who has more ties among themselves than chance would have (Louvain, seed {SEED}); modularity "
        f"{found.modularity:.2f}, where 0 is chance.",
        tuple((f"{n}. {', '.join(each)}", ()) for n, each in enumerate(found.communities, 1)),
    )
    yield from _balance(found)


def _counted(found: Analysis) -> Section:
    asserted = [tie for tie in found.counted if tie.assertion]
    what = "actor" if found.actors_only else "thing"
    statuses = join_and(
        [s for s in (Status.ACCEPTED, *ALSO) if any(t.status is s for t in asserted)]
    )
    entries = [
        f"{counted(len(found.places), what)} with a tie to another, {counted(found.pairs, 'pair')} of neighbours.",
        f"{counted(len(asserted), 'tie')} by {statuses or Status.ACCEPTED} assertions, "
        f"{counted(len(found.counted) - len(asserted), 'tie')} by the record ('acts for').",
        "Two are neighbours if any tie runs between them, whichever way; "
        + (
            "ties to pacts, disputes and events do not count (--things counts them)."
            if found.actors_only
            else "pacts, disputes and events count like actors."
        ),
        left_out_in_words(found.ties),
    ]
    return Section("What was counted", "", tuple((entry, ()) for entry in entries))


def _brokers(found: Analysis, reading: Reading) -> Iterator[Section]:
    sides = found.sides
    assert sides is not None
    hostile = sum(found.signs.get(tie.relation) == -1 for tie in sides.direct)
    yield Section(
        "Two sides",
        "An actor stands for its side if it acts for it, belongs to it or holds a position in it.",
        (
            (f"with {sides.heads[0]}: {_others(sides.one, sides.heads[0])}", ()),
            (f"with {sides.heads[1]}: {_others(sides.other, sides.heads[1])}", ()),
            (
                f"between them: {counted(len(sides.direct), 'tie')}, of which {hostile} against each other",
                (),
            ),
        ),
    )
    yield Section(
        "Tied to both sides",
        "Actors outside both that deal with both. To be tied to both is not yet to mediate; forums are no brokers.",
        tuple(
            (_broker(each, found, reading), tuple(_broker_ties(each, sides, reading)))
            for each in sides.brokers
        ),
    )


def _broker(broker: Broker, found: Analysis, reading: Reading) -> str:
    stands = f", for {broker.acts_for}" if broker.acts_for != broker.id else ""
    signs = {found.signs.get(tie.relation, 0) for tie in (*broker.to_one, *broker.to_other)}
    against = " (only against both)" if signs == {-1} else ""
    return f"{broker.id}: {reading.shown.things[broker.id].label}{stands}{against}"


def _broker_ties(broker: Broker, sides: Sides, reading: Reading) -> Iterator[str]:
    for head, dealings in zip(sides.heads, (broker.to_one, broker.to_other), strict=True):
        for tie in sorted(dealings, key=lambda tie: tie.rank):
            yield f"with {head}: {_told(tie, reading)}"


def _others(members: Iterable[str], head: str) -> str:
    return ", ".join(id for id in members if id != head) or "nobody else"


def _told(tie: Tie, reading: Reading) -> str:
    where = cite_paragraphs(paragraphs(reading.statements[tie.id].support)) if tie.assertion else ""
    return f"{tie.sentence} [{tie.id}, {tie.status}] {where}".rstrip()


def _places(found: Analysis, reading: Reading) -> Section:
    width = max((len(place.id) for place in found.places), default=0)
    rows = tuple(
        (
            f"  {p.id:<{width}}  {p.betweenness:>11.3f}  {p.neighbours:>10}  {p.ties:>4}  {p.community:>9}",
            (),
        )
        for p in found.places
    )
    return Section(
        "Who stands between others",
        "Betweenness: the share of all shortest paths between two others that lead past it"
        + (f", estimated from {found.sampled} of {len(found.places)}" if found.sampled else "")
        + ". Neighbours: its degree.",
        rows,
        f"{'':<{width}}  {'betweenness':>11}  {'neighbours':>10}  {'ties':>4}  {'community':>9}",
    )


def _balance(found: Analysis) -> Iterator[Section]:
    balance = found.balance
    ambivalent = "; ".join(f"{actor} on {matter}" for actor, matter in balance.ambivalent)
    yield Section(
        "Who sides with whom",
        f"By {counted(balance.signed, 'tie')} with a sign, whatever their dates (--true-on looks at one day): between "
        "two actors, or by a matter that both are for or against, or that one is for and that hits or favours the "
        "other. A body counts as the one it acts for. Most grounds decide."
        + (f" Both for and against, and so not counted there: {ambivalent}." if ambivalent else ""),
        tuple(
            (_pair(pair), tuple(map(_ground, pair.grounds)))
            for pair in sorted(balance.pairs, key=_weight)
        ),
    )
    frustrated = [triad for triad in balance.triads if not triad.is_balanced]
    balanced = [triad for triad in balance.triads if triad.is_balanced]
    yield Section(
        f"Frustrated triads: {len(frustrated)} of {len(balance.triads)}",
        "Three of whom the signs do not fit: one stands between two who are at odds, or all are against each other.",
        tuple(map(_triad, frustrated)),
    )
    yield Section(
        f"Balanced triads: {len(balanced)} of {len(balance.triads)}",
        "Three who are all on one side, or two on one side against the third.",
        tuple(map(_triad, balanced)),
    )


def _weight(pair: Pair) -> tuple[int, int, str, str]:
    """Those against each other first, then by the number of grounds."""
    return pair.sign, -len(pair.grounds), pair.one, pair.other


def _pair(pair: Pair) -> str:
    good, bad = pair.sides
    return f"{pair.one} and {pair.other}: {SIDE[pair.sign]} ({counted(good, 'ground')} for, {bad} against)"


def _ground(ground: Ground) -> str:
    by = "; ".join(
        f"{tie.sentence} [{tie.id}{'' if tie.status is Status.ACCEPTED else f', {tie.status}'}]"
        for tie in ground.ties
    )
    return f"{SIDE[ground.sign]}{f', by {ground.matter}' if ground.matter else ''}: {by}"


def _triad(triad: Triad) -> tuple[str, tuple[str, ...]]:
    return ", ".join(triad.actors), tuple(map(_pair, triad.pairs))


def as_json(found: Analysis, reading: Reading) -> str:
    """The answer for programs, with every list whole."""
    balance = found.balance
    answer: dict[str, object] = {
        "lens": str(reading.lens),
        "counted": {
            "projection": "actors" if found.actors_only else "things",
            "nodes": len(found.places),
            "pairs": found.pairs,
            "ties_by_status": {
                status: number
                for status in (Status.ACCEPTED, *ALSO)
                if (number := sum(bool(t.assertion) and t.status is status for t in found.counted))
            },
            "ties_by_the_record": sum(tie.assertion is None for tie in found.counted),
            "signed_ties": balance.signed,
            "betweenness_estimated_from": found.sampled,
            "left_out": left_out(found.ties),
        },
        "places": [
            {
                "id": p.id,
                "betweenness": round(p.betweenness, 6),
                "neighbours": p.neighbours,
                "ties": p.ties,
                "community": p.community,
            }
            for p in found.places
        ],
        "communities": found.communities,
        "modularity": round(found.modularity, 6),
        "pairs": [_pair_record(pair) for pair in balance.pairs],
        "triads": [
            {
                "actors": triad.actors,
                "signs": [pair.sign for pair in triad.pairs],
                "balanced": triad.is_balanced,
            }
            for triad in balance.triads
        ],
        "ambivalent": [{"actor": actor, "matter": matter} for actor, matter in balance.ambivalent],
    }
    if found.sides:
        answer["sides"] = {
            "one": found.sides.one,
            "other": found.sides.other,
            "direct": [tie.id for tie in found.sides.direct],
            "brokers": [
                {
                    "id": broker.id,
                    "acts_for": broker.acts_for,
                    "to_one": _records(broker.to_one, found, reading),
                    "to_other": _records(broker.to_other, found, reading),
                }
                for broker in found.sides.brokers
            ],
        }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _pair_record(pair: Pair) -> dict[str, object]:
    return {
        "one": pair.one,
        "other": pair.other,
        "sign": pair.sign,
        "grounds": [
            {
                "sign": ground.sign,
                "matter": ground.matter,
                "assertions": [tie.id for tie in ground.ties],
            }
            for ground in pair.grounds
        ],
    }


def _records(
    dealings: Iterable[Tie], found: Analysis, reading: Reading
) -> Sequence[dict[str, object]]:
    return [
        {
            "assertion": tie.id,
            "sentence": tie.sentence,
            "status": tie.status,
            "sign": found.signs.get(tie.relation, 0),
            "citations": paragraphs(reading.statements[tie.id].support) if tie.assertion else {},
        }
        for tie in sorted(dealings, key=lambda tie: tie.rank)
    ]
