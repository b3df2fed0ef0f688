"""Changes kg in small ways, one at a time, and counts how many of them the tests notice.

For each group of modules N changes are drawn from all that could be made (a comparison turned
around, a condition negated, a number one larger, nothing returned ...), by a seed, so that a run
can be repeated. Each is tried in a forked process against the tests that concern the group; what
these run as processes of their own is not changed. A change that no test notices is printed.

usage: python benchmarks/mutations.py [--mutants N] [--seed N] [GROUP ...]
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.abc
import importlib.machinery
import os
import random
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
SECONDS = 60
LOADED_BEFORE = ("pytest", "pyoxigraph", "networkx", "yaml", "rdflib")


class Group(NamedTuple):
    """Modules, and the tests that concern them."""

    modules: Sequence[str]
    tests: Sequence[str]


GROUPS = {
    "reader": Group(
        ("sources/yamlfile", "sources/loader", "sources/record", "sources/assertions"),
        ("test_yamlfile", "test_loader"),
    ),
    "checks": Group(
        ("checks",), ("test_checks", "test_inference", "test_identity", "test_departures")
    ),
    "status": Group(
        ("status/status", "status/statuses", "status/rivals", "status/support", "status/scope"),
        ("test_rivals", "test_case_rivals", "test_corrections"),
    ),
    "certainty": Group(
        ("status/certainty", "dates/overlaps", "dates/limits"),
        ("test_dates", "test_limits", "test_expiry", "test_departures", "test_case_dates"),
    ),
    "guard": Group(("query/sandbox", "query/errors", "query/size"), ("test_sparql", "test_guard")),
}

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


def changes(tree: ast.AST) -> Iterator[tuple[ast.AST, Callable[[], None]]]:
    """Each change that can be made to code: where, and what makes it."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[op]) if type(op) in SWAPS:
                yield node, _setter(node, "ops", [SWAPS[type(op)]()])
            case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPS:
                yield node, _setter(node, "op", SWAPS[type(op)]())
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                yield node, _setter(node, "test", ast.UnaryOp(ast.Not(), test))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield node, _setter(node, "operand", ast.UnaryOp(ast.Not(), operand))
            case ast.Constant(value=bool(value)):
                yield node, _setter(node, "value", not value)
            case ast.Constant(value=int(value)):
                yield node, _setter(node, "value", value + 1)
            case ast.Return(value=ast.expr()):
                yield node, _setter(node, "value", ast.Constant(None))
            case ast.comprehension(ifs=[_, *_]):
                yield node, _setter(node, "ifs", [])


def _setter(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


class Mutant(NamedTuple):
    """A module changed in one place."""

    file: Path
    line: int
    before: str
    source: str


def mutants(modules: Sequence[str], number: int, seed: int) -> Iterator[Mutant]:
    """A sample of what can be changed in some modules."""
    files = []
    for module in modules:
        path = REPOSITORY / "kg" / module
        files += sorted(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    places = [
        (file, index)
        for file in files
        for index, _ in enumerate(changes(_without_annotations(file)))
    ]
    for file, index in random.Random(seed).sample(places, min(number, len(places))):
        tree = _without_annotations(file)
        node, change = list(changes(tree))[index]
        line = getattr(node, "lineno", 0) or getattr(getattr(node, "target", None), "lineno", 0)
        change()
        source = ast.unparse(ast.fix_missing_locations(tree))
        yield Mutant(file, line, file.read_text().split("\n")[line - 1].strip(), source)


def _without_annotations(file: Path) -> ast.Module:
    """The code of a file, whose types no test can notice."""
    tree = ast.parse(file.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in (*node.args.args, *node.args.kwonlyargs):
                argument.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant("object")
    return tree


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a changed source."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.file.relative_to(REPOSITORY).with_suffix("").parts
        self.name = ".".join(parts).removesuffix(".__init__")
        self.mutant = mutant

    def find_spec(
        self, name: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Say that this loads the module."""
        if name != self.name:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=str(self.mutant.file))

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source."""
        module.__file__ = str(self.mutant.file)
        exec(compile(self.mutant.source, module.__file__, "exec"), module.__dict__)


def is_noticed(mutant: Mutant | None, tests: Sequence[str], seconds: int) -> bool:
    """Whether a test fails, or does not come to an end, once a change is made."""
    child = os.fork()
    if not child:
        code = 3
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            if mutant:
                sys.meta_path.insert(0, Loader(mutant))
            code = _run_tests(tests)
        finally:
            os._exit(code)
    _, status, usage = os.wait4(child, 0)
    if mutant is None:
        print(f"  the tests take {usage.ru_utime:.0f} s", file=sys.stderr)
    return status != 0


def _run_tests(tests: Sequence[str]) -> int:
    import pytest

    files = [str(REPOSITORY / "tests" / f"{test}.py") for test in tests]
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *files]))


def try_group(name: str, number: int, seed: int) -> str:
    """Try a sample of changes, and return a line of the table."""
    group = GROUPS[name]
    if is_noticed(None, group.tests, 600):
        raise SystemExit(f"the tests of {name} fail without a change")
    survivors = []
    sample = list(mutants(group.modules, number, seed))
    for mutant in sample:
        if not is_noticed(mutant, group.tests, SECONDS):
            survivors.append(mutant)
            where = f"{mutant.file.relative_to(REPOSITORY)}:{mutant.line}"
            print(f"  survives: {where}: {mutant.before}", file=sys.stderr, flush=True)
    noticed = len(sample) - len(survivors)
    modules = ", ".join(f"`kg/{module}`" for module in group.modules)
    return f"| {name} | {modules} | {noticed} of {len(sample)} |"


def main() -> None:
    """Try every group asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--mutants", type=int, default=40, help="a group (default: 40)")
    parser.add_argument("--seed", type=int, default=1, help="of the sample (default: 1)")
    arguments = parser.parse_args()
    sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]
    os.chdir(REPOSITORY)
    for module in LOADED_BEFORE:
        importlib.import_module(module)
    print("| group | modules | changes noticed |\n|---|---|---|")
    for name in arguments.groups or GROUPS:
        print(try_group(name, arguments.mutants, arguments.seed), flush=True)


if __name__ == "__main__":
    main()
