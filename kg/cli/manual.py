"""The pages of ``docs/``, shipped with kg: read in a terminal, without a network."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from kg.diagnostics import KgError, did_you_mean
from kg.files.scaffold import starter_folder


def manual_pages() -> dict[str, Path]:
    """Return the pages by topic: the name of a page, or the code of a diagnostic."""
    folder = starter_folder() / "docs"
    top = sorted(folder.glob("*.md"))
    codes = sorted((folder / "diagnostics").glob("KG*.md"))
    return {path.stem: path for path in (*top, *codes) if path.stem != "README"}


def list_pages() -> str:
    """Return the topics with the titles of their pages, one a line."""
    lines = []
    for topic, path in manual_pages().items():
        title = path.read_text("utf-8").partition("\n")[0].lstrip("# ")
        lines.append(f"{topic:<13}{title.removeprefix(f'{topic}: ')}")
    lines += ["", "kg help TOPIC prints a page, kg help TOPIC HEADING a part of it."]
    return "\n".join(lines) + "\n"


MOST_PLACES = 15
"""So many parts are told that have a word."""


def find_parts(words: str) -> str:
    """Return how to print the parts of the manual that have some words, whatever their case, those
    with a title that has them first; nothing where none has.
    """
    counts: dict[str, tuple[bool, int]] = {}
    pattern = re.compile(rf"\b{re.escape(words.casefold())}")
    for topic, path in manual_pages().items():
        text = path.read_text("utf-8")
        parts = [("", text)] if topic.startswith("KG") else _parts(text)
        for title, part in parts:
            # What stands in a part of a part is told of that alone.
            head, _, body = part.casefold().partition("\n")
            own_count = len(pattern.findall(body.partition("\n##")[0]))
            is_headed = bool(pattern.search(head))
            if is_headed or own_count:
                is_command = topic == "cli" and title.startswith("kg ")
                command = title.removeprefix("kg ") if is_command else f"{topic} {title}"
                counts[shlex.join(["kg", "help", *command.split()])] = (is_headed, own_count)
    places = sorted(counts, key=lambda each: counts[each], reverse=True)
    more = len(places) - MOST_PLACES
    lines = [*places[:MOST_PLACES], *([f"and {more} more"] if more > 0 else [])]
    return "".join(f"{line}\n" for line in lines)


def read_page(topic: str, heading: str = "") -> str:
    """Return a page, or of it the parts whose headings hold some words, whatever their case.

    Raises KgError where there is no such page or part.
    """
    by_name = {name.casefold(): path for name, path in manual_pages().items()}
    path = by_name.get(topic.casefold())
    if path is None:
        hint = did_you_mean(topic, manual_pages()) or "kg help lists the pages"
        raise KgError(f"no page is called '{topic}'", hint=hint)
    text = path.read_text("utf-8")
    if not heading:
        return text
    parts = list(_parts(text))
    found_parts = [part for title, part in parts if heading.casefold() in title.casefold()]
    if not found_parts:
        titles = ", ".join(title for title, _ in parts)
        raise KgError(f"no part of '{topic}' is called '{heading}'", hint=f"it has {titles}")
    return "\n".join(found_parts)


def _parts(text: str) -> list[tuple[str, str]]:
    """The titles of the parts of a page, each with its text down to the next one of its rank."""
    heads = list(re.finditer(r"^(##+) (.+)$", _without_code(text), re.MULTILINE))
    parts = []
    for number, head in enumerate(heads):
        later = (each.start() for each in heads[number + 1 :] if len(each[1]) <= len(head[1]))
        parts.append((head[2], text[head.start() : next(later, len(text))]))
    return parts


def _without_code(text: str) -> str:
    """The page with its blocks of code blanked, so that a comment in them is no heading."""
    return re.sub(r"^```.*?^```$", lambda block: " " * len(block[0]), text, flags=re.M | re.S)
