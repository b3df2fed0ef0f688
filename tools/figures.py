"""Print how the code in folders reads: sizes, complexity, density, names, annotations, tokens.

usage: python tools/figures.py [--markdown] FOLDER ...     (as in: python tools/figures.py kg)

Tests inside a folder (``tests/``) and ``node_modules`` are left out. What the figures count:

- code lines are lines that hold a token of Python other than comments and docstrings;
- a function's complexity is McCabe's with radon's rules: one, and one more for each branch, loop,
  ``except``, ``assert``, lambda, further operand of ``and`` and ``or``, and each ``for`` and ``if``
  of a comprehension; a function inside another counts for itself alone;
- bindings are assigned names, parameters and functions; participles are those of ``PARTICIPLES``;
- tokens of Python are those of ``tokenize`` without comments, docstrings and what only marks lines
  and indentation; the text below a constant is no docstring of Python's and counts as one token;
- tokens of scripts are those of ``.js`` files in folders called ``scripts``, without comments; a
  template is one token.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import statistics
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

PARTICIPLES = frozenset(
    re.findall(
        r"\w+",
        """
        added allowed answered asked borne bound broken built called changed chosen cited
        claimed come concluded counted cut denied done drawn expected fallen felt filled found
        given gone grown heard held hidden joined kept known laid led left lost made marked
        meant met missed moved named needed opposed parted passed placed put ran reached read
        said seen sent shown spoken spread standing started stated stood taken tied told used
        wanted withdrawn worked written
        """,
    )
)
"""Participles that say nothing alone: names for whatever was found, told, shown ..."""

LEFT_OUT = {"tests", "node_modules"}
LAYOUT_TOKENS = {
    tokenize.COMMENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
    tokenize.INDENT,
    tokenize.NEWLINE,
    tokenize.NL,
}
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (ast.Module, ast.ClassDef, *FUNCTIONS)
SCRIPT_TOKEN = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
    |`(?:\\.|\$\{(?:\[(?:\\.|[^\]\\])*\]|`[^`]*`|[^`}])*\}|[^`\\])*`  # a template, others in it
    |"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'                # a text
    |(?:(?<=[=(,:\[!&|?;{}>\n])|(?<=return))[ ]*/(?![*/])  # a pattern, where a value may stand
        (?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*   # characters and sets of them
    |\#?[A-Za-z_$][\w$]*|\d[\w.]*                          # a name, a number
    |>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=  # a sign of several characters
    |=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|[-+*/%&|^]=|\*\*|<<|>>
    |\S
    """,
    re.DOTALL | re.VERBOSE,
)

Function = ast.FunctionDef | ast.AsyncFunctionDef
Item = TypeVar("Item")
Documented = ast.Module | ast.ClassDef | Function


class Module:
    """One file of Python with what is counted in it."""

    def __init__(self, path: Path) -> None:
        self.lines = path.read_text("utf-8").splitlines()
        self.tree = ast.parse("\n".join(self.lines))
        self.nodes = list(ast.walk(self.tree))

    @cached_property
    def functions(self) -> list[Function]:
        """All functions and methods, those inside others too."""
        return [node for node in self.nodes if isinstance(node, FUNCTIONS)]

    @cached_property
    def tokens(self) -> list[tokenize.TokenInfo]:
        """The tokens of its code, without comments, docstrings and layout."""
        docstring_lines = set(self._docstring_lines())
        tokens = tokenize.generate_tokens(io.StringIO("\n".join(self.lines) + "\n").readline)
        code = (token for token in tokens if token.type not in LAYOUT_TOKENS)
        return [token for token in code if not is_docstring(token, docstring_lines)]

    def _docstring_lines(self) -> Iterator[int]:
        """The lines on which the docstrings of the module, its classes and its functions begin."""
        for node in self.nodes:
            if isinstance(node, DOCUMENTED) and ast.get_docstring(node) is not None:
                yield node.body[0].lineno

    @cached_property
    def code_lines(self) -> list[str]:
        """The lines that hold code."""
        numbers: set[int] = set()
        for token in self.tokens:
            numbers.update(range(token.start[0], token.end[0] + 1))
        return [self.lines[number - 1] for number in sorted(numbers)]


