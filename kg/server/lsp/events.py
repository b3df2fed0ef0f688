"""What pygls logs, told in a line each."""

from __future__ import annotations

import logging
import sys

from kg.text.characters import printable

MOST_TOLD = 300
"""So many characters of an event are told."""


class _Plain(logging.Handler):
    """Tells in a line on standard error what pygls logs, and not where in its code."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of one event."""
        first_line = record.getMessage().partition("\n")[0]
        sys.stderr.write(f"kg: {printable(first_line)[:MOST_TOLD]}\n")


def log_plainly() -> None:
    """Let no editor's log fill with tracebacks of what the editor sent."""
    logger = logging.getLogger("pygls")
    logger.propagate = False
    logger.addHandler(_Plain(logging.WARNING))
