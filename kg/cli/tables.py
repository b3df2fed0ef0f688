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
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import options
from kg.cli.sources import opened_workspace
from kg.text import count_noun

if TYPE_CHECKING:
    from kg.diagnostics import Diagnostic
    from kg.files.workspace import Workspace
    from kg.ontology import Ontology
    from kg.sources.exchange.harvest import World
    from kg.sources.tables.convert import ConvertedRecords, ImportCounts
    from kg.sources.tables.ledger import Ledger

FOLDER = Path("sources", "imported")
"""Where what is made of tables lies in a workspace."""


_HEAD = "# Made by kg import of"
"""How the first line of what is made begins."""

_OUTSIDE = "../"
"""How the path of a map begins that lies outside the workspace."""


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
    from kg.sources.tables.words import check_words

    workspace = opened_workspace(arguments)
    path = Path(arguments.map)
    data = read_file(path)
    tables_map = read_map(str(path), data)
    ontology = _whole_ontology(workspace)
    check_words(tables_map, ontology)
    ledger_file = path.with_suffix(".ids.csv")
    ledger = Ledger(ledger_file.name, read_file(ledger_file) if ledger_file.exists() else b"")
    name = path.name.partition(".")[0]
    own_path = _path_from_root(path, workspace)
    _require_own(_earlier_files(workspace, name), own_path, workspace)
    count = len(tables_map.tables) + len(tables_map.files)
    noun = "file" if tables_map.files else "table"
    print(f"reading {count_noun(count, noun)} ...", file=sys.stderr, flush=True)
    folder = Path(os.path.normpath(path.parent / tables_map.folder))
    if not folder.is_dir():
        hint = "'dir:' is told from the folder of the map"
        raise KgError(f"{path}: there is no folder '{folder}'", hint=hint)
    conversion = Conversion(tables_map, folder, ledger)
    records, reports = conversion.run(), conversion.told
    if tables_map.files:
        from kg.sources.exchange.doors import import_files

        world = _world_without(workspace, name, ontology, ledger, records)
        reports += import_files(tables_map, folder, world)
    fingerprint = hashlib.sha256(data).hexdigest()[:16]
    head = f"{_HEAD} {own_path} (sha256 {fingerprint}): change that, not this."
    files = {
        workspace.root / FOLDER / file: each
        for file, each in source_files(name, head, records).items()
    }
    files[ledger_file] = ledger.data()
    stale = _find_stale(files, _earlier_files(workspace, name))
    if arguments.check:
        return _tell_stale(stale, workspace)
    for file in stale:
        if file in files:
            write_file(file, files[file])
        else:
            file.unlink()
    _tell_tables(reports)
    _tell_ids(ledger, ledger_file.name)
    print(f"{count_noun(len(files), 'file')}, {len(stale)} of them changed; now: kg check")
    return 0


def _path_from_root(path: Path, workspace: Workspace) -> str:
    """The path of a map in the workspace; of one that lies elsewhere ``../`` and its name, since
    where that is differs from machine to machine.
    """
    from kg.files.workspace import real_path
    from kg.text.characters import printable

    folder, root = real_path(path.parent), real_path(workspace.root)
    if not folder.is_relative_to(root):
        return printable(f"{_OUTSIDE}{path.name}")
    return printable((folder.relative_to(root) / path.name).as_posix())


def _whole_ontology(workspace: Workspace) -> Ontology:
    """The ontology of the workspace. Raises KgError where something is wrong with it."""
    from kg.ontology.reader import read_ontology

    files = workspace.ontology_files()
    ontology, problems = read_ontology(files.contents)
    _refuse_errors([*files.diagnostics, *problems])
    return ontology


def _refuse_errors(problems: Iterable[Diagnostic]) -> None:
    """Raise KgError with the first mistake in what is read of the workspace. What was made of the
    map before is left out there: names that stand in it are none.
    """
    from kg.diagnostics import KgError, rules

    for each in problems:
        if each.is_error and each.rule is not rules.UNKNOWN_NAME:
            message = f"nothing was imported: {each}"
            raise KgError(message, 1, hint="the workspace must be right first: kg check")


def _world_without(
    workspace: Workspace, name: str, ontology: Ontology, ledger: Ledger, records: ConvertedRecords
) -> World:
    """The workspace without what the map made before. Raises KgError where its sources have
    errors.
    """
    from kg.sources.exchange.harvest import World
    from kg.sources.loader import load_corpus

    imported_name = re.compile(rf"(?:.*/)?imported/{re.escape(name)}-[0-9]+\.yaml")
    files = workspace.source_files()
    others = [each for each in files.contents if not imported_name.fullmatch(each.name)]
    loaded = load_corpus(others, ontology)
    _refuse_errors([*files.diagnostics, *loaded.diagnostics])
    return World(ontology, loaded.corpus, ledger, records)


