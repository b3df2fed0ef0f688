"""How things and lines look: what ``viz/style.yaml`` says, read with its places.

Shapes, colours and lines are data. A class without an entry looks like its nearest ancestor that
has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar
from zlib import crc32

from kg.diagnostics import Diagnostic, KgError, Span, did_you_mean, rules
from kg.sources.yamlfile import Mapping, Scalar, Sequence, YamlNode, read_yaml
from kg.text.characters import quoted
from kg.text.wording import plural_noun

T = TypeVar("T")

SHAPES = ("box", "circle", "square", "diamond", "triangle", "triangle-down", "hexagon", "star")
ENDS = ("arrow", "bar", "circle", "vee")
MARKS = ("none", "dot", "ring", "square", "triangle", "cross")


class Colours(NamedTuple):
    """A shape's colours, each ``#RRGGBB``: its inside, its outline, and text on it."""

    fill: str
    line: str
    text: str


class Look(NamedTuple):
    """How things of a class look; ``name`` is that of the class, ``plural`` what a legend calls
    them.
    """

    name: str
    plural: str
    shape: str
    light: Colours
    dark: Colours


class FamilyStyle(NamedTuple):
    """The colour of a kind of relation, and the mark on its lines that says the same without
    colour.
    """

    name: str
    label: str
    light: str
    dark: str
    mark: str = MARKS[0]


class Line(NamedTuple):
    """How ties of a status are drawn: strokes and gaps in pixels (none: solid), width in pixels,
    and the end.
    """

    status: str
    dash: tuple[int, ...] = ()
    width: float = 1.4
    end: str = "arrow"


LINES = {
    line.status: line
    for line in (
        Line("accepted"),
        Line("attributed", (9, 6)),
        Line("contested", (2, 5), 3),
        Line("denial", (9, 6), end="bar"),
        Line("prospective", (14, 4, 2, 4), end="vee"),
        Line("opinion", (1, 4), 1.6, "vee"),
        Line("withdrawn", (3, 9), end="circle"),
        Line("superseded", (18, 8), 1, "circle"),
    )
}
"""The lines of statuses, unless a style says otherwise. That of what is accepted alone is unbroken:
no style makes a claim look like a fact.
"""

PLAIN = Look(
    "Thing",
    "Other things",
    "circle",
    Colours("#6B7280", "#374151", "#FFFFFF"),
    Colours("#9CA3AF", "#E5E7EB", "#15181D"),
)
OTHER = FamilyStyle("Tie", "other", "#60646E", "#A3A8B4")


_FILLS = (
    ("#7A3E9D", "#C79BE3"),
    ("#0F766E", "#5FD0C5"),
    ("#A8326E", "#F08FBF"),
    ("#6B6A00", "#C9C74A"),
    ("#7C4A21", "#D9A679"),
    ("#4B4FC4", "#A5A8F5"),
    ("#A11D33", "#F2909C"),
    ("#2F6B2F", "#8FCF8F"),
)
"""Fills of classes that no look is named for, in light and dark: none of a named look."""


