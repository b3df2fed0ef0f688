"""Packages are layers: a package may import what stands on a lower line of this table, wherever in
its code.
"""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

# Packages on one line do not import each other; ``graph`` is the face for Python.
LAYERS = """
    __init__ __main__
    cli graph
    server
    site
    page
    view
    reports
    editing export
    reading
    rdf viz
    checks
    query sources status
    ontology
    files model
    dates diagnostics
    text
"""
DEPTH = {name: depth for depth, line in enumerate(LAYERS.splitlines()) for name in line.split()}


def imports(tree: ast.AST) -> Iterator[str]:
    """The packages that code imports from kg; what the package itself offers is ``__init__``."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                paths = [alias.name for alias in names]
            case ast.ImportFrom(module="kg", names=names):
                # The version is no part of what __init__ is made of: it is known before anything is
                # imported.
                paths = [f"kg.{alias.name}" for alias in names if alias.name != "__version__"]
            case ast.ImportFrom(module=str(module), level=0):
                paths = [module]
            case _:
                continue
        for path in paths:
            first, name, *_ = [*path.split("."), ""]
            if first == "kg":
                yield name if name in DEPTH else "__init__"


def test_every_module_stands_in_one_layer_and_imports_point_down(repository: Path) -> None:
    against = []
    for file in sorted((repository / "kg").rglob("*.py")):
        mine = file.relative_to(repository / "kg").parts[0].removesuffix(".py")
        if mine not in DEPTH:
            against.append(f"kg.{mine} is not in the table")
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