def _earlier_files(workspace: Workspace, name: str) -> list[Path]:
    """The files of an earlier import."""
    own_name = re.compile(rf"{re.escape(name)}-[0-9]{{2,}}\.yaml")
    folder = workspace.root / FOLDER
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file for file in files if own_name.fullmatch(file.name)]


def _require_own(files: list[Path], own_path: str, workspace: Workspace) -> None:
    """Raise KgError where a file was made of another map, or written by hand. One that is there no
    more has moved, if it has the same name.
    """
    from kg.diagnostics import KgError
    from kg.files.disk import read_regular

    for file in files:
        head = read_regular(file).partition(b"\n")[0].decode("utf-8", "replace")
        maker = head.removeprefix(f"{_HEAD} ").rpartition(" (sha256 ")[0] if _HEAD in head else ""
        is_gone = not (workspace.root / maker).exists() and not maker.startswith(_OUTSIDE)
        has_moved = is_gone and maker.rpartition("/")[2] == own_path.rpartition("/")[2]
        if maker == own_path or has_moved:
            continue
        made = f"it was made of {maker}: " if maker else ""
        hint = f"{made}give the map, or that file, another name"
        raise KgError(f"{FOLDER / file.name} was not made of {own_path}", hint=hint)


def _find_stale(files: dict[Path, bytes], earlier_files: list[Path]) -> list[Path]:
    """The files that are not as they should be, and those of an earlier import that are no more."""
    from kg.files.disk import read_regular

    gone_files = [file for file in earlier_files if file not in files]
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


def _tell_ids(ledger: Ledger, file: str) -> None:
    """Print which new texts got an id that does not say what they are."""
    if ledger.shared:
        plain, texts = next(iter(sorted(ledger.shared.items())))
        example = f"{sorted(texts)[0]}, since '{plain}' is another's"
        number = count_noun(sum(map(len, ledger.shared.values())), "new text")
        print(f"  {number} got a numbered id, as {example}: see {file}")
    if ledger.without_letters:
        number = count_noun(len(ledger.without_letters), "new text")
        example = f"{number} without Latin letters, as {ledger.without_letters[0]}"
        print(f"  {example}, got a mere number for an id: write better ones into {file}")


def _tell_tables(reports: list[ImportCounts]) -> None:
    """Print what came of each table."""
    for each in reports:
        counts = ", ".join(
            f"{section} {number:,}" for section, number in sorted(each.records.items())
        )
        merged = f"; {each.merged:,} joined an earlier one" if each.merged else ""
        print(f"{each.file}: {count_noun(each.rows, each.noun)}: {counts or 'nothing'}{merged}")
        for line in _list_losses(each):
            print(f"  {line}")


def _list_no_dates(counts: ImportCounts) -> Iterator[str]:
    """Say which cells are no dates, the first of each column with what was perhaps meant."""
    from kg.dates import DateError, parse_date

    for columns, texts in counts.no_dates.items():
        text, place = texts[0]
        number = count_noun(len(texts), "date")
        yield f"{number} of '{columns}' cannot be read, the first '{text}' at {place}"
        try:
            parse_date(text)
        except DateError as error:
            yield f"  hint: {error.hint}" if error.hint else f"  hint: {error}"


def _list_losses(counts: ImportCounts) -> Iterator[str]:
    """Say what was left out of a table or file, and why; and what of the map fits nothing."""
    from kg.sources.tables.columns import WEIGHING_FIELDS

    for reason, number in sorted(counts.left_out.items()):
        yield f"{number:,} left out: {reason}"
    for span, number in sorted(counts.unmet.items()):
        yield f"{number:,} left out by 'if' ({span})"
    for (section, columns, field), number in sorted(counts.dropped.items()):
        yield f"{number:,} left out of {section}, since these give no {field}: {columns}"
        if field in WEIGHING_FIELDS:
            yield '  hint: where a row rightly has none, let the map say so: else: "", "[{column}]"'
    for table, number in sorted(counts.uncited.items()):
        yield f"{number:,} cited to the row itself: {table} has no row for it"
    if counts.repeated:
        yield f"{counts.repeated:,} say what one made before says: 'merge: true' makes them one"
    if counts.differing:
        first = next(iter(sorted(counts.differing)))
        ids = count_noun(len(counts.differing), "id")
        yield f"{ids} told differently by rows (the first counts), as {first}"
    if counts.silent:
        rows = count_noun(len(counts.silent), "row")
        yield f"{rows} gave nothing, the first in paragraph {counts.silent[0]}"
    for idle in counts.idle:
        yield f"{idle}: mistyped?"
    yield from _list_no_dates(counts)
