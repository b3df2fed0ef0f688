"""Write an article, thing, assertion, denial, end, citation or name into the sources.

Draft a record, read the whole workspace with it, and write it where that gets no new error: into
the file that has most of its kind, or --to another. Comments and layout stay as they are. Prints
the sentence as kg why tells it, and the YAML with its place; --dry-run writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.drafts import evidence_of, prepared, print_draft, print_namesake
from kg.cli.options import Commands, command, options
from kg.cli.sources import relative_path, unchecked_reading

if TYPE_CHECKING:
    from kg.editing.assertions import Drafted
    from kg.editing.writing import Draft

THINGS = ("actor", "pact", "dispute", "event", "place", "thing")
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


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True, title="kinds")
    _add_article(kinds)
    for name in THINGS:
        _add_thing(kinds, name)
    _add_assertion(kinds)
    _add_dependents(kinds)
    _add_citation(kinds)
    _add_name(kinds)


def run(arguments: argparse.Namespace) -> int:
    """Never called: a kind is required."""
    arguments.refuse("which kind?")
    return 2


def _add_article(kinds: Commands) -> None:
    parser = command(kinds, _run_article, "article", ARTICLE_HELP)
    options(
        parser,
        {
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
        },
        default="",
    )
    _place_options(parser)


def _add_thing(kinds: Commands, name: str) -> None:
    article = "an" if name[0] in "aeiou" else "a"
    text = f"""Record {article} {name}.

