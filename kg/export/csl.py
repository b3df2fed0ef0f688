"""Sources for reference managers: CSL-JSON, the input of citation processors.

https://docs.citationstyles.org: types and variables are those of CSL 1.0.2.
"""

from __future__ import annotations

import json
import re

from kg.dates import Date
from kg.model import Article
from kg.model.corpus import Corpus
from kg.ontology import Ontology

CslItem = dict[str, object]
"""A source as CSL-JSON has it."""

_CONTAINED = ("article-newspaper", "article-magazine", "article-journal", "post-weblog")
"""Types whose publisher is what they appeared in."""


def csl_json(corpus: Corpus, ontology: Ontology) -> bytes:
    """Return the sources of a corpus, in order of their ids."""
    articles = sorted(corpus.articles.values(), key=lambda article: article.id)
    items = [_item(article, corpus, ontology) for article in articles]
    return f"{json.dumps(items, ensure_ascii=False, indent=1)}\n".encode()


def _item(article: Article, corpus: Corpus, ontology: Ontology) -> CslItem:
    type = ontology.source_types.get(article.type_word)
    csl_type = type.csl_type if type else "document"
    publishers = (corpus.things[each.id].label for each in article.publishers)
    where = "container-title" if csl_type in _CONTAINED else "publisher"
    values: CslItem = {
        "id": article.id,
        "type": csl_type,
        "title": article.title.text,
        "language": article.title.language,
        "author": _authors(article, corpus),
        where: ", ".join(publishers),
        "issued": _date(article.published),
        "accessed": _date(article.accessed),
        "URL": article.url,
        "DOI": article.doi,
        "archive_location": article.archived.url if article.archived else "",
        "status": article.retracted_text,
        "note": article.note,
    }
    return {name: value for name, value in values.items() if value}


def _authors(article: Article, corpus: Corpus) -> list[dict[str, str]]:
    """Who wrote it: the authors as the source prints them, else the originators."""
    if article.author:
        return [{"literal": article.author}]
    return [{"literal": corpus.things[each.id].label} for each in article.originators]


def _date(date: Date | None) -> dict[str, object]:
    """A date in parts where it has any, else as it is written."""
    if date is None:
        return {}
    parts = [_parts(each) for each in date.text.rstrip("~?%").split("T")[0].split("/")]
    if not all(parts) or len(parts) > 2:
        return {"literal": date.text}
    about = {"circa": True} if date.approximate or date.uncertain else {}
    return {"date-parts": parts, **about}


def _parts(text: str) -> list[int]:
    """Year, month and day as far as they are plain; nothing of a season, set or gap."""
    match = re.fullmatch(r"(-?[0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?", text)
    return [int(part) for part in match.groups() if part] if match else []
