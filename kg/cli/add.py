"""Write an article, thing, assertion, denial, end, citation or name into the sources.

Draft a record, read the whole workspace with it, and write it where that gets no new error: into
the file that has most of its kind, or --to another. Comments and layout stay as they are. Prints
the sentence as kg why tells it, and the YAML with its place; --dry-run writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.drafts import evidence_of, print_draft, print_namesake
from kg.cli.options import command, options
from kg.cli.sources import relative_path, unchecked_reading

if TYPE_CHECKING:
    from kg.editing.insertion import RecordDraft
    from kg.reading import Reading

BROKEN_LINES = """\
seems to have its paragraphs broken into lines: each line counts as one
  hint: put each paragraph into one line before anything is cited, in the copy, too (kg check then
  tells what to write into the record); where blank lines stand between the paragraphs, this does:
  awk -v RS= '{$1=$1}1' FILE > NEW"""
NAMES = """\
Names may be ids, labels or other names; one that means several things is refused with the list."""
ARTICLE_HELP = """Record an article of which you have the text.

Copy a text into texts/ and record it: paragraphs, fingerprint, title, publisher, date. What is not
given is taken from a bibliography (--from-csl), and the title else from the first line. A
publisher that is not recorded yet is recorded with it.
"""
THING_HELP = """Record {what}.

Record {what} under an id that is made of its name. Names that are nearly its own are
told.
"""
ASSERTION_HELP = f"""Write what an article says, with the words that say it.

Write an assertion. {NAMES}
The words are looked up in your copies and cited by place and fingerprint. Words
that stand nowhere, or at several places, are refused.
"""
CITATION_HELP = """Write who else says what is written already.

Write a further citation into an assertion: the words of another article, or of another paragraph,
that say the same. Names may be ids, labels or other names.
"""
NAME_HELP = """Write another name of a thing.

