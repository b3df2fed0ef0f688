"""Which reader a file of another program is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from kg.diagnostics import KgError
from kg.files.foreign import read_text
from kg.sources.bibliography import entries
from kg.sources.exchange.follow_the_money import import_entities
from kg.sources.exchange.harvest import Harvest, World
from kg.sources.exchange.sources import import_bibliography
from kg.sources.exchange.stix import import_bundle
from kg.sources.exchange.wikidata import import_item
from kg.sources.tables.convert import ImportCounts
from kg.sources.tables.plan import TablesMap

_SHOWN = 100_000
"""How much of a file is looked at."""

_KINDS: tuple[tuple[re.Pattern[str], Callable[[Harvest], None], str], ...] = (
    (re.compile(r'\A\s*\{[^\n]*"schema"\s*:'), import_entities, "record"),
    (re.compile(r'"bundle--|"spec_version"'), import_bundle, "object"),
    (re.compile(r'"(?:entities|claims|sitelinks)"\s*:'), import_item, "item"),
    (re.compile(r"\A\s*\["), import_bibliography, "record"),
)
"""What tells the formats of JSON apart, with their readers and what they hold."""


def import_files(plan: TablesMap, folder: Path, world: World) -> list[ImportCounts]:
    """Take what the files of a map hold, and return what came of each. Raises KgError where one
    cannot be read.
    """
    reports = []
    for each in plan.files:
        path = folder / each.file
        reader, noun = _reader(path)
        harvest = Harvest(each, path, world, noun)
        reader(harvest)
        harvest.note_idle_words()
        reports.append(harvest.told)
    return reports


def _reader(path: Path) -> tuple[Callable[[Harvest], None], str]:
    ending = path.suffix.lower()
    if ending in entries.ENDINGS and ending != ".json":
        return import_bibliography, "record"
    if ending in (".json", ".jsonl", ".ndjson", ".ftm"):
        head = read_text(path)[:_SHOWN]
        for mark, reader, noun in _KINDS:
            if mark.search(head):
                return reader, noun
    hint = "it may be CSL-JSON, BibTeX (.bib), RIS (.ris), FollowTheMoney, STIX 2.1 or an item of "
    hint += "Wikidata; tables stand under 'tables:'"
    raise KgError(f"{path} is of no format that is known", hint=hint)
