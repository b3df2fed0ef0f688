"""The command ``kg``: the edge, where words are printed, files written and exit codes chosen.

0 is fine (perhaps with warnings), 1 problems in the data, 2 wrong usage or unreadable input, 3 a
limit was hit.
"""

from __future__ import annotations

import gc
import io
import os
import re
import sys
from collections.abc import Sequence

from kg.characters import printable
from kg.cli.parser import build_parser
from kg.diagnostics import KgError

INTERRUPTED = 130
_NEGATIVE_YEAR = re.compile(r"-[0-9]{4}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # A command is short and leaves no rings of objects: on 10,000 assertions the collector would
    # find nothing in a quarter of its time (`kg check`: 4.4 s of CPU against 3.3 s without it).
    gc.disable()
    try:
        return _run_command(argv)
    except KgError as error:
        _print_error(error)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (as in `kg query ... | head`): nothing is left to say to
        # it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("kg: interrupted", file=sys.stderr)
        return INTERRUPTED


def _run_command(argv: Sequence[str] | None) -> int:
    try:
        words = sys.argv[1:] if argv is None else argv
        arguments, unknown = build_parser().parse_known_args(_joined_to_options(words))
        if unknown:
            # The command refuses them, so that it is its usage that is printed.
            arguments.refuse(f"unrecognized arguments: {' '.join(unknown)}")
        code: int = arguments.run(arguments)
        return code
    finally:
        sys.stdout.flush()


def _joined_to_options(words: Sequence[str]) -> list[str]:
    """Words of a command line, a year before 1 BC (``--on -0440``) joined to its option: argparse
    would take it for an option of its own.
    """
    joined: list[str] = []
    for word in words:
        is_value = joined and joined[-1].startswith("--") and "=" not in joined[-1]
        if is_value and _NEGATIVE_YEAR.match(word):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _print_error(error: KgError) -> None:
    for number, line in enumerate(str(error).splitlines()):
        print(f"{'' if number else 'kg: '}{printable(line)}", file=sys.stderr)
    if error.hint:
        print(f"  hint: {printable(error.hint)}", file=sys.stderr)
