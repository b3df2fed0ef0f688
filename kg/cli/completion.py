"""Print a completion script for your shell.

Print a script that completes commands, options and names of files: eval "$(kg completion bash)"
in bash and zsh (there below compinit), kg completion fish | source in fish.
"""

from __future__ import annotations

import argparse
from typing import Any

SHELLS = ("bash", "zsh", "fish", "tcsh")

_NOTHING = {"zsh": "{:}"}
"""How no name is completed: zsh would show a message, and then no option's name either."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("shell", choices=SHELLS, help="your shell")


def run(arguments: argparse.Namespace) -> int:
    """Print a completion script."""
    import shtab

    from kg.cli.parser import build_parser

    parser = build_parser()
    _prepare(parser)
    print(shtab.complete(parser, shell=arguments.shell))
    return 0


def _prepare(parser: argparse.ArgumentParser) -> None:
    """Tell of each argument what completes it, and of each command in a line what it does."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                action.choices[choice.dest].description = choice.help
            for command in action.choices.values():
                _prepare(command)
        elif action.choices is None and action.nargs != 0 and (what := _completed_by(action)):
            action.complete = what  # type: ignore[attr-defined]


def _completed_by(action: argparse.Action) -> Any:
    import shtab

    name = str(action.metavar)
    if "FILE" in name or name == "MAP":
        return shtab.FILE
    if name == "DIR":
        return shtab.DIRECTORY
    return None if action.option_strings else _NOTHING
