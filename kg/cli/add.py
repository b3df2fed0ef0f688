"""``kg add``: write a record without an editor."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import Commands, command, positive
from kg.cli.sources import opened_workspace, relative_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.drafting.assertions import Drafted, Evidence
    from kg.drafting.writing import Draft
    from kg.drafting.yamltext import Value
    from kg.reading import Reading

THINGS = ("actor", "pact", "dispute", "event", "place", "thing")
NAMES = (
    "Names may be ids, labels or other names; one that means several things is refused with the "
)
NAMES += "list."


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands,
        run,
        "add",
        "write an article, thing, assertion, denial, end or name into the sources",
        "Draft a record, read the whole workspace with it, and write it where that gets no new "
        "error: into the file that\n"
        "has most of its kind, or --to another. Comments and layout stay as they are. Prints the "
        "sentence as kg why\n"
        "tells it, and the YAML with its place; --dry-run writes nothing.",
    )
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True, title="kinds")
    _add_article(kinds)
    for name in THINGS:
        _add_thing(kinds, name)
    _add_assertion(kinds)
    _add_dependents(kinds)
    _add_name(kinds)


def run(arguments: argparse.Namespace) -> int:
    """Never called: a kind is required."""
    arguments.refuse("which kind?")
    return 2


def _add_article(kinds: Commands) -> None:
    parser = command(
        kinds,
        _run_article,
        "article",
        "record an article of which you have the text",
        "Copy a text into texts/ and record it: paragraphs, fingerprint, title, publisher, date. "
        "What is not given is\n"
        "taken from a bibliography (--from-csl), and the title else from the first line. A "
        "publisher that is not\n"
        "recorded yet is recorded with it.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the text, one line a paragraph")
    parser.add_argument(
        "--from-csl",
        metavar="FILE",
        type=Path,
        help="what a reference manager says of it: CSL-JSON (.json), BibTeX (.bib) or RIS (.ris)",
    )
    parser.add_argument("--key", metavar="KEY", default="", help="the entry, of several there")
    for option, help in (
        ("title", "its title"),
        ("publisher", "who shows it: a name, or an id"),
        ("originator", "who wrote it, where that is another"),
        ("published", "when it appeared"),
        ("url", "its address"),
    ):
        parser.add_argument(f"--{option}", metavar=option.upper(), default="", help=help)
    _place_options(parser)


def _add_thing(kinds: Commands, name: str) -> None:
    article = "an" if name[0] in "aeiou" else "a"
    parser = command(
        kinds,
        _run_thing,
        name,
        f"record {article} {name}",
        f"Record {article} {name} under an id that is made of its name. Names that are nearly its "
        "own are told.",
    )
    parser.add_argument("label", metavar="LABEL", help="its name")
    parser.add_argument(
        "--type", metavar="CLASS", default="", help="its class, by name or in words: kg ontology"
    )
    _place_options(parser)


def _add_assertion(kinds: Commands) -> None:
    parser = command(
        kinds,
        _run_assertion,
        "assertion",
        "write what an article says, with the words that say it",
        f"Write an assertion. {NAMES}\nThe words are looked up in your copies and cited by place "
        "and fingerprint. Words\nthat stand nowhere, or at several places, are refused.",
    )
    parser.add_argument("subject", metavar="SUBJECT", help="who or what it is about")
    parser.add_argument("relation", metavar="RELATION", help="the relation: kg ontology find WORDS")
    parser.add_argument("object", metavar="OBJECT", help="the other end, or a value")
    _evidence_options(parser)
    parser.add_argument("--where", metavar="PLACE", default="", help="where")
    parser.add_argument("--mode", metavar="MODE", default="", help="how it is meant, as planned")
    parser.add_argument("--denies", action="store_true", help="the article says that it is not so")
    _many(parser, "supersedes", "ID", "the assertion that it corrects or replaces")
    _many(parser, "with", "NAME=VALUE", "a qualifier")
    _place_options(parser)


def _add_dependents(kinds: Commands) -> None:
    for runs, name, help, named in (
        (_run_denial, "denial", "write who denies an assertion", "what is denied"),
        (_run_end, "end", "write when a state ended", "the state that ended"),
    ):
        described = f"{help[0].upper()}{help[1:]}, behind it in its file. {NAMES}"
        parser = command(kinds, runs, name, help, described)
        parser.add_argument(
            "assertion",
            metavar="ASSERTION",
            nargs="+",
            help=f"{named}: its id, or SUBJECT RELATION OBJECT",
        )
        _evidence_options(parser)
        _place_options(parser)


def _add_name(kinds: Commands) -> None:
    parser = command(
        kinds,
        _run_name,
        "name",
        "write another name of a thing",
        "Write another name into the record of a thing, with the words that use it where these are "
        "given.",
    )
    parser.add_argument("thing", metavar="THING", help="its id, or a name that it has")
    parser.add_argument("name", metavar="NAME", help="the other name")
    _words_options(parser)
    parser.add_argument("--dry-run", action="store_true", help="write nothing, show what would be")


def _evidence_options(parser: argparse.ArgumentParser) -> None:
    _words_options(parser)
    _many(parser, "by", "SPEAKER", "who says so, where the article does not itself")
    parser.add_argument(
        "--unnamed",
        metavar="WHO",
        default="",
        help="who says so without a name, as 'An official': recorded as a speaker of its own",
    )
    parser.add_argument("--said", metavar="DATE", default="", help="when they said so")
    parser.add_argument("--when", metavar="DATE", default="", help="when it was so")
    parser.add_argument("--note", metavar="TEXT", default="", help="a remark of your own")


def _words_options(parser: argparse.ArgumentParser) -> None:
    _many(parser, "words", "WORDS", "the shortest words that carry it, as the article has them")
    parser.add_argument(
        "--article", metavar="ID", default="", help="the article (default: any that has the words)"
    )
    parser.add_argument(
        "--paragraph", metavar="N", type=positive, help="the paragraph, counted from 1"
    )


def _many(parser: argparse.ArgumentParser, name: str, metavar: str, help: str) -> None:
    parser.add_argument(
        f"--{name}", metavar=metavar, action="append", default=[], help=f"{help} (repeatable)"
    )


def _place_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--id", metavar="ID", default="", help="its id (default: made of the rest)")
    parser.add_argument(
        "--to", metavar="FILE", default="", help="the file below sources/ (may be new)"
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing, show what would be")


def _reading(arguments: argparse.Namespace) -> Reading:
    from kg.reading import read

    return read(opened_workspace(arguments), questions=())


def _run_article(arguments: argparse.Namespace) -> int:
    from kg.drafting.records import article_fields, bibliography_entry, draft_article, read_copy
    from kg.drafting.writing import copy_text

    text, reading = read_copy(arguments.file), _reading(arguments)
    csl = arguments.from_csl
    entry = bibliography_entry(csl, arguments.key) if csl else None
    given = {
        key: getattr(arguments, key)
        for key in ("title", "publisher", "originator", "published", "url")
    }
    fields = article_fields(text, entry, given, reading)
    drafted = draft_article(reading, fields, arguments.id, arguments.to)
    draft = prepared(reading, drafted)
    if not arguments.dry_run:
        copied = copy_text(reading.workspace, arguments.file, text.data, drafted.id)
        print(f"kg: the text is {relative_path(copied)}", file=sys.stderr)
    return _finish(draft, drafted, arguments)


def _run_thing(arguments: argparse.Namespace) -> int:
    from kg.drafting.names import names_like
    from kg.drafting.records import draft_thing

    reading = _reading(arguments)
    for id in names_like(arguments.label, reading.written):
        label = reading.written.things[id].label
        print(f"kg: there is {id} ({label}) with nearly this name", file=sys.stderr)
    fields = {"label": arguments.label, "type": arguments.type}
    drafted = draft_thing(reading, f"{arguments.kind}s", fields, arguments.id, arguments.to)
    return _finish(prepared(reading, drafted), drafted, arguments)


def _run_assertion(arguments: argparse.Namespace) -> int:
    from kg.drafting.assertions import draft_assertion, qualifiers_of

    reading = _reading(arguments)
    values: dict[str, Value] = {
        "where": arguments.where,
        "mode": arguments.mode,
        "negated": "true" if arguments.denies else "",
        "supersedes": arguments.supersedes,
        "with": qualifiers_of(getattr(arguments, "with")),
    }
    triple = (arguments.subject, arguments.relation, arguments.object)
    drafted = draft_assertion(reading, triple, _evidence(arguments, values))
    return _finish(prepared(reading, drafted), drafted, arguments)


def _run_denial(arguments: argparse.Namespace) -> int:
    from kg.drafting.assertions import draft_denial

    reading = _reading(arguments)
    drafted = draft_denial(reading, arguments.assertion, _evidence(arguments))
    return _finish(prepared(reading, drafted), drafted, arguments)


def _run_end(arguments: argparse.Namespace) -> int:
    from kg.drafting.assertions import draft_end

    reading = _reading(arguments)
    drafted = draft_end(reading, arguments.assertion, _evidence(arguments))
    return _finish(prepared(reading, drafted), drafted, arguments)


def _run_name(arguments: argparse.Namespace) -> int:
    from kg.drafting.citing import cite_words
    from kg.drafting.records import draft_name

    reading = _reading(arguments)
    has_place = bool(arguments.words or arguments.article)
    place = (reading, arguments.article, arguments.paragraph)
    cite = cite_words(arguments.words, *place) if has_place else {}
    drafted = draft_name(reading, arguments.thing, arguments.name, cite)
    return _finish(prepared(reading, drafted), drafted, arguments)


def _evidence(arguments: argparse.Namespace, values: Mapping[str, Value] | None = None) -> Evidence:
    from kg.drafting.assertions import Evidence

    said = {key: getattr(arguments, key) for key in ("said", "when", "note")}
    return Evidence(
        words=tuple(arguments.words),
        article=arguments.article,
        paragraph=arguments.paragraph,
        speakers=tuple(arguments.by),
        unnamed=arguments.unnamed,
        values={key: each for key, each in {**said, **(values or {})}.items() if each},
        id=arguments.id,
        to=arguments.to,
    )


def prepared(reading: Reading, drafted: Drafted) -> Draft:
    """Return a draft read again with the workspace. Raises KgError where it gets new errors, which
    are printed before.
    """
    from kg import findings
    from kg.drafting.writing import NewErrors, prepare

    try:
        return prepare(reading, drafted.insertions, drafted.id)
    except NewErrors as refusal:
        sys.stderr.write(findings.as_text(refusal.errors, refusal.texts) + "\n")
        raise


def _finish(draft: Draft, drafted: Drafted, arguments: argparse.Namespace) -> int:
    """Write a draft, unless it is to be shown only, and print it."""
    from kg.drafting.writing import write

    if not arguments.dry_run:
        write(draft)
    print_draft(draft, drafted.id)
    if not getattr(arguments, "id", ""):
        _tell_namesake(draft, drafted.id, arguments.kind)
    if arguments.dry_run:
        print("kg: nothing was written (--dry-run)", file=sys.stderr)
    return 0


def _tell_namesake(draft: Draft, id: str, kind: str) -> None:
    """Print which record has the id that a new one would have had, if one has it."""
    from kg.drafting.names import numbered_after
    from kg.drafting.writing import sentence_of

    corpus = draft.reading.written
    namesake = numbered_after(id, {*corpus.articles, *corpus.things, *corpus.assertions})
    if not namesake:
        return
    titles = {key: each.title.text for key, each in corpus.articles.items()}
    labels = {key: each.label for key, each in corpus.things.items()}
    told = titles.get(namesake) or labels.get(namesake) or sentence_of(draft, namesake)
    hint = "if that one was meant, delete this one and use its id"
    if namesake in corpus.assertions:
        hint = f"what replaces it says so: supersedes: {namesake}"
    print(f"kg: {namesake} is there already, so this one is {id}:", file=sys.stderr)
    print(f"  {told}\n  hint: {hint}", file=sys.stderr)


def print_draft(draft: Draft, id: str) -> None:
    """Print what a draft says and where it stands."""
    from kg.drafting.writing import sentence_of

    if sentence := sentence_of(draft, id):
        print(sentence)
    for insertion in draft.insertions:
        print(f"{insertion.file}:{draft.line_of(insertion)}")
        print(draft.lines_of(insertion))
    sys.stdout.flush()
    for warning in draft.warnings:
        told = f"{warning.span}: {warning.message} [{warning.rule.code}]"
        print(f"kg: a new warning: {told}", file=sys.stderr)
