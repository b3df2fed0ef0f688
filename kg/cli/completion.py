"""``kg completion``: print a completion script."""

from __future__ import annotations

import argparse

from kg.cli.options import Commands, command


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "completion",
        "print a completion script for your shell",
        'Print a script that completes kg\'s commands and options: eval "$(kg completion bash)"',
    )
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="your shell")


def run(arguments: argparse.Namespace) -> int:
    """Print a completion script."""
    import shtab

    print(shtab.complete(arguments.whole_parser, shell=arguments.shell))
    return 0
