"""The tables of ``kg.export.relational`` as an SQLite database, and as a Data Package."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable

from kg.export.columns import ExportTable
from kg.export.relational import list_tables
from kg.reading import Reading
from kg.text import spreadsheet_safe

_FACTS = "CREATE VIEW facts AS SELECT * FROM assertions WHERE accepted = 1"
"""What nobody needs to filter to be safe: no claim, denial or plan is in it."""

_TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}
"""The types of columns, as ExportTable Schema names those of SQL."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip file can tell: the same bytes whenever it is made."""


def write_sqlite(reading: Reading) -> bytes:
    """Return a database file with the tables, their keys, and the view ``facts``.

    The same version of SQLite gives the same bytes.
    """
    database = sqlite3.connect(":memory:")
    try:
        for table in list_tables(reading):
            database.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", table.rows)
        database.execute(_FACTS)
        database.commit()
        return database.serialize()
    finally:
        database.close()


def _create(table: ExportTable) -> str:
    columns = []
    for name, type, refers in table.columns:
        columns.append(f'"{name}" {type}{f" REFERENCES {refers}(id)" if refers else ""}')
    key = ", ".join(f'"{name}"' for name in table.key)
    return f"CREATE TABLE {table.name} ({', '.join(columns)}, PRIMARY KEY ({key}))"


def data_package(reading: Reading, safe: bool = False) -> bytes:
    """Return a zip file of ``datapackage.json`` (https://datapackage.org) and a CSV file for each
    table; ``safe`` makes these safe for spreadsheets.
    """
    all_tables = list_tables(reading)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, "datapackage.json", _description(all_tables, reading))
        for table in all_tables:
            _add(package, f"{table.name}.csv", _rows(table, safe))
    return data.getvalue()


def _add(package: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, text.encode())


def _description(all_tables: Iterable[ExportTable], reading: Reading) -> str:
    package = {
        "profile": "tabular-data-package",
        "name": "actor-kg",
        "homepage": reading.ontology.base,
        "resources": [_resource(table) for table in all_tables],
    }
    return f"{json.dumps(package, ensure_ascii=False, indent=1)}\n"


def _resource(table: ExportTable) -> dict[str, object]:
    foreign = []
    for name, _, refers in table.columns:
        if refers:
            resource = "" if refers == table.name else refers
            reference = {"resource": resource, "fields": "id"}
            foreign.append({"fields": name, "reference": reference})
    schema: dict[str, object] = {
        "fields": [{"name": each.name, "type": _TYPES[each.type]} for each in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": foreign,
    }
    return {
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.says,
        "encoding": "utf-8",
        "schema": schema,
    }


def _rows(table: ExportTable, safe: bool) -> str:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        writer.writerow(map(spreadsheet_safe, cells) if safe else cells)
    return lines.getvalue()
