"""In which order the fields of records stand.

Only the fields of a record have an order of their own. Sections, records, the articles of a
citation, qualifiers and the entries of lists stay where the curator put them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kg.sources.assertions import ASSERTION_FIELDS
from kg.sources.citations import CITATION_FIELDS
from kg.sources.records import ALIAS_FIELDS, ARTICLE_FIELDS, CONFLICT_FIELDS
from kg.sources.sections import SECTIONS
from kg.sources.yamlfile import Mapping as Tree
from kg.sources.yamlfile import Scalar, YamlNode


class Shape(NamedTuple):
    """What a mapping is made of: its keys in their order (none where they stay as they are), and
    the shapes of what they lead to, those of all other keys being ``each``. A list has the shape
    of its entries.
    """

    keys: tuple[str, ...] = ()
    inner: Mapping[str, Shape] = MappingProxyType({})
    each: Shape | None = None

    def of(self, key: str) -> Shape:
        """Return the shape of what a key leads to."""
        return self.inner.get(key) or self.each or Shape()


THING_ORDER = ("type", "label", "short", "plural", "acts_for", "aliases", "ids", "note")

_CITE = Shape(each=Shape(CITATION_FIELDS))
_WITH_CITE = {"cite": _CITE}
_WITHDRAWN = Shape(("by", "when", "cite"), _WITH_CITE)
_ASSERTION = Shape(
    ASSERTION_FIELDS,
    {
        **_WITH_CITE,
        "outcome": Shape(("kind", "realised_by", "cite"), _WITH_CITE),
        "withdrawn": _WITHDRAWN,
    },
)
_ARTICLE = Shape(ARTICLE_FIELDS, {"archived": Shape(("url", "when")), "retracted": _WITHDRAWN})
_THING = Shape(THING_ORDER, {"aliases": Shape(ALIAS_FIELDS, _WITH_CITE)})

SOURCE_SHAPE = Shape(
    inner={
        "articles": Shape(each=_ARTICLE),
        **dict.fromkeys(SECTIONS, Shape(each=_THING)),
        "assertions": _ASSERTION,
        "conflicts": Shape(each=Shape(CONFLICT_FIELDS)),
    }
)
"""A source file: its sections, their records, and the fields of these."""


def order_fields(node: Tree, shape: Shape) -> list[tuple[Scalar, YamlNode]]:
    """Return the entries of a mapping in their order; unknown keys come last."""
    if not shape.keys:
        return list(node.entries)
    ranks = {key: rank for rank, key in enumerate(shape.keys)}
    if "from" in ranks:
        # With a basis it is what an inferred assertion follows from; else a time, before "until".
        has_basis = any(key.text == "basis" for key, _ in node.entries)
        ranks["from"] = ranks["basis" if has_basis else "when"]
    return sorted(
        node.entries,
        key=lambda entry: (ranks.get(entry[0].text, len(ranks)), entry[0].text == "from"),
    )
