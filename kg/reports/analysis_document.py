"""An analysis as a document. What was counted is always said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from kg.model.places import citation_values, cite_places
from kg.reading import Reading
from kg.reports.document import (
    Document,
    Item,
    List,
    Paragraph,
    Section,
    Table,
    clip_items,
    note_rest,
)
from kg.reports.network.asides import ALSO
from kg.reports.network.balance import Ground, Pair, Triad
from kg.reports.network.shape import SEED, Analysis, Broker, Sides
from kg.reports.network.ties import NetworkTie, left_out, left_out_in_words
from kg.status.status import Status
from kg.text import count_noun, join_and

MOST_ROWS = 15
"""So many entries of a list are shown to people, unless all are asked for; JSON has them all."""

SIDE = {1: "for", -1: "against", 0: "undecided"}


def analysis_document(analysis: Analysis, reading: Reading, with_all: bool = False) -> Document:
    """Return an analysis as a section for each question; long lists are clipped."""
    most = None if with_all else MOST_ROWS
    sections = [
        Section("What was counted", [List(list(map(Item, _counts(analysis))))]),
        *(_broker_sections(analysis.sides, reading, most) if analysis.sides else ()),
        _centralities(analysis, most),
        _list(
            "Communities",
            "Who has more ties among themselves than chance would have (Louvain, seed "
            f"{SEED}); modularity {analysis.modularity:.2f}, where 0 is chance.",
            [
                Item(f"{number}. {', '.join(ids)}")
                for number, ids in enumerate(analysis.communities, 1)
            ],
            most,
        ),
        *_balance_sections(analysis, most),
    ]
    return Document(sections, _record(analysis, reading), "Analysis")


def _list(heading: str, meaning: str, items: Sequence[Item], most: int | None) -> Section:
    blocks = clip_items(items, most, "--all") if items else [Paragraph("none", 2)]
    return Section(heading, [Paragraph(meaning, 2), *blocks])


def _item(words: str, details: Iterable[str]) -> Item:
    return Item(words, details=[List(list(map(Item, details)), indent=6)])


def _counts(analysis: Analysis) -> Iterator[str]:
    by_status = _stated_ties(analysis)
    total = sum(by_status.values())
    what = "actor" if analysis.actors_only else "thing"
    others = "pacts, disputes and events count like actors."
    if analysis.actors_only:
        others = "ties to pacts, disputes and events do not count (--things counts them)."
    number, pairs = len(analysis.centralities), count_noun(analysis.pairs, "pair")
    yield f"{count_noun(number, what)} with a tie to another, {pairs} of neighbours."
    yield (
        f"{count_noun(total, 'tie')} by {join_and(by_status) or Status.ACCEPTED} assertions, "
        f"{count_noun(len(analysis.counted_ties) - total, 'tie')} by the record ('acts for')."
    )
    yield f"Two are neighbours if any tie runs between them, whichever way; {others}"
    yield left_out_in_words(analysis.ties)


def _broker_sections(sides: Sides, reading: Reading, most: int | None) -> Iterator[Section]:
    hostile = sum(tie.sign < 0 for tie in sides.direct)
    direct = count_noun(len(sides.direct), "tie")
    yield _list(
        "Two sides",
        "An actor stands for its side if it acts for it, belongs to it or holds a position in it.",
        [
            Item(f"with {sides.heads[0]}: {_others(sides.one, sides.heads[0])}"),
            Item(f"with {sides.heads[1]}: {_others(sides.other, sides.heads[1])}"),
            Item(f"between them: {direct}, of which {hostile} against each other"),
        ],
        most,
    )
    yield _list(
        "Tied to both sides",
        "Actors outside both that deal with both. To be tied to both is not yet to mediate; forums "
        "are no brokers.",
        [_item(_broker(each, reading), _broker_ties(each, sides)) for each in sides.brokers],
        most,
    )


def _broker(broker: Broker, reading: Reading) -> str:
    stands = f", for {broker.acts_for}" if broker.acts_for != broker.id else ""
    signs = {tie.sign for tie in (*broker.to_one, *broker.to_other)}
    against = " (only against both)" if signs == {-1} else ""
    return f"{broker.id}: {reading.visible_corpus.things[broker.id].label}{stands}{against}"


def _broker_ties(broker: Broker, sides: Sides) -> Iterator[str]:
    for head, ties in zip(sides.heads, (broker.to_one, broker.to_other), strict=True):
        for tie in sorted(ties, key=lambda tie: tie.rank):
            words = f"with {head}: {tie.sentence} [{tie.id}, {tie.status}]"
            yield f"{words} {cite_places(tie.citations)}".rstrip()


def _others(members: Iterable[str], head: str) -> str:
    return ", ".join(id for id in members if id != head) or "nobody else"


def _centralities(analysis: Analysis, most: int | None) -> Section:
    rows = []
    for each in analysis.centralities:
        counts = map(str, (each.neighbours, each.ties, each.community))
        rows.append((each.id, f"{each.betweenness:.3f}", *counts))
    sampled = f", estimated from {analysis.sampled} of {len(rows)}" if analysis.sampled else ""
    meaning = (
        "Betweenness: the share of all shortest paths between two others that lead past it"
        f"{sampled}. Neighbours: its degree."
    )
    header = ("", "betweenness", "neighbours", "ties", "community")
    top = rows[:most]
    table = Table(header, top) if rows else Paragraph("none", 2)
    rest = note_rest(len(rows) - len(top), "--all")
    return Section("Who stands between others", [Paragraph(meaning, 2), table, *rest])


def _balance_sections(analysis: Analysis, most: int | None) -> Iterator[Section]:
    balance = analysis.balance
    ambivalent = "; ".join(f"{actor} on {matter}" for actor, matter in balance.ambivalent)
    both = f" Both for and against, and so not counted there: {ambivalent}." if ambivalent else ""
    yield _list(
        "Who sides with whom",
        f"By {count_noun(balance.signed, 'tie')} with a sign, whatever their dates (--true-on "
        "looks at one day): between two actors, or by a matter that both are for or against, or "
        "that one is for and that hits or favours the other. A body counts as the one it acts for. "
        f"Most grounds decide.{both}",
        [
            _item(_pair(pair), map(_ground, pair.grounds))
            for pair in sorted(balance.pairs, key=_pair_rank)
        ],
        most,
    )
    for name, meaning in _TRIADS.items():
        triads = [
            _item(", ".join(each.actors), map(_pair, each.pairs))
            for each in balance.triads
            if each.is_balanced is (name == "Balanced")
        ]
        heading = f"{name} triads: {len(triads)} of {len(balance.triads)}"
        yield _list(heading, meaning, triads, most)


_TRIADS = {
    "Frustrated": "Three of whom the signs do not fit: one stands between two who are at odds, or "
    "all are against each other.",
    "Balanced": "Three who are all on one side, or two on one side against the third.",
}
"""What it means that triads are so."""


def _pair_rank(pair: Pair) -> tuple[int, int, str, str]:
    """Those against each other first, then by the number of grounds."""
    return pair.sign, -len(pair.grounds), pair.one, pair.other


def _pair(pair: Pair) -> str:
    good, bad = pair.sides
    grounds = f"({count_noun(good, 'ground')} for, {bad} against)"
    return f"{pair.one} and {pair.other}: {SIDE[pair.sign]} {grounds}"


def _ground(ground: Ground) -> str:
    ties = []
    for tie in ground.ties:
        status = "" if tie.status is Status.ACCEPTED else f", {tie.status}"
        ties.append(f"{tie.sentence} [{tie.id}{status}]")
    matter = f", by {ground.matter}" if ground.matter else ""
    return f"{SIDE[ground.sign]}{matter}: {'; '.join(ties)}"


def _record(analysis: Analysis, reading: Reading) -> dict[str, object]:
    """The analysis for programs, with every list whole."""
    balance = analysis.balance
    return {
        "lens": str(reading.lens),
        "counted": _counts_record(analysis),
        "places": [
            {**asdict(each), "betweenness": round(each.betweenness, 6)}
            for each in analysis.centralities
        ],
        "communities": analysis.communities,
        "modularity": round(analysis.modularity, 6),
        "pairs": [_pair_record(pair) for pair in balance.pairs],
        "triads": [_triad_record(triad) for triad in balance.triads],
        "ambivalent": [{"actor": actor, "matter": matter} for actor, matter in balance.ambivalent],
        **({"sides": _sides_record(analysis.sides)} if analysis.sides else {}),
    }


def _stated_ties(analysis: Analysis) -> dict[Status, int]:
    """How many ties assertions make, by status."""
    counts = Counter(tie.status for tie in analysis.counted_ties if tie.id)
    return {each: counts[each] for each in (Status.ACCEPTED, *ALSO) if counts[each]}


def _counts_record(analysis: Analysis) -> dict[str, object]:
    by_status = _stated_ties(analysis)
    return {
        "projection": "actors" if analysis.actors_only else "things",
        "nodes": len(analysis.centralities),
        "pairs": analysis.pairs,
        "ties_by_status": by_status,
        "ties_by_the_record": len(analysis.counted_ties) - sum(by_status.values()),
        "signed_ties": analysis.balance.signed,
        "betweenness_estimated_from": analysis.sampled,
        "left_out": left_out(analysis.ties),
    }


def _pair_record(pair: Pair) -> dict[str, object]:
    grounds = [
        {"sign": each.sign, "matter": each.matter, "assertions": _ids(each.ties)}
        for each in pair.grounds
    ]
    return {"one": pair.one, "other": pair.other, "sign": pair.sign, "grounds": grounds}


def _triad_record(triad: Triad) -> dict[str, object]:
    signs = [pair.sign for pair in triad.pairs]
    return {"actors": triad.actors, "signs": signs, "balanced": triad.is_balanced}


def _sides_record(sides: Sides) -> dict[str, object]:
    brokers = [
        {
            "id": broker.id,
            "acts_for": broker.acts_for,
            "to_one": _tie_records(broker.to_one),
            "to_other": _tie_records(broker.to_other),
        }
        for broker in sides.brokers
    ]
    direct = _ids(sides.direct)
    return {"one": sides.one, "other": sides.other, "direct": direct, "brokers": brokers}


def _ids(ties: Iterable[NetworkTie]) -> list[str]:
    return [tie.id for tie in ties]


def _tie_records(ties: Iterable[NetworkTie]) -> list[dict[str, object]]:
    return [
        {
            "assertion": tie.id,
            "sentence": tie.sentence,
            "status": tie.status,
            "sign": tie.sign,
            "citations": citation_values(tie.citations),
        }
        for tie in sorted(ties, key=lambda tie: tie.rank)
    ]