def own_look(name: str) -> Look:
    """Return the look of a class that the style does not name: the same each time, and most likely
    another than that of another class.
    """
    if name == PLAIN.name:
        return PLAIN
    number = crc32(name.encode())
    light, dark = _FILLS[number % len(_FILLS)]
    words = re.sub("(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("-", " ")
    return Look(
        name,
        plural_noun(f"{words[:1]}{words[1:].lower()}"),
        SHAPES[number // len(_FILLS) % len(SHAPES)],
        Colours(light, "#1F2937", "#FFFFFF"),
        Colours(dark, "#F3F4F6", "#15181D"),
    )


@dataclass(frozen=True, slots=True)
class Style:
    """Looks by class, families by name, lines by status; of what is not named, things and families
    look plain, and lines as in ``LINES``.
    """

    looks: dict[str, Look] = field(default_factory=dict)
    families: dict[str, FamilyStyle] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)

    def look(self, classes: tuple[str, ...]) -> Look:
        """The look of a thing with these classes, nearest first; a class without a named look has
        one of its own.
        """
        class_look = next((self.looks[each] for each in classes if each in self.looks), None)
        return class_look or own_look(classes[0] if classes else PLAIN.name)

    def family(self, name: str) -> FamilyStyle:
        """The colour and mark of a family of relations."""
        return self.families.get(name, OTHER)

    def line(self, status: str) -> Line:
        """The line of a status."""
        return self.lines.get(status) or LINES[status]


def style(name: str, data: bytes) -> Style:
    """A style file's content.

    Raises KgError (exit code 1) with the place of its first mistake.
    """
    result, problems = read_style(name, data)
    for first in problems:
        raise KgError(str(first), 1, first.hint)
    return result


def read_style(name: str, data: bytes) -> tuple[Style, tuple[Diagnostic, ...]]:
    """A style file's content, as far as it can be read, and what is wrong with it."""
    root, problems = read_yaml(name, data)
    reader = _Reader(list(problems))
    parts = reader.fields(root, {"classes", "families", "statuses"})
    looks = reader.table(parts.get("classes"), reader.look)
    families = reader.table(parts.get("families"), reader.family)
    lines = reader.table(parts.get("statuses"), reader.line)
    return Style(looks, families, lines), tuple(reader.problems)


class _Reader:
    """Takes the tree apart and notes what is wrong with it."""

    def __init__(self, problems: list[Diagnostic]) -> None:
        self.problems = problems

    def wrong(self, span: Span, message: str, hint: str = "") -> None:
        self.problems.append(rules.BAD_STYLE.at(span, message, hint))

    def entries(self, node: YamlNode | None) -> Iterator[tuple[Scalar, YamlNode]]:
        """The entries of a mapping whose keys are names; what else stands there is wrong."""
        match node:
            case None:
                pass
            case Mapping(entries=entries):
                for key, value in entries:
                    if re.fullmatch("[A-Za-z][A-Za-z0-9-]*", key.text):
                        yield key, value
                    else:
                        self.wrong(
                            key.span,
                            f"{quoted(key.text)} is not a name: letters, digits and hyphens only",
                        )
            case _:
                self.wrong(
                    node.span, "names with their looks are expected here", "write  Name: {...}"
                )

    def table(
        self, node: YamlNode | None, read_entry: Callable[[Scalar, YamlNode], T]
    ) -> dict[str, T]:
        """What the entries of a mapping are read as, by name."""
        return {name.text: read_entry(name, value) for name, value in self.entries(node)}

    def fields(
        self, node: YamlNode | None, keys: set[str], mandatory: tuple[str, ...] = ()
    ) -> dict[str, YamlNode]:
        """A mapping's values by key, only known keys."""
        values: dict[str, YamlNode] = {}
        for key, value in self.entries(node):
            if key.text in keys:
                values[key.text] = value
            else:
                self.wrong(
                    key.span, f"unknown key {quoted(key.text)}", did_you_mean(key.text, keys)
                )
        if isinstance(node, Mapping):
            for name in mandatory:
                if name not in values:
                    self.wrong(node.span, f"{name} is missing here")
        return values

    def text(self, node: YamlNode | None) -> str:
        if node is not None and not isinstance(node, Scalar):
            self.wrong(node.span, "a text is expected here")
        return node.text if isinstance(node, Scalar) else ""

    def one_of(self, node: YamlNode | None, words: tuple[str, ...]) -> str:
        """One of these words; the first where none is given."""
        if node is None:
            return words[0]
        word = self.text(node)
        if word not in words:
            self.wrong(
                node.span,
                f"{quoted(word)} is none of {', '.join(words)}",
                did_you_mean(word, words),
            )
        return word if word in words else words[0]

    def colour(self, node: YamlNode | None) -> str:
        word = self.text(node)
        if node is not None and not re.fullmatch("#[0-9A-Fa-f]{6}", word):
            self.wrong(
                node.span, f"{quoted(word)} is not a colour", 'write it as "#RRGGBB", in quotes'
            )
            return "#808080"
        return word.upper() or "#808080"

    def colours(self, node: YamlNode | None) -> Colours:
        parts = self.fields(node, {"fill", "line", "text"}, ("fill", "line", "text"))
        return Colours(*(self.colour(parts.get(each)) for each in ("fill", "line", "text")))

    def number(self, node: YamlNode | None, otherwise: float) -> float:
        """A number of pixels from 0 to 50."""
        if node is None:
            return otherwise
        word = self.text(node)
        if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,2})?", word) or float(word) > 50:
            self.wrong(node.span, f"{quoted(word)} is not a number from 0 to 50")
            return otherwise
        return float(word)

    def look(self, name: Scalar, node: YamlNode) -> Look:
        parts = self.fields(node, {"plural", "shape", "light", "dark"}, ("light", "dark"))
        return Look(
            name.text,
            self.text(parts.get("plural")) or name.text,
            self.one_of(parts.get("shape"), SHAPES),
            self.colours(parts.get("light")),
            self.colours(parts.get("dark")),
        )

    def family(self, name: Scalar, node: YamlNode) -> FamilyStyle:
        parts = self.fields(node, {"label", "mark", "light", "dark"}, ("light", "dark"))
        return FamilyStyle(
            name.text,
            self.text(parts.get("label")) or name.text,
            self.colour(parts.get("light")),
            self.colour(parts.get("dark")),
            self.one_of(parts.get("mark"), MARKS),
        )

    def line(self, name: Scalar, node: YamlNode) -> Line:
        usual = LINES.get(name.text)
        if usual is None:
            hint = did_you_mean(name.text, LINES) or f"statuses: {', '.join(LINES)}"
            self.wrong(name.span, f"{quoted(name.text)} is no status", hint)
            usual = LINES["attributed"]
        parts = self.fields(node, {"dash", "width", "end"})
        end = parts.get("end")
        return Line(
            name.text,
            self.dash(parts["dash"], usual) if "dash" in parts else usual.dash,
            self.number(parts.get("width"), usual.width),
            self.one_of(end, ENDS) if end else usual.end,
        )

    def dash(self, node: YamlNode, usual: Line) -> tuple[int, ...]:
        """The strokes and gaps of a line, which has gaps unless it is that of what is accepted."""
        items = node.items if isinstance(node, Sequence) else ()
        dash = tuple(round(self.number(each, 1)) for each in items)
        if not isinstance(node, Sequence):
            message = "a list of strokes and gaps is expected here"
        elif usual.dash and not any(dash[1::2]):
            message = "without gaps it would look like what is accepted"
        else:
            return dash
        self.wrong(node.span, message, f"write  dash: {list(usual.dash or (9, 6))}")
        return usual.dash
