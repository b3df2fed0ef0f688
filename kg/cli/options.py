"""How a command is added to the command line, and the kinds of values that options take."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Any]
else:
    Commands = object

EXIT_CODES = """\
exit codes: 0 fine (perhaps with warnings), 1 problems in the data, 2 wrong usage or unreadable \
input,
3 a limit was hit"""


def command(
    commands: Commands,
    run: Callable[[argparse.Namespace], int],
    name: str,
    text: str | None,
    has_options: bool = True,
) -> argparse.ArgumentParser:
    """Return the parser of a new command, with what it runs; ``text`` is its help as a docstring
    has it: what it does, in a sentence, and below that more. One that is only listed needs no
    options (``has_options``): three quarters of the time of ``kg --help``.
    """
    help, _, description = (text or "").strip().partition("\n\n")
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help[:1].lower() + help[1:].rstrip("."),
        description=description,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=has_options,
    )
    if has_options:
        # Whoever types options of kg itself behind the command means the same.
        common_options(parser, is_told=False)
    parser.set_defaults(run=run, refuse=parser.error)
    return parser


def common_options(parser: argparse.ArgumentParser, is_told: bool) -> None:
    """Add the options of kg itself, without defaults; help names them where they are told."""
    folder = {"type": Path, "metavar": "DIR"}
    for name, flags, help in (
        ("-C", {"dest": "workspace", **folder}, "the workspace (default: where you stand)"),
        (
            "--texts",
            folder,
            "the folder with your copies of the articles (default: KG_TEXTS, or texts/ of the "
            "workspace)",
        ),
        (
            "--no-texts",
            {"dest": "has_no_texts", "action": "store_true"},
            "look no citation up in texts",
        ),
        (
            "--no-cache",
            {"action": "store_true"},
            "read every file anew, and keep nothing of what reading made of it",
        ),
    ):
        help_text = help if is_told else argparse.SUPPRESS
        parser.add_argument(name, default=argparse.SUPPRESS, help=help_text, **flags)


Help = str | tuple[str, float | Sequence[str]]
"""What an option does; or that with its value where it is left out, or with the words that it
takes.
"""


def options(
    parser: argparse._ActionsContainer, helps: Mapping[str, Help], default: object = None
) -> None:
    """Add arguments with their help, written as usage writes them: ``ID``, ``[ID]``, ``ID...``,
    ``[ID...]``, ``--all``, ``--out FILE``, ``--by WHO...`` (given several times), ``--format`` (one
    of some words). What is left out is the default, an empty list, false or the first of the words;
    ``N`` and ``MIB`` are whole numbers from 1.
    """
    for usage, help in helps.items():
        name, _, value = usage.strip("[.]").partition(" ")
        is_many = "..." in usage
        text, more = (help, None) if isinstance(help, str) else help
        settings: dict[str, Any] = {"metavar": value or name, "default": [] if is_many else default}
        if value:
            settings |= {"action": "append" if is_many else "store", "type": _TYPES.get(value, str)}
            if value in _TYPES and default == "":
                settings["default"] = None
        elif name.startswith("-"):
            settings = {} if more else {"action": "store_true"}
        else:
            settings["nargs"] = _COUNTS[usage.replace(name, "")]
            name = name.lower().replace("-", "_")
        if isinstance(more, Sequence):
            words = [str(each) for each in more]
            settings["choices"] = words
            settings.setdefault("default", words[0])
            text += f" (repeatable): {', '.join(words)}" if is_many else ""
        elif more is not None:
            text, settings["default"] = f"{text} (default: {more:g})", more
        parser.add_argument(name, help=text, **settings)


_COUNTS = {"": None, "[]": "?", "...": "+", "[...]": "*"}
"""How often an argument may stand, by what usage writes around its name."""


def positive_number(text: str) -> int:
    """A whole number from 1."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def number_of_seconds(text: str) -> float:
    """A time above 0."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


_TYPES: Mapping[str, Callable[[str], float]] = {
    "N": positive_number,
    "MIB": positive_number,
    "SECONDS": number_of_seconds,
}
"""The values that are numbers."""
