"""The templates of pages, in which every value is escaped."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from kg.page.words import licence_words, standing_words, status_words

HERE = Path(__file__).parent


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept where Python keeps its compiled modules, where it may write there:
    to compile those of a site takes 0.2 s.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def template_environment(*folders: Path) -> Environment:
    """Return what finds the templates of some folders, and those here that all pages share."""
    environment = Environment(
        loader=FileSystemLoader([*folders, HERE]),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=_Compiled(str(HERE / "__pycache__")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "licence_words": licence_words,
        "status_words": status_words,
        "standing_words": standing_words,
    }
    return environment