Record {article} {name} under an id that is made of its name. Names that are nearly its own are
told.
"""
    parser = command(kinds, _run_thing, name, text)
    options(
        parser,
        {
            "LABEL": "its name",
            "--type CLASS": "its class, by name or in words: kg ontology",
        },
        default="",
    )
    _place_options(parser)


def _add_assertion(kinds: Commands) -> None:
    parser = command(kinds, _run_assertion, "assertion", ASSERTION_HELP)
    options(
        parser,
        {
            "SUBJECT": "who or what it is about",
            "RELATION": "the relation: kg ontology find WORDS",
            "OBJECT": "the other end, or a value",
        },
    )
    _evidence_options(parser)
    options(
        parser,
        {
            "--where PLACE": "where",
            "--mode MODE": "planned, expected, demanded, threatened, conditional, opinion ...",
            "--condition TEXT": "under which condition, of what is conditional",
            "--outcome OUTCOME": "what became of a plan, as happened",
            "--denies": "the article says that it is not so",
            "--supersedes ID...": "the assertion that it corrects or replaces (repeatable)",
            "--with NAME=VALUE...": "a qualifier: kg ontology RELATION lists them (repeatable)",
        },
        default="",
    )
    _place_options(parser)


def _add_dependents(kinds: Commands) -> None:
    for name, help, named in (
        ("denial", "write who denies an assertion", "what is denied"),
        ("end", "write when a state ended", "the state that ended"),
        ("beginning", "write when a state began", "the state that began"),
    ):
        text = f"{help}.\n\n{help[0].upper()}{help[1:]}, behind it in its file. {NAMES}"
        parser = command(kinds, _run_dependent, name, text)
        options(parser, {"ASSERTION...": f"{named}: its id, or SUBJECT RELATION OBJECT"})
        _evidence_options(parser)
        _place_options(parser)


def _add_citation(kinds: Commands) -> None:
    parser = command(kinds, _run_dependent, "citation", CITATION_HELP)
    options(parser, {"ASSERTION...": "what is said there: its id, or SUBJECT RELATION OBJECT"})
    _words_options(parser)
    options(parser, {"--dry-run": "write nothing, show what would be"})


def _add_name(kinds: Commands) -> None:
    parser = command(kinds, _run_name, "name", NAME_HELP)
    options(
        parser,
        {
            "THING": "its id, or a name that it has",
            "NAME": "the other name",
        },
    )
    _words_options(parser)
    options(parser, {"--dry-run": "write nothing, show what would be"})


def _evidence_options(parser: argparse.ArgumentParser) -> None:
    _words_options(parser)
    options(
        parser,
        {
            "--by SPEAKER...": "who says so, where the article does not itself (repeatable)",
            "--unnamed WHO": (
                "who says so without a name, as 'An official': recorded as a speaker of its own"
            ),
            "--said DATE": "when they said so",
            "--when DATE": "when it was so",
            "--note TEXT": "a remark of your own",
        },
        default="",
    )


def _words_options(parser: argparse.ArgumentParser) -> None:
    options(
        parser,
        {
            "--words WORDS...": (
                "the shortest words that carry it, as the article has them (repeatable)"
            ),
            "--article ID": "the article (default: any that has the words)",
        },
        default="",
    )
    options(parser, {"--paragraph N": "the paragraph, counted from 1"})


def _place_options(parser: argparse.ArgumentParser) -> None:
    options(
        parser,
        {
            "--id ID": "its id (default: made of the rest)",
            "--to FILE": "the file below sources/ (may be new)",
            "--dry-run": "write nothing, show what would be",
        },
        default="",
    )


def _run_article(arguments: argparse.Namespace) -> int:
    from kg.editing import records
    from kg.editing.writing import copy_text

    file = Path(arguments.file)
    text, reading = records.read_copy(file), unchecked_reading(arguments)
    if records.looks_wrapped(text):
        print(f"kg: {text.name} {BROKEN_LINES}", file=sys.stderr)
    csl = arguments.from_csl
    entry = records.bibliography_entry(Path(csl), arguments.key) if csl else None
    given = {
        key: getattr(arguments, key)
        for key in ("title", "publisher", "originator", "published", "url")
    }
    fields = records.article_fields(text, entry, given, reading)
    drafted = records.draft_article(reading, fields, arguments.id, arguments.to)
    draft = prepared(reading, drafted)
    if not arguments.dry_run:
        copied = copy_text(reading.workspace, file, text.data, drafted.id)
        print(f"kg: the text is {relative_path(copied)}", file=sys.stderr)
    return _finish(draft, drafted, arguments)


def _run_thing(arguments: argparse.Namespace) -> int:
    from kg.editing.names import names_like
    from kg.editing.records import draft_thing

    reading = unchecked_reading(arguments)
    for id in names_like(arguments.label, reading.written):
        label = reading.written.things[id].label
        print(f"kg: there is {id} ({label}) with nearly this name", file=sys.stderr)
    fields = {"label": arguments.label, "type": arguments.type}
    drafted = draft_thing(reading, f"{arguments.kind}s", fields, arguments.id, arguments.to)
    return _finish(prepared(reading, drafted), drafted, arguments)


def _run_assertion(arguments: argparse.Namespace) -> int:
    from kg.editing.assertions import draft_assertion

    reading = unchecked_reading(arguments)
    triple = (arguments.subject, arguments.relation, arguments.object)
    drafted = draft_assertion(reading, triple, evidence_of(arguments))
    return _finish(prepared(reading, drafted), drafted, arguments)


def _run_dependent(arguments: argparse.Namespace) -> int:
    from kg.editing.assertions import DEPENDENTS

    reading, draft = unchecked_reading(arguments), DEPENDENTS[arguments.kind]
    drafted = draft(reading, arguments.assertion, evidence_of(arguments))
    return _finish(prepared(reading, drafted), drafted, arguments)


def _run_name(arguments: argparse.Namespace) -> int:
    from kg.editing.citing import cite_words
    from kg.editing.records import draft_name

    reading = unchecked_reading(arguments)
    has_place = bool(arguments.words or arguments.article)
    place = (reading, arguments.article, arguments.paragraph)
    cite = cite_words(arguments.words, *place) if has_place else {}
    drafted = draft_name(reading, arguments.thing, arguments.name, cite)
    return _finish(prepared(reading, drafted), drafted, arguments)


def _finish(draft: Draft, drafted: Drafted, arguments: argparse.Namespace) -> int:
    """Write a draft, unless it is to be shown only, and print it."""
    from kg.editing.writing import write

    if not arguments.dry_run:
        write(draft)
    print_draft(draft, drafted.id)
    if not getattr(arguments, "id", ""):
        print_namesake(draft, drafted.id)
    if arguments.dry_run:
        print("kg: nothing was written (--dry-run)", file=sys.stderr)
    return 0
