"""Records written as columns and read back, by Python and by the page's own script."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readback import records

from kg.page.columns import columns

SCRIPT = Path(__file__).parent.parent / "kg" / "page" / "scripts" / "columns.js"

FIELDS = st.text(max_size=6).filter(lambda name: name != "n")
LEAVES = st.one_of(
    st.integers(-(10**6), 10**6),
    st.booleans(),
    st.text(max_size=8),
    st.sampled_from(("a", "b", "1")),
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3), max_leaves=6)
TABLES = st.lists(
    st.dictionaries(FIELDS | st.sampled_from(("id", "of", "at", "rows")), VALUES, max_size=5),
    max_size=12,
)


@given(TABLES)
@settings(max_examples=200)
def test_what_was_written_as_columns_is_read_back(table: list[dict[str, Any]]) -> None:
    written = json.loads(json.dumps(columns(table)))
    assert json.dumps(records(written)) == json.dumps(
        [{k: r[k] for k in written if k in r} for r in table]
    )


@given(TABLES)
def test_a_table_in_columns_is_hardly_longer_than_as_records(table: list[dict[str, Any]]) -> None:
    def size(value: object) -> int:
        return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    # Beside the number of records, a column has a form in which each value costs itself, a row's
    # number and two commas.
    fields = {field for record in table for field in record}
    overhead = (
        len('{"n":}')
        + len(str(len(table)))
        + sum(size(f) + len(':{"rows":[],"values":[]},') for f in fields)
    )
    values = sum(size(v) + 2 + len(str(len(table))) for record in table for v in record.values())
    assert size(columns(table)) <= overhead + values


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (["a-long-word", "another-one", "a-third-word"], list),
        (["accepted"] * 20, "of"),
        ([None] * 20 + ["a note"], "rows"),
        (list(range(1000, 1040)), "steps"),
        ([5, 999_999, 3], list),
    ],
)
def test_a_column_takes_its_shortest_form(values: list[Any], form: Any) -> None:
    column = columns([{"x": value} for value in values])["x"]
    assert isinstance(column, list) if form is list else form in column


def test_numbers_words_and_truth_that_look_alike_stay_apart() -> None:
    values = [1, "1", True, 1, "1", True, "true", [1], "[1]"] * 3
    read = records(json.loads(json.dumps(columns([{"x": value} for value in values]))))
    assert [(type(r["x"]), r["x"]) for r in read] == [(type(value), value) for value in values]


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_the_pages_script_reads_what_python_writes() -> None:
    random.seed(1)
    some = ["accepted", "contested", "x" * 30, 7, -3, True, [1, [2, "y"]], "\u2028<", "日本", ""]
    table = [
        {field: random.choice(some) for field in "abcd" if random.random() < 0.6} | {"id": n}
        for n in range(200)
    ]
    program = f"import {{ decode }} from {json.dumps(SCRIPT.as_uri())};\n" + (
        "let text = '';\nfor await (const part of process.stdin) text += part;\n"
        "process.stdout.write(JSON.stringify(decode(JSON.parse(text))));"
    )
    command = ["node", "--input-type=module", "-e", program]
    ran = subprocess.run(
        command, input=json.dumps(columns(table)).encode(), capture_output=True, check=True
    )
    assert json.loads(ran.stdout) == table
