"""The command ``kg``: the edge, where words are printed, files written and exit codes chosen.

0 is fine (perhaps with warnings), 1 problems in the data, 2 wrong usage, unreadable input or an
output that takes nothing, 3 a limit was hit.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import io
import os
import re
import sys
from collections.abc import Sequence
from typing import TextIO

from kg.cli.parser import COMMANDS, build_parser
from kg.diagnostics import KgError
from kg.text.characters import printable, quoted

WRONG_USAGE = 2
MOST_TOLD = 1_000
"""A line of a message has no more characters: it may repeat a word that somebody pasted."""
INTERRUPTED = 130
_NEGATIVE_YEAR = re.compile(r"-[0-9]{4}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # A command is short and leaves no rings of objects: on 10,000 assertions the collector would
    # find nothing in a quarter of its time (`kg check`: 4.4 s of CPU against 3.3 s without it).
    gc.disable()
    # It would look once more at the end, at all that stands in rings then: a tenth of `kg status`.
    atexit.register(gc.freeze)
    try:
        _open_streams()
        return _run_command(sys.argv[1:] if argv is None else argv)
    except KgError as error:
        return _tell_error(error)
    except BrokenPipeError:
        # The reader of our output has gone (as in `kg query ... | head`): nothing is left to say to
        # it.
        _silence_stream(sys.stdout)
        return 0
    except OSError as error:
        return _tell_error(_refusal_of(error))
    except KeyboardInterrupt:
        print("kg: interrupted", file=sys.stderr)
        return INTERRUPTED


def _open_streams() -> None:
    """Make the standard streams ready. Raises KgError where the one for answers was closed.

    Each of the three is opened where it is missing, since the next file to be opened would take its
    number, and be read or written in its place.
    """
    is_closed = sys.stdout is None
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # All goes through a buffer, so that what cannot be written is noticed (argparse keeps
            # silent about its own).
            is_held = stream is sys.stdout
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace", write_through=not is_held
            )
    if is_closed:
        raise KgError("standard output is closed", hint="kg ... > /dev/null says nothing")


def _run_command(words: Sequence[str]) -> int:
    _refuse_bytes(words)
    try:
        os.getcwd()
    except OSError:
        raise KgError("the working folder is gone", hint="change to one that exists: cd") from None
    try:
        is_list = not words or words[0] in ("-h", "--help", "--version")
        parser = build_parser(_named_commands(words), has_options=not is_list)
        if not words:
            parser.print_help(sys.stderr)
            return WRONG_USAGE
        arguments, unknown = parser.parse_known_args(_joined_to_options(words))
        if unknown:
            # The command refuses them, so that it is its usage that is printed.
            arguments.refuse(f"unrecognized arguments: {printable(' '.join(unknown))}")
        return _run_arguments(arguments)
    finally:
        sys.stdout.flush()


def _named_commands(words: Sequence[str]) -> Sequence[str]:
    """Return the one command that a line names, behind options of kg itself: no other need be
    loaded. All of them where it is not plain which.
    """
    rest = list(words)
    while rest and rest[0] in ("-C", "--texts", "--no-texts", "--no-cache"):
        del rest[: 2 if rest[0] in ("-C", "--texts") else 1]
    if rest[:1] == ["--version"]:
        return ()
    return rest[:1] if rest and rest[0] in COMMANDS else COMMANDS


def _run_arguments(arguments: argparse.Namespace) -> int:
    code: int
    if arguments.no_cache:
        from kg.files.cache import without_cache

        with without_cache():
            code = arguments.run(arguments)
    else:
        code = arguments.run(arguments)
    return code


def _refuse_bytes(words: Sequence[str]) -> None:
    """Raise KgError where a word of the command line is no text: Python hands bytes that are not
    UTF-8 on as lone surrogates, which no file and no answer can hold.
    """
    for number, word in enumerate(words, 1):
        try:
            os.fsencode(word).decode("utf-8")
        except UnicodeError:
            raise KgError(
                f"word {number} of the command line is not UTF-8: {quoted(word)}",
                hint="write it in UTF-8; a folder of such a name can be entered first (cd)",
            ) from None


def _joined_to_options(words: Sequence[str]) -> list[str]:
    """Words of a command line, a year before 1 BC (``--on -0440``) joined to its option: argparse
    would take it for an option of its own.
    """
    joined_words: list[str] = []
    for word in words:
        is_value = (
            joined_words and joined_words[-1].startswith("--") and "=" not in joined_words[-1]
        )
        if is_value and _NEGATIVE_YEAR.match(word):
            joined_words[-1] += f"={word}"
        else:
            joined_words.append(word)
    return joined_words


def _refusal_of(error: OSError) -> KgError:
    """What the system refused, as a message. It names each file but those that are open already; of
    these kg writes to one that it has not made itself, standard output.
    """
    if error.filename is None:
        # What the stream still holds would be refused again at the end of the process.
        _silence_stream(sys.stdout)
        message = f"cannot write to standard output: {error.strerror or error}"
        return KgError(message, hint="what it took is not the whole answer")
    return KgError(f"cannot use {quoted(os.fsdecode(error.filename))}: {error.strerror}")


def _silence_stream(stream: TextIO) -> None:
    """Lead a stream to nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _tell_error(error: KgError) -> int:
    """Print an error, where that can be done, and return its exit code."""
    try:
        _print_error(error)
    except OSError:
        _silence_stream(sys.stderr)
    return error.exit_code


def _print_error(error: KgError) -> None:
    if error.findings:
        print(error.findings, file=sys.stderr)
    for number, line in enumerate(str(error).splitlines()):
        shown_line = line if len(line) <= MOST_TOLD else f"{line[:MOST_TOLD]}...{line[-200:]}"
        print(f"{'' if number else 'kg: '}{printable(shown_line)}", file=sys.stderr)
    if error.hint:
        print(f"  hint: {printable(error.hint)}", file=sys.stderr)
