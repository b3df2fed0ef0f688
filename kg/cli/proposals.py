"""Show what machines propose, to accept or reject.

Proposals lie in proposals/: kg mcp --propose writes them. Nothing is built, checked or counted
from them. Each rests on one passage, which is shown in its paragraph. What is accepted is drafted
and read anew, and written as kg add writes it; the proposal is taken away.
"""

from __future__ import annotations

import argparse
import sys

from kg.cli.documents import FORMAT, print_document
from kg.cli.drafts import evidence_of, print_draft
from kg.cli.options import Commands, command, options
from kg.cli.sources import unchecked_reading, whole_reading

NEW_HELP = """Propose an assertion, as kg mcp does.

Write a proposal. It takes one passage that the article has letter by letter, in one piece and once
in the whole article, or nothing: no paraphrase, nothing left out. Its paragraph is found.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(parser, FORMAT)
    parser.set_defaults(id=[])
    kinds = parser.add_subparsers(dest="kind", metavar="WHAT", title="what to do (default: list)")
    _add_new(kinds)
    for runs, name, help in (
        (_run_accept, "accept", "Write a proposal into the sources."),
        (_run_reject, "reject", "Take a proposal away."),
    ):
        subcommand = command(kinds, runs, name, f"{help}\n\n{help}")
        options(subcommand, {"ID...": "the proposal's id"})
        if name == "accept":
            options(subcommand, {"--to FILE": "the file below sources/"}, default="")


def _add_new(kinds: Commands) -> None:
    parser = command(kinds, _run_new, "new", NEW_HELP)
    options(
        parser,
        {
            "SUBJECT": "who or what it is about",
            "RELATION": "the relation",
            "OBJECT": "the other end, or a value",
        },
    )
    parser.add_argument("--article", metavar="ID", required=True, help="the article")
    parser.add_argument(
        "--words", metavar="WORDS", required=True, help="the passage, as kg text shows it"
    )
    options(parser, {"--paragraph N": "where it must stand"})
    options(
        parser,
        {
            "--said DATE": "when they said so",
            "--when DATE": "when it was so",
            "--mode MODE": "how it is meant, as planned",
            "--from NAME": "who proposes it",
            "--by SPEAKER...": "who says so (repeatable)",
            "--denies": "the article says that it is not so",
        },
        default="",
    )
    options(parser, FORMAT)


def run(arguments: argparse.Namespace) -> int:
    """Print what waits."""
    from kg.editing.proposals import read_proposals
    from kg.reports.proposals_document import proposals_document

    proposals = read_proposals(unchecked_reading(arguments))
    return print_document(proposals_document(proposals), arguments)


def _run_accept(arguments: argparse.Namespace) -> int:
    from kg.editing.proposals import accept, proposal_draft
    from kg.editing.writing import prepare_draft

    for id in arguments.id:
        reading = unchecked_reading(arguments)
        draft = prepare_draft(reading, proposal_draft(reading, id, arguments.to))
        accept(draft, id)
        print_draft(draft)
    return 0


def _run_reject(arguments: argparse.Namespace) -> int:
    from kg.editing.proposals import reject

    reading = unchecked_reading(arguments)
    for id in arguments.id:
        reject(reading, id)
        print(f"kg: {id} is taken away", file=sys.stderr)
    return 0


def _run_new(arguments: argparse.Namespace) -> int:
    from kg.editing.proposals import propose
    from kg.reports.proposals_document import proposals_document

    evidence = evidence_of(arguments)
    triple = (arguments.subject, arguments.relation, arguments.object)
    proposal = propose(whole_reading(arguments), triple, evidence, vars(arguments)["from"])
    return print_document(proposals_document([proposal]), arguments)
