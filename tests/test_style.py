"""What the code itself must be like, beyond what ruff can tell."""

from __future__ import annotations

import ast
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
