"""What a form wishes to be written, as a draft: an assertion, a denial, the end or beginning of a
state, a further citation or a name, with the words that were marked in a paragraph, and the things
that are named there for the first time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce

from kg.diagnostics import KgError
from kg.editing.assertions import (
    DEPENDENTS,
    ClaimWords,
    cite_evidence,
    draft_assertion,
    qualifiers_of,
)
from kg.editing.insertion import RecordDraft
from kg.editing.names import things_called
from kg.editing.offers import APART
from kg.editing.records import draft_name, draft_thing
from kg.editing.writing import Draft, join_drafts, prepare_draft
from kg.editing.yamltext import YamlValue
from kg.reading import Reading
from kg.sources.sections import SECTIONS
from kg.text import join_and

KINDS: Mapping[str, tuple[str, ...]] = {
    "assertion": ("subject", "relation", "object"),
    "denial": ("claim",),
    "end": ("state",),
    "beginning": ("state",),
    "citation": ("assertion",),
    "name": ("thing", "name"),
}
"""What a form may wish, and the fields that it has to have for it."""
_VALUES = ("when", "said", "mode", "condition", "outcome", "where", "note")
"""Further fields of an assertion, as YAML calls them."""


@dataclass(frozen=True)
class Wish:
    """What a form says: the kind, the place of the words, and the fields by name, as texts.

    ``new`` are things to be made, by the field that names them: section, class and label.
    """

    kind: str
    article: str
    paragraph: int
    span: tuple[int, int] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    new: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)


def compose_record(reading: Reading, wish: Wish) -> Draft:
    """Return what a wish would write; nothing is written.

    Raises KgError as ``kg add`` does, and where the form lacks a field.
    """
    if wish.kind not in KINDS:
        raise KgError(f"nothing is composed that is called '{wish.kind}'", 1)
    if lacking := [name for name in KINDS[wish.kind] if not wish.fields.get(name)]:
        raise KgError(f"{join_and(lacking)}: still to be filled", 1)
    fields, drafts = dict(wish.fields), []
    for name, (section, kind, label) in wish.new.items():
        if section not in SECTIONS:
            raise KgError(f"there are no things called '{section}'", 1)
        if name == "speaker" and _is_unnamed(kind, reading):
            fields["unnamed"] = label
            fields.pop(name, "")
            continue
        if there := things_called(label, reading.written, section):
            # Somebody recorded it since the form offered it as new.
            fields[name] = there[0] if len(there) == 1 else label
            continue
        drafted = draft_thing(reading, section, {"label": label, "type": kind})
        drafts.append(prepare_draft(reading, drafted))
        reading, fields[name] = drafts[-1].reading, drafted.id
    drafts.append(prepare_draft(reading, _draft_wish(reading, wish, fields)))
    return reduce(join_drafts, drafts)


def _is_unnamed(kind: str, reading: Reading) -> bool:
    """Whether what is of a class has no name: each article has its own of these."""
    term = reading.ontology.classes.get(kind)
    return term is not None and term.is_unnamed


def _draft_wish(reading: Reading, wish: Wish, fields: Mapping[str, str]) -> RecordDraft:
    values: dict[str, YamlValue] = {key: fields[key] for key in _VALUES if fields.get(key)}
    if qualifiers := qualifiers_of(_split_field(fields.get("with", ""))):
        values["with"] = qualifiers
    evidence = ClaimWords(
        article=wish.article,
        paragraph=wish.paragraph,
        span=wish.span,
        also=tuple(map(_read_place, _split_field(fields.get("also", "")))),
        speakers=(fields["speaker"],) if fields.get("speaker") else (),
        unnamed=fields.get("unnamed", ""),
        values=values,
    )
    if wish.kind == "name":
        cite = cite_evidence(reading, evidence)
        return draft_name(reading, fields["thing"], fields["name"], cite)
    if wish.kind == "assertion":
        triple = fields["subject"], fields["relation"], fields["object"]
        return draft_assertion(reading, triple, evidence)
    [target] = KINDS[wish.kind]
    return DEPENDENTS[wish.kind](reading, [fields[target]], evidence)


def _split_field(text: str) -> list[str]:
    return [each.strip() for each in text.split(APART) if each.strip()]


def _read_place(text: str) -> tuple[str, int]:
    """An article and a paragraph of it. Raises KgError where a text names none."""
    article, _, paragraph = text.rpartition(" ")
    if not article.strip() or not paragraph.isdecimal():
        raise KgError(f"'{text}' is no place", hint="an article's id and a paragraph: post-2024 3")
    return article.strip(), int(paragraph)
