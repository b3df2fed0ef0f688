"""THREAT_MODEL.md promises only what a test keeps, and names the limits that the code has."""

from __future__ import annotations

import ast
import re
from functools import cache

from conftest import REPOSITORY

from kg.files.workspace import MOST_BYTES
from kg.ontology.turtle import MOST_TERMS
from kg.query.errors import DEEPEST, MOST_PARTS
from kg.query.run import MOST_CHARACTERS, MOST_ROWS
from kg.query.sandbox import MIB, PATIENT_LIMITS, Limits

PAGE = (REPOSITORY / "THREAT_MODEL.md").read_text("utf-8")


@cache
def names_of_tests(file: str) -> set[str]:
    tree = ast.parse((REPOSITORY / file).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_is_kept_by_a_test_of_that_name() -> None:
    tables = PAGE.split("| promise | kept by |\n|---|---|\n")[1:]
    promises = [row for table in tables for row in re.match(r"(\|.*\n)*", table)[0].splitlines()]  # type: ignore[index]
    assert len(promises) > 25
    for promise in promises:
        kept_by = re.findall(r"`(tests/\w+\.py)::(test_\w+)`", promise.split(" | ")[-1])
        assert kept_by, promise
        for file, name in kept_by:
            assert name in names_of_tests(file), promise


def test_the_limits_are_those_of_the_code() -> None:
    limits = Limits()
    assert PATIENT_LIMITS._replace(patience=1.0) == limits
    for said in (
        f"{limits.seconds:g} seconds, {limits.memory // MIB} MiB, {limits.most_bytes // MIB} MiB",
        f"{MOST_ROWS:,} rows",
        f"{MOST_CHARACTERS:,} characters",
        f"deeper than {DEEPEST} levels",
        f"{MOST_PARTS:,} brackets, operators and patterns",
        f"{MOST_BYTES // 1_000_000} MB",
        f"deeper than {MOST_TERMS} levels",
    ):
        assert said in PAGE.replace("\n", " "), said
