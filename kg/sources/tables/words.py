"""Words of the ontology that a map writes out: a mistyped one would be wrong in each row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kg.diagnostics import did_you_mean
from kg.ontology import Ontology
from kg.sources.tables.mistakes import MapMistakes
from kg.sources.tables.plan import RowRule, TablesMap
from kg.sources.tables.templates import Template, TemplateChoice, TemplateField, TemplateValue


def check_words(plan: TablesMap, ontology: Ontology) -> None:
    """Raise KgError, with the places of their rules, where relations or classes are written out
    that the ontology does not have.
    """
    mistakes = MapMistakes()
    classes: Mapping[str, Collection[str]] = {"articles": ontology.source_types, "assertions": ()}
    for rule in (rule for table in plan.tables for rule in table.rules):
        known_words = {
            "predicate": ontology.relations,
            "type": classes.get(rule.section, ontology.classes),
        }
        for field, words in known_words.items():
            for word in dict.fromkeys(_constants(rule, field)):
                if word not in words:
                    hint = did_you_mean(word, words) or "kg ontology lists them"
                    mistakes.add(rule.span, f"the ontology has no {field} '{word}'", hint)
    mistakes.raise_all()


def _constants(rule: RowRule, field: str) -> Iterator[str]:
    """The words that a field can be, as far as they are written out."""
    value = rule.fields.get(field)
    if not isinstance(value, Template | TemplateChoice):
        return
    for template in _templates(value):
        if template.parts == (TemplateField("each"),):
            yield from rule.each.values()
        elif template.parts and all(isinstance(part, str) for part in template.parts):
            yield "".join(map(str, template.parts))


def _templates(value: TemplateValue) -> list[Template]:
    if isinstance(value, Template):
        return [value]
    patterns = [template for _, template in value.patterns]
    return [*value.exact.values(), *patterns, *([value.otherwise] if value.otherwise else [])]
