"""Bibliographies as articles, with the actors who publish and write them."""

from __future__ import annotations

from kg.sources.bibliography.entries import BibliographyEntry, read_bibliography, source_type
from kg.sources.exchange.harvest import Harvest
from kg.sources.sourcetext import Plain

_OTHERS = ("and others", "others", "et al.", "et al")
"""What stands for authors who are not named."""


def import_bibliography(harvest: Harvest) -> None:
    """Take the entries of a bibliography as articles. Raises KgError where it cannot be read."""
    entries = read_bibliography(harvest.path)
    for entry in entries:
        for name in entry.left_out:
            harvest.lose(f"field {name}")
        if harvest.is_known(entry.key, entry.key):
            harvest.lose("meant what the workspace has (ids)")
        elif "title" not in entry.fields:
            harvest.lose(f"entry without a title, as {entry.place}")
        elif not (entry.publishers or entry.authors):
            harvest.lose(f"entry without publisher and author, as {entry.place}")
        else:
            _add_article(harvest, entry)
    harvest.told.rows = len(entries)


def _add_article(harvest: Harvest, entry: BibliographyEntry) -> None:
    publishers = [_actor(harvest, name, entry) for name in entry.publishers]
    writers: list[str] = []
    if not entry.is_in_periodical or not publishers:
        names = [name for name in entry.authors if name.casefold() not in _OTHERS]
        writers = [_actor(harvest, name, entry) for name in names]
    fields: dict[str, Plain] = {"type": source_type(entry, harvest.ontology), **entry.fields}
    fields |= {"publisher": [*(publishers or writers)], "originator": [*(writers or publishers)]}
    harvest.add("articles", harvest.id_of(entry.key, entry.fields["title"]), fields)


def _actor(harvest: Harvest, name: str, entry: BibliographyEntry) -> str:
    """The id of an actor with a name: one that the map or the workspace calls so, or a new one."""
    key = f"name {name}"
    id = harvest.actors_by_name.get(name)
    if key in harvest.types or harvest.is_known(key, name):
        return harvest.id_of(key, name)
    if id:
        harvest.note_thing(key, id)
        return id
    own_id = harvest.id_of(key, name)
    if harvest.has_made(own_id, name):
        return own_id
    terms = harvest.terms("readFromStix")
    kind = "individual" if name in entry.persons else "organization"
    harvest.add_thing(key, terms[kind], name, {})
    return own_id