def is_docstring(token: tokenize.TokenInfo, docstring_lines: set[int]) -> bool:
    """Return whether a token is a text that begins on one of the lines."""
    return token.type == tokenize.STRING and token.start[0] in docstring_lines


class Code:
    """All modules of a folder, and what stands in them taken together."""

    def __init__(self, folder: Path) -> None:
        self.modules = [Module(path) for path in find_files(folder, "*.py")]
        self.nodes = join_lists(module.nodes for module in self.modules)
        self.functions = join_lists(module.functions for module in self.modules)
        self.lines = join_lists(module.code_lines for module in self.modules)
        self.comprehensions = [node for node in self.nodes if isinstance(node, COMPREHENSIONS)]


def join_lists(lists: Iterable[list[Item]]) -> list[Item]:
    """Return one list of the items of several."""
    return list(chain.from_iterable(lists))


def find_files(folder: Path, pattern: str) -> list[Path]:
    """The files below a folder whose name fits, without tests and what npm installed."""
    files = sorted(folder.rglob(pattern))
    return [path for path in files if LEFT_OUT.isdisjoint(path.relative_to(folder).parts)]


def walk_body(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, but not those of functions inside it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, FUNCTIONS):
            yield child
            yield from walk_body(child)


def complexity(function: Function) -> int:
    """McCabe's complexity of a function."""
    return 1 + sum(count_branches(node) for node in walk_body(function))


def count_branches(node: ast.AST) -> int:
    """How many further ways lead through a node."""
    match node:
        case ast.If() | ast.IfExp() | ast.Assert() | ast.Lambda() | ast.ExceptHandler():
            return 1
        case ast.For() | ast.AsyncFor() | ast.While():
            return 1 + bool(node.orelse)
        case ast.Try():
            return bool(node.orelse)
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.match_case(pattern=ast.MatchAs(pattern=None)):
            return 0
        case ast.match_case():
            return 1
        case _:
            return 0


def is_nested(comprehension: ast.AST) -> bool:
    """Return whether a comprehension has several ``for`` or holds another comprehension."""
    inside = [node for node in ast.walk(comprehension) if isinstance(node, COMPREHENSIONS)]
    return len(inside) > 1 or len(getattr(comprehension, "generators", ())) > 1


def count_inner_imports(function: Function) -> int:
    """How many import statements stand inside a function."""
    return sum(isinstance(node, ast.Import | ast.ImportFrom) for node in walk_body(function))


def binding_names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Each name that is bound: by assignment, as a parameter, as a function."""
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name


def is_annotated(function: Function) -> bool:
    """Return whether all parameters but self and cls are annotated, and the result is."""
    parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    rest = [node for node in (function.args.vararg, function.args.kwarg) if node]
    to_annotate = [node for node in (*parameters, *rest) if node.arg not in ("self", "cls")]
    return all([*(node.annotation for node in to_annotate), function.returns])


def public_nodes(parent: ast.Module | ast.ClassDef) -> Iterator[Documented]:
    """A module or class, and the public classes and functions in it."""
    yield parent
    for node in parent.body:
        if isinstance(node, FUNCTIONS) and not node.name.startswith("_"):
            yield node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_nodes(node)


def count_script_tokens(folder: Path) -> int:
    """The number of tokens in the folder's scripts."""
    files = [path for path in find_files(folder, "*.js") if "scripts" in path.parts]
    text = "\n".join(path.read_text("utf-8") for path in files)
    return sum(not match["comment"] for match in SCRIPT_TOKEN.finditer(text))


def quantiles(values: Iterable[int]) -> str:
    """The median, p90, p95 and the greatest of some numbers."""
    ordered = sorted(values)
    at = [ordered[int(len(ordered) * share)] for share in (0.5, 0.9, 0.95)]
    return " / ".join(f"{value:,}" for value in (*at, ordered[-1]))


