"""Which source file a new record goes to."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping

from kg.diagnostics import KgError
from kg.editing.insertion import Insertion, draft_record
from kg.editing.yamltext import YamlValue
from kg.files.workspace import YAML_ENDINGS, SourceFile
from kg.reading import Reading
from kg.sources.sections import SECTIONS

MADE_BY_IMPORT = "sources/imported/"
"""Files in this folder are made anew by kg import."""


def draft_somewhere(
    reading: Reading, section: str, id: str, fields: Mapping[str, YamlValue], to: str = ""
) -> Insertion:
    """Return the insertion of a record into the file ``to``, which may be new, or else into the one
    that has most of its kind: for an assertion, of those that share an end or an article with it.

    Raises KgError where ``to`` is no file of the sources, or cannot take a record.
    """
    files = {file.name: file for file in reading.sources.contents}
    if to:
        name = f"sources/{posixpath.normpath(to).removeprefix('sources/')}"
        if not name.endswith(YAML_ENDINGS) or ".." in name.split("/") or to.startswith("/"):
            raise KgError(f"{to} is no file of the sources", hint="as in --to sources/more.yaml")
        if name.startswith(MADE_BY_IMPORT):
            raise KgError(f"{to} is made anew by kg import", hint="name another file: --to")
        return draft_record(files.get(name, SourceFile(name, b"")), section, id, fields)
    names = [name for name in _by_fitness(reading, section, fields) if name in files]
    own = [name for name in files if not name.startswith(MADE_BY_IMPORT)]
    if not names and len(own) == 1:
        names = own
    for name in names:
        if name in own:
            try:
                return draft_record(files[name], section, id, fields)
            except KgError:
                continue
    name = f"sources/{section}.yaml"
    return draft_record(files.get(name, SourceFile(name, b"")), section, id, fields)


def file_of(reading: Reading, name: str) -> SourceFile:
    """Return a source file by its name."""
    return next(file for file in reading.sources.contents if file.name == name)


def _by_fitness(reading: Reading, section: str, fields: Mapping[str, YamlValue]) -> list[str]:
    """The files that have records of a kind, the one with most first."""
    corpus = reading.written
    if section in SECTIONS:
        spans = [thing.span for thing in corpus.things.values() if thing.section == section]
        return _most_first(Counter(span.file for span in spans))
    if section == "articles":
        return _most_first(Counter(article.span.file for article in corpus.articles.values()))
    weights: Counter[str] = Counter()
    cite = fields.get("cite")
    cited_ids = set(cite) if isinstance(cite, Mapping) else set()
    for each in corpus.assertions.values():
        weights[each.span.file] += (
            (each.subject.id == fields.get("subject"))
            + (each.object_key == fields.get("object"))
            + any(citation.article.id in cited_ids for citation in each.citations)
        )
    return _most_first(weights)


def _most_first(weights: Counter[str]) -> list[str]:
    """Names, the one that counts most first."""
    return sorted(weights, key=lambda name: (-weights[name], name))
