"""``docs/cli.md`` as the command line itself tells it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from kg.cli.parser import DESCRIPTION, build_parser

TOP = f"""\
# The command line

Made from the help of `kg` itself (`make golden` makes it anew); `kg COMMAND --help` prints the same in a terminal. The
examples are about the workspace of [the reference](reference.md).

{DESCRIPTION}

| exit code | |
|---|---|
| 0 | fine, perhaps with warnings |
| 1 | problems in the data, or a query that is wrong |
| 2 | wrong usage, or input that cannot be read |
| 3 | a limit of size, time or memory was hit |

Answers go to standard output, messages to standard error. Where standard output is closed or on a full disk, that is a message and
exit code 2. What is printed is UTF-8, whatever the system's language. No command uses a network, but for `kg load` and
`kg query --endpoint`: they ask the address that you give, and no other; and `kg serve`, which answers this machine alone.
"""

EXAMPLES = {
    "init": ("kg init row", "kg init --for company port", "kg init --example gsomia"),
    "check": (
        "kg check",
        "kg check --format sarif",
        "kg check --ignore KG402 --warn-as-error",
    ),
    "verify": ("kg verify",),
    "text": ("kg text minutes-2024-04-12", "kg text minutes-2024-04-12 --unmined"),
    "cite": ("kg cite minutes-2024-04-12 'the ministers met'",),
    "add": ("kg add name lume-treaty 'the treaty on the Lume' --dry-run",),
    "add article": (
        "kg add article texts/letter.txt --publisher 'The Courier' --published 2024-06-02",
    ),
    "add actor": ("kg add actor 'Mira Holt' --type person",),
    "add pact": ("kg add pact 'Kessel protocol' --type treaty",),
    "add dispute": ("kg add dispute 'Row over the ford'",),
    "add event": ("kg add event 'Meeting at the ford'",),
    "add place": ("kg add place Westmoor",),
    "add thing": ("kg add thing 'Westmoor sluices' --type asset",),
    "add assertion": (
        "kg add assertion 'Mira Holt' meets gov-brell --when 2024-06-01 --words 'met in Kessel'",
    ),
    "add denial": (
        "kg add denial treaty-broken --by 'Mira Holt' --said 2024-06-01 --words 'kept the treaty'",
    ),
    "add end": (
        "kg add end arden-partyTo-lume-treaty-a73c9a --when 2024-06 --words 'no longer bound' --dry-run",
    ),
    "add beginning": (
        "kg add beginning arden-partyTo-lume-treaty-a73c9a --when 2019 --words 'kept the treaty' --dry-run",
    ),
    "add citation": ("kg add citation treaty-broken --words 'kept the treaty' --dry-run",),
    "add name": ("kg add name Westmoor 'the ford' --words 'at the ford'",),
    "proposals": ("kg proposals",),
    "proposals new": (
        "kg proposals new 'Mira Holt' meets gov-arden --article the-courier-2024-06-02 "
        "--words 'at the ford' --when 2024-06-01",
    ),
    "proposals accept": ("kg proposals accept mira-holt-meets-gov-arden",),
    "proposals reject": ("kg proposals reject --help",),
    "import": ("kg import maps/members.yaml",),
    "build": ("kg build",),
    "find": ("kg find treaty",),
    "query": (
        "kg query --list",
        "kg query parties --evidence",
        "kg query about --param thing=lume-treaty --format csv",
        "kg query contested --known-by 2024-03-31",
        "echo 'SELECT ?who { ?who kg:partyTo :lume-treaty }' | kg query -",
    ),
    "why": ("kg why treaty-broken", "kg why lume-treaty --status contested"),
    "status": ("kg status lume-treaty --on 2024-03-06",),
    "timeline": ("kg timeline april-talks",),
    "disputes": ("kg disputes sluice-row",),
    "path": ("kg path gov-arden gov-brell", "kg path gov-arden gov-brell --also contested"),
    "report": ("kg report", "kg report --only single-source --all"),
    "analyse": ("kg analyse --between arden brell",),
    "view": ("kg view pact --true-on 2024-04-02 --title 'The treaty on 2 April 2024'",),
    "serve": ("kg serve --help",),
    "dossier": ("kg dossier gov-arden --out dossier.html",),
    "diff": ("kg diff --help",),
    "export": ("kg export --format csv --out assertions.csv",),
    "load": ("kg load --help",),
    "ontology": (
        "kg ontology",
        "kg ontology --topic votes",
        "kg ontology find recalled its ambassador",
        "kg ontology partyTo",
    ),
    "schema": ("kg schema --out .kg-schema.json",),
    "lsp": ("kg lsp",),
    "rename": ("kg rename lume-treaty lume-treaty-1998 --dry-run",),
    "fmt": ("kg fmt --diff", "kg fmt", "kg fmt --check"),
    "mcp": ("kg mcp --help",),
    "help": ("kg help", "kg help KG402", "kg help reference The data set", "kg help withdrawal"),
    "completion": ('eval "$(kg completion bash)"',),
}
"""What one may type, by command."""


def cli_page() -> str:
    """The page."""
    top = build_parser()
    parts = [TOP, "## kg\n", _table(_arguments(top))]
    shared: dict[str, argparse._ArgumentGroup] = {}
    for name, help, command in commands(top):
        examples = "".join(f"{line}\n" for line in EXAMPLES.get(name, ()))
        parts += [
            f"## kg {name}\n",
            f"{_sentence(help)}\n",
            f"{command.description}\n",
            _table(_arguments(command)),
        ]
        for group in _shared(command):
            shared[str(group.title)] = group
            parts.append(f"It also takes the options of [the {group.title}](#the-{group.title}).\n")
        parts += [f"```sh\n{examples}```\n"] if examples else []
    for title, group in shared.items():
        parts += [f"## The {title}\n", f"{group.description}\n", _table(group._group_actions)]
    return "\n".join(parts)


def commands(top: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Each command with its one line of help."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                command = action.choices[choice.dest]
                yield choice.dest, choice.help or "", command
                for kind, help, parser in commands(command):
                    yield f"{choice.dest} {kind}", help, parser


def _shared(of: argparse.ArgumentParser) -> list[argparse._ArgumentGroup]:
    """The groups of options that several commands take: those with a description."""
    return [group for group in of._action_groups if group.description]


def _arguments(of: argparse.ArgumentParser) -> list[argparse.Action]:
    """What a command takes beside these, as far as its help lists it."""
    elsewhere = [action for group in _shared(of) for action in group._group_actions]
    unlisted = (argparse._SubParsersAction, argparse._HelpAction)
    return [
        action
        for action in of._actions
        if action not in elsewhere
        and not isinstance(action, unlisted)
        and action.help is not argparse.SUPPRESS
    ]


def _table(actions: Iterable[argparse.Action]) -> str:
    lines = ["| argument | |", "|---|---|"]
    lines += [f"| {_name(action)} | {_cell(action)} |" for action in actions]
    return "\n".join(lines) + "\n"


def _name(action: argparse.Action) -> str:
    """An option or argument as one types it; a pipe in it would end the cell of the table."""
    named = action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar or ())
    value = named or (f"{{{','.join(action.choices)}}}" if action.choices else action.dest.upper())
    takes = f" {value}" if action.nargs != 0 else ""
    typed = ", ".join(f"`{option}{takes}`" for option in action.option_strings) or f"`{value}`"
    return typed.replace("|", "\\|")


def _cell(action: argparse.Action) -> str:
    return (action.help or "").replace("|", "\\|")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