def percentage(values: Iterable[object]) -> str:
    """The share of values that are true."""
    truths = [bool(value) for value in values]
    return f"{100 * sum(truths) / max(1, len(truths)):.1f} %"


def size_rows(code: Code) -> Iterator[tuple[str, str]]:
    """How large modules and functions are."""
    lengths = [len(module.lines) for module in code.modules]
    sizes = [(function.end_lineno or 0) - function.lineno + 1 for function in code.functions]
    degrees = [complexity(function) for function in code.functions]
    yield "modules / lines", f"{len(lengths):,} / {sum(lengths):,}"
    yield "code lines", f"{len(code.lines):,}"
    yield "median module / max", f"{statistics.median_low(lengths)} / {max(lengths):,}"
    yield "files over 320 lines", f"{sum(length > 320 for length in lengths)}"
    yield "functions", f"{len(sizes):,}"
    yield "their lines: median / p90 / p95 / max", quantiles(sizes)
    yield "mean complexity / max", f"{statistics.mean(degrees):.2f} / {max(degrees)}"
    yield "functions of complexity > 10", f"{sum(degree > 10 for degree in degrees)}"
    yield "functions of complexity > 20", f"{sum(degree > 20 for degree in degrees)}"


def density_rows(code: Code) -> Iterator[tuple[str, str]]:
    """How much stands in a line."""
    nested = sum(is_nested(node) for node in code.comprehensions)
    conditionals = sum(isinstance(node, ast.IfExp) for node in code.nodes)
    widths = [len(line.strip()) for line in code.lines]
    thousands = len(code.lines) / 1000
    yield "comprehensions / 1,000 code lines", f"{len(code.comprehensions) / thousands:.0f}"
    yield "of these nested or with several for", f"{nested / thousands:.0f} ({nested} in all)"
    yield "conditional expressions / 1,000", f"{conditionals / thousands:.0f}"
    yield "code lines over 100 columns", percentage(len(line) > 100 for line in code.lines)
    yield "characters / code line, without indentation", f"{statistics.mean(widths):.1f}"
    yield "imports inside functions", f"{sum(map(count_inner_imports, code.functions))}"


def name_rows(code: Code) -> Iterator[tuple[str, str]]:
    """How things are named, annotated and documented."""
    one_word = ["_" not in function.name.strip("_") for function in code.functions]
    bare = [name.strip("_") in PARTICIPLES for name in binding_names(code.nodes)]
    public = join_lists(list(public_nodes(module.tree)) for module in code.modules)
    yield "one-word function names", percentage(one_word)
    yield "bare participles among bindings", f"{sum(bare)} = {percentage(bare)}"
    yield "functions annotated", percentage(map(is_annotated, code.functions))
    yield "public docstrings", percentage(map(ast.get_docstring, public))
    yield "tokens of Python", f"{sum(len(module.tokens) for module in code.modules):,}"


def measure_folder(folder: Path) -> dict[str, str]:
    """All figures of a folder, by what they count."""
    code = Code(folder)
    figures = {**dict(size_rows(code)), **dict(density_rows(code)), **dict(name_rows(code))}
    return {**figures, "tokens of the page's scripts": f"{count_script_tokens(folder):,}"}


def write_table(rows: Sequence[Sequence[str]], markdown: bool) -> Iterator[str]:
    """The lines of a table, the first row being its head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield f"| {' | '.join(cells)} |" if markdown else "  ".join(cells).rstrip()
        if number == 0:
            rules = ["-" * width for width in widths]
            yield f"| {' | '.join(rules)} |" if markdown else "  ".join(rules)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Print figures of how the code in folders reads.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="as in: kg")
    parser.add_argument("--markdown", action="store_true", help="write a table in Markdown")
    arguments = parser.parse_args()
    columns = [measure_folder(folder) for folder in arguments.folders]
    head = ("", *map(str, arguments.folders))
    rows = [head, *((name, *(column[name] for column in columns)) for name in columns[0])]
    print("\n".join(write_table(rows, arguments.markdown)))


if __name__ == "__main__":
    main()
