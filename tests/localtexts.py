"""A small workspace with one invented article, and the folder with its text beside it."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import REPOSITORY

from kg.sources.texts.citing import search_words
from kg.sources.texts.normal import split_paragraphs

TEXT = """\
Arden leaves the Lume treaty

The government of Arden said on Monday that it would leave the “Lume” treaty of 1998.

Brell's   foreign minister, Ada Dorn, called the step a\tgrave mistake.

The treaty of 1998 ends in May. The treaty of 1998 has two parties — Arden and Brell.
"""
ARTICLE, SILENT = "post-1", "post-2"


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace, and a folder of texts beside it."""

    workspace: Path
    texts: Path

    def cite(self, *items: str | dict[str, Any], silent: int = 0) -> None:
        """Write one assertion that cites the article so, and one that cites paragraphs of the
        article without text.
        """
        cited: dict[str, Any] = {"subject": "arden", "predicate": "partyTo", "object": "lume"}
        said = [{**cited, "id": "in", "cite": {ARTICLE: list(items)}}] if items else []
        if silent:
            said.append(
                {**cited, "when": "1998", "cite": {SILENT: [str(n + 1) for n in range(silent)]}}
            )
        (self.workspace / "sources" / "said.yaml").write_text(
            json.dumps({"assertions": said}), "utf-8"
        )

    def found(self, words: str) -> str:
        """The item of a citation of words, as the tool prints it."""
        return search_words(words, split_paragraphs(TEXT)).matches[0].item

    def line(self, words: str) -> str:
        """The citation of words, as the tool prints it."""
        return f"{ARTICLE}: [{self.found(words)}]"


def desk(folder: Path) -> Desk:
    """The workspace below a folder; nothing is said in it yet."""
    shutil.copytree(REPOSITORY / "ontology", folder / "row" / "ontology")
    (folder / "row" / "sources").mkdir()
    (folder / "texts").mkdir()
    (folder / "texts" / "copied on Tuesday.txt").write_text(TEXT, "utf-8")
    article = {
        "title": "A",
        "publisher": "post",
        "originator": "post",
        "published": "2020-05",
        "paragraphs": "4",
    }
    known = {
        "articles": {
            ARTICLE: {**article, "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest()},
            SILENT: {**article, "text_sha256": "0" * 64},
        },
        "actors": {
            "post": {"type": "MediaOrganization", "label": "Post"},
            "arden": {"type": "State", "label": "Arden"},
        },
        "pacts": {"lume": {"type": "Treaty", "label": "Lume treaty"}},
    }
    (folder / "row" / "sources" / "known.yaml").write_text(json.dumps(known), "utf-8")
    return Desk(folder / "row", folder / "texts")
