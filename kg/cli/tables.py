"""Make assertions of the rows of tables (CSV, TSV, JSON lines, XLSX), by a map.

Each table is an article and each row a paragraph of it, so every assertion is cited to its row.
Beside tables: sources from CSL-JSON, BibTeX and RIS; actors and their ties from FollowTheMoney,
STIX 2.1 and items of Wikidata. Writes sources/imported/NAME-01.yaml and so on, and MAP.ids.csv,
which keeps the ids that were given. The same tables and map give the same bytes. Then kg check
says what is wrong with them, as with any source.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import options
from kg.cli.sources import opened_workspace
from kg.text import count_noun

if TYPE_CHECKING:
    from kg.files.workspace import Workspace
    from kg.sources.exchange.harvest import World
    from kg.sources.tables.convert import ConvertedRecords, ImportCounts
    from kg.sources.tables.ledger import Ledger

FOLDER = Path("sources", "imported")
"""Where what is made of tables lies in a workspace."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "MAP": "the map, a YAML file: kg help import",
            "--check": "write nothing; exit code 1 where the map or a table has changed since",
        },
    )


def run(arguments: argparse.Namespace) -> int:
    """Import tables, or say whether what was imported is as they are."""
    from kg.diagnostics import KgError
    from kg.files.foreign import read_file
    from kg.files.output import write_file
    from kg.sources.tables.convert import Conversion
    from kg.sources.tables.emit import source_files
    from kg.sources.tables.ledger import Ledger
    from kg.sources.tables.map_file import read_map

    workspace = opened_workspace(arguments)
    path = Path(arguments.map)
    data = read_file(path)
    tables_map = read_map(str(path), data)
    ledger_file = path.with_suffix(".ids.csv")
    ledger = Ledger(ledger_file.name, read_file(ledger_file) if ledger_file.exists() else b"")
    name = path.name.partition(".")[0]
    count = len(tables_map.tables) + len(tables_map.files)
    noun = "file" if tables_map.files else "table"
    print(f"reading {count_noun(count, noun)} ...", file=sys.stderr, flush=True)
    folder = path.parent / tables_map.folder
    if not folder.is_dir():
        hint = "'dir:' is told from the folder of the map"
        raise KgError(f"{path}: there is no folder '{folder}'", hint=hint)
    conversion = Conversion(tables_map, folder, ledger)
    records, reports = conversion.run(), conversion.told
    if tables_map.files:
        from kg.sources.exchange.doors import import_files

        reports += import_files(
            tables_map, folder, _world_without(workspace, name, ledger, records)
        )
    head = (
        f"Made by kg import of {path.name} (sha256 {hashlib.sha256(data).hexdigest()[:16]}): "
        "change that, not this."
    )
    files = {
        workspace.root / FOLDER / file: each
        for file, each in source_files(name, head, records).items()
    }
    files[ledger_file] = ledger.data()
    stale = _find_stale(files, workspace, name)
    if arguments.check:
        return _tell_stale(stale, workspace)
    for file in stale:
        if file in files:
            write_file(file, files[file])
        else:
            file.unlink()
    _tell_tables(reports)
    if ledger.shared:
        plain, texts = next(iter(sorted(ledger.shared.items())))
        example = f"{sorted(texts)[0]}, since '{plain}' is another's"
        number = count_noun(sum(map(len, ledger.shared.values())), "new text")
        print(f"  {number} got a numbered id, as {example}: see {ledger_file.name}")
    print(f"{count_noun(len(files), 'file')}, {len(stale)} of them changed; now: kg check")
    return 0


def _world_without(
    workspace: Workspace, name: str, ledger: Ledger, records: ConvertedRecords
) -> World:
    """The workspace without what the map made before."""
    from kg.ontology.reader import read_ontology
    from kg.sources.exchange.harvest import World
    from kg.sources.loader import load_corpus

    ontology, _ = read_ontology(workspace.ontology_files().contents)
    imported_name = re.compile(rf"(?:.*/)?imported/{re.escape(name)}-[0-9]+\.yaml")
    files = workspace.source_files().contents
    others = [each for each in files if not imported_name.fullmatch(each.name)]
    corpus = load_corpus(others, ontology).corpus
    return World(ontology, corpus, ledger, records)


def _find_stale(files: dict[Path, bytes], workspace: Workspace, name: str) -> list[Path]:
    """The files that are not as they should be, and those of an earlier import that are no more."""
    from kg.files.disk import read_regular

    known_files = sorted((workspace.root / FOLDER).glob(f"{name}-[0-9][0-9].yaml"))
    gone_files = [file for file in known_files if file not in files]
    changed_files = [
        file for file, data in files.items() if not file.exists() or read_regular(file) != data
    ]
    return [*changed_files, *gone_files]


def _tell_stale(stale: list[Path], workspace: Workspace) -> int:
    for file in stale:
        print(f"{file.name} is not what the map makes of the tables now")
    if stale:
        print("kg import without --check writes them anew")
        return 1
    print("what was imported is what the map makes of the tables now")
    return 0


def _tell_tables(reports: list[ImportCounts]) -> None:
    """Print what came of each table."""
    for each in reports:
        counts = ", ".join(
            f"{section} {number:,}" for section, number in sorted(each.records.items())
        )
        merged = f"; {each.merged:,} joined an earlier one" if each.merged else ""
        print(f"{each.file}: {count_noun(each.rows, each.noun)}: {counts or 'nothing'}{merged}")
        for reason, number in sorted(each.left_out.items()):
            print(f"  {number:,} left out: {reason}")
        for columns, number in sorted(each.dropped.items()):
            print(f"  {number:,} left out, since these are empty: {columns}")
        if each.differing:
            first = next(iter(sorted(each.differing)))
            ids = count_noun(len(each.differing), "id")
            print(f"  {ids} told differently by rows (the first counts), as {first}")
