"""Imports point down only: a module may import what stands on a lower line of this table, wherever
in its code.
"""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator, Sequence
from pathlib import Path

# Every package, and every module that stands alone, is on one line; those on one line do not import
# each other. What a package needs stands below it, wherever in its code it imports that.
LAYERS = """
    __init__ __main__
    cli graph
    lsp server
    site
    page
    view
    formatting reports
    drafting export lives network parts store
    csl layout reading rename
    exchange kept manual rdf viz
    checks scaffold schema statement tables
    endpoint sentences
    dictionary ontology_reader output query sources status texts versions
    ontology_circles ontology_problems ontology_settings ontology_text
    ontology_terms
    corpus outcome places values
    bibliography findings model quantities workspace
    cache ontology references rules sandbox spreadsheets text
    dates foreign terms
    characters children closure diagnostics folders grouping locators modes namespaces patterns sections units wording
    disk temporary
"""
DEPTH = {name: depth for depth, line in enumerate(LAYERS.splitlines()) for name in line.split()}


def imports(tree: ast.AST) -> Iterator[str]:
    """What code imports from kg, as names of the table; what the package itself offers is
    ``__init__``.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                paths = [alias.name for alias in names]
            case ast.ImportFrom(module="kg", names=names):
                # The version is no part of what __init__ is made of: it is known before anything is
                # imported.
                paths = [f"kg.{alias.name}" for alias in names if alias.name != "__version__"]
            case ast.ImportFrom(module=str(module), level=0, names=names):
                # A module of a package, or something in a module: ``unit`` tells.
                paths = [f"{module}.{alias.name}" for alias in names]
            case _:
                continue
        for path in paths:
            if path.split(".")[0] == "kg":
                yield unit(path.split(".")[1:])


def unit(parts: Sequence[str]) -> str:
    """The line's name of a module: itself in its package, or the package where that stands as one."""
    return next((name for name in (".".join(parts[:2]), *parts[:1]) if name in DEPTH), "__init__")


def test_every_module_stands_in_one_layer_and_imports_point_down(repository: Path) -> None:
    against = []
    for file in sorted((repository / "kg").rglob("*.py")):
        parts = [part.removesuffix(".py") for part in file.relative_to(repository / "kg").parts]
        mine = unit(parts)
        if parts[-1] == "__init__" and len(parts) > 1 and mine == "__init__":
            continue  # a package's docstring
        if mine == "__init__" and parts != ["__init__"]:
            against.append(f"kg.{'.'.join(parts)} is not in the table")
            continue
        for other in sorted({*imports(ast.parse(file.read_bytes()))} - {mine}):
            if DEPTH[other] <= DEPTH[mine]:
                against.append(
                    f"{file.name}: kg.{mine} imports kg.{other}, which does not stand lower"
                )
    assert not against, "\n".join(against)


def test_every_package_goes_into_the_wheel(repository: Path) -> None:
    setup = configparser.ConfigParser()
    setup.read(repository / "setup.cfg", "utf-8")
    listed = {name for name in setup["options"]["packages"].split() if "starter" not in name}
    made = {
        ".".join(file.parent.relative_to(repository).parts)
        for file in (repository / "kg").rglob("__init__.py")
    }
    assert listed == made
