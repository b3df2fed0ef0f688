"""What each command does: read, ask the layers below, print. One function a command, named as it is typed."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kg import findings
from kg.cli.lens import lens
from kg.diagnostics import KgError, did_you_mean
from kg.reading import Reading, read
from kg.workspace import Workspace, find, output_folder, write_site

if TYPE_CHECKING:
    from kg.lens import Lens
    from kg.saved import SavedQuery


def init(arguments: argparse.Namespace) -> int:
    """Make a new workspace."""
    from kg.scaffold import start

    files = start(arguments.folder, arguments.example)
    print(f"made {arguments.folder} with {len(files)} files")
    print(f"next: kg -C {arguments.folder} check")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Print every diagnostic, and what was looked at."""
    reading = read(find(arguments.workspace), arguments.texts)
    found = reading.diagnostics
    match arguments.format:
        case "json":
            sys.stdout.write(findings.as_json(found, _summary(reading)))
        case "github":
            sys.stdout.write(findings.github(found))
        case "sarif":
            sys.stdout.write(findings.sarif(found))
        case _:
            sys.stdout.write(findings.text(found, reading.texts))
            if found:
                print()
            print(_said(reading))
    return reading.exit_code


def _summary(reading: Reading) -> dict[str, int]:
    corpus, verification = reading.corpus, reading.verification
    errors = sum(d.is_error for d in reading.diagnostics)
    return {
        "errors": errors,
        "warnings": len(reading.diagnostics) - errors,
        "files": len(reading.sources.read),
        "other_files": reading.sources.others,
        "articles": len(corpus.articles),
        "things": len(corpus.things),
        "assertions": len(corpus.assertions),
        "conflicts": len(corpus.conflicts),
        "citations": len(corpus.citations()),
        "verified": verification.verified,
        "not_verifiable_here": verification.not_here,
        "wrong": verification.wrong,
    }


def _said(reading: Reading) -> str:
    """What a check did, in two lines."""
    n = _summary(reading)
    others = f" ({n['other_files']} other files passed over)" if n["other_files"] else ""
    read_line = (
        f"read {_count(n['files'], 'file')}{others}: {_count(n['articles'], 'article')}, "
        f"{_count(n['things'], 'thing')}, {_count(n['assertions'], 'assertion')}, {_count(n['conflicts'], 'conflict')}"
    )
    texts = (
        f"{_count(n['citations'], 'citation')}: {n['verified']} verified against texts, "
        f"{n['not_verifiable_here']} not verifiable here, {n['wrong']} wrong"
    )
    verdict = f"{_count(n['errors'], 'error')}, {_count(n['warnings'], 'warning')}"
    return f"{read_line}\n{texts}\n{verdict}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _sound(arguments: argparse.Namespace) -> Reading:
    """The workspace, or its diagnostics printed and KgError raised."""
    through = lens(arguments)
    reading = read(find(arguments.workspace))
    if reading.exit_code:
        errors = [d for d in reading.diagnostics if d.is_error]
        sys.stderr.write(findings.text(errors, reading.texts))
        print(file=sys.stderr)
        raise KgError(f"{_count(len(errors), 'error')}: nothing is built from sources with errors", reading.exit_code)
    return reading.under(through)


def build(arguments: argparse.Namespace) -> int:
    """Write the graph and the pages."""
    from kg.site import contents

    workspace = find(arguments.workspace)
    folder = output_folder(workspace, arguments.out)
    reading = _sound(arguments)
    files = contents(reading)
    # A build under a lens is not what the sources say now: no query may take it for that.
    write_site(folder, files, replace(reading.inputs, version=f"{reading.lens}") if reading.lens else reading.inputs)
    warnings = len(reading.diagnostics)
    for name in sorted(files):
        print(f"{_shown(folder / name)}  {len(files[name]):,} bytes")
    print(f"built {_count(len(files), 'file')} from {_count(len(reading.corpus.assertions), 'assertion')}", end="")
    print(f"; {_count(warnings, 'warning')}: kg check" if warnings else "")
    _say_lens(reading.lens, sys.stdout)
    return 0


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def view(arguments: argparse.Namespace) -> int:
    """Write the pages of views."""
    from kg.site import pages
    from kg.workspace import write_file

    workspace = find(arguments.workspace)
    folder = output_folder(workspace, arguments.out)
    made = pages(_sound(arguments), arguments.name, arguments.title)
    for name in sorted(made):
        write_file(folder / name, made[name])
        print(f"{_shown(folder / name)}  {len(made[name]):,} bytes")
    return 0


