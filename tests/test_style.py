"""What the code itself must be like, beyond what ruff can tell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def nested(tree: ast.AST) -> Iterator[ast.expr]:
    """Comprehensions within a comprehension (or over several loops), and conditional expressions
    within one.
    """
    for node in ast.walk(tree):
        if isinstance(node, COMPREHENSIONS):
            inner = (each for each in ast.walk(node) if each is not node)
            if len(node.generators) > 2 or any(isinstance(each, COMPREHENSIONS) for each in inner):
                yield node
        if isinstance(node, ast.IfExp):
            parts = (node.test, node.body, node.orelse)
            if any(isinstance(each, ast.IfExp) for part in parts for each in ast.walk(part)):
                yield node


def test_no_comprehension_stands_in_another_and_no_conditional_expression_in_another(
    repository: Path,
) -> None:
    places = [
        f"{file.relative_to(repository)}:{node.lineno}"
        for file in sorted((repository / "kg").rglob("*.py"))
        for node in nested(ast.parse(file.read_bytes()))
    ]
    assert not places


SAME_NAME = {"add_options", "run", "Lens"}
"""What each command's module has; and the lens that Python users write, which is read into
another.
"""


def alias_name(node: ast.AST) -> str:
    """The name of a type that a module gives to others; variables of types mean any in each."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            is_variable = isinstance(value, ast.Call) and ast.unparse(value.func) == "TypeVar"
            return name if name != name.upper() and name[0].isupper() and not is_variable else ""
    return ""


def test_a_public_name_of_a_module_means_one_thing_in_the_whole_house(repository: Path) -> None:
    places: dict[str, list[str]] = {}
    for file in sorted((repository / "kg").rglob("*.py")):
        for node in ast.parse(file.read_bytes()).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                places.setdefault(node.name, []).append(f"{file.name}:{node.lineno}")
            if name := alias_name(node):
                places.setdefault(name, []).append(f"{file.name}:{node.lineno}")
    public = {name: where for name, where in places.items() if not name.startswith("_")}
    shared = {name: where for name, where in public.items() if len(where) > 1}
    assert shared.keys() == SAME_NAME


def test_nothing_is_keyed_by_where_it_lies_in_memory(repository: Path) -> None:
    call = re.compile(r"(?<!def )(?<![\w.])id\(|\bmap\(id,|\bkey=id\b")
    files = sorted((repository / "kg").rglob("*.py"))
    assert [file.name for file in files if call.search(file.read_text("utf-8"))] == []
