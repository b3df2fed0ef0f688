"""The legend of a picture: what is in it, how it is drawn, and how much there is of each; and the
colours as CSS.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kg.view.changes import KINDS, ChangeKind
from kg.view.picture import Picture
from kg.viz.style import Colours, FamilyStyle, Line, Look, Style


class Legend(NamedTuple):
    """Looks, families and lines that a picture uses, with numbers of things or ties; statuses with
    their meaning.

    A line that no tie has now, but one had when less was known, is there with the number 0.
    ``changes`` counts what became of ties, where two versions are compared; what became of nothing
    is the kind without a name.
    """

    things: tuple[tuple[Look, int], ...]
    families: tuple[tuple[FamilyStyle, int], ...]
    lines: tuple[tuple[Line, int, str], ...]
    changes: tuple[tuple[ChangeKind, int], ...] = ()


UNCHANGED = ChangeKind("", "", "unchanged", "unchanged")


def make_legend(picture: Picture, style: Style, groups: Iterable[str]) -> Legend:
    """Return the legend, in the order of the style file; what it does not name comes last.

    ``groups`` are the classes as which things are drawn.
    """
    looks = Counter(style.look((group,)) for group in groups)
    families = Counter(style.family(tie.statement.relation.family) for tie in picture.ties)
    statuses = Counter(tie.status.value for tie in picture.ties)
    earlier = picture.history.statements(tie.assertion for tie in picture.ties)
    statuses.update({each.status.value: 0 for each in earlier})
    became = Counter(tie.change for tie in picture.ties)
    return Legend(
        tuple(sorted(looks.items(), key=lambda item: _rank(item[0].name, style.looks))),
        tuple(sorted(families.items(), key=lambda item: _rank(item[0].name, style.families))),
        tuple(
            (style.line(status), statuses[status], picture.meanings.get(status, ""))
            for status in sorted(statuses, key=lambda name: _rank(name, style.lines))
        ),
        tuple((kind, became[kind.name]) for kind in (*KINDS, UNCHANGED)) if picture.since else (),
    )


def _rank(name: str, order: Iterable[str]) -> tuple[int, str]:
    names = list(order)
    return names.index(name) if name in names else len(names), name


def theme(looks: Iterable[Look], families: Iterable[FamilyStyle]) -> str:
    """The colours of looks and families as CSS custom properties, light and dark."""
    light, dark, rules = [], [], []
    for look in looks:
        for part in Colours._fields:
            light.append(f"--look-{look.name}-{part}:{getattr(look.light, part)}")
            dark.append(f"--look-{look.name}-{part}:{getattr(look.dark, part)}")
        fill, line = (f"var(--look-{look.name}-{part})" for part in ("fill", "line"))
        rules.append(f".look-{look.name}{{fill:{fill};stroke:{line}}}")
    for family in families:
        name = f"--family-{family.name}"
        light.append(f"{name}:{family.light}")
        dark.append(f"{name}:{family.dark}")
        rules.append(f".family-{family.name}{{stroke:var({name});fill:var({name})}}")
    return "\n".join(
        (
            f":root{{{';'.join(light)}}}",
            "@media (prefers-color-scheme:dark){"
            f":root:not([data-theme=light]){{{';'.join(dark)}}}}}",
            f":root[data-theme=dark]{{{';'.join(dark)}}}",
            *rules,
        )
    )