def query(arguments: argparse.Namespace) -> int:
    """Ask the graph, in a process that can be stopped."""
    from kg.limits import MIB, Limits, within_limits

    workspace = find(arguments.workspace)
    if arguments.list:
        return _list_queries(workspace)
    if arguments.query is None:
        raise KgError("which query?", hint="name a saved one (kg query --list), a file, or - for standard input")
    saved = _saved(workspace, arguments.query)
    limits = Limits(seconds=arguments.timeout, memory=arguments.memory * MIB)
    return within_limits(lambda: _answer(workspace, saved, arguments), limits)


def _answer(workspace: Workspace, saved: SavedQuery, arguments: argparse.Namespace) -> int:
    from kg.answers import Format, write
    from kg.asking import require_known, terms
    from kg.evidence import with_evidence
    from kg.query import ask
    from kg.sparql import bind
    from kg.store import load

    through = lens(arguments)
    graph = load(workspace, through)
    prefixes = graph.ontology.prefixes
    values = terms(saved, _params(arguments.param), graph.ontology)
    require_known(values, graph.store, graph.ontology.base)
    text = bind(saved.text, values)
    answer = ask(graph.store, text, prefixes, saved.name, arguments.most_rows)
    found = with_evidence(graph.store, text, answer, prefixes) if arguments.evidence else answer
    sys.stdout.write(write(found, Format(arguments.format), prefixes, arguments.safe_csv))
    _say_lens(through, sys.stdout if arguments.format == "table" else sys.stderr)
    return 0


def _say_lens(through: Lens, stream: TextIO) -> None:
    """Under which lens an answer was given; machines' formats get it beside them."""
    if through:
        print(f"lens: {through}", file=stream)


def _params(given: list[str]) -> dict[str, str]:
    params = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name:
            raise KgError(f"--param takes NAME=VALUE, not '{each}'")
        params[name] = value
    return params


def _saved(workspace: Workspace, name: str) -> SavedQuery:
    """What to ask: a saved query by name, a file, or standard input."""
    from kg.query import MOST_CHARACTERS, read_query
    from kg.questions import named
    from kg.saved import saved_query

    if name == "-":
        return saved_query("<query>", read_query(sys.stdin.buffer.read(4 * MOST_CHARACTERS + 1)))
    if not (name.endswith(".rq") or "/" in name or "\\" in name):
        return named(workspace, name)
    try:
        with Path(name).open("rb") as file:
            data = file.read(4 * MOST_CHARACTERS + 1)
    except OSError as error:
        raise KgError(f"cannot read {name}: {error.strerror}") from None
    return saved_query(name, read_query(data, name))


def _list_queries(workspace: Workspace) -> int:
    from kg.questions import saved_queries

    known = saved_queries(workspace)
    if not known:
        print("queries/ holds no saved query yet: put SPARQL into queries/NAME.rq")
    for saved in known.values():
        print(f"{saved.name}\n    {saved.question}")
        for param in saved.params:
            default = f", {param.default} if left out" if param.default else ", required" if param.required else ""
            print(f"    --param {param.name}=...  {param.help} ({param.kind}{default})")
    return 0


def why(arguments: argparse.Namespace) -> int:
    """Print why an assertion stands, or all that concerns a thing."""
    from kg import why as reasons

    reading = _sound(arguments)
    main, against, sources = reasons.why(arguments.id, reading.shown, reading.ontology, reading.store)
    if arguments.format == "json":
        print(json.dumps(reasons.as_json(arguments.id, main, against, sources), ensure_ascii=False, indent=1))
    else:
        title = _title(reading, arguments.id)
        sys.stdout.write(reasons.in_words(title, main, against, sources))
    _say_lens(reading.lens, sys.stdout if arguments.format == "text" else sys.stderr)
    return 0


def _title(reading: Reading, id: str) -> str:
    corpus = reading.corpus
    if id in corpus.things:
        return f"{corpus.things[id].label} ({id})"
    if id in corpus.articles:
        return f"{corpus.articles[id].title.text} ({id})"
    if id in corpus.conflicts:
        return f"{corpus.conflicts[id].question.text} ({id})"
    return f"Assertion {id}"


def ontology(arguments: argparse.Namespace) -> int:
    """List classes and relations, or tell about one."""
    from kg.vocabulary import listed, one

    known = read(find(arguments.workspace)).ontology
    if arguments.term is None:
        sys.stdout.write(listed(known))
        return 0
    text = one(known, arguments.term)
    if not text:
        names = (*known.classes, *known.relations)
        raise KgError(f"no class or relation is called '{arguments.term}'", 1, did_you_mean(arguments.term, names))
    sys.stdout.write(text)
    return 0


def completion(arguments: argparse.Namespace) -> int:
    """Print a completion script."""
    import shtab

    from kg.cli.parser import parser

    print(shtab.complete(parser(), shell=arguments.shell))
    return 0