Write another name into the record of a thing, with the words that use it where these are given.
"""

DRY_RUN = {"--dry-run": "write nothing, show what would be"}
PLACE = {
    "--id ID": "its id (default: made of the rest)",
    "--to FILE": "the file below sources/ (may be new)",
    **DRY_RUN,
}
WORDS = {
    "--words WORDS...": "the shortest words that carry it, as the article has them (repeatable)",
    "--article ID": "the article (default: any that has the words)",
    "--paragraph N": "the paragraph, counted from 1",
}
EVIDENCE = {
    **WORDS,
    "--by SPEAKER...": "who says so, where the article does not itself (repeatable)",
    "--unnamed WHO": (
        "who says so without a name, as 'An official': recorded as a speaker of its own"
    ),
    "--said DATE": "when they said so",
    "--when DATE": "when it was so",
    "--note TEXT": "a remark of your own",
}
ARTICLE = {
    "FILE": "the text, one line a paragraph",
    "--from-csl FILE": (
        "what a reference manager says of it: CSL-JSON (.json), BibTeX (.bib) or RIS (.ris)"
    ),
    "--key KEY": "the entry, of several there",
    "--title TITLE": "its title",
    "--publisher PUBLISHER": "who shows it: a name, or an id",
    "--originator ORIGINATOR": "who wrote it, where that is another",
    "--published PUBLISHED": "when it appeared",
    "--url URL": "its address",
    **PLACE,
}
THING = {
    "LABEL": "its name",
    "--type CLASS": "its class, by name or in words: kg ontology",
    **PLACE,
}
ASSERTION = {
    "SUBJECT": "who or what it is about",
    "RELATION": "the relation: kg ontology find WORDS",
    "OBJECT": "the other end, or a value",
    **EVIDENCE,
    "--where PLACE": "where",
    "--mode MODE": "planned, expected, demanded, threatened, conditional, opinion ...",
    "--condition TEXT": "under which condition, of what is conditional",
    "--outcome OUTCOME": "what became of a plan, as happened",
    "--denies": "the article says that it is not so",
    "--supersedes ID...": "the assertion that it corrects or replaces (repeatable)",
    "--with NAME=VALUE...": "a qualifier: kg ontology RELATION lists them (repeatable)",
    **PLACE,
}
NAME = {
    "THING": "its id, or a name that it has",
    "NAME": "the other name",
    **WORDS,
    **DRY_RUN,
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True, title="kinds")

    def add_kind(name: str, text: str, helps: Mapping[str, str]) -> None:
        options(command(kinds, run, name, text), helps, default="")

    add_kind("article", ARTICLE_HELP, ARTICLE)
    for name in ("actor", "pact", "dispute", "event", "place", "thing"):
        what = f"an {name}" if name[0] in "aeiou" else f"a {name}"
        add_kind(name, THING_HELP.format(what=what), THING)
    add_kind("assertion", ASSERTION_HELP, ASSERTION)
    for name, does, target in (
        ("denial", "Write who denies an assertion", "what is denied"),
        ("end", "Write when a state ended", "the state that ended"),
        ("beginning", "Write when a state began", "the state that began"),
    ):
        helps = {"ASSERTION...": f"{target}: its id, or SUBJECT RELATION OBJECT"}
        text = f"{does}.\n\n{does}, behind it in its file. {NAMES}"
        add_kind(name, text, {**helps, **EVIDENCE, **PLACE})
    helps = {"ASSERTION...": "what is said there: its id, or SUBJECT RELATION OBJECT"}
    add_kind("citation", CITATION_HELP, {**helps, **WORDS, **DRY_RUN})
    add_kind("name", NAME_HELP, NAME)


def run(arguments: argparse.Namespace) -> int:
    """Draft a record, write it unless it is to be shown only, and print it."""
    from kg.editing.writing import copy_text, prepare_draft, write_draft

    reading = unchecked_reading(arguments)
    draft = prepare_draft(reading, DRAFTS.get(arguments.kind, _draft_thing)(reading, arguments))
    if not arguments.dry_run:
        if arguments.kind == "article":
            copied = copy_text(reading.workspace, Path(arguments.file), draft.id)
            print(f"kg: the text is {relative_path(copied)}", file=sys.stderr)
        write_draft(draft)
    print_draft(draft)
    if not getattr(arguments, "id", ""):
        print_namesake(draft)
    if arguments.dry_run:
        print("kg: nothing was written (--dry-run)", file=sys.stderr)
    return 0


def _draft_article(reading: Reading, arguments: argparse.Namespace) -> RecordDraft:
    from kg.editing import records

    text, csl = records.read_copy(Path(arguments.file)), arguments.from_csl
    if records.looks_wrapped(text):
        print(f"kg: {text.name} {BROKEN_LINES}", file=sys.stderr)
    entry = records.bibliography_entry(Path(csl), arguments.key) if csl else None
    keys = ("title", "publisher", "originator", "published", "url")
    given_fields = {key: getattr(arguments, key) for key in keys}
    fields = records.article_fields(text, entry, given_fields, reading)
    return records.draft_article(reading, fields, arguments.id, arguments.to)


def _draft_thing(reading: Reading, arguments: argparse.Namespace) -> RecordDraft:
    from kg.editing.names import names_like
    from kg.editing.records import draft_thing

    for id in names_like(arguments.label, reading.written):
        label = reading.written.things[id].label
        print(f"kg: there is {id} ({label}) with nearly this name", file=sys.stderr)
    fields = {"label": arguments.label, "type": arguments.type}
    return draft_thing(reading, f"{arguments.kind}s", fields, arguments.id, arguments.to)


def _draft_assertion(reading: Reading, arguments: argparse.Namespace) -> RecordDraft:
    from kg.editing.assertions import draft_assertion

    triple = (arguments.subject, arguments.relation, arguments.object)
    return draft_assertion(reading, triple, evidence_of(arguments))


def _draft_dependent(reading: Reading, arguments: argparse.Namespace) -> RecordDraft:
    from kg.editing.assertions import DEPENDENTS

    return DEPENDENTS[arguments.kind](reading, arguments.assertion, evidence_of(arguments))


def _draft_name(reading: Reading, arguments: argparse.Namespace) -> RecordDraft:
    from kg.editing.citing import cite_words
    from kg.editing.records import draft_name

    has_place = bool(arguments.words or arguments.article)
    place = (reading, arguments.article, arguments.paragraph)
    cite = cite_words(arguments.words, *place) if has_place else {}
    return draft_name(reading, arguments.thing, arguments.name, cite)


DRAFTS: Mapping[str, Callable[[Reading, argparse.Namespace], RecordDraft]] = {
    "article": _draft_article,
    "assertion": _draft_assertion,
    **dict.fromkeys(("denial", "end", "beginning", "citation"), _draft_dependent),
    "name": _draft_name,
}
"""What drafts a record of a kind; that of all others is a thing."""
