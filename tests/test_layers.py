"""Imports point down only: a module may import what stands on a lower line of this table, wherever in its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

# Every module or package of kg/ stands on one line; those on one line do not import each other.
# A new one is written where it belongs: below all that need it, above all that it needs.
LAYERS = """
    __main__
    cli
    __init__
    graph
    site store answers lifewords timelinewords positionwords pathwords analysiswords reportwords export
    report results
    matrices
    asking evidence why vocabulary paths lives timeline positions history
    analysis
    balance wordings
    ties prospects
    reading scaffold findings limits citing renaming
    picturefiles
    following
    mentions looks
    placing
    view page network layout phrases story
    cards
    picture spreading
    springs
    questions witnesses
    query saved patterns
    rdf checks texts inference lens jsonld
    identity passages windows
    status sparql
    loader lifecycle
    records assertions
    fields ontology
    model
    dates yamlfile workspace
    datewords addresses
    calendar characters
    rules
    diagnostics notebook
"""
DEPTH = {name: depth for depth, line in enumerate(LAYERS.splitlines()) for name in line.split()}


def imports(tree: ast.AST) -> Iterator[str]:
    """What code imports from kg, as names of the table; what the package itself offers is ``__init__``."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                paths = [alias.name for alias in names]
            case ast.ImportFrom(module="kg", names=names):
                # The version is no part of what __init__ is made of: it is known before anything is imported.
                paths = [f"kg.{alias.name}" for alias in names if alias.name != "__version__"]
            case ast.ImportFrom(module=str(module), level=0):
                paths = [module]
            case _:
                continue
        for path in paths:
            if path.split(".")[0] == "kg":
                name = f"{path}.__init__".split(".")[1]
                yield name if name in DEPTH else "__init__"


def test_every_module_stands_in_one_layer_and_imports_point_down(repository: Path) -> None:
    against = []
    for file in sorted((repository / "kg").rglob("*.py")):
        unit = file.relative_to(repository / "kg").parts[0].removesuffix(".py")
        if unit not in DEPTH:
            against.append(f"kg.{unit} is not in the table")
            continue
        for other in sorted({*imports(ast.parse(file.read_bytes()))} - {unit}):
            if DEPTH[other] <= DEPTH[unit]:
                against.append(f"{file.name}: kg.{unit} imports kg.{other}, which does not stand lower")
    assert not against
