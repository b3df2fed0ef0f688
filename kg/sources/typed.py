"""Values that the ontology gives a type: the objects of relations to texts, and qualifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.diagnostics import rules
from kg.model.references import Qualifier, Reference, Text
from kg.ontology import Ontology
from kg.ontology.quantities import ValueProblem
from kg.ontology.terms import QualifierKind
from kg.ontology.values import Datatype, read_value
from kg.sources.record import Record
from kg.sources.yamlfile import Mapping, Scalar, YamlNode
from kg.sources.yamlfile import Sequence as NodeList

_TEXTS = (Datatype.STRING, Datatype.LANG_STRING)


def read_objects(record: Record, ontology: Ontology) -> tuple[Reference | Text, ...]:
    """Return the objects of an assertion's record: ids, or values where its predicate leads to
    these.
    """
    node = record.nodes.get("predicate")
    relation = ontology.relations.get(node.text) if isinstance(node, Scalar) else None
    datatypes = relation.datatypes if relation and relation.is_text else ()
    _refuse_empty_list(record, "object", record.nodes.get("object"))
    objects: list[Reference | Text] = []
    for item in record.items("object"):
        if datatypes:
            objects += read_typed(record, "object", item, datatypes)
        elif text := record.text("object", item):
            objects.append(record.notes.refer(text.text, text.span))
    return tuple(objects)


def read_qualifiers(record: Record, ontology: Ontology) -> tuple[Qualifier, ...]:
    """Return what stands under ``with:``, each value of a qualifier once, in order of names.

    A value that may be a thing or a text is a text here; ``kg.sources.loader`` knows the things.
    """
    node = record.nodes.get("with")
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        message, hint = "'with' must be a mapping of qualifiers", "as in with: {share: 60 %}"
        record.report(rules.WRONG_SHAPE, node.span, message, hint)
        return ()
    if not node.entries:
        hint = "write a qualifier, as in with: {share: 60 %}, or delete it"
        record.report(rules.EMPTY_VALUE, node.span, "'with' is empty", hint)
    qualifiers: dict[tuple[str, str], Qualifier] = {}
    for key, value in node.entries:
        kind = ontology.qualifiers.get(key.text)
        for each in _values(record, key.text, value, kind):
            qualifier = Qualifier(Reference(key.text, key.span), each)
            qualifiers.setdefault(qualifier.key, qualifier)
    return tuple(qualifiers[key] for key in sorted(qualifiers))


def _values(
    record: Record, name: str, node: YamlNode, kind: QualifierKind | None
) -> Iterator[Reference | Text]:
    _refuse_empty_list(record, name, node)
    for item in node.items if isinstance(node, NodeList) else (node,):
        if kind is None or kind.datatypes:
            datatypes = kind.datatypes if kind else _TEXTS
            yield from read_typed(record, name, item, datatypes)
        elif reference := record.reference(name, item):
            yield reference


def _refuse_empty_list(record: Record, key: str, node: YamlNode | None) -> None:
    if isinstance(node, NodeList) and not node.items:
        message = f"'{key}' is an empty list"
        record.report(rules.EMPTY_VALUE, node.span, message, "name at least one")


def read_typed(
    record: Record, key: str, node: YamlNode, datatypes: Sequence[str]
) -> Iterator[Text]:
    """Yield the value that a node has by the first of some datatypes that it reads as, or each
    text of a mapping from languages.
    """
    if isinstance(node, Mapping):
        yield from _texts(record, key, node, datatypes)
        return
    text = record.text(key, node)
    if text is None:
        return
    if Datatype.STRING in datatypes:
        yield text
    elif Datatype.LANG_STRING in datatypes:
        message = f"'{key}' must say its language"
        hint = f"as in {{en: {text.text}}}" if len(text.text) < 60 else "as in {en: ..., fr: ...}"
        record.report(rules.BAD_VALUE, text.span, message, hint)
    else:
        yield from _typed(record, key, text, datatypes)


def _typed(record: Record, key: str, text: Text, datatypes: Iterable[str]) -> Iterator[Text]:
    problems = []
    for datatype in datatypes:
        try:
            value = read_value(text.text, datatype)
        except ValueProblem as problem:
            problems.append(problem)
            continue
        yield Text(value.text, text.span, datatype=datatype)
        return
    record.report(rules.BAD_VALUE, text.span, f"'{key}' {problems[0]}", problems[0].hint)


def _texts(record: Record, key: str, node: Mapping, datatypes: Sequence[str]) -> Iterator[Text]:
    if Datatype.LANG_STRING not in datatypes:
        message = f"'{key}' must be one value, not a mapping"
        hint = (
            "only where the range is rdf:langString a text has languages, as in {en: ..., fr: ...}"
        )
        record.report(rules.WRONG_SHAPE, node.span, message, hint)
        return
    if not node.entries:
        hint = "as in {en: ..., fr: ...}"
        record.report(rules.EMPTY_VALUE, node.span, f"'{key}' is empty", hint)
    for tag, value in node.entries:
        language = record.language(tag)
        text = record.text(f"{key}, {tag.text}", value, language)
        if text and language:
            yield text
