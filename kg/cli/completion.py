"""Print a completion script for your shell.

Print a script that completes kg's commands and options: eval "$(kg completion bash)"
"""

from __future__ import annotations

import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="your shell")


def run(arguments: argparse.Namespace) -> int:
    """Print a completion script."""
    import shtab

    from kg.cli.parser import build_parser

    print(shtab.complete(build_parser(), shell=arguments.shell))
    return 0
